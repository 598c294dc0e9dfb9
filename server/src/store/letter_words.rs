//! The words that the school has given its letters: a whole text for each change, and the last one counts.

use app::rules::{id::StaffId, letter::Letter};
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    db::{row, run},
    journal::{self, Actor, Line},
    micros,
};

/// What became of changed words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordsKept {
    /// They count from now on.
    Done,
    /// Somebody else has changed them meanwhile. Nothing was kept.
    Changed,
}

impl School {
    /// The school's own words of a letter and their version; `None` while the program's count.
    ///
    /// # Errors
    /// What the database says.
    pub async fn letter_words(&self, letter: Letter) -> Result<Option<(i64, String)>, StoreError> {
        row!(
            self.db(),
            (i64, String),
            "SELECT version, body FROM letter_template WHERE school_id = $1 AND letter = $2 ORDER BY version DESC LIMIT 1",
            self.id(),
            letter.word()
        )
    }

    /// Changes the words of a letter. Letters that are made stay as they are.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn keep_letter_words(
        &self,
        letter: Letter,
        (seen, body): (i64, String),
        by: &StaffId,
        at: DateTime<Utc>,
    ) -> Result<WordsKept, StoreError> {
        let (id, by) = (self.id().to_owned(), by.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let before = row!(
                        &mut *work,
                        (i64, String),
                        "SELECT version, body FROM letter_template WHERE school_id = $1 AND letter = $2 ORDER BY version DESC LIMIT 1",
                        id.as_str(),
                        letter.word()
                    )?;
                    let version = before.as_ref().map_or(0, |(version, _)| *version);
                    if version != seen {
                        return Ok(WordsKept::Changed);
                    }
                    run!(
                        &mut *work,
                        "INSERT INTO letter_template (school_id, letter, version, body, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6)",
                        id.as_str(),
                        letter.word(),
                        version + 1,
                        body.as_str(),
                        micros(at),
                        by.as_str()
                    )?;
                    let actor = Actor::Staff(by.to_string());
                    let line = Line {
                        at,
                        actor: &actor,
                        action: "keep_letter_words",
                        subject_kind: "letter_template",
                        subject_id: letter.word(),
                        fields: &[("body", before.as_ref().map(|(_, body)| body.as_str()), Some(&body))],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(WordsKept::Done)
                })
            })
            .await
    }
}
