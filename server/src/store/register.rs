//! The registers of the morning: a class's list for one session, saved version by version.

use std::collections::BTreeMap;

use app::rules::{
    calendar::SessionDay,
    id::{PupilId, StaffId},
    register::{Taken, Tick},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    board::list_name,
    db::{columns, insert, row, rows, run},
    journal::{self, Actor, Line},
    micros,
    writer::Work,
};

/// A child on roll on a day, as lists of a class have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The child.
    pub pupil_id: PupilId,
    /// The unique pupil number; "" where there is none yet.
    pub upn: String,
    /// The MIS's own number.
    pub mis_id: String,
    /// Given name.
    pub forename: String,
    /// Family name; may be empty.
    pub surname: String,
    /// What everybody calls the child, if something else.
    pub known_as: Option<String>,
    /// The class's id.
    pub class_id: String,
    /// "3 Oak".
    pub class: String,
    /// 0 for Reception.
    pub year: i64,
    /// First day on roll.
    pub admitted: NaiveDate,
    /// Last day on roll.
    pub left_on: Option<NaiveDate>,
}

impl Listed {
    /// As registers list it: "Okafor, Ada".
    #[must_use]
    pub fn name(&self) -> String {
        list_name(self.known_as.as_deref().unwrap_or(&self.forename), &self.surname)
    }

    /// Whether the child is on roll on this day.
    #[must_use]
    pub fn is_on_roll(&self, day: NaiveDate) -> bool {
        self.admitted <= day && self.left_on.is_none_or(|left| left >= day)
    }
}

/// A class's register as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Register {
    /// How often it was saved; 0: never.
    pub version: i64,
    /// Whether somebody said that it is complete.
    pub complete: bool,
    /// When it was saved last.
    pub saved_at: DateTime<Utc>,
    /// By whom: the name.
    pub saved_by: String,
    /// The children who were on the list.
    pub ticks: BTreeMap<PupilId, Tick>,
}

/// A register to be saved.
#[derive(Debug, Clone)]
pub struct NewRegister {
    /// The class.
    pub class_id: String,
    /// The session.
    pub at: SessionDay,
    /// The version the page showed: whoever saves must have seen what they overwrite.
    pub seen: i64,
    /// Whether it is complete.
    pub complete: bool,
    /// How it came to be.
    pub taken: Taken,
    /// Every child of the class with what the list says of it.
    pub ticks: BTreeMap<PupilId, Tick>,
}

/// What became of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It stands now; what stood before is kept.
    Kept,
    /// It stood like this already: a second tap.
    Already,
    /// Somebody else has saved it meanwhile; nothing was written.
    ChangedMeanwhile,
    /// Somebody has joined or left the class meanwhile; nothing was written.
    ListChanged,
    /// There is nothing to bring back, or no such class.
    Nothing,
}

columns! {
    pub(super) struct ListedRow {
        pupil_id: String,
        upn: String,
        mis_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class_id: String,
        class: String,
        year: i64,
        admitted: NaiveDate,
        left_on: Option<NaiveDate>,
    }
}

columns! {
    struct HeadRow {
        version: i64,
        complete: bool,
        saved_at: DateTime<Utc>,
        saved_by: Option<String>,
    }
}

pub(super) fn listed(row: ListedRow) -> Result<Listed, StoreError> {
    Ok(Listed {
        pupil_id: PupilId::parse(&row.pupil_id).ok_or(StoreError::Unreadable("pupil"))?,
        upn: row.upn,
        mis_id: row.mis_id,
        forename: row.forename,
        surname: row.surname,
        known_as: row.known_as,
        class_id: row.class_id,
        class: row.class,
        year: row.year,
        admitted: row.admitted,
        left_on: row.left_on,
    })
}

/// A version's ticks, on a pool or within a transaction.
macro_rules! ticks {
    ($on:expr, $school:expr, $class:expr, $at:expr, $version:expr) => {{
        let found = rows!(
            $on,
            (String, String, Option<i64>),
            "SELECT pupil_id, tick, minutes_late FROM register_tick \
             WHERE school_id = $1 AND day = $2 AND session = $3 AND class_id = $4 AND version = $5",
            $school,
            $at.date,
            $at.session.letters(),
            $class,
            $version
        )?;
        let tick = |(pupil, tick, minutes): (String, String, Option<i64>)| {
            Some((PupilId::parse(&pupil)?, Tick::parse(&tick, minutes)?))
        };
        let ticks: Option<BTreeMap<PupilId, Tick>> = found.into_iter().map(tick).collect();
        ticks.ok_or(StoreError::Unreadable("register_tick"))?
    }};
}

