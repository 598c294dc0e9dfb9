//! Words of the absence report.

use crate::rules::absence::{Field, Kind, LastSick, Part, Problem, anchor};

/// Reporting an absence.
#[derive(Debug)]
pub struct ReportWords {
    /// Title: no child's name, no reason.
    pub title: &'static str,
    /// Heading.
    pub heading: &'static str,
    /// Heading where somebody comes to say more than "not today".
    pub heading_when: &'static str,
    /// Heading when an earlier report is changed.
    pub change_heading: &'static str,
    /// Beside the heading: the time and minutes in words until the close.
    pub closes_in: fn(&str, &str) -> String,
    /// Beside the heading: the time, after the close.
    pub closed: fn(&str) -> String,
    /// Beside the heading, on a day without school.
    pub no_school: &'static str,
    /// Who.
    pub who: &'static str,
    /// When.
    pub when: &'static str,
    /// Opens a fold.
    pub change: &'static str,
    /// Which day (read out).
    pub which_day: &'static str,
    /// Which part of the day (read out).
    pub which_part: &'static str,
    /// Today.
    pub today: &'static str,
    /// Tomorrow.
    pub tomorrow: &'static str,
    /// A part of the day as a choice.
    pub part: fn(Part) -> &'static str,
    /// A part of the day after "Today".
    pub said_part: fn(Part) -> &'static str,
    /// Another day, or several.
    pub other_day: &'static str,
    /// The same in the folded line.
    pub said_other: &'static str,
    /// The first of other days.
    pub first: &'static str,
    /// The last of other days.
    pub until: &'static str,
    /// Late or leaving as a choice.
    pub kind: fn(Kind) -> &'static str,
    /// The same after "Today".
    pub said_kind: fn(Kind) -> &'static str,
    /// When a late child comes.
    pub arrives: &'static str,
    /// Opens the rarer reasons.
    pub more_reasons: &'static str,
    /// Shows what is folded.
    pub show: &'static str,
    /// Which illness?
    pub illness: &'static str,
    /// None of the list, or not known.
    pub illness_unknown: &'static str,
    /// The school had sent the child home.
    pub sent_home: &'static str,
    /// Why.
    pub why: &'static str,
    /// When last sick?
    pub last: &'static str,
    /// Answers to it.
    pub last_answer: fn(LastSick) -> &'static str,
    /// When did it start?
    pub since: &'static str,
    /// Leaves at.
    pub leaves: &'static str,
    /// Back at.
    pub returns: &'static str,
    /// Which festival?
    pub which: &'static str,
    /// Which competition or performance?
    pub which_event: &'static str,
    /// The reason in own words.
    pub other: &'static str,
    /// The office rings.
    pub ring: &'static str,
    /// Add a note.
    pub note: &'static str,
    /// Opens the note.
    pub write: &'static str,
    /// Label of the note.
    pub note_label: &'static str,
    /// The button.
    pub send: &'static str,
    /// Under the button.
    pub school_decides: &'static str,
    /// Leaves the page.
    pub back: &'static str,
    /// Good to know (read out).
    pub good_to_know: &'static str,
    /// Different reasons: question and answer.
    pub tip_different: (&'static str, &'static str),
    /// After the close: question and answer, given the time of close.
    pub tip_late: (fn(&str) -> String, &'static str),
    /// In danger: question and answer.
    pub tip_danger: (&'static str, &'static str),
    /// Heading of the page when this form was sent before with other answers: given the time.
    pub already: fn(&str) -> String,
    /// What that page says.
    pub already_lead: &'static str,
    /// Links to what was sent.
    pub already_receipt: &'static str,
    /// The button that sends the new answers instead.
    pub send_change: &'static str,
    /// It is too late to change or withdraw.
    pub cannot_change_title: &'static str,
    /// What was to be changed has been coded meanwhile: given the telephone number.
    pub cannot_change: fn(&str) -> String,
    /// No day on offer: the calendar has run out. Given the telephone number.
    pub no_days: fn(&str) -> String,
    /// What islands say too.
    pub trouble: ReportTrouble,
}

/// What can go wrong with a report: said by the page and by its island alike.
#[derive(Debug)]
pub struct ReportTrouble {
    /// Heading of the errors, given how many.
    pub errors: fn(usize) -> String,
    /// What is wrong with a field.
    pub problem: fn(Field, Problem) -> String,
    /// While an island sends.
    pub sending: &'static str,
    /// An island found no way to the school: given the telephone number.
    pub not_sent: fn(&str) -> String,
}

impl ReportTrouble {
    /// Problems as people read them, each with the id of its element; `reason` is the one chosen.
    #[must_use]
    pub fn said(&self, problems: &[(Field, Problem)], reason: &str) -> Vec<(String, String)> {
        problems.iter().map(|(field, problem)| (anchor(*field, reason), (self.problem)(*field, *problem))).collect()
    }
}
