//! A fresh code before an act that binds, for parents.

use app::paths;
use reqwest::Method;
use server::{
    demo::people::{CHIDI, MALGORZATA, NGOZI, RAHMAN},
    web::{cookies, session::Parent},
};

use super::{
    browser::Browser,
    house::{House, Node},
    page::{Answer, between},
    people,
};

const TO: &str = "/receipts";

/// An asking: where the code is typed, its id and the figures from the message.
struct Asked {
    path: String,
    asking: String,
    figures: String,
}

async fn press(browser: &Browser) -> Answer {
    browser.post(&paths::prove(TO), &[]).await
}

/// Presses the button and reads the message.
async fn asks(browser: &mut Browser, email: &str) -> Asked {
    let before = browser.site.mail_to(email).await.len();
    let button = browser.get(&paths::prove(TO)).await;
    assert!(button.main().contains("Send me a code") && !button.main().contains("name=\"code\""), "{}", button.main());
    let sent = press(browser).await;
    let page = browser.follow(&sent).await;
    assert!(page.main().contains("name=\"code\""), "{}", page.main());
    let mail = browser.site.mail_to(email).await;
    assert_eq!(mail.len(), before + 1);
    let figures = between(&mail[0].body, "Your code is ", "\n").expect("a code").to_owned();
    Asked { path: sent.location().to_owned(), asking: page.hidden("sign_in").expect("an asking"), figures }
}

async fn types(browser: &Browser, asked: &Asked, figures: &str) -> Answer {
    browser.post(&paths::prove(TO), &[("sign_in", &asked.asking), ("code", figures)]).await
}

fn other_than(figures: &str) -> String {
    format!("{:06}", (figures.parse::<u32>().unwrap() + 1) % 1_000_000)
}

/// How many proofs there were.
async fn proofs(house: &House) -> (i64, i64) {
    let lines = "journal WHERE action = 'prove' AND actor_kind = 'guardian'";
    (house.place.count("device WHERE proved_at IS NOT NULL").await, house.place.count(lines).await)
}

/// Whether an act that binds may follow in this browser, as a handler would ask.
async fn is_fresh(node: &Node, browser: &Browser) -> bool {
    use axum::extract::FromRequestParts;
    let cookie = format!("{}={}", cookies::DEVICE, browser.jar[cookies::DEVICE]);
    let request = axum::http::Request::builder().header("cookie", cookie).body(()).unwrap();
    let parent = Parent::from_request_parts(&mut request.into_parts().0, &node.portal).await.unwrap();
    parent.is_fresh(node.portal.now())
}

#[tokio::test]
async fn the_right_code_leads_on_and_is_fresh_for_a_quarter_of_an_hour() {
    let house = House::open().await;
    let phone = house.device_of(NGOZI).await;
    assert!(is_fresh(&house, &phone).await, "signed in by code just now");
    assert!(is_fresh(&house.later(14).await, &phone).await);
    let later = house.later(20).await;
    let mut at = phone.at(&later.site);
    assert!(!is_fresh(&later, &at).await);
    let asked = asks(&mut at, NGOZI).await;
    let spaced = format!("{} {}", &asked.figures[..3], &asked.figures[3..]);
    let right = types(&at, &asked, &spaced).await;
    assert_eq!((right.status.as_u16(), right.location()), (303, TO));
    assert_eq!(proofs(&house).await, (1, 1));
    assert!(is_fresh(&later, &at).await);
    for (minutes, fresh) in [(14, true), (16, false)] {
        assert_eq!(is_fresh(&later.later(minutes).await, &at).await, fresh, "{minutes}");
    }
}

