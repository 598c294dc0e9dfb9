//! Members of staff: who they are, what they are, how they join.

use app::rules::{access::Role, designate, id::StaffId, london};
use chrono::{DateTime, Duration, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
    writer::Work,
};

/// How long a one-time link to join works.
pub(super) const INVITATION_DAYS: i64 = 7;

/// Somebody to be invited.
#[derive(Debug, Clone)]
pub struct NewStaff {
    /// The id.
    pub staff_id: StaffId,
    /// The whole name.
    pub name: String,
    /// The address they sign in with.
    pub email: String,
    /// What they are.
    pub roles: Vec<Role>,
}

/// What signing in needs to know of somebody.
#[derive(Debug, Clone)]
pub struct StaffAccount {
    /// The id.
    pub staff_id: StaffId,
    /// The whole name.
    pub name: String,
    /// The address.
    pub email: String,
    /// argon2id, as a PHC string; `None` until they have joined.
    pub password_hash: Option<String>,
    /// The second factor's secret, base32; `None` until they have joined.
    pub totp_secret: Option<String>,
    /// The last step a code was taken for.
    pub totp_step: i64,
    /// Whether an administrator has shut the account.
    pub disabled: bool,
}

/// A member of staff in the administrator's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffListed {
    /// The id.
    pub staff_id: StaffId,
    /// The whole name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What they are.
    pub roles: Vec<Role>,
    /// Whether they have joined.
    pub joined: bool,
    /// Whether the account is shut.
    pub disabled: bool,
}

columns! {
    struct Row {
        staff_id: String,
        name: String,
        email: String,
        password_hash: Option<String>,
        totp_secret: Option<String>,
        totp_step: i64,
        disabled_at: Option<DateTime<Utc>>,
        joined_at: Option<DateTime<Utc>>,
    }
}

impl Row {
    fn account(self) -> Result<StaffAccount, StoreError> {
        Ok(StaffAccount {
            staff_id: StaffId::parse(&self.staff_id).ok_or(StoreError::Unreadable("staff"))?,
            name: self.name,
            email: self.email,
            password_hash: self.password_hash,
            totp_secret: self.totp_secret,
            totp_step: self.totp_step,
            disabled: self.disabled_at.is_some(),
        })
    }
}

impl School {
    /// The account of an address.
    ///
    /// # Errors
    /// What the database says.
    pub async fn staff_by_email(&self, email: &str) -> Result<Option<StaffAccount>, StoreError> {
        row!(self.db(), Row,
            "SELECT staff_id, name, email, password_hash, totp_secret, totp_step, disabled_at, joined_at FROM staff WHERE school_id = $1 AND email = $2",
            self.id(), email)?
        .map(Row::account)
        .transpose()
    }

