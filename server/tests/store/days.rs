//! Reports of several days, of late children and of those who leave: a row a child's day.

use app::rules::absence::{Kind, Part};

use super::{
    house::{TestStore, at, day},
    people::{Ada, Ben, Chidi, Ngozi, Saying, coding, sick},
};

const WEEK: [&str; 3] = ["2026-11-23", "2026-11-24", "2026-11-25"];

async fn on_board(house: &TestStore, date: &str) -> Vec<(bool, String)> {
    let board = house.school().board(day(date)).await.unwrap();
    board.iter().flat_map(|row| &row.reports).map(|report| (report.expected, report.reference.clone())).collect()
}

#[tokio::test]
async fn each_day_of_a_run_stands_on_its_own_board() {
    let house = TestStore::with_staff().await;
    let mut run = sick(Ngozi, &[Ada]).days(&WEEK);
    run.expected = vec![day(WEEK[1]), day(WEEK[2])];
    let reference = house.receives(run).await;
    for (place, date) in WEEK.iter().enumerate() {
        assert_eq!(on_board(&house, date).await, [(place > 0, reference.as_str().to_owned())], "{date}");
    }
    let receipt = house.receipt(Ngozi, &reference).await.unwrap();
    let days: Vec<_> = receipt.days().map(|day| (day.date.to_string(), day.part)).collect();
    assert_eq!(days, WEEK.map(|date| (date.to_owned(), Part::All)));
    // One day coded: that day is fast, the others can still be taken back.
    house.codes(coding(Ada, "I", "")).await;
    let receipt = house.receipt(Ngozi, &reference).await.unwrap();
    assert!(!receipt.can_change() && receipt.can_withdraw());
    assert!(house.school().withdraw(&Ngozi.id(), &reference, at("09:30:00")).await.unwrap());
    let left: Vec<_> = house.receipt(Ngozi, &reference).await.unwrap().days().map(|day| day.withdrawn).collect();
    assert_eq!(left, [false, true, true]);
    assert!(on_board(&house, WEEK[1]).await.is_empty() && !on_board(&house, WEEK[0]).await.is_empty());
}

#[tokio::test]
async fn a_word_on_the_morning_confirms_what_its_sender_had_announced_and_nobody_elses() {
    let house = TestStore::with_families().await;
    for adult in [Ngozi, Chidi] {
        let mut run = sick(adult, &[Ada]).days(&WEEK[..2]);
        run.expected = vec![day(WEEK[1])];
        house.receives(run).await;
    }
    let waits = async || on_board(&house, WEEK[1]).await.iter().filter(|(expected, _)| *expected).count();
    assert_eq!(waits().await, 2);
    let mut still = sick(Ngozi, &[Ada]).days(&WEEK[1..2]);
    still.received_at = super::house::on(WEEK[1], "07:50:00");
    house.receives(still).await;
    assert_eq!(waits().await, 1);
}

#[tokio::test]
async fn late_and_leaving_keep_their_kind_and_their_times() {
    let house = TestStore::with_families().await;
    let mut late = sick(Ngozi, &[Ada]).part(Part::Am);
    late.report.kind = Kind::Late;
    late.report.details.arrives = "10:30:00".parse().ok();
    let reference = house.receives(late).await;
    let receipt = house.receipt(Ngozi, &reference).await.unwrap();
    assert_eq!((receipt.kind, receipt.details.arrives), (Kind::Late, "10:30:00".parse().ok()));
    assert_eq!(house.board().await[0].reports[0].kind, Kind::Late);
    assert_eq!(house.sees_reported(Chidi).await[0].kind, Kind::Late);
}

#[tokio::test]
async fn the_moment_that_counts_is_kept_with_its_senders_report_alone() {
    let house = TestStore::with_families().await;
    let hers = house.receives(sick(Ngozi, &[Ada, Ben])).await;
    let his = house.receives(sick(Chidi, &[Ada])).await;
    let moment = day("2026-11-23").and_hms_opt(7, 0, 0).unwrap();
    let told = async |adult: super::people::Adult| {
        house.school().count_from(&adult.id(), &hers, moment, at("08:10:00")).await.unwrap()
    };
    assert!(told(Ngozi).await && !told(Chidi).await);
    assert_eq!(house.receipt(Ngozi, &hers).await.unwrap().details.counted, Some(moment));
    assert_eq!(house.receipt(Chidi, &his).await.unwrap().details.counted, None);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn other_guardians_are_told_if_the_school_wants_it_and_the_barred_never() {
    let house = TestStore::with_families().await;
    let told = |note: server::store::NewSubmission| server::store::NewSubmission {
        tell_others: Some(("A report was made".into(), "See which day.".into())),
        ..note
    };
    let letters = async || house.texts("SELECT to_address FROM mail WHERE kind = 'other-report' ORDER BY 1").await;
    house.receives(sick(Ngozi, &[Ada])).await;
    assert!(letters().await.is_empty());
    house.receives(told(sick(Ngozi, &[Ada]).at("08:10:00"))).await;
    assert_eq!(letters().await, [Chidi.email()]);
    house.bars(Chidi, Ada).await;
    house.receives(told(sick(Ngozi, &[Ada]).at("08:20:00").noting("again"))).await;
    assert_eq!(letters().await.len(), 1);
    let body = house.texts("SELECT body FROM mail WHERE kind = 'other-report'").await;
    assert!(!body[0].contains("vomiting") && !body[0].contains("Okafor"));
}

#[tokio::test]
async fn what_the_office_hears_is_written_down_whoever_says_it() {
    let house = TestStore::with_staff().await;
    house.bars(Chidi, Ada).await;
    let mut heard = sick(Chidi, &[Ada]);
    heard.channel = server::store::Channel::Phone;
    heard.entered_by = Some(super::people::office());
    let reference = house.receives(heard).await;
    assert_eq!(house.board().await[0].reports[0].channel, "phone");
    assert_eq!(house.receipt(Chidi, &reference).await, None, "he may still see nothing");
    let actor = house.texts("SELECT actor_kind FROM journal ORDER BY seq DESC LIMIT 1").await;
    assert_eq!(actor, ["staff"]);
}
