//! A school in a database of its own, gone when the test ends.

use std::{collections::BTreeMap, path::Path};

use app::rules::{id::PupilId, reference::Reference};
use chrono::{DateTime, NaiveDate, Utc};
use server::store::{
    BoardRow, Coding, CodingOutcome, FamilyReport, NewMail, NewSubmission, Receipt, School, Sent, Store,
    journal::{Keys, Verdict},
};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use super::{
    hand::Hand,
    people::{self, Adult, Child},
};

/// The instant of this time on the Monday of the tests.
pub(super) fn at(time: &str) -> DateTime<Utc> {
    on("2026-11-23", time)
}

/// The instant of this time on another day.
pub(super) fn on(day: &str, time: &str) -> DateTime<Utc> {
    format!("{day}T{time}Z").parse().expect("a time")
}

/// The Monday of the tests.
pub(super) fn monday() -> NaiveDate {
    day("2026-11-23")
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// The keys of the tests.
pub(super) fn keys() -> Keys {
    Keys { journal: [9; 32], server: [15; 32] }
}

/// The mail that goes with a report; it says nothing.
pub(super) fn a_word_of_thanks(reference: &Reference) -> NewMail {
    NewMail {
        to: Some("ngozi@example.org".into()),
        kind: "receipt",
        subject: format!("Received: {reference}"),
        body: "We have your report.".into(),
    }
}

/// A founded school with the roster of [`people`].
pub(super) struct TestStore {
    pub(super) store: Store,
    pub(super) url: String,
    _place: Place,
}

enum Place {
    Folder { _gone_with_us: TempDir },
    Postgres { server: String, name: String },
}

impl TestStore {
    /// An open store with no school in it.
    pub(super) async fn empty() -> Self {
        let (url, place) = match std::env::var("DATABASE_URL") {
            Ok(server) if server.starts_with("postgres") => {
                let name = format!("nine_fifteen_test_{:032x}", rand::random::<u128>());
                let mut admin = PgConnection::connect(&server).await.expect("DATABASE_URL answers");
                sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&mut admin).await.unwrap();
                let (host, _) = server.rsplit_once('/').expect("DATABASE_URL names a database");
                (format!("{host}/{name}"), Place::Postgres { server, name })
            }
            _ => {
                let folder = TempDir::new().unwrap();
                let url = folder.path().join("school.db").to_str().unwrap().to_owned();
                (url, Place::Folder { _gone_with_us: folder })
            }
        };
        Self { store: Store::open(&url, keys()).await.expect("a new database opens"), url, _place: place }
    }

    /// A school with its families, and nothing reported yet.
    pub(super) async fn with_families() -> Self {
        let house = Self::empty().await;
        house.school().found(at("06:00:00")).await.unwrap();
        let (classes, pupils, guardians, links) = people::roster();
        house.school().seed_roster(at("06:00:00"), classes, pupils, guardians, links).await.unwrap();
        house
    }

    /// A school with families and staff.
    pub(super) async fn with_staff() -> Self {
        let house = Self::with_families().await;
        for (new, account) in people::staff() {
            house.school().seed_staff(new, account, at("06:00:00")).await.unwrap();
        }
        house
    }

    pub(super) fn is_postgres(&self) -> bool {
        self.url.starts_with("postgres")
    }

    pub(super) fn school(&self) -> School {
        self.store.school("hillside")
    }

    /// A second program on the same database.
    pub(super) async fn another_node(&self) -> Store {
        Store::open(&self.url, keys()).await.expect("a second node opens")
    }

    pub(super) async fn sends(&self, note: NewSubmission) -> Sent {
        self.school().report_absence(note, a_word_of_thanks).await.expect("the store answers")
    }

    /// Sends what must be taken.
    pub(super) async fn receives(&self, note: NewSubmission) -> Reference {
        match self.sends(note).await {
            Sent::Received(reference) => reference,
            other => panic!("not received: {other:?}"),
        }
    }

    pub(super) async fn receipt(&self, adult: Adult, reference: &Reference) -> Option<Receipt> {
        self.school().receipt(&adult.id(), reference).await.unwrap()
    }

    pub(super) async fn sees_reported(&self, adult: Adult) -> Vec<FamilyReport> {
        self.school().reports_from(&adult.id(), monday()).await.unwrap()
    }

    pub(super) async fn board(&self) -> Vec<BoardRow> {
        self.school().board(monday()).await.unwrap()
    }

    /// The children on the board, in its order.
    pub(super) async fn children_on_board(&self) -> Vec<PupilId> {
        self.board().await.into_iter().map(|row| row.pupil_id).collect()
    }

    /// The office codes a child, having seen these codes.
    pub(super) async fn office_codes(&self, child: Child, code: &str, seen: &str) -> CodingOutcome {
        self.school().code_absence(people::coding(child, code, seen)).await.unwrap()
    }

    pub(super) async fn codes(&self, coding: Coding) -> CodingOutcome {
        self.school().code_absence(coding).await.unwrap()
    }

    /// Lifts nothing, sets a bar, now.
    pub(super) async fn bars(&self, adult: Adult, child: Child) {
        self.school().set_bar(&adult.id(), &child.id(), true, people::office(), at("08:00:00")).await.unwrap();
    }

    pub(super) async fn journal_is_whole(&self) -> bool {
        matches!(self.school().verify_journal(&[]).await.unwrap(), Verdict::Whole(_))
    }

    /// Changes the database behind the store's back; answers how many rows were touched.
    pub(super) async fn by_hand(&self, sql: &str) -> u64 {
        self.hand().await.run(sql).await.unwrap()
    }

    /// Reads one column of text behind the store's back.
    pub(super) async fn texts(&self, sql: &str) -> Vec<String> {
        self.hand().await.texts(sql).await
    }

    /// Reads a number behind the store's back.
    pub(super) async fn number(&self, sql: &str) -> i64 {
        self.hand().await.number(sql).await
    }

    pub(super) async fn count(&self, table: &str) -> i64 {
        self.number(&format!("SELECT COUNT(*) FROM {table}")).await
    }

    /// How many rows there are of everything that a report leaves behind.
    pub(super) async fn traces(&self) -> BTreeMap<&'static str, i64> {
        let mut traces = BTreeMap::new();
        for table in ["submission", "report", "absence", "journal", "mail"] {
            traces.insert(table, self.count(table).await);
        }
        traces
    }

    async fn hand(&self) -> Hand {
        if self.is_postgres() { Hand::postgres(&self.url).await } else { Hand::sqlite(Path::new(&self.url)) }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Self::Postgres { server, name } = self else { return };
        let (server, drop_it) = (server.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
        // A test may be ending inside its runtime, so the farewell has one of its own.
        let farewell = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
            runtime.block_on(async {
                if let Ok(mut admin) = PgConnection::connect(&server).await {
                    let _ = sqlx::query(AssertSqlSafe(drop_it)).execute(&mut admin).await;
                }
            });
        });
        let _ = farewell.join();
    }
}
