//! What a school decides, as data: its name, times, calendar and reasons.
//!
//! Seeded once from `school.toml`; afterwards rows in the store. Rules take it as an argument.

use serde::{Deserialize, Serialize};

use super::{calendar::Calendar, code::Code, deadline::DayTimes};

/// One school's policy, complete and checked: whoever holds one may rely on it.
#[derive(Debug, Clone)]
pub struct Policy {
    /// What the school is called, as it signs its letters.
    pub school_name: String,
    /// How families reach the office.
    pub contact: Contact,
    /// The day's times.
    pub times: DayTimes,
    /// Whether the school has confirmed the afternoon's times.
    pub afternoon_confirmed: bool,
    /// Terms and closed days.
    pub calendar: Calendar,
    /// The reasons a parent may choose from, in the order shown.
    pub reasons: Vec<Reason>,
}

impl Policy {
    /// The reason with this key.
    #[must_use]
    pub fn reason(&self, key: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.key == key)
    }
}

/// How a family reaches the office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// The telephone number as people read it: "01733 232949".
    pub phone: String,
    /// What to press or ask for, if anything: "option 1".
    pub phone_hint: Option<String>,
    /// The office's e-mail address.
    pub email: String,
}

impl Contact {
    /// The number for a `tel:` link.
    #[must_use]
    pub fn dial(&self) -> String {
        self.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }
}

/// One reason a parent may give. Parents choose reasons, never codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The word that names it in forms and rows: "sick".
    pub key: String,
    /// What a parent reads: "Sick or diarrhoea".
    pub label: String,
    /// The code proposed to staff; `None` where they must choose.
    pub proposed: Option<Code>,
    /// What the form asks next. All of it may be left empty.
    pub asks: FollowUp,
    /// One sentence of help under the choice.
    pub advice: Option<String>,
}

/// What a reason makes the form ask next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowUp {
    /// Nothing more.
    #[default]
    Nothing,
    /// When the child was last sick.
    LastSick,
    /// The day it started.
    Since,
    /// When the child leaves and comes back.
    Times,
    /// Which one, in a few words (a festival).
    Which,
    /// The reason in the parent's own words.
    OwnWords,
    /// Nothing, and the office rings.
    RingMe,
}
