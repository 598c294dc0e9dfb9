//! Sundays, Mondays of staff training, last days of term, and calendars that cannot be.

use app::rules::calendar::{Calendar, CalendarError, ClosedKind, DayKind, Session, SessionDay, monday_of};
use app::rules::n_deadline::n_runs_out;

use crate::example::{calendar, closed, date, school_year, term};

#[test]
fn every_kind_of_day_is_told_apart() {
    for (day, kind) in [
        ("2026-08-31", DayKind::Unknown),
        ("2026-09-01", DayKind::Inset),
        ("2026-09-03", DayKind::School),
        ("2026-09-05", DayKind::Weekend),
        ("2026-10-25", DayKind::Weekend),
        ("2026-10-26", DayKind::Holiday),
        ("2026-12-18", DayKind::School),
        ("2026-12-21", DayKind::Holiday),
        ("2026-12-25", DayKind::BankHoliday),
        ("2027-01-04", DayKind::Inset),
        ("2027-02-12", DayKind::School),
        ("2027-02-13", DayKind::Unknown),
    ] {
        assert_eq!(school_year().day(date(day)), kind, "{day}");
        assert_eq!(school_year().covers(date(day)), kind != DayKind::Unknown, "{day}");
    }
}

#[test]
fn after_the_last_day_of_term_comes_the_first_open_day_of_the_next() {
    let year = school_year();
    assert_eq!(year.next_school_day(date("2026-12-18")), Some(date("2026-12-18")));
    assert_eq!(year.school_days_after(date("2026-12-18"), 1), Some(date("2027-01-05")));
    assert_eq!(year.next_school_day(date("2026-08-01")), Some(date("2026-09-03")));
}

#[test]
fn after_the_last_day_of_the_calendar_nothing_is_known() {
    let year = school_year();
    assert_eq!(year.last_day(), Some(date("2027-02-12")));
    assert_eq!(year.next_school_day(date("2027-02-13")), None);
    assert_eq!(year.school_days_after(date("2027-02-12"), 1), None);
    assert_eq!(year.first_open_session_from(date("2027-02-12"), Session::Pm).map(|s| s.session), Some(Session::Pm));
    assert_eq!(year.first_open_session_from(date("2027-02-13"), Session::Am), None);
    assert_eq!(n_runs_out(date("2027-02-05"), &year), Some(date("2027-02-12")));
    assert_eq!(n_runs_out(date("2027-02-08"), &year), None);
}

#[test]
fn a_calendar_without_terms_knows_nothing() {
    let empty = Calendar::default();
    assert_eq!(empty.day(date("2026-11-23")), DayKind::Unknown);
    assert_eq!(empty.next_school_day(date("2026-11-23")), None);
    assert_eq!(empty.last_day(), None);
    assert!(empty.open_sessions(date("2026-11-23")..=date("2027-11-23")).is_empty());
}

#[test]
fn a_half_day_is_open_in_its_other_half() {
    let mut morning = closed("2026-11-23", ClosedKind::UnplannedClosure);
    morning.pm_closed = false;
    let mut afternoon = closed("2026-12-18", ClosedKind::Holiday);
    afternoon.am_closed = false;
    let term = calendar(vec![term("2026-11-02", "2026-12-18")], vec![afternoon, morning]);
    let pm = SessionDay { date: date("2026-11-23"), session: Session::Pm };
    assert_eq!(term.day(pm.date), DayKind::School);
    assert!(!term.is_open(pm.date, Session::Am) && term.is_open(pm.date, Session::Pm));
    assert_eq!(term.first_open_session_from(pm.date, Session::Am), Some(pm));
    assert_eq!(term.open_sessions(pm.date..=pm.date), [pm]);
    assert_eq!(term.first_open_session_from(date("2026-12-18"), Session::Pm), None);
}

