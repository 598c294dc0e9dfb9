//! The marks' import by hand: handed in, looked at, brought in.

use app::{
    paths,
    rules::{access::Role, calendar::Session, code::Code, id::PupilId},
};
use reqwest::Method;

use super::{
    browser::Browser,
    guests::{Welcome, Who},
    house::House,
    page::Answer,
    roster::{BOUNDARY, look, token},
};

/// The body of a form with a file.
fn body(csrf: &str, file: &[u8], previous: bool) -> Vec<u8> {
    let field = |name: &str, value: &str| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut body = field("csrf", csrf);
    if previous {
        body += &field("previous", "yes");
    }
    body += &format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"marks.csv\"\r\nContent-Type: text/csv\r\n\r\n"
    );
    let mut body = body.into_bytes();
    body.extend(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    body
}

async fn hand_in(browser: &Browser, file: &[u8], previous: bool) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let body = body(&token(browser), file, previous);
    browser.send(Method::POST, paths::MARKS, &[("content-type", &kind)], body).await
}

async fn office(house: &House) -> Browser {
    Welcome::prepare(house).await.come(house, Who::Staff(Role::Office)).await.browser
}

/// Ada's number in the MIS and id.
async fn ada(house: &House) -> (String, PupilId) {
    let of = async |column: &str| {
        let sql = format!("SELECT {column} FROM pupil WHERE forename = 'Ada' AND surname = 'Okafor'");
        house.place.texts(&sql).await.remove(0)
    };
    (of("mis_id").await, PupilId::parse(&of("pupil_id").await).unwrap())
}

#[tokio::test]
async fn a_file_is_shown_and_brought_in_as_shown_and_twice_is_once() {
    let house = House::open().await;
    house.has_its_register().await;
    let office = office(&house).await;
    let (number, id) = ada(&house).await;
    let file = format!(
        "Adno,Date,Session,Mark,Minutes late\n{number},23/11/2026,AM,L,7\n{number},23/11/2026,PM,W,\n{number},22/11/2026,AM,/,\n999999,23/11/2026,AM,/,\n{number},20/11/2026,AM,G,\n"
    );
    let handed = hand_in(&office, file.as_bytes(), false).await;
    assert_eq!(handed.status, 303, "{}", handed.main());
    let before = house.place.count("mark").await;
    assert!(before > 100_000, "the demo has a register: {before}");
    let shown = look(&office, handed.location()).await;
    let read = shown.read();
    for part in [
        "Set aside: 2",
        "In the calendar this is a weekend",
        "Nobody here has this number",
        "To look at: 1",
        "Primary schools have no use for this code",
        "Ada Okafor",
        "→ G",
        "L, 7 min",
    ] {
        assert!(read.contains(part), "{part}: {read}");
    }
    assert_eq!(house.place.count("mark").await, before, "looking changes nothing");
    let digest = shown.hidden("shown").unwrap();
    let confirm = format!("{}/confirm", handed.location());
    let done = office.post(&confirm, &[("shown", &digest)]).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, handed.location()));
    assert_eq!((house.place.count("mark").await, house.place.count("mark_change").await), (before + 2, 1));
    assert!(look(&office, handed.location()).await.read().contains("It is in"));
    // Twice is once.
    assert_eq!(office.post(&confirm, &[("shown", &digest)]).await.status, 303);
    let again = hand_in(&office, file.as_bytes(), false).await;
    assert!(look(&office, again.location()).await.read().contains("This file changes nothing"));
    let monday = "2026-11-23".parse().unwrap();
    let marks = house.portal.school.marks_of(&id, monday..=monday).await.unwrap();
    let found: Vec<_> = marks.iter().map(|mark| (mark.session, mark.code, mark.minutes_late)).collect();
    assert_eq!(found, [(Session::Am, Code::L, Some(7)), (Session::Pm, Code::W, None)]);
}

