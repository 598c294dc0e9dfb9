//! A form for leave on paper, typed in by the office: begun for who may ask, entered with its own day, decided and told
//! like any other.

use app::{
    paths::{self, Hand},
    rules::{form::Answers, id::SubmissionId, leave::key, reference::Reference},
};
use reqwest::Method;
use server::{
    demo::people::{CHIDI, DARREN, JO, MALGORZATA, NGOZI, PATRICIA, TOM},
    store::{Drafter, journal::Verdict},
};

use super::{
    browser::Browser,
    files::photo,
    house::{House, MONDAY},
    leave::okafors,
    leave_after::text_of,
    leave_forms::{answers, typed_in},
    page::Answer,
    people::{guardian, pupil},
};

const OFFICE: &str = "office@demo.example";
const OFFICER: &str = "attendance@demo.example";
const HEAD: &str = "head@demo.example";

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

async fn staff(house: &House, email: &str) -> Browser {
    house.session(&house.staff_ids().await[email], true).await
}

/// Begins a form for a child, as the office's page does.
async fn begins(office: &mut Browser, child: &str, email: &str, received: &str) -> SubmissionId {
    let page = office.get(&paths::leave_paper(&pupil(child))).await;
    let id = page.hidden("draft").unwrap_or_else(|| panic!("{}", page.main()));
    let who = guardian(email).to_string();
    let fields = [("draft", id.as_str()), ("guardian", who.as_str()), ("received", received), ("received-time", "")];
    for _ in 0..2 {
        let begun = office.post_form(&paths::leave_paper(&pupil(child)), &fields).await;
        assert_eq!(begun.status, 303, "{}", begun.main());
    }
    SubmissionId::parse(&id).unwrap()
}

/// Saves a step as its page does.
async fn save(office: &mut Browser, draft: &SubmissionId, step: &str, fields: &[(&str, &str)]) -> Answer {
    let page = office.get(&Hand::LeavePaper.step(draft, step)).await;
    let knew = page.hidden("seen").unwrap_or_else(|| panic!("{step}: {}", page.main()));
    let mut all = vec![("seen", knew.as_str())];
    all.extend(fields);
    office.post_form(&Hand::LeavePaper.step(draft, step), &all).await
}

/// What the last page posts, with these fields in the place of the usual ones.
async fn enters(office: &mut Browser, draft: &SubmissionId, fields: &[(&str, &str)]) -> Answer {
    let page = office.get(&Hand::LeavePaper.check(draft)).await;
    let hidden = ["seen", "version", "sessions"].map(|name| (name, page.hidden(name).unwrap_or_default()));
    let usual = [
        ("received", MONDAY),
        ("received-time", ""),
        ("name", "Ngozi Okafor"),
        ("signed", "2026-11-20"),
        ("declared", "yes"),
    ];
    let other = |name: &str| fields.iter().any(|(other, _)| *other == name);
    let hidden = hidden.iter().map(|(name, value)| (*name, value.as_str()));
    let mut all: Vec<(&str, &str)> = hidden.chain(usual).filter(|(name, _)| !other(name)).collect();
    all.extend(fields);
    office.post_form(&Hand::LeavePaper.check(draft), &all).await
}

