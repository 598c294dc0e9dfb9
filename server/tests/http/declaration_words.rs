//! What families write about the policy reaches the office, whatever was answered, replaced or published since; and what they
//! typed is not lost on the way.

use app::{
    paths,
    rules::{
        declaration::Answer as Declared,
        id::{MessageId, PupilId},
        reference::Reference,
    },
};
use reqwest::Method;
use server::{
    demo::people::{CHIDI, NGOZI, PATRICIA},
    store::journal::Actor,
};

use super::{
    browser::Browser,
    declarations::{answered, declared, published, published_anew},
    house::{House, MONDAY},
    page::Answer,
    people::{guardian, pupil},
};

const OFFICE: &str = "office@demo.example";

/// Answers as the page offers it; the reference.
async fn answers(browser: &mut Browser, children: &[PupilId], said: &[(&str, &str)]) -> Reference {
    let page = browser.get(paths::DECLARE).await;
    let (submission, version) = (page.hidden("submission").expect("a form"), page.hidden("version").unwrap());
    let mut all = vec![("submission", submission.as_str()), ("version", version.as_str())];
    all.extend(children.iter().map(|child| ("child", child.as_str())));
    all.extend(said);
    let sent = browser.post(paths::DECLARE, &all).await;
    assert_eq!(sent.status, 303, "{}", sent.main());
    Reference::parse(sent.location().rsplit('/').next().unwrap()).unwrap()
}

fn talks(words: &str) -> [(&str, &str); 2] {
    [("answer", "talk"), ("words-talk", words)]
}

const SIGNS: [(&str, &str); 3] = [("answer", "signed"), ("agree", "yes"), ("name", "Ngozi Okafor")];

/// The list of those who wait or wish to talk, as the page reads.
async fn list(office: &mut Browser) -> String {
    let page = office.get(paths::STAFF_POLICY).await.read();
    let from = page.find("have written").expect("a list");
    page[from..page.find("By class").unwrap()].to_owned()
}

/// Writes to this conversation from a child's page.
async fn writes(office: &mut Browser, child: &PupilId, to: &Reference, text: &str) -> Answer {
    let page = office.get(&paths::staff_declaration(child)).await;
    let field = format!("text-{}", to.as_str());
    assert!(!page.inputs("message").is_empty() && page.text().contains(&format!("id=\"{field}\"")), "{}", page.main());
    let message = page.hidden("message").unwrap();
    office.post(&paths::staff_declaration_messages(to), &[("message", &message), (&field, text)]).await
}

#[tokio::test]
async fn a_new_version_hides_nobody_who_waits_for_the_school() {
    let house = House::open().await;
    published(&house).await;
    let (ada, noah) = (pupil("Ada Okafor"), pupil("Noah Clarke"));
    let mut mother = house.device_of(NGOZI).await;
    let hers = answers(&mut mother, std::slice::from_ref(&ada), &talks("Please ring about the bus.")).await;
    answered(&house, CHIDI, std::slice::from_ref(&ada), Declared::No).await;
    answered(&house, PATRICIA, std::slice::from_ref(&noah), Declared::Talk).await;
    assert_eq!(published_anew(&house, "# Two").await, 2);
    let mut office = house.staff(OFFICE).await;
    let waiting = list(&mut office).await;
    for name in ["Ngozi Okafor", "Chidi Okafor", "Patricia Clarke"] {
        assert!(waiting.contains(name), "{name}: {waiting}");
    }
    assert_eq!(waiting.matches("Waits for us").count(), 3, "{waiting}");
    assert_eq!(waiting.matches("about version 1").count(), 3, "{waiting}");
    let page = office.get(&paths::staff_declaration(&ada)).await;
    assert!(page.read().contains("Please ring about the bus."), "{}", page.main());
    assert!(page.read().contains("about an earlier answer to version 1"), "{}", page.main());
    let answer = writes(&mut office, &ada, &hers, "We ring at four.").await;
    assert_eq!(answer.status, 303, "{}", answer.main());
    assert!(!list(&mut office).await.contains("Ngozi"), "answered, and about a version that does not count any more");
    // Who asked to talk without a word and has signed the later version does not wait any more.
    declared(&house, PATRICIA, &[noah]).await;
    let waiting = list(&mut office).await;
    assert!(waiting.contains("Chidi Okafor") && !waiting.contains("Patricia"), "{waiting}");
}

