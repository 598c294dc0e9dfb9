//! The mark to propose for a child who signs in at the office.
//!
//! Source: policy, "late after 8.50", register closed at 9.15; to the minute by decision
//! (domain 0.1). A proposal only: staff confirm it, and a good reason (a dentist, say) calls for
//! a better code than `U`.

use chrono::{NaiveTime, Timelike as _};

use super::code::Code;
use super::deadline::DayTimes;

/// The mark for this morning by the minute of arrival, seconds cut off: `/` up to
/// [`DayTimes::late_after`], `L` up to [`DayTimes::register_closes`], both minutes included,
/// then `U`.
#[must_use]
pub fn proposed_mark(arrival: NaiveTime, times: &DayTimes) -> Code {
    let minute = |time: NaiveTime| (time.hour(), time.minute());
    if minute(arrival) <= minute(times.late_after) {
        Code::PresentAm
    } else if minute(arrival) <= minute(times.register_closes) {
        Code::L
    } else {
        Code::U
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::cases::leighton_times;

    #[test]
    fn a_minute_lasts_to_its_last_second() {
        let mark = |h, m, s| {
            let arrival = NaiveTime::from_hms_opt(h, m, s).unwrap_or_default();
            proposed_mark(arrival, &leighton_times())
        };
        assert_eq!(mark(8, 50, 59), Code::PresentAm);
        assert_eq!(mark(8, 51, 0), Code::L);
        assert_eq!(mark(9, 15, 59), Code::L);
        assert_eq!(mark(9, 16, 0), Code::U);
        assert_eq!(mark(0, 0, 0), Code::PresentAm);
        assert_eq!(mark(23, 59, 59), Code::U);
    }
}
