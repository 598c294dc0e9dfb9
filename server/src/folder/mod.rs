//! A folder that is watched: files of marks that are put into it come in by themselves. Whatever happens to a
//! file stands beside it, on the staff's page, and in the record. Nothing in the folder is ever deleted.

mod take;

use std::{
    collections::HashMap,
    ffi::OsString,
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use app::rules::import::marks::FolderTrouble;

use crate::web::Portal;

/// How often it is looked at. A file is taken when two looks find it the same.
const EVERY: Duration = Duration::from_secs(3);
/// How many bytes a file's name may have.
const NAME: usize = 120;
/// How many files are taken in one round.
const AT_ONCE: usize = 20;
/// What names of files end in.
const ENDINGS: [&str; 3] = [".csv", ".txt", ".tsv"];

/// The folder, and why it cannot be used, for the staff's page.
#[derive(Debug, Default)]
pub struct Folder {
    path: Option<PathBuf>,
    trouble: Mutex<Option<FolderTrouble>>,
}

impl Folder {
    /// This folder; none where there is none to be watched.
    #[must_use]
    pub fn new(path: Option<PathBuf>) -> Self {
        Self { path, trouble: Mutex::default() }
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The folder and why it cannot be used.
    #[must_use]
    pub fn shown(&self) -> Option<(String, Option<FolderTrouble>)> {
        let trouble = *self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        Some((self.path.as_ref()?.display().to_string(), trouble))
    }

    /// Notes how a round went; a line of the log where it is another than before.
    fn went(&self, trouble: Option<FolderTrouble>) {
        let mut known = self.trouble.lock().unwrap_or_else(PoisonError::into_inner);
        if *known != trouble {
            match &trouble {
                Some(why) => tracing::warn!(?why, "the watched folder cannot be used"),
                None => tracing::info!("the watched folder can be used again"),
            }
            *known = trouble;
        }
    }
}

/// What is known of a file: its size, when it was changed last.
type Look = (u64, Option<SystemTime>);

/// What was seen so far.
#[derive(Debug, Default)]
pub struct Seen {
    before: HashMap<OsString, Look>,
    /// Files that are in, or refused, and could not be moved away: not taken again until they change.
    stuck: HashMap<OsString, Look>,
}

/// Watches for ever.
pub async fn watch(portal: Portal) {
    let mut seen = Seen::default();
    loop {
        tokio::time::sleep(EVERY).await;
        // A handle that knows the calendar of now.
        if let Err(error) = portal.refresh().await {
            tracing::warn!(%error, "the calendar was not read");
            continue;
        }
        round(&portal.clone(), &mut seen).await;
    }
}

/// One look, and what it finds ready.
pub async fn round(portal: &Portal, seen: &mut Seen) {
    let Some(path) = portal.limits.folder.path().map(Path::to_path_buf) else { return };
    let looking = path.clone();
    let looked = tokio::task::spawn_blocking(move || look(&looking)).await;
    let found = match looked {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => return portal.limits.folder.went(Some(said(&error))),
        Err(_) => return,
    };
    let same = |name: &OsString, now: &Look| seen.before.get(name) == Some(now) && seen.stuck.get(name) != Some(now);
    let mut ready: Vec<(OsString, Look)> =
        found.iter().filter(|(name, now)| same(name, now)).map(|(name, now)| (name.clone(), *now)).collect();
    // The latest has the last word, however many there are: a correction comes after what it corrects.
    ready.sort_by(|(one, (_, first)), (other, (_, second))| (first, one).cmp(&(second, other)));
    ready.truncate(AT_ONCE);
    seen.before = found;
    let mut trouble = None;
    for (name, now) in ready {
        match take::take(portal, &path, &name).await {
            Ok(()) => {}
            Err(take::Left::Stuck(why)) => {
                seen.stuck.insert(name, now);
                trouble = Some(why);
            }
            Err(take::Left::Waits(why)) => {
                trouble = Some(why);
                // What comes after it waits too, or it would have the last word in a later round.
                if matches!(why, FolderTrouble::Database | FolderTrouble::DiskFull) {
                    break;
                }
            }
        }
    }
    let stuck = seen.before.iter().any(|(name, now)| seen.stuck.get(name) == Some(now));
    if trouble.is_some() || !stuck {
        portal.limits.folder.went(trouble);
    }
}

/// The files in the folder that may be taken: ordinary ones with ordinary names, never a link.
fn look(path: &Path) -> io::Result<HashMap<OsString, Look>> {
    let mut found = HashMap::new();
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        // What an entry is itself, not what a link leads to.
        if !is_plain(&name) || !entry.file_type().is_ok_and(|kind| kind.is_file()) {
            continue;
        }
        // Gone between the two: it is seen in the next round, or never.
        let Ok(about) = entry.metadata() else { continue };
        found.insert(name, (about.len(), about.modified().ok()));
    }
    Ok(found)
}

/// Whether a name is one that a file of marks has: text on one line, not hidden, not a program's own temporary one.
fn is_plain(name: &OsString) -> bool {
    let Some(name) = name.to_str() else { return false };
    let lower = name.to_lowercase();
    name.len() <= NAME
        && !name.starts_with(['.', '~', '#', '$'])
        && !name.chars().any(char::is_control)
        && ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

/// What an error of the system means for the folder.
fn said(error: &io::Error) -> FolderTrouble {
    match error.kind() {
        io::ErrorKind::NotFound => FolderTrouble::Missing,
        io::ErrorKind::PermissionDenied => FolderTrouble::Forbidden,
        io::ErrorKind::NotADirectory => FolderTrouble::NoFolder,
        io::ErrorKind::StorageFull => FolderTrouble::DiskFull,
        io::ErrorKind::ReadOnlyFilesystem => FolderTrouble::ReadOnly,
        _ => FolderTrouble::Other(error.raw_os_error()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporary_hidden_and_odd_names_are_left_alone() {
        for name in ["marks.csv", "Marks 23 Nov.CSV", "export.txt", "Zażółć.tsv"] {
            assert!(is_plain(&name.into()), "{name}");
        }
        let long = format!("{}.csv", "a".repeat(NAME));
        for name in
            ["", ".marks.csv", "~$marks.csv", "marks.csv.part", "marks.csv.tmp", "marks.xlsx", "a\nb.csv", &long]
        {
            assert!(!is_plain(&name.into()), "{name}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_and_a_folder_are_never_looked_into() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at("marks.csv"), "x").unwrap();
        fs::write(at("secret"), "x").unwrap();
        std::os::unix::fs::symlink(at("secret"), at("link.csv")).unwrap();
        fs::create_dir(at("folder.csv")).unwrap();
        let found = look(folder.path()).unwrap();
        assert_eq!(found.keys().collect::<Vec<_>>(), ["marks.csv"]);
    }
}
