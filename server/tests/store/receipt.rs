//! What a guardian sees of what was sent, by them and by others.

use app::rules::{absence::Part, code::Code};
use server::store::CodingOutcome;

use super::{
    house::{TestStore, at, monday},
    people::{Ada, Barry, Ben, Chidi, Farah, Ngozi, Saying, Una, Viola, Zara, coding, sick},
};

#[tokio::test]
async fn a_receipt_says_what_was_sent() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada]).part(Part::Pm).noting("since lunch")).await;
    let receipt = house.receipt(Ngozi, &reference).await.unwrap();
    assert_eq!(receipt.reference, reference);
    assert_eq!(
        (receipt.children[0].days[0].date, receipt.children[0].days[0].part, receipt.reason.as_str()),
        (monday(), Part::Pm, "vomiting")
    );
    assert_eq!(receipt.note.as_deref(), Some("since lunch"));
    assert_eq!((receipt.withdrawn_at, receipt.replaced_by), (None, None));
    let child = &receipt.children[0];
    assert_eq!((child.full_name.as_str(), child.class.as_str(), child.days[0].seen_at), ("Ada Okafor", "3 Oak", None));
}

#[tokio::test]
async fn anothers_receipt_is_no_receipt() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    for adult in [Chidi, Viola, Barry, Farah] {
        assert_eq!(house.receipt(adult, &reference).await, None, "{adult:?}");
    }
}

#[tokio::test]
async fn a_child_unlinked_after_sending_is_left_out_of_the_receipt() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada, Ben])).await;
    let unlink =
        format!("DELETE FROM guardian_pupil WHERE guardian_id = '{}' AND pupil_id = '{}'", Ngozi.id(), Ada.id());
    assert_eq!(house.by_hand(&unlink).await, 1);
    let receipt = house.receipt(Ngozi, &reference).await.unwrap();
    assert_eq!(receipt.children.iter().map(|child| child.pupil_id.clone()).collect::<Vec<_>>(), [Ben.id()]);
    assert!(house.sees_reported(Ngozi).await.iter().all(|report| report.pupil_id == Ben.id()));
}

#[tokio::test]
async fn a_receipt_whose_children_are_all_out_of_sight_is_none() {
    for change in ["barred = $1", "reviewed = NOT $1", "access = 'none'"] {
        let house = TestStore::with_families().await;
        let reference = house.receives(sick(Ngozi, &[Ada])).await;
        house
            .by_hand(&format!(
                "UPDATE guardian_pupil SET {} WHERE guardian_id = '{}'",
                change.replace("$1", "TRUE"),
                Ngozi.id()
            ))
            .await;
        assert_eq!(house.receipt(Ngozi, &reference).await, None, "{change}");
        assert!(house.sees_reported(Ngozi).await.is_empty(), "{change}");
    }
}

#[tokio::test]
async fn the_other_parents_report_is_told_without_its_words() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Chidi, &[Ada]).noting("private words")).await;
    let seen = house.sees_reported(Ngozi).await;
    assert_eq!(seen.len(), 1);
    assert_eq!((seen[0].pupil_id.clone(), seen[0].received_at, seen[0].own.clone()), (Ada.id(), at("08:04:00"), None));
    assert!(!format!("{seen:?}").contains("private words"));
    let own = house.sees_reported(Chidi).await;
    assert_eq!(own[0].own, Some((reference, "vomiting".into())));
}

#[tokio::test]
async fn what_the_other_parent_took_back_or_changed_is_not_told_any_more() {
    let house = TestStore::with_families().await;
    let hers = house.receives(sick(Ngozi, &[Ada])).await;
    let other_at = async || house.receipt(Ngozi, &hers).await.unwrap().children[0].days[0].other_at;
    let first = house.receives(sick(Chidi, &[Ada]).at("08:01:00")).await;
    assert_eq!(other_at().await, Some(at("08:01:00")));
    let second = house.receives(sick(Chidi, &[Ada]).at("08:20:00").instead_of(&first)).await;
    assert_eq!(other_at().await, Some(at("08:20:00")));
    assert!(house.school().withdraw(&Chidi.id(), &second, at("08:30:00")).await.unwrap());
    assert_eq!(other_at().await, None);
}

#[tokio::test]
async fn a_guardian_who_may_look_sees_that_something_was_reported_and_the_others_do_not() {
    let house = TestStore::with_families().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    assert_eq!(house.sees_reported(Viola).await.len(), 1);
    for adult in [Barry, Una, Farah] {
        assert!(house.sees_reported(adult).await.is_empty(), "{adult:?}");
    }
}

#[tokio::test]
async fn reports_of_days_gone_by_and_of_other_children_are_not_among_those_from_today() {
    let house = TestStore::with_families().await;
    let mut friday = sick(Ngozi, &[Ada]);
    friday.report.days[0].date = monday() - chrono::Duration::days(3);
    let mut tomorrow = sick(Ngozi, &[Ada]);
    tomorrow.report.days[0].date = monday() + chrono::Duration::days(1);
    house.receives(friday).await;
    house.receives(tomorrow).await;
    house.receives(sick(Ngozi, &[Ada])).await;
    house.receives(sick(Farah, &[Zara])).await;
    let days: Vec<_> = house.sees_reported(Ngozi).await.into_iter().map(|report| report.day.to_string()).collect();
    assert_eq!(days, ["2026-11-23", "2026-11-24"]);
}

#[tokio::test]
async fn the_schools_code_is_on_the_receipt_and_on_both_parents_pages() {
    let house = TestStore::with_staff().await;
    let hers = house.receives(sick(Ngozi, &[Ada]).part(Part::Am)).await;
    let his = house.receives(sick(Chidi, &[Ada]).at("08:05:00")).await;
    assert_eq!(house.codes(coding(Ada, "I", "")).await, CodingOutcome::Kept);
    let codes = |receipt: server::store::Receipt| (receipt.children[0].days[0].am, receipt.children[0].days[0].pm);
    assert_eq!(codes(house.receipt(Ngozi, &hers).await.unwrap()), (Some(Code::I), None), "of her half only");
    assert_eq!(codes(house.receipt(Chidi, &his).await.unwrap()), (Some(Code::I), Some(Code::I)));
    let seen: Vec<_> = house.sees_reported(Viola).await.into_iter().map(|report| report.codes).collect();
    assert_eq!(seen, [(Some(Code::I), None), (Some(Code::I), Some(Code::I))]);
}

#[tokio::test]
async fn a_receipt_tells_when_staff_saw_it_first() {
    let house = TestStore::with_staff().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    let olive = super::people::olive();
    for time in ["08:30:00", "08:45:00"] {
        house.school().board_seen(monday(), olive.as_str(), true, at(time)).await.unwrap();
    }
    assert_eq!(house.receipt(Ngozi, &reference).await.unwrap().children[0].days[0].seen_at, Some(at("08:30:00")));
}
