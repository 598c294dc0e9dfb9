//! Words of a child's attendance.

use crate::rules::calendar::Session;

/// A child's attendance.
#[derive(Debug)]
pub struct AttendanceWords {
    /// Title and link: no child's name.
    pub title: &'static str,
    /// The link on home, given the name.
    pub link: fn(&str) -> String,
    /// Class, school year, last day with a mark.
    pub lead: fn(&str, &str, &str) -> String,
    /// Class, school year; no mark yet.
    pub lead_empty: fn(&str, &str) -> String,
    /// Another school year.
    pub other_year: fn(&str) -> String,
    /// No mark yet.
    pub nothing: &'static str,
    /// Days in school of days: the figure and what follows it, from sessions.
    pub days: fn(u32, u32) -> (String, String),
    /// Before the percentage.
    pub in_so_far: &'static str,
    /// Sessions in school of sessions.
    pub sessions: fn(u32, u32) -> String,
    /// Missed: agreed, not agreed.
    pub missed: fn(u32, u32) -> String,
    /// How often late.
    pub late: fn(u32) -> String,
    /// Too few sessions to say anything: from how many on.
    pub early: fn(u32) -> String,
    /// A timetable of less than the whole week.
    pub part_time: &'static str,
    /// Sessions not agreed in ten school weeks, and the telephone number.
    pub window: fn(u32, &str) -> String,
    /// Not of the age yet at which children must go to school.
    pub not_compulsory: &'static str,
    /// The file.
    pub file: &'static str,
    /// Over the chart.
    pub trend: &'static str,
    /// Read out for the chart.
    pub trend_label: &'static str,
    /// Opens the table behind it.
    pub trend_table: &'static str,
    /// Head: the week.
    pub week: &'static str,
    /// Head: possible sessions.
    pub possible: &'static str,
    /// Heading over several children's counts.
    pub siblings: &'static str,
    /// Head: the percentage.
    pub percent: &'static str,
    /// Head: missed, agreed.
    pub agreed: &'static str,
    /// Head: missed, not agreed.
    pub not_agreed: &'static str,
    /// Head: how often late.
    pub times_late: &'static str,
    /// Below it.
    pub siblings_note: &'static str,
    /// Heading of the register.
    pub register: &'static str,
    /// How to read a cell.
    pub how_to_read: &'static str,
    /// First and last day of a term.
    pub span: fn(&str, &str) -> String,
    /// In school.
    pub in_school: &'static str,
    /// The family has told the school.
    pub reported: &'static str,
    /// No mark yet.
    pub not_yet: &'static str,
    /// Closed.
    pub closed: &'static str,
    /// Before the words of today's cell.
    pub today: &'static str,
    /// Morning and afternoon differ.
    pub halves: fn(&str, &str) -> String,
    /// Heading of the key.
    pub key: &'static str,
    /// A whole day in school.
    pub key_in: &'static str,
    /// The dot.
    pub key_told: &'static str,
    /// Heading of the list.
    pub days_away: &'static str,
    /// The list is empty.
    pub none_away: &'static str,
    /// Minutes late.
    pub minutes_late: fn(i64) -> String,
    /// Own report: reason and time.
    pub you_told: fn(&str, &str) -> String,
    /// Another adult's report: time.
    pub other_told: fn(&str) -> String,
    /// Explains a mark whose reason is not known.
    pub explain: &'static str,
    /// Something looks wrong: the telephone number.
    pub looks_wrong: fn(&str) -> String,
    /// Leads to a day whose mark looks wrong.
    pub wrong: &'static str,
    /// The same once something was written.
    pub asked: &'static str,
    /// The same once the school has answered.
    pub answered: &'static str,
    /// Label of another day.
    pub wrong_day: &'static str,
    /// Shows it.
    pub wrong_show: &'static str,
    /// Title of a day's page: no date, no name.
    pub day_title: &'static str,
    /// What to do there.
    pub day_lead: &'static str,
    /// No mark on this day.
    pub day_none: &'static str,
    /// Back to the child's attendance, given the name.
    pub back: fn(&str) -> String,
    /// "Morning".
    pub session: fn(Session) -> &'static str,
    /// A mark was changed: what it was, and when.
    pub changed: fn(&str, &str) -> String,
    /// Which half it is about.
    pub which: &'static str,
    /// Nothing is chosen.
    pub which_problem: &'static str,
    /// Label of the words.
    pub what: &'static str,
    /// The button.
    pub send: &'static str,
    /// Heading of the form.
    pub form: &'static str,
    /// Heading of the form once something was written.
    pub form_again: &'static str,
    /// Who may look and not write: the telephone number.
    pub view_only: fn(&str) -> String,
    /// The heads of the file.
    pub csv_heads: [&'static str; 5],
    /// On home: the school has answered about a mark, given the child.
    pub home_told: fn(&str) -> String,
    /// On home: the school asks about a mark, given the child.
    pub home_asks: fn(&str) -> String,
}
