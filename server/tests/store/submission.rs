//! A report is received once, whole, or not at all.

use app::rules::{absence::Part, reference::Reference};
use server::store::{NewMail, Sent};

use super::{
    house::{TestStore, a_word_of_thanks, at},
    people::{Ada, Adult, Ben, Chidi, Ngozi, Saying, Zara, coding, sick},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_copies_of_one_submission_sent_at_once_are_kept_once() {
    let house = TestStore::with_families().await;
    let before = house.traces().await;
    let note = sick(Ngozi, &[Ada]);
    let copies: Vec<_> = (0..50)
        .map(|_| {
            let (school, note) = (house.school(), note.clone());
            tokio::spawn(async move { school.report_absence(note, a_word_of_thanks).await.unwrap() })
        })
        .collect();
    let (mut received, mut again) = (Vec::new(), Vec::new());
    for copy in copies {
        match copy.await.unwrap() {
            Sent::Received(reference) => received.push(reference),
            Sent::Again(reference) => again.push(reference),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((received.len(), again.len()), (1, 49));
    assert!(again.iter().all(|reference| *reference == received[0]), "every answer is the same receipt");
    let mut after = before;
    for (table, more) in [("submission", 1), ("report", 1), ("absence", 2), ("journal", 1), ("mail", 1)] {
        *after.get_mut(table).unwrap() += more;
    }
    assert_eq!(house.traces().await, after);
}

#[tokio::test]
async fn other_words_with_the_same_form_are_not_taken_and_the_first_time_is_told() {
    let house = TestStore::with_families().await;
    let first = sick(Ngozi, &[Ada]);
    let reference = house.receives(first.clone()).await;
    let before = house.traces().await;
    let mut second = first.at("08:30:00").noting("and a rash");
    second.digest = "another digest".into();
    let differs = Sent::Differs { reference, received_at: at("08:04:00") };
    assert_eq!(house.sends(second).await, differs);
    assert_eq!(house.traces().await, before);
}

#[tokio::test]
async fn the_same_form_sent_again_answers_with_its_receipt_even_after_the_register_has_closed() {
    let house = TestStore::with_families().await;
    let first = sick(Ngozi, &[Ada]);
    let reference = house.receives(first.clone()).await;
    let mut again = first.at("09:40:00");
    again.after_close = vec!["2026-11-23".parse().unwrap()];
    assert_eq!(house.sends(again).await, Sent::Again(reference.clone()));
    let receipt = house.receipt(Ngozi, &reference).await.unwrap();
    assert_eq!((receipt.received_at, receipt.after_close), (at("08:04:00"), false));
}

#[tokio::test]
async fn the_very_same_words_in_a_new_form_are_still_one_submission_while_they_stand() {
    let house = TestStore::with_families().await;
    let note = sick(Ngozi, &[Ada]);
    let reference = house.receives(note.clone()).await;
    let before = house.traces().await;
    assert_eq!(house.sends(note.clone().in_a_new_form()).await, Sent::Again(reference.clone()), "back, and send again");
    assert_eq!(house.traces().await, before);
    let mut his = note.clone().in_a_new_form();
    his.guardian = Chidi.id();
    house.receives(his).await;
    assert!(house.school().withdraw(&Ngozi.id(), &reference, at("08:20:00")).await.unwrap());
    let anew = house.receives(note.clone().in_a_new_form()).await;
    assert_ne!(anew, reference, "what was withdrawn can be said again");
    let change = note.in_a_new_form().instead_of(&anew);
    assert!(matches!(house.sends(change).await, Sent::Received(_)), "a change is a change");
}

#[tokio::test]
async fn what_was_taken_back_in_part_can_be_said_again() {
    let house = TestStore::with_staff().await;
    let note = sick(Ngozi, &[Ada]).days(&["2026-11-23", "2026-11-24"]);
    let reference = house.receives(note.clone()).await;
    house.codes(coding(Ada, "I", "")).await;
    assert!(house.school().withdraw(&Ngozi.id(), &reference, at("09:30:00")).await.unwrap());
    let anew = house.receives(note.in_a_new_form().at("09:40:00")).await;
    assert_ne!(anew, reference, "Tuesday stood no longer");
    let tuesday = house.school().board("2026-11-24".parse().unwrap()).await.unwrap();
    assert_eq!(
        tuesday.iter().flat_map(|row| &row.reports).map(|it| it.reference.as_str()).collect::<Vec<_>>(),
        [anew.as_str()]
    );
}

#[tokio::test]
async fn whether_a_form_was_sent_before_is_told_to_its_sender_alone() {
    let house = TestStore::with_families().await;
    let note = sick(Ngozi, &[Ada]);
    assert_eq!(house.school().sent_before(&Ngozi.id(), &note.submission).await.unwrap(), None);
    let reference = house.receives(note.clone()).await;
    assert_eq!(house.school().sent_before(&Ngozi.id(), &note.submission).await.unwrap(), Some(reference));
    assert_eq!(house.school().sent_before(&Chidi.id(), &note.submission).await.unwrap(), None);
}

#[tokio::test]
async fn a_form_id_of_somebody_else_is_no_obstacle_and_no_leak() {
    let house = TestStore::with_families().await;
    let ngozis = sick(Ngozi, &[Ada]);
    let hers = house.receives(ngozis.clone()).await;
    let mut chidis = sick(Chidi, &[Ada]);
    chidis.submission = ngozis.submission;
    let his = house.receives(chidis).await;
    assert_ne!(hers, his);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_parents_at_the_same_moment_make_two_receipts_and_one_absence_a_session() {
    let house = TestStore::with_families().await;
    let send = |note| {
        let school = house.school();
        tokio::spawn(async move { school.report_absence(note, a_word_of_thanks).await.unwrap() })
    };
    let (hers, his) = (send(sick(Ngozi, &[Ada])), send(sick(Chidi, &[Ada]).at("08:04:01")));
    let (Sent::Received(hers), Sent::Received(his)) = (hers.await.unwrap(), his.await.unwrap()) else {
        panic!("both are received")
    };
    assert_eq!((house.count("report").await, house.count("absence").await), (2, 2));
    let other = |receipt: Option<server::store::Receipt>| receipt.unwrap().children[0].days[0].other_at;
    assert_eq!(other(house.receipt(Ngozi, &hers).await), Some(at("08:04:01")));
    assert_eq!(other(house.receipt(Chidi, &his).await), Some(at("08:04:00")));
}

#[tokio::test]
async fn parents_who_report_different_halves_are_not_told_of_each_other() {
    let house = TestStore::with_families().await;
    let hers = house.receives(sick(Ngozi, &[Ada]).part(Part::Am)).await;
    house.receives(sick(Chidi, &[Ada]).part(Part::Pm)).await;
    assert_eq!(house.receipt(Ngozi, &hers).await.unwrap().children[0].days[0].other_at, None);
    assert_eq!(house.count("absence").await, 2);
}

#[tokio::test]
async fn several_children_in_one_submission_are_all_kept() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada, Ben])).await;
    let receipt = house.receipt(Ngozi, &reference).await.unwrap();
    let children: Vec<_> = receipt.children.iter().map(|child| child.called.as_str()).collect();
    assert_eq!(children, ["Ada", "Ben"]);
    assert_eq!(house.count("submission").await, 1);
}

