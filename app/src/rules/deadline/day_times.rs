//! The times of the school's day, as the school sets them.

use std::fmt;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

/// How long a register may stay open after it was taken, in minutes (statutory guidance on
/// attendance; domain section 4).
pub const LONGEST_OPEN_MINUTES: i64 = 30;

/// The times of a school day on London's clock. Source: policy; the school may change each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayTimes {
    /// Gates open.
    pub gates_open: NaiveTime,
    /// Children may come in.
    pub day_starts: NaiveTime,
    /// The morning register is taken; the morning session begins.
    pub register_taken: NaiveTime,
    /// The last minute of arrival that is not late.
    pub late_after: NaiveTime,
    /// The last minute of arrival that is late but present.
    pub register_closes: NaiveTime,
    /// An absence must be reported before this instant.
    pub report_by: NaiveTime,
    /// School is over.
    pub day_ends: NaiveTime,
    /// The afternoon register is taken. `None`: the school has not said.
    pub pm_register: Option<NaiveTime>,
    /// The afternoon register closes. `None`: the school has not said.
    pub pm_closes: Option<NaiveTime>,
}

/// Why the times do not make a day. The words are for the staff who entered them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayTimesError {
    /// The second-named time lies before the first-named.
    OutOfOrder(&'static str, &'static str),
    /// A register stays open more than [`LONGEST_OPEN_MINUTES`]; which one.
    OpenTooLong(&'static str),
    /// There is a closing time for the afternoon register but no time at which it is taken.
    NoAfternoonRegister,
}

impl fmt::Display for DayTimesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutOfOrder(earlier, later) => write!(f, "{later} lies before {earlier}"),
            Self::OpenTooLong(which) => {
                write!(f, "the {which} register stays open more than {LONGEST_OPEN_MINUTES} minutes")
            }
            Self::NoAfternoonRegister => f.write_str("pm_closes is set, but pm_register is not"),
        }
    }
}

impl std::error::Error for DayTimesError {}

impl DayTimes {
    /// Looks the times over. Neighbours may be equal. `report_by` may be any time up to the end
    /// of the day, since a school may want word earlier than its register closes.
    ///
    /// # Errors
    ///
    /// The first pair of times that is out of order; a register open too long; an afternoon
    /// closing without an afternoon register.
    pub fn check(&self) -> Result<(), DayTimesError> {
        in_order(&[
            ("gates_open", self.gates_open),
            ("day_starts", self.day_starts),
            ("register_taken", self.register_taken),
            ("late_after", self.late_after),
            ("register_closes", self.register_closes),
            ("day_ends", self.day_ends),
        ])?;
        in_order(&[("report_by", self.report_by), ("day_ends", self.day_ends)])?;
        open_briefly("morning", self.register_taken, self.register_closes)?;
        let Some(pm_register) = self.pm_register else {
            return self.pm_closes.map_or(Ok(()), |_| Err(DayTimesError::NoAfternoonRegister));
        };
        let pm_closes = self.pm_closes.unwrap_or(pm_register);
        in_order(&[
            ("register_closes", self.register_closes),
            ("pm_register", pm_register),
            ("pm_closes", pm_closes),
            ("day_ends", self.day_ends),
        ])?;
        open_briefly("afternoon", pm_register, pm_closes)
    }
}

fn in_order(times: &[(&'static str, NaiveTime)]) -> Result<(), DayTimesError> {
    for ((earlier, start), (later, end)) in times.iter().zip(times.iter().skip(1)) {
        if end < start {
            return Err(DayTimesError::OutOfOrder(earlier, later));
        }
    }
    Ok(())
}

fn open_briefly(which: &'static str, taken: NaiveTime, closes: NaiveTime) -> Result<(), DayTimesError> {
    let too_long = (closes - taken).num_seconds() > LONGEST_OPEN_MINUTES * 60;
    if too_long { Err(DayTimesError::OpenTooLong(which)) } else { Ok(()) }
}
