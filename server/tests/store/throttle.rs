//! Limits that hold, however many try at once.

use super::house::{TestStore, at};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_forty_tries_at_once_exactly_ten_are_within_a_limit_of_ten() {
    let house = TestStore::with_families().await;
    let tries: Vec<_> = (0..40)
        .map(|_| {
            let school = house.school();
            tokio::spawn(async move { school.within_limit("sign-in:ngozi", 10, 15, at("08:04:00")).await.unwrap() })
        })
        .collect();
    let mut within = 0;
    for attempt in tries {
        within += usize::from(attempt.await.unwrap());
    }
    assert_eq!(within, 10);
    assert_eq!(house.number("SELECT count FROM throttle").await, 40);
}

#[tokio::test]
async fn each_key_and_each_span_has_a_count_of_its_own() {
    let house = TestStore::with_families().await;
    let within = async |key: &str, time: &str| house.school().within_limit(key, 1, 15, at(time)).await.unwrap();
    assert!(within("a", "08:00:00").await);
    assert!(!within("a", "08:14:59.999").await);
    assert!(within("b", "08:14:59.999").await);
    assert!(within("a", "08:15:00").await);
}

#[tokio::test]
async fn a_limit_of_nothing_lets_nothing_through() {
    let house = TestStore::with_families().await;
    assert!(!house.school().within_limit("a", 0, 15, at("08:00:00")).await.unwrap());
}

#[tokio::test]
async fn old_counts_are_forgotten_and_young_ones_are_not() {
    let house = TestStore::with_families().await;
    let school = house.school();
    school.within_limit("old", 5, 15, super::house::on("2026-11-21", "07:00:00")).await.unwrap();
    school.within_limit("young", 5, 15, super::house::on("2026-11-21", "09:00:00")).await.unwrap();
    school.forget_old_counts(at("08:00:00")).await.unwrap();
    assert_eq!(house.texts("SELECT key FROM throttle").await, ["young"]);
}
