//! `cargo xtask bench`: full journeys, measured, beside the budgets.

mod board;
mod figures;
mod journeys;
mod marks;
mod rest;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use crate::assets::{self, Shrink};
use crate::error::{Failure, Outcome};
use crate::load::{School, folder, number, said, sign_in};
use crate::postgres::{Durable, Provided};
use crate::run::{cargo, root, run as run_command};
use journeys::Run;

pub(crate) const HELP: &str = "\
cargo xtask bench [--postgres] [--quick | --marks | --figures] [--families N] [--seconds N] [--binary FILE]

Builds for release, starts the demonstration school, signs families in through their
mail and measures: full journeys (form, send, receipt) on 32, 64 and 128 connections,
the board, figures, memory, start, sizes, a school year of marks; each beside its budget. Ends with code 1
only when something acknowledged is not in the store.
  --postgres     the journeys once more on PostgreSQL: one of its own, or DATABASE_URL
  --quick        only the journeys, only on 64 connections
  --marks        only the school year of marks: 600 children, 228,000 sessions
  --figures      only the pages of figures, with 600 pupils and four years of marks
  --families N   how many families send (400)
  --seconds N    how long each run takes at most (20)
  --binary FILE  measure this program instead of building one";

const CONNECTIONS: [usize; 3] = [32, 64, 128];
/// Journeys a second: England's worst minute with a fifth of its children ill asks for 860.
const JOURNEYS: f64 = 1600.0;
const QUICK: [usize; 1] = [64];

