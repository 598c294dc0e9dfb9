//! Invitations on paper: a code that signs one guardian's device in once, for families without e-mail.

use app::rules::{
    id::{DeviceId, GuardianId, InvitationId, StaffId},
    invitation::DAYS,
};
use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    device,
    journal::{self, Actor, Line},
    micros,
};

/// How many wrong birthdays an invitation bears in its life.
pub(super) const TRIES: i64 = 5;

/// An invitation to be printed.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// The id.
    pub invitation: InvitationId,
    /// Whom it is for.
    pub guardian: GuardianId,
    /// The code's keyed hash.
    pub code_hash: String,
    /// Who prints it.
    pub by: StaffId,
}

/// An invitation that could still be used, or a device that was signed in with one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// Whom it is for.
    pub guardian: String,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
    /// Whether it was used.
    pub used: bool,
}

/// What a code and a birthday are worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Redeemed {
    /// The device is signed in.
    SignedIn,
    /// Nothing: wrong, unknown, used, worn out, too old, taken back, or nobody who may see a child.
    No,
}

columns! {
    struct Row {
        invitation_id: String,
        guardian_id: String,
        expires_at: DateTime<Utc>,
        tries: i64,
        used_at: Option<DateTime<Utc>>,
        revoked_at: Option<DateTime<Utc>>,
    }
}

impl School {
    /// Makes an invitation; earlier ones of the same guardian that were not used stop working. `false` when
    /// the guardian may see no child: there is nothing to invite them to.
    ///
    /// # Errors
    /// What the database says.
    pub async fn invite_guardian(
        &self,
        new: NewInvitation,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<bool, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let may = row!(&mut *work, (String,),
                        "SELECT l.pupil_id FROM guardian_pupil l JOIN pupil p ON p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
                         WHERE l.school_id = $1 AND l.guardian_id = $2 AND l.access <> 'none' AND l.reviewed = $3 AND l.barred = $4 \
                         AND (p.left_on IS NULL OR p.left_on >= $5) LIMIT 1",
                        id.as_str(), new.guardian.as_str(), true, false, today)?;
                    if may.is_none() {
                        return Ok(false);
                    }
                    run!(&mut *work,
                        "UPDATE invitation SET revoked_at = $3 WHERE school_id = $1 AND guardian_id = $2 AND used_at IS NULL AND revoked_at IS NULL",
                        id.as_str(), new.guardian.as_str(), micros(now))?;
                    run!(&mut *work,
                        "INSERT INTO invitation (school_id, invitation_id, guardian_id, code_hash, made_at, made_by, expires_at, tries) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, 0)",
                        id.as_str(), new.invitation.as_str(), new.guardian.as_str(), new.code_hash.as_str(), micros(now), new.by.as_str(),
                        micros(now + Duration::days(DAYS)))?;
                    let actor = Actor::Staff(new.by.to_string());
                    let line = Line {
                        at: now, actor: &actor, action: "invite_guardian", subject_kind: "guardian", subject_id: new.guardian.as_str(),
                        fields: &[("invitation", None, Some(new.invitation.as_str()))],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// Takes back every invitation of a guardian: those that wait stop working, and devices that were signed
    /// in with one are signed out. `false` when there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn revoke_invitations(
        &self,
        guardian: &GuardianId,
        actor: Actor,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, guardian) = (self.id().to_owned(), guardian.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let revoked = run!(&mut *work,
                        "UPDATE invitation SET revoked_at = $3 WHERE school_id = $1 AND guardian_id = $2 AND revoked_at IS NULL",
                        id.as_str(), guardian.as_str(), micros(now))?;
                    if revoked == 0 {
                        return Ok(false);
                    }
                    run!(&mut *work,
                        "UPDATE device SET revoked_at = $3 WHERE school_id = $1 AND guardian_id = $2 AND invitation_id IS NOT NULL AND revoked_at IS NULL",
                        id.as_str(), guardian.as_str(), micros(now))?;
                    let line = Line { at: now, actor: &actor, action: "revoke_invitation", subject_kind: "guardian", subject_id: guardian.as_str(), fields: &[] };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// Invitations that still mean something, by guardian.
    ///
    /// # Errors
    /// What the database says.
    pub async fn invited(&self, now: DateTime<Utc>) -> Result<Vec<Invited>, StoreError> {
        let found = rows!(
            self.db(),
            (String, DateTime<Utc>, Option<DateTime<Utc>>),
            "SELECT guardian_id, expires_at, used_at FROM invitation \
             WHERE school_id = $1 AND revoked_at IS NULL AND (used_at IS NOT NULL OR expires_at > $2) ORDER BY guardian_id, made_at",
            self.id(),
            micros(now)
        )?;
        let one = |(guardian, expires_at, used_at): (String, DateTime<Utc>, Option<DateTime<Utc>>)| Invited {
            guardian,
            expires_at,
            used: used_at.is_some(),
        };
        Ok(found.into_iter().map(one).collect())
    }

    /// Signs a device in with a code and the birthday of a child whom the guardian may see.
    ///
    /// # Errors
    /// What the database says.
    pub async fn redeem_invitation(
        &self,
        code_hash: &str,
        born: NaiveDate,
        device: device::PaperDevice,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Redeemed, StoreError> {
        let (id, code_hash) = (self.id().to_owned(), code_hash.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    // The same statements whether the code is known or not.
                    run!(&mut *work, "UPDATE invitation SET tries = tries + 1 WHERE school_id = $1 AND code_hash = $2",
                        id.as_str(), code_hash.as_str())?;
                    let found = row!(&mut *work, Row,
                        "SELECT invitation_id, guardian_id, expires_at, tries, used_at, revoked_at FROM invitation \
                         WHERE school_id = $1 AND code_hash = $2",
                        id.as_str(), code_hash.as_str())?;
                    let guardian = found.as_ref().map(|row| row.guardian_id.as_str()).unwrap_or_default();
                    let child = row!(&mut *work, (String,),
                        "SELECT p.pupil_id FROM guardian_pupil l JOIN pupil p ON p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
                         WHERE l.school_id = $1 AND l.guardian_id = $2 AND p.born = $3 AND l.access <> 'none' AND l.reviewed = $4 AND l.barred = $5 \
                         AND (p.left_on IS NULL OR p.left_on >= $6) LIMIT 1",
                        id.as_str(), guardian, born, true, false, today)?;
                    let open = |row: &Row| row.used_at.is_none() && row.revoked_at.is_none() && row.expires_at > now && row.tries <= TRIES;
                    let (Some(row), Some(_)) = (found.filter(open), child) else { return Ok(Redeemed::No) };
                    let used = run!(&mut *work,
                        "UPDATE invitation SET used_at = $3 WHERE school_id = $1 AND invitation_id = $2 AND used_at IS NULL",
                        id.as_str(), row.invitation_id.as_str(), micros(now))?;
                    if used != 1 {
                        return Ok(Redeemed::No);
                    }
                    device::sign_in_by_paper(work, &id, device, &row.guardian_id, &row.invitation_id, now).await?;
                    Ok(Redeemed::SignedIn)
                })
            })
            .await
    }
}

/// The id under which a device is listed is made here, so that the handler needs no other.
impl device::PaperDevice {
    /// A device with this secret's hash and this label.
    #[must_use]
    pub fn new(token_hash: String, label: String) -> Self {
        Self { token_hash, device_id: DeviceId::from_bytes(rand::random()), label }
    }
}
