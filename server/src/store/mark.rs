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
    /// The member of staff; `None` for the command line.
    pub by: Option<StaffId>,
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
        old_code: String,
        new_code: String,
        changed_at: DateTime<Utc>,
        changed_by: String,
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

    /// What a session's mark was before, the first change first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mark_changes(
        &self,
        pupil: &PupilId,
        date: NaiveDate,
        session: Session,
    ) -> Result<Vec<MarkChange>, StoreError> {
        let found = rows!(
            self.db(),
            ChangeColumns,
            "SELECT old_code, new_code, changed_at, changed_by, reason FROM mark_change \
             WHERE school_id = $1 AND pupil_id = $2 AND day = $3 AND session = $4 ORDER BY change",
            self.id(),
            pupil.as_str(),
            date,
            session.letters()
        )?;
        let change = |row: ChangeColumns| {
            Some(MarkChange {
                old: Code::parse(&row.old_code)?,
                new: Code::parse(&row.new_code)?,
                at: row.changed_at,
                by: StaffId::parse(&row.changed_by),
                reason: row.reason,
            })
        };
        found.into_iter().map(|row| change(row).ok_or(StoreError::Unreadable("mark_change"))).collect()
    }

    /// Puts a mark right, or in where there was none. The mark before is kept with who, when and why.
    ///
    /// # Errors
    /// What the database says.
    #[expect(clippy::too_many_arguments, reason = "each of them is one word of the sentence")]
    pub async fn correct_mark(
        &self,
        pupil: &PupilId,
        date: NaiveDate,
        session: Session,
        code: Code,
        reason: String,
        staff: &StaffId,
        now: DateTime<Utc>,
    ) -> Result<Corrected, StoreError> {
        let (id, pupil, staff) = (self.id().to_owned(), pupil.clone(), staff.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let known = row!(
                        &mut *work,
                        (String,),
                        "SELECT pupil_id FROM pupil WHERE school_id = $1 AND pupil_id = $2",
                        id.as_str(),
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
                        id.as_str(),
                        pupil.as_str(),
                        date,
                        session.letters()
                    )?;
                    let before = before.map(whole).transpose()?.map(|(_, mark)| mark);
                    if before.as_ref().is_some_and(|before| before.code == code && before.withdrawn.is_none()) {
                        return Ok(Corrected::Same);
                    }
                    match &before {
                        None => {
                            run!(
                                &mut *work,
                                "INSERT INTO mark (school_id, pupil_id, day, session, code, source, changed_at) \
                                 VALUES ($1, $2, $3, $4, $5, 'staff', $6)",
                                id.as_str(),
                                pupil.as_str(),
                                date,
                                session.letters(),
                                code.letters(),
                                micros(now)
                            )?;
                        }
                        Some(before) => {
                            let becomes =
                                StoredMark { code, withdrawn: None, minutes: None, note: None, source: Source::Staff };
                            let (of, why) =
                                ((pupil.as_str(), SessionDay { date, session }), (None, Some(reason.as_str())));
                            change(work, &id, of, (before, &becomes), (staff.as_str(), now), why).await?;
                        }
                    }
                    let actor = Actor::Staff(staff.to_string());
                    let at = format!("{date} {session}");
                    let fields = [
                        ("session", None, Some(at.as_str())),
                        ("code", before.as_ref().map(|before| before.code.letters()), Some(code.letters())),
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
                    journal::write(work, &id, line).await?;
                    Ok(Corrected::Done)
                })
            })
            .await
    }
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