#[tokio::test]
async fn one_child_that_is_not_theirs_and_none_is_kept() {
    let house = TestStore::with_families().await;
    let before = house.traces().await;
    assert_eq!(house.sends(sick(Ngozi, &[Ada, Zara, Ben])).await, Sent::NotAllowed);
    assert_eq!(house.traces().await, before);
}

#[tokio::test]
async fn a_refused_submission_may_be_sent_again_with_the_same_form() {
    let house = TestStore::with_families().await;
    let mut note = sick(Ngozi, &[Ada, Zara]);
    assert_eq!(house.sends(note.clone()).await, Sent::NotAllowed);
    note.report.children.pop();
    house.receives(note).await;
}

#[tokio::test]
async fn a_guardian_without_an_address_gets_a_receipt_and_no_mail() {
    let house = TestStore::with_families().await;
    let no_address = |reference: &Reference| NewMail { to: None, ..a_word_of_thanks(reference) };
    let sent = house.school().report_absence(sick(Ngozi, &[Ada]), no_address).await.unwrap();
    assert!(matches!(sent, Sent::Received(_)));
    assert_eq!(house.count("mail").await, 0);
}

#[tokio::test]
async fn what_was_sent_is_listed_newest_first_and_only_to_its_sender() {
    let house = TestStore::with_families().await;
    let first = house.receives(sick(Ngozi, &[Ada])).await;
    let second = house.receives(sick(Ngozi, &[Ben]).at("08:10:00")).await;
    house.receives(sick(Chidi, &[Ben]).at("08:20:00")).await;
    let history = house.school().history(&Ngozi.id()).await.unwrap();
    let said: Vec<_> = history.iter().map(|past| (past.called.as_str(), past.own.clone(), past.received_at)).collect();
    let own = |reference| Some((reference, "vomiting".to_owned()));
    assert_eq!(
        said,
        [
            ("Ben", None, at("08:20:00")),
            ("Ben", own(second), at("08:10:00")),
            ("Ada", own(first.clone()), at("08:04:00"))
        ]
    );
    // What was taken back stays in its sender's list, and in nobody else's.
    house.school().withdraw(&Ngozi.id(), &first, at("08:30:00")).await.unwrap();
    let listed = async |adult: Adult| {
        let history = house.school().history(&adult.id()).await.unwrap();
        history.into_iter().filter(|past| past.called == "Ada").map(|past| past.down).collect::<Vec<_>>()
    };
    assert_eq!((listed(Ngozi).await, listed(Chidi).await), (vec![true], vec![]));
}
