//! Words of the list for the MIS.

/// The day's codes for the MIS.
#[derive(Debug)]
pub struct KeyingWords {
    /// Title and link.
    pub title: &'static str,
    /// What it is for.
    pub lead: &'static str,
    /// How many of how many are left.
    pub left: fn(usize, usize) -> String,
    /// Nothing is coded.
    pub nothing: &'static str,
    /// Heads of the table.
    pub heads: [&'static str; 6],
    /// Beside the box.
    pub tick: &'static str,
    /// Keyed in: by whom, when.
    pub keyed: fn(&str, &str) -> String,
    /// Keyed in with other codes before.
    pub changed: &'static str,
    /// The button.
    pub save: &'static str,
    /// The file.
    pub file: &'static str,
    /// Back to the board.
    pub back: &'static str,
}
