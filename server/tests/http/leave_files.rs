//! Letters and photos with a form for leave before it is sent: kept with the draft on any device, sent with it, gone
//! with it.

use app::{
    paths::{self, Hand},
    rules::{id::SubmissionId, reference::Reference},
};
use reqwest::Method;
use server::{
    demo::people::{MALGORZATA, NGOZI},
    store::{Drafter, journal::Verdict},
};

use super::{
    browser::Browser,
    files::photo,
    house::House,
    leave::{okafors, signs},
    leave_forms::{answers, asked_for_leave, begun_with, with_photo},
    page::Answer,
    people::guardian,
};

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

/// The addresses of the files on a page.
fn files_on(page: &Answer) -> Vec<String> {
    let links = page.text().split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|href| href.contains("/files/") || href.contains("/evidence/")).map(str::to_owned).collect()
}

#[tokio::test]
async fn files_are_added_on_one_device_and_sent_from_another() {
    let house = House::open().await;
    let draft = begun_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let mut phone = house.device_of(NGOZI).await;
    let tasks = phone.get(&Hand::Leave.form(&draft)).await;
    assert!(tasks.text().contains("Letters and photos") && tasks.text().contains("Optional"), "{}", tasks.main());
    phone.get(&Hand::Leave.files(&draft)).await;
    let (one, two) = (photo(60, 80), photo(30, 40));
    for _ in 0..2 {
        let added = phone.upload(&Hand::Leave.files(&draft), &[("invitation.jpg", &one)]).await;
        assert_eq!(added.location(), Hand::Leave.files(&draft), "{}", added.main());
    }
    assert_eq!(house.place.count("draft_evidence").await, 1, "the same file twice is there once");
    // One that is refused takes the other not with it.
    let mixed = phone.upload(&Hand::Leave.files(&draft), &[("note.exe", b"MZ"), ("letter.jpg", &two)]).await;
    assert_eq!(mixed.status, 422);
    assert!(mixed.text().contains("note.exe") && mixed.text().contains("letter.jpg"), "{}", mixed.main());

    let tomorrow = house.later(26 * 60).await;
    let mut laptop = tomorrow.parent(NGOZI).await;
    assert!(laptop.get(&Hand::Leave.form(&draft)).await.text().contains("2 files added"));
    let page = laptop.get(&Hand::Leave.files(&draft)).await;
    let files = files_on(&page);
    assert_eq!(files.len(), 2, "{}", page.main());
    let file = look(&laptop, &files[0]).await;
    assert!(file.status == 200 && file.header("content-type") == "image/jpeg" && file.bytes.len() > 100);
    let removed = laptop.post(&format!("{}/remove", files[1]), &[]).await;
    assert_eq!((removed.status.as_u16(), house.place.count("draft_evidence_piece").await), (303, 1));
    assert_eq!(laptop.post(&format!("{}/remove", files[1]), &[]).await.status, 404);
    assert!(laptop.get(&paths::leave_check(&draft)).await.text().contains("1 file added"));

    let sent = signs(&mut laptop, &draft, "Ngozi Okafor", 6).await;
    assert_eq!(sent.status, 303, "{}", sent.main());
    for (table, count) in [("draft_evidence", 0), ("draft_evidence_piece", 0), ("evidence", 1), ("evidence_piece", 1)] {
        assert_eq!(house.place.count(table).await, count, "{table}");
    }
    let reference = Reference::parse(sent.location().rsplit('/').next().unwrap()).unwrap();
    let page = laptop.get(&paths::evidence(&reference)).await;
    let there = look(&laptop, &files_on(&page)[0]).await;
    assert_eq!(there.bytes, file.bytes, "the same bytes");
    let lines = house.place.texts("SELECT action FROM journal ORDER BY seq DESC LIMIT 2").await;
    assert_eq!(lines, ["ask_for_leave", "add_evidence"]);
    assert!(matches!(house.portal.school.verify_journal(&[]).await.unwrap(), Verdict::Whole { .. }));
}

