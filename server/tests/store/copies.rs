//! The same form sent many times at once, by one parent from two tabs or by both: each form is taken once, and every answer
//! leads to the same receipt.

use app::rules::reference::Reference;
use server::store::{DetailsAsked, FormSent, NewDetails, NewMail, NewNotice};
use tokio::task::JoinHandle;

use super::{
    details,
    house::{TestStore, at, monday},
    leaving,
    people::{Ada, Ben, Chidi, Ngozi},
};

const COPIES: usize = 50;

/// A mail that says nothing, to count the receipts.
fn receipt(_: &Reference) -> NewMail {
    NewMail { to: Some("somebody@example.org".into()), kind: "test", subject: "Received".into(), body: "Yes.".into() }
}

fn notices(house: &TestStore, new: &NewNotice, copies: usize) -> Vec<JoinHandle<FormSent>> {
    let send = |_| {
        let (school, new) = (house.school(), new.clone());
        tokio::spawn(async move { school.send_notice(new, receipt).await.unwrap() })
    };
    (0..copies).map(send).collect()
}

/// The one reference that all copies of a notice got.
async fn one_notice(copies: Vec<JoinHandle<FormSent>>) -> Reference {
    let (mut received, mut again) = (Vec::new(), Vec::new());
    for copy in copies {
        match copy.await.unwrap() {
            FormSent::Received(reference) => received.push(reference),
            FormSent::Again(reference) => again.push(reference),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(received.len(), 1, "{received:?}");
    let reference = received.remove(0);
    assert!(again.iter().all(|other| *other == reference), "every answer is the same receipt");
    reference
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_copies_of_one_leavers_notice_are_kept_once() {
    let house = TestStore::with_families().await;
    let draft = leaving::begun(&house, Ngozi, None).await;
    let lines = house.count("journal").await;
    one_notice(notices(&house, &leaving::new(Ngozi, &draft, &[Ada, Ben]), COPIES)).await;
    for (table, rows) in [("submission", 1), ("leaving_form", 1), ("leaving_notice", 2), ("form_draft", 0), ("mail", 1)]
    {
        assert_eq!(house.count(table).await, rows, "{table}");
    }
    assert_eq!(house.count("journal").await, lines + 1);
    assert!(house.journal_is_whole().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_both_parents_at_once_each_has_given_one_notice_of_their_own() {
    let house = TestStore::with_families().await;
    let (hers, his) = (leaving::begun(&house, Ngozi, None).await, leaving::begun(&house, Chidi, None).await);
    let hers = notices(&house, &leaving::new(Ngozi, &hers, &[Ada, Ben]), COPIES / 2);
    let his = notices(&house, &leaving::new(Chidi, &his, &[Ada, Ben]), COPIES / 2);
    let (hers, his) = (one_notice(hers).await, one_notice(his).await);
    assert_ne!(hers, his);
    assert_eq!((house.count("submission").await, house.count("leaving_notice").await), (2, 4));
    let school = house.school();
    for (adult, own, other) in [(Ngozi, &hers, &his), (Chidi, &his, &hers)] {
        assert!(school.own_notice(&adult.id(), own).await.unwrap().is_some());
        assert_eq!(school.own_notice(&adult.id(), other).await.unwrap(), None, "{adult:?}");
    }
    assert!(house.journal_is_whole().await);
}

/// A notice that takes the place of an earlier one, sent from two tabs.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_changes_of_one_notice_sent_at_once_one_takes_its_place() {
    let house = TestStore::with_families().await;
    for _ in 0..5 {
        let draft = leaving::begun(&house, Ngozi, None).await;
        let first = one_notice(notices(&house, &leaving::new(Ngozi, &draft, &[Ada]), 1)).await;
        let mut tabs = Vec::new();
        for _ in 0..2 {
            let draft = leaving::begun(&house, Ngozi, Some(&first)).await;
            tabs.extend(notices(&house, &leaving::new(Ngozi, &draft, &[Ada]), 1));
        }
        let [one, two] = [tabs.remove(0).await.unwrap(), tabs.remove(0).await.unwrap()];
        let taken = |sent: &FormSent| matches!(sent, FormSent::Received(_));
        assert!(taken(&one) != taken(&two), "{one:?} {two:?}");
        assert!([&one, &two].contains(&&FormSent::CannotChange), "{one:?} {two:?}");
    }
    assert_eq!(house.count("leaving_notice WHERE state = 'replaced'").await, 5);
    assert_eq!(house.count("leaving_notice WHERE state = 'open'").await, 5);
}

fn requests(house: &TestStore, new: &NewDetails, copies: usize) -> Vec<JoinHandle<DetailsAsked>> {
    let ask = |_| {
        let (school, new) = (house.school(), new.clone());
        tokio::spawn(async move { school.ask_details(new, receipt).await.unwrap() })
    };
    (0..copies).map(ask).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_copies_of_one_request_about_details_are_kept_once() {
    let house = TestStore::with_staff().await;
    let lines = house.count("journal").await;
    let new = details::asking(&house, Ngozi, &[("mobile", "07700 900456"), ("work-phone", "01632 960001")], 1).await;
    let (mut received, mut again) = (Vec::new(), Vec::new());
    for copy in requests(&house, &new, COPIES) {
        match copy.await.unwrap() {
            DetailsAsked::Received(reference) => received.push(reference),
            DetailsAsked::Again(reference) => again.push(reference),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((received.len(), again.len()), (1, COPIES - 1));
    assert!(again.iter().all(|reference| *reference == received[0]), "every answer is the same receipt");
    for (table, rows) in [("submission", 1), ("details_line", 2), ("details_check", 1), ("mail", 1)] {
        assert_eq!(house.count(table).await, rows, "{table}");
    }
    assert_eq!(house.count("journal").await, lines + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_tabs_with_other_wishes_sent_at_once_one_is_kept_and_one_is_told() {
    let house = TestStore::with_staff().await;
    for round in 0..5 {
        let wish = |tab: u8| (format!("07700 9004{round}{tab}"), 10 * round + tab);
        let mut tabs = Vec::new();
        for (mobile, id) in [wish(1), wish(2)] {
            tabs.push(details::asking(&house, Ngozi, &[("mobile", &mobile)], id).await);
        }
        let [one, two] = [0, 1].map(|tab: usize| requests(&house, &tabs[tab], 1).remove(0));
        let answers = [one.await.unwrap(), two.await.unwrap()];
        assert!(answers.contains(&DetailsAsked::Changed), "{answers:?}");
        assert!(answers.iter().any(|answer| matches!(answer, DetailsAsked::Received(_))), "{answers:?}");
        assert_eq!(house.count("details_line WHERE state = 'asked'").await, 1);
        assert!(house.school().withdraw_details(&Ngozi.id(), at("10:00:00"), monday()).await.unwrap());
    }
    // Both parents at once ask about themselves, and neither stands in the other's way.
    let (hers, his) = (
        details::asking(&house, Ngozi, &[("mobile", "07700 900456")], 51).await,
        details::asking(&house, Chidi, &[("mobile", "07700 900789")], 52).await,
    );
    for asked in [requests(&house, &hers, 1), requests(&house, &his, 1)].into_iter().flatten() {
        assert!(matches!(asked.await.unwrap(), DetailsAsked::Received(_)));
    }
    assert!(house.journal_is_whole().await);
}
