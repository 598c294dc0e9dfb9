//! Children who leave, for staff: the list, one notice with what has to be done.

pub mod lines;
pub mod list;
pub mod notice;
