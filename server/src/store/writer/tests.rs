//! What only the writer's own connection can be made to do: a full disk, and how it was opened.

use app::rules::{
    access::{Access, Link},
    id::{GuardianId, PupilId, SubmissionId},
};
use chrono::{DateTime, NaiveDate, Utc};
use futures_util::future::join_all;
use tempfile::TempDir;

use super::Work;
use crate::store::{
    NewClass, NewGuardian, NewLink, NewMail, NewPupil, NewSubmission, School, Sent, Store, StoreError,
    db::{row, run},
    journal::{self, Actor, Keys, Line, Verdict},
};

fn now() -> DateTime<Utc> {
    "2026-11-23T08:04:00Z".parse().expect("a time")
}

async fn a_school() -> (TempDir, School) {
    let folder = TempDir::new().expect("a folder");
    let url = folder.path().join("school.db");
    let keys = Keys { journal: [9; 32], server: [15; 32] };
    let school = Store::open(url.to_str().expect("a path"), keys).await.expect("a store").school("hillside");
    school.found(now()).await.expect("a school");
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    let pupil = NewPupil {
        pupil_id: PupilId::from_bytes([1; 16]),
        upn: String::new(),
        mis_id: String::new(),
        forename: "Ada".into(),
        surname: String::new(),
        known_as: None,
        born: day("2018-02-28"),
        class_id: "oak".into(),
        admitted: day("2022-09-01"),
        left_on: None,
    };
    let guardian = NewGuardian {
        guardian_id: GuardianId::from_bytes([2; 16]),
        title: None,
        forename: "Ngozi".into(),
        surname: String::new(),
        email: None,
        mobile: None,
        address: None,
    };
    let link = NewLink {
        guardian_id: guardian.guardian_id.clone(),
        pupil_id: pupil.pupil_id.clone(),
        relationship: "mother".into(),
        priority: 1,
        parental_responsibility: true,
        lives_with: true,
        link: Link { access: Access::Full, barred: false, reviewed: true },
    };
    let oak = NewClass { class_id: "oak".into(), name: "3 Oak".into(), year: 3 };
    school.seed_roster(now(), vec![oak], vec![pupil], vec![guardian], vec![link]).await.expect("a roster");
    (folder, school)
}

/// Sends a report with a long note; nothing else about it matters here.
async fn report(school: &School, number: u128) -> Result<Sent, StoreError> {
    let report = app::rules::absence::CheckedReport {
        children: vec![PupilId::from_bytes([1; 16])],
        kind: app::rules::absence::Kind::Away,
        days: vec![app::rules::absence::ReportedDay { date: now().date_naive(), part: app::rules::absence::Part::All }],
        reason: "vomiting".into(),
        details: app::rules::absence::Details::default(),
        note: Some("x".repeat(500)),
    };
    let new = NewSubmission {
        guardian: GuardianId::from_bytes([2; 16]),
        submission: SubmissionId::from_bytes(number.to_be_bytes()),
        digest: format!("digest {number}"),
        channel: crate::store::Channel::Web,
        received_at: now(),
        after_close: Vec::new(),
        expected: Vec::new(),
        proposed: None,
        report,
        entered_by: None,
        tell_others: None,
        instead_of: None,
    };
    let mail = |_: &_| NewMail { to: None, kind: "receipt", subject: String::new(), body: String::new() };
    school.report_absence(new, mail).await
}

/// Asks the writer's own connection.
async fn ask(school: &School, pragma: &'static str) -> i64 {
    let asked = school.writer();
    let asked = asked.write(move |work| {
        Box::pin(async move { Ok(row!(&mut *work, (i64,), pragma)?.map_or(0, |(number,)| number)) })
    });
    asked.await.expect("an answer")
}

async fn kept(school: &School) -> usize {
    let found = row!(school.db(), (i64,), "SELECT COUNT(*) FROM submission").expect("a count");
    found.map_or(0, |(count,)| usize::try_from(count).unwrap_or(0))
}

#[tokio::test]
async fn every_commit_waits_for_the_disk() {
    let (_folder, school) = a_school().await;
    assert_eq!(ask(&school, "PRAGMA synchronous").await, 2, "FULL");
    assert_eq!(ask(&school, "PRAGMA foreign_keys").await, 1);
}

