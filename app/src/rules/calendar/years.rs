//! Days on which the school is open, but not for everybody: a year group at home, or at a camp's return.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Calendar, ClosedDay};
use crate::rules::school_year::SchoolYear;

/// The year groups a school may have: two years of nursery (-2, -1), Reception (0), Years 1 to 14.
pub const YEARS: std::ops::RangeInclusive<i64> = -2..=14;

/// A day that is closed for some year groups and open for the rest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YearsClosed {
    /// The year groups, in order, at least one: 0 is Reception.
    pub years: Vec<i64>,
    /// The day.
    pub day: ClosedDay,
}

impl Calendar {
    /// The days on which some year groups alone are at home, in order.
    #[must_use]
    pub fn closed_for_years(&self) -> &[YearsClosed] {
        &self.partly
    }

    /// The calendar of a child who is in year group `year` on the day `on`: what is closed for its year
    /// group is closed in it, and what is closed for others is not. The year before, the child was in the
    /// year group below, and so on. Without any such day it is this calendar itself.
    #[must_use]
    pub fn for_year_group(&self, year: i64, on: NaiveDate) -> Cow<'_, Self> {
        let now = SchoolYear::of(on).0;
        let of_child = |closed: &&YearsClosed| {
            let then = year + i64::from(SchoolYear::of(closed.day.date).0 - now);
            closed.years.contains(&then)
        };
        let more: Vec<ClosedDay> = self.partly.iter().filter(of_child).map(|closed| closed.day.clone()).collect();
        if more.is_empty() {
            return Cow::Borrowed(self);
        }
        let mut closed = self.closed.clone();
        closed.extend(more);
        closed.sort_by_key(|day| (day.date, !day.am_closed));
        Cow::Owned(Self { terms: self.terms.clone(), closed, partly: Vec::new() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::calendar::{CalendarError, ClosedKind, DayKind, Session, Term};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn closed(date: &str, am: bool, pm: bool) -> ClosedDay {
        let kind = ClosedKind::UnplannedClosure;
        ClosedDay { date: day(date), kind, confirmed: true, am_closed: am, pm_closed: pm, note: None }
    }

    fn of(years: &[i64], date: &str) -> YearsClosed {
        YearsClosed { years: years.to_vec(), day: closed(date, true, true) }
    }

    fn calendar(whole: Vec<ClosedDay>, partly: Vec<YearsClosed>) -> Result<Calendar, CalendarError> {
        let term = |first, last| Term { name: "Autumn".into(), first: day(first), last: day(last) };
        let terms = vec![term("2025-09-01", "2025-12-19"), term("2026-09-01", "2026-12-18")];
        Calendar::with_years(terms, whole, partly)
    }

    #[test]
    fn a_year_group_is_at_home_while_the_school_is_open() {
        let calendar = calendar(Vec::new(), vec![of(&[3, 4], "2026-11-23")]).unwrap_or_default();
        let (monday, tuesday) = (day("2026-11-23"), day("2026-11-24"));
        assert!(calendar.is_open(monday, Session::Am), "the school");
        let third = calendar.for_year_group(3, tuesday);
        assert_eq!(third.day(monday), DayKind::UnplannedClosure);
        assert_eq!(third.next_school_day(monday), Some(tuesday));
        assert_eq!(third.school_days_after(day("2026-11-20"), 1), Some(tuesday));
        let second = calendar.for_year_group(2, tuesday);
        assert!(matches!(&second, Cow::Borrowed(_)) && second.is_open(monday, Session::Am));
    }

    #[test]
    fn last_year_a_child_was_in_the_year_group_below() {
        let calendar = calendar(Vec::new(), vec![of(&[3], "2025-11-24")]).unwrap_or_default();
        let open = |year| calendar.for_year_group(year, day("2026-11-24")).is_open(day("2025-11-24"), Session::Am);
        assert_eq!((open(3), open(4), open(5)), (true, false, true));
    }

    #[test]
    fn a_session_is_closed_once_for_each_year_group() {
        let twice =
            |whole: Vec<ClosedDay>, partly| matches!(calendar(whole, partly), Err(CalendarError::ClosedTwice { .. }));
        let date = "2026-11-23";
        assert!(!twice(vec![], vec![of(&[3], date), of(&[4], date)]));
        assert!(twice(vec![], vec![of(&[3, 5], date), of(&[4, 5], date)]));
        assert!(twice(vec![closed(date, true, true)], vec![of(&[3], date)]));
        let afternoon = YearsClosed { years: vec![3], day: closed(date, false, true) };
        assert!(!twice(vec![closed(date, true, false)], vec![afternoon]));
        assert!(matches!(calendar(vec![], vec![of(&[], date)]), Err(CalendarError::NoYears { .. })));
        assert!(matches!(calendar(vec![], vec![of(&[15], date)]), Err(CalendarError::NoYears { .. })));
    }

    #[test]
    fn it_comes_back_from_a_row_as_it_went_and_an_older_one_is_read_too() {
        let whole =
            calendar(vec![closed("2026-11-24", true, true)], vec![of(&[0, 1], "2026-11-23")]).unwrap_or_default();
        let text = serde_json::to_string(&whole).unwrap_or_default();
        assert_eq!(serde_json::from_str::<Calendar>(&text).ok(), Some(whole));
        assert!(serde_json::from_str::<Calendar>("{\"terms\":[],\"closed\":[]}").is_ok());
    }
}