#[tokio::test]
async fn a_mark_corrected_meanwhile_is_shown_anew_and_nothing_is_brought_in() {
    let house = House::open().await;
    house.has_its_register().await;
    let office = office(&house).await;
    let (number, _) = ada(&house).await;
    let handed =
        hand_in(&office, format!("Adno,Date,Session,Mark\n{number},20/11/2026,AM,G\n").as_bytes(), false).await;
    let digest = look(&office, handed.location()).await.hidden("shown").unwrap();
    let changed =
        house.place.by_hand("UPDATE mark SET code = 'M', source = 'staff' WHERE day = '2026-11-20' AND session = 'AM'");
    assert!(changed.await > 300);
    let confirm = format!("{}/confirm", handed.location());
    let refused = office.post(&confirm, &[("shown", &digest)]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.read().contains("M → G") && refused.read().contains("put this mark right"), "{}", refused.read());
    assert_eq!(house.place.count("mark_change").await, 0);
    let digest = refused.hidden("shown").unwrap();
    assert_eq!(office.post(&confirm, &[("shown", &digest)]).await.status, 303);
    assert_eq!(house.place.count("mark_change").await, 1);
}

#[tokio::test]
async fn what_holds_no_marks_is_refused_with_its_reason_and_kept_nowhere() {
    let house = House::open().await;
    let office = office(&house).await;
    for (file, reason) in [
        (&b"PK\x03\x04 a workbook"[..], "save it as CSV"),
        (b"a,b\n1,2\n", "a column for each session"),
        (b"UPN,Possible Sessions,Present,Lates\nx,1,1,0\n", "These are sums, not marks"),
        (b"UPN,Attendance marks\nx,/\\/\\\n", "in one string"),
        (b"", "Choose a file"),
    ] {
        let answer = hand_in(&office, file, true).await;
        assert_eq!((answer.status.as_u16(), answer.complaints()), (422, vec!["file".to_owned()]), "{reason}");
        assert!(answer.read().contains(reason), "{reason}: {}", answer.read());
        assert!(answer.text().contains("checked"), "the box stays ticked: {}", answer.main());
    }
    assert_eq!(house.place.count("file_import").await, 0);
}

#[tokio::test]
async fn the_box_for_the_school_before_counts() {
    let house = House::open().await;
    let office = office(&house).await;
    // A holiday here; another school may have been open.
    let (number, _) = ada(&house).await;
    let file = format!("Adno,Date,Session,Mark\n{number},28/10/2026,AM,O\n");
    for (previous, said) in [(false, "In the calendar this is a holiday"), (true, "Marks from the school before")] {
        let handed = hand_in(&office, file.as_bytes(), previous).await;
        let read = look(&office, handed.location()).await.read();
        assert!(read.contains(said), "{read}");
        assert_eq!(read.contains("Set aside"), !previous, "{read}");
    }
}

#[tokio::test]
async fn a_hostile_file_changes_no_page_and_an_administrator_opens_none() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let office = welcome.come(&house, Who::Staff(Role::Office)).await.browser;
    let evil = "\"<script>alert(1)</script>\"";
    let file = format!("UPN,Surname,Date,Session,Mark\n{evil},{evil},23/11/2026,AM,{evil}\n{evil},x,{evil},{evil},/\n");
    let handed = hand_in(&office, file.as_bytes(), false).await;
    let page = look(&office, handed.location()).await;
    assert!(page.text().contains("&lt;SCRIPT&gt;") || page.text().contains("&lt;script&gt;"), "{}", page.main());
    assert!(!page.text().contains("<script>alert") && !page.text().contains("<SCRIPT>ALERT"));
    // Marks are not the roster's: its page opens none.
    let import = handed.location().rsplit('/').next().unwrap();
    let as_roster = format!("/staff/roster/files/{import}");
    assert_eq!(look(&office, &as_roster).await.status, 404);
    let admin = welcome.come(&house, Who::Staff(Role::Administrator)).await.browser;
    for path in [as_roster.as_str(), handed.location()] {
        assert_eq!(look(&admin, path).await.status, 403, "{path}");
    }
}