    /// The account of an id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn staff_account(&self, staff: &StaffId) -> Result<Option<StaffAccount>, StoreError> {
        row!(self.db(), Row,
            "SELECT staff_id, name, email, password_hash, totp_secret, totp_step, disabled_at, joined_at FROM staff WHERE school_id = $1 AND staff_id = $2",
            self.id(), staff.as_str())?
        .map(Row::account)
        .transpose()
    }

    /// Everybody, by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn staff_list(&self) -> Result<Vec<StaffListed>, StoreError> {
        let staff = rows!(
            self.db(),
            Row,
            "SELECT staff_id, name, email, password_hash, totp_secret, totp_step, disabled_at, joined_at FROM staff WHERE school_id = $1 ORDER BY name, staff_id",
            self.id()
        )?;
        let roles = rows!(
            self.db(),
            (String, String),
            "SELECT staff_id, role FROM staff_role WHERE school_id = $1 ORDER BY role",
            self.id()
        )?;
        staff
            .into_iter()
            .map(|row| {
                Ok(StaffListed {
                    staff_id: StaffId::parse(&row.staff_id).ok_or(StoreError::Unreadable("staff"))?,
                    roles: roles
                        .iter()
                        .filter(|(id, _)| *id == row.staff_id)
                        .filter_map(|(_, role)| Role::parse(role))
                        .collect(),
                    name: row.name,
                    email: row.email,
                    joined: row.joined_at.is_some(),
                    disabled: row.disabled_at.is_some(),
                })
            })
            .collect()
    }

    /// Invites somebody new with a one-time link. `false` if the address is taken.
    ///
    /// # Errors
    /// What the database says.
    pub async fn invite_staff(
        &self,
        new: NewStaff,
        token_hash: String,
        actor: Actor,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let kept = run!(&mut *work,
                        "INSERT INTO staff (school_id, staff_id, name, email, totp_step) VALUES ($1, $2, $3, $4, 0) ON CONFLICT DO NOTHING",
                        id.as_str(), new.staff_id.as_str(), new.name.as_str(), new.email.as_str())?;
                    if kept == 0 {
                        return Ok(false);
                    }
                    for role in &new.roles {
                        run!(&mut *work, "INSERT INTO staff_role (school_id, staff_id, role) VALUES ($1, $2, $3)",
                            id.as_str(), new.staff_id.as_str(), role.word())?;
                    }
                    put_invitation(work, &id, &new.staff_id, &token_hash, now).await?;
                    let roles = new.roles.iter().map(|role| role.word()).collect::<Vec<_>>().join(" ");
                    let line = Line {
                        at: now, actor: &actor, action: "invite_staff", subject_kind: "staff", subject_id: new.staff_id.as_str(),
                        fields: &[("name", None, Some(&new.name)), ("email", None, Some(&new.email)), ("roles", None, Some(&roles))],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// Starts somebody afresh: sessions end, password, second factor and recovery codes go, a new
    /// one-time link is made.
    ///
    /// # Errors
    /// What the database says.
    pub async fn reset_staff(
        &self,
        staff: &StaffId,
        token_hash: String,
        actor: Actor,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, staff) = (self.id().to_owned(), staff.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let done = run!(&mut *work,
                        "UPDATE staff SET password_hash = NULL, totp_secret = NULL, joined_at = NULL WHERE school_id = $1 AND staff_id = $2",
                        id.as_str(), staff.as_str())?;
                    if done == 0 {
                        return Ok(false);
                    }
                    run!(&mut *work, "DELETE FROM recovery_code WHERE school_id = $1 AND staff_id = $2", id.as_str(), staff.as_str())?;
                    end_sessions(work, &id, &staff, now).await?;
                    put_invitation(work, &id, &staff, &token_hash, now).await?;
                    let line = Line { at: now, actor: &actor, action: "reset_staff", subject_kind: "staff", subject_id: staff.as_str(), fields: &[] };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// Shuts or opens an account. Shutting ends every session at once. The last open
    /// administrator cannot be shut: `false`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn disable_staff(
        &self,
        staff: &StaffId,
        disabled: bool,
        actor: Actor,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, staff) = (self.id().to_owned(), staff.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    if disabled {
                        let others = row!(&mut *work, (i64,),
                            "SELECT COUNT(*) FROM staff s JOIN staff_role r ON r.school_id = s.school_id AND r.staff_id = s.staff_id \
                             WHERE s.school_id = $1 AND s.staff_id <> $2 AND r.role = 'administrator' AND s.disabled_at IS NULL AND s.joined_at IS NOT NULL",
                            id.as_str(), staff.as_str())?;
                        if others.is_none_or(|(count,)| count == 0) {
                            return Ok(false);
                        }
                    }
                    let at = disabled.then(|| micros(now));
                    let done = run!(&mut *work, "UPDATE staff SET disabled_at = $3 WHERE school_id = $1 AND staff_id = $2", id.as_str(), staff.as_str(), at)?;
                    if done == 0 {
                        return Ok(false);
                    }
                    if disabled {
                        end_sessions(work, &id, &staff, now).await?;
                    }
                    let (before, after) = ((!disabled).to_string(), disabled.to_string());
                    let line = Line {
                        at: now, actor: &actor, action: "disable_staff", subject_kind: "staff", subject_id: staff.as_str(),
                        fields: &[("disabled", Some(&before), Some(&after))],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// Who may join with this one-time link: id, name and address.
    ///
    /// # Errors
    /// What the database says.
    pub async fn invitation(&self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<StaffAccount>, StoreError> {
        row!(self.db(), Row,
            "SELECT s.staff_id, s.name, s.email, s.password_hash, s.totp_secret, s.totp_step, s.disabled_at, s.joined_at \
             FROM staff_invitation i JOIN staff s ON s.school_id = i.school_id AND s.staff_id = i.staff_id \
             WHERE i.school_id = $1 AND i.token_hash = $2 AND i.used_at IS NULL AND i.expires_at > $3 AND s.disabled_at IS NULL",
            self.id(), token_hash, micros(now))?
        .map(Row::account)
        .transpose()
    }

    /// Joins with a one-time link: password, second factor and recovery codes are set together,
    /// the link is used up. `false` if it was used, grew too old or the account was shut meanwhile. Name and address are kept as given.
    ///
    /// # Errors
    /// What the database says.
    pub async fn join_staff(
        &self,
        token_hash: &str,
        account: StaffAccount,
        recovery: Vec<String>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, token_hash) = (self.id().to_owned(), token_hash.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let used = run!(&mut *work,
                        "UPDATE staff_invitation SET used_at = $4 WHERE school_id = $1 AND token_hash = $2 AND staff_id = $3 AND used_at IS NULL \
                         AND expires_at > $4 AND EXISTS (SELECT 1 FROM staff s WHERE s.school_id = $1 AND s.staff_id = $3 AND s.disabled_at IS NULL)",
                        id.as_str(), token_hash.as_str(), account.staff_id.as_str(), micros(now))?;
                    if used == 0 {
                        return Ok(false);
                    }
                    set_secrets(work, &id, &account, &recovery, now).await?;
                    let actor = Actor::Staff(account.staff_id.to_string());
                    let line = Line { at: now, actor: &actor, action: "join_staff", subject_kind: "staff", subject_id: account.staff_id.as_str(), fields: &[] };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }

    /// Writes somebody who has joined already: for the demo school.
    ///
    /// # Errors
    /// What the database says.
    pub async fn seed_staff(&self, new: NewStaff, account: StaffAccount, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "INSERT INTO staff (school_id, staff_id, name, email, totp_step) VALUES ($1, $2, $3, $4, 0)",
                        id.as_str(),
                        new.staff_id.as_str(),
                        new.name.as_str(),
                        new.email.as_str()
                    )?;
                    for role in &new.roles {
                        // A designate is one by dates alone: a year from now.
                        let first = (*role == Role::Designate).then(|| london::today(now));
                        run!(
                            &mut *work,
                            "INSERT INTO staff_role (school_id, staff_id, role, from_day, to_day) VALUES ($1, $2, $3, $4, $5)",
                            id.as_str(),
                            new.staff_id.as_str(),
                            role.word(),
                            first,
                            first.map(|first| first + Duration::days(designate::MOST_DAYS - 1))
                        )?;
                    }
                    set_secrets(work, &id, &account, &[], now).await?;
                    let actor = Actor::System("seed");
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "seed_staff",
                        subject_kind: "staff",
                        subject_id: new.staff_id.as_str(),
                        fields: &[],
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// Uses a recovery code up. `false` if it is wrong or used.
    ///
    /// # Errors
    /// What the database says.
    pub async fn use_recovery_code(
        &self,
        staff: &StaffId,
        code_hash: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, staff, code_hash) = (self.id().to_owned(), staff.clone(), code_hash.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let used = run!(&mut *work,
                        "UPDATE recovery_code SET used_at = $4 WHERE school_id = $1 AND staff_id = $2 AND code_hash = $3 AND used_at IS NULL",
                        id.as_str(), staff.as_str(), code_hash.as_str(), micros(now))? == 1;
                    if used {
                        let actor = Actor::Staff(staff.to_string());
                        let line = Line { at: now, actor: &actor, action: "use_recovery_code", subject_kind: "staff", subject_id: staff.as_str(), fields: &[] };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(used)
                })
            })
            .await
    }

    /// Takes the code of a time step, once. `false` if that step, or a later one, was taken before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn take_totp_step(&self, staff: &StaffId, step: i64) -> Result<bool, StoreError> {
        let (id, staff) = (self.id().to_owned(), staff.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    Ok(run!(
                        &mut *work,
                        "UPDATE staff SET totp_step = $3 WHERE school_id = $1 AND staff_id = $2 AND totp_step < $3",
                        id.as_str(),
                        staff.as_str(),
                        step
                    )? == 1)
                })
            })
            .await
    }
}

