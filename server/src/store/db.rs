//! The two engines, hidden here and nowhere else.
//!
//! `rows!`, `row!` and `run!` expand the same statement for whichever engine is behind, so that
//! every query is written once. They take what can run statements: `&Db` to read, `&mut Work` to write.

mod migrations;
mod sqlite;

use std::{path::Path, str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, PgPool, Postgres, QueryBuilder,
    migrate::MigrateError,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use self::migrations::migrations;
use super::StoreError;
pub(crate) use sqlite::{File, FromSqlite, Lane, Readers, Value, named};

/// A database: one SQLite file or one PostgreSQL database.
#[derive(Debug, Clone)]
pub enum Db {
    /// Embedded. Readers run beside the one writer.
    Sqlite(Arc<File>),
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
        if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
            return Ok(Self::Sqlite(Arc::new(File::open(Path::new(url), migrations()?)?)));
        }
        let options = PgConnectOptions::from_str(url)?
            // A node that has died in the middle must not hold its locks for ever.
            .options([("idle_in_transaction_session_timeout", "10s")])
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(12)
            .acquire_timeout(Duration::from_secs(5))
            .connect_with(options)
            .await?;
        migrations()?.run(&pool).await.map_err(|error| match error {
            MigrateError::VersionMissing(version) => StoreError::NewerSchema(version),
            other => StoreError::Migration(other.to_string()),
        })?;
        Ok(Self::Postgres(pool))
    }

    /// Whether the database answers.
    pub async fn answers(&self) -> bool {
        row!(self, (i64,), "SELECT CAST(1 AS BIGINT)").is_ok()
    }

    /// Lets go of the database; SQLite's log is folded into its file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(file) => file.close(),
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

/// All rows of a query.
macro_rules! rows {
    ($on:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match $crate::store::db::Reach::reach($on) {
            $crate::store::db::At::Sqlite(at) => at.rows::<$row>($sql, &[$($crate::store::db::Value::from($value)),*]),
            $crate::store::db::At::Postgres(at) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*
                .fetch_all(at).await.map_err($crate::store::StoreError::from),
        }
    };
}

/// The first row of a query, if there is one.
macro_rules! row {
    ($on:expr, $row:ty, $sql:expr $(, $value:expr)* $(,)?) => {
        match $crate::store::db::Reach::reach($on) {
            $crate::store::db::At::Sqlite(at) => at.row::<$row>($sql, &[$($crate::store::db::Value::from($value)),*]),
            $crate::store::db::At::Postgres(at) => sqlx::query_as::<_, $row>($sql)$(.bind($value))*
                .fetch_optional(at).await.map_err($crate::store::StoreError::from),
        }
    };
}

/// Runs a statement; answers how many rows it touched.
macro_rules! run {
    ($on:expr, $sql:expr $(, $value:expr)* $(,)?) => {
        match $crate::store::db::Reach::reach($on) {
            $crate::store::db::At::Sqlite(at) => at.run($sql, &[$($crate::store::db::Value::from($value)),*]),
            $crate::store::db::At::Postgres(at) => sqlx::query($sql)$(.bind($value))*
                .execute(at).await.map(|done| done.rows_affected()).map_err($crate::store::StoreError::from),
        }
    };
}

/// How many rows PostgreSQL takes with one statement: it counts parameters by 16 bits.
pub(crate) const AT_ONCE: usize = 1_000;

/// Writes many rows into a table, `"INSERT INTO t (a, b)"`, with a value for each column from each of a
/// slice of rows. SQLite takes them one by one, for it has no way to go; PostgreSQL many with one statement.
macro_rules! insert {
    ($on:expr, $into:literal, $rows:expr, |$row:ident| [$($value:expr),* $(,)?]) => {
        match $crate::store::db::Reach::reach($on) {
            $crate::store::db::At::Sqlite(at) => {
                let sql = $crate::store::db::one_row($into, [$(stringify!($value)),*].len());
                at.each(&sql, $rows.iter().map(|$row| [$($crate::store::db::Value::from($value)),*]))
            }
            $crate::store::db::At::Postgres(at) => {
                let mut done = Ok(());
                for rows in $rows.chunks($crate::store::db::AT_ONCE) {
                    let mut all = $crate::store::db::many_rows($into);
                    all.push_values(rows, |mut one, $row| { $(one.push_bind($value);)* });
                    done = all.build().execute(&mut *at).await.map(|_| ()).map_err($crate::store::StoreError::from);
                    if done.is_err() {
                        break;
                    }
                }
                done
            }
        }
    };
}

/// The statement that inserts one row of so many values.
pub(crate) fn one_row(into: &str, values: usize) -> String {
    let places: Vec<String> = (1..=values).map(|place| format!("${place}")).collect();
    format!("{into} VALUES ({})", places.join(", "))
}

/// The beginning of a statement that inserts many.
pub(crate) fn many_rows(into: &str) -> QueryBuilder<Postgres> {
    QueryBuilder::new(format!("{into} "))
}

/// A struct that a row becomes, column by name.
macro_rules! columns {
    ($(#[$meta:meta])* $vis:vis struct $name:ident { $($(#[$of:meta])* $seen:vis $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$meta])*
        $vis struct $name { $($(#[$of])* $seen $field: $kind),* }

        impl sqlx::FromRow<'_, sqlx::postgres::PgRow> for $name {
            fn from_row(row: &sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
                Ok(Self { $($field: sqlx::Row::try_get(row, stringify!($field))?),* })
            }
        }

        impl $crate::store::db::FromSqlite for $name {
            fn from_row(row: &rusqlite::Row<'_>) -> Result<Self, $crate::store::StoreError> {
                Ok(Self { $($field: $crate::store::db::named(row, stringify!($field))?),* })
            }
        }
    };
}
pub(crate) use {columns, insert, row, rows, run};

/// Where a statement runs.
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
    type Sqlite = &'a Readers;
    type Postgres = &'a PgPool;
    fn reach(self) -> At<&'a Readers, &'a PgPool> {
        match self {
            Db::Sqlite(file) => At::Sqlite(file.readers()),
            Db::Postgres(pool) => At::Postgres(pool),
        }
    }
}
