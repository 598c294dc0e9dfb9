//! A trap for a program that is to be killed: it comes to a stand in the middle of one transaction, with some of its rows
//! written and others not. Nothing here waits for a time to pass: the program goes on for as long as nobody kills it.

use std::{path::Path, time::Duration};

use rusqlite::ErrorCode;

use super::{hand::Hand, place::Place};

/// A trap that is laid.
pub(super) enum Trap {
    /// Whoever writes the row counts for years, and holds the one write lock.
    Sqlite(rusqlite::Connection),
    /// We hold the row, and whoever writes it waits for us.
    Postgres { holds: Hand, looks: Hand },
}

impl Trap {
    /// On the row of `table` for which `column` has this value: who next changes it comes to a stand.
    pub(super) async fn at_change(place: &Place, table: &str, column: &str, value: &str) -> Self {
        let Some(url) = place.database() else {
            return Self::sqlite(&place.file(), &format!("BEFORE UPDATE ON {table} WHEN NEW.{column} = '{value}'"));
        };
        let (mut holds, looks) = (Hand::postgres(&url).await, Hand::postgres(&url).await);
        holds.run("BEGIN").await.unwrap();
        let held = holds.run(&format!("SELECT 1 FROM {table} WHERE {column} = '{value}' FOR UPDATE")).await.unwrap();
        assert_eq!(held, 1, "there is such a row");
        Self::Postgres { holds, looks }
    }

    /// In a file of SQLite's, for whatever a trigger can be made for.
    pub(super) fn sqlite(file: &Path, when: &str) -> Self {
        let hand = rusqlite::Connection::open(file).unwrap();
        hand.busy_timeout(Duration::from_secs(5)).unwrap();
        // So many rows that no machine has counted them when the test is over.
        let rows: Vec<String> = (0..10).map(|place| format!("guardian g{place}")).collect();
        let counts = format!("CREATE TRIGGER trap {when} BEGIN SELECT COUNT(*) FROM {}; END", rows.join(", "));
        hand.execute_batch(&counts).unwrap();
        // From here on it only looks whether somebody else writes.
        hand.busy_timeout(Duration::ZERO).unwrap();
        Self::Sqlite(hand)
    }

    /// Whether somebody stands in it; of SQLite: whether anybody is writing at all.
    pub(super) async fn is_sprung(&mut self) -> bool {
        match self {
            Self::Sqlite(hand) => match hand.execute_batch("BEGIN IMMEDIATE; ROLLBACK") {
                Ok(()) => false,
                Err(error) => {
                    assert_eq!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy), "{error}");
                    true
                }
            },
            Self::Postgres { looks, .. } => {
                let waiting = "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
                looks.number(waiting).await > 0
            }
        }
    }

    /// Takes it away, once whoever stood in it is dead.
    pub(super) async fn lift(self) {
        match self {
            Self::Sqlite(hand) => {
                hand.busy_timeout(Duration::from_secs(5)).unwrap();
                hand.execute_batch("DROP TRIGGER trap").unwrap();
            }
            Self::Postgres { mut holds, .. } => {
                holds.run("ROLLBACK").await.unwrap();
            }
        }
    }
}
