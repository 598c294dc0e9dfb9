//! What staff note beside a request: that it is complete, what they recommend, whom they talked to.

use app::rules::{
    access::{Act, may},
    id::{GuardianId, NoteId, StaffId},
    leave::{CheckedNote, Move, NoteKind, Recommends, State},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    LeaveRecord, School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    leave_decide::roles_in,
    leave_state::move_leave,
    micros,
    writer::Work,
};

/// A note to be kept.
#[derive(Debug, Clone)]
pub struct NewLeaveNote {
    /// Made with the form: sent twice it is one note.
    pub note: NoteId,
    /// The applicant.
    pub guardian: GuardianId,
    /// The submission.
    pub submission: String,
    /// What it says.
    pub says: CheckedNote,
    /// Who.
    pub by: StaffId,
    /// London's day.
    pub today: NaiveDate,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaveNoted {
    /// Kept.
    Kept,
    /// It was there already.
    Again,
    /// The form was sent before and said something else. Nothing was written.
    Differs,
    /// There is nothing to consider (any more): decided, taken back, or considered already. Nothing was written.
    NotNow,
    /// Who writes may not, or there is no such request.
    NotAllowed,
}

/// A note as it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveNote {
    /// What kind.
    pub kind: NoteKind,
    /// Of a recommendation, what is recommended.
    pub recommends: Option<Recommends>,
    /// What was written.
    pub text: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Who, by name.
    pub by: Option<String>,
}

columns! {
    struct NoteRow {
        kind: String,
        recommends: Option<String>,
        note: Option<String>,
        noted_at: DateTime<Utc>,
        by: Option<String>,
    }
}

impl School {
    /// The notes beside a request, the first first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_notes(&self, record: &LeaveRecord) -> Result<Vec<LeaveNote>, StoreError> {
        let found = rows!(
            self.db(),
            NoteRow,
            "SELECT n.kind, n.recommends, n.note, n.noted_at, t.name AS by FROM leave_note n \
             LEFT JOIN staff t ON t.school_id = n.school_id AND t.staff_id = n.noted_by \
             WHERE n.school_id = $1 AND n.guardian_id = $2 AND n.submission_id = $3 ORDER BY n.noted_at, n.note_id",
            self.id(),
            record.guardian.as_str(),
            record.submission.as_str()
        )?;
        let note = |row: NoteRow| {
            Ok(LeaveNote {
                kind: NoteKind::parse(&row.kind).ok_or(StoreError::Unreadable("leave_note"))?,
                recommends: row.recommends.as_deref().and_then(Recommends::parse),
                text: row.note,
                at: row.noted_at,
                by: row.by,
            })
        };
        found.into_iter().map(note).collect()
    }

    /// Keeps a note. A check also says that every open request of the form is being considered.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn note_leave(&self, new: NewLeaveNote) -> Result<LeaveNoted, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { note(work, &id, new).await })).await
    }
}

async fn note(work: &mut Work, school: &str, new: NewLeaveNote) -> Result<LeaveNoted, StoreError> {
    let (kind, recommends) = (new.says.kind, new.says.recommends.map(Recommends::word));
    let act = if kind == NoteKind::Recommendation { Act::RecommendLeave } else { Act::PrepareLeave };
    if !may(&roles_in(work, school, &new.by, new.today).await?, act) {
        return Ok(LeaveNoted::NotAllowed);
    }
    let earlier = row!(
        &mut *work,
        (String, String, Option<String>, Option<String>, String),
        "SELECT submission_id, kind, recommends, note, noted_by FROM leave_note WHERE school_id = $1 AND note_id = $2",
        school,
        new.note.as_str()
    )?;
    if let Some(earlier) = earlier {
        let same = (
            new.submission.clone(),
            kind.word().to_owned(),
            recommends.map(str::to_owned),
            new.says.text.clone(),
            new.by.to_string(),
        );
        return Ok(if earlier == same { LeaveNoted::Again } else { LeaveNoted::Differs });
    }
    let requests = requests(work, school, (&new.guardian, &new.submission)).await?;
    if requests.is_empty() {
        return Ok(LeaveNoted::NotAllowed);
    }
    let to_consider: Vec<_> = requests
        .into_iter()
        .filter(|(_, state)| *state != State::Considered && state.after(Move::Consider).is_ok())
        .collect();
    if kind == NoteKind::Check && to_consider.is_empty() {
        return Ok(LeaveNoted::NotNow);
    }
    run!(
        &mut *work,
        "INSERT INTO leave_note (school_id, note_id, guardian_id, submission_id, kind, recommends, note, noted_at, noted_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        school,
        new.note.as_str(),
        new.guardian.as_str(),
        new.submission.as_str(),
        kind.word(),
        recommends,
        new.says.text.as_deref(),
        micros(new.at),
        new.by.as_str()
    )?;
    let actor = Actor::Staff(new.by.to_string());
    let line = Line {
        at: new.at,
        actor: &actor,
        action: "note_leave",
        subject_kind: "submission",
        subject_id: &new.submission,
        fields: &[
            ("note", None, Some(new.note.as_str())),
            ("kind", None, Some(kind.word())),
            ("recommends", None, recommends),
            ("text", None, new.says.text.as_deref()),
        ],
    };
    journal::write(work, school, line).await?;
    if kind == NoteKind::Check {
        for (leave, _) in to_consider {
            // Asked above, in the same transaction.
            let _ = move_leave(work, school, &leave, Move::Consider, (&actor, new.at), &[]).await?;
        }
    }
    Ok(LeaveNoted::Kept)
}

/// The requests of a form with their states, within a job's transaction.
pub(super) async fn requests(
    work: &mut Work,
    school: &str,
    (guardian, submission): (&GuardianId, &str),
) -> Result<Vec<(String, State)>, StoreError> {
    let found = rows!(
        &mut *work,
        (String, String),
        "SELECT leave_id, state FROM leave_request WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 ORDER BY leave_id",
        school,
        guardian.as_str(),
        submission
    )?;
    let state = |(leave, state): (String, String)| {
        Ok((leave, State::parse(&state).ok_or(StoreError::Unreadable("leave_request"))?))
    };
    found.into_iter().map(state).collect()
}
