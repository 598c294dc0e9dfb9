//! The two engines, hidden here and nowhere else.
//!
//! `rows!`, `row!` and `run!` expand the same statement for whichever engine is behind, so that
//! every query is written once. They take what can run statements: `&Db` to read, `&mut Work` to write.

use std::{path::Path, str::FromStr, time::Duration};

use sqlx::{
    ConnectOptions, PgPool, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::StoreError;

/// A database: one SQLite file or one PostgreSQL database.
#[derive(Debug, Clone)]
pub enum Db {
    /// Embedded. Readers run beside the one writer.
    Sqlite(SqlitePool),
    /// When a trust outgrows one machine.
    Postgres(PgPool),
}

impl Db {
    /// Opens the database: `postgres://...`, or a SQLite file, made if it is missing.
    /// Runs the migrations.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] when a newer version has been here; else what the engine says.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let db = if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)?
                // A node that has died in the middle must not hold its locks for ever.
                .options([("idle_in_transaction_session_timeout", "10s")])
                .disable_statement_logging();
            Self::Postgres(
                PgPoolOptions::new()
                    .max_connections(12)
                    .acquire_timeout(Duration::from_secs(5))
                    .connect_with(options)
                    .await?,
            )
        } else {
            let options = SqliteConnectOptions::new()
                .filename(Path::new(url))
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                // A receipt is a promise: a commit returns when it is on the disk.
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .statement_cache_capacity(200)
                .disable_statement_logging();
            Self::Sqlite(
                SqlitePoolOptions::new()
                    .max_connections(5)
                    .acquire_timeout(Duration::from_secs(5))
                    .connect_with(options)
                    .await?,
            )
        };
        let migrator = sqlx::migrate!("./migrations");
        let ran = match &db {
            Self::Sqlite(pool) => migrator.run(pool).await,
            Self::Postgres(pool) => migrator.run(pool).await,
        };
        ran.map_err(|error| match error {
            sqlx::migrate::MigrateError::VersionMissing(version) => StoreError::NewerSchema(version),
            other => StoreError::Migration(other.to_string()),
        })?;
        Ok(db)
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> bool {
        match self {
            Self::Sqlite(pool) => sqlx::query("SELECT 1").execute(pool).await.is_ok(),
            Self::Postgres(pool) => sqlx::query("SELECT 1").execute(pool).await.is_ok(),
        }
    }

    /// Lets go of the database; SQLite's log is folded into its file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// All rows of a query.
macro_rules! rows {
    ($on:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on!($on, |at| sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_all(at).await)
    };
}

/// The first row of a query, if there is one.
macro_rules! row {
    ($on:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on!($on, |at| sqlx::query_as::<_, $row>($sql)$(.bind($value))*.fetch_optional(at).await)
    };
}

/// Runs a statement; answers how many rows it touched.
macro_rules! run {
    ($on:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        $crate::store::db::on!($on, |at| sqlx::query($sql)$(.bind($value))*.execute(at).await.map(|done| done.rows_affected()))
    };
}

/// The same body for both engines.
macro_rules! on {
    ($on:expr, |$at:ident| $body:expr) => {
        match $crate::store::db::Reach::reach($on) {
            $crate::store::db::At::Sqlite($at) => $body,
            $crate::store::db::At::Postgres($at) => $body,
        }
    };
}
pub(crate) use {on, row, rows, run};

/// Where a statement runs: a pool to read from, or the writer's own connection.
#[derive(Debug)]
pub(crate) enum At<S, P> {
    Sqlite(S),
    Postgres(P),
}

/// What statements can run on.
pub(crate) trait Reach {
    type Sqlite;
    type Postgres;
    fn reach(self) -> At<Self::Sqlite, Self::Postgres>;
}

impl<'a> Reach for &'a Db {
    type Sqlite = &'a SqlitePool;
    type Postgres = &'a PgPool;
    fn reach(self) -> At<&'a SqlitePool, &'a PgPool> {
        match self {
            Db::Sqlite(pool) => At::Sqlite(pool),
            Db::Postgres(pool) => At::Postgres(pool),
        }
    }
}
