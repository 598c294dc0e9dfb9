//! Words of the morning board.

use crate::rules::{
    absence::{Kind, Part},
    pattern::Hint,
};

/// The morning board.
#[derive(Debug)]
pub struct BoardWords {
    /// Title.
    pub title: &'static str,
    /// Tally: new.
    pub new: &'static str,
    /// Tally: waiting for a code.
    pub waiting: &'static str,
    /// Tally: coded.
    pub coded: &'static str,
    /// Leave: before the summary.
    pub leave: &'static str,
    /// New requests and unread answers: how many of each.
    pub leave_desk: fn(usize, usize) -> String,
    /// How many are agreed, refused, not back yet.
    pub leave_summary: fn(usize, usize, usize) -> String,
    /// Heads those agreed.
    pub leave_agreed: &'static str,
    /// What that means.
    pub leave_agreed_lead: &'static str,
    /// Heads those refused.
    pub leave_refused: &'static str,
    /// What that means.
    pub leave_refused_lead: &'static str,
    /// Heads those who should be back.
    pub leave_not_back: &'static str,
    /// What to do.
    pub leave_not_back_lead: &'static str,
    /// Since which day.
    pub leave_back: fn(&str) -> String,
    /// Tally: on roll.
    pub on_roll: &'static str,
    /// Section: to code.
    pub to_code: &'static str,
    /// Section: coded.
    pub coded_section: &'static str,
    /// Nothing to code.
    pub all_done: &'static str,
    /// Nothing coded.
    pub none_coded: &'static str,
    /// Column heads: sent, child, class, day, reason, from, code it.
    pub heads: [&'static str; 7],
    /// Column heads of coded rows: sent, child, class, day, recorded as, coded, change.
    pub coded_heads: [&'static str; 7],
    /// A part of the day, for the cell.
    pub part: fn(Part) -> &'static str,
    /// Marks a report after the close, given the time.
    pub after: fn(&str) -> String,
    /// Marks a row nobody has seen.
    pub new_tag: &'static str,
    /// Another code.
    pub other_code: &'static str,
    /// Uses the code chosen.
    pub use_code: &'static str,
    /// Undo.
    pub undo: &'static str,
    /// "for Okafor, Ada", read out after a button.
    pub for_child: fn(&str) -> String,
    /// Words hidden.
    pub hidden: &'static str,
    /// Hide words.
    pub hide: &'static str,
    /// Show words.
    pub show: &'static str,
    /// Keys (read out).
    pub keys: &'static str,
    /// Keys and what they do.
    pub key_list: &'static [(&'static [&'static str], &'static str)],
    /// Somebody else was quicker.
    pub changed_meanwhile: &'static str,
    /// Nothing is reported any more.
    pub nothing_reported: &'static str,
    /// Not a code.
    pub not_a_code: &'static str,
    /// Another day: earlier, later, today.
    pub earlier: &'static str,
    /// Later day.
    pub later: &'static str,
    /// Today.
    pub today: &'static str,
    /// Earlier days with reports that wait: day and how many.
    pub waiting_on: fn(&str, i64) -> String,
    /// The day is not a school day.
    pub no_school: &'static str,
    /// The calendar has run out.
    pub no_calendar: &'static str,
    /// The school has not confirmed its example days.
    pub unconfirmed: &'static str,
    /// Before the name of another adult who reported the same day.
    pub also_from: &'static str,
    /// Before the name of whoever reported what is coded.
    pub reported_by: &'static str,
    /// Late or leaving: the kind and the time.
    pub kind: fn(Kind, &str) -> String,
    /// Expected from a run of days, without a word this morning.
    pub expected: &'static str,
    /// Colleagues who expect a baby should hear of it.
    pub tell_pregnant: &'static str,
    /// A pattern, as a quiet hint.
    pub hint: fn(Hint) -> String,
    /// Read out beside the box of a row, given the name.
    pub tick: fn(&str) -> String,
    /// Before what can be done with ticked rows.
    pub ticked: &'static str,
    /// Codes each as proposed.
    pub as_proposed: &'static str,
    /// Nothing was ticked.
    pub none_ticked: &'static str,
    /// So many are coded, so many were left alone.
    pub some_left: fn(usize, usize) -> String,
    /// How a report came, given the channel's word.
    pub channel: fn(&str) -> &'static str,
}
