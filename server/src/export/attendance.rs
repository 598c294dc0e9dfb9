//! Every child's attendance by a date, a line for each child.

use std::collections::BTreeMap;

use app::rules::{
    calendar::Calendar,
    figures::{AsOf, Figures},
};
use chrono::NaiveDate;

use crate::store::{RollChild, School, StoreError};

/// The columns, in their order: other programs read them by these names.
pub const COLUMNS: [&str; 15] = [
    "upn",
    "class",
    "possible",
    "attended",
    "authorised",
    "unauthorised",
    "late",
    "not_recorded",
    "shown_percent",
    "below_95",
    "persistent",
    "severe",
    "window_sessions",
    "window_sessions_without_n",
    "window_state",
];

/// The file, and how many children are in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file's bytes.
    pub csv: Vec<u8>,
    /// How many children.
    pub children: usize,
}

/// The file of a date: every child on roll on it, by class and then UPN; their year groups are those of `today`.
/// `None` where the calendar has no term in the date's school year.
///
/// # Errors
/// What the database says.
pub async fn attendance(
    school: &School,
    calendar: &Calendar,
    date: NaiveDate,
    today: NaiveDate,
) -> Result<Option<Exported>, StoreError> {
    let Some(as_of) = AsOf::new(date, calendar) else { return Ok(None) };
    let roll = school.roll_on(date, "").await?;
    let mut records = vec![COLUMNS.map(str::to_owned).to_vec()];
    let mut by_year = BTreeMap::new();
    for child in &roll {
        let as_of = by_year.entry(child.year).or_insert_with(|| as_of.for_year_group(child.year, today));
        let marks = school.marks_of(&child.pupil_id, as_of.days()).await?;
        records.push(record(child, as_of.figures(child.known, &marks)));
    }
    // No byte order mark: the first column is called "upn" and nothing else.
    Ok(Some(Exported { csv: super::csv(b"", records), children: roll.len() }))
}

fn record(child: &RollChild, figures: Figures) -> Vec<String> {
    let tally = figures.tally;
    vec![
        child.upn.clone(),
        child.class.clone(),
        tally.possible().to_string(),
        tally.attended.to_string(),
        tally.authorised.to_string(),
        tally.unauthorised.to_string(),
        tally.late.to_string(),
        figures.not_recorded.to_string(),
        tally.shown().map(|percent| percent.to_string()).unwrap_or_default(),
        tally.is_below_95().to_string(),
        tally.is_persistent().to_string(),
        tally.is_severe().to_string(),
        figures.window_sessions.to_string(),
        figures.window_without_n.to_string(),
        figures.window_state.word().to_owned(),
    ]
}
