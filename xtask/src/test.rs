//! `cargo xtask test`: every check there is, stage by stage.

mod browser;
mod budgets;
mod cases;
mod count;
mod needs;
mod source;
mod suites;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::assets::{self, Shrink};
use crate::error::{Failure, Outcome};
use crate::faults;
use crate::run::{WASM, cargo, run as run_command};
pub(crate) use count::Count;

pub(crate) const HELP: &str = "\
cargo xtask test [--only STAGE]

Runs the stages in order and stops at the first that fails. The last line counts
the tests: `N passed, N failed`.

  needs     what must be installed: WebAssembly target, Chromium, fonts, PostgreSQL
  format    cargo fmt --check
  assets    what a browser loads
  budgets   how many bytes of it travel
  lint      clippy, for the server and for the browser half; no warning passes
  sqlite    the Rust tests, the server with SQLite
  postgres  the server's tests against PostgreSQL: one of its own, or DATABASE_URL
  cases     the rules' cases inside WebAssembly
  source    what no compiler sees: raw text areas, style attributes, paths of a machine
  faults    the program killed under load, on both databases, and a full disk; a slice of
            `cargo xtask faults`
  browser   Playwright in real Chromium";

/// One stage: its name, and what it counts.
struct Stage {
    name: &'static str,
    run: fn() -> Outcome<Count>,
}

const STAGES: &[Stage] = &[
    stage("needs", needs::check),
    stage("format", format),
    stage("assets", build_assets),
    stage("budgets", budgets::check),
    stage("lint", lint),
    stage("sqlite", suites::sqlite),
    stage("postgres", suites::postgres),
    stage("cases", cases::check),
    stage("source", source::check),
    stage("faults", faults::slice),
    stage("browser", browser::check),
];

const fn stage(name: &'static str, run: fn() -> Outcome<Count>) -> Stage {
    Stage { name, run }
}

pub(crate) fn run(flags: &[String]) -> Outcome<ExitCode> {
    let stages = chosen(flags)?;
    let mut total = Count::default();
    let mut times = Vec::new();
    for stage in stages {
        println!("== {}", stage.name);
        let start = Instant::now();
        let count = (stage.run)().unwrap_or_else(|why| {
            eprintln!("{}: {why}", stage.name);
            Count { passed: 0, failed: 1 }
        });
        total.add(count);
        times.push((stage.name, count, start.elapsed()));
        if count.failed > 0 {
            break;
        }
    }
    table(&times);
    println!("{total}");
    Ok(if total.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn chosen(flags: &[String]) -> Outcome<Vec<&'static Stage>> {
    match flags {
        [] => Ok(STAGES.iter().collect()),
        [only, name] if only == "--only" => STAGES
            .iter()
            .find(|stage| stage.name == name)
            .map(|stage| vec![stage])
            .ok_or_else(|| Failure::new(format!("there is no stage {name:?}\n\n{HELP}"))),
        _ => Err(Failure::new(HELP)),
    }
}

fn table(times: &[(&str, Count, Duration)]) {
    println!();
    for (name, count, time) in times {
        let verdict = if count.failed > 0 { "FAILED" } else { "ok" };
        println!("{name:<9} {:>7.1} s  {:>5} passed  {verdict}", time.as_secs_f32(), count.passed);
    }
    println!();
}

/// A stage that has no tests of its own counts only when it fails.
fn format() -> Outcome<Count> {
    // Names the files; `cargo fmt` shows the rest.
    run_command(cargo().args(["fmt", "--all", "--check", "--", "-l"]))?;
    Ok(Count::default())
}

fn build_assets() -> Outcome<Count> {
    let site = assets::build(Shrink::Always)?;
    println!("{site}");
    Ok(Count::default())
}

fn lint() -> Outcome<Count> {
    let deny = ["--", "-D", "warnings"];
    for half in suites::HALVES {
        run_command(cargo().arg("clippy").args(half).arg("--all-targets").args(deny))?;
    }
    let browser = ["clippy", "-p", "app", "--lib", "--features", "hydrate,staff", "--target", WASM];
    run_command(cargo().args(browser).args(deny))?;
    Ok(Count::default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_stage_or_all_and_nothing_else() {
        let words = |line: &str| line.split_whitespace().map(String::from).collect::<Vec<_>>();
        assert_eq!(chosen(&[]).map(|all| all.len()).ok(), Some(STAGES.len()));
        assert_eq!(chosen(&words("--only lint")).map(|one| one[0].name).ok(), Some("lint"));
        assert!(chosen(&words("--only moon")).is_err());
        assert!(chosen(&words("lint")).is_err());
    }

    #[test]
    fn the_help_names_every_stage() {
        assert!(STAGES.iter().all(|stage| HELP.contains(&format!("\n  {} ", stage.name))));
    }
}
