//! What holds for every calendar and every instant, against slow and obvious versions.

use app::rules::calendar::{Calendar, ClosedDay, ClosedKind, DayKind, Session, SessionDay, Term};
use app::rules::deadline::{RegisterState, Timing, register_state, timing};
use app::rules::london::{instant, local, today};
use app::rules::return_date::earliest_return;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use proptest::prelude::*;

use crate::example::{calendar, date, times};

#[derive(Clone, Debug)]
struct Pieces {
    terms: Vec<Term>,
    closed: Vec<ClosedDay>,
}

fn day(offset: u64) -> NaiveDate {
    date("2026-08-01") + Days::new(offset)
}

fn pieces() -> impl Strategy<Value = Pieces> {
    let terms = prop::collection::vec((0_u64..25, 0_u64..50), 0..7);
    let kinds = [ClosedKind::Inset, ClosedKind::BankHoliday, ClosedKind::Holiday, ClosedKind::UnplannedClosure];
    let entry = (prop::sample::select(kinds.to_vec()), 0_u8..4, any::<bool>());
    let closed = prop::collection::btree_map(0_u64..450, entry, 0..80);
    (terms, closed).prop_map(|(terms, closed)| Pieces { terms: laid_out(&terms), closed: entries(closed) })
}

/// Terms one after the other, handed over last first.
fn laid_out(terms: &[(u64, u64)]) -> Vec<Term> {
    let mut from = 10;
    let mut laid = Vec::new();
    for (gap, length) in terms {
        let first = from + gap;
        laid.push(Term { name: String::new(), first: day(first), last: day(first + length) });
        from = first + length + 1;
    }
    laid.reverse();
    laid
}

fn entries(days: std::collections::BTreeMap<u64, (ClosedKind, u8, bool)>) -> Vec<ClosedDay> {
    let entry = |offset, kind, am_closed, pm_closed, confirmed| {
        let (date, note) = (day(offset), None);
        ClosedDay { date, kind, confirmed, am_closed, pm_closed, note }
    };
    let each = days.into_iter().rev().flat_map(|(offset, (kind, halves, confirmed))| match halves {
        0 => vec![entry(offset, kind, true, false, confirmed)],
        1 => vec![entry(offset, kind, false, true, confirmed)],
        2 => vec![entry(offset, kind, true, true, confirmed)],
        _ => vec![
            entry(offset, ClosedKind::Holiday, false, true, confirmed),
            entry(offset, kind, true, false, confirmed),
        ],
    });
    each.collect()
}

impl Pieces {
    fn calendar(&self) -> Calendar {
        calendar(self.terms.clone(), self.closed.clone())
    }

    fn is_open(&self, date: NaiveDate, session: Session) -> bool {
        let weekend = date.weekday() == Weekday::Sat || date.weekday() == Weekday::Sun;
        let in_term = self.terms.iter().any(|term| (term.first..=term.last).contains(&date));
        let shut = self.closed.iter().any(|entry| entry.date == date && entry.closes(session));
        in_term && !weekend && !shut
    }

    fn day(&self, date: NaiveDate) -> DayKind {
        let first = self.terms.iter().map(|term| term.first).min();
        let last = self.terms.iter().map(|term| term.last).max();
        if first.is_none_or(|first| date < first) || last.is_none_or(|last| date > last) {
            return DayKind::Unknown;
        }
        if date.weekday() == Weekday::Sat || date.weekday() == Weekday::Sun {
            return DayKind::Weekend;
        }
        if self.is_open(date, Session::Am) || self.is_open(date, Session::Pm) {
            return DayKind::School;
        }
        let entry = |half| self.closed.iter().find(|entry| entry.date == date && entry.closes(half));
        match entry(Session::Am).or_else(|| entry(Session::Pm)) {
            Some(entry) => entry.kind.into(),
            None => DayKind::Holiday,
        }
    }

    fn open_sessions(&self, first: u64, last: u64) -> Vec<SessionDay> {
        let halves = (first..=last).flat_map(|offset| Session::BOTH.map(|session| (day(offset), session)));
        let open = halves.filter(|(date, session)| self.is_open(*date, *session));
        open.map(|(date, session)| SessionDay { date, session }).collect()
    }
}

/// Any instant from 2020 to 2039, to the nanosecond.
fn instants() -> impl Strategy<Value = DateTime<Utc>> {
    (1_577_836_800_i64..2_208_988_800, 0_u32..1_000_000_000)
        .prop_filter_map("an instant", |(seconds, nanos)| DateTime::from_timestamp(seconds, nanos))
}

