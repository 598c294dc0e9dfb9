//! Words of the reconciliation.

use crate::rules::{code::Code, reconcile::Next};

/// Report and mark side by side.
#[derive(Debug)]
pub struct ReconcileWords {
    /// Title and link.
    pub title: &'static str,
    /// What it is.
    pub lead: &'static str,
    /// First day.
    pub from: &'static str,
    /// Last day.
    pub until: &'static str,
    /// The button.
    pub go: &'static str,
    /// Not a span of days.
    pub bad_span: &'static str,
    /// The four lists: unexplained, reported but present, coded otherwise, explained.
    pub lists: [&'static str; 4],
    /// What each of them is.
    pub leads: [&'static str; 4],
    /// Nothing in a list.
    pub none: &'static str,
    /// Column heads: day, child, class, here, MIS, what to do.
    pub heads: [&'static str; 6],
    /// Until when N stands: the day, school days left.
    pub n_until: fn(&str, i64) -> String,
    /// N has run out: on which day.
    pub n_past: fn(&str) -> String,
    /// N stands, the calendar ends before it runs out.
    pub n_unknown: &'static str,
    /// Reported by, when.
    pub reported: fn(&str, &str) -> String,
    /// Nothing reported.
    pub unreported: &'static str,
    /// No mark yet.
    pub no_mark: &'static str,
    /// To do: nobody has explained it.
    pub ask: &'static str,
    /// To do: N has run out.
    pub make_o: &'static str,
    /// To do: reported and marked present.
    pub look: &'static str,
    /// To do: the mark and the code differ.
    pub differ: fn(Code, Code) -> String,
    /// To do where leave was agreed: key its code in.
    pub key_leave: &'static str,
    /// To do where leave was refused and the child is away: the proposed code.
    pub refused_leave: fn(Code) -> String,
    /// To do where report and mark agree.
    pub next: fn(Next) -> &'static str,
    /// Links: enter a report, the board of the day, the list for the MIS.
    pub links: [&'static str; 3],
    /// The file.
    pub file: &'static str,
    /// How many sessions wait for a register.
    pub waiting: fn(usize) -> String,
    /// Explained lines with nothing to do.
    pub settled: fn(usize) -> String,
    /// The board: so many differences.
    pub board: fn(usize) -> String,
    /// The board: so many N, the first runs out on.
    pub board_n: fn(i64, &str) -> String,
    /// Heads of the file.
    pub file_heads: [&'static str; 14],
}
