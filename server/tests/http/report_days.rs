//! Several days, late, leaving early, days gone by; the first day back; one tap for another day.

use app::{
    paths,
    rules::{
        calendar::{Calendar, ClosedDay, ClosedKind},
        id::SubmissionId,
    },
};
use server::{
    clock::Clock,
    demo::people::{CHIDI, NGOZI},
};

use super::{
    browser::Browser,
    house::{House, MONDAY, instant},
    page::Answer,
    people::pupil,
};

async fn send(browser: &Browser, more: &[(&str, &str)]) -> Answer {
    let (id, ada) = (SubmissionId::from_bytes(rand::random()).to_string(), pupil("Ada Okafor").to_string());
    let mut fields = vec![("submission", id.as_str()), ("who", ada.as_str()), ("day", "other"), ("reason", "sick")];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    browser.post(paths::REPORT, &fields).await
}

#[tokio::test]
async fn a_run_over_half_term_counts_the_open_days_only() {
    let house = House::with_clock(Clock::set_to(instant("2026-10-22T07:30:00Z"))).await;
    let browser = house.device_of(NGOZI).await;
    // Thursday 22 October to Tuesday 3 November: half-term is between, and the weekends.
    let sent = send(&browser, &[("first", "2026-10-22"), ("until", "2026-11-03")]).await;
    assert_eq!(sent.status, 303);
    let days = house.place.texts("SELECT CAST(day AS TEXT) FROM report ORDER BY day").await;
    assert_eq!(days, ["2026-10-22", "2026-10-23", "2026-11-02", "2026-11-03"]);
    let waiting = house.place.count("report WHERE expected").await;
    assert_eq!(waiting, 3, "each later morning wants its word");
}

#[tokio::test]
async fn bank_holidays_and_training_days_are_no_days_to_report() {
    let house = House::with_clock(Clock::set_to(instant("2027-04-30T07:30:00Z"))).await;
    let browser = house.device_of(NGOZI).await;
    let sent = send(&browser, &[("first", "2027-04-30"), ("until", "2027-05-04")]).await;
    assert_eq!(sent.status, 303);
    let days = house.place.texts("SELECT CAST(day AS TEXT) FROM report ORDER BY day").await;
    assert_eq!(days, ["2027-04-30", "2027-05-04"], "the bank holiday of 3 May is closed");
    let closed = send(&browser, &[("first", "2027-05-03")]).await;
    assert_eq!((closed.status.as_u16(), closed.complaints()), (422, vec!["first".to_owned()]));
    assert!(closed.read().contains("The school is closed then"));
    let training = send(&browser, &[("first", "2027-04-12")]).await;
    assert_eq!(training.status, 422);
}

#[tokio::test]
async fn longer_than_the_school_takes_says_to_ring_and_keeps_what_was_typed() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let refused = send(&browser, &[("first", MONDAY), ("until", "2026-11-30"), ("note", "the flu")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.read().contains("You can report 5 school days at once. For longer, please ring the office"));
    let typed = |name: &str| refused.inputs(name)[0].at("value");
    assert_eq!((typed("first"), typed("until")), (MONDAY.to_owned(), "2026-11-30".to_owned()));
    assert_eq!((refused.chosen("day"), refused.text_area("note")), (vec!["other".to_owned()], "the flu".to_owned()));
    assert_eq!(house.place.count("report").await, 0);
}

#[tokio::test]
async fn a_late_child_is_proposed_as_the_clock_says() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    for (arrives, reason, proposed, note) in
        [("09:10", "overslept", "L", "a"), ("09:40", "overslept", "U", "b"), ("10:30", "appointment", "M", "c")]
    {
        let fields = [("day", MONDAY), ("part", "late"), ("arrives", arrives), ("reason", reason), ("note", note)];
        assert_eq!(send(&browser, &fields).await.status, 303);
        let sql = format!("SELECT proposed || kind || am || pm FROM report WHERE note = '{note}'");
        let (yes, no) = if house.place.database().is_some() { ("true", "false") } else { ("1", "0") };
        assert_eq!(house.place.texts(&sql).await, [format!("{proposed}late{yes}{no}")], "{arrives}");
    }
    let no_time = send(&browser, &[("day", MONDAY), ("part", "late")]).await;
    assert!(no_time.complaints() == ["arrives"] && no_time.read().contains("Give the time they come in"));
}

