//! The append-only record (principle 9): a line for every change, chained by HMAC with a key
//! that is kept outside the database.
//!
//! A line says who did what to which subject and when, and salted hashes of the values before
//! and after. The salt stands beside the chain, so that retention can clear it; the line still
//! verifies. The chain's heads are also written to a file of anchors, so that a cut tail shows.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use hmac::{Hmac, Mac};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    School, Store, StoreError,
    db::{columns, row, rows, run},
    micros,
    writer::Work,
};

/// The secrets that stand outside the database.
#[derive(Clone)]
pub struct Keys {
    /// Chains the journal.
    pub journal: [u8; 32],
    /// Hides sign-in codes and ties csrf tokens to sessions.
    pub server: [u8; 32],
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys(hidden)")
    }
}

impl Keys {
    /// A keyed hash under the server's key, as text. `purpose` keeps uses apart.
    #[must_use]
    pub fn hide(&self, purpose: &str, text: &str) -> String {
        BASE64.encode(mac(&self.server, &[purpose.as_bytes(), b"\0", text.as_bytes()]))
    }
}

fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    // An HMAC key of 32 bytes is always taken.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return [0; 32] };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// The hash of a token that only its holder knows (256 random bits need no key and no salt).
#[must_use]
pub fn token_hash(token: &str) -> String {
    BASE64.encode(Sha256::digest(token.as_bytes()))
}

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A guardian, by id.
    Guardian(String),
    /// A member of staff, by id.
    Staff(String),
    /// Another program, by its token's id.
    Token(String),
    /// The program itself, by the name of the part.
    System(&'static str),
}

impl Actor {
    pub(super) fn row(&self) -> (&'static str, &str) {
        match self {
            Self::Guardian(id) => ("guardian", id),
            Self::Staff(id) => ("staff", id),
            Self::Token(id) => ("token", id),
            Self::System(part) => ("system", part),
        }
    }
}

/// One change.
#[derive(Debug)]
pub struct Line<'a> {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub actor: &'a Actor,
    /// What: a task's word, "report_absence".
    pub action: &'static str,
    /// What kind of thing it was done to.
    pub subject_kind: &'static str,
    /// Which one.
    pub subject_id: &'a str,
    /// Each field with its value before and after.
    pub fields: &'a [(&'static str, Option<&'a str>, Option<&'a str>)],
}

columns! {
    /// Where a school's chain ends.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Head {
        /// The number of the last line; 0 before the first.
        pub seq: i64,
        /// Its code.
        pub mac: String,
    }
}

/// Writes a line within the job's transaction.
pub(super) async fn write(work: &mut Work, school: &str, line: Line<'_>) -> Result<(), StoreError> {
    let head = head(work, school).await?;
    let salt = BASE64.encode(rand::random::<[u8; 12]>());
    let hash = |value: &str| hash_of(&salt, value);
    let fields: serde_json::Map<String, serde_json::Value> = line
        .fields
        .iter()
        .map(|(name, before, after)| ((*name).to_owned(), json!([before.map(hash), after.map(hash)])))
        .collect();
    let fields = serde_json::Value::Object(fields).to_string();
    let at = micros(line.at);
    let (actor_kind, actor_id) = line.actor.row();
    let entry = Entry {
        seq: head.seq + 1,
        at,
        actor_kind: actor_kind.to_owned(),
        actor_id: actor_id.to_owned(),
        action: line.action.to_owned(),
        subject_kind: line.subject_kind.to_owned(),
        subject_id: line.subject_id.to_owned(),
        fields,
        mac: String::new(),
    };
    let mac = entry.code(&work.keys.journal, school, &head.mac);
    run!(
        &mut *work,
        "INSERT INTO journal (school_id, seq, at, actor_kind, actor_id, action, subject_kind, subject_id, fields, salt, mac) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        school,
        entry.seq,
        at,
        actor_kind,
        actor_id,
        line.action,
        line.subject_kind,
        line.subject_id,
        entry.fields.as_str(),
        salt.as_str(),
        mac.as_str(),
    )?;
    work.heads.insert(school.to_owned(), Head { seq: entry.seq, mac });
    Ok(())
}

