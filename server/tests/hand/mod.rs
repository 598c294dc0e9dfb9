//! A hand that reaches into the database behind the store's back.

use std::{path::Path, time::Duration};

use rusqlite::types::ValueRef;
use server::store::StoreError;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

pub(crate) enum Hand {
    Sqlite(rusqlite::Connection),
    Postgres(PgConnection),
}

impl Hand {
    pub(crate) fn sqlite(file: &Path) -> Self {
        let hand = rusqlite::Connection::open(file).unwrap();
        hand.busy_timeout(Duration::from_secs(5)).unwrap();
        hand.execute_batch("PRAGMA foreign_keys = ON").unwrap();
        Self::Sqlite(hand)
    }

    pub(crate) async fn postgres(url: &str) -> Self {
        Self::Postgres(PgConnection::connect(url).await.unwrap())
    }

    /// Runs a statement; answers how many rows it touched.
    pub(crate) async fn run(&mut self, sql: &str) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(at) => Ok(at.execute(sql, ())?.try_into().unwrap()),
            Self::Postgres(at) => Ok(sqlx::query(AssertSqlSafe(sql)).execute(at).await?.rows_affected()),
        }
    }

    /// Reads one column of text.
    pub(crate) async fn texts(&mut self, sql: &str) -> Vec<String> {
        match self {
            Self::Sqlite(at) => {
                let mut statement = at.prepare(sql).unwrap();
                let texts = statement.query_map((), |row| row.get(0)).unwrap();
                texts.map(Result::unwrap).collect()
            }
            Self::Postgres(at) => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(at).await.unwrap(),
        }
    }

    /// Reads a number.
    pub(crate) async fn number(&mut self, sql: &str) -> i64 {
        match self {
            Self::Sqlite(at) => at
                .query_row(sql, (), |row| match row.get_ref(0)? {
                    ValueRef::Real(number) => Ok(number as i64),
                    other => Ok(other.as_i64()?),
                })
                .unwrap(),
            Self::Postgres(at) => sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(at).await.unwrap(),
        }
    }
}
