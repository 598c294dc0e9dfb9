//! The school's policy as rows: a value a row, with the language of its words.

use app::rules::retention::Retention;
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    db::{rows, run},
    journal::{self, Actor, Line},
};

impl School {
    /// The settings as (path, language, JSON value).
    ///
    /// # Errors
    /// What the database says.
    pub async fn settings(&self) -> Result<Vec<(String, String, String)>, StoreError> {
        Ok(rows!(
            self.db(),
            (String, String, String),
            "SELECT key, language, value FROM setting WHERE school_id = $1 ORDER BY key, language",
            self.id(),
        )?)
    }

    /// Writes settings that are not there yet; what staff have changed stays as it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seed_settings(&self, settings: Vec<(String, String, String)>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    for (key, language, value) in &settings {
                        run!(&mut *work,
                            "INSERT INTO setting (school_id, key, language, value) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
                            id.as_str(), key.as_str(), language.as_str(), value.as_str())?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Keeps how long staff have decided to keep what is kept; a line of the journal says which numbers changed.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn keep_retention(
        &self,
        was: Retention,
        is: Retention,
        by: Actor,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let numbers = was.numbers().into_iter().zip(is.numbers());
                    let texts: Vec<_> = numbers
                        .filter(|(was, is)| was != is)
                        .map(|(was, is)| (is.key, was.value.to_string(), is.value.to_string()))
                        .collect();
                    if texts.is_empty() {
                        return Ok(());
                    }
                    for (key, _, value) in &texts {
                        run!(
                            &mut *work,
                            "INSERT INTO setting (school_id, key, language, value) VALUES ($1, $2, '', $3) \
                             ON CONFLICT (school_id, key, language) DO UPDATE SET value = excluded.value",
                            id.as_str(),
                            format!("retention.{key}"),
                            value.as_str()
                        )?;
                    }
                    let fields: Vec<_> =
                        texts.iter().map(|(key, was, is)| (*key, Some(was.as_str()), Some(is.as_str()))).collect();
                    let line = Line {
                        at: now,
                        actor: &by,
                        action: "keep_retention",
                        subject_kind: "school",
                        subject_id: &id,
                        fields: &fields,
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }
}
