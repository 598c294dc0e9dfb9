//! One session's mark, as the school's register has it.

use chrono::NaiveDate;

use super::{calendar::Session, code::Code};

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The day.
    pub date: NaiveDate,
    /// Which half of it.
    pub session: Session,
    /// The code.
    pub code: Code,
    /// How many minutes late, where the register says so.
    pub minutes_late: Option<i64>,
}
