//! Leave counted over holidays, bank holidays, training days and single sessions; and what it would come to.

use app::rules::calendar::{Calendar, ClosedKind, Session, SessionDay, Term, monday_of};
use app::rules::code::Code;
use app::rules::form::Answers;
use app::rules::leave::{Count, Span, SpanProblem, key, preview};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

use crate::example::{at, calendar, closed, date, school_year, term, times};

fn answers(first: (&str, &str), last: (&str, &str), back: &str) -> Answers {
    let mut answers = Answers::default();
    for (key, answer) in [
        (key::FIRST_DAY, first.0),
        (key::FIRST_SESSION, first.1),
        (key::LAST_DAY, last.0),
        (key::LAST_SESSION, last.1),
        (key::RETURN_DAY, back),
    ] {
        answers.set(key, answer);
    }
    answers
}

fn read(answers: &Answers) -> Result<Span, Vec<SpanProblem>> {
    Span::read(|key| answers.get(key), date("2026-09-10"))
}

/// What a span comes to on the example's school year.
fn counted(first: (&str, &str), last: (&str, &str), back: &str) -> Result<(usize, usize), SpanProblem> {
    let span = read(&answers(first, last, back)).unwrap_or_else(|why| panic!("{why:?}"));
    span.on(&school_year()).map(|Count { sessions, days }| (sessions, days))
}

#[test]
fn sessions_and_days_are_counted_on_the_school_calendar() {
    for (first, last, back, comes_to, what) in [
        (("2026-11-23", "AM"), ("2026-11-27", "PM"), "2026-11-30", Ok((10, 5)), "a week"),
        (("2026-11-23", ""), ("2026-11-23", ""), "2026-11-24", Ok((2, 1)), "a day, halves not said"),
        (("2026-11-23", "AM"), ("2026-11-23", "AM"), "2026-11-23", Ok((1, 1)), "a morning, back after lunch"),
        (("2026-11-23", "PM"), ("2026-11-23", "PM"), "2026-11-24", Ok((1, 1)), "an afternoon"),
        (("2026-11-23", "PM"), ("2026-11-25", "AM"), "2026-11-25", Ok((4, 3)), "two halves and a day"),
        (("2026-10-22", "AM"), ("2026-11-03", "PM"), "2026-11-04", Ok((8, 4)), "over half-term"),
        (("2026-10-22", "PM"), ("2026-11-02", "AM"), "2026-11-02", Ok((4, 3)), "over half-term, halves"),
        (("2026-12-17", "AM"), ("2027-01-05", "PM"), "2027-01-06", Ok((6, 3)), "over bank holidays and a training day"),
        (("2027-01-04", "AM"), ("2027-01-05", "AM"), "2027-01-05", Ok((1, 1)), "from a training day"),
        (("2026-11-21", "AM"), ("2026-11-24", "PM"), "2026-11-25", Ok((4, 2)), "from a Saturday"),
        (("2026-12-18", "AM"), ("2026-12-18", "PM"), "2027-01-05", Ok((2, 1)), "back after the holidays"),
        (("2026-12-18", "AM"), ("2026-12-18", "PM"), "2027-01-04", Ok((2, 1)), "back on a training day"),
        (("2026-10-26", "AM"), ("2026-10-30", "PM"), "2026-11-02", Err(SpanProblem::NoSchool), "all of half-term"),
        (("2026-11-28", "AM"), ("2026-11-29", "PM"), "2026-11-30", Err(SpanProblem::NoSchool), "a weekend"),
        (("2027-01-04", "AM"), ("2027-01-04", "PM"), "2027-01-05", Err(SpanProblem::NoSchool), "a training day"),
        (("2026-11-23", "AM"), ("2026-11-25", "PM"), "2026-11-27", Err(SpanProblem::Gap), "Thursday is in neither"),
        (("2026-11-23", "AM"), ("2026-11-25", "AM"), "2026-11-26", Err(SpanProblem::Gap), "so is that afternoon"),
        (("2027-03-01", "AM"), ("2027-03-05", "PM"), "2027-03-08", Err(SpanProblem::TooFar), "no calendar yet"),
    ] {
        assert_eq!(counted(first, last, back), comes_to, "{what}");
    }
}

