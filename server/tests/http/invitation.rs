//! An invitation on paper, from the printer to the phone.

use app::{
    paths,
    rules::{
        access::Role,
        id::{GuardianId, PupilId},
        invitation::InvitationCode,
    },
};
use reqwest::Method;
use server::demo::people::MALGORZATA;

use super::{
    browser::Browser,
    guests::{Welcome, Who},
    house::{House, Node},
    page::{Answer, between},
    people::{guardian, pupil},
};

/// The mother of Zofia, born on 4 May 2017, without an address.
struct Family {
    house: House,
    office: Browser,
    mother: GuardianId,
    zofia: PupilId,
}

async fn family() -> Family {
    Family::of(House::open().await).await
}

impl Family {
    async fn of(house: House) -> Self {
        house.place.by_hand(&format!("UPDATE guardian SET email = NULL WHERE email = '{MALGORZATA}'")).await;
        let office = Welcome::prepare(&house).await.come(&house, Who::Staff(Role::Office)).await.browser;
        Self { house, office, mother: guardian(MALGORZATA), zofia: pupil("Zofia Kaczmarek") }
    }

    async fn act(&self, path: &str) -> Answer {
        self.office.post(path, &[("guardian", self.mother.as_str()), ("pupil", self.zofia.as_str())]).await
    }

    /// Prints one; the code on it.
    async fn prints(&self) -> String {
        let sheet = self.act(paths::ROSTER_INVITE).await;
        assert_eq!(sheet.status, 200, "{}", sheet.main());
        assert!(sheet.read().contains("hazelrow.example/invitation") && sheet.read().contains("Małgorzata Kaczmarek"));
        between(sheet.text(), "<p class=\"ref\">", "</p>").expect("a code").to_owned()
    }
}

#[tokio::test]
async fn a_letter_is_printed_only_soon_after_a_code() {
    let family = family().await;
    let later = family.house.later(16).await;
    let office = family.office.at(&later.site);
    let asked = office
        .post(paths::ROSTER_INVITE, &[("guardian", family.mother.as_str()), ("pupil", family.zofia.as_str())])
        .await;
    assert_eq!(asked.location(), paths::staff_prove(paths::ROSTER_REVIEW));
    assert_eq!(family.house.place.count("invitation").await, 0);
}

async fn types(browser: &mut Browser, code: &str, born: [&str; 3]) -> Answer {
    browser.get(paths::INVITATION).await;
    let [day, month, year] = born;
    browser.post_form(paths::INVITATION, &[("code", code), ("day", day), ("month", month), ("year", year)]).await
}

async fn home(browser: &Browser) -> Answer {
    browser.send(Method::GET, paths::HOME, &[], Vec::new()).await
}

const BORN: [&str; 3] = ["4", "5", "2017"];

#[tokio::test]
async fn a_letter_signs_one_phone_in_and_it_works_like_any_other() {
    let family = family().await;
    let code = family.prints().await;
    let mut phone = family.house.browser();
    let answer = types(&mut phone, &code.to_lowercase().replace('-', " "), BORN).await;
    assert_eq!((answer.status.as_u16(), answer.location()), (303, paths::HOME), "{}", answer.main());
    assert!(home(&phone).await.read().contains("Zofia"));
    phone.get(paths::HOME).await;
    let form = phone.get(&paths::report_child(&family.zofia)).await;
    let (submission, zofia) = (form.hidden("submission").unwrap(), family.zofia.to_string());
    let fields = [
        ("submission", submission.as_str()),
        ("who", &zofia),
        ("day", "2026-11-23"),
        ("part", "all"),
        ("reason", "cold"),
    ];
    let sent = phone.post_form(paths::REPORT, &fields).await;
    assert_eq!(sent.status, 303, "{}", sent.main());
    assert_eq!(family.house.place.count("mail WHERE kind = 'receipt' AND to_address = ''").await, 0);
    assert!(phone.get(paths::DEVICES).await.read().contains("Firefox on Linux"));
    // Once.
    assert_eq!(types(&mut family.house.browser(), &code, BORN).await.status, 422);
}

#[tokio::test]
async fn an_unknown_code_answers_byte_for_byte_like_a_wrong_birthday_and_a_used_code() {
    let family = family().await;
    let code = family.prints().await;
    let masked = |answer: &Answer| answer.masked().replace("CDFH-JKMN-PQRT", &code);
    let wrong = types(&mut family.house.browser(), &code, ["5", "5", "2017"]).await;
    let unknown = types(&mut family.house.browser(), "CDFH-JKMN-PQRT", ["5", "5", "2017"]).await;
    assert_eq!((wrong.status.as_u16(), unknown.status.as_u16()), (422, 422));
    assert_eq!(masked(&wrong), masked(&unknown));
    types(&mut family.house.browser(), &code, BORN).await;
    let used = types(&mut family.house.browser(), &code, ["5", "5", "2017"]).await;
    assert_eq!(masked(&used), masked(&unknown));
    // And alike however often they are tried: each as often as an invitation bears and once more, then
    // as often as one line may.
    let asked = async |code: &str| types(&mut family.house.browser(), code, ["6", "5", "2017"]).await;
    for _ in 0..6 {
        let (known, unknown) = (asked(&code).await, asked("CDFH-JKMN-PQRT").await);
        assert_eq!((known.status.as_u16(), unknown.status.as_u16()), (422, 422));
        assert_eq!(masked(&known), masked(&unknown));
    }
    for _ in 0..6 {
        asked(&code).await;
    }
    let (known, unknown) = (asked(&code).await, asked("CDFH-JKMN-PQRT").await);
    assert_eq!((known.status.as_u16(), unknown.status.as_u16()), (429, 429));
    assert_eq!(masked(&known), masked(&unknown));
}

