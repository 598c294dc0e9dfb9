//! Everything that lasts. One file per subject, one transaction per task.
//!
//! Rows are reached only through `store.school(id)`, so no query can cross schools.
//! Reads go to the pool; writes go through the [`writer`], which answers after the commit.

mod absence;
mod address_secret;
mod api_token;
mod attendance;
mod board;
mod calendar;
mod call;
mod check;
mod coming_back;
mod conversation;
pub mod db;
mod declaration;
mod declaration_list;
mod declaration_reminder;
mod declaration_talk;
mod designate;
mod details;
mod details_ask;
mod details_check;
mod details_decide;
mod details_key;
mod details_talk;
mod device;
mod enter_report;
mod evidence;
mod evidence_draft;
mod evidence_seen;
mod family;
mod figures;
mod file_import;
mod form_draft;
mod form_take;
mod form_version;
mod heading;
mod history;
mod invitation;
pub mod journal;
mod keying;
mod leave;
mod leave_beside;
mod leave_decide;
mod leave_family;
mod leave_list;
mod leave_note;
mod leave_sign;
mod leave_state;
mod leave_talk;
mod leave_today;
mod leaving;
mod leaving_access;
mod leaving_lines;
mod leaving_list;
mod leaving_read;
mod letter;
mod letter_words;
mod mail;
mod mark;
mod mark_import;
mod mark_talk;
mod message;
mod one_report;
mod policy;
mod policy_draft;
mod policy_file;
mod policy_version;
mod prove;
mod reading;
mod receipt;
mod reconcile;
mod register;
mod retention;
mod retention_days;
mod retention_list;
mod retention_logs;
mod retention_people;
mod retention_sent;
mod roster;
mod roster_import;
mod roster_review;
mod sign_in;
mod staff;
mod staff_session;
mod submission;
mod throttle;
pub mod writer;

use std::{path::Path, sync::Arc};

