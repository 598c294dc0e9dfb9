use proptest::prelude::*;

use super::*;
use crate::rules::{
    calendar::{ClosedDay, ClosedKind, Session, YearsClosed},
    cases::leighton_calendar,
    code::Class,
};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap_or_default()
}

fn marks(from: &str, to: &str, code: Code) -> Vec<Mark> {
    let open = leighton_calendar().open_sessions(day(from)..=day(to));
    open.into_iter().map(|at| Mark { date: at.date, session: at.session, code, minutes_late: None }).collect()
}

/// A child of seven, here since 2024.
fn known(first_mark: &str) -> Known {
    Known { born: day("2019-05-04"), admitted: day("2024-09-02"), first_mark: first_mark.parse().ok() }
}

fn of(known: Known, marks: &[Mark], date: &str) -> Figures {
    let calendar = leighton_calendar();
    let date = day(date);
    let as_of = AsOf::new(date, &calendar).unwrap_or_else(|| panic!("{date}"));
    as_of.figures(known, marks)
}

#[test]
fn the_year_begins_in_september_or_with_admission() {
    let all = [marks("2026-06-01", "2026-07-20", Code::I), marks("2026-09-03", "2026-11-24", Code::PresentAm)].concat();
    let whole = of(known("2026-06-01"), &all, "2026-11-24");
    let open = leighton_calendar().open_sessions(day("2026-09-01")..=day("2026-11-24")).len();
    assert_eq!((whole.tally.possible() as usize, whole.tally.authorised, whole.not_recorded), (open, 0, 0));
    // What was before admission is another school's: not in the year, and nothing is missing there.
    let joiner = Known { admitted: day("2026-11-09"), ..known("2026-06-01") };
    let figures = of(joiner, &all, "2026-11-24");
    assert_eq!((figures.tally.attended, figures.not_recorded), (24, 0));
    // Admitted after the date: nothing at all.
    let later = of(Known { admitted: day("2026-12-01"), ..joiner }, &all, "2026-11-24");
    assert_eq!((later.tally, later.not_recorded), (Tally::default(), 0));
}

#[test]
fn open_sessions_without_a_mark_are_not_recorded_and_closed_ones_are_not_missing() {
    // Two days of the week after half-term, of which one session has a mark.
    let only = marks("2026-11-02", "2026-11-02", Code::I);
    let child = Known { admitted: day("2026-10-23"), ..known("2026-11-02") };
    let figures = of(child, &only[..1], "2026-11-03");
    assert_eq!((figures.tally.possible(), figures.not_recorded), (1, 5), "Friday, Monday afternoon, Tuesday");
    // On a Sunday the week is as on its Friday.
    assert_eq!(of(child, &only[..1], "2026-11-08"), of(child, &only[..1], "2026-11-06"));
    // A mark that counts nowhere is a mark.
    let x = marks("2026-11-02", "2026-11-03", Code::X);
    assert_eq!(of(child, &x, "2026-11-03").not_recorded, 2);
}

#[test]
fn a_year_group_at_home_has_fewer_sessions_and_the_rest_has_not() {
    let school = leighton_calendar();
    let kind = ClosedKind::UnplannedClosure;
    let days = day("2026-11-16").iter_days().take(5);
    let closed =
        days.map(|date| ClosedDay { date, kind, confirmed: true, am_closed: true, pm_closed: true, note: None });
    let partly = closed.map(|day| YearsClosed { years: vec![3], day }).collect();
    let calendar = Calendar::with_years(school.terms().to_vec(), school.closed().to_vec(), partly).unwrap_or_default();
    let date = day("2026-11-24");
    let as_of = AsOf::new(date, &calendar).unwrap_or_else(|| panic!("{date}"));
    let (whole, known) = (as_of.figures(known("none"), &[]), known("none"));
    let of = |year, on: &str| as_of.for_year_group(year, day(on));
    assert_eq!(of(3, "2026-11-24").figures(known, &[]).not_recorded, whole.not_recorded - 10);
    assert_eq!(of(1, "2026-11-24").figures(known, &[]), whole);
    assert_eq!(of(4, "2027-11-24").figures(known, &[]).not_recorded, whole.not_recorded - 10, "in Year 3 then");
    // Its ten school weeks begin a week earlier than the school's.
    let begins = as_of.window_begins();
    assert_eq!((begins, of(3, "2026-11-24").window_begins()), (Some(day("2026-09-14")), Some(day("2026-09-07"))));
    assert_eq!(of(1, "2026-11-24").window_begins(), begins);
}

#[test]
fn the_window_reaches_into_last_year_and_the_years_figures_do_not() {
    let all = [marks("2026-07-16", "2026-07-16", Code::O), marks("2026-09-21", "2026-09-24", Code::O)].concat();
    let figures = of(known("2025-09-03"), &all, "2026-09-25");
    assert_eq!((figures.window_sessions, figures.window_without_n), (10, 10));
    assert_eq!(figures.window_state, WindowState::Met);
    assert_eq!(figures.tally.unauthorised, 8);
    // Marks after the date are not known on it.
    let before = of(known("2025-09-03"), &all, "2026-09-23");
    assert_eq!((before.window_sessions, before.window_state), (8, WindowState::Below));
}

