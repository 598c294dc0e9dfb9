//! The form as it was typed, its fields, and what can be wrong with them.

use serde::{Deserialize, Serialize};

/// The value of [`ReportForm::day`] that means the dates typed beside it.
pub const OTHER_DAY: &str = "other";

/// The form as it was typed, so that it can be shown again as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportForm {
    /// Pupils' ids.
    pub who: Vec<String>,
    /// The day, ISO; or [`OTHER_DAY`].
    pub day: String,
    /// The first of other days, ISO.
    pub first: String,
    /// The last of other days, ISO; empty for one day.
    pub until: String,
    /// `all`, `am`, `pm`, `late` or `leaving`.
    pub part: String,
    /// When a late child comes, `HH:MM`.
    pub arrives: String,
    /// When a child leaves early, `HH:MM`.
    pub goes: String,
    /// When it is back, `HH:MM`.
    pub back: String,
    /// A reason's key.
    pub reason: String,
    /// When last sick: a word of [`super::LastSick`].
    pub last: String,
    /// An illness's key.
    pub illness: String,
    /// The day it started, ISO.
    pub since: String,
    /// `yes` if the school had sent the child home.
    pub sent_home: String,
    /// The time of an appointment: the child leaves, `HH:MM`.
    pub leaves: String,
    /// The child is back from it, `HH:MM`.
    pub returns: String,
    /// Which festival or the like.
    pub which: String,
    /// The reason in own words.
    pub other: String,
    /// Anything the office should know.
    pub note: String,
}

/// A field of the form, to link a problem to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Field {
    /// Which children.
    Who,
    /// Which day.
    Day,
    /// The first of other days.
    First,
    /// The last of other days.
    Until,
    /// Which part of the day.
    Part,
    /// When a late child comes.
    Arrives,
    /// When a child leaves early.
    Goes,
    /// When it is back.
    Back,
    /// Why.
    Reason,
    /// When last sick.
    Last,
    /// Which illness.
    Illness,
    /// The day it started.
    Since,
    /// When the child leaves for an appointment.
    Leaves,
    /// When it is back from there.
    Returns,
    /// Which festival.
    Which,
    /// Own words.
    Other,
    /// The note.
    Note,
}

/// What is wrong with a field. `words` says it to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Nobody chosen.
    NobodyChosen,
    /// A child who is not (or no longer) this person's to report.
    UnknownChild,
    /// A day that is not on offer (any more).
    DayNotOffered,
    /// No date given where one is needed.
    NoDate,
    /// The school is closed on that day, or on all of them.
    Closed,
    /// Longer ago than the form takes.
    TooLongAgo,
    /// Further ahead than the form or the calendar reaches.
    TooFarAhead,
    /// This reason is taken for today and the next school day, not yet for later.
    NotYet,
    /// The last day lies before the first.
    EndsBeforeStart,
    /// More school days than may be reported at once; how many may.
    TooManyDays(usize),
    /// Late or leaving is said of one day.
    OneDayOnly,
    /// The school is closed in that part of the day.
    PartClosed,
    /// No time given where one is needed.
    NoTime,
    /// A time at which there is no school.
    OutsideSchool,
    /// No reason chosen.
    NoReason,
    /// Not a date.
    NotADate,
    /// The start lies in the future.
    InTheFuture,
    /// Not a time of day.
    NotATime,
    /// Back before leaving.
    BackBeforeLeaving,
    /// An answer that is none of the choices.
    NotAChoice,
    /// More characters than fit; how many do.
    TooLong(usize),
}
