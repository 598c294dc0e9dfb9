//! The marks of the register: read a child at a time, corrected one at a time.

use std::ops::RangeInclusive;

use app::rules::{
    calendar::{Session, SessionDay},
    code::Code,
    id::{PupilId, StaffId},
    mark::Mark,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
    writer::Work,
};
use crate::import::marks::plan::{Source, StoredMark};

/// What came of a correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Corrected {
    /// It stands now; the mark before is kept.
    Done,
    /// It stood already.
    Same,
    /// Another mark stands there than was seen: this one, or none.
    Changed(Option<Code>),
    /// No such child.
    NoPupil,
}

/// What a mark was before, and who changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkChange {
    /// The code before.
    pub old: Code,
    /// The code after.
    pub new: Code,
    /// When.
    pub at: DateTime<Utc>,
    /// Which half of the day.
    pub session: Session,
    /// The member of staff; `None` for the command line.
    pub by: Option<StaffId>,
    /// Their name.
    pub by_name: Option<String>,
    /// Why, where somebody said so; a file gives no reason.
    pub reason: Option<String>,
}

columns! {
    struct MarkColumns {
        day: NaiveDate,
        session: String,
        code: String,
        minutes_late: Option<i64>,
    }
}

columns! {
    pub(super) struct WholeColumns {
        day: NaiveDate,
        session: String,
        code: String,
        withdrawn: Option<String>,
        minutes_late: Option<i64>,
        note: Option<String>,
        source: String,
    }
}

/// A mark with all that is kept of it.
pub(super) fn whole(row: WholeColumns) -> Result<(SessionDay, StoredMark), StoreError> {
    let mark = |row: WholeColumns| {
        let at = SessionDay { date: row.day, session: Session::parse(&row.session)? };
        let mark = StoredMark {
            code: Code::parse(&row.code)?,
            withdrawn: row.withdrawn,
            minutes: row.minutes_late,
            note: row.note,
            source: Source::parse(&row.source)?,
        };
        Some((at, mark))
    };
    mark(row).ok_or(StoreError::Unreadable("mark"))
}

columns! {
    struct ChangeColumns {
        session: String,
        old_code: String,
        new_code: String,
        changed_at: DateTime<Utc>,
        changed_by: String,
        name: Option<String>,
        reason: Option<String>,
    }
}

impl School {
    /// A child's marks on these days, both ends included, in the order of the sessions.
    ///
    /// # Errors
    /// What the database says.
    pub async fn marks_of(&self, pupil: &PupilId, days: RangeInclusive<NaiveDate>) -> Result<Vec<Mark>, StoreError> {
        let found = rows!(
            self.db(),
            MarkColumns,
            "SELECT day, session, code, minutes_late FROM mark \
             WHERE school_id = $1 AND pupil_id = $2 AND day BETWEEN $3 AND $4 ORDER BY day, session",
            self.id(),
            pupil.as_str(),
            *days.start(),
            *days.end()
        )?;
        let mark = |row: MarkColumns| {
            Some(Mark {
                date: row.day,
                session: Session::parse(&row.session)?,
                code: Code::parse(&row.code)?,
                minutes_late: row.minutes_late,
            })
        };
        found.into_iter().map(|row| mark(row).ok_or(StoreError::Unreadable("mark"))).collect()
    }

    /// What a day's marks were before, the morning's first change first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mark_changes(&self, pupil: &PupilId, date: NaiveDate) -> Result<Vec<MarkChange>, StoreError> {
        let found = rows!(
            self.db(),
            ChangeColumns,
            "SELECT m.session, m.old_code, m.new_code, m.changed_at, m.changed_by, t.name, m.reason FROM mark_change m \
             LEFT JOIN staff t ON t.school_id = m.school_id AND t.staff_id = m.changed_by \
             WHERE m.school_id = $1 AND m.pupil_id = $2 AND m.day = $3 ORDER BY m.session, m.change",
            self.id(),
            pupil.as_str(),
            date
        )?;
        let change = |row: ChangeColumns| {
            Some(MarkChange {
                old: Code::parse(&row.old_code)?,
                new: Code::parse(&row.new_code)?,
                at: row.changed_at,
                session: Session::parse(&row.session)?,
                by: StaffId::parse(&row.changed_by),
                by_name: row.name,
                reason: row.reason,
            })
        };
        found.into_iter().map(|row| change(row).ok_or(StoreError::Unreadable("mark_change"))).collect()
    }

    /// Puts a mark right, or in where there was none, if what stands there is what was seen. The mark before is
    /// kept with who, when and why.
    ///
    /// # Errors
    /// What the database says.
    pub async fn correct_mark(&self, new: Correction) -> Result<Corrected, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { correct(work, &id, new).await })).await
    }
}

