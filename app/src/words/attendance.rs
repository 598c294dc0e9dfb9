//! Words of a child's attendance.

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
}
