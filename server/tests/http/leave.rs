//! Asking for leave with forms only: over days and devices, by both parents, and by those who may not.

use app::{
    paths,
    rules::{
        form::Answers,
        id::{PupilId, SubmissionId},
        leave::key,
        reference::Reference,
    },
};
use reqwest::Method;
use server::{
    demo::people::{CHIDI, DARREN, JO, MALGORZATA, NGOZI, PATRICIA, RAHMAN},
    store::{Drafter, FormSaved, NewForm, journal::Actor, journal::Verdict, seen},
};

use super::{
    browser::Browser,
    hostile::HOSTILE,
    house::House,
    leave_forms::{LEAVE, answers, asked_for_leave, asked_with, begun, begun_with},
    page::Answer,
    people::{guardian, guardians, pupil},
};

pub(super) fn okafors() -> [PupilId; 2] {
    ["Ada Okafor", "Sam Okafor"].map(pupil)
}

pub(super) async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

/// Saves a step as its page does: with what it knew.
pub(super) async fn save(browser: &mut Browser, draft: &SubmissionId, step: &str, fields: &[(&str, &str)]) -> Answer {
    let page = browser.get(&paths::leave_step(draft, step)).await;
    let knew = page.hidden("seen").unwrap_or_else(|| panic!("{step}: {}", page.main()));
    let mut all = vec![("seen", knew.as_str())];
    all.extend(fields);
    browser.post_form(&paths::leave_step(draft, step), &all).await
}

/// What the last page posts.
pub(super) async fn signs(browser: &mut Browser, draft: &SubmissionId, name: &str, statements: usize) -> Answer {
    let page = browser.get(&paths::leave_check(draft)).await;
    let hidden = |name: &str| page.hidden(name).unwrap_or_default();
    let (knew, version, sessions) = (hidden("seen"), hidden("version"), hidden("sessions"));
    let ticked: Vec<String> = (0..statements).map(|place| format!("statement-{place}")).collect();
    let mut fields =
        vec![("seen", knew.as_str()), ("version", version.as_str()), ("sessions", sessions.as_str()), ("name", name)];
    fields.extend(ticked.iter().map(|field| (field.as_str(), "yes")));
    browser.post_form(&paths::leave_check(draft), &fields).await
}

/// The fields of every step, in the form's order.
fn steps<'a>(ada: &'a str, sam: &'a str) -> Vec<(&'static str, Vec<(&'static str, &'a str)>)> {
    vec![
        ("children", vec![(key::CHILDREN, ada), (key::CHILDREN, sam), (key::LIVES_WITH, "yes")]),
        (
            "dates",
            vec![
                (key::FIRST_DAY, LEAVE[0]),
                (key::FIRST_SESSION, "AM"),
                (key::LAST_DAY, LEAVE[1]),
                (key::LAST_SESSION, "PM"),
                (key::RETURN_DAY, LEAVE[2]),
            ],
        ),
        ("kind-of-leave", vec![("kind", "family")]),
        ("why-value", vec![("value", HOSTILE[1].0)]),
        ("why-rare", vec![("rare", "Once.")]),
        ("why-significant", vec![("significant", "She is a bridesmaid.")]),
        ("why-unavoidable", vec![("unavoidable", "The date is set.")]),
        ("why-short", vec![("short", "It is far away.")]),
        ("travel", vec![("away", "uk")]),
        (
            "travel-where",
            vec![("destination", "Leeds"), ("away-address", "1 Secret Street"), ("away-phone", "07700 900123")],
        ),
        ("adults", vec![("with", "Both of us.")]),
        ("others", vec![("siblings-elsewhere", "no")]),
        ("before", vec![("earlier", ""), ("tests", "no")]),
    ]
}

