//! The school's policy as rows.

use super::house::TestStore;

fn row(key: &str, language: &str, value: &str) -> (String, String, String) {
    (key.into(), language.into(), value.into())
}

#[tokio::test]
async fn settings_are_seeded_once_and_what_staff_changed_stays() {
    let house = TestStore::with_families().await;
    let school = house.school();
    school
        .seed_settings(vec![row("register.closes", "", "\"09:15\""), row("name", "en", "\"Hillside\"")])
        .await
        .unwrap();
    house.by_hand("UPDATE setting SET value = '\"09:30\"' WHERE key = 'register.closes'").await;
    let again =
        vec![row("register.closes", "", "\"09:00\""), row("name", "en", "\"Other\""), row("name", "ur", "\"پہاڑی\"")];
    school.seed_settings(again).await.unwrap();
    let expected =
        [row("name", "en", "\"Hillside\""), row("name", "ur", "\"پہاڑی\""), row("register.closes", "", "\"09:30\"")];
    assert_eq!(school.settings().await.unwrap(), expected);
}

#[tokio::test]
async fn a_school_is_founded_once_however_often_the_program_starts() {
    let house = TestStore::with_families().await;
    let (lines, founded) = (house.count("journal").await, house.school().journal_head().await.unwrap());
    house.school().found(super::house::at("10:00:00")).await.unwrap();
    assert_eq!((house.count("journal").await, house.school().journal_head().await.unwrap()), (lines, founded));
    assert_eq!(house.store.schools().await.unwrap(), ["hillside"]);
    assert!(house.school().has_pupils().await.unwrap());
}
