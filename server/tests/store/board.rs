//! The office's morning.

use app::rules::{absence::Part, code::Code};

use super::{
    house::{TestStore, at, day, monday},
    people::{Ada, Ben, Chidi, Farah, Ngozi, Saying, Zara, olive, sick},
};

#[tokio::test]
async fn two_reports_for_one_child_are_one_row_in_their_order() {
    let house = TestStore::with_families().await;
    house.receives(sick(Chidi, &[Ada]).at("08:10:00").noting("his words")).await;
    house.receives(sick(Ngozi, &[Ada]).noting("her words")).await;
    let board = house.board().await;
    assert_eq!(board.len(), 1);
    let row = &board[0];
    assert_eq!((row.name.as_str(), row.class.as_str(), row.part), ("Okafor, Ada", "3 Oak", Part::All));
    let reports: Vec<_> =
        row.reports.iter().map(|r| (r.from.as_str(), r.note.as_deref(), r.channel.as_str())).collect();
    assert_eq!(reports, [("Ngozi Okafor", Some("her words"), "web"), ("Chidi Okafor", Some("his words"), "web")]);
}

#[tokio::test]
async fn rows_stand_in_the_order_of_their_first_report() {
    let house = TestStore::with_families().await;
    house.receives(sick(Farah, &[Zara]).at("08:03:00")).await;
    house.receives(sick(Chidi, &[Ben]).at("08:01:00")).await;
    house.receives(sick(Ngozi, &[Ada]).at("08:02:00")).await;
    house.receives(sick(Ngozi, &[Ben]).at("08:09:00")).await;
    assert_eq!(house.children_on_board().await, [Ben.id(), Ada.id(), Zara.id()]);
}

#[tokio::test]
async fn a_child_with_one_name_is_listed_by_it() {
    let house = TestStore::with_families().await;
    house.receives(sick(Farah, &[Zara])).await;
    assert_eq!(house.board().await[0].name, "Zara");
}

#[tokio::test]
async fn two_halves_make_a_day_and_two_equal_halves_do_not() {
    let house = TestStore::with_families().await;
    house.receives(sick(Ngozi, &[Ada]).part(Part::Am)).await;
    house.receives(sick(Chidi, &[Ada]).part(Part::Pm)).await;
    house.receives(sick(Ngozi, &[Ben]).part(Part::Am)).await;
    house.receives(sick(Chidi, &[Ben]).part(Part::Am)).await;
    let part = async |child: super::people::Child| {
        house.board().await.into_iter().find(|row| row.pupil_id == child.id()).unwrap().part
    };
    assert_eq!((part(Ada).await, part(Ben).await), (Part::All, Part::Am));
}

#[tokio::test]
async fn the_first_report_that_proposes_a_code_proposes_it() {
    let house = TestStore::with_families().await;
    house.receives(sick(Ngozi, &[Ada]).at("08:01:00").proposing(None)).await;
    assert_eq!(house.board().await[0].proposed, None);
    house.receives(sick(Chidi, &[Ada]).at("08:02:00").proposing(Some(Code::M))).await;
    house.receives(sick(Ngozi, &[Ada]).at("08:03:00").proposing(Some(Code::I))).await;
    assert_eq!(house.board().await[0].proposed, Some(Code::M));
}

#[tokio::test]
async fn a_report_after_the_register_closed_is_marked_late_and_the_others_are_not() {
    let house = TestStore::with_families().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    let mut late = sick(Chidi, &[Ada]).at("09:15:00");
    late.after_close = vec![monday()];
    house.receives(late).await;
    let marks: Vec<_> = house.board().await[0].reports.iter().map(|report| report.after_close).collect();
    assert_eq!(marks, [false, true]);
}

#[tokio::test]
async fn a_report_is_new_until_staff_who_may_code_have_seen_it() {
    let house = TestStore::with_staff().await;
    let is_new = async || house.board().await[0].reports[0].new;
    house.receives(sick(Ngozi, &[Ada])).await;
    assert!(is_new().await);
    house.school().board_seen(monday(), olive().as_str(), false, at("08:30:00")).await.unwrap();
    assert!(is_new().await, "a look that codes nothing leaves it new for the office");
    house.school().board_seen(day("2026-11-24"), olive().as_str(), true, at("08:30:00")).await.unwrap();
    assert!(is_new().await, "another day's board was looked at");
    house.school().board_seen(monday(), olive().as_str(), true, at("08:03:59")).await.unwrap();
    assert!(is_new().await, "the board was loaded before the report came");
    house.school().board_seen(monday(), olive().as_str(), true, at("08:30:00")).await.unwrap();
    assert!(!is_new().await);
    assert_eq!(house.count("reading").await, 4, "every look is noted");
}

