//! The call list, as the office has it before it.

use app::{
    paths,
    rules::{
        calendar::{Session, SessionDay},
        id::CallId,
    },
};
use server::demo::people::NGOZI;

use super::{
    browser::Browser,
    house::{House, MONDAY, Node},
    morning::{OFFICE, OFFICER, SAFEGUARDING, Words, am, card, fields, oak, post, takes_oak},
    people::{class_of, pupil},
};

#[tokio::test]
async fn a_call_is_noted_once_seen_by_both_and_a_child_stays_until_it_is_explained() {
    let house = House::open().await;
    let ada = pupil("Ada Okafor");
    let (mut one, mut two) = (house.staff(OFFICE).await, house.staff(OFFICER).await);
    takes_oak(&mut one, &[&ada]).await;
    two.get(paths::CALLS).await;
    let call = || CallId::from_bytes(rand::random()).to_string();
    let note = async |browser: &Browser, call: &str, outcome: &str, said: &str, had: &str| {
        let fields = [
            ("call", call),
            ("pupil", ada.as_str()),
            ("day", MONDAY),
            ("outcome", outcome),
            ("said", said),
            ("had", had),
        ];
        browser.post(paths::CALLS, &fields).await
    };
    assert_eq!(note(&one, &call(), "ringing", "", "0").await.location(), paths::call_about(&ada));
    let told = note(&two, &call(), "ringing", "", "0").await;
    assert!(told.status == 409 && told.words().contains("Jean Tanner is ringing about this child"), "{}", told.words());
    let id = call();
    assert_eq!(note(&one, &id, "no-answer", "", "1").await.status, 303);
    assert_eq!(note(&one, &id, "no-answer", "", "1").await.status, 303, "sent twice");
    let both = note(&two, &call(), "left-message", "", "0").await;
    assert!(both.status == 200 && both.words().contains("A colleague rang too"), "{}", both.words());
    assert_eq!(note(&one, &call(), "shouted", "", "2").await.status, 422);
    let long = "x".repeat(301);
    let refused = note(&one, &call(), "reached", &long, "3").await;
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains(&long), "what was typed is kept");
    assert_eq!(note(&one, &call(), "reached", "Canary at the dentist", "3").await.status, 303);
    let calls = two.get(paths::CALLS).await;
    let said = calls.words();
    assert!(said.contains("Spoken to (1)") && said.contains("To ring now (0)"), "{said}");
    assert!(card(calls.main(), &ada).unwrap().contains("Canary at the dentist"));
    assert_eq!(said.matches("no answer").count(), 1);
    // The wrong button: the last outcome counts, and the same form with another one is no news that gets lost.
    let id = call();
    assert_eq!(note(&one, &id, "no-answer", "", "4").await.status, 303);
    assert!(two.get(paths::CALLS).await.words().contains("To ring now (1)"));
    let other = note(&one, &id, "reached", "in fact", "5").await;
    assert!(other.status == 409 && other.text().contains("in fact"), "{}", other.words());
    assert!(other.words().contains("NOT noted again"), "{}", other.words());
    assert_eq!(note(&one, &call(), "reached", "", "5").await.status, 303);
    // On a projector.
    two.post(paths::BOARD_WORDS, &[("day", MONDAY), ("hide", "yes")]).await;
    assert!(!two.get(paths::CALLS).await.text().contains("Canary"));
    // Whoever reads may look and not write.
    let mut lead = house.staff(SAFEGUARDING).await;
    let page = lead.get(paths::CALLS).await;
    assert!(card(page.main(), &ada).is_some() && !page.main().contains("<form"), "{}", page.main());
    let register = lead.get(&oak()).await;
    assert!(
        register.inputs("absent").is_empty() && register.words().contains("Okafor, Ada absent"),
        "{}",
        register.words()
    );
    assert_eq!(house.place.count("call_note").await, 6);
}

