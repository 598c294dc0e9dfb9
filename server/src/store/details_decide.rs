//! What families asked for, as the office has it before it: the list, one request, and the answer.

use app::rules::{
    access::{Act, may},
    details::{Field, Move, Of, State},
    id::{GuardianId, PupilId, StaffId},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    conversation::REACH,
    db::{columns, row, rows, run},
    details::{Details, DetailsLine, details},
    details_ask::put_state,
    journal::{self, Actor, Line},
    leave_decide::roles_in,
    mail::{NewMail, put_mail},
    message::reached,
    micros,
    roster::full_name,
    writer::Work,
};

/// A request on the office's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailsListed {
    /// Its reference.
    pub reference: Reference,
    /// Who asks.
    pub guardian: String,
    /// The fields that wait, each once.
    pub fields: Vec<Field>,
    /// When it came.
    pub asked_at: DateTime<Utc>,
    /// Whether the family has written something that nobody has read.
    pub unread: bool,
    /// Whether the family has a question of the office's to answer.
    pub asked_back: bool,
}

/// A request with everything beside it.
#[derive(Debug, Clone)]
pub struct DetailsRecord {
    /// Its reference.
    pub reference: Reference,
    /// The submission.
    pub submission: String,
    /// Who asks.
    pub guardian: GuardianId,
    /// Their name, as the roster has it.
    pub guardian_name: String,
    /// When it came.
    pub asked_at: DateTime<Utc>,
    /// The children it can be about, and what the roster says now.
    pub details: Details,
    /// The request's own lines; what is asked of a child whom the guardian may no longer see is not among them.
    pub lines: Vec<DetailsLine>,
}

/// The office's answer to one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailsAnswer {
    /// Which.
    pub of: Of,
    /// Where it stood on the page.
    pub was: State,
    /// What to do with it.
    pub step: Move,
}

/// The office's answers to a request.
#[derive(Debug, Clone)]
pub struct NewDetailsDecision {
    /// Which request.
    pub reference: Reference,
    /// The answers.
    pub answers: Vec<DetailsAnswer>,
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: DateTime<Utc>,
    /// London's day then.
    pub today: NaiveDate,
}

/// What became of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DetailsDecided {
    /// Kept, durably.
    Done,
    /// Somebody was quicker with one of them; nothing was kept.
    NotNow,
    /// There is no such request (any more).
    Nothing,
    /// Whoever answers may not.
    NotAllowed,
}

columns! {
    struct ListRow {
        reference: String,
        forename: String,
        surname: String,
        field: String,
        received_at: DateTime<Utc>,
        unread: bool,
        asked_back: bool,
    }
}

impl School {
    /// The requests with something to decide, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn details_waiting(&self) -> Result<Vec<DetailsListed>, StoreError> {
        let found = rows!(
            self.db(),
            ListRow,
            "SELECT s.reference, g.forename, g.surname, d.field, s.received_at, \
             EXISTS (SELECT 1 FROM message m WHERE m.school_id = d.school_id AND m.guardian_id = d.guardian_id AND m.about_kind = 'details' \
                AND m.about_id = d.submission_id AND m.from_kind = 'guardian' AND m.read_at IS NULL) AS unread, \
             EXISTS (SELECT 1 FROM message q WHERE q.school_id = d.school_id AND q.guardian_id = d.guardian_id AND q.about_kind = 'details' \
                AND q.about_id = d.submission_id AND q.asks AND NOT EXISTS (SELECT 1 FROM message a WHERE a.school_id = q.school_id \
                AND a.guardian_id = q.guardian_id AND a.about_kind = q.about_kind AND a.about_id = q.about_id AND a.from_kind = 'guardian' \
                AND a.place > q.place)) AS asked_back \
             FROM details_line d CROSS JOIN submission s CROSS JOIN guardian g \
             WHERE d.school_id = $1 AND d.state = 'asked' \
             AND s.school_id = d.school_id AND s.guardian_id = d.guardian_id AND s.submission_id = d.submission_id \
             AND g.school_id = d.school_id AND g.guardian_id = d.guardian_id \
             ORDER BY s.received_at, s.reference, d.field",
            self.id()
        )?;
        let mut listed: Vec<DetailsListed> = Vec::new();
        for row in found {
            let field = Field::parse(&row.field).ok_or(StoreError::Unreadable("details_line"))?;
            let reference = Reference::parse(&row.reference).ok_or(StoreError::Unreadable("submission"))?;
            match listed.last_mut().filter(|last| last.reference == reference) {
                Some(last) if last.fields.contains(&field) => {}
                Some(last) => last.fields.push(field),
                None => listed.push(DetailsListed {
                    reference,
                    guardian: full_name(&row.forename, &row.surname),
                    fields: vec![field],
                    asked_at: row.received_at,
                    unread: row.unread,
                    asked_back: row.asked_back,
                }),
            }
        }
        Ok(listed)
    }

    /// One request; `None` where there is none, and where its guardian may see no child any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn details_request(
        &self,
        reference: &Reference,
        today: NaiveDate,
    ) -> Result<Option<DetailsRecord>, StoreError> {
        let found = row!(
            self.db(),
            (String, String, String, String, DateTime<Utc>),
            "SELECT s.guardian_id, s.submission_id, g.forename, g.surname, s.received_at FROM submission s \
             JOIN guardian g ON g.school_id = s.school_id AND g.guardian_id = s.guardian_id WHERE s.school_id = $1 AND s.reference = $2",
            self.id(),
            reference.as_str()
        )?;
        let Some((guardian, submission, forename, surname, asked_at)) = found else { return Ok(None) };
        let guardian = GuardianId::parse(&guardian).ok_or(StoreError::Unreadable("guardian"))?;
        let Some(details) = details!(self.db(), self.id(), &guardian, today)? else { return Ok(None) };
        let lines: Vec<DetailsLine> =
            details.lines.iter().filter(|line| line.submission == submission).cloned().collect();
        if lines.is_empty() {
            return Ok(None);
        }
        let guardian_name = full_name(&forename, &surname);
        let reference = reference.clone();
        Ok(Some(DetailsRecord { reference, submission, guardian, guardian_name, asked_at, details, lines }))
    }

    /// Keeps the office's answers, all or none. `mail` tells the guardian that there is one and nothing of what it says.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn decide_details(&self, new: NewDetailsDecision, mail: NewMail) -> Result<DetailsDecided, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { decide(work, &id, new, mail).await })).await
    }
}

