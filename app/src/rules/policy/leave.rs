//! What a school decides about leave in term time: its reasons, its tests, what a penalty notice comes to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::rules::leave::Outcome;

/// The school's part of leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeavePolicy {
    /// The headteacher's reasons, in the order shown.
    pub reasons: Vec<LeaveReason>,
    /// The tests of the year groups, the earliest first.
    pub tests: Vec<TestDays>,
    /// What a penalty notice comes to, as it is told before a form is signed.
    pub notice: NoticeAmounts,
}

/// One reason of the headteacher's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveReason {
    /// The word that names it in forms.
    pub key: String,
    /// What the family reads.
    pub label: String,
    /// With which decisions it may stand.
    pub stands: ReasonFor,
}

/// With which decisions a reason may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReasonFor {
    /// Where some of it is agreed.
    Granted,
    /// Where some of it is not.
    Refused,
    /// With any.
    Both,
}

impl ReasonFor {
    /// Whether it may stand with this decision. A grant in part is both.
    #[must_use]
    pub fn with(self, outcome: Outcome) -> bool {
        match self {
            Self::Both => true,
            Self::Granted => outcome != Outcome::Refused,
            Self::Refused => outcome != Outcome::Granted,
        }
    }
}

/// Days on which some year groups have a test that cannot be taken another time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestDays {
    /// What it is called.
    pub name: String,
    /// The year groups, 0 for Reception.
    pub years: Vec<i64>,
    /// The first day.
    pub first: NaiveDate,
    /// The last.
    pub last: NaiveDate,
    /// Whether the school has confirmed the days.
    pub confirmed: bool,
}

impl TestDays {
    /// Whether a child of this year group who is away on these days misses some of it.
    #[must_use]
    pub fn touch(&self, year: i64, first: NaiveDate, last: NaiveDate) -> bool {
        self.years.contains(&year) && first <= self.last && last >= self.first
    }
}

/// What a penalty notice comes to, for each parent and each child: pounds, and the days to pay in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeAmounts {
    /// The first in three years, paid soon.
    pub first_low: u32,
    /// The first in three years, paid later.
    pub first_high: u32,
    /// Until when the lower amount counts.
    pub first_low_days: u32,
    /// Until when the higher amount counts.
    pub first_high_days: u32,
    /// The second in three years, in any case.
    pub second: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_stands_with_its_decisions_and_a_part_takes_either() {
        let with = |reason: ReasonFor| {
            [Outcome::Granted, Outcome::GrantedInPart, Outcome::Refused].map(|outcome| reason.with(outcome))
        };
        assert_eq!(with(ReasonFor::Granted), [true, true, false]);
        assert_eq!(with(ReasonFor::Refused), [false, true, true]);
        assert_eq!(with(ReasonFor::Both), [true; 3]);
    }

    #[test]
    fn a_test_is_missed_by_its_year_groups_on_its_days() {
        let day = |day| NaiveDate::from_ymd_opt(2027, 5, day).unwrap_or_default();
        let test = TestDays { name: "Tests".into(), years: vec![6], first: day(10), last: day(13), confirmed: true };
        assert!(test.touch(6, day(13), day(20)) && test.touch(6, day(1), day(10)));
        assert!(!test.touch(6, day(14), day(20)) && !test.touch(6, day(3), day(9)) && !test.touch(5, day(10), day(13)));
    }
}
