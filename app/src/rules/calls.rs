//! Calls about children who are away without a word.

use chrono::{DateTime, TimeDelta, Utc};

/// How many characters what was said may have.
pub const SAID_MOST: usize = 300;

/// For how long somebody who has said "I am ringing" is left to it, in minutes.
pub const RINGING_MINUTES: i64 = 10;

/// What came of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Somebody is ringing just now.
    Ringing,
    /// Nobody answered.
    NoAnswer,
    /// A message was left.
    LeftMessage,
    /// Somebody answered.
    Reached,
}

impl Outcome {
    /// Every outcome, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Ringing, Self::NoAnswer, Self::LeftMessage, Self::Reached];

    /// The word in forms and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Ringing => "ringing",
            Self::NoAnswer => "no-answer",
            Self::LeftMessage => "left-message",
            Self::Reached => "reached",
        }
    }

    /// What a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

/// Whether somebody who began to ring then is to be left to it now.
#[must_use]
pub fn still_ringing(began: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now - began < TimeDelta::minutes(RINGING_MINUTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outcome_reads_back_and_a_call_does_not_last_for_ever() {
        for outcome in Outcome::ALL {
            assert_eq!(Outcome::parse(outcome.word()), Some(outcome));
        }
        assert_eq!(Outcome::parse("Reached"), None);
        let now = DateTime::<Utc>::default();
        assert!(still_ringing(now - TimeDelta::minutes(9), now));
        assert!(!still_ringing(now - TimeDelta::minutes(RINGING_MINUTES), now));
    }
}