#[tokio::test]
async fn a_form_is_filled_in_over_two_days_on_two_devices_and_sent_once() {
    let house = House::open().await;
    let [ada, sam] = okafors();
    let chidi = guardian(CHIDI).to_string();
    let mut phone = house.device_of(NGOZI).await;
    let list = phone.get(paths::LEAVE).await;
    let id = list.hidden("draft").expect("a form begins");
    let draft = SubmissionId::parse(&id).unwrap();
    for _ in 0..2 {
        let begins = phone.post_form(paths::LEAVE, &[("draft", &id)]).await;
        assert_eq!((begins.status.as_u16(), begins.location()), (303, paths::leave_draft(&draft).as_str()));
    }
    assert_eq!(house.place.count("form_draft").await, 1, "two taps begin one");
    let steps = steps(ada.as_str(), sam.as_str());
    let (evening, morning) = steps.split_at(4);
    for (step, fields) in evening {
        let saved = save(&mut phone, &draft, step, fields).await;
        assert_eq!(saved.status, 303, "{step}: {}", saved.main());
    }
    // What is missing is asked next; the check leads to it.
    assert_eq!(phone.get(&paths::leave_check(&draft)).await.location(), paths::leave_step(&draft, "why-rare"));

    let tomorrow = house.later(26 * 60).await;
    let mut laptop = tomorrow.parent(NGOZI).await;
    let list = laptop.get(paths::LEAVE).await;
    assert!(
        list.text().contains("Ada and Sam") && list.text().contains(&paths::leave_draft(&draft)),
        "{}",
        list.main()
    );
    let tasks = laptop.get(&paths::leave_draft(&draft)).await;
    assert!(tasks.text().contains("That is 10 sessions of school on 5 days."), "{}", tasks.main());
    let value = laptop.get(&paths::leave_step(&draft, "why-value")).await;
    assert!(!value.text().contains("<script>alert"), "{}", value.main());
    for (step, fields) in morning {
        let saved = save(&mut laptop, &draft, step, fields).await;
        assert_eq!(saved.status, 303, "{step}: {}", saved.main());
    }
    let other = save(&mut laptop, &draft, "other-parent", &[(key::OTHER, "asked"), (key::ASK, &chidi)]).await;
    let preview = laptop.follow(&other).await;
    let said = preview.main();
    assert!(said.contains("the highest count in any ten school weeks would be 10") && said.contains("£80"), "{said}");
    let shown = preview.hidden(key::PREVIEWED).unwrap();
    let seen = save(&mut laptop, &draft, "preview", &[(key::PREVIEWED, &shown)]).await;
    assert_eq!(seen.location(), paths::leave_check(&draft));

    let half = signs(&mut laptop, &draft, "", 3).await;
    assert_eq!(half.status, 422);
    assert!(half.text().contains("Statement 4") && half.text().contains("Type your full name"), "{}", half.main());
    let other_name = signs(&mut laptop, &draft, "Somebody Else", 6).await;
    assert_eq!(other_name.status, 422);
    assert!(other_name.text().contains("value=\"Somebody Else\"") && other_name.text().contains("name=\"other-name\""));
    let sent = signs(&mut laptop, &draft, "ngozi  OKAFOR", 6).await;
    assert!(sent.status == 303 && sent.location().starts_with("/leave/requests/"), "{}", sent.main());
    let again = signs(&mut laptop, &draft, "Ngozi Okafor", 6).await;
    assert_eq!(again.location(), sent.location(), "the same form is one request");
    for table in ["submission", "leave_form", "leave_signer"] {
        assert_eq!(house.place.count(table).await, 1, "{table}");
    }
    assert_eq!((house.place.count("leave_session").await, house.place.count("form_draft").await), (20, 0));
    assert!(matches!(house.portal.school.verify_journal(&[]).await.unwrap(), Verdict::Whole { .. }));

    let request = laptop.get(sent.location()).await;
    for word in ["Ada Okafor", "Sam Okafor", "1 Secret Street", "Chidi Okafor", "ngozi OKAFOR", "Form version 1"] {
        assert!(request.text().contains(word), "{word}: {}", request.main());
    }
    assert!(!request.text().contains("<script>alert"));
    for email in [NGOZI, CHIDI] {
        let mail = &tomorrow.site.mail_to(email).await[0];
        let text = format!("{} {}", mail.subject, mail.body);
        for word in ["Ada", "Sam", "Leeds", "wedding", "leave", "Secret"] {
            assert!(!text.contains(word) || word == "leave" && text.contains("/leave"), "{email}: {text}");
        }
    }
}

