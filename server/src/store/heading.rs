//! Heads of files that staff have explained once and for all.

use app::rules::id::StaffId;
use chrono::{DateTime, Utc};

use super::{
    FileKind, School, StoreError,
    db::{columns, rows, run},
    journal::{self, Actor, Line},
    micros,
};

columns! {
    /// A head and what it means.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Heading {
        /// Without capitals, blanks and marks.
        pub head: String,
        /// As it stood in the file.
        pub shown: String,
        /// The word of its meaning; "" for nothing.
        pub meaning: String,
    }
}

impl School {
    /// The heads of one kind of file that staff have explained.
    ///
    /// # Errors
    /// What the database says.
    pub async fn headings(&self, kind: FileKind) -> Result<Vec<Heading>, StoreError> {
        rows!(
            self.db(),
            Heading,
            "SELECT head, shown, meaning FROM heading WHERE school_id = $1 AND kind = $2 ORDER BY head",
            self.id(),
            kind.word()
        )
    }

    /// Keeps what these heads mean, in place of what was said of them before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_headings(
        &self,
        kind: FileKind,
        headings: Vec<Heading>,
        by: &StaffId,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (id, by) = (self.id().to_owned(), by.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    for heading in &headings {
                        run!(
                            &mut *work,
                            "INSERT INTO heading (school_id, kind, head, shown, meaning, set_at, set_by) \
                             VALUES ($1, $2, $3, $4, $5, $6, $7) \
                             ON CONFLICT (school_id, kind, head) DO UPDATE SET shown = excluded.shown, \
                             meaning = excluded.meaning, set_at = excluded.set_at, set_by = excluded.set_by",
                            id.as_str(),
                            kind.word(),
                            heading.head.as_str(),
                            heading.shown.as_str(),
                            heading.meaning.as_str(),
                            micros(now),
                            by.as_str()
                        )?;
                    }
                    let actor = Actor::Staff(by.to_string());
                    let said: Vec<String> =
                        headings.iter().map(|heading| format!("{}={}", heading.head, heading.meaning)).collect();
                    let said = said.join(" ");
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "explain_heads",
                        subject_kind: "heads",
                        subject_id: kind.word(),
                        fields: &[("heads", None, Some(said.as_str()))],
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// Forgets what a head means.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_heading(
        &self,
        kind: FileKind,
        head: String,
        actor: Actor,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let gone = run!(
                        &mut *work,
                        "DELETE FROM heading WHERE school_id = $1 AND kind = $2 AND head = $3",
                        id.as_str(),
                        kind.word(),
                        head.as_str()
                    )?;
                    if gone == 0 {
                        return Ok(());
                    }
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "forget_head",
                        subject_kind: "heads",
                        subject_id: kind.word(),
                        fields: &[("heads", Some(head.as_str()), None)],
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }
}
