//! A fresh code on a guardian's device.

use app::rules::id::{DeviceId, SignInId};
use chrono::{DateTime, Utc};
use server::store::{Claim, NewMail, PaperDevice, ProofAsked, Prover};

use super::{
    house::{TestStore, at, day, monday},
    people::{Ada, Adult, Chidi, Faisal, Farah, Ngozi, a_sign_in, phone},
};

/// Ngozi's phone and laptop, Chidi's phone: signed in at seven.
struct Askings {
    house: TestStore,
}

fn letter() -> NewMail {
    NewMail { to: None, kind: "sign-in", subject: "Your code".into(), body: "123456".into() }
}

impl Askings {
    async fn begin() -> Self {
        let house = TestStore::with_families().await;
        for (secret, adult) in [("her phone", Ngozi), ("her laptop", Ngozi), ("his phone", Chidi)] {
            house.school().sign_in_device(phone(secret, adult.email(), Some(adult)), at("07:00:00")).await.unwrap();
        }
        Self { house }
    }

    async fn asks(&self, device: &str, adult: Adult, code: &str, now: DateTime<Utc>) -> (SignInId, ProofAsked) {
        let (id, prover) = (a_sign_in(), Prover { token_hash: device.into(), guardian: adult.id() });
        let asked = self.house.school().ask_proof(prover, &id, code.into(), letter(), now).await.unwrap();
        (id, asked)
    }

    /// Ngozi asks on her phone at eight.
    async fn she_asks(&self) -> SignInId {
        let (id, asked) = self.asks("her phone", Ngozi, "right", at("08:00:00")).await;
        assert_eq!(asked, ProofAsked::Sent);
        id
    }

    async fn types(&self, device: &str, adult: Adult, id: &SignInId, code: &str, time: &str) -> bool {
        let prover = Prover { token_hash: device.into(), guardian: adult.id() };
        self.house.school().prove_device(prover, id, code.into(), at(time)).await.unwrap()
    }

    async fn she_types(&self, id: &SignInId, code: &str, time: &str) -> bool {
        self.types("her phone", Ngozi, id, code, time).await
    }

    async fn proved_at(&self, device: &str) -> DateTime<Utc> {
        self.house.school().signed_in(device, at("08:30:00")).await.unwrap().unwrap().proved_at
    }
}

#[tokio::test]
async fn the_right_code_is_noted_on_its_device_once() {
    let she = Askings::begin().await;
    assert_eq!(she.proved_at("her phone").await, at("07:00:00"), "signing in was a code too");
    let id = she.she_asks().await;
    assert_eq!(she.house.texts("SELECT to_address FROM mail").await, [Ngozi.email()]);
    let lines = she.house.count("journal").await;
    assert!(she.she_types(&id, "right", "08:01:00").await);
    assert_eq!(she.proved_at("her phone").await, at("08:01:00"));
    assert_eq!(she.proved_at("her laptop").await, at("07:00:00"));
    assert!(!she.she_types(&id, "right", "08:02:00").await, "a code works once");
    assert_eq!(she.proved_at("her phone").await, at("08:01:00"));
    assert_eq!(she.house.count("journal").await, lines + 1);
    assert_eq!(she.house.count("journal WHERE action = 'prove' AND subject_kind = 'device'").await, 1);
    assert!(she.house.journal_is_whole().await);
}

#[tokio::test]
async fn five_wrong_codes_wear_the_right_one_out() {
    let she = Askings::begin().await;
    let id = she.she_asks().await;
    for _ in 0..4 {
        assert!(!she.she_types(&id, "wrong", "08:01:00").await);
    }
    assert!(she.she_types(&id, "right", "08:01:01").await, "the fifth try counts");
    let id = she.she_asks().await;
    for _ in 0..5 {
        assert!(!she.she_types(&id, "wrong", "08:02:00").await);
    }
    assert!(!she.she_types(&id, "right", "08:02:01").await);
    assert_eq!(she.proved_at("her phone").await, at("08:01:01"));
}

#[tokio::test]
async fn a_code_works_for_ten_minutes() {
    let she = Askings::begin().await;
    let id = she.she_asks().await;
    assert!(!she.she_types(&id, "right", "08:10:00").await);
    assert!(she.she_types(&id, "right", "08:09:59.999").await);
}

#[tokio::test]
async fn a_code_is_worth_nothing_elsewhere() {
    let she = Askings::begin().await;
    let id = she.she_asks().await;
    // Were the hash known, the address would still have to be the device's own.
    assert!(!she.types("his phone", Chidi, &id, "right", "08:01:00").await);
    let id = she.she_asks().await;
    assert!(!she.types("her phone", Chidi, &id, "right", "08:01:00").await, "he is not signed in there");
    assert!(!she.she_types(&a_sign_in(), "right", "08:01:00").await, "an asking that never was");
    for device in ["her phone", "her laptop", "his phone"] {
        assert_eq!(she.proved_at(device).await, at("07:00:00"), "{device}");
    }
}

