//! From which session to which: counted on the school's calendar, for each child's year group.

use chrono::{DateTime, NaiveDate, Utc};

use super::key;
use crate::rules::{
    calendar::{Calendar, Session, SessionDay},
    deadline::DayTimes,
    iso, london,
};

/// How far ahead leave can be asked for, in days: further the calendar is not known.
const AHEAD: i64 = 550;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first session the child would miss.
    pub first: SessionDay,
    /// The last session the child would miss.
    pub last: SessionDay,
    /// The day the child is back at school.
    pub back: NaiveDate,
}

/// How much school that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Half days on which the school is open.
    pub sessions: usize,
    /// Days of which at least one half is asked for.
    pub days: usize,
}

/// What is wrong with the answers, in the order of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpanProblem {
    /// The first day is missing or no date.
    First,
    /// The last day is missing or no date.
    Last,
    /// The last session lies before the first.
    LastBeforeFirst,
    /// The day back is missing or no date.
    Back,
    /// The day back lies before the last day, or on it although the afternoon is asked for.
    BackTooSoon,
    /// School is open between the last session and the day back: those sessions are not asked for.
    Gap,
    /// No school on any of these days.
    NoSchool,
    /// Further ahead than the school's calendar goes.
    TooFar,
}

impl SpanProblem {
    /// The key of the answer that it is about.
    #[must_use]
    pub fn answer(self) -> &'static str {
        match self {
            Self::First | Self::TooFar | Self::NoSchool => key::FIRST_DAY,
            Self::Last | Self::LastBeforeFirst => key::LAST_DAY,
            Self::Back | Self::BackTooSoon | Self::Gap => key::RETURN_DAY,
        }
    }
}

impl Span {
    /// The span of a form's answers, by their [`key`]s. A first session not said is the morning, a last one the
    /// afternoon: whole days.
    ///
    /// # Errors
    /// Every problem, in the order of the form.
    pub fn read<'a>(answer: impl Fn(&str) -> &'a str, today: NaiveDate) -> Result<Self, Vec<SpanProblem>> {
        let day = |key: &str| iso::date(answer(key).trim());
        let session = |key: &str, or: Session| Session::parse(answer(key)).unwrap_or(or);
        let mut problems = Vec::new();
        let first = day(key::FIRST_DAY);
        let last = day(key::LAST_DAY);
        let back = day(key::RETURN_DAY);
        for (missing, problem) in [
            (first.is_none(), SpanProblem::First),
            (last.is_none(), SpanProblem::Last),
            (back.is_none(), SpanProblem::Back),
        ] {
            if missing {
                problems.push(problem);
            }
        }
        let (Some(first), Some(last), Some(back)) = (first, last, back) else { return Err(problems) };
        let span = Self {
            first: SessionDay { date: first, session: session(key::FIRST_SESSION, Session::Am) },
            last: SessionDay { date: last, session: session(key::LAST_SESSION, Session::Pm) },
            back,
        };
        if (first.max(last).max(back) - today).num_days() > AHEAD {
            problems.push(SpanProblem::TooFar);
        } else if span.last < span.first {
            problems.push(SpanProblem::LastBeforeFirst);
        } else if back < last || (back == last && span.last.session == Session::Pm) {
            problems.push(SpanProblem::BackTooSoon);
        }
        if problems.is_empty() { Ok(span) } else { Err(problems) }
    }

    /// The open sessions within, in order.
    #[must_use]
    pub fn sessions(&self, calendar: &Calendar) -> Vec<SessionDay> {
        let open = calendar.open_sessions(self.first.date..=self.last.date);
        open.into_iter().filter(|at| *at >= self.first && *at <= self.last).collect()
    }

    /// Looks it over on the school's calendar, for one child's year group.
    ///
    /// # Errors
    /// No session within, the calendar runs out, or open sessions before the day back that are not asked for.
    pub fn on(&self, calendar: &Calendar) -> Result<Count, SpanProblem> {
        let sessions = self.sessions(calendar);
        if calendar.terms().last().is_none_or(|term| self.last.date > term.last) {
            return Err(SpanProblem::TooFar);
        }
        if sessions.is_empty() {
            return Err(SpanProblem::NoSchool);
        }
        // The day back begins at its first session that is not asked for; what lies between is neither.
        let until = self.back.pred_opt().unwrap_or(self.back);
        let between = calendar.open_sessions(self.last.date..=until);
        if between.into_iter().any(|at| at > self.last) {
            return Err(SpanProblem::Gap);
        }
        Ok(Count::of(&sessions))
    }

    /// Whether the form comes before the absence begins: before the register of its first open session is
    /// taken. Where the school has not said when the afternoon's is, noon counts.
    #[must_use]
    pub fn in_advance(&self, sessions: &[SessionDay], times: &DayTimes, now: DateTime<Utc>) -> bool {
        let Some(first) = sessions.first() else { return now < london::instant(self.first.date, times.register_taken) };
        now < begins(*first, times)
    }
}

/// When a session begins: as its register is taken; noon where the school has not said when the afternoon's is.
pub(super) fn begins(at: SessionDay, times: &DayTimes) -> DateTime<Utc> {
    let noon = chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default();
    let time = match at.session {
        Session::Am => times.register_taken,
        Session::Pm => times.pm_register.unwrap_or(noon),
    };
    london::instant(at.date, time)
}

impl Count {
    /// Of these sessions, in order.
    #[must_use]
    pub fn of(sessions: &[SessionDay]) -> Self {
        let mut days: Vec<NaiveDate> = sessions.iter().map(|at| at.date).collect();
        days.dedup();
        Self { sessions: sessions.len(), days: days.len() }
    }
}