#[test]
fn a_day_closed_in_one_half_counts_in_the_other() {
    let mut morning = closed("2026-11-24", ClosedKind::Inset);
    morning.pm_closed = false;
    let calendar = calendar(vec![term("2026-11-02", "2026-12-18")], vec![morning]);
    let span = read(&answers(("2026-11-24", ""), ("2026-11-25", ""), "2026-11-26")).unwrap_or_else(|e| panic!("{e:?}"));
    assert_eq!(span.on(&calendar), Ok(Count { sessions: 3, days: 2 }));
}

#[test]
fn dates_that_cannot_be_are_told_one_by_one() {
    let problems = |first, last, back| read(&answers(first, last, back)).err().unwrap_or_default();
    assert_eq!(problems(("", ""), ("", ""), ""), [SpanProblem::First, SpanProblem::Last, SpanProblem::Back]);
    assert_eq!(problems(("2026-02-30", ""), ("2026-11-24", ""), "x"), [SpanProblem::First, SpanProblem::Back]);
    let (monday, sunday) = (("2026-11-23", "PM"), ("2026-11-23", "AM"));
    assert_eq!(problems(monday, sunday, "2026-11-24"), [SpanProblem::LastBeforeFirst]);
    assert_eq!(problems(monday, ("2026-11-24", "PM"), "2026-11-24"), [SpanProblem::BackTooSoon]);
    assert_eq!(problems(monday, ("2026-11-24", "AM"), "2026-11-23"), [SpanProblem::BackTooSoon]);
    assert_eq!(problems(("2029-11-23", ""), ("2029-11-23", ""), "2029-11-24"), [SpanProblem::TooFar]);
}

#[test]
fn in_advance_ends_when_the_register_of_the_first_open_session_is_taken() {
    let calendar = school_year();
    let early = |first, last, back, now: &str| {
        let span = read(&answers(first, last, back)).unwrap_or_else(|why| panic!("{why:?}"));
        span.in_advance(&span.sessions(&calendar), &times(), at(now))
    };
    let whole = (("2026-11-23", ""), ("2026-11-24", ""), "2026-11-25");
    assert!(early(whole.0, whole.1, whole.2, "2026-11-23T08:44:59Z"));
    assert!(!early(whole.0, whole.1, whole.2, "2026-11-23T08:45:00Z"));
    let afternoon = (("2026-11-23", "PM"), ("2026-11-23", "PM"), "2026-11-24");
    assert!(early(afternoon.0, afternoon.1, afternoon.2, "2026-11-23T12:59:59Z"));
    assert!(!early(afternoon.0, afternoon.1, afternoon.2, "2026-11-23T13:00:00Z"));
    // Half-term first: the absence begins with school, on the Monday after.
    assert!(early(("2026-10-24", ""), ("2026-11-02", ""), "2026-11-03", "2026-11-01T20:00:00Z"));
}

fn sessions(days: &[(&str, &[Session])]) -> Vec<SessionDay> {
    let each = days.iter().flat_map(|(day, halves)| halves.iter().map(|half| (date(day), *half)));
    each.map(|(date, session)| SessionDay { date, session }).collect()
}

#[test]
fn a_session_of_the_leave_counts_once_whatever_its_mark() {
    let calendar = school_year();
    let leave = sessions(&[("2026-11-23", &Session::BOTH), ("2026-11-24", &Session::BOTH)]);
    let marks: Vec<_> = leave.iter().zip([Code::G, Code::C, Code::I, Code::N]).map(|(at, code)| (*at, code)).collect();
    let found = preview(&marks, &leave, date("2026-11-25"), None, &calendar).unwrap_or_else(|| panic!("none"));
    assert_eq!((found.highest.sessions, found.highest.without_n, found.counting), (4, 4, 4));
    assert_eq!(found.now.map(|now| now.sessions), Some(2), "G and N are there already");
}

#[test]
fn before_a_child_must_go_to_school_nothing_counts() {
    let leave = sessions(&[("2026-12-17", &Session::BOTH), ("2027-01-05", &Session::BOTH)]);
    let found = preview(&[], &leave, date("2026-11-25"), Some(date("2026-12-31")), &school_year());
    assert_eq!(found.map(|found| (found.highest.sessions, found.counting)), Some((2, 2)));
    let all = preview(&[], &leave, date("2026-11-25"), Some(date("2027-08-31")), &school_year());
    assert_eq!(all.map(|found| (found.highest.sessions, found.counting)), Some((0, 0)));
}

