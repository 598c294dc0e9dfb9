//! What a decision about leave means afterwards: letters, the family's page, the board, the list for the MIS, the
//! reconciliation, and the day back.

use std::collections::BTreeMap;

use app::{
    paths,
    rules::{
        calendar::{Session, SessionDay},
        code::Code,
        id::{LetterId, PupilId},
        leave::{ChildDecision, Outcome, Ruled},
        reference::Reference,
        register::{Taken, Tick},
    },
};
use reqwest::Method;
use server::{
    clock::Clock,
    demo::people::{CHIDI, MALGORZATA, NGOZI},
    store::{
        LeaveChild, LeaveDecided, NewLeaveDecision, NewRegister, NewSignature, Saved, SignatureTaken, journal::Actor,
    },
};

use super::{
    browser::Browser,
    house::{House, Node, instant},
    leave_forms::asked_with,
    page::Answer,
    people::{class_of, guardian, pupil},
};

const OFFICE: &str = "office@demo.example";
const HEAD: &str = "head@demo.example";

fn ada() -> PupilId {
    pupil("Ada Okafor")
}

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

async fn staff_at(node: &Node, email: &str) -> Browser {
    let mut browser = node.session(&node.staff_ids().await[email], true).await;
    browser.make_token();
    browser
}

/// Ada's leave of ten sessions, signed by both parents; the first so many are agreed.
async fn decided(house: &House, granted: usize) -> Reference {
    let reference = asked_with(house, NGOZI, &[ada()], &[guardian(CHIDI)]).await;
    let signature = NewSignature {
        signer: guardian(CHIDI),
        reference: reference.clone(),
        signed: Some(("Chidi Okafor".into(), "I agree.".into())),
        at: house.portal.now(),
    };
    assert_eq!(house.portal.school.sign_leave(signature).await.unwrap(), SignatureTaken::Done);
    decides(house, &reference, granted, 0).await;
    reference
}

async fn decides(house: &House, reference: &Reference, granted: usize, seen: i64) {
    let found = house.portal.school.leave(reference).await.unwrap().unwrap();
    let decision = ruling(&found.children[0], granted);
    let new = NewLeaveDecision {
        guardian: found.guardian.clone(),
        submission: found.submission.clone(),
        children: vec![(decision, seen)],
        by: house.staff_ids().await[HEAD].clone(),
        today: house.portal.today(),
        at: house.portal.now(),
        mail: ("A decision waits".into(), "Nothing of what it is.".into()),
        signer_mail: ("A decision waits".into(), "Nothing of what it is.".into()),
    };
    assert_eq!(house.portal.school.decide_leave(new).await.unwrap(), LeaveDecided::Done);
}

/// The first so many sessions of a child are agreed.
pub(super) fn ruling(child: &LeaveChild, granted: usize) -> ChildDecision {
    let sessions = child.sessions.iter().enumerate().map(|(place, one)| {
        let granted = place < granted;
        Ruled { at: one.at, granted, code: if granted { Code::C } else { Code::O } }
    });
    ChildDecision {
        leave: child.leave.clone(),
        outcome: Outcome::of(granted, child.sessions.len()),
        sessions: sessions.collect(),
        reasons: vec!["It cannot be another time.".into()],
        words: Some("We wish them well.".into()),
    }
}

async fn at(house: &House, time: &str) -> Node {
    house.another(|inner| inner.clock = Clock::set_to(instant(time))).await
}

/// The register of Ada's class for a morning, with everybody there but those named.
async fn register(house: &House, day: &str, away: &[PupilId]) {
    let class = class_of("Ada Okafor");
    let school = &house.portal.school;
    let day = day.parse().unwrap();
    let children = school.everybody_on_roll(day).await.unwrap();
    let mut ticks = BTreeMap::new();
    for child in children {
        if child.class == "3 Oak" {
            let tick = if away.contains(&child.pupil_id) { Tick::Absent } else { Tick::Present };
            ticks.insert(child.pupil_id, tick);
        }
    }
    let new = NewRegister {
        class_id: class,
        at: SessionDay { date: day, session: Session::Am },
        seen: 0,
        complete: true,
        taken: Taken::List,
        ticks,
    };
    let by = house.staff_ids().await[OFFICE].clone();
    let saved = school.save_registers(vec![new], &by, instant(&format!("{day}T09:00:00Z"))).await.unwrap();
    assert_eq!(saved, Saved::Kept);
}

