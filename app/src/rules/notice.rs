//! Which penalty notice would come next for a parent and a child, if the authority issued one.
//!
//! Source: the National Framework (domain 3.1): a first notice, a second within three years of the first, and
//! after two within three years no notice but other action. It is the authority that decides; the portal
//! never says that a notice will be issued. No page shows it yet.

use chrono::{Months, NaiveDate};

/// The day from which notices count: those of the scheme before do not.
const SCHEME: Option<NaiveDate> = NaiveDate::from_ymd_opt(2024, 8, 19);
/// For how long a first notice counts, in months from its day of issue.
const COUNTS_FOR: Months = Months::new(36);

/// A notice that was issued to one parent for one child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The day of issue.
    pub issued: NaiveDate,
    /// Whether the authority withdrew it. Unpaid ones count, withdrawn ones do not.
    pub withdrawn: bool,
}

/// What would come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Next {
    /// A first notice.
    First,
    /// A second: at the flat amount.
    Second,
    /// No notice: the authority looks at other ways.
    OtherAction,
}

impl Next {
    /// The word for files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::OtherAction => "other_action",
        }
    }
}

/// What would come next on this day, after these notices of the same parent for the same child, in any order.
#[must_use]
pub fn next_notice(earlier: &[Notice], on: NaiveDate) -> Next {
    let mut counting: Vec<NaiveDate> = earlier
        .iter()
        .filter(|notice| !notice.withdrawn && notice.issued <= on && SCHEME.is_some_and(|from| notice.issued >= from))
        .map(|notice| notice.issued)
        .collect();
    counting.sort_unstable();
    // Three years on, whatever comes is a first again, and its own three years begin.
    let within = |first: NaiveDate, day: NaiveDate| first.checked_add_months(COUNTS_FOR).is_none_or(|end| day <= end);
    let mut first: Option<(NaiveDate, usize)> = None;
    for issued in counting {
        first = match first {
            Some((day, count)) if within(day, issued) => Some((day, count + 1)),
            _ => Some((issued, 1)),
        };
    }
    match first.filter(|(day, _)| within(*day, on)) {
        None => Next::First,
        Some((_, 1)) => Next::Second,
        Some(_) => Next::OtherAction,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn after(issued: &[&str], on: &str) -> Next {
        let notices: Vec<Notice> = issued.iter().map(|at| Notice { issued: day(at), withdrawn: false }).collect();
        next_notice(&notices, day(on))
    }

    #[test]
    fn three_years_run_from_the_first_and_end_with_their_day() {
        assert_eq!(after(&["2024-10-01"], "2027-10-01"), Next::Second);
        assert_eq!(after(&["2024-10-01"], "2027-10-02"), Next::First);
        assert_eq!(after(&["2024-10-01", "2027-09-30"], "2027-10-02"), Next::First, "the second does not prolong them");
        assert_eq!(after(&["2024-08-18"], "2024-09-01"), Next::First, "the scheme before");
        assert_eq!(after(&["2024-08-19"], "2024-09-01"), Next::Second);
    }

    #[test]
    fn a_first_after_three_years_begins_anew_and_order_does_not_matter() {
        assert_eq!(after(&["2024-10-01", "2027-11-01"], "2028-01-10"), Next::Second);
        assert_eq!(after(&["2028-02-01", "2024-10-01", "2027-11-01"], "2028-03-10"), Next::OtherAction);
        assert_eq!(after(&["2026-10-01"], "2026-06-01"), Next::First, "what is still to come does not count");
    }
}