#[tokio::test]
async fn an_appointment_can_be_told_weeks_ahead_and_an_illness_cannot() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let dentist = [("first", "2026-12-10"), ("part", "leaving"), ("goes", "14:00"), ("reason", "appointment")];
    assert_eq!(send(&browser, &dentist).await.status, 303);
    assert_eq!(house.place.texts("SELECT proposed FROM report").await, ["\\"], "there when the register is taken");
    let ill = send(&browser, &[("first", "2026-12-10")]).await;
    assert!(ill.complaints() == ["first"] && ill.read().contains("tell us on the day"));
}

#[tokio::test]
async fn a_day_gone_by_is_explained_after_the_fact_and_marked_so() {
    let house = House::open().await;
    let mut browser = house.device_of(NGOZI).await;
    let form = browser.get(&format!("{}?day=2026-11-20", paths::report_child(&pupil("Ada Okafor")))).await;
    assert_eq!(
        (form.chosen("day"), form.inputs("first")[0].at("value")),
        (vec!["other".to_owned()], "2026-11-20".to_owned())
    );
    let sent = send(&browser, &[("first", "2026-11-20")]).await;
    assert_eq!(sent.status, 303);
    assert_eq!(house.place.count("report WHERE after_close AND NOT expected").await, 1);
    // It stays open to change until it is coded, whatever day it is of.
    assert_eq!(browser.get(&format!("{}/change", sent.location())).await.status, 200);
}

#[tokio::test]
async fn the_first_day_back_is_worked_out_and_told_to_its_sender_alone() {
    let house = House::with_clock(Clock::set_to(instant("2026-11-24T08:04:00Z"))).await;
    let mut browser = house.device_of(NGOZI).await;
    let sent = send(&browser, &[("day", "2026-11-24")]).await;
    let receipt = browser.get(sent.location()).await;
    assert!(
        receipt.read().contains("48 hours after the last time")
            && receipt.read().contains("work out the first day back")
    );
    let path = format!("{}/coming-back", sent.location());
    for (day, time, says) in [
        ("2026-11-24", "", "Give the time"),
        ("soon", "07:00", "Give the day"),
        ("2026-11-24", "08:30", "has not happened yet"),
        ("2026-09-24", "08:30", "more than a month ago"),
    ] {
        let refused = browser.post(&path, &[("back-day", day), ("back-time", time)]).await;
        assert_eq!(refused.status, 422, "{day} {time}");
        assert!(refused.read().contains(says), "{day} {time}: {:?}", refused.complaints());
        assert_eq!(refused.inputs("back-day")[0].at("value"), day, "what was typed is kept");
    }
    let told = browser.post(&path, &[("back-day", "2026-11-24"), ("back-time", "07:00")]).await;
    assert_eq!(told.location(), format!("{}#back", sent.location()));
    let receipt = browser.get(sent.location()).await;
    assert!(receipt.read().contains("Not before Thursday 26 November, in the morning"), "{}", receipt.read());
    assert!(receipt.read().contains("UK Health Security Agency") && receipt.read().contains("21 February 2024"));
    // Told again, it counts afresh; and not for anybody else.
    browser.post(&path, &[("back-day", "2026-11-23"), ("back-time", "10:00")]).await;
    assert!(browser.get(sent.location()).await.read().contains("Not before Wednesday 25 November, for the afternoon"));
    let other = house.device_of(CHIDI).await;
    assert_eq!(other.post(&path, &[("back-day", "2026-11-24"), ("back-time", "07:00")]).await.status, 404);
}

#[tokio::test]
async fn head_lice_are_no_reason_to_stay_at_home() {
    let house = House::open().await;
    let mut browser = house.device_of(NGOZI).await;
    let sent = send(&browser, &[("day", MONDAY), ("reason", "lice")]).await;
    let receipt = browser.get(sent.location()).await.read();
    assert!(receipt.contains("they can be at school") && !receipt.contains("Not before"), "{receipt}");
}

