//! Asking to sign in, and answering with the code or the link from the mail.
//!
//! Every asking leaves the same row in the same time, whether the school holds the address or
//! not; a worker looks afterwards whether there is anybody to write to.

use app::rules::id::SignInId;
use chrono::{DateTime, Duration, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    mail::{NewMail, put_mail},
    micros,
    writer::Work,
};

/// How long a code and a link work.
pub(super) const MINUTES: i64 = 10;
/// How many tries a code allows.
pub(super) const TRIES: i64 = 5;
/// How many codes an address gets in an hour.
pub(super) const CODES_AN_HOUR: i64 = 5;

columns! {
    /// An asking that the worker has not looked at.
    #[derive(Debug, Clone)]
    pub struct WaitingSignIn {
        /// Its id.
        pub sign_in_id: String,
        /// The address that was typed.
        pub email: String,
    }
}

/// What the worker found.
#[derive(Debug)]
pub enum SignInAnswer {
    /// Nobody to write to, or too many codes: nothing goes out.
    Silence,
    /// A message without a code: only the office can help.
    Message(NewMail),
    /// A code and a link, by their keyed hashes, and the message that carries them.
    Code {
        /// Of the code.
        code_hash: String,
        /// Of the link's token.
        link_hash: String,
        /// The message.
        mail: NewMail,
    },
}

/// How somebody claims to have got the message.
#[derive(Debug, Clone)]
pub enum Claim {
    /// The six figures, typed in the browser that asked.
    Code {
        /// The asking.
        sign_in: SignInId,
        /// The code's keyed hash.
        code_hash: String,
    },
    /// The link, opened anywhere.
    Link {
        /// The token's keyed hash.
        link_hash: String,
    },
}

columns! {
    struct Row {
        sign_in_id: String,
        email: String,
        code_hash: Option<String>,
        expires_at: DateTime<Utc>,
        tries: i64,
        used_at: Option<DateTime<Utc>>,
    }
}

/// Counts the try and uses the claim up within the job's transaction, if it is good: the address that it was sent to.
pub(super) async fn claimed(
    work: &mut Work,
    school: &str,
    claim: &Claim,
    now: DateTime<Utc>,
) -> Result<Option<String>, StoreError> {
    let found = match claim {
        Claim::Code { sign_in, .. } => {
            run!(
                &mut *work,
                "UPDATE sign_in SET tries = tries + 1 WHERE school_id = $1 AND sign_in_id = $2",
                school,
                sign_in.as_str()
            )?;
            row!(
                &mut *work,
                Row,
                "SELECT sign_in_id, email, code_hash, expires_at, tries, used_at FROM sign_in WHERE school_id = $1 AND sign_in_id = $2",
                school,
                sign_in.as_str()
            )?
        }
        Claim::Link { link_hash } => row!(
            &mut *work,
            Row,
            "SELECT sign_in_id, email, code_hash, expires_at, tries, used_at FROM sign_in WHERE school_id = $1 AND link_hash = $2",
            school,
            link_hash.as_str()
        )?,
    };
    let Some(found) = found.filter(|row| row.used_at.is_none() && row.expires_at > now) else { return Ok(None) };
    let good = match claim {
        Claim::Code { code_hash, .. } => found.tries <= TRIES && found.code_hash.as_deref() == Some(code_hash.as_str()),
        Claim::Link { .. } => true,
    };
    if !good {
        return Ok(None);
    }
    let used = run!(
        &mut *work,
        "UPDATE sign_in SET used_at = $3 WHERE school_id = $1 AND sign_in_id = $2 AND used_at IS NULL",
        school,
        found.sign_in_id.as_str(),
        micros(now)
    )?;
    Ok((used == 1).then_some(found.email))
}

impl School {
    /// Notes an asking.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ask_sign_in(&self, sign_in: &SignInId, email: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, sign_in, email) = (self.id().to_owned(), sign_in.clone(), email.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(&mut *work,
                        "INSERT INTO sign_in (school_id, sign_in_id, email, asked_at, expires_at, tries, handled) VALUES ($1, $2, $3, $4, $5, 0, $6)",
                        id.as_str(), sign_in.as_str(), email.as_str(), micros(now), micros(now + Duration::minutes(MINUTES)), false)?;
                    Ok(())
                })
            })
            .await
    }

    /// Askings nobody has looked at yet.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waiting_sign_ins(&self) -> Result<Vec<WaitingSignIn>, StoreError> {
        Ok(rows!(
            self.db(),
            WaitingSignIn,
            "SELECT sign_in_id, email FROM sign_in WHERE school_id = $1 AND handled = $2 ORDER BY asked_at LIMIT 50",
            self.id(),
            false
        )?)
    }

    /// Answers an asking: keeps the hashes and writes the mail, unless the address has had its
    /// codes for this hour or another node was quicker.
    ///
    /// # Errors
    /// What the database says.
    pub async fn answer_sign_in(
        &self,
        sign_in: &WaitingSignIn,
        answer: SignInAnswer,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (id, sign_in) = (self.id().to_owned(), sign_in.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let mine = run!(&mut *work, "UPDATE sign_in SET handled = $3 WHERE school_id = $1 AND sign_in_id = $2 AND handled = $4",
                        id.as_str(), sign_in.sign_in_id.as_str(), true, false)?;
                    let sent = row!(&mut *work, (i64,),
                        "SELECT COUNT(*) FROM sign_in WHERE school_id = $1 AND email = $2 AND asked_at > $3 AND code_hash IS NOT NULL",
                        id.as_str(), sign_in.email.as_str(), micros(now - Duration::hours(1)))?;
                    if mine == 0 || sent.is_some_and(|(count,)| count >= CODES_AN_HOUR) {
                        return Ok(());
                    }
                    match answer {
                        SignInAnswer::Silence => {}
                        SignInAnswer::Message(mail) => put_mail(work, &id, mail, now).await?,
                        SignInAnswer::Code { code_hash, link_hash, mail } => {
                            run!(&mut *work, "UPDATE sign_in SET code_hash = $3, link_hash = $4 WHERE school_id = $1 AND sign_in_id = $2",
                                id.as_str(), sign_in.sign_in_id.as_str(), code_hash, link_hash)?;
                            put_mail(work, &id, mail, now).await?;
                        }
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Uses a code or a link up. The address it was sent to, if the claim is good;
    /// `None` alike for wrong, worn out, too old, used and never made.
    ///
    /// # Errors
    /// What the database says.
    pub async fn claim_sign_in(&self, claim: Claim, now: DateTime<Utc>) -> Result<Option<String>, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { claimed(work, &id, &claim, now).await })).await
    }

    /// Whether a link's token would still work, without using it up: a mail scanner looks too.
    ///
    /// # Errors
    /// What the database says.
    pub async fn link_works(&self, link_hash: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let found = row!(
            self.db(),
            (DateTime<Utc>,),
            "SELECT expires_at FROM sign_in WHERE school_id = $1 AND link_hash = $2 AND used_at IS NULL",
            self.id(),
            link_hash
        )?;
        Ok(found.is_some_and(|(expires_at,)| expires_at > now))
    }
}
