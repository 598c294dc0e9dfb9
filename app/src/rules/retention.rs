//! How long what is kept is kept (domain 8.4): what a school decides, and which day that makes the first one kept.
//!
//! What is due is announced first. A round erases what was due [`NOTICE_DAYS`] ago by the days noted then, and is still due now:
//! neither a slip in the settings nor a clock that runs years ahead erases anything on the day it happens.

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::school_year::SchoolYear;

/// For how many days staff can see what will go before it goes.
pub const NOTICE_DAYS: u64 = 14;

/// What a school decides, as `[retention]` has it. What is left out is as in [`Retention::default`]; whether each number is in its
/// bounds is for the caller to ask ([`Number::fits`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// Years for which a mark of the register is kept, after the school year it was made in: figures never show half a year. A
    /// child and its contacts, after the one in which it left.
    pub register_years: u32,
    /// School years for which what families and the school wrote about absence, leave and details is kept, after the one it
    /// is about.
    pub sent_years: u32,
    /// Years for which a notice that a child leaves is kept, from its last day.
    pub leaving_years: u32,
    /// Years for which a declaration is kept once a newer version of the policy has come, or the child has left.
    pub declaration_years: u32,
    /// Years for which the journal can prove values, and who read health words is kept.
    pub journal_years: u32,
    /// Months for which signed-out devices, sessions, invitations and the list of mails are kept.
    pub sign_in_months: u32,
}

impl Default for Retention {
    /// The numbers of domain 8.4. Of letters and reports the longer one: the rule on penalty notices looks three years back.
    fn default() -> Self {
        Self {
            register_years: 6,
            sent_years: 3,
            leaving_years: 6,
            declaration_years: 6,
            journal_years: 6,
            sign_in_months: 12,
        }
    }
}

impl Retention {
    /// Each number with its key and its bounds, in the order in which staff see them.
    #[must_use]
    pub fn numbers(&self) -> [Number; 6] {
        let number = |key, value, least, most| Number { key, value, least, most };
        [
            // The law asks for six years.
            number("register_years", self.register_years, 6, 25),
            // Penalty notices are counted over three years.
            number("sent_years", self.sent_years, 3, 25),
            number("leaving_years", self.leaving_years, 1, 25),
            number("declaration_years", self.declaration_years, 1, 25),
            number("journal_years", self.journal_years, 1, 25),
            number("sign_in_months", self.sign_in_months, 1, 36),
        ]
    }

    /// The same with these numbers, in the order of [`Retention::numbers`].
    #[must_use]
    pub fn of(values: [u32; 6]) -> Self {
        let [register_years, sent_years, leaving_years, declaration_years, journal_years, sign_in_months] = values;
        Self { register_years, sent_years, leaving_years, declaration_years, journal_years, sign_in_months }
    }

    /// The days before which things may go, on this day.
    #[must_use]
    pub fn before(&self, today: NaiveDate) -> Before {
        let years = |years: u32| back(today, years.saturating_mul(12));
        let school_years = |years: u32| {
            let years = i32::try_from(years).unwrap_or(i32::MAX);
            *SchoolYear(SchoolYear::of(today).0.saturating_sub(years)).days().start()
        };
        Before {
            register: school_years(self.register_years),
            sent: school_years(self.sent_years),
            leaving: years(self.leaving_years),
            declarations: years(self.declaration_years),
            journal: years(self.journal_years),
            sign_ins: back(today, self.sign_in_months),
        }
    }
}

fn back(today: NaiveDate, months: u32) -> NaiveDate {
    today.checked_sub_months(Months::new(months)).unwrap_or(NaiveDate::MIN)
}

/// One of a school's numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// Its key under `[retention]`.
    pub key: &'static str,
    /// What it is.
    pub value: u32,
    /// How small it may be.
    pub least: u32,
    /// How large.
    pub most: u32,
}

impl Number {
    /// Whether it is within its bounds.
    #[must_use]
    pub fn fits(&self) -> bool {
        (self.least..=self.most).contains(&self.value)
    }
}

/// The first day, of each kind, that is kept: what ended before it may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Marks of the register.
    pub register: NaiveDate,
    /// What was written about absence, leave and details.
    pub sent: NaiveDate,
    /// Notices that a child leaves.
    pub leaving: NaiveDate,
    /// Declarations.
    pub declarations: NaiveDate,
    /// Proof in the journal, readings of health words.
    pub journal: NaiveDate,
    /// Devices, sessions, invitations, the list of mails.
    pub sign_ins: NaiveDate,
}

