//! One file: read, brought in or refused, moved away with a report beside it. Brought in first and moved then:
//! a program that dies in between finds it again, and the same file twice changes nothing.

use std::{
    ffi::OsStr,
    fs::{self, OpenOptions},
    io::{self, Read},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use app::{
    rules::{import::marks::FolderTrouble, london},
    words::Words,
};
use chrono::{DateTime, Utc};

use super::said;
use crate::{
    import::{
        self,
        marks::plan::{Plan, Tally},
        said::hash,
    },
    store::{Against, FileKind, NewMarks, Progress, StoreError, Way, journal::Actor},
    web::Portal,
};

/// Where files go that are in.
const DONE: &str = "done";
/// Where files go of which nothing came in.
const REFUSED: &str = "refused";
/// How many lines of a file a report speaks of.
const LINES: usize = 200;

/// Why a file is still there.
#[derive(Debug)]
pub(super) enum Left {
    /// Nothing was done: the next round tries again.
    Waits(FolderTrouble),
    /// What was to be done is done, but it cannot be moved away.
    Stuck(FolderTrouble),
}

impl From<StoreError> for Left {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "a file of the watched folder was not brought in");
        Self::Waits(match error {
            StoreError::Full => FolderTrouble::DiskFull,
            _ => FolderTrouble::Database,
        })
    }
}

/// What a file was.
enum Was {
    Marks(Vec<u8>),
    TooLarge,
    /// It has gone, or is no ordinary file any more.
    Gone,
}

/// Takes a file.
pub(super) async fn take(portal: &Portal, folder: &Path, name: &OsStr) -> Result<(), Left> {
    let shown = name.to_string_lossy().into_owned();
    let (words, now) = (portal.words(), portal.now());
    let path = folder.join(name);
    let read = tokio::task::spawn_blocking(move || read(&path)).await;
    let was = read.map_err(|_| Left::Waits(FolderTrouble::Other(None)))?.map_err(|error| Left::Waits(said(&error)))?;
    let bytes = match was {
        Was::Gone => return Ok(()),
        Was::TooLarge => {
            let why = words.marks.too_large.to_owned();
            return refuse(portal, (folder, name), (shown, String::new()), why).await;
        }
        Was::Marks(bytes) => bytes,
    };
    let meanings = portal.school.meanings().await?;
    let reading = tokio::task::spawn_blocking(move || (import::read_marks_as(&bytes, &meanings), hash(&bytes)));
    let (read, sha256) = reading.await.map_err(|_| Left::Waits(FolderTrouble::Other(None)))?;
    let marks = match read {
        Ok(marks) => marks,
        Err(why) => {
            return refuse(portal, (folder, name), (shown, sha256), (words.import.unreadable)(why)).await;
        }
    };
    let against = Against { calendar: &portal.policy.calendar, previous_school: false, today: portal.today() };
    let (plan, _) = portal.school.plan_marks(marks.clone(), against).await?;
    if is_wrong_as_a_whole(&plan.tally()) {
        let why = words.marks.nothing_fits.to_owned();
        let report = report(words, now, &why, &plan);
        note(portal, &shown, &sha256, why).await?;
        return put_away(folder, name, REFUSED, report).await;
    }
    let actor = Actor::System("watched folder");
    let new = NewMarks { marks, sha256, way: Way::Folder, name: Some(shown), actor };
    let (plan, _) = portal.school.bring_in_marks(new, against, Progress::default(), now).await?;
    portal.changed();
    let tally = plan.tally();
    let report = report(words, now, &(words.marks.run)(tally.marks, tally.aside), &plan);
    put_away(folder, name, DONE, report).await
}

/// Whether a file has marks and none of them is this school's.
fn is_wrong_as_a_whole(tally: &Tally) -> bool {
    tally.aside > 0 && tally.marks == [0, 0, 0]
}

/// Reads a file without following a link that has taken its place.
fn read(path: &Path) -> io::Result<Was> {
    let flags = rustix::fs::OFlags::NOFOLLOW | rustix::fs::OFlags::NONBLOCK;
    let opened = OpenOptions::new().read(true).custom_flags(i32::try_from(flags.bits()).unwrap_or_default()).open(path);
    let file = match opened {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Was::Gone),
        // ELOOP: a link.
        Err(error) if error.raw_os_error() == Some(rustix::io::Errno::LOOP.raw_os_error()) => return Ok(Was::Gone),
        Err(error) => return Err(error),
    };
    let about = file.metadata()?;
    if !about.is_file() {
        return Ok(Was::Gone);
    }
    let most = u64::try_from(import::MARKS_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(if u64::try_from(read).unwrap_or(u64::MAX) > most { Was::TooLarge } else { Was::Marks(bytes) })
}

