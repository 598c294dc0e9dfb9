//! Staff signing in: two factors, neither of which can be guessed, replayed or skipped.

use app::paths;
use reqwest::Method;
use server::{
    demo::{PASSWORD, people::NGOZI},
    second_factor::code_now,
    web::cookies,
};

use super::{
    browser::Browser,
    house::House,
    page::{Answer, between},
};

const OFFICE: &str = "office@demo.example";

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

async fn give(browser: &Browser, email: &str, password: &str) -> Answer {
    browser.post(paths::STAFF_SIGN_IN, &[("email", email), ("password", password)]).await
}

/// A browser with the sign-in page open.
async fn visitor(house: &House) -> Browser {
    let mut browser = house.browser();
    browser.get(paths::STAFF_SIGN_IN).await;
    browser
}

#[tokio::test]
async fn a_wrong_password_is_the_same_answer_for_every_address() {
    let house = House::open().await;
    let mut admin = house.staff("admin@demo.example").await;
    admin.get(paths::PEOPLE).await;
    let invited = [("name", "New"), ("email", "fresh@demo.example"), ("roles", "office")];
    assert_eq!(admin.post_form(paths::PEOPLE, &invited).await.status, 303);
    let shut = house.staff_ids().await["dpo@demo.example"].clone();
    assert_eq!(admin.post_form(&paths::people_disable(&shut), &[("disabled", "yes")]).await.status, 303);
    let browser = visitor(&house).await;
    let mut answers = Vec::new();
    // The address comes back in its field, so all are as long as one another.
    for email in ["head@demo.example", "fresh@demo.example", "nobody@demo.example", "dpo@demo.example", NGOZI] {
        let password = if email.starts_with("dpo") { PASSWORD } else { "not the password" };
        let answer = give(&browser, email, password).await;
        assert!(answer.headers.get("set-cookie").is_none(), "{email}");
        answers.push((answer.status.as_u16(), answer.masked().replace(email, "somebody")));
    }
    assert_eq!(answers[0].0, 422);
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
}

#[tokio::test]
async fn a_password_alone_opens_nothing_but_the_second_step() {
    let house = House::open().await;
    let mut half = house.browser();
    half.half_staff(OFFICE).await;
    for path in [paths::STAFF, paths::BOARD, paths::BOARD_CHANGES, paths::PEOPLE, paths::STAFF_MAIL] {
        assert_eq!(look(&half, path).await.location(), paths::STAFF_SECOND_FACTOR, "{path}");
    }
    let later = half.at(&house.later(11).await.site);
    assert_eq!(look(&later, paths::STAFF_SECOND_FACTOR).await.location(), paths::STAFF_SIGN_IN);
}

#[tokio::test]
async fn each_step_makes_a_new_cookie_and_the_one_before_is_worth_nothing() {
    let house = House::open().await;
    let planted = cookies::new_token();
    let mut browser = house.browser().with_cookie(cookies::STAFF, &planted);
    browser.half_staff(OFFICE).await;
    let half = browser.jar[cookies::STAFF].clone();
    let code = browser.app_code(OFFICE).await;
    let done = browser.post_form(paths::STAFF_SECOND_FACTOR, &[("code", &code)]).await;
    assert_eq!(done.location(), paths::STAFF);
    let whole = browser.jar[cookies::STAFF].clone();
    assert!(planted != half && half != whole);
    for old in [&planted, &half] {
        let thief = house.browser().with_cookie(cookies::STAFF, old);
        assert_eq!(look(&thief, paths::BOARD).await.location(), paths::STAFF_SIGN_IN);
        assert_eq!(look(&thief, paths::STAFF_SECOND_FACTOR).await.location(), paths::STAFF_SIGN_IN);
    }
    // Whoever signs in over somebody ends that session.
    let thief = browser.clone();
    browser.half_staff("head@demo.example").await;
    assert_eq!(look(&thief, paths::BOARD).await.location(), paths::STAFF_SIGN_IN);
}

#[tokio::test]
async fn a_stolen_cookie_dies_with_sign_out_and_at_the_end_of_the_day() {
    let house = House::open().await;
    let mut office = house.staff(OFFICE).await;
    office.get(paths::BOARD).await;
    let thief = office.clone();
    for (minutes, status) in [(9 * 60, 200), (10 * 60 + 1, 303)] {
        assert_eq!(look(&thief.at(&house.later(minutes).await.site), paths::BOARD).await.status, status);
    }
    assert_eq!(office.post_form(paths::STAFF_SIGN_OUT, &[]).await.location(), paths::STAFF_SIGN_IN);
    assert!(office.jar.is_empty(), "{:?}", office.jar);
    assert_eq!(look(&thief, paths::BOARD).await.location(), paths::STAFF_SIGN_IN);
}

#[tokio::test]
async fn a_code_of_the_app_works_once() {
    let house = House::open().await;
    let (mut first, mut second) = (house.browser(), house.browser());
    first.half_staff(OFFICE).await;
    second.half_staff(OFFICE).await;
    let code = first.app_code(OFFICE).await;
    assert_eq!(first.post_form(paths::STAFF_SECOND_FACTOR, &[("code", &code)]).await.status, 303);
    assert_eq!(second.post_form(paths::STAFF_SECOND_FACTOR, &[("code", &code)]).await.status, 422);
}

