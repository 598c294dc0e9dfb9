//! The marks' import on the command line, and what is left when it is killed.

use std::{fs, path::Path, process::Stdio, time::Duration};

use app::rules::calendar::Session;
use chrono::{Datelike, NaiveDate, Weekday};
use tempfile::TempDir;

use super::{
    hand::Hand,
    import_cli::said,
    program::{command, verify},
};

/// A school of so many children.
fn school(folder: &Path, children: usize) -> String {
    let mut text = "Admission number,Surname,Forename,DOB,Year,Class,Admission date\n".to_owned();
    for n in 1..=children {
        text += &format!("{n},Name{n},Child,12/03/2019,3,3 Oak,01/09/2024\n");
    }
    let data = folder.join("data");
    fs::create_dir(&data).unwrap();
    let (roster, at) = (folder.join("roster.csv"), data.display().to_string());
    fs::write(&roster, text).unwrap();
    said(&["import", "roster", &roster.display().to_string(), "--data", &at], 0);
    at
}

/// A year of marks of so many children, holidays and all.
fn year(folder: &Path, children: usize, mark: &str) -> String {
    let mut text = "Adno,Date,Session,Mark,Minutes Late,Comment\n".to_owned();
    let first = NaiveDate::from_ymd_opt(2025, 9, 2).unwrap();
    let days = first.iter_days().take(300).filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
    let days: Vec<NaiveDate> = days.collect();
    for n in 1..=children {
        for day in &days {
            for session in Session::BOTH {
                text += &format!("{n},{day},{session},{mark},,\n");
            }
        }
    }
    let path = folder.join(format!("{mark}.csv"));
    fs::write(&path, text).unwrap();
    path.display().to_string()
}

async fn number(data: &str, sql: &str) -> i64 {
    Hand::sqlite(&Path::new(data).join("nine-fifteen.db")).number(sql).await
}

#[tokio::test]
async fn a_dry_run_says_everything_and_changes_nothing_and_twice_is_once() {
    let folder = TempDir::new().unwrap();
    let data = school(folder.path(), 3);
    let file = folder.path().join("marks.csv");
    fs::write(
        &file,
        "Adno,Date,Session,Mark,Minutes late\n1,23/11/2026,AM,L,9\n1,23/11/2026,PM,W,\n2,22/11/2026,AM,/,\n9,23/11/2026,AM,/,\n2,23/11/26,AM,/,\n3,23/11/2026,AM,H,\n3,23/11/2026,PM,,\n",
    )
    .unwrap();
    let file = file.display().to_string();
    let words = ["import", "marks", &file, "--data", &data];
    let dry = said(&[&words[..], &["--dry-run"]].concat(), 0);
    for part in [
        "SET ASIDE",
        "this is a weekend",
        "Nobody here has this number",
        "The year has two figures",
        "withdrawn in 2024. It counts as C",
        "Marks: 3 new, 0 changed, 0 as before",
        "1 session has no mark",
        "Dry run: nothing was changed",
    ] {
        assert!(dry.contains(part), "{part}: {dry}");
    }
    assert_eq!(number(&data, "SELECT COUNT(*) FROM mark").await, 0);
    // Odd codes and lines that are set aside are no failure.
    said(&words, 0);
    assert_eq!(number(&data, "SELECT COUNT(*) FROM mark").await, 3);
    assert!(said(&words, 0).contains("Marks: 0 new, 0 changed, 3 as before"));
    assert_eq!(number(&data, "SELECT COUNT(*) FROM mark_change").await, 0);
    let previous = said(&[&words[..], &["--previous-school"]].concat(), 0);
    assert!(previous.contains("Marks: 0 new, 0 changed, 3 as before"), "{previous}");
    assert_eq!(verify(Path::new(&data)).0, Some(0));
}

#[test]
fn what_cannot_be_read_is_said_and_makes_nothing() {
    let folder = TempDir::new().unwrap();
    let (file, data) = (folder.path().join("x.csv"), folder.path().join("data").display().to_string());
    fs::create_dir(&data).unwrap();
    let path = file.display().to_string();
    for (text, why) in [("a,b\n1,2\n", "a column for each session"), ("UPN,Attendance marks\nx,/\\\n", "in one string")]
    {
        fs::write(&file, text).unwrap();
        assert!(said(&["import", "marks", &path, "--data", &data], 1).contains(why));
    }
    assert_eq!(fs::read_dir(&data).unwrap().count(), 0);
}

#[tokio::test]
async fn an_import_that_is_killed_leaves_all_or_nothing() {
    let folder = TempDir::new().unwrap();
    let data = school(folder.path(), 60);
    let (small, large) = (year(folder.path(), 60, "I"), year(folder.path(), 60, "M"));
    said(&["import", "marks", &small, "--data", &data], 0);
    let all = number(&data, "SELECT COUNT(*) FROM mark WHERE code = 'I'").await;
    assert!(all > 15_000, "{all}");
    let mut killed = 0;
    for wait in [300, 700, 1_200, 2_000] {
        let mut words = command();
        words.args(["import", "marks", &large, "--data", &data]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = words.spawn().unwrap();
        tokio::time::sleep(Duration::from_millis(wait)).await;
        let ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        child.wait().unwrap();
        killed += i32::from(!ended);
        let changed = number(&data, "SELECT COUNT(*) FROM mark WHERE code = 'M'").await;
        let kept = number(&data, "SELECT COUNT(*) FROM mark_change").await;
        assert!((changed, kept) == (0, 0) || (changed, kept) == (all, all), "{changed} and {kept} after {wait} ms");
        assert_eq!(verify(Path::new(&data)).0, Some(0));
        if changed == all {
            break;
        }
    }
    assert!(killed > 0, "nothing was killed in time");
    said(&["import", "marks", &large, "--data", &data], 0);
    assert_eq!(number(&data, "SELECT COUNT(*) FROM mark_change").await, all);
}