#[tokio::test]
async fn two_tabs_on_one_step_lose_nothing_silently_and_on_two_never_meet() {
    let house = House::open().await;
    let draft = begun_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let mut browser = house.device_of(NGOZI).await;
    let step = paths::leave_step(&draft, "why-rare");
    let knew = browser.get(&step).await.hidden("seen").unwrap();
    let first = browser.post_form(&step, &[("seen", &knew), ("rare", "From tab one."), ("then", "back")]).await;
    assert_eq!(first.location(), paths::leave_draft(&draft));
    // The other tab was drawn before.
    let second = browser.post_form(&step, &[("seen", &knew), ("rare", "From tab two.")]).await;
    assert_eq!(second.status, 409);
    assert!(second.text().contains("From tab one.") && second.text_area("rare").contains("From tab two."));
    let whose = Drafter::Guardian(guardian(NGOZI));
    let kept = async || house.portal.school.draft(&whose, &draft, house.portal.now()).await.unwrap().unwrap().answers;
    assert_eq!(kept().await.get("rare"), "From tab one.");
    // Its button a second time means it.
    let knew = second.hidden("seen").unwrap();
    let third = browser.post_form(&step, &[("seen", &knew), ("rare", "From tab two.")]).await;
    assert_eq!((third.status.as_u16(), kept().await.get("rare").to_owned()), (303, "From tab two.".to_owned()));
    // The same words again, from an old page: nothing to tell.
    let same = browser.post_form(&step, &[("seen", "old"), ("rare", "From tab two.")]).await;
    assert_eq!(same.status, 303);
    // A tab on another step, drawn long ago.
    let empty = seen(&kept().await, ["short"]);
    let other = browser.post_form(&paths::leave_step(&draft, "why-short"), &[("seen", &empty), ("short", "x")]).await;
    assert_eq!((other.status.as_u16(), kept().await.get("rare").to_owned()), (303, "From tab two.".to_owned()));

    // Answers changed while the last page stands open: nobody signs what they have not seen.
    let page = browser.get(&paths::leave_check(&draft)).await;
    let (knew, sessions) = (page.hidden("seen").unwrap(), page.hidden("sessions").unwrap());
    save(&mut browser, &draft, "why-short", &[("short", "another")]).await;
    let statements: Vec<String> = (0..6).map(|place| format!("statement-{place}")).collect();
    let mut fields =
        vec![("seen", knew.as_str()), ("version", "1"), ("sessions", sessions.as_str()), ("name", "Ngozi Okafor")];
    fields.extend(statements.iter().map(|field| (field.as_str(), "yes")));
    let sent = browser.post_form(&paths::leave_check(&draft), &fields).await;
    assert_eq!(sent.status, 409);
    assert!(sent.text().contains("Nothing was sent") && sent.text().contains("another"), "{}", sent.main());
    assert_eq!(house.place.count("submission").await, 0);
}

#[tokio::test]
async fn a_draft_is_kept_thirty_days_from_its_last_saving() {
    let house = House::open().await;
    let draft = begun(&house, NGOZI).await;
    let almost = house.later(30 * 24 * 60 - 10).await;
    let mut browser = almost.device_of(NGOZI).await;
    assert_eq!(save(&mut browser, &draft, "adults", &[("with", "Both.")]).await.status, 303);
    let later = house.later(59 * 24 * 60).await;
    let browser = later.device_of(NGOZI).await;
    assert_eq!(look(&browser, &paths::leave_draft(&draft)).await.status, 200);
    let over = house.later(61 * 24 * 60).await;
    let browser = over.device_of(NGOZI).await;
    assert_eq!(look(&browser, &paths::leave_draft(&draft)).await.status, 404);
    over.portal.school.sweep_drafts(over.portal.now()).await.unwrap();
    assert_eq!(house.place.count("form_draft").await, 0);
}

