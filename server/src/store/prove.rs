//! A fresh code on a guardian's device, before an act that binds (design, section 9). The code is an asking to
//! sign in that its own device alone can answer: the same minutes, tries and codes an hour.

use app::rules::id::{GuardianId, SignInId};
use chrono::{DateTime, Duration, Utc};

use super::{
    School, StoreError,
    db::{row, run},
    journal::{self, Actor, Line},
    mail::{NewMail, put_mail},
    micros,
    sign_in::{CODES_AN_HOUR, Claim, MINUTES, claimed},
    writer::Work,
};

/// A device, and the guardian who is signed in on it.
#[derive(Debug, Clone)]
pub struct Prover {
    /// The hash of the device's secret.
    pub token_hash: String,
    /// Who.
    pub guardian: GuardianId,
}

/// What came of asking for a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProofAsked {
    /// The message waits to go.
    Sent,
    /// The address has had its codes for this hour.
    TooMany,
    /// No inbox of this guardian's own stands behind the device, or no longer.
    No,
}

/// The device's id and address, if it is signed in and the address is this guardian's alone.
async fn own_inbox(
    work: &mut Work,
    school: &str,
    prover: &Prover,
    now: DateTime<Utc>,
) -> Result<Option<(String, String)>, StoreError> {
    row!(
        &mut *work,
        (String, String),
        "SELECT d.device_id, d.email FROM device d JOIN guardian g ON g.school_id = d.school_id AND g.guardian_id = d.guardian_id AND g.email = d.email \
         WHERE d.school_id = $1 AND d.token_hash = $2 AND d.guardian_id = $3 AND d.revoked_at IS NULL AND d.expires_at > $4 AND d.shared = $5 \
         AND NOT EXISTS (SELECT 1 FROM guardian n WHERE n.school_id = d.school_id AND n.email = d.email AND n.guardian_id <> d.guardian_id)",
        school,
        prover.token_hash.as_str(),
        prover.guardian.as_str(),
        micros(now),
        false
    )
}

impl School {
    /// Keeps a code's hash and writes the message that carries it. `mail` goes to the address that the device
    /// was signed in with, whatever it says itself.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ask_proof(
        &self,
        prover: Prover,
        sign_in: &SignInId,
        code_hash: String,
        mail: NewMail,
        now: DateTime<Utc>,
    ) -> Result<ProofAsked, StoreError> {
        let (id, sign_in) = (self.id().to_owned(), sign_in.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let Some((_, email)) = own_inbox(work, &id, &prover, now).await? else { return Ok(ProofAsked::No) };
                    let sent = row!(
                        &mut *work,
                        (i64,),
                        "SELECT COUNT(*) FROM sign_in WHERE school_id = $1 AND email = $2 AND asked_at > $3 AND code_hash IS NOT NULL",
                        id.as_str(),
                        email.as_str(),
                        micros(now - Duration::hours(1))
                    )?;
                    if sent.is_some_and(|(count,)| count >= CODES_AN_HOUR) {
                        return Ok(ProofAsked::TooMany);
                    }
                    // Answered already: the worker, who would send a link too, never looks at it.
                    run!(
                        &mut *work,
                        "INSERT INTO sign_in (school_id, sign_in_id, email, asked_at, code_hash, expires_at, tries, handled) \
                         VALUES ($1, $2, $3, $4, $5, $6, 0, $7)",
                        id.as_str(),
                        sign_in.as_str(),
                        email.as_str(),
                        micros(now),
                        code_hash.as_str(),
                        micros(now + Duration::minutes(MINUTES)),
                        true
                    )?;
                    put_mail(work, &id, NewMail { to: Some(email), ..mail }, now).await?;
                    Ok(ProofAsked::Sent)
                })
            })
            .await
    }

    /// Uses a code up and notes on its device when that was. `false` alike for wrong, worn out, too old, used,
    /// of another asking, and for a device that is signed out or whose address is not its guardian's alone any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn prove_device(
        &self,
        prover: Prover,
        sign_in: &SignInId,
        code_hash: String,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, claim) = (self.id().to_owned(), Claim::Code { sign_in: sign_in.clone(), code_hash });
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let claimed = claimed(work, &id, &claim, now).await?;
                    let (Some(to), Some((device, email))) = (claimed, own_inbox(work, &id, &prover, now).await?) else {
                        return Ok(false);
                    };
                    if to != email {
                        return Ok(false);
                    }
                    run!(
                        &mut *work,
                        "UPDATE device SET proved_at = $3 WHERE school_id = $1 AND token_hash = $2",
                        id.as_str(),
                        prover.token_hash.as_str(),
                        micros(now)
                    )?;
                    let actor = Actor::Guardian(prover.guardian.to_string());
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "prove",
                        subject_kind: "device",
                        subject_id: &device,
                        fields: &[],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }
}
