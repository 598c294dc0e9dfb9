//! The Rust tests, once for each database.

use super::count::{Count, cargo_line, counted};
use crate::error::Outcome;
use crate::postgres::{Database, Durable};
use crate::run::cargo;

/// Where the server's tests look for their database; without it they use SQLite.
const DATABASE_URL: &str = "DATABASE_URL";

/// The workspace in two halves. All at once, cargo would join the features of the product and of
/// this tool, and build most crates once more for that union.
pub(super) const HALVES: [&[&str]; 2] = [&["-p", "xtask"], &["-p", "app", "-p", "server"]];

pub(super) fn sqlite() -> Outcome<Count> {
    let mut count = Count::default();
    for half in HALVES {
        let mut tests = cargo();
        tests.arg("test").args(half).arg("--no-fail-fast").env_remove(DATABASE_URL);
        count.add(counted(&mut tests, cargo_line)?);
    }
    Ok(count)
}

pub(super) fn postgres() -> Outcome<Count> {
    let mut tests = cargo();
    tests.args(["test", "-p", "server", "--no-fail-fast"]);
    if std::env::var_os(DATABASE_URL).is_some() {
        return counted(&mut tests, cargo_line);
    }
    let database = Database::start(Durable::No)?;
    counted(tests.env(DATABASE_URL, database.url()), cargo_line)
}
