//! Forms that are being filled in. A page saves its own answers alone, so that two tabs on two pages never
//! meet; two on the same page are told, and nothing is written over unseen.

use app::rules::{
    form::Answers,
    id::{GuardianId, StaffId, SubmissionId},
    leave::DRAFT_DAYS,
    reference::Reference,
};
use chrono::{DateTime, Duration, Utc};
use sha2::{Digest, Sha256};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    micros,
    writer::Work,
};

/// How many forms of one kind a guardian may have begun and not sent.
const MOST: i64 = 10;

/// Whose draft it is: nobody else ever has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Drafter {
    /// The guardian's own.
    Guardian(GuardianId),
    /// A member of staff's, who types in what a guardian wrote on paper.
    Staff(StaffId),
}

impl Drafter {
    /// The guardian and the member of staff of the row; "" stands for any.
    fn keys(&self) -> (&str, &str) {
        match self {
            Self::Guardian(guardian) => (guardian.as_str(), ""),
            Self::Staff(staff) => ("", staff.as_str()),
        }
    }
}

/// A form to be begun.
#[derive(Debug, Clone)]
pub struct NewDraft {
    /// Made with the page that begins it: two taps begin one.
    pub draft: SubmissionId,
    /// Which form.
    pub form: &'static str,
    /// The guardian who fills it in, or filled it in on paper.
    pub guardian: GuardianId,
    /// The member of staff who types it in.
    pub staff: Option<StaffId>,
    /// What it is to take the place of.
    pub instead_of: Option<Reference>,
    /// Answers to begin with.
    pub answers: Answers,
    /// When.
    pub at: DateTime<Utc>,
}

/// A form that is being filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// Becomes the submission's id.
    pub draft: SubmissionId,
    /// The guardian.
    pub guardian: GuardianId,
    /// What it is to take the place of.
    pub instead_of: Option<Reference>,
    /// The answers so far, as typed.
    pub answers: Answers,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
    /// When it goes if nothing more is saved.
    pub expires_at: DateTime<Utc>,
}

/// What became of a saving.
#[derive(Debug, Clone, PartialEq)]
pub enum DraftSaved {
    /// Kept, durably.
    Done,
    /// These answers were changed elsewhere since the page was drawn. Nothing was kept.
    Differs,
    /// No such draft of theirs, or its days are over.
    Gone,
}

columns! {
    struct Row {
        draft_id: String,
        guardian_id: String,
        instead_of: Option<String>,
        answers: String,
        saved_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("form_draft")
}

impl TryFrom<Row> for Draft {
    type Error = StoreError;
    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            draft: SubmissionId::parse(&row.draft_id).ok_or_else(unreadable)?,
            guardian: GuardianId::parse(&row.guardian_id).ok_or_else(unreadable)?,
            instead_of: row.instead_of.as_deref().and_then(Reference::parse),
            answers: serde_json::from_str(&row.answers).map_err(|_| unreadable())?,
            saved_at: row.saved_at,
            expires_at: row.expires_at,
        })
    }
}

/// What a page shows that it knew of these answers. Comes back with what it posts.
#[must_use]
pub fn seen<'a>(answers: &Answers, keys: impl IntoIterator<Item = &'a str>) -> String {
    let mut digest = Sha256::new();
    for key in keys {
        for part in [key, answers.get(key)] {
            digest.update(part.len().to_be_bytes());
            digest.update(part.as_bytes());
        }
    }
    format!("{:x}", digest.finalize())
}

/// The same of all answers: whoever signs has seen these and no others.
#[must_use]
pub fn seen_all(answers: &Answers) -> String {
    seen(answers, answers.iter().map(|(key, _)| key))
}

/// The draft within a job's transaction, if it is theirs and its days are not over.
pub(super) async fn find(
    work: &mut Work,
    school: &str,
    whose: &Drafter,
    draft: &SubmissionId,
    now: DateTime<Utc>,
) -> Result<Option<Draft>, StoreError> {
    let (guardian, staff) = whose.keys();
    let found = row!(
        &mut *work,
        Row,
        "SELECT draft_id, guardian_id, instead_of, answers, saved_at, expires_at FROM form_draft WHERE school_id = $1 AND draft_id = $2 \
         AND expires_at > $5 AND ((guardian_id = $3 AND staff_id IS NULL) OR (staff_id = $4))",
        school,
        draft.as_str(),
        guardian,
        staff,
        micros(now)
    )?;
    found.map(Draft::try_from).transpose()
}

/// Takes a draft away within a job's transaction.
pub(super) async fn drop_draft(work: &mut Work, school: &str, draft: &SubmissionId) -> Result<(), StoreError> {
    run!(&mut *work, "DELETE FROM form_draft WHERE school_id = $1 AND draft_id = $2", school, draft.as_str())?;
    Ok(())
}

