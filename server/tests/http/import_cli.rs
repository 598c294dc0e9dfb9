//! The roster's import on the command line, and what is left when it is killed.

use std::{fs, path::Path, process::Stdio, time::Duration};

use server::demo;
use tempfile::TempDir;

use super::{
    hand::Hand,
    program::{command, verify},
};

/// A file of so many children with two contacts each.
fn file(folder: &Path, children: usize) -> String {
    let mut text = "UPN,Admission number,Surname,Forename,DOB,Year,Class,Contact ID,Contact surname,Contact forename,PR,Primary email\n".to_owned();
    for n in 0..children {
        for adult in 0..2 {
            text += &format!(
                ",{n},Name{n},Child,12/03/2019,3,3 Oak,{n}{adult},Name{n},Parent{adult},T,p{n}.{adult}@example.org\n"
            );
        }
    }
    let path = folder.join("roster.csv");
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

async fn children(data: &Path) -> i64 {
    Hand::sqlite(&data.join("nine-fifteen.db")).number("SELECT COUNT(*) FROM pupil").await
}

pub(super) fn said(words: &[&str], code: i32) -> String {
    // It says more than a pipe holds that nobody reads.
    let done = command().args(words).output().unwrap();
    let text = String::from_utf8_lossy(&[done.stdout.as_slice(), &done.stderr].concat()).into_owned();
    assert_eq!(done.status.code(), Some(code), "{text}");
    text
}

#[tokio::test]
async fn a_dry_run_says_everything_and_changes_nothing() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let (file, at) = (folder.path().join("demo.csv"), data.display().to_string());
    fs::write(&file, demo::roster::csv()).unwrap();
    let file = file.display().to_string();
    let words = ["import", "roster", &file, "--data", &at];
    let text = said(&[&words[..], &["--dry-run"]].concat(), 0);
    for part in
        ["new         Juno Achterberg, 3 Oak", "SET ASIDE", "the year has two figures", "Dry run: nothing was changed"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert_eq!(children(&data).await, 0);
    said(&words, 0);
    let all = children(&data).await;
    assert!(all > 400);
    let again = said(&words, 0);
    assert!(again.contains("Children: 0 new, 0 changed"), "{again}");
    assert_eq!((children(&data).await, verify(&data).0), (all, Some(0)));
}

#[tokio::test]
async fn a_file_in_doubt_ends_with_three_and_comes_in_when_told_to() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let at = data.display().to_string();
    said(&["import", "roster", &file(folder.path(), 30), "--data", &at], 0);
    let less = file(folder.path(), 10);
    let text = said(&["import", "roster", &less, "--data", &at], 3);
    assert!(text.contains("20 of the 30 children on roll are not in this file") && text.contains("--anyway"), "{text}");
    said(&["import", "roster", &less, "--data", &at, "--dry-run"], 3);
    said(&["import", "roster", &less, "--data", &at, "--anyway"], 0);
    assert_eq!(children(&data).await, 30);
}

#[test]
fn what_cannot_be_read_is_said_and_makes_nothing() {
    let folder = TempDir::new().unwrap();
    let (file, data) = (folder.path().join("x.csv"), folder.path().join("data").display().to_string());
    fs::write(&file, "a,b\n1,2\n").unwrap();
    let file = file.display().to_string();
    assert!(said(&["import", "roster", &file, "--data", &data], 1).contains("there is no folder"));
    fs::create_dir(&data).unwrap();
    assert!(said(&["import", "roster", &file, "--data", &data], 1).contains("heads that are needed"));
    assert!(said(&["import", "roster", "nowhere.csv", "--data", &data], 1).contains("nowhere.csv"));
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0);
}

#[tokio::test]
async fn an_import_that_is_killed_leaves_all_or_nothing() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    fs::create_dir(&data).unwrap();
    let at = data.display().to_string();
    said(&["import", "roster", &file(folder.path(), 1), "--data", &at], 0);
    let large = file(folder.path(), 1_500);
    let mut killed = 0;
    for wait in [150, 300, 450, 600, 900] {
        let mut words = command();
        words.args(["import", "roster", &large, "--data", &at, "--anyway"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = words.spawn().unwrap();
        tokio::time::sleep(Duration::from_millis(wait)).await;
        let ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        killed += i32::from(!ended);
        let found = children(&data).await;
        assert!(found == 1 || found == 1_500, "{found} children after {wait} ms");
        assert_eq!(verify(&data).0, Some(0));
        if found == 1_500 {
            break;
        }
    }
    assert!(killed > 0, "nothing was killed in time");
    said(&["import", "roster", &large, "--data", &at, "--anyway"], 0);
    assert_eq!(children(&data).await, 1_500);
}
