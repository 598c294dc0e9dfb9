//! What a school decides, as data: its name, times, calendar and reasons.
//!
//! Seeded once from `school.toml`; afterwards rows in the store. Rules take it as an argument.

mod leave;

use serde::{Deserialize, Serialize};

pub use leave::{LeavePolicy, LeaveReason, NoticeAmounts, ReasonFor, TestDays};

use super::{
    absence::Details, calendar::Calendar, code::Code, deadline::DayTimes, declaration::RemindHours, details::CheckFrom,
    guidance::Illness, leaving::LeavingPolicy, retention::Retention,
};

/// What stands on the school's letters beside its name and how to reach it. Nothing here is needed: a school that has given
/// none of it writes letters with its name alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Letterhead {
    /// The school's postal address, a line each.
    pub address: Vec<String>,
    /// The school's website, as it is printed.
    pub website: Option<String>,
    /// Who signs as head of the school.
    pub head_name: Option<String>,
    /// What the head is called under the name: "Headteacher".
    pub head_title: Option<String>,
}

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
    /// The illnesses a parent may name, in the order shown.
    pub illnesses: Vec<Illness>,
    /// How many school days one report may span.
    pub max_run: usize,
    /// Groups of fewer children than this are hidden from who may see no child's figures.
    pub small_group: usize,
    /// Whether the other guardian is told that a report was made.
    pub tell_other_guardian: bool,
    /// For how many minutes after the close a child that is expected to be away, but not confirmed
    /// today, is left off the call list.
    pub expected_wait: i64,
    /// What the school decides about leave in term time.
    pub leave: LeavePolicy,
    /// What it decides about children who leave.
    pub leaving: LeavingPolicy,
    /// What stands on its letters beside name and contact.
    pub letterhead: Letterhead,
    /// From when families are asked each school year whether their details are still right.
    pub check_from: CheckFrom,
    /// What a guardian declares about the attendance policy, word for word.
    pub statement: String,
    /// When reminders of it may leave.
    pub remind: RemindHours,
    /// How long what is kept is kept, by the settings this was made from: who erases or shows asks for them anew.
    pub retention: Retention,
}

impl Policy {
    /// The reason with this key.
    #[must_use]
    pub fn reason(&self, key: &str) -> Option<&Reason> {
        self.reasons.iter().find(|reason| reason.key == key)
    }

    /// The illness with this key.
    #[must_use]
    pub fn illness(&self, key: &str) -> Option<&Illness> {
        self.illnesses.iter().find(|illness| illness.key == key)
    }

    /// The illnesses that stand in a form's list: key and label, in the order shown.
    #[must_use]
    pub fn listed_illnesses(&self) -> Vec<(String, String)> {
        let listed = self.illnesses.iter().filter(|illness| illness.listed);
        listed.map(|illness| (illness.key.clone(), illness.label.clone())).collect()
    }

    /// What a report is about, if it is an illness with guidance: the one the parent named, or the
    /// one that the reason itself is.
    #[must_use]
    pub fn illness_of(&self, reason: &Reason, details: &Details) -> Option<&Illness> {
        self.illness(details.illness.as_deref().or(reason.guidance.as_deref())?)
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
    /// Whether it stands among the rarer ones, which the form keeps folded.
    pub more: bool,
    /// Whether it is an illness.
    pub ill: bool,
    /// Whether it can be told for days beyond the next school day.
    pub ahead: bool,
    /// The illness whose guidance goes with it.
    pub guidance: Option<String>,
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
    /// Which illness, if known, and the day it started.
    Illness,
    /// When the child leaves and comes back.
    Times,
    /// Which one, in a few words (a festival).
    Which,
    /// Which event, in a few words (a competition, a performance).
    WhichEvent,
    /// The reason in the parent's own words.
    OwnWords,
    /// Nothing, and the office rings.
    RingMe,
}

impl FollowUp {
    const ALL: [Self; 9] = [
        Self::Nothing,
        Self::LastSick,
        Self::Since,
        Self::Illness,
        Self::Times,
        Self::Which,
        Self::WhichEvent,
        Self::OwnWords,
        Self::RingMe,
    ];

    /// Its word in `school.toml`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Nothing => "nothing",
            Self::LastSick => "last-sick",
            Self::Since => "since",
            Self::Illness => "illness",
            Self::Times => "times",
            Self::Which => "which",
            Self::WhichEvent => "which-event",
            Self::OwnWords => "own-words",
            Self::RingMe => "ring-me",
        }
    }

    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|asks| asks.word() == word)
    }
}