/// Clears the salts of all lines about a subject: what was hashed there can no longer be guessed, and the chain holds.
pub(super) async fn forget(work: &mut Work, school: &str, kind: &str, id: &str) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "UPDATE journal SET salt = NULL WHERE school_id = $1 AND subject_kind = $2 AND subject_id = $3",
        school,
        kind,
        id
    )?;
    Ok(())
}

/// Makes every other transaction of this school wait until this one ends. SQLite's one writer needs no such words.
pub(super) async fn lock(work: &mut Work, school: &str) -> Result<(), StoreError> {
    row!(work, (i64,), "SELECT seq FROM journal_head WHERE school_id = $1 FOR UPDATE", school)?;
    Ok(())
}

/// The chain's head. Nobody else moves it while this transaction lasts.
pub(super) async fn head(work: &mut Work, school: &str) -> Result<Head, StoreError> {
    if let Some(head) = work.heads.get(school) {
        return Ok(head.clone());
    }
    row!(&mut *work, Head, "SELECT seq, mac FROM journal_head WHERE school_id = $1", school)?
        .ok_or(StoreError::Unreadable("journal_head"))
}

/// Keeps the heads that this transaction moved.
pub(super) async fn keep_heads(work: &mut Work) -> Result<(), StoreError> {
    for (school, head) in std::mem::take(&mut work.heads) {
        run!(
            &mut *work,
            "UPDATE journal_head SET seq = $2, mac = $3 WHERE school_id = $1",
            school.as_str(),
            head.seq,
            head.mac.as_str(),
        )?;
    }
    Ok(())
}

columns! {
    #[derive(Debug)]
    struct Entry {
        seq: i64,
        at: DateTime<Utc>,
        actor_kind: String,
        actor_id: String,
        action: String,
        subject_kind: String,
        subject_id: String,
        fields: String,
        mac: String,
    }
}

impl Entry {
    /// The line's code: over all it says and the code of the line before.
    fn code(&self, key: &[u8; 32], school: &str, before: &str) -> String {
        let text = json!([
            school,
            self.seq,
            self.at.timestamp_micros(),
            self.actor_kind,
            self.actor_id,
            self.action,
            self.subject_kind,
            self.subject_id,
            self.fields,
            before,
        ])
        .to_string();
        BASE64.encode(mac(key, &[text.as_bytes()]))
    }
}

/// The salted hash of a value.
fn hash_of(salt: &str, value: &str) -> String {
    BASE64.encode(&Sha256::digest(format!("{salt}\0{value}").as_bytes())[..15])
}

/// What a line says of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    /// That it was this.
    Yes,
    /// Something else, or nothing.
    No,
    /// Its salt has been cleared: it cannot tell any more.
    Forgotten,
}

/// What verifying found.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The chain holds; how many lines it has.
    Whole(i64),
    /// A line was altered, removed or put in; its number.
    BrokenAt(i64),
    /// Lines are missing at the end: the chain should reach further.
    CutAfter(i64),
}

/// A head as written outside the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    /// The school.
    pub school: String,
    /// The number of the line.
    pub seq: i64,
    /// Its code.
    pub mac: String,
}

impl Anchor {
    /// A line of the anchors' file.
    #[must_use]
    pub fn line(&self, at: DateTime<Utc>) -> String {
        format!("{} {} {} {}\n", at.to_rfc3339(), self.school, self.seq, self.mac)
    }

    /// Reads a line of the anchors' file.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace().skip(1);
        Some(Self { school: words.next()?.into(), seq: words.next()?.parse().ok()?, mac: words.next()?.into() })
    }
}

impl Store {
    /// The schools there are.
    ///
    /// # Errors
    /// What the database says.
    pub async fn schools(&self) -> Result<Vec<String>, StoreError> {
        let found: Vec<(String,)> = rows!(&self.db, (String,), "SELECT school_id FROM school ORDER BY school_id")?;
        Ok(found.into_iter().map(|(id,)| id).collect())
    }
}