#[tokio::test]
async fn ten_passwords_and_five_codes_are_enough_for_fifteen_minutes() {
    let house = House::open().await;
    let browser = visitor(&house).await;
    let mut half = house.browser();
    half.half_staff("head@demo.example").await;
    let mut statuses = Vec::new();
    for _ in 0..11 {
        statuses.push(give(&browser, OFFICE, "wrong").await.status.as_u16());
    }
    assert_eq!(statuses, [[422; 10].as_slice(), &[429]].concat());
    // Even the right one now waits; everybody else does not, and nor does it later.
    assert_eq!(give(&browser, OFFICE, PASSWORD).await.status, 429);
    assert_eq!(give(&browser, "attendance@demo.example", PASSWORD).await.status, 303);
    assert_eq!(give(&browser.at(&house.later(16).await.site), OFFICE, PASSWORD).await.status, 303);
    let mut statuses = Vec::new();
    for _ in 0..6 {
        let wrong = half.post_form(paths::STAFF_SECOND_FACTOR, &[("code", "no code")]).await;
        statuses.push(wrong.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429]);
    let right = half.app_code("head@demo.example").await;
    assert_eq!(half.post_form(paths::STAFF_SECOND_FACTOR, &[("code", &right)]).await.status, 429);
}

#[tokio::test]
async fn somebody_invited_joins_once_and_signs_in_with_what_they_set() {
    let house = House::open().await;
    let mut admin = house.staff("admin@demo.example").await;
    admin.get(paths::PEOPLE).await;
    let invited = [("name", "Jo March"), ("email", "jo@demo.example"), ("roles", "office")];
    assert_eq!(admin.post_form(paths::PEOPLE, &invited).await.status, 303);
    let mail = house.site.mail_to("jo@demo.example").await.remove(0);
    let link = mail.body.lines().find_map(|line| line.strip_prefix(house.site.origin.as_str())).unwrap().to_owned();
    let mut jo = house.browser();
    let page = jo.get(&link).await;
    let (secret, seal) = (page.hidden("secret").unwrap(), page.hidden("seal").unwrap());
    let code = code_now(&secret, house.portal.now()).unwrap();
    let with = |secret: &str, password: &str| -> Vec<(&str, String)> {
        vec![
            ("secret", secret.to_owned()),
            ("seal", seal.clone()),
            ("password", password.to_owned()),
            ("code", code.clone()),
        ]
    };
    let own = "a whale in the woods";
    // A secret of the attacker's choosing, and a password everybody has.
    for (secret, password, status) in
        [("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", own, 403), (&secret, "password1234", 422), (&secret, own, 200)]
    {
        let fields = with(secret, password);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = jo.post_form(&link, &fields).await;
        assert_eq!(answer.status, status, "{}", answer.main());
        assert!(!answer.text().contains(password), "a password comes back");
        let recovery = between(answer.main(), "<code", "</code>").or(between(answer.main(), "<li", "</li>"));
        assert!(status != 200 || recovery.is_some(), "{}", answer.main());
    }
    assert!(jo.get(&link).await.main().contains("no longer works"));
    jo.get(paths::STAFF_SIGN_IN).await;
    assert_eq!(give(&jo, "jo@demo.example", own).await.location(), paths::STAFF_SECOND_FACTOR);
}

#[tokio::test]
async fn right_codes_are_never_too_many_and_wrong_ones_are() {
    let house = House::open().await;
    let mut office = house.staff(OFFICE).await;
    office.get(paths::BOARD).await;
    let proved = "journal WHERE action = 'prove' AND actor_kind = 'staff'";
    // A code is good for thirty seconds and works once: one a minute.
    for minute in 1..=12 {
        let at = office.at(&house.later(minute).await.site);
        let code = at.app_code(OFFICE).await;
        let given = at.post(paths::STAFF_PROVE, &[("code", &code)]).await;
        assert_eq!(given.status, 303, "{minute}: {}", given.main());
    }
    assert_eq!(house.place.count(proved).await, 12);
    let at = office.at(&house.later(20).await.site);
    let mut statuses = Vec::new();
    for _ in 0..6 {
        statuses.push(at.post(paths::STAFF_PROVE, &[("code", "no code")]).await.status.as_u16());
    }
    assert_eq!(statuses, [422, 422, 422, 422, 422, 429]);
    // Even the right one now waits; a quarter of an hour later it does not, nor does signing in.
    let code = at.app_code(OFFICE).await;
    let refused = at.post(paths::STAFF_PROVE, &[("code", &code)]).await;
    assert!(refused.status == 429 && refused.read().contains("Wait fifteen minutes"), "{}", refused.main());
    assert_eq!(house.place.count(proved).await, 12);
    let mut other = house.browser().at(&at.site);
    other.staff(OFFICE).await;
    let later = office.at(&house.later(36).await.site);
    let code = later.app_code(OFFICE).await;
    assert_eq!(later.post(paths::STAFF_PROVE, &[("code", &code)]).await.status, 303);
    // Thirty wrong ones in a day, however slowly, are enough for the day.
    let mut last = 0;
    for quarter in 4..12 {
        let at = office.at(&house.later(quarter * 15).await.site);
        for _ in 0..5 {
            last = at.post(paths::STAFF_PROVE, &[("code", "no code")]).await.status.as_u16();
        }
    }
    assert_eq!(last, 429);
    let at = office.at(&house.later(13 * 15).await.site);
    let code = at.app_code(OFFICE).await;
    let refused = at.post(paths::STAFF_PROVE, &[("code", &code)]).await;
    assert!(refused.status == 429 && refused.read().contains("tomorrow"), "{}", refused.main());
}
