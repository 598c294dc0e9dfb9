//! When a child who was ill may come back.
//!
//! An illness gives a moment ("48 hours after the last time"); the school's calendar turns it
//! into a session. How many hours or days each illness needs is the school's data, dated and
//! sourced (domain section 9). It is guidance, never a refusal.

use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::calendar::{Calendar, Session, SessionDay};
use super::deadline::DayTimes;
use super::london::{instant, today};

/// So many hours of real time after `last`: a clock change in between neither adds nor takes one.
#[must_use]
pub fn after_hours(last: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
    last.checked_add_signed(TimeDelta::hours(hours.into())).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// The London midnight at which day `onset` plus `days` begins: 5 days from Monday 23rd is the
/// start of Saturday 28th (the convention of domain section 9).
#[must_use]
pub fn after_days(onset: NaiveDate, days: u32) -> DateTime<Utc> {
    let day = onset.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX);
    instant(day, NaiveTime::MIN)
}

/// The first open session that starts at `moment` or later. Mornings start at
/// [`DayTimes::register_taken`], afternoons at [`DayTimes::pm_register`]; while the school has
/// not said when that is, only mornings are offered. `None` when the calendar has run out.
#[must_use]
pub fn earliest_return(moment: DateTime<Utc>, calendar: &Calendar, times: &DayTimes) -> Option<SessionDay> {
    let mut from = SessionDay { date: today(moment), session: Session::Am };
    loop {
        let open = calendar.first_open_session_from(from.date, from.session)?;
        let starts = match open.session {
            Session::Am => Some(times.register_taken),
            Session::Pm => times.pm_register,
        };
        if starts.is_some_and(|time| instant(open.date, time) >= moment) {
            return Some(open);
        }
        from = match open.session {
            Session::Am => SessionDay { session: Session::Pm, ..open },
            Session::Pm => SessionDay { date: open.date.succ_opt()?, session: Session::Am },
        };
    }
}
