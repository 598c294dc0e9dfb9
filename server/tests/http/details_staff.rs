//! Families' details as the office has them: answering, asking, keying in, and who has looked.

use app::paths;
use server::demo::people::{MALGORZATA, NGOZI};

use super::{
    browser::Browser,
    details::{asked_for_change, asks, look},
    house::{House, Node},
    page::Answer,
};

async fn office(house: &Node) -> Browser {
    let ids = house.staff_ids().await;
    house.session(&ids["office@demo.example"], true).await
}

async fn answers(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(path).await;
    let was = page.hidden("was-mobile").unwrap_or_default();
    let mut all = vec![("was-mobile", was.as_str())];
    all.extend(fields);
    browser.post_form(path, &all).await
}

#[tokio::test]
async fn the_office_answers_with_old_and_new_side_by_side_and_the_family_hears_of_it() {
    let house = House::open().await;
    let mut hers = house.device_of(NGOZI).await;
    let changes = [("mobile", "07700 900456"), ("title", "=cmd()"), ("secret", "yes")];
    assert_eq!(asks(&mut hers, &changes).await.1.status, 303);
    let mut office = office(&house).await;
    let list = look(&office, paths::STAFF_DETAILS).await;
    for said in ["Ngozi Okafor", "Mobile phone", "To decide (1)", "ring first"] {
        assert!(list.text().contains(said), "{said}: {}", list.main());
    }
    let path = super::page::between(list.text(), "href=\"/staff/details/requests/", "\"").unwrap();
    let path = format!("/staff/details/requests/{path}");
    let page = look(&office, &path).await;
    for said in ["07700 900456", "In the MIS on the day", "Write no address down in this portal", "Ada Okafor (3 Oak)"]
    {
        assert!(page.text().contains(said), "{said}: {}", page.main());
    }
    assert!(!page.title().contains("Okafor"));
    let nothing = answers(&mut office, &path, &[]).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("Choose an answer"), "{}", nothing.main());
    let done =
        answers(&mut office, &path, &[("answer-mobile", "accept"), ("was-title", "asked"), ("answer-title", "accept")])
            .await;
    assert_eq!((done.status.as_u16(), done.location()), (303, path.as_str()));
    // "Everything" leaves out what leads to a call.
    let all = office.post_form(&path, &[("all", "yes"), ("was-secret", "asked")]).await;
    assert_eq!(all.status, 422, "{}", all.main());
    // From an old page the answer comes too late.
    let late = office.post_form(&path, &[("was-mobile", "asked"), ("answer-mobile", "refuse")]).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("Somebody else answered"), "{}", late.main());
    let page = hers.get(paths::DETAILS).await;
    assert!(page.text().contains("agreed") && page.text().contains("with the office"), "{}", page.main());
    let told = house.site.mail_to(NGOZI).await;
    assert!(told.iter().any(|mail| mail.subject.contains("a decision is waiting")), "{told:?}");

    let list = look(&office, paths::DETAILS_LIST).await;
    for said in ["2 of 2 to key in", "07700 900456", "Ngozi Okafor"] {
        assert!(list.text().contains(said), "{said}: {}", list.main());
    }
    let csv = look(&office, paths::DETAILS_LIST_CSV).await;
    assert!(csv.header("content-disposition").contains("details-2026-11-23.csv"));
    assert!(csv.text().contains("'=cmd()") && csv.text().contains("07700 900456"), "{}", csv.text());
    let names: Vec<String> = list.inputs("line").iter().map(|tag| tag.at("value")).collect();
    let ticked = office.post_form(paths::DETAILS_LIST, &[("line", &names[0])]).await;
    assert_eq!(ticked.location(), paths::DETAILS_LIST);
    assert!(look(&office, paths::DETAILS_LIST).await.text().contains("1 of 2 to key in"));
    let later = house.later(20).await;
    let stale = look(&office.at(&later.site), paths::DETAILS_LIST_CSV).await;
    assert_eq!(stale.location(), paths::staff_prove(paths::DETAILS_LIST_CSV), "a file asks for a fresh code");
}

#[tokio::test]
async fn the_office_asks_and_only_the_one_who_asked_for_it_answers() {
    let house = House::open().await;
    let reference = asked_for_change(&house, MALGORZATA).await;
    let mut office = office(&house).await;
    let path = paths::staff_details(&reference);
    let message = office.get(&path).await.hidden("message").unwrap();
    let empty =
        office.post_form(&paths::staff_details_messages(&reference), &[("message", &message), ("text", " ")]).await;
    assert_eq!(empty.status, 422);
    let fields = [("message", message.as_str()), ("text", "Is this yours alone?"), ("asks", "yes")];
    assert_eq!(office.post_form(&paths::staff_details_messages(&reference), &fields).await.status, 303);
    assert!(look(&office, paths::STAFF_DETAILS).await.text().contains("question asked"));
    let mut hers = house.device_of(MALGORZATA).await;
    assert!(hers.get(paths::HOME).await.text().contains("The school asks you something about your details"));
    let before = *house.portal.changes.borrow();
    let page = hers.get(paths::DETAILS).await;
    assert!(page.text().contains("Is this yours alone?"), "{}", page.main());
    assert!(*house.portal.changes.borrow() > before, "what is open elsewhere learns that it was read");
    let message = page.hidden("message").unwrap();
    let said = hers.post_form(paths::DETAILS_MESSAGES, &[("message", &message), ("text", "Yes, mine.")]).await;
    assert_eq!(said.location(), "/details#messages", "{}", said.main());
    assert!(look(&office, paths::STAFF_DETAILS).await.text().contains("new message"));
    assert!(look(&office, &path).await.text().contains("Yes, mine."));
    // Nobody else finds a conversation of their own there.
    let other = house.device_of(NGOZI).await;
    let answer = other.post(paths::DETAILS_MESSAGES, &[("message", &message), ("text", "Hello")]).await;
    assert_eq!(answer.status, 404);
}

