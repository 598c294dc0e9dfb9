//! What families asked for, as the office has it before it: the list, one request, and the answer.

use app::rules::{
    access::{Act, may},
    details::{Field, Move, Of, State},
    form::YES,
    id::{GuardianId, PupilId, StaffId},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError, address_secret,
    conversation::REACH,
    db::{columns, row, rows, run},
    details::{Details, DetailsLine, details, details_for_office},
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
    /// The fields that wait, each once; none where all is decided and the family has written since.
    pub fields: Vec<Field>,
    /// When it came; where all is decided, when they wrote.
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
    /// The request's own lines.
    pub lines: Vec<DetailsLine>,
    /// Whether the guardian may see a child, and so hears of an answer.
    pub hears: bool,
    /// The submission with which what was said stands: this one, or the latest of the guardian's.
    pub talk: String,
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
    /// Of one of them something newer was agreed meanwhile, which an older wish does not override; nothing was kept.
    Overtaken,
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
    /// The requests with something to decide, the oldest first; behind them those that are decided and about which
    /// families wrote something that nobody has read.
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
        let written = rows!(
            self.db(),
            (String, String, String, DateTime<Utc>),
            "SELECT s.reference, g.forename, g.surname, m.sent_at FROM message m CROSS JOIN submission s CROSS JOIN guardian g \
             WHERE m.school_id = $1 AND m.from_kind = 'guardian' AND m.read_at IS NULL AND m.about_kind = 'details' \
             AND s.school_id = m.school_id AND s.guardian_id = m.guardian_id AND s.submission_id = m.about_id \
             AND g.school_id = m.school_id AND g.guardian_id = m.guardian_id ORDER BY m.sent_at, s.reference",
            self.id()
        )?;
        for (reference, forename, surname, sent_at) in written {
            let reference = Reference::parse(&reference).ok_or(StoreError::Unreadable("submission"))?;
            if listed.iter().all(|known| known.reference != reference) {
                let guardian = full_name(&forename, &surname);
                let (fields, unread, asked_back) = (Vec::new(), true, false);
                listed.push(DetailsListed { reference, guardian, fields, asked_at: sent_at, unread, asked_back });
            }
        }
        Ok(listed)
    }

    /// One request, whatever its guardian may see by now: nothing that waits is out of reach.
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
            (String, String, String, String, DateTime<Utc>, bool),
            "SELECT s.guardian_id, s.submission_id, g.forename, g.surname, s.received_at, \
             EXISTS (SELECT 1 FROM message m WHERE m.school_id = s.school_id AND m.guardian_id = s.guardian_id AND m.about_kind = 'details' \
                AND m.about_id = s.submission_id) FROM submission s \
             JOIN guardian g ON g.school_id = s.school_id AND g.guardian_id = s.guardian_id WHERE s.school_id = $1 AND s.reference = $2 \
             AND EXISTS (SELECT 1 FROM details_line d WHERE d.school_id = s.school_id AND d.guardian_id = s.guardian_id \
                AND d.submission_id = s.submission_id)",
            self.id(),
            reference.as_str()
        )?;
        let Some((guardian, submission, forename, surname, asked_at, talks)) = found else { return Ok(None) };
        let guardian = GuardianId::parse(&guardian).ok_or(StoreError::Unreadable("guardian"))?;
        let hears = details!(self.db(), self.id(), &guardian, today)?.is_some();
        let Some(details) = details_for_office!(self.db(), self.id(), &guardian)? else { return Ok(None) };
        let lines = details.lines.iter().filter(|line| line.submission == submission).cloned().collect();
        let latest = details.latest.as_ref().map(|(_, latest)| latest.clone()).filter(|_| !talks);
        let talk = latest.unwrap_or_else(|| submission.clone());
        let guardian_name = full_name(&forename, &surname);
        let reference = reference.clone();
        Ok(Some(DetailsRecord {
            reference,
            submission,
            guardian,
            guardian_name,
            asked_at,
            details,
            lines,
            hears,
            talk,
        }))
    }

    /// Keeps the office's answers, all or none. `mail` tells the guardian that there is one and nothing of what it says;
    /// it goes where they can see the answer.
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
    let theirs = details!(&mut *work, school, &guardian, new.today)?;
    let Some(details) = details_for_office!(&mut *work, school, &guardian)? else { return Ok(DetailsDecided::Nothing) };
    let mut told = String::new();
    // Looked at before anything is written: all of it or nothing.
    let mut steps = Vec::new();
    for answer in &new.answers {
        let place = details.lines.iter().position(|line| line.submission == submission && line.of == answer.of);
        let Some(place) = place else { return Ok(DetailsDecided::Nothing) };
        // The latest stand first.
        let (newer, line) = (&details.lines[..place], &details.lines[place]);
        if line.state != answer.was || line.state.after(answer.step).is_err() {
            return Ok(DetailsDecided::NotNow);
        }
        let agreed = |newer: &DetailsLine| newer.state.is_agreed() || newer.state == State::Arrived;
        if answer.step != Move::Refuse && newer.iter().any(|newer| newer.of == line.of && agreed(newer)) {
            return Ok(DetailsDecided::Overtaken);
        }
        steps.push((line, answer.step));
    }
    let hears = |line: &DetailsLine| {
        let same = |other: &DetailsLine| other.submission == line.submission && other.of == line.of;
        theirs.as_ref().is_some_and(|theirs| theirs.lines.iter().any(same))
    };
    let heard = steps.iter().any(|(line, _)| hears(line));
    for (line, step) in steps {
        if step == Move::Accept {
            if line.of.field == Field::Secret && line.wanted.as_deref() == Some(YES) {
                let actor = Actor::Staff(new.by.to_string());
                address_secret::keep(work, school, &guardian, true, (&actor, new.at)).await?;
            }
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
    if let Some(to) = found.and_then(reached).filter(|_| heard) {
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