async fn refuse(
    portal: &Portal,
    (folder, name): (&Path, &OsStr),
    (shown, sha256): (String, String),
    why: String,
) -> Result<(), Left> {
    let report = report(portal.words(), portal.now(), &why, &Plan::default());
    note(portal, &shown, &sha256, why).await?;
    put_away(folder, name, REFUSED, report).await
}

async fn note(portal: &Portal, shown: &str, sha256: &str, why: String) -> Result<(), StoreError> {
    let of = (shown.to_owned(), sha256.to_owned());
    portal.school.refuse_import(FileKind::Marks, Way::Folder, of, why, portal.now()).await
}

/// What came of a file, for whoever looks into the folder: lines by their numbers, never a child's name.
fn report(words: &Words, now: DateTime<Utc>, said: &str, plan: &Plan) -> String {
    let local = london::local(now);
    let when = (words.common.date_at)(local.date(), &london::clock(local.time()));
    let mut text = format!("Nine Fifteen, {when}\n{said}\n");
    let mut put = |title: String, lines: Vec<(u64, usize, String)>| {
        if lines.is_empty() {
            return;
        }
        text += &format!("\n{title}\n");
        let rest = lines.len().saturating_sub(LINES);
        for (line, of, why) in lines.into_iter().take(LINES) {
            let several = if of > 1 { format!(", {}", (words.marks.several)(of)) } else { String::new() };
            text += &format!("  {}{several}: {why}\n", (words.import.line)(line));
        }
        if rest > 0 {
            text += &format!("  {}\n", (words.import.more)(rest));
        }
    };
    let tally = plan.tally();
    let aside = plan.aside.iter().map(|one| (one.line, one.count, (words.marks.fault)(one.said)));
    put((words.import.aside)(tally.aside), aside.collect());
    let look = plan.cautions.iter().map(|one| (one.line, one.count, (words.marks.caution)(one.said)));
    put((words.import.cautions)(tally.cautions), look.collect());
    text
}

/// Moves a file into a folder beside it, under a name that is free there, and writes its report.
async fn put_away(folder: &Path, name: &OsStr, to: &'static str, report: String) -> Result<(), Left> {
    let (folder, name) = (folder.to_owned(), name.to_owned());
    let moved = tokio::task::spawn_blocking(move || put(&folder, &name, to, &report)).await;
    moved.map_err(|_| Left::Stuck(FolderTrouble::Other(None)))?.map_err(|error| Left::Stuck(said(&error)))
}

fn put(folder: &Path, name: &OsStr, to: &str, report: &str) -> io::Result<()> {
    let place = folder.join(to);
    match fs::symlink_metadata(&place) {
        Ok(about) if about.is_dir() => {}
        // A link, or a file: nothing is put through it.
        Ok(_) => return Err(io::Error::from(io::ErrorKind::NotADirectory)),
        Err(_) => fs::create_dir(&place)?,
    }
    let shown = name.to_string_lossy();
    let (stem, ending) = shown.rsplit_once('.').unwrap_or((&shown, "csv"));
    let free = (1..10_000_u32)
        .map(|count| if count == 1 { stem.to_owned() } else { format!("{stem}-{count}") })
        .find(|stem| {
            let is_free = |name: String| fs::symlink_metadata(place.join(name)).is_err();
            is_free(format!("{stem}.{ending}")) && is_free(format!("{stem}.{ending}.report.txt"))
        })
        .ok_or_else(|| io::Error::from(io::ErrorKind::AlreadyExists))?;
    // The report first: where there is no room for it the file stays where it is.
    let beside = place.join(format!("{free}.{ending}.report.txt"));
    let mut options = OpenOptions::new();
    io::Write::write_all(&mut options.write(true).create_new(true).open(beside)?, report.as_bytes())?;
    fs::rename(folder.join(name), place.join(format!("{free}.{ending}")))
}