#[tokio::test]
async fn what_cannot_be_is_kept_as_typed_and_said_in_a_sentence() {
    let house = House::open().await;
    let draft = begun_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let mut browser = house.device_of(NGOZI).await;
    let long = "x".repeat(1001);
    for (step, fields, said) in [
        ("why-rare", vec![("rare", long.as_str())], "use at most 1000 characters"),
        ("why-rare", vec![("rare", " ")], "please answer"),
        ("kind-of-leave", vec![("kind", "a lie")], "choose one of the answers"),
        ("children", vec![(key::CHILDREN, "nonsense")], "Choose at least one child"),
        ("dates", vec![(key::FIRST_DAY, "2026-02-30"), (key::LAST_DAY, "x")], "Give the first day away"),
        (
            "dates",
            vec![(key::FIRST_DAY, "2026-12-21"), (key::LAST_DAY, "2026-12-23"), (key::RETURN_DAY, "2027-01-05")],
            "There is no school on these days",
        ),
        ("other-parent", vec![(key::OTHER, "asked")], "Choose whom to ask"),
    ] {
        let answer = save(&mut browser, &draft, step, &fields).await;
        assert_eq!(answer.status, 422, "{step}");
        assert!(answer.text().contains(said) && answer.text().contains("What you wrote is saved."), "{said}");
    }
    // Another family's child, and somebody who may not be asked.
    let (zofia, stranger) = (pupil("Zofia Kaczmarek").to_string(), guardian(MALGORZATA).to_string());
    for (step, fields) in [
        ("children", vec![(key::CHILDREN, zofia.as_str()), (key::LIVES_WITH, "yes")]),
        ("other-parent", vec![(key::OTHER, "asked"), (key::ASK, stranger.as_str())]),
    ] {
        let answer = save(&mut browser, &draft, step, &fields).await;
        assert_eq!(answer.status, 422, "{step}");
        assert!(!answer.text().contains("Zofia") && !answer.text().contains("Kaczmarek"), "{}", answer.main());
    }
}

#[tokio::test]
async fn who_may_not_ask_is_told_kindly_and_whom_to_ring() {
    let house = House::open().await;
    // One who lives elsewhere, and one who may only look.
    for email in [CHIDI, PATRICIA] {
        let mut browser = house.device_of(email).await;
        let page = browser.get(paths::LEAVE).await;
        assert!(page.text().contains("normally lives with") && page.hidden("draft").is_none(), "{}", page.main());
        let id = SubmissionId::from_bytes(rand::random()).to_string();
        assert_eq!(browser.post_form(paths::LEAVE, &[("draft", &id)]).await.status, 403);
    }
    assert_eq!(house.place.count("form_draft").await, 0);
}

#[tokio::test]
async fn a_shared_inbox_fills_in_and_does_not_sign() {
    let house = House::open().await;
    let who = guardians(RAHMAN).into_iter().next().unwrap();
    let children = house.portal.school.children_living_with(&who, house.portal.today()).await.unwrap();
    let child = children[0].pupil_id.clone();
    let (mut browser, _) = house.device(RAHMAN, None).await;
    assert_eq!(browser.post(paths::SIGN_IN_WHO, &[("guardian", who.as_str())]).await.location(), paths::HOME);
    let id = browser.get(paths::LEAVE).await.hidden("draft").unwrap();
    browser.post_form(paths::LEAVE, &[("draft", &id)]).await;
    let draft = SubmissionId::parse(&id).unwrap();
    let whose = Drafter::Guardian(who.clone());
    let filled: Vec<(String, String)> =
        answers(&[child], &[]).iter().map(|(key, answer)| (key.to_owned(), answer.to_owned())).collect();
    let knew = seen(&Answers::default(), filled.iter().map(|(key, _)| key.as_str()));
    house.portal.school.save_draft(&whose, &draft, (filled, knew), house.portal.now()).await.unwrap();
    let page = browser.get(&paths::leave_check(&draft)).await;
    assert!(page.text().contains("More than one person uses the e-mail address"), "{}", page.main());
    assert_eq!(signs(&mut browser, &draft, "Anybody", 6).await.status, 403);
    assert_eq!(house.place.count("submission").await, 0);
}