pub use absence::{Coding, CodingOutcome};
pub use address_secret::AddressesOff;
pub use api_token::{Bearer, NewToken, TokenListed};
pub use board::{BoardReport, BoardRow};
pub use calendar::{CalendarChange, CalendarKept, Marked, NewCalendar, StandingReport};
pub use call::{CallNote, NewCall, Noted};
pub use check::Standing;
pub use conversation::{About, Conversation, ForGuardian, ForOffice, Message, standing};
pub use declaration::{
    Declaration, DeclarationCame, DeclarationChild, DeclarationTaken, NewDeclaration, OwnAnswer, ReceiptMail,
};
pub use declaration_list::{Declaring, DeclaringChild};
pub use declaration_reminder::{NewReminderRun, Reminded, ReminderRun, RemindersBegun};
pub use declaration_talk::{DeclarationTalk, DeclarationThread};
pub use designate::{Designate, Named, NewDesignate};
pub use details::{Details, DetailsChild, DetailsLine};
pub use details_ask::{DetailsAsked, NewDetails};
pub use details_check::DetailsLooked;
pub use details_decide::{DetailsAnswer, DetailsDecided, DetailsListed, DetailsRecord, NewDetailsDecision};
pub use details_key::DetailsToKey;
pub use device::{DAYS as DEVICE_DAYS, Device, NewDevice, PaperDevice, SignedIn};
pub use enter_report::{OnRecord, OnRoll};
pub use evidence::{Added, EvidenceFile, EvidenceOf, NewEvidence, PIECE as EVIDENCE_PIECE, Removed};
pub use evidence_draft::DraftEvidence;
pub use evidence_seen::EvidenceSeen;
pub use family::Child;
pub use figures::{ReportOf, RollChild, RollClass};
pub use file_import::{Applied, FileKind, HandedIn, NewImport, Run, Way};
pub use form_draft::{Draft, DraftSaved, Drafter, NewDraft, seen, seen_all};
pub use form_take::FormSent;
pub use form_version::{FormChange, FormKept, FormSaved, NewForm};
pub use heading::Heading;
pub use history::Past;
pub use invitation::{Invited, NewInvitation, Redeemed};
pub use keying::ToKey;
pub use leave::{AskedSession, LeaveChild, LeaveDecision, LeaveLine, LeaveRecord, LeaveSigner, LeaveToSign, NewLeave};
pub use leave_beside::LeaveBeside;
pub use leave_decide::{LeaveDecided, NewLeaveDecision};
pub use leave_family::OtherGuardian;
pub use leave_list::{LeaveListed, ListedChild};
pub use leave_note::{LeaveNote, LeaveNoted, NewLeaveNote};
pub use leave_sign::{NewSignature, SignatureTaken};
pub use leave_today::{LeaveToday, NotBack};
pub use leaving::{NewNotice, NoticeOrMeeting};
pub use leaving_lines::{LeavingLineNoted, NewLeavingLine};
pub use leaving_list::{LeaverListed, LeaverWrote, ReturnParent};
pub use leaving_read::{NoticeChild, NoticeLine, NoticeRecord};
pub use letter::{Addressee, LetterKept, LetterListed, NewLetter};
pub use letter_words::WordsKept;
pub use mail::{NewMail, Undelivered, WaitingMail};
pub use mark::{Corrected, Correction, MarkChange};
pub use mark_import::{Against, NewMarks, Progress};
pub use mark_talk::{MarkTalk, MarkWaits};
pub use message::{NewMessage, Said, Voice};
pub use one_report::{OneChild, OneDay, OneReport};
pub use policy_draft::{DraftFile, NewPolicyDraft, PolicyDraftKept, PolicyDraftSaved};
pub use policy_file::{NewPolicyFile, PolicyFile};
pub use policy_version::{NewPolicyVersion, PolicyListed, PolicyVersion, Published};
pub use prove::{ProofAsked, Prover};
pub use reading::Reading;
pub use receipt::{FamilyReport, Receipt, ReceiptChild, ReceiptDay};
pub use reconcile::{Facts, Heard};
pub use register::{Listed, NewRegister, Register, Saved};
pub use retention_list::{RetentionListed, RetentionRound};
pub use roster::{NewClass, NewGuardian, NewLink, NewPupil, Sharer};
pub use roster_review::{Decision, LinkListed};
pub use sign_in::{Claim, SignInAnswer, WaitingSignIn};
pub use staff::{NewStaff, StaffAccount, StaffListed};
pub use staff_session::{HALF_OPEN_MINUTES, HOURS as STAFF_HOURS, StaffSession};
pub use submission::{Channel, NewSubmission, Sent};

use self::{
    db::Db,
    journal::Keys,
    writer::{Desk, Writer},
};

/// Why the store could not do as asked. What it says may be logged: no row's content is in it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The engine says so.
    #[error("database: {0}")]
    Database(String),
    /// The disk is full.
    #[error("the disk is full")]
    Full,
    /// The disk refused: what it holds is not known. SQLite's code.
    #[error("the disk refused (code {0})")]
    Disk(String),
    /// The writer has stopped; nothing was written.
    #[error("the writer has stopped")]
    Stopped,
    /// The migrations did not run.
    #[error("the database could not be brought up to date: {0}")]
    Migration(String),
    /// A newer version has been here.
    #[error("this database was made by a newer version (schema {0} is unknown here): run that version")]
    NewerSchema(i64),
    /// A row that cannot be read: the database was changed by hand, or damaged.
    #[error("a row of {0} cannot be read")]
    Unreadable(&'static str),
}

impl StoreError {
    fn is_the_disks(&self) -> bool {
        matches!(self, Self::Full | Self::Disk(_))
    }
}

