//! Staff sessions: half open after the password, whole after the second factor.

use app::rules::access::Role;
use server::store::StaffSession;

use super::{
    house::{TestStore, at, monday},
    people::{adam, olive},
};

async fn half_open() -> TestStore {
    let house = TestStore::with_staff().await;
    house.school().begin_staff_session(&olive(), "half", at("08:00:00")).await.unwrap();
    house
}

async fn session(house: &TestStore, token: &str, time: &str) -> Option<StaffSession> {
    house.school().staff_session(token, at(time), monday()).await.unwrap()
}

async fn completes(house: &TestStore, time: &str) -> bool {
    house.school().complete_staff_session("half", "whole", &olive(), at(time)).await.unwrap()
}

#[tokio::test]
async fn a_half_open_session_has_no_roles() {
    let house = half_open().await;
    let half = session(&house, "half", "08:01:00").await.unwrap();
    assert_eq!((half.staff_id, half.complete, half.roles), (olive(), false, Vec::new()));
}

#[tokio::test]
async fn a_half_open_session_ends_after_ten_minutes_and_cannot_be_completed_then() {
    let house = half_open().await;
    assert!(session(&house, "half", "08:09:59").await.is_some());
    assert!(session(&house, "half", "08:10:00").await.is_none());
    assert!(!completes(&house, "08:10:00").await);
    assert!(session(&house, "whole", "08:10:01").await.is_none());
}

#[tokio::test]
async fn a_whole_session_has_a_new_secret_and_the_roles_of_the_day() {
    let house = half_open().await;
    assert!(completes(&house, "08:05:00").await);
    let whole = session(&house, "whole", "08:05:01").await.unwrap();
    assert_eq!((whole.name.as_str(), whole.complete, whole.roles), ("Olive Office", true, vec![Role::Office]));
    assert!(session(&house, "half", "08:05:01").await.is_none(), "the old cookie is worth nothing");
    assert!(!completes(&house, "08:06:00").await, "and completes nothing");
}

#[tokio::test]
async fn nobody_completes_the_session_of_another() {
    let house = half_open().await;
    assert!(!house.school().complete_staff_session("half", "whole", &adam(), at("08:05:00")).await.unwrap());
    assert!(session(&house, "whole", "08:05:01").await.is_none());
    assert!(completes(&house, "08:06:00").await);
}

#[tokio::test]
async fn a_whole_session_ends_after_ten_hours() {
    let house = half_open().await;
    assert!(completes(&house, "08:05:00").await);
    assert!(session(&house, "whole", "18:04:59").await.is_some());
    assert!(session(&house, "whole", "18:05:00").await.is_none());
}

#[tokio::test]
async fn signing_out_ends_the_session_half_or_whole() {
    let house = half_open().await;
    house.school().end_staff_session("half", at("08:01:00")).await.unwrap();
    assert!(session(&house, "half", "08:01:00").await.is_none());
    assert!(!completes(&house, "08:02:00").await);
    house.school().begin_staff_session(&olive(), "half", at("08:03:00")).await.ok();
    house.school().begin_staff_session(&olive(), "another", at("08:03:00")).await.unwrap();
    assert!(house.school().complete_staff_session("another", "new", &olive(), at("08:04:00")).await.unwrap());
    house.school().end_staff_session("new", at("08:05:00")).await.unwrap();
    assert!(session(&house, "new", "08:05:00").await.is_none());
}

#[tokio::test]
async fn hidden_words_stay_hidden_on_this_session_alone() {
    let house = half_open().await;
    assert!(completes(&house, "08:05:00").await);
    house.school().begin_staff_session(&olive(), "other", at("08:06:00")).await.unwrap();
    house.school().hide_words("whole", true).await.unwrap();
    assert!(session(&house, "whole", "08:07:00").await.unwrap().hide_words);
    assert!(!session(&house, "other", "08:07:00").await.unwrap().hide_words);
    house.school().hide_words("whole", false).await.unwrap();
    assert!(!session(&house, "whole", "08:08:00").await.unwrap().hide_words);
}
