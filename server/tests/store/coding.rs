//! The school's code on each session that reports speak of.

use app::rules::{absence::Part, code::Code};
use server::store::{BoardRow, CodingOutcome};

use super::{
    house::{TestStore, at},
    people::{Ada, Ben, Chidi, Ngozi, Saying, Zara, adam, coding, sick},
};

async fn adas_row(house: &TestStore) -> BoardRow {
    house.board().await.into_iter().find(|row| row.pupil_id == Ada.id()).expect("Ada is on the board")
}

#[tokio::test]
async fn a_code_is_kept_on_both_sessions_with_who_and_when() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada, Ben])).await;
    assert_eq!(house.office_codes(Ada, "I", "").await, CodingOutcome::Kept);
    let row = adas_row(&house).await;
    assert_eq!((row.am, row.pm, row.is_coded()), (Some(Code::I), Some(Code::I), true));
    assert_eq!((row.coded_at, row.coded_by.as_deref()), (Some(at("09:16:00")), Some("Olive Office")));
    let ben = house.board().await.into_iter().find(|row| row.pupil_id == Ben.id()).unwrap();
    assert_eq!((ben.am, ben.is_coded()), (None, false));
}

#[tokio::test]
async fn a_second_tap_changes_nothing_and_says_so() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    house.office_codes(Ada, "I", "").await;
    let lines = house.count("journal").await;
    assert_eq!(house.office_codes(Ada, "I", "").await, CodingOutcome::Already);
    assert_eq!(house.count("journal").await, lines);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_offices_with_different_codes_exactly_one_is_kept() {
    let house = TestStore::with_staff().await;
    for (child, adult) in [(Ada, Ngozi), (Ben, Chidi), (Zara, super::people::Farah)] {
        house.receives(sick(adult, &[child])).await;
        let lines = house.count("journal").await;
        let taps: Vec<_> = ["I", "M"]
            .map(|code| {
                let school = house.school();
                tokio::spawn(async move { school.code_absence(coding(child, code, "")).await.unwrap() })
            })
            .into();
        let mut outcomes = Vec::new();
        for tap in taps {
            outcomes.push(tap.await.unwrap());
        }
        let kept = outcomes.iter().position(|outcome| *outcome == CodingOutcome::Kept).expect("one is kept");
        assert_eq!(outcomes[1 - kept], CodingOutcome::ChangedMeanwhile);
        assert_eq!(house.count("journal").await, lines + 1);
        let row = house.board().await.into_iter().find(|row| row.pupil_id == child.id()).unwrap();
        assert_eq!(row.am.map(Code::letters), Some(["I", "M"][kept]));
    }
}

#[tokio::test]
async fn whoever_has_seen_the_code_may_change_it() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    house.office_codes(Ada, "I", "").await;
    assert_eq!(house.office_codes(Ada, "M", "").await, CodingOutcome::ChangedMeanwhile);
    let seen = adas_row(&house).await.seen();
    assert_eq!(seen, "I,I");
    assert_eq!(house.office_codes(Ada, "M", &seen).await, CodingOutcome::Kept);
    assert_eq!(adas_row(&house).await.pm, Some(Code::M));
}

#[tokio::test]
async fn a_code_taken_back_leaves_no_trace_on_the_board() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    house.office_codes(Ada, "I", "").await;
    assert_eq!(house.office_codes(Ada, "", "I,I").await, CodingOutcome::Kept);
    let row = adas_row(&house).await;
    assert_eq!((row.am, row.pm, row.coded_at, row.coded_by), (None, None, None, None));
    assert_eq!(house.office_codes(Ada, "", "").await, CodingOutcome::Already);
}

#[tokio::test]
async fn the_stroke_of_a_morning_present_stands_on_the_morning_alone() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    assert_eq!(house.office_codes(Ada, "/", "").await, CodingOutcome::Kept);
    let row = adas_row(&house).await;
    assert_eq!((row.am, row.pm, row.seen()), (Some(Code::PresentAm), None, "/,".to_owned()));
    assert_eq!(house.office_codes(Ada, "/", "").await, CodingOutcome::Already, "a second tap");
}

#[tokio::test]
async fn a_morning_stroke_on_a_reported_afternoon_fits_nothing_and_writes_nothing() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada]).part(Part::Pm)).await;
    let lines = house.count("journal").await;
    assert_eq!(house.office_codes(Ada, "/", "").await, CodingOutcome::NothingReported);
    assert_eq!(house.count("journal").await, lines);
    assert!(adas_row(&house).await.reports[0].new);
}

#[tokio::test]
async fn only_the_reported_half_is_coded() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada]).part(Part::Pm)).await;
    assert_eq!(house.office_codes(Ada, "M", "").await, CodingOutcome::Kept);
    let row = adas_row(&house).await;
    assert_eq!((row.am, row.pm, row.is_coded()), (None, Some(Code::M), true));
}

#[tokio::test]
async fn a_half_reported_after_the_other_was_coded_still_waits_for_its_code() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada]).part(Part::Am)).await;
    house.office_codes(Ada, "M", "").await;
    house.receives(sick(Chidi, &[Ada]).part(Part::Pm).at("11:30:00")).await;
    let row = adas_row(&house).await;
    assert_eq!((row.part, row.am, row.pm, row.is_coded()), (Part::All, Some(Code::M), None, false));
    let tomorrow = super::house::day("2026-11-24");
    assert_eq!(house.school().uncoded_before(tomorrow).await.unwrap(), [(super::house::monday(), 1)]);
    assert_eq!(house.office_codes(Ada, "M", "M,").await, CodingOutcome::Kept);
    assert!(adas_row(&house).await.is_coded());
}

#[tokio::test]
async fn nothing_is_coded_where_nothing_is_reported() {
    let house = TestStore::with_staff().await;
    let withdrawn = house.receives(sick(Ngozi, &[Ada])).await;
    house.school().withdraw(&Ngozi.id(), &withdrawn, at("08:20:00")).await.unwrap();
    let lines = house.count("journal").await;
    assert_eq!(house.office_codes(Ada, "I", "").await, CodingOutcome::NothingReported);
    assert_eq!(house.office_codes(Zara, "I", "").await, CodingOutcome::NothingReported);
    let mut tuesday = coding(Ada, "I", "");
    tuesday.day = super::house::day("2026-11-24");
    assert_eq!(house.codes(tuesday).await, CodingOutcome::NothingReported);
    assert_eq!(
        (house.count("journal").await, house.number("SELECT COUNT(*) FROM absence WHERE code IS NOT NULL").await),
        (lines, 0)
    );
}

#[tokio::test]
async fn coding_counts_as_having_seen() {
    let house = TestStore::with_staff().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    house.office_codes(Ada, "I", "").await;
    assert!(!adas_row(&house).await.reports[0].new);
    assert_eq!(house.receipt(Ngozi, &reference).await.unwrap().children[0].days[0].seen_at, Some(at("09:16:00")));
}

#[tokio::test]
async fn each_coding_stands_in_the_journal_under_its_coder() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    house.office_codes(Ada, "I", "").await;
    let mut undo = coding(Ada, "", "I,I");
    undo.staff = adam();
    house.codes(undo).await;
    let lines =
        house.texts("SELECT actor_id || ' ' || action FROM journal WHERE actor_kind = 'staff' ORDER BY seq").await;
    assert_eq!(lines, [format!("{} code_absence", super::people::olive()), format!("{} undo_code", adam())]);
}
