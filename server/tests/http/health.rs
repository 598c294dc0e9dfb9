//! Living, being asked to stop, and a disk that takes no more.

use std::{
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use app::paths;
use reqwest::Method;
use server::demo::people::{NGOZI, TWINS};
use tempfile::TempDir;

use super::{
    browser::{Browser, FORM},
    hand::Hand,
    house::{House, MONDAY},
    people::pupil,
    program::{Program, command, demo, verify},
};

/// A form's id, always the same: a second send is a retry.
const FORM_ID: &str = "mmmmmmmmmmmmmmmmmmmmmmmmmm";

async fn report(browser: &Browser, child: &str, id: &str) -> super::page::Answer {
    let child = pupil(child).to_string();
    let fields = [("submission", id), ("who", &child), ("day", MONDAY), ("part", "all"), ("reason", "cold")];
    browser.post(paths::REPORT, &fields).await
}

#[tokio::test]
async fn a_program_says_that_it_lives_and_whether_it_can_take_a_report() {
    let house = House::open().await;
    let mut watch = house.browser();
    for (path, status, said) in [(paths::HEALTHZ, 200, "ok\n"), (paths::READYZ, 200, "ready\n")] {
        let answer = watch.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (status, said));
    }
    house.portal.store.close().await;
    for (path, status, said) in [(paths::HEALTHZ, 200, "ok\n"), (paths::READYZ, 503, "not ready\n")] {
        let answer = watch.get(path).await;
        assert_eq!((answer.status.as_u16(), answer.text()), (status, said));
    }
}

/// The reports that a test sent: the demo brings some of the Friday before.
fn of_monday() -> String {
    format!("report WHERE day = '{MONDAY}'")
}

#[tokio::test]
async fn whoever_is_sending_when_the_program_is_asked_to_stop_still_gets_a_receipt() {
    let mut program = Program::demo().await;
    let mut browser = program.browser();
    browser.sign_in(NGOZI).await;
    browser.get(paths::REPORT).await;
    let ada = pupil("Ada Okafor").to_string();
    let fields = [("submission", FORM_ID), ("who", &ada), ("day", MONDAY), ("part", "all"), ("reason", "cold")];
    let body = browser.form(&fields);
    let (host, origin) = (program.site.host(), &program.site.origin);
    let cookie = browser.jar.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let length = body.len();
    let head = format!(
        "POST {} HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nCookie: {cookie}\r\nContent-Type: {FORM}\r\nContent-Length: {length}\r\n\r\n",
        paths::REPORT
    );
    let mut sending = TcpStream::connect(program.site.address).unwrap();
    sending.write_all(head.as_bytes()).unwrap();
    sending.write_all(&body[..20]).unwrap();
    tokio::time::sleep(Duration::from_millis(200)).await;
    program.terminate();
    let asked = Instant::now();
    while TcpStream::connect(program.site.address).is_ok() {
        assert!(asked.elapsed() < Duration::from_secs(3), "it goes on taking connections");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    // Long enough for a program that waits for nobody to be gone.
    tokio::time::sleep(Duration::from_millis(300)).await;
    sending.write_all(&body[20..]).unwrap();
    let mut answer = String::new();
    sending.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 303") && answer.contains("location: /receipts/"), "{answer}");
    assert!(program.ended().await.success());
    assert!(asked.elapsed() < Duration::from_secs(4), "{:?}", asked.elapsed());
    assert_eq!(rows(&program.data, &of_monday()).await, 1);
    let (code, said) = verify(&program.data);
    assert_eq!(code, Some(0), "{said}");
}

#[tokio::test]
async fn an_open_board_does_not_keep_the_program_from_stopping() {
    let mut program = Program::demo().await;
    let mut office = program.browser();
    office.staff("office@demo.example").await;
    let mut board = office.begin(Method::GET, paths::BOARD_CHANGES, &[], Vec::new()).await.unwrap();
    assert!(board.chunk().await.unwrap().is_some());
    program.terminate();
    let asked = Instant::now();
    assert!(program.ended().await.success());
    assert!(asked.elapsed() < Duration::from_secs(7), "{:?}", asked.elapsed());
}

pub(super) async fn rows(data: &Path, table: &str) -> i64 {
    Hand::sqlite(&data.join("nine-fifteen.db")).number(&format!("SELECT COUNT(*) FROM {table}")).await
}

/// Folds SQLite's log into its file, so that the next write has to make room.
async fn fold_log(data: &Path) {
    let busy = Hand::sqlite(&data.join("nine-fifteen.db")).number("PRAGMA wal_checkpoint(TRUNCATE)").await;
    assert_eq!(busy, 0);
}

/// A small disk of its own, let go when the test ends.
pub(super) struct SmallDisk(pub(super) TempDir);

impl SmallDisk {
    /// `None` where this user may not mount.
    pub(super) fn mount() -> Option<Self> {
        let place = TempDir::new().unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=160m", "tmpfs"]).arg(place.path());
        mount.output().is_ok_and(|done| done.status.success()).then(|| Self(place))
    }

    /// Takes all the room that is left; answers with the file that takes it.
    fn fill(&self) -> PathBuf {
        let filler = self.0.path().join("filler");
        let mut file = std::fs::File::create(&filler).unwrap();
        for size in [65536, 512] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
        filler
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0.path()).status();
    }
}

