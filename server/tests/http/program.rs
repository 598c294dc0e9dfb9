//! The built program itself, as a process of its own.

use std::{
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::{Duration, Instant},
};

use tempfile::TempDir;

use super::{
    browser::{Browser, Site},
    page::between,
};

/// The program, to be given its words.
pub(super) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nine-fifteen"));
    command.env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

/// Runs the program to its end. One that goes on is ended, and says so by having no exit code.
pub(super) fn run(words: &[&str]) -> Output {
    let mut command = command();
    let mut child = command.args(words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    let begun = Instant::now();
    while child.try_wait().unwrap().is_none() && begun.elapsed() < Duration::from_secs(20) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ = child.kill();
    child.wait_with_output().unwrap()
}

/// Where a program works: folders that go with the test.
pub(super) struct Program {
    /// What it says, and its data unless they lie elsewhere.
    pub(super) folder: TempDir,
    pub(super) data: PathBuf,
    pub(super) site: Site,
    child: Child,
}

impl Program {
    /// The demo school at 8.04.
    pub(super) async fn demo() -> Self {
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        Self::start(folder, &data, demo(&data)).await
    }

    /// A program that has these words and these data, and says when it is ready.
    pub(super) async fn start(folder: TempDir, data: &Path, mut command: Command) -> Self {
        let (said, errors) = (folder.path().join("said"), folder.path().join("errors"));
        command.stdout(File::create(&said).unwrap()).stderr(File::create(&errors).unwrap());
        let mut child = command.spawn().expect("the program starts");
        let begun = Instant::now();
        let origin = loop {
            let text = std::fs::read_to_string(&said).unwrap();
            if let Some(origin) = text.ends_with('\n').then(|| between(&text, "is ready at ", " ")).flatten() {
                break origin.to_owned();
            }
            let ended = child.try_wait().unwrap();
            let errors = || std::fs::read_to_string(&errors).unwrap();
            assert!(ended.is_none() && begun.elapsed() < Duration::from_secs(20), "not ready: {}", errors());
            tokio::time::sleep(Duration::from_millis(10)).await;
        };
        let address = origin.strip_prefix("http://").and_then(|host| host.parse().ok()).expect("an address");
        let site = Site { address, origin, mail: data.join("mail"), portal: None };
        Self { folder, data: data.to_owned(), site, child }
    }

    pub(super) fn browser(&self) -> Browser {
        Browser::of(&self.site)
    }

    /// What the program wrote to standard error so far.
    pub(super) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("errors")).unwrap()
    }

    pub(super) fn pid(&self) -> String {
        self.child.id().to_string()
    }

    /// Asks it to stop; it goes on in its own time.
    pub(super) fn terminate(&self) {
        assert!(Command::new("kill").args(["-TERM", &self.pid()]).status().unwrap().success());
    }

    /// Waits for its end.
    pub(super) async fn ended(&mut self) -> ExitStatus {
        for _ in 0..1000 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("it does not end: {}", self.log());
    }
}

/// What `verify-journal` says of a folder, and its exit code.
pub(super) fn verify(data: &Path) -> (Option<i32>, String) {
    let done = run(&["verify-journal", "--data", data.to_str().unwrap()]);
    let said = [done.stdout, done.stderr].concat();
    (done.status.code(), String::from_utf8_lossy(&said).into_owned())
}

/// The words for a demo school at 8.04 in this folder.
pub(super) fn demo(data: &Path) -> Command {
    let mut command = command();
    command.args(["demo", "--port", "0", "--now", "2026-11-23T08:04:00Z", "--data"]).arg(data);
    command
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
