//! Guardians' signed-in devices. Nothing of a guardian's rights is kept in a session:
//! who they are and what they may see is read again on every request.

use app::rules::id::{DeviceId, GuardianId};
use chrono::{DateTime, Duration, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
    roster::full_name,
    writer::Work,
};

/// How long a device stays signed in.
pub const DAYS: i64 = 90;

/// A device to be signed in.
#[derive(Debug, Clone)]
pub struct NewDevice {
    /// The hash of the secret in its cookie.
    pub token_hash: String,
    /// How its owner sees it in the list.
    pub device_id: DeviceId,
    /// The address the code was sent to.
    pub email: String,
    /// Who it is; `None` until somebody in a shared inbox has said.
    pub guardian: Option<GuardianId>,
    /// Whether the inbox is shared. Such a device may report, not sign.
    pub shared: bool,
    /// "Chrome on Android".
    pub label: String,
}

/// A device to be signed in with an invitation on paper.
#[derive(Debug, Clone)]
pub struct PaperDevice {
    /// The hash of the secret in its cookie.
    pub token_hash: String,
    /// How its owner sees it in the list.
    pub device_id: DeviceId,
    /// "Chrome on Android".
    pub label: String,
}

/// Who is signed in on a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    /// The device.
    pub device_id: DeviceId,
    /// The address it was signed in with; "" where that was an invitation on paper.
    pub email: String,
    /// Whether the inbox is shared, or was when the device was signed in. Such a device may report, not sign.
    pub shared: bool,
    /// Who it is.
    pub guardian: Option<(GuardianId, String)>,
    /// What to call them.
    pub called: String,
    /// When the device was last used, to the hour.
    pub seen_at: DateTime<Utc>,
    /// When a code was last given on it: a fresh one, or at the latest the one that signed it in.
    pub proved_at: DateTime<Utc>,
}

/// A device as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The id.
    pub device_id: DeviceId,
    /// "Chrome on Android".
    pub label: String,
    /// When it was signed in.
    pub signed_in_at: DateTime<Utc>,
    /// When it was last used, to the hour.
    pub seen_at: DateTime<Utc>,
}

columns! {
    struct Row {
        device_id: String,
        email: String,
        shared: bool,
        guardian_id: Option<String>,
        forename: Option<String>,
        surname: Option<String>,
        seen_at: DateTime<Utc>,
        proved_at: DateTime<Utc>,
    }
}

/// Signs a device in within the job's transaction: no address stands behind it, an invitation does.
pub(super) async fn sign_in_by_paper(
    work: &mut Work,
    school: &str,
    new: PaperDevice,
    guardian: &str,
    invitation: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "INSERT INTO device (school_id, token_hash, device_id, email, guardian_id, shared, label, signed_in_at, seen_at, expires_at, invitation_id) \
         VALUES ($1, $2, $3, '', $4, $5, $6, $7, $7, $8, $9)",
        school,
        new.token_hash.as_str(),
        new.device_id.as_str(),
        guardian,
        false,
        new.label.as_str(),
        micros(now),
        micros(now + Duration::days(DAYS)),
        invitation
    )?;
    let actor = Actor::Guardian(guardian.to_owned());
    let line = Line {
        at: now,
        actor: &actor,
        action: "sign_in",
        subject_kind: "device",
        subject_id: new.device_id.as_str(),
        fields: &[("invitation", None, Some(invitation))],
    };
    journal::write(work, school, line).await
}

