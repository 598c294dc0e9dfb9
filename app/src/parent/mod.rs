//! The parents' pages: one file per task.

pub mod attendance;
pub mod attendance_day;
pub mod coming_back;
pub mod declaration;
pub mod demo;
pub mod details;
pub mod devices;
pub mod evidence;
pub mod form;
pub mod history;
pub mod home;
pub mod invitation;
pub mod leave;
pub mod leaving;
pub mod messages;
pub mod policy;
pub mod prove;
pub mod receipt;
pub mod report_absence;
pub mod sign_in;
pub mod trouble;