#[tokio::test]
async fn signing_asks_for_a_fresh_code_and_loses_no_tick() {
    let house = House::open().await;
    let draft = begun_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let mut browser = house.device_of(NGOZI).await;
    let check = paths::leave_check(&draft);
    let page = browser.get(&check).await;
    let later = house.later(16).await;
    let old = browser.at(&later.site);
    assert_eq!(look(&old, &check).await.location(), paths::prove(&check));
    let hidden = ["seen", "version", "sessions"].map(|name| (name, page.hidden(name).unwrap()));
    let ticks: Vec<String> = (0..6).map(|place| format!("statement-{place}")).collect();
    let mut fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fields.extend(ticks.iter().map(|tick| (tick.as_str(), "yes")));
    fields.extend([("name", "Ngozi Okoro"), ("other-name", "yes")]);
    // The code ran out while she read: the page again with all of it, and a way to a code that leaves it open.
    let told = old.post(&check, &fields).await;
    assert_eq!(told.status, 403, "{}", told.main());
    for tick in ticks.iter().map(String::as_str).chain(["other-name"]) {
        assert_eq!(told.chosen(tick), ["yes"], "{tick}");
    }
    assert_eq!(told.inputs("name")[0].at("value"), "Ngozi Okoro");
    let way = format!("href=\"{}\" target=\"_blank\"", paths::prove(&paths::Hand::Leave.form(&draft)));
    assert!(told.text().contains(&way), "{}", told.main());
    assert_eq!(house.place.count("submission").await, 0);
    assert_eq!(browser.post(&check, &fields).await.status, 303, "with a fresh code the same form goes");
}

#[tokio::test]
async fn another_parents_tick_and_name_outlast_their_code() {
    let house = House::open().await;
    let reference = asked_with(&house, NGOZI, &okafors(), &[guardian(CHIDI)]).await;
    let chidi = house.device_of(CHIDI).await;
    let old = chidi.at(&house.later(16).await.site);
    let fields = [("answer", "sign"), ("agree", "yes"), ("name", "chidi okafor")];
    let told = old.post(&paths::leave_sign(&reference), &fields).await;
    assert_eq!(told.status, 403, "{}", told.main());
    assert_eq!((told.chosen("agree"), told.inputs("name")[0].at("value")), (vec!["yes".into()], "chidi okafor".into()));
    assert!(told.text().contains(&format!("href=\"{}\"", paths::prove(paths::LEAVE))), "{}", told.main());
    assert_eq!(house.place.count("leave_signer WHERE answered_at IS NOT NULL").await, 0);
    assert_eq!(old.post(&paths::leave_sign(&reference), &[("answer", "not")]).await.status, 403);
}

