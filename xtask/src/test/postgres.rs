//! A PostgreSQL of our own, for as long as the tests take.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::needs::root;
use crate::error::{Failure, Outcome, While};
use crate::run::run;

/// Where the programs are.
pub(super) struct Installed(PathBuf);

impl Installed {
    /// The newest of Debian's, or what stands on the path.
    pub(super) fn find() -> Option<Self> {
        let mut versions: Vec<(u32, PathBuf)> = fs::read_dir("/usr/lib/postgresql")
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
            .collect();
        versions.sort();
        let paths = std::env::var_os("PATH").unwrap_or_default();
        versions
            .into_iter()
            .rev()
            .map(|(_, folder)| folder)
            .chain(std::env::split_paths(&paths))
            .find(|folder| folder.join("initdb").exists() && folder.join("postgres").exists())
            .map(Self)
    }

    /// One of its programs. `initdb` and the server refuse to run as root, so there they run as `postgres`.
    fn program(&self, name: &str, as_postgres: bool) -> Command {
        let path = self.0.join(name);
        let mut command = if as_postgres { Command::new("runuser") } else { Command::new(&path) };
        if as_postgres {
            command.args(["-u", "postgres", "--"]).arg(path);
        }
        command.current_dir(std::env::temp_dir());
        command
    }
}

/// A running server with its own folder; both are gone when this is.
pub(super) struct Database {
    installed: Installed,
    folder: PathBuf,
    port: u16,
    as_postgres: bool,
    server: Option<Child>,
}

impl Database {
    pub(super) fn start() -> Outcome<Self> {
        let installed = Installed::find().ok_or_else(|| Failure::new("please install: postgresql"))?;
        let folder = std::env::temp_dir().join(format!("nine-fifteen-postgres-{}", std::process::id()));
        let mut database = Self { installed, folder, port: free_port()?, as_postgres: root(), server: None };
        database.prepare()?;
        database.listen()?;
        Ok(database)
    }

    pub(super) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn prepare(&self) -> Outcome {
        let mut initdb = self.installed.program("initdb", self.as_postgres);
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
        run(initdb.arg(&self.folder).stdout(Stdio::null()))
    }

    fn listen(&mut self) -> Outcome {
        let mut server = self.installed.program("postgres", self.as_postgres);
        server.arg("-D").arg(&self.folder).arg("-p").arg(self.port.to_string());
        for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off", "max_connections=300"] {
            server.args(["-c", setting]);
        }
        let log = fs::File::create(std::env::temp_dir().join(format!("{}.log", name(&self.folder)))).doing("a log")?;
        self.server = Some(server.stdout(Stdio::null()).stderr(log).spawn().doing("starting PostgreSQL")?);
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            let mut ready = self.installed.program("pg_isready", false);
            ready.args(["-q", "-h", "127.0.0.1", "-p"]).arg(self.port.to_string());
            if ready.status().is_ok_and(|status| status.success()) {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(Failure::new("PostgreSQL did not answer within 20 seconds"))
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(mut server) = self.server.take() {
            let mut stop = self.installed.program("pg_ctl", self.as_postgres);
            let _ = stop.args(["stop", "-s", "-m", "immediate", "-D"]).arg(&self.folder).status();
            let _ = server.wait();
        }
        let _ = fs::remove_dir_all(&self.folder);
        let _ = fs::remove_file(std::env::temp_dir().join(format!("{}.log", name(&self.folder))));
    }
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn free_port() -> Outcome<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).doing("looking for a free port")?;
    Ok(listener.local_addr().doing("looking for a free port")?.port())
}
