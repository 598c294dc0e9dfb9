//! Who may not report, and that nothing of theirs is written.

use app::rules::absence::Part;
use server::store::Sent;

use super::{
    house::{TestStore, at, monday},
    people::{Ada, Adult, Barry, Ben, Farah, Ngozi, Nils, Saying, Una, Viola, Zara, office, sick},
};

async fn is_refused_without_a_trace(adult: Adult) {
    let house = TestStore::with_families().await;
    let before = house.traces().await;
    assert_eq!(house.sends(sick(adult, &[Ada])).await, Sent::NotAllowed, "{adult:?}");
    assert_eq!(house.traces().await, before, "{adult:?}");
}

#[tokio::test]
async fn a_barred_guardian_is_refused_without_a_trace() {
    is_refused_without_a_trace(Barry).await;
}

#[tokio::test]
async fn a_guardian_whom_nobody_has_reviewed_is_refused_without_a_trace() {
    is_refused_without_a_trace(Una).await;
}

#[tokio::test]
async fn a_guardian_who_may_only_look_is_refused_without_a_trace() {
    is_refused_without_a_trace(Viola).await;
}

#[tokio::test]
async fn a_guardian_with_no_access_is_refused_without_a_trace() {
    is_refused_without_a_trace(Nils).await;
}

#[tokio::test]
async fn a_guardian_of_another_family_is_refused_without_a_trace() {
    is_refused_without_a_trace(Farah).await;
}

#[tokio::test]
async fn a_bar_set_after_the_form_was_opened_holds_when_it_is_sent() {
    let house = TestStore::with_families().await;
    let children = house.school().children_of(&Ngozi.id(), monday()).await.unwrap();
    assert!(children.iter().any(|child| child.pupil_id == Ada.id() && child.link.may_report()));
    let form = sick(Ngozi, &[Ada]);
    house.bars(Ngozi, Ada).await;
    let before = house.traces().await;
    assert_eq!(house.sends(form).await, Sent::NotAllowed);
    assert_eq!(house.traces().await, before);
    house.receives(sick(Ngozi, &[Ben])).await;
}

#[tokio::test]
async fn a_bar_that_is_lifted_no_longer_holds() {
    let house = TestStore::with_families().await;
    house.school().set_bar(&Barry.id(), &Ada.id(), false, office(), at("08:00:00")).await.unwrap();
    house.receives(sick(Barry, &[Ada])).await;
}

#[tokio::test]
async fn a_guardian_sees_only_the_children_they_may_see_youngest_last() {
    let house = TestStore::with_families().await;
    let names = async |adult: Adult| {
        let children = house.school().children_of(&adult.id(), monday()).await.unwrap();
        children.into_iter().map(|child| format!("{} {}", child.full_name, child.class)).collect::<Vec<_>>()
    };
    assert_eq!(names(Ngozi).await, ["Ada Okafor 3 Oak", "Ben Okafor R Acorn"]);
    assert_eq!(names(Viola).await, ["Ada Okafor 3 Oak"]);
    assert_eq!(names(Farah).await, ["Zara 3 Oak"]);
    for adult in [Barry, Una, Nils] {
        assert!(names(adult).await.is_empty(), "{adult:?}");
    }
}

#[tokio::test]
async fn a_child_who_has_left_is_no_longer_among_the_children() {
    let house = TestStore::with_families().await;
    house.by_hand(&format!("UPDATE pupil SET left_on = '2026-11-22' WHERE pupil_id = '{}'", Ada.id())).await;
    house.by_hand(&format!("UPDATE pupil SET left_on = '2026-11-23' WHERE pupil_id = '{}'", Ben.id())).await;
    let children = house.school().children_of(&Ngozi.id(), monday()).await.unwrap();
    assert_eq!(children.iter().map(|child| child.pupil_id.clone()).collect::<Vec<_>>(), [Ben.id()]);
    assert_eq!(house.school().on_roll(monday()).await.unwrap(), 2);
}

#[tokio::test]
async fn a_bar_set_after_sending_also_takes_withdrawing_and_changing_away() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    house.bars(Ngozi, Ada).await;
    assert_eq!(house.receipt(Ngozi, &reference).await, None);
    assert!(!house.school().withdraw(&Ngozi.id(), &reference, at("08:20:00")).await.unwrap());
    let change = sick(Ngozi, &[Ben]).instead_of(&reference);
    assert_eq!(house.sends(change).await, Sent::CannotChange);
    assert_eq!(house.children_on_board().await, [Ada.id()]);
}

#[tokio::test]
async fn a_change_by_a_guardian_barred_from_one_child_leaves_that_childs_report_standing() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada, Ben])).await;
    house.bars(Ngozi, Ada).await;
    house.receives(sick(Ngozi, &[Ben]).part(Part::Am).at("08:20:00").instead_of(&reference)).await;
    let board = house.board().await;
    assert_eq!(
        board.iter().map(|row| (row.pupil_id.clone(), row.part)).collect::<Vec<_>>(),
        [(Ada.id(), Part::All), (Ben.id(), Part::Am)]
    );
}

#[tokio::test]
async fn people_who_share_an_inbox_are_found_by_it_and_nobody_else_is() {
    let house = TestStore::with_families().await;
    let sharers = house.school().sharers("khans@example.org").await.unwrap();
    assert_eq!(sharers.iter().map(|sharer| sharer.name.as_str()).collect::<Vec<_>>(), ["Faisal Khan", "Farah Khan"]);
    let barry = house.school().sharers(Barry.email()).await.unwrap();
    assert!(barry.len() == 1 && barry[0].barred);
    assert!(house.school().sharers("nobody@example.org").await.unwrap().is_empty());
    assert!(house.receives(sick(Farah, &[Zara])).await != house.receives(sick(super::people::Faisal, &[Zara])).await);
}
