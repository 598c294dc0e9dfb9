//! What staff note of what has to be done when a child leaves.

use app::rules::{
    access::{Act, may},
    id::{NoteId, NoticeId, StaffId},
    leaving::Checked,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{row, run},
    journal::{self, Actor, Line},
    leave_decide::roles_in,
    micros,
    writer::Work,
};

/// What is to be noted.
#[derive(Debug, Clone)]
pub struct NewLeavingLine {
    /// Made with the form.
    pub note: NoteId,
    /// The child's notice.
    pub notice: NoticeId,
    /// What is said.
    pub says: Checked,
    /// Who.
    pub by: StaffId,
    /// London's today.
    pub today: NaiveDate,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeavingLineNoted {
    /// Kept.
    Kept,
    /// The very same had been kept before.
    Again,
    /// Something else had been sent with this form before.
    Differs,
    /// The notice does not stand any more: it was taken back or replaced.
    NotNow,
    /// Whoever it is may not.
    NotAllowed,
}

impl School {
    /// Notes it. Nothing that was noted before is changed.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn note_leaving_line(&self, new: NewLeavingLine) -> Result<LeavingLineNoted, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { note(work, &id, new).await })).await
    }
}

async fn note(work: &mut Work, school: &str, new: NewLeavingLine) -> Result<LeavingLineNoted, StoreError> {
    if !may(&roles_in(work, school, &new.by, new.today).await?, Act::KeepLeaving) {
        return Ok(LeavingLineNoted::NotAllowed);
    }
    let says = &new.says;
    let earlier = row!(
        &mut *work,
        (String, String, Option<NaiveDate>, Option<String>, Option<String>),
        "SELECT notice_id, task, done_on, ground, note FROM leaving_line WHERE school_id = $1 AND note_id = $2",
        school,
        new.note.as_str()
    )?;
    if let Some(earlier) = earlier {
        let notice = new.notice.to_string();
        let same =
            earlier == (notice, says.task.word().to_owned(), says.done_on, says.ground.clone(), says.note.clone());
        return Ok(if same { LeavingLineNoted::Again } else { LeavingLineNoted::Differs });
    }
    let last = row!(
        &mut *work,
        (i64,),
        "SELECT (SELECT CAST(COALESCE(MAX(e.place), 0) AS BIGINT) FROM leaving_line e WHERE e.school_id = n.school_id AND e.notice_id = n.notice_id) \
         FROM leaving_notice n JOIN leaving_form f ON f.school_id = n.school_id AND f.guardian_id = n.guardian_id AND f.submission_id = n.submission_id \
         WHERE n.school_id = $1 AND n.notice_id = $2 AND n.state = 'open' AND f.kind = 'notice'",
        school,
        new.notice.as_str()
    )?;
    let Some((last,)) = last else { return Ok(LeavingLineNoted::NotNow) };
    run!(
        &mut *work,
        "INSERT INTO leaving_line (school_id, notice_id, place, note_id, task, done_on, ground, note, noted_at, noted_by) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        school,
        new.notice.as_str(),
        last + 1,
        new.note.as_str(),
        says.task.word(),
        says.done_on,
        says.ground.as_deref(),
        says.note.as_deref(),
        micros(new.at),
        new.by.as_str()
    )?;
    let done_on = says.done_on.map(|day| day.to_string());
    let line = Line {
        at: new.at,
        actor: &Actor::Staff(new.by.to_string()),
        action: "note_leaving",
        subject_kind: "notice",
        subject_id: new.notice.as_str(),
        fields: &[
            ("task", None, Some(says.task.word())),
            ("done_on", None, done_on.as_deref()),
            ("ground", None, says.ground.as_deref()),
            ("note", None, says.note.as_deref()),
        ],
    };
    journal::write(work, school, line).await?;
    Ok(LeavingLineNoted::Kept)
}