#[tokio::test]
async fn there_are_five_at_most_and_those_of_the_request_that_is_changed_count() {
    let house = House::open().await;
    let reference = asked_for_leave(&house, NGOZI, &okafors()).await;
    super::guests::added(&house, NGOZI, &reference).await;
    let mut browser = house.device_of(NGOZI).await;
    let id = browser.get(&paths::leave_request(&reference)).await.hidden("draft").unwrap();
    browser.post_form(&paths::leave_change(&reference), &[("draft", &id)]).await;
    let draft = SubmissionId::parse(&id).unwrap();
    assert!(browser.get(&Hand::Leave.files(&draft)).await.text().contains("Up to 4 files"));
    let photos: Vec<Vec<u8>> = (1..=5).map(|number| photo(20 * number, 30)).collect();
    let files: Vec<(&str, &[u8])> = photos.iter().map(|bytes| ("photo.jpg", bytes.as_slice())).collect();
    let refused = browser.upload(&Hand::Leave.files(&draft), &files).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("One file was not added"), "{}", refused.main());
    assert_eq!(house.place.count("draft_evidence").await, 4);
    let sent = signs(&mut browser, &draft, "Ngozi Okafor", 6).await;
    assert_eq!(sent.status, 303, "{}", sent.main());
    let now = Reference::parse(sent.location().rsplit('/').next().unwrap()).unwrap();
    assert_eq!(files_on(&browser.get(&paths::evidence(&now)).await).len(), 5);
}

#[tokio::test]
async fn those_that_come_to_the_request_while_it_is_changed_are_counted_when_the_change_is_sent() {
    let house = House::open().await;
    let reference = asked_for_leave(&house, NGOZI, &okafors()).await;
    let mut browser = house.device_of(NGOZI).await;
    let id = browser.get(&paths::leave_request(&reference)).await.hidden("draft").unwrap();
    browser.post_form(&paths::leave_change(&reference), &[("draft", &id)]).await;
    let draft = SubmissionId::parse(&id).unwrap();
    let photos: Vec<Vec<u8>> = (1..=5).map(|number| photo(20 * number, 30)).collect();
    let files: Vec<(&str, &[u8])> = photos.iter().map(|bytes| ("photo.jpg", bytes.as_slice())).collect();
    assert_eq!(browser.upload(&Hand::Leave.files(&draft), &files).await.status, 303);
    // One of the five also came to the request itself: it is one file, and the change may go. Another is one too many.
    assert_eq!(browser.upload(&paths::evidence(&reference), &files[..1]).await.status, 303);
    super::guests::added(&house, NGOZI, &reference).await;
    let refused = signs(&mut browser, &draft, "Ngozi Okafor", 6).await;
    assert!(refused.status == 409 && refused.text().contains("more than five now"), "{}", refused.main());
    assert_eq!((house.place.count("evidence").await, house.place.count("submission").await), (2, 1));
    let there = files_on(&browser.get(&Hand::Leave.files(&draft)).await);
    assert_eq!(browser.post(&format!("{}/remove", there[1]), &[]).await.status, 303);
    let sent = signs(&mut browser, &draft, "Ngozi Okafor", 6).await;
    assert_eq!(sent.status, 303, "{}", sent.main());
    assert_eq!(house.place.count("evidence WHERE removed_at IS NULL").await, 5);
}

#[tokio::test]
async fn they_go_with_the_form_and_are_nobody_elses() {
    let house = House::open().await;
    let draft = begun_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let whose = Drafter::Guardian(guardian(NGOZI));
    let evidence = with_photo(&house, &whose, &draft).await;
    let other = house.device_of(MALGORZATA).await;
    for path in [Hand::Leave.files(&draft), Hand::Leave.file(&draft, &evidence)] {
        assert_eq!(look(&other, &path).await.status, 404, "{path}");
    }
    assert_eq!(other.post(&Hand::Leave.file_remove(&draft, &evidence), &[]).await.status, 404);
    // By the draft of another's own it opens nothing either.
    let theirs = begun_with(&house, MALGORZATA, answers(&[super::people::pupil("Zofia Kaczmarek")], &[])).await;
    assert_eq!(look(&other, &Hand::Leave.file(&theirs, &evidence)).await.status, 404);
    assert_eq!(other.post(&Hand::Leave.file_remove(&theirs, &evidence), &[]).await.status, 404);

    let hers = house.device_of(NGOZI).await;
    let asks = look(&hers, &Hand::Leave.drop(&draft)).await;
    assert!(asks.text().contains("the letters and photos that were added"), "{}", asks.main());
    assert_eq!(hers.post(&Hand::Leave.drop(&draft), &[]).await.location(), paths::LEAVE);
    assert_eq!(house.place.count("draft_evidence_piece").await, 0);
    let draft = begun_with(&house, NGOZI, answers(&okafors(), &[])).await;
    with_photo(&house, &whose, &draft).await;
    let over = house.later(31 * 24 * 60).await;
    over.portal.school.sweep_drafts(over.portal.now()).await.unwrap();
    assert_eq!((house.place.count("draft_evidence").await, house.place.count("draft_evidence_piece").await), (0, 0));
}
