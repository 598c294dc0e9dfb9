//! Codes and links from the mail.

use app::rules::id::SignInId;
use chrono::{DateTime, Utc};
use server::store::{Claim, NewMail, SignInAnswer, WaitingSignIn};

use super::{
    house::{TestStore, at},
    people::a_sign_in,
};

const NGOZI: &str = "ngozi@example.org";

fn letter() -> NewMail {
    NewMail { to: Some(NGOZI.into()), kind: "code", subject: "Your code".into(), body: "123 456".into() }
}

fn code_and_link(code: &str, link: &str) -> SignInAnswer {
    SignInAnswer::Code { code_hash: code.into(), link_hash: link.into(), mail: letter() }
}

/// The askings of a family's mother, in sentences.
struct Askings {
    house: TestStore,
}

impl Askings {
    async fn begin() -> Self {
        Self { house: TestStore::with_families().await }
    }

    async fn asks(&self, time: &str) -> SignInId {
        let id = a_sign_in();
        self.house.school().ask_sign_in(&id, NGOZI, at(time)).await.unwrap();
        id
    }

    async fn is_answered(&self, id: &SignInId, answer: SignInAnswer, time: &str) {
        let waiting = WaitingSignIn { sign_in_id: id.to_string(), email: NGOZI.into() };
        self.house.school().answer_sign_in(&waiting, answer, at(time)).await.unwrap();
    }

    /// Asks at 8.00 and gets a code.
    async fn has_a_code(&self, code: &str, link: &str) -> SignInId {
        let id = self.asks("08:00:00").await;
        self.is_answered(&id, code_and_link(code, link), "08:00:01").await;
        id
    }

    async fn types(&self, id: &SignInId, code: &str, now: DateTime<Utc>) -> Option<String> {
        let claim = Claim::Code { sign_in: id.clone(), code_hash: code.into() };
        self.house.school().claim_sign_in(claim, now).await.unwrap()
    }

    async fn opens(&self, link: &str, now: DateTime<Utc>) -> Option<String> {
        self.house.school().claim_sign_in(Claim::Link { link_hash: link.into() }, now).await.unwrap()
    }

    async fn link_works(&self, link: &str, time: &str) -> bool {
        self.house.school().link_works(link, at(time)).await.unwrap()
    }
}

fn ngozi() -> Option<String> {
    Some(NGOZI.to_owned())
}

#[tokio::test]
async fn the_right_code_signs_in_once() {
    let she = Askings::begin().await;
    let id = she.has_a_code("right", "link").await;
    assert_eq!(she.types(&id, "right", at("08:01:00")).await, ngozi());
    assert_eq!(she.types(&id, "right", at("08:01:01")).await, None);
    assert_eq!(she.opens("link", at("08:01:02")).await, None, "the link goes with its code");
}

#[tokio::test]
async fn a_wrong_code_signs_nobody_in_and_leaves_the_right_one_good() {
    let she = Askings::begin().await;
    let id = she.has_a_code("right", "link").await;
    for wrong in ["wrong", "", "link"] {
        assert_eq!(she.types(&id, wrong, at("08:01:00")).await, None);
    }
    assert_eq!(she.types(&id, "right", at("08:01:01")).await, ngozi());
}

#[tokio::test]
async fn the_sixth_try_is_refused_even_if_it_is_right() {
    let she = Askings::begin().await;
    let id = she.has_a_code("right", "link").await;
    for _ in 0..5 {
        assert_eq!(she.types(&id, "wrong", at("08:01:00")).await, None);
    }
    assert_eq!(she.types(&id, "right", at("08:01:01")).await, None);
    assert_eq!(she.opens("link", at("08:01:02")).await, ngozi(), "guessing does not spoil the link in her inbox");
}

