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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::calendar::Term;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn calendar() -> Calendar {
        let term = Term { name: "Autumn".into(), first: day("2026-09-03"), last: day("2026-12-18") };
        Calendar::new(vec![term], Vec::new()).unwrap_or_else(|error| panic!("{error:?}"))
    }

    #[test]
    fn families_are_asked_from_the_first_school_day_until_they_have_looked() {
        let due = |today: &str, looked| is_due(CheckFrom::FirstDay, &calendar(), day(today), looked);
        assert!(!due("2026-09-02", false) && due("2026-09-03", false) && due("2027-08-31", false));
        assert!(!due("2026-11-23", true));
        // A year whose terms are not entered yet: from its first day.
        assert!(due("2027-09-01", false));
    }

    #[test]
    fn a_school_may_choose_another_day_of_the_school_year() {
        let from = |on| CheckFrom::in_year(on, SchoolYear(2026), &calendar()).to_string();
        assert_eq!(from(CheckFrom::On(10, 1)), "2026-10-01");
        assert_eq!(from(CheckFrom::On(1, 11)), "2027-01-11");
        assert_eq!(from(CheckFrom::On(2, 29)), "2027-03-01");
        assert_eq!(from(CheckFrom::On(9, 1)), "2026-09-01");
    }
}
