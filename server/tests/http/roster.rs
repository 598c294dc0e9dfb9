//! The roster's import by hand: handed in, looked at, brought in.

use app::paths;
use reqwest::Method;
use server::demo::{
    self,
    people::{DARREN, NGOZI, TOM},
};

use super::{
    browser::Browser,
    guests::{Welcome, Who},
    house::House,
    page::{Answer, between},
};

pub(super) const BOUNDARY: &str = "----of-the-tests";

/// The body of a form with a file.
fn body(csrf: &str, file: &[u8]) -> Vec<u8> {
    let mut body =
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n").into_bytes();
    body.extend(format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"roster.csv\"\r\nContent-Type: text/csv\r\n\r\n").bytes());
    body.extend(file);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").bytes());
    body
}

pub(super) fn token(browser: &Browser) -> String {
    String::from_utf8(browser.form(&[])).unwrap().strip_prefix("csrf=").unwrap().to_owned()
}

pub(super) async fn hand_in(browser: &Browser, file: &[u8]) -> Answer {
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    browser.send(Method::POST, paths::ROSTER, &[("content-type", &kind)], body(&token(browser), file)).await
}

async fn staff(house: &House, role: app::rules::access::Role) -> Browser {
    let welcome = Welcome::prepare(house).await;
    welcome.come(house, Who::Staff(role)).await.browser
}

pub(super) async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

use app::rules::access::Role;

#[tokio::test]
async fn a_file_is_shown_line_by_line_and_brought_in_as_shown() {
    let house = House::open().await;
    let office = staff(&house, Role::Office).await;
    let handed = hand_in(&office, demo::roster::csv().as_bytes()).await;
    assert_eq!(handed.status, 303, "{}", handed.main());
    let counts = async || (house.place.count("pupil").await, house.place.count("guardian").await);
    let before = counts().await;
    let shown = look(&office, handed.location()).await;
    let read = shown.read();
    for part in [
        "Juno Achterberg, 3 Oak",
        "Class: 5 Rowan → 5 Pine",
        "the year has two figures",
        "Patricia Clarke, contact of Noah Clarke",
        "c.brennan@demo.example",
    ] {
        assert!(read.contains(part), "{part}");
    }
    assert_eq!(counts().await, before, "looking changes nothing");
    let digest = shown.hidden("shown").unwrap();
    let confirm = format!("{}/confirm", handed.location());
    let done = office.post(&confirm, &[("shown", &digest)]).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, handed.location()));
    assert_eq!(counts().await, (before.0 + 1, before.1 + 2));
    let page = look(&office, handed.location()).await.read();
    assert!(page.contains("It is in") && page.contains("1 contact waits"), "{page}");
    // Twice is once.
    assert_eq!(office.post(&confirm, &[("shown", &digest)]).await.status, 303);
    assert_eq!(counts().await, (before.0 + 1, before.1 + 2));
    // The same file again changes nothing.
    let again = hand_in(&office, demo::roster::csv().as_bytes()).await;
    assert!(look(&office, again.location()).await.read().contains("This file changes nothing"));
}

#[tokio::test]
async fn what_changed_meanwhile_is_shown_anew_and_nothing_is_brought_in() {
    let house = House::open().await;
    let office = staff(&house, Role::Office).await;
    let handed = hand_in(&office, demo::roster::csv().as_bytes()).await;
    let digest = look(&office, handed.location()).await.hidden("shown").unwrap();
    house.place.by_hand("UPDATE guardian SET email = 'elsewhere@demo.example' WHERE forename = 'Ngozi'").await;
    let before = house.place.everything_but(&[]).await;
    let refused = office.post(&format!("{}/confirm", handed.location()), &[("shown", &digest)]).await;
    assert_eq!(refused.status, 409);
    assert!(refused.read().contains("elsewhere@demo.example → ngozi.okafor@demo.example"), "{}", refused.read());
    assert_eq!(house.place.everything_but(&[]).await, before);
    let digest = refused.hidden("shown").unwrap();
    assert_eq!(office.post(&format!("{}/confirm", handed.location()), &[("shown", &digest)]).await.status, 303);
}

