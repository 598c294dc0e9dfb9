//! The version of the policy that is being written: one a school, kept as it is typed.

use app::rules::{
    declaration::PolicyDraft,
    id::{PolicyFileId, StaffId},
};
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    db::{columns, row, run},
    micros,
    policy_file::{NewPolicyFile, put_policy_file},
    policy_version::latest,
    writer::Work,
};

/// The draft as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyDraftKept {
    /// As typed.
    pub draft: PolicyDraft,
    /// The file beside it.
    pub file: Option<PolicyFileId>,
    /// Grows with every saving.
    pub saved: i64,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// Who saved it, by name.
    pub by: Option<String>,
}

/// A draft to be saved.
#[derive(Debug, Clone)]
pub struct NewPolicyDraft {
    /// The saving it was made from; 0 where there was no draft.
    pub seen: i64,
    /// The version it was made from; 0 before there is one. Savings are counted anew after each.
    pub after: i64,
    /// As typed.
    pub draft: PolicyDraft,
    /// The file beside it: another, none from now on, or as before.
    pub file: DraftFile,
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What becomes of the file beside a draft.
#[derive(Debug, Clone)]
pub enum DraftFile {
    /// It stays.
    Stays,
    /// There is none from now on.
    Gone,
    /// This one takes its place.
    New(Box<NewPolicyFile>),
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyDraftSaved {
    /// Kept: the number of the saving.
    Done(i64),
    /// Somebody else has saved it, or published a version, meanwhile. Nothing was kept.
    Changed,
}

/// The number of the draft's last saving.
pub(super) async fn draft_saved(work: &mut Work, school: &str) -> Result<Option<i64>, StoreError> {
    let found = row!(&mut *work, (i64,), "SELECT saved FROM policy_draft WHERE school_id = $1", school)?;
    Ok(found.map(|(saved,)| saved))
}

/// Removes the draft; its file stays, a version may have it.
pub(super) async fn drop_policy_draft(work: &mut Work, school: &str) -> Result<(), StoreError> {
    run!(&mut *work, "DELETE FROM policy_draft WHERE school_id = $1", school)?;
    Ok(())
}

impl School {
    /// The draft, if one is kept.
    ///
    /// # Errors
    /// What the database says.
    pub async fn policy_draft(&self) -> Result<Option<PolicyDraftKept>, StoreError> {
        columns! {
            struct Row {
                title: String,
                body: String,
                summary: String,
                changes: String,
                adopted: String,
                renewal: String,
                file_id: Option<String>,
                saved: i64,
                saved_at: DateTime<Utc>,
                name: Option<String>,
            }
        }
        let found = row!(
            self.db(),
            Row,
            "SELECT d.title, d.body, d.summary, d.changes, d.adopted, d.renewal, d.file_id, d.saved, d.saved_at, s.name FROM policy_draft d \
             LEFT JOIN staff s ON s.school_id = d.school_id AND s.staff_id = d.saved_by WHERE d.school_id = $1",
            self.id()
        )?;
        Ok(found.map(|row| PolicyDraftKept {
            draft: PolicyDraft {
                title: row.title,
                text: row.body,
                summary: row.summary,
                changes: row.changes,
                adopted: row.adopted,
                renewal: row.renewal,
            },
            file: row.file_id.as_deref().and_then(PolicyFileId::parse),
            saved: row.saved,
            saved_at: row.saved_at,
            by: row.name,
        }))
    }

    /// Saves the draft as it was typed, with its file.
    ///
    /// # Errors
    /// [`StoreError::Full`] for a file while the disk has less room left than is kept for reports; else what the database
    /// says. Nothing is changed then.
    pub async fn save_policy_draft(&self, new: NewPolicyDraft) -> Result<PolicyDraftSaved, StoreError> {
        if matches!(new.file, DraftFile::New(_)) {
            self.store.has_room_for_files()?;
        }
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let saved = draft_saved(work, &id).await?.unwrap_or(0);
                    if saved != new.seen || latest(work, &id).await? != new.after {
                        return Ok(PolicyDraftSaved::Changed);
                    }
                    if let DraftFile::New(file) = &new.file {
                        put_policy_file(work, &id, file).await?;
                    }
                    let draft = &new.draft;
                    run!(
                        &mut *work,
                        "INSERT INTO policy_draft (school_id, title, body, summary, changes, adopted, renewal, saved, saved_at, saved_by) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (school_id) DO UPDATE SET title = $2, body = $3, \
                         summary = $4, changes = $5, adopted = $6, renewal = $7, saved = $8, saved_at = $9, saved_by = $10",
                        id.as_str(),
                        draft.title.as_str(),
                        draft.text.as_str(),
                        draft.summary.as_str(),
                        draft.changes.as_str(),
                        draft.adopted.as_str(),
                        draft.renewal.as_str(),
                        saved + 1,
                        micros(new.at),
                        new.by.as_str()
                    )?;
                    let file = match &new.file {
                        DraftFile::Stays => None,
                        DraftFile::Gone => Some(None),
                        DraftFile::New(file) => Some(Some(file.file.as_str())),
                    };
                    if let Some(file) = file {
                        let before = row!(
                            &mut *work,
                            (Option<String>,),
                            "SELECT file_id FROM policy_draft WHERE school_id = $1",
                            id.as_str()
                        )?;
                        run!(
                            &mut *work,
                            "UPDATE policy_draft SET file_id = $2 WHERE school_id = $1",
                            id.as_str(),
                            file
                        )?;
                        // One that was never published is nobody's any more.
                        if let Some((Some(before),)) = before {
                            run!(
                                &mut *work,
                                "DELETE FROM policy_file WHERE school_id = $1 AND file_id = $2 \
                                 AND NOT EXISTS (SELECT 1 FROM policy_version v WHERE v.school_id = $1 AND v.file_id = $2)",
                                id.as_str(),
                                before.as_str()
                            )?;
                        }
                    }
                    Ok(PolicyDraftSaved::Done(saved + 1))
                })
            })
            .await
    }
}
