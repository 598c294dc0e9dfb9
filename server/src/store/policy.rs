//! The school's policy as rows: a value a row, with the language of its words.

use super::{
    School, StoreError,
    db::{rows, run},
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
}
