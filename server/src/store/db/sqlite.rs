//! The embedded engine. A statement of this program takes some microseconds, less than handing it
//! to another thread would: readers run where they are asked, the writer on a thread of its own.

mod value;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError, TryLockError},
    time::Duration,
};

use rusqlite::{CachedStatement, Connection, OpenFlags};
use sqlx::migrate::Migrator;

pub(crate) use self::value::{FromSqlite, Value, named};
use crate::store::StoreError;

/// How many read at once.
const READERS: usize = 4;
/// How many statements a connection keeps prepared: more than the store has.
const STATEMENTS: usize = 400;

/// One SQLite file and those who read it.
#[derive(Debug)]
pub struct File {
    path: PathBuf,
    readers: Readers,
}

impl File {
    /// Opens the file, makes it if it is missing, and brings it up to date.
    pub(super) fn open(path: &Path, migrations: &Migrator) -> Result<Self, StoreError> {
        Lane::open(path)?.migrate(migrations)?;
        let reader = |_| {
            let lane = Lane::open(path)?;
            lane.0.execute_batch("PRAGMA query_only = ON")?;
            Ok(Mutex::new(Some(lane)))
        };
        let lanes = (0..READERS).map(reader).collect::<Result<_, StoreError>>()?;
        Ok(Self { path: path.to_owned(), readers: Readers { lanes } })
    }

    pub(super) fn readers(&self) -> &Readers {
        &self.readers
    }

    /// One more connection: the writer's, or for something that takes long.
    ///
    /// # Errors
    /// What the engine says.
    pub(crate) fn lane(&self) -> Result<Lane, StoreError> {
        Lane::open(&self.path)
    }

    /// Ends all reading. The last connection to go folds the log into the file.
    pub(super) fn close(&self) {
        for lane in &self.readers.lanes {
            drop(lane.lock().unwrap_or_else(PoisonError::into_inner).take());
        }
    }
}

/// Connections that only read, each by one thread at a time.
#[derive(Debug)]
pub(crate) struct Readers {
    /// Empty once closed.
    lanes: Vec<Mutex<Option<Lane>>>,
}

