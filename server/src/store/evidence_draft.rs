//! Letters and photos that stand with a form before it is sent. They go with the draft, and over to the request in the
//! transaction that signs it.

use app::rules::{
    evidence::{MOST_BYTES_OF_ONE, MOST_FILES},
    id::{EvidenceId, GuardianId, SubmissionId},
    reference::Reference,
};
use chrono::{DateTime, Utc};

use super::{
    Added, Drafter, EvidenceFile, School, StoreError,
    db::{columns, row, rows, run},
    evidence::{FileRow, PIECE},
    form_draft::{self, Draft},
    journal::{self, Actor, Line},
    micros,
    writer::Work,
};
use crate::evidence::Clean;

/// What stands with a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftEvidence {
    /// The files, in the order in which they came.
    pub files: Vec<EvidenceFile>,
    /// How many more there may be: what stands with the request whose place it takes counts.
    pub more: usize,
}

columns! {
    struct KeptRow {
        evidence_id: String,
        size: i64,
        sha256: String,
    }
}

/// How many files stand with the request whose place a draft takes.
macro_rules! earlier {
    ($on:expr, $school:expr, $draft:expr) => {{
        let reference = $draft.instead_of.as_ref().map_or("", Reference::as_str);
        let found = row!(
            $on,
            (i64,),
            "SELECT COUNT(*) FROM submission s \
             JOIN evidence e ON e.school_id = s.school_id AND e.guardian_id = s.guardian_id AND e.submission_id = s.submission_id \
             WHERE s.school_id = $1 AND s.reference = $2 AND s.guardian_id = $3 AND e.removed_at IS NULL",
            $school,
            reference,
            $draft.guardian.as_str()
        )?;
        usize::try_from(found.map_or(0, |(count,)| count)).unwrap_or(MOST_FILES)
    }};
}

impl School {
    /// What stands with a draft; `None` where there is none of theirs.
    ///
    /// # Errors
    /// What the database says.
    pub async fn draft_evidence(
        &self,
        whose: &Drafter,
        draft: &SubmissionId,
        now: DateTime<Utc>,
    ) -> Result<Option<DraftEvidence>, StoreError> {
        let Some(draft) = self.draft(whose, draft, now).await? else { return Ok(None) };
        let files = rows!(
            self.db(),
            FileRow,
            "SELECT evidence_id, name, kind, size, added_at FROM draft_evidence WHERE school_id = $1 AND draft_id = $2 ORDER BY added_at, evidence_id",
            self.id(),
            draft.draft.as_str()
        )?;
        let earlier = earlier!(self.db(), self.id(), draft);
        let files: Vec<EvidenceFile> = files.into_iter().map(EvidenceFile::try_from).collect::<Result<_, _>>()?;
        Ok(Some(DraftEvidence { more: MOST_FILES.saturating_sub(earlier + files.len()), files }))
    }

    /// Keeps a file with a draft.
    ///
    /// # Errors
    /// [`StoreError::Full`] while the disk has less room left than is kept for reports. Whatever it
    /// is, nothing of the file was kept, and what stood before stands.
    pub async fn add_draft_evidence(
        &self,
        whose: &Drafter,
        draft: &SubmissionId,
        file: Clean,
        at: DateTime<Utc>,
    ) -> Result<Added, StoreError> {
        self.store.has_room_for_files()?;
        let (id, whose, draft) = (self.id().to_owned(), whose.clone(), draft.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    match form_draft::find(work, &id, &whose, &draft, at).await? {
                        Some(draft) => add(work, &id, &draft, file, at).await,
                        None => Ok(Added::Nothing),
                    }
                })
            })
            .await
    }

    /// Takes a file away again, its bytes too. `false` where there is none of theirs; it may be gone already.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn remove_draft_evidence(
        &self,
        whose: &Drafter,
        draft: &SubmissionId,
        evidence: &EvidenceId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, whose, draft, evidence) = (self.id().to_owned(), whose.clone(), draft.clone(), evidence.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    if form_draft::find(work, &id, &whose, &draft, now).await?.is_none() {
                        return Ok(false);
                    }
                    let gone = run!(
                        &mut *work,
                        "DELETE FROM draft_evidence WHERE school_id = $1 AND evidence_id = $2 AND draft_id = $3",
                        id.as_str(),
                        evidence.as_str(),
                        draft.as_str()
                    )?;
                    Ok(gone > 0)
                })
            })
            .await
    }
}

