//! Requests for leave, read: by their applicant, by another parent who is asked to sign, by the school.

use app::rules::{
    access::Link,
    calendar::{Session, SessionDay},
    code::Code,
    id::{GuardianId, LeaveId, PupilId},
    leave::{Outcome, Span, State},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{AskedSession, LeaveChild, LeaveDecision, LeaveLine, LeaveRecord, LeaveSigner, LeaveToSign};
use crate::store::{
    School, StoreError,
    db::{columns, row, rows},
    roster::full_name,
};

columns! {
    struct FormRow {
        reference: String,
        guardian_id: String,
        submission_id: String,
        forename: String,
        surname: String,
        channel: String,
        received_at: DateTime<Utc>,
        form_version: i64,
        answers: String,
        first_day: NaiveDate,
        first_session: String,
        last_day: NaiveDate,
        last_session: String,
        return_day: NaiveDate,
        in_advance: bool,
        signed_name: String,
        signed_at: DateTime<Utc>,
        entered_by: Option<String>,
        replaced_by: Option<String>,
    }
}

columns! {
    struct ChildRow {
        leave_id: String,
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        year: i64,
        born: NaiveDate,
        state: String,
        state_at: DateTime<Utc>,
        access: Option<String>,
        barred: Option<bool>,
        reviewed: Option<bool>,
    }
}

columns! {
    struct SessionRow {
        leave_id: String,
        day: NaiveDate,
        session: String,
        granted: Option<bool>,
        code: Option<String>,
    }
}

columns! {
    struct MoveRow {
        leave_id: String,
        state: String,
        at: DateTime<Utc>,
        name: Option<String>,
    }
}

columns! {
    struct DecisionRow {
        leave_id: String,
        decision: i64,
        outcome: String,
        reasons: String,
        words: Option<String>,
        decided_at: DateTime<Utc>,
        decided_by: Option<String>,
        decided_as: String,
    }
}

columns! {
    struct SignerRow {
        signer_id: String,
        forename: String,
        surname: String,
        asked_at: DateTime<Utc>,
        signed_name: Option<String>,
        answered_at: Option<DateTime<Utc>>,
        signed: Option<bool>,
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("leave")
}

fn at(day: NaiveDate, session: &str) -> Result<SessionDay, StoreError> {
    Ok(SessionDay { date: day, session: Session::parse(session).ok_or_else(unreadable)? })
}

impl FormRow {
    fn record(self) -> Result<LeaveRecord, StoreError> {
        Ok(LeaveRecord {
            reference: Reference::parse(&self.reference).ok_or_else(unreadable)?,
            guardian: GuardianId::parse(&self.guardian_id).ok_or_else(unreadable)?,
            guardian_name: full_name(&self.forename, &self.surname),
            submission: self.submission_id,
            channel: self.channel,
            received_at: self.received_at,
            form_version: self.form_version,
            answers: serde_json::from_str(&self.answers).map_err(|_| unreadable())?,
            span: Span {
                first: at(self.first_day, &self.first_session)?,
                last: at(self.last_day, &self.last_session)?,
                back: self.return_day,
            },
            in_advance: self.in_advance,
            signed_name: self.signed_name,
            signed_at: self.signed_at,
            entered_by: self.entered_by,
            replaced_by: self.replaced_by.as_deref().and_then(Reference::parse),
            children: Vec::new(),
            sees_all: true,
            writes_all: true,
            signers: Vec::new(),
        })
    }
}

impl School {
    /// The request with this reference, for the school: all of it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave(&self, reference: &Reference) -> Result<Option<LeaveRecord>, StoreError> {
        let found = row!(
            self.db(),
            FormRow,
            "SELECT s.reference, f.guardian_id, f.submission_id, g.forename, g.surname, s.channel, s.received_at, f.form_version, f.answers, f.first_day, \
             f.first_session, f.last_day, f.last_session, f.return_day, f.in_advance, f.signed_name, f.signed_at, \
             (SELECT t.name FROM staff t WHERE t.school_id = f.school_id AND t.staff_id = f.entered_by) AS entered_by, \
             (SELECT n.reference FROM submission n WHERE n.school_id = f.school_id AND n.guardian_id = f.guardian_id AND n.submission_id = f.replaced_by) AS replaced_by \
             FROM submission s \
             JOIN leave_form f ON f.school_id = s.school_id AND f.guardian_id = s.guardian_id AND f.submission_id = s.submission_id \
             JOIN guardian g ON g.school_id = s.school_id AND g.guardian_id = s.guardian_id \
             WHERE s.school_id = $1 AND s.reference = $2",
            self.id(),
            reference.as_str()
        )?;
        let Some(mut record) = found.map(FormRow::record).transpose()? else { return Ok(None) };
        record.children = self.leave_children(&record, &record.guardian, |_| true).await?;
        record.signers = self.leave_signers(&record).await?;
        Ok(Some(record))
    }

    /// A guardian's own request. `None` alike for somebody else's and for none; children whom they may no longer
    /// see are left out, and without any left there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_leave(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
    ) -> Result<Option<LeaveRecord>, StoreError> {
        let Some(mut record) = self.leave(reference).await?.filter(|record| record.guardian == *guardian) else {
            return Ok(None);
        };
        let all = record.children.len();
        record.children = self.leave_children(&record, guardian, Link::may_read).await?;
        record.sees_all = record.children.len() == all;
        record.writes_all = self.leave_children(&record, guardian, Link::may_report).await?.len() == all;
        Ok((!record.children.is_empty()).then_some(record))
    }

    /// A request that this guardian is asked to sign as well. `None` alike for one they are not asked about and for
    /// none; so it is as soon as they may no longer write for one of its children, or it was taken back before
    /// they answered.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_to_sign(
        &self,
        signer: &GuardianId,
        reference: &Reference,
    ) -> Result<Option<LeaveToSign>, StoreError> {
        let Some(record) = self.leave(reference).await? else { return Ok(None) };
        let Some(asked) = record.signers.iter().find(|one| one.guardian == *signer).cloned() else { return Ok(None) };
        let all = record.children.len();
        let children = self.leave_children(&record, signer, Link::may_report).await?;
        let gone = children.iter().all(|child| matches!(child.state, State::Withdrawn | State::Replaced));
        if children.len() != all || (gone && asked.signed.is_none()) {
            return Ok(None);
        }
        let LeaveRecord { reference, form_version, span, .. } = record;
        Ok(Some(LeaveToSign { reference, form_version, span, children, signer: asked }))
    }

    /// A guardian's own requests, a line for each child, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_leaves(&self, guardian: &GuardianId) -> Result<Vec<LeaveLine>, StoreError> {
        rows!(
            self.db(),
            LeaveLine,
            "SELECT s.reference, COALESCE(p.known_as, p.forename) AS called, r.state, r.state_at, f.first_day, f.last_day FROM leave_form f \
             JOIN submission s ON s.school_id = f.school_id AND s.guardian_id = f.guardian_id AND s.submission_id = f.submission_id \
             JOIN leave_request r ON r.school_id = f.school_id AND r.guardian_id = f.guardian_id AND r.submission_id = f.submission_id \
             JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             WHERE f.school_id = $1 AND f.guardian_id = $2 AND l.access <> 'none' AND NOT l.barred AND l.reviewed \
             ORDER BY s.received_at DESC, p.forename, p.pupil_id",
            self.id(),
            guardian.as_str()
        )
    }

    /// The requests that this guardian is asked to sign, answered or not, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leaves_asked_to_sign(&self, signer: &GuardianId) -> Result<Vec<LeaveToSign>, StoreError> {
        let found = rows!(
            self.db(),
            (String,),
            "SELECT s.reference FROM leave_signer q \
             JOIN submission s ON s.school_id = q.school_id AND s.guardian_id = q.guardian_id AND s.submission_id = q.submission_id \
             WHERE q.school_id = $1 AND q.signer_id = $2 ORDER BY q.asked_at DESC LIMIT 40",
            self.id(),
            signer.as_str()
        )?;
        let mut waiting = Vec::new();
        for (reference,) in found {
            let reference = Reference::parse(&reference).ok_or_else(unreadable)?;
            waiting.extend(self.leave_to_sign(signer, &reference).await?);
        }
        Ok(waiting)
    }

    /// The children of a request, those whose link to this guardian passes.
    async fn leave_children(
        &self,
        record: &LeaveRecord,
        guardian: &GuardianId,
        may: impl Fn(Link) -> bool,
    ) -> Result<Vec<LeaveChild>, StoreError> {
        let (applicant, submission) = (record.guardian.as_str(), record.submission.as_str());
        let found = rows!(
            self.db(),
            ChildRow,
            "SELECT r.leave_id, r.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, c.year, p.born, r.state, r.state_at, \
             l.access, l.barred, l.reviewed FROM leave_request r \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             LEFT JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = $4 AND l.pupil_id = r.pupil_id \
             WHERE r.school_id = $1 AND r.guardian_id = $2 AND r.submission_id = $3 ORDER BY c.year DESC, p.forename, p.pupil_id",
            self.id(),
            applicant,
            submission,
            guardian.as_str()
        )?;
        // Before the sessions: a decision that comes in between is then missing here, never half there.
        let decisions = rows!(
            self.db(),
            DecisionRow,
            "SELECT d.leave_id, d.decision, d.outcome, d.reasons, d.words, d.decided_at, t.name AS decided_by, d.decided_as FROM leave_request r \
             JOIN leave_decision d ON d.school_id = r.school_id AND d.leave_id = r.leave_id \
             LEFT JOIN staff t ON t.school_id = d.school_id AND t.staff_id = d.decided_by \
             WHERE r.school_id = $1 AND r.guardian_id = $2 AND r.submission_id = $3 ORDER BY d.decision",
            self.id(),
            applicant,
            submission
        )?;
        let sessions = rows!(
            self.db(),
            SessionRow,
            "SELECT t.leave_id, t.day, t.session, t.granted, t.code FROM leave_request r \
             JOIN leave_session t ON t.school_id = r.school_id AND t.leave_id = r.leave_id \
             WHERE r.school_id = $1 AND r.guardian_id = $2 AND r.submission_id = $3 ORDER BY t.day, t.session",
            self.id(),
            applicant,
            submission
        )?;
        let moves = rows!(
            self.db(),
            MoveRow,
            "SELECT m.leave_id, m.state, m.at, t.name FROM leave_request r \
             JOIN leave_move m ON m.school_id = r.school_id AND m.leave_id = r.leave_id \
             LEFT JOIN staff t ON m.actor_kind = 'staff' AND t.school_id = m.school_id AND t.staff_id = m.actor_id \
             WHERE r.school_id = $1 AND r.guardian_id = $2 AND r.submission_id = $3 ORDER BY m.place",
            self.id(),
            applicant,
            submission
        )?;
        let mut children = Vec::new();
        for row in found {
            if !may(Link::of_row(row.access.as_deref(), row.barred, row.reviewed)) {
                continue;
            }
            let of = |leave: &str| leave == row.leave_id;
            children.push(LeaveChild {
                sessions: sessions
                    .iter()
                    .filter(|it| of(&it.leave_id))
                    .map(|it| {
                        let code =
                            it.code.as_deref().map(|code| Code::parse(code).ok_or_else(unreadable)).transpose()?;
                        Ok(AskedSession { at: at(it.day, &it.session)?, granted: it.granted, code })
                    })
                    .collect::<Result<_, StoreError>>()?,
                moves: moves
                    .iter()
                    .filter(|it| of(&it.leave_id))
                    .map(|it| Ok((State::parse(&it.state).ok_or_else(unreadable)?, it.at, it.name.clone())))
                    .collect::<Result<_, StoreError>>()?,
                decisions: decisions.iter().filter(|it| of(&it.leave_id)).map(|it| it.decision()).collect::<Result<
                    _,
                    StoreError,
                >>(
                )?,
                leave: LeaveId::parse(&row.leave_id).ok_or_else(unreadable)?,
                pupil: PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?,
                full_name: full_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
                called: row.known_as.unwrap_or(row.forename),
                class: row.class,
                year: row.year,
                born: row.born,
                state: State::parse(&row.state).ok_or_else(unreadable)?,
                state_at: row.state_at,
            });
        }
        Ok(children)
    }

    async fn leave_signers(&self, record: &LeaveRecord) -> Result<Vec<LeaveSigner>, StoreError> {
        let found = rows!(
            self.db(),
            SignerRow,
            "SELECT q.signer_id, g.forename, g.surname, q.asked_at, q.signed_name, q.answered_at, q.signed FROM leave_signer q \
             JOIN guardian g ON g.school_id = q.school_id AND g.guardian_id = q.signer_id \
             WHERE q.school_id = $1 AND q.guardian_id = $2 AND q.submission_id = $3 ORDER BY q.asked_at, q.signer_id",
            self.id(),
            record.guardian.as_str(),
            record.submission.as_str()
        )?;
        let signer = |row: SignerRow| {
            Ok(LeaveSigner {
                guardian: GuardianId::parse(&row.signer_id).ok_or_else(unreadable)?,
                name: full_name(&row.forename, &row.surname),
                asked_at: row.asked_at,
                signed_name: row.signed_name,
                answered_at: row.answered_at,
                signed: row.signed,
            })
        };
        found.into_iter().map(signer).collect()
    }
}

impl DecisionRow {
    fn decision(&self) -> Result<LeaveDecision, StoreError> {
        let outcomes = [Outcome::Granted, Outcome::GrantedInPart, Outcome::Refused];
        Ok(LeaveDecision {
            decision: self.decision,
            outcome: outcomes
                .into_iter()
                .find(|outcome| outcome.state().word() == self.outcome)
                .ok_or_else(unreadable)?,
            reasons: self.reasons.lines().map(str::to_owned).collect(),
            words: self.words.clone(),
            decided_at: self.decided_at,
            decided_by: self.decided_by.clone(),
            decided_as: self.decided_as.clone(),
        })
    }
}