#[tokio::test]
async fn the_other_parent_sees_child_and_days_and_nothing_else_and_signs_for_themselves() {
    let house = House::open().await;
    let reference = asked_with(&house, NGOZI, &okafors(), &[guardian(CHIDI)]).await;
    let mut chidi = house.device_of(CHIDI).await;
    let list = chidi.get(paths::LEAVE).await;
    assert!(list.text().contains("Waiting for your signature") && list.text().contains("Ada and Sam"));
    let page = chidi.get(&paths::leave_sign(&reference)).await;
    assert!(page.text().contains("Monday 7 December") && page.text().contains("10 sessions"), "{}", page.main());
    for hidden in ["bridesmaid", "aunt", "Both of us", "At home", "Ngozi"] {
        assert!(!page.text().contains(hidden), "{hidden}: {}", page.main());
    }
    // The applicant's own page is not theirs, and this one is nobody else's.
    assert_eq!(look(&chidi, &paths::leave_request(&reference)).await.status, 404);
    for email in [NGOZI, MALGORZATA] {
        let browser = house.device_of(email).await;
        assert_eq!(look(&browser, &paths::leave_sign(&reference)).await.status, 404, "{email}");
    }
    let empty = chidi.post_form(&paths::leave_sign(&reference), &[("answer", "sign")]).await;
    assert_eq!(empty.status, 422);
    let not = chidi.post_form(&paths::leave_sign(&reference), &[("answer", "not")]).await;
    assert!(chidi.follow(&not).await.text().contains("will not sign"));
    let fields = [("answer", "sign"), ("agree", "yes"), ("name", "chidi okafor")];
    for _ in 0..2 {
        let signed = chidi.post_form(&paths::leave_sign(&reference), &fields).await;
        assert!(chidi.follow(&signed).await.text().contains("You signed 8."));
    }
    let ngozi = house.device_of(NGOZI).await;
    assert!(look(&ngozi, &paths::leave_request(&reference)).await.text().contains("signed 8."));
    let taken_back = chidi.post_form(&paths::leave_sign(&reference), &[("answer", "not")]).await;
    assert!(chidi.follow(&taken_back).await.text().contains("You signed 8."), "a signature stays");

    let system = || Actor::System("test");
    let [ada, _] = okafors();
    house.portal.school.set_bar(&guardian(CHIDI), &ada, true, system(), house.portal.now()).await.unwrap();
    let back = house.device_of(CHIDI).await;
    assert_eq!(look(&back, &paths::leave_sign(&reference)).await.status, 404, "barred since");
}

#[tokio::test]
async fn nothing_shows_that_a_parent_is_barred() {
    let house = House::open().await;
    let leo = pupil("Leo Whitfield");
    let draft = begun_with(&house, JO, answers(std::slice::from_ref(&leo), &[])).await;
    let mut jo = house.device_of(JO).await;
    let page = jo.get(&paths::leave_step(&draft, "other-parent")).await;
    assert!(!page.text().contains("Darren"), "{}", page.main());
    assert!(page.text().contains("nobody else on record"), "{}", page.main());
    let (barred, nobody) = (guardian(DARREN).to_string(), super::guests::NOTHING);
    let mut said = Vec::new();
    for id in [barred.as_str(), nobody] {
        let answer = save(&mut jo, &draft, "other-parent", &[(key::OTHER, "asked"), (key::ASK, id)]).await;
        said.push((answer.status, answer.masked().replace(id, "")));
        save(&mut jo, &draft, "other-parent", &[(key::OTHER, "knows")]).await;
    }
    let mask = |text: &str| text.split("name=\"seen\"").count();
    assert_eq!((said[0].0, mask(&said[0].1)), (said[1].0, mask(&said[1].1)));
    assert_eq!(said[0].0, 422);
    // Named past the page, he is not asked, and nothing tells.
    let reference = asked_with(&house, JO, &[leo], &[guardian(DARREN)]).await;
    assert_eq!(house.place.count("leave_signer").await, 0);
    let darren = house.device_of(DARREN).await;
    assert_eq!(look(&darren, &paths::leave_sign(&reference)).await.status, 404);
    assert!(house.site.mail_to(DARREN).await.is_empty());
}

#[tokio::test]
async fn a_form_for_what_has_begun_is_taken_as_information() {
    let house = House::open().await;
    let mut late = answers(&okafors(), &[]);
    for (key, day) in [(key::FIRST_DAY, "2026-11-20"), (key::LAST_DAY, "2026-11-24"), (key::RETURN_DAY, "2026-11-25")] {
        late.set(key, day);
    }
    let shown = app::rules::leave::shown(&late);
    late.set(key::PREVIEWED, shown);
    let draft = begun_with(&house, NGOZI, late).await;
    let mut browser = house.device_of(NGOZI).await;
    let page = browser.get(&paths::leave_check(&draft)).await;
    assert!(page.text().contains("This leave has already begun"), "{}", page.main());
    let sent = signs(&mut browser, &draft, "Ngozi Okafor", 6).await;
    let request = browser.follow(&sent).await;
    assert!(request.text().contains("not in advance"), "{}", request.main());
}

