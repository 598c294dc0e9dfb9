//! Two programs on one database: what one of them hides from itself, the database must keep.

use std::time::Duration;

use app::rules::code::Code;
use server::store::{Claim, CodingOutcome, SignInAnswer, Store, StoreError, WaitingSignIn, db::Db, journal::Verdict};

use super::{
    house::{TestStore, a_word_of_thanks, at, keys, monday, on},
    people::{Ada, Ben, Chidi, Farah, Ngozi, Zara, a_sign_in, adam, alma, coding, office, olive, sick},
};

/// Runs one task on each node at the same moment.
pub(super) async fn on_both<T: Send + 'static, F: Future<Output = T> + Send + 'static>(here: F, there: F) -> [T; 2] {
    let (here, there) = (tokio::spawn(here), tokio::spawn(there));
    let both = async { [here.await.unwrap(), there.await.unwrap()] };
    tokio::time::timeout(Duration::from_secs(30), both).await.expect("neither waits for the other for ever")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_nodes_that_start_at_once_both_come_up() {
    let house = TestStore::empty().await;
    house.store.close().await;
    if house.is_postgres() {
        // Nothing there at all: both find that the tables have to be made.
        house.by_hand("DROP SCHEMA public CASCADE").await;
        house.by_hand("CREATE SCHEMA public").await;
    }
    let open = || {
        let url = house.url.clone();
        async move { Store::open(&url, keys()).await }
    };
    for node in on_both(open(), open()).await {
        let node = node.expect("it comes up");
        node.school("hillside").found(at("06:00:00")).await.unwrap();
        assert_eq!(node.school("hillside").verify_journal(&[]).await.unwrap(), Verdict::Whole(1));
        node.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_form_sent_to_two_nodes_is_kept_once() {
    let house = TestStore::with_families().await;
    let other = house.another_node().await;
    for _ in 0..20 {
        let note = sick(Ngozi, &[Ada]);
        let send = |store: &Store| {
            let (school, note) = (store.school("hillside"), note.clone());
            async move { school.report_absence(note, a_word_of_thanks).await.unwrap() }
        };
        let answers = on_both(send(&house.store), send(&other)).await;
        let received = answers.iter().filter(|answer| matches!(answer, server::store::Sent::Received(_))).count();
        assert_eq!(received, 1, "{answers:?}");
    }
    assert_eq!(house.count("submission").await, 20);
    assert!(house.journal_is_whole().await);
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_parents_on_two_nodes_make_one_absence_a_session() {
    let house = TestStore::with_families().await;
    let other = house.another_node().await;
    let send = |store: &Store, adult| {
        let school = store.school("hillside");
        async move { school.report_absence(sick(adult, &[Ada, Ben]), a_word_of_thanks).await.unwrap() }
    };
    on_both(send(&house.store, Ngozi), send(&other, Chidi)).await;
    assert_eq!((house.count("report").await, house.count("absence").await), (4, 4));
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_offices_on_two_nodes_one_is_kept() {
    let house = TestStore::with_staff().await;
    let other = house.another_node().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    for _ in 0..20 {
        let code = |store: &Store, code: &'static str| {
            let school = store.school("hillside");
            async move { school.code_absence(coding(Ada, code, "")).await.unwrap() }
        };
        let outcomes = on_both(code(&house.store, "I"), code(&other, "M")).await;
        assert!(
            outcomes.contains(&CodingOutcome::Kept) && outcomes.contains(&CodingOutcome::ChangedMeanwhile),
            "{outcomes:?}"
        );
        let seen = house.board().await[0].seen();
        assert_eq!(house.codes(coding(Ada, "", &seen)).await, CodingOutcome::Kept);
    }
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn coding_on_one_node_and_withdrawing_on_the_other_never_both_happen() {
    let house = TestStore::with_staff().await;
    let other = house.another_node().await;
    for _ in 0..20 {
        let reference = house.receives(sick(Ngozi, &[Ada])).await;
        let (parent, office, withdrawn) = (house.school(), other.school("hillside"), reference.clone());
        let parent = async move { parent.withdraw(&Ngozi.id(), &withdrawn, at("09:16:00")).await.unwrap() };
        let office = async move { office.code_absence(coding(Ada, "I", "")).await.unwrap() == CodingOutcome::Kept };
        let (parent, office) = (tokio::spawn(parent), tokio::spawn(office));
        let (withdrawn, coded) = (parent.await.unwrap(), office.await.unwrap());
        assert_ne!(withdrawn, coded);
        let code = house.receipt(Ngozi, &reference).await.unwrap().children[0].days[0].am;
        assert_eq!(code, coded.then_some(Code::I));
        house.codes(coding(Ada, "", "I,I")).await;
        house.school().withdraw(&Ngozi.id(), &reference, at("09:17:00")).await.unwrap();
    }
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_bar_on_one_node_holds_on_the_other_from_its_answer_on() {
    let house = TestStore::with_families().await;
    let other = house.another_node().await;
    house.bars(Ngozi, Ada).await;
    let refused = other.school("hillside").report_absence(sick(Ngozi, &[Ada]), a_word_of_thanks).await.unwrap();
    assert_eq!(refused, server::store::Sent::NotAllowed);
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_time_things_are_used_once_across_nodes() {
    let house = TestStore::with_staff().await;
    let other = house.another_node().await;
    for round in 0..10_i64 {
        let step = |store: &Store| {
            let school = store.school("hillside");
            async move { school.take_totp_step(&olive(), 58_000_000 + round).await.unwrap() }
        };
        assert_eq!(on_both(step(&house.store), step(&other)).await.iter().filter(|taken| **taken).count(), 1);
        let id = a_sign_in();
        let email = format!("{round}@example.org");
        house.school().ask_sign_in(&id, &email, at("08:00:00")).await.unwrap();
        let waiting = WaitingSignIn { sign_in_id: id.to_string(), email };
        let answer = |store: &Store, node: i32| {
            let (school, waiting) = (store.school("hillside"), waiting.clone());
            let mail = a_word_of_thanks(&app::rules::reference::Reference::from_bytes([7; 16]));
            let answer = SignInAnswer::Code { code_hash: "code".into(), link_hash: format!("{round} {node}"), mail };
            async move { school.answer_sign_in(&waiting, answer, at("08:00:01")).await.unwrap() }
        };
        on_both(answer(&house.store, 1), answer(&other, 2)).await;
        assert_eq!(house.count("mail").await, round + 1);
        let claim = |store: &Store| {
            let (school, claim) =
                (store.school("hillside"), Claim::Code { sign_in: id.clone(), code_hash: "code".into() });
            async move { school.claim_sign_in(claim, at("08:01:00")).await.unwrap().is_some() }
        };
        assert_eq!(on_both(claim(&house.store), claim(&other)).await.iter().filter(|good| **good).count(), 1);
    }
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn administrators_who_disable_each_other_on_two_nodes_leave_one() {
    for _ in 0..3 {
        let house = TestStore::with_staff().await;
        let other = house.another_node().await;
        let disable = |store: &Store, who| {
            let school = store.school("hillside");
            async move { school.disable_staff(&who, true, office(), at("08:00:00")).await.unwrap() }
        };
        let done = on_both(disable(&house.store, adam()), disable(&other, alma())).await;
        assert_eq!(done.iter().filter(|done| **done).count(), 1);
        other.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_limit_counts_the_tries_on_both_nodes() {
    let house = TestStore::with_families().await;
    let other = house.another_node().await;
    let tries = |store: &Store| {
        let school = store.school("hillside");
        async move {
            let mut within = 0;
            for _ in 0..10 {
                within += usize::from(school.within_limit("key", 7, 15, at("08:00:00")).await.unwrap());
            }
            within
        }
    };
    assert_eq!(on_both(tries(&house.store), tries(&other)).await.iter().sum::<usize>(), 7);
    other.close().await;
}

// Each node's transaction holds the rows of many jobs. If they took them in different orders,
// each would wait for the other, and PostgreSQL would shoot one down.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_busy_nodes_never_stand_in_each_others_way() {
    let house = TestStore::with_staff().await;
    let other = house.another_node().await;
    let mut tasks = Vec::new();
    for round in 0..60 {
        for (store, order) in [(&house.store, [0, 1, 2]), (&other, [2, 1, 0])] {
            for which in order {
                let (adult, child) = [(Ngozi, Ada), (Chidi, Ben), (Farah, Zara)][which];
                let school = store.school("hillside");
                tasks.push(tokio::spawn(async move {
                    let reference = match round % 3 {
                        0 => school.report_absence(sick(adult, &[child]), a_word_of_thanks).await.map(drop),
                        1 => school.code_absence(coding(child, "I", "")).await.map(drop),
                        _ => school.board_seen(monday(), olive().as_str(), true, on("2026-11-23", "08:30:00")).await,
                    };
                    reference.map_err(|error: StoreError| error.to_string())
                }));
            }
        }
    }
    for task in tasks {
        assert_eq!(tokio::time::timeout(Duration::from_secs(30), task).await.unwrap().unwrap(), Ok(()));
    }
    assert_eq!(house.count("submission").await, 120);
    let lines = house.count("journal").await;
    assert_eq!(house.school().verify_journal(&[]).await.unwrap(), Verdict::Whole(lines));
    other.close().await;
}

// Two schools in one transaction would be two locks, taken in either order.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_busy_schools_on_two_nodes_never_stand_in_each_others_way() {
    let house = TestStore::empty().await;
    let other = house.another_node().await;
    let names = ["hillside", "valley"];
    for name in names {
        house.store.school(name).found(at("06:00:00")).await.unwrap();
    }
    let mut tasks = Vec::new();
    for round in 0..400 {
        let store = if round % 2 == 0 { &house.store } else { &other };
        let school = store.school(names[usize::from(round % 3 == 0)]);
        tasks.push(tokio::spawn(async move {
            school.within_limit(&format!("{}", round % 5), 1000, 15, at("08:00:00")).await.map_err(|e| e.to_string())
        }));
    }
    for task in tasks {
        assert_eq!(tokio::time::timeout(Duration::from_secs(30), task).await.unwrap().unwrap(), Ok(true));
    }
    assert_eq!(house.number("SELECT CAST(SUM(count) AS BIGINT) FROM throttle").await, 400);
    other.close().await;
}

#[tokio::test]
async fn a_database_that_was_started_again_is_found_again_without_a_lost_report() {
    let house = TestStore::with_families().await;
    if !house.is_postgres() {
        return;
    }
    for _ in 0..3 {
        house.number("SELECT COUNT(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()").await;
        house.receives(sick(Ngozi, &[Ada])).await;
    }
    assert_eq!(house.board().await[0].reports.len(), 3);
    assert!(house.journal_is_whole().await);
}

// What it holds, everybody else in the school waits for.
#[tokio::test]
async fn a_node_that_dies_in_the_middle_holds_nobody_up_for_long() {
    let house = TestStore::empty().await;
    if !house.is_postgres() {
        return;
    }
    let Db::Postgres(pool) = Db::open(&house.url).await.unwrap() else { panic!("it is PostgreSQL") };
    let longest: String =
        sqlx::query_scalar("SHOW idle_in_transaction_session_timeout").fetch_one(&pool).await.unwrap();
    assert_eq!(longest, "10s");
    pool.close().await;
}
