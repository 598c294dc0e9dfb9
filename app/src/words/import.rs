//! Words that every import of a file says.

use crate::rules::import::Unreadable;

/// Handing in a file, seeing what it would change, bringing it in.
#[derive(Debug)]
pub struct ImportWords {
    /// Label of the file.
    pub file: &'static str,
    /// The button.
    pub look: &'static str,
    /// Heading of what a file needs.
    pub needs: &'static str,
    /// When a file came in last, given the written time.
    pub last: fn(&str) -> String,
    /// No file was chosen.
    pub no_file: &'static str,
    /// Heading of the errors.
    pub errors: &'static str,
    /// Title and heading of what a file would do.
    pub plan_title: &'static str,
    /// What it says: nothing is changed yet.
    pub plan_lead: &'static str,
    /// Nothing would change.
    pub nothing: &'static str,
    /// Heads of the tally: what, added, changed, kept.
    pub tally_heads: [&'static str; 4],
    /// The button, given how many are added and changed.
    pub bring_in: &'static str,
    /// Throws the file away.
    pub throw_away: &'static str,
    /// Section: set aside.
    pub aside: fn(usize) -> String,
    /// What that means.
    pub aside_lead: &'static str,
    /// Section: to look at.
    pub cautions: fn(usize) -> String,
    /// What that means.
    pub cautions_lead: &'static str,
    /// Section: changed.
    pub changed: fn(usize) -> String,
    /// Section: added.
    pub added: fn(usize) -> String,
    /// Section: kept.
    pub kept: fn(usize) -> String,
    /// "line 12".
    pub line: fn(u64) -> String,
    /// What is left out of a long list.
    pub more: fn(usize) -> String,
    /// Lines that are no child's.
    pub footers: fn(usize) -> String,
    /// "was x".
    pub from_to: fn(&str, &str) -> String,
    /// Nothing stands in a field.
    pub blank: &'static str,
    /// Why a file cannot be read.
    pub unreadable: fn(Unreadable) -> String,
    /// Title and heading once it is in.
    pub done_title: &'static str,
    /// What it says.
    pub done_lead: fn(&str) -> String,
    /// Another file.
    pub another: &'static str,
    /// The file was thrown away or has gone.
    pub gone: (&'static str, &'static str),
    /// For the command line: what happened.
    pub cli: CliWords,
}

/// What the command line says.
#[derive(Debug)]
pub struct CliWords {
    /// Dry run: nothing was changed.
    pub dry: &'static str,
    /// Brought in.
    pub done: &'static str,
    /// Marks: added, changed, kept, set aside, look, missing.
    pub marks: [&'static str; 6],
}