#[tokio::test]
async fn a_file_in_doubt_needs_a_tick() {
    let house = House::open().await;
    let office = staff(&house, Role::Office).await;
    let csv = demo::roster::csv();
    let half: String = csv.lines().take(300).map(|line| format!("{line}\r\n")).collect();
    let handed = hand_in(&office, half.as_bytes()).await;
    let shown = look(&office, handed.location()).await;
    assert!(shown.read().contains("children on roll are not in this file"), "{}", shown.read());
    let (confirm, digest) = (format!("{}/confirm", handed.location()), shown.hidden("shown").unwrap());
    let before = house.place.everything_but(&[]).await;
    let refused = office.post(&confirm, &[("shown", &digest)]).await;
    assert_eq!((refused.status.as_u16(), refused.complaints()), (422, vec!["anyway".to_owned()]));
    assert_eq!(house.place.everything_but(&[]).await, before);
    assert_eq!(office.post(&confirm, &[("shown", &digest), ("anyway", "yes")]).await.status, 303);
    assert!(house.place.count("pupil WHERE missing_since IS NOT NULL").await > 100);
    assert!(look(&office, paths::ROSTER_REVIEW).await.read().contains("Not in the last file"));
}

#[tokio::test]
async fn what_is_no_roster_is_refused_with_its_reason_and_kept_nowhere() {
    let house = House::open().await;
    let office = staff(&house, Role::Office).await;
    let before = house.place.everything_but(&[]).await;
    for (file, reason) in [
        (&b"PK\x03\x04 a workbook"[..], "save it as CSV"),
        (b"a,b\n1,2\n", "heads that are needed"),
        (b"UPN,Surname,Reg\nx,y,z\n", "Missing: Date of birth"),
        (b"", "Choose a file"),
        (b"\xEF\xBB\xBF \r\n", "nothing in this file"),
    ] {
        let answer = hand_in(&office, file).await;
        assert_eq!((answer.status.as_u16(), answer.complaints()), (422, vec!["file".to_owned()]), "{reason}");
        assert!(answer.read().contains(reason), "{reason}: {}", answer.read());
    }
    assert_eq!(house.place.everything_but(&[]).await, before);
}

#[tokio::test]
async fn a_large_file_gets_through_for_staff_and_for_nobody_else() {
    let house = House::open().await;
    let office = staff(&house, Role::Office).await;
    // Blank lines: as large as a file may be, and quickly read.
    let mut file = demo::roster::csv().into_bytes();
    file.extend(std::iter::repeat_n(b'\n', (10 << 20) - file.len()));
    assert_eq!(hand_in(&office, &file).await.status, 303);
    file.extend(vec![b'\n'; 200_000]);
    let too_large = hand_in(&office, &file).await;
    assert_eq!((too_large.status.as_u16(), too_large.complaints()), (422, vec!["file".to_owned()]));
    let parent = house.device_of(NGOZI).await;
    let refused = hand_in(&parent, &file[..1 << 20]).await;
    assert!(refused.status == 403 && refused.says_not_received(), "{}", refused.read());
    assert_eq!(house.place.count("file_import").await, 1);
}

#[tokio::test]
async fn a_file_with_a_token_of_somebody_else_is_refused() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let office = welcome.come(&house, Who::Staff(Role::Office)).await.browser;
    let other = welcome.come(&house, Who::Staff(Role::AttendanceOfficer)).await.browser;
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let csv = demo::roster::csv();
    for (csrf, more) in [
        (token(&other), ("accept", "*/*")),
        (String::new(), ("accept", "*/*")),
        (token(&office), ("origin", "https://evil.example")),
    ] {
        let answer = office
            .send(Method::POST, paths::ROSTER, &[("content-type", &kind), more], body(&csrf, csv.as_bytes()))
            .await;
        assert_eq!(answer.status, 403);
    }
    assert_eq!(house.place.count("file_import").await, 0);
}

