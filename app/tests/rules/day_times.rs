//! Times of the day that cannot be.

use app::rules::deadline::{DayTimes, DayTimesError};

use crate::example::{time, times};

#[test]
fn the_policy_has_its_times_in_order() {
    assert_eq!(times().check(), Ok(()));
    let unsaid = DayTimes { pm_register: None, pm_closes: None, ..times() };
    assert_eq!(unsaid.check(), Ok(()));
    let half_said = DayTimes { pm_closes: None, ..times() };
    assert_eq!(half_said.check(), Ok(()));
    let early_word = DayTimes { report_by: time("08:30"), ..times() };
    assert_eq!(early_word.check(), Ok(()));
}

#[test]
fn a_register_may_stay_open_for_thirty_minutes_and_no_longer() {
    let morning = DayTimes { register_closes: time("09:15:01"), ..times() };
    assert_eq!(morning.check(), Err(DayTimesError::OpenTooLong("morning")));
    let afternoon = DayTimes { pm_closes: Some(time("13:31")), ..times() };
    assert_eq!(afternoon.check(), Err(DayTimesError::OpenTooLong("afternoon")));
    let just = DayTimes { pm_closes: Some(time("13:30")), ..times() };
    assert_eq!(just.check(), Ok(()));
}

#[test]
fn times_out_of_order_are_named() {
    let out = |times: DayTimes| times.check().err().map(|why| why.to_string()).unwrap_or_default();
    assert_eq!(out(DayTimes { day_starts: time("08:30"), ..times() }), "day_starts lies before gates_open");
    assert_eq!(out(DayTimes { late_after: time("09:20"), ..times() }), "register_closes lies before late_after");
    assert_eq!(out(DayTimes { report_by: time("15:16"), ..times() }), "day_ends lies before report_by");
    assert_eq!(out(DayTimes { day_ends: time("09:00"), ..times() }), "day_ends lies before register_closes");
    let early = DayTimes { pm_register: Some(time("09:00")), ..times() };
    assert_eq!(out(early), "pm_register lies before register_closes");
    let late = DayTimes { pm_register: Some(time("15:10")), pm_closes: Some(time("15:20")), ..times() };
    assert_eq!(out(late), "day_ends lies before pm_closes");
    let alone = DayTimes { pm_register: None, ..times() };
    assert_eq!(alone.check(), Err(DayTimesError::NoAfternoonRegister));
}