#[tokio::test]
async fn words_on_answers_that_gave_way_and_after_signing_reach_the_office() {
    let house = House::open().await;
    published(&house).await;
    let [ada, sam] = ["Ada Okafor", "Sam Okafor"].map(pupil);
    let mut phone = house.device_of(NGOZI).await;
    let first = answers(&mut phone, std::slice::from_ref(&ada), &talks("About Ada’s bus.")).await;
    answers(&mut phone, std::slice::from_ref(&sam), &talks("About Sam’s lunch.")).await;
    let both = [ada.clone(), sam.clone()];
    let signed = answers(&mut phone, &both, &SIGNS).await;
    let mut office = house.staff(OFFICE).await;
    let waiting = list(&mut office).await;
    assert!(
        waiting.contains("Ngozi Okafor") && waiting.contains("Signed") && waiting.contains("Waits for us"),
        "{waiting}"
    );
    for child in &both {
        let page = office.get(&paths::staff_declaration(child)).await.read();
        let bus = page.find("About Ada’s bus.").unwrap_or_else(|| panic!("{page}"));
        assert!(page.find("About Sam’s lunch.").is_some_and(|lunch| lunch > bus), "{page}");
    }
    // One conversation: she finds it on the receipt that counts.
    let receipt = phone.get(&paths::declaration(&signed)).await;
    assert!(receipt.read().contains("About Ada’s bus.") && receipt.read().contains("About Sam’s lunch."));
    assert_eq!(writes(&mut office, &ada, &signed, "We ring at four.").await.status, 303);
    assert!(list(&mut office).await.contains("Nobody has asked to talk"));
    // Written after signing, and on a receipt that another has followed.
    for (to, said) in [(&signed, "And his coat?"), (&first, "And her shoes?")] {
        // The page of an answer that has been followed offers no field; one that stood open still has it.
        let message = MessageId::from_bytes(rand::random()).to_string();
        let say = phone.post(&paths::declaration_messages(to), &[("message", &message), ("text", said)]).await;
        assert_eq!(say.status, 303, "{}", say.main());
        assert!(list(&mut office).await.contains("Waits for us"), "{said}");
        let page = office.get(&paths::staff_declaration(&ada)).await;
        assert!(page.read().contains(said), "{said}: {}", page.main());
        let answer = writes(&mut office, &ada, to, "In the office.").await;
        assert_eq!(answer.status, 303, "{said}: {}", answer.main());
        assert!(!list(&mut office).await.contains("Waits for us"), "{said}");
    }
}

#[tokio::test]
async fn an_answer_that_still_counts_for_one_child_keeps_its_conversation() {
    let house = House::open().await;
    published(&house).await;
    let both = ["Ada Okafor", "Sam Okafor"].map(pupil);
    let mut phone = house.device_of(NGOZI).await;
    let talk = answers(&mut phone, &both, &talks("Please ring.")).await;
    let signed = answers(&mut phone, &both[..1], &SIGNS).await;
    assert!(phone.get(&paths::declaration(&talk)).await.read().contains("Please ring."));
    assert!(!phone.get(&paths::declaration(&signed)).await.read().contains("Please ring."));
    let mut office = house.staff(OFFICE).await;
    for child in &both {
        assert!(office.get(&paths::staff_declaration(child)).await.read().contains("Please ring."));
    }
    let last = answers(&mut phone, &both[1..], &SIGNS).await;
    assert!(phone.get(&paths::declaration(&last)).await.read().contains("Please ring."));
}

#[tokio::test]
async fn what_somebody_wrote_who_is_not_asked_any_more_or_whose_child_left_is_found() {
    let house = House::open().await;
    published(&house).await;
    let ada = pupil("Ada Okafor");
    let mut father = house.device_of(CHIDI).await;
    answers(&mut father, std::slice::from_ref(&ada), &talks("I was never told.")).await;
    let (school, now) = (&house.portal.school, house.portal.now());
    school.set_bar(&guardian(CHIDI), &ada, true, Actor::System("test"), now).await.unwrap();
    let mut office = house.staff(OFFICE).await;
    let page = office.get(&paths::staff_declaration(&ada)).await;
    assert!(page.read().contains("I was never told.") && page.read().contains("Not asked about this child now"));
    assert!(page.inputs("who").iter().all(|input| !input.is("value", guardian(CHIDI).as_str())), "{}", page.main());
    house.place.by_hand(&format!("UPDATE pupil SET left_on = '2026-11-01' WHERE pupil_id = '{ada}'")).await;
    let page = office.get(&paths::staff_declaration(&ada)).await;
    assert!(page.status == 200 && page.read().contains("I was never told."), "{}", page.main());
    assert!(page.inputs("who").is_empty(), "nobody signs for a child who has left");
    let noah = pupil("Noah Clarke");
    house.place.by_hand(&format!("UPDATE pupil SET left_on = '2026-11-01' WHERE pupil_id = '{noah}'")).await;
    assert_eq!(office.get(&paths::staff_declaration(&noah)).await.status, 404);
}

