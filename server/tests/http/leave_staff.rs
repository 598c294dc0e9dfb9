//! Preparing and deciding leave with forms only, as office, attendance officer, headteacher and designate have them.

use app::{
    paths,
    rules::{id::PupilId, reference::Reference},
};
use reqwest::Method;
use server::demo::people::{CHIDI, NGOZI};

use super::{
    browser::Browser,
    guests::{NO_RECEIPT, added},
    house::House,
    leave_forms::{asked_for_leave, asked_with},
    page::Answer,
    people::{guardian, pupil},
};

/// Breaks out of whatever writes it raw.
const HOSTILE: &str = "</textarea><script>alert(1)</script>\"'";

const OFFICE: &str = "office@demo.example";
const OFFICER: &str = "attendance@demo.example";
const HEAD: &str = "head@demo.example";
const DEPUTY: &str = "deputy@demo.example";

fn okafors() -> [PupilId; 2] {
    ["Ada Okafor", "Sam Okafor"].map(pupil)
}

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

async fn of(house: &House, email: &str) -> Browser {
    let ids = house.staff_ids().await;
    house.session(&ids[email], true).await
}

/// What a decision's form posts, on a page that this browser has opened.
async fn decides(browser: &mut Browser, reference: &Reference, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(&paths::staff_leave(reference)).await;
    let seen = seen(&page);
    sends(browser, reference, &seen, fields).await
}

/// The numbers of the decisions that a page was drawn with.
fn seen(page: &Answer) -> Vec<(String, String)> {
    let name = |part: &str| part.split('"').next().map(|leave| format!("seen-{leave}"));
    let names = page.text().split("name=\"seen-").skip(1).filter_map(name).collect::<Vec<_>>();
    names.into_iter().map(|name| (name.clone(), page.hidden(&name).unwrap_or_default())).collect()
}

async fn sends(
    browser: &mut Browser,
    reference: &Reference,
    seen: &[(String, String)],
    fields: &[(&str, &str)],
) -> Answer {
    let mut all: Vec<(&str, &str)> = seen.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.extend([("code", "C"), ("refused", "O")].iter().filter(|(name, _)| !fields.iter().any(|(of, _)| of == name)));
    all.extend(fields);
    browser.post_form(&paths::staff_leave_decision(reference), &all).await
}

const YES: [(&str, &str); 2] = [("answer", "all"), ("reason", "rare")];

#[tokio::test]
async fn a_request_goes_from_the_office_to_the_headteacher_and_its_decision_to_the_family() {
    let house = House::open().await;
    let reference = asked_with(&house, NGOZI, &okafors(), &[guardian(CHIDI)]).await;
    added(&house, NGOZI, &reference).await;
    let (mut office, mut officer, mut head) =
        (of(&house, OFFICE).await, of(&house, OFFICER).await, of(&house, HEAD).await);
    let list = look(&office, paths::STAFF_LEAVE).await;
    for said in ["Okafor, Ada", "To decide (1)", "0 of 1 other parent signed", "New"] {
        assert!(list.text().contains(said), "{said}: {}", list.main());
    }
    let page = look(&office, &paths::staff_leave(&reference)).await;
    assert!(page.text().contains("letter.pdf") && !page.text().contains("id=\"decide\""), "{}", page.main());
    assert!(!page.text().contains("<title>Ada") && page.text().contains("<title>A request for leave"));
    let note = page.hidden("note").unwrap();
    let path = paths::staff_leave_notes(&reference);
    let checked = office.post_form(&path, &[("note", &note), ("kind", "check")]).await;
    assert_eq!(checked.status, 303, "{}", checked.main());
    assert!(look(&office, paths::STAFF_LEAVE).await.text().contains("Being considered"));
    let again = office.post_form(&path, &[("note", &note), ("kind", "check")]).await;
    assert_eq!(again.status, 303);

    let note = look(&officer, &paths::staff_leave(&reference)).await.hidden("note").unwrap();
    let recommends = [("note", note.as_str()), ("kind", "recommendation"), ("words-of-note", HOSTILE)];
    let empty = officer.post_form(&path, &recommends).await;
    assert_eq!(empty.status, 422);
    assert!(empty.text().contains("Choose what you recommend"));
    let fields = [recommends.as_slice(), &[("recommends", "part")]].concat();
    assert_eq!(office.post_form(&path, &fields).await.status, 403, "the office recommends nothing");
    assert_eq!(officer.post_form(&path, &fields).await.status, 303);

    let page = look(&head, &paths::staff_leave(&reference)).await;
    for said in ["recommended: agree in part", "id=\"decide\"", "Attendance this school year", "at most, in the ten"] {
        assert!(page.text().contains(said), "{said}: {}", page.main());
    }
    assert!(!page.text().contains("<script>alert"), "{}", page.main());
    let done = decides(&mut head, &reference, &YES).await;
    assert_eq!((done.status.as_u16(), done.location()), (303, paths::staff_leave(&reference).as_str()));
    let page = look(&head, &paths::staff_leave(&reference)).await;
    assert!(page.text().contains("This is rare") && page.text().contains("Change the decision"), "{}", page.main());
    let mother = house.device_of(NGOZI).await;
    let hers = look(&mother, &paths::leave_request(&reference)).await;
    assert!(hers.text().contains("10 of 10 sessions agreed"), "{}", hers.main());
    assert!(!hers.text().contains("recommended"), "notes are the school’s");
    let told = house.place.count("mail WHERE kind = 'leave-decided'").await;
    assert_eq!(told, 1, "the father was asked and has not signed");
}

