//! Reports of several days, of late children and of those who leave: a row a child's day.

use app::rules::absence::{Kind, Part};

use super::{
    house::{TestStore, at, day},
    people::{Ada, Barry, Ben, Chidi, Farah, Ngozi, Nils, Saying, Una, Viola, Zara, coding, sick},
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
    let still = house.receives(still).await;
    assert_eq!(waits().await, 1);
    let at = super::house::on(WEEK[1], "08:10:00");
    assert!(house.school().withdraw(&Ngozi.id(), &still, at).await.unwrap());
    assert_eq!(waits().await, 2, "taken back: it waits again");
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
async fn the_moment_that_counts_is_told_by_who_may_write_for_every_child_of_a_report_that_stands() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada, Ben])).await;
    let moment = day("2026-11-23").and_hms_opt(7, 0, 0).unwrap();
    let told = async || house.school().count_from(&Ngozi.id(), &reference, moment, at("08:10:00")).await.unwrap();
    let link = async |now: &str| {
        house
            .by_hand(&format!(
                "UPDATE guardian_pupil SET {now} WHERE guardian_id = '{}' AND pupil_id = '{}'",
                Ngozi.id(),
                Ben.id()
            ))
            .await;
    };
    for (shut, open) in [
        ("access = 'view'", "access = 'full'"),
        ("barred = TRUE", "barred = FALSE"),
        ("reviewed = FALSE", "reviewed = TRUE"),
    ] {
        link(shut).await;
        assert!(!told().await, "{shut}");
        link(open).await;
    }
    assert_eq!(house.number("SELECT COUNT(*) FROM report WHERE details LIKE '%counted%'").await, 0);
    assert!(told().await);
    assert!(house.school().withdraw(&Ngozi.id(), &reference, at("08:20:00")).await.unwrap());
    assert!(!told().await, "taken back");
}

#[tokio::test]
async fn a_change_keeps_the_moment_that_counts_while_the_illness_is_the_same() {
    let house = TestStore::with_families().await;
    let first = house.receives(sick(Ngozi, &[Ada])).await;
    let moment = day("2026-11-23").and_hms_opt(7, 0, 0).unwrap();
    let counted = async |reference| house.receipt(Ngozi, reference).await.unwrap().details.counted;
    assert!(house.school().count_from(&Ngozi.id(), &first, moment, at("08:10:00")).await.unwrap());
    let second = house.receives(sick(Ngozi, &[Ada]).noting("Dry toast").instead_of(&first)).await;
    assert_eq!(counted(&second).await, Some(moment));
    let mut since = sick(Ngozi, &[Ada]).instead_of(&second);
    since.report.details.since = Some(day("2026-11-22"));
    let third = house.receives(since).await;
    assert_eq!(counted(&third).await, None, "another beginning");
}

#[tokio::test]
async fn no_guardian_is_told_at_an_inbox_where_somebody_reads_who_may_not_see_the_child() {
    let house = TestStore::with_families().await;
    let letters = async |time: &str| {
        let told = server::store::NewSubmission {
            tell_others: Some(("A report was made".into(), "See which day.".into())),
            ..sick(Ngozi, &[Ada]).at(time)
        };
        house.receives(told).await;
        let all = house.texts("SELECT to_address FROM mail WHERE kind = 'other-report'").await;
        house.by_hand("DELETE FROM mail").await;
        all
    };
    assert_eq!(letters("08:10:00").await, [Chidi.email()]);
    let share = async |adult: super::people::Adult, address: &str| {
        house.by_hand(&format!("UPDATE guardian SET email = '{address}' WHERE guardian_id = '{}'", adult.id())).await;
    };
    // Not reviewed; without access; no child of hers; barred, from this child or from another.
    for (minute, adult) in [Una, Nils, Farah, Barry].into_iter().enumerate() {
        share(adult, Chidi.email()).await;
        assert!(letters(&format!("08:1{}:00", minute + 1)).await.is_empty(), "{adult:?}");
        share(adult, adult.email()).await;
    }
    share(Viola, Chidi.email()).await;
    assert_eq!(letters("08:20:00").await, [Chidi.email()], "she may see Ada");
    house
        .by_hand(&format!(
            "UPDATE guardian_pupil SET barred = TRUE WHERE guardian_id = '{}' AND pupil_id = '{}'",
            Chidi.id(),
            Ben.id()
        ))
        .await;
    assert!(letters("08:21:00").await.is_empty(), "barred from the brother");
}

#[tokio::test]
async fn words_about_a_child_that_is_not_theirs_are_not_read_back_to_who_told_them() {
    let house = TestStore::with_staff().await;
    let heard = |children: &[super::people::Child]| {
        let mut heard = sick(Farah, children).noting("Her half-brother is in hospital");
        heard.report.details.words = Some("With the other one".into());
        heard.channel = server::store::Channel::Phone;
        heard.entered_by = Some(super::people::office());
        heard
    };
    let words = async |reference| {
        let receipt = house.receipt(Farah, reference).await.unwrap();
        (receipt.children.len(), receipt.note.is_some(), receipt.details.words.is_some())
    };
    let own = house.receives(heard(&[Zara])).await;
    assert_eq!(words(&own).await, (1, true, true));
    let both = house.receives(heard(&[Zara, Ada])).await;
    assert_eq!(words(&both).await, (1, false, false));
    // What she wrote herself she knows.
    let hers = house.receives(sick(Ngozi, &[Ada, Ben]).noting("Both")).await;
    house.bars(Ngozi, Ben).await;
    assert_eq!(house.receipt(Ngozi, &hers).await.unwrap().note.as_deref(), Some("Both"));
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
