//! Shutting accounts, second factors, recovery codes, roles by dates.

use app::rules::access::Role;
use server::store::NewStaff;

use super::{
    house::{TestStore, at, day, monday},
    people::{account, adam, alma, office, olive, staff_id},
};

async fn with_olive_signed_in() -> TestStore {
    let house = TestStore::with_staff().await;
    house.school().begin_staff_session(&olive(), "half", at("08:00:00")).await.unwrap();
    assert!(house.school().complete_staff_session("half", "whole", &olive(), at("08:00:30")).await.unwrap());
    house
}

#[tokio::test]
async fn a_disabled_account_is_out_on_its_next_request() {
    let house = with_olive_signed_in().await;
    let school = house.school();
    assert!(school.staff_session("whole", at("08:01:00"), monday()).await.unwrap().is_some());
    assert!(school.disable_staff(&olive(), true, office(), at("08:02:00")).await.unwrap());
    assert!(school.staff_session("whole", at("08:02:00"), monday()).await.unwrap().is_none());
    assert!(school.staff_by_email("olive@hillside.example").await.unwrap().unwrap().disabled);
    assert!(school.disable_staff(&olive(), false, office(), at("08:03:00")).await.unwrap());
    assert!(
        school.staff_session("whole", at("08:03:00"), monday()).await.unwrap().is_none(),
        "opening the account revives no session"
    );
}

#[tokio::test]
async fn a_disabled_mark_alone_shuts_a_session_out() {
    let house = with_olive_signed_in().await;
    house.by_hand(&format!("UPDATE staff SET disabled_at = joined_at WHERE staff_id = '{}'", olive())).await;
    assert!(house.school().staff_session("whole", at("08:02:00"), monday()).await.unwrap().is_none());
}

#[tokio::test]
async fn the_last_administrator_cannot_be_disabled() {
    let house = TestStore::with_staff().await;
    let school = house.school();
    assert!(school.disable_staff(&adam(), true, office(), at("08:00:00")).await.unwrap());
    assert!(!school.disable_staff(&alma(), true, office(), at("08:01:00")).await.unwrap());
    assert!(!school.staff_account(&alma()).await.unwrap().unwrap().disabled);
    assert!(school.disable_staff(&olive(), true, office(), at("08:02:00")).await.unwrap(), "others can");
}

#[tokio::test]
async fn an_administrator_who_has_not_joined_does_not_count() {
    let house = TestStore::with_staff().await;
    let school = house.school();
    let invited = NewStaff {
        staff_id: staff_id(41),
        name: "Nora".into(),
        email: "nora@hillside.example".into(),
        roles: vec![Role::Administrator],
    };
    assert!(school.invite_staff(invited.clone(), "link".into(), office(), at("08:00:00")).await.unwrap());
    assert!(school.disable_staff(&adam(), true, office(), at("08:00:00")).await.unwrap());
    assert!(!school.disable_staff(&alma(), true, office(), at("08:01:00")).await.unwrap());
    assert!(school.join_staff("link", account(&invited), Vec::new(), at("08:02:00")).await.unwrap());
    assert!(school.disable_staff(&alma(), true, office(), at("08:03:00")).await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_administrators_who_disable_each_other_leave_one() {
    let house = TestStore::with_staff().await;
    let both: Vec<_> = [adam(), alma()]
        .into_iter()
        .map(|one| {
            let school = house.school();
            tokio::spawn(async move { school.disable_staff(&one, true, office(), at("08:00:00")).await.unwrap() })
        })
        .collect();
    let mut done = 0;
    for one in both {
        done += usize::from(one.await.unwrap());
    }
    assert_eq!(done, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_step_of_the_second_factor_is_taken_once_however_many_try() {
    let house = TestStore::with_staff().await;
    let tries: Vec<_> = (0..10)
        .map(|_| {
            let school = house.school();
            tokio::spawn(async move { school.take_totp_step(&olive(), 58_000_000).await.unwrap() })
        })
        .collect();
    let mut taken = 0;
    for attempt in tries {
        taken += usize::from(attempt.await.unwrap());
    }
    assert_eq!(taken, 1);
    let school = house.school();
    assert!(!school.take_totp_step(&olive(), 57_999_999).await.unwrap(), "an older step");
    assert!(school.take_totp_step(&olive(), 58_000_001).await.unwrap());
    assert!(school.take_totp_step(&adam(), 58_000_000).await.unwrap(), "somebody else's");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_recovery_code_works_once() {
    let house = TestStore::with_staff().await;
    house
        .by_hand(&format!(
            "INSERT INTO recovery_code (school_id, staff_id, code_hash) VALUES ('hillside', '{}', 'code')",
            olive()
        ))
        .await;
    let school = house.school();
    assert!(!school.use_recovery_code(&adam(), "code", at("08:00:00")).await.unwrap());
    assert!(!school.use_recovery_code(&olive(), "wrong", at("08:00:00")).await.unwrap());
    let tries: Vec<_> = (0..4)
        .map(|_| {
            let school = house.school();
            tokio::spawn(async move { school.use_recovery_code(&olive(), "code", at("08:00:00")).await.unwrap() })
        })
        .collect();
    let mut used = 0;
    for attempt in tries {
        used += usize::from(attempt.await.unwrap());
    }
    assert_eq!(used, 1);
}

#[tokio::test]
async fn a_designate_is_one_between_the_dates_and_not_beyond() {
    let house = TestStore::with_staff().await;
    let insert = format!(
        "INSERT INTO staff_role (school_id, staff_id, role, from_day, to_day) VALUES ('hillside', '{}', 'designate', '2026-11-23', '2026-11-27')",
        olive()
    );
    house.by_hand(&insert).await;
    let designated = async |on: &str| house.school().roles(&olive(), day(on)).await.unwrap().contains(&Role::Designate);
    for (on, expected) in [("2026-11-22", false), ("2026-11-23", true), ("2026-11-27", true), ("2026-11-28", false)] {
        assert_eq!(designated(on).await, expected, "{on}");
    }
    assert!(house.school().roles(&olive(), day("2026-11-28")).await.unwrap().contains(&Role::Office));
}

#[tokio::test]
async fn a_word_that_is_no_role_gives_no_rights() {
    let house = TestStore::with_staff().await;
    house.by_hand(&format!("UPDATE staff_role SET role = 'emperor' WHERE staff_id = '{}'", olive())).await;
    assert!(house.school().roles(&olive(), monday()).await.unwrap().is_empty());
}