/// A mark put right.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The child.
    pub pupil: PupilId,
    /// The session.
    pub at: SessionDay,
    /// What stood there when it was decided.
    pub seen: Option<Code>,
    /// What is right.
    pub code: Code,
    /// Why.
    pub reason: String,
    /// Who.
    pub staff: StaffId,
    /// When.
    pub now: DateTime<Utc>,
}

async fn correct(work: &mut Work, school: &str, new: Correction) -> Result<Corrected, StoreError> {
    let Correction { pupil, at, seen, code, reason, staff, now } = new;
    let known = row!(
        &mut *work,
        (String,),
        "SELECT pupil_id FROM pupil WHERE school_id = $1 AND pupil_id = $2",
        school,
        pupil.as_str()
    )?;
    if known.is_none() {
        return Ok(Corrected::NoPupil);
    }
    let before = row!(
        &mut *work,
        WholeColumns,
        "SELECT day, session, code, withdrawn, minutes_late, note, source FROM mark \
         WHERE school_id = $1 AND pupil_id = $2 AND day = $3 AND session = $4",
        school,
        pupil.as_str(),
        at.date,
        at.session.letters()
    )?;
    let before = before.map(whole).transpose()?.map(|(_, mark)| mark);
    let stands = before.as_ref().map(|mark| mark.code);
    if before.as_ref().is_some_and(|before| before.code == code && before.withdrawn.is_none()) {
        return Ok(Corrected::Same);
    }
    if stands != seen {
        return Ok(Corrected::Changed(stands));
    }
    // Where the register must say in words what happened, the reason does.
    let note = code.needs_note().then(|| reason.clone());
    match &before {
        None => {
            run!(
                &mut *work,
                "INSERT INTO mark (school_id, pupil_id, day, session, code, note, source, changed_at) \
                 VALUES ($1, $2, $3, $4, $5, $6, 'staff', $7)",
                school,
                pupil.as_str(),
                at.date,
                at.session.letters(),
                code.letters(),
                note.as_deref(),
                micros(now)
            )?;
        }
        Some(before) => {
            let becomes = StoredMark { code, withdrawn: None, minutes: None, note, source: Source::Staff };
            let why = (None, Some(reason.as_str()));
            change(work, school, (pupil.as_str(), at), (before, &becomes), (staff.as_str(), now), why).await?;
        }
    }
    let actor = Actor::Staff(staff.to_string());
    let session = at.to_string();
    let fields = [
        ("session", None, Some(session.as_str())),
        ("code", stands.map(Code::letters), Some(code.letters())),
        ("reason", None, Some(reason.as_str())),
    ];
    let line = Line {
        at: now,
        actor: &actor,
        action: "correct_mark",
        subject_kind: "pupil",
        subject_id: pupil.as_str(),
        fields: &fields,
    };
    journal::write(work, school, line).await?;
    Ok(Corrected::Done)
}

/// Keeps the mark as it was, with when, by whom (`""` is the command line) and by which file or why, then puts
/// the new one in its place.
pub(super) async fn change(
    work: &mut Work,
    school: &str,
    (pupil, at): (&str, SessionDay),
    (was, is): (&StoredMark, &StoredMark),
    (by, now): (&str, DateTime<Utc>),
    (import, reason): (Option<&str>, Option<&str>),
) -> Result<(), StoreError> {
    let (day, session, now) = (at.date, at.session.letters(), micros(now));
    let found = row!(
        &mut *work,
        (i64,),
        "SELECT CAST(COALESCE(MAX(change), 0) AS BIGINT) FROM mark_change \
         WHERE school_id = $1 AND pupil_id = $2 AND day = $3 AND session = $4",
        school,
        pupil,
        day,
        session
    )?;
    run!(
        &mut *work,
        "INSERT INTO mark_change (school_id, pupil_id, day, session, change, old_code, old_withdrawn, old_minutes_late, old_note, \
         old_source, new_code, changed_at, changed_by, import_id, reason) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        school,
        pupil,
        day,
        session,
        found.map_or(0, |(last,)| last) + 1,
        was.code.letters(),
        was.withdrawn.as_deref(),
        was.minutes,
        was.note.as_deref(),
        was.source.word(),
        is.code.letters(),
        now,
        by,
        import,
        reason
    )?;
    run!(
        &mut *work,
        "UPDATE mark SET code = $5, withdrawn = $6, minutes_late = $7, note = $8, source = $9, changed_at = $10 \
         WHERE school_id = $1 AND pupil_id = $2 AND day = $3 AND session = $4",
        school,
        pupil,
        day,
        session,
        is.code.letters(),
        is.withdrawn.as_deref(),
        is.minutes,
        is.note.as_deref(),
        is.source.word(),
        now
    )?;
    Ok(())
}
