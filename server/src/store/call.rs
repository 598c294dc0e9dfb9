//! Whom the office has rung about a child, and whom it may ring.

use app::rules::{
    calls::{Outcome, still_ringing},
    id::{CallId, GuardianId, PupilId, StaffId},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    OnRecord, School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
    roster::full_name,
};

/// A call to be noted.
#[derive(Debug, Clone)]
pub struct NewCall {
    /// Made with the form.
    pub call: CallId,
    /// About whom.
    pub pupil: PupilId,
    /// About which day.
    pub day: NaiveDate,
    /// What came of it.
    pub outcome: Outcome,
    /// Whom, where somebody on record was rung.
    pub guardian: Option<GuardianId>,
    /// What was said.
    pub note: Option<String>,
    /// Who rang.
    pub staff: StaffId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Noted {
    /// Kept.
    Kept,
    /// It was there already: the same form sent twice.
    Again,
    /// The form was sent before and said something else. Nothing was written.
    Differs,
    /// Somebody else is ringing: who, since when. Nothing was written.
    Ringing(String, DateTime<Utc>),
    /// No such child.
    NoPupil,
}

/// A call that was noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallNote {
    /// About whom.
    pub pupil: PupilId,
    /// What came of it.
    pub outcome: Outcome,
    /// Whom.
    pub guardian: Option<String>,
    /// What was said.
    pub note: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Who rang: the id.
    pub staff: String,
    /// Who rang: the name.
    pub by: String,
}

columns! {
    struct NoteRow {
        pupil_id: String,
        outcome: String,
        forename: Option<String>,
        surname: Option<String>,
        note: Option<String>,
        rung_at: DateTime<Utc>,
        rung_by: String,
        by: Option<String>,
    }
}

impl School {
    /// Notes a call. "I am ringing" is refused while somebody else is; what came of a call is always kept.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn note_call(&self, new: NewCall) -> Result<Noted, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    // The child's row first: its lock on PostgreSQL lets one office be the first.
                    let known = run!(
                        &mut *work,
                        "UPDATE pupil SET class_id = class_id WHERE school_id = $1 AND pupil_id = $2",
                        id.as_str(),
                        new.pupil.as_str()
                    )?;
                    if known == 0 {
                        return Ok(Noted::NoPupil);
                    }
                    let last = row!(
                        &mut *work,
                        (String, DateTime<Utc>, String, Option<String>),
                        "SELECT n.outcome, n.rung_at, n.rung_by, t.name FROM call_note n \
                         LEFT JOIN staff t ON t.school_id = n.school_id AND t.staff_id = n.rung_by \
                         WHERE n.school_id = $1 AND n.day = $2 AND n.pupil_id = $3 ORDER BY n.rung_at DESC, n.call_id LIMIT 1",
                        id.as_str(),
                        new.day,
                        new.pupil.as_str()
                    )?;
                    if let Some((outcome, at, by, name)) = last
                        && new.outcome == Outcome::Ringing
                        && outcome == Outcome::Ringing.word()
                        && by != new.staff.as_str()
                        && still_ringing(at, new.at)
                    {
                        return Ok(Noted::Ringing(name.unwrap_or_default(), at));
                    }
                    let kept = run!(
                        &mut *work,
                        "INSERT INTO call_note (school_id, call_id, pupil_id, day, outcome, guardian_id, note, rung_at, rung_by) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
                        id.as_str(),
                        new.call.as_str(),
                        new.pupil.as_str(),
                        new.day,
                        new.outcome.word(),
                        new.guardian.as_ref().map(GuardianId::as_str),
                        new.note.as_deref(),
                        micros(new.at),
                        new.staff.as_str()
                    )?;
                    if kept == 0 {
                        let same = row!(
                            &mut *work,
                            (i64,),
                            "SELECT COUNT(*) FROM call_note WHERE school_id = $1 AND call_id = $2 AND pupil_id = $3 AND day = $4 \
                             AND outcome = $5 AND COALESCE(guardian_id, '') = $6 AND COALESCE(note, '') = $7",
                            id.as_str(),
                            new.call.as_str(),
                            new.pupil.as_str(),
                            new.day,
                            new.outcome.word(),
                            new.guardian.as_ref().map_or("", GuardianId::as_str),
                            new.note.as_deref().unwrap_or_default()
                        )?;
                        let again = same.is_some_and(|(count,)| count > 0);
                        return Ok(if again { Noted::Again } else { Noted::Differs });
                    }
                    let (actor, day) = (Actor::Staff(new.staff.to_string()), new.day.to_string());
                    let fields = [
                        ("day", None, Some(day.as_str())),
                        ("outcome", None, Some(new.outcome.word())),
                        ("guardian", None, new.guardian.as_ref().map(GuardianId::as_str)),
                        ("note", None, new.note.as_deref()),
                    ];
                    let line = Line {
                        at: new.at,
                        actor: &actor,
                        action: "note_call",
                        subject_kind: "pupil",
                        subject_id: new.pupil.as_str(),
                        fields: &fields,
                    };
                    journal::write(work, &id, line).await?;
                    Ok(Noted::Kept)
                })
            })
            .await
    }

    /// The calls about a day, the first call first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn calls_on(&self, day: NaiveDate) -> Result<Vec<CallNote>, StoreError> {
        let found = rows!(
            self.db(),
            NoteRow,
            "SELECT n.pupil_id, n.outcome, g.forename, g.surname, n.note, n.rung_at, n.rung_by, t.name AS by \
             FROM call_note n \
             LEFT JOIN guardian g ON g.school_id = n.school_id AND g.guardian_id = n.guardian_id \
             LEFT JOIN staff t ON t.school_id = n.school_id AND t.staff_id = n.rung_by \
             WHERE n.school_id = $1 AND n.day = $2 ORDER BY n.rung_at, n.call_id",
            self.id(),
            day
        )?;
        let note = |row: NoteRow| {
            let guardian = row.forename.map(|forename| full_name(&forename, &row.surname.unwrap_or_default()));
            Some(CallNote {
                pupil: PupilId::parse(&row.pupil_id)?,
                outcome: Outcome::parse(&row.outcome)?,
                guardian,
                note: row.note,
                at: row.rung_at,
                staff: row.rung_by,
                by: row.by.unwrap_or_default(),
            })
        };
        found.into_iter().map(|row| note(row).ok_or(StoreError::Unreadable("call_note"))).collect()
    }

    /// Whom the office may ring about a child, in the order in which the school rings them. Nobody who is
    /// barred, has no access or waits for the office to look is among them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn may_ring(&self, pupil: &PupilId) -> Result<Vec<OnRecord>, StoreError> {
        let mut contacts = self.on_record(pupil).await?;
        contacts.retain(|one| one.link.may_read());
        Ok(contacts)
    }

    /// The days on which a session of a child was marked absent and not explained, the last day first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn silent_days(
        &self,
        pupil: &PupilId,
        since: NaiveDate,
        before: NaiveDate,
    ) -> Result<Vec<NaiveDate>, StoreError> {
        let found = rows!(
            self.db(),
            (NaiveDate,),
            "SELECT DISTINCT day FROM mark WHERE school_id = $1 AND pupil_id = $2 AND day >= $3 AND day < $4 AND code IN ('N', 'O') \
             ORDER BY day DESC",
            self.id(),
            pupil.as_str(),
            since,
            before
        )?;
        Ok(found.into_iter().map(|(day,)| day).collect())
    }
}
