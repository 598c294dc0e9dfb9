//! Reminders in a program that dies in the middle: those who were reminded are not reminded again, and the others are.

use std::{path::Path, process::Command, time::Duration};

use app::paths;
use tempfile::TempDir;

use super::program::{Program, demo, verify};

/// How many reminders were written, to how many inboxes, and how many the run says were sent.
fn sent(data: &Path) -> (i64, i64, i64) {
    let hand = rusqlite::Connection::open(data.join("nine-fifteen.db")).unwrap();
    let sql = "SELECT (SELECT COUNT(*) FROM mail WHERE kind = 'reminder'), \
               (SELECT COUNT(DISTINCT to_address) FROM mail WHERE kind = 'reminder'), (SELECT COUNT(*) FROM reminder WHERE sent)";
    hand.query_row(sql, (), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap()
}

async fn until_more_than(data: &Path, count: i64) -> i64 {
    for _ in 0..300 {
        let (now, ..) = sent(data);
        if now > count {
            return now;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no more than {count} reminders");
}

#[tokio::test]
async fn nobody_is_reminded_twice_and_nobody_forgotten_when_the_program_is_killed_in_the_middle() {
    let folder = TempDir::new().unwrap();
    let data = folder.path().join("data");
    let mut program = Program::start(TempDir::new().unwrap(), &data, demo(&data)).await;
    let mut office = program.browser();
    office.staff("office@demo.example").await;
    let page = office.get(paths::REMINDERS).await;
    let (run, people) = (page.hidden("run").unwrap(), page.hidden("people").unwrap());
    assert_eq!(office.post_form(paths::REMINDERS, &[("run", &run), ("people", &people)]).await.status, 303);
    let mut before = until_more_than(&data, 5).await;
    for _ in 0..2 {
        assert!(Command::new("kill").args(["-KILL", &program.pid()]).status().unwrap().success());
        assert!(!program.ended().await.success());
        let (mails, inboxes, said) = sent(&data);
        assert_eq!((mails, said), (inboxes, mails), "written with the mail, or not at all");
        assert!(mails >= before && mails < people.parse().unwrap(), "{mails}");
        let mut again = demo(&data);
        again.arg("--keep");
        program = Program::start(TempDir::new().unwrap(), &data, again).await;
        before = until_more_than(&data, mails + 5).await;
    }
    let mut office = office.at(&program.site);
    let page = office.get(paths::REMINDERS).await;
    assert!(page.text().contains("Under way"), "{}", page.main());
    program.terminate();
    assert!(program.ended().await.success());
    let (mails, inboxes, said) = sent(&data);
    assert_eq!((mails, said), (inboxes, mails));
    let (code, said) = verify(&data);
    assert_eq!(code, Some(0), "{said}");
}
