//! Words of leaving the school, for staff.

use chrono::NaiveDate;

use crate::rules::leaving::{CityForm, Due, EntryProblem, Task, Why};

/// Children who leave, as staff see them.
#[derive(Debug)]
pub struct LeavingStaffWords {
    /// Title and way to it.
    pub title: &'static str,
    /// One notice.
    pub one_title: &'static str,
    /// Back to the list.
    pub back: &'static str,
    /// What a notice is not.
    pub lead: &'static str,
    /// Heads meetings that are asked for: how many.
    pub meetings: fn(usize) -> String,
    /// Heads messages about notices that stand no more: how many.
    pub wrote: fn(usize) -> String,
    /// Heads what is open: how many.
    pub open: fn(usize) -> String,
    /// Nothing is open.
    pub none_open: &'static str,
    /// Heads what is finished.
    pub finished: &'static str,
    /// Nothing is.
    pub none_finished: &'static str,
    /// The columns: child, last day, where to, what is open.
    pub heads: [&'static str; 4],
    /// In how many days; negative where it has passed.
    pub in_days: fn(i64) -> String,
    /// Who sent it.
    pub by: fn(&str) -> String,
    /// A message waits to be read.
    pub unread: &'static str,
    /// The day has passed with something open.
    pub overdue: &'static str,
    /// How many lines are open.
    pub still: fn(usize) -> String,
    /// None is.
    pub all_done: &'static str,
    /// The file for the return.
    pub return_file: &'static str,
    /// What is in it.
    pub return_hint: &'static str,
    /// The columns of that file before and behind those of the parents.
    pub return_heads: ([&'static str; 7], [&'static str; 5]),
    /// A parent's columns, given which parent it is.
    pub return_parent: fn(usize) -> [String; 3],
    /// In that file: the new address is not given.
    pub by_phone: &'static str,
    /// Who sent it, as a fact.
    pub sender: &'static str,
    /// The new address is told by telephone.
    pub secret: &'static str,
    /// It was taken back or replaced.
    pub no_longer: &'static str,
    /// Opens what took its place.
    pub see_new: &'static str,
    /// It came after the last day.
    pub after: &'static str,
    /// The last day has passed and lines are open.
    pub passed: &'static str,
    /// Other notices for the child.
    pub others: &'static str,
    /// Heads what the council gets.
    pub council: &'static str,
    /// The scenario of the form; `None` for no form.
    pub form: fn(Option<CityForm>) -> &'static str,
    /// The child is reported missing besides.
    pub missing: &'static str,
    /// Why.
    pub why: fn(Why) -> &'static str,
    /// Where the form stands.
    pub form_where: &'static str,
    /// Heads the lines: the child's name.
    pub lines: fn(&str) -> String,
    /// A task.
    pub task: fn(Task) -> &'static str,
    /// Help beneath it.
    pub task_hint: fn(Task) -> &'static str,
    /// Done, on a day.
    pub done_on: fn(NaiveDate) -> String,
    /// To do.
    pub to_do: &'static str,
    /// Not needed for this child.
    pub not_needed: &'static str,
    /// By when.
    pub due: fn(Due) -> String,
    /// The roster has not said so yet.
    pub roster_waits: &'static str,
    /// Opens the form of a line.
    pub note_line: &'static str,
    /// The day.
    pub day: &'static str,
    /// The ground.
    pub ground: &'static str,
    /// A note.
    pub note: &'static str,
    /// Notes it.
    pub note_go: &'static str,
    /// Takes it back.
    pub undo: &'static str,
    /// What was noted: when it was done or that it was taken back, by whom and when.
    pub noted: fn(Option<NaiveDate>, &str, &str) -> String,
    /// Somebody who is no longer on record.
    pub somebody: &'static str,
    /// What is wrong.
    pub problem: fn(EntryProblem) -> &'static str,
    /// It could not be kept.
    pub refused: &'static str,
    /// Heads what was typed and is kept nowhere.
    pub unsaved: &'static str,
    /// Heads what was asked.
    pub request: &'static str,
    /// Letters and photos.
    pub evidence: &'static str,
    /// None.
    pub no_evidence: &'static str,
    /// Heads the messages.
    pub messages: &'static str,
    /// The field.
    pub ask: &'static str,
    /// Who reads it.
    pub only: fn(&str) -> String,
    /// Asks.
    pub ask_go: &'static str,
    /// Tells.
    pub tell_go: &'static str,
    /// Heads the return's facts: the child's name.
    pub return_of: fn(&str) -> String,
    /// Their names: name, UPN, born, parent, address, telephone, future school.
    pub return_facts: [&'static str; 5],
    /// Nothing on record.
    pub nothing: &'static str,
    /// On the morning page: how many children have left with something open.
    pub morning: fn(usize) -> String,
    /// As PDF.
    pub pdf: &'static str,
}
