//! Words of the call list.

use crate::rules::{calls::Outcome, reconcile::Why};

/// The call list.
#[derive(Debug)]
pub struct CallWords {
    /// Title and link.
    pub title: &'static str,
    /// What it is.
    pub lead: &'static str,
    /// Before the close: its time.
    pub before_close: fn(&str) -> String,
    /// Some registers are not in.
    pub not_in: fn(usize) -> String,
    /// So many children stand in no register.
    pub unlisted: fn(usize) -> String,
    /// Section: to ring.
    pub to_ring: &'static str,
    /// Nobody to ring.
    pub nobody: &'static str,
    /// Section: spoken to.
    pub spoken: &'static str,
    /// What to do with them.
    pub spoken_lead: &'static str,
    /// Section: off the list.
    pub off: &'static str,
    /// What they are.
    pub off_lead: &'static str,
    /// Why somebody is on the list, given a time.
    pub why: fn(Why, &str) -> String,
    /// So many days in a row without a word, today with them.
    pub days: fn(usize) -> String,
    /// Nobody here may be rung.
    pub no_contact: &'static str,
    /// No number.
    pub no_number: &'static str,
    /// "Ngozi Okafor, mother".
    pub contact: fn(&str, &str) -> String,
    /// "Ring", read out with the name.
    pub ring: fn(&str) -> String,
    /// What came of a call: the words.
    pub outcome: fn(Outcome) -> &'static str,
    /// The buttons.
    pub button: fn(Outcome) -> &'static str,
    /// Somebody is ringing: who, since when.
    pub ringing: fn(&str, &str) -> String,
    /// A call: what came of it, whom, time, by whom.
    pub line: fn(&str, Option<&str>, &str, &str) -> String,
    /// Notes a call.
    pub note: &'static str,
    /// Whom.
    pub whom: &'static str,
    /// Somebody else.
    pub somebody: &'static str,
    /// What was said.
    pub said: &'static str,
    /// Enters the report.
    pub enter: &'static str,
    /// Read out after what belongs to a child.
    pub about: fn(&str) -> String,
    /// Words hidden.
    pub hidden: &'static str,
    /// Off the list: reported, by whom and when.
    pub reported: fn(&str, &str) -> String,
    /// Off the list: in school since.
    pub arrived: &'static str,
    /// Off the list: coded.
    pub coded: &'static str,
    /// Somebody else is ringing: who, since when.
    pub refused: fn(&str, &str) -> String,
    /// The form was sent before and said something else.
    pub differs: &'static str,
    /// What was said is too long.
    pub long: &'static str,
    /// An outcome has to be chosen.
    pub no_outcome: &'static str,
    /// Also rung by another meanwhile.
    pub both: &'static str,
    /// Read-only: calls of another day.
    pub other_day: &'static str,
    /// The board: so many to ring.
    pub board: fn(usize) -> String,
}