#[tokio::test]
async fn no_date_hangs_on_a_day_the_school_has_not_confirmed() {
    let house = House::with_clock(Clock::set_to(instant("2026-12-18T08:04:00Z"))).await;
    let real = house
        .another(|inner| {
            inner.demo = false;
            let calendar = &inner.policy.calendar;
            let example = |day: &ClosedDay| ClosedDay { confirmed: day.kind != ClosedKind::Inset, ..day.clone() };
            let closed = calendar.closed().iter().map(example).collect();
            inner.policy.calendar = Calendar::new(calendar.terms().to_vec(), closed).unwrap();
        })
        .await;
    let told = async |site: &super::house::Node| {
        let mut browser = house.device_of(NGOZI).await.at(&site.site);
        let sent = send(&browser, &[("day", "2026-12-18"), ("note", if site.portal.demo { "a" } else { "b" })]).await;
        let path = format!("{}/coming-back", sent.location());
        browser.post(&path, &[("back-day", "2026-12-17"), ("back-time", "20:00")]).await;
        browser.get(sent.location()).await.read()
    };
    assert!(told(&house).await.contains("Not before Tuesday 5 January"));
    let unsure = told(&real).await;
    assert!(unsure.contains("not settled yet") && !unsure.contains("Not before"), "{unsure}");
}

#[tokio::test]
async fn still_unwell_is_one_tap_on_the_next_school_day_and_twice_is_once() {
    let house = House::with_clock(Clock::set_to(instant("2026-11-27T08:04:00Z"))).await;
    let browser = house.device_of(NGOZI).await;
    assert_eq!(send(&browser, &[("day", "2026-11-27"), ("note", "since Thursday")]).await.status, 303);
    let monday = house.another(|inner| inner.clock = Clock::set_to(instant("2026-11-30T07:50:00Z"))).await;
    let mut browser = house.device_of(NGOZI).await.at(&monday.site);
    let home = browser.get(paths::HOME).await;
    assert!(home.read().contains("Ada is still unwell today") && !home.read().contains("Sam is still unwell"));
    let (id, ada) = (home.hidden("submission").unwrap(), pupil("Ada Okafor").to_string());
    let sent = browser.post(paths::STILL, &[("submission", &id), ("who", &ada)]).await;
    let again = browser.post(paths::STILL, &[("submission", &id), ("who", &ada)]).await;
    assert!(sent.location().starts_with("/receipts/") && sent.location() == again.location());
    assert_eq!(
        house.place.texts("SELECT reason FROM report WHERE day = '2026-11-30' AND note IS NULL").await,
        ["sick"]
    );
    // Said: the button goes. And the other parent never had it: it would tell them the reason.
    assert!(!browser.get(paths::HOME).await.read().contains("still unwell"));
    let mut other = house.device_of(CHIDI).await.at(&monday.site);
    assert!(!other.get(paths::HOME).await.read().contains("still unwell"));
    let his = other
        .post(paths::STILL, &[("submission", &SubmissionId::from_bytes(rand::random()).to_string()), ("who", &ada)])
        .await;
    assert_eq!(his.location(), paths::HOME);
    assert_eq!(house.place.count("report WHERE day = '2026-11-30'").await, 1);
}

#[tokio::test]
async fn a_day_that_was_announced_waits_for_its_own_mornings_word() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    assert_eq!(send(&browser, &[("first", MONDAY), ("until", "2026-11-24")]).await.status, 303);
    let tuesday = house.another(|inner| inner.clock = Clock::set_to(instant("2026-11-24T07:50:00Z"))).await;
    let mut office = tuesday.staff("office@demo.example").await;
    assert!(office.get(paths::BOARD).await.read().contains("expected, not confirmed today"));
    let mut browser = browser.at(&tuesday.site);
    let home = browser.get(paths::HOME).await;
    assert!(home.read().contains("Please say this morning that it still holds"));
    let (id, ada) = (home.hidden("submission").unwrap(), pupil("Ada Okafor").to_string());
    assert_eq!(browser.post(paths::STILL, &[("submission", &id), ("who", &ada)]).await.status, 303);
    assert!(!office.get(paths::BOARD).await.read().contains("not confirmed today"));
}

#[tokio::test]
async fn the_other_parent_sees_day_and_state_and_no_words() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let fields = [
        ("first", MONDAY),
        ("until", "2026-11-24"),
        ("reason", "rash"),
        ("illness-rash", "scabies"),
        ("note", "itchy"),
    ];
    let sent = send(&browser, &fields).await;
    let mut other = house.device_of(CHIDI).await;
    let list = other.get(paths::RECEIPTS).await;
    assert!(list.read().contains("reported by another adult") && list.read().contains("Tuesday 24 November"));
    let reference = sent.location().trim_start_matches("/receipts/").to_owned();
    for page in [list, other.get(paths::HOME).await] {
        for word in ["Rash", "Scabies", "itchy", reference.as_str()] {
            assert!(!page.main().contains(word), "{word}");
        }
    }
}
