//! Invitations on paper: for one guardian, once, and gone when they are taken back.

use app::rules::id::{InvitationId, StaffId};
use chrono::{DateTime, NaiveDate, Utc};
use server::store::{NewInvitation, PaperDevice, Redeemed};

use super::{
    house::{TestStore, at, day, monday, on},
    people::{Ada, Adult, Barry, Ben, Ngozi, Nils, Una, Viola, office},
};

const BORN: &str = "2018-02-28";

async fn invites(house: &TestStore, adult: Adult, code: &str) -> bool {
    let new = NewInvitation {
        invitation: InvitationId::from_bytes(rand::random()),
        guardian: adult.id(),
        code_hash: code.into(),
        by: StaffId::from_bytes([31; 16]),
    };
    house.school().invite_guardian(new, at("08:00:00"), monday()).await.unwrap()
}

async fn redeems(house: &TestStore, code: &str, born: NaiveDate, token: &str, now: DateTime<Utc>) -> Redeemed {
    let device = PaperDevice::new(token.into(), "Chrome on Android".into());
    house.school().redeem_invitation(code, born, device, now, monday()).await.unwrap()
}

async fn is_in(house: &TestStore, token: &str) -> Option<String> {
    let signed_in = house.school().signed_in(token, at("10:00:00")).await.unwrap()?;
    signed_in.guardian.map(|(guardian, _)| guardian.to_string())
}

/// A guardian for whom the school holds no address, with an invitation.
async fn without_address() -> TestStore {
    let house = TestStore::with_families().await;
    house.by_hand(&format!("UPDATE guardian SET email = NULL WHERE guardian_id = '{}'", Ngozi.id())).await;
    assert!(invites(&house, Ngozi, "code").await);
    house
}

#[tokio::test]
async fn code_and_birthday_sign_one_guardian_in_once() {
    let house = without_address().await;
    assert_eq!(redeems(&house, "code", day(BORN), "a", at("09:00:00")).await, Redeemed::SignedIn);
    assert_eq!(is_in(&house, "a").await, Some(Ngozi.id().to_string()));
    assert_eq!(house.school().devices(&Ngozi.id(), at("10:00:00")).await.unwrap().len(), 1);
    assert_eq!(redeems(&house, "code", day(BORN), "b", at("09:01:00")).await, Redeemed::No);
    assert_eq!(is_in(&house, "b").await, None);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn a_wrong_birthday_is_worth_as_little_as_an_unknown_code_and_wears_it_out() {
    let house = without_address().await;
    assert_eq!(redeems(&house, "other", day(BORN), "a", at("09:00:00")).await, Redeemed::No);
    for _ in 0..5 {
        assert_eq!(redeems(&house, "code", day("2018-03-01"), "a", at("09:00:00")).await, Redeemed::No);
    }
    assert_eq!(redeems(&house, "code", day(BORN), "a", at("09:00:00")).await, Redeemed::No);
    assert_eq!(house.count("device").await, 0);
}

#[tokio::test]
async fn an_invitation_ends_after_thirty_days_and_when_a_new_one_is_printed() {
    let house = without_address().await;
    assert_eq!(redeems(&house, "code", day(BORN), "a", on("2026-12-23", "08:00:01")).await, Redeemed::No);
    assert!(invites(&house, Ngozi, "new code").await);
    assert_eq!(redeems(&house, "code", day(BORN), "a", at("09:00:00")).await, Redeemed::No);
    assert_eq!(redeems(&house, "new code", day(BORN), "a", at("09:00:00")).await, Redeemed::SignedIn);
}

#[tokio::test]
async fn taking_it_back_signs_out_what_it_signed_in() {
    let house = without_address().await;
    redeems(&house, "code", day(BORN), "a", at("09:00:00")).await;
    assert!(is_in(&house, "a").await.is_some());
    assert!(house.school().revoke_invitations(&Ngozi.id(), office(), at("09:30:00")).await.unwrap());
    assert_eq!(is_in(&house, "a").await, None);
    assert!(!house.school().revoke_invitations(&Ngozi.id(), office(), at("09:30:00")).await.unwrap());
    // The invitation alone decides it, whatever is written at the device.
    house.by_hand("UPDATE device SET revoked_at = NULL").await;
    assert_eq!(is_in(&house, "a").await, None);
    invites(&house, Ngozi, "again").await;
    house.school().revoke_invitations(&Ngozi.id(), office(), at("09:31:00")).await.unwrap();
    assert_eq!(redeems(&house, "again", day(BORN), "a", at("09:32:00")).await, Redeemed::No);
}

#[tokio::test]
async fn nobody_is_invited_to_nothing() {
    let house = TestStore::with_families().await;
    for (adult, may) in [(Ngozi, true), (Viola, true), (Barry, false), (Una, false), (Nils, false)] {
        assert_eq!(invites(&house, adult, &format!("{adult:?}")).await, may, "{adult:?}");
    }
}

#[tokio::test]
async fn a_bar_set_after_printing_holds_for_the_code_and_for_the_device() {
    let house = without_address().await;
    house.bars(Ngozi, Ada).await;
    house.bars(Ngozi, Ben).await;
    assert_eq!(redeems(&house, "code", day(BORN), "a", at("09:00:00")).await, Redeemed::No);
    let house = without_address().await;
    redeems(&house, "code", day(BORN), "a", at("09:00:00")).await;
    house.bars(Ngozi, Ada).await;
    house.bars(Ngozi, Ben).await;
    assert!(house.school().children_of(&Ngozi.id(), monday()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_device_with_an_address_behind_it_is_still_bound_to_the_address() {
    let house = TestStore::with_families().await;
    assert!(invites(&house, Ngozi, "code").await);
    house.by_hand(&format!(
        "INSERT INTO device (school_id, token_hash, device_id, email, guardian_id, shared, label, signed_in_at, seen_at, expires_at) \
         SELECT school_id, 'mail', guardian_id, 'ngozi@example.org', guardian_id, FALSE, '', '2026-11-23T08:00:00Z', '2026-11-23T08:00:00Z', \
         '2027-01-23T08:00:00Z' FROM guardian WHERE guardian_id = '{}'", Ngozi.id())).await;
    assert!(is_in(&house, "mail").await.is_some());
    house.by_hand("UPDATE guardian SET email = 'new@example.org' WHERE email = 'ngozi@example.org'").await;
    assert_eq!(is_in(&house, "mail").await, None);
}
