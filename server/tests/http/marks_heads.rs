//! Heads that nobody knows: staff say what they mean, and it holds for every file after.

use app::paths;
use reqwest::Method;
use server::import::Meanings;

use super::{
    browser::Browser,
    house::House,
    people::pupil,
    roster::{BOUNDARY, look},
};

async fn office(house: &House) -> Browser {
    house.session(&house.staff_ids().await["office@demo.example"], true).await
}

async fn hand_in(browser: &mut Browser, file: &str) -> super::page::Answer {
    browser.get(paths::MARKS).await;
    let mut body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n--{BOUNDARY}\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"m.csv\"\r\nContent-Type: text/csv\r\n\r\n",
        browser.token()
    );
    body += file;
    body += &format!("\r\n--{BOUNDARY}--\r\n");
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    browser.send(Method::POST, paths::MARKS, &[("content-type", &kind)], body.into_bytes()).await
}

#[tokio::test]
async fn heads_are_explained_once_and_forgotten_on_request() {
    let house = House::open().await;
    let mut office = office(&house).await;
    let id = pupil("Ada Okafor");
    let number = house.place.texts(&format!("SELECT mis_id FROM pupil WHERE pupil_id = '{id}'")).await.remove(0);
    let evil = "<script>alert(1)</script>";
    let file = format!("Ref No,When,Sitzung,Kürzel {evil}\n{number},20/11/2026,AM,I\n");
    let handed = hand_in(&mut office, &file).await;
    assert_eq!(handed.status, 303, "{}", handed.main());
    let page = office.get(handed.location()).await;
    assert!(
        page.read().contains("Which column is which?") && !page.text().contains("<script>alert"),
        "{}",
        page.main()
    );
    assert!(page.read().contains("for example 20/11/2026"));
    let heads = format!("{}/heads", handed.location());
    let half =
        office.post(&heads, &[("meaning", "number"), ("meaning", "date"), ("meaning", "-"), ("meaning", "-")]).await;
    assert_eq!((half.status.as_u16(), half.complaints()), (422, vec!["head-0".to_owned()]));
    assert!(half.text().contains("value=\"number\" selected"), "what was chosen stays: {}", half.main());
    assert_eq!(house.place.count("heading").await, 0);
    let said = [("meaning", "number"), ("meaning", "date"), ("meaning", "session"), ("meaning", "mark")];
    assert_eq!(office.post(&heads, &said).await.location(), handed.location());
    let plan = office.get(handed.location()).await;
    assert!(plan.read().contains("What this file would change"), "{}", plan.main());
    let shown = plan.hidden("shown").unwrap();
    assert_eq!(office.post(&format!("{}/confirm", handed.location()), &[("shown", &shown)]).await.status, 303);
    assert_eq!(house.place.count("mark").await, 1);
    // The next file with the same heads asks nothing.
    let again = hand_in(&mut office, &file.replace(",I\n", ",M\n")).await;
    assert!(look(&office, again.location()).await.read().contains("I → M"));
    // Also for the folder and the command: one place says it.
    let meanings = house.portal.school.meanings().await.unwrap();
    assert_ne!(meanings, Meanings::default());
    assert!(server::import::read_marks_as(file.as_bytes(), &meanings).is_ok());
    let page = office.get(paths::MARKS).await;
    assert!(page.read().contains("Heads you have explained") && !page.text().contains("<script>alert"));
    for head in house.place.texts("SELECT head FROM heading").await {
        assert_eq!(office.post(paths::MARKS_FORGET, &[("head", &head)]).await.location(), paths::MARKS);
    }
    assert_eq!(house.place.count("heading").await, 0);
    assert_eq!(hand_in(&mut office, &file).await.status, 303);
}

#[tokio::test]
async fn a_head_that_is_known_for_something_else_can_be_said_to_be_nothing() {
    let file = "UPN,Date,Session,Mark,Late\nJ874234519001,2026-11-20,AM,L,12\n";
    let said = |meaning: &str| Meanings::of([("late".to_owned(), meaning.to_owned())]);
    let minutes =
        |meanings: &Meanings| server::import::read_marks_as(file.as_bytes(), meanings).unwrap().given[0].minutes;
    assert_eq!(minutes(&Meanings::default()), Some(12));
    assert_eq!(minutes(&said("")), None);
    assert_eq!(minutes(&said("no such word")), Some(12));
}
