//! Letters and photos that a guardian adds to a submission.
//!
//! Whoever sent the submission sees them, while they may see a child in it; nobody else of the
//! family does. Their bytes lie in pieces, so that neither a download nor a list holds a file whole.

use app::rules::{
    evidence::{Kind, MOST_BYTES_OF_ONE, MOST_FILES},
    id::{EvidenceId, GuardianId},
    reference::Reference,
};
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    evidence_draft::bytes_of,
    journal::{self, Actor, Line},
    micros,
    writer::Work,
};

/// How many bytes lie in one piece.
pub const PIECE: usize = 256 << 10;

/// A file to be kept, looked at already.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    /// Who adds it.
    pub guardian: GuardianId,
    /// To which of their submissions.
    pub reference: Reference,
    /// Its name, made safe.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256 in hexadecimal figures.
    pub sha256: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// Kept, durably.
    Kept(EvidenceId),
    /// The same bytes stood there already.
    Again(EvidenceId),
    /// As many files as may be stand there already.
    Five,
    /// This guardian's files would together be more than one account may have.
    NoRoom,
    /// No submission of theirs that stands, or none that they may write for.
    Nothing,
}

/// What became of a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removed {
    /// Gone, its bytes too; or it was gone already.
    Gone,
    /// The school has coded the day: it stays.
    Coded,
    /// No such file of theirs.
    Nothing,
}

/// What stands with a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceOf {
    /// The files, in the order in which they came.
    pub files: Vec<EvidenceFile>,
    /// Whether the guardian may add some: the submission stands, and they may write for a child in it.
    pub may_add: bool,
    /// Whether files may be removed: they may write for a child in it, and the school has coded nothing of it.
    pub may_remove: bool,
}

/// A file, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceFile {
    /// Its id.
    pub evidence: EvidenceId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How many bytes it has.
    pub size: i64,
    /// When it was added.
    pub added_at: DateTime<Utc>,
}

columns! {
    pub(super) struct FileRow {
        evidence_id: String,
        name: String,
        kind: String,
        size: i64,
        added_at: DateTime<Utc>,
    }
}

columns! {
    struct Standing {
        submission_id: String,
        readable: i64,
        full: i64,
        writable: i64,
        coded: i64,
    }
}

impl TryFrom<FileRow> for EvidenceFile {
    type Error = StoreError;
    fn try_from(row: FileRow) -> Result<Self, StoreError> {
        let unreadable = || StoreError::Unreadable("evidence");
        Ok(Self {
            evidence: EvidenceId::parse(&row.evidence_id).ok_or_else(unreadable)?,
            name: row.name,
            kind: Kind::parse(&row.kind).ok_or_else(unreadable)?,
            size: row.size,
            added_at: row.added_at,
        })
    }
}

/// How a submission, a report or a form, stands for who sent it: for how many of its children's days
/// (requests) they may read, write, and write what still stands, and how many of its standing sessions are coded
/// (requests decided).
macro_rules! standing {
    ($on:expr, $school:expr, $guardian:expr, $reference:expr) => {
        row!(
            $on,
            Standing,
            "SELECT s.submission_id, \
             (SELECT COUNT(*) FROM report r JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
               WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
               AND l.access <> 'none' AND NOT l.barred AND l.reviewed) \
             + (SELECT COUNT(*) FROM leave_request q JOIN guardian_pupil l ON l.school_id = q.school_id AND l.guardian_id = q.guardian_id AND l.pupil_id = q.pupil_id \
               WHERE q.school_id = s.school_id AND q.guardian_id = s.guardian_id AND q.submission_id = s.submission_id \
               AND l.access <> 'none' AND NOT l.barred AND l.reviewed) \
             + (SELECT COUNT(*) FROM leaving_notice n JOIN guardian_pupil l ON l.school_id = n.school_id AND l.guardian_id = n.guardian_id AND l.pupil_id = n.pupil_id \
               WHERE n.school_id = s.school_id AND n.guardian_id = s.guardian_id AND n.submission_id = s.submission_id \
               AND l.access <> 'none' AND NOT l.barred AND l.reviewed) AS readable, \
             (SELECT COUNT(*) FROM report r JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
               WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
               AND l.access = 'full' AND NOT l.barred AND l.reviewed) \
             + (SELECT COUNT(*) FROM leave_request q JOIN guardian_pupil l ON l.school_id = q.school_id AND l.guardian_id = q.guardian_id AND l.pupil_id = q.pupil_id \
               WHERE q.school_id = s.school_id AND q.guardian_id = s.guardian_id AND q.submission_id = s.submission_id \
               AND l.access = 'full' AND NOT l.barred AND l.reviewed) \
             + (SELECT COUNT(*) FROM leaving_notice n JOIN guardian_pupil l ON l.school_id = n.school_id AND l.guardian_id = n.guardian_id AND l.pupil_id = n.pupil_id \
               WHERE n.school_id = s.school_id AND n.guardian_id = s.guardian_id AND n.submission_id = s.submission_id \
               AND l.access = 'full' AND NOT l.barred AND l.reviewed) AS full, \
             (SELECT COUNT(*) FROM report r JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
               WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
               AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL AND l.access = 'full' AND NOT l.barred AND l.reviewed) \
             + (SELECT COUNT(*) FROM leave_request q JOIN guardian_pupil l ON l.school_id = q.school_id AND l.guardian_id = q.guardian_id AND l.pupil_id = q.pupil_id \
               WHERE q.school_id = s.school_id AND q.guardian_id = s.guardian_id AND q.submission_id = s.submission_id \
               AND q.state IN ('sent', 'considered', 'more-wanted') AND l.access = 'full' AND NOT l.barred AND l.reviewed) \
             + (SELECT COUNT(*) FROM leaving_notice n JOIN guardian_pupil l ON l.school_id = n.school_id AND l.guardian_id = n.guardian_id AND l.pupil_id = n.pupil_id \
               WHERE n.school_id = s.school_id AND n.guardian_id = s.guardian_id AND n.submission_id = s.submission_id \
               AND n.state = 'open' AND l.access = 'full' AND NOT l.barred AND l.reviewed) AS writable, \
             (SELECT COUNT(*) FROM report r JOIN absence a ON a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day \
                 AND ((r.am AND a.session = 'AM') OR (r.pm AND a.session = 'PM')) \
               WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
               AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL AND a.code IS NOT NULL) \
             + (SELECT COUNT(*) FROM leave_request q WHERE q.school_id = s.school_id AND q.guardian_id = s.guardian_id AND q.submission_id = s.submission_id \
               AND q.decision > 0) AS coded \
             FROM submission s WHERE s.school_id = $1 AND s.guardian_id = $2 AND s.reference = $3",
            $school,
            $guardian.as_str(),
            $reference.as_str()
        )?
        .filter(|standing: &Standing| standing.readable > 0)
    };
}