/// Types this code at the end of this line.
async fn types_at(house: &House, line: &str, code: &str) -> Answer {
    let mut browser = house.browser();
    browser.get(paths::INVITATION).await;
    let form = browser.form(&[("code", code), ("day", BORN[0]), ("month", BORN[1]), ("year", BORN[2])]);
    browser.send(Method::POST, paths::INVITATION, &[("x-forwarded-for", line)], form).await
}

#[tokio::test]
async fn one_machine_that_makes_codes_up_shuts_nobody_else_out_and_leaves_nothing_behind() {
    let house = House::with(|plan| plan.file.site.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]).await;
    let family = Family::of(house).await;
    let (code, house) = (family.prints().await, &family.house);
    let made_up = || InvitationCode::from_bytes(rand::random()).to_string();
    let before = house.place.count("throttle").await;
    let mut statuses = Vec::new();
    for at in 0..1050 {
        // It has as many addresses as it likes, all of one line.
        statuses.push(types_at(house, &format!("2001:db8:6:6::{at:x}"), &made_up()).await.status.as_u16());
    }
    assert_eq!(statuses, [[422; 20].as_slice(), &[429; 1030]].concat());
    assert_eq!(house.place.count("throttle").await, before + 2, "one count of the line and one of all");
    for row in house.place.texts("SELECT key FROM throttle").await {
        assert!(!row.contains("2001:"), "{row}");
    }
    // The family at home, and families one after the other behind the school's own line.
    assert_eq!(types_at(house, "192.0.2.7", &code).await.status, 303);
    for _ in 0..25 {
        let code = family.prints().await;
        assert_eq!(types_at(house, "192.0.2.8", &code).await.status, 303, "right ones do not count");
    }
}

#[tokio::test]
async fn many_machines_at_once_are_stopped_all_together() {
    let house = House::with(|plan| plan.file.site.trusted_proxies = vec!["127.0.0.1".parse().unwrap()]).await;
    let family = Family::of(house).await;
    let code = family.prints().await;
    let at = family.house.portal.now().timestamp().div_euclid(600) * 600;
    let start = chrono::DateTime::from_timestamp(at, 0).unwrap();
    for _ in 0..1000 {
        assert!(family.house.portal.school.within_limit("invitations", 1000, 10, start).await.unwrap());
    }
    assert_eq!(types_at(&family.house, "192.0.2.7", &code).await.status, 429);
    let later = family.house.later(11).await;
    assert_eq!(types(&mut later.browser(), &code, BORN).await.status, 303);
}

#[tokio::test]
async fn what_is_no_code_and_no_date_is_said_at_its_field_and_kept() {
    let family = family().await;
    let answer = types(&mut family.house.browser(), "CDFH", ["31", "2", "2017"]).await;
    assert_eq!((answer.status.as_u16(), answer.complaints()), (422, vec!["code".to_owned(), "day".to_owned()]));
    assert!(answer.text().contains("value=\"CDFH\"") && answer.text().contains("value=\"31\""));
}

#[tokio::test]
async fn who_is_barred_sees_nothing_and_a_letter_taken_back_signs_out_with_the_next_request() {
    let family = family().await;
    let code = family.prints().await;
    let mut phone = family.house.browser();
    types(&mut phone, &code, BORN).await;
    let school = &family.house.portal.school;
    let bar = async |barred| {
        let actor = server::store::journal::Actor::System("test");
        school.set_bar(&family.mother, &family.zofia, barred, actor, family.house.portal.now()).await.unwrap();
    };
    bar(true).await;
    let barred = home(&phone).await;
    assert!(barred.status == 200 && !barred.read().contains("Zofia"), "{}", barred.main());
    assert_eq!(family.act(paths::ROSTER_INVITE).await.status, 422);
    bar(false).await;
    assert!(home(&phone).await.read().contains("Zofia"));
    assert_eq!(family.act(paths::ROSTER_REVOKE).await.status, 303);
    assert_eq!(home(&phone).await.location(), paths::SIGN_IN);
}

#[tokio::test]
async fn a_letter_ends_after_thirty_days_and_its_code_stands_nowhere() {
    let family = family().await;
    let code = family.prints().await;
    let plain = code.replace('-', "");
    for row in family.house.place.everything_but(&[]).await {
        assert!(!row.contains(&code) && !row.contains(&plain), "{row}");
    }
    let late: Node = family.house.later(30 * 24 * 60 + 1).await;
    assert_eq!(types(&mut late.browser(), &code, BORN).await.status, 422);
    let early: Node = family.house.later(29 * 24 * 60).await;
    assert_eq!(types(&mut early.browser(), &code, BORN).await.status, 303);
}
