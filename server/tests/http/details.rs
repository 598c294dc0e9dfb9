//! A family's details with forms only: what is seen, what is asked for, and what nobody else ever sees of it.

use app::{
    paths,
    rules::{
        details::{Field, Of, check},
        id::SubmissionId,
        reference::Reference,
    },
};
use reqwest::Method;
use server::{
    demo::people::{CHIDI, DARREN, MALGORZATA, NGOZI, PATRICIA, RAHMAN, TOM},
    store::{DetailsAsked, NewDetails, NewMail, journal::Actor},
};

use super::{
    browser::Browser,
    house::{House, Node},
    page::Answer,
    people::{guardian, guardians, pupil},
};

/// A request that the store has taken: for a mobile number that nobody asked for before.
pub(super) async fn asked_for_change(house: &Node, email: &str) -> Reference {
    let (school, today) = (&house.portal.school, house.portal.today());
    let details = school.details(&guardian(email), today).await.unwrap().expect("they see a child");
    let mut typed = details.offer().begins();
    typed.set("mobile", format!("07700 9{:05}", rand::random::<u32>() % 100_000));
    let new = NewDetails {
        guardian: guardian(email),
        submission: SubmissionId::from_bytes(rand::random()),
        digest: "of a test".to_owned(),
        seen: details.seen(),
        wanted: check(&details.offer(), &typed, today).unwrap(),
        year: 2026,
        at: house.portal.now(),
        today,
    };
    let no_mail = |_: &Reference| NewMail { to: None, kind: "details", subject: String::new(), body: String::new() };
    match school.ask_details(new, no_mail).await.unwrap() {
        DetailsAsked::Received(reference) => reference,
        other => panic!("{email}: {other:?}"),
    }
}

pub(super) async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