#[tokio::test]
async fn the_message_has_a_code_and_no_link_and_signs_nobody_in() {
    let house = House::open().await;
    let mut phone = house.device_of(NGOZI).await;
    let asked = asks(&mut phone, NGOZI).await;
    let mail = house.site.mail_to(NGOZI).await.remove(0);
    assert!(!mail.body.contains("http") && !mail.body.contains("sign-in"), "{}", mail.body);
    assert!(mail.body.contains("counts as your signature"), "{}", mail.body);
    let mut thief = house.browser();
    thief.get(paths::SIGN_IN).await;
    let fields = [("sign_in", asked.asking.as_str()), ("code", asked.figures.as_str())];
    let tried = thief.post(paths::SIGN_IN_CODE, &fields).await;
    assert!(tried.status == 422 && tried.headers.get("set-cookie").is_none(), "{}", tried.main());
    // And a code to sign in with proves nothing.
    let sent = house.browser().ask_code(NGOZI).await.expect("a message");
    let crossed = Asked { path: String::new(), asking: sent.asking, figures: sent.figures.clone() };
    assert_eq!(types(&phone, &crossed, &sent.figures).await.status, 422);
    assert_eq!(proofs(&house).await, (0, 0));
}

#[tokio::test]
async fn wrong_codes_are_said_counted_and_never_written_back() {
    let house = House::open().await;
    let mut phone = house.device_of(NGOZI).await;
    let asked = asks(&mut phone, NGOZI).await;
    let wrong = other_than(&asked.figures);
    for _ in 0..5 {
        let page = types(&phone, &asked, &wrong).await;
        assert_eq!(page.status, 422);
        assert!(page.main().contains("That code does not work") && page.main().contains("href=\"#code\""));
        assert!(!page.text().contains(&wrong), "{}", page.main());
        assert_eq!(page.hidden("sign_in"), Some(asked.asking.clone()), "and can be tried again from here");
    }
    assert_eq!(types(&phone, &asked, &asked.figures).await.status, 422, "the sixth is too many");
    let again = asks(&mut phone, NGOZI).await;
    assert_eq!(types(&phone, &again, &again.figures).await.status, 303);
    assert_eq!(phone.post(&paths::prove(TO), &[("sign_in", "no id"), ("code", "123456")]).await.status, 400);
}

#[tokio::test]
async fn a_code_is_not_replayed_and_does_not_outlive_ten_minutes() {
    let house = House::open().await;
    let mut phone = house.device_of(NGOZI).await;
    let (used, old) = (asks(&mut phone, NGOZI).await, asks(&mut phone, NGOZI).await);
    assert_eq!(types(&phone, &used, &used.figures).await.status, 303);
    assert_eq!(types(&phone, &used, &used.figures).await.status, 422);
    let later = phone.at(&house.later(11).await.site);
    assert_eq!(types(&later, &old, &old.figures).await.status, 422);
    assert_eq!(proofs(&house).await, (1, 1));
}

#[tokio::test]
async fn a_code_of_another_device_or_guardian_proves_nothing() {
    let house = House::open().await;
    let mut phone = house.device_of(NGOZI).await;
    let asked = asks(&mut phone, NGOZI).await;
    for email in [NGOZI, CHIDI, MALGORZATA] {
        let other = house.device_of(email).await;
        assert_eq!(types(&other, &asked, &asked.figures).await.status, 422, "{email}");
        // Not even the page differs: the asking may be anybody's.
        assert_eq!(other.send(Method::GET, &asked.path, &[], Vec::new()).await.status, 200);
    }
    assert_eq!(proofs(&house).await, (0, 0));
    assert_eq!(types(&phone, &asked, &asked.figures).await.status, 303);
}

#[tokio::test]
async fn a_shared_inbox_is_told_whom_to_ring_and_sent_nothing() {
    let house = House::open().await;
    let guardian = people::guardian(RAHMAN);
    let (browser, _) = house.device(RAHMAN, None).await;
    let chosen = browser.post(paths::SIGN_IN_WHO, &[("guardian", guardian.as_str())]).await;
    assert_eq!(chosen.location(), paths::HOME);
    for (answer, status) in
        [(browser.send(Method::GET, &paths::prove(TO), &[], Vec::new()).await, 200), (press(&browser).await, 403)]
    {
        assert_eq!(answer.status, status);
        let page = answer.read();
        assert!(page.contains("More than one person uses") && page.contains("01632 960915, option 1"), "{page}");
        assert!(!answer.main().contains("<form"), "{}", answer.main());
    }
    assert!(house.site.mail_to(RAHMAN).await.is_empty());
    assert!(!is_fresh(&house, &browser).await, "however lately it was signed in");
}

