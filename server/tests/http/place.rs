//! Where a school of the tests lives: a folder, and a database in it or on PostgreSQL. Everything
//! goes with the test. On SQLite the demo school is loaded once and copied.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    str::FromStr,
};

use server::{
    clock::Clock,
    demo,
    start::{self, Plan},
    store::StoreError,
};
use sqlx::{AssertSqlSafe, Connection, PgConnection, postgres::PgConnectOptions};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::{
    hand::Hand,
    house::{ORIGIN, morning},
};

const FILES: [&str; 3] = ["nine-fifteen.db", "keys/journal.key", "keys/server.key"];

static LOADED: OnceCell<Vec<Vec<u8>>> = OnceCell::const_new();

pub(super) struct Place {
    folder: TempDir,
    /// The server's address and the database's name.
    postgres: Option<(String, String)>,
}

impl Place {
    /// With the demo school in it, or on PostgreSQL with nothing in it yet.
    pub(super) async fn new() -> Self {
        let place = Self::empty().await;
        if place.postgres.is_none() {
            lay_out(place.data()).await;
        }
        place
    }

    /// With no school in it.
    pub(super) async fn empty() -> Self {
        let folder = TempDir::new().unwrap();
        let postgres = match std::env::var("DATABASE_URL") {
            Ok(server) if server.starts_with("postgres") => Some(server),
            _ => None,
        };
        let Some(server) = postgres else { return Self { folder, postgres: None } };
        let name = format!("nine_fifteen_test_{:032x}", rand::random::<u128>());
        let mut admin = PgConnection::connect(&server).await.expect("DATABASE_URL answers");
        sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
        Self { folder, postgres: Some((server, name)) }
    }

    pub(super) fn data(&self) -> &Path {
        self.folder.path()
    }

    /// The PostgreSQL database, if it is one.
    pub(super) fn database(&self) -> Option<String> {
        let (server, name) = self.postgres.as_ref()?;
        Some(format!("{}/{name}", server.rsplit_once('/').expect("DATABASE_URL names a database").0))
    }

    /// The SQLite file, if it is one.
    pub(super) fn file(&self) -> PathBuf {
        self.data().join(FILES[0])
    }

    async fn hand(&self) -> Hand {
        match self.database() {
            Some(url) => Hand::postgres(&url).await,
            None => Hand::sqlite(&self.file()),
        }
    }

    /// Reads one column of text behind the store's back.
    pub(super) async fn texts(&self, sql: &str) -> Vec<String> {
        self.hand().await.texts(sql).await
    }

    /// Changes the database behind the store's back.
    pub(super) async fn by_hand(&self, sql: &str) -> u64 {
        self.hand().await.run(sql).await.unwrap()
    }

    /// What the database says to a statement that fails.
    pub(super) async fn refusal(&self, sql: &str) -> StoreError {
        self.hand().await.run(sql).await.expect_err("a refusal")
    }

    /// How many rows this query counts.
    pub(super) async fn count(&self, from: &str) -> i64 {
        let found = self.texts(&format!("SELECT CAST(COUNT(*) AS TEXT) FROM {from}")).await;
        found.first().and_then(|count| count.parse().ok()).expect("a number")
    }

    async fn tables(&self) -> Vec<String> {
        let sql = match self.postgres {
            Some(_) => "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
            None => "SELECT name FROM sqlite_master WHERE type = 'table'",
        };
        let mut tables = self.texts(sql).await;
        tables.retain(|name| !name.starts_with("_sqlx") && !name.starts_with("sqlite_"));
        assert!(tables.len() > 15, "{tables:?}");
        tables
    }

    /// How many rows each table has.
    pub(super) async fn counts(&self) -> BTreeMap<String, i64> {
        let mut counts = BTreeMap::new();
        for table in self.tables().await {
            counts.insert(table.clone(), self.count(&table).await);
        }
        counts
    }

    /// Everything there is, row by row, but for these tables and columns ("report.seen_at").
    pub(super) async fn everything_but(&self, not: &[&str]) -> Vec<String> {
        let mut all = Vec::new();
        for table in self.tables().await.into_iter().filter(|table| !not.contains(&table.as_str())) {
            let columns = match self.postgres {
                Some(_) => format!(
                    "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_name = '{table}' AND table_schema = 'public'"
                ),
                None => format!("SELECT name FROM pragma_table_info('{table}')"),
            };
            let columns = self.texts(&columns).await;
            let kept = columns.iter().filter(|column| !not.contains(&format!("{table}.{column}").as_str()));
            let text = |column| match self.postgres {
                Some(_) => format!("COALESCE(CAST({column} AS TEXT), '-')"),
                // Bytes are no text.
                None => format!(
                    "COALESCE(CASE TYPEOF({column}) WHEN 'blob' THEN HEX({column}) ELSE CAST({column} AS TEXT) END, '-')"
                ),
            };
            // The register is long: what stands in it how often is enough to see a change.
            if table == "mark" {
                let sql = "SELECT 'mark: ' || code || session || source || CAST(COUNT(*) AS TEXT) || CAST(MAX(changed_at) AS TEXT) \
                           FROM mark GROUP BY code, session, source";
                all.extend(self.texts(sql).await);
                continue;
            }
            let row: Vec<String> = kept.map(text).collect();
            let rows = self.texts(&format!("SELECT {} FROM {table}", row.join(" || '|' || "))).await;
            all.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
        }
        all.sort_unstable();
        all
    }
}

/// Puts the demo school into an empty folder: the same bytes every time.
async fn lay_out(folder: &Path) {
    let files = LOADED.get_or_init(|| async {
        let folder = TempDir::new().unwrap();
        let data: PathBuf = folder.path().to_owned();
        let (file, clock) = (demo::configuration(None, &data).unwrap(), Clock::set_to(morning()));
        let plan = Plan { data: data.clone(), file, public_url: ORIGIN.into(), clock, demo: true, coarse: None };
        let portal = start::open(plan).await.unwrap();
        demo::load(&portal.school, morning()).await.unwrap();
        portal.store.close().await;
        FILES.iter().map(|name| std::fs::read(data.join(name)).unwrap()).collect()
    });
    std::fs::create_dir(folder.join("keys")).unwrap();
    for (name, bytes) in FILES.iter().zip(files.await) {
        std::fs::write(folder.join(name), bytes).unwrap();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((server, name)) = self.postgres.clone() else { return };
        let options = PgConnectOptions::from_str(&server);
        // A test may be ending inside its runtime, so the farewell has one of its own.
        let farewell = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                let Ok(options) = options else { return };
                if let Ok(mut admin) = PgConnection::connect_with(&options).await {
                    let drop_it = AssertSqlSafe(format!("DROP DATABASE {name} WITH (FORCE)"));
                    let _ = sqlx::query(drop_it).execute(&mut admin).await;
                }
            });
        });
        let _ = farewell.join();
    }
}
