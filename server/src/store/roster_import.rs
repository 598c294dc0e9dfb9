//! Bringing in a roster: what is stored is read, a plan that was shown is made once more and carried out
//! in one transaction, or not at all.

mod write;

use app::rules::{
    access::Access,
    id::{ImportId, StaffId},
};
use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
    writer::Work,
};
use crate::import::{
    self, Plan, Roster, Stored,
    plan::{GuardianRow, LinkRow, PupilRow, StoredClass, StoredGuardian, StoredLink, StoredPupil, Tally},
};

/// How long a file waits for a yes before its bytes are thrown away.
const HOURS: i64 = 24;

/// A file that was read and shown.
#[derive(Debug, Clone)]
pub struct NewImport {
    /// The id.
    pub import: ImportId,
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
    /// When.
    pub made_at: DateTime<Utc>,
    /// When it was brought in.
    pub applied_at: Option<DateTime<Utc>>,
    /// What came of it.
    pub outcome: Option<Tally>,
}

/// What came of carrying a plan out.
#[derive(Debug)]
pub enum Applied {
    /// It is in.
    Done(Box<Tally>),
    /// The school's people have changed since the plan was shown: this is the plan now, and nothing was done.
    Changed(Box<Plan>),
    /// Somebody has to confirm the file as a whole first. Nothing was done.
    InDoubt(Box<Plan>),
    /// The file no longer waits.
    Gone,
}

columns! {
    struct PupilColumns {
        pupil_id: String,
        upn: String,
        mis_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        born: NaiveDate,
        class: String,
        admitted: NaiveDate,
        left_on: Option<NaiveDate>,
        missing_since: Option<NaiveDate>,
    }
}

columns! {
    struct GuardianColumns {
        guardian_id: String,
        mis_id: Option<String>,
        title: Option<String>,
        forename: String,
        surname: String,
        email: Option<String>,
        mobile: Option<String>,
    }
}

columns! {
    struct LinkColumns {
        guardian_id: String,
        pupil_id: String,
        relationship: String,
        priority: i64,
        parental_responsibility: bool,
        lives_with: bool,
        flags_said: bool,
        court_order: bool,
        access: String,
        barred: bool,
        reviewed: bool,
        decided_by: Option<String>,
        missing_since: Option<NaiveDate>,
    }
}

columns! {
    struct ImportColumns {
        import_id: String,
        file: Option<Vec<u8>>,
        made_at: DateTime<Utc>,
        applied_at: Option<DateTime<Utc>>,
        outcome: Option<String>,
    }
}

/// Everybody, on a pool or within a transaction.
macro_rules! everybody {
    ($on:expr, $school:expr) => {{
        let classes = rows!($on, (String, String, i64), "SELECT class_id, name, year FROM class WHERE school_id = $1", $school)?;
        let pupils = rows!(
            $on,
            PupilColumns,
            "SELECT p.pupil_id, p.upn, p.mis_id, p.forename, p.surname, p.known_as, p.born, c.name AS class, p.admitted, p.left_on, \
             p.missing_since FROM pupil p JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE p.school_id = $1 ORDER BY p.pupil_id",
            $school
        )?;
        let guardians = rows!(
            $on,
            GuardianColumns,
            "SELECT guardian_id, mis_id, title, forename, surname, email, mobile FROM guardian WHERE school_id = $1 ORDER BY guardian_id",
            $school
        )?;
        let links = rows!(
            $on,
            LinkColumns,
            "SELECT guardian_id, pupil_id, relationship, priority, parental_responsibility, lives_with, flags_said, court_order, access, \
             barred, reviewed, decided_by, missing_since FROM guardian_pupil WHERE school_id = $1 ORDER BY guardian_id, pupil_id",
            $school
        )?;
        stored(classes, pupils, guardians, links)
    }};
}

