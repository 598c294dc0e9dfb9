//! Words of the staff's figures: whole school, class, child, day.

use chrono::NaiveDate;

use crate::rules::{figures::WindowState, percentage::Percent};

/// Figures and the marks behind them.
#[derive(Debug)]
pub struct FiguresWords {
    /// The board: about so many marks a family waits for an answer.
    pub board_wrong: fn(usize) -> String,
    /// Title and heading of the whole school's figures; navigation.
    pub title: &'static str,
    /// What they are of: the school year and the date.
    pub lead: fn(&str, &str) -> String,
    /// The calendar has no term in the date's school year.
    pub no_calendar: fn(NaiveDate) -> String,
    /// Label of the date.
    pub by: &'static str,
    /// Shows it.
    pub show: &'static str,
    /// The file.
    pub file: &'static str,
    /// The whole school.
    pub whole: &'static str,
    /// Heading: year groups.
    pub years: &'static str,
    /// Heading: classes.
    pub classes: &'static str,
    /// "Reception", "Year 3".
    pub year: fn(i64) -> String,
    /// Heads of a table of groups: name, children, attendance, missed agreed, missed not agreed, late, below 95, a tenth, a half.
    pub heads: [&'static str; 9],
    /// How the figures of a group are made.
    pub pooled: &'static str,
    /// "93.4 %".
    pub percent: fn(Percent) -> String,
    /// Nothing was possible yet.
    pub none: &'static str,
    /// Sessions attended of possible ones.
    pub sessions: fn(u32, u32) -> String,
    /// Stands for a figure that is hidden.
    pub hidden: &'static str,
    /// Why figures are hidden: below how many children.
    pub hidden_lead: fn(usize) -> String,
    /// Heading: below 95 %.
    pub below: &'static str,
    /// Heading: a tenth or more missed.
    pub persistent: &'static str,
    /// Heading: a half or more missed.
    pub severe: &'static str,
    /// What to keep in mind about these lists.
    pub lists_lead: &'static str,
    /// Heading: most improved.
    pub improved: &'static str,
    /// The rule: from, middle and last day.
    pub improved_rule: fn(&str, &str, &str) -> String,
    /// There are not twelve school weeks yet.
    pub improved_early: &'static str,
    /// By how much, in tenths.
    pub improved_by: fn(u32) -> String,
    /// Nobody in a list.
    pub nobody: &'static str,
    /// How many children.
    pub children: fn(usize) -> String,
    /// Title and heading of the page that finds a child; navigation.
    pub find_title: &'static str,
    /// Heading of marks that look wrong to families.
    pub waiting: &'static str,
    /// None do.
    pub waiting_none: &'static str,
    /// Written at this time.
    pub waiting_since: fn(&str) -> String,
    /// Title of a child's page: no name.
    pub child_title: &'static str,
    /// Title of a day's page: no name, no date.
    pub day_title: &'static str,
    /// Title of a class's page.
    pub class_title: &'static str,
    /// The class and the year, up to a date.
    pub child_lead: fn(&str, &str, &str) -> String,
    /// The child has left, given the last day.
    pub left: fn(&str) -> String,
    /// Heads of a child's figures.
    pub child_heads: ChildHeads,
    /// The state of the window.
    pub window_state: fn(WindowState) -> &'static str,
    /// The count of the window: sessions, those without N, the Monday it begins with.
    pub window: fn(u32, u32, &str) -> String,
    /// How to read the register.
    pub how_to_read: &'static str,
    /// A report of a day: who, when, why.
    pub reported: fn(&str, &str, &str) -> String,
    /// Leads to a day.
    pub to_day: &'static str,
    /// A guardian has written about a mark of the day.
    pub questioned: &'static str,
    /// The same, not read yet.
    pub questioned_new: &'static str,
    /// Heading over a day's reports.
    pub reports: &'static str,
    /// Nothing was reported.
    pub no_reports: &'static str,
    /// No mark.
    pub no_mark: &'static str,
    /// A mark was changed: from, to, when.
    pub changed: fn(&str, &str, &str) -> String,
    /// By whom and why.
    pub changed_by: fn(&str, Option<&str>) -> String,
    /// By a file.
    pub by_file: &'static str,
    /// Heading of the correction.
    pub correct: &'static str,
    /// What happens.
    pub correct_lead: &'static str,
    /// Which half.
    pub which: &'static str,
    /// Label of the code.
    pub code: &'static str,
    /// Nothing is chosen yet.
    pub choose: &'static str,
    /// Label of the reason.
    pub reason: &'static str,
    /// What a reason should be.
    pub reason_hint: &'static str,
    /// The button.
    pub correct_send: &'static str,
    /// Corrected.
    pub corrected: &'static str,
    /// What is wrong with the form.
    pub problem: fn(CorrectProblem) -> &'static str,
    /// Somebody else has changed it: what stands there now.
    pub changed_meanwhile: fn(&str) -> String,
    /// Heading of the errors.
    pub errors: &'static str,
    /// Heading of a conversation: the guardian.
    pub talk: fn(&str) -> String,
    /// Heading of the answer.
    pub answer: &'static str,
    /// Whose question is answered.
    pub answer_which: &'static str,
    /// Asks for an answer.
    pub asks: &'static str,
    /// The button.
    pub answer_send: &'static str,
    /// Day before, day after.
    pub day_steps: [&'static str; 2],
    /// Week before, week after.
    pub week_steps: [&'static str; 2],
    /// The week of a date.
    pub week_of: fn(&str) -> String,
    /// Heads of the class's table: child, year so far.
    pub class_heads: [&'static str; 2],
    /// Nobody is in the class on these days.
    pub class_empty: &'static str,
}

/// Heads of a child's figures.
#[derive(Debug)]
pub struct ChildHeads {
    /// The percentage.
    pub attendance: &'static str,
    /// Missed.
    pub missed: &'static str,
    /// Late.
    pub late: &'static str,
    /// Without a mark.
    pub not_recorded: &'static str,
    /// The ten school weeks.
    pub window: &'static str,
}

/// What can be wrong with a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CorrectProblem {
    /// No half of the day.
    NoSession,
    /// No code.
    NoCode,
    /// A code of the other half.
    OtherHalf,
    /// It stands there already.
    Same,
    /// No reason.
    NoReason,
    /// Too long a reason.
    LongReason,
}
