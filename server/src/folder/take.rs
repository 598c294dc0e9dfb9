//! One file: read, brought in or refused, moved away with a report beside it. Brought in first and moved then:
//! a program that dies in between finds it again, and the same file twice changes nothing.

use std::{
    ffi::OsStr,
    fs::{self, OpenOptions},
    io::{self, Read, Write},
    os::unix::fs::{MetadataExt, OpenOptionsExt},
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
    Marks(Vec<u8>, Stamp),
    TooLarge(Stamp),
    /// It has gone, or is no ordinary file any more.
    Gone,
}

/// Which file it was, and how it was when it was read: another one under the same name has another, and so has
/// the same one with other contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stamp {
    device: u64,
    inode: u64,
    bytes: u64,
    changed: (i64, i64),
}

impl Stamp {
    fn of(about: &fs::Metadata) -> Self {
        Self {
            device: about.dev(),
            inode: about.ino(),
            bytes: about.len(),
            changed: (about.mtime(), about.mtime_nsec()),
        }
    }
}

/// A file that was read.
#[derive(Clone, Copy)]
struct File<'a> {
    folder: &'a Path,
    name: &'a OsStr,
    stamp: Stamp,
}

/// Takes a file.
pub(super) async fn take(portal: &Portal, folder: &Path, name: &OsStr) -> Result<(), Left> {
    let shown = name.to_string_lossy().into_owned();
    let (words, now) = (portal.words(), portal.now());
    let path = folder.join(name);
    let read = tokio::task::spawn_blocking(move || read(&path)).await;
    let was = read.map_err(|_| Left::Waits(FolderTrouble::Other(None)))?.map_err(|error| Left::Waits(said(&error)))?;
    let (bytes, stamp) = match was {
        Was::Gone => return Ok(()),
        Was::TooLarge(stamp) => {
            let why = words.marks.too_large.to_owned();
            return refuse(portal, File { folder, name, stamp }, (shown, String::new()), why).await;
        }
        Was::Marks(bytes, stamp) => (bytes, stamp),
    };
    let file = File { folder, name, stamp };
    let meanings = portal.school.meanings().await?;
    let reading = tokio::task::spawn_blocking(move || (import::read_marks_as(&bytes, &meanings), hash(&bytes)));
    let (read, sha256) = reading.await.map_err(|_| Left::Waits(FolderTrouble::Other(None)))?;
    let marks = match read {
        Ok(marks) => marks,
        Err(why) => {
            return refuse(portal, file, (shown, sha256), (words.import.unreadable)(why)).await;
        }
    };
    let against = Against { calendar: &portal.policy.calendar, previous_school: false, today: portal.today() };
    let (plan, _) = portal.school.plan_marks(marks.clone(), against).await?;
    if is_wrong_as_a_whole(&plan.tally()) {
        let why = words.marks.nothing_fits.to_owned();
        let report = report(words, now, &why, &plan);
        note(portal, &shown, &sha256, why).await?;
        return put_away(words, file, REFUSED, report).await;
    }
    let actor = Actor::System("watched folder");
    let new = NewMarks { marks, sha256, way: Way::Folder, name: Some(shown), actor };
    let (plan, _) = portal.school.bring_in_marks(new, against, Progress::default(), now).await?;
    portal.changed();
    let tally = plan.tally();
    let report = report(words, now, &(words.marks.run)(tally.marks, tally.aside), &plan);
    put_away(words, file, DONE, report).await
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
    // How it is before it is read: whatever is written meanwhile shows.
    let stamp = Stamp::of(&about);
    let most = u64::try_from(import::MARKS_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    let read = file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(if u64::try_from(read).unwrap_or(u64::MAX) > most { Was::TooLarge(stamp) } else { Was::Marks(bytes, stamp) })
}

async fn refuse(portal: &Portal, file: File<'_>, (shown, sha256): (String, String), why: String) -> Result<(), Left> {
    let report = report(portal.words(), portal.now(), &why, &Plan::default());
    note(portal, &shown, &sha256, why).await?;
    put_away(portal.words(), file, REFUSED, report).await
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

/// Moves a file into a folder beside it, under a name that is free there, and writes its report. One that is not
/// any more what was read stays for the next round, and the report says so.
async fn put_away(words: &'static Words, file: File<'_>, to: &'static str, report: String) -> Result<(), Left> {
    let (folder, name, stamp) = (file.folder.to_owned(), file.name.to_owned(), file.stamp);
    let moved = tokio::task::spawn_blocking(move || {
        put(File { folder: &folder, name: &name, stamp }, to, (&report, words.marks.replaced))
    })
    .await;
    moved.map_err(|_| Left::Stuck(FolderTrouble::Other(None)))?.map_err(|error| Left::Stuck(said(&error)))
}

fn put(file: File<'_>, to: &str, (report, replaced): (&str, &str)) -> io::Result<()> {
    let File { folder, name, stamp } = file;
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
    let mut beside = options.write(true).create_new(true).open(beside)?;
    beside.write_all(report.as_bytes())?;
    let now = fs::symlink_metadata(folder.join(name)).ok();
    if now.is_none_or(|about| Stamp::of(&about) != stamp) {
        tracing::warn!("a file of the watched folder was replaced while it came in");
        return beside.write_all(format!("\n{replaced}\n").as_bytes());
    }
    fs::rename(folder.join(name), place.join(format!("{free}.{ending}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPLACED: &str = "It was replaced.";

    /// Reads "week.csv", lets something happen, and puts it away: what is in the folder then, and the report.
    fn put_after(happens: impl Fn(&Path)) -> (Option<String>, Option<String>, String) {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path().join("week.csv");
        fs::write(&at, "as it was").unwrap();
        let Was::Marks(bytes, stamp) = read(&at).unwrap() else { panic!("it was not read") };
        assert_eq!(bytes, b"as it was");
        happens(&at);
        let file = File { folder: folder.path(), name: OsStr::new("week.csv"), stamp };
        put(file, DONE, ("What came of it.\n", REPLACED)).unwrap();
        let text = |name: &str| fs::read_to_string(folder.path().join(name)).ok();
        (text("week.csv"), text("done/week.csv"), text("done/week.csv.report.txt").unwrap())
    }

    #[test]
    fn a_file_that_was_read_goes_away_and_one_that_took_its_place_stays() {
        let (left, done, report) = put_after(|_| {});
        assert_eq!((left, done.as_deref()), (None, Some("as it was")));
        assert!(!report.contains(REPLACED), "{report}");
        let stays = |happens: &dyn Fn(&Path), text: &str| {
            let (left, done, report) = put_after(happens);
            assert_eq!((left.as_deref(), done), (Some(text), None));
            assert!(report.starts_with("What came of it.") && report.contains(REPLACED), "{report}");
        };
        // Another file under the name, of the same size and time.
        let other = |at: &Path| {
            let when = fs::metadata(at).unwrap().modified().unwrap();
            let beside = at.with_extension("part");
            fs::write(&beside, "now other").unwrap();
            fs::File::options().write(true).open(&beside).unwrap().set_modified(when).unwrap();
            fs::rename(beside, at).unwrap();
        };
        stays(&other, "now other");
        // The same file, longer, and as long as before but written again.
        stays(&|at| fs::write(at, "as it was, and more").unwrap(), "as it was, and more");
        let again = |at: &Path| {
            fs::write(at, "now other").unwrap();
            let earlier = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1);
            fs::File::options().write(true).open(at).unwrap().set_modified(earlier).unwrap();
        };
        stays(&again, "now other");
    }

    #[test]
    fn a_file_that_was_taken_away_leaves_its_report() {
        let (left, done, report) = put_after(|at| fs::remove_file(at).unwrap());
        assert_eq!((left, done), (None, None));
        assert!(report.contains(REPLACED), "{report}");
    }
}
