//! The program: `serve`, `demo`, `import`, `export`, `verify-journal`, `verify-declaration`, `check`.

#![recursion_limit = "512"]

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::ExitCode,
};

use chrono::{DateTime, NaiveDate, Utc};
use clap::{Parser, Subcommand, ValueEnum};
use server::{
    anchors,
    clock::Clock,
    command::{
        Ending, export_attendance, import_marks, import_roster,
        verify_declaration::{self, Found},
    },
    config, demo,
    post::Carrier,
    routes, serve,
    start::{self, Plan, StartError},
    store::{
        Store,
        journal::{Anchor, Verdict},
    },
};

/// Nine Fifteen: parents report an absence, the school knows.
#[derive(Debug, Parser)]
#[command(name = "nine-fifteen", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the school's portal. Stops in good order on SIGTERM.
    Serve {
        /// The folder that holds everything: database, keys, mail, configuration.
        #[arg(long)]
        data: PathBuf,
        /// The configuration, if it is not school.toml in the data folder.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Run a fictional school, afresh at each start. Never on a school's data.
    Demo {
        /// A folder of the demo's own. It is emptied.
        #[arg(long)]
        data: PathBuf,
        /// The port on this machine; 0 takes a free one.
        #[arg(long, default_value_t = 9150)]
        port: u16,
        /// The time it shall be, as 2026-11-23T08:04:00Z. The clock ticks on from there.
        #[arg(long)]
        now: Option<DateTime<Utc>>,
        /// A configuration to use instead of the built-in one.
        #[arg(long)]
        config: Option<PathBuf>,
        /// Keep what is there instead of starting afresh.
        #[arg(long)]
        keep: bool,
    },
    /// Bring in a file from the school's MIS. Best with no server up.
    #[command(subcommand)]
    Import(Import),
    /// Write a file for another program to standard output. A server may be up or not.
    #[command(subcommand)]
    Export(Export),
    /// Check that no line of the journal was altered, taken out or cut off. Exit code 3 if one was.
    VerifyJournal {
        /// The folder that holds everything.
        #[arg(long)]
        data: PathBuf,
        /// The configuration, if it is not school.toml in the data folder.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Check that a signed declaration's file says what was signed. With --data also that the school's record, its policy and
    /// its journal say the same. Exit code 3 if anything differs, 4 if everything holds but the pages, which another version of
    /// the program drew, could not be compared, 1 if something cannot be read.
    VerifyDeclaration {
        /// The file, as it was downloaded.
        file: PathBuf,
        /// The folder that holds everything, to compare with.
        #[arg(long)]
        data: Option<PathBuf>,
        /// The configuration, if it is not school.toml in the data folder.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Check all that is stored: the database's pages, the journal, and that nothing is half there.
    /// Exit code 3 if something is wrong.
    Check {
        /// The folder that holds everything.
        #[arg(long)]
        data: PathBuf,
        /// The configuration, if it is not school.toml in the data folder.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Print the reference of every submission, for the fault tests.
    #[command(hide = true)]
    References {
        /// The folder that holds everything.
        #[arg(long)]
        data: PathBuf,
        /// The configuration, if it is not school.toml in the data folder.
        #[arg(long)]
        config: Option<PathBuf>,
    },
    /// Print the addresses of the demo's guardians who can sign in and report, for the benchmark.
    #[command(hide = true)]
    DemoAddresses,
}

/// What can be brought in.
#[derive(Debug, Subcommand)]
enum Import {
    /// Pupils and contacts. Says line by line what is new, changed, as before, set aside and why.
    /// Exit code 3 if the file is in doubt as a whole: then nothing is changed.
    Roster {
        /// The file: CSV as the MIS exports it.
        file: PathBuf,
        /// The folder that holds everything.
        #[arg(long)]
        data: PathBuf,
        /// The configuration, if it is not school.toml in the data folder.
        #[arg(long)]
        config: Option<PathBuf>,
        /// Only say what the file would change.
        #[arg(long)]
        dry_run: bool,
        /// Bring in a file that is in doubt all the same.
        #[arg(long)]
        anyway: bool,
    },
    /// Marks of the register, a line for each child and session or a column for each session. Says what is set
    /// aside and why, what to look at, what changes, and how many are new and as before.
    Marks {
        /// The file: CSV as the MIS exports it.
        file: PathBuf,
        /// The folder that holds everything.
        #[arg(long)]
        data: PathBuf,
        /// The configuration, if it is not school.toml in the data folder.
        #[arg(long)]
        config: Option<PathBuf>,
        /// Only say what the file would change.
        #[arg(long)]
        dry_run: bool,
        /// The marks are from the school a child was at before: no mark of this school is touched.
        #[arg(long)]
        previous_school: bool,
    },
}

/// What can be written out.
#[derive(Debug, Subcommand)]
enum Export {
    /// Every child's attendance by a date: one line for each child on roll on it.
    Attendance {
        /// The date: 2026-11-24. The figures are of the school year so far that it lies in.
        #[arg(long)]
        as_of: NaiveDate,
        /// How it is written.
        #[arg(long, value_enum, default_value_t = Format::Csv)]
        format: Format,
        /// The folder that holds everything.
        #[arg(long)]
        data: PathBuf,
        /// The configuration, if it is not school.toml in the data folder.
        #[arg(long)]
        config: Option<PathBuf>,
    },
}

/// How an export is written.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Cells between commas, a line of heads, UTF-8.
    Csv,
}

#[tokio::main]
async fn main() -> ExitCode {
    let cli = Cli::parse();
    let serve = matches!(cli.command, Command::Serve { .. });
    log(if serve { "info" } else { "warn" });
    let done = match cli.command {
        Command::Serve { data, config } => run(data, config).await,
        Command::Demo { data, port, now, config, keep } => run_demo(data, port, now, config, keep).await,
        Command::Import(Import::Roster { file, data, config, dry_run, anyway }) => {
            return verdict(async {
                let configuration = config::read(config.as_deref(), &data)?;
                let ending = import_roster::run(&file, &data, configuration, dry_run, anyway, say).await?;
                Ok(ending == Ending::Good)
            })
            .await;
        }
        Command::Import(Import::Marks { file, data, config, dry_run, previous_school }) => {
            return verdict(async {
                let configuration = config::read(config.as_deref(), &data)?;
                let ending = import_marks::run(&file, &data, configuration, dry_run, previous_school, say).await?;
                Ok(ending == Ending::Good)
            })
            .await;
        }
        Command::Export(Export::Attendance { as_of, format: Format::Csv, data, config }) => {
            export(as_of, &data, config.as_deref()).await
        }
        Command::VerifyJournal { data, config } => return verify(data, config).await,
        Command::VerifyDeclaration { file, data, config } => {
            let found = async {
                let beside = match &data {
                    Some(data) => Some((data.as_path(), config::read(config.as_deref(), data)?)),
                    None => None,
                };
                verify_declaration::run(&file, beside, say).await
            };
            return ending(found.await.map(|found| match found {
                Found::Holds => ExitCode::SUCCESS,
                Found::Differs => ExitCode::from(3),
                Found::PagesNotCompared => ExitCode::from(4),
            }));
        }
        Command::Check { data, config } => return check(data, config).await,
        Command::References { data, config } => list_references(data, config).await,
        Command::DemoAddresses => {
            demo::people::reporters().iter().for_each(|address| say(address));
            Ok(())
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say_error(&error.to_string());
            ExitCode::FAILURE
        }
    }
}

/// Structured lines on standard error; RUST_LOG changes how much.
fn log(usual: &str) {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| usual.into());
    tracing_subscriber::fmt()
        .json()
        .flatten_event(true)
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // A log on a full disk must not end the program: what cannot be written is let go.
        .log_internal_errors(false)
        .init();
}

#[expect(clippy::print_stderr, reason = "a technician reads it")]
fn say_error(text: &str) {
    eprintln!("nine-fifteen: {text}");
}

#[expect(clippy::print_stdout, reason = "a technician reads it")]
fn say(text: &str) {
    println!("{text}");
}

async fn run(data: PathBuf, given: Option<PathBuf>) -> Result<(), StartError> {
    let file = config::read(given.as_deref(), &data)?;
    let public_url = file.site.public_url.clone().ok_or_else(|| {
        StartError::Other(
            "site.public_url is missing: copy school.toml into the data folder and give the address that families use"
                .into(),
        )
    })?;
    let carrier = Carrier::new(&file.mail)?;
    let address = file.site.listen.clone();
    let portal =
        start::open(Plan { data, file, public_url, clock: Clock::of_the_machine(), demo: false, coarse: None }).await?;
    if let Some(link) = routes::first_administrator(&portal).await? {
        say(&format!("Nobody works here yet. The first administrator opens this once, within seven days:\n{link}"));
    }
    let (listener, local) = serve::listen(&address).await?;
    say(&format!("Nine Fifteen is ready at {} (listening on {local})", portal.origin));
    serve::run(portal, listener, carrier).await
}

async fn run_demo(
    data: PathBuf,
    port: u16,
    now: Option<DateTime<Utc>>,
    given: Option<PathBuf>,
    keep: bool,
) -> Result<(), StartError> {
    let file = demo::configuration(given.as_deref(), &data)?;
    fresh_folder(&data, keep)?;
    let (listener, local) = serve::listen(&format!("127.0.0.1:{port}")).await?;
    let clock = now.map_or_else(Clock::of_the_machine, Clock::set_to);
    let public_url = format!("http://{local}");
    // Load tests and fault tests come from one address.
    let coarse = Some(u32::MAX / 8);
    let carrier = Carrier::Folder;
    // A file to try the import of the roster with.
    let roster = data.join(demo::roster::FILE);
    std::fs::write(&roster, demo::roster::csv())
        .map_err(|error| StartError::Io(roster.display().to_string(), error))?;
    let portal = start::open(Plan { data, file, public_url, clock, demo: true, coarse }).await?;
    if !portal.school.has_pupils().await? {
        demo::load(&portal.school, portal.now()).await?;
        demo::load_register(&portal.school, &portal.policy.calendar, portal.now()).await?;
        demo::load_differences(&portal.school, &portal.policy.calendar, portal.now()).await?;
        let named = (portal.policy.school_name.as_str(), portal.origin.as_str());
        demo::load_leave(&portal.school, &portal.policy.calendar, named, portal.now()).await?;
        demo::load_details(&portal.school, portal.now()).await?;
        demo::load_leaving(&portal.school, &portal.policy.calendar, portal.now()).await?;
        demo::load_policy(&portal.school, &portal.policy.statement, portal.now()).await?;
        demo::load_declarations(&portal.school, portal.now()).await?;
    }
    say(&format!(
        "Nine Fifteen, demo school, is ready at {origin} · parents: {parent} or rahman.family@demo.example (their mail: {origin}/demo/mail) · \
         staff: {origin}/staff with office@demo.example, password \"{password}\", second factor at {origin}/demo/codes",
        origin = portal.origin,
        parent = demo::people::NGOZI,
        password = demo::PASSWORD,
    ));
    serve::run(portal, listener, carrier).await
}

/// The file goes to standard output as a whole, or not at all.
async fn export(as_of: NaiveDate, data: &Path, given: Option<&Path>) -> Result<(), StartError> {
    let file = config::read(given, data)?;
    let csv = export_attendance::run(as_of, data, file).await?;
    let mut out = std::io::stdout().lock();
    out.write_all(&csv).and_then(|()| out.flush()).map_err(|error| StartError::Io("standard output".to_owned(), error))
}

/// Empties a demo's own folder. Any other folder with something in it is left alone.
fn fresh_folder(data: &Path, keep: bool) -> Result<(), StartError> {
    let said = |error| StartError::Io(data.display().to_string(), error);
    let mark = data.join(demo::MARK);
    let used = data.is_dir() && std::fs::read_dir(data).map_err(said)?.next().is_some();
    if used && !mark.is_file() {
        return Err(StartError::Other(format!(
            "{} is not a demo's folder: give an empty or a new one",
            data.display()
        )));
    }
    if used && !keep {
        std::fs::remove_dir_all(data).map_err(said)?;
    }
    std::fs::create_dir_all(data).map_err(said)?;
    std::fs::write(mark, "The demo empties this folder at each start.\n").map_err(said)
}

async fn verify(data: PathBuf, given: Option<PathBuf>) -> ExitCode {
    verdict(async {
        let (store, anchors) = stored(data, given).await?;
        let whole = journals(&store, &anchors).await?;
        store.close().await;
        Ok(whole)
    })
    .await
}

async fn check(data: PathBuf, given: Option<PathBuf>) -> ExitCode {
    verdict(async {
        let (store, anchors) = stored(data, given).await?;
        let faults = store.faults().await?;
        for fault in &faults {
            say(&format!("THE DATABASE IS DAMAGED: {fault}"));
        }
        let mut whole = journals(&store, &anchors).await? && faults.is_empty();
        for school in store.schools().await? {
            let found = store.school(&school).standing().await?;
            say(&format!("{school}: {} submissions with {} reports", found.submissions, found.reports));
            for (name, count) in found.halves {
                whole = false;
                say(&format!("{school}: {count} {name}"));
            }
        }
        store.close().await;
        Ok(whole)
    })
    .await
}

/// Code 3 says that something is wrong with the data, code 1 that it could not be looked at.
async fn verdict(whole: impl Future<Output = Result<bool, StartError>>) -> ExitCode {
    ending(whole.await.map(|whole| if whole { ExitCode::SUCCESS } else { ExitCode::from(3) }))
}

/// What the program ends with: this, or that something could not be read.
fn ending(done: Result<ExitCode, StartError>) -> ExitCode {
    done.unwrap_or_else(|error| {
        say_error(&error.to_string());
        ExitCode::FAILURE
    })
}

/// Says what each school's journal is like; whether all are whole.
async fn journals(store: &Store, anchors: &[Anchor]) -> Result<bool, StartError> {
    let mut whole = true;
    for school in store.schools().await? {
        let verdict = store.school(&school).verify_journal(anchors).await?;
        whole &= matches!(verdict, Verdict::Whole(_));
        say(&match verdict {
            Verdict::Whole(lines) => format!("{school}: the journal is whole, {lines} lines"),
            Verdict::BrokenAt(line) => {
                format!("{school}: THE JOURNAL IS BROKEN at line {line}: it was altered, taken out or put in")
            }
            Verdict::CutAfter(line) => {
                format!("{school}: THE JOURNAL IS CUT OFF after line {line}: an anchor or its head says there was more")
            }
        });
    }
    Ok(whole)
}

async fn list_references(data: PathBuf, given: Option<PathBuf>) -> Result<(), StartError> {
    let (store, _) = stored(data, given).await?;
    for school in store.schools().await? {
        store.school(&school).references().await?.iter().for_each(|reference| say(reference));
    }
    store.close().await;
    Ok(())
}

/// The store in a data folder, to be looked at, and the anchors beside it.
async fn stored(data: PathBuf, given: Option<PathBuf>) -> Result<(Store, Vec<Anchor>), StartError> {
    let file = config::read(given.as_deref(), &data)?;
    start::needs_data(&file, &data)?;
    let keys = server::keys::open(&data, true)?;
    let anchors =
        anchors::read(&data).map_err(|error| StartError::Io(anchors::file(&data).display().to_string(), error))?;
    Ok((Store::open(&start::database(&file, &data), keys).await?, anchors))
}
