//! Follow-up answers.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

/// When a child was last sick, as a parent at 8.05 can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LastSick {
    /// This morning.
    Morning,
    /// In the night.
    Night,
    /// Yesterday.
    Yesterday,
    /// It has not stopped.
    Still,
}

impl LastSick {
    /// All answers, in the order shown.
    pub const ALL: [Self; 4] = [Self::Morning, Self::Night, Self::Yesterday, Self::Still];

    /// The word in the form.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Night => "night",
            Self::Yesterday => "yesterday",
            Self::Still => "still",
        }
    }

    pub(super) fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.word() == word)
    }
}

/// Follow-up answers. Each may be absent; only those of the chosen reason and kind are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// When last sick.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<LastSick>,
    /// The day it started.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// The illness's key, where the parent knows what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub illness: Option<String>,
    /// The moment the time to stay away counts from, in London, once a parent has said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted: Option<NaiveDateTime>,
    /// Whether the school had sent the child home.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sent_home: bool,
    /// When the child comes to school.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arrives: Option<NaiveTime>,
    /// When the child leaves school.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub leaves: Option<NaiveTime>,
    /// When the child is back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returns: Option<NaiveTime>,
    /// Which one, or the reason, in the parent's words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}
