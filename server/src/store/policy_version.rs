//! The attendance policy as it is published: every version whole, never changed afterwards, and the last one counts.

use app::rules::{
    declaration::{Manifest, PolicyText},
    id::{PolicyFileId, StaffId},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
    policy_draft::{draft_saved, drop_policy_draft},
    policy_file::{FileKept, file_kept},
    writer::Work,
};
use crate::forms::fingerprint;

columns! {
    struct VersionRow {
        version: i64,
        title: String,
        body: String,
        summary: String,
        changes: String,
        adopted: NaiveDate,
        renewal: NaiveDate,
        statement: String,
        file_id: Option<String>,
        manifest: String,
        sha256: String,
        published_at: DateTime<Utc>,
        name: Option<String>,
    }
}

/// A version as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyVersion {
    /// Its number; the first is 1.
    pub version: i64,
    /// What it says.
    pub text: PolicyText,
    /// What is declared about it.
    pub statement: String,
    /// The file that stands beside the text.
    pub file: Option<PolicyFileId>,
    /// The digests of all of it, in one text.
    pub manifest: String,
    /// Of the manifest.
    pub sha256: String,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// Who published it, by name.
    pub by: Option<String>,
}

columns! {
    /// A version in the list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct PolicyListed {
        /// Its number.
        pub version: i64,
        /// When it was adopted.
        pub adopted: NaiveDate,
        /// When it was published.
        pub published_at: DateTime<Utc>,
        /// Who published it, by name.
        pub name: Option<String>,
    }
}

/// A version to be published.
#[derive(Debug, Clone)]
pub struct NewPolicyVersion {
    /// The version it follows; 0 for the first.
    pub after: i64,
    /// The saving of the draft that was looked at; `None` where there is no draft, in the demo.
    pub saved: Option<i64>,
    /// What it says.
    pub text: PolicyText,
    /// What is declared about it.
    pub statement: String,
    /// The file that stands beside the text.
    pub file: Option<PolicyFileId>,
    /// Who; `None` for the demo's.
    pub by: Option<StaffId>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Published {
    /// It counts from now on: its number.
    Done(i64),
    /// Somebody has saved the draft, or published a version, meanwhile. Nothing was published.
    Changed,
}

impl From<VersionRow> for PolicyVersion {
    fn from(row: VersionRow) -> Self {
        let VersionRow { title, body, summary, changes, adopted, renewal, .. } = row;
        Self {
            version: row.version,
            text: PolicyText { title, text: body, summary, changes, adopted, renewal },
            statement: row.statement,
            file: row.file_id.as_deref().and_then(PolicyFileId::parse),
            manifest: row.manifest,
            sha256: row.sha256,
            published_at: row.published_at,
            by: row.name,
        }
    }
}

/// The manifest of these parts.
fn manifest(version: i64, text: &PolicyText, statement: &str, file: Option<&FileKept>) -> Manifest {
    Manifest {
        version,
        adopted: text.adopted,
        renewal: text.renewal,
        title: fingerprint(&text.title),
        text: fingerprint(&text.text),
        summary: fingerprint(&text.summary),
        changes: fingerprint(&text.changes),
        statement: fingerprint(statement),
        file: file.map(|file| (file.size, file.sha256.clone())),
    }
}

/// The number of the version that counts, within a job's transaction; 0 before there is one.
pub(super) async fn latest(work: &mut Work, school: &str) -> Result<i64, StoreError> {
    let found = row!(
        &mut *work,
        (i64,),
        "SELECT version FROM policy_version WHERE school_id = $1 ORDER BY version DESC LIMIT 1",
        school
    )?;
    Ok(found.map_or(0, |(version,)| version))
}

impl School {
    /// The policy that counts; `None` before one was published.
    ///
    /// # Errors
    /// What the database says.
    pub async fn policy_version(&self) -> Result<Option<PolicyVersion>, StoreError> {
        let found = row!(
            self.db(),
            VersionRow,
            "SELECT v.version, v.title, v.body, v.summary, v.changes, v.adopted, v.renewal, v.statement, v.file_id, v.manifest, v.sha256, \
             v.published_at, s.name FROM policy_version v \
             LEFT JOIN staff s ON s.school_id = v.school_id AND s.staff_id = v.published_by \
             WHERE v.school_id = $1 ORDER BY v.version DESC LIMIT 1",
            self.id()
        )?;
        Ok(found.map(PolicyVersion::from))
    }

