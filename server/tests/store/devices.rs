//! Guardians' signed-in devices.

use server::store::SignedIn;

use super::{
    house::{TestStore, at, on},
    people::{Ada, Adult, Barry, Chidi, Faisal, Farah, Ngozi, Zara, phone},
};

/// Ngozi's phone is signed in at 7.00 under "her phone".
async fn with_her_phone() -> TestStore {
    let house = TestStore::with_families().await;
    house.school().sign_in_device(phone("her phone", Ngozi.email(), Some(Ngozi)), at("07:00:00")).await.unwrap();
    house
}

/// A phone of the Khans' shared inbox, with nobody chosen.
async fn with_a_shared_phone() -> TestStore {
    let house = TestStore::with_families().await;
    house.school().sign_in_device(phone("shared phone", Farah.email(), None), at("07:00:00")).await.unwrap();
    house
}

async fn who(house: &TestStore, phone: &str, time: &str) -> Option<SignedIn> {
    house.school().signed_in(phone, at(time)).await.unwrap()
}

#[tokio::test]
async fn a_signed_in_phone_says_who_it_is() {
    let house = with_her_phone().await;
    let she = who(&house, "her phone", "07:00:01").await.unwrap();
    assert_eq!(she.guardian, Some((Ngozi.id(), "Ngozi Okafor".to_owned())));
    assert_eq!((she.called.as_str(), she.email.as_str(), she.shared), ("Ngozi", Ngozi.email(), false));
    assert_eq!(who(&house, "another phone", "07:00:01").await, None);
    assert_eq!(who(&house, "", "07:00:01").await, None);
}

#[tokio::test]
async fn a_revoked_phone_is_out_at_once() {
    let house = with_her_phone().await;
    let device = who(&house, "her phone", "07:00:01").await.unwrap().device_id;
    assert!(house.school().revoke_device(Some(&Ngozi.id()), &device, at("07:30:00")).await.unwrap());
    assert_eq!(who(&house, "her phone", "07:30:00").await, None);
    assert!(house.school().devices(&Ngozi.id(), at("07:30:00")).await.unwrap().is_empty());
    assert!(!house.school().revoke_device(Some(&Ngozi.id()), &device, at("07:31:00")).await.unwrap());
}

#[tokio::test]
async fn somebody_elses_phone_cannot_be_revoked() {
    let house = with_her_phone().await;
    let device = who(&house, "her phone", "07:00:01").await.unwrap().device_id;
    let lines = house.count("journal").await;
    assert!(!house.school().revoke_device(Some(&Chidi.id()), &device, at("07:30:00")).await.unwrap());
    assert!(!house.school().revoke_device(None, &device, at("07:30:00")).await.unwrap());
    assert!(who(&house, "her phone", "07:30:01").await.is_some());
    assert_eq!(house.count("journal").await, lines);
}

#[tokio::test]
async fn a_bar_signs_everybody_out_of_an_inbox_that_is_shared_and_nobody_out_of_another() {
    let house = with_a_shared_phone().await;
    for (secret, chosen) in [("hers", Farah), ("his", Faisal)] {
        house.school().sign_in_device(phone(secret, Farah.email(), Some(chosen)), at("07:00:00")).await.unwrap();
    }
    house.school().sign_in_device(phone("her phone", Ngozi.email(), Some(Ngozi)), at("07:00:00")).await.unwrap();
    for (adult, child) in [(Faisal, Zara), (Ngozi, Ada)] {
        house.bars(adult, child).await;
    }
    // He could read there under either name.
    for secret in ["shared phone", "hers", "his"] {
        assert_eq!(who(&house, secret, "07:00:01").await, None, "{secret}");
    }
    // Nobody but Ngozi reads hers: there it is the bar itself that hides Ada.
    assert!(who(&house, "her phone", "07:00:01").await.is_some());
}

#[tokio::test]
async fn a_phone_is_signed_out_after_ninety_days() {
    let house = with_her_phone().await;
    let later = |day, time| {
        let school = house.school();
        async move { school.signed_in("her phone", on(day, time)).await.unwrap() }
    };
    assert!(later("2027-02-21", "06:59:59.999999").await.is_some());
    assert!(later("2027-02-21", "07:00:00").await.is_none());
    assert!(house.school().devices(&Ngozi.id(), on("2027-02-21", "07:00:00")).await.unwrap().is_empty());
}

