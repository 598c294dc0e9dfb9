//! The program on its command line: what it refuses, and that it says why.

use std::{fs, net::TcpListener, path::Path, process::Output};

use app::paths;
use reqwest::Method;
use server::{config, demo::MARK};
use tempfile::TempDir;

use super::{
    hand::Hand,
    program::{Program, command, demo, run, verify},
};

fn said(done: &Output) -> String {
    String::from_utf8_lossy(&[done.stdout.as_slice(), &done.stderr].concat()).into_owned()
}

/// It ended with this code and said all of this.
fn ends(words: &[&str], code: i32, parts: &[&str]) {
    let done = run(words);
    let said = said(&done);
    assert_eq!(done.status.code(), Some(code), "{words:?}: {said}");
    for part in parts {
        assert!(said.contains(part), "{words:?} does not say {part:?}: {said}");
    }
}

/// The shipped configuration with something else in it, in a file.
fn configuration(folder: &Path, from: &str, to: &str) -> String {
    assert!(config::BUILT_IN.contains(from), "{from}");
    let file = folder.join("changed.toml");
    fs::write(&file, config::BUILT_IN.replacen(from, to, 1)).unwrap();
    file.display().to_string()
}

#[test]
fn every_command_explains_itself() {
    ends(&["--help"], 0, &["serve", "demo", "verify-journal", "Exit code 3"]);
    ends(&["--version"], 0, &["nine-fifteen 0."]);
    ends(&["serve", "--help"], 0, &["--data", "--config", "SIGTERM"]);
    ends(&["demo", "--help"], 0, &["--data", "--port", "--now", "--keep", "9150", "Never on a school's data"]);
    ends(&["verify-journal", "--help"], 0, &["--data", "--config"]);
    ends(&[], 2, &["Usage: nine-fifteen"]);
    ends(&["serve"], 2, &["--data"]);
    ends(&["server"], 2, &["server", "serve"]);
    ends(&["demo", "--data", "x", "--now", "today"], 2, &["--now", "today"]);
}

#[test]
fn a_configuration_that_cannot_be_is_refused_by_the_name_of_its_key() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data").display().to_string();
    for (from, to, named) in [
        ("[site]\n", "[site]\nlistens = \"x\"\n", "listens"),
        ("[times]\n", "[times]\ngate_open = \"08:00\"\n", "gate_open"),
        ("day_ends = \"15:15\"\n", "", "day_ends"),
        ("register_closes = \"09:15\"", "register_closes = \"quarter past\"", "register_closes"),
        ("# public_url = \"https://", "public_url = \"http://", "site.public_url"),
        ("# smtp = \"smtps://user:password@", "smtp = \"pigeon://user:hush@", "mail.smtp"),
    ] {
        let file = configuration(folder.path(), from, to);
        let file = if named == "mail.smtp" {
            let text = fs::read_to_string(&file).unwrap();
            fs::write(&file, text.replacen("# public_url", "public_url", 1)).unwrap();
            file
        } else {
            file
        };
        let words = ["serve", "--data", &data, "--config", &file];
        ends(&words, 1, &[named]);
        assert!(!said(&run(&words)).contains("hush"), "a password comes back");
        assert!(!Path::new(&data).exists(), "{named}: nothing is made for it");
    }
    let none = folder.path().join("none.toml").display().to_string();
    ends(&["serve", "--data", &data, "--config", &none], 1, &["cannot read", "none.toml"]);
    ends(&["serve", "--data", &data], 1, &["site.public_url is missing", "school.toml"]);
}

#[tokio::test]
async fn a_school_begins_with_its_first_administrators_link() {
    let folder = TempDir::new().unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let here = format!("public_url = \"http://{free}\"\nlisten = \"{free}\"\n");
    let text = config::BUILT_IN.replacen("listen = \"127.0.0.1:9150\"\n", &here, 1);
    fs::write(data.join("school.toml"), text).unwrap();
    let mut words = command();
    words.args(["serve", "--data"]).arg(&data);
    let mut program = Program::start(folder, &data, words).await;
    let out = fs::read_to_string(program.folder.path().join("said")).unwrap();
    let link = out.lines().find_map(|line| line.strip_prefix(program.site.origin.as_str())).expect("a link").to_owned();
    let mut browser = program.browser();
    let page = browser.get(&link).await;
    assert!(page.status == 200 && page.hidden("secret").is_some(), "{}", page.main());
    for path in [paths::DEMO_MAIL, paths::DEMO_CODES] {
        assert_eq!(browser.send(Method::GET, path, &[], Vec::new()).await.status, 404, "{path}");
    }
    assert!(!program.log().contains(&link[12..]), "the link is told to the log");
    program.terminate();
    assert!(program.ended().await.success());
    // Nobody may take the school for a demo.
    ends(&["demo", "--data", data.to_str().unwrap()], 1, &["is not a demo's folder"]);
    assert!(data.join("nine-fifteen.db").is_file());
}

