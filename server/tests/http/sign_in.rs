//! Parents signing in: what an attacker learns, tries, steals and plants.

use app::paths;
use reqwest::Method;
use server::{
    demo::people::{CHIDI, DARREN, LOWE, NGOZI, RAHMAN, TOM},
    web::cookies,
};

use super::{
    browser::{Browser, SentCode},
    house::{House, Node},
    page::Answer,
    people,
};

/// A code that is not this one.
fn other_than(figures: &str) -> String {
    format!("{:06}", (figures.parse::<u32>().unwrap() + 1) % 1_000_000)
}

async fn type_code(browser: &Browser, sent: &SentCode, figures: &str) -> Answer {
    browser.post(paths::SIGN_IN_CODE, &[("sign_in", &sent.asking), ("code", figures)]).await
}

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

#[tokio::test]
async fn every_address_gets_the_same_answer() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.get(paths::SIGN_IN).await;
    let mut answers = Vec::new();
    for email in [NGOZI, "nobody.here@demo.example", LOWE, RAHMAN, DARREN, TOM, "office@demo.example"] {
        let asked = browser.post(paths::SIGN_IN, &[("email", email)]).await;
        let asking = asked.hidden("sign_in").expect("an asking, whoever asks");
        let wrong = browser.post(paths::SIGN_IN_CODE, &[("sign_in", &asking), ("code", "no code")]).await;
        answers.push((email, asked, wrong));
    }
    house.site.deliver().await;
    let (_, asked, wrong) = answers.remove(0);
    assert_eq!((asked.status.as_u16(), wrong.status.as_u16()), (200, 422));
    let names = |answer: &Answer| answer.headers.keys().map(|name| name.as_str().to_owned()).collect::<Vec<_>>();
    for (email, other, other_wrong) in answers {
        for (one, other) in [(&asked, &other), (&wrong, &other_wrong)] {
            assert_eq!((one.status, one.bytes.len()), (other.status, other.bytes.len()), "{email}");
            assert_eq!((one.masked(), names(one)), (other.masked(), names(other)), "{email}");
        }
    }
    // Only the inbox knows more.
    for (email, kind) in [(NGOZI, "Your code"), (RAHMAN, "Your code"), (LOWE, "Signing in at")] {
        let mail = house.site.mail_to(email).await;
        assert!(mail.len() == 1 && mail[0].subject.starts_with(kind), "{email}: {mail:?}");
        assert_eq!(mail[0].body.contains("Your code is"), kind == "Your code", "{email}");
    }
    assert!(house.site.mail_to("nobody.here@demo.example").await.is_empty());
    assert!(house.site.mail_to("office@demo.example").await.is_empty());
}

#[tokio::test]
async fn an_address_is_the_same_however_it_is_written() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.get(paths::SIGN_IN).await;
    let written = format!("  {}\t", NGOZI.to_uppercase());
    assert_eq!(browser.post(paths::SIGN_IN, &[("email", &written)]).await.status, 200);
    assert_eq!(house.site.mail_to(NGOZI).await.len(), 1);
    for nonsense in ["", "ngozi", "@demo.example", "a@b", "a b@demo.example", "a@demo.example.", &"x".repeat(300)] {
        assert_eq!(browser.post(paths::SIGN_IN, &[("email", nonsense)]).await.status, 422, "{nonsense}");
    }
}

#[tokio::test]
async fn a_code_works_once_and_takes_its_link_with_it() {
    let house = House::open().await;
    let mut browser = house.browser();
    let sent = browser.ask_code(NGOZI).await.expect("a message");
    assert_eq!(type_code(&browser, &sent, &sent.figures).await.location(), paths::HOME);
    for thief in [&browser, &{
        let mut other = house.browser();
        other.get(paths::SIGN_IN).await;
        other
    }] {
        let again = type_code(thief, &sent, &sent.figures).await;
        assert!(again.status == 422 && again.headers.get("set-cookie").is_none(), "{}", again.main());
        assert!(look(thief, &sent.link).await.main().contains("no longer works"));
        assert_eq!(thief.post(&sent.link, &[]).await.location(), "");
    }
    assert_eq!(house.place.count("device").await, 1);
}

#[tokio::test]
async fn fifty_thieves_with_one_code_are_one_device() {
    let house = House::open().await;
    let mut browser = house.browser();
    let sent = browser.ask_code(NGOZI).await.expect("a message");
    let tries = (0..50).map(|_| {
        let (browser, sent) = (browser.clone(), sent.clone());
        tokio::spawn(async move { type_code(&browser, &sent, &sent.figures).await.status.as_u16() })
    });
    let mut inside = 0;
    for one in tries.collect::<Vec<_>>() {
        inside += usize::from(one.await.unwrap() == 303);
    }
    assert_eq!((inside, house.place.count("device").await), (1, 1));
}

