//! Sending a report: once, in time or not, changed, and what a client may not say.

use app::{paths, rules::id::SubmissionId, wire::FormAnswer};
use reqwest::Method;
use server::{
    clock::Clock,
    demo::people::{CHIDI, NGOZI, RAHMAN},
    store::journal::Verdict,
};

use super::{
    browser::Browser,
    house::{House, MONDAY, instant},
    page::Answer,
    people::pupil,
};

/// A new form's id.
fn new_form() -> String {
    SubmissionId::from_bytes(rand::random()).to_string()
}

/// Ada is sick today; with what else was typed.
fn sick<'a>(form: &'a str, ada: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![("submission", form), ("who", ada), ("day", MONDAY), ("part", "all"), ("reason", "sick")];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    fields
}

async fn look(browser: &Browser, path: &str) -> Answer {
    browser.send(Method::GET, path, &[], Vec::new()).await
}

#[tokio::test]
async fn three_taps_and_the_school_has_it() {
    let house = House::open().await;
    let mut browser = house.parent(NGOZI).await;
    let home = browser.get(paths::HOME).await;
    let form = browser.get(&paths::report_child(&pupil("Ada Okafor"))).await;
    assert!(home.text().contains(&paths::report_child(&pupil("Ada Okafor"))));
    let (id, who) = (form.hidden("submission").unwrap(), form.chosen("who"));
    assert_eq!(
        (form.chosen("day"), who.as_slice()),
        (vec![MONDAY.to_owned()], [pupil("Ada Okafor").to_string()].as_slice())
    );
    let sent = browser.post_form(paths::REPORT, &sick(&id, &who[0], &[])).await;
    let receipt = browser.follow(&sent).await;
    assert!(
        receipt.text().contains("The school has your report") && receipt.text().contains("before the register closed")
    );
    assert_eq!(house.place.count("report WHERE reason = 'sick'").await, 1);
    assert!(browser.get(paths::HOME).await.text().contains(sent.location()));
}

#[tokio::test]
async fn fifty_copies_at_once_are_one_report_and_one_receipt() {
    let house = House::open().await;
    // One program takes thirty acts a minute of one account, so the copies go to two.
    let beside = house.another(|_| ()).await;
    let browser = house.device_of(NGOZI).await;
    let (form, ada) = (new_form(), pupil("Ada Okafor").to_string());
    let sends = (0..50).map(|copy| {
        let browser = if copy % 2 == 0 { browser.clone() } else { browser.at(&beside.site) };
        let body = browser.form(&sick(&form, &ada, &[("last-sick", "night"), ("note", "once")]));
        tokio::spawn(async move { browser.send(Method::POST, paths::REPORT, &[], body).await })
    });
    let mut receipts = Vec::new();
    for send in sends.collect::<Vec<_>>() {
        let answer = send.await.unwrap();
        assert_eq!(answer.status, 303, "{}", answer.main());
        receipts.push(answer.location().to_owned());
    }
    receipts.dedup();
    assert_eq!(receipts.len(), 1, "{receipts:?}");
    let counts = house.place.counts().await;
    assert_eq!((counts["submission"], counts["report"], counts["absence"], counts["mail"]), (1, 1, 2, 1));
    assert_eq!(house.place.count("journal WHERE action = 'report_absence'").await, 1);
}

#[tokio::test]
async fn the_thirty_first_send_in_a_minute_is_told_that_nothing_was_received() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let ada = pupil("Ada Okafor").to_string();
    let mut refused = None;
    for time in 0..31 {
        let note = format!("for the {time}th time");
        let answer = browser.post(paths::REPORT, &sick(&new_form(), &ada, &[("note", &note)])).await;
        if answer.status == 429 {
            refused = Some(answer);
        }
    }
    let refused = refused.expect("a limit");
    assert!(refused.says_not_received(), "{}", refused.main());
    assert_eq!(house.place.count("submission").await, 30);
    // Somebody else is not held up by it.
    let chidi = house.device_of(CHIDI).await;
    assert_eq!(chidi.post(paths::REPORT, &sick(&new_form(), &ada, &[])).await.status, 303);
}