impl School {
    /// Keeps a file.
    ///
    /// # Errors
    /// [`StoreError::Full`] while the disk has less room left than is kept for reports. Whatever it
    /// is, nothing of the file was kept, and what stood before stands.
    pub async fn add_evidence(&self, new: NewEvidence) -> Result<Added, StoreError> {
        self.store.has_room_for_files()?;
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { add(work, &id, new).await })).await
    }

    /// What stands with a submission of this guardian. `None` alike for one that is somebody
    /// else's, one whose children they may not see any more, and one that never was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn evidence_of(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
    ) -> Result<Option<EvidenceOf>, StoreError> {
        let Some(standing) = standing!(self.db(), self.id(), guardian, reference) else { return Ok(None) };
        let files = rows!(
            self.db(),
            FileRow,
            "SELECT evidence_id, name, kind, size, added_at FROM evidence \
             WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 AND removed_at IS NULL ORDER BY added_at, evidence_id",
            self.id(),
            guardian.as_str(),
            standing.submission_id.as_str()
        )?;
        Ok(Some(EvidenceOf {
            files: files.into_iter().map(EvidenceFile::try_from).collect::<Result<_, _>>()?,
            may_add: standing.writable > 0,
            may_remove: standing.full > 0 && standing.coded == 0,
        }))
    }

    /// One of these files.
    ///
    /// # Errors
    /// What the database says.
    pub async fn evidence_file(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
        evidence: &EvidenceId,
    ) -> Result<Option<EvidenceFile>, StoreError> {
        let found = self.evidence_of(guardian, reference).await?;
        Ok(found.and_then(|all| all.files.into_iter().find(|file| file.evidence == *evidence)))
    }

    /// A piece of a file, with a submission or a draft, counted from 0; `None` behind the last, or when the file has been removed
    /// meanwhile. Whoever asks has found the file by one of the ways above.
    ///
    /// # Errors
    /// What the database says.
    pub async fn evidence_piece(&self, evidence: &EvidenceId, seq: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let found = row!(
            self.db(),
            (Vec<u8>,),
            "SELECT bytes FROM evidence_piece WHERE school_id = $1 AND evidence_id = $2 AND seq = $3 \
             UNION ALL SELECT bytes FROM draft_evidence_piece WHERE school_id = $1 AND evidence_id = $2 AND seq = $3",
            self.id(),
            evidence.as_str(),
            seq
        )?;
        Ok(found.map(|(bytes,)| bytes))
    }

    /// Removes a file, unless the school has coded the day. Its bytes and its name go.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn remove_evidence(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
        evidence: &EvidenceId,
        at: DateTime<Utc>,
    ) -> Result<Removed, StoreError> {
        let id = self.id().to_owned();
        let (guardian, reference, evidence) = (guardian.clone(), reference.clone(), evidence.clone());
        self.writer()
            .write(move |work| Box::pin(async move { remove(work, &id, &guardian, &reference, &evidence, at).await }))
            .await
    }
}

