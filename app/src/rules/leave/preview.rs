//! What a leave would come to if it were not agreed: shown before anything is signed.
//!
//! Source: the National Framework's window (see [`super::super::threshold`]). Facts, never a threat.

use std::collections::HashSet;

use chrono::{Days, NaiveDate};

use crate::rules::{
    calendar::{Calendar, SessionDay, monday_of},
    code::Code,
    threshold::{Marked, WEEKS, Window, weeks_until, window_at},
};

/// What a leave would come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preview {
    /// The window of today, without the leave; `None` before the calendar's first school week.
    pub now: Option<Window>,
    /// The fullest ten school weeks of those that touch the leave, if every session of it were not agreed and
    /// no other were missed; the earliest of equals.
    pub highest: Window,
    /// How many of the leave's sessions count: those from the day on which the child must go to school.
    pub counting: u32,
}

/// The preview for one child. `marks` are the child's own, before, during and after the leave; a session of the
/// leave counts once, whatever its mark. `None` for a leave of no session, or of none inside the calendar.
#[must_use]
pub fn preview(
    marks: &[(SessionDay, Code)],
    leave: &[SessionDay],
    today: NaiveDate,
    compulsory_from: Option<NaiveDate>,
    calendar: &Calendar,
) -> Option<Preview> {
    let (first, last) = (leave.iter().min()?.date, leave.iter().max()?.date);
    let asked: HashSet<SessionDay> = leave.iter().copied().collect();
    let held: Vec<Marked> = marks.iter().map(|(at, code)| (at.date, *code)).collect();
    let mut with: Vec<Marked> =
        marks.iter().filter(|(at, _)| !asked.contains(at)).map(|(at, code)| (at.date, *code)).collect();
    with.extend(asked.iter().map(|at| (at.date, Code::O)));
    let windows = ends(first, last, calendar).into_iter().rev().filter_map(|monday| {
        let sunday = monday.checked_add_days(Days::new(6))?;
        window_at(&with, sunday, compulsory_from, calendar)
    });
    // `max_by_key` keeps the last of equals: the earliest window, since they come latest first.
    let highest = windows.max_by_key(|window| (window.sessions, window.without_n))?;
    let counting = asked.iter().filter(|at| compulsory_from.is_none_or(|from| at.date >= from)).count();
    Some(Preview {
        now: window_at(&held, today, compulsory_from, calendar),
        highest,
        counting: u32::try_from(counting).unwrap_or(u32::MAX),
    })
}

/// The Mondays with which a window that touches these days may end: from the week of the first to the ninth
/// school week after the last, earliest first. Where the calendar ends sooner, until there.
fn ends(first: NaiveDate, last: NaiveDate, calendar: &Calendar) -> Vec<NaiveDate> {
    let mut ends = weeks_until(last, calendar, usize::MAX);
    ends.retain(|monday| *monday >= monday_of(first));
    ends.reverse();
    let next = |monday: &NaiveDate| {
        let after = monday.checked_add_days(Days::new(7))?;
        calendar.next_school_day(after).map(monday_of)
    };
    let later = std::iter::successors(next(&monday_of(last)), next).take(WEEKS - 1);
    ends.extend(later);
    ends
}