#[tokio::test]
async fn two_guardians_at_once_both_have_a_receipt_and_the_child_one_absence() {
    let house = House::open().await;
    let (ngozi, chidi) = (house.device_of(NGOZI).await, house.device_of(CHIDI).await);
    let (form, ada) = (new_form(), pupil("Ada Okafor").to_string());
    let mine = sick(&form, &ada, &[("note", "from one of us")]);
    let (one, other) = tokio::join!(ngozi.post(paths::REPORT, &mine), chidi.post(paths::REPORT, &mine));
    assert_eq!((one.status.as_u16(), other.status.as_u16()), (303, 303));
    assert_ne!(one.location(), other.location());
    let counts = house.place.counts().await;
    assert_eq!((counts["submission"], counts["report"], counts["absence"]), (2, 2, 2));
    for (browser, own) in [(&ngozi, &one), (&chidi, &other)] {
        let receipt = look(browser, own.location()).await;
        assert!(receipt.text().contains("Another adult also reported Ada"), "{}", receipt.main());
    }
    assert_eq!(look(&ngozi, other.location()).await.status, 404);
}

#[tokio::test]
async fn the_same_words_in_a_new_form_are_the_same_report_until_it_is_taken_back() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let ada = pupil("Ada Okafor").to_string();
    let send = async || browser.post(paths::REPORT, &sick(&new_form(), &ada, &[("note", "as before")])).await;
    let (first, again) = (send().await, send().await);
    assert_eq!((first.status.as_u16(), again.location()), (303, first.location()));
    assert_eq!(house.place.count("submission").await, 1);
    assert_eq!(browser.post(&format!("{}/withdraw", first.location()), &[]).await.status, 303);
    let anew = send().await;
    assert!(anew.status == 303 && anew.location() != first.location());
    assert_eq!(house.place.count("report WHERE withdrawn_at IS NULL").await, 1);
}

#[tokio::test]
async fn a_retry_that_comes_after_its_day_still_gets_its_receipt_and_a_new_form_does_not() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let (form, other, ada) = (new_form(), new_form(), pupil("Ada Okafor").to_string());
    let sent = browser.post(paths::REPORT, &sick(&form, &ada, &[])).await;
    let tomorrow = browser.at(&house.later(24 * 60).await.site);
    assert_eq!(tomorrow.post(paths::REPORT, &sick(&form, &ada, &[])).await.location(), sent.location());
    let late = tomorrow.post(paths::REPORT, &sick(&other, &ada, &[])).await;
    assert_eq!((late.status.as_u16(), late.complaints()), (422, vec!["day".to_owned()]));
    assert_eq!(house.place.count("submission").await, 1);
}

#[tokio::test]
async fn what_a_client_must_not_say_is_not_heard() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let (form, ada) = (new_form(), pupil("Ada Okafor").to_string());
    let chidi = super::people::guardian(CHIDI).to_string();
    let said = [
        ("code", "C"),
        ("am", "C"),
        ("proposed", "C"),
        ("received_at", "2020-01-01T00:00:00Z"),
        ("guardian", &chidi),
        ("guardian_id", &chidi),
        ("reporter", &chidi),
        ("school_id", "leighton"),
        ("after_close", "true"),
        ("reference", "CDFHJKM3"),
        ("channel", "office"),
        ("digest", "x"),
        ("seen_at", "2020-01-01T00:00:00Z"),
        ("status", "coded"),
    ];
    let sent = browser.post(paths::REPORT, &sick(&form, &ada, &said)).await;
    assert_eq!(sent.status, 303);
    assert_ne!(sent.location(), "/receipts/CDFHJKM3");
    let facts = "SELECT s.school_id || ' ' || s.guardian_id || ' ' || s.channel || ' ' || r.proposed || ' ' || CAST(r.after_close AS TEXT) \
                 || ' ' || COALESCE(r.seen_by, 'unseen') FROM submission s JOIN report r ON r.submission_id = s.submission_id";
    let facts = house.place.texts(facts).await.join(";").replace("false", "0");
    assert_eq!(facts, format!("demo {} web I 0 unseen", super::people::guardian(NGOZI)));
    assert_eq!(house.place.count("absence WHERE code IS NOT NULL").await, 0);
    assert_eq!(house.place.count("report WHERE received_at < '2026-01-01'").await, 0);
}