#[tokio::test]
async fn on_a_full_disk_what_is_acknowledged_is_kept_and_the_rest_is_said() {
    let (_folder, school) = a_school().await;
    let pages = ask(&school, "PRAGMA page_count").await;
    // A little room is left, so that it ends in the middle of a shared commit.
    ask(&school, if pages < 80 { "PRAGMA max_page_count = 90" } else { "PRAGMA max_page_count = 1" }).await;
    let mut acknowledged = 0;
    let mut full = 0;
    for batch in 0..10 {
        for answer in join_all((0..20).map(|number| report(&school, batch * 20 + number))).await {
            match answer {
                Ok(Sent::Received(_)) => acknowledged += 1,
                // Those that shared the transaction are told as well that theirs was not kept.
                Err(StoreError::Full) => full += 1,
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(kept(&school).await, acknowledged);
    }
    assert!(full > 0, "the disk was never full");
    assert!(school.store.ready().await, "a full disk is no reason to stop");
    ask(&school, "PRAGMA max_page_count = 100000").await;
    for number in 0..200 {
        assert!(matches!(report(&school, number).await, Ok(Sent::Received(_) | Sent::Again(_))), "there is room again");
    }
    assert_eq!(kept(&school).await, 200);
    assert!(matches!(school.verify_journal(&[]).await, Ok(Verdict::Whole(_))));
}

async fn line_and_then_a_fault(work: &mut Work) -> Result<(), StoreError> {
    let actor = Actor::System("tests");
    let line = Line { at: now(), actor: &actor, action: "fault", subject_kind: "x", subject_id: "x", fields: &[] };
    journal::write(work, "hillside", line).await?;
    Err(StoreError::Unreadable("x"))
}

#[tokio::test]
async fn a_line_of_a_job_that_fails_leaves_no_gap_for_the_next() {
    let (_folder, school) = a_school().await;
    let lines = ask(&school, "SELECT seq FROM journal_head").await;
    let fails = async { school.writer().write(|work| Box::pin(line_and_then_a_fault(work))).await };
    let (before, failed, after) = tokio::join!(report(&school, 1), fails, report(&school, 2));
    assert_eq!(failed, Err(StoreError::Unreadable("x")));
    assert!(before.is_ok() && after.is_ok(), "{before:?} {after:?}");
    assert_eq!(school.verify_journal(&[]).await, Ok(Verdict::Whole(lines + 2)));
}

async fn disk_error(work: &mut Work) -> Result<(), StoreError> {
    run!(work, "DELETE FROM report")?;
    Err(StoreError::Disk("1034".into()))
}

#[tokio::test]
async fn after_an_error_of_the_disk_nothing_is_acknowledged_any_more() {
    let (_folder, school) = a_school().await;
    let refuses = async { school.writer().write(|work| Box::pin(disk_error(work))).await };
    let (before, refused, behind) = tokio::join!(report(&school, 1), refuses, report(&school, 2));
    assert_eq!(refused, Err(StoreError::Disk("1034".into())));
    // What came before either shared the commit, and was told, or had its own, and is kept.
    assert_eq!(behind, Err(StoreError::Stopped));
    school.store.broken().await;
    assert!(!school.store.ready().await);
    assert_eq!(report(&school, 3).await, Err(StoreError::Stopped));
    assert_eq!(kept(&school).await, usize::from(before.is_ok()));
}

#[test]
fn the_disks_own_errors_are_told_from_the_others() {
    let kind = StoreError::of_code;
    for code in ["10", "266", "522", "778", "1034"] {
        assert_eq!(kind(code), StoreError::Disk(code.into()));
    }
    for code in ["13", "53100"] {
        assert_eq!(kind(code), StoreError::Full);
    }
    // 22026 and 42858 end in the same byte as SQLITE_IOERR, and are no disk's.
    for code in ["5", "19", "1555", "22026", "42858", "40P01"] {
        assert_eq!(kind(code), StoreError::Database(format!("code {code}")));
    }
}
