//! Words of the school calendar.

use chrono::NaiveDate;

use crate::rules::{
    absence::Part,
    calendar::{
        ClosedKind,
        edit::{Caution, Field, Problem},
    },
};

/// The school calendar.
#[derive(Debug)]
pub struct CalendarWords {
    /// Navigation.
    pub nav: &'static str,
    /// Title and heading, given the school year.
    pub title: &'static str,
    /// Heading with the year.
    pub heading: fn(&str) -> String,
    /// What the page is for.
    pub lead: &'static str,
    /// The year in numbers: school days, sessions, training days.
    pub sums: fn(usize, usize, usize) -> String,
    /// Leads to another year.
    pub other_year: fn(&str) -> String,
    /// No term of this year is entered.
    pub empty: fn(&str) -> String,
    /// Heading of the key.
    pub key: &'static str,
    /// An open day.
    pub open: &'static str,
    /// A closed day in which some year groups alone are at home.
    pub some_years: &'static str,
    /// Not confirmed yet.
    pub unconfirmed: &'static str,
    /// Confirmed.
    pub confirmed: &'static str,
    /// Heading of the terms.
    pub terms: &'static str,
    /// Heading of the closed days.
    pub days: &'static str,
    /// No closed day.
    pub no_days: &'static str,
    /// Adds a term.
    pub add_term: &'static str,
    /// Adds a closed day.
    pub add_day: &'static str,
    /// Changes an entry.
    pub change: &'static str,
    /// So many school days.
    pub school_days: fn(usize) -> String,
    /// Why a day is closed.
    pub kind: fn(ClosedKind) -> &'static str,
    /// The same in one or two letters.
    pub letter: fn(ClosedKind) -> &'static str,
    /// The letter of a day of single year groups.
    pub years_letter: &'static str,
    /// Which half.
    pub part: fn(Part) -> &'static str,
    /// "Reception", "Year 3".
    pub year_group: fn(i64) -> String,
    /// "to": from one day to another.
    pub span: fn(&str, &str) -> String,
    /// What to look at.
    pub caution: fn(Caution) -> String,
    /// Reports on days that are closed, given how many days.
    pub on_closed: &'static str,
    /// What to do about them.
    pub on_closed_lead: &'static str,
    /// The link to the board of such a day.
    pub on_closed_day: fn(&str, usize) -> String,
    /// Only some may change it.
    pub read_only: &'static str,
    /// Title of an entry's form: new term, new day, change.
    pub entry_titles: [&'static str; 4],
    /// Back to the calendar.
    pub back: &'static str,
    /// Label: name.
    pub name: &'static str,
    /// Hint: name.
    pub name_hint: &'static str,
    /// Label: first day.
    pub first: &'static str,
    /// Label: last day.
    pub last: &'static str,
    /// Hint of a term's days.
    pub term_hint: &'static str,
    /// Hint of the last closed day.
    pub last_hint: &'static str,
    /// Question: why.
    pub why: &'static str,
    /// Question: which half.
    pub when: &'static str,
    /// Question: for whom.
    pub who: &'static str,
    /// Hint: for whom.
    pub who_hint: &'static str,
    /// The box: confirmed.
    pub confirm: &'static str,
    /// Hint: confirmed.
    pub confirm_hint: &'static str,
    /// Label: note.
    pub note: &'static str,
    /// Hint: note.
    pub note_hint: &'static str,
    /// The button: shows what changes.
    pub look: &'static str,
    /// The button: takes the entry out.
    pub remove: &'static str,
    /// Heading of the errors.
    pub errors: &'static str,
    /// What is wrong with a field.
    pub problem: fn(Field, &Problem) -> String,
    /// Somebody else has changed the calendar meanwhile.
    pub changed_meanwhile: &'static str,
    /// Title of what would change.
    pub would_title: &'static str,
    /// What it says.
    pub would_lead: &'static str,
    /// The button: does it.
    pub save: &'static str,
    /// Heading: change the entry again.
    pub again: &'static str,
    /// Sessions that close, given the days in words.
    pub closes: fn(usize, &str) -> String,
    /// Sessions that open.
    pub opens: fn(usize, &str) -> String,
    /// For whom: the whole school or year groups.
    pub for_years: fn(&str) -> String,
    /// Nothing moves but words.
    pub words_only: &'static str,
    /// Reports on days closed.
    pub reports: fn(i64) -> String,
    /// Marks in sessions closed.
    pub marks: fn(i64) -> String,
    /// Deadlines that move.
    pub deadlines: fn(i64) -> String,
    /// First days back that move.
    pub returns: fn(i64) -> String,
    /// Nothing that stands is touched.
    pub nothing_stands: &'static str,
    /// Banner once it is done.
    pub done: &'static str,
    /// Banner once it was taken back.
    pub undone: &'static str,
    /// The button: takes the last change back.
    pub undo: &'static str,
    /// Heading of the changes.
    pub changes: &'static str,
    /// "Faye Green, 24 November at 8.04".
    pub change_line: fn(Option<&str>, &str) -> String,
    /// Nothing was changed yet: where the calendar comes from.
    pub from_settings: &'static str,
    /// "5 days from 4 Jan to 8 Jan" in a line, given days and the written first and last.
    pub days_span: fn(usize, &str, Option<&str>) -> String,
    /// Read out: a closed day.
    pub day_said: fn(NaiveDate, &str) -> String,
}
