//! The attendance policy as it is published, and what each guardian declares about it, for each child and for
//! themselves alone (domain 5.3 and 8.6). The declaration says that the policy was read: refusing it, or asking to talk first,
//! is a whole answer and changes nobody's duties.

mod draft;
mod facts;
mod manifest;

use chrono::{DateTime, NaiveTime, Utc};

pub use draft::{
    DraftProblem, LONGEST_CHANGES, LONGEST_SUMMARY, LONGEST_TEXT, LONGEST_TITLE, MOST_CELLS, MOST_HEADINGS,
    PolicyDraft, PolicyText, check_draft, check_parts,
};
pub use facts::{DeclaredChild, Facts, KIND};
pub use manifest::Manifest;

use super::{access::Link, london};

/// How many characters somebody may use to say why they sign with another name than the one on record.
pub const EXPLANATION_MOST: usize = 200;

/// What a guardian answers for a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Answer {
    /// They have read it and sign.
    Signed,
    /// They would like to talk about it first.
    Talk,
    /// They do not accept it.
    No,
}

impl Answer {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Signed, Self::Talk, Self::No];

    /// The word for forms and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Talk => "talk",
            Self::No => "no",
        }
    }

    /// The answer of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.word() == word)
    }

    /// Whether another answer may take its place. A signature stays.
    #[must_use]
    pub fn may_change(self) -> bool {
        self != Self::Signed
    }
}

/// Whether a guardian with this link to a child is asked to declare: whoever may see the child in the portal. Nobody who is
/// barred, and nobody whom the office has still to look at.
#[must_use]
pub fn is_invited(link: Link) -> bool {
    link.may_read()
}

/// How a child's declaration stands, of the guardians who are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// Nobody is asked.
    Nobody,
    /// Nobody has signed.
    None,
    /// Some have, and not all.
    Some,
    /// Everybody who is asked has signed.
    All,
}

impl Standing {
    /// How it stands where each of those asked has answered this, or nothing.
    pub fn of(answers: impl IntoIterator<Item = Option<Answer>>) -> Self {
        let (mut asked, mut signed) = (0, 0);
        for answer in answers {
            asked += 1;
            signed += usize::from(answer == Some(Answer::Signed));
        }
        match (asked, signed) {
            (0, _) => Self::Nobody,
            (_, 0) => Self::None,
            (asked, signed) if asked == signed => Self::All,
            _ => Self::Some,
        }
    }

    /// The word for addresses.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::None => "none",
            Self::Some => "some",
            Self::All => "all",
        }
    }
}

/// Between which times of the day, in London, reminders may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemindHours {
    /// From when on.
    pub from: NaiveTime,
    /// Until when.
    pub until: NaiveTime,
}

impl RemindHours {
    /// Whether a reminder may leave now.
    #[must_use]
    pub fn open(self, now: DateTime<Utc>) -> bool {
        let time = london::local(now).time();
        self.from <= time && time < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::access::Access;

    #[test]
    fn an_answer_reads_back_from_its_word_and_a_signature_stays() {
        for answer in Answer::ALL {
            assert_eq!(Answer::parse(answer.word()), Some(answer));
        }
        assert_eq!(Answer::parse("Signed"), None);
        assert_eq!(Answer::ALL.map(Answer::may_change), [false, true, true]);
    }

    #[test]
    fn whoever_is_barred_or_not_looked_at_is_not_asked() {
        let link = |access, barred, reviewed| Link { access, barred, reviewed };
        assert!(is_invited(link(Access::Full, false, true)) && is_invited(link(Access::View, false, true)));
        for other in [link(Access::Full, true, true), link(Access::Full, false, false), link(Access::None, false, true)]
        {
            assert!(!is_invited(other), "{other:?}");
        }
    }

    #[test]
    fn a_child_stands_by_those_who_are_asked() {
        let (signed, talk, no) = (Some(Answer::Signed), Some(Answer::Talk), Some(Answer::No));
        assert_eq!(Standing::of([]), Standing::Nobody);
        assert_eq!(Standing::of([None, talk, no]), Standing::None);
        assert_eq!(Standing::of([signed, None]), Standing::Some);
        assert_eq!(Standing::of([signed, no]), Standing::Some);
        assert_eq!(Standing::of([signed]), Standing::All);
        assert_eq!(Standing::of([signed, signed]), Standing::All);
    }

    #[test]
    fn reminders_keep_to_londons_hours_in_summer_too() {
        let time = |text: &str| text.parse::<NaiveTime>().unwrap_or_default();
        let hours = RemindHours { from: time("08:00:00"), until: time("19:00:00") };
        let open = |text: &str| hours.open(text.parse().unwrap_or_default());
        assert!(!open("2026-11-23T07:59:59Z") && open("2026-11-23T08:00:00Z"));
        assert!(open("2026-11-23T18:59:59Z") && !open("2026-11-23T19:00:00Z"));
        assert!(open("2026-06-23T07:00:00Z") && !open("2026-06-23T18:00:00Z"), "an hour earlier by UTC");
    }
}