async fn add(
    work: &mut Work,
    school: &str,
    draft: &Draft,
    file: Clean,
    at: DateTime<Utc>,
) -> Result<Added, StoreError> {
    let there = rows!(
        &mut *work,
        (String, String),
        "SELECT evidence_id, sha256 FROM draft_evidence WHERE school_id = $1 AND draft_id = $2",
        school,
        draft.draft.as_str()
    )?;
    if let Some((id, _)) = there.iter().find(|(_, sha256)| *sha256 == file.sha256) {
        return Ok(Added::Again(EvidenceId::parse(id).ok_or(StoreError::Unreadable("draft_evidence"))?));
    }
    if there.len() + earlier!(&mut *work, school, draft) >= MOST_FILES {
        return Ok(Added::Five);
    }
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    if bytes_of(work, school, draft.guardian.as_str()).await?.saturating_add(size) > MOST_BYTES_OF_ONE {
        return Ok(Added::NoRoom);
    }
    let evidence = EvidenceId::from_bytes(rand::random());
    run!(
        &mut *work,
        "INSERT INTO draft_evidence (school_id, evidence_id, draft_id, guardian_id, name, kind, size, sha256, added_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        school,
        evidence.as_str(),
        draft.draft.as_str(),
        draft.guardian.as_str(),
        file.name.as_str(),
        file.kind.word(),
        size,
        file.sha256.as_str(),
        micros(at)
    )?;
    for (seq, piece) in (0_i64..).zip(file.bytes.chunks(PIECE)) {
        run!(
            &mut *work,
            "INSERT INTO draft_evidence_piece (school_id, evidence_id, seq, bytes) VALUES ($1, $2, $3, $4)",
            school,
            evidence.as_str(),
            seq,
            piece
        )?;
    }
    Ok(Added::Kept(evidence))
}

/// How many bytes all the files of a guardian have, those with drafts too.
pub(super) async fn bytes_of(work: &mut Work, school: &str, guardian: &str) -> Result<i64, StoreError> {
    let all = row!(
        &mut *work,
        (i64,),
        "SELECT CAST((SELECT COALESCE(SUM(e.size), 0) FROM evidence e WHERE e.school_id = $1 AND e.guardian_id = $2 AND e.removed_at IS NULL) \
         + (SELECT COALESCE(SUM(d.size), 0) FROM draft_evidence d WHERE d.school_id = $1 AND d.guardian_id = $2) AS BIGINT)",
        school,
        guardian
    )?;
    Ok(all.map_or(0, |(all,)| all))
}

/// Whether a draft's files and those of what it takes the place of are few enough for one submission: files may have come to
/// either since the other was counted. The same file in both is one.
pub(super) async fn fit(work: &mut Work, school: &str, draft: &Draft) -> Result<bool, StoreError> {
    let files = rows!(
        &mut *work,
        (String,),
        "SELECT e.sha256 FROM submission s \
         JOIN evidence e ON e.school_id = s.school_id AND e.guardian_id = s.guardian_id AND e.submission_id = s.submission_id \
         WHERE s.school_id = $1 AND s.reference = $2 AND s.guardian_id = $3 AND e.removed_at IS NULL \
         UNION SELECT d.sha256 FROM draft_evidence d WHERE d.school_id = $1 AND d.draft_id = $4",
        school,
        draft.instead_of.as_ref().map_or("", Reference::as_str),
        draft.guardian.as_str(),
        draft.draft.as_str()
    )?;
    Ok(files.len() <= MOST_FILES)
}

/// What stands with a draft goes over to the submission that it has become, within a job's transaction; the draft's own
/// rows go with the draft.
pub(super) async fn hand_over(
    work: &mut Work,
    school: &str,
    (guardian, draft): (&GuardianId, &SubmissionId),
    (actor, at): (&Actor, DateTime<Utc>),
) -> Result<(), StoreError> {
    let files = rows!(
        &mut *work,
        KeptRow,
        "SELECT evidence_id, size, sha256 FROM draft_evidence WHERE school_id = $1 AND draft_id = $2 ORDER BY added_at, evidence_id",
        school,
        draft.as_str()
    )?;
    for file in files {
        // The same file may have come along from the request whose place this one takes.
        let kept = run!(
            &mut *work,
            "INSERT INTO evidence (school_id, evidence_id, guardian_id, submission_id, name, kind, size, sha256, added_at) \
             SELECT d.school_id, d.evidence_id, d.guardian_id, d.draft_id, d.name, d.kind, d.size, d.sha256, d.added_at FROM draft_evidence d \
             WHERE d.school_id = $1 AND d.evidence_id = $2 AND d.guardian_id = $3 ON CONFLICT DO NOTHING",
            school,
            file.evidence_id.as_str(),
            guardian.as_str()
        )?;
        if kept == 0 {
            continue;
        }
        run!(
            &mut *work,
            "INSERT INTO evidence_piece (school_id, evidence_id, seq, bytes) \
             SELECT p.school_id, p.evidence_id, p.seq, p.bytes FROM draft_evidence_piece p WHERE p.school_id = $1 AND p.evidence_id = $2",
            school,
            file.evidence_id.as_str()
        )?;
        let size = file.size.to_string();
        let line = Line {
            at,
            actor,
            action: "add_evidence",
            subject_kind: "submission",
            subject_id: draft.as_str(),
            fields: &[
                ("evidence", None, Some(&file.evidence_id)),
                ("size", None, Some(&size)),
                ("sha256", None, Some(&file.sha256)),
            ],
        };
        journal::write(work, school, line).await?;
    }
    Ok(())
}
