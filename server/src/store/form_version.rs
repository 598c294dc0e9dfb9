//! The school's forms: every change makes a version, and the last one counts. What was signed keeps its own.

use app::rules::id::StaffId;
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
};

/// How many versions are listed.
const LISTED: i64 = 30;

columns! {
    /// A form as the school has it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct FormKept {
        /// Its version; the first is 1.
        pub version: i64,
        /// Its questions and words, as TOML.
        pub body: String,
        /// Of the body's bytes, in hexadecimal figures.
        pub sha256: String,
    }
}

columns! {
    /// A version in the list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct FormChange {
        /// Its version.
        pub version: i64,
        /// When it was made.
        pub made_at: DateTime<Utc>,
        /// Who made it, by name; `None` for the one that came with the program.
        pub name: Option<String>,
    }
}

/// A form to be kept.
#[derive(Debug, Clone)]
pub struct NewForm {
    /// Which form: "leave".
    pub form: &'static str,
    /// The version it was made from.
    pub seen: i64,
    /// Questions and words, as TOML, looked over.
    pub body: String,
    /// Of the body's bytes, in hexadecimal figures.
    pub sha256: String,
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormSaved {
    /// It counts from now on.
    Done,
    /// It says what the form said before: nothing was kept.
    Same,
    /// Somebody else has changed the form meanwhile. Nothing was kept.
    Changed,
}

impl School {
    /// The form that counts; `None` before it was seeded.
    ///
    /// # Errors
    /// What the database says.
    pub async fn form(&self, form: &str) -> Result<Option<FormKept>, StoreError> {
        row!(
            self.db(),
            FormKept,
            "SELECT version, body, sha256 FROM form_version WHERE school_id = $1 AND form = $2 ORDER BY version DESC LIMIT 1",
            self.id(),
            form
        )
    }

    /// The form as a version had it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn form_at(&self, form: &str, version: i64) -> Result<Option<FormKept>, StoreError> {
        row!(
            self.db(),
            FormKept,
            "SELECT version, body, sha256 FROM form_version WHERE school_id = $1 AND form = $2 AND version = $3",
            self.id(),
            form,
            version
        )
    }

    /// The form's versions, latest first, some of them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn form_changes(&self, form: &str) -> Result<Vec<FormChange>, StoreError> {
        rows!(
            self.db(),
            FormChange,
            "SELECT v.version, v.made_at, s.name FROM form_version v \
             LEFT JOIN staff s ON s.school_id = v.school_id AND s.staff_id = v.made_by \
             WHERE v.school_id = $1 AND v.form = $2 ORDER BY v.version DESC LIMIT $3",
            self.id(),
            form,
            LISTED
        )
    }

    /// Gives the school a form that it does not have yet; one that it has stays as it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seed_form(
        &self,
        form: &'static str,
        body: &'static str,
        sha256: String,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "INSERT INTO form_version (school_id, form, version, body, sha256, made_at, made_by) \
                         SELECT $1, $2, $3, $4, $5, $6, '' WHERE NOT EXISTS (SELECT 1 FROM form_version WHERE school_id = $1 AND form = $2)",
                        id.as_str(),
                        form,
                        1_i64,
                        body,
                        sha256.as_str(),
                        micros(at)
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// Changes a form. Drafts go on with the new questions; what was signed keeps those of its day.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn keep_form(&self, new: NewForm) -> Result<FormSaved, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let before = row!(
                        &mut *work,
                        (i64, String),
                        "SELECT version, sha256 FROM form_version WHERE school_id = $1 AND form = $2 ORDER BY version DESC LIMIT 1",
                        id.as_str(),
                        new.form
                    )?;
                    let (version, before) = before.unwrap_or_default();
                    if version != new.seen {
                        return Ok(FormSaved::Changed);
                    }
                    if before == new.sha256 {
                        return Ok(FormSaved::Same);
                    }
                    run!(
                        &mut *work,
                        "INSERT INTO form_version (school_id, form, version, body, sha256, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6, $7)",
                        id.as_str(),
                        new.form,
                        version + 1,
                        new.body.as_str(),
                        new.sha256.as_str(),
                        micros(new.at),
                        new.by.as_str()
                    )?;
                    let actor = Actor::Staff(new.by.to_string());
                    let number = (version + 1).to_string();
                    let line = Line {
                        at: new.at,
                        actor: &actor,
                        action: "keep_form",
                        subject_kind: "form",
                        subject_id: new.form,
                        fields: &[
                            ("version", None, Some(&number)),
                            ("sha256", Some(&before), Some(&new.sha256)),
                        ],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(FormSaved::Done)
                })
            })
            .await
    }
}
