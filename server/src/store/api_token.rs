//! Tokens by which other programs bring marks in. Made by an administrator, shown once, kept as a hash.

use app::rules::id::{StaffId, TokenId};
use chrono::{DateTime, Duration, Utc};
use subtle::ConstantTimeEq;

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
};

/// How often it is noted that a token was used, in minutes.
const NOTED_EVERY: i64 = 5;

/// A token to be made.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The id.
    pub token: TokenId,
    /// What it is called.
    pub name: String,
    /// The hash of its secret.
    pub token_hash: String,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
    /// Who made it.
    pub by: StaffId,
}

/// A token in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenListed {
    /// The id.
    pub token: TokenId,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// When it stops working.
    pub expires_at: DateTime<Utc>,
    /// When it was revoked.
    pub revoked_at: Option<DateTime<Utc>>,
    /// When it was used last, to some minutes.
    pub used_at: Option<DateTime<Utc>>,
}

/// A token that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    /// The id.
    pub token: TokenId,
    /// What it is called.
    pub name: String,
    /// Whether it may bring marks in.
    pub may_bring_marks: bool,
}

columns! {
    struct TokenColumns {
        token_id: String,
        name: String,
        token_hash: String,
        scope: String,
        made_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
        revoked_at: Option<DateTime<Utc>>,
        used_at: Option<DateTime<Utc>>,
    }
}

fn id(row: &TokenColumns) -> Result<TokenId, StoreError> {
    TokenId::parse(&row.token_id).ok_or(StoreError::Unreadable("api_token"))
}

impl School {
    /// Makes a token for marks.
    ///
    /// # Errors
    /// What the database says.
    pub async fn make_token(&self, new: NewToken, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "INSERT INTO api_token (school_id, token_id, name, token_hash, scope, made_at, made_by, expires_at) \
                         VALUES ($1, $2, $3, $4, 'marks', $5, $6, $7)",
                        id.as_str(),
                        new.token.as_str(),
                        new.name.as_str(),
                        new.token_hash.as_str(),
                        micros(now),
                        new.by.as_str(),
                        micros(new.expires_at)
                    )?;
                    let expires = new.expires_at.to_rfc3339();
                    let actor = Actor::Staff(new.by.to_string());
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "make_token",
                        subject_kind: "token",
                        subject_id: new.token.as_str(),
                        fields: &[("name", None, Some(new.name.as_str())), ("expires", None, Some(expires.as_str()))],
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// All tokens, the newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tokens(&self) -> Result<Vec<TokenListed>, StoreError> {
        let found = rows!(
            self.db(),
            TokenColumns,
            "SELECT token_id, name, token_hash, scope, made_at, expires_at, revoked_at, used_at FROM api_token \
             WHERE school_id = $1 ORDER BY made_at DESC, token_id",
            self.id()
        )?;
        let listed = |row: TokenColumns| {
            Ok(TokenListed {
                token: id(&row)?,
                name: row.name,
                made_at: row.made_at,
                expires_at: row.expires_at,
                revoked_at: row.revoked_at,
                used_at: row.used_at,
            })
        };
        found.into_iter().map(listed).collect()
    }

    /// Whose secret has this hash, if the token works now. Notes that it was used.
    ///
    /// # Errors
    /// What the database says.
    pub async fn bearer(&self, token_hash: &str, now: DateTime<Utc>) -> Result<Option<Bearer>, StoreError> {
        let found = row!(
            self.db(),
            TokenColumns,
            "SELECT token_id, name, token_hash, scope, made_at, expires_at, revoked_at, used_at FROM api_token \
             WHERE school_id = $1 AND token_hash = $2",
            self.id(),
            token_hash
        )?;
        let Some(row) = found else { return Ok(None) };
        let same: bool = row.token_hash.as_bytes().ct_eq(token_hash.as_bytes()).into();
        if !same || row.revoked_at.is_some() || row.expires_at <= now {
            return Ok(None);
        }
        let token = id(&row)?;
        if row.used_at.is_none_or(|used| now - used >= Duration::minutes(NOTED_EVERY)) {
            self.token_used(&token, now).await?;
        }
        Ok(Some(Bearer { token, name: row.name, may_bring_marks: row.scope == "marks" }))
    }

    async fn token_used(&self, token: &TokenId, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, token) = (self.id().to_owned(), token.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "UPDATE api_token SET used_at = $3 WHERE school_id = $1 AND token_id = $2",
                        id.as_str(),
                        token.as_str(),
                        micros(now)
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// Revokes a token: from the next request on it opens nothing. Whether there was one to revoke.
    ///
    /// # Errors
    /// What the database says.
    pub async fn revoke_token(&self, token: &TokenId, actor: Actor, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let (id, token) = (self.id().to_owned(), token.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let revoked = run!(
                        &mut *work,
                        "UPDATE api_token SET revoked_at = $3 WHERE school_id = $1 AND token_id = $2 AND revoked_at IS NULL",
                        id.as_str(),
                        token.as_str(),
                        micros(now)
                    )?;
                    if revoked == 0 {
                        return Ok(false);
                    }
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "revoke_token",
                        subject_kind: "token",
                        subject_id: token.as_str(),
                        fields: &[],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }
}
