//! Taking a signed form for leave: submission, requests, sessions, journal line and mail in one transaction.

mod read;
mod record;
mod take;

use app::rules::{
    calendar::SessionDay,
    form::Answers,
    id::{GuardianId, LeaveId, PupilId, StaffId, SubmissionId},
    leave::{Move, Span, State},
    reference::Reference,
};
use chrono::{DateTime, Utc};

use self::take::take;
use super::{
    Channel, FormSent, School, StoreError, db::row, form_draft::Drafter, journal::Actor, leave_state::move_leave,
    mail::NewMail,
};

pub use record::{AskedSession, LeaveChild, LeaveDecision, LeaveLine, LeaveRecord, LeaveSigner, LeaveToSign};

/// A signed form.
#[derive(Debug, Clone)]
pub struct NewLeave {
    /// The applicant.
    pub guardian: GuardianId,
    /// The draft that was signed: it becomes the submission.
    pub submission: SubmissionId,
    /// Whose draft it is.
    pub whose: Drafter,
    /// What [`super::seen_all`] made of the answers that were shown with the signature.
    pub seen: String,
    /// How it came.
    pub channel: Channel,
    /// The version of the form that was shown.
    pub form_version: i64,
    /// The answers as they were shown.
    pub answers: Answers,
    /// From when to when.
    pub span: Span,
    /// Each child with the sessions asked for.
    pub children: Vec<(PupilId, Vec<SessionDay>)>,
    /// Whether it came before the absence began.
    pub in_advance: bool,
    /// The name as it was typed.
    pub signed_name: String,
    /// When it was signed: for a paper form the day on it.
    pub signed_at: DateTime<Utc>,
    /// When the school had it: of a form on paper the day it was handed in, never later than now; else it is now.
    pub received_at: DateTime<Utc>,
    /// Now.
    pub at: DateTime<Utc>,
    /// The member of staff who typed it in.
    pub entered_by: Option<StaffId>,
    /// The other guardians who are asked to sign as well.
    pub ask: Vec<GuardianId>,
    /// Subject and text of the mail to them: that something waits, and nothing of what it is.
    pub ask_mail: (String, String),
}

impl School {
    /// Takes a signed form. `mail` makes the receipt's mail from the reference: that something was received, no
    /// child's name and no reason.
    ///
    /// # Errors
    /// Whatever it is, nothing was received.
    pub async fn send_leave(
        &self,
        new: NewLeave,
        mail: impl FnOnce(&Reference) -> NewMail + Send + 'static,
    ) -> Result<FormSent, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { take(work, &id, new, mail).await })).await
    }

    /// Takes a guardian's request back, for these of its children. `begun` says whether a child's first session
    /// has begun. `false`, and nothing is changed, if one of them is not theirs or can no longer be taken back.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn withdraw_leave(
        &self,
        guardian: &GuardianId,
        children: Vec<(LeaveId, bool)>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, guardian) = (self.id().to_owned(), guardian.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    for (leave, begun) in &children {
                        let own = row!(
                            &mut *work,
                            (String,),
                            "SELECT r.state FROM leave_request r JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = r.guardian_id AND l.pupil_id = r.pupil_id \
                             WHERE r.school_id = $1 AND r.leave_id = $2 AND r.guardian_id = $3 AND l.access = 'full' AND NOT l.barred AND l.reviewed",
                            id.as_str(),
                            leave.as_str(),
                            guardian.as_str()
                        )?;
                        let state = own.and_then(|(state,)| State::parse(&state));
                        if state.is_none_or(|state| state.after(Move::Withdraw { begun: *begun }).is_err()) {
                            return Ok(false);
                        }
                    }
                    let actor = Actor::Guardian(guardian.to_string());
                    for (leave, begun) in &children {
                        // Asked above, in the same transaction.
                        let _ = move_leave(work, &id, leave.as_str(), Move::Withdraw { begun: *begun }, (&actor, now), &[]).await?;
                    }
                    Ok(!children.is_empty())
                })
            })
            .await
    }
}
