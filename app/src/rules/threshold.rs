//! Ten unauthorised sessions in ten school weeks: the point at which a school considers a notice.
//!
//! Source: the National Framework for Penalty Notices, domain sections 3.1 and 3.2. A school week
//! is one with a session at this school; weeks of holiday or training alone are passed over. This
//! counts and judges nobody: a family reads the count as a fact, never a threat.

use chrono::{Days, NaiveDate};

use super::{
    calendar::{Calendar, monday_of},
    code::Code,
};

/// How many sessions.
pub const SESSIONS: u32 = 10;
/// In how many school weeks.
pub const WEEKS: usize = 10;

/// What ten school weeks hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The Monday of its first week.
    pub first: NaiveDate,
    /// The Monday of its last week.
    pub last: NaiveDate,
    /// Sessions marked `G`, `N`, `O` or `U`.
    pub sessions: u32,
    /// Those without `N`, whose reason is not known yet.
    pub without_n: u32,
}

/// Where a window stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Ten or more, without any `N`.
    Met,
    /// Ten or more, if the reasons not yet known turn out not to be agreed.
    MetIfNStands,
    /// Fewer.
    Below,
}

impl Window {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> State {
        if self.without_n >= SESSIONS {
            State::Met
        } else if self.sessions >= SESSIONS {
            State::MetIfNStands
        } else {
            State::Below
        }
    }
}

/// A session's mark.
pub type Marked = (NaiveDate, Code);

/// The ten school weeks that end with the week of `date`, or with the last school week before it;
/// marks after `date` are not looked at, nor those before the child must go to school. `None`
/// before the calendar's first school week. Fewer weeks where the calendar begins later.
#[must_use]
pub fn window_at(
    marks: &[Marked],
    date: NaiveDate,
    compulsory_from: Option<NaiveDate>,
    calendar: &Calendar,
) -> Option<Window> {
    let weeks = weeks_until(date, calendar, WEEKS);
    let (last, first) = (*weeks.first()?, *weeks.last()?);
    Some(count(marks, first, last, date, compulsory_from))
}

/// The fullest ten school weeks that these marks touch, the latest of equals. `None` without a mark
/// that counts.
#[must_use]
pub fn fullest_window(marks: &[Marked], compulsory_from: Option<NaiveDate>, calendar: &Calendar) -> Option<Window> {
    let counting = || marks.iter().filter(|mark| counts(**mark, compulsory_from)).map(|(date, _)| *date);
    let (first, last) = (counting().min()?, counting().max()?);
    // A mark of a week in which this school was closed counts in the windows that reach over it.
    let after = calendar.next_school_day(last).unwrap_or(last);
    let ends = weeks_until(after, calendar, usize::MAX).into_iter().take_while(|monday| *monday >= monday_of(first));
    let windows = ends.filter_map(|monday| {
        let sunday = monday.checked_add_days(Days::new(6))?;
        window_at(marks, sunday, compulsory_from, calendar)
    });
    // `max_by_key` keeps the last of equals; ends come latest first.
    let mut windows: Vec<Window> = windows.collect();
    windows.reverse();
    windows.into_iter().max_by_key(|window| (window.sessions, window.without_n))
}

/// The Mondays of the school weeks up to this date's, latest first, so many at most.
pub(super) fn weeks_until(date: NaiveDate, calendar: &Calendar, most: usize) -> Vec<NaiveDate> {
    let Some(begins) = calendar.terms().first().map(|term| monday_of(term.first)) else { return Vec::new() };
    std::iter::successors(Some(monday_of(date)), |monday| monday.checked_sub_days(Days::new(7)))
        .take_while(|monday| *monday >= begins)
        .filter(|monday| calendar.school_week_monday(*monday).is_some())
        .take(most)
        .collect()
}

fn counts((date, code): Marked, compulsory_from: Option<NaiveDate>) -> bool {
    code.counts_to_threshold() && compulsory_from.is_none_or(|from| date >= from)
}