#[tokio::test]
async fn on_a_full_disk_nothing_is_taken_everything_can_be_read_and_all_is_well_once_there_is_room() {
    let Some(disk) = SmallDisk::mount() else {
        eprintln!("skipped: only root may mount a small disk");
        return;
    };
    let data = disk.0.path().join("data");
    let mut program = Program::start(TempDir::new().unwrap(), &data, demo(&data)).await;
    let mut browser = program.browser();
    browser.sign_in(NGOZI).await;
    browser.get(paths::REPORT).await;
    let kept = report(&browser, "Sam Okafor", "aaaaaaaaaaaaaaaaaaaaaaaaaa").await;
    assert_eq!(kept.status, 303);
    let mut waiting = program.browser();
    waiting.sign_in(TWINS).await;
    waiting.get(paths::REPORT).await;
    let before = (rows(&data, "report").await, rows(&data, "journal").await, rows(&data, "mail").await);
    fold_log(&data).await;
    let filler = disk.fill();

    for (browser, child) in [(&browser, "Ada Okafor"), (&waiting, "Rupert Penhaligon")] {
        let refused = report(browser, child, FORM_ID).await;
        assert!(refused.status == 503 && refused.says_not_received(), "{}: {}", refused.status, refused.main());
    }
    for path in [paths::HOME, paths::REPORT, paths::HEALTHZ] {
        assert_eq!(browser.get(path).await.status, 200, "{path}");
    }
    assert_eq!(browser.get(paths::READYZ).await.status, 503, "whoever watches is told");
    // No reading of health words goes unnoted: where it cannot be noted there is none.
    let unread = browser.get(kept.location()).await;
    assert!(unread.status == 503 && unread.main().contains("cannot show this page now"), "{}", unread.main());
    let after = (rows(&data, "report").await, rows(&data, "journal").await, rows(&data, "mail").await);
    assert_eq!(after, before);

    std::fs::remove_file(filler).unwrap();
    for (browser, child) in [(&browser, "Ada Okafor"), (&waiting, "Rupert Penhaligon")] {
        let taken = report(browser, child, FORM_ID).await;
        assert_eq!((taken.status.as_u16(), report(browser, child, FORM_ID).await.location()), (303, taken.location()));
    }
    assert_eq!(browser.get(kept.location()).await.status, 200);
    program.terminate();
    assert!(program.ended().await.success());
    assert_eq!(rows(&data, "report").await, before.0 + 2);
    let (code, said) = verify(&data);
    assert_eq!(code, Some(0), "{said}");
}

#[tokio::test]
async fn a_disk_that_refuses_stops_the_program_and_nothing_is_acknowledged_that_is_not_there() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let words: Vec<_> = demo(&data).get_args().map(ToOwned::to_owned).collect();
    // A file that may grow no further refuses, instead of ending the program, once the signal is ignored.
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\""]).arg(command().get_program()).args(words);
    let mut program = Program::start(folder, &data, shell).await;
    let mut browser = program.browser();
    browser.sign_in(NGOZI).await;
    browser.get(paths::REPORT).await;
    let kept = report(&browser, "Sam Okafor", "aaaaaaaaaaaaaaaaaaaaaaaaaa").await;
    assert_eq!(kept.status, 303);
    // Its mail has to be gone, or the worker would be the first to meet the disk.
    while rows(&data, "mail WHERE sent_at IS NULL").await > 0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    fold_log(&data).await;
    let limit = Command::new("prlimit").args(["--pid", &program.pid(), "--fsize=4096:4096"]).status();
    assert!(limit.unwrap().success());
    let refused = report(&browser, "Ada Okafor", FORM_ID).await;
    assert!(refused.status == 503 && refused.says_not_received(), "{}: {}", refused.status, refused.main());
    assert!(!program.ended().await.success());
    assert!(program.log().contains("the disk did not take a commit"), "{}", program.log());

    let mut again = demo(&data);
    again.arg("--keep");
    let mut program = Program::start(TempDir::new().unwrap(), &data, again).await;
    let mut browser = program.browser();
    browser.sign_in(NGOZI).await;
    assert_eq!(browser.get(kept.location()).await.status, 200);
    browser.get(paths::REPORT).await;
    let taken = report(&browser, "Ada Okafor", FORM_ID).await;
    assert_eq!(browser.follow(&taken).await.status, 200);
    program.terminate();
    assert!(program.ended().await.success());
    assert_eq!(rows(&data, &of_monday()).await, 2);
    let (code, said) = verify(&data);
    assert_eq!(code, Some(0), "{said}");
}