impl School {
    /// Begins a form, for a guardian or, from paper, by a member of staff. From an old page, whose form was sent already, nothing is begun: its id is the request's. `false`, and nothing is kept, where the guardian has begun too many already.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin_draft(&self, new: NewDraft) -> Result<bool, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let begun = row!(
                        &mut *work,
                        (i64,),
                        "SELECT COUNT(*) FROM form_draft WHERE school_id = $1 AND guardian_id = $2 AND form = $3 AND expires_at > $4 AND draft_id <> $5 \
                         AND COALESCE(staff_id, '') = $6",
                        id.as_str(),
                        new.guardian.as_str(),
                        new.form,
                        micros(new.at),
                        new.draft.as_str(),
                        new.staff.as_ref().map_or("", StaffId::as_str)
                    )?;
                    if begun.is_some_and(|(begun,)| begun >= MOST) {
                        return Ok(false);
                    }
                    let answers = serde_json::to_string(&new.answers).map_err(|_| unreadable())?;
                    run!(
                        &mut *work,
                        "INSERT INTO form_draft (school_id, draft_id, form, guardian_id, staff_id, instead_of, answers, saved, begun_at, saved_at, expires_at) \
                         SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10 WHERE NOT EXISTS \
                         (SELECT 1 FROM submission s WHERE s.school_id = $1 AND s.guardian_id = $4 AND s.submission_id = $2) ON CONFLICT DO NOTHING",
                        id.as_str(),
                        new.draft.as_str(),
                        new.form,
                        new.guardian.as_str(),
                        new.staff.as_ref().map(StaffId::as_str),
                        new.instead_of.as_ref().map(Reference::as_str),
                        answers.as_str(),
                        0_i64,
                        micros(new.at),
                        micros(new.at + Duration::days(DRAFT_DAYS))
                    )?;
                    Ok(true)
                })
            })
            .await
    }

    /// A draft, if it is theirs and its days are not over.
    ///
    /// # Errors
    /// What the database says.
    pub async fn draft(
        &self,
        whose: &Drafter,
        draft: &SubmissionId,
        now: DateTime<Utc>,
    ) -> Result<Option<Draft>, StoreError> {
        let (guardian, staff) = whose.keys();
        let found = row!(
            self.db(),
            Row,
            "SELECT draft_id, guardian_id, instead_of, answers, saved_at, expires_at FROM form_draft WHERE school_id = $1 AND draft_id = $2 \
             AND expires_at > $5 AND ((guardian_id = $3 AND staff_id IS NULL) OR (staff_id = $4))",
            self.id(),
            draft.as_str(),
            guardian,
            staff,
            micros(now)
        )?;
        found.map(Draft::try_from).transpose()
    }

    /// The drafts of a guardian that they fill in themselves, the last saved first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drafts_of(
        &self,
        guardian: &GuardianId,
        form: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<Draft>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT draft_id, guardian_id, instead_of, answers, saved_at, expires_at FROM form_draft WHERE school_id = $1 AND guardian_id = $2 \
             AND form = $3 AND staff_id IS NULL AND expires_at > $4 ORDER BY saved_at DESC",
            self.id(),
            guardian.as_str(),
            form,
            micros(now)
        )?;
        found.into_iter().map(Draft::try_from).collect()
    }

    /// Keeps the answers of one page, as typed, for another [`DRAFT_DAYS`]. `knew` is what [`seen`] made of the
    /// answers the page was drawn with.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn save_draft(
        &self,
        whose: &Drafter,
        draft: &SubmissionId,
        (answers, knew): (Vec<(String, String)>, String),
        now: DateTime<Utc>,
    ) -> Result<DraftSaved, StoreError> {
        let (id, whose, draft) = (self.id().to_owned(), whose.clone(), draft.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let Some(mut found) = find(work, &id, &whose, &draft, now).await? else {
                        return Ok(DraftSaved::Gone);
                    };
                    let same = answers.iter().all(|(key, answer)| found.answers.get(key) == answer);
                    if !same && seen(&found.answers, answers.iter().map(|(key, _)| key.as_str())) != knew {
                        return Ok(DraftSaved::Differs);
                    }
                    for (key, answer) in answers {
                        found.answers.set(&key, answer);
                    }
                    let kept = serde_json::to_string(&found.answers).map_err(|_| unreadable())?;
                    run!(
                        &mut *work,
                        "UPDATE form_draft SET answers = $3, saved = saved + 1, saved_at = $4, expires_at = $5 WHERE school_id = $1 AND draft_id = $2",
                        id.as_str(),
                        draft.as_str(),
                        kept.as_str(),
                        micros(now),
                        micros(now + Duration::days(DRAFT_DAYS))
                    )?;
                    Ok(DraftSaved::Done)
                })
            })
            .await
    }

    /// Throws a draft away, if it is theirs; whether it was.
    ///
    /// # Errors
    /// What the database says.
    pub async fn throw_draft_away(
        &self,
        whose: &Drafter,
        draft: &SubmissionId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, whose, draft) = (self.id().to_owned(), whose.clone(), draft.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let theirs = find(work, &id, &whose, &draft, now).await?.is_some();
                    if theirs {
                        drop_draft(work, &id, &draft).await?;
                    }
                    Ok(theirs)
                })
            })
            .await
    }

    /// Removes the drafts whose days are over.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sweep_drafts(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "DELETE FROM form_draft WHERE school_id = $1 AND expires_at <= $2",
                        id.as_str(),
                        micros(now)
                    )?;
                    Ok(())
                })
            })
            .await
    }
}
