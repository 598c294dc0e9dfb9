//! Inviting staff, joining, starting afresh.

use app::rules::access::Role;
use server::store::{NewStaff, StaffAccount};

use super::{
    house::{TestStore, at, monday, on},
    people::{account, adam, office, olive, staff_id},
};

fn newcomer() -> NewStaff {
    NewStaff {
        staff_id: staff_id(41),
        name: "Nora New".into(),
        email: "nora@hillside.example".into(),
        roles: vec![Role::Office, Role::SafeguardingLead],
    }
}

async fn invited() -> TestStore {
    let house = TestStore::with_staff().await;
    assert!(house.school().invite_staff(newcomer(), "invitation".into(), office(), at("08:00:00")).await.unwrap());
    house
}

async fn joins(house: &TestStore, token: &str, account: StaffAccount) -> bool {
    house.school().join_staff(token, account, vec!["code 1".into(), "code 2".into()], at("09:00:00")).await.unwrap()
}

#[tokio::test]
async fn an_invitation_joins_once() {
    let house = invited().await;
    let school = house.school();
    let found = school.invitation("invitation", at("08:30:00")).await.unwrap().unwrap();
    assert_eq!(
        (found.staff_id, found.email.as_str(), found.password_hash),
        (staff_id(41), "nora@hillside.example", None)
    );
    assert!(joins(&house, "invitation", account(&newcomer())).await);
    assert!(school.invitation("invitation", at("09:00:01")).await.unwrap().is_none());
    let mut thief = account(&newcomer());
    thief.password_hash = Some("another password".into());
    assert!(!joins(&house, "invitation", thief).await);
    let nora = school.staff_by_email("nora@hillside.example").await.unwrap().unwrap();
    assert_eq!((nora.password_hash.as_deref(), nora.totp_secret.as_deref()), (Some("$argon2id$"), Some("SECRET")));
    assert_eq!(school.roles(&staff_id(41), monday()).await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_invitation_ends_after_seven_days() {
    let house = invited().await;
    let school = house.school();
    assert!(school.invitation("invitation", on("2026-11-30", "07:59:59")).await.unwrap().is_some());
    assert!(school.invitation("invitation", on("2026-11-30", "08:00:00")).await.unwrap().is_none());
    let late =
        school.join_staff("invitation", account(&newcomer()), Vec::new(), on("2026-11-30", "08:00:00")).await.unwrap();
    assert!(!late, "a form opened in time and sent too late");
}

#[tokio::test]
async fn an_invitation_is_for_nobody_but_the_invited() {
    let house = invited().await;
    let (_, olives) = super::people::staff().remove(0);
    assert!(!joins(&house, "invitation", olives).await);
    assert!(!joins(&house, "no such invitation", account(&newcomer())).await);
    assert!(house.school().invitation("invitation", at("09:00:00")).await.unwrap().is_some());
}

#[tokio::test]
async fn a_disabled_account_cannot_join_with_the_link_it_still_has() {
    let house = invited().await;
    assert!(house.school().disable_staff(&staff_id(41), true, office(), at("08:30:00")).await.unwrap());
    assert!(house.school().invitation("invitation", at("08:31:00")).await.unwrap().is_none());
    assert!(!joins(&house, "invitation", account(&newcomer())).await);
}

#[tokio::test]
async fn an_address_that_is_taken_is_not_invited_again() {
    let house = invited().await;
    let twin = NewStaff { staff_id: staff_id(42), ..newcomer() };
    let before = (house.count("journal").await, house.count("staff_invitation").await, house.count("staff_role").await);
    assert!(!house.school().invite_staff(twin, "second".into(), office(), at("08:10:00")).await.unwrap());
    assert_eq!(
        (house.count("journal").await, house.count("staff_invitation").await, house.count("staff_role").await),
        before
    );
}

#[tokio::test]
async fn starting_afresh_ends_sessions_and_takes_every_secret_away() {
    let house = invited().await;
    let school = house.school();
    joins(&house, "invitation", account(&newcomer())).await;
    let nora = staff_id(41);
    school.begin_staff_session(&nora, "half", at("09:01:00")).await.unwrap();
    assert!(school.complete_staff_session("half", "whole", &nora, at("09:01:30")).await.unwrap());
    assert!(school.reset_staff(&nora, "afresh".into(), office(), at("10:00:00")).await.unwrap());
    assert_eq!(school.staff_session("whole", at("10:00:00"), monday()).await.unwrap(), None);
    let account_now = school.staff_account(&nora).await.unwrap().unwrap();
    assert_eq!((account_now.password_hash, account_now.totp_secret), (None, None));
    assert!(!school.use_recovery_code(&nora, "code 1", at("10:01:00")).await.unwrap());
    assert!(joins(&house, "afresh", account(&newcomer())).await, "and the new link joins");
    assert!(!school.reset_staff(&staff_id(99), "x".into(), office(), at("10:00:00")).await.unwrap());
}

#[tokio::test]
async fn a_new_link_makes_the_older_one_useless() {
    let house = invited().await;
    assert!(house.school().reset_staff(&staff_id(41), "second".into(), office(), at("08:10:00")).await.unwrap());
    assert!(!joins(&house, "invitation", account(&newcomer())).await);
    assert!(joins(&house, "second", account(&newcomer())).await);
}

#[tokio::test]
async fn the_list_says_who_has_joined_and_who_is_shut_out() {
    let house = invited().await;
    house.school().disable_staff(&olive(), true, office(), at("08:30:00")).await.unwrap();
    let list: Vec<_> = house
        .school()
        .staff_list()
        .await
        .unwrap()
        .into_iter()
        .map(|one| (one.name, one.joined, one.disabled))
        .collect();
    let expected = [
        ("Adam Admin", true, false),
        ("Alma Admin", true, false),
        ("Hilda Head", true, false),
        ("Nora New", false, false),
        ("Olive Office", true, true),
    ];
    assert_eq!(list, expected.map(|(name, joined, disabled)| (name.to_owned(), joined, disabled)));
    assert_eq!(house.school().staff_by_email("adam@hillside.example").await.unwrap().map(|a| a.staff_id), Some(adam()));
}
