//! `cargo xtask bench`: full journeys, measured.

use std::process::ExitCode;

use crate::assets::{self, Shrink};
use crate::error::Outcome;
use crate::run::{cargo, run as run_command};

pub(crate) const HELP: &str = "\
cargo xtask bench

Builds for release and measures full journeys. Not measured yet: ends with code 2.";

pub(crate) fn run(_: &[String]) -> Outcome<ExitCode> {
    assets::build(Shrink::Always)?;
    run_command(cargo().args(["build", "--release", "-p", "server"]))?;
    eprintln!("not measured yet");
    Ok(ExitCode::from(2))
}
