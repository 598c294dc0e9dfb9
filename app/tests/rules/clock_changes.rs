//! The weekends on which the clocks change, 2025 to 2027.

use app::rules::deadline::{Timing, timing};
use app::rules::london::{instant, local, today};

use crate::example::{at, date, time, times};

/// The Friday before, the Monday after, and whether summer time ends.
const WEEKENDS: [(&str, &str, bool); 6] = [
    ("2025-03-28", "2025-03-31", false),
    ("2025-10-24", "2025-10-27", true),
    ("2026-03-27", "2026-03-30", false),
    ("2026-10-23", "2026-10-26", true),
    ("2027-03-26", "2027-03-29", false),
    ("2027-10-29", "2027-11-01", true),
];

#[test]
fn the_deadline_is_a_quarter_past_nine_on_both_sides_of_every_change() {
    for (friday, monday, summer_ends) in WEEKENDS {
        let utc_hour = |summer: bool| if summer { "08" } else { "09" };
        for (day, summer) in [(friday, summer_ends), (monday, !summer_ends)] {
            let hour = utc_hour(summer);
            let deadline = at(&format!("{day}T{hour}:15:00Z"));
            assert_eq!(instant(date(day), time("09:15")), deadline, "{day}");
            assert_eq!(local(deadline), date(day).and_time(time("09:15")), "{day}");
            let last = at(&format!("{day}T{hour}:14:59.999Z"));
            assert_eq!(timing(last, date(day), &times()), Timing::BeforeClose, "{day}");
            assert_eq!(timing(deadline, date(day), &times()), Timing::AfterClose, "{day}");
        }
    }
}

#[test]
fn a_weekend_with_a_change_is_an_hour_longer_or_shorter() {
    for (friday, monday, summer_ends) in WEEKENDS {
        let hours = (instant(date(monday), time("09:15")) - instant(date(friday), time("09:15"))).num_hours();
        assert_eq!(hours, if summer_ends { 73 } else { 71 }, "{friday}");
    }
}

#[test]
fn the_sunday_itself_changes_at_one_in_the_morning_utc() {
    assert_eq!(local(at("2026-10-25T00:59:59Z")), date("2026-10-25").and_time(time("01:59:59")));
    assert_eq!(local(at("2026-10-25T01:00:00Z")), date("2026-10-25").and_time(time("01:00:00")));
    assert_eq!(local(at("2027-03-28T00:59:59Z")), date("2027-03-28").and_time(time("00:59:59")));
    assert_eq!(local(at("2027-03-28T01:00:00Z")), date("2027-03-28").and_time(time("02:00:00")));
}

#[test]
fn london_turns_the_page_at_its_own_midnight() {
    assert_eq!(today(at("2026-07-01T22:59:59.999Z")), date("2026-07-01"));
    assert_eq!(today(at("2026-07-01T23:00:00Z")), date("2026-07-02"));
    assert_eq!(today(at("2026-12-01T23:59:59.999Z")), date("2026-12-01"));
    assert_eq!(today(at("2026-12-02T00:00:00Z")), date("2026-12-02"));
}
