//! The attendance policy as pure functions.
//!
//! No clock, no database, no network, no view: whatever depends on the time takes `now` as an
//! argument, so the same code answers in the browser and on the server. All sums are integers.

pub mod absence;
pub mod access;
pub mod arrival;
pub mod calendar;
pub mod calls;
#[cfg(any(test, feature = "cases"))]
pub mod cases;
pub mod code;
pub mod compulsory_age;
pub mod conversation;
pub mod deadline;
pub mod declaration;
pub mod designate;
pub mod details;
pub mod evidence;
pub mod figures;
pub mod form;
pub mod guidance;
pub mod id;
pub mod import;
pub mod invitation;
pub mod iso;
pub mod leave;
pub mod leaving;
pub mod letter;
pub mod london;
pub mod mark;
pub mod n_deadline;
pub mod notice;
pub mod pattern;
pub mod percentage;
pub mod policy;
pub mod prose;
pub mod reach;
pub mod reconcile;
pub mod reference;
pub mod register;
pub mod retention;
pub mod return_date;
pub mod returns;
pub mod school_year;
pub mod signature;
pub mod small_groups;
pub mod text;
pub mod threshold;
pub mod upn;
