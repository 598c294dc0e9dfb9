//! The demonstration school as a process: started, killed, stopped, looked at.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use super::{BROWSER, Client};
use crate::error::{Failure, Outcome, While};
use crate::run::{line, read};

/// A demo school's folder, and the program that serves it.
pub(crate) struct School {
    pub(crate) binary: PathBuf,
    pub(crate) data: PathBuf,
    /// A configuration with another database.
    pub(crate) config: Option<PathBuf>,
    /// What the program logs: "info" is what a school's own does.
    pub(crate) log: &'static str,
    born: Instant,
    /// The references of the reports that the demo brings with it.
    seeded: OnceLock<BTreeSet<String>>,
}

/// The program, running.
pub(crate) struct Running {
    child: Child,
    pub(crate) host: String,
    /// From its start to its first page.
    pub(crate) first_page: Duration,
}

impl School {
    pub(crate) fn new(binary: PathBuf, data: PathBuf) -> Self {
        Self { binary, data, config: None, log: "warn", born: Instant::now(), seeded: OnceLock::new() }
    }

    /// Starts it; what is there is kept. A school that has nothing yet gets its people.
    pub(crate) fn start(&self) -> Outcome<Running> {
        let started = Instant::now();
        let mut child = self.begin()?;
        let mut said = String::new();
        if let Some(out) = child.stdout.take() {
            let _ = BufReader::new(out).read_line(&mut said);
        }
        let host = said.split_whitespace().find_map(|word| word.strip_prefix("http://")).map(str::to_owned);
        let Some(host) = host else {
            let _ = child.kill();
            let _ = child.wait();
            return Err(Failure::new(format!("the school did not start: see {}", self.log_file().display())));
        };
        let mut running = Running { child, host, first_page: Duration::ZERO };
        let status = running.client(BROWSER).get("/sign-in", "").doing("the first page")?.status;
        if status != 200 {
            return Err(Failure::new(format!("the first page answered {status}")));
        }
        running.first_page = started.elapsed();
        if self.seeded.get().is_none() {
            let _ = self.seeded.set(self.listed()?);
        }
        Ok(running)
    }

    /// Starts it without waiting for anything.
    pub(crate) fn begin(&self) -> Outcome<Child> {
        let mut demo = Command::new(&self.binary);
        demo.args(["demo", "--keep", "--port", "0", "--now", &self.now(), "--data"]).arg(&self.data);
        if let Some(config) = &self.config {
            demo.arg("--config").arg(config);
        }
        let log = File::options().create(true).append(true).open(self.log_file()).doing("a log")?;
        demo.env("RUST_LOG", self.log).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(log);
        demo.spawn().doing(line(&demo))
    }

    /// A school morning that goes on from one start to the next: a school's clock does not jump back.
    fn now(&self) -> String {
        let seconds = 8 * 3600 + 4 * 60 + self.born.elapsed().as_secs();
        format!("2026-11-23T{:02}:{:02}:{:02}Z", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60)
    }

    pub(crate) fn log_file(&self) -> PathBuf {
        self.data.with_extension("log")
    }

    /// The addresses that can be signed in with.
    pub(crate) fn addresses(&self) -> Outcome<Vec<String>> {
        Ok(read(Command::new(&self.binary).arg("demo-addresses"))?.lines().map(str::to_owned).collect())
    }

    /// The references of everything that was sent to it; one that stands there twice is an error.
    pub(crate) fn references(&self) -> Outcome<BTreeSet<String>> {
        let mut references = self.listed()?;
        for seeded in self.seeded.get().into_iter().flatten() {
            if !references.remove(seeded) {
                return Err(Failure::new(format!("{seeded}, which the demo brought with it, is LOST")));
            }
        }
        Ok(references)
    }

    fn listed(&self) -> Outcome<BTreeSet<String>> {
        let listed = read(&mut self.about_data("references"))?;
        let mut references = BTreeSet::new();
        for reference in listed.lines() {
            if !references.insert(reference.to_owned()) {
                return Err(Failure::new(format!("{reference} is stored twice")));
            }
        }
        Ok(references)
    }

    /// Looks at the database's pages, the journal and for halves.
    pub(crate) fn check(&self) -> Outcome<String> {
        let mut check = self.about_data("check");
        let output = check.output().doing(line(&check))?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
        if output.status.success() { Ok(said) } else { Err(Failure::new(said)) }
    }

    fn about_data(&self, what: &str) -> Command {
        let mut command = Command::new(&self.binary);
        command.arg(what).arg("--data").arg(&self.data);
        if let Some(config) = &self.config {
            command.arg("--config").arg(config);
        }
        command
    }

    /// How many messages have been written.
    pub(crate) fn mails(&self) -> usize {
        fs::read_dir(self.data.join("mail")).map_or(0, Iterator::count)
    }
}

impl Running {
    pub(crate) fn client(&self, codings: &'static str) -> Client {
        Client::new(&self.host, codings)
    }

    /// The number of its process.
    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to stop, and waits until it has, in good order.
    pub(crate) fn stop(mut self) -> Outcome {
        let mut term = Command::new("kill");
        term.arg("-TERM").arg(self.child.id().to_string()).status().doing("kill -TERM")?;
        let asked = Instant::now();
        while asked.elapsed() < Duration::from_secs(30) {
            if let Some(status) = self.child.try_wait().doing("waiting")? {
                return if status.success() {
                    Ok(())
                } else {
                    Err(Failure::new(format!("the school ended: {status}")))
                };
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Err(Failure::new("the school did not stop within 30 seconds"))
    }

    /// Whether it has ended by itself.
    pub(crate) fn ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Resident memory, in kB.
    pub(crate) fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|text| text.split_whitespace().next()?.parse().ok()).unwrap_or(0)
    }

    /// Processor time used so far, by this process alone.
    pub(crate) fn processor(&self) -> Duration {
        processor(&self.child.id().to_string())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The processor time of a process, or of "self": user and system, to a hundredth of a second.
pub(crate) fn processor(process: &str) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name in parentheses may hold spaces; what follows it does not.
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after.split_whitespace().skip(11).take(2).filter_map(|text| text.parse::<u64>().ok()).sum();
    Duration::from_millis(ticks * 10)
}

/// The processor time of the whole machine: busy, and all there was.
pub(crate) fn machine() -> [Duration; 2] {
    let stat = fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = stat.lines().next().unwrap_or_default();
    let ticks: Vec<u64> = line.split_whitespace().skip(1).take(8).filter_map(|text| text.parse().ok()).collect();
    let all: u64 = ticks.iter().sum();
    // The fourth and the fifth are idle, and idle while a disk was waited for.
    let idle: u64 = ticks.iter().skip(3).take(2).sum();
    [all - idle, all].map(|ticks| Duration::from_millis(ticks * 10))
}
