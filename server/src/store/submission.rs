//! Taking a report: submission, reports, absences, journal line and mail in one transaction.

mod down;
mod take;

use app::rules::{
    absence::CheckedReport,
    code::Code,
    id::{GuardianId, SubmissionId},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use self::{
    down::{Down, take_down},
    take::take,
};
use super::{
    School, StoreError,
    db::{row, run},
    journal::{self, Actor, Line},
    mail::NewMail,
    micros,
    writer::Work,
};

/// How a report came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Channel {
    /// By this site.
    Web,
    /// Somebody rang.
    Phone,
    /// Somebody spoke to the machine.
    Voicemail,
    /// Somebody came to the desk.
    Desk,
    /// A letter.
    Letter,
    /// An e-mail.
    Mail,
}

impl Channel {
    /// Those that the office hears, in the order shown.
    pub const OF_OFFICE: [Self; 5] = [Self::Phone, Self::Voicemail, Self::Desk, Self::Letter, Self::Mail];

    /// The word in forms and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Phone => "phone",
            Self::Voicemail => "voicemail",
            Self::Desk => "desk",
            Self::Letter => "letter",
            Self::Mail => "mail",
        }
    }

    /// The channel of the office that a form's word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::OF_OFFICE.into_iter().find(|channel| channel.word() == word)
    }
}

/// What one guardian sends at one moment.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    /// Who.
    pub guardian: GuardianId,
    /// Made with the form; a retry carries the same.
    pub submission: SubmissionId,
    /// Of what was sent, so that a retry and a second thought can be told apart.
    pub digest: String,
    /// How it came.
    pub channel: Channel,
    /// The server's time.
    pub received_at: DateTime<Utc>,
    /// The days whose register had closed when it came.
    pub after_close: Vec<NaiveDate>,
    /// The days that wait for a word on their own morning: another standing report of the sender is it.
    pub expected: Vec<NaiveDate>,
    /// The code proposed to staff.
    pub proposed: Option<Code>,
    /// What was said.
    pub report: CheckedReport,
    /// The member of staff who entered it for the guardian.
    pub entered_by: Option<Actor>,
    /// Subject and text for the child's other guardians, where the school has them told.
    pub tell_others: Option<(String, String)>,
    /// The submission whose place this one takes, if the parent changes what they sent.
    pub instead_of: Option<Reference>,
}

/// A submission itself, whatever was sent.
pub(super) struct SubmissionRow<'a> {
    /// Who.
    pub guardian: &'a GuardianId,
    /// Made with the form.
    pub submission: &'a SubmissionId,
    /// Of what was sent.
    pub digest: &'a str,
    /// How it came.
    pub channel: Channel,
    /// When the school had it.
    pub received_at: DateTime<Utc>,
}

impl SubmissionRow<'_> {
    /// Keeps it under a new reference; `None` where that is taken, or the submission is there already.
    async fn try_put(&self, work: &mut Work, school: &str) -> Result<Option<Reference>, StoreError> {
        let reference = Reference::from_bytes(rand::random());
        let kept = run!(
            &mut *work,
            "INSERT INTO submission (school_id, guardian_id, submission_id, digest, reference, channel, received_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
            school,
            self.guardian.as_str(),
            self.submission.as_str(),
            self.digest,
            reference.as_str(),
            self.channel.word(),
            micros(self.received_at)
        )?;
        Ok((kept == 1).then_some(reference))
    }

    /// Keeps one that the same job has not found there.
    pub(super) async fn put(&self, work: &mut Work, school: &str) -> Result<Reference, StoreError> {
        for _ in 0..8 {
            if let Some(reference) = self.try_put(work, school).await? {
                return Ok(reference);
            }
        }
        Err(StoreError::Database("no reference was free".to_owned()))
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sent {
    /// Kept, durably.
    Received(Reference),
    /// The very same had been kept before.
    Again(Reference),
    /// Something else had been sent with this form before.
    Differs {
        /// The receipt of what was sent.
        reference: Reference,
        /// When it was received.
        received_at: DateTime<Utc>,
    },
    /// A child in it is not this guardian's to report.
    NotAllowed,
    /// What it would change has been coded, withdrawn or changed meanwhile, or never was.
    CannotChange,
}

impl School {
    /// Takes a report. The mail says only that something was received; `mail` makes it from the reference.
    ///
    /// # Errors
    /// Whatever it is, nothing was received.
    pub async fn report_absence(
        &self,
        new: NewSubmission,
        mail: impl FnOnce(&Reference) -> NewMail + Send + 'static,
    ) -> Result<Sent, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { take(work, &id, new, mail).await })).await
    }

    /// The receipt of a form that this guardian has sent before, whatever was in it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sent_before(
        &self,
        guardian: &GuardianId,
        submission: &SubmissionId,
    ) -> Result<Option<Reference>, StoreError> {
        let found = row!(
            self.db(),
            (String,),
            "SELECT reference FROM submission WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
            self.id(),
            guardian.as_str(),
            submission.as_str()
        )?;
        found.map(|(text,)| Reference::parse(&text).ok_or(StoreError::Unreadable("submission"))).transpose()
    }

    /// Takes back what was sent: those of its days that the school has not coded.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn withdraw(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, guardian, reference) = (self.id().to_owned(), guardian.clone(), reference.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let down = Down::Withdrawn(micros(now));
                    let Some(submission) = take_down(work, &id, &guardian, &reference, down).await? else {
                        return Ok(false);
                    };
                    let actor = Actor::Guardian(guardian.to_string());
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "withdraw_report",
                        subject_kind: "submission",
                        subject_id: &submission,
                        fields: &[],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }
}
