//! The staff's pages: one file per task.

pub mod board;
pub mod child;
pub mod child_day;
pub mod children;
pub mod class;
pub mod enter_report;
pub mod evidence;
pub mod figures;
pub mod file_import;
pub mod invitation;
pub mod join;
pub mod keying;
pub mod mail;
pub mod marks;
pub mod one_report;
pub mod people;
pub mod roster;
pub mod roster_review;
pub mod sign_in;
pub mod welcome;
