//! Letters and photos as staff who read reports see them.

use app::rules::{id::EvidenceId, reference::Reference};
use chrono::NaiveDate;

use super::{
    EvidenceFile, School, StoreError,
    db::{columns, rows},
    evidence::FileRow,
    roster::full_name,
};

/// What a submission brought with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceSeen {
    /// Who sent it.
    pub from: String,
    /// The day it is about.
    pub day: NaiveDate,
    /// The children it is about: whole name and class.
    pub children: Vec<(String, String)>,
    /// The files, in the order in which they came.
    pub files: Vec<EvidenceFile>,
}

columns! {
    struct ChildRow {
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        day: NaiveDate,
        from_forename: String,
        from_surname: String,
    }
}

impl School {
    /// What a submission brought with it. `None` where there is none, and where it was withdrawn or
    /// changed: then it is no business of the school's any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn evidence_seen(&self, reference: &Reference) -> Result<Option<EvidenceSeen>, StoreError> {
        let children = rows!(
            self.db(),
            ChildRow,
            "SELECT p.forename, p.surname, p.known_as, c.name AS class, r.day, g.forename AS from_forename, g.surname AS from_surname \
             FROM submission s \
             JOIN report r ON r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
             JOIN guardian g ON g.school_id = s.school_id AND g.guardian_id = s.guardian_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE s.school_id = $1 AND s.reference = $2 AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL \
             ORDER BY c.year DESC, p.forename, p.pupil_id",
            self.id(),
            reference.as_str()
        )?;
        let Some(first) = children.first() else { return Ok(None) };
        let files = rows!(
            self.db(),
            FileRow,
            "SELECT e.evidence_id, e.name, e.kind, e.size, e.added_at FROM submission s \
             JOIN evidence e ON e.school_id = s.school_id AND e.guardian_id = s.guardian_id AND e.submission_id = s.submission_id \
             WHERE s.school_id = $1 AND s.reference = $2 AND e.removed_at IS NULL ORDER BY e.added_at, e.evidence_id",
            self.id(),
            reference.as_str()
        )?;
        Ok(Some(EvidenceSeen {
            from: full_name(&first.from_forename, &first.from_surname),
            day: first.day,
            files: files.into_iter().map(EvidenceFile::try_from).collect::<Result<_, _>>()?,
            children: children
                .into_iter()
                .map(|row| (full_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname), row.class))
                .collect(),
        }))
    }

    /// One of these files.
    ///
    /// # Errors
    /// What the database says.
    pub async fn evidence_file_seen(
        &self,
        reference: &Reference,
        evidence: &EvidenceId,
    ) -> Result<Option<EvidenceFile>, StoreError> {
        let found = self.evidence_seen(reference).await?;
        Ok(found.and_then(|all| all.files.into_iter().find(|file| file.evidence == *evidence)))
    }
}
