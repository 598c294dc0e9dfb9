//! `nine-fifteen export attendance`: every child's figures by a date, with no server up.

use std::path::Path;

use app::{rules::london, words::words};
use chrono::NaiveDate;

use crate::{
    clock::Clock,
    config::File,
    export::attendance::attendance,
    start::{self, StartError},
    store::journal::Actor,
};

/// The file's bytes. That it left is written into the journal.
///
/// # Errors
/// Why there are no figures of that date, or what the store says.
pub async fn run(date: NaiveDate, data: &Path, configuration: File) -> Result<Vec<u8>, StartError> {
    start::needs_data(&configuration, data)?;
    let now = Clock::of_the_machine().now();
    let (store, school) = start::stored_school(data, &configuration, now).await?;
    let policy = start::policy(&school).await?;
    let exported = attendance(&school, &policy.calendar, date, london::today(now)).await?;
    let Some(exported) = exported else {
        store.close().await;
        return Err(StartError::Other((words("en-GB").figures.no_calendar)(date)));
    };
    let actor = Actor::System("command line");
    school.note_export(actor, "export_attendance", date.to_string(), exported.children, now).await?;
    store.close().await;
    Ok(exported.csv)
}