#[tokio::test]
async fn a_paper_form_becomes_a_request_that_is_decided_and_told_like_any_other() {
    let house = House::open().await;
    let (mut office, mut head) = (staff(&house, OFFICE).await, staff(&house, HEAD).await);
    let child = look(&office, &paths::child(&pupil("Ada Okafor"))).await;
    assert!(child.text().contains(&paths::leave_paper(&pupil("Ada Okafor"))), "{}", child.main());
    let draft = begins(&mut office, "Ada Okafor", NGOZI, "2026-11-20").await;
    assert_eq!(house.place.count("form_draft").await, 1, "two taps begin one");
    let tasks = office.get(&Hand::LeavePaper.form(&draft)).await;
    assert!(tasks.text().contains("On paper, from Ngozi Okafor") && tasks.text().contains("Left blank"));
    assert!(!tasks.text().contains("What it would come to"), "the preview is the family’s");
    assert!(look(&office, paths::STAFF_LEAVE).await.text().contains(&Hand::LeavePaper.form(&draft)));
    // What must be there is asked; what the paper leaves open stays open.
    assert_eq!(office.get(&Hand::LeavePaper.check(&draft)).await.location(), Hand::LeavePaper.step(&draft, "children"));
    let [ada, sam] = okafors();
    let both = [(key::CHILDREN, ada.as_str()), (key::CHILDREN, sam.as_str()), (key::LIVES_WITH, "yes")];
    assert_eq!(save(&mut office, &draft, "children", &both).await.location(), Hand::LeavePaper.step(&draft, "dates"));
    let days = [(key::FIRST_DAY, "2026-12-07"), (key::LAST_DAY, "2026-12-11"), (key::RETURN_DAY, "2026-12-14")];
    assert_eq!(
        save(&mut office, &draft, "dates", &days).await.location(),
        Hand::LeavePaper.step(&draft, "kind-of-leave"),
        "each step in turn"
    );
    save(&mut office, &draft, "kind-of-leave", &[("kind", "family")]).await;
    save(&mut office, &draft, "why-value", &[("value", "Her aunt marries.")]).await;
    let added = office.upload(&Hand::LeavePaper.files(&draft), &[("scan.jpg", &photo(60, 80))]).await;
    assert_eq!(added.location(), Hand::LeavePaper.files(&draft), "{}", added.main());

    let check = office.get(&Hand::LeavePaper.check(&draft)).await;
    assert!(check.text().contains("value=\"2026-11-20\"") && check.text().contains("1 file added"), "{}", check.main());
    let entered = enters(&mut office, &draft, &[("received", "2026-11-20")]).await;
    assert!(entered.status == 303 && entered.location().starts_with("/staff/leave/"), "{}", entered.main());
    let again = enters(&mut office, &draft, &[]).await;
    assert_eq!(again.location(), entered.location(), "two taps are one request");
    assert_eq!(look(&office, &Hand::LeavePaper.form(&draft)).await.location(), entered.location());
    assert_eq!((house.place.count("submission").await, house.place.count("form_draft").await), (1, 0));
    assert_eq!(house.place.count("draft_evidence").await, 0);
    let reference = Reference::parse(entered.location().rsplit('/').next().unwrap()).unwrap();
    let found = house.portal.school.leave(&reference).await.unwrap().unwrap();
    assert_eq!(
        (found.entered_by.as_deref(), found.channel.as_str(), found.in_advance),
        (Some("Jean Tanner"), "letter", true)
    );
    assert_eq!(found.received_at.to_rfc3339(), "2026-11-20T23:59:59.999999+00:00");
    let page = look(&office, entered.location()).await;
    for said in ["On paper, typed in by Jean Tanner", "Friday 20 November", "scan.jpg", "Her aunt marries."] {
        assert!(page.text().contains(said), "{said}: {}", page.main());
    }
    let by =
        house.place.texts("SELECT actor_kind FROM journal WHERE action IN ('ask_for_leave', 'add_evidence')").await;
    assert_eq!(by, ["staff", "staff"]);

    // The parent: the same receipt, their list, their copy; nothing of theirs to change.
    let mail = &house.site.mail_to(NGOZI).await[0];
    assert!(mail.body.contains(&reference.to_string()) && mail.body.contains("20 November"), "{}", mail.body);
    let mother = house.device_of(NGOZI).await;
    assert!(look(&mother, paths::LEAVE).await.text().contains(&paths::leave_request(&reference)));
    let hers = look(&mother, &paths::leave_request(&reference)).await;
    assert!(hers.text().contains("typed in by the office") && !hers.text().contains("Change this request"));
    let copy = text_of(&look(&mother, &paths::leave_pdf(&reference)).await.bytes);
    assert!(copy.contains("On paper, typed in by Jean Tanner") && copy.contains("Ngozi Okafor"), "{copy}");

    let page = head.get(&paths::staff_leave(&reference)).await;
    let seen: Vec<(String, String)> = page
        .text()
        .split("name=\"seen-")
        .skip(1)
        .filter_map(|part| part.split('"').next().map(|id| format!("seen-{id}")))
        .map(|name| (name.clone(), page.hidden(&name).unwrap_or_default()))
        .collect();
    let mut fields: Vec<(&str, &str)> = seen.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.extend([("answer", "all"), ("reason", "rare"), ("code", "C"), ("refused", "O")]);
    let decided = head.post_form(&paths::staff_leave_decision(&reference), &fields).await;
    assert_eq!(decided.status, 303, "{}", decided.main());
    assert!(look(&mother, &paths::leave_request(&reference)).await.text().contains("10 of 10 sessions agreed"));
    assert!(matches!(house.portal.school.verify_journal(&[]).await.unwrap(), Verdict::Whole { .. }));
}

