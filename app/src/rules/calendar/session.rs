//! Half a school day.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// Which half of a school day. Morning sorts before afternoon; in JSON it is `"AM"` or `"PM"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Session {
    /// The morning session.
    #[default]
    #[serde(rename = "AM")]
    Am,
    /// The afternoon session.
    #[serde(rename = "PM")]
    Pm,
}

impl Session {
    /// The two halves of a day in their order.
    pub const BOTH: [Self; 2] = [Self::Am, Self::Pm];

    /// Reads `AM` or `PM`, exactly so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::BOTH.into_iter().find(|half| half.letters() == text)
    }

    /// `AM` or `PM`.
    #[must_use]
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Am => "AM",
            Self::Pm => "PM",
        }
    }
}

impl fmt::Display for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.letters())
    }
}

/// One session of one date; sorts by time. Shown as `2026-11-26 AM`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SessionDay {
    /// The date in London.
    pub date: NaiveDate,
    /// Which half of it.
    pub session: Session,
}

impl fmt::Display for SessionDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date, self.session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_written_am_or_pm_everywhere() {
        for half in Session::BOTH {
            assert_eq!(Session::parse(&half.to_string()), Some(half));
            assert_eq!(serde_json::to_string(&half).ok(), Some(format!("\"{half}\"")));
        }
        for other in ["", "am", "Am", " AM", "AM "] {
            assert_eq!(Session::parse(other), None);
        }
    }

    #[test]
    fn the_morning_comes_before_the_afternoon_and_the_date_before_both() {
        let date = NaiveDate::default();
        let monday = SessionDay { date, session: Session::Pm };
        let tuesday = SessionDay { date: date.succ_opt().unwrap_or(date), session: Session::Am };
        assert!(Session::Am < Session::Pm && monday < tuesday);
        assert_eq!(monday.to_string(), "1970-01-01 PM");
    }
}