async fn add(work: &mut Work, school: &str, new: NewEvidence) -> Result<Added, StoreError> {
    // Asked again here, inside the transaction: a bar set a moment ago holds.
    let Some(standing) = standing!(&mut *work, school, new.guardian, new.reference).filter(|found| found.writable > 0)
    else {
        return Ok(Added::Nothing);
    };
    let there = rows!(
        &mut *work,
        (String, String),
        "SELECT evidence_id, sha256 FROM evidence WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 AND removed_at IS NULL",
        school,
        new.guardian.as_str(),
        standing.submission_id.as_str()
    )?;
    if let Some((id, _)) = there.iter().find(|(_, sha256)| *sha256 == new.sha256) {
        return Ok(Added::Again(EvidenceId::parse(id).ok_or(StoreError::Unreadable("evidence"))?));
    }
    if there.len() >= MOST_FILES {
        return Ok(Added::Five);
    }
    let size = i64::try_from(new.bytes.len()).unwrap_or(i64::MAX);
    if bytes_of(work, school, new.guardian.as_str()).await?.saturating_add(size) > MOST_BYTES_OF_ONE {
        return Ok(Added::NoRoom);
    }
    let evidence = EvidenceId::from_bytes(rand::random());
    run!(
        &mut *work,
        "INSERT INTO evidence (school_id, evidence_id, guardian_id, submission_id, name, kind, size, sha256, added_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        school,
        evidence.as_str(),
        new.guardian.as_str(),
        standing.submission_id.as_str(),
        new.name.as_str(),
        new.kind.word(),
        size,
        new.sha256.as_str(),
        micros(new.at)
    )?;
    for (seq, piece) in (0_i64..).zip(new.bytes.chunks(PIECE)) {
        run!(
            &mut *work,
            "INSERT INTO evidence_piece (school_id, evidence_id, seq, bytes) VALUES ($1, $2, $3, $4)",
            school,
            evidence.as_str(),
            seq,
            piece
        )?;
    }
    let size = size.to_string();
    let line = Line {
        at: new.at,
        actor: &Actor::Guardian(new.guardian.to_string()),
        action: "add_evidence",
        subject_kind: "submission",
        subject_id: &standing.submission_id,
        fields: &[
            ("evidence", None, Some(evidence.as_str())),
            ("size", None, Some(&size)),
            ("sha256", None, Some(&new.sha256)),
        ],
    };
    journal::write(work, school, line).await?;
    Ok(Added::Kept(evidence))
}

columns! {
    struct ToRemove {
        size: i64,
        sha256: String,
        removed_at: Option<DateTime<Utc>>,
    }
}

async fn remove(
    work: &mut Work,
    school: &str,
    guardian: &GuardianId,
    reference: &Reference,
    evidence: &EvidenceId,
    at: DateTime<Utc>,
) -> Result<Removed, StoreError> {
    // Also of what was taken back: it is still theirs to remove.
    let Some(standing) = standing!(&mut *work, school, guardian, reference).filter(|found| found.full > 0) else {
        return Ok(Removed::Nothing);
    };
    let found = row!(
        &mut *work,
        ToRemove,
        "SELECT size, sha256, removed_at FROM evidence WHERE school_id = $1 AND evidence_id = $2 AND guardian_id = $3 AND submission_id = $4",
        school,
        evidence.as_str(),
        guardian.as_str(),
        standing.submission_id.as_str()
    )?;
    let Some(found) = found else { return Ok(Removed::Nothing) };
    if found.removed_at.is_some() {
        return Ok(Removed::Gone);
    }
    if standing.coded > 0 {
        return Ok(Removed::Coded);
    }
    run!(
        &mut *work,
        "UPDATE evidence SET removed_at = $3, name = '' WHERE school_id = $1 AND evidence_id = $2",
        school,
        evidence.as_str(),
        micros(at)
    )?;
    run!(
        &mut *work,
        "DELETE FROM evidence_piece WHERE school_id = $1 AND evidence_id = $2",
        school,
        evidence.as_str()
    )?;
    let size = found.size.to_string();
    let line = Line {
        at,
        actor: &Actor::Guardian(guardian.to_string()),
        action: "remove_evidence",
        subject_kind: "submission",
        subject_id: &standing.submission_id,
        fields: &[
            ("evidence", Some(evidence.as_str()), None),
            ("size", Some(&size), None),
            ("sha256", Some(&found.sha256), None),
        ],
    };
    journal::write(work, school, line).await?;
    Ok(Removed::Gone)
}

/// What was added to a submission goes over to the one that takes its place.
pub(super) async fn follow(
    work: &mut Work,
    school: &str,
    guardian: &GuardianId,
    from: &str,
    to: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let moved = run!(
        &mut *work,
        "UPDATE evidence SET submission_id = $4 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 AND removed_at IS NULL",
        school,
        guardian.as_str(),
        from,
        to
    )?;
    if moved == 0 {
        return Ok(());
    }
    let line = Line {
        at,
        actor: &Actor::Guardian(guardian.to_string()),
        action: "move_evidence",
        subject_kind: "submission",
        subject_id: to,
        fields: &[("submission", Some(from), Some(to))],
    };
    journal::write(work, school, line).await
}
