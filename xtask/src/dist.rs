//! `cargo xtask dist`: the one file that a school copies to its server.

use std::fs;
use std::process::ExitCode;

use crate::assets::{self, Shrink};
use crate::error::{Outcome, While};
use crate::run::{cargo, program, root, run as run_command};

pub(crate) const HELP: &str = "\
cargo xtask dist

Builds everything for release and leaves one stripped binary: dist/nine-fifteen.";

pub(crate) fn run(_: &[String]) -> Outcome<ExitCode> {
    assets::build(Shrink::Always)?;
    run_command(cargo().args(["build", "-p", "server", "--release", "--bin", "nine-fifteen"]))?;
    let dist = root().join("dist");
    let binary = dist.join("nine-fifteen");
    fs::create_dir_all(&dist).doing("making dist/")?;
    fs::copy(root().join("target/release/nine-fifteen"), &binary).doing("copying the binary")?;
    run_command(program("strip").arg(&binary))?;
    let bytes = fs::metadata(&binary).doing("looking at the binary")?.len();
    println!("dist/nine-fifteen  {}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000);
    Ok(ExitCode::SUCCESS)
}
