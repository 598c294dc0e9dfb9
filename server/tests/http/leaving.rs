//! Telling the school that a child leaves, with forms only.

use app::{
    paths::{self, Hand},
    rules::{
        id::{PupilId, SubmissionId},
        leaving::key,
        reference::Reference,
    },
};
use server::{
    clock::Clock,
    demo::people::{CHIDI, GRACE, JO, MALGORZATA, NGOZI, PATRICIA},
    store::{Drafter, journal::Actor, journal::Verdict},
};

use super::{
    browser::Browser,
    house::{House, instant},
    leave::{look, okafors},
    leaving_forms::{LAST_DAY, answers, began_notice, began_with, gave_notice},
    page::Answer,
    people::{guardian, pupil},
};

/// Saves a step as its page does: with what it knew.
async fn save(browser: &mut Browser, draft: &SubmissionId, step: &str, fields: &[(&str, &str)]) -> Answer {
    let path = Hand::Leaving.step(draft, step);
    let page = browser.get(&path).await;
    let knew = page.hidden("seen").unwrap_or_else(|| panic!("{step}: {}", page.main()));
    let mut all = vec![("seen", knew.as_str())];
    all.extend(fields);
    browser.post_form(&path, &all).await
}

/// What the last page posts.
async fn signs(browser: &mut Browser, draft: &SubmissionId, name: &str) -> Answer {
    let path = Hand::Leaving.check(draft);
    let page = browser.get(&path).await;
    let hidden = |name: &str| page.hidden(name).unwrap_or_default();
    let (knew, version) = (hidden("seen"), hidden("version"));
    let ticked: Vec<String> = (0..4).map(|place| format!("statement-{place}")).collect();
    let mut fields = vec![("seen", knew.as_str()), ("version", version.as_str()), ("name", name)];
    fields.extend(ticked.iter().map(|field| (field.as_str(), "yes")));
    browser.post_form(&path, &fields).await
}

fn reference(sent: &Answer) -> Reference {
    Reference::parse(sent.location().rsplit('/').next().unwrap()).unwrap_or_else(|| panic!("{}", sent.main()))
}

async fn kept(house: &House, email: &str, draft: &SubmissionId) -> app::rules::form::Answers {
    let whose = Drafter::Guardian(guardian(email));
    house.portal.school.draft(&whose, draft, house.portal.now()).await.unwrap().unwrap().answers
}

#[tokio::test]
async fn a_family_says_that_two_children_leave_and_the_receipt_says_what_happens_next() {
    let house = House::open().await;
    let [ada, sam] = okafors();
    let mut browser = house.parent(NGOZI).await;
    let id = browser.get(paths::LEAVING).await.hidden("draft").expect("a form begins");
    for _ in 0..2 {
        assert_eq!(browser.post_form(paths::LEAVING, &[("draft", &id)]).await.status, 303);
    }
    let draft = SubmissionId::parse(&id).unwrap();
    let steps: Vec<(&str, Vec<(&str, &str)>)> = vec![
        ("children", vec![(key::CHILDREN, ada.as_str()), (key::CHILDREN, sam.as_str())]),
        ("last-day", vec![(key::LAST_DAY, LAST_DAY)]),
        ("why", vec![(key::REASON, "moving-uk")]),
        ("home", vec![(key::WHEREABOUTS, "told")]),
        ("new-home", vec![(key::ADDRESS, "1 Canary Street"), (key::ADDRESS_FROM, "2026-12-14")]),
        ("with", vec![("lives-with", "Ngozi Okafor")]),
        ("next-school", vec![(key::SCHOOL, "unknown")]),
        ("reach", vec![("phone", "07700 900123"), ("email", "afterwards@example.org")]),
    ];
    for (step, fields) in &steps {
        let saved = save(&mut browser, &draft, step, fields).await;
        assert_eq!(saved.status, 303, "{step}: {}", saved.main());
    }
    let check = browser.get(&Hand::Leaving.check(&draft)).await;
    for word in ["Ada Okafor", "Sam Okafor", "Friday 11 December 2026", "1 Canary Street"] {
        assert!(check.text().contains(word), "{word}: {}", check.main());
    }
    let unsigned = signs(&mut browser, &draft, "").await;
    assert!(unsigned.status == 422 && unsigned.text().contains("Type your full name"), "{}", unsigned.main());
    let sent = signs(&mut browser, &draft, "Ngozi Okafor").await;
    assert!(sent.location().starts_with("/leaving/notices/"), "{}", sent.main());
    assert_eq!(signs(&mut browser, &draft, "Ngozi Okafor").await.location(), sent.location(), "two taps send one");
    for (table, rows) in [("submission", 1), ("leaving_form", 1), ("leaving_notice", 2), ("form_draft", 0)] {
        assert_eq!(house.place.count(table).await, rows, "{table}");
    }
    let page = browser.get(sent.location()).await;
    assert!(page.text().contains("is expected until the last day") && page.text().contains("Form version 1"));
    let pdf = look(&browser, &paths::leaving_pdf(&reference(&sent))).await;
    assert!(pdf.status == 200 && pdf.bytes.starts_with(b"%PDF-"));
    let mail = &house.site.mail_to(NGOZI).await[0];
    for word in ["Ada", "Sam", "Canary", "Leeds", "leaves"] {
        assert!(!format!("{} {}", mail.subject, mail.body).contains(word), "{word}");
    }
    assert!(matches!(house.portal.school.verify_journal(&[]).await.unwrap(), Verdict::Whole { .. }));
    let standing = house.portal.school.standing().await.unwrap();
    assert_eq!(standing.halves, [], "nothing is half there");
}

