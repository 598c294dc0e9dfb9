//! Walking the calendar: the next school day, the n-th after, the sessions of a range.
//!
//! The walks jump over holidays from term to term, so they cost a few look-ups each.
//! Where the answer lies behind the last term they say `None`: nobody knows it yet.

use std::ops::RangeInclusive;

use chrono::{Datelike, Days, NaiveDate};

use super::{Calendar, ClosedDay, Session, SessionDay};

/// The Monday of the week `date` lies in, term time or not.
#[must_use]
pub fn monday_of(date: NaiveDate) -> NaiveDate {
    let days = Days::new(date.weekday().num_days_from_monday().into());
    date.checked_sub_days(days).unwrap_or(date)
}

impl Calendar {
    /// The first school day on or after `from`; before the first term that term's first school
    /// day. `None` when the calendar has run out.
    #[must_use]
    pub fn next_school_day(&self, from: NaiveDate) -> Option<NaiveDate> {
        let mut date = from;
        loop {
            let term = self.term_ending_from(date)?;
            date = date.max(term.first);
            while date <= term.last {
                if self.is_school_day(date) {
                    return Some(date);
                }
                date = date.succ_opt()?;
            }
        }
    }

    /// The last school day before `date`. `None` before the calendar begins.
    #[must_use]
    pub fn last_school_day_before(&self, date: NaiveDate) -> Option<NaiveDate> {
        let begins = self.terms.first()?.first;
        let days = std::iter::successors(date.pred_opt(), |day| day.pred_opt());
        days.take_while(|day| *day >= begins).find(|day| self.is_school_day(*day))
    }

    /// The `n`-th school day strictly after `date`, which need not be one itself; with `n` 0
    /// `date` itself. `None` when the calendar has run out.
    #[must_use]
    pub fn school_days_after(&self, date: NaiveDate, n: u32) -> Option<NaiveDate> {
        (0..n).try_fold(date, |day, _| self.next_school_day(day.succ_opt()?))
    }

    /// The first open session that is `session` of `date` or later.
    /// `None` when the calendar has run out.
    #[must_use]
    pub fn first_open_session_from(&self, date: NaiveDate, session: Session) -> Option<SessionDay> {
        let mut from = date;
        if session == Session::Pm {
            if self.is_open(date, session) {
                return Some(SessionDay { date, session });
            }
            from = date.succ_opt()?;
        }
        let date = self.next_school_day(from)?;
        let session = if self.is_open(date, Session::Am) { Session::Am } else { Session::Pm };
        Some(SessionDay { date, session })
    }

    /// Every open session of these days in order, both ends included; none when the range is
    /// empty. Never more than the terms hold, however long the range.
    #[must_use]
    pub fn open_sessions(&self, days: RangeInclusive<NaiveDate>) -> Vec<SessionDay> {
        let mut open = Vec::new();
        let mut from = Some(*days.start());
        while let Some(date) = from.and_then(|day| self.next_school_day(day)) {
            if date > *days.end() {
                break;
            }
            let halves = Session::BOTH.into_iter().filter(|half| self.is_open(date, *half));
            open.extend(halves.map(|session| SessionDay { date, session }));
            from = date.succ_opt();
        }
        open
    }

    /// The closed days of this range that the school has not confirmed, both ends included.
    /// A parent must be told no date that hangs on one of them (design, principle 6).
    #[must_use]
    pub fn unconfirmed_in(&self, days: RangeInclusive<NaiveDate>) -> Vec<&ClosedDay> {
        let first = self.closed.partition_point(|closed| closed.date < *days.start());
        let from_first = self.closed.get(first..).unwrap_or_default();
        let within = from_first.iter().take_while(|closed| closed.date <= *days.end());
        within.filter(|closed| !closed.confirmed).collect()
    }

    /// The Monday of `date`'s week if the school is open for at least one session of that week:
    /// the statutory school week (domain 3.1). `None` for a week of holiday or training only.
    #[must_use]
    pub fn school_week_monday(&self, date: NaiveDate) -> Option<NaiveDate> {
        let monday = monday_of(date);
        let open = self.next_school_day(monday)?;
        (monday_of(open) == monday).then_some(monday)
    }
}
