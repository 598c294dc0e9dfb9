//! The times of a school day and the deadline for saying that a child will not come.
//!
//! Source: policy (domain 0.1): word by 9.15 in London, told by the server's clock. The deadline
//! is a fact on the receipt, not a wall: reports are taken afterwards too.

mod day_times;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::calendar::Calendar;
use super::london::{instant, today};

pub use day_times::{DayTimes, DayTimesError, LONGEST_OPEN_MINUTES};

/// On which side of the deadline a report came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// In time.
    BeforeClose,
    /// At [`DayTimes::report_by`] exactly, or later.
    AfterClose,
}

/// Whether a report received at this instant was in time for an absence on `day`.
///
/// Any time on an earlier London day is in time. Whether `day` is a school day is not asked.
#[must_use]
pub fn timing(received: DateTime<Utc>, day: NaiveDate, times: &DayTimes) -> Timing {
    if received < instant(day, times.report_by) { Timing::BeforeClose } else { Timing::AfterClose }
}

/// Where this morning stands for somebody who has something to report.
///
/// Minutes and seconds are rounded up, so "closes in 1 minute" holds until it has closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
pub enum RegisterState {
    /// Today is a weekend, a holiday, closed, or outside the calendar.
    NotASchoolDay,
    /// The register has not been opened.
    BeforeOpen {
        /// Minutes until [`DayTimes::register_taken`].
        opens_in_minutes: u32,
        /// Minutes until [`DayTimes::report_by`].
        closes_in_minutes: u32,
    },
    /// The register is open.
    Open {
        /// Minutes until [`DayTimes::report_by`], at least 1.
        closes_in_minutes: u32,
        /// The same in seconds.
        closes_in_seconds: u32,
    },
    /// The deadline has passed and school goes on.
    Closed,
    /// [`DayTimes::day_ends`] has passed.
    DayOver,
}

/// The state of today's register at `now`. It is closed exactly when [`timing`] for today says
/// [`Timing::AfterClose`]; a day open in the afternoon only keeps the same deadline.
#[must_use]
pub fn register_state(now: DateTime<Utc>, calendar: &Calendar, times: &DayTimes) -> RegisterState {
    let date = today(now);
    if !calendar.is_school_day(date) {
        return RegisterState::NotASchoolDay;
    }
    let opens_in = instant(date, times.register_taken) - now;
    let closes_in = instant(date, times.report_by) - now;
    if now >= instant(date, times.day_ends) {
        RegisterState::DayOver
    } else if closes_in <= TimeDelta::zero() {
        RegisterState::Closed
    } else if opens_in > TimeDelta::zero() {
        RegisterState::BeforeOpen {
            opens_in_minutes: rounded_up(opens_in, 60),
            closes_in_minutes: rounded_up(closes_in, 60),
        }
    } else {
        RegisterState::Open {
            closes_in_minutes: rounded_up(closes_in, 60),
            closes_in_seconds: rounded_up(closes_in, 1),
        }
    }
}

/// A positive span in units of so many seconds, any begun unit counted whole.
fn rounded_up(span: TimeDelta, unit: i64) -> u32 {
    let begun_second = i64::from(span.subsec_nanos() > 0);
    let seconds = span.num_seconds().saturating_add(begun_second).max(0);
    let whole = seconds / unit + i64::from(seconds % unit > 0);
    u32::try_from(whole).unwrap_or(u32::MAX)
}