impl School {
    /// Signs a device in.
    ///
    /// # Errors
    /// What the database says.
    pub async fn sign_in_device(&self, new: NewDevice, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(&mut *work,
                        "INSERT INTO device (school_id, token_hash, device_id, email, guardian_id, shared, label, signed_in_at, seen_at, expires_at) \
                         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)",
                        id.as_str(), new.token_hash.as_str(), new.device_id.as_str(), new.email.as_str(),
                        new.guardian.as_ref().map(GuardianId::as_str), new.shared, new.label.as_str(), micros(now), micros(now + Duration::days(DAYS)))?;
                    let actor = new.guardian.as_ref().map_or(Actor::System("sign_in"), |g| Actor::Guardian(g.to_string()));
                    let line = Line { at: now, actor: &actor, action: "sign_in", subject_kind: "device", subject_id: new.device_id.as_str(), fields: &[] };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// Who is signed in with this cookie, now. An address that the school no longer holds for
    /// this guardian signs its devices out, and so does a bar against anybody who shares it, since
    /// nobody can tell who reads there; an invitation that was taken back signs its device out.
    ///
    /// # Errors
    /// What the database says.
    pub async fn signed_in(&self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<SignedIn>, StoreError> {
        let found = row!(
            self.db(),
            Row,
            "SELECT d.device_id, d.email, g.guardian_id, g.forename, g.surname, d.seen_at, COALESCE(d.proved_at, d.signed_in_at) AS proved_at, \
             (d.shared OR EXISTS (SELECT 1 FROM guardian n WHERE n.school_id = d.school_id AND n.email = d.email AND n.guardian_id <> d.guardian_id)) \
             AS shared FROM device d \
             LEFT JOIN guardian g ON g.school_id = d.school_id AND g.guardian_id = d.guardian_id AND (g.email = d.email OR EXISTS \
             (SELECT 1 FROM invitation i WHERE i.school_id = d.school_id AND i.invitation_id = d.invitation_id AND i.guardian_id = d.guardian_id \
             AND i.revoked_at IS NULL)) \
             WHERE d.school_id = $1 AND d.token_hash = $2 AND d.revoked_at IS NULL AND d.expires_at > $3 \
             AND (d.guardian_id IS NULL OR g.guardian_id IS NOT NULL) \
             AND NOT (d.email <> '' AND EXISTS (SELECT 1 FROM guardian o CROSS JOIN guardian_pupil b \
                WHERE o.school_id = d.school_id AND o.email = d.email AND b.school_id = o.school_id AND b.guardian_id = o.guardian_id AND b.barred AND EXISTS (SELECT 1 FROM guardian n \
                   WHERE n.school_id = o.school_id AND n.email = o.email AND n.guardian_id <> o.guardian_id)))",
            self.id(),
            token_hash,
            micros(now)
        )?;
        let Some(found) = found else { return Ok(None) };
        let guardian = match found.guardian_id {
            None => None,
            Some(id) => {
                let name = full_name(
                    found.forename.as_deref().unwrap_or_default(),
                    found.surname.as_deref().unwrap_or_default(),
                );
                Some((GuardianId::parse(&id).ok_or(StoreError::Unreadable("guardian"))?, name))
            }
        };
        Ok(Some(SignedIn {
            device_id: DeviceId::parse(&found.device_id).ok_or(StoreError::Unreadable("device"))?,
            email: found.email,
            shared: found.shared,
            guardian,
            called: found.forename.unwrap_or_default(),
            seen_at: found.seen_at,
            proved_at: found.proved_at,
        }))
    }

    /// Says who uses a device of a shared inbox. Only somebody who reads that inbox can be chosen.
    ///
    /// # Errors
    /// What the database says.
    pub async fn choose_guardian(
        &self,
        token_hash: &str,
        guardian: &GuardianId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, token_hash, guardian) = (self.id().to_owned(), token_hash.to_owned(), guardian.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let chosen = run!(&mut *work,
                        "UPDATE device SET guardian_id = $3 WHERE school_id = $1 AND token_hash = $2 AND shared = $4 AND revoked_at IS NULL \
                         AND EXISTS (SELECT 1 FROM guardian g WHERE g.school_id = $1 AND g.guardian_id = $3 AND g.email = device.email)",
                        id.as_str(), token_hash.as_str(), guardian.as_str(), true)? == 1;
                    if chosen {
                        let device = row!(&mut *work, (String,), "SELECT device_id FROM device WHERE school_id = $1 AND token_hash = $2",
                            id.as_str(), token_hash.as_str())?;
                        let device = device.map(|(device,)| device).unwrap_or_default();
                        let actor = Actor::Guardian(guardian.to_string());
                        let line = Line { at: now, actor: &actor, action: "choose_guardian", subject_kind: "device", subject_id: &device, fields: &[] };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(chosen)
                })
            })
            .await
    }

    /// Notes that a device is in use, to the hour.
    ///
    /// # Errors
    /// What the database says.
    pub async fn device_seen(&self, token_hash: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, token_hash) = (self.id().to_owned(), token_hash.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "UPDATE device SET seen_at = $3 WHERE school_id = $1 AND token_hash = $2",
                        id.as_str(),
                        token_hash.as_str(),
                        micros(now)
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// The devices signed in as this guardian, last used first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn devices(&self, guardian: &GuardianId, now: DateTime<Utc>) -> Result<Vec<Device>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String, DateTime<Utc>, DateTime<Utc>),
            "SELECT device_id, label, signed_in_at, seen_at FROM device \
             WHERE school_id = $1 AND guardian_id = $2 AND revoked_at IS NULL AND expires_at > $3 \
             AND (invitation_id IS NOT NULL OR email = (SELECT g.email FROM guardian g WHERE g.school_id = $1 AND g.guardian_id = $2)) ORDER BY seen_at DESC, device_id",
            self.id(),
            guardian.as_str(),
            micros(now)
        )?;
        found
            .into_iter()
            .map(|(id, label, signed_in_at, seen_at)| {
                Ok(Device {
                    device_id: DeviceId::parse(&id).ok_or(StoreError::Unreadable("device"))?,
                    label,
                    signed_in_at,
                    seen_at,
                })
            })
            .collect()
    }

    /// Signs out one of a guardian's own devices. `false` if it is not theirs.
    ///
    /// # Errors
    /// What the database says.
    pub async fn revoke_device(
        &self,
        guardian: Option<&GuardianId>,
        device: &DeviceId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, guardian, device) = (self.id().to_owned(), guardian.cloned(), device.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let done = match &guardian {
                        Some(guardian) => run!(&mut *work,
                            "UPDATE device SET revoked_at = $4 WHERE school_id = $1 AND device_id = $2 AND guardian_id = $3 AND revoked_at IS NULL",
                            id.as_str(), device.as_str(), guardian.as_str(), micros(now))?,
                        None => run!(&mut *work,
                            "UPDATE device SET revoked_at = $3 WHERE school_id = $1 AND device_id = $2 AND guardian_id IS NULL AND revoked_at IS NULL",
                            id.as_str(), device.as_str(), micros(now))?,
                    };
                    if done == 1 {
                        let actor = guardian.map_or(Actor::System("sign_out"), |g| Actor::Guardian(g.to_string()));
                        let line = Line { at: now, actor: &actor, action: "sign_out", subject_kind: "device", subject_id: device.as_str(), fields: &[] };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(done == 1)
                })
            })
            .await
    }
}