#[tokio::test]
async fn only_who_may_ask_is_offered_and_only_they_are_taken() {
    let house = House::open().await;
    let mut office = staff(&house, OFFICE).await;
    for (child, listed, not) in [
        ("Ada Okafor", "Ngozi Okafor", "Chidi Okafor"),
        ("Leo Whitfield", "Jo Whitfield", "Darren Whitfield"),
        ("Isla Brennan", "Claire Brennan", "Tom Brennan"),
        ("Noah Clarke", "Leanne Clarke", "Patricia Clarke"),
    ] {
        let page = office.get(&paths::leave_paper(&pupil(child))).await;
        assert!(page.text().contains(listed) && !page.text().contains(not), "{child}: {}", page.main());
    }
    for (child, email) in [
        ("Ada Okafor", CHIDI),
        ("Ada Okafor", MALGORZATA),
        ("Leo Whitfield", DARREN),
        ("Isla Brennan", TOM),
        ("Noah Clarke", PATRICIA),
    ] {
        let who = guardian(email).to_string();
        let fields = [("draft", super::guests::NOTHING), ("guardian", who.as_str()), ("received", MONDAY)];
        let refused = office.post_form(&paths::leave_paper(&pupil(child)), &fields).await;
        assert_eq!(refused.status, 422, "{child}, {email}");
        assert!(refused.text().contains("Choose who handed it in"), "{}", refused.main());
    }
    let who = guardian(NGOZI).to_string();
    for (day, time, said) in [
        ("2026-11-24", "", "later than now"),
        (MONDAY, "23:00", "later than now"),
        ("", "", "Give the day"),
        ("2024-01-01", "", "more than a year ago"),
        (MONDAY, "x", "hours and minutes"),
    ] {
        let fields =
            [("draft", super::guests::NOTHING), ("guardian", &who), ("received", day), ("received-time", time)];
        let refused = office.post_form(&paths::leave_paper(&pupil("Ada Okafor")), &fields).await;
        assert_eq!(refused.status, 422, "{day} {time}");
        assert!(refused.text().contains(said), "{said}: {}", refused.main());
    }
    assert_eq!(house.place.count("form_draft").await, 0);
    // Barred between the typing and the entering: nothing is kept, and nobody else's child comes in.
    let ids = house.staff_ids().await;
    let leo = pupil("Leo Whitfield");
    let draft = typed_in(&house, &ids[OFFICE], JO, answers(std::slice::from_ref(&leo), &[])).await;
    let page = office.get(&Hand::LeavePaper.check(&draft)).await;
    assert_eq!(page.status, 200, "{}", page.main());
    let bar = format!("UPDATE guardian_pupil SET barred = TRUE WHERE guardian_id = '{}'", guardian(JO));
    house.place.by_hand(&bar).await;
    assert_eq!(enters(&mut office, &draft, &[("name", "Jo Whitfield")]).await.status, 404);
    assert_eq!(house.place.count("submission").await, 0);
}

#[tokio::test]
async fn the_day_on_the_paper_decides_whether_it_came_in_advance() {
    let house = House::open().await;
    let ids = house.staff_ids().await;
    let mut office = staff(&house, OFFICE).await;
    let mut begun = answers(&okafors(), &[]);
    for (key, day) in [(key::FIRST_DAY, "2026-11-19"), (key::LAST_DAY, "2026-11-24"), (key::RETURN_DAY, "2026-11-25")] {
        begun.set(key, day);
    }
    // Handed in the day before it began, typed in four days later; and one handed in on its first day, after the register.
    for (day, time, in_advance) in
        [("2026-11-18", "", true), ("2026-11-19", "08:10", true), ("2026-11-19", "", false), ("2026-11-23", "", false)]
    {
        let draft = typed_in(&house, &ids[OFFICE], NGOZI, begun.clone()).await;
        let fields = [("received", day), ("received-time", time), ("signed", "2026-11-17")];
        let entered = enters(&mut office, &draft, &fields).await;
        assert_eq!(entered.status, 303, "{day} {time}: {}", entered.main());
        let reference = Reference::parse(entered.location().rsplit('/').next().unwrap()).unwrap();
        let found = house.portal.school.leave(&reference).await.unwrap().unwrap();
        assert_eq!(found.in_advance, in_advance, "{day} {time}");
        assert_eq!(look(&office, entered.location()).await.text().contains("not in advance"), !in_advance);
        // When it was typed in stays on record too.
        let moves = house.place.count("leave_move WHERE at < '2026-11-23'").await;
        assert_eq!(moves, 0);
    }
}

