//! Who read whose health words (ASVS 16.3.2). A line here never holds the words.

use app::rules::id::ReportId;
use chrono::{DateTime, Utc};

use super::{School, StoreError, db::run, journal::Actor, micros, writer::Work};

/// One reading of health words.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Who read.
    pub reader: Actor,
    /// On which page.
    pub what: &'static str,
    /// Whose words, or which day's.
    pub subject: String,
    /// When.
    pub at: DateTime<Utc>,
}

impl School {
    /// Notes a reading. The page waits for it: no reading goes unnoted.
    ///
    /// # Errors
    /// What the database says; then the page must not be shown.
    pub async fn note_reading(&self, reading: Reading) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { note(work, &id, &reading).await })).await
    }
}

/// The same as a part of a larger task.
pub(super) async fn note(work: &mut Work, school: &str, reading: &Reading) -> Result<(), StoreError> {
    let (kind, reader) = match &reading.reader {
        Actor::Guardian(id) => ("guardian", id.as_str()),
        Actor::Staff(id) => ("staff", id.as_str()),
        Actor::Token(id) => ("token", id.as_str()),
        Actor::System(part) => ("system", *part),
    };
    let reading_id = ReportId::from_bytes(rand::random());
    run!(
        &mut *work,
        "INSERT INTO reading (school_id, reading_id, at, reader_kind, reader_id, what, subject_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        school,
        reading_id.as_str(),
        micros(reading.at),
        kind,
        reader,
        reading.what,
        reading.subject.as_str()
    )?;
    Ok(())
}
