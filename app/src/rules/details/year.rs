//! "Still right?": once a school year.

use chrono::NaiveDate;

use crate::rules::{calendar::Calendar, school_year::SchoolYear};

/// From which day of a school year families are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CheckFrom {
    /// The first school day of the autumn term.
    #[default]
    FirstDay,
    /// This month and day.
    On(u32, u32),
}

impl CheckFrom {
    /// The day in this school year. A 29 February is the 1 March of other years.
    #[must_use]
    pub fn in_year(self, year: SchoolYear, calendar: &Calendar) -> NaiveDate {
        let first = *year.days().start();
        match self {
            Self::FirstDay => calendar.next_school_day(first).filter(|day| year.days().contains(day)).unwrap_or(first),
            Self::On(month, day) => {
                let of = if month < 9 { year.0.saturating_add(1) } else { year.0 };
                let on = NaiveDate::from_ymd_opt(of, month, day);
                on.or_else(|| NaiveDate::from_ymd_opt(of, month + 1, 1)).unwrap_or(first)
            }
        }
    }
}

/// Whether a guardian is to be asked today; `looked` tells that they have looked in this school year.
#[must_use]
pub fn is_due(from: CheckFrom, calendar: &Calendar, today: NaiveDate, looked: bool) -> bool {
    !looked && today >= from.in_year(SchoolYear::of(today), calendar)
}
