//! Files that somebody hands in: read, shown, and kept until somebody says yes. What is in them is the
//! business of the roster's and the marks' import.

use app::rules::id::{ImportId, StaffId};
use chrono::{DateTime, Duration, Utc};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
    writer::Work,
};

/// How long a file waits for a yes before its bytes are thrown away.
const HOURS: i64 = 24;

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// Pupils and contacts.
    Roster,
    /// Marks of the register.
    Marks,
}

impl FileKind {
    /// The word for rows.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Marks => "marks",
        }
    }
}

/// The way a file came in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Handed in on the page, looked at, said yes to.
    Page,
    /// The command line.
    Command,
    /// The watched folder.
    Folder,
    /// Another program with a token.
    Api,
}

impl Way {
    /// The word for rows.
    fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Command => "command",
            Self::Folder => "folder",
            Self::Api => "api",
        }
    }

    /// The way of a word; an unknown one is the page's.
    fn parse(word: &str) -> Self {
        [Self::Command, Self::Folder, Self::Api].into_iter().find(|way| way.word() == word).unwrap_or(Self::Page)
    }
}

/// What came of a file.
#[derive(Debug, Clone)]
pub struct Run {
    /// The id.
    pub import: ImportId,
    /// The way it came in by.
    pub way: Way,
    /// What the file or the token is called.
    pub name: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Why nothing of it came in.
    pub refused: Option<String>,
    outcome: Option<String>,
}

impl Run {
    /// What came of it: the tally of its kind.
    #[must_use]
    pub fn outcome<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.outcome.as_deref()?).ok()
    }
}

columns! {
    struct RunColumns {
        import_id: String,
        channel: String,
        name: Option<String>,
        made_at: DateTime<Utc>,
        applied_at: Option<DateTime<Utc>>,
        refused: Option<String>,
        outcome: Option<String>,
    }
}

/// A file that was read and shown.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// The id.
    pub import: ImportId,
    /// What it holds.
    pub kind: FileKind,
    /// Whether its marks are from the school a child was at before.
    pub previous_school: bool,
    /// The hash of the bytes.
    pub sha256: String,
    /// The bytes.
    pub file: Vec<u8>,
    /// Who handed it in.
    pub by: StaffId,
}

/// A file as it stands.
#[derive(Debug, Clone)]
pub struct HandedIn {
    /// The id.
    pub import: ImportId,
    /// The bytes, while it waits.
    pub file: Option<Vec<u8>>,
    /// Whether its marks are from the school a child was at before.
    pub previous_school: bool,
    /// When.
    pub made_at: DateTime<Utc>,
    /// When it was brought in.
    pub applied_at: Option<DateTime<Utc>>,
    outcome: Option<String>,
}

impl HandedIn {
    /// What came of it: the tally of its kind.
    #[must_use]
    pub fn outcome<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_str(self.outcome.as_deref()?).ok()
    }
}

/// What came of carrying a plan out.
#[derive(Debug)]
pub enum Applied<P, T> {
    /// It is in.
    Done(Box<T>),
    /// What is stored has changed since the plan was shown: this is the plan now, and nothing was done.
    Changed(Box<P>),
    /// Somebody has to confirm the file as a whole first. Nothing was done.
    InDoubt(Box<P>),
    /// The file no longer waits.
    Gone,
}

columns! {
    struct ImportColumns {
        import_id: String,
        file: Option<Vec<u8>>,
        previous_school: bool,
        made_at: DateTime<Utc>,
        applied_at: Option<DateTime<Utc>>,
        outcome: Option<String>,
    }
}

impl School {
    /// Keeps a file that was shown until somebody says yes. Another of its kind that waited is thrown away.
    ///
    /// # Errors
    /// [`StoreError::Full`] while the disk has less room left than is kept for reports, or what the database
    /// says; then nothing is changed.
    pub async fn keep_import(&self, new: NewImport, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.store.has_room_for_files()?;
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(&mut *work, "UPDATE file_import SET file = NULL WHERE school_id = $1 AND kind = $2 AND file IS NOT NULL",
                        id.as_str(), new.kind.word())?;
                    run!(&mut *work,
                        "INSERT INTO file_import (school_id, import_id, kind, sha256, file, previous_school, made_at, made_by) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                        id.as_str(), new.import.as_str(), new.kind.word(), new.sha256.as_str(), new.file, new.previous_school,
                        micros(now), new.by.as_str())?;
                    let actor = Actor::Staff(new.by.to_string());
                    let action = match new.kind {
                        FileKind::Roster => "hand_in_roster",
                        FileKind::Marks => "hand_in_marks",
                    };
                    let line = Line {
                        at: now, actor: &actor, action, subject_kind: "import", subject_id: new.import.as_str(),
                        fields: &[("file", None, Some(new.sha256.as_str()))],
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// A file of this kind that was handed in, with its bytes while it waits.
    ///
    /// # Errors
    /// What the database says.
    pub async fn handed_in(&self, kind: FileKind, import: &ImportId) -> Result<Option<HandedIn>, StoreError> {
        let found = row!(
            self.db(),
            ImportColumns,
            "SELECT import_id, file, previous_school, made_at, applied_at, outcome FROM file_import \
             WHERE school_id = $1 AND import_id = $2 AND kind = $3",
            self.id(),
            import.as_str(),
            kind.word()
        )?;
        found.map(handed_in).transpose()
    }

    /// The file of this kind that was brought in last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_import(&self, kind: FileKind) -> Result<Option<HandedIn>, StoreError> {
        let found = row!(
            self.db(),
            ImportColumns,
            "SELECT import_id, NULL AS file, previous_school, made_at, applied_at, outcome FROM file_import \
             WHERE school_id = $1 AND kind = $2 AND applied_at IS NOT NULL ORDER BY applied_at DESC LIMIT 1",
            self.id(),
            kind.word()
        )?;
        found.map(handed_in).transpose()
    }

    /// What came of the last files of a kind, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_runs(&self, kind: FileKind) -> Result<Vec<Run>, StoreError> {
        let found = rows!(
            self.db(),
            RunColumns,
            "SELECT import_id, channel, name, made_at, applied_at, refused, outcome FROM file_import \
             WHERE school_id = $1 AND kind = $2 AND (applied_at IS NOT NULL OR refused IS NOT NULL) \
             ORDER BY made_at DESC LIMIT 8",
            self.id(),
            kind.word()
        )?;
        let run = |row: RunColumns| {
            Ok(Run {
                import: ImportId::parse(&row.import_id).ok_or(StoreError::Unreadable("file_import"))?,
                way: Way::parse(&row.channel),
                name: row.name,
                at: row.applied_at.unwrap_or(row.made_at),
                refused: row.refused,
                outcome: row.outcome,
            })
        };
        found.into_iter().map(run).collect()
    }