#[tokio::test]
async fn using_a_phone_does_not_lengthen_its_days() {
    let house = with_her_phone().await;
    house.school().device_seen("her phone", on("2027-02-20", "07:00:00")).await.unwrap();
    assert_eq!(who(&house, "her phone", "08:00:00").await.unwrap().seen_at, on("2027-02-20", "07:00:00"));
    assert!(house.school().signed_in("her phone", on("2027-02-21", "07:00:00")).await.unwrap().is_none());
}

#[tokio::test]
async fn an_address_changed_in_the_roster_signs_its_phones_out() {
    let house = with_her_phone().await;
    house.by_hand(&format!("UPDATE guardian SET email = 'new@example.org' WHERE guardian_id = '{}'", Ngozi.id())).await;
    assert_eq!(who(&house, "her phone", "07:30:00").await, None);
    house.by_hand(&format!("UPDATE guardian SET email = NULL WHERE guardian_id = '{}'", Ngozi.id())).await;
    assert_eq!(who(&house, "her phone", "07:30:00").await, None);
}

#[tokio::test]
async fn a_bar_takes_effect_on_the_next_page_without_signing_out() {
    let house = with_her_phone().await;
    house.bars(Ngozi, Ada).await;
    assert!(who(&house, "her phone", "08:30:00").await.is_some());
    let children = house.school().children_of(&Ngozi.id(), super::house::monday()).await.unwrap();
    assert!(children.iter().all(|child| child.pupil_id != Ada.id()));
}

#[tokio::test]
async fn in_a_shared_inbox_nobody_is_chosen_at_first() {
    let house = with_a_shared_phone().await;
    let somebody = who(&house, "shared phone", "07:00:01").await.unwrap();
    assert_eq!((somebody.guardian, somebody.shared, somebody.called.as_str()), (None, true, ""));
}

#[tokio::test]
async fn only_somebody_who_shares_the_inbox_can_be_chosen() {
    let house = with_a_shared_phone().await;
    let choose =
        async |adult: Adult| house.school().choose_guardian("shared phone", &adult.id(), at("08:00:00")).await.unwrap();
    for stranger in [Ngozi, Barry] {
        assert!(!choose(stranger).await, "{stranger:?}");
    }
    assert_eq!(who(&house, "shared phone", "07:00:01").await.unwrap().guardian, None);
    assert!(choose(Faisal).await);
    let he = who(&house, "shared phone", "07:00:02").await.unwrap();
    assert_eq!((he.guardian.unwrap().0, he.shared), (Faisal.id(), true));
    assert!(choose(Farah).await, "and the other after him");
}

#[tokio::test]
async fn a_phone_of_ones_own_can_not_be_made_somebody_elses() {
    let house = with_her_phone().await;
    house
        .by_hand(&format!("UPDATE guardian SET email = '{}' WHERE guardian_id = '{}'", Ngozi.email(), Chidi.id()))
        .await;
    assert!(!house.school().choose_guardian("her phone", &Chidi.id(), at("08:00:00")).await.unwrap());
    assert_eq!(who(&house, "her phone", "07:30:00").await.unwrap().guardian.unwrap().0, Ngozi.id());
}

#[tokio::test]
async fn a_revoked_phone_can_choose_nobody() {
    let house = with_a_shared_phone().await;
    let device = who(&house, "shared phone", "07:00:01").await.unwrap().device_id;
    assert!(house.school().revoke_device(None, &device, at("07:30:00")).await.unwrap());
    assert!(!house.school().choose_guardian("shared phone", &Farah.id(), at("08:00:00")).await.unwrap());
    assert_eq!(who(&house, "shared phone", "07:31:00").await, None);
}

#[tokio::test]
async fn the_list_shows_ones_own_phones_last_used_first() {
    let house = with_her_phone().await;
    let school = house.school();
    let mut laptop = phone("her laptop", Ngozi.email(), Some(Ngozi));
    laptop.label = "Firefox on Linux".into();
    school.sign_in_device(laptop, at("07:10:00")).await.unwrap();
    school.sign_in_device(phone("his phone", Chidi.email(), Some(Chidi)), at("07:20:00")).await.unwrap();
    let labels = async || {
        school
            .devices(&Ngozi.id(), at("09:00:00"))
            .await
            .unwrap()
            .into_iter()
            .map(|d| (d.label, d.signed_in_at))
            .collect::<Vec<_>>()
    };
    let (chrome, firefox) =
        (("Chrome on Android".to_owned(), at("07:00:00")), ("Firefox on Linux".to_owned(), at("07:10:00")));
    assert_eq!(labels().await, [firefox.clone(), chrome.clone()]);
    school.device_seen("her phone", at("08:00:00")).await.unwrap();
    assert_eq!(labels().await, [chrome, firefox]);
}
