//! What can be wrong with a calendar.

use std::fmt;

use chrono::NaiveDate;

use super::{ClosedDay, Session, Term, YEARS, YearsClosed};

/// Why the pieces do not make a calendar. The words are for the staff who entered them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CalendarError {
    /// A term's last day lies before its first.
    TermEndsBeforeItStarts {
        /// The term's name.
        name: String,
    },
    /// Two terms share at least one day.
    TermsOverlap {
        /// The term that starts first.
        earlier: String,
        /// The other one.
        later: String,
    },
    /// A session is entered as closed more than once.
    ClosedTwice {
        /// The date.
        date: NaiveDate,
        /// The first such session of it.
        session: Session,
    },
    /// A closed day leaves both its sessions open.
    ClosesNothing {
        /// The date.
        date: NaiveDate,
    },
    /// A day that some year groups are at home names none, or one that no school has.
    NoYears {
        /// The date.
        date: NaiveDate,
    },
}

impl fmt::Display for CalendarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TermEndsBeforeItStarts { name } => write!(f, "{name} ends before it starts"),
            Self::TermsOverlap { earlier, later } => {
                write!(f, "{later} starts before {earlier} has ended")
            }
            Self::ClosedTwice { date, session } => {
                write!(f, "{date} {session} is entered as closed more than once")
            }
            Self::NoYears { date } => {
                write!(f, "{date} is entered as closed for year groups, but not for which (0 is Reception)")
            }
            Self::ClosesNothing { date } => {
                write!(f, "{date} is entered as closed, but neither for the morning nor the afternoon")
            }
        }
    }
}

impl std::error::Error for CalendarError {}

/// Looks the pieces over; both lists are sorted by date already.
pub(super) fn check(terms: &[Term], closed: &[ClosedDay]) -> Result<(), CalendarError> {
    if let Some(term) = terms.iter().find(|term| term.last < term.first) {
        return Err(CalendarError::TermEndsBeforeItStarts { name: term.name.clone() });
    }
    for (earlier, later) in terms.iter().zip(terms.iter().skip(1)) {
        if later.first <= earlier.last {
            let (earlier, later) = (earlier.name.clone(), later.name.clone());
            return Err(CalendarError::TermsOverlap { earlier, later });
        }
    }
    if let Some(day) = closed.iter().find(|day| !day.am_closed && !day.pm_closed) {
        return Err(CalendarError::ClosesNothing { date: day.date });
    }
    for same_date in closed.chunk_by(|one, other| one.date == other.date) {
        for session in Session::BOTH {
            let mut twice = same_date.iter().filter(|day| day.closes(session)).skip(1);
            if let Some(day) = twice.next() {
                return Err(CalendarError::ClosedTwice { date: day.date, session });
            }
        }
    }
    Ok(())
}

/// Looks over the days of single year groups.
pub(super) fn check_years(closed: &[ClosedDay], partly: &[YearsClosed]) -> Result<(), CalendarError> {
    for (place, one) in partly.iter().enumerate() {
        let date = one.day.date;
        if one.years.is_empty() || one.years.iter().any(|year| !YEARS.contains(year)) {
            return Err(CalendarError::NoYears { date });
        }
        if !one.day.am_closed && !one.day.pm_closed {
            return Err(CalendarError::ClosesNothing { date });
        }
        let others = partly.iter().take(place).filter(|other| other.years.iter().any(|year| one.years.contains(year)));
        let same_date = closed.iter().chain(others.map(|other| &other.day)).filter(|other| other.date == date);
        for other in same_date {
            let both = Session::BOTH.into_iter().find(|session| one.day.closes(*session) && other.closes(*session));
            if let Some(session) = both {
                return Err(CalendarError::ClosedTwice { date, session });
            }
        }
    }
    Ok(())
}