impl StoreError {
    /// What an engine's code means. Constraint texts may quote values: of those the code alone is kept.
    fn of_code(code: &str) -> Self {
        match code {
            // SQLITE_FULL; PostgreSQL's disk_full.
            "13" | "53100" => Self::Full,
            // SQLITE_IOERR and its kin (10, 266, 522, 778, 1034 ...): the low byte is 10. SQLSTATE has five characters.
            _ if code.len() < 5 && code.parse::<u32>().is_ok_and(|code| code & 0xff == 10) => {
                Self::Disk(code.to_owned())
            }
            _ => Self::Database(format!("code {code}")),
        }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error.as_database_error().and_then(|error| error.code()) {
            Some(code) => Self::of_code(&code),
            // What cannot be decoded would be quoted: its column says enough.
            None => match error {
                sqlx::Error::ColumnDecode { index, .. } => Self::Database(format!("column {index} cannot be read")),
                sqlx::Error::Decode(_) | sqlx::Error::Encode(_) => Self::Database("a value cannot be read".to_owned()),
                other => Self::Database(other.to_string()),
            },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(said, _) | rusqlite::Error::SqlInputError { error: said, .. } => {
                Self::of_code(&said.extended_code.to_string())
            }
            // Of our own statements; what stands in the column is not told.
            rusqlite::Error::InvalidColumnName(name) | rusqlite::Error::InvalidColumnType(_, name, _) => {
                Self::Database(format!("column {name} does not fit"))
            }
            rusqlite::Error::InvalidColumnIndex(place) => Self::Database(format!("column {place} does not fit")),
            _ => Self::Database("a statement and its row do not fit".to_owned()),
        }
    }
}

/// With less room than this on the disk no report may be hoped for: some hundreds of them.
const ROOM: u64 = 1 << 20;
/// How many bytes of the disk are left to reports: no file is taken once there are fewer.
const RESERVE: u64 = 256 << 20;

/// The store of all schools.
#[derive(Debug, Clone)]
pub struct Store {
    db: Db,
    writer: Writer,
    keys: Arc<Keys>,
    /// Where SQLite's file is.
    file: Option<Arc<Path>>,
}

impl Store {
    /// Opens the database (see [`Db::open`]) and starts its writer.
    ///
    /// # Errors
    /// As [`Db::open`].
    pub async fn open(url: &str, keys: Keys) -> Result<Self, StoreError> {
        let db = Db::open(url).await?;
        let keys = Arc::new(keys);
        let writer = Writer::start(db.clone(), Arc::clone(&keys))?;
        let file = matches!(db, Db::Sqlite(..)).then(|| Path::new(url).into());
        Ok(Self { db, writer, keys, file })
    }

    /// One school's part of the store.
    #[must_use]
    pub fn school(&self, school_id: &str) -> School {
        School { store: self.clone(), id: school_id.into() }
    }

    /// Whether reading and writing work, and the disk has room for some reports.
    pub async fn ready(&self) -> bool {
        self.writer.is_running() && !self.has_less_room_than(ROOM) && self.db.answers().await
    }

    /// Whether the disk under a SQLite file has less than this many bytes left. `false` where
    /// nobody can tell: a PostgreSQL server's disk is elsewhere.
    fn has_less_room_than(&self, bytes: u64) -> bool {
        let disk = self.file.as_deref().and_then(|file| rustix::fs::statvfs(file).ok());
        disk.is_some_and(|disk| disk.f_bavail.saturating_mul(disk.f_frsize) < bytes)
    }

    /// Refuses a file, [`StoreError::Full`], while the disk has less room left than is kept for reports: ten
    /// megabytes that do not fit would leave no room for thousands of reports that would.
    fn has_room_for_files(&self) -> Result<(), StoreError> {
        if self.has_less_room_than(RESERVE) { Err(StoreError::Full) } else { Ok(()) }
    }

    /// Resolves when the writer has met an error after which nothing may be acknowledged
    /// any more; the process should end and start again through recovery.
    pub async fn broken(&self) {
        self.writer.broken().await;
    }

    /// Writes what is waiting and closes the database.
    pub async fn close(&self) {
        self.writer.stop().await;
        self.db.close().await;
    }
}

/// One school's part of the store: the only way to its rows.
#[derive(Debug, Clone)]
pub struct School {
    store: Store,
    id: Arc<str>,
}

impl School {
    /// The school's id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    fn db(&self) -> &Db {
        &self.store.db
    }

    fn writer(&self) -> Desk<'_> {
        Desk { writer: &self.store.writer, school: &self.id }
    }

    fn keys(&self) -> &Keys {
        &self.store.keys
    }
}

/// Cuts an instant to microseconds: PostgreSQL keeps no more, and what is shown must be what is kept.
#[must_use]
pub fn micros(at: chrono::DateTime<chrono::Utc>) -> chrono::DateTime<chrono::Utc> {
    use chrono::SubsecRound;
    at.trunc_subsecs(6)
}
