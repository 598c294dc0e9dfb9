//! Taking back and changing, until the school has coded.

use app::rules::{absence::Part, code::Code};
use server::store::{CodingOutcome, Sent};

use super::{
    house::{TestStore, at},
    people::{Ada, Ben, Chidi, Ngozi, Saying, coding, sick},
};

#[tokio::test]
async fn what_was_withdrawn_is_gone_from_the_board_and_says_so_on_its_receipt() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada, Ben])).await;
    assert!(house.school().withdraw(&Ngozi.id(), &reference, at("08:20:00")).await.unwrap());
    assert!(house.board().await.is_empty());
    assert!(house.sees_reported(Ngozi).await.is_empty());
    assert_eq!(house.receipt(Ngozi, &reference).await.unwrap().withdrawn_at, Some(at("08:20:00")));
}

#[tokio::test]
async fn withdrawing_twice_does_nothing_the_second_time() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    assert!(house.school().withdraw(&Ngozi.id(), &reference, at("08:20:00")).await.unwrap());
    let lines = house.count("journal").await;
    assert!(!house.school().withdraw(&Ngozi.id(), &reference, at("08:21:00")).await.unwrap());
    assert_eq!(house.count("journal").await, lines);
    assert_eq!(house.receipt(Ngozi, &reference).await.unwrap().withdrawn_at, Some(at("08:20:00")));
}

#[tokio::test]
async fn the_other_parent_cannot_withdraw_or_change_what_they_did_not_send() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    assert!(!house.school().withdraw(&Chidi.id(), &reference, at("08:20:00")).await.unwrap());
    assert_eq!(house.sends(sick(Chidi, &[Ada]).instead_of(&reference)).await, Sent::CannotChange);
    assert_eq!(house.board().await[0].reports.len(), 1);
}

#[tokio::test]
async fn what_is_coded_can_no_longer_be_withdrawn_or_changed() {
    let house = TestStore::with_staff().await;
    let reference = house.receives(sick(Ngozi, &[Ada, Ben])).await;
    assert_eq!(house.codes(coding(Ben, "I", "")).await, CodingOutcome::Kept);
    let before = house.traces().await;
    // To change it, all of it must be open; to take back, something.
    assert_eq!(house.sends(sick(Ngozi, &[Ada]).instead_of(&reference)).await, Sent::CannotChange);
    assert_eq!(house.traces().await, before);
    assert!(house.school().withdraw(&Ngozi.id(), &reference, at("09:20:00")).await.unwrap());
    assert_eq!(house.children_on_board().await, [Ben.id()]);
    assert!(!house.school().withdraw(&Ngozi.id(), &reference, at("09:21:00")).await.unwrap());
    assert_eq!(house.children_on_board().await, [Ben.id()]);
}

#[tokio::test]
async fn a_code_taken_back_opens_the_report_again() {
    let house = TestStore::with_staff().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    house.codes(coding(Ada, "I", "")).await;
    assert_eq!(house.codes(coding(Ada, "", "I,I")).await, CodingOutcome::Kept);
    assert!(house.school().withdraw(&Ngozi.id(), &reference, at("09:20:00")).await.unwrap());
}

#[tokio::test]
async fn a_code_on_the_half_that_was_not_reported_is_no_obstacle() {
    let house = TestStore::with_staff().await;
    let morning = house.receives(sick(Ngozi, &[Ada]).part(Part::Am)).await;
    house.codes(coding(Ada, "M", "")).await;
    let afternoon = house.receives(sick(Ngozi, &[Ada]).part(Part::Pm)).await;
    assert!(!house.school().withdraw(&Ngozi.id(), &morning, at("09:20:00")).await.unwrap());
    assert!(house.school().withdraw(&Ngozi.id(), &afternoon, at("09:20:00")).await.unwrap());
}