#[tokio::test]
async fn a_report_that_comes_after_the_look_is_new_beside_the_old() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    house.school().board_seen(monday(), olive().as_str(), true, at("08:30:00")).await.unwrap();
    house.receives(sick(Chidi, &[Ada]).at("08:40:00")).await;
    let new: Vec<_> = house.board().await[0].reports.iter().map(|report| report.new).collect();
    assert_eq!(new, [false, true]);
}

#[tokio::test]
async fn tomorrows_report_is_on_tomorrows_board() {
    let house = TestStore::with_families().await;
    let mut tomorrow = sick(Ngozi, &[Ada]);
    tomorrow.report.days[0].date = day("2026-11-24");
    house.receives(tomorrow).await;
    assert!(house.board().await.is_empty());
    assert_eq!(house.school().board(day("2026-11-24")).await.unwrap().len(), 1);
}

#[tokio::test]
async fn days_on_which_a_report_waits_for_its_code_are_counted_by_children() {
    let house = TestStore::with_staff().await;
    let report = async |adult, child, on: &str| {
        let mut note = sick(adult, &[child]);
        note.report.days[0].date = day(on);
        house.receives(note).await
    };
    report(Ngozi, Ada, "2026-11-19").await;
    report(Chidi, Ada, "2026-11-19").await;
    report(Ngozi, Ben, "2026-11-19").await;
    report(Farah, Zara, "2026-11-20").await;
    let withdrawn = report(Ngozi, Ada, "2026-11-18").await;
    house.school().withdraw(&Ngozi.id(), &withdrawn, at("08:20:00")).await.unwrap();
    report(Ngozi, Ada, "2026-11-23").await;
    report(Ngozi, Ada, "2026-10-20").await;
    let waiting = async || house.school().uncoded_before(monday()).await.unwrap();
    assert_eq!(waiting().await, [(day("2026-11-19"), 2), (day("2026-11-20"), 1)]);
    let mut zara = super::people::coding(Zara, "I", "");
    zara.day = day("2026-11-20");
    house.codes(zara).await;
    assert_eq!(waiting().await, [(day("2026-11-19"), 2)]);
}

#[tokio::test]
async fn a_child_marked_present_in_the_morning_no_longer_waits() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    house.office_codes(Ada, "/", "").await;
    assert!(house.board().await[0].is_coded());
    assert!(house.school().uncoded_before(day("2026-11-24")).await.unwrap().is_empty());
}

#[tokio::test]
async fn the_tick_moves_with_everything_that_changes_the_board() {
    let house = TestStore::with_staff().await;
    let tick = async || house.school().board_tick(monday()).await.unwrap();
    let mut ticks = vec![tick().await];
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    ticks.push(tick().await);
    house.office_codes(Ada, "I", "").await;
    ticks.push(tick().await);
    house.office_codes(Ada, "", "I,I").await;
    ticks.push(tick().await);
    house.school().withdraw(&Ngozi.id(), &reference, at("08:20:00")).await.unwrap();
    ticks.push(tick().await);
    assert_eq!(ticks.iter().map(|(reports, _)| *reports).collect::<Vec<_>>(), [0, 1, 1, 1, 0]);
    assert!(ticks.windows(2).all(|pair| pair[0].1 < pair[1].1), "{ticks:?}");
    house.school().board_seen(monday(), olive().as_str(), true, at("08:30:00")).await.unwrap();
    assert_eq!(tick().await, *ticks.last().unwrap(), "looking is no change");
}

#[tokio::test]
async fn an_empty_day_has_an_empty_board() {
    let house = TestStore::with_families().await;
    assert!(house.school().board(day("2026-12-25")).await.unwrap().is_empty());
    assert_eq!(house.school().board_tick(day("2026-12-25")).await.unwrap().0, 0);
}