#[tokio::test]
async fn the_other_parent_learns_nothing_of_it_anywhere() {
    let house = House::open().await;
    let sent = gave_notice(&house, NGOZI, &okafors()).await;
    let began = began_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let other = house.device_of(CHIDI).await;
    for path in [
        paths::leaving_notice(&sent),
        paths::leaving_pdf(&sent),
        paths::evidence(&sent),
        Hand::Leaving.form(&began),
        Hand::Leaving.check(&began),
    ] {
        assert_eq!(look(&other, &path).await.status, 404, "{path}");
    }
    let [ada, _] = okafors();
    for path in [paths::HOME.to_owned(), paths::LEAVING.to_owned(), paths::RECEIPTS.to_owned(), paths::attendance(&ada)]
    {
        let page = look(&other, &path).await;
        let text = page.text();
        assert!(
            !text.contains("Canary") && !text.contains(sent.as_str()) && !text.contains("Sent to the school"),
            "{path}"
        );
    }
    assert!(house.site.mail_to(CHIDI).await.is_empty(), "no mail either");
    // He has parental responsibility: he may say the same for himself, and still sees nothing of hers.
    let his = gave_notice(&house, CHIDI, &okafors()).await;
    let page = look(&other, &paths::leaving_notice(&his)).await;
    assert!(page.status == 200 && !page.text().contains(sent.as_str()), "{}", page.main());
}

#[tokio::test]
async fn an_address_that_must_stay_secret_is_kept_nowhere() {
    let house = House::open().await;
    let mut browser = house.device_of(NGOZI).await;
    // She had typed it before she said so.
    let draft = began_with(&house, NGOZI, answers(&okafors(), &[(key::SCHOOL, "unknown")])).await;
    assert_eq!(save(&mut browser, &draft, "home", &[(key::WHEREABOUTS, "secret")]).await.status, 303);
    for key in key::WHERE {
        assert_eq!(kept(&house, NGOZI, &draft).await.get(key), "", "{key}");
    }
    let sent = signs(&mut browser, &draft, "Ngozi Okafor").await;
    let page = browser.get(sent.location()).await;
    assert!(page.text().contains("The school rings you about the address") && !page.text().contains("Canary"));
    // What belongs to answers that are no longer asked is not kept either: the school's name and town.
    let everything = house.place.everything_but(&[]).await;
    assert!(!format!("{everything:?}").contains("Canary"), "nowhere in the database");
}

#[tokio::test]
async fn home_education_begins_with_a_talk_and_sends_no_notice() {
    let house = House::open().await;
    let [ada, _] = okafors();
    let mut browser = house.device_of(NGOZI).await;
    let draft = began_notice(&house, NGOZI).await;
    let meeting = paths::leaving_meeting(&draft);
    // Nobody is chosen: that comes first.
    assert_eq!(look(&browser, &meeting).await.location(), Hand::Leaving.step(&draft, "children"));
    save(&mut browser, &draft, "children", &[(key::CHILDREN, ada.as_str())]).await;
    let why = save(&mut browser, &draft, "why", &[(key::REASON, "home-education")]).await;
    assert_eq!(why.location(), meeting);
    let page = browser.get(&meeting).await;
    assert!(page.text().contains("The law asks for it in writing") && page.text().contains("Ada Okafor"));
    // Whoever goes round by hand comes back to the question.
    assert_eq!(look(&browser, &Hand::Leaving.check(&draft)).await.location(), Hand::Leaving.step(&draft, "last-day"));
    save(&mut browser, &draft, "last-day", &[(key::LAST_DAY, LAST_DAY)]).await;
    assert_eq!(look(&browser, &Hand::Leaving.check(&draft)).await.location(), Hand::Leaving.step(&draft, "why"));
    assert_eq!(signs(&mut browser, &draft, "Ngozi Okafor").await.location(), Hand::Leaving.step(&draft, "why"));

    let page = browser.get(&meeting).await;
    let (seen, message) = (page.hidden("seen").unwrap(), page.hidden("message").unwrap());
    let empty = browser.post_form(&meeting, &[("seen", &seen), ("message", &message), ("text", " ")]).await;
    assert_eq!(empty.status, 422);
    let fields = [("seen", seen.as_str()), ("message", message.as_str()), ("text", "After school on Thursday?")];
    let asked = browser.post_form(&meeting, &fields).await;
    assert!(asked.location().starts_with("/leaving/notices/"), "{}", asked.main());
    assert_eq!(browser.post_form(&meeting, &fields).await.location(), asked.location(), "two taps ask once");
    let page = browser.get(asked.location()).await;
    assert!(
        page.text().contains("After school on Thursday?") && page.text().contains("A meeting about home education")
    );
    assert!(!page.text().contains("Last day at this school") && !page.text().contains("Change it"), "{}", page.main());
    let found = house.portal.school.notice(&reference(&asked)).await.unwrap().unwrap();
    assert_eq!((found.kind.word(), found.signed), ("meeting", None));
    let office = house.staff("office@demo.example").await;
    let list = look(&office, paths::STAFF_LEAVING).await;
    assert!(
        list.text().contains("Meetings about home education (1)") && list.text().contains("Open (0)"),
        "{}",
        list.main()
    );
}