fn stored(
    classes: Vec<(String, String, i64)>,
    pupils: Vec<PupilColumns>,
    guardians: Vec<GuardianColumns>,
    links: Vec<LinkColumns>,
) -> Stored {
    let pupil = |row: PupilColumns| StoredPupil {
        pupil_id: row.pupil_id,
        row: PupilRow {
            upn: row.upn,
            mis_id: row.mis_id,
            forename: row.forename,
            surname: row.surname,
            known_as: row.known_as,
            born: row.born,
            class: row.class,
            admitted: row.admitted,
            left_on: row.left_on,
        },
        missing_since: row.missing_since,
    };
    let guardian = |row: GuardianColumns| StoredGuardian {
        guardian_id: row.guardian_id,
        row: GuardianRow {
            mis_id: row.mis_id,
            title: row.title,
            forename: row.forename,
            surname: row.surname,
            email: row.email,
            mobile: row.mobile,
        },
    };
    let link = |row: LinkColumns| StoredLink {
        guardian_id: row.guardian_id,
        pupil_id: row.pupil_id,
        row: LinkRow {
            relationship: row.relationship,
            priority: row.priority,
            responsibility: row.parental_responsibility,
            lives_with: row.lives_with,
            flags_said: row.flags_said,
            court_order: row.court_order,
            access: Access::parse(&row.access),
            reviewed: row.reviewed,
        },
        barred: row.barred,
        decided: row.decided_by.is_some(),
        missing_since: row.missing_since,
    };
    Stored {
        classes: classes.into_iter().map(|(class_id, name, year)| StoredClass { class_id, name, year }).collect(),
        pupils: pupils.into_iter().map(pupil).collect(),
        guardians: guardians.into_iter().map(guardian).collect(),
        links: links.into_iter().map(link).collect(),
    }
}

impl School {
    /// Everybody the school holds, to hold a file against.
    ///
    /// # Errors
    /// What the database says.
    pub async fn stored_roster(&self) -> Result<Stored, StoreError> {
        Ok(everybody!(self.db(), self.id()))
    }

    /// Keeps a file that was shown until somebody says yes. Another one that waited is thrown away.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_import(&self, new: NewImport, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(&mut *work, "UPDATE file_import SET file = NULL WHERE school_id = $1 AND kind = 'roster' AND file IS NOT NULL",
                        id.as_str())?;
                    run!(&mut *work,
                        "INSERT INTO file_import (school_id, import_id, kind, sha256, file, made_at, made_by) \
                         VALUES ($1, $2, 'roster', $3, $4, $5, $6)",
                        id.as_str(), new.import.as_str(), new.sha256.as_str(), new.file, micros(now), new.by.as_str())?;
                    let actor = Actor::Staff(new.by.to_string());
                    let line = Line {
                        at: now, actor: &actor, action: "hand_in_roster", subject_kind: "import", subject_id: new.import.as_str(),
                        fields: &[("file", None, Some(new.sha256.as_str()))],
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// A file that was handed in, with its bytes while it waits.
    ///
    /// # Errors
    /// What the database says.
    pub async fn handed_in(&self, import: &ImportId) -> Result<Option<HandedIn>, StoreError> {
        let found = row!(
            self.db(),
            ImportColumns,
            "SELECT import_id, file, made_at, applied_at, outcome FROM file_import WHERE school_id = $1 AND import_id = $2",
            self.id(),
            import.as_str()
        )?;
        found.map(handed_in).transpose()
    }

    /// The file that was brought in last.
    ///
    /// # Errors
    /// What the database says.
    pub async fn last_import(&self) -> Result<Option<HandedIn>, StoreError> {
        let found = row!(
            self.db(),
            ImportColumns,
            "SELECT import_id, NULL AS file, made_at, applied_at, outcome FROM file_import \
             WHERE school_id = $1 AND applied_at IS NOT NULL ORDER BY applied_at DESC LIMIT 1",
            self.id()
        )?;
        found.map(handed_in).transpose()
    }

    /// Throws a waiting file away.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_import(&self, import: &ImportId, actor: Actor, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, import) = (self.id().to_owned(), import.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let dropped = run!(&mut *work,
                        "UPDATE file_import SET file = NULL WHERE school_id = $1 AND import_id = $2 AND file IS NOT NULL",
                        id.as_str(), import.as_str())?;
                    if dropped == 0 {
                        return Ok(());
                    }
                    let line = Line { at: now, actor: &actor, action: "drop_roster", subject_kind: "import", subject_id: import.as_str(), fields: &[] };
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

    /// Carries out what was shown of a waiting file: `shown` is the digest of that plan. `anyway` brings in a
    /// file that is in doubt.
    ///
    /// # Errors
    /// What the database says; then nothing is changed.
    pub async fn apply_import(
        &self,
        import: &ImportId,
        shown: String,
        anyway: bool,
        actor: Actor,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Applied, StoreError> {
        let Some(HandedIn { file: Some(file), .. }) = self.handed_in(import).await? else { return Ok(Applied::Gone) };
        // Read outside the transaction: other families' reports wait behind it.
        let Ok(roster) = tokio::task::spawn_blocking(move || import::read_roster(&file, today))
            .await
            .map_err(|_| StoreError::Stopped)?
        else {
            return Ok(Applied::Gone);
        };
        let (id, import) = (self.id().to_owned(), import.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let found = row!(&mut *work, (i64,),
                        "SELECT CAST(CASE WHEN file IS NULL THEN 0 ELSE 1 END AS BIGINT) FROM file_import WHERE school_id = $1 AND import_id = $2",
                        id.as_str(), import.as_str())?;
                    let Some((1,)) = found else { return Ok(Applied::Gone) };
                    let stored = everybody!(&mut *work, id.as_str());
                    let plan = import::plan::plan(roster, &stored, today);
                    if plan.digest() != shown {
                        return Ok(Applied::Changed(Box::new(plan)));
                    }
                    if !plan.doubts.is_empty() && !anyway {
                        return Ok(Applied::InDoubt(Box::new(plan)));
                    }
                    carry_out(work, &id, &plan, &stored, (&actor, now, today), import.as_str()).await?;
                    let tally = plan.tally();
                    run!(&mut *work, "UPDATE file_import SET file = NULL, applied_at = $3, outcome = $4 WHERE school_id = $1 AND import_id = $2",
                        id.as_str(), import.as_str(), micros(now), serde_json::to_string(&tally).unwrap_or_default())?;
                    Ok(Applied::Done(Box::new(tally)))
                })
            })
            .await
    }

    /// Brings a roster in at once, for the command line.
    ///
    /// # Errors
    /// What the database says; then nothing is changed.
    pub async fn import_roster(
        &self,
        roster: Roster,
        sha256: String,
        anyway: bool,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Applied, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let stored = everybody!(&mut *work, id.as_str());
                    let plan = import::plan::plan(roster, &stored, today);
                    if !plan.doubts.is_empty() && !anyway {
                        return Ok(Applied::InDoubt(Box::new(plan)));
                    }
                    let import = ImportId::from_bytes(rand::random());
                    let actor = Actor::System("command line");
                    let tally = plan.tally();
                    run!(&mut *work,
                        "INSERT INTO file_import (school_id, import_id, kind, sha256, made_at, made_by, applied_at, outcome) \
                         VALUES ($1, $2, 'roster', $3, $4, $5, $4, $6)",
                        id.as_str(), import.as_str(), sha256.as_str(), micros(now), "", serde_json::to_string(&tally).unwrap_or_default())?;
                    carry_out(work, &id, &plan, &stored, (&actor, now, today), import.as_str()).await?;
                    Ok(Applied::Done(Box::new(tally)))
                })
            })
            .await
    }
}

