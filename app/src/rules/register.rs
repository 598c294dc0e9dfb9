//! A class's register as the office has it at 9.16, before the marks of the MIS come in.
//!
//! It is not the legal register: that is the MIS's, and its mark counts once there is one. What was
//! ticked here stays as what was known in the morning.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{
    calendar::{Calendar, Session, SessionDay},
    deadline::DayTimes,
    london::{instant, local},
};

/// How many minutes a child may be late in one session.
pub const MOST_MINUTES: i64 = 180;

/// What a class's list says of a child for one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tick {
    /// In the room.
    Present,
    /// Not there.
    Absent,
    /// Came late, by so many minutes if somebody wrote them down.
    Late(Option<i64>),
}

impl Tick {
    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Absent => "absent",
            Self::Late(_) => "late",
        }
    }

    /// The tick of a word and its minutes; minutes that are none are left out.
    #[must_use]
    pub fn parse(word: &str, minutes: Option<i64>) -> Option<Self> {
        match word {
            "present" => Some(Self::Present),
            "absent" => Some(Self::Absent),
            "late" => Some(Self::Late(minutes.filter(|minutes| (1..=MOST_MINUTES).contains(minutes)))),
            _ => None,
        }
    }
}

/// How a register came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Taken {
    /// Ticked on the class list.
    List,
    /// From names that were pasted.
    Paste,
    /// Undone: as it was before.
    Undo,
}

impl Taken {
    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Paste => "paste",
            Self::Undo => "undo",
        }
    }
}

/// Which register the office is at: the afternoon's from the time at which it is taken, if the
/// school has one, else the morning's. On a day that is open for one half only it is that half.
#[must_use]
pub fn session_at(now: DateTime<Utc>, times: &DayTimes, calendar: &Calendar) -> Session {
    let local = local(now);
    let (am, pm) = (calendar.is_open(local.date(), Session::Am), calendar.is_open(local.date(), Session::Pm));
    let afternoon = times.pm_register.is_some_and(|taken| local.time() >= taken);
    if pm && (afternoon || !am) { Session::Pm } else { Session::Am }
}

/// The session in which a day is looked at: today the one at which the office is, of another day the morning, or
/// the half for which the school was open.
#[must_use]
pub fn session_of(day: NaiveDate, now: DateTime<Utc>, times: &DayTimes, calendar: &Calendar) -> Session {
    if day == local(now).date() {
        return session_at(now, times, calendar);
    }
    let only_pm = calendar.is_open(day, Session::Pm) && !calendar.is_open(day, Session::Am);
    if only_pm { Session::Pm } else { Session::Am }
}

/// When the register of a session closes. An afternoon whose times the school has not said closes
/// when school is over.
#[must_use]
pub fn closes(at: SessionDay, times: &DayTimes) -> DateTime<Utc> {
    let time = match at.session {
        Session::Am => times.register_closes,
        Session::Pm => times.pm_closes.or(times.pm_register).unwrap_or(times.day_ends),
    };
    instant(at.date, time)
}

/// Until when a child that is expected to be away, but of whom nobody said so this morning, is left
/// off the call list: so many minutes after the close.
#[must_use]
pub fn waits_until(at: SessionDay, times: &DayTimes, minutes: i64) -> DateTime<Utc> {
    closes(at, times) + TimeDelta::try_minutes(minutes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tick_reads_back_and_minutes_out_of_reason_are_left_out() {
        for tick in [Tick::Present, Tick::Absent, Tick::Late(None), Tick::Late(Some(7))] {
            let minutes = if let Tick::Late(minutes) = tick { minutes } else { None };
            assert_eq!(Tick::parse(tick.word(), minutes), Some(tick));
        }
        for minutes in [0, -4, MOST_MINUTES + 1] {
            assert_eq!(Tick::parse("late", Some(minutes)), Some(Tick::Late(None)));
        }
        assert_eq!(Tick::parse("absent", Some(4)), Some(Tick::Absent));
        assert_eq!(Tick::parse("Absent", None), None);
    }
}
