//! The calendar's versions: the last counts, nothing is written over, and whoever is late hears so.

use app::rules::{
    calendar::{
        Calendar, Term,
        edit::{EntryForm, entered},
    },
    id::StaffId,
};
use server::store::{CalendarKept, NewCalendar};

use super::house::{TestStore, at, day};

fn seeded() -> Calendar {
    let term = Term { name: "Autumn".into(), first: day("2026-09-01"), last: day("2026-12-18") };
    Calendar::new(vec![term], Vec::new()).unwrap()
}

fn closing(calendar: &Calendar, first: &str) -> Calendar {
    let form = EntryForm {
        what: "day".into(),
        first: first.into(),
        kind: "inset".into(),
        part: "all".into(),
        ..EntryForm::default()
    };
    entered(&form, calendar).unwrap()
}

fn new(seen: i64, before: &Calendar, becomes: &Calendar) -> NewCalendar {
    let by = StaffId::from_bytes([31; 16]);
    NewCalendar { seen, before: before.clone(), becomes: becomes.clone(), changed: "{}".into(), by }
}

#[tokio::test]
async fn a_change_keeps_what_was_before_and_of_two_at_once_one_is_late() {
    let house = TestStore::with_staff().await;
    let (before, school) = (seeded(), house.school());
    let (one, other) = (closing(&before, "2026-11-23"), closing(&before, "2026-11-24"));
    assert_eq!((school.calendar_version().await.unwrap(), school.calendar().await.unwrap()), (0, None));
    let (first, second) = tokio::join!(
        school.keep_calendar(new(0, &before, &one), at("08:00:00")),
        school.keep_calendar(new(0, &before, &other), at("08:00:01")),
    );
    assert_eq!((first.unwrap(), second.unwrap()), (CalendarKept::Done(2), CalendarKept::Changed));
    assert_eq!(school.calendar().await.unwrap(), Some((2, one.clone())));
    assert_eq!(school.calendar_at(1).await.unwrap(), Some(before));
    let again = new(2, &one, &other);
    assert_eq!(school.keep_calendar(again, at("08:02:00")).await.unwrap(), CalendarKept::Done(3));
    assert_eq!(school.calendar_at(2).await.unwrap(), Some(one));
    let listed: Vec<i64> = school.calendar_changes().await.unwrap().iter().map(|change| change.version).collect();
    assert_eq!(listed, [3, 2]);
    assert_eq!(house.number("SELECT COUNT(*) FROM journal WHERE action = 'change_calendar'").await, 2);
    assert!(house.journal_is_whole().await);
}