#[tokio::test]
async fn words_that_are_hidden_are_not_noted_as_read() {
    let house = House::open().await;
    published(&house).await;
    let ada = pupil("Ada Okafor");
    let mut phone = house.device_of(NGOZI).await;
    answers(&mut phone, std::slice::from_ref(&ada), &talks("Please ring.")).await;
    let mut office = house.staff(OFFICE).await;
    office.get(paths::STAFF_POLICY).await;
    let read = "message WHERE about_kind = 'declaration' AND read_at IS NOT NULL";
    for (hide, count) in [("yes", 0), ("no", 1)] {
        assert_eq!(office.post(paths::BOARD_WORDS, &[("day", MONDAY), ("hide", hide)]).await.status, 303);
        let page = office.get(&paths::staff_declaration(&ada)).await;
        assert_eq!(page.read().contains("Please ring."), hide == "no");
        assert_eq!(house.place.count(read).await, count, "{hide}");
    }
}

#[tokio::test]
async fn a_child_named_twice_is_answered_for_once_and_no_name_is_guessed_at() {
    let house = House::open().await;
    published(&house).await;
    let ada = pupil("Ada Okafor");
    let mut phone = house.device_of(NGOZI).await;
    let page = phone.get(paths::DECLARE).await;
    let submission = page.hidden("submission").unwrap();
    let mut fields = vec![("submission", submission.as_str()), ("version", "1"), ("child", ada.as_str())];
    fields.extend(talks("Please ring."));
    let mut odd = fields.clone();
    odd.push(("child", "nobody"));
    assert_eq!(phone.post(paths::DECLARE, &odd).await.status, 400);
    fields.push(("child", ada.as_str()));
    let sent = phone.post(paths::DECLARE, &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.main());
    assert_eq!(house.place.count("declaration").await, 1);
    assert!(phone.follow(&sent).await.read().contains("Please ring."));
}

#[tokio::test]
async fn a_code_that_runs_out_while_somebody_types_loses_no_word() {
    let house = House::open().await;
    published(&house).await;
    let [ada, sam] = ["Ada Okafor", "Sam Okafor"].map(pupil);
    let mut phone = house.device_of(NGOZI).await;
    let page = phone.get(paths::DECLARE).await;
    let submission = page.hidden("submission").unwrap();
    let old = phone.at(&house.later(20).await.site);
    let mut fields = vec![("submission", submission.as_str()), ("version", "1"), ("child", ada.as_str())];
    fields.push(("child", sam.as_str()));
    fields.extend(talks("A long story."));
    let told = old.post(paths::DECLARE, &fields).await;
    assert_eq!(told.status, 403, "{}", told.main());
    assert_eq!(
        (told.text_area("words-talk").as_str(), told.chosen("answer")),
        ("A long story.", vec!["talk".to_owned()])
    );
    assert_eq!((told.chosen("child").len(), told.hidden("submission")), (2, Some(submission.clone())));
    let way = format!("href=\"{}\" target=\"_blank\"", paths::prove(paths::POLICY));
    assert!(told.text().contains(&way), "{}", told.main());
    assert_eq!(house.place.count("declaration_form").await, 0);
    // A version published meanwhile is told even so: nobody answers to a text they have not seen.
    assert_eq!(published_anew(&house, "# Two").await, 2);
    let told = old.post(paths::DECLARE, &fields).await;
    assert!(told.status == 409 && told.text_area("words-talk") == "A long story.", "{}", told.main());
    // With a fresh code the very same form goes.
    let sent = phone.send(Method::GET, paths::DECLARE, &[], Vec::new()).await;
    assert_eq!(sent.hidden("version").as_deref(), Some("2"));
    fields[1].1 = "2";
    assert_eq!(phone.post(paths::DECLARE, &fields).await.status, 303);
}