#[tokio::test]
async fn the_office_sees_by_class_who_has_looked() {
    let house = House::open().await;
    let mut hers = house.device_of(NGOZI).await;
    hers.get(paths::DETAILS).await;
    hers.post_form(paths::DETAILS_RIGHT, &[]).await;
    let office = office(&house).await;
    let oak = house.portal.school.classes().await.unwrap().into_iter().find(|class| class.name == "3 Oak").unwrap();
    let page = look(&office, &paths::details_check_of(&oak.class_id)).await;
    for said in ["Okafor, Ada", "all right, 23 November 2026", "not yet", "1 of ", "2 people"] {
        assert!(page.text().contains(said), "{said}: {}", page.main());
    }
    assert_eq!(look(&office, "/staff/details/check?class=nothing").await.status, 404);
    let csv = look(&office, paths::DETAILS_CHECK_CSV).await;
    assert!(csv.text().contains("3 Oak,\"Okafor, Ada\",Ngozi Okafor,yes,2026-11-23,yes,yes"), "{}", &csv.text()[..400]);
}

#[tokio::test]
async fn what_a_family_writes_after_the_decision_is_listed_and_hidden_words_hide_it() {
    let house = House::open().await;
    let reference = asked_for_change(&house, NGOZI).await;
    let mut office = office(&house).await;
    let morning = look(&office, paths::MORNING).await;
    assert!(morning.text().contains("1 change of details waits"), "{}", morning.main());
    let path = paths::staff_details(&reference);
    assert_eq!(answers(&mut office, &path, &[("answer-mobile", "accept")]).await.status, 303);
    assert!(!look(&office, paths::MORNING).await.text().contains("of details wait"));
    // An old conversation can go on after the decision.
    let message = office.get(&path).await.hidden("message").unwrap();
    let asked = [("message", message.as_str()), ("text", "Thank you."), ("asks", "no")];
    assert_eq!(office.post_form(&paths::staff_details_messages(&reference), &asked).await.status, 303);
    let mut hers = house.device_of(NGOZI).await;
    let message = hers.get(paths::DETAILS).await.hidden("message").expect("a box to write in");
    let said = [("message", message.as_str()), ("text", "canary words")];
    assert_eq!(hers.post_form(paths::DETAILS_MESSAGES, &said).await.status, 303);
    let list = look(&office, paths::STAFF_DETAILS).await;
    for part in ["To decide (0)", "the family has written since (1)", "new message", path.as_str()] {
        assert!(list.text().contains(part), "{part}: {}", list.main());
    }
    for (hide, shown) in [("yes", false), ("no", true)] {
        office.get(paths::BOARD).await;
        let hidden = [("day", super::house::MONDAY), ("hide", hide)];
        assert_eq!(office.post_form(paths::BOARD_WORDS, &hidden).await.status, 303);
        let page = look(&office, &path).await;
        assert_eq!(page.text().contains("canary words"), shown, "{}", page.main());
    }
    assert!(!look(&office, paths::STAFF_DETAILS).await.text().contains("written since"), "it was read");
}

#[tokio::test]
async fn the_office_ends_what_a_barred_contact_had_asked_for() {
    let house = House::open().await;
    let reference = asked_for_change(&house, NGOZI).await;
    for child in ["Ada Okafor", "Sam Okafor"] {
        let (guardian, pupil) = (super::people::guardian(NGOZI), super::people::pupil(child));
        let test = server::store::journal::Actor::System("test");
        house.portal.school.set_bar(&guardian, &pupil, true, test, house.portal.now()).await.unwrap();
    }
    let mut office = office(&house).await;
    let path = paths::staff_details(&reference);
    let page = look(&office, &path).await;
    assert!(page.status == 200 && page.text().contains("they hear nothing of it"), "{}", page.main());
    let mails = house.place.count("mail").await;
    assert_eq!(answers(&mut office, &path, &[("answer-mobile", "refuse")]).await.status, 303);
    assert!(look(&office, paths::STAFF_DETAILS).await.text().contains("Nothing waits."));
    assert_eq!(house.place.count("mail").await, mails);
}
