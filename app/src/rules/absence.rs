//! Reporting an absence: the form's one check, the same in the browser and on the server.

mod carried;
mod check;
mod details;
mod fields;
mod form;
mod offer;
mod part;
mod proposed;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{id::PupilId, iso};

pub use check::check;
pub use details::{Details, LastSick};
pub use fields::{anchor, follow_up, read};
pub use form::{Field, OTHER_DAY, Problem, ReportForm};
pub use offer::{AHEAD_DAYS, Clock, Offer, OfferedReason, OpenDays, PAST_DAYS};
pub use part::{Kind, Part};
pub use proposed::proposed;

/// How many characters a note may have.
pub const NOTE_MOST: usize = 500;
/// How many characters a short answer may have.
pub const LINE_MOST: usize = 100;

/// A day that is reported, and which part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportedDay {
    /// The day.
    #[serde(with = "iso::serde_date")]
    pub date: NaiveDate,
    /// The sessions that the register is asked about.
    pub part: Part,
}

/// A report that has passed the check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedReport {
    /// Each child once, in the order of the form.
    pub children: Vec<PupilId>,
    /// Away, late or leaving.
    pub kind: Kind,
    /// The school days, earliest first; never none, and one only unless the child is away.
    pub days: Vec<ReportedDay>,
    /// The reason's key.
    pub reason: String,
    /// Follow-up answers.
    pub details: Details,
    /// A note for the office.
    pub note: Option<String>,
}
