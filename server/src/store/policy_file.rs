//! Files that staff add: the policy's own, and scans of declarations on paper. In pieces, so that no download holds one whole.

use app::rules::{
    evidence::Kind,
    id::{PolicyFileId, StaffId},
};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use super::{
    EVIDENCE_PIECE, School, StoreError,
    db::{columns, row, run},
    micros,
    writer::Work,
};

/// A file, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFile {
    /// Its id.
    pub file: PolicyFileId,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How many bytes it has.
    pub size: i64,
    /// Of its bytes, in hexadecimal figures.
    pub sha256: String,
}

/// A file to be kept, looked at already.
#[derive(Debug, Clone)]
pub struct NewPolicyFile {
    /// Its id.
    pub file: PolicyFileId,
    /// Its name, made safe.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Their SHA-256 in hexadecimal figures.
    pub sha256: String,
    /// Who adds it.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

columns! {
    /// Size and digest of a file that is kept.
    #[derive(Debug, Clone)]
    pub(super) struct FileKept {
        pub(super) size: i64,
        pub(super) sha256: String,
    }
}

/// The file's size and digest, within a job's transaction.
pub(super) async fn file_kept(
    work: &mut Work,
    school: &str,
    file: &PolicyFileId,
) -> Result<Option<FileKept>, StoreError> {
    row!(
        &mut *work,
        FileKept,
        "SELECT size, sha256 FROM policy_file WHERE school_id = $1 AND file_id = $2",
        school,
        file.as_str()
    )
}

/// Keeps a file within a job's transaction.
pub(super) async fn put_policy_file(work: &mut Work, school: &str, new: &NewPolicyFile) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "INSERT INTO policy_file (school_id, file_id, name, kind, size, sha256, added_at, added_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        school,
        new.file.as_str(),
        new.name.as_str(),
        new.kind.word(),
        i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
        new.sha256.as_str(),
        micros(new.at),
        new.by.as_str()
    )?;
    for (seq, piece) in (0_i64..).zip(new.bytes.chunks(EVIDENCE_PIECE)) {
        run!(
            &mut *work,
            "INSERT INTO policy_file_piece (school_id, file_id, seq, bytes) VALUES ($1, $2, $3, $4)",
            school,
            new.file.as_str(),
            seq,
            piece
        )?;
    }
    Ok(())
}

impl School {
    /// A file, without its bytes. Whoever asks has found its id where they may see it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn policy_file(&self, file: &PolicyFileId) -> Result<Option<PolicyFile>, StoreError> {
        columns! {
            struct Row {
                name: String,
                kind: String,
                size: i64,
                sha256: String,
            }
        }
        let found = row!(
            self.db(),
            Row,
            "SELECT name, kind, size, sha256 FROM policy_file WHERE school_id = $1 AND file_id = $2",
            self.id(),
            file.as_str()
        )?;
        let Some(row) = found else { return Ok(None) };
        let kind = Kind::parse(&row.kind).ok_or(StoreError::Unreadable("policy_file"))?;
        Ok(Some(PolicyFile { file: file.clone(), name: row.name, kind, size: row.size, sha256: row.sha256 }))
    }

    /// A piece of a file, counted from 0; `None` behind the last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn policy_file_piece(&self, file: &PolicyFileId, seq: i64) -> Result<Option<Vec<u8>>, StoreError> {
        let found = row!(
            self.db(),
            (Vec<u8>,),
            "SELECT bytes FROM policy_file_piece WHERE school_id = $1 AND file_id = $2 AND seq = $3",
            self.id(),
            file.as_str(),
            seq
        )?;
        Ok(found.map(|(bytes,)| bytes))
    }

    /// The digest of the bytes as they lie there now.
    pub(super) async fn policy_file_digest(&self, file: &PolicyFileId) -> Result<String, StoreError> {
        let mut digest = Sha256::new();
        let mut seq = 0;
        while let Some(piece) = self.policy_file_piece(file, seq).await? {
            digest.update(&piece);
            seq += 1;
        }
        Ok(format!("{:x}", digest.finalize()))
    }
}
