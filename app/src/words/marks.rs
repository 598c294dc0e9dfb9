//! Words of the marks' import.

use crate::rules::{
    calendar::SessionDay,
    import::marks::{Caution, Fault},
};

/// The marks' import.
#[derive(Debug)]
pub struct MarksWords {
    /// Navigation.
    pub nav: &'static str,
    /// Title and heading of the page.
    pub title: &'static str,
    /// What it says.
    pub lead: &'static str,
    /// Hint under the file.
    pub file_hint: &'static str,
    /// Columns that a file needs.
    pub needed: [(&'static str, &'static str); 2],
    /// Columns that are good to have.
    pub wanted: [(&'static str, &'static str); 3],
    /// Label of the box for marks from the school before.
    pub previous: &'static str,
    /// Hint beside it.
    pub previous_hint: &'static str,
    /// Said of a file whose marks are from there.
    pub from_previous: &'static str,
    /// The file has too many megabytes.
    pub too_large: &'static str,
    /// Somebody has changed marks or pupils meanwhile.
    pub changed_meanwhile: &'static str,
    /// Head of the row of the tally.
    pub tally_rows: [&'static str; 1],
    /// Sessions without a mark.
    pub blanks: fn(usize) -> String,
    /// "23 November 2026, morning".
    pub session: fn(SessionDay) -> String,
    /// Several marks of which one thing is said, given how many.
    pub several: fn(usize) -> String,
    /// Minutes late.
    pub minutes: fn(i64) -> String,
    /// Only minutes or note change.
    pub details: &'static str,
    /// Why a mark is set aside.
    pub fault: fn(Fault) -> String,
    /// What to look at.
    pub caution: fn(Caution) -> String,
}
