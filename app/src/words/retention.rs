//! Words about how long what is kept is kept.

use crate::rules::retention::{Kind, Retention};

/// How long what is kept is kept, and what goes next.
#[derive(Debug)]
pub struct RetentionWords {
    /// Title and heading.
    pub title: &'static str,
    /// What the page says, given for how many days things can be seen before they go.
    pub lead: fn(u64) -> String,
    /// The last round, given when it ended and how many things went.
    pub last: fn(&str, u64) -> String,
    /// No round has ended yet.
    pub none_yet: &'static str,
    /// No round has ended for days.
    pub late: &'static str,
    /// Heads of the table: what, how long, gone since when, goes next.
    pub heads: [&'static str; 4],
    /// Since when gone things are counted.
    pub since: fn(&str) -> String,
    /// What is kept.
    pub kind: fn(Kind) -> &'static str,
    /// For how long.
    pub kept: fn(Kind, &Retention) -> String,
    /// So many of it.
    pub count: fn(Kind, u64) -> String,
    /// Begun forms: what, and for how long.
    pub drafts: (&'static str, &'static str),
    /// Where a signature came from: what, and for how long.
    pub addresses: (&'static str, &'static str),
    /// Heading: where it does not reach.
    pub beyond: &'static str,
    /// What it does not reach.
    pub beyond_list: [&'static str; 4],
    /// Heading: change the numbers.
    pub change: &'static str,
    /// What a change does, given the days of notice.
    pub change_lead: fn(u64) -> String,
    /// Asks for a code first.
    pub prove: &'static str,
    /// The button that asks for one.
    pub prove_go: &'static str,
    /// Label of a number, by its key.
    pub label: fn(&str) -> &'static str,
    /// Hint: its bounds.
    pub hint: fn(u32, u32) -> String,
    /// It is not a number within its bounds.
    pub wrong: fn(u32, u32) -> String,
    /// The button.
    pub go: &'static str,
    /// Errors' heading.
    pub errors: &'static str,
}