impl Before {
    /// The earlier day of each kind: only what both let go may go.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            register: self.register.min(other.register),
            sent: self.sent.min(other.sent),
            leaving: self.leaving.min(other.leaving),
            declarations: self.declarations.min(other.declarations),
            journal: self.journal.min(other.journal),
            sign_ins: self.sign_ins.min(other.sign_ins),
        }
    }

    /// The day that decides about this kind.
    #[must_use]
    pub fn of(self, kind: Kind) -> NaiveDate {
        match kind {
            Kind::Marks => self.register,
            // Whatever is kept about a child is kept with the child.
            Kind::Children | Kind::Contacts => self.register.min(self.sent).min(self.leaving).min(self.declarations),
            Kind::Sent | Kind::Mornings => self.sent,
            Kind::Leaving => self.leaving,
            Kind::Declarations => self.declarations,
            Kind::Journal => self.journal,
            Kind::SignIns => self.sign_ins,
        }
    }
}

/// The last day on which what was due may have been noted, for it to go on this day.
#[must_use]
pub fn noted_by(today: NaiveDate) -> NaiveDate {
    today.checked_sub_days(Days::new(NOTICE_DAYS)).unwrap_or(NaiveDate::MIN)
}

/// What is kept, by kind, in the order in which it goes: a child only when nothing hangs on it any more, a contact after
/// its last child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// What one guardian sent at one moment about absence, leave or details, with everything that belongs to it.
    Sent,
    /// What the office worked with on one day: registers taken, calls, codes, lines keyed in, questions about marks.
    Mornings,
    /// The register's marks of one day.
    Marks,
    /// A notice that children leave.
    Leaving,
    /// What one guardian declared at one moment.
    Declarations,
    /// Lines of the journal that can no longer prove a value, readings, imports and reminders.
    Journal,
    /// Devices, sessions, invitations and mails.
    SignIns,
    /// A child who has left.
    Children,
    /// A contact who has no child here any more.
    Contacts,
}

impl Kind {
    /// All, in the order in which they go.
    pub const ALL: [Self; 9] = [
        Self::Sent,
        Self::Mornings,
        Self::Marks,
        Self::Leaving,
        Self::Declarations,
        Self::Journal,
        Self::SignIns,
        Self::Children,
        Self::Contacts,
    ];
}

/// How many of each kind.
pub type Counts = BTreeMap<Kind, u64>;

/// For how many days a round may be missing before staff are told: a machine may be off over a long weekend.
const DAYS_OFF: i64 = 3;

/// Whether rounds have stopped: none has ended since this day, that of the last one which did, or of the first that began.
#[must_use]
pub fn late(since: Option<NaiveDate>, today: NaiveDate) -> bool {
    since.is_some_and(|since| today.signed_duration_since(since).num_days() > DAYS_OFF)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    #[test]
    fn years_run_from_the_day_and_school_years_from_their_end() {
        let before = Retention::default().before(day("2032-11-29"));
        assert_eq!(before.register, day("2026-09-01"), "2025/26 ended six whole school years ago");
        assert_eq!(before.sent, day("2029-09-01"), "2028/29 ended three whole school years ago");
        assert_eq!(before.leaving, day("2026-11-29"));
        assert_eq!(before.of(Kind::Children), day("2026-09-01"));
        let long = Retention { sent_years: 25, ..Retention::default() }.before(day("2032-11-29"));
        assert_eq!(long.of(Kind::Contacts), day("2007-09-01"), "nobody goes before what they wrote");
        assert_eq!(before.sign_ins, day("2031-11-29"));
        let summer = Retention::default().before(day("2032-08-31"));
        assert_eq!(summer.sent, day("2028-09-01"), "the current school year is still 2031/32");
        let leap = Retention::default().before(day("2032-02-29"));
        assert_eq!(leap.leaving, day("2026-02-28"), "there is no 29 February then");
    }

    #[test]
    fn only_what_was_due_then_and_is_due_now_may_go() {
        let now = Retention::default().before(day("2032-11-29"));
        let then = Retention { register_years: 8, sent_years: 3, ..Retention::default() }.before(day("2032-11-15"));
        let both = now.and(then);
        assert_eq!(
            (both.register, both.sent, both.sign_ins),
            (day("2024-09-01"), day("2029-09-01"), day("2031-11-15"))
        );
        assert_eq!(both.and(now), both);
        for kind in Kind::ALL {
            assert!(both.of(kind) <= now.of(kind), "{kind:?}");
        }
        assert_eq!(noted_by(day("2032-11-29")), day("2032-11-15"));
    }

    #[test]
    fn a_round_that_has_not_ended_for_days_is_late() {
        assert!(!late(None, day("2032-11-29")), "none has begun yet");
        assert!(!late(Some(day("2032-11-26")), day("2032-11-29")), "a long weekend");
        assert!(late(Some(day("2032-11-25")), day("2032-11-29")));
        assert!(!late(Some(day("2032-12-25")), day("2032-11-29")), "the clock was wrong");
    }

    #[test]
    fn the_defaults_are_within_their_bounds() {
        let numbers = Retention::default().numbers();
        assert!(numbers.iter().all(Number::fits));
        assert_eq!(Retention::of(numbers.map(|number| number.value)), Retention::default());
        for number in numbers {
            assert!(
                !Number { value: number.least - 1, ..number }.fits()
                    && !Number { value: number.most + 1, ..number }.fits()
            );
        }
    }
}