/// The text of a PDF file, as a reader takes it out.
pub(super) fn text_of(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).expect("a PDF file");
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    let text = document.extract_text(&pages).expect("its text");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn each_parent_gets_a_letter_of_their_own_and_no_other_address() {
    let house = House::open().await;
    let reference = decided(&house, 4).await;
    let office = staff_at(&house, OFFICE).await;
    let list = look(&office, paths::LETTERS).await;
    assert!(list.text().contains("Ngozi Okafor") && list.text().contains("Chidi Okafor"), "{}", list.main());
    assert!(list.text().contains("Not printed yet."));
    look(&office, paths::LETTERS).await;
    assert_eq!(house.place.count("letter").await, 2, "made once");
    let found = house.portal.school.leave(&reference).await.unwrap().unwrap();
    let people = house.portal.school.addressees(&found.children[0].leave).await.unwrap();
    assert_eq!(people.len(), 2);
    assert!(people.iter().all(|person| person.address.len() > 1) && people[0].address != people[1].address);
    let letters = house.portal.school.letters().await.unwrap();
    for letter in &letters {
        let id = LetterId::parse(&letter.letter_id).unwrap();
        let file = look(&office, &paths::letter_pdf(&id)).await;
        let again = look(&office, &paths::letter_pdf(&id)).await;
        assert_eq!((file.status.as_u16(), file.bytes == again.bytes), (200, true), "the same bytes every time");
        let text = text_of(&file.bytes);
        let own = people.iter().find(|person| person.name.contains(&letter.forename)).unwrap();
        for other in people.iter().filter(|person| *person != own) {
            assert!(!text.contains(&other.address[0]) && !text.contains(&other.name), "{text}");
        }
        for said in [own.address[0].as_str(), "Ada", "It cannot be another time.", "We wish them well."] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
    let printed = look(&office, paths::LETTERS).await;
    assert!(
        !printed.text().contains("Not printed yet.") && printed.text().contains("Printed 8."),
        "{}",
        printed.main()
    );
    let posted = office.post(paths::LETTERS, &[("letter", &letters[0].letter_id)]).await;
    assert_eq!(posted.location(), paths::LETTERS);
    let after = house.portal.school.letters().await.unwrap();
    assert_eq!(after.iter().filter(|letter| letter.posted_at.is_some()).count(), 1);

    // Each reads their own, whoever else asks reads none.
    let leave = &found.children[0].leave;
    for (email, status) in [(NGOZI, 200), (CHIDI, 200), (MALGORZATA, 404)] {
        let browser = house.device_of(email).await;
        assert_eq!(look(&browser, &paths::leave_letter(leave)).await.status, status, "{email}");
    }
    let system = Actor::System("test");
    house.portal.school.set_bar(&guardian(CHIDI), &ada(), true, system, house.portal.now()).await.unwrap();
    let chidi = house.device_of(CHIDI).await;
    assert_eq!(look(&chidi, &paths::leave_letter(leave)).await.status, 404, "barred since");
    let his = letters.iter().find(|letter| letter.forename == "Chidi").unwrap();
    let his = LetterId::parse(&his.letter_id).unwrap();
    assert_eq!(look(&office, &paths::letter_pdf(&his)).await.status, 404, "nobody prints it any more");
    let list = look(&office, paths::LETTERS).await;
    assert!(list.text().contains("do not send") && !list.text().contains(&paths::letter_pdf(&his)), "{}", list.main());

    // A later decision makes another letter, and the first one stays.
    decides(&house, &reference, 10, 1).await;
    look(&office, paths::LETTERS).await;
    let letters = house.portal.school.letters().await.unwrap();
    assert_eq!(
        (letters.len(), letters.iter().filter(|letter| letter.old).count()),
        (3, 2),
        "none to whoever is barred"
    );
}

#[tokio::test]
async fn the_family_reads_the_decision_with_its_reasons_and_the_advice() {
    let house = House::open().await;
    let reference = decided(&house, 4).await;
    let mut ngozi = house.device_of(NGOZI).await;
    let home = ngozi.get(paths::HOME).await;
    assert!(home.text().contains("The school has decided about leave for Ada"), "{}", home.main());
    let page = ngozi.get(&paths::leave_request(&reference)).await;
    for said in
        ["Agreed in part", "4 of 10 sessions agreed", "It cannot be another time.", "gives no work", "Your letter"]
    {
        assert!(page.text().contains(said), "{said}: {}", page.main());
    }
    let chidi = house.device_of(CHIDI).await;
    let page = look(&chidi, &paths::leave_sign(&reference)).await;
    assert!(page.text().contains("Ada: agreed in part") && page.text().contains("/leave/letters/"), "{}", page.main());
}

#[tokio::test]
async fn agreed_leave_is_expected_and_refused_leave_is_rung_about() {
    let house = House::open().await;
    // Monday and Tuesday are agreed, the rest of the week is not.
    decided(&house, 4).await;
    let monday = at(&house, "2026-12-07T09:20:00Z").await;
    register(&house, "2026-12-07", &[ada()]).await;
    let office = staff_at(&monday, OFFICE).await;
    let board = look(&office, paths::BOARD).await;
    assert!(
        board.text().contains("1 agreed for this day") && board.text().contains("morning C, afternoon C"),
        "{}",
        board.main()
    );
    let calls = look(&office, paths::CALLS).await;
    assert!(calls.text().contains("There is nobody to ring."), "{}", calls.main());
    let both = look(&office, paths::RECONCILIATION).await;
    assert!(both.text().contains("Leave was agreed. Key its code into the MIS."), "{}", both.main());
    let list = look(&office, paths::KEYING).await;
    assert!(list.text().contains("Okafor") && list.text().contains("C,C"), "{}", list.main());
    let line = format!("{}|C,C", ada());
    let ticked = office.post(paths::KEYING, &[("day", "2026-12-07"), ("line", &line)]).await;
    assert_eq!(ticked.status, 303);
    assert_eq!(house.place.count("keyed").await, 1);

    let thursday = at(&house, "2026-12-10T09:20:00Z").await;
    register(&house, "2026-12-10", &[ada()]).await;
    let office = staff_at(&thursday, OFFICE).await;
    let board = look(&office, paths::BOARD).await;
    assert!(board.text().contains("1 not agreed for this day"), "{}", board.main());
    let calls = look(&office, paths::CALLS).await;
    assert!(calls.text().contains("Okafor, Ada"), "nobody has said where she is: {}", calls.main());
    let both =
        look(&office, &paths::reconciliation("2026-12-10".parse().unwrap(), "2026-12-10".parse().unwrap())).await;
    assert!(both.text().contains("Leave was asked for and not agreed") && both.text().contains("O is proposed"));
}

#[tokio::test]
async fn whoever_should_be_back_stands_on_the_board_until_a_register_says_that_they_came() {
    let house = House::open().await;
    decided(&house, 10).await;
    let early = at(&house, "2026-12-11T09:20:00Z").await;
    let office = staff_at(&early, OFFICE).await;
    assert!(!look(&office, paths::BOARD).await.text().contains("was to be back"));
    let back = at(&house, "2026-12-14T08:00:00Z").await;
    let office = staff_at(&back, OFFICE).await;
    assert!(look(&office, paths::BOARD).await.text().contains("was to be back on Monday 14 December"));
    register(&house, "2026-12-14", &[ada()]).await;
    assert!(look(&office, paths::BOARD).await.text().contains("was to be back"), "absent is not back");
    register(&house, "2026-12-15", &[]).await;
    let next = at(&house, "2026-12-15T09:30:00Z").await;
    let office = staff_at(&next, OFFICE).await;
    assert!(!look(&office, paths::BOARD).await.text().contains("was to be back"));
}

#[tokio::test]
async fn leave_that_is_taken_back_is_expected_no_longer() {
    let house = House::open().await;
    let reference = decided(&house, 10).await;
    let found = house.portal.school.leave(&reference).await.unwrap().unwrap();
    let leave = found.children[0].leave.clone();
    let mut ngozi = house.device_of(NGOZI).await;
    ngozi.get(&paths::leave_withdraw(&reference)).await;
    let taken = ngozi.post_form(&paths::leave_withdraw(&reference), &[("leave", leave.as_str())]).await;
    assert_eq!(taken.status, 303, "{}", taken.main());
    let monday = at(&house, "2026-12-07T09:20:00Z").await;
    register(&house, "2026-12-07", &[ada()]).await;
    let office = staff_at(&monday, OFFICE).await;
    assert!(!look(&office, paths::BOARD).await.text().contains("agreed for this day"));
    assert!(look(&office, paths::CALLS).await.text().contains("Okafor, Ada"), "she is looked for");
    // Once it has begun, it can no longer be taken back.
    let again = decided(&house, 10).await;
    let during = at(&house, "2026-12-08T10:00:00Z").await;
    let late = during.device_of(NGOZI).await;
    assert_eq!(look(&late, &paths::leave_withdraw(&again)).await.status, 409);
}

#[tokio::test]
async fn the_school_changes_the_words_of_its_letters_and_of_its_form() {
    let house = House::open().await;
    let mut head = staff_at(&house, HEAD).await;
    let path = paths::letter_words("leave-granted-in-part");
    let page = head.get(&path).await;
    assert!(page.text_area("text").contains("{child}"));
    let wrong = head.post_form(&path, &[("seen", "0"), ("text", "Dear {parents}")]).await;
    assert_eq!(wrong.status, 422);
    assert!(
        wrong.text().contains("{parents} is not one of the names") && wrong.text_area("text").contains("{parents}")
    );
    let tried = head.post_form(&path, &[("seen", "0"), ("text", "Dear {parent}"), ("then", "try")]).await;
    assert!(text_of(&tried.bytes).contains("Dear [parent]"));
    for status in [303, 409] {
        let kept = head.post_form(&path, &[("seen", "0"), ("text", "Dear {parent}\n\nOur own words.")]).await;
        assert_eq!(kept.status, status, "{}", kept.main());
    }
    decided(&house, 4).await;
    let office = staff_at(&house, OFFICE).await;
    look(&office, paths::LETTERS).await;
    let letter = house.portal.school.letters().await.unwrap().remove(0);
    let file = look(&office, &paths::letter_pdf(&LetterId::parse(&letter.letter_id).unwrap())).await;
    assert!(text_of(&file.bytes).contains("Our own words."));

    let form = head.get(paths::FORMS_LEAVE).await;
    let (seen, text) = (form.hidden("seen").unwrap(), server::forms::LEAVE.seed);
    let broken = text.replacen("label = \"Abroad\"", "label = \"\"", 1);
    let answer = head.post_form(paths::FORMS_LEAVE, &[("seen", &seen), ("text", &broken), ("then", "keep")]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.text().contains("Something that people read is empty: away"), "{}", answer.main());
    let own = text.replacen("Town and country", "Which town", 1);
    let answer = head.post_form(paths::FORMS_LEAVE, &[("seen", &seen), ("text", &own), ("then", "keep")]).await;
    assert!(answer.status == 200 && answer.text().contains("Saved. The new version"), "{}", answer.main());
    let late = head.post_form(paths::FORMS_LEAVE, &[("seen", &seen), ("text", text), ("then", "keep")]).await;
    assert_eq!(late.status, 409, "somebody else has changed it");
}

#[tokio::test]
async fn whoever_signs_after_a_child_was_decided_still_gets_a_letter() {
    let house = House::open().await;
    let reference = asked_with(&house, NGOZI, &[ada(), pupil("Sam Okafor")], &[guardian(CHIDI)]).await;
    decides(&house, &reference, 10, 0).await;
    let office = staff_at(&house, OFFICE).await;
    look(&office, paths::LETTERS).await;
    assert_eq!(house.place.count("letter").await, 1, "the applicant's");
    let signature = NewSignature {
        signer: guardian(CHIDI),
        reference: reference.clone(),
        signed: Some(("Chidi Okafor".into(), "I agree.".into())),
        at: house.portal.now(),
    };
    assert_eq!(house.portal.school.sign_leave(signature).await.unwrap(), SignatureTaken::Done);
    look(&office, paths::LETTERS).await;
    assert_eq!(house.place.count("letter").await, 2);
    // He reads how it stands, and nothing of what the family and the school say to each other.
    let chidi = house.device_of(CHIDI).await;
    let page = look(&chidi, &paths::leave_sign(&reference)).await;
    assert!(page.text().contains("Not decided yet.") && page.text().contains("Agreed."), "{}", page.main());
    let list = look(&chidi, paths::LEAVE).await;
    assert!(list.text().contains(&paths::leave_sign(&reference)) && list.text().contains("signed"), "{}", list.main());
}

#[tokio::test]
async fn leave_that_was_agreed_for_longer_is_no_child_to_look_for() {
    let house = House::open().await;
    decided(&house, 10).await;
    let back = at(&house, "2026-12-14T09:20:00Z").await;
    let office = staff_at(&back, OFFICE).await;
    assert!(look(&office, paths::BOARD).await.text().contains("was to be back"));
    // The week after, agreed by another form.
    house.place.by_hand("UPDATE leave_session SET day = '2026-12-14' WHERE day = '2026-12-11'").await;
    assert!(!look(&office, paths::BOARD).await.text().contains("was to be back"));
}
