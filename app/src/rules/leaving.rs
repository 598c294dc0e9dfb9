//! A child leaves the school: what a family's notice says, what the school has then to do, and by when.
//!
//! Source: the policy (what a family tells the school), SI 2024/208 regs 9 and 13, and Peterborough's Leaving City
//! Form (domain sections 4 and 5.4). A notice is evidence and never by itself a ground to take a child off the roll:
//! that comes with the roster alone.

mod city;
mod filled;
mod lines;
mod policy;

pub use city::{CityForm, Destination, Place, Referral, Why, referral};
pub use filled::{DayProblem, Leavers, Reason, StepProblem, Whereabouts, by_phone, key};
pub use lines::{
    Checked, Done, Due, DueBecause, Entry, EntryForm, EntryProblem, Line, NOTE_MOST, Task, Times, check_entry, lines,
};
pub use policy::{Ground, LeavingPolicy};

use super::{access::Link, calendar::Calendar, form::Needed, school_year::SchoolYear};
use chrono::{Datelike, NaiveDate};

/// The steps of the leaver's notice that the program asks in its own way.
pub const BUILT_IN: [&str; 2] = ["children", "last-day"];

/// The questions whose answers the program reads: see [`Reason`], [`Whereabouts`] and [`Destination`].
pub const NEEDED: [Needed; 3] = [
    (key::REASON, &["moving-uk", "leaving-uk", "local-school", "independent", "home-education", "other"]),
    (key::WHEREABOUTS, &["same", "told", "unknown", "secret"]),
    (key::SCHOOL, &["known", "unknown"]),
];

/// Whether a guardian may say that a child leaves: a parent, by responsibility or because the child lives with them,
/// who may write for the child.
#[must_use]
pub fn may_give_notice(link: Link, lives_with: bool, responsibility: bool) -> bool {
    link.may_report() && (lives_with || responsibility)
}

/// What was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A signed notice that children leave.
    Notice,
    /// A parent thinks of home education and asks to meet. It is no notice.
    Meeting,
}

impl Kind {
    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Meeting => "meeting",
        }
    }

    /// The kind of a row's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Notice, Self::Meeting].into_iter().find(|kind| kind.word() == word)
    }
}

/// Where a notice stands, for one child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It stands.
    Open,
    /// The family took it back.
    Withdrawn,
    /// The family sent another in its place.
    Replaced,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Withdrawn, Self::Replaced];

    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Withdrawn => "withdrawn",
            Self::Replaced => "replaced",
        }
    }

    /// The state of a row's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Whether a child is away from the roll on a day: after its last one.
#[must_use]
pub fn has_left(left_on: Option<NaiveDate>, day: NaiveDate) -> bool {
    left_on.is_some_and(|left| left < day)
}

/// The year group whose children all leave in summer.
const LAST_YEAR: i64 = 6;

/// The last school day of a school year, where the calendar reaches its summer: on it the oldest year group leaves,
/// and nobody has to be told (the policy; reg 13(5)).
#[must_use]
pub fn end_of_year(calendar: &Calendar, year: SchoolYear) -> Option<NaiveDate> {
    let after = year.days().end().succ_opt()?;
    calendar.last_school_day_before(after).filter(|day| year.days().contains(day) && (6..=8).contains(&day.month()))
}

/// Whether a child of this year group would leave on this day anyway.
#[must_use]
pub fn leaves_anyway(year: i64, last_day: NaiveDate, calendar: &Calendar) -> bool {
    year == LAST_YEAR && end_of_year(calendar, SchoolYear::of(last_day)).is_some_and(|end| last_day >= end)
}

/// Whether a child of this year group has no more than its last term before it: the first that begins in April or
/// later, and the holidays behind it.
#[must_use]
pub fn is_in_last_term(year: i64, today: NaiveDate, calendar: &Calendar) -> bool {
    let days = SchoolYear::of(today).days();
    let summer =
        calendar.terms().iter().find(|term| days.contains(&term.first) && (4..9).contains(&term.first.month()));
    year == LAST_YEAR && summer.is_some_and(|term| today >= term.first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{access::Access, calendar::Term};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn calendar() -> Calendar {
        let term = |first: &str, last: &str| Term { name: String::new(), first: day(first), last: day(last) };
        let terms = vec![
            term("2026-09-02", "2026-12-18"),
            term("2027-01-04", "2027-03-25"),
            term("2027-04-12", "2027-05-28"),
            term("2027-06-07", "2027-07-21"),
        ];
        Calendar::new(terms, Vec::new()).unwrap_or_default()
    }

    #[test]
    fn a_parent_gives_notice_and_deny_wins() {
        let full = Link { access: Access::Full, barred: false, reviewed: true };
        assert!(may_give_notice(full, true, false) && may_give_notice(full, false, true));
        assert!(!may_give_notice(full, false, false), "a grandparent who collects");
        for link in [
            Link { barred: true, ..full },
            Link { reviewed: false, ..full },
            Link { access: Access::View, ..full },
            Link { access: Access::None, ..full },
        ] {
            assert!(!may_give_notice(link, true, true), "{link:?}");
        }
    }

    #[test]
    fn year_six_leaves_at_the_end_of_summer_and_nobody_else_does() {
        let calendar = calendar();
        assert_eq!(end_of_year(&calendar, SchoolYear(2026)), Some(day("2027-07-21")));
        for (year, last, anyway) in [
            (6, "2027-07-21", true),
            (6, "2027-07-30", true),
            (6, "2027-07-20", false),
            (6, "2026-12-18", false),
            (5, "2027-07-21", false),
        ] {
            assert_eq!(leaves_anyway(year, day(last), &calendar), anyway, "year {year}, {last}");
        }
        // A calendar that ends at Christmas does not know when the year ends.
        let short = Calendar::new(calendar.terms()[..1].to_vec(), Vec::new()).unwrap_or_default();
        assert_eq!(end_of_year(&short, SchoolYear(2026)), None);
        assert!(!leaves_anyway(6, day("2026-12-18"), &short));
    }

    #[test]
    fn the_last_term_begins_after_easter() {
        let calendar = calendar();
        for (today, is) in [
            ("2027-04-09", false),
            ("2027-04-12", true),
            ("2027-07-30", true),
            ("2027-09-01", false),
            ("2026-11-23", false),
        ] {
            assert_eq!(is_in_last_term(6, day(today), &calendar), is, "{today}");
        }
        assert!(!is_in_last_term(5, day("2027-06-10"), &calendar));
    }

    #[test]
    fn the_day_itself_is_on_roll_and_the_next_is_not() {
        let last = Some(day("2026-12-18"));
        assert!(
            !has_left(last, day("2026-12-18"))
                && has_left(last, day("2026-12-19"))
                && !has_left(None, day("2026-12-19"))
        );
    }

    #[test]
    fn words_read_back() {
        for state in State::ALL {
            assert_eq!(State::parse(state.word()), Some(state));
        }
        assert_eq!((State::parse("gone"), Kind::parse("meeting")), (None, Some(Kind::Meeting)));
    }
}