proptest! {
    #[test]
    fn a_calendar_agrees_with_looking_through_its_pieces(pieces in pieces(), offset in 0_u64..500) {
        let (calendar, date) = (pieces.calendar(), day(offset));
        prop_assert_eq!(calendar.day(date), pieces.day(date));
        prop_assert_eq!(calendar.covers(date), pieces.day(date) != DayKind::Unknown);
        prop_assert_eq!(calendar.is_school_day(date), pieces.day(date) == DayKind::School);
        for session in Session::BOTH {
            prop_assert_eq!(calendar.is_open(date, session), pieces.is_open(date, session));
        }
        let term = pieces.terms.iter().find(|term| (term.first..=term.last).contains(&date));
        prop_assert_eq!(calendar.term_of(date), term);
    }

    #[test]
    fn the_next_school_day_is_open_and_nothing_open_lies_between(pieces in pieces(), offset in 0_u64..500) {
        let calendar = pieces.calendar();
        let open = (offset..800).map(day).find(|date| pieces.day(*date) == DayKind::School);
        prop_assert_eq!(calendar.next_school_day(day(offset)), open);
    }

    #[test]
    fn more_school_days_after_is_never_earlier(pieces in pieces(), offset in 0_u64..500, n in 0_u32..40) {
        let calendar = pieces.calendar();
        let from = day(offset);
        let (nth, after) = (calendar.school_days_after(from, n), calendar.school_days_after(from, n + 1));
        if let Some(after) = after {
            prop_assert!(nth.is_some_and(|nth| nth < after));
            let sessions = pieces.open_sessions(offset + 1, 800);
            let mut dates: Vec<_> = sessions.iter().map(|open| open.date).filter(|date| *date <= after).collect();
            dates.dedup();
            prop_assert_eq!(dates.len(), n as usize + 1);
        }
        let from_next_day = calendar.school_days_after(day(offset + 1), n + 1);
        prop_assert!(after.is_none_or(|after| from_next_day.is_none_or(|later| after <= later)));
    }

    #[test]
    fn sessions_of_a_range_are_those_found_one_by_one(pieces in pieces(), a in 0_u64..500, b in 0_u64..500) {
        let calendar = pieces.calendar();
        let slow = pieces.open_sessions(a, b);
        prop_assert_eq!(calendar.open_sessions(day(a)..=day(b)), slow);
        for session in Session::BOTH {
            let from = SessionDay { date: day(a), session };
            let first = pieces.open_sessions(a, 800).into_iter().find(|open| *open >= from);
            prop_assert_eq!(calendar.first_open_session_from(day(a), session), first);
        }
    }

    #[test]
    fn unconfirmed_days_and_school_weeks_are_those_found_one_by_one(pieces in pieces(), a in 0_u64..500, b in 0_u64..500) {
        let calendar = pieces.calendar();
        let within = |entry: &&ClosedDay| !entry.confirmed && day(a) <= entry.date && entry.date <= day(b);
        prop_assert_eq!(calendar.unconfirmed_in(day(a)..=day(b)).len(), pieces.closed.iter().filter(within).count());
        let monday = day(a) - Days::new(day(a).weekday().num_days_from_monday().into());
        let open = (0..7).any(|days| pieces.day(monday + Days::new(days)) == DayKind::School);
        prop_assert_eq!(calendar.school_week_monday(day(a)), open.then_some(monday));
    }

    #[test]
    fn a_return_is_the_first_session_that_starts_late_enough(pieces in pieces(), offset in 0_i64..40_000_000) {
        let (calendar, times) = (pieces.calendar(), times());
        let moment = instant(day(0), NaiveTime::MIN) + TimeDelta::seconds(offset);
        let starts = |open: &SessionDay| match open.session {
            Session::Am => Some(instant(open.date, times.register_taken)),
            Session::Pm => times.pm_register.map(|time| instant(open.date, time)),
        };
        let slow = pieces.open_sessions(0, 800).into_iter().find(|open| starts(open).is_some_and(|at| at >= moment));
        prop_assert_eq!(earliest_return(moment, &calendar, &times), slow);
    }

    #[test]
    fn local_time_and_back_is_the_same_instant_but_for_the_doubled_hour(at in instants()) {
        let shown = local(at);
        let back = instant(shown.date(), shown.time());
        prop_assert_eq!(local(back), shown);
        prop_assert!(back == at || back == at - TimeDelta::hours(1));
        prop_assert_eq!(today(at), shown.date());
        let ahead = shown.and_utc() - at;
        prop_assert!(ahead == TimeDelta::zero() || ahead == TimeDelta::hours(1));
    }

    #[test]
    fn a_later_instant_is_never_in_better_time(at in instants(), days in -3_i64..3, more in 0_i64..200_000) {
        let day = today(at) + TimeDelta::days(days);
        let later = at + TimeDelta::seconds(more);
        let (first, second) = (timing(at, day, &times()), timing(later, day, &times()));
        prop_assert!(first == Timing::BeforeClose || second == Timing::AfterClose);
        let wall = local(at);
        let in_time = wall.date() < day || (wall.date() == day && wall.time() < times().report_by);
        prop_assert_eq!(first == Timing::BeforeClose, in_time);
    }

    #[test]
    fn the_register_says_closed_exactly_when_a_report_would_be_late(pieces in pieces(), offset in 0_i64..40_000_000) {
        let now = instant(day(0), NaiveTime::MIN) + TimeDelta::seconds(offset);
        match register_state(now, &pieces.calendar(), &times()) {
            RegisterState::NotASchoolDay => prop_assert_ne!(pieces.day(today(now)), DayKind::School),
            RegisterState::Closed | RegisterState::DayOver => {
                prop_assert_eq!(timing(now, today(now), &times()), Timing::AfterClose);
            }
            RegisterState::BeforeOpen { closes_in_minutes, .. } | RegisterState::Open { closes_in_minutes, .. } => {
                prop_assert_eq!(timing(now, today(now), &times()), Timing::BeforeClose);
                prop_assert!(closes_in_minutes >= 1);
            }
        }
    }
}