#[tokio::test]
async fn a_hostile_file_changes_no_page() {
    let house = House::open().await;
    let office = staff(&house, Role::Office).await;
    let evil = "\"<script>alert(1)</script>\"";
    let file = format!(
        "UPN,Surname,Forename,DOB,Reg,Contact ID,Contact Surname,PR,Email\nJ874234519001,{evil},\"x\"\"y\",12/03/2019,3 Oak,1,{evil},T,a@b.example\nJ874234519001,{evil},{evil},12/03/19,{evil},,,,\n"
    );
    let handed = hand_in(&office, file.as_bytes()).await;
    let page = look(&office, handed.location()).await;
    assert!(
        page.text().contains("&lt;script&gt;alert(1)&lt;/script&gt;") && !page.text().contains("<script>alert"),
        "{}",
        page.main()
    );
    let fields = [("shown", page.hidden("shown").unwrap()), ("anyway", "yes".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(office.post(&format!("{}/confirm", handed.location()), &fields).await.status, 303);
    assert!(!look(&office, paths::ROSTER_REVIEW).await.text().contains("<script>alert"));
}

/// The fields that name the link of this contact and child, as the class's page has them.
pub(super) fn fields_of(page: &Answer, name: &str) -> Vec<(String, String)> {
    let from = page.text().find(&format!("<b>{name}</b>")).expect(name);
    let rest = Answer { bytes: page.text().as_bytes()[from..].to_vec(), ..page.clone() };
    ["guardian", "pupil", "seen"]
        .into_iter()
        .filter_map(|field| Some((field.to_owned(), rest.hidden(field)?)))
        .collect()
}

async fn sends(browser: &Browser, path: &str, fields: &[(String, String)], more: (&str, &str)) -> Answer {
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.push(more);
    browser.post(path, &all).await
}

#[tokio::test]
async fn the_office_lets_somebody_in_and_it_counts_from_the_next_click() {
    let house = House::open().await;
    let office = staff(&house, Role::Office).await;
    let tom = house.device_of(TOM).await;
    let sees = async || look(&tom, paths::HOME).await.read().contains("Isla");
    assert!(!sees().await);
    let page = look(&office, paths::ROSTER_REVIEW).await;
    let fields = fields_of(&page, "Tom Brennan");
    assert_eq!(sends(&office, paths::ROSTER_ACCESS, &fields, ("access", "full")).await.status, 303);
    assert!(sees().await);
    // What was seen is no longer so.
    let late = sends(&office, paths::ROSTER_ACCESS, &fields, ("access", "none")).await;
    assert_eq!(late.status, 409);
    assert!(sees().await);
    assert_eq!(sends(&office, paths::ROSTER_ACCESS, &fields, ("access", "all")).await.status, 400);
}

#[tokio::test]
async fn the_office_sees_a_bar_and_only_safeguarding_lifts_it() {
    let house = House::open().await;
    let welcome = Welcome::prepare(&house).await;
    let office = welcome.come(&house, Who::Staff(Role::Office)).await.browser;
    let lead = welcome.come(&house, Who::Staff(Role::SafeguardingLead)).await.browser;
    let seen = look(&office, paths::ROSTER_REVIEW).await;
    assert!(seen.read().contains("Darren Whitfield") && !seen.text().contains(paths::ROSTER_BAR), "{}", seen.main());
    let fields = fields_of(&look(&lead, paths::ROSTER_REVIEW).await, "Darren Whitfield");
    let darren = house.device_of(DARREN).await;
    let sees = async || look(&darren, paths::HOME).await.read().contains("Leo");
    assert_eq!(sends(&office, paths::ROSTER_BAR, &fields, ("barred", "no")).await.status, 403);
    assert!(!sees().await);
    assert_eq!(sends(&lead, paths::ROSTER_BAR, &fields, ("barred", "no")).await.status, 303);
    assert!(sees().await);
    assert_eq!(sends(&lead, paths::ROSTER_BAR, &fields, ("barred", "yes")).await.status, 303);
    assert!(!sees().await);
    // From a desk left open nobody is let in; a bar can be set at any time.
    let later = house.later(16).await;
    let lead = lead.at(&later.site);
    let asked = sends(&lead, paths::ROSTER_BAR, &fields, ("barred", "no")).await;
    assert_eq!(asked.location(), paths::staff_prove(paths::ROSTER_REVIEW));
    assert_eq!(house.place.count("guardian_pupil WHERE barred").await, 2);
    let set = sends(&lead, paths::ROSTER_BAR, &fields, ("barred", "yes")).await;
    assert_eq!(set.location(), paths::ROSTER_REVIEW);
    let code = lead.app_code("safeguarding@demo.example").await;
    let proved = lead.post(&paths::staff_prove(paths::ROSTER_REVIEW), &[("code", &code)]).await;
    assert_eq!(proved.location(), paths::ROSTER_REVIEW);
    let lifted = sends(&lead, paths::ROSTER_BAR, &fields, ("barred", "no")).await;
    assert_eq!(lifted.location(), paths::ROSTER_REVIEW);
    assert_eq!(house.place.count("guardian_pupil WHERE barred").await, 1);
}

#[tokio::test]
async fn the_review_names_children_nobody_can_report_and_inboxes_that_are_shared() {
    let house = House::open().await;
    let office = staff(&house, Role::Office).await;
    house.place.by_hand("UPDATE guardian SET email = NULL WHERE forename = 'Grace' AND surname = 'Adeyemi'").await;
    let page = look(&office, paths::ROSTER_REVIEW).await;
    let part = |id: &str| between(page.text(), &format!("id=\"{id}\""), "</details>").unwrap_or_default().to_owned();
    assert!(part("shared").contains("rahman.family@demo.example"), "{}", part("shared"));
    // The Lowes' inbox has somebody barred behind it: nobody gets in by it.
    for child in ["Moyo Adeyemi", "Harriet Lowe"] {
        assert!(part("alone").contains(child), "{child}: {}", part("alone"));
    }
    assert!(!part("alone").contains("Ada Okafor"), "{}", part("alone"));
}