#[tokio::test]
async fn the_worker_never_answers_it_and_no_link_signs_in() {
    let she = Askings::begin().await;
    she.she_asks().await;
    assert!(she.house.school().waiting_sign_ins().await.unwrap().is_empty());
    for link in ["", "right"] {
        let claim = Claim::Link { link_hash: link.into() };
        assert_eq!(she.house.school().claim_sign_in(claim, at("08:01:00")).await.unwrap(), None);
    }
}

#[tokio::test]
async fn an_address_gets_five_codes_an_hour_on_all_its_devices_and_for_signing_in() {
    let she = Askings::begin().await;
    for device in ["her phone", "her laptop", "her phone", "her laptop", "her phone"] {
        assert_eq!(she.asks(device, Ngozi, "code", at("08:00:00")).await.1, ProofAsked::Sent);
    }
    assert_eq!(she.asks("her phone", Ngozi, "code", at("08:59:59")).await.1, ProofAsked::TooMany);
    assert_eq!(she.asks("his phone", Chidi, "code", at("08:59:59")).await.1, ProofAsked::Sent);
    assert_eq!(she.house.count("mail").await, 6);
    assert_eq!(she.asks("her phone", Ngozi, "code", at("09:00:01")).await.1, ProofAsked::Sent);
}

#[tokio::test]
async fn a_device_that_is_signed_out_asks_and_proves_nothing() {
    let she = Askings::begin().await;
    let id = she.she_asks().await;
    let device = she.house.school().signed_in("her phone", at("08:00:30")).await.unwrap().unwrap().device_id;
    assert!(she.house.school().revoke_device(Some(&Ngozi.id()), &device, at("08:00:40")).await.unwrap());
    assert!(!she.she_types(&id, "right", "08:01:00").await);
    assert_eq!(she.asks("her phone", Ngozi, "code", at("08:01:00")).await.1, ProofAsked::No);
    assert_eq!(she.house.count("device WHERE proved_at IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_shared_inbox_proves_nothing_from_the_day_on_which_it_is_shared() {
    let she = Askings::begin().await;
    let khans = phone("their phone", Farah.email(), Some(Farah));
    she.house.school().sign_in_device(khans, at("07:00:00")).await.unwrap();
    for adult in [Farah, Faisal] {
        assert_eq!(she.asks("their phone", adult, "code", at("08:00:00")).await.1, ProofAsked::No, "{adult:?}");
    }
    let shared =
        async |device: &str| she.house.school().signed_in(device, at("08:00:00")).await.unwrap().unwrap().shared;
    assert!(shared("their phone").await && !shared("her phone").await);
    // The school comes to hold her address for him too.
    let id = she.she_asks().await;
    she.house
        .by_hand(&format!("UPDATE guardian SET email = '{}' WHERE guardian_id = '{}'", Ngozi.email(), Chidi.id()))
        .await;
    assert!(shared("her phone").await);
    assert!(!she.she_types(&id, "right", "08:01:00").await);
    assert_eq!(she.asks("her phone", Ngozi, "code", at("08:01:00")).await.1, ProofAsked::No);
    // And then he is barred: who reads there cannot be told, so nobody is signed in.
    she.house.bars(Chidi, Ada).await;
    assert_eq!(she.house.school().signed_in("her phone", at("08:02:00")).await.unwrap(), None);
}

#[tokio::test]
async fn a_letter_on_paper_has_no_address_to_send_to() {
    let she = Askings::begin().await;
    let new = server::store::NewInvitation {
        invitation: app::rules::id::InvitationId::from_bytes([7; 16]),
        guardian: Ngozi.id(),
        code_hash: "paper".into(),
        by: super::people::olive(),
    };
    assert!(she.house.school().invite_guardian(new, at("07:00:00"), monday()).await.unwrap());
    let device =
        PaperDevice { token_hash: "tablet".into(), device_id: DeviceId::from_bytes([8; 16]), label: "A".into() };
    she.house.school().redeem_invitation("paper", day("2018-02-28"), device, at("07:10:00"), monday()).await.unwrap();
    assert_eq!(she.asks("tablet", Ngozi, "code", at("08:00:00")).await.1, ProofAsked::No);
    assert_eq!(she.house.school().signed_in("tablet", at("08:00:00")).await.unwrap().unwrap().email, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_code_typed_many_times_at_once_is_one_line_of_the_journal() {
    let she = Askings::begin().await;
    let id = she.she_asks().await;
    let tries: Vec<_> = (0..5)
        .map(|_| {
            let (school, id) = (she.house.school(), id.clone());
            let prover = Prover { token_hash: "her phone".into(), guardian: Ngozi.id() };
            tokio::spawn(async move { school.prove_device(prover, &id, "right".into(), at("08:01:00")).await.unwrap() })
        })
        .collect();
    let mut good = 0;
    for one in tries {
        good += usize::from(one.await.unwrap());
    }
    assert_eq!((good, she.house.count("journal WHERE action = 'prove'").await), (1, 1));
}
