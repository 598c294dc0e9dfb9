//! What guardians declare about the policy: taken once, for each child, by each for themselves; and read back by their own
//! guardian and by staff.

mod take;

use app::rules::{
    conversation::{Side, Standing, Topic},
    declaration::{Answer, Facts},
    id::{GuardianId, MessageId, PolicyFileId, PupilId, StaffId, SubmissionId},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use self::take::take;
use super::{
    School, StoreError,
    conversation::{About, ForGuardian, links},
    db::{columns, row, rows, run},
    message::may_read,
    micros,
    policy_file::NewPolicyFile,
    roster::full_name,
};

/// An answer to the policy.
#[derive(Debug, Clone)]
pub struct NewDeclaration {
    /// Who answers.
    pub guardian: GuardianId,
    /// Made with the form.
    pub submission: SubmissionId,
    /// Of what was sent.
    pub digest: String,
    /// The version that was shown.
    pub version: i64,
    /// The answer.
    pub answer: Answer,
    /// For which children.
    pub children: Vec<PupilId>,
    /// The name as typed; "" for an answer that is no signature.
    pub signed_name: String,
    /// Why it is another than the name on record.
    pub explanation: Option<String>,
    /// What they want to say, with the id made for it; the first message of a conversation.
    pub words: Option<(MessageId, String)>,
    /// How it came.
    pub came: DeclarationCame,
    /// When.
    pub at: DateTime<Utc>,
}

/// How an answer came.
#[derive(Debug, Clone)]
pub enum DeclarationCame {
    /// In the portal.
    Web {
        /// When a code was given on the device.
        proved_at: DateTime<Utc>,
        /// The network address.
        ip: String,
        /// What the browser calls itself.
        user_agent: String,
        /// What writes the mail that says that it was received, and nothing of what it is; `None` for no mail.
        mail: Option<ReceiptMail>,
    },
    /// On paper.
    Paper {
        /// The day that stands on it.
        day: NaiveDate,
        /// Who recorded it.
        by: StaffId,
        /// Its scan.
        scan: Option<Box<NewPolicyFile>>,
    },
}

/// What the mail about an answer needs.
#[derive(Debug, Clone)]
pub struct ReceiptMail {
    /// Subject and text, from school, reference and link.
    pub words: fn(&str, &str, &str) -> (String, String),
    /// The school's name.
    pub school: String,
    /// The address of the portal.
    pub origin: String,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeclarationTaken {
    /// Kept, durably.
    Received(Reference),
    /// The very same had been kept before.
    Again(Reference),
    /// Something else had been sent with this form before; it stands there.
    Differs(Reference),
    /// Another version has been published since: nothing was kept.
    NewVersion,
    /// This child was signed for already, by the same guardian: nothing was kept.
    Signed(Reference),
    /// A child that is not theirs to answer for, now: nothing was kept.
    NotAllowed,
}

/// An answer as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Declaration {
    /// The reference.
    pub reference: Reference,
    /// The form's id.
    pub submission: String,
    /// Who.
    pub guardian: GuardianId,
    /// The version.
    pub version: i64,
    /// The answer.
    pub answer: Answer,
    /// When.
    pub answered_at: DateTime<Utc>,
    /// What is recorded about it, as its exact text.
    pub facts: String,
    /// The SHA-256 of that text.
    pub signature: String,
    /// The number of the journal's line.
    pub journal_seq: i64,
    /// The scan of one on paper.
    pub scan: Option<PolicyFileId>,
    /// Each child: id, name, class, and whether another answer has taken its place.
    pub children: Vec<DeclarationChild>,
}

/// A child of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationChild {
    /// The child.
    pub pupil: PupilId,
    /// What everybody calls the child.
    pub called: String,
    /// The whole name.
    pub full_name: String,
    /// The class.
    pub class: String,
    /// Whether another answer has taken its place.
    pub replaced: bool,
}

impl Declaration {
    /// What is recorded; `None` where somebody has changed it by hand so that it cannot be read.
    #[must_use]
    pub fn facts(&self) -> Option<Facts> {
        serde_json::from_str(&self.facts).ok()
    }
}

columns! {
    struct FormRow {
        reference: String,
        submission_id: String,
        guardian_id: String,
        version: i64,
        answer: String,
        answered_at: DateTime<Utc>,
        facts: String,
        signature: String,
        journal_seq: i64,
        file_id: Option<String>,
    }
}

columns! {
    /// A guardian's own answer for one child that counts.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct OwnAnswer {
        /// The child.
        pub pupil_id: String,
        /// The answer's word.
        pub answer: String,
        /// The reference.
        pub reference: String,
        /// When.
        pub answered_at: DateTime<Utc>,
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("declaration")
}

