//! The headteacher's designate: decides leave for her between two days, and not beyond (design, section 9).

use chrono::NaiveDate;

/// How many days a term may have: it ends, and is named anew, at least once a year.
pub const MOST_DAYS: i64 = 366;

/// From one day of London's to another, both counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
}

/// Where today lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Before the first day.
    Coming,
    /// It counts.
    Now,
    /// After the last day.
    Past,
}

/// What is wrong with the days that were typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// No first day.
    NoFirst,
    /// The first day has gone: nothing is decided backwards.
    FirstGone,
    /// No last day.
    NoLast,
    /// The last day comes before the first.
    LastBefore,
    /// More than [`MOST_DAYS`].
    TooLong,
}

/// The term that these days make, or everything that is wrong with them.
///
/// # Errors
/// One problem a field at most.
pub fn check(first: Option<NaiveDate>, last: Option<NaiveDate>, today: NaiveDate) -> Result<Term, Vec<Problem>> {
    let mut problems = Vec::new();
    match first {
        None => problems.push(Problem::NoFirst),
        Some(first) if first < today => problems.push(Problem::FirstGone),
        Some(_) => {}
    }
    match (first, last) {
        (_, None) => problems.push(Problem::NoLast),
        (Some(first), Some(last)) if last < first => problems.push(Problem::LastBefore),
        (Some(first), Some(last)) if (last - first).num_days() >= MOST_DAYS => problems.push(Problem::TooLong),
        _ => {}
    }
    match (first, last) {
        (Some(first), Some(last)) if problems.is_empty() => Ok(Term { first, last }),
        _ => Err(problems),
    }
}

impl Term {
    /// Where today lies.
    #[must_use]
    pub fn standing(self, today: NaiveDate) -> Standing {
        if today < self.first {
            Standing::Coming
        } else if today <= self.last {
            Standing::Now
        } else {
            Standing::Past
        }
    }

    /// The term that stands once this one was named after `before`, the same person's. One that counts now keeps
    /// its first day and gets the new last one; one that has passed or is still to come is replaced.
    ///
    /// # Errors
    /// The last day of the one that counts now, where days would lie between the two: a person has one term at a
    /// time, so that it is never in doubt when they may decide.
    pub fn after(self, before: Option<Self>, today: NaiveDate) -> Result<Self, NaiveDate> {
        match before.filter(|before| before.standing(today) == Standing::Now) {
            None => Ok(self),
            Some(now) if now.last.succ_opt().is_none_or(|next| self.first <= next) => {
                Ok(Self { first: now.first, last: self.last })
            }
            Some(now) => Err(now.last),
        }
    }

    /// What is left of the term when it ends today: its days up to yesterday, or nothing where today is its first day
    /// or it is still to come.
    #[must_use]
    pub fn ended(self, today: NaiveDate) -> Option<Self> {
        let last = today.pred_opt()?.min(self.last);
        (last >= self.first).then_some(Self { first: self.first, last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn term(first: &str, last: &str) -> Term {
        Term { first: day(first), last: day(last) }
    }

    fn checked(first: &str, last: &str) -> Result<Term, Vec<Problem>> {
        check(first.parse().ok(), last.parse().ok(), day("2026-11-23"))
    }

    #[test]
    fn a_term_counts_on_its_first_and_its_last_day() {
        let term = term("2026-11-23", "2026-11-27");
        for (on, standing) in [
            ("2026-11-22", Standing::Coming),
            ("2026-11-23", Standing::Now),
            ("2026-11-27", Standing::Now),
            ("2026-11-28", Standing::Past),
        ] {
            assert_eq!(term.standing(day(on)), standing, "{on}");
        }
    }

    #[test]
    fn both_days_are_asked_for_and_lie_ahead() {
        assert_eq!(checked("2026-11-23", "2026-11-23"), Ok(term("2026-11-23", "2026-11-23")), "one day is a term");
        assert_eq!(checked("", ""), Err(vec![Problem::NoFirst, Problem::NoLast]));
        assert_eq!(checked("2026-11-22", "2026-11-27"), Err(vec![Problem::FirstGone]));
        assert_eq!(checked("2026-11-27", "2026-11-26"), Err(vec![Problem::LastBefore]));
    }

    #[test]
    fn a_term_has_a_year_and_a_day_at_most() {
        assert!(checked("2026-11-23", "2027-11-23").is_ok());
        assert_eq!(checked("2026-11-23", "2027-11-24"), Err(vec![Problem::TooLong]));
    }

    #[test]
    fn a_term_that_counts_is_made_longer_or_shorter_and_never_broken_in_two() {
        let (today, now) = (day("2026-11-25"), term("2026-11-23", "2026-11-27"));
        let after = |first: &str, last: &str, before: Term| term(first, last).after(Some(before), today);
        assert_eq!(after("2026-11-28", "2026-12-18", now), Ok(term("2026-11-23", "2026-12-18")));
        assert_eq!(after("2026-11-25", "2026-11-26", now), Ok(term("2026-11-23", "2026-11-26")));
        assert_eq!(after("2026-11-29", "2026-12-18", now), Err(day("2026-11-27")));
        for other in [term("2026-09-01", "2026-11-24"), term("2026-12-01", "2026-12-02")] {
            assert_eq!(after("2026-11-30", "2026-12-04", other), Ok(term("2026-11-30", "2026-12-04")), "{other:?}");
        }
        assert_eq!(now.after(None, today), Ok(now));
    }

    #[test]
    fn an_ended_term_keeps_the_days_on_which_it_counted() {
        let ended = |first: &str| term(first, "2026-11-27").ended(day("2026-11-25"));
        assert_eq!(ended("2026-11-23"), Some(term("2026-11-23", "2026-11-24")));
        assert_eq!(ended("2026-11-25"), None);
        assert_eq!(ended("2026-11-26"), None);
        assert_eq!(term("2026-11-02", "2026-11-06").ended(day("2026-11-25")), Some(term("2026-11-02", "2026-11-06")));
    }
}