#[tokio::test]
async fn the_fifth_try_still_counts() {
    let she = Askings::begin().await;
    let id = she.has_a_code("right", "link").await;
    for _ in 0..4 {
        she.types(&id, "wrong", at("08:01:00")).await;
    }
    assert_eq!(she.types(&id, "right", at("08:01:01")).await, ngozi());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_guesses_at_once_are_still_only_five_tries() {
    let she = Askings::begin().await;
    let id = she.has_a_code("right", "link").await;
    let guesses: Vec<_> = (0..20)
        .map(|_| {
            let (school, sign_in) = (she.house.school(), id.clone());
            tokio::spawn(async move {
                school.claim_sign_in(Claim::Code { sign_in, code_hash: "wrong".into() }, at("08:01:00")).await.unwrap()
            })
        })
        .collect();
    for guess in guesses {
        assert_eq!(guess.await.unwrap(), None);
    }
    assert_eq!(she.types(&id, "right", at("08:01:01")).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_and_a_link_used_at_the_same_moment_sign_in_once() {
    let she = Askings::begin().await;
    let id = she.has_a_code("right", "link").await;
    let claims: Vec<_> = (0..4)
        .flat_map(|_| {
            [Claim::Code { sign_in: id.clone(), code_hash: "right".into() }, Claim::Link { link_hash: "link".into() }]
        })
        .map(|claim| {
            let school = she.house.school();
            tokio::spawn(async move { school.claim_sign_in(claim, at("08:01:00")).await.unwrap() })
        })
        .collect();
    let mut good = 0;
    for claim in claims {
        good += usize::from(claim.await.unwrap().is_some());
    }
    assert_eq!(good, 1);
}

#[tokio::test]
async fn code_and_link_end_after_ten_minutes() {
    let she = Askings::begin().await;
    let id = she.has_a_code("right", "link").await;
    assert!(she.link_works("link", "08:09:59").await);
    assert!(!she.link_works("link", "08:10:00").await);
    assert_eq!(she.types(&id, "right", at("08:10:00")).await, None);
    assert_eq!(she.opens("link", at("08:10:00")).await, None);
    assert_eq!(she.types(&id, "right", at("08:09:59.999")).await, ngozi());
}

#[tokio::test]
async fn a_link_can_be_looked_at_many_times_and_opened_once() {
    let she = Askings::begin().await;
    let id = she.has_a_code("right", "link").await;
    for _ in 0..3 {
        assert!(she.link_works("link", "08:01:00").await, "a mail scanner looks too");
    }
    assert_eq!(she.opens("link", at("08:01:00")).await, ngozi());
    assert!(!she.link_works("link", "08:01:01").await);
    assert_eq!(she.opens("link", at("08:01:01")).await, None);
    assert_eq!(she.types(&id, "right", at("08:01:02")).await, None, "the code goes with its link");
    assert!(!she.link_works("no such link", "08:01:00").await);
    assert_eq!(she.opens("no such link", at("08:01:00")).await, None);
}

#[tokio::test]
async fn the_code_of_another_asking_is_refused() {
    let she = Askings::begin().await;
    let mine = she.has_a_code("mine", "link 1").await;
    let other = she.has_a_code("other", "link 2").await;
    assert_eq!(she.types(&mine, "other", at("08:01:00")).await, None);
    assert_eq!(she.types(&other, "mine", at("08:01:00")).await, None);
    assert_eq!(she.types(&a_sign_in(), "mine", at("08:01:00")).await, None, "an asking that never was");
}

#[tokio::test]
async fn an_address_gets_at_most_five_codes_an_hour() {
    let she = Askings::begin().await;
    let mut last = a_sign_in();
    for number in 0..6 {
        last = she.asks(&format!("08:0{number}:00")).await;
        she.is_answered(&last, code_and_link(&format!("code {number}"), &format!("link {number}")), "08:06:00").await;
    }
    assert_eq!(she.house.count("mail").await, 5);
    assert_eq!(she.types(&last, "code 5", at("08:06:30")).await, None);
    assert!(!she.link_works("link 5", "08:06:30").await);
    let later = she.asks("09:00:01").await;
    she.is_answered(&later, code_and_link("code 6", "link 6"), "09:00:01").await;
    assert_eq!(she.types(&later, "code 6", at("09:01:00")).await, ngozi(), "an hour after the first there is one more");
}

#[tokio::test]
async fn too_many_codes_for_one_address_are_none_too_many_for_another() {
    let she = Askings::begin().await;
    for number in 0..6 {
        let id = she.asks("08:00:00").await;
        she.is_answered(&id, code_and_link("code", &format!("link {number}")), "08:00:01").await;
    }
    let his = a_sign_in();
    let school = she.house.school();
    school.ask_sign_in(&his, "chidi@example.org", at("08:00:00")).await.unwrap();
    let waiting = WaitingSignIn { sign_in_id: his.to_string(), email: "chidi@example.org".into() };
    school.answer_sign_in(&waiting, code_and_link("his", "his link"), at("08:00:01")).await.unwrap();
    assert_eq!(she.types(&his, "his", at("08:01:00")).await.as_deref(), Some("chidi@example.org"));
}

#[tokio::test]
async fn an_address_the_school_does_not_hold_leaves_the_same_row_and_never_claims() {
    let she = Askings::begin().await;
    let id = she.asks("08:00:00").await;
    assert_eq!(she.types(&id, "", at("08:00:00")).await, None, "not yet answered");
    she.is_answered(&id, SignInAnswer::Silence, "08:00:01").await;
    for code in ["", "NULL", "anything"] {
        assert_eq!(she.types(&id, code, at("08:01:00")).await, None);
        assert_eq!(she.opens(code, at("08:01:00")).await, None);
    }
    assert_eq!((she.house.count("sign_in").await, she.house.count("mail").await), (1, 0));
}

#[tokio::test]
async fn an_answer_without_a_code_is_only_a_letter() {
    let she = Askings::begin().await;
    let id = she.asks("08:00:00").await;
    she.is_answered(&id, SignInAnswer::Message(letter()), "08:00:01").await;
    assert_eq!(she.house.count("mail").await, 1);
    assert_eq!(she.types(&id, "", at("08:01:00")).await, None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_asking_is_answered_once_by_however_many_workers() {
    let she = Askings::begin().await;
    let id = she.asks("08:00:00").await;
    let waiting = she.house.school().waiting_sign_ins().await.unwrap();
    assert_eq!(waiting.iter().map(|waiting| waiting.sign_in_id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
    let workers: Vec<_> = (0..4)
        .map(|number| {
            let (school, waiting) = (she.house.school(), waiting[0].clone());
            let answer = code_and_link(&format!("code {number}"), &format!("link {number}"));
            tokio::spawn(async move { school.answer_sign_in(&waiting, answer, at("08:00:01")).await.unwrap() })
        })
        .collect();
    for worker in workers {
        worker.await.unwrap();
    }
    assert_eq!(she.house.count("mail").await, 1);
    assert!(she.house.school().waiting_sign_ins().await.unwrap().is_empty());
}
