//! Forms for leave when something is lost meanwhile: a bar is set, a child is no longer theirs, a page is old.

use app::{
    paths,
    rules::{form::Answers, id::SubmissionId, leave::key},
};
use server::{
    demo::people::NGOZI,
    store::{Drafter, journal::Actor, seen},
};

use super::{
    house::House,
    leave::{look, okafors, save, signs},
    leave_forms::{answers, asked_for_leave, begun_with},
    people::guardian,
};

#[tokio::test]
async fn whoever_is_barred_meanwhile_has_no_form_any_more() {
    let house = House::open().await;
    let draft = begun_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let browser = house.device_of(NGOZI).await;
    let check = paths::leave_check(&draft);
    assert_eq!(look(&browser, &check).await.status, 200);
    let asked = asked_for_leave(&house, NGOZI, &okafors()).await;
    for child in okafors() {
        let system = Actor::System("test");
        house.portal.school.set_bar(&guardian(NGOZI), &child, true, system, house.portal.now()).await.unwrap();
    }
    let back = house.device_of(NGOZI).await;
    for path in [check, paths::leave_draft(&draft), paths::leave_request(&asked), paths::leave_pdf(&asked)] {
        assert_eq!(look(&back, &path).await.status, 404, "{path}");
    }
    let list = look(&back, paths::LEAVE).await;
    assert!(!list.text().contains(&paths::leave_draft(&draft)) && !list.text().contains("Ada"), "{}", list.main());
}

#[tokio::test]
async fn whoever_has_lost_a_child_changes_nothing_about_it_and_reads_no_more_of_it() {
    let house = House::open().await;
    let reference = asked_for_leave(&house, NGOZI, &okafors()).await;
    let mut browser = house.device_of(NGOZI).await;
    let id = browser.get(&paths::leave_request(&reference)).await.hidden("draft").unwrap();
    browser.post_form(&paths::leave_change(&reference), &[("draft", &id)]).await;
    let draft = SubmissionId::parse(&id).unwrap();
    let [ada, sam] = okafors();
    house.portal.school.set_bar(&guardian(NGOZI), &ada, true, Actor::System("test"), house.portal.now()).await.unwrap();
    let mut back = house.device_of(NGOZI).await;
    let page = back.get(&paths::leave_request(&reference)).await;
    assert!(page.text().contains("Sam Okafor") && !page.text().contains("Ada Okafor"), "{}", page.main());
    assert!(!page.text().contains("Change this request"), "{}", page.main());
    // The form that was begun before, for Sam alone.
    let children = [(key::CHILDREN, sam.as_str()), (key::LIVES_WITH, "yes")];
    assert_eq!(save(&mut back, &draft, "children", &children).await.status, 303);
    let preview = back.get(&paths::leave_step(&draft, "preview")).await;
    let shown = preview.hidden(key::PREVIEWED).unwrap();
    save(&mut back, &draft, "preview", &[(key::PREVIEWED, &shown)]).await;
    assert_eq!(signs(&mut back, &draft, "Ngozi Okafor", 6).await.status, 409);
    let found = house.portal.school.leave(&reference).await.unwrap().unwrap();
    assert!(found.children.iter().all(|child| child.state.word() == "sent"), "both still wait for the headteacher");
}

#[tokio::test]
async fn an_old_page_begins_no_second_form_with_the_id_of_one_that_was_sent() {
    let house = House::open().await;
    let mut browser = house.device_of(NGOZI).await;
    let id = browser.get(paths::LEAVE).await.hidden("draft").unwrap();
    let draft = SubmissionId::parse(&id).unwrap();
    let whose = Drafter::Guardian(guardian(NGOZI));
    browser.post_form(paths::LEAVE, &[("draft", &id)]).await;
    let filled: Vec<(String, String)> =
        answers(&okafors(), &[]).iter().map(|(key, answer)| (key.to_owned(), answer.to_owned())).collect();
    let knew = seen(&Answers::default(), filled.iter().map(|(key, _)| key.as_str()));
    house.portal.school.save_draft(&whose, &draft, (filled, knew), house.portal.now()).await.unwrap();
    let sent = signs(&mut browser, &draft, "Ngozi Okafor", 6).await;
    let again = browser.post_form(paths::LEAVE, &[("draft", &id)]).await;
    assert_eq!(browser.follow(&again).await.location(), sent.location());
    assert_eq!((house.place.count("form_draft").await, house.place.count("submission").await), (0, 1));
}
