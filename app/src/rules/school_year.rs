//! A school year: 1 September to 31 August (domain 2.2).

use std::ops::RangeInclusive;

use chrono::{Datelike, NaiveDate};

/// A school year, named by the year it begins in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolYear(pub i32);

impl SchoolYear {
    /// The one this day lies in.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        Self(if day.month() < 9 { day.year() - 1 } else { day.year() })
    }

    /// Its days.
    #[must_use]
    pub fn days(self) -> RangeInclusive<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(self.0, 9, 1).unwrap_or(NaiveDate::MIN);
        let last = NaiveDate::from_ymd_opt(self.0.saturating_add(1), 8, 31).unwrap_or(NaiveDate::MAX);
        first..=last
    }
}

/// "2026/27".
impl std::fmt::Display for SchoolYear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{:02}", self.0, self.0.saturating_add(1).rem_euclid(100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn august_belongs_to_the_year_before() {
        let of = |text: &str| SchoolYear::of(text.parse().unwrap_or_default()).to_string();
        assert_eq!((of("2026-08-31"), of("2026-09-01")), ("2025/26".into(), "2026/27".into()));
        assert_eq!(of("1999-10-01"), "1999/00");
        let days = SchoolYear(2025).days();
        assert_eq!((days.start().to_string(), days.end().to_string()), ("2025-09-01".into(), "2026-08-31".into()));
    }
}