#[tokio::test]
async fn a_code_allows_five_tries() {
    let house = House::open().await;
    let mut browser = house.browser();
    for wrong in [4, 5] {
        let sent = browser.ask_code(NGOZI).await.expect("a message");
        for _ in 0..wrong {
            assert_eq!(type_code(&browser, &sent, &other_than(&sent.figures)).await.status, 422);
        }
        let right = type_code(&browser, &sent, &sent.figures).await;
        assert_eq!(right.status == 303, wrong == 4, "after {wrong} wrong ones: {}", right.main());
    }
}

#[tokio::test]
async fn a_code_belongs_to_its_own_asking() {
    let house = House::open().await;
    let (mut one, mut other) = (house.browser(), house.browser());
    let (hers, his) = (one.ask_code(NGOZI).await.unwrap(), other.ask_code(CHIDI).await.unwrap());
    if hers.figures != his.figures {
        let crossed = SentCode { asking: his.asking.clone(), ..hers.clone() };
        assert_eq!(type_code(&one, &crossed, &crossed.figures).await.status, 422);
    }
    assert_eq!(type_code(&one, &hers, &hers.figures).await.status, 303);
}

#[tokio::test]
async fn code_and_link_work_for_ten_minutes() {
    let house = House::open().await;
    for (minutes, works) in [(9, true), (11, false)] {
        let mut browser = house.browser();
        let (by_code, by_link) = (browser.ask_code(NGOZI).await.unwrap(), browser.ask_code(NGOZI).await.unwrap());
        let later = browser.at(&house.later(minutes).await.site);
        assert_eq!(look(&later, &by_link.link).await.main().contains("<form"), works, "{minutes}");
        assert_eq!(later.post(&by_link.link, &[]).await.location() == paths::HOME, works, "{minutes}");
        assert_eq!(type_code(&later, &by_code, &by_code.figures).await.status == 303, works, "{minutes}");
    }
}

#[tokio::test]
async fn a_scanner_that_opens_the_link_uses_nothing_up() {
    let house = House::open().await;
    let mut browser = house.browser();
    let sent = browser.ask_code(NGOZI).await.expect("a message");
    let scanner = house.browser();
    for verb in [Method::GET, Method::HEAD, Method::OPTIONS, Method::GET] {
        let answer = scanner.send(verb, &sent.link, &[], Vec::new()).await;
        assert!(
            !answer.headers.get_all("set-cookie").iter().any(|cookie| cookie.as_bytes().starts_with(b"__Host-nf="))
        );
    }
    // Even one that presses the button without being the browser it was drawn in.
    assert_eq!(scanner.post(&sent.link, &[]).await.status, 403);
    let mut phone = house.browser();
    let page = phone.get(&sent.link).await;
    assert!(page.main().contains("stays signed in for 90 days"), "{}", page.main());
    let pressed = phone.post_form(&sent.link, &[]).await;
    assert_eq!(phone.follow(&pressed).await.status, 200);
}

#[tokio::test]
async fn every_sign_in_makes_a_new_cookie_and_a_planted_one_is_worth_nothing() {
    let house = House::open().await;
    let planted = cookies::new_token();
    let mut victim = house.browser().with_cookie(cookies::DEVICE, &planted).with_cookie(cookies::VISIT, &planted);
    victim.sign_in(NGOZI).await;
    let first = victim.jar[cookies::DEVICE].clone();
    assert_ne!(first, planted);
    let attacker = house.browser().with_cookie(cookies::DEVICE, &planted);
    assert_eq!(look(&attacker, paths::HOME).await.location(), paths::SIGN_IN);
    assert!(!victim.jar.contains_key(cookies::VISIT), "the visitor's cookie goes");
    victim.sign_in(NGOZI).await;
    assert_ne!(victim.jar[cookies::DEVICE], first);
}

#[tokio::test]
async fn a_stolen_cookie_dies_with_the_device() {
    let house = House::open().await;
    let mut phone = house.parent(NGOZI).await;
    let mut laptop = house.parent(NGOZI).await;
    let (thief, other_thief) = (phone.clone(), laptop.clone());
    assert_eq!(look(&thief, paths::HOME).await.status, 200);
    // The phone was first; from the laptop it is signed out.
    let phones = house.place.texts("SELECT device_id FROM device ORDER BY signed_in_at").await.remove(0);
    let revoke = format!("/devices/{phones}/revoke");
    assert!(laptop.get(paths::DEVICES).await.main().contains(&revoke));
    assert_eq!(laptop.post_form(&revoke, &[]).await.location(), paths::DEVICES);
    assert_eq!(look(&thief, paths::HOME).await.location(), paths::SIGN_IN);
    assert_eq!(look(&other_thief, paths::HOME).await.status, 200);
    assert_eq!(laptop.post_form(paths::SIGN_OUT, &[]).await.location(), paths::SIGN_IN);
    assert!(laptop.jar.is_empty(), "{:?}", laptop.jar);
    assert_eq!(look(&other_thief, paths::HOME).await.location(), paths::SIGN_IN);
    assert_eq!(phone.get(paths::RECEIPTS).await.location(), paths::SIGN_IN);
}