#[test]
fn sessions_of_a_range_come_in_order_without_the_closed_ones() {
    let around_christmas = school_year().open_sessions(date("2026-12-18")..=date("2027-01-05"));
    let shown: Vec<_> = around_christmas.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["2026-12-18 AM", "2026-12-18 PM", "2027-01-05 AM", "2027-01-05 PM"]);
    assert!(school_year().open_sessions(date("2026-12-20")..=date("2026-12-19")).is_empty());
}

#[test]
fn a_week_without_an_open_session_is_no_school_week() {
    let year = school_year();
    assert_eq!(monday_of(date("2026-11-22")), date("2026-11-16"));
    assert_eq!(year.school_week_monday(date("2026-11-22")), Some(date("2026-11-16")));
    assert_eq!(year.school_week_monday(date("2026-09-01")), Some(date("2026-08-31")));
    assert_eq!(year.school_week_monday(date("2026-10-28")), None);
    let training_only = calendar(
        vec![term("2026-07-13", "2026-07-20"), term("2026-09-01", "2026-09-04")],
        vec![closed("2026-07-20", ClosedKind::Inset)],
    );
    assert_eq!(training_only.school_week_monday(date("2026-07-20")), None);
}

#[test]
fn what_the_school_has_not_confirmed_can_be_found() {
    let mut open = closed("2027-01-04", ClosedKind::Inset);
    open.confirmed = false;
    let calendar =
        calendar(vec![term("2027-01-04", "2027-02-12")], vec![closed("2027-01-11", ClosedKind::Inset), open]);
    let found = |first, last| calendar.unconfirmed_in(date(first)..=date(last)).len();
    assert_eq!(found("2027-01-04", "2027-01-04"), 1);
    assert_eq!(found("2026-12-19", "2027-01-05"), 1);
    assert_eq!(found("2027-01-05", "2027-02-12"), 0);
    assert_eq!(found("2027-01-05", "2027-01-04"), 0);
}

#[test]
fn a_calendar_that_cannot_be_says_why() {
    let why = |terms, days| Calendar::new(terms, days).err().map(|why| why.to_string()).unwrap_or_default();
    assert_eq!(
        Calendar::new(vec![term("2026-09-02", "2026-09-01")], vec![]),
        Err(CalendarError::TermEndsBeforeItStarts { name: "from 2026-09-02".to_owned() })
    );
    let overlap = vec![term("2026-10-23", "2026-12-18"), term("2026-09-01", "2026-10-23")];
    assert_eq!(why(overlap, vec![]), "from 2026-10-23 starts before from 2026-09-01 has ended");
    let mut half = closed("2026-09-01", ClosedKind::Inset);
    half.am_closed = false;
    let twice = vec![half.clone(), closed("2026-09-01", ClosedKind::Holiday)];
    assert_eq!(why(vec![], twice), "2026-09-01 PM is entered as closed more than once");
    half.pm_closed = false;
    assert_eq!(
        why(vec![], vec![half]),
        "2026-09-01 is entered as closed, but neither for the morning nor the afternoon"
    );
}

#[test]
fn each_half_may_be_closed_for_its_own_reason() {
    let mut morning = closed("2026-11-23", ClosedKind::UnplannedClosure);
    morning.pm_closed = false;
    let mut afternoon = closed("2026-11-23", ClosedKind::Inset);
    afternoon.am_closed = false;
    let term = calendar(vec![term("2026-11-02", "2026-12-18")], vec![afternoon, morning]);
    assert_eq!(term.day(date("2026-11-23")), DayKind::UnplannedClosure);
    assert!(!term.is_school_day(date("2026-11-23")));
}

#[test]
fn json_brings_no_unchecked_calendar_in() {
    let json = serde_json::to_string(&school_year()).unwrap_or_default();
    assert_eq!(serde_json::from_str::<Calendar>(&json).ok(), Some(school_year()));
    let backwards = r#"{"terms":[{"name":"t","first":"2026-09-02","last":"2026-09-01"}],"closed":[]}"#;
    assert!(serde_json::from_str::<Calendar>(backwards).is_err());
}
