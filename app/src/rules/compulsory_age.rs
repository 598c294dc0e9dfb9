//! When a child must go to school.
//!
//! Source: Education Act 1996 s 8 and SI 1998/1607: the 31 March, 31 August or 31 December on or
//! after the fifth birthday (domain 2.3). Before it no absence counts to a penalty.

use chrono::{Datelike as _, NaiveDate};

/// The day from which a child born on `dob` is of compulsory school age.
///
/// A child born on 29 February has no fifth birthday of that date; be it kept on 28 February or
/// on 1 March, the answer is 31 March. A birth too far away for the calendar gives its last day.
#[must_use]
pub fn compulsory_from(dob: NaiveDate) -> NaiveDate {
    // Each prescribed day ends its month, so the month of birth alone decides.
    let month = match dob.month() {
        1..=3 => 3,
        4..=8 => 8,
        _ => 12,
    };
    NaiveDate::from_ymd_opt(dob.year().saturating_add(5), month, 31).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(year: i32, month: u32, day: u32) -> String {
        NaiveDate::from_ymd_opt(year, month, day).map_or_else(String::new, |dob| compulsory_from(dob).to_string())
    }

    #[test]
    fn a_child_born_on_29_february_starts_by_31_march() {
        assert_eq!(from(2020, 2, 29), "2025-03-31");
        assert_eq!(from(2024, 2, 29), "2029-03-31");
    }

    #[test]
    fn the_prescribed_day_is_on_or_after_the_fifth_birthday_and_within_five_months() {
        let mut dob = NaiveDate::from_ymd_opt(2019, 1, 1).unwrap_or_default();
        while dob.year() < 2025 {
            let fifth = dob.with_year(dob.year() + 5).or_else(|| NaiveDate::from_ymd_opt(dob.year() + 5, 3, 1));
            let fifth = fifth.unwrap_or_default();
            let from = compulsory_from(dob);
            assert!(from >= fifth && (from - fifth).num_days() < 153, "{dob}: {from}");
            dob = dob.succ_opt().unwrap_or(NaiveDate::MAX);
        }
    }

    #[test]
    fn no_birth_is_too_far_away() {
        assert_eq!(compulsory_from(NaiveDate::MAX), NaiveDate::MAX);
        assert!(compulsory_from(NaiveDate::MIN) > NaiveDate::MIN);
    }
}
