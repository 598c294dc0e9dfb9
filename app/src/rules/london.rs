//! London time: what the clock on the school's wall shows at an instant, and back.
//!
//! Instants are kept in UTC, dates are London's, whatever the phone believes (domain section 7).

use chrono::{
    DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone as _, Timelike as _, Utc,
};
use chrono_tz::Europe::London;

/// The date and time in London at this instant.
#[must_use]
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&London).naive_local()
}

/// The date in London at this instant: the school's "today".
#[must_use]
pub fn today(at: DateTime<Utc>) -> NaiveDate {
    local(at).date()
}

/// The instant at which London's clocks show this date and time.
///
/// A time in the hour that is skipped in March counts on past the gap, so 01:30 is 02:30 summer
/// time; a time in the hour that comes twice in October is the first of the two.
#[must_use]
pub fn instant(date: NaiveDate, time: NaiveTime) -> DateTime<Utc> {
    let wanted = date.and_time(time);
    resolve(wanted).unwrap_or_else(|| {
        let hour = TimeDelta::hours(1);
        let before_gap = wanted.checked_sub_signed(hour).and_then(resolve);
        before_gap.and_then(|at| at.checked_add_signed(hour)).unwrap_or_else(|| wanted.and_utc())
    })
}

fn resolve(wanted: NaiveDateTime) -> Option<DateTime<Utc>> {
    match London.from_local_datetime(&wanted) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => Some(at.to_utc()),
        LocalResult::None => None,
    }
}

/// A time as pages write it: `9.15`, `8.04`, `13.05`. Seconds are cut off.
#[must_use]
pub fn clock(time: NaiveTime) -> String {
    format!("{}.{:02}", time.hour(), time.minute())
}

/// A time to the second, as receipts write it: `08:52:14`.
#[must_use]
pub fn clock_seconds(time: NaiveTime) -> String {
    time.format("%H:%M:%S").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").unwrap_or_default()
    }

    fn utc(text: &str) -> String {
        let wanted = at(text);
        instant(wanted.date(), wanted.time()).format("%Y-%m-%d %H:%MZ").to_string()
    }

    #[test]
    fn the_skipped_hour_moves_forward() {
        assert_eq!(utc("2026-03-29 00:59"), "2026-03-29 00:59Z");
        assert_eq!(utc("2026-03-29 01:00"), "2026-03-29 01:00Z");
        assert_eq!(utc("2026-03-29 01:30"), "2026-03-29 01:30Z");
        assert_eq!(utc("2026-03-29 02:00"), "2026-03-29 01:00Z");
        let shown = local(instant(at("2026-03-29 01:30").date(), at("2026-03-29 01:30").time()));
        assert_eq!(shown, at("2026-03-29 02:30"));
    }

    #[test]
    fn the_doubled_hour_is_the_first_of_the_two() {
        assert_eq!(utc("2026-10-25 00:59"), "2026-10-24 23:59Z");
        assert_eq!(utc("2026-10-25 01:30"), "2026-10-25 00:30Z");
        assert_eq!(utc("2026-10-25 02:00"), "2026-10-25 02:00Z");
    }

    #[test]
    fn times_are_written_as_the_school_writes_them() {
        let time = |h, m, s| NaiveTime::from_hms_opt(h, m, s).unwrap_or_default();
        assert_eq!(clock(time(9, 15, 59)), "9.15");
        assert_eq!(clock(time(8, 4, 0)), "8.04");
        assert_eq!(clock(time(13, 5, 0)), "13.05");
        assert_eq!(clock(time(0, 0, 0)), "0.00");
        assert_eq!(clock_seconds(time(8, 52, 14)), "08:52:14");
    }

    #[test]
    fn no_date_is_too_far_away() {
        let _ = instant(NaiveDate::MIN, NaiveTime::MIN);
        let _ = instant(NaiveDate::MAX, NaiveTime::from_hms_opt(23, 59, 59).unwrap_or_default());
    }
}