#[tokio::test]
async fn a_notice_is_changed_and_taken_back_while_the_child_is_here() {
    let house = House::open().await;
    let first = gave_notice(&house, NGOZI, &okafors()).await;
    let mut browser = house.device_of(NGOZI).await;
    let id = browser.get(&paths::leaving_notice(&first)).await.hidden("draft").unwrap();
    browser.post_form(&paths::leaving_change(&first), &[("draft", &id)]).await;
    let draft = SubmissionId::parse(&id).unwrap();
    assert_eq!(save(&mut browser, &draft, "last-day", &[(key::LAST_DAY, "2026-12-18")]).await.status, 303);
    let sent = signs(&mut browser, &draft, "Ngozi Okafor").await;
    let now = reference(&sent);
    let old = look(&browser, &paths::leaving_notice(&first)).await;
    assert!(old.text().contains(&paths::leaving_notice(&now)) && !old.text().contains("Take it back"));
    for _ in 0..2 {
        let taken = browser.post_form(&paths::leaving_withdraw(&now), &[]).await;
        assert_eq!(taken.location(), paths::leaving_notice(&now));
    }
    let page = look(&browser, &paths::leaving_notice(&now)).await;
    assert!(page.text().contains("You took it back"), "{}", page.main());
    assert_eq!(browser.post_form(&paths::leaving_change(&now), &[]).await.status, 409);
    assert_eq!(browser.post_form(&paths::leaving_withdraw(&first), &[]).await.status, 409);
}

#[tokio::test]
async fn who_may_not_is_told_kindly_and_a_bar_set_meanwhile_holds() {
    let house = House::open().await;
    let mut viewer = house.device_of(PATRICIA).await;
    let page = viewer.get(paths::LEAVING).await;
    assert!(page.text().contains("Only a parent can tell") && page.hidden("draft").is_none(), "{}", page.main());
    let id = SubmissionId::from_bytes(rand::random()).to_string();
    assert_eq!(viewer.post_form(paths::LEAVING, &[("draft", &id)]).await.status, 403);
    // Another family's child in the form.
    let mut browser = house.device_of(MALGORZATA).await;
    let draft = began_notice(&house, MALGORZATA).await;
    let ada = pupil("Ada Okafor");
    let tried = save(&mut browser, &draft, "children", &[(key::CHILDREN, ada.as_str())]).await;
    assert!(tried.status == 422 && !tried.text().contains("Ada"), "{}", tried.main());
    // Barred from one of two children while the form stands open.
    let sent = gave_notice(&house, NGOZI, &okafors()).await;
    let draft = began_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let mut browser = house.device_of(NGOZI).await;
    let page = browser.get(&Hand::Leaving.check(&draft)).await;
    let (knew, version) = (page.hidden("seen").unwrap(), page.hidden("version").unwrap());
    house.portal.school.set_bar(&guardian(NGOZI), &ada, true, Actor::System("test"), house.portal.now()).await.unwrap();
    let ticked: Vec<String> = (0..4).map(|place| format!("statement-{place}")).collect();
    let mut fields = vec![("seen", knew.as_str()), ("version", version.as_str()), ("name", "Ngozi Okafor")];
    fields.extend(ticked.iter().map(|field| (field.as_str(), "yes")));
    let refused = browser.post_form(&Hand::Leaving.check(&draft), &fields).await;
    assert_eq!(refused.location(), Hand::Leaving.step(&draft, "children"));
    assert_eq!(look(&browser, &paths::leaving_notice(&sent)).await.status, 404, "it speaks of a child she has lost");
    assert_eq!(house.place.count("leaving_form").await, 1);
}

