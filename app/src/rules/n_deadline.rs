//! How long a mark may say "reason not yet known".
//!
//! Source: SI 2024/208 reg 10(7)-(9). The regulation counts school days, which is what matters
//! where a guide says working days (domain 0).

use chrono::NaiveDate;

use super::calendar::Calendar;

/// How many school days code `N` may stand.
pub const N_STANDS_SCHOOL_DAYS: u32 = 5;

/// The last day on which `N` for a session of `session_date` may be made another code; after it
/// the code is `O`. `None` when the calendar ends before that day: then show no date.
#[must_use]
pub fn n_runs_out(session_date: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
    calendar.school_days_after(session_date, N_STANDS_SCHOOL_DAYS)
}
