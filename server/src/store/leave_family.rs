//! Who may be asked to sign for leave as well, or hand a form in on paper; and those forms.

use std::collections::BTreeSet;

use app::rules::{
    id::{GuardianId, PupilId, StaffId, SubmissionId},
    leave::may_hand_in,
    reference::Reference,
};
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows},
    micros,
    roster::full_name,
};

/// Another guardian who may be asked to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherGuardian {
    /// Who.
    pub guardian: GuardianId,
    /// The whole name.
    pub name: String,
    /// "father".
    pub relationship: String,
}

columns! {
    struct OtherRow {
        guardian_id: String,
        forename: String,
        surname: String,
        relationship: String,
    }
}

impl School {
    /// The other guardians who may sign for all of these children: parents by responsibility or household, with
    /// full access. Nobody who is barred from a child of theirs, and nothing says that there is somebody else.
    ///
    /// # Errors
    /// What the database says.
    pub async fn who_may_sign(
        &self,
        applicant: &GuardianId,
        children: &[PupilId],
    ) -> Result<Vec<OtherGuardian>, StoreError> {
        let mut all: Option<Vec<OtherGuardian>> = None;
        for child in children {
            let found = rows!(
                self.db(),
                OtherRow,
                "SELECT g.guardian_id, g.forename, g.surname, l.relationship FROM guardian_pupil l \
                 JOIN guardian g ON g.school_id = l.school_id AND g.guardian_id = l.guardian_id \
                 WHERE l.school_id = $1 AND l.pupil_id = $2 AND l.guardian_id <> $3 AND l.access = 'full' AND NOT l.barred AND l.reviewed \
                 AND (l.parental_responsibility OR l.lives_with) ORDER BY l.priority, g.surname, g.guardian_id",
                self.id(),
                child.as_str(),
                applicant.as_str()
            )?;
            let found: Vec<OtherGuardian> = found
                .into_iter()
                .map(|row| {
                    Ok(OtherGuardian {
                        guardian: GuardianId::parse(&row.guardian_id).ok_or(StoreError::Unreadable("guardian"))?,
                        name: full_name(&row.forename, &row.surname),
                        relationship: row.relationship,
                    })
                })
                .collect::<Result<_, StoreError>>()?;
            let ids: BTreeSet<_> = found.iter().map(|other| other.guardian.clone()).collect();
            all = Some(match all {
                None => found,
                Some(before) => before.into_iter().filter(|other| ids.contains(&other.guardian)).collect(),
            });
        }
        Ok(all.unwrap_or_default())
    }

    /// Who may have given in a form on paper for a child, in the order the school rings them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn who_may_hand_in(&self, child: &PupilId) -> Result<Vec<OtherGuardian>, StoreError> {
        let found = self.on_record(child).await?;
        let living = rows!(
            self.db(),
            (String,),
            "SELECT guardian_id FROM guardian_pupil WHERE school_id = $1 AND pupil_id = $2 AND lives_with",
            self.id(),
            child.as_str()
        )?;
        let lives = |guardian: &GuardianId| living.iter().any(|(id,)| id == guardian.as_str());
        let may = found.into_iter().filter(|one| may_hand_in(one.link, lives(&one.guardian_id)));
        Ok(may
            .map(|one| OtherGuardian { guardian: one.guardian_id, name: one.name, relationship: one.relationship })
            .collect())
    }

    /// A guardian's whole name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn guardian_name(&self, guardian: &GuardianId) -> Result<Option<String>, StoreError> {
        let found = row!(
            self.db(),
            (String, String),
            "SELECT forename, surname FROM guardian WHERE school_id = $1 AND guardian_id = $2",
            self.id(),
            guardian.as_str()
        )?;
        Ok(found.map(|(forename, surname)| full_name(&forename, &surname)))
    }

    /// The forms on paper that a member of staff is typing in, the last saved first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn paper_forms(&self, staff: &StaffId, now: DateTime<Utc>) -> Result<Vec<SubmissionId>, StoreError> {
        let found = rows!(
            self.db(),
            (String,),
            "SELECT draft_id FROM form_draft WHERE school_id = $1 AND staff_id = $2 AND form = 'leave' AND expires_at > $3 ORDER BY saved_at DESC",
            self.id(),
            staff.as_str(),
            micros(now)
        )?;
        Ok(found.iter().filter_map(|(draft,)| SubmissionId::parse(draft)).collect())
    }

    /// The request that a form on paper has become.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_entered(&self, draft: &SubmissionId) -> Result<Option<Reference>, StoreError> {
        let found = row!(
            self.db(),
            (String,),
            "SELECT s.reference FROM leave_form f CROSS JOIN submission s \
             WHERE f.school_id = $1 AND f.submission_id = $2 AND f.entered_by IS NOT NULL \
             AND s.school_id = f.school_id AND s.guardian_id = f.guardian_id AND s.submission_id = f.submission_id",
            self.id(),
            draft.as_str()
        )?;
        Ok(found.and_then(|(reference,)| Reference::parse(&reference)))
    }
}