/// The last version, on a pool or within a transaction.
macro_rules! head {
    ($on:expr, $school:expr, $class:expr, $at:expr) => {
        row!(
            $on,
            HeadRow,
            "SELECT r.version, r.complete, r.saved_at, t.name AS saved_by FROM register r \
             LEFT JOIN staff t ON t.school_id = r.school_id AND t.staff_id = r.saved_by \
             WHERE r.school_id = $1 AND r.day = $2 AND r.session = $3 AND r.class_id = $4 ORDER BY r.version DESC LIMIT 1",
            $school,
            $at.date,
            $at.session.letters(),
            $class
        )
    };
}

impl School {
    /// The children of a class who are on roll on a day, as registers list them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn class_list(&self, class_id: &str, day: NaiveDate) -> Result<Vec<Listed>, StoreError> {
        let found = rows!(
            self.db(),
            ListedRow,
            "SELECT p.pupil_id, p.upn, p.mis_id, p.forename, p.surname, p.known_as, p.class_id, c.name AS class, c.year, p.admitted, p.left_on \
             FROM pupil p JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE p.school_id = $1 AND p.class_id = $2 AND p.admitted <= $3 AND (p.left_on IS NULL OR p.left_on >= $3) \
             ORDER BY p.surname, p.forename, p.pupil_id",
            self.id(),
            class_id,
            day
        )?;
        found.into_iter().map(listed).collect()
    }

    /// A class's register of a session; `None` where nobody has begun it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn register(&self, class_id: &str, at: SessionDay) -> Result<Option<Register>, StoreError> {
        let Some(head) = head!(self.db(), self.id(), class_id, at)? else { return Ok(None) };
        let ticks = ticks!(self.db(), self.id(), class_id, at, head.version);
        Ok(Some(Register {
            version: head.version,
            complete: head.complete,
            saved_at: head.saved_at,
            saved_by: head.saved_by.unwrap_or_default(),
            ticks,
        }))
    }

    /// Saves registers, all of them or none: of several, the first that cannot be kept says why.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn save_registers(
        &self,
        new: Vec<NewRegister>,
        staff: &StaffId,
        now: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let (id, staff) = (self.id().to_owned(), staff.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let mut fresh = Vec::new();
                    for one in new {
                        match look(work, &id, &one).await? {
                            Saved::Kept => fresh.push(one),
                            Saved::Already => {}
                            other => return Ok(other),
                        }
                    }
                    if fresh.is_empty() {
                        return Ok(Saved::Already);
                    }
                    for one in fresh {
                        keep(work, &id, &one, &staff, now).await?;
                    }
                    Ok(Saved::Kept)
                })
            })
            .await
    }

    /// Brings back what stood before the version that the page showed. Done twice it brings that version back.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn undo_register(
        &self,
        class_id: String,
        at: SessionDay,
        seen: i64,
        staff: &StaffId,
        now: DateTime<Utc>,
    ) -> Result<Saved, StoreError> {
        let (id, staff) = (self.id().to_owned(), staff.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    touch(work, &id, &class_id).await?;
                    let Some(head) = head!(&mut *work, id.as_str(), class_id.as_str(), at)? else {
                        return Ok(Saved::Nothing);
                    };
                    if head.version != seen {
                        return Ok(Saved::ChangedMeanwhile);
                    }
                    let before = row!(
                        &mut *work,
                        (bool,),
                        "SELECT complete FROM register WHERE school_id = $1 AND day = $2 AND session = $3 AND class_id = $4 AND version = $5",
                        id.as_str(),
                        at.date,
                        at.session.letters(),
                        class_id.as_str(),
                        seen - 1
                    )?;
                    let ticks = ticks!(&mut *work, id.as_str(), class_id.as_str(), at, seen - 1);
                    // A list without somebody who has joined since speaks of nobody's absence but its own children's.
                    let on_roll = on_roll(work, &id, &class_id, at.date).await?;
                    let whole = ticks.keys().map(PupilId::as_str).eq(on_roll.iter().map(String::as_str));
                    let complete = before.is_some_and(|(complete,)| complete) && whole;
                    let back = NewRegister { class_id, at, seen, complete, taken: Taken::Undo, ticks };
                    keep(work, &id, &back, &staff, now).await?;
                    Ok(Saved::Kept)
                })
            })
            .await
    }
}