#[tokio::test]
async fn what_is_wrong_with_a_decision_is_said_and_what_was_typed_stays() {
    let house = House::open().await;
    let reference = asked_for_leave(&house, NGOZI, &okafors()).await;
    let mut head = of(&house, HEAD).await;
    for (fields, said) in [
        (vec![], "Choose whether you agree"),
        (vec![("answer", "part"), ("reason", "rare")], "Tick the sessions you agree to"),
        (vec![("answer", "all"), ("reason", "rare"), ("code", "S")], "Choose a code"),
        (vec![("answer", "all")], "Choose a reason, or give one in your own words"),
        (vec![("answer", "none"), ("reason", "rare")], "This reason does not go with your decision"),
    ] {
        let fields = [fields, vec![("words", "")]].concat();
        let page = decides(&mut head, &reference, &fields).await;
        assert_eq!(page.status, 422, "{said}");
        assert!(page.text().contains(said), "{said}: {}", page.main());
    }
    let long = "x".repeat(2001);
    let page = decides(&mut head, &reference, &[("answer", "none"), ("words", &long), ("reason", "holidays")]).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains(&long), "typed words stay");
    assert_eq!(house.place.count("leave_decision").await, 0);
    let part = [
        ("answer", "part"),
        ("agreed", "2026-12-07 AM"),
        ("agreed", "2026-12-07 PM"),
        ("at 2026-12-07 PM", "R"),
        ("words", HOSTILE),
    ];
    let done = decides(&mut head, &reference, &part).await;
    assert_eq!(done.status, 303, "{}", done.main());
    let page = look(&head, &paths::staff_leave(&reference)).await;
    assert!(page.text().contains("2 of 10 sessions agreed") && page.text().contains("R, agreed"), "{}", page.main());
    assert!(!page.text().contains("<script>alert"));
}

#[tokio::test]
async fn children_set_apart_get_different_answers_and_the_page_says_so() {
    let house = House::open().await;
    let reference = asked_for_leave(&house, NGOZI, &okafors()).await;
    let mut head = of(&house, HEAD).await;
    let page = head.get(&paths::staff_leave(&reference)).await;
    let seen = seen(&page);
    assert_eq!(seen.len(), 2);
    let end = |place: usize| seen[place].0.trim_start_matches("seen").to_owned();
    let names: Vec<String> = ["answer", "code", "refused"].into_iter().map(|of| format!("{of}{}", end(0))).collect();
    let other: Vec<String> = ["answer", "code", "refused"].into_iter().map(|of| format!("{of}{}", end(1))).collect();
    let fields = [
        ("apart", "yes"),
        (&names[0], "all"),
        (&names[1], "C"),
        (&names[2], "O"),
        (&other[0], "none"),
        (&other[1], "C"),
        (&other[2], "O"),
        ("reason", "rare"),
        ("reason", "holidays"),
    ];
    let done = sends(&mut head, &reference, &seen, &fields).await;
    assert_eq!(done.status, 303, "{}", done.main());
    let page = look(&head, &paths::staff_leave(&reference)).await;
    assert!(page.text().contains("Children of one family have different answers"), "{}", page.main());
    let reasons = house.place.texts("SELECT reasons FROM leave_decision ORDER BY outcome").await;
    assert!(reasons[0].starts_with("This is rare") && !reasons[0].contains("holidays"), "{reasons:?}");
    // Another form for the same days: beside it stands what the brother has already.
    let later = asked_for_leave(&house, NGOZI, &[pupil("Ada Okafor")]).await;
    let page = look(&head, &paths::staff_leave(&later)).await;
    assert!(page.text().contains("has another answer for these days: not agreed"), "{}", page.main());
}

#[tokio::test]
async fn what_came_too_late_is_information_and_never_c() {
    let house = House::open().await;
    let reference = asked_for_leave(&house, NGOZI, &okafors()).await;
    house.place.by_hand("UPDATE leave_form SET in_advance = FALSE").await;
    let mut head = of(&house, HEAD).await;
    let page = look(&head, &paths::staff_leave(&reference)).await;
    assert!(page.text().contains("not in advance") && !page.text().contains("<option value=\"C\""), "{}", page.main());
    let forced = decides(&mut head, &reference, &YES).await;
    assert_eq!(forced.status, 422);
    assert!(forced.text().contains("code C cannot be given"), "{}", forced.main());
    let religious = [YES.as_slice(), &[("code", "R")]].concat();
    assert_eq!(decides(&mut head, &reference, &religious).await.status, 303);
}