/// Counts from the Monday `first` to the end of the week of `last`, and not after `until`. A mark of
/// a week in which this school was closed (an earlier school's) counts where it lies between.
fn count(
    marks: &[Marked],
    first: NaiveDate,
    last: NaiveDate,
    until: NaiveDate,
    compulsory_from: Option<NaiveDate>,
) -> Window {
    let sunday = last.checked_add_days(Days::new(6)).unwrap_or(last);
    let inside = marks.iter().filter(|(date, _)| *date >= first && *date <= sunday.min(until));
    let mut window = Window { first, last, sessions: 0, without_n: 0 };
    for mark in inside.filter(|mark| counts(**mark, compulsory_from)) {
        window.sessions += 1;
        window.without_n += u32::from(mark.1 != Code::N);
    }
    window
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;
    use proptest::prelude::*;

    use super::*;
    use crate::rules::calendar::{ClosedDay, ClosedKind, Session, Term};

    fn day(number: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default() + Days::new(number.into())
    }

    /// Two years with holidays and closed weeks wherever the numbers put them.
    fn calendar(holidays: &[(u32, u32)], closed: &[u32]) -> Calendar {
        let mut terms = Vec::new();
        let (mut from, mut number) = (0, 0);
        for (gap, length) in holidays {
            let to = from + 20 + gap;
            number += 1;
            terms.push(Term { name: number.to_string(), first: day(from), last: day(to) });
            from = to + 1 + length;
        }
        let mut closed: Vec<u32> = closed.to_vec();
        closed.sort_unstable();
        closed.dedup();
        let closed = closed.into_iter().map(|number| ClosedDay {
            date: day(number),
            kind: ClosedKind::Inset,
            confirmed: true,
            am_closed: true,
            pm_closed: true,
            note: None,
        });
        Calendar::new(terms, closed.collect()).unwrap_or_default()
    }

    /// The same, as somebody would count it with a pencil: every day of every week.
    fn slowly(marks: &[Marked], date: NaiveDate, calendar: &Calendar) -> u32 {
        let open = |date: NaiveDate| calendar.is_open(date, Session::Am) || calendar.is_open(date, Session::Pm);
        let mut monday = date;
        while monday.weekday() != chrono::Weekday::Mon {
            monday = monday.pred_opt().unwrap_or(monday);
        }
        let (mut weeks, mut first, mut sunday) = (0, None, None);
        for _ in 0..300 {
            if (0..7).any(|n| open(monday + Days::new(n))) {
                weeks += 1;
                first = Some(monday);
                sunday = sunday.or(Some(monday + Days::new(6)));
            }
            if weeks == 10 {
                break;
            }
            monday = monday - Days::new(7);
        }
        let (Some(first), Some(sunday)) = (first, sunday) else { return 0 };
        let counted = marks.iter().filter(|(at, code)| {
            *at >= first && *at <= date.min(sunday) && matches!(code, Code::G | Code::N | Code::O | Code::U)
        });
        u32::try_from(counted.count()).unwrap_or(u32::MAX)
    }

    proptest! {
        #[test]
        fn the_window_is_what_a_pencil_would_count(
            holidays in prop::collection::vec((0_u32..60, 1_u32..50), 1..8),
            closed in prop::collection::vec(0_u32..400, 0..30),
            marks in prop::collection::vec((0_u32..500, prop::sample::select(Code::ALL)), 0..120),
            at in 0_u32..500,
        ) {
            let calendar = calendar(&holidays, &closed);
            let marks: Vec<Marked> = marks.into_iter().map(|(number, code)| (day(number), code)).collect();
            let window = window_at(&marks, day(at), None, &calendar);
            prop_assert_eq!(window.map_or(0, |window| window.sessions), slowly(&marks, day(at), &calendar));
            if let Some(fullest) = fullest_window(&marks, None, &calendar) {
                prop_assert!(window.is_none_or(|window| window.sessions <= fullest.sessions));
            }
        }

        #[test]
        fn one_more_unauthorised_mark_never_counts_less(
            marks in prop::collection::vec((0_u32..200, prop::sample::select(Code::ALL)), 0..60),
            more in 0_u32..200,
        ) {
            let calendar = calendar(&[(40, 9), (40, 9), (40, 9)], &[]);
            let mut marks: Vec<Marked> = marks.into_iter().map(|(number, code)| (day(number), code)).collect();
            let before = fullest_window(&marks, None, &calendar).map_or(0, |window| window.sessions);
            marks.push((day(more), Code::O));
            let after = fullest_window(&marks, None, &calendar).map_or(0, |window| window.sessions);
            prop_assert!(after >= before);
        }
    }

    #[test]
    fn what_comes_before_the_child_must_go_to_school_does_not_count() {
        let calendar = calendar(&[(60, 9)], &[]);
        let marks = [(day(0), Code::O), (day(1), Code::N), (day(7), Code::O)];
        let window = window_at(&marks, day(20), Some(day(1)), &calendar);
        assert_eq!(window.map(|window| (window.sessions, window.without_n)), Some((2, 1)));
        assert_eq!(window_at(&marks, day(0) - Days::new(1), None, &calendar), None, "before the first term");
    }
}