#[tokio::test]
async fn the_same_form_with_other_answers_offers_to_change_what_was_sent() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let (form, ada) = (new_form(), pupil("Ada Okafor").to_string());
    let first = browser.post(paths::REPORT, &sick(&form, &ada, &[])).await;
    let reference = first.location().rsplit('/').next().unwrap();
    let other = browser.post(paths::REPORT, &sick(&form, &ada, &[("reason", "rash"), ("note", "spots")])).await;
    assert_eq!(other.status, 409);
    assert!(other.text().contains("You already sent this at 8.04") && other.text().contains(first.location()));
    assert_eq!((other.chosen("reason"), other.text_area("note")), (vec!["rash".to_owned()], "spots".to_owned()));
    assert_eq!(other.hidden("instead_of").as_deref(), Some(reference));
    assert_eq!(house.place.count("report").await, 1);
    let (id, instead_of) = (other.hidden("submission").unwrap(), other.hidden("instead_of").unwrap());
    assert_ne!(id, form);
    let fields = [("reason", "rash"), ("note", "spots"), ("instead_of", instead_of.as_str())];
    let changed = browser.post(paths::REPORT, &sick(&id, &ada, &fields)).await;
    assert!(look(&browser, changed.location()).await.text().contains("spots"));
    assert!(look(&browser, first.location()).await.text().contains("You changed this report"));
    assert_eq!(house.place.count("report WHERE replaced_by IS NULL").await, 1);
    // The change sent twice is one change.
    assert_eq!(browser.post(paths::REPORT, &sick(&id, &ada, &fields)).await.location(), changed.location());
}

#[tokio::test]
async fn what_the_school_has_recorded_can_be_neither_changed_nor_withdrawn() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let (form, ada) = (new_form(), pupil("Ada Okafor").to_string());
    let sent = browser.post(paths::REPORT, &sick(&form, &ada, &[])).await;
    let change = look(&browser, &format!("{}/change", sent.location())).await;
    let mut office = house.staff("office@demo.example").await;
    office.get(paths::BOARD).await;
    let coded = [("pupil", ada.as_str()), ("day", MONDAY), ("seen", ""), ("code", "I")];
    assert_eq!(office.post_form(paths::BOARD_CODE, &coded).await.status, 303);
    let before = house.place.everything_but(&["reading"]).await;
    let (id, instead_of) = (change.hidden("submission").unwrap(), change.hidden("instead_of").unwrap());
    let fields = [("note", "too late"), ("instead_of", instead_of.as_str())];
    let answer = browser.post(paths::REPORT, &sick(&id, &ada, &fields)).await;
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("Nothing was changed") && answer.text().contains("01632 960915"));
    for path in ["change", "withdraw"] {
        assert_eq!(look(&browser, &format!("{}/{path}", sent.location())).await.status, 409, "{path}");
    }
    let withdraw = browser.post(&format!("{}/withdraw", sent.location()), &[]).await;
    assert_eq!(withdraw.status, 409);
    assert!(withdraw.text().contains("ring the office on 01632 960915"), "{}", withdraw.main());
    assert_eq!(house.place.everything_but(&["reading"]).await, before);
}

#[tokio::test]
async fn whatever_page_shows_the_words_of_a_report_is_noted() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let (form, ada) = (new_form(), pupil("Ada Okafor").to_string());
    let sent = browser.post(paths::REPORT, &sick(&form, &ada, &[("note", "all night long")])).await;
    let receipt = sent.location().to_owned();
    let noted = async || house.place.count("reading WHERE reader_kind = 'guardian'").await;
    assert_eq!(noted().await, 0);
    let pages = [
        look(&browser, &receipt).await,
        look(&browser, &format!("{receipt}/change")).await,
        browser.post(&format!("{receipt}/messages"), &[("text", " ")]).await,
        browser.post(&format!("{receipt}/coming-back"), &[("back-day", "soon")]).await,
    ];
    for (page, status) in pages.iter().zip([200, 200, 422, 422]) {
        assert_eq!((page.status.as_u16(), page.main().contains("all night long")), (status, true), "{}", page.main());
    }
    assert_eq!(noted().await, 4);
}

