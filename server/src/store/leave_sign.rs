//! Another parent's signature beneath a request for leave.

use app::rules::{
    access::Link,
    id::GuardianId,
    leave::{State, may_sign},
    reference::Reference,
};
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    db::{row, rows, run},
    journal::{self, Actor, Line},
    micros,
};

/// What another parent answers.
#[derive(Debug, Clone)]
pub struct NewSignature {
    /// Who.
    pub signer: GuardianId,
    /// Under which request.
    pub reference: Reference,
    /// The name as typed and the statement as shown; `None`: they will not sign.
    pub signed: Option<(String, String)>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignatureTaken {
    /// Kept, durably; or the same was kept before.
    Done,
    /// The request was decided, changed or taken back meanwhile, or they have signed already.
    TooLate,
    /// They are not asked, or may not sign (any more).
    Nothing,
}

impl School {
    /// Keeps another parent's answer. Whoever said no may still sign while nothing is decided; a signature stays.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn sign_leave(&self, new: NewSignature) -> Result<SignatureTaken, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let found = row!(
                        &mut *work,
                        (String, String, Option<bool>),
                        "SELECT q.guardian_id, q.submission_id, q.signed FROM submission s \
                         JOIN leave_signer q ON q.school_id = s.school_id AND q.guardian_id = s.guardian_id AND q.submission_id = s.submission_id \
                         WHERE s.school_id = $1 AND s.reference = $2 AND q.signer_id = $3",
                        id.as_str(),
                        new.reference.as_str(),
                        new.signer.as_str()
                    )?;
                    let Some((applicant, submission, before)) = found else { return Ok(SignatureTaken::Nothing) };
                    // Asked here, inside the transaction: a bar set a moment ago holds.
                    let children = rows!(
                        &mut *work,
                        (String, Option<String>, Option<bool>, Option<bool>),
                        "SELECT r.state, l.access, l.barred, l.reviewed FROM leave_request r \
                         LEFT JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = $4 AND l.pupil_id = r.pupil_id \
                         WHERE r.school_id = $1 AND r.guardian_id = $2 AND r.submission_id = $3",
                        id.as_str(),
                        applicant.as_str(),
                        submission.as_str(),
                        new.signer.as_str()
                    )?;
                    let links: Vec<Link> = children
                        .iter()
                        .map(|(_, access, barred, reviewed)| Link::of_row(access.as_deref(), *barred, *reviewed))
                        .collect();
                    if !may_sign(&links) {
                        return Ok(SignatureTaken::Nothing);
                    }
                    if before == Some(true) {
                        return Ok(if new.signed.is_some() { SignatureTaken::Done } else { SignatureTaken::TooLate });
                    }
                    let open = |(state, ..): &(String, _, _, _)| State::parse(state).is_some_and(State::is_open);
                    if !children.iter().any(open) {
                        return Ok(SignatureTaken::TooLate);
                    }
                    let (name, statement) = new.signed.clone().unzip();
                    run!(
                        &mut *work,
                        "UPDATE leave_signer SET signed = $5, signed_name = $6, statement = $7, answered_at = $8 \
                         WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 AND signer_id = $4",
                        id.as_str(),
                        applicant.as_str(),
                        submission.as_str(),
                        new.signer.as_str(),
                        new.signed.is_some(),
                        name.as_deref(),
                        statement.as_deref(),
                        micros(new.at)
                    )?;
                    let actor = Actor::Guardian(new.signer.to_string());
                    let said = if new.signed.is_some() { "signed" } else { "not signed" };
                    let line = Line {
                        at: new.at,
                        actor: &actor,
                        action: "sign_leave",
                        subject_kind: "submission",
                        subject_id: &submission,
                        fields: &[
                            ("answer", None, Some(said)),
                            ("name", None, name.as_deref()),
                            ("statement", None, statement.as_deref()),
                        ],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(SignatureTaken::Done)
                })
            })
            .await
    }
}
