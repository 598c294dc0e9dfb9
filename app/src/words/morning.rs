//! Words of the registers of the morning.

use crate::rules::{calendar::Session, reconcile::Word};

/// The registers of the morning.
#[derive(Debug)]
pub struct MorningWords {
    /// Title and link.
    pub nav: &'static str,
    /// Title of a session's page.
    pub title: fn(Session) -> &'static str,
    /// A session.
    pub session: fn(Session) -> &'static str,
    /// The navigation between the sessions (read out).
    pub sessions: &'static str,
    /// Tally: registers in.
    pub tally_in: &'static str,
    /// Tally: registers not in.
    pub tally_out: &'static str,
    /// Tally: absent.
    pub absent: &'static str,
    /// Tally: late.
    pub late: &'static str,
    /// What is true until a register is in.
    pub lead: &'static str,
    /// A register is in.
    pub is_in: &'static str,
    /// A register is not in.
    pub not_in: &'static str,
    /// "9.04 by Jean Tanner".
    pub by: fn(&str, &str) -> String,
    /// By the marks of the MIS.
    pub by_mis: &'static str,
    /// Saved and not complete.
    pub begun: fn(&str, &str) -> String,
    /// So many of so many have a mark in the MIS.
    pub marked: fn(usize, usize) -> String,
    /// So many on the roll are not on the list.
    pub unlisted: fn(usize) -> String,
    /// "29 children".
    pub children: fn(usize) -> String,
    /// "2 absent, 1 late".
    pub counts: fn(usize, usize) -> String,
    /// Every register is in.
    pub all_in: &'static str,
    /// No session on this day.
    pub closed: &'static str,
    /// Other ways.
    pub other_ways: &'static str,
    /// Leads to pasting.
    pub paste: &'static str,
    /// Leads to the marks' file.
    pub file: &'static str,
    /// What a partial file does.
    pub file_hint: &'static str,
    /// A register was completed just now: class, counts.
    pub done: fn(&str, &str) -> String,
    /// A register was saved and is not complete.
    pub kept: fn(&str) -> String,
    /// Undo.
    pub undo: &'static str,
    /// Read out after "Undo": the class.
    pub undo_of: fn(&str) -> String,

    /// The page of one class: what to do.
    pub list_lead: &'static str,
    /// Legend of the list.
    pub legend: &'static str,
    /// Beside a child: late.
    pub is_late: &'static str,
    /// Beside a child: absent, for readers.
    pub is_absent: &'static str,
    /// Minutes late.
    pub minutes: &'static str,
    /// Read out after what belongs to a child.
    pub of: fn(&str) -> String,
    /// What a family said, given a time if there is one.
    pub said: fn(Word, &str) -> String,
    /// The box was ticked for you.
    pub ticked_for_you: &'static str,
    /// The report came after the register was saved.
    pub since: &'static str,
    /// The MIS has this mark.
    pub mis: fn(&str) -> String,
    /// Two people ticked otherwise.
    pub both: &'static str,
    /// The button.
    pub complete: &'static str,
    /// Saves without.
    pub keep: &'static str,
    /// Opens it again.
    pub open: &'static str,
    /// Back.
    pub back: &'static str,
    /// Keys and what they do.
    pub keys: &'static [(&'static [&'static str], &'static str)],
    /// Heading over what has to be put right.
    pub either: fn(&str) -> String,
    /// Minutes that are none.
    pub bad_minutes: fn(&str) -> String,
    /// Somebody else has saved it meanwhile: who, when.
    pub changed_meanwhile: fn(&str, &str) -> String,
    /// The class has changed meanwhile.
    pub list_changed: &'static str,
    /// Not today's.
    pub not_today: &'static str,
    /// Nothing to undo.
    pub nothing_to_undo: &'static str,

    /// Pasting: title.
    pub paste_title: &'static str,
    /// What it does.
    pub paste_lead: &'static str,
    /// The box.
    pub paste_box: &'static str,
    /// Hint at the box.
    pub paste_hint: &'static str,
    /// Which classes the list is complete for.
    pub paste_classes: &'static str,
    /// Hint.
    pub paste_classes_hint: &'static str,
    /// Every class that is not in.
    pub paste_every: &'static str,
    /// The first button.
    pub paste_look: &'static str,
    /// The second one.
    pub paste_go: &'static str,
    /// Title of what it would do.
    pub paste_plan: &'static str,
    /// A class that becomes complete, without a line.
    pub paste_nobody: &'static str,
    /// A class whose register becomes complete.
    pub paste_becomes: &'static str,
    /// A class that stays open.
    pub paste_stays: &'static str,
    /// Whether a child was ticked before.
    pub paste_before: &'static str,
    /// Lines that say that a child is there; their names follow.
    pub paste_present: fn(usize) -> String,
    /// Nothing was pasted.
    pub paste_empty: &'static str,
    /// Too much was pasted.
    pub paste_long: &'static str,
    /// What is wrong with a line: the line, its number.
    pub paste_unknown: fn(usize, &str) -> String,
    /// Several children: the line, its number, who.
    pub paste_several: fn(usize, &str, &str) -> String,
    /// Name and number are not one child's.
    pub paste_two: fn(usize, &str) -> String,
    /// A child named twice, once absent and once late or there.
    pub paste_twice: fn(usize, &str) -> String,
    /// Two marks that say otherwise: the line, its number.
    pub paste_two_marks: fn(usize, &str) -> String,
    /// No class is chosen and nobody named.
    pub paste_none: &'static str,
    /// Changes the text.
    pub paste_change: &'static str,
    /// The board: so many registers are not in.
    pub board_out: fn(usize) -> String,
    /// The board: nobody in these classes is called absent.
    pub board_hint: &'static str,
}