/// The form as a browser would send it, with these fields in the place of its own.
pub(super) fn filled(page: &Answer, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for tag in super::page::tags(page.main()) {
        let (kind, name) = (tag.at("type"), tag.at("name"));
        let sent = match kind.as_str() {
            "checkbox" | "radio" => tag.has("checked"),
            _ => !name.is_empty(),
        };
        if sent && !name.is_empty() && name != "then" {
            fields.push((name, tag.at("value")));
        }
    }
    for area in ["address"] {
        if page.text().contains(&format!("<textarea id=\"{area}\"")) {
            fields.retain(|(name, _)| name != area);
            fields.push((area.to_owned(), page.text_area(area)));
        }
    }
    for (name, value) in changes {
        fields.retain(|(of, _)| of != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    fields
}

async fn posts(browser: &mut Browser, fields: &[(String, String)], then: &str) -> Answer {
    let mut all: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    all.push(("then", then));
    browser.post_form(paths::DETAILS_CHANGE, &all).await
}

/// Asks for changes as the pages do it: form, look, send.
pub(super) async fn asks(browser: &mut Browser, changes: &[(&str, &str)]) -> (Answer, Answer) {
    let page = browser.get(paths::DETAILS_CHANGE).await;
    assert_eq!(page.status, 200, "{}", page.main());
    let looked = posts(browser, &filled(&page, changes), "look").await;
    assert_eq!(looked.status, 200, "{}", looked.main());
    let sent = posts(browser, &filled(&looked, &[]), "send").await;
    (looked, sent)
}

#[tokio::test]
async fn a_parent_sees_what_is_held_and_asks_for_a_change_that_overwrites_nothing() {
    let house = House::open().await;
    let mut browser = house.device_of(NGOZI).await;
    let home = browser.get(paths::HOME).await;
    assert!(
        home.text().contains("Are your details still right?") && home.text().contains(paths::DETAILS),
        "{}",
        home.main()
    );
    let page = browser.get(paths::DETAILS).await;
    for said in ["Ngozi", NGOZI, "Hazelbridge", "Ada Okafor", "3 Oak, born 12 March 2019", "Is all this still right?"] {
        assert!(page.text().contains(said), "{said}: {}", page.main());
    }
    assert!(!page.title().contains("Okafor"));
    let before = house.place.texts("SELECT guardian_id || COALESCE(email, '-') || COALESCE(mobile, '-') || COALESCE(address, '-') FROM guardian ORDER BY 1").await;
    let lives = Of::child(&pupil("Ada Okafor"), Field::LivesWith).name();
    let (looked, sent) = asks(&mut browser, &[("mobile", "07700 900456"), (&lives, "no")]).await;
    assert!(
        looked.text().contains("07700 900456") && looked.text().contains("Lives with you: Ada"),
        "{}",
        looked.main()
    );
    assert_eq!(sent.status, 303, "{}", sent.main());
    let page = browser.follow(&sent).await;
    for said in ["Sent. Your reference is", "07700 900456", "with the office", "Change what I asked for"] {
        assert!(page.text().contains(said), "{said}: {}", page.main());
    }
    let after = house.place.texts("SELECT guardian_id || COALESCE(email, '-') || COALESCE(mobile, '-') || COALESCE(address, '-') FROM guardian ORDER BY 1").await;
    assert_eq!(before, after);
    // Who asked for a change has looked.
    assert!(!page.text().contains("Is all this still right?"));
    let mail = house.site.mail_to(NGOZI).await;
    assert!(mail.iter().any(|mail| mail.subject.contains("a change of your details was asked for")), "{mail:?}");
    assert!(mail.iter().all(|mail| !mail.body.contains("900456") && !mail.body.contains("Ada")), "{mail:?}");
    // The form begins with what was asked for; taking back leaves all as it was.
    let form = browser.get(paths::DETAILS_CHANGE).await;
    assert_eq!(form.inputs("mobile")[0].at("value"), "07700 900456");
    assert_eq!(browser.post_form(paths::DETAILS_WITHDRAW, &[]).await.status, 303);
    let page = browser.get(paths::DETAILS).await;
    assert!(!page.text().contains("with the office") && page.text().contains("Ask for a change"), "{}", page.main());
}

#[tokio::test]
async fn what_is_wrong_is_said_at_its_field_and_what_was_typed_stays() {
    let house = House::open().await;
    let mut browser = house.device_of(NGOZI).await;
    let form = browser.get(paths::DETAILS_CHANGE).await;
    for (change, said) in [
        (("mobile", "ring me"), "Mobile phone: give a number"),
        (("email", "at home"), "Give an e-mail address"),
        (("address", "One line"), "Give the address in two to seven lines"),
        (("surname", &"x".repeat(101)), "Last name: use at most 100 characters"),
        (("mobile", "07700 9"), "Mobile phone: give a number"),
    ] {
        let page = posts(&mut browser, &filled(&form, &[change]), "look").await;
        assert_eq!(page.status, 422, "{said}");
        assert!(
            page.text().contains(said) && page.text().contains(&format!("href=\"#{}\"", change.0)),
            "{}",
            page.main()
        );
        let typed =
            if change.0 == "address" { page.text_area("address") } else { page.inputs(change.0)[0].at("value") };
        assert_eq!(typed, change.1);
    }
    let nothing = posts(&mut browser, &filled(&form, &[]), "look").await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.text().contains("You have not changed anything"), "{}", nothing.main());
    const HOSTILE: &str = "</textarea><script>alert(1)</script>\"'";
    let hostile = posts(&mut browser, &filled(&form, &[("surname", HOSTILE), ("address", HOSTILE)]), "look").await;
    assert!(!hostile.text().contains("<script>alert"), "{}", hostile.main());
    let page = posts(&mut browser, &filled(&form, &[("address", "1 New Street\nHZ1 1AA")]), "look").await;
    assert!(
        page.text().contains("Give the day from which") && page.text().contains("#address-from"),
        "{}",
        page.main()
    );
    assert_eq!(house.place.count("details_line").await, 0);
}

#[tokio::test]
async fn two_taps_are_one_request_and_an_old_tab_is_told() {
    let house = House::open().await;
    let mut browser = house.device_of(NGOZI).await;
    let form = browser.get(paths::DETAILS_CHANGE).await;
    let (one, other) = (filled(&form, &[("mobile", "07700 900456")]), filled(&form, &[("mobile", "07700 900789")]));
    let first = posts(&mut browser, &one, "send").await;
    let second = posts(&mut browser, &one, "send").await;
    assert_eq!((first.status.as_u16(), first.location()), (303, second.location()));
    let differs = posts(&mut browser, &other, "send").await;
    assert_eq!(differs.status, 409);
    assert!(
        differs.text().contains("already sent with this form") && differs.text().contains("07700 900789"),
        "{}",
        differs.main()
    );
    let new_id = SubmissionId::from_bytes(rand::random()).to_string();
    let mut tab = other.clone();
    tab.iter_mut().filter(|(name, _)| name == "submission").for_each(|(_, value)| value.clone_from(&new_id));
    let old = posts(&mut browser, &tab, "send").await;
    assert_eq!(old.status, 409);
    assert!(old.text().contains("changed after you opened the form"), "{}", old.main());
    assert_eq!(house.place.count("details_line").await, 1);
    // From the page as it stands now it goes.
    let again = posts(&mut browser, &filled(&old, &[]), "send").await;
    assert_eq!(again.status, 303, "{}", again.main());
}

#[tokio::test]
async fn a_change_asks_for_a_fresh_code_and_keeps_what_was_typed() {
    let house = House::open().await;
    let mut browser = house.device_of(NGOZI).await;
    let form = browser.get(paths::DETAILS_CHANGE).await;
    let later = house.later(20).await;
    let mut browser = browser.at(&later.site);
    assert_eq!(browser.get(paths::DETAILS_CHANGE).await.location(), paths::prove(paths::DETAILS_CHANGE));
    assert_eq!(browser.get(paths::DETAILS).await.status, 200, "looking asks for none");
    let page = posts(&mut browser, &filled(&form, &[("mobile", "07700 900456")]), "send").await;
    assert_eq!(page.status, 403);
    assert!(page.text().contains("Get a fresh code") && page.text().contains("07700 900456"), "{}", page.main());
    assert_eq!(house.place.count("details_line").await, 0);
}

#[tokio::test]
async fn another_parent_sees_and_changes_nothing_of_it() {
    let house = House::open().await;
    let canary = ["07700 911911", "Refugewood", "ngozi.new@demo.example", "Aunt Canary"];
    let mut hers = house.device_of(NGOZI).await;
    let somebody = Of::child(&pupil("Ada Okafor"), Field::Somebody).name();
    let (who, phone) = (format!("{somebody}-name"), format!("{somebody}-phone"));
    let address = "1 Refugewood\nHazelbridge\nHZ1 1AA";
    let changes = [
        ("mobile", canary[0]),
        ("email", canary[2]),
        ("address", address),
        ("address-from", "2026-12-01"),
        (who.as_str(), canary[3]),
        (phone.as_str(), "01632 960001"),
    ];
    assert_eq!(asks(&mut hers, &changes).await.1.status, 303);
    for email in [CHIDI, MALGORZATA, PATRICIA, DARREN, TOM] {
        let his = house.device_of(email).await;
        for path in [paths::HOME, paths::DETAILS, paths::DETAILS_CHANGE, paths::RECEIPTS] {
            let page = look(&his, path).await;
            assert!(canary.iter().all(|word| !page.text().contains(word)), "{email} {path}");
        }
    }
    // What she told of whom to ring changes no word of his page.
    let his = look(&house.device_of(CHIDI).await, paths::DETAILS).await;
    assert!(his.text().contains("You have given us one person to ring if something happens to Ada"), "{}", his.main());
    let hers = look(&hers, paths::DETAILS).await;
    assert!(!hers.text().contains("one person to ring if something happens to Ada"), "{}", hers.main());
    let mail = house.site.mail_to(canary[2]).await;
    assert!(mail.is_empty(), "nothing goes to an address that the school does not hold");
    let told = house.site.mail_to(NGOZI).await;
    assert!(told.iter().any(|mail| mail.subject.contains("another e-mail address was asked for")), "{told:?}");
}

#[tokio::test]
async fn what_a_parent_reads_does_not_turn_on_a_bar_or_a_number_of_the_others() {
    let house = House::open().await;
    let hers = house.device_of(NGOZI).await;
    let before = look(&hers, paths::DETAILS).await.masked();
    house.place.by_hand(&format!("UPDATE guardian SET mobile = NULL WHERE email = '{CHIDI}'")).await;
    assert_eq!(look(&hers, paths::DETAILS).await.masked(), before);
    for child in ["Ada Okafor", "Sam Okafor"] {
        let system = Actor::System("test");
        house.portal.school.set_bar(&guardian(CHIDI), &pupil(child), true, system, house.portal.now()).await.unwrap();
    }
    assert_eq!(look(&hers, paths::DETAILS).await.masked(), before);
}

#[tokio::test]
async fn whoever_may_see_no_child_finds_nothing_as_if_it_were_not_there() {
    let house = House::open().await;
    for email in [DARREN, TOM] {
        let mut browser = house.device_of(email).await;
        let nothing = browser.get("/no/such/page").await;
        for path in [paths::DETAILS, paths::DETAILS_CHANGE] {
            let page = browser.get(path).await;
            assert_eq!((page.status.as_u16(), page.text()), (404, nothing.text()), "{email} {path}");
        }
        for path in [paths::DETAILS_CHANGE, paths::DETAILS_RIGHT, paths::DETAILS_WITHDRAW, paths::DETAILS_MESSAGES] {
            assert_eq!(
                browser.post_form(path, &[("mobile", "07700 900456"), ("then", "send")]).await.status,
                404,
                "{path}"
            );
        }
    }
    assert_eq!((house.place.count("details_line").await, house.place.count("details_check").await), (0, 0));
}

#[tokio::test]
async fn in_a_shared_inbox_nothing_is_shown_or_asked_and_the_page_says_why() {
    let house = House::open().await;
    let (mut browser, _) = house.device(RAHMAN, Some(&guardians(RAHMAN)[0])).await;
    let home = browser.get(paths::HOME).await;
    assert!(!home.text().contains("still right"), "who cannot look is not asked to");
    for path in [paths::DETAILS, paths::DETAILS_CHANGE] {
        let page = browser.get(path).await;
        assert_eq!(page.status, 200);
        assert!(page.text().contains("More than one person uses the e-mail address"), "{}", page.main());
        assert!(!page.text().contains("Hazelbridge") && !page.text().contains("07700"), "{}", page.main());
    }
    for path in [paths::DETAILS_CHANGE, paths::DETAILS_RIGHT, paths::DETAILS_WITHDRAW, paths::DETAILS_MESSAGES] {
        assert_eq!(browser.post_form(path, &[("then", "send")]).await.status, 403, "{path}");
    }
    assert_eq!(house.place.count("details_check").await, 0);
}

#[tokio::test]
async fn a_refuge_is_nowhere_not_even_on_the_page_that_dropped_it() {
    let house = House::open().await;
    let mut browser = house.device_of(NGOZI).await;
    let form = browser.get(paths::DETAILS_CHANGE).await;
    let typed = [("secret", "yes"), ("address", "7 Refuge Lane\nElsewhere\nHZ9 9ZZ"), ("address-from", "2026-12-01")];
    let looked = posts(&mut browser, &filled(&form, &typed), "look").await;
    assert!(
        looked.text().contains("Your address must be kept secret") && !looked.text().contains("Refuge"),
        "{}",
        looked.main()
    );
    let sent = posts(&mut browser, &filled(&form, &typed), "send").await;
    assert_eq!(sent.status, 303, "{}", sent.main());
    let everything = house.place.everything_but(&[]).await.join("\n");
    assert!(!everything.contains("Refuge Lane"));
    // What the roster had brought is gone too, and every other page follows.
    let hers = guardian(NGOZI);
    let kept = format!("guardian WHERE guardian_id = '{hers}' AND address_secret AND address IS NULL");
    assert_eq!(house.place.count(&kept).await, 1);
    let head = house.staff("head@demo.example").await;
    let review = look(&head, paths::ROSTER_REVIEW).await;
    assert!(review.text().contains("Addresses kept secret: 2"), "{}", review.main());
    let page = browser.get(paths::DETAILS).await;
    assert!(
        page.text().contains("Your address is kept secret") && !page.text().contains("Hazelbridge"),
        "{}",
        page.main()
    );
    let form = browser.get(paths::DETAILS_CHANGE).await;
    assert!(!form.text().contains("id=\"address\""), "{}", form.main());
    house.site.deliver().await;
    for mail in house.site.mail_to(NGOZI).await {
        assert!(!mail.body.contains("Refuge"));
    }
}

#[tokio::test]
async fn one_tap_says_that_all_is_right_once_a_school_year() {
    let house = House::open().await;
    let mut browser = house.device_of(NGOZI).await;
    let done = browser.post_form(paths::DETAILS_RIGHT, &[]).await;
    assert_eq!(done.status, 303);
    let page = browser.follow(&done).await;
    assert!(page.text().contains("Thank you. You need not look again this school year"), "{}", page.main());
    assert!(page.text().contains("You looked at this on 23 November 2026"), "{}", page.main());
    let home = browser.get(paths::HOME).await;
    assert!(!home.text().contains("still right") && home.text().contains("Your details"), "{}", home.main());
    let chidi = look(&house.device_of(CHIDI).await, paths::HOME).await;
    assert!(chidi.text().contains("still right"), "each looks for themselves");
    assert_eq!(house.place.count("journal WHERE action = 'details_are_right'").await, 1);
}
