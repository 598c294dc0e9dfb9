//! Coming back after an illness, beyond the worked cases.

use app::rules::calendar::ClosedKind;
use app::rules::deadline::DayTimes;
use app::rules::return_date::{after_days, after_hours, earliest_return};
use chrono::{DateTime, NaiveDate, Utc};

use crate::example::{at, calendar, closed, date, school_year, term, times};

fn back(moment: &str, times: &DayTimes) -> String {
    let found = earliest_return(at(moment), &school_year(), times);
    found.map_or_else(|| "none".to_owned(), |found| found.to_string())
}

#[test]
fn a_session_that_starts_at_the_moment_itself_is_early_enough() {
    assert_eq!(back("2026-11-26T08:45:00Z", &times()), "2026-11-26 AM");
    assert_eq!(back("2026-11-26T08:45:00.001Z", &times()), "2026-11-26 PM");
    assert_eq!(back("2026-11-26T13:00:00Z", &times()), "2026-11-26 PM");
    assert_eq!(back("2026-11-26T13:00:00.001Z", &times()), "2026-11-27 AM");
    assert_eq!(back("2026-09-21T07:45:00Z", &times()), "2026-09-21 AM");
}

#[test]
fn while_the_afternoon_has_no_time_only_mornings_are_offered() {
    let unsaid = DayTimes { pm_register: None, pm_closes: None, ..times() };
    assert_eq!(back("2026-11-26T10:00:00Z", &unsaid), "2026-11-27 AM");
    assert_eq!(back("2026-12-18T10:00:00Z", &unsaid), "2027-01-05 AM");
    let mut morning = closed("2026-11-23", ClosedKind::UnplannedClosure);
    morning.pm_closed = false;
    let calendar = calendar(vec![term("2026-11-02", "2026-12-18")], vec![morning]);
    let found = earliest_return(at("2026-11-22T10:00:00Z"), &calendar, &unsaid);
    assert_eq!(found.map(|found| found.to_string()).as_deref(), Some("2026-11-24 AM"));
}

#[test]
fn when_the_calendar_has_run_out_no_date_is_made_up() {
    assert_eq!(back("2027-02-12T13:00:00Z", &times()), "2027-02-12 PM");
    assert_eq!(back("2027-02-12T13:00:01Z", &times()), "none");
}

#[test]
fn a_clock_change_takes_nothing_from_the_hours() {
    assert_eq!(after_hours(at("2026-10-24T23:00:00+01:00"), 48), at("2026-10-26T22:00:00Z"));
    assert_eq!(after_hours(at("2027-03-27T23:00:00Z"), 48), at("2027-03-30T00:00:00+01:00"));
    assert_eq!(after_days(date("2026-10-23"), 5), at("2026-10-28T00:00:00Z"));
    assert_eq!(after_days(date("2027-03-27"), 2), at("2027-03-29T00:00:00+01:00"));
}

#[test]
fn no_number_is_too_large() {
    assert_eq!(after_hours(DateTime::<Utc>::MAX_UTC, u32::MAX), DateTime::<Utc>::MAX_UTC);
    assert!(after_days(NaiveDate::MAX, u32::MAX) > at("9999-01-01T00:00:00Z"));
}
