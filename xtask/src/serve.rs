//! `cargo xtask serve`: the demonstration school on this machine.

use std::os::unix::process::CommandExt;
use std::process::{Child, ExitCode, Stdio};

use crate::assets::{self, Shrink};
use crate::error::{Failure, Outcome, While};
use crate::run::{cargo, program, root, run as run_command};

pub(crate) const HELP: &str = "\
cargo xtask serve [--port N] [--data DIR] [--now RFC3339] [FLAGS OF `nine-fifteen demo`]

Builds what is needed and starts the demonstration school.
  --port N       where to listen on this machine (9150)
  --data DIR     where its data lives (target/demo)
  --now RFC3339  let the clock start at another minute: 2026-11-23T08:52:00Z";

pub(crate) fn run(flags: &[String]) -> Outcome<ExitCode> {
    let ahead = ahead()?;
    let assets = assets::build(Shrink::IfPossible);
    if let Some(mut ahead) = ahead {
        if assets.is_err() {
            ahead.kill().doing("ending cargo")?;
        }
        ahead.wait().doing("building what the server needs")?;
    }
    assets?;
    run_command(cargo().args(["build", "--quiet", "-p", "server"]))?;
    let mut demo = program(root().join("target/debug/nine-fifteen"));
    demo.arg("demo").args(with_defaults(flags));
    let failed = demo.exec();
    Err(Failure::new(format!("target/debug/nine-fifteen: {failed}")))
}

/// On a fresh clone: begins to build what the server is made of while the browser half is still in the making. The server
/// itself cannot be built before that, which ends this with an error that nobody needs to read.
fn ahead() -> Outcome<Option<Child>> {
    if root().join("target/site/site.json").exists() {
        return Ok(None);
    }
    let mut build = cargo();
    build.args(["build", "--quiet", "--keep-going", "-p", "server"]).stdout(Stdio::null()).stderr(Stdio::null());
    Ok(Some(build.spawn().doing("starting cargo")?))
}

/// The flags as given, with the port and the folder where none were.
fn with_defaults(flags: &[String]) -> Vec<String> {
    let given = |name: &str| flags.iter().any(|flag| flag == name || flag.starts_with(&format!("{name}=")));
    let mut all = Vec::new();
    for (name, value) in [("--port", "9150"), ("--data", "target/demo")] {
        if !given(name) {
            all.extend([name.to_owned(), value.to_owned()]);
        }
    }
    all.extend_from_slice(flags);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_given_stands_and_what_is_not_has_a_default() {
        let flags = ["--port=8000", "--now", "2026-11-23T08:52:00Z"].map(String::from);
        let all = with_defaults(&flags).join(" ");
        assert_eq!(all, "--data target/demo --port=8000 --now 2026-11-23T08:52:00Z");
    }
}