#[test]
fn a_demo_never_empties_what_is_not_its_own() {
    let folder = TempDir::new().unwrap();
    let precious = folder.path().join("precious.txt");
    fs::write(&precious, "letters").unwrap();
    let data = folder.path().to_str().unwrap();
    for words in [vec!["demo", "--data", data], vec!["demo", "--data", data, "--keep"]] {
        ends(&words, 1, &["is not a demo's folder", data]);
    }
    assert_eq!(fs::read_to_string(&precious).unwrap(), "letters");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let file = configuration(folder.path(), "# smtp = ", "smtp = ");
    let new = folder.path().join("new").display().to_string();
    ends(&["demo", "--data", &new, "--config", &file], 1, &["mail.smtp", "never sends real mail"]);
}

#[tokio::test]
async fn a_demo_starts_afresh_unless_it_is_told_to_keep() {
    let mut program = Program::demo().await;
    let data = program.data.clone();
    program.browser().ask_code(server::demo::people::NGOZI).await.expect("a message");
    program.terminate();
    program.ended().await;
    assert!(data.join(MARK).is_file());
    for (keep, mails) in [(true, 1), (false, 0)] {
        let mut words = demo(&data);
        words.args(keep.then_some("--keep"));
        let mut program = Program::start(TempDir::new().unwrap(), &data, words).await;
        assert_eq!(program.site.mail_to(server::demo::people::NGOZI).await.len(), mails, "keep: {keep}");
        program.terminate();
        program.ended().await;
    }
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data").display().to_string();
    ends(&["demo", "--data", &data, "--port", &port], 1, &["cannot listen on", &port]);
}

#[tokio::test]
async fn a_journal_that_was_touched_is_noticed_and_one_without_key_or_database_too() {
    let mut program = Program::demo().await;
    let data = program.data.clone();
    program.browser().sign_in(server::demo::people::NGOZI).await;
    program.browser().sign_in(server::demo::people::CHIDI).await;
    program.terminate();
    assert!(program.ended().await.success());
    let is = |code: i32, part: &str| {
        let (got, text) = verify(&data);
        assert!(got == Some(code) && text.contains(part), "{got:?}: {text}");
    };
    let by_hand = async |sql: &'static str| {
        assert!(Hand::sqlite(&data.join("nine-fifteen.db")).run(sql).await.unwrap() > 0, "{sql}");
    };
    is(0, "demo: the journal is whole");
    by_hand("UPDATE journal SET action = 'sign_out' WHERE seq = 2").await;
    is(3, "BROKEN at line 2");
    by_hand("UPDATE journal SET action = (SELECT action FROM journal WHERE seq = 1) WHERE seq = 2").await;
    by_hand("DELETE FROM journal WHERE seq = (SELECT MAX(seq) FROM journal)").await;
    assert_eq!(verify(&data).0, Some(3));
    let key = data.join("keys/journal.key");
    let kept = fs::read_to_string(&key).unwrap();
    fs::remove_file(&key).unwrap();
    is(1, "is missing although the school's data is there: restore it from a backup");
    let keep = ["demo", "--keep", "--port", "0", "--data", data.to_str().unwrap()];
    ends(&keep, 1, &["journal.key", "is missing although"]);
    fs::write(&key, "short").unwrap();
    is(1, "is not a key");
    fs::write(&key, kept.replace(|c: char| c.is_ascii_digit(), "a")).unwrap();
    is(3, "BROKEN at line 1");
    let empty = TempDir::new().unwrap();
    assert_eq!(verify(empty.path()).0, Some(1));
    ends(&["verify-journal", "--data", empty.path().to_str().unwrap()], 1, &["there is no database in"]);
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0, "looking makes nothing");
}
