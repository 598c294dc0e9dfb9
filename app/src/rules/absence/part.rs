//! What happens on a day, and which of its sessions that touches.

use serde::{Deserialize, Serialize};

use crate::rules::calendar::Session;

/// What a report says of a child's day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// The child does not come, for a part of the day at least.
    #[default]
    Away,
    /// The child comes after the register is taken.
    Late,
    /// The child leaves before school is over, and may come back.
    Leaving,
}

impl Kind {
    /// The word in rows and forms.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Away => "away",
            Self::Late => "late",
            Self::Leaving => "leaving",
        }
    }

    /// The kind that a row's word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Away, Self::Late, Self::Leaving].into_iter().find(|kind| kind.word() == word)
    }
}

/// Which part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Both sessions.
    #[default]
    All,
    /// The morning.
    Am,
    /// The afternoon.
    Pm,
}

impl Part {
    /// The part that a form's or a row's word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            "am" => Some(Self::Am),
            "pm" => Some(Self::Pm),
            _ => None,
        }
    }

    /// The word for forms and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Am => "am",
            Self::Pm => "pm",
        }
    }

    /// The sessions it covers.
    #[must_use]
    pub fn sessions(self) -> &'static [Session] {
        match self {
            Self::All => &[Session::Am, Session::Pm],
            Self::Am => &[Session::Am],
            Self::Pm => &[Session::Pm],
        }
    }

    /// The part that these sessions make up.
    #[must_use]
    pub fn of(am: bool, pm: bool) -> Option<Self> {
        match (am, pm) {
            (true, true) => Some(Self::All),
            (true, false) => Some(Self::Am),
            (false, true) => Some(Self::Pm),
            (false, false) => None,
        }
    }

    /// What both have in common.
    #[must_use]
    pub fn and(self, other: Self) -> Option<Self> {
        let both = |session| self.sessions().contains(&session) && other.sessions().contains(&session);
        Self::of(both(Session::Am), both(Session::Pm))
    }
}
