//! Words of the marks' import.

use crate::rules::{
    calendar::SessionDay,
    import::marks::{Caution, Fault, FolderTrouble},
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
    /// Title of saying what heads mean.
    pub heads_title: &'static str,
    /// What it says.
    pub heads_lead: &'static str,
    /// Label of a head's choice, given the head.
    pub heads_label: fn(&str) -> String,
    /// "for example x, y".
    pub heads_example: fn(&str) -> String,
    /// Nothing is said of it.
    pub heads_as_known: &'static str,
    /// A meaning, by its word.
    pub heads_meaning: fn(&str) -> &'static str,
    /// What is still missing.
    pub heads_missing: &'static str,
    /// The button.
    pub heads_go: &'static str,
    /// Heading of the heads that were explained.
    pub heads_kept: &'static str,
    /// The button: forgets one.
    pub heads_forget: &'static str,
    /// Heading of the last files.
    pub runs: &'static str,
    /// The way a file came in by: page, command, folder, other program.
    pub ways: [&'static str; 4],
    /// What came of one, given new, changed, as before and set aside.
    pub run: fn([usize; 3], usize) -> String,
    /// Nothing of it came in.
    pub refused: &'static str,
    /// A file has marks and none of them fits this school.
    pub nothing_fits: &'static str,
    /// A file was changed, replaced or taken away while it came in.
    pub replaced: &'static str,
    /// The watched folder cannot be used, given the folder's name and why.
    pub folder_trouble: fn(&str, FolderTrouble) -> String,
    /// A folder is watched, given its name.
    pub folder: fn(&str) -> String,
    /// Title of an import under way.
    pub under_way_title: &'static str,
    /// What it says.
    pub under_way_lead: &'static str,
    /// How far it is, given marks written and all.
    pub so_far: fn(usize, usize) -> String,
    /// It is still being held against what is here.
    pub reading: &'static str,
    /// Looks again.
    pub look_again: &'static str,
}
