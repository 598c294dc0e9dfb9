//! A small school year to test against: autumn 2026 to February 2027 as the cases have it.

use app::rules::calendar::{Calendar, ClosedDay, ClosedKind, Term};
use app::rules::deadline::DayTimes;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

/// A date such as `2026-11-23`.
pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap_or_else(|why| panic!("{text}: {why}"))
}

/// A time such as `09:15`.
pub(crate) fn time(text: &str) -> NaiveTime {
    text.parse().unwrap_or_else(|why| panic!("{text}: {why}"))
}

/// An instant such as `2026-11-23T13:30:00+05:00`, any offset.
pub(crate) fn at(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap_or_else(|why| panic!("{text}: {why}")).to_utc()
}

pub(crate) fn term(first: &str, last: &str) -> Term {
    Term { name: format!("from {first}"), first: date(first), last: date(last) }
}

pub(crate) fn closed(day: &str, kind: ClosedKind) -> ClosedDay {
    ClosedDay { date: date(day), kind, confirmed: true, am_closed: true, pm_closed: true, note: None }
}

pub(crate) fn calendar(terms: Vec<Term>, closed: Vec<ClosedDay>) -> Calendar {
    Calendar::new(terms, closed).unwrap_or_else(|why| panic!("{why}"))
}

pub(crate) fn school_year() -> Calendar {
    let terms =
        vec![term("2026-09-01", "2026-10-23"), term("2026-11-02", "2026-12-18"), term("2027-01-04", "2027-02-12")];
    let mut days: Vec<_> = ["2026-09-01", "2026-09-02", "2027-01-04"].map(|day| closed(day, ClosedKind::Inset)).into();
    days.extend(["2026-12-25", "2026-12-28", "2027-01-01"].map(|day| closed(day, ClosedKind::BankHoliday)));
    calendar(terms, days)
}

/// The policy's times; the afternoon is invented.
pub(crate) fn times() -> DayTimes {
    DayTimes {
        gates_open: time("08:35"),
        day_starts: time("08:40"),
        register_taken: time("08:45"),
        late_after: time("08:50"),
        register_closes: time("09:15"),
        report_by: time("09:15"),
        day_ends: time("15:15"),
        pm_register: Some(time("13:00")),
        pm_closes: Some(time("13:15")),
    }
}