    /// A version, whichever counts.
    ///
    /// # Errors
    /// What the database says.
    pub async fn policy_version_at(&self, version: i64) -> Result<Option<PolicyVersion>, StoreError> {
        let found = row!(
            self.db(),
            VersionRow,
            "SELECT v.version, v.title, v.body, v.summary, v.changes, v.adopted, v.renewal, v.statement, v.file_id, v.manifest, v.sha256, \
             v.published_at, s.name FROM policy_version v \
             LEFT JOIN staff s ON s.school_id = v.school_id AND s.staff_id = v.published_by \
             WHERE v.school_id = $1 AND v.version = $2",
            self.id(),
            version
        )?;
        Ok(found.map(PolicyVersion::from))
    }

    /// Every version, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn policy_versions(&self) -> Result<Vec<PolicyListed>, StoreError> {
        rows!(
            self.db(),
            PolicyListed,
            "SELECT v.version, v.adopted, v.published_at, s.name FROM policy_version v \
             LEFT JOIN staff s ON s.school_id = v.school_id AND s.staff_id = v.published_by \
             WHERE v.school_id = $1 ORDER BY v.version DESC",
            self.id()
        )
    }

    /// The number of the version that counts; 0 before there is one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn policy_number(&self) -> Result<i64, StoreError> {
        let found = row!(
            self.db(),
            (i64,),
            "SELECT version FROM policy_version WHERE school_id = $1 ORDER BY version DESC LIMIT 1",
            self.id()
        )?;
        Ok(found.map_or(0, |(version,)| version))
    }

    /// What of a version is not as its manifest says: the parts' names. Empty while everything is as it was published.
    ///
    /// # Errors
    /// What the database says.
    pub async fn policy_faults(&self, found: &PolicyVersion) -> Result<Vec<&'static str>, StoreError> {
        let mut faults = Vec::new();
        if fingerprint(&found.manifest) != found.sha256 {
            faults.push("manifest");
        }
        let file = match &found.file {
            Some(id) => {
                let kept = self.policy_file(id).await?;
                let digest = self.policy_file_digest(id).await?;
                if kept.as_ref().is_none_or(|kept| kept.sha256 != digest) {
                    faults.push("file");
                }
                kept.map(|kept| FileKept { size: kept.size, sha256: digest })
            }
            None => None,
        };
        let now = manifest(found.version, &found.text, &found.statement, file.as_ref()).canonical();
        for part in ["version", "adopted", "renewal", "title", "text", "summary", "changes", "statement", "file"] {
            if Manifest::part(&now, part) != Manifest::part(&found.manifest, part) && !faults.contains(&part) {
                faults.push(part);
            }
        }
        Ok(faults)
    }

    /// Publishes a version; everybody is asked again. The draft it was made from goes.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn publish_policy(&self, new: NewPolicyVersion) -> Result<Published, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let before = row!(
                        &mut *work,
                        (i64, String),
                        "SELECT version, sha256 FROM policy_version WHERE school_id = $1 ORDER BY version DESC LIMIT 1",
                        id.as_str()
                    )?;
                    let (last, before) = before.unwrap_or_default();
                    let saved = draft_saved(work, &id).await?;
                    if last != new.after || new.saved.is_some_and(|seen| saved != Some(seen)) {
                        return Ok(Published::Changed);
                    }
                    let version = last + 1;
                    let file = match &new.file {
                        Some(file) => Some(file_kept(work, &id, file).await?.ok_or(StoreError::Unreadable("policy_file"))?),
                        None => None,
                    };
                    let text = &new.text;
                    let manifest = manifest(version, text, &new.statement, file.as_ref()).canonical();
                    let sha256 = fingerprint(&manifest);
                    run!(
                        &mut *work,
                        "INSERT INTO policy_version (school_id, version, title, body, summary, changes, adopted, renewal, statement, file_id, \
                         manifest, sha256, published_at, published_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
                        id.as_str(),
                        version,
                        text.title.as_str(),
                        text.text.as_str(),
                        text.summary.as_str(),
                        text.changes.as_str(),
                        text.adopted,
                        text.renewal,
                        new.statement.as_str(),
                        new.file.as_ref().map(PolicyFileId::as_str),
                        manifest.as_str(),
                        sha256.as_str(),
                        micros(new.at),
                        new.by.as_ref().map_or("", StaffId::as_str)
                    )?;
                    drop_policy_draft(work, &id).await?;
                    let actor = match &new.by {
                        Some(staff) => Actor::Staff(staff.to_string()),
                        None => Actor::System("demo"),
                    };
                    let number = version.to_string();
                    let line = Line {
                        at: new.at,
                        actor: &actor,
                        action: "publish_policy",
                        subject_kind: "policy",
                        subject_id: &number,
                        fields: &[("sha256", Some(&before).filter(|it| !it.is_empty()).map(String::as_str), Some(&sha256))],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(Published::Done(version))
                })
            })
            .await
    }
}