#[tokio::test]
async fn an_inbox_that_has_come_to_be_shared_signs_no_more_and_a_barred_reader_shuts_it() {
    let house = House::open().await;
    let mut phone = house.device_of(NGOZI).await;
    let asked = asks(&mut phone, NGOZI).await;
    let chidi = people::guardian(CHIDI);
    house.place.by_hand(&format!("UPDATE guardian SET email = '{NGOZI}' WHERE guardian_id = '{chidi}'")).await;
    let refused = types(&phone, &asked, &asked.figures).await;
    assert!(refused.status == 403 && refused.read().contains("More than one person"), "{}", refused.main());
    assert!(!is_fresh(&house, &phone).await);
    house.place.by_hand(&format!("UPDATE guardian_pupil SET barred = (1 = 1) WHERE guardian_id = '{chidi}'")).await;
    assert_eq!(types(&phone, &asked, &asked.figures).await.location(), paths::SIGN_IN);
    assert_eq!(proofs(&house).await, (0, 0));
}

#[tokio::test]
async fn a_device_signed_in_on_paper_is_told_whom_to_ring() {
    let house = House::open().await;
    let (browser, device) = house.device(NGOZI, Some(&people::guardian(NGOZI))).await;
    house
        .place
        .by_hand(&format!(
            "INSERT INTO invitation (school_id, invitation_id, guardian_id, code_hash, made_at, made_by, expires_at, tries, used_at) \
             SELECT school_id, 'paper', guardian_id, 'x', '2026-11-01T08:00:00Z', 'office', '2026-12-01T08:00:00Z', 0, '2026-11-23T08:00:00Z' \
             FROM device WHERE device_id = '{device}'"
        ))
        .await;
    house
        .place
        .by_hand(&format!("UPDATE device SET email = '', invitation_id = 'paper' WHERE device_id = '{device}'"))
        .await;
    for (answer, status) in
        [(browser.send(Method::GET, &paths::prove(TO), &[], Vec::new()).await, 200), (press(&browser).await, 403)]
    {
        assert_eq!(answer.status, status);
        let page = answer.read();
        assert!(page.contains("a letter from the school") && page.contains("01632 960915, option 1"), "{page}");
        assert!(!answer.main().contains("<form"), "{}", answer.main());
    }
    assert!(house.site.mail_to(NGOZI).await.is_empty());
    assert!(!is_fresh(&house, &browser).await);
}

#[tokio::test]
async fn ten_askings_in_ten_minutes_and_five_codes_an_hour_as_for_signing_in() {
    let house = House::open().await;
    let phone = house.device_of(NGOZI).await;
    let mut statuses = Vec::new();
    for _ in 0..11 {
        let pressed = press(&phone).await;
        statuses.push(pressed.status.as_u16());
        assert!(pressed.status == 303 || pressed.read().contains("01632 960915"), "{}", pressed.main());
    }
    assert_eq!(statuses, [[303; 5].as_slice(), &[429; 6]].concat());
    assert_eq!(house.site.mail_to(NGOZI).await.len(), 5);
    // The same count as for signing in, and nobody else's.
    let mut other = house.browser();
    other.get(paths::SIGN_IN).await;
    assert_eq!(other.post(paths::SIGN_IN, &[("email", NGOZI)]).await.status, 429);
    assert_eq!(press(&house.device_of(CHIDI).await).await.status, 303);
    assert_eq!(press(&phone.at(&house.later(61).await.site)).await.status, 303);
}

#[tokio::test]
async fn nobody_is_led_out_of_the_parents_pages() {
    let house = House::open().await;
    let mut phone = house.device_of(NGOZI).await;
    for to in ["https://evil.example", "//evil.example", "/staff/board", "/sign-out", "/prove"] {
        let asked = asks(&mut phone, NGOZI).await;
        let fields = [("sign_in", asked.asking.as_str()), ("code", asked.figures.as_str())];
        let right = phone.post(&paths::prove(to), &fields).await;
        assert_eq!((right.status.as_u16(), right.location()), (303, paths::HOME), "{to}");
    }
}
