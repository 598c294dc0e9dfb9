//! Quarter past nine, to the millisecond.

use app::rules::deadline::RegisterState::{BeforeOpen, Closed, DayOver, NotASchoolDay, Open};
use app::rules::deadline::Timing::{AfterClose, BeforeClose};
use app::rules::deadline::{DayTimes, RegisterState, Timing, register_state, timing};

use crate::example::{at, calendar, closed, date, school_year, term, time, times};

fn timing_of(received: &str, day: &str) -> Timing {
    timing(at(received), date(day), &times())
}

fn state(now: &str) -> RegisterState {
    register_state(at(now), &school_year(), &times())
}

#[test]
fn in_winter_the_last_millisecond_before_a_quarter_past_nine_is_in_time() {
    assert_eq!(timing_of("2026-11-23T09:14:59.999Z", "2026-11-23"), BeforeClose);
    assert_eq!(timing_of("2026-11-23T09:14:59.999999999Z", "2026-11-23"), BeforeClose);
    assert_eq!(timing_of("2026-11-23T09:15:00.000Z", "2026-11-23"), AfterClose);
    assert_eq!(timing_of("2026-11-23T09:15:00.000000001Z", "2026-11-23"), AfterClose);
}

#[test]
fn in_summer_time_the_same_wall_clock_decides() {
    assert_eq!(timing_of("2026-09-21T08:14:59.999Z", "2026-09-21"), BeforeClose);
    assert_eq!(timing_of("2026-09-21T08:15:00.000Z", "2026-09-21"), AfterClose);
}

#[test]
fn a_phone_set_to_karachi_is_in_time_when_london_is() {
    assert_eq!(timing_of("2026-11-23T13:30:00+05:00", "2026-11-23"), BeforeClose);
    assert_eq!(state("2026-11-23T13:30:00+05:00"), state("2026-11-23T08:30:00Z"));
    assert_eq!(timing_of("2026-11-23T14:15:00+05:00", "2026-11-23"), AfterClose);
    // Karachi's Monday has begun, London still has Sunday.
    assert_eq!(state("2026-11-23T01:00:00+05:00"), NotASchoolDay);
}

#[test]
fn any_time_on_an_earlier_day_is_in_time_and_on_a_later_day_is_not() {
    assert_eq!(timing_of("2026-11-22T23:59:59.999Z", "2026-11-23"), BeforeClose);
    assert_eq!(timing_of("2026-10-01T12:00:00Z", "2026-11-23"), BeforeClose);
    assert_eq!(timing_of("2026-11-24T00:00:00Z", "2026-11-23"), AfterClose);
    // 23:30Z on 21 September is half past midnight of the 22nd in London.
    assert_eq!(timing_of("2026-09-21T23:30:00Z", "2026-09-22"), BeforeClose);
    assert_eq!(timing_of("2026-09-21T23:30:00Z", "2026-09-21"), AfterClose);
}

#[test]
fn the_register_closes_in_one_minute_until_it_has_closed() {
    let open = |closes_in_minutes, closes_in_seconds| Open { closes_in_minutes, closes_in_seconds };
    assert_eq!(state("2026-11-23T08:52:00Z"), open(23, 1380));
    assert_eq!(state("2026-11-23T09:13:59.999Z"), open(2, 61));
    assert_eq!(state("2026-11-23T09:14:00Z"), open(1, 60));
    assert_eq!(state("2026-11-23T09:14:59.999Z"), open(1, 1));
    assert_eq!(state("2026-11-23T09:15:00.000Z"), Closed);
}

#[test]
fn before_the_register_opens_both_waits_are_told() {
    let before = |opens_in_minutes, closes_in_minutes| BeforeOpen { opens_in_minutes, closes_in_minutes };
    assert_eq!(state("2026-11-23T00:00:00Z"), before(525, 555));
    assert_eq!(state("2026-11-23T08:05:00Z"), before(40, 70));
    assert_eq!(state("2026-11-23T08:44:59.999Z"), before(1, 31));
    assert_eq!(state("2026-11-23T08:45:00Z"), Open { closes_in_minutes: 30, closes_in_seconds: 1800 });
}

#[test]
fn after_a_quarter_past_three_the_day_is_over() {
    assert_eq!(state("2026-11-23T15:14:59.999Z"), Closed);
    assert_eq!(state("2026-11-23T15:15:00Z"), DayOver);
    assert_eq!(state("2026-11-23T23:59:59Z"), DayOver);
    assert_eq!(state("2026-09-21T14:15:00Z"), DayOver);
}

#[test]
fn on_closed_days_there_is_no_register() {
    for (day, why) in [
        ("2026-11-22", "a Sunday"),
        ("2026-10-28", "half-term"),
        ("2027-01-04", "a Monday of staff training"),
        ("2026-12-28", "a bank holiday"),
        ("2026-08-31", "before the calendar"),
        ("2027-02-15", "after the calendar"),
    ] {
        assert_eq!(state(&format!("{day}T09:00:00Z")), NotASchoolDay, "{why}");
    }
}

#[test]
fn the_last_day_of_term_closes_like_any_other() {
    assert_eq!(state("2026-12-18T09:14:59.999Z"), Open { closes_in_minutes: 1, closes_in_seconds: 1 });
    assert_eq!(state("2026-12-18T09:15:00Z"), Closed);
    assert_eq!(state("2026-12-19T09:00:00Z"), NotASchoolDay);
    assert_eq!(state("2027-02-12T09:15:00Z"), Closed);
}

#[test]
fn the_state_is_closed_exactly_when_a_report_would_be_late() {
    let times = DayTimes { report_by: time("08:30"), ..times() };
    let calendar = school_year();
    for minute in 0..24 * 60 {
        let now = at("2026-11-23T00:00:00Z") + chrono::TimeDelta::minutes(minute);
        let late = timing(now, date("2026-11-23"), &times) == AfterClose;
        let state = register_state(now, &calendar, &times);
        assert_eq!(matches!(state, Closed | DayOver), late, "{now}");
        assert!(!matches!(state, Open { .. }), "word is wanted before this register opens");
    }
}

#[test]
fn a_day_open_in_the_afternoon_only_keeps_the_deadline() {
    let mut morning = closed("2026-11-23", app::rules::calendar::ClosedKind::UnplannedClosure);
    morning.pm_closed = false;
    let calendar = calendar(vec![term("2026-11-02", "2026-12-18")], vec![morning]);
    assert_eq!(register_state(at("2026-11-23T10:00:00Z"), &calendar, &times()), Closed);
}