async fn put_invitation(
    work: &mut Work,
    school: &str,
    staff: &StaffId,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    // A new link makes the older ones useless.
    run!(
        &mut *work,
        "UPDATE staff_invitation SET used_at = $3 WHERE school_id = $1 AND staff_id = $2 AND used_at IS NULL",
        school,
        staff.as_str(),
        micros(now)
    )?;
    run!(
        &mut *work,
        "INSERT INTO staff_invitation (school_id, token_hash, staff_id, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
        school,
        token_hash,
        staff.as_str(),
        micros(now),
        micros(now + Duration::days(INVITATION_DAYS))
    )?;
    Ok(())
}

async fn set_secrets(
    work: &mut Work,
    school: &str,
    account: &StaffAccount,
    recovery: &[String],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "UPDATE staff SET name = $3, email = $4, password_hash = $5, totp_secret = $6, joined_at = $7 WHERE school_id = $1 AND staff_id = $2",
        school,
        account.staff_id.as_str(),
        account.name.as_str(),
        account.email.as_str(),
        account.password_hash.as_deref(),
        account.totp_secret.as_deref(),
        micros(now)
    )?;
    for code_hash in recovery {
        run!(
            &mut *work,
            "INSERT INTO recovery_code (school_id, staff_id, code_hash) VALUES ($1, $2, $3)",
            school,
            account.staff_id.as_str(),
            code_hash.as_str()
        )?;
    }
    Ok(())
}

async fn end_sessions(work: &mut Work, school: &str, staff: &StaffId, now: DateTime<Utc>) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "UPDATE staff_session SET revoked_at = $3 WHERE school_id = $1 AND staff_id = $2 AND revoked_at IS NULL",
        school,
        staff.as_str(),
        micros(now)
    )?;
    Ok(())
}
