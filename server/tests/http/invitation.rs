//! An invitation on paper, from the printer to the phone.

use app::{
    paths,
    rules::{
        access::Role,
        id::{GuardianId, PupilId},
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
    let house = House::open().await;
    house.place.by_hand(&format!("UPDATE guardian SET email = NULL WHERE email = '{MALGORZATA}'")).await;
    let office = Welcome::prepare(&house).await.come(&house, Who::Staff(Role::Office)).await.browser;
    Family { house, office, mother: guardian(MALGORZATA), zofia: pupil("Zofia Kaczmarek") }
}

impl Family {
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
    // And alike when they are tried too often.
    for (code, expected) in [(code.as_str(), 429), ("CDFH-JKMN-PQRT", 429)] {
        let mut last = 0;
        for _ in 0..6 {
            last = types(&mut family.house.browser(), code, ["6", "5", "2017"]).await.status.as_u16();
        }
        assert_eq!(last, expected, "{code}");
    }
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
