//! `cargo xtask faults`: the program killed in the middle of its work, again and again.
//!
//! The promise that is held against what is found: every reference that a client was given is
//! stored, once; nothing is half there; the journal is whole; and whoever was not answered sends
//! the same form again and gets one receipt.

mod clients;
mod disk;
mod ledger;
mod power;
mod rounds;

use std::path::PathBuf;
use std::process::ExitCode;

use crate::error::{Failure, Outcome};
use crate::load::{number, said};
use crate::run::{cargo, root, run as run_command};
use crate::test::Count;

pub(crate) const HELP: &str = "\
cargo xtask faults [--rounds N] [--postgres] [--release] [--binary FILE]

Starts the demonstration school, lets clients send reports, kills the program with
SIGKILL at a random moment, looks at what it left, starts it again and lets the clients
send once more what was not answered. Then the power goes, so that the disk keeps only
what was synced, a tenth as often; then a disk fills up; both where we may mount one.
Keeps target/faults when something was found.
  --rounds N     how many kills (100)
  --postgres     on PostgreSQL: the program killed, its connections cut, a backend killed;
                 a server of its own, or DATABASE_URL
  --release      build and use the release binary
  --binary FILE  use this program instead of building one";

pub(crate) fn run(flags: &[String]) -> Outcome<ExitCode> {
    let rounds = number(flags, "--rounds", 100)?;
    let binary = binary(flags)?;
    let mut count = rounds::sqlite(&binary, rounds)?;
    count.add(power::cuts(&binary, rounds.div_ceil(10))?);
    count.add(disk::full(&binary)?);
    if said(flags, "--postgres") {
        count.add(rounds::postgres(&binary, rounds)?);
    }
    println!("{count}");
    Ok(if count.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A slice of it, for `cargo xtask test`.
pub(crate) fn slice() -> Outcome<Count> {
    let binary = binary(&[])?;
    let mut count = rounds::sqlite(&binary, 3)?;
    count.add(power::cuts(&binary, 2)?);
    count.add(disk::full(&binary)?);
    count.add(rounds::postgres(&binary, 3)?);
    Ok(count)
}

fn binary(flags: &[String]) -> Outcome<PathBuf> {
    if let Some(at) = flags.iter().position(|flag| flag == "--binary") {
        return flags.get(at + 1).map(PathBuf::from).ok_or_else(|| Failure::new("--binary needs a file"));
    }
    let (profile, folder): (&[&str], _) =
        if said(flags, "--release") { (&["--release"], "release") } else { (&[], "debug") };
    run_command(cargo().args(["build", "--quiet", "-p", "server"]).args(profile))?;
    Ok(root().join("target").join(folder).join("nine-fifteen"))
}
