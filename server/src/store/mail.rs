//! The outbox: mail is a row of the transaction that causes it; a worker sends it afterwards.

use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    db::{columns, rows, run},
    micros,
    writer::Work,
};

/// A message to be sent. Never a health word, never a child's full name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMail {
    /// To whom; `None` where the school holds no address: then nothing is written.
    pub to: Option<String>,
    /// What it is about, for staff: "receipt".
    pub kind: &'static str,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
}

columns! {
    /// A message the worker should try now.
    #[derive(Debug, Clone)]
    pub struct WaitingMail {
        /// Its id.
        pub mail_id: String,
        /// To whom.
        pub to_address: String,
        /// The subject line.
        pub subject: String,
        /// The text.
        pub body: String,
        /// How often it was tried.
        pub tries: i64,
    }
}

columns! {
    /// A message that could not be delivered, as staff see it: no text.
    #[derive(Debug, Clone)]
    pub struct Undelivered {
        /// To whom.
        pub to_address: String,
        /// What it was about.
        pub kind: String,
        /// When it was written.
        pub made_at: DateTime<Utc>,
        /// How often it was tried.
        pub tries: i64,
        /// When we gave up, if we have.
        pub given_up_at: Option<DateTime<Utc>>,
        /// What the mail server said last.
        pub last_error: Option<String>,
    }
}

/// Writes a message within the job's transaction.
pub(super) async fn put_mail(
    work: &mut Work,
    school: &str,
    mail: NewMail,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Some(to) = mail.to else { return Ok(()) };
    let mail_id = app::rules::id::SubmissionId::from_bytes(rand::random()).to_string();
    run!(
        &mut *work,
        "INSERT INTO mail (school_id, mail_id, to_address, kind, subject, body, made_at, tries, next_try_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $7)",
        school,
        mail_id,
        to,
        mail.kind,
        mail.subject,
        mail.body,
        micros(now)
    )?;
    Ok(())
}

impl School {
    /// Writes one message.
    ///
    /// # Errors
    /// What the database says.
    pub async fn post_mail(&self, mail: NewMail, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { put_mail(work, &id, mail, now).await })).await
    }

    /// Messages that are due: codes to sign in with first, somebody waits for them; then oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn waiting_mail(&self, now: DateTime<Utc>) -> Result<Vec<WaitingMail>, StoreError> {
        Ok(rows!(
            self.db(),
            WaitingMail,
            "SELECT mail_id, to_address, subject, body, tries FROM mail \
             WHERE school_id = $1 AND sent_at IS NULL AND given_up_at IS NULL AND next_try_at <= $2 \
             ORDER BY CASE kind WHEN 'sign-in' THEN 0 ELSE 1 END, next_try_at LIMIT 50",
            self.id(),
            micros(now)
        )?)
    }

    /// Claims a message, so that no other node sends it too: it is not due again before `until`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn claim_mail(
        &self,
        mail_id: &str,
        now: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, mail_id) = (self.id().to_owned(), mail_id.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    Ok(run!(&mut *work,
                        "UPDATE mail SET next_try_at = $4, tries = tries + 1 WHERE school_id = $1 AND mail_id = $2 AND sent_at IS NULL AND given_up_at IS NULL AND next_try_at <= $3",
                        id.as_str(), mail_id.as_str(), micros(now), micros(until))? == 1)
                })
            })
            .await
    }

    /// The message has gone; its text is cleared.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mail_sent(&self, mail_id: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, mail_id) = (self.id().to_owned(), mail_id.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(&mut *work, "UPDATE mail SET sent_at = $3, body = '', last_error = NULL WHERE school_id = $1 AND mail_id = $2",
                        id.as_str(), mail_id.as_str(), micros(now))?;
                    Ok(())
                })
            })
            .await
    }

    /// The message did not go; when to try again, or `None` to give up: then its text is cleared too.
    ///
    /// # Errors
    /// What the database says.
    pub async fn mail_failed(
        &self,
        mail_id: &str,
        now: DateTime<Utc>,
        error: &str,
        again: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        let (id, mail_id, error) = (self.id().to_owned(), mail_id.to_owned(), error.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let given_up = again.is_none().then(|| micros(now));
                    run!(&mut *work, "UPDATE mail SET next_try_at = $3, given_up_at = $4, last_error = $5, body = CASE WHEN $6 THEN '' ELSE body END \
                         WHERE school_id = $1 AND mail_id = $2",
                        id.as_str(), mail_id.as_str(), micros(again.unwrap_or(now)), given_up, error, given_up.is_some())?;
                    Ok(())
                })
            })
            .await
    }

    /// Messages that have failed at least once and have not gone since, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn undelivered_mail(&self) -> Result<Vec<Undelivered>, StoreError> {
        Ok(rows!(
            self.db(),
            Undelivered,
            "SELECT to_address, kind, made_at, tries, given_up_at, last_error FROM mail \
             WHERE school_id = $1 AND sent_at IS NULL AND last_error IS NOT NULL ORDER BY made_at DESC LIMIT 200",
            self.id()
        )?)
    }
}