pub(crate) fn run(flags: &[String]) -> Outcome<ExitCode> {
    // What sends shares the machine with what answers: unoptimised it would take a sixth of the answers away.
    if cfg!(debug_assertions) {
        run_command(cargo().args(["run", "--quiet", "--release", "--package", "xtask", "--", "bench"]).args(flags))?;
        return Ok(ExitCode::SUCCESS);
    }
    let families = number(flags, "--families", 400)?;
    let longest = Duration::from_secs(number(flags, "--seconds", 20)? as u64);
    let quick = said(flags, "--quick");
    let connections: &[usize] = if quick { &QUICK } else { &CONNECTIONS };
    let binary = binary(flags)?;
    println!("{}", machine());
    let mut report = Report::default();
    if said(flags, "--marks") {
        school_year(&binary, &mut report)?;
        report.show();
        return Ok(ExitCode::SUCCESS);
    }
    if said(flags, "--figures") {
        figures_pages(&binary, &mut report)?;
        report.show();
        return Ok(ExitCode::SUCCESS);
    }
    if !quick {
        rest_and_boards(&binary, &mut report)?;
        school_year(&binary, &mut report)?;
    }
    let mut plan = Plan { binary: &binary, families, longest, connections, report: &mut report };
    let mut lost = plan.journeys("SQLite", None)?;
    if said(flags, "--postgres") {
        let database = Provided::new("nine_fifteen_bench", Durable::Yes)?;
        lost |= plan.journeys("PostgreSQL", Some(&database))?;
    }
    report.show();
    Ok(if lost { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// The program to measure: built for release, unless another is given.
fn binary(flags: &[String]) -> Outcome<PathBuf> {
    if let Some(at) = flags.iter().position(|flag| flag == "--binary") {
        return flags.get(at + 1).map(PathBuf::from).ok_or_else(|| Failure::new("--binary needs a file"));
    }
    assets::build(Shrink::Always)?;
    run_command(cargo().args(["build", "--release", "-p", "server"]))?;
    Ok(root().join("target/release/nine-fifteen"))
}

/// Whose numbers these are.
fn machine() -> String {
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let cores = about.lines().filter(|line| line.starts_with("processor")).count();
    let model = about.lines().find_map(|line| line.strip_prefix("model name")).unwrap_or_default();
    format!("{cores} cores of {}, the load generator beside the server", model.trim_start_matches([' ', '\t', ':']))
}

/// Lines of a table: what, measured, budget, whether it is kept.
#[derive(Default)]
struct Report(Vec<(String, String, String, &'static str)>);

impl Report {
    /// A number that must not be above its budget.
    fn most(&mut self, what: impl Into<String>, measured: f64, budget: f64, unit: &str) {
        self.add(what, measured, budget, unit, measured <= budget);
    }

    /// A number that must not be below its budget.
    fn least(&mut self, what: impl Into<String>, measured: f64, budget: f64, unit: &str) {
        self.add(what, measured, budget, unit, measured >= budget);
    }

    /// A number without a budget.
    fn note(&mut self, what: impl Into<String>, measured: f64, unit: &str) {
        self.0.push((what.into(), written(measured, unit), String::new(), ""));
    }

    fn add(&mut self, what: impl Into<String>, measured: f64, budget: f64, unit: &str, kept: bool) {
        let verdict = if kept { "ok" } else { "OVER" };
        self.0.push((what.into(), written(measured, unit), written(budget, unit), verdict));
    }

    fn show(&self) {
        println!("\n{:<58} {:>14} {:>14}", "", "measured", "budget");
        for (what, measured, budget, verdict) in &self.0 {
            println!("{what:<58} {measured:>14} {budget:>14}  {verdict}");
        }
    }
}

fn written(number: f64, unit: &str) -> String {
    if number >= 100.0 || number.fract() == 0.0 { format!("{number:.0} {unit}") } else { format!("{number:.2} {unit}") }
}

/// All but the journeys.
fn rest_and_boards(binary: &Path, report: &mut Report) -> Outcome {
    let mut school = School::new(binary.to_path_buf(), folder("bench/board")?.join("school"));
    school.log = "info";
    let first = school.start()?;
    report.note("a new demo school: start to first page", first.first_page.as_secs_f64() * 1000.0, "ms");
    let families = sign_in(&school, &first, 1)?;
    let (page, head) = rest::report_page(&first, &families[0])?;
    first.stop()?;
    let (start, memory) = rest::starts(&school)?;
    report.most("start to first page", start, 200.0, "ms");
    report.most("memory at rest", memory as f64 / 1000.0, 30.0, "MB");
    report.most("the binary, stripped", rest::stripped(binary)? as f64 / 1e6, 40.0, "MB");
    report.most("report page over the wire, sheet inside", page[0] as f64 / 1000.0, 10.0, "kB");
    report.note("  plain", page[1] as f64 / 1000.0, "kB");
    report.note("  its head", head as f64 / 1000.0, "kB");
    for (half, bytes) in rest::halves()? {
        let budget = if half == "app" { 75.0 } else { 110.0 };
        report.most(format!("WebAssembly and scripts, {half}, brotli"), bytes as f64 / 1000.0, budget, "kB");
    }
    for board in board::measure(&school, &[58, 200])? {
        report.most(format!("board with {} reports: server time", board.reports), board.median, 20.0, "ms");
        report.note("  the longest of fifty", board.longest, "ms");
        report.most("  over the wire", board.bytes[0] as f64 / 1000.0, 60.0, "kB");
        report.note("  plain", board.bytes[1] as f64 / 1000.0, "kB");
    }
    figures_pages(binary, report)
}

/// The pages of figures, on a school of their own.
fn figures_pages(binary: &Path, report: &mut Report) -> Outcome {
    let data = folder("bench/figures")?.join("school");
    let mut school = School::new(binary.to_path_buf(), data.clone());
    school.log = "info";
    school.start()?.stop()?;
    for cost in figures::measure(&school, binary, &data)? {
        report.most(format!("{}, 600 pupils: server time", cost.page), cost.median, cost.most, "ms");
        report.note("  the longest of fifty", cost.longest, "ms");
    }
    Ok(())
}

/// A school year of marks, and who waits for it.
fn school_year(binary: &Path, report: &mut Report) -> Outcome {
    let year = marks::measure(binary)?;
    report.most(format!("{} marks brought in by command", year.marks), year.first, 5.0, "s");
    report.note("  marks", year.marks as f64 / year.first, "a second");
    report.note("  the same file again", year.again, "s");
    let [during, before] = year.waited;
    report.note("  longest wait of a report while they come in", during, "ms");
    report.note(format!("  of {} reports; the longest wait before", year.reports), before, "ms");
    Ok(())
}

/// What is to be run.
struct Plan<'a> {
    binary: &'a Path,
    families: usize,
    longest: Duration,
    connections: &'a [usize],
    report: &'a mut Report,
}

impl Plan<'_> {
    /// The runs on one database; whether the store lost something.
    fn journeys(&mut self, engine: &str, database: Option<&Provided>) -> Outcome<bool> {
        let folder = folder(&format!("bench/{}", engine.to_lowercase()))?;
        let mut school = School::new(self.binary.to_path_buf(), folder.join("school"));
        // What a school's own program logs.
        school.log = "info";
        if let Some(database) = database {
            school.config = Some(database.configuration(&folder)?);
        }
        let running = school.start()?;
        println!("\n{engine}: signing {} families in through their mail ...", self.families);
        let families = sign_in(&school, &running, self.families)?;
        running.stop()?;
        println!("{HEADING}");
        let mut acknowledged = Vec::new();
        for connections in self.connections {
            // A new process each time: every family has its whole limit again.
            let running = school.start()?;
            let run = journeys::run(&running, &families, *connections, self.longest)?;
            let memory = running.memory();
            running.stop()?;
            line(&run);
            acknowledged.extend_from_slice(&run.acknowledged);
            let on = format!("{engine}: full journeys on {connections} connections");
            self.report.least(on, run.a_second(), JOURNEYS, "a second");
            self.report.most("  p99", run.within(0, 0.99), 50.0, "ms");
            self.report.note("  processor time of the server a journey", run.processor()[0], "ms");
            self.report.note("  memory afterwards", memory as f64 / 1000.0, "MB");
        }
        match journeys::stored(&school, &acknowledged) {
            Ok(words) => println!("{engine}: {words}; {} messages written meanwhile", school.mails()),
            Err(why) => {
                eprintln!("{engine}: {why}");
                return Ok(true);
            }
        }
        // Tens of thousands of messages need not stay.
        let _ = fs::remove_dir_all(&folder);
        Ok(false)
    }
}

const HEADING: &str = "connections  seconds  journeys  a second     journey p50 / p99     form p50 / p99     send p50 / p99  \
     receipt p50 / p99  ms of processor a journey: server, generator  busy elsewhere";

fn line(run: &Run) {
    let pair = |which: usize| format!("{:.1} / {:.1} ms", run.within(which, 0.5), run.within(which, 0.99));
    let [server, generator] = run.processor();
    println!(
        "{:>11}  {:>7.1}  {:>8}  {:>8.0}  {:>20}  {:>17}  {:>17}  {:>17}  {server:>26.2}, {generator:>9.2}  {:>13.0}%",
        run.connections,
        run.seconds,
        run.journeys(),
        run.a_second(),
        pair(0),
        pair(1),
        pair(2),
        pair(3),
        run.elsewhere * 100.0,
    );
    for (what, often) in &run.trouble {
        println!("{often:>11}  {what}");
    }
}
