//! The staff's pages: one file per task.

pub mod board;
pub mod join;
pub mod mail;
pub mod one_report;
pub mod people;
pub mod sign_in;
pub mod welcome;
