//! The parents' pages: one file per task.

pub mod demo;
pub mod devices;
pub mod home;
pub mod invitation;
pub mod receipt;
pub mod report_absence;
pub mod sign_in;
pub mod trouble;