#[tokio::test]
async fn whom_the_office_spoke_to_in_the_morning_is_rung_about_again_when_the_child_came_and_is_gone() {
    let house = House::open().await;
    let ada = pupil("Ada Okafor");
    let mut office = house.staff(OFFICE).await;
    takes_oak(&mut office, &[&ada]).await;
    let id = CallId::from_bytes(rand::random()).to_string();
    let reached =
        [("call", id.as_str()), ("pupil", ada.as_str()), ("day", MONDAY), ("outcome", "reached"), ("had", "0")];
    assert_eq!(office.post(paths::CALLS, &reached).await.status, 303);
    assert!(office.get(paths::CALLS).await.words().contains("To ring now (0)"));
    // Still not there in the afternoon: that is what was spoken of.
    let later = house.later(306).await;
    let mut office = office.at(&later.site);
    let pm = paths::register(&class_of("Ada Okafor"), SessionDay { session: Session::Pm, ..am() });
    let page = office.get(&pm).await;
    post(&office, &pm, &fields(&page, &[&ada], "complete")).await;
    let calls = office.get(paths::CALLS).await.words();
    assert!(calls.contains("To ring now (0)") && calls.contains("Spoken to (1)"), "{calls}");
    // Came after all, and is gone now.
    let came = office.get(&oak()).await;
    let mut ticks = fields(&came, &[], "complete");
    ticks.retain(|(name, value)| !(name == "absent" && *value == ada.to_string()));
    post(&office, &oak(), &ticks).await;
    let calls = office.get(paths::CALLS).await.words();
    assert!(calls.contains("To ring now (1)"), "{calls}");
}

#[tokio::test]
async fn a_child_that_stands_in_no_register_is_said_where_the_calls_are() {
    let house = House::open().await;
    let mut office = house.staff(OFFICE).await;
    takes_oak(&mut office, &[]).await;
    let quiet = office.get(paths::CALLS).await;
    assert!(!quiet.words().contains("on no list"), "{}", quiet.words());
    // Moved into the class by the next file, after its register came in.
    let (sam, oak) = (pupil("Sam Okafor"), class_of("Ada Okafor"));
    house.place.by_hand(&format!("UPDATE pupil SET class_id = '{oak}' WHERE pupil_id = '{sam}'")).await;
    let calls = office.get(paths::CALLS).await;
    assert!(calls.words().contains("1 child stands on no list, though the class is in."), "{}", calls.words());
    assert!(office.get(paths::BOARD).await.words().contains("1 child not on the list"));
}

#[tokio::test]
async fn nobody_barred_stands_on_the_call_list() {
    let house = House::open().await;
    let leo = pupil("Leo Whitfield");
    let path = paths::register(&class_of("Leo Whitfield"), am());
    let mut office = house.staff(OFFICE).await;
    let page = office.get(&path).await;
    post(&office, &path, &fields(&page, &[&leo], "complete")).await;
    let calls = office.get(paths::CALLS).await;
    let about = card(calls.main(), &leo).unwrap();
    assert!(about.contains("Jo Whitfield") && !about.contains("Darren"), "{about}");
}

#[tokio::test]
async fn a_run_of_days_waits_for_its_hour_and_then_stands_on_the_list() {
    let house = House::open().await;
    let ada = pupil("Ada Okafor");
    let friday = house
        .another(|inner| inner.clock = server::clock::Clock::set_to(super::house::instant("2026-11-20T08:00:00Z")))
        .await;
    let parent = house.device_of(NGOZI).await.at(&friday.site);
    let id = app::rules::id::SubmissionId::from_bytes(rand::random()).to_string();
    let run = [
        ("submission", id.as_str()),
        ("who", ada.as_str()),
        ("day", "other"),
        ("first", "2026-11-20"),
        ("until", "2026-11-23"),
        ("reason", "sick"),
        ("part", "all"),
    ];
    assert_eq!(parent.post(paths::REPORT, &run).await.status, 303);
    let mut office = house.staff(OFFICE).await;
    assert!(office.get(&oak()).await.words().contains("expected away, not confirmed today"));
    takes_oak(&mut office, &[]).await;
    assert!(office.get(paths::CALLS).await.words().contains("There is nobody to ring."));
    let on = async |node: &Node| {
        let page = office.at(&node.site).get(paths::CALLS).await;
        card(page.main(), &ada).is_some()
    };
    assert!(!on(&house.later(130).await).await, "10.14");
    assert!(on(&house.later(132).await).await, "10.16");
}