#[test]
fn the_first_state_that_holds_is_said() {
    let nine = marks("2026-11-10", "2026-11-16", Code::G)[..9].to_vec();
    let n = Mark { code: Code::N, ..marks("2026-11-18", "2026-11-18", Code::N)[0] };
    let held = known("2025-09-03");
    let ten = [nine.clone(), vec![n]].concat();
    let said = |known, marks: &[Mark]| {
        let figures = of(known, marks, "2026-11-24");
        (figures.window_sessions, figures.window_without_n, figures.window_state)
    };
    assert_eq!(said(held, &ten), (10, 9, WindowState::MetIfNStands));
    assert_eq!(said(held, &nine), (9, 9, WindowState::Below));
    // Met is met, whatever is missing before.
    let joined = known("2026-11-10");
    assert_eq!(said(joined, &ten), (10, 9, WindowState::MetIfNStands));
    assert_eq!(said(joined, &nine), (9, 9, WindowState::HistoryIncomplete));
    assert_eq!(said(known("none"), &[]), (0, 0, WindowState::HistoryIncomplete));
    // The window of 24 November begins on Monday 14 September: a mark of that day is early enough.
    assert_eq!(said(known("2026-09-14"), &nine).2, WindowState::Below);
    assert_eq!(said(known("2026-09-15"), &nine).2, WindowState::HistoryIncomplete);
    // A child born on 1 October 2021 must go to school from 31 December 2026.
    let young = Known { born: day("2021-10-01"), ..held };
    assert_eq!(said(young, &ten), (0, 0, WindowState::NotCompulsoryAge));
    // One that turned of age in the window: only what came after counts.
    let turned = Known { born: day("2021-08-31"), ..held };
    let both = [marks("2026-07-16", "2026-07-17", Code::O), marks("2026-09-03", "2026-09-04", Code::O)].concat();
    assert_eq!(of(turned, &both, "2026-09-11").window_sessions, 4);
    assert_eq!(of(held, &both, "2026-09-11").window_sessions, 8);
}

#[test]
fn a_year_that_the_calendar_does_not_know_has_no_figures() {
    let calendar = leighton_calendar();
    for date in ["2024-11-24", "2025-08-31", "2027-09-01", "2099-01-01"] {
        assert!(AsOf::new(day(date), &calendar).is_none(), "{date}");
    }
    // Before the first school day of a year that it knows, and in the holidays after its last.
    assert_eq!(of(known("2025-09-03"), &[], "2025-09-01").not_recorded, 0);
    assert_eq!(of(known("2025-09-03"), &[], "2027-08-31").not_recorded, 380);
}

#[test]
fn most_improved_compares_six_school_weeks_with_the_six_before() {
    let calendar = leighton_calendar();
    // Six weeks from 2 November, and six up to half-term from 14 September.
    let spans = improved_spans(day("2026-12-10"), &calendar);
    assert_eq!(spans, Some([day("2026-09-14")..=day("2026-11-01"), day("2026-11-02")..=day("2026-12-10")]));
    assert_eq!(improved_spans(day("2026-11-06"), &calendar), None, "nine weeks of this year");
    let tally = |attended, authorised| Tally { attended, authorised, ..Tally::default() };
    assert_eq!(improved(tally(40, 10), tally(45, 5)), Some(100));
    assert_eq!(improved(tally(45, 5), tally(40, 10)), None);
    assert_eq!(improved(tally(45, 5), tally(45, 5)), None);
    assert_eq!(improved(tally(10, 9), tally(45, 5)), None, "nineteen sessions say nothing");
}

proptest! {
    #[test]
    fn every_open_session_since_admission_is_marked_or_missing(
        codes in prop::collection::vec(prop::option::of(prop::sample::select(Code::ALL)), 0..400),
        joined in 0_u64..500,
        at in 0_u64..300,
    ) {
        let calendar = leighton_calendar();
        let date = day("2026-09-01") + chrono::Days::new(at);
        let open = calendar.open_sessions(day("2026-04-01")..=day("2027-07-01"));
        let marks: Vec<Mark> = open.iter().zip(&codes).filter_map(|(at, code)| {
            Some(Mark { date: at.date, session: at.session, code: (*code)?, minutes_late: None })
        }).collect();
        let admitted = day("2026-01-01") + chrono::Days::new(joined);
        let known = Known { born: day("2018-01-01"), admitted, first_mark: None };
        let Some(as_of) = AsOf::new(date, &calendar) else { return Ok(()) };
        let figures = as_of.figures(known, &marks);
        let inside = |date: NaiveDate| date >= admitted && date >= day("2026-09-01") && date <= as_of.date;
        let of_year: Vec<&Mark> = marks.iter().filter(|mark| inside(mark.date)).collect();
        let expected = open.iter().filter(|at| inside(at.date)).count();
        prop_assert_eq!(of_year.len() + figures.not_recorded as usize, expected);
        let class = |class: Class| of_year.iter().filter(|mark| mark.code.class() == class).count();
        prop_assert_eq!(figures.tally.attended as usize, class(Class::Present) + class(Class::ApprovedActivity));
        prop_assert_eq!(figures.tally.authorised as usize, class(Class::AuthorisedAbsence));
        prop_assert_eq!(figures.tally.unauthorised as usize, class(Class::UnauthorisedAbsence));
        prop_assert_eq!(figures.tally.late as usize, of_year.iter().filter(|mark| mark.code == Code::L).count());
        prop_assert!(figures.window_without_n <= figures.window_sessions);
        // Nothing outside the days asked for changes anything.
        let days = as_of.days();
        let fewer: Vec<Mark> = marks.iter().copied().filter(|mark| days.contains(&mark.date)).collect();
        prop_assert_eq!(as_of.figures(known, &fewer), figures);
    }

    #[test]
    fn morning_and_afternoon_are_two_sessions(late in any::<bool>()) {
        let date = day("2026-11-02");
        let session = if late { Session::Pm } else { Session::Am };
        let child = Known { admitted: date, ..known("2026-11-02") };
        let one = [Mark { date, session, code: Code::M, minutes_late: None }];
        prop_assert_eq!(of(child, &one, "2026-11-02").not_recorded, 1);
    }
}
