//! Jobs that share a commit, and what becomes of the others when one goes wrong.

use std::time::Duration;

use app::rules::reference::Reference;
use futures_util::future::join_all;
use server::store::{NewClass, NewMail, Sent, StoreError};

use super::{
    house::{TestStore, a_word_of_thanks, at, keys},
    people::{Ada, Ngozi, sick},
};

fn class(id: &str) -> NewClass {
    NewClass { class_id: id.into(), name: id.into(), year: 1 }
}

/// Nothing here may hang: whoever waits for an answer gets one.
async fn soon<T>(answer: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), answer).await.expect("an answer comes")
}

// One thread: all twenty wait before the writer looks, so they share one transaction.
#[tokio::test]
async fn a_job_that_fails_takes_no_other_with_it() {
    let house = TestStore::with_families().await;
    let school = house.school();
    let report = || async { school.report_absence(sick(Ngozi, &[Ada]), a_word_of_thanks).await };
    // Its first row is good; its second is not.
    let fails = school.seed_roster(at("08:00:00"), vec![class("elm"), class("oak")], vec![], vec![], vec![]);
    let lines = house.count("journal").await;
    let (before, failed, after) =
        soon(async { tokio::join!(join_all((0..10).map(|_| report())), fails, join_all((0..10).map(|_| report()))) })
            .await;
    assert!(matches!(failed, Err(StoreError::Database(_))), "{failed:?}");
    for answer in before.into_iter().chain(after) {
        assert!(matches!(answer, Ok(Sent::Received(_))), "{answer:?}");
    }
    assert_eq!((house.count("submission").await, house.count("journal").await), (20, lines + 20));
    assert_eq!(
        house.texts("SELECT class_id FROM class ORDER BY class_id").await,
        ["acorn", "oak"],
        "nothing of it is kept"
    );
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn a_job_that_panics_answers_with_an_error_and_takes_no_other_with_it() {
    let house = TestStore::with_families().await;
    let school = house.school();
    let report = || async { school.report_absence(sick(Ngozi, &[Ada]), a_word_of_thanks).await };
    let panics = school.report_absence(sick(Ngozi, &[Ada]), |_: &Reference| -> NewMail { panic!("a fault of ours") });
    let lines = house.count("journal").await;
    let (before, panicked, after) =
        soon(async { tokio::join!(join_all((0..10).map(|_| report())), panics, join_all((0..10).map(|_| report()))) })
            .await;
    assert!(panicked.is_err(), "{panicked:?}");
    for answer in before.into_iter().chain(after) {
        assert!(matches!(answer, Ok(Sent::Received(_))), "{answer:?}");
    }
    assert_eq!(
        (house.count("submission").await, house.count("report").await, house.count("journal").await),
        (20, 20, lines + 20)
    );
    assert!(soon(house.store.ready()).await);
    assert!(house.journal_is_whole().await);
    house.receives(sick(Ngozi, &[Ada])).await;
}

#[tokio::test]
async fn the_same_form_can_be_sent_again_after_a_fault() {
    let house = TestStore::with_families().await;
    let note = sick(Ngozi, &[Ada]);
    let panicked =
        soon(house.school().report_absence(note.clone(), |_: &Reference| -> NewMail { panic!("a fault of ours") }))
            .await;
    assert!(panicked.is_err());
    house.receives(note).await;
}

#[tokio::test]
async fn a_caller_who_goes_away_loses_nothing() {
    let house = TestStore::with_families().await;
    let note = sick(Ngozi, &[Ada]);
    let impatient = house.school();
    tokio::select! {
        biased;
        _ = impatient.report_absence(note.clone(), a_word_of_thanks) => panic!("the answer cannot be there yet"),
        () = std::future::ready(()) => {}
    }
    assert!(matches!(soon(house.sends(note)).await, Sent::Again(_)));
    assert_eq!(house.count("submission").await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_was_acknowledged_before_closing_is_kept_and_what_was_not_is_said() {
    let house = TestStore::with_families().await;
    let sending: Vec<_> = (0..300)
        .map(|_| {
            let school = house.school();
            tokio::spawn(async move { school.report_absence(sick(Ngozi, &[Ada]), a_word_of_thanks).await })
        })
        .collect();
    tokio::task::yield_now().await;
    soon(house.store.close()).await;
    let mut received = 0;
    for answer in sending {
        match soon(answer).await.unwrap() {
            Ok(Sent::Received(_)) => received += 1,
            Err(StoreError::Stopped) => {}
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(house.count("submission").await, received);
    assert!(!soon(house.store.ready()).await);
    let refused = soon(house.school().report_absence(sick(Ngozi, &[Ada]), a_word_of_thanks)).await;
    assert!(matches!(refused, Err(StoreError::Stopped)), "{refused:?}");
}

#[tokio::test]
async fn what_was_acknowledged_is_in_the_files_at_that_moment() {
    let house = TestStore::with_families().await;
    if house.is_postgres() {
        return;
    }
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    // As a power cut leaves them: the file and its log, nothing closed.
    let copy = format!("{}.copy", house.url);
    for end in ["", "-wal"] {
        std::fs::copy(format!("{}{end}", house.url), format!("{copy}{end}")).unwrap();
    }
    let found = server::store::Store::open(&copy, keys()).await.unwrap();
    assert!(found.school("hillside").receipt(&Ngozi.id(), &reference).await.unwrap().is_some());
    found.close().await;
}
