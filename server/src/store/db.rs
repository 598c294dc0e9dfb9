//! The two engines, hidden here and nowhere else.
//!
//! `rows!`, `row!` and `run!` expand the same statement for whichever engine is behind, so that
//! every query is written once. They take what can run statements: `&Db` to read, `&mut Work` to write.

use std::{
    ops::{Deref, DerefMut},
    path::Path,
    str::FromStr,
    sync::Arc,
    time::Duration,
};

use sqlx::{
    ConnectOptions, Connection, PgPool, SqliteConnection, SqlitePool,
    postgres::{PgConnectOptions, PgPoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard, Semaphore, SemaphorePermit};

use super::StoreError;

/// A database: one SQLite file or one PostgreSQL database.
#[derive(Debug, Clone)]
pub enum Db {
    /// Embedded. Readers run beside the one writer, whose connection comes from the pool.
    Sqlite(SqlitePool, Arc<Readers>),
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
            let pool = SqlitePoolOptions::new()
                .max_connections(5)
                .acquire_timeout(Duration::from_secs(5))
                .connect_with(options.clone())
                .await?;
            Self::Sqlite(pool, Arc::new(Readers::open(&options).await?))
        };
        let migrator = sqlx::migrate!("./migrations");
        let ran = match &db {
            Self::Sqlite(pool, _) => migrator.run(pool).await,
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
            Self::Sqlite(pool, _) => sqlx::query("SELECT 1").execute(pool).await.is_ok(),
            Self::Postgres(pool) => sqlx::query("SELECT 1").execute(pool).await.is_ok(),
        }
    }

    /// Lets go of the database; SQLite's log is folded into its file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pool, readers) => {
                readers.free.close();
                for seat in &readers.seats {
                    if let Some(connection) = seat.lock().await.take() {
                        let _ = connection.close().await;
                    }
                }
                pool.close().await;
            }
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

/// A struct that a row becomes, column by name.
macro_rules! columns {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$of:meta])* $seen:vis $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$meta])*
        #[derive(sqlx::FromRow)]
        $vis struct $name { $($(#[$of])* $seen $field: $kind),* }
    };
}

/// The same body for both engines.
macro_rules! on {
    ($on:expr, |$at:ident| $body:expr) => {
        match $crate::store::db::Reach::reach($on).await {
            Err(error) => Err(error),
            Ok($crate::store::db::At::Sqlite(mut held)) => {
                let $at = std::ops::DerefMut::deref_mut(&mut held);
                $body
            }
            Ok($crate::store::db::At::Postgres($at)) => $body,
        }
    };
}
pub(crate) use {columns, on, row, rows, run};

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
    fn reach(self) -> impl Future<Output = Result<At<Self::Sqlite, Self::Postgres>, sqlx::Error>> + Send;
}

impl<'a> Reach for &'a Db {
    type Sqlite = Seat<'a>;
    type Postgres = &'a PgPool;
    async fn reach(self) -> Result<At<Seat<'a>, &'a PgPool>, sqlx::Error> {
        match self {
            Db::Sqlite(_, readers) => Ok(At::Sqlite(readers.sit().await?)),
            Db::Postgres(pool) => Ok(At::Postgres(pool)),
        }
    }
}

/// How many read at once.
const SEATS: usize = 4;

/// Connections that only read. sqlx's own pool asks a connection whether it is alive before and
/// after every statement; each asking is a change of thread, and a file does not die.
#[derive(Debug)]
pub struct Readers {
    free: Semaphore,
    /// Empty once closed.
    seats: Vec<Mutex<Option<SqliteConnection>>>,
}

/// One of them, taken.
#[derive(Debug)]
pub(crate) struct Seat<'a> {
    connection: MappedMutexGuard<'a, SqliteConnection>,
    _permit: SemaphorePermit<'a>,
}

impl Readers {
    async fn open(options: &SqliteConnectOptions) -> Result<Self, sqlx::Error> {
        let mut seats = Vec::with_capacity(SEATS);
        for _ in 0..SEATS {
            seats.push(Mutex::new(Some(options.connect().await?)));
        }
        Ok(Self { free: Semaphore::new(SEATS), seats })
    }

    /// Takes a free seat, or waits for one.
    async fn sit(&self) -> Result<Seat<'_>, sqlx::Error> {
        let permit = self.free.acquire().await.map_err(|_| sqlx::Error::PoolClosed)?;
        loop {
            // Whoever holds a permit finds a seat: there are as many of the one as of the other,
            // and a seat is left before its permit is given back.
            let mut free = self.seats.iter().filter_map(|seat| seat.try_lock().ok());
            if let Some(connection) = free.find_map(|seat| MutexGuard::try_map(seat, Option::as_mut).ok()) {
                return Ok(Seat { connection, _permit: permit });
            }
            tokio::task::yield_now().await;
        }
    }
}

impl Deref for Seat<'_> {
    type Target = SqliteConnection;
    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for Seat<'_> {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}