/// Takes the class's lock on PostgreSQL, so that two offices cannot both be first.
async fn touch(work: &mut Work, school: &str, class_id: &str) -> Result<(), StoreError> {
    run!(&mut *work, "UPDATE class SET name = name WHERE school_id = $1 AND class_id = $2", school, class_id)?;
    Ok(())
}

/// The children of a class on a day, by their ids.
async fn on_roll(
    work: &mut Work,
    school: &str,
    class_id: &str,
    day: chrono::NaiveDate,
) -> Result<Vec<String>, StoreError> {
    let found = rows!(
        &mut *work,
        (String,),
        "SELECT pupil_id FROM pupil WHERE school_id = $1 AND class_id = $2 AND admitted <= $3 AND (left_on IS NULL OR left_on >= $3)",
        school,
        class_id,
        day
    )?;
    let mut pupils: Vec<String> = found.into_iter().map(|(pupil,)| pupil).collect();
    pupils.sort_unstable();
    Ok(pupils)
}

/// Whether a register can be kept.
async fn look(work: &mut Work, school: &str, new: &NewRegister) -> Result<Saved, StoreError> {
    touch(work, school, &new.class_id).await?;
    let on_roll = on_roll(work, school, &new.class_id, new.at.date).await?;
    if on_roll.is_empty() {
        return Ok(Saved::Nothing);
    }
    let head = head!(&mut *work, school, new.class_id.as_str(), new.at)?;
    if let Some(head) = &head {
        let stands = ticks!(&mut *work, school, new.class_id.as_str(), new.at, head.version);
        if head.complete == new.complete && stands == new.ticks {
            return Ok(Saved::Already);
        }
    }
    if head.map_or(0, |head| head.version) != new.seen {
        return Ok(Saved::ChangedMeanwhile);
    }
    // Whoever has joined since the page was drawn was not looked for: nobody may be called present so.
    if !new.ticks.keys().map(PupilId::as_str).eq(on_roll.iter().map(String::as_str)) {
        return Ok(Saved::ListChanged);
    }
    Ok(Saved::Kept)
}

/// Writes the next version.
async fn keep(
    work: &mut Work,
    school: &str,
    new: &NewRegister,
    staff: &StaffId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (day, session, class, version) = (new.at.date, new.at.session.letters(), new.class_id.as_str(), new.seen + 1);
    run!(
        &mut *work,
        "INSERT INTO register (school_id, day, session, class_id, version, complete, taken, saved_at, saved_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        school,
        day,
        session,
        class,
        version,
        new.complete,
        new.taken.word(),
        micros(now),
        staff.as_str()
    )?;
    let minutes = |tick: Tick| if let Tick::Late(minutes) = tick { minutes } else { None };
    let ticks: Vec<(&str, &str, Option<i64>)> =
        new.ticks.iter().map(|(pupil, tick)| (pupil.as_str(), tick.word(), minutes(*tick))).collect();
    insert!(
        &mut *work,
        "INSERT INTO register_tick (school_id, day, session, class_id, version, pupil_id, tick, minutes_late)",
        ticks,
        |one| [school, day, session, class, version, one.0, one.1, one.2]
    )?;
    let who = |word: &str| ticks.iter().filter(|one| one.1 == word).map(|one| one.0).collect::<Vec<_>>().join(" ");
    let (at, absent, late, complete) =
        (new.at.to_string(), who("absent"), who("late"), if new.complete { "yes" } else { "no" });
    let actor = Actor::Staff(staff.to_string());
    let line = Line {
        at: now,
        actor: &actor,
        action: match (new.taken, new.complete) {
            (Taken::Undo, _) => "undo_register",
            (_, true) => "complete_register",
            (_, false) => "open_register",
        },
        subject_kind: "class",
        subject_id: class,
        fields: &[
            ("session", None, Some(&at)),
            ("complete", None, Some(complete)),
            ("absent", None, Some(&absent)),
            ("late", None, Some(&late)),
        ],
    };
    journal::write(work, school, line).await
}