#[tokio::test]
async fn a_change_takes_the_place_of_what_was_sent() {
    let house = TestStore::with_families().await;
    let old = house.receives(sick(Ngozi, &[Ada, Ben])).await;
    let new = house.receives(sick(Ngozi, &[Ada]).part(Part::Am).at("08:20:00").instead_of(&old)).await;
    assert_eq!(house.receipt(Ngozi, &old).await.unwrap().replaced_by, Some(new.clone()));
    assert_eq!(house.receipt(Ngozi, &new).await.unwrap().replaced_by, None);
    let board = house.board().await;
    assert_eq!(board.len(), 1);
    assert_eq!((board[0].pupil_id.clone(), board[0].part, board[0].reports.len()), (Ada.id(), Part::Am, 1));
    assert_eq!(board[0].reports[0].received_at, at("08:20:00"));
    let seen = house.sees_reported(Ngozi).await;
    assert_eq!(seen.into_iter().map(|report| report.own.unwrap().0).collect::<Vec<_>>(), [new]);
}

#[tokio::test]
async fn what_has_been_changed_or_withdrawn_cannot_be_changed_again() {
    let house = TestStore::with_families().await;
    let first = house.receives(sick(Ngozi, &[Ada])).await;
    let second = house.receives(sick(Ngozi, &[Ada]).instead_of(&first)).await;
    assert_eq!(house.sends(sick(Ngozi, &[Ada]).instead_of(&first)).await, Sent::CannotChange);
    assert!(!house.school().withdraw(&Ngozi.id(), &first, at("08:20:00")).await.unwrap());
    assert!(house.school().withdraw(&Ngozi.id(), &second, at("08:20:00")).await.unwrap());
    assert_eq!(house.sends(sick(Ngozi, &[Ada]).instead_of(&second)).await, Sent::CannotChange);
    assert!(house.board().await.is_empty());
}

#[tokio::test]
async fn a_change_that_is_refused_leaves_the_first_standing() {
    let house = TestStore::with_families().await;
    let old = house.receives(sick(Ngozi, &[Ada])).await;
    let mut change = sick(Ngozi, &[Ada]).instead_of(&old);
    change.report.children.push(super::people::Zara.id());
    assert_eq!(house.sends(change).await, Sent::NotAllowed);
    assert_eq!(house.receipt(Ngozi, &old).await.unwrap().replaced_by, None);
    assert_eq!(house.board().await.len(), 1);
}

#[tokio::test]
async fn a_change_sent_twice_is_one_change() {
    let house = TestStore::with_families().await;
    let old = house.receives(sick(Ngozi, &[Ada])).await;
    let change = sick(Ngozi, &[Ada]).instead_of(&old);
    let new = house.receives(change.clone()).await;
    assert_eq!(house.sends(change).await, Sent::Again(new));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn coding_and_withdrawing_at_once_never_both_happen() {
    let house = TestStore::with_staff().await;
    for round in 0..20 {
        let reference = house.receives(sick(Ngozi, &[Ada]).at(&format!("08:04:{round:02}"))).await;
        let (parent, office, withdrawn) = (house.school(), house.school(), reference.clone());
        let parent =
            tokio::spawn(async move { parent.withdraw(&Ngozi.id(), &withdrawn, at("09:16:00")).await.unwrap() });
        let office = tokio::spawn(async move { office.code_absence(coding(Ada, "I", "")).await.unwrap() });
        let (withdrawn, coded) = (parent.await.unwrap(), office.await.unwrap());
        assert_eq!(coded, if withdrawn { CodingOutcome::NothingReported } else { CodingOutcome::Kept });
        let code = house.receipt(Ngozi, &reference).await.unwrap().children[0].days[0].am;
        assert_eq!(code, (!withdrawn).then_some(Code::I));
        house.codes(coding(Ada, "", "I,I")).await;
        house.school().withdraw(&Ngozi.id(), &reference, at("09:17:00")).await.unwrap();
    }
}
