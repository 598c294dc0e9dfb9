//! What every form that families sign does when it is sent: it is sent once, with the answers that were shown, and
//! becomes a submission.

use app::rules::{
    access::Link,
    form::Answers,
    id::{GuardianId, PupilId, SubmissionId},
    reference::Reference,
};
use chrono::{DateTime, Utc};

use super::{
    StoreError,
    db::{row, run},
    form_draft::{self, Draft, Drafter, seen_all},
    journal,
    submission::{Channel, SubmissionRow},
    writer::Work,
};

/// What became of a form that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormSent {
    /// Kept, durably.
    Received(Reference),
    /// It had been kept before.
    Again(Reference),
    /// The answers were changed elsewhere since they were shown: nothing was kept.
    Changed,
    /// No such draft any more.
    Gone,
    /// One of the children is not the applicant's to ask for.
    NotAllowed,
    /// What it would take the place of has been decided or taken back meanwhile.
    CannotChange,
    /// With the files that came to what it would take the place of there are too many: nothing was kept.
    TooManyFiles,
}

/// A form as it was shown and sent.
pub(super) struct Shown<'a> {
    /// Who sends it.
    pub guardian: &'a GuardianId,
    /// The draft: it becomes the submission.
    pub submission: &'a SubmissionId,
    /// Whose draft it is.
    pub whose: &'a Drafter,
    /// What [`seen_all`] made of the answers that were shown.
    pub seen: &'a str,
    /// The answers as they were shown.
    pub answers: &'a Answers,
    /// How it came.
    pub channel: Channel,
    /// When.
    pub at: DateTime<Utc>,
    /// When the school had it.
    pub received_at: DateTime<Utc>,
}

/// The draft of a form that may be taken; or what became of it.
pub(super) async fn open(
    work: &mut Work,
    school: &str,
    shown: &Shown<'_>,
) -> Result<Result<Draft, FormSent>, StoreError> {
    let earlier = row!(
        &mut *work,
        (String,),
        "SELECT reference FROM submission WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
        school,
        shown.guardian.as_str(),
        shown.submission.as_str()
    )?;
    if let Some((reference,)) = earlier {
        let reference = Reference::parse(&reference).ok_or(StoreError::Unreadable("submission"))?;
        return Ok(Err(FormSent::Again(reference)));
    }
    let draft = form_draft::find(work, school, shown.whose, shown.submission, shown.at).await?;
    let Some(draft) = draft.filter(|draft| draft.guardian == *shown.guardian) else { return Ok(Err(FormSent::Gone)) };
    if seen_all(&draft.answers) != shown.seen || draft.answers != *shown.answers {
        return Ok(Err(FormSent::Changed));
    }
    Ok(Ok(draft))
}

/// Keeps the submission itself.
pub(super) async fn put_submission(work: &mut Work, school: &str, shown: &Shown<'_>) -> Result<Reference, StoreError> {
    // A form is sent once, so nothing is held against its digest; and one of answers could be guessed.
    let digest = no_digest();
    let Shown { guardian, submission, channel, received_at, .. } = *shown;
    SubmissionRow { guardian, submission, digest: &digest, channel, received_at }.put(work, school).await
}

/// Stands where a digest would: it is one of nothing.
fn no_digest() -> String {
    rand::random::<[u8; 16]>().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Lets nothing of what a submission said be guessed any more: neither by its digest, nor by the journal.
pub(super) async fn forget_content(
    work: &mut Work,
    school: &str,
    guardian: &str,
    submission: &str,
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "UPDATE submission SET digest = $4 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
        school,
        guardian,
        submission,
        no_digest().as_str()
    )?;
    journal::forget(work, school, "submission", submission).await
}

/// What a guardian is to a child.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tie {
    /// What they may do.
    pub link: Link,
    /// Whether the child normally lives with them.
    pub lives_with: bool,
    /// Whether they have parental responsibility.
    pub responsibility: bool,
}

/// The guardian's tie to a child, as it is now: a bar set a moment ago holds.
pub(super) async fn tie(
    work: &mut Work,
    school: &str,
    guardian: &GuardianId,
    pupil: &PupilId,
) -> Result<Option<Tie>, StoreError> {
    let found = row!(
        &mut *work,
        (String, bool, bool, bool, bool),
        "SELECT access, barred, reviewed, lives_with, parental_responsibility FROM guardian_pupil WHERE school_id = $1 AND guardian_id = $2 AND pupil_id = $3",
        school,
        guardian.as_str(),
        pupil.as_str()
    )?;
    Ok(found.map(|(access, barred, reviewed, lives_with, responsibility)| Tie {
        link: Link::of_row(Some(&access), Some(barred), Some(reviewed)),
        lives_with,
        responsibility,
    }))
}