impl School {
    /// Takes an answer.
    ///
    /// # Errors
    /// [`StoreError::Full`] for a scan while the disk has less room left than is kept for reports. Whatever it is, nothing was
    /// kept.
    pub async fn declare(&self, new: NewDeclaration) -> Result<DeclarationTaken, StoreError> {
        if matches!(&new.came, DeclarationCame::Paper { scan: Some(_), .. }) {
            self.store.has_room_for_files()?;
        }
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { take(work, &id, new).await })).await
    }

    /// A guardian's own answers to a version that count.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_answers(&self, guardian: &GuardianId, version: i64) -> Result<Vec<OwnAnswer>, StoreError> {
        rows!(
            self.db(),
            OwnAnswer,
            "SELECT d.pupil_id, d.answer, f.reference, f.answered_at FROM declaration d \
             JOIN declaration_form f ON f.school_id = d.school_id AND f.guardian_id = d.guardian_id AND f.submission_id = d.submission_id \
             WHERE d.school_id = $1 AND d.guardian_id = $2 AND d.version = $3 AND d.replaced_at IS NULL ORDER BY f.answered_at, d.pupil_id",
            self.id(),
            guardian.as_str(),
            version
        )
    }

    /// A guardian's own answer. `None` alike for one that is somebody else's, one with a child in it whom they may no longer
    /// see, and one that never was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_declaration(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
    ) -> Result<Option<Declaration>, StoreError> {
        let found = self.declaration(reference).await?;
        let Some(found) = found.filter(|found| found.guardian == *guardian) else { return Ok(None) };
        let about = found.about();
        let links = links!(self.db(), self.id(), about)?;
        Ok(may_read(&links).then_some(found))
    }

    /// An answer, whosever it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn declaration(&self, reference: &Reference) -> Result<Option<Declaration>, StoreError> {
        let found = row!(
            self.db(),
            FormRow,
            "SELECT reference, submission_id, guardian_id, version, answer, answered_at, facts, signature, journal_seq, file_id \
             FROM declaration_form WHERE school_id = $1 AND reference = $2",
            self.id(),
            reference.as_str()
        )?;
        let Some(row) = found else { return Ok(None) };
        let children = rows!(
            self.db(),
            (String, String, String, Option<String>, String, Option<DateTime<Utc>>),
            "SELECT d.pupil_id, p.forename, p.surname, p.known_as, c.name, d.replaced_at FROM declaration d \
             JOIN pupil p ON p.school_id = d.school_id AND p.pupil_id = d.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE d.school_id = $1 AND d.guardian_id = $2 AND d.submission_id = $3 ORDER BY p.born, p.pupil_id",
            self.id(),
            row.guardian_id.as_str(),
            row.submission_id.as_str()
        )?;
        let child = |(pupil, forename, surname, known_as, class, replaced): (
            String,
            String,
            String,
            Option<String>,
            String,
            Option<DateTime<Utc>>,
        )| {
            Ok(DeclarationChild {
                pupil: PupilId::parse(&pupil).ok_or_else(unreadable)?,
                full_name: full_name(known_as.as_deref().unwrap_or(&forename), &surname),
                called: known_as.unwrap_or(forename),
                class,
                replaced: replaced.is_some(),
            })
        };
        Ok(Some(Declaration {
            reference: Reference::parse(&row.reference).ok_or_else(unreadable)?,
            submission: row.submission_id,
            guardian: GuardianId::parse(&row.guardian_id).ok_or_else(unreadable)?,
            version: row.version,
            answer: Answer::parse(&row.answer).ok_or_else(unreadable)?,
            answered_at: row.answered_at,
            facts: row.facts,
            signature: row.signature,
            journal_seq: row.journal_seq,
            scan: row.file_id.as_deref().and_then(PolicyFileId::parse),
            children: children.into_iter().map(child).collect::<Result<_, StoreError>>()?,
        }))
    }

    /// What the school has written to a guardian about their answers and that waits for them, oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn declarations_wait_for_guardian(&self, guardian: &GuardianId) -> Result<Vec<ForGuardian>, StoreError> {
        let found = rows!(
            self.db(),
            (String,),
            "SELECT f.reference FROM message m \
             JOIN declaration_form f ON f.school_id = m.school_id AND f.guardian_id = m.guardian_id AND f.submission_id = m.about_id \
             WHERE m.school_id = $1 AND m.guardian_id = $2 AND m.about_kind = 'declaration' AND m.from_kind = 'staff' \
             AND NOT EXISTS (SELECT 1 FROM message n WHERE n.school_id = m.school_id AND n.guardian_id = m.guardian_id \
                AND n.about_kind = m.about_kind AND n.about_id = m.about_id AND n.place > m.place) \
             ORDER BY m.sent_at, f.reference",
            self.id(),
            guardian.as_str()
        )?;
        let mut waiting = Vec::new();
        for (reference,) in found {
            let reference = Reference::parse(&reference).ok_or_else(unreadable)?;
            let Some(found) = self.own_declaration(guardian, &reference).await? else { continue };
            let Some(talk) = self.conversation(&found.about()).await? else { continue };
            let asks = talk.standing() == Some(Standing::Asked);
            if asks || talk.unread_by(Side::Guardian) {
                let children = found.children.into_iter().map(|child| child.called).collect();
                waiting.push(ForGuardian { reference, children, asks });
            }
        }
        Ok(waiting)
    }

    /// Clears network addresses and browsers' names that were kept for longer than they need be.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_old_addresses(&self, before: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "UPDATE declaration_form SET ip = NULL, user_agent = NULL WHERE school_id = $1 AND answered_at < $2 AND ip IS NOT NULL",
                        id.as_str(),
                        micros(before)
                    )?;
                    Ok(())
                })
            })
            .await
    }
}

impl Declaration {
    /// The conversation about it.
    #[must_use]
    pub fn about(&self) -> About {
        About { topic: Topic::Declaration, id: self.submission.clone(), guardian: self.guardian.clone() }
    }
}
