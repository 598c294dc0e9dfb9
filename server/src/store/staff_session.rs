//! Staff sessions: half open after the password, whole after the second factor.

use app::rules::{access::Role, id::StaffId};
use chrono::{DateTime, Duration, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, row, run},
    journal::{self, Actor, Line},
    micros,
};

/// How long staff stay signed in: a working day.
pub const HOURS: i64 = 10;
/// How long the second factor may take.
pub const HALF_OPEN_MINUTES: i64 = 10;

/// Who is signed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSession {
    /// Who.
    pub staff_id: StaffId,
    /// The whole name.
    pub name: String,
    /// What they are, today.
    pub roles: Vec<Role>,
    /// Whether the second factor has been given.
    pub complete: bool,
    /// Whether words are hidden, for a board on a projector.
    pub hide_words: bool,
    /// When they last gave a code.
    pub proved_at: DateTime<Utc>,
}

columns! {
    struct Row {
        staff_id: String,
        name: String,
        complete: bool,
        hide_words: bool,
        proved_at: DateTime<Utc>,
    }
}

impl School {
    /// Begins a session: half open, good for the second factor's page only.
    ///
    /// # Errors
    /// What the database says.
    pub async fn begin_staff_session(
        &self,
        staff: &StaffId,
        token_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (id, staff, token_hash) = (self.id().to_owned(), staff.clone(), token_hash.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(&mut *work,
                        "INSERT INTO staff_session (school_id, token_hash, staff_id, complete, hide_words, signed_in_at, seen_at, expires_at) \
                         VALUES ($1, $2, $3, $4, $4, $5, $5, $6)",
                        id.as_str(), token_hash.as_str(), staff.as_str(), false, micros(now), micros(now + Duration::minutes(HALF_OPEN_MINUTES)))?;
                    Ok(())
                })
            })
            .await
    }

    /// Opens a half-open session wholly, under a new secret: the old cookie is worth nothing.
    ///
    /// # Errors
    /// What the database says.
    pub async fn complete_staff_session(
        &self,
        old_hash: &str,
        new_hash: &str,
        staff: &StaffId,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, old, new, staff) = (self.id().to_owned(), old_hash.to_owned(), new_hash.to_owned(), staff.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let done = run!(
                        &mut *work,
                        "UPDATE staff_session SET token_hash = $3, complete = $4, expires_at = $5, signed_in_at = $6 \
                         WHERE school_id = $1 AND token_hash = $2 AND staff_id = $8 AND complete = $7 AND revoked_at IS NULL AND expires_at > $6",
                        id.as_str(),
                        old.as_str(),
                        new.as_str(),
                        true,
                        micros(now + Duration::hours(HOURS)),
                        micros(now),
                        false,
                        staff.as_str()
                    )? == 1;
                    if done {
                        let actor = Actor::Staff(staff.to_string());
                        let line = Line {
                            at: now,
                            actor: &actor,
                            action: "sign_in",
                            subject_kind: "staff",
                            subject_id: staff.as_str(),
                            fields: &[],
                        };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(done)
                })
            })
            .await
    }

    /// Who is signed in with this cookie, with the roles of today. Nobody whose account is shut.
    ///
    /// # Errors
    /// What the database says.
    pub async fn staff_session(
        &self,
        token_hash: &str,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Option<StaffSession>, StoreError> {
        let found = row!(
            self.db(),
            Row,
            "SELECT s.staff_id, s.name, n.complete, n.hide_words, COALESCE(n.proved_at, n.signed_in_at) AS proved_at FROM staff_session n \
             JOIN staff s ON s.school_id = n.school_id AND s.staff_id = n.staff_id \
             WHERE n.school_id = $1 AND n.token_hash = $2 AND n.revoked_at IS NULL AND n.expires_at > $3 AND s.disabled_at IS NULL",
            self.id(),
            token_hash,
            micros(now)
        )?;
        let Some(found) = found else { return Ok(None) };
        let staff_id = StaffId::parse(&found.staff_id).ok_or(StoreError::Unreadable("staff"))?;
        let roles = if found.complete { self.roles(&staff_id, today).await? } else { Vec::new() };
        Ok(Some(StaffSession {
            staff_id,
            name: found.name,
            roles,
            complete: found.complete,
            hide_words: found.hide_words,
            proved_at: found.proved_at,
        }))
    }

    /// Notes that whoever is signed in has given a code again.
    ///
    /// # Errors
    /// What the database says.
    pub async fn staff_proved(&self, token_hash: &str, staff: &StaffId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, token_hash, staff) = (self.id().to_owned(), token_hash.to_owned(), staff.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let proved = run!(
                        &mut *work,
                        "UPDATE staff_session SET proved_at = $3 \
                         WHERE school_id = $1 AND token_hash = $2 AND staff_id = $4 AND complete AND revoked_at IS NULL",
                        id.as_str(),
                        token_hash.as_str(),
                        micros(now),
                        staff.as_str()
                    )?;
                    if proved == 1 {
                        let actor = Actor::Staff(staff.to_string());
                        let line = Line {
                            at: now,
                            actor: &actor,
                            action: "prove",
                            subject_kind: "staff",
                            subject_id: staff.as_str(),
                            fields: &[],
                        };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// Ends a session.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_staff_session(&self, token_hash: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, token_hash) = (self.id().to_owned(), token_hash.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(&mut *work, "UPDATE staff_session SET revoked_at = $3 WHERE school_id = $1 AND token_hash = $2 AND revoked_at IS NULL",
                        id.as_str(), token_hash.as_str(), micros(now))?;
                    Ok(())
                })
            })
            .await
    }

    /// Shows or hides words on this session's board.
    ///
    /// # Errors
    /// What the database says.
    pub async fn hide_words(&self, token_hash: &str, hide: bool) -> Result<(), StoreError> {
        let (id, token_hash) = (self.id().to_owned(), token_hash.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "UPDATE staff_session SET hide_words = $3 WHERE school_id = $1 AND token_hash = $2",
                        id.as_str(),
                        token_hash.as_str(),
                        hide
                    )?;
                    Ok(())
                })
            })
            .await
    }
}
