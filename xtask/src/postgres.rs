//! A PostgreSQL of our own, or a database on somebody's, for as long as the tests take.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::error::{Failure, Outcome, While};
use crate::run::{kill, read, root, run, we_are_root};

/// Where the programs are.
pub(crate) struct Installed(PathBuf);

impl Installed {
    /// The newest of Debian's, or what stands on the path.
    pub(crate) fn find() -> Option<Self> {
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

/// Whether commits wait for the disk: always, but for tests that only ask what is in the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Durable {
    Yes,
    No,
}

/// A running server with its own folder; both are gone when this is.
pub(crate) struct Database {
    installed: Installed,
    folder: PathBuf,
    port: u16,
    as_postgres: bool,
    server: Option<Child>,
}

impl Database {
    pub(crate) fn start(durable: Durable) -> Outcome<Self> {
        let installed = Installed::find().ok_or_else(|| Failure::new("please install: postgresql"))?;
        let folder = std::env::temp_dir().join(format!("nine-fifteen-postgres-{}", std::process::id()));
        let mut database = Self { installed, folder, port: free_port()?, as_postgres: we_are_root(), server: None };
        database.prepare()?;
        database.listen(durable)?;
        Ok(database)
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    fn prepare(&self) -> Outcome {
        let mut initdb = self.installed.program("initdb", self.as_postgres);
        initdb.args(["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync", "-D"]);
        run(initdb.arg(&self.folder).stdout(Stdio::null()))
    }

    fn listen(&mut self, durable: Durable) -> Outcome {
        let mut server = self.installed.program("postgres", self.as_postgres);
        server.arg("-D").arg(&self.folder).arg("-p").arg(self.port.to_string());
        let fsync = if durable == Durable::Yes { "fsync=on" } else { "fsync=off" };
        for setting in ["listen_addresses=127.0.0.1", "unix_socket_directories=", fsync, "max_connections=300"] {
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

/// An empty database: on the server that DATABASE_URL names, else on one of our own.
pub(crate) struct Provided {
    /// Where `psql` is.
    psql: PathBuf,
    server: String,
    name: String,
    own: Option<Database>,
}

impl Provided {
    pub(crate) fn new(name: &str, durable: Durable) -> Outcome<Self> {
        let psql = Installed::find().map(|found| found.0.join("psql")).filter(|path| path.exists());
        let psql = psql.unwrap_or_else(|| PathBuf::from("psql"));
        let (server, own) = match std::env::var("DATABASE_URL") {
            Ok(server) => (server, None),
            Err(_) => {
                let own = Database::start(durable)?;
                (own.url(), Some(own))
            }
        };
        let name = format!("{name}_{}", std::process::id());
        let provided = Self { psql, server, name, own };
        provided.ask_server(&format!("CREATE DATABASE {}", provided.name))?;
        Ok(provided)
    }

    fn url(&self) -> String {
        let (server, _) = self.server.rsplit_once('/').unwrap_or((&self.server, ""));
        format!("{server}/{}", self.name)
    }

    /// Whether the server is one of our own.
    pub(crate) fn is_ours(&self) -> bool {
        self.own.is_some()
    }

    /// Ends every connection to this database.
    pub(crate) fn cut_connections(&self) -> Outcome {
        let statement = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity";
        self.ask_server(&format!("{statement} WHERE datname = '{}'", self.name)).map(|_| ())
    }

    /// Kills one of the server's processes that work for this database.
    pub(crate) fn kill_a_backend(&self) -> Outcome {
        let statement = "SELECT pid FROM pg_stat_activity";
        let pids =
            self.ask_server(&format!("{statement} WHERE datname = '{}' ORDER BY backend_start LIMIT 1", self.name))?;
        match pids.trim().parse() {
            Ok(process) => kill(process),
            Err(_) => Err(Failure::new("nobody is connected to the database")),
        }
    }

    fn ask_server(&self, statement: &str) -> Outcome<String> {
        self.psql(&self.server, statement)
    }

    fn psql(&self, url: &str, statement: &str) -> Outcome<String> {
        read(Command::new(&self.psql).args([url, "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-c", statement]))
    }

    /// The shipped configuration with this database in it, written into a folder.
    pub(crate) fn configuration(&self, folder: &Path) -> Outcome<PathBuf> {
        let shipped = fs::read_to_string(root().join("school.toml")).doing("reading school.toml")?;
        let text = shipped.replacen("[site]\n", &format!("[site]\ndatabase = {:?}\n", self.url()), 1);
        let file = folder.join("school.toml");
        fs::write(&file, text).doing("writing a configuration")?;
        Ok(file)
    }
}

impl Drop for Provided {
    fn drop(&mut self) {
        let _ = self.ask_server(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
    }
}
