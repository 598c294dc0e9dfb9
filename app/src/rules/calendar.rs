//! Which half days the school is open.
//!
//! A calendar is terms and, inside or outside them, closed days; weekends are never open.
//! Dates are London dates. Source: domain section 7; the days themselves are the school's data.

pub mod edit;
mod error;
pub mod impact;
mod session;
mod walk;
mod years;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

pub use error::CalendarError;
pub use session::{Session, SessionDay};
pub use walk::monday_of;
pub use years::{YEARS, YearsClosed};

/// A run of days with school on its weekdays: a half term in most calendars.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// What the school calls it.
    pub name: String,
    /// Its first day, training days included.
    pub first: NaiveDate,
    /// Its last day, training days included.
    pub last: NaiveDate,
}

/// Why a day is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedKind {
    /// Staff training.
    Inset,
    /// A public holiday.
    BankHoliday,
    /// A holiday inside a term.
    Holiday,
    /// Snow, no heating: shut without warning.
    UnplannedClosure,
}

/// A date on which the school is shut for one session or for both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedDay {
    /// The date.
    pub date: NaiveDate,
    /// Why.
    pub kind: ClosedKind,
    /// Whether the school stands by it; see [`Calendar::unconfirmed_in`].
    pub confirmed: bool,
    /// Whether there is no morning session.
    pub am_closed: bool,
    /// Whether there is no afternoon session.
    pub pm_closed: bool,
    /// What the school says about it.
    pub note: Option<String>,
}

impl ClosedDay {
    /// Whether it takes this session away.
    #[must_use]
    pub const fn closes(&self, session: Session) -> bool {
        match session {
            Session::Am => self.am_closed,
            Session::Pm => self.pm_closed,
        }
    }
}

/// What a date is to the school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Open for at least one session.
    School,
    /// A Saturday or Sunday the calendar covers, whatever else it may be.
    Weekend,
    /// Between terms, or a holiday inside one.
    Holiday,
    /// Staff training.
    Inset,
    /// A public holiday, in term or between terms.
    BankHoliday,
    /// Shut without warning.
    UnplannedClosure,
    /// Before the first term or after the last: the calendar does not say.
    Unknown,
}

impl From<ClosedKind> for DayKind {
    fn from(kind: ClosedKind) -> Self {
        match kind {
            ClosedKind::Inset => Self::Inset,
            ClosedKind::BankHoliday => Self::BankHoliday,
            ClosedKind::Holiday => Self::Holiday,
            ClosedKind::UnplannedClosure => Self::UnplannedClosure,
        }
    }
}

/// The school's calendar: always checked, always sorted. Answers are a few binary searches.
/// The default one covers no day at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Parts")]
pub struct Calendar {
    terms: Vec<Term>,
    closed: Vec<ClosedDay>,
    partly: Vec<YearsClosed>,
}

/// A calendar as it comes in, not yet checked.
#[derive(Deserialize)]
struct Parts {
    terms: Vec<Term>,
    closed: Vec<ClosedDay>,
    #[serde(default)]
    partly: Vec<YearsClosed>,
}

impl TryFrom<Parts> for Calendar {
    type Error = CalendarError;

    fn try_from(parts: Parts) -> Result<Self, Self::Error> {
        Self::with_years(parts.terms, parts.closed, parts.partly)
    }
}

impl Calendar {
    /// Puts a calendar together; both lists may come in any order. Closed days may lie between
    /// terms or at weekends, where they change nothing but the name of the day.
    ///
    /// # Errors
    ///
    /// A term that ends before it starts, two terms that share a day, a session closed twice,
    /// a closed day that closes neither session.
    pub fn new(terms: Vec<Term>, closed: Vec<ClosedDay>) -> Result<Self, CalendarError> {
        Self::with_years(terms, closed, Vec::new())
    }

    /// The same with days on which some year groups alone are at home: they change nothing for the school
    /// as a whole, see [`Calendar::for_year_group`].
    ///
    /// # Errors
    /// As [`Calendar::new`]; a year group closed twice; a list of year groups with none or with one that no
    /// school has.
    pub fn with_years(
        mut terms: Vec<Term>,
        mut closed: Vec<ClosedDay>,
        mut partly: Vec<YearsClosed>,
    ) -> Result<Self, CalendarError> {
        terms.sort_by_key(|term| (term.first, term.last));
        closed.sort_by_key(|day| (day.date, !day.am_closed));
        for part in &mut partly {
            part.years.sort_unstable();
            part.years.dedup();
        }
        partly.sort_by(|one, other| (one.day.date, &one.years).cmp(&(other.day.date, &other.years)));
        error::check(&terms, &closed)?;
        error::check_years(&closed, &partly)?;
        Ok(Self { terms, closed, partly })
    }

    /// The terms in order.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The closed days in order.
    #[must_use]
    pub fn closed(&self) -> &[ClosedDay] {
        &self.closed
    }

    /// What is entered as closed for this date: nothing, one entry, or one for each session.
    #[must_use]
    pub fn closed_on(&self, date: NaiveDate) -> &[ClosedDay] {
        let first = self.closed.partition_point(|day| day.date < date);
        let last = self.closed.partition_point(|day| day.date <= date);
        self.closed.get(first..last).unwrap_or_default()
    }

    /// What this date is. Where each half is closed for a reason of its own, the morning's.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> DayKind {
        if !self.covers(date) {
            DayKind::Unknown
        } else if is_weekend(date) {
            DayKind::Weekend
        } else if self.is_school_day(date) {
            DayKind::School
        } else {
            self.closed_on(date).first().map_or(DayKind::Holiday, |day| day.kind.into())
        }
    }

    /// Whether the school is open for this session: a weekday of a term that is not closed.
    #[must_use]
    pub fn is_open(&self, date: NaiveDate, session: Session) -> bool {
        !is_weekend(date) && self.term_of(date).is_some() && !self.closed_on(date).iter().any(|day| day.closes(session))
    }

    /// Whether any session of this date is open.
    #[must_use]
    pub fn is_school_day(&self, date: NaiveDate) -> bool {
        Session::BOTH.into_iter().any(|session| self.is_open(date, session))
    }

    /// The term this date lies in, weekends included.
    #[must_use]
    pub fn term_of(&self, date: NaiveDate) -> Option<&Term> {
        self.term_ending_from(date).filter(|term| term.first <= date)
    }

    /// Whether the calendar knows what this date is: from the first term's first day to the
    /// last term's last, the holidays between them included.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        let begun = self.terms.first().is_some_and(|term| term.first <= date);
        begun && self.last_day().is_some_and(|last| date <= last)
    }

    /// The last date the calendar covers: the last term's last day, be it a training day or not.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.terms.last().map(|term| term.last)
    }

    /// The earliest term that has not ended before this date.
    fn term_ending_from(&self, date: NaiveDate) -> Option<&Term> {
        self.terms.get(self.terms.partition_point(|term| term.last < date))
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}
