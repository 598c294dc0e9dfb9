//! The staff's pages: one file per task.

pub mod board;
pub mod enter_report;
pub mod evidence;
pub mod join;
pub mod mail;
pub mod people;
pub mod sign_in;
pub mod welcome;
