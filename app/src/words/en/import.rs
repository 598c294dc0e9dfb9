use super::{
    super::{CliWords, ImportWords},
    plural,
    roster::field,
};
use crate::rules::import::Unreadable;

/// What both kinds of file can have wrong with a line.
pub(super) const MORE_CELLS: &str = "More cells than heads. Is there a comma in a name without quotation marks?";
pub(super) const NO_NUMBER: &str = "Neither a UPN nor a number in the MIS.";
pub(super) const SPOILT_NUMBER: &str =
    "A spreadsheet has spoilt the number. Export again and do not open the file in between.";

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// "3 contacts".
pub(super) fn of(n: usize, one: &'static str, many: &'static str) -> String {
    format!("{n} {}", plural(count(n), one, many))
}

fn unreadable(why: Unreadable) -> String {
    match why {
        Unreadable::Empty => "There is nothing in this file.".into(),
        Unreadable::Workbook => "This is a workbook. Open it, choose Save as, and save it as CSV.".into(),
        Unreadable::NotText => "This file is not a table of text. Export the list from your MIS as CSV.".into(),
        Unreadable::TooLong => "This file has more lines or columns than a school can have.".into(),
        Unreadable::OpenQuote(line) => {
            format!(
                "A quotation mark opens on line {line} and never closes, so the rest cannot be read. Put it right in the MIS and export again."
            )
        }
        Unreadable::NoMarkHeads => "No line of this file has the heads that are needed: UPN or the number in the MIS, and either Date, Session and Mark or a column for each session like Mon 23/11/2026 AM.".into(),
        Unreadable::Summary => "These are sums, not marks. Export the marks themselves, one for each child and session.".into(),
        Unreadable::MarkString => "The marks stand in one string without anything between them. Codes like C1 cannot be told apart in it. Export one mark to a cell.".into(),
        Unreadable::NoHeads(missing) => {
            let names: Vec<&str> = missing.iter().map(|missing| field(*missing)).collect();
            format!("No line of this file has the heads that are needed. Missing: {}.", names.join(" or "))
        }
    }
}

pub(super) const WORDS: ImportWords = ImportWords {
    file: "The file",
    look: "Show what it would change",
    needs: "What the file needs",
    last: |when| format!("The last file came in on {when}."),
    no_file: "Choose a file",
    errors: "This file cannot be used",
    plan_title: "What this file would change",
    plan_lead: "Nothing has changed yet.",
    nothing: "This file changes nothing.",
    tally_heads: ["", "New", "Changed", "As before"],
    bring_in: "Bring it in",
    throw_away: "Throw the file away",
    aside: |n| format!("Set aside: {n}"),
    aside_lead: "These do not come in. Put them right in the MIS and export again.",
    cautions: |n| format!("To look at: {n}"),
    cautions_lead: "These come in. Look when there is time.",
    changed: |n| format!("Changed: {n}"),
    added: |n| format!("New: {n}"),
    kept: |n| format!("As before: {n}"),
    line: |line| format!("line {line}"),
    more: |n| format!("and {n} more"),
    footers: |n| format!("{} no child’s: totals, heads, words below the table.", of(n, "line is", "lines are")),
    from_to: |was, is| format!("{was} → {is}"),
    blank: "nothing",
    unreadable,
    done_title: "It is in",
    done_lead: |when| format!("Brought in on {when}."),
    another: "Hand in another file",
    gone: (
        "This file is no longer here",
        "It was brought in, thrown away, or a newer one took its place. A file waits for a day.",
    ),
    cli: CliWords {
        dry: "Dry run: nothing was changed.",
        done: "Brought in.",
        marks: ["new", "changed", "as before", "SET ASIDE", "look at", "missing"],
    },
};
