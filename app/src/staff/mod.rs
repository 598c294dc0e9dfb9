//! The staff's pages: one file per task.

pub mod board;
pub mod calendar;
pub mod calls;
pub mod enter_report;
pub mod evidence;
pub mod file_import;
pub mod invitation;
pub mod join;
pub mod keying;
pub mod mail;
pub mod marks;
pub mod morning;
pub mod one_report;
pub mod paste;
pub mod people;
pub mod reconciliation;
pub mod register;
pub mod roster;
pub mod roster_review;
pub mod sign_in;
pub mod tokens;
pub mod welcome;