#[tokio::test]
async fn of_two_heads_the_second_is_told_and_keeps_what_was_typed() {
    let house = House::open().await;
    let reference = asked_for_leave(&house, NGOZI, &okafors()).await;
    let (mut head, mut deputy) = (of(&house, HEAD).await, of(&house, DEPUTY).await);
    let page = deputy.get(&paths::staff_leave(&reference)).await;
    let shown = seen(&page);
    assert_eq!(decides(&mut head, &reference, &YES).await.status, 303);
    let no = [("answer", "none"), ("reason", "holidays"), ("words", "canary typed")];
    let late = sends(&mut deputy, &reference, &shown, &no).await;
    assert_eq!(late.status, 409);
    assert!(late.text().contains("Somebody has decided") && late.text().contains("canary typed"), "{}", late.main());
    // The page that was drawn with the answer knows the new number.
    let again = seen(&late);
    assert_eq!(sends(&mut deputy, &reference, &again, &no).await.status, 303);
    let page = look(&head, &paths::staff_leave(&reference)).await;
    assert!(page.text().contains("Decision 1, no longer counts") && page.text().contains("for the headteacher"));
    // Taken back meanwhile.
    let other = asked_for_leave(&house, NGOZI, &[pupil("Ada Okafor")]).await;
    let page = head.get(&paths::staff_leave(&other)).await;
    let shown = seen(&page);
    house.place.by_hand("UPDATE leave_request SET state = 'withdrawn' WHERE decision = 0").await;
    assert_eq!(sends(&mut head, &other, &shown, &YES).await.status, 409);
}

#[tokio::test]
async fn an_old_session_gives_a_code_with_the_decision() {
    let house = House::open().await;
    let reference = asked_for_leave(&house, NGOZI, &okafors()).await;
    let mut head = of(&house, HEAD).await;
    let later = house.later(20).await;
    let mut old = later.browser();
    old.jar = head.jar.clone();
    old.make_token();
    head = old;
    let page = head.get(&paths::staff_leave(&reference)).await;
    assert!(page.text().contains("id=\"proof\""), "{}", page.main());
    let wrong = [YES.as_slice(), &[("proof", "000000"), ("words", "canary typed")]].concat();
    let page = decides(&mut head, &reference, &wrong).await;
    assert_eq!(page.status, 422);
    assert!(page.text().contains("canary typed"), "{}", page.main());
    assert_eq!(house.place.count("leave_decision").await, 0);
}

#[tokio::test]
async fn the_family_is_asked_and_nobody_else_hears_of_it() {
    let house = House::open().await;
    let reference = asked_with(&house, NGOZI, &okafors(), &[guardian(CHIDI)]).await;
    let mut office = of(&house, OFFICE).await;
    let page = look(&office, &paths::staff_leave(&reference)).await;
    let message = page.hidden("message").unwrap();
    let path = paths::staff_leave_messages(&reference);
    let empty = office.post_form(&path, &[("message", &message), ("text", " "), ("asks", "yes")]).await;
    assert_eq!(empty.status, 422);
    let fields = [("message", message.as_str()), ("text", "canary: which day?"), ("asks", "yes")];
    assert_eq!(office.post_form(&path, &fields).await.status, 303);
    assert_eq!(office.post_form(&path, &fields).await.status, 303, "two taps");
    assert!(look(&office, paths::STAFF_LEAVE).await.text().contains("Family asked"));
    assert_eq!(house.place.count("message").await, 1);
    let father = house.device_of(CHIDI).await;
    for path in [paths::LEAVE.to_owned(), paths::leave_sign(&reference), paths::leave_request(&reference)] {
        assert!(!look(&father, &path).await.text().contains("canary"), "{path}");
    }
    let mails = house.place.texts("SELECT subject || body FROM mail").await;
    assert!(mails.iter().all(|mail| !mail.contains("canary")), "{mails:?}");
}

#[tokio::test]
async fn a_reference_that_is_none_is_the_same_as_a_report() {
    let house = House::open().await;
    let head = of(&house, HEAD).await;
    for path in [format!("/staff/leave/{NO_RECEIPT}"), "/staff/leave/nonsense".to_owned()] {
        assert_eq!(look(&head, &path).await.status, 404, "{path}");
    }
    for state in
        ["sent", "considered", "more-wanted", "granted", "granted-in-part", "refused", "withdrawn", "replaced", "x"]
    {
        assert_eq!(look(&head, &paths::staff_leave_in(state)).await.status, 200, "{state}");
    }
}