#[test]
fn a_window_that_only_begins_with_the_leave_is_looked_at_too() {
    let calendar = school_year();
    // A form for a week that is over: what was missed after it counts with it.
    let leave = sessions(&[("2026-09-14", &Session::BOTH)]);
    let later = sessions(&[("2026-11-16", &Session::BOTH), ("2026-11-23", &Session::BOTH)]);
    let marks: Vec<_> = later.iter().map(|at| (*at, Code::O)).collect();
    let found = preview(&marks, &leave, date("2026-11-25"), None, &calendar).unwrap_or_else(|| panic!("none"));
    // The tenth school week from 14 September is that of 23 November: half-term is none.
    assert_eq!(found.highest.sessions, 6);
}

fn day(number: u32) -> NaiveDate {
    date("2026-01-05") + Days::new(number.into())
}

/// The same as somebody would do it with a pencil: every ten school weeks in a row, of which one has a day of leave.
fn slowly(
    marks: &[(SessionDay, Code)],
    leave: &[SessionDay],
    from: Option<NaiveDate>,
    calendar: &Calendar,
) -> (u32, u32) {
    let open = |date| Session::BOTH.into_iter().any(|half| calendar.is_open(date, half));
    let mut weeks: Vec<NaiveDate> = (0..800).map(day).filter(|date| open(*date)).map(monday_of).collect();
    weeks.dedup();
    let mut best = (0, 0);
    for end in 0..weeks.len() {
        let window = &weeks[end.saturating_sub(9)..=end];
        let (first, sunday) = (window[0], window[window.len() - 1] + Days::new(6));
        let inside = |date: NaiveDate| date >= first && date <= sunday;
        if !leave.iter().any(|at| inside(at.date)) {
            continue;
        }
        let counts = |date: NaiveDate| inside(date) && from.is_none_or(|from| date >= from);
        let away = leave.iter().filter(|at| counts(at.date)).count();
        let others = marks.iter().filter(|(at, code)| {
            !leave.contains(at) && counts(at.date) && matches!(code, Code::G | Code::N | Code::O | Code::U)
        });
        let (all, known) =
            others.fold((0, 0), |(all, known), (_, code)| (all + 1, known + u32::from(*code != Code::N)));
        let away = u32::try_from(away).unwrap_or(0);
        best = best.max((away + all, away + known));
    }
    best
}

proptest! {
    #[test]
    fn the_preview_is_what_a_pencil_would_count(
        holidays in prop::collection::vec((0_u32..60, 1_u32..40), 2..7),
        training in prop::collection::vec(0_u32..350, 0..20),
        marks in prop::collection::btree_map((0_u32..350, any::<bool>()), prop::sample::select(Code::ALL), 0..120),
        begins in 0_u32..300,
        lasts in 0_u32..40,
        from in prop::option::of(0_u32..350),
    ) {
        let (mut first, mut terms) = (0, Vec::new());
        for (number, (gap, length)) in holidays.into_iter().enumerate() {
            terms.push(Term { name: number.to_string(), first: day(first), last: day(first + 20 + gap) });
            first += 21 + gap + length;
        }
        let mut training = training;
        training.sort_unstable();
        training.dedup();
        let closed = training.into_iter().map(|number| closed(&day(number).to_string(), ClosedKind::Inset)).collect();
        let calendar = Calendar::new(terms, closed).unwrap_or_default();
        let half = |morning| if morning { Session::Am } else { Session::Pm };
        let marks: Vec<(SessionDay, Code)> = marks
            .into_iter()
            .map(|((number, morning), code)| (SessionDay { date: day(number), session: half(morning) }, code))
            .collect();
        let leave = calendar.open_sessions(day(begins)..=day(begins + lasts));
        let from = from.map(day);
        let found = preview(&marks, &leave, day(200), from, &calendar);
        prop_assert_eq!(found.is_some(), !leave.is_empty());
        if let Some(found) = found {
            let pencil = slowly(&marks, &leave, from, &calendar);
            prop_assert_eq!((found.highest.sessions, found.highest.without_n), pencil);
        }
    }

    #[test]
    fn a_longer_leave_never_comes_to_less(begins in 0_u32..60, lasts in 0_u32..30, more in 1_u32..10) {
        let calendar = school_year();
        let from = date("2026-09-07") + Days::new(begins.into());
        let count = |days: u32| {
            let leave = calendar.open_sessions(from..=from + Days::new(days.into()));
            preview(&[], &leave, from, None, &calendar).map_or(0, |found| found.highest.sessions)
        };
        prop_assert!(count(lasts + more) >= count(lasts));
    }
}
