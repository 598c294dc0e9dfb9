//! From a folder and a configuration to a working portal.

use std::path::{Path, PathBuf};

use tokio::sync::{Notify, Semaphore, watch};

use crate::{
    clock::Clock,
    config::{self, ConfigError, File},
    keys::{self, KeysError},
    store::{Store, StoreError},
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

/// Opens store, keys and policy.
///
/// # Errors
/// [`StartError`].
pub async fn open(plan: Plan) -> Result<Portal, StartError> {
    std::fs::create_dir_all(&plan.data).map_err(|error| StartError::Io(plan.data.display().to_string(), error))?;
    let (origin, host) = config::origin_of(&plan.public_url)?;
    let url = database(&plan.file, &plan.data);
    let has_data = plan.file.site.database.is_none() && Path::new(&url).is_file();
    let keys = keys::open(&plan.data, has_data)?;
    let store = Store::open(&url, keys.clone()).await?;
    let rows = config::flatten(&plan.file.school);
    let (school_id, _) = config::policy_of(&rows)?;
    let school = store.school(&school_id);
    school.found(plan.clock.now()).await?;
    school.seed_settings(rows).await?;
    let (_, policy) = config::policy_of(&school.settings().await?)?;
    Ok(Portal::new(Inner {
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
        limits: Limits::new(plan.coarse.unwrap_or(COARSE)),
        passwords: Semaphore::new(2),
        mail_waits: Notify::new(),
        stopping: watch::channel(false).0,
        changes: watch::channel(0).0,
    }))
}