#[tokio::test]
async fn an_island_is_told_where_to_go_in_json() {
    let house = House::open().await;
    let browser = house.device_of(NGOZI).await;
    let (form, ada) = (new_form(), pupil("Ada Okafor").to_string());
    let json = [("accept", "application/json")];
    let send = async |fields: &[(&str, &str)]| {
        browser.send(Method::POST, paths::REPORT, &json, browser.form(&sick(&form, &ada, fields))).await
    };
    let sent = send(&[]).await;
    assert_eq!((sent.status.as_u16(), sent.header("content-type")), (200, "application/json"));
    let go = serde_json::from_slice::<FormAnswer>(&sent.bytes).unwrap().go;
    assert!(go.starts_with("/receipts/"), "{go}");
    assert_eq!(look(&browser, &go).await.status, 200);
    // A retry by the browser itself gets the same receipt; anything to put right is a page.
    assert_eq!(browser.post(paths::REPORT, &sick(&form, &ada, &[])).await.location(), go);
    assert_eq!(send(&[("reason", "rash")]).await.status, 409);
    assert_eq!(send(&[("reason", "")]).await.status, 422);
}

#[tokio::test]
async fn the_register_closes_at_nine_fifteen_in_london_to_the_millisecond() {
    for (day, last, first) in [
        ("2026-11-23", "2026-11-23T09:14:59.999Z", "2026-11-23T09:15:00.000Z"),
        ("2027-06-15", "2027-06-15T08:14:59.999Z", "2027-06-15T08:15:00.000Z"),
    ] {
        for (time, shown, side) in [(last, "09:14:59", "before"), (first, "09:15:00", "after")] {
            let house = House::with_clock(Clock::stopped_at(instant(time))).await;
            let browser = house.device_of(NGOZI).await;
            let (form, ada) = (new_form(), pupil("Ada Okafor").to_string());
            let sent = browser.post(paths::REPORT, &sick(&form, &ada, &[("day", day)])).await;
            let receipt = look(&browser, sent.location()).await;
            let said = format!("{side} the register closed at 9.15");
            assert!(receipt.text().contains(&said) && receipt.text().contains(shown), "{time}: {}", receipt.main());
            let late = house.place.count("report WHERE after_close").await;
            assert_eq!(late == 1, side == "after", "{time}");
            let board = house.staff("office@demo.example").await;
            let board = look(&board, paths::BOARD).await;
            assert_eq!(board.text().contains("after 9.15"), side == "after", "{time}: {}", board.main());
            assert!(matches!(house.portal.school.verify_journal(&[]).await.unwrap(), Verdict::Whole(_)));
        }
    }
}

#[tokio::test]
async fn whoever_is_signed_out_while_telling_the_school_something_is_told_that_it_was_not_received() {
    let house = House::open().await;
    let ngozi = house.device_of(NGOZI).await;
    let mut office = house.staff("office@demo.example").await;
    office.get(paths::BOARD).await;
    let (form, ada) = (new_form(), pupil("Ada Okafor"));
    let child = ada.to_string();
    let sent = ngozi.post(paths::REPORT, &sick(&form, &child, &[])).await;
    let reference = sent.location().rsplit('/').next().unwrap().to_owned();
    house.place.by_hand("UPDATE device SET revoked_at = signed_in_at").await;
    house.place.by_hand("UPDATE staff_session SET revoked_at = signed_in_at").await;
    let before = house.place.everything_but(&[]).await;
    let says = |answer: &Answer, what: &str| {
        assert!(answer.status == 403 && answer.says_not_received(), "{what}: {}", answer.main());
        assert!(answer.read().contains("You are signed out"), "{what}: {}", answer.main());
    };
    let tap = [("submission", form.as_str()), ("who", &child)];
    says(&ngozi.post(paths::STILL, &tap).await, "still");
    let path = format!("/receipts/{reference}/coming-back");
    says(&ngozi.post(&path, &[("day", "22"), ("month", "11"), ("year", "2026")]).await, "coming back");
    let entered = office.post(&paths::enter_report_for(&ada), &sick(&form, &child, &[])).await;
    says(&entered, "entered");
    assert!(entered.text().contains("href=\"/staff\""), "the way home is the staff's");
    says(&office.post(&format!("/staff/reports/{reference}/messages"), &[("question", "back")]).await, "asked");
    assert_eq!(house.place.everything_but(&[]).await, before);
    // Half signed in is not signed in.
    let mut half = house.browser();
    half.half_staff("office@demo.example").await;
    says(&half.post(&paths::enter_report_for(&ada), &sick(&form, &child, &[])).await, "half");
    // A shared inbox, and nobody has said who it is.
    let (inbox, _) = house.device(RAHMAN, None).await;
    let answer = inbox.post(paths::STILL, &tap).await;
    assert!(answer.status == 403 && answer.says_not_received(), "{}", answer.main());
    assert!(answer.read().contains("say who you are"), "{}", answer.main());
}