impl School {
    /// The chain's head, for an anchor.
    ///
    /// # Errors
    /// What the database says.
    pub async fn journal_head(&self) -> Result<Anchor, StoreError> {
        let head = row!(self.db(), Head, "SELECT seq, mac FROM journal_head WHERE school_id = $1", self.id())?
            .ok_or(StoreError::Unreadable("journal_head"))?;
        Ok(Anchor { school: self.id().to_owned(), seq: head.seq, mac: head.mac })
    }

    /// Whether a line says that this was done to this subject, with this value of a field afterwards.
    ///
    /// # Errors
    /// What the database says.
    pub async fn journal_says(
        &self,
        seq: i64,
        (action, subject): (&str, &str),
        (field, value): (&str, &str),
    ) -> Result<Says, StoreError> {
        let found = row!(
            self.db(),
            (String, String, String, Option<String>),
            "SELECT action, subject_id, fields, salt FROM journal WHERE school_id = $1 AND seq = $2",
            self.id(),
            seq
        )?;
        let Some((_, _, fields, salt)) = found.filter(|(did, to, ..)| did == action && to == subject) else {
            return Ok(Says::No);
        };
        let Some(salt) = salt.filter(|salt| !salt.is_empty()) else { return Ok(Says::Forgotten) };
        let fields: serde_json::Value = serde_json::from_str(&fields).map_err(|_| StoreError::Unreadable("journal"))?;
        let after = fields.get(field).and_then(|pair| pair.get(1)).and_then(|hash| hash.as_str());
        Ok(if after == Some(hash_of(&salt, value).as_str()) { Says::Yes } else { Says::No })
    }

    /// Walks the whole chain, as far as it reaches now, and holds it against the anchors.
    ///
    /// # Errors
    /// What the database says.
    pub async fn verify_journal(&self, anchors: &[Anchor]) -> Result<Verdict, StoreError> {
        // In this order: lines are committed with their head, so no line seen now lies beyond it,
        // and lines that are written while we walk are left to the next time.
        let reach =
            row!(self.db(), (i64,), "SELECT COALESCE(MAX(seq), 0) FROM journal WHERE school_id = $1", self.id())?;
        let head = self.journal_head().await?;
        let mut before = String::new();
        let mut last = 0;
        let mut anchors: Vec<&Anchor> = anchors.iter().filter(|a| a.school == self.id()).collect();
        anchors.sort_by_key(|anchor| anchor.seq);
        let mut anchors = anchors.into_iter().peekable();
        loop {
            let lines = rows!(
                self.db(),
                Entry,
                "SELECT seq, at, actor_kind, actor_id, action, subject_kind, subject_id, fields, mac \
                 FROM journal WHERE school_id = $1 AND seq > $2 AND seq <= $3 ORDER BY seq LIMIT 5000",
                self.id(),
                last,
                head.seq,
            )?;
            if lines.is_empty() {
                break;
            }
            for line in lines {
                let code = line.code(&self.keys().journal, self.id(), &before);
                if line.seq != last + 1 || line.mac != code {
                    return Ok(Verdict::BrokenAt(last + 1));
                }
                while let Some(anchor) = anchors.next_if(|anchor| anchor.seq <= line.seq) {
                    if anchor.seq == line.seq && anchor.mac != code {
                        return Ok(Verdict::BrokenAt(line.seq));
                    }
                }
                last = line.seq;
                before = code;
            }
        }
        if head.seq > last || anchors.any(|anchor| anchor.seq > last) {
            return Ok(Verdict::CutAfter(last));
        }
        if head.mac != before {
            return Ok(Verdict::BrokenAt(last));
        }
        if reach.is_some_and(|(reach,)| reach > last) {
            return Ok(Verdict::BrokenAt(last + 1));
        }
        Ok(Verdict::Whole(last))
    }
}