/// Writes what a plan says and one line about the whole.
async fn carry_out(
    work: &mut Work,
    school: &str,
    plan: &Plan,
    stored: &Stored,
    (actor, now, today): (&Actor, DateTime<Utc>, NaiveDate),
    import: &str,
) -> Result<(), StoreError> {
    write::plan(work, school, plan, stored, (actor, now, today)).await?;
    let tally = plan.tally();
    let counts = [
        ("pupils_added", tally.pupils[0]),
        ("pupils_changed", tally.pupils[1]),
        ("contacts_added", tally.contacts[0]),
        ("contacts_changed", tally.contacts[1]),
        ("links_added", tally.ties[0]),
        ("links_changed", tally.ties[1]),
        ("set_aside", tally.aside),
        ("missing", tally.missing_pupils + tally.missing_ties),
    ]
    .map(|(name, count)| (name, count.to_string()));
    let fields: Vec<_> = counts.iter().map(|(name, count)| (*name, None, Some(count.as_str()))).collect();
    let line =
        Line { at: now, actor, action: "import_roster", subject_kind: "import", subject_id: import, fields: &fields };
    journal::write(work, school, line).await
}

fn handed_in(row: ImportColumns) -> Result<HandedIn, StoreError> {
    Ok(HandedIn {
        import: ImportId::parse(&row.import_id).ok_or(StoreError::Unreadable("file_import"))?,
        file: row.file,
        made_at: row.made_at,
        applied_at: row.applied_at,
        outcome: row.outcome.and_then(|outcome| serde_json::from_str(&outcome).ok()),
    })
}