#[tokio::test]
async fn nobody_signs_a_form_that_was_changed_under_their_pen_and_old_ones_keep_their_questions() {
    let house = House::open().await;
    let old = asked_for_leave(&house, NGOZI, &okafors()).await;
    let draft = begun_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let mut browser = house.device_of(NGOZI).await;
    let page = browser.get(&paths::leave_check(&draft)).await;
    let (knew, version) = (page.hidden("seen").unwrap(), page.hidden("version").unwrap());
    let body = server::forms::LEAVE.seed.replacen("How often does something like this", "How seldom does this", 1);
    let new = NewForm {
        form: "leave",
        seen: 1,
        sha256: server::forms::fingerprint(&body),
        body,
        by: app::rules::id::StaffId::from_bytes([7; 16]),
        at: house.portal.now(),
    };
    assert_eq!(house.portal.school.keep_form(new).await.unwrap(), FormSaved::Done);
    let statements: Vec<String> = (0..6).map(|place| format!("statement-{place}")).collect();
    let mut fields = vec![("seen", knew.as_str()), ("version", version.as_str()), ("name", "Ngozi Okafor")];
    fields.extend(statements.iter().map(|field| (field.as_str(), "yes")));
    let sent = browser.post_form(&paths::leave_check(&draft), &fields).await;
    assert_eq!(sent.status, 409);
    assert!(sent.text().contains("The school has changed its form") && sent.text().contains("How seldom"));
    assert!(look(&browser, &paths::leave_request(&old)).await.text().contains("How often does something like this"));
    assert!(signs(&mut browser, &draft, "Ngozi Okafor", 6).await.location().starts_with("/leave/requests/"));
}

#[tokio::test]
async fn a_request_is_changed_and_taken_back_child_by_child() {
    let house = House::open().await;
    let reference = asked_for_leave(&house, NGOZI, &okafors()).await;
    let mut browser = house.device_of(NGOZI).await;
    let page = browser.get(&paths::leave_request(&reference)).await;
    let id = page.hidden("draft").unwrap();
    let change = browser.post_form(&paths::leave_change(&reference), &[("draft", &id)]).await;
    let draft = SubmissionId::parse(&id).unwrap();
    assert_eq!(change.location(), paths::leave_draft(&draft));
    assert!(browser.follow(&change).await.text().contains("14 of 14 steps done"));
    // Until it is sent, the first one stands.
    assert!(look(&browser, &paths::leave_request(&reference)).await.text().contains("Change this request"));
    save(&mut browser, &draft, "why-short", &[("short", "We cut it short.")]).await;
    let sent = signs(&mut browser, &draft, "Ngozi Okafor", 6).await;
    let now = Reference::parse(sent.location().rsplit('/').next().unwrap()).unwrap();
    assert_ne!(now, reference);
    let first = look(&browser, &paths::leave_request(&reference)).await;
    assert!(first.text().contains(&paths::leave_request(&now)) && first.text().contains("no longer counts"));
    assert!(!first.text().contains("Change this request"));

    let asks = browser.get(&paths::leave_withdraw(&now)).await;
    let sam: Vec<&str> = asks.text().split("name=\"leave\" value=\"").skip(1).map(|rest| &rest[..26]).collect();
    assert_eq!(sam.len(), 2);
    let second = sam[1].to_owned();
    for _ in 0..2 {
        let taken = browser.post_form(&paths::leave_withdraw(&now), &[("leave", &second)]).await;
        assert_eq!(taken.location(), paths::leave_request(&now));
    }
    let page = browser.get(&paths::leave_request(&now)).await;
    assert!(page.text().contains("You took it back") && page.text().contains("Take this request back"));
    let strangers = asked_for_leave(&house, MALGORZATA, &[pupil("Zofia Kaczmarek")]).await;
    let theirs = house.portal.school.leave(&strangers).await.unwrap().unwrap().children[0].leave.to_string();
    let tried = browser.post_form(&paths::leave_withdraw(&now), &[("leave", &theirs)]).await;
    assert_eq!(tried.status, 409);
    let state = house.portal.school.leave(&strangers).await.unwrap().unwrap().children[0].state;
    assert_eq!(state.word(), "sent");
}