#[tokio::test]
async fn what_is_wrong_on_the_last_page_is_said_and_what_was_typed_stays() {
    let house = House::open().await;
    let ids = house.staff_ids().await;
    let mut office = staff(&house, OFFICE).await;
    let draft = typed_in(&house, &ids[OFFICE], NGOZI, answers(&okafors(), &[])).await;
    let long = "x".repeat(121);
    for (fields, said) in [
        (vec![("received", "2026-11-24")], "later than now"),
        (vec![("name", " ")], "Give the name beneath"),
        (vec![("name", long.as_str())], "at most 120 characters"),
        (vec![("signed", "")], "Give the day of the signature"),
        (vec![("signed", "2026-11-24")], "signed after the day"),
        (vec![("declared", "")], "A form that is not signed goes back"),
    ] {
        let page = enters(&mut office, &draft, &fields).await;
        assert_eq!(page.status, 422, "{said}");
        assert!(page.text().contains(said), "{said}: {}", page.main());
        if fields[0].0 != "name" {
            assert!(page.text().contains("value=\"Ngozi Okafor\""), "{said}");
        }
    }
    let other = enters(&mut office, &draft, &[("version", "7")]).await;
    assert_eq!(other.status, 409);
    assert!(other.text().contains("The school has changed its form"), "{}", other.main());
    assert_eq!(house.place.count("submission").await, 0);
}

#[tokio::test]
async fn a_form_that_is_typed_in_is_its_typists_alone_and_is_thrown_away_after_asking() {
    let house = House::open().await;
    let ids = house.staff_ids().await;
    let (office, officer) = (staff(&house, OFFICE).await, staff(&house, OFFICER).await);
    let draft = typed_in(&house, &ids[OFFICE], NGOZI, answers(&okafors(), &[])).await;
    let mother = house.device_of(NGOZI).await;
    for path in [Hand::LeavePaper.form(&draft), Hand::LeavePaper.step(&draft, "dates"), Hand::LeavePaper.check(&draft)]
    {
        assert_eq!(look(&officer, &path).await.status, 404, "{path}");
    }
    for path in [Hand::Leave.form(&draft), Hand::Leave.step(&draft, "dates"), Hand::Leave.files(&draft)] {
        assert_eq!(look(&mother, &path).await.status, 404, "{path}");
    }
    assert!(!look(&mother, paths::LEAVE).await.text().contains(draft.as_str()));
    let asks = look(&office, &Hand::LeavePaper.drop(&draft)).await;
    assert!(asks.text().contains("Throw this form away?") && asks.text().contains("Ada Okafor"), "{}", asks.main());
    assert_eq!(house.place.count("form_draft").await, 1, "asking throws nothing away");
    let gone = office.post(&Hand::LeavePaper.drop(&draft), &[]).await;
    assert_eq!((gone.location(), house.place.count("form_draft").await), (paths::STAFF_LEAVE, 0));
}

#[tokio::test]
async fn an_address_that_is_kept_secret_is_not_typed_in_from_paper_either() {
    let house = House::open().await;
    let ids = house.staff_ids().await;
    let school = &house.portal.school;
    school.keep_address_secret(&guardian(NGOZI), true, &ids[HEAD], house.portal.now()).await.unwrap();
    let mut office = staff(&house, OFFICE).await;
    let mut filled = answers(&okafors(), &[]);
    filled.set("away", "uk");
    let draft = typed_in(&house, &ids[OFFICE], NGOZI, filled).await;
    let page = office.get(&Hand::LeavePaper.step(&draft, "travel-where")).await;
    assert!(!page.text().contains("away-address") && page.text().contains("kept secret. Type none"), "{}", page.main());
    save(&mut office, &draft, "travel-where", &[("destination", "Leeds"), ("away-address", "9 Canary Row")]).await;
    let whose = Drafter::Staff(ids[OFFICE].clone());
    let kept: Answers = school.draft(&whose, &draft, house.portal.now()).await.unwrap().unwrap().answers;
    assert_eq!((kept.get("destination"), kept.get("away-address")), ("Leeds", ""));
}
