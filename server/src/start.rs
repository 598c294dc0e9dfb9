//! From a folder and a configuration to a working portal.

use std::path::{Path, PathBuf};

use app::rules::policy::Policy;
use chrono::{DateTime, Utc};
use tokio::sync::{Notify, Semaphore, watch};

use crate::{
    clock::Clock,
    config::{self, ConfigError, File},
    folder::Folder,
    forms,
    keys::{self, KeysError},
    store::{School, Store, StoreError, journal::Keys},
    web::{Portal, limits::Limits, portal::Inner},
};

/// Requests a second from one address before it has to wait. A school's whole staff, or a whole
/// estate, may sit behind one.
const COARSE: u32 = 400;

/// Why the program does not start. The text is for a school's technician.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The configuration.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] KeysError),
    /// The store.
    #[error("{0}")]
    Store(#[from] StoreError),
    /// The system.
    #[error("{0}: {1}")]
    Io(String, std::io::Error),
    /// A folder without a database, where one is needed.
    #[error("there is no database in {}", .0.display())]
    NoDatabase(PathBuf),
    /// Something else, in plain words.
    #[error("{0}")]
    Other(String),
}

/// What to start.
#[derive(Debug)]
pub struct Plan {
    /// The data folder.
    pub data: PathBuf,
    /// The configuration.
    pub file: File,
    /// The origin families use.
    pub public_url: String,
    /// The time.
    pub clock: Clock,
    /// Whether this is the demo school.
    pub demo: bool,
    /// Requests a second from one address; [`None`] for the usual limit.
    pub coarse: Option<u32>,
}

/// The database that a configuration means.
#[must_use]
pub fn database(file: &File, data: &Path) -> String {
    file.site.database.clone().unwrap_or_else(|| data.join("nine-fifteen.db").display().to_string())
}

/// Whether there is a database to open: one that the configuration names is taken to be there.
#[must_use]
pub fn has_data(file: &File, data: &Path) -> bool {
    file.site.database.is_some() || Path::new(&database(file, data)).is_file()
}

/// For a command that founds nothing: a folder with nothing in it is a mistake.
///
/// # Errors
/// [`StartError::NoDatabase`].
pub fn needs_data(file: &File, data: &Path) -> Result<(), StartError> {
    if has_data(file, data) { Ok(()) } else { Err(StartError::NoDatabase(data.to_owned())) }
}

/// A school that is open, with nobody served yet.
#[derive(Debug)]
pub struct Opened {
    /// The store of all schools.
    pub store: Store,
    /// The one school's part of it.
    pub school: School,
    /// What the school has decided.
    pub policy: Policy,
    /// Secrets that stand outside the database.
    pub keys: Keys,
}

/// Opens the store in a data folder for a command: the one school that is in it, else the one the
/// configuration names, which is founded where there is none.
///
/// # Errors
/// [`StartError`].
pub async fn stored_school(data: &Path, file: &File, now: DateTime<Utc>) -> Result<(Store, School), StartError> {
    if has_data(file, data) {
        let store = Store::open(&database(file, data), keys::open(data, file.site.database.is_none())?).await?;
        let schools = store.schools().await?;
        let (named, _) = config::policy_of(&config::flatten(&file.school))?;
        match schools.iter().find(|school| schools.len() == 1 || **school == named) {
            Some(school) => return Ok((store.clone(), store.school(school))),
            None if schools.is_empty() => store.close().await,
            None => return Err(StartError::Other(format!("there is no school {named} in this database"))),
        }
    }
    let Opened { store, school, .. } = school(data, file, now).await?;
    Ok((store, school))
}

/// Opens the store in a data folder; founds the school that the configuration names, if it is new.
///
/// # Errors
/// [`StartError`].
pub async fn school(data: &Path, file: &File, now: DateTime<Utc>) -> Result<Opened, StartError> {
    let url = database(file, data);
    let keys = keys::open(data, file.site.database.is_none() && has_data(file, data))?;
    let store = Store::open(&url, keys.clone()).await?;
    let rows = config::flatten(&file.school);
    let (school_id, _) = config::policy_of(&rows)?;
    let school = store.school(&school_id);
    school.found(now).await?;
    school.seed_settings(rows).await?;
    for kind in forms::ALL {
        school.seed_form(kind.name, kind.seed, forms::fingerprint(kind.seed), now).await?;
    }
    let policy = policy(&school).await?;
    Ok(Opened { store, school, policy, keys })
}

/// What a school has decided, with its calendar as it stands now: the one its page made, else the one its
/// settings were seeded with. Whoever needs the calendar of a school gets it from here.
///
/// # Errors
/// [`StartError`].
pub async fn policy(school: &School) -> Result<Policy, StartError> {
    let (_, mut policy) = config::policy_of(&school.settings().await?)?;
    if let Some((_, calendar)) = school.calendar().await? {
        policy.calendar = calendar;
    }
    Ok(policy)
}

/// Whether a folder is the data folder, the place of its keys or mail, or one that holds them: files put there
/// are not for everybody who may hand marks in.
fn is_ours(folder: &Path, data: &Path) -> bool {
    let whole = |path: &Path| std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (folder, data) = (whole(folder), whole(data));
    data.starts_with(&folder) || ["keys", "mail"].iter().any(|ours| folder.starts_with(data.join(ours)))
}

/// Opens store, keys and policy.
///
/// # Errors
/// [`StartError`].
pub async fn open(plan: Plan) -> Result<Portal, StartError> {
    std::fs::create_dir_all(&plan.data).map_err(|error| StartError::Io(plan.data.display().to_string(), error))?;
    let (origin, host) = config::origin_of(&plan.public_url)?;
    let Opened { store, school, policy, keys } = school(&plan.data, &plan.file, plan.clock.now()).await?;
    let watched = plan.file.import.watch.as_ref().map(|folder| plan.data.join(folder));
    if watched.as_ref().is_some_and(|folder| is_ours(folder, &plan.data)) {
        let said = "import.watch: a folder of its own, not the data folder or one that holds it";
        return Err(StartError::Other(said.into()));
    }
    let mut limits = Limits::new(plan.coarse.unwrap_or(COARSE));
    limits.folder = Folder::new(watched);
    let portal = Portal::new(Inner {
        store,
        school,
        policy,
        clock: plan.clock,
        keys,
        origin,
        host,
        trusted_proxies: plan.file.site.trusted_proxies.clone(),
        demo: plan.demo,
        mail_folder: plan.data.join("mail"),
        limits,
        passwords: Semaphore::new(2),
        mail_waits: Notify::new(),
        stopping: watch::channel(false).0,
        changes: watch::channel(0).0,
    });
    portal.refresh().await?;
    // A handle that knows what was just read.
    Ok(portal.clone())
}