#[tokio::test]
async fn dates_and_answers_that_cannot_be_are_said_in_a_sentence() {
    let house = House::open().await;
    let draft = began_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let mut browser = house.device_of(NGOZI).await;
    for (step, fields, said) in [
        ("last-day", vec![(key::LAST_DAY, "2026-12-25")], "There is no school on this day"),
        ("last-day", vec![(key::LAST_DAY, "soon")], "Give the last day"),
        ("home", vec![(key::WHEREABOUTS, "same")], "You said that you are moving"),
        ("children", vec![], "Choose at least one child"),
        ("why", vec![(key::REASON, "")], "please answer"),
    ] {
        let answer = save(&mut browser, &draft, step, &fields).await;
        assert_eq!(answer.status, 422, "{step}");
        assert!(answer.text().contains(said), "{said}: {}", answer.main());
    }
    // A day that has passed is taken, and said to have passed.
    assert_eq!(save(&mut browser, &draft, "last-day", &[(key::LAST_DAY, "2026-11-20")]).await.status, 303);
    assert!(browser.get(&Hand::Leaving.step(&draft, "last-day")).await.text().contains("This day has passed"));
}

/// A child in Year 6 with a parent who could give notice.
async fn in_year_six(house: &House) -> (String, PupilId) {
    for email in [GRACE, JO, MALGORZATA, NGOZI] {
        let children = house.portal.school.children_in_care(&guardian(email), house.portal.today()).await.unwrap();
        if let Some(child) = children.iter().find(|child| child.year == 6 && child.link.may_report()) {
            return (email.to_owned(), child.pupil_id.clone());
        }
    }
    panic!("somebody is in Year 6");
}

#[tokio::test]
async fn year_six_in_summer_needs_no_form_but_for_leaving_early() {
    let house = House::with_clock(Clock::set_to(instant("2027-06-14T08:00:00Z"))).await;
    let (email, child) = in_year_six(&house).await;
    let mut browser = house.device_of(&email).await;
    let page = browser.get(paths::LEAVING).await;
    assert!(page.text().contains("so no form is needed"), "{}", page.main());
    let draft = began_with(&house, &email, answers(std::slice::from_ref(&child), &[])).await;
    let end =
        app::rules::leaving::end_of_year(&house.portal.policy.calendar, app::rules::school_year::SchoolYear(2026));
    let end = end.expect("the calendar reaches the summer").to_string();
    let anyway = save(&mut browser, &draft, "last-day", &[(key::LAST_DAY, &end)]).await;
    assert!(anyway.status == 422 && anyway.text().contains("Year 6 leaves on this day anyway"), "{}", anyway.main());
    assert_eq!(save(&mut browser, &draft, "last-day", &[(key::LAST_DAY, "2027-06-25")]).await.status, 303);
    // In autumn nothing is said of it.
    let autumn = House::open().await;
    let page = autumn.device_of(&email).await.get(paths::LEAVING).await;
    assert!(!page.text().contains("so no form is needed"), "{}", page.main());
}

#[tokio::test]
async fn of_a_parent_whose_address_is_a_secret_none_is_asked_and_what_stood_is_erased() {
    let house = House::open().await;
    let before = gave_notice(&house, NGOZI, &okafors()).await;
    let draft = began_with(&house, NGOZI, answers(&okafors(), &[])).await;
    let by = house.staff_ids().await["head@demo.example"].clone();
    let (school, now) = (&house.portal.school, house.portal.now());
    assert!(school.keep_address_secret(&guardian(NGOZI), true, &by, now).await.unwrap());
    let mut browser = house.device_of(NGOZI).await;
    let page = browser.get(&Hand::Leaving.step(&draft, "new-home")).await;
    assert!(
        page.text().contains("asks you by telephone") && !page.text().contains("name=\"new-address\""),
        "{}",
        page.main()
    );
    let sent = signs(&mut browser, &draft, "Ngozi Okafor").await;
    assert!(sent.location().starts_with("/leaving/notices/"), "{}", sent.main());
    for reference in [before, reference(&sent)] {
        let page = browser.get(&paths::leaving_notice(&reference)).await;
        assert!(page.text().contains("The school rings you about the address"), "{}", page.main());
    }
    let everything = house.place.everything_but(&[]).await;
    assert!(!format!("{everything:?}").contains("Canary"), "nowhere in the database");
    let office = house.staff("office@demo.example").await;
    let file = look(&office, paths::LEAVING_RETURN).await;
    let text = String::from_utf8(file.bytes.clone()).unwrap();
    assert!(text.contains("kept secret: told by telephone") && !text.contains("Orchard Rise"), "{text}");
}
