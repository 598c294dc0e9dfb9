//! What goes in comes out, on either engine, and never in another school.

use app::rules::id::{GuardianId, PupilId};
use chrono::{DateTime, Duration, Utc};
use proptest::{prelude::*, strategy::ValueTree};
use server::store::{Claim, NewGuardian, NewLink, Store, StoreError, journal::Verdict};

use super::{
    house::{TestStore, a_word_of_thanks, at, day, keys, monday},
    people::{self, Ada, Ngozi, Saying, Zara, a_sign_in, olive, phone, sick},
};

#[tokio::test]
async fn a_database_of_a_newer_version_is_refused() {
    let house = TestStore::with_families().await;
    house.by_hand("INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) VALUES (9999, 'later', TRUE, '', 0)").await;
    let refused = Store::open(&house.url, keys()).await;
    assert!(matches!(refused, Err(StoreError::NewerSchema(9999))), "{refused:?}");
}

#[tokio::test]
async fn a_database_opened_again_has_everything_in_it() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    house.store.close().await;
    let again = house.another_node().await;
    assert!(again.school("hillside").receipt(&Ngozi.id(), &reference).await.unwrap().is_some());
    assert_eq!(again.school("hillside").verify_journal(&[]).await.unwrap(), Verdict::Whole(3));
    again.close().await;
}

#[tokio::test]
async fn an_address_that_names_no_database_is_an_error_and_not_a_wait() {
    let opened = Store::open("/nowhere/at/all/school.db", keys()).await;
    assert!(matches!(opened, Err(StoreError::Database(_))), "{opened:?}");
}

#[tokio::test]
async fn a_second_school_sees_nothing_of_the_first() {
    let house = TestStore::with_staff().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    house.school().sign_in_device(phone("phone", Ngozi.email(), Some(Ngozi)), at("07:00:00")).await.unwrap();
    house.school().seed_settings(vec![("name".into(), "en".into(), "1".into())]).await.unwrap();
    let valley = house.store.school("valley");
    valley.found(at("06:00:00")).await.unwrap();
    assert!(valley.children_of(&Ngozi.id(), monday()).await.unwrap().is_empty());
    assert_eq!(valley.receipt(&Ngozi.id(), &reference).await.unwrap(), None);
    assert!(valley.reports_from(&Ngozi.id(), monday()).await.unwrap().is_empty());
    assert!(valley.history(&Ngozi.id()).await.unwrap().is_empty());
    assert!(valley.board(monday()).await.unwrap().is_empty());
    assert_eq!(valley.board_tick(monday()).await.unwrap(), (0, 1));
    assert_eq!(valley.on_roll(monday()).await.unwrap(), 0);
    assert!(valley.uncoded_before(day("2026-11-24")).await.unwrap().is_empty());
    assert!(valley.signed_in("phone", at("07:00:01")).await.unwrap().is_none());
    assert!(valley.sharers("khans@example.org").await.unwrap().is_empty());
    assert!(!valley.has_pupils().await.unwrap() && valley.staff_list().await.unwrap().is_empty());
    assert!(
        valley.staff_account(&olive()).await.unwrap().is_none()
            && valley.roles(&olive(), monday()).await.unwrap().is_empty()
    );
    assert!(valley.waiting_mail(at("23:00:00")).await.unwrap().is_empty());
    assert!(valley.settings().await.unwrap().is_empty());
    assert_eq!(house.store.schools().await.unwrap(), ["hillside", "valley"]);
}