#[tokio::test]
async fn a_device_is_signed_out_after_ninety_days() {
    let house = House::open().await;
    let phone = house.device_of(NGOZI).await;
    for (days, location) in [(89, ""), (91, paths::SIGN_IN)] {
        let later: Node = house.later(days * 24 * 60).await;
        assert_eq!(look(&phone.at(&later.site), paths::HOME).await.location(), location, "{days}");
    }
}

#[tokio::test]
async fn a_spray_over_many_accounts_does_not_keep_a_true_parent_out() {
    let house = House::open().await;
    let mut attacker = house.browser();
    attacker.get(paths::SIGN_IN).await;
    let known = people::plain_addresses().into_iter().filter(|email| email != NGOZI).take(150);
    for email in known.chain((0..150).map(|n| format!("nobody{n}@example.org"))) {
        let asked = attacker.post(paths::SIGN_IN, &[("email", &email)]).await;
        assert_eq!(asked.status, 200, "{email}");
        let asking = asked.hidden("sign_in").unwrap();
        attacker.post(paths::SIGN_IN_CODE, &[("sign_in", &asking), ("code", "123456")]).await;
    }
    // One round of the worker is enough: she does not wait behind three hundred others.
    let mut ngozi = house.browser();
    ngozi.sign_in(NGOZI).await;
    assert_eq!(ngozi.get(paths::HOME).await.status, 200);
    assert_eq!(house.place.count("sign_in WHERE NOT handled").await, 0);
    assert!(house.place.count("device").await <= 2);
}

#[tokio::test]
async fn one_address_is_asked_for_ten_times_in_ten_minutes_and_gets_five_codes_an_hour() {
    let house = House::open().await;
    let mut browser = house.browser();
    browser.get(paths::SIGN_IN).await;
    let mut statuses = Vec::new();
    for _ in 0..11 {
        let asked = browser.post(paths::SIGN_IN, &[("email", NGOZI)]).await;
        statuses.push(asked.status.as_u16());
        house.site.deliver().await;
        if asked.status == 429 {
            assert!(asked.main().contains("many tries") && asked.main().contains("ring the school"));
        }
    }
    assert_eq!(statuses, [[200; 10].as_slice(), &[429]].concat());
    assert_eq!(house.site.mail_to(NGOZI).await.len(), 5);
    // Nobody else is held up, nor is she for ever.
    assert_eq!(browser.post(paths::SIGN_IN, &[("email", CHIDI)]).await.status, 200);
    let later = browser.at(&house.later(61).await.site);
    assert_eq!(later.post(paths::SIGN_IN, &[("email", NGOZI)]).await.status, 200);
    assert_eq!(later.site.mail_to(NGOZI).await.len(), 6);
}

#[tokio::test]
async fn a_shared_inbox_asks_who_and_one_with_a_barred_reader_lets_nobody_in() {
    let house = House::open().await;
    let mut browser = house.browser();
    let signed_in = browser.sign_in(RAHMAN).await;
    assert_eq!(signed_in.location(), paths::SIGN_IN_WHO);
    let who = browser.follow(&signed_in).await;
    assert!(who.main().contains("I am Rukhsana Rahman") && who.main().contains("I am Imran Rahman"));
    assert!(house.browser().ask_code(LOWE).await.is_none());
    // A bar set between code and typing holds, and so does one set before the choice.
    let mut late = house.browser();
    let sent = late.ask_code(RAHMAN).await.expect("a message");
    let imran = people::guardians(RAHMAN)[1].to_string();
    house.place.by_hand(&format!("UPDATE guardian_pupil SET barred = (1 = 1) WHERE guardian_id = '{imran}'")).await;
    assert!(type_code(&late, &sent, &sent.figures).await.headers.get("set-cookie").is_none());
    let rukhsana = people::guardians(RAHMAN)[0].to_string();
    for guardian in [&imran, &rukhsana] {
        let chosen = browser.post_form(paths::SIGN_IN_WHO, &[("guardian", guardian)]).await;
        assert_eq!((chosen.status.as_u16(), chosen.location()), (303, paths::SIGN_IN));
    }
}
