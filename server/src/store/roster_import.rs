//! Bringing in a roster: what is stored is read, a plan that was shown is made once more and carried out
//! in one transaction, or not at all.

mod write;

use app::rules::{access::Access, id::ImportId};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, rows},
    details_key,
    file_import::{self, Applied, FileKind, HandedIn, Way},
    journal::{self, Actor, Line},
    leaving_access,
    writer::Work,
};
use crate::import::{
    self, Plan, Roster, Stored,
    plan::{GuardianRow, LinkRow, PupilRow, StoredClass, StoredGuardian, StoredLink, StoredPupil, Tally},
};

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
        address: Option<String>,
        home_phone: Option<String>,
        work_phone: Option<String>,
        language: Option<String>,
        interpreter: Option<bool>,
        address_secret: bool,
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
            "SELECT guardian_id, mis_id, title, forename, surname, email, mobile, address, home_phone, work_phone, language, interpreter, address_secret FROM guardian WHERE school_id = $1 ORDER BY guardian_id",
            $school
        )?;
        let links = rows!(
            $on,
            LinkColumns,
            "SELECT guardian_id, pupil_id, relationship, priority, parental_responsibility, lives_with, flags_said, court_order, COALESCE(access_kept, access) AS access, \
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
            address: row.address,
            home_phone: row.home_phone,
            work_phone: row.work_phone,
            language: row.language,
            interpreter: row.interpreter,
            address_secret: row.address_secret,
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
    /// What a file would change now.
    ///
    /// # Errors
    /// What the database says.
    pub async fn plan_roster(&self, roster: Roster, today: NaiveDate) -> Result<Plan, StoreError> {
        let stored = everybody!(self.db(), self.id());
        let plan = tokio::task::spawn_blocking(move || import::plan::plan(roster, &stored, today));
        plan.await.map_err(|_| StoreError::Stopped)
    }

    /// Carries out what was shown of a waiting file: `shown` is the digest of that plan. `anyway` brings in a
    /// file that is in doubt.
    ///
    /// # Errors
    /// What the database says; then nothing is changed.
    pub async fn apply_roster(
        &self,
        import: &ImportId,
        shown: String,
        anyway: bool,
        actor: Actor,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Applied<Plan, Tally>, StoreError> {
        let Some(HandedIn { file: Some(file), .. }) = self.handed_in(FileKind::Roster, import).await? else {
            return Ok(Applied::Gone);
        };
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
                    if !file_import::waits(work, &id, &import).await? {
                        return Ok(Applied::Gone);
                    }
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
                    file_import::finish(work, &id, &import, &tally, now).await?;
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
    ) -> Result<Applied<Plan, Tally>, StoreError> {
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
                    file_import::at_once(
                        work,
                        &id,
                        (&import, FileKind::Roster, false),
                        (Way::Command, None),
                        &sha256,
                        &tally,
                        now,
                    )
                    .await?;
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
    details_key::recognise(work, school, actor, now).await?;
    leaving_access::follow_roll(work, school, today, now).await?;
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