impl Readers {
    pub(crate) fn rows<R: FromSqlite>(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<R>, StoreError> {
        self.on(|lane| lane.rows(sql, values))
    }

    pub(crate) fn row<R: FromSqlite>(&self, sql: &str, values: &[Value<'_>]) -> Result<Option<R>, StoreError> {
        self.on(|lane| lane.row(sql, values))
    }

    /// Reads on a free connection, or waits for one: whoever holds it needs it for one statement.
    fn on<T>(&self, read: impl FnOnce(&Lane) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let free = self.lanes.iter().find_map(|lane| match lane.try_lock() {
            Ok(lane) => Some(lane),
            Err(TryLockError::Poisoned(lane)) => Some(lane.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        });
        let lane = match (free, self.lanes.first()) {
            (Some(lane), _) => lane,
            (None, Some(first)) => first.lock().unwrap_or_else(PoisonError::into_inner),
            (None, None) => return Err(closed()),
        };
        read(lane.as_ref().ok_or_else(closed)?)
    }
}

fn closed() -> StoreError {
    StoreError::Database("closed".to_owned())
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Lane(Connection);

impl Lane {
    pub(super) fn open(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let lane = Connection::open_with_flags(path, flags)?;
        lane.busy_timeout(Duration::from_secs(5))?;
        lane.set_prepared_statement_cache_capacity(STATEMENTS);
        // FULL, for a receipt is a promise: a commit returns when it is on the disk.
        // What a savepoint may have to take back is kept in memory: in a temporary file it was half of all
        // writing, and families' words in one more place.
        // The log is folded into the file every 16 MB: a page that many commits change is then written there once.
        // The log of a large import is not kept at its size for ever.
        lane.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
             PRAGMA temp_store = MEMORY; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 33554432;",
        )?;
        Ok(Self(lane))
    }

    pub(crate) fn rows<R: FromSqlite>(&self, sql: &str, values: &[Value<'_>]) -> Result<Vec<R>, StoreError> {
        let mut statement = self.prepare(sql, values)?;
        let mut found = statement.raw_query();
        let mut rows = Vec::new();
        while let Some(row) = found.next()? {
            rows.push(R::from_row(row)?);
        }
        Ok(rows)
    }

    pub(crate) fn row<R: FromSqlite>(&self, sql: &str, values: &[Value<'_>]) -> Result<Option<R>, StoreError> {
        let mut statement = self.prepare(sql, values)?;
        let mut found = statement.raw_query();
        let first = found.next()?.map(R::from_row).transpose()?;
        // A statement that writes and answers has to run to its end.
        while found.next()?.is_some() {}
        Ok(first)
    }

    pub(crate) fn run(&self, sql: &str, values: &[Value<'_>]) -> Result<u64, StoreError> {
        let touched = self.prepare(sql, values)?.raw_execute()?;
        Ok(touched.try_into().unwrap_or(u64::MAX))
    }

    /// Runs one statement for each of many rows: its values in the order of its parameters.
    pub(crate) fn each<'v, const N: usize>(
        &self,
        sql: &str,
        rows: impl Iterator<Item = [Value<'v>; N]>,
    ) -> Result<(), StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        for row in rows {
            for (place, value) in (1..).zip(&row) {
                statement.raw_bind_parameter(place, value)?;
            }
            statement.raw_execute()?;
        }
        Ok(())
    }

    /// Numbered as PostgreSQL numbers them, `$2` may come before `$1`; SQLite takes them for names
    /// and counts by first appearance.
    fn prepare(&self, sql: &str, values: &[Value<'_>]) -> Result<CachedStatement<'_>, StoreError> {
        let mut statement = self.0.prepare_cached(sql)?;
        for place in 1..=statement.parameter_count() {
            let number = statement.parameter_name(place).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
            let value = number.and_then(|number| values.get(number.checked_sub(1)?));
            let value = value.ok_or_else(|| StoreError::Database("a parameter without its value".to_owned()))?;
            statement.raw_bind_parameter(place, value)?;
        }
        Ok(statement)
    }

    /// Brings the file up to date, as sqlx does it for PostgreSQL, in a table like its own.
    fn migrate(&self, migrations: &Migrator) -> Result<(), StoreError> {
        self.0.execute_batch(
            "BEGIN IMMEDIATE; \
             CREATE TABLE IF NOT EXISTS _sqlx_migrations (version BIGINT PRIMARY KEY, description TEXT NOT NULL, \
             installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOLEAN NOT NULL, \
             checksum BLOB NOT NULL, execution_time BIGINT NOT NULL)",
        )?;
        let ran: Vec<(i64, Vec<u8>)> =
            self.rows("SELECT version, checksum FROM _sqlx_migrations ORDER BY version", &[])?;
        if let Some((version, _)) = ran.iter().find(|(version, _)| !migrations.version_exists(*version)) {
            return Err(StoreError::NewerSchema(*version));
        }
        for migration in migrations.iter() {
            match ran.iter().find(|(version, _)| *version == migration.version) {
                Some((_, checksum)) if *checksum == *migration.checksum => {}
                Some(_) => return Err(StoreError::Migration(format!("step {} was another", migration.version))),
                None => {
                    self.0.execute_batch(migration.sql.as_str())?;
                    self.run(
                        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                         VALUES ($1, $2, TRUE, $3, 0)",
                        &[
                            migration.version.into(),
                            migration.description.as_ref().into(),
                            migration.checksum.as_ref().into(),
                        ],
                    )?;
                }
            }
        }
        Ok(self.0.execute_batch("COMMIT")?)
    }
}

#[cfg(test)]
mod tests {
    use sqlx::{
        SqlSafeStr,
        migrate::{Migration, MigrationType},
    };

    use super::*;

    fn steps(steps: &[&'static str]) -> Migrator {
        let step = |(version, sql): (i64, &&'static str)| {
            Migration::new(version, "step".into(), MigrationType::Simple, sql.into_sql_str(), false)
        };
        Migrator::with_migrations((1..).zip(steps).map(step).collect())
    }

    #[test]
    fn a_reader_does_not_write() {
        let folder = tempfile::tempdir().unwrap();
        let file = File::open(&folder.path().join("x.db"), &steps(&["CREATE TABLE a (n BIGINT)"])).unwrap();
        let write = "INSERT INTO a VALUES (1) RETURNING n";
        for lane in &file.readers.lanes {
            let lane = lane.lock().unwrap();
            assert_eq!(lane.as_ref().unwrap().row::<(i64,)>(write, &[]).unwrap_err(), StoreError::of_code("8"));
        }
        file.lane().unwrap().row::<(i64,)>(write, &[]).unwrap();
        assert_eq!(file.readers.rows::<(i64,)>("SELECT n FROM a", &[]).unwrap(), [(1,)]);
    }

    #[test]
    fn connections_share_no_lock_load_no_code_and_leave_no_temporary_files() {
        let folder = tempfile::tempdir().unwrap();
        let lane = Lane::open(&folder.path().join("x.db")).unwrap();
        let options = lane.rows::<(String,)>("PRAGMA compile_options", &[]).unwrap();
        let built_with = |option: &str| options.iter().any(|(one,)| one == option);
        assert!(built_with("DEFAULT_MEMSTATUS=0") && built_with("OMIT_LOAD_EXTENSION"), "{options:?}");
        assert!(!built_with("ENABLE_MEMORY_MANAGEMENT"), "{options:?}");
        assert_eq!(lane.rows::<(i64,)>("PRAGMA temp_store", &[]).unwrap(), [(2,)]);
    }

    #[test]
    fn a_step_that_fails_leaves_nothing_behind_and_is_no_bar_to_a_right_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.db");
        let first = "CREATE TABLE a (n BIGINT); INSERT INTO a VALUES (1)";
        assert!(File::open(&path, &steps(&[first, "CREATE TABLE b (n BIGINT); CREATE TABLE a (n BIGINT)"])).is_err());
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        assert_eq!(Lane::open(&path).unwrap().rows::<(String,)>(tables, &[]).unwrap(), []);
        let file = File::open(&path, &steps(&[first, "CREATE TABLE b (n BIGINT)"])).unwrap();
        assert_eq!(file.readers.rows::<(i64,)>("SELECT n FROM a", &[]).unwrap(), [(1,)]);
        assert_eq!(file.readers.rows::<(i64,)>("SELECT COUNT(*) FROM _sqlx_migrations", &[]).unwrap(), [(2,)]);
    }
}