#[tokio::test]
async fn a_second_school_changes_nothing_of_the_first() {
    let house = TestStore::with_staff().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    let her = phone("phone", Ngozi.email(), Some(Ngozi));
    house.school().sign_in_device(her.clone(), at("07:00:00")).await.unwrap();
    let id = a_sign_in();
    house.school().ask_sign_in(&id, Ngozi.email(), at("08:00:00")).await.unwrap();
    let valley = house.store.school("valley");
    valley.found(at("06:00:00")).await.unwrap();
    assert_eq!(
        valley.report_absence(sick(Ngozi, &[Ada]), a_word_of_thanks).await.unwrap(),
        server::store::Sent::NotAllowed
    );
    assert!(!valley.withdraw(&Ngozi.id(), &reference, at("08:20:00")).await.unwrap());
    assert_eq!(
        valley.code_absence(people::coding(Ada, "I", "")).await.unwrap(),
        server::store::CodingOutcome::NothingReported
    );
    assert!(!valley.revoke_device(Some(&Ngozi.id()), &her.device_id, at("07:30:00")).await.unwrap());
    assert!(!valley.take_totp_step(&olive(), 1).await.unwrap());
    assert_eq!(
        valley.claim_sign_in(Claim::Code { sign_in: id, code_hash: String::new() }, at("08:00:01")).await.unwrap(),
        None
    );
    valley.board_seen(monday(), olive().as_str(), true, at("08:30:00")).await.unwrap();
    assert!(house.board().await[0].reports[0].new);
    assert_eq!(valley.verify_journal(&[]).await.unwrap(), Verdict::Whole(1));
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn the_same_ids_may_live_in_two_schools() {
    let house = TestStore::with_families().await;
    let valley = house.store.school("valley");
    valley.found(at("06:00:00")).await.unwrap();
    let (classes, pupils, guardians, links) = people::roster();
    valley.seed_roster(at("06:00:00"), classes, pupils, guardians, links).await.unwrap();
    let note = sick(Ngozi, &[Ada]);
    house.receives(note.clone()).await;
    assert!(matches!(valley.report_absence(note, a_word_of_thanks).await.unwrap(), server::store::Sent::Received(_)));
    assert_eq!((house.board().await.len(), valley.board(monday()).await.unwrap().len()), (1, 1));
}

#[tokio::test]
async fn words_of_every_script_come_back_as_they_were_written() {
    let house = TestStore::with_families().await;
    for words in [
        "🤮🩺👩‍👩‍👧",
        "بخار ہے، آج نہیں آئے گی",
        "d'Ürsel \"quoted\" \\ % _ $1 ; --",
        "a\nb\r\n\tc",
        "\u{feff}\u{202e}x",
        "𐍈𠜎",
    ] {
        let mut note = sick(Ngozi, &[Ada]).noting(words);
        note.report.details.words = Some(words.into());
        let receipt = house.receipt(Ngozi, &house.receives(note).await).await.unwrap();
        assert_eq!((receipt.note.as_deref(), receipt.details.words.as_deref()), (Some(words), Some(words)));
    }
}

#[tokio::test]
async fn what_was_left_out_comes_back_as_nothing_and_what_was_empty_as_empty() {
    let house = TestStore::with_families().await;
    let none = house.receives(sick(Ngozi, &[Ada]).proposing(None)).await;
    let empty = house.receives(sick(Ngozi, &[Ada]).noting("")).await;
    assert_eq!(house.receipt(Ngozi, &none).await.unwrap().note, None);
    assert_eq!(house.receipt(Ngozi, &empty).await.unwrap().note.as_deref(), Some(""));
    assert_eq!(house.number("SELECT COUNT(*) FROM report WHERE note IS NULL AND proposed IS NULL").await, 1);
}

#[tokio::test]
async fn names_without_a_second_part_and_guardians_without_an_address_are_people_too() {
    let house = TestStore::with_families().await;
    let id = GuardianId::from_bytes([77; 16]);
    let mono = NewGuardian {
        guardian_id: id.clone(),
        title: None,
        forename: "Sukarno".into(),
        surname: String::new(),
        email: None,
        mobile: None,
        address: None,
    };
    let link = NewLink { guardian_id: id.clone(), ..people::link(Ngozi, Zara, people::FULL) };
    house.school().seed_roster(at("06:00:00"), vec![], vec![], vec![mono], vec![link]).await.unwrap();
    let mut note = sick(Ngozi, &[Zara]);
    note.guardian = id;
    house.receives(note).await;
    assert_eq!(house.board().await[0].reports[0].from, "Sukarno");
}

#[tokio::test]
async fn a_link_to_a_child_who_is_not_there_is_refused_by_the_database() {
    let house = TestStore::with_families().await;
    let nobody = NewLink { pupil_id: PupilId::from_bytes([200; 16]), ..people::link(Ngozi, Ada, people::FULL) };
    assert!(house.school().seed_roster(at("06:00:00"), vec![], vec![], vec![], vec![nobody]).await.is_err());
}

#[tokio::test]
async fn an_address_is_kept_trimmed_and_in_lower_case() {
    let house = TestStore::with_families().await;
    let id = GuardianId::from_bytes([78; 16]);
    let shouted = NewGuardian {
        guardian_id: id,
        email: Some(" Ö.Loud@Example.ORG ".into()),
        ..people::adult(Ngozi, "Loud", "Voice")
    };
    house.school().seed_roster(at("06:00:00"), vec![], vec![], vec![shouted], vec![]).await.unwrap();
    assert_eq!(house.school().sharers("ö.loud@example.org").await.unwrap().len(), 1);
}

/// Instants of every precision, near enough to one another that their texts could be mistaken.
fn instants() -> Vec<DateTime<Utc>> {
    let steps = proptest::collection::vec(
        (0_i64..3, prop_oneof![Just(0_i64), 0..1_000_000_i64, (0..1000_i64).prop_map(|ms| ms * 1000)]),
        40,
    );
    let tree = steps.new_tree(&mut proptest::test_runner::TestRunner::deterministic()).unwrap();
    tree.current()
        .into_iter()
        .map(|(seconds, micros)| at("08:04:00") + Duration::seconds(seconds) + Duration::microseconds(micros))
        .collect()
}

#[tokio::test]
async fn instants_come_back_equal_to_the_microsecond_and_in_their_order() {
    let house = TestStore::with_families().await;
    let mut sent = Vec::new();
    for instant in instants() {
        let mut note = sick(Ngozi, &[Ada]);
        note.received_at = instant + Duration::nanoseconds(999);
        let reference = house.receives(note).await;
        let receipt = house.receipt(Ngozi, &reference).await.unwrap();
        assert_eq!(receipt.received_at, instant, "cut to microseconds, never rounded up");
        sent.push(instant);
    }
    sent.sort();
    let listed: Vec<_> = house.board().await[0].reports.iter().map(|report| report.received_at).collect();
    assert_eq!(listed, sent, "the database's order is the order of time");
}

#[tokio::test]
async fn instants_are_compared_as_instants_at_every_edge() {
    let house = TestStore::with_families().await;
    let mut edges = instants();
    edges.sort();
    edges.dedup();
    for instant in edges.into_iter().take(15) {
        let hash = instant.timestamp_micros().to_string();
        house.school().sign_in_device(phone(&hash, Ngozi.email(), Some(Ngozi)), instant).await.unwrap();
        let end = instant + Duration::days(90);
        let signed_in = async |now| house.school().signed_in(&hash, now).await.unwrap().is_some();
        assert!(signed_in(end - Duration::microseconds(1)).await && !signed_in(end).await, "{instant}");
    }
}

#[tokio::test]
async fn days_come_back_as_the_days_they_were() {
    let house = TestStore::with_families().await;
    for text in ["2024-02-29", "2026-03-29", "2026-10-25", "2026-12-31"] {
        let mut note = sick(Ngozi, &[Ada]);
        note.report.days[0].date = day(text);
        let reference = house.receives(note).await;
        assert_eq!(house.receipt(Ngozi, &reference).await.unwrap().children[0].days[0].date, day(text));
    }
}