    /// Notes a file of which nothing came in, and why, in words for staff.
    ///
    /// # Errors
    /// What the database says.
    pub async fn refuse_import(
        &self,
        kind: FileKind,
        way: Way,
        (name, sha256): (String, String),
        why: String,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let import = ImportId::from_bytes(rand::random());
                    run!(
                        &mut *work,
                        "INSERT INTO file_import (school_id, import_id, kind, sha256, previous_school, made_at, made_by, channel, \
                         name, refused) VALUES ($1, $2, $3, $4, FALSE, $5, '', $6, $7, $8)",
                        id.as_str(),
                        import.as_str(),
                        kind.word(),
                        sha256.as_str(),
                        micros(now),
                        way.word(),
                        Some(name.as_str()),
                        Some(why.as_str())
                    )?;
                    let line = Line {
                        at: now,
                        actor: &Actor::System("watched folder"),
                        action: "refuse_file",
                        subject_kind: "import",
                        subject_id: import.as_str(),
                        fields: &[("file", None, Some(sha256.as_str()))],
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// Throws a waiting file away.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_import(
        &self,
        kind: FileKind,
        import: &ImportId,
        actor: Actor,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (id, import) = (self.id().to_owned(), import.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let dropped = run!(&mut *work,
                        "UPDATE file_import SET file = NULL WHERE school_id = $1 AND import_id = $2 AND kind = $3 AND file IS NOT NULL",
                        id.as_str(), import.as_str(), kind.word())?;
                    if dropped == 0 {
                        return Ok(());
                    }
                    let action = match kind {
                        FileKind::Roster => "drop_roster",
                        FileKind::Marks => "drop_marks",
                    };
                    let line =
                        Line { at: now, actor: &actor, action, subject_kind: "import", subject_id: import.as_str(), fields: &[] };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// Forgets the bytes of files that nobody said yes to for a day.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_old_imports(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "UPDATE file_import SET file = NULL WHERE school_id = $1 AND made_at < $2 AND file IS NOT NULL",
                        id.as_str(),
                        micros(now - Duration::hours(HOURS))
                    )?;
                    Ok(())
                })
            })
            .await
    }
}

/// Whether a file still waits, within the transaction that would bring it in.
pub(super) async fn waits(work: &mut Work, school: &str, import: &ImportId) -> Result<bool, StoreError> {
    let found = row!(
        &mut *work,
        (i64,),
        "SELECT CAST(CASE WHEN file IS NULL THEN 0 ELSE 1 END AS BIGINT) FROM file_import WHERE school_id = $1 AND import_id = $2",
        school,
        import.as_str()
    )?;
    Ok(found == Some((1,)))
}

/// Notes what came of a file that waited.
pub(super) async fn finish(
    work: &mut Work,
    school: &str,
    import: &ImportId,
    tally: &impl Serialize,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "UPDATE file_import SET file = NULL, applied_at = $3, outcome = $4 WHERE school_id = $1 AND import_id = $2",
        school,
        import.as_str(),
        micros(now),
        serde_json::to_string(tally).unwrap_or_default()
    )?;
    Ok(())
}

/// Notes a file that never waited: the command line's, the folder's, another program's.
pub(super) async fn at_once(
    work: &mut Work,
    school: &str,
    (import, kind, previous_school): (&ImportId, FileKind, bool),
    (way, name): (Way, Option<&str>),
    sha256: &str,
    tally: &impl Serialize,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "INSERT INTO file_import (school_id, import_id, kind, sha256, previous_school, made_at, made_by, applied_at, outcome, channel, name) \
         VALUES ($1, $2, $3, $4, $5, $6, '', $6, $7, $8, $9)",
        school,
        import.as_str(),
        kind.word(),
        sha256,
        previous_school,
        micros(now),
        serde_json::to_string(tally).unwrap_or_default(),
        way.word(),
        name
    )?;
    Ok(())
}

fn handed_in(row: ImportColumns) -> Result<HandedIn, StoreError> {
    Ok(HandedIn {
        import: ImportId::parse(&row.import_id).ok_or(StoreError::Unreadable("file_import"))?,
        file: row.file,
        previous_school: row.previous_school,
        made_at: row.made_at,
        applied_at: row.applied_at,
        outcome: row.outcome,
    })
}