async fn decide(
    work: &mut Work,
    school: &str,
    new: NewDetailsDecision,
    mail: NewMail,
) -> Result<DetailsDecided, StoreError> {
    if !may(&roles_in(work, school, &new.by, new.today).await?, Act::KeepDetails) {
        return Ok(DetailsDecided::NotAllowed);
    }
    let found = row!(
        &mut *work,
        (String, String),
        "SELECT guardian_id, submission_id FROM submission WHERE school_id = $1 AND reference = $2",
        school,
        new.reference.as_str()
    )?;
    let Some((guardian, submission)) = found else { return Ok(DetailsDecided::Nothing) };
    let guardian = GuardianId::parse(&guardian).ok_or(StoreError::Unreadable("guardian"))?;
    let Some(details) = details!(&mut *work, school, &guardian, new.today)? else { return Ok(DetailsDecided::Nothing) };
    let mut told = String::new();
    // Looked at before anything is written: all of it or nothing.
    let mut steps = Vec::new();
    for answer in &new.answers {
        let line = details.lines.iter().find(|line| line.submission == submission && line.of == answer.of);
        let Some(line) = line else { return Ok(DetailsDecided::Nothing) };
        if line.state != answer.was || line.state.after(answer.step).is_err() {
            return Ok(DetailsDecided::NotNow);
        }
        steps.push((line, answer.step));
    }
    for (line, step) in steps {
        if step == Move::Accept {
            // What was agreed for the same field before, and has not come, gives way.
            for older in details.lines.iter().filter(|older| older.of == line.of && older.state.is_agreed()) {
                put_state(work, school, &guardian, older, (Move::Replace, new.at)).await?;
            }
        }
        put_state(work, school, &guardian, line, (step, new.at)).await?;
        run!(
            &mut *work,
            "UPDATE details_line SET decided_by = $6, decided_at = $7 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 \
             AND pupil_id = $4 AND field = $5",
            school,
            guardian.as_str(),
            submission.as_str(),
            line.of.pupil.as_ref().map_or("", PupilId::as_str),
            line.of.field.word(),
            new.by.as_str(),
            micros(new.at)
        )?;
        told.push_str(&format!("{}: {}\n", line.of.name(), line.state.after(step).map_or("", State::word)));
    }
    let found = row!(&mut *work, (Option<String>, i64, i64), REACH, school, guardian.as_str())?;
    if let Some(to) = found.and_then(reached) {
        put_mail(work, school, NewMail { to: Some(to), ..mail }, new.at).await?;
    }
    let actor = Actor::Staff(new.by.to_string());
    let line = Line {
        at: new.at,
        actor: &actor,
        action: "decide_details",
        subject_kind: "submission",
        subject_id: &submission,
        fields: &[("answers", None, Some(&told))],
    };
    journal::write(work, school, line).await?;
    Ok(DetailsDecided::Done)
}
