//! What the office hears and enters for a family.

use app::{paths, rules::id::SubmissionId};
use server::demo::people::{CHIDI, DARREN, LOWE, NGOZI};

use super::{
    browser::Browser,
    house::{House, MONDAY},
    page::Answer,
    people::{guardian, pupil},
};

const OFFICE: &str = "office@demo.example";
const TUESDAY: &str = "2026-11-24";

async fn office(house: &House) -> Browser {
    let mut office = house.staff(OFFICE).await;
    office.get(paths::ENTER_REPORT).await;
    office
}

async fn enter(office: &Browser, name: &str, told: &str, more: &[(&str, &str)]) -> Answer {
    let (id, child) = (SubmissionId::from_bytes(rand::random()).to_string(), pupil(name));
    let (who, told) = (child.to_string(), if told.is_empty() { String::new() } else { guardian(told).to_string() });
    let mut fields = vec![
        ("submission", id.as_str()),
        ("who", who.as_str()),
        ("told", told.as_str()),
        ("channel", "phone"),
        ("day", MONDAY),
        ("reason", "sick"),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend(more);
    office.post(&paths::enter_report_for(&child), &fields).await
}

#[tokio::test]
async fn a_few_letters_and_enter_lead_to_the_child() {
    let house = House::open().await;
    let mut office = office(&house).await;
    let several = office.post(paths::ENTER_REPORT, &[("q", "okafor")]).await;
    assert!(several.read().contains("Okafor, Ada") && several.read().contains("Okafor, Sam"));
    let only = office.post(paths::ENTER_REPORT, &[("q", "ada oka")]).await;
    assert_eq!(only.location(), paths::enter_report_for(&pupil("Ada Okafor")));
    let nobody = office.post(paths::ENTER_REPORT, &[("q", "<script>qq")]).await;
    assert!(nobody.read().contains("Nobody on roll") && !nobody.main().contains("<script>"));
    let asked = office.get(&format!("{}?q=okafor", paths::ENTER_REPORT)).await;
    assert!(!asked.read().contains("Okafor"), "nobody is looked for by an address");
    let form = office.get(only.location()).await;
    assert_eq!(form.chosen("told"), [guardian(NGOZI).to_string()], "whom the school rings first");
    assert_eq!((form.chosen("channel"), form.chosen("day")), (vec!["phone".to_owned()], vec![MONDAY.to_owned()]));
}

#[tokio::test]
async fn what_is_heard_stands_on_the_board_and_the_parent_has_the_same_receipt() {
    let house = House::open().await;
    let mut office = office(&house).await;
    let entered = enter(&office, "Ada Okafor", NGOZI, &[("note", "rang at 8.02"), ("channel", "voicemail")]).await;
    let done = office.get(entered.location()).await;
    assert!(done.read().contains("Entered for Ada"), "{}", done.read());
    let board = office.get(paths::BOARD).await.read();
    assert!(board.contains("by voicemail") && board.contains("Ngozi Okafor"), "{board}");
    let mut parent = house.device_of(NGOZI).await;
    let reference = entered.location().rsplit_once('=').unwrap().1.to_owned();
    let receipt = parent.get(&format!("/receipts/{reference}")).await;
    assert!(receipt.read().contains("entered by the office") && receipt.read().contains("rang at 8.02"));
    house.site.deliver().await;
    let mail = house.site.mail_to(NGOZI).await;
    assert!(mail.iter().any(|message| message.body.contains("Reference")), "the same receipt by mail");
    // Somebody looks at the child again: it is said.
    let form = office.get(&paths::enter_report_for(&pupil("Ada Okafor"))).await.read();
    assert!(form.contains("Already reported") && !form.contains("rang at 8.02"), "{form}");
}

#[tokio::test]
async fn brothers_and_sisters_go_in_one() {
    let house = House::open().await;
    let office = office(&house).await;
    let sam = pupil("Sam Okafor").to_string();
    let (ada, id) = (pupil("Ada Okafor").to_string(), SubmissionId::from_bytes(rand::random()).to_string());
    let told = guardian(NGOZI).to_string();
    let fields = [
        ("submission", id.as_str()),
        ("who", &ada),
        ("who", &sam),
        ("told", &told),
        ("channel", "desk"),
        ("day", MONDAY),
        ("reason", "sick"),
    ];
    for _ in 0..2 {
        let entered = office.post(&paths::enter_report_for(&pupil("Ada Okafor")), &fields).await;
        assert_eq!(entered.status, 303);
    }
    assert_eq!((house.place.count("submission").await, house.place.count("report").await), (1, 2), "two taps are one");
}

#[tokio::test]
async fn nothing_typed_is_lost_when_something_is_missing() {
    let house = House::open().await;
    let office = office(&house).await;
    let refused =
        enter(&office, "Ada Okafor", "", &[("note", "a letter came"), ("reason", ""), ("channel", "letter")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.complaints(), ["told", "reason"]);
    assert_eq!(
        (refused.text_area("note"), refused.chosen("channel")),
        ("a letter came".to_owned(), vec!["letter".to_owned()])
    );
    // Somebody who is nothing to the child.
    let stranger = enter(&office, "Ada Okafor", super::people::plain_addresses().last().unwrap(), &[]).await;
    assert_eq!(stranger.status, 422);
    let other_child = pupil("Matilda Penhaligon").to_string();
    assert_eq!(enter(&office, "Ada Okafor", NGOZI, &[("who", &other_child)]).await.status, 404);
    assert_eq!(house.place.count("report").await, 0);
}

#[tokio::test]
async fn whoever_may_not_see_the_child_may_ring_and_gets_no_receipt() {
    let house = House::open().await;
    let office = office(&house).await;
    let child = house.place.texts(&format!(
        "SELECT p.forename || ' ' || p.surname FROM guardian_pupil l JOIN pupil p ON p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
         WHERE l.guardian_id = '{}'", guardian(DARREN))).await;
    let before = house.place.count("mail").await;
    let entered = enter(&office, &child[0], DARREN, &[]).await;
    assert_eq!(entered.status, 303, "{}", entered.read());
    assert_eq!(house.place.count("mail").await, before);
    let reference = entered.location().rsplit_once('=').unwrap().1.to_owned();
    let mut barred = house.device_of(DARREN).await;
    assert_eq!(barred.get(&format!("/receipts/{reference}")).await.status, 404);
}

#[tokio::test]
async fn a_longer_absence_and_a_day_far_ahead_are_taken_from_a_call() {
    let house = House::open().await;
    let office = office(&house).await;
    let run = [("day", "other"), ("first", MONDAY), ("until", "2026-12-04"), ("channel", "phone")];
    assert_eq!(enter(&office, "Ada Okafor", CHIDI, &run).await.status, 303);
    assert_eq!(house.place.count("report").await, 10);
}

#[tokio::test]
async fn a_form_that_was_entered_is_not_entered_again_with_other_answers_without_a_word() {
    let house = House::open().await;
    let office = office(&house).await;
    let form = SubmissionId::from_bytes(rand::random()).to_string();
    let first = enter(&office, "Harriet Lowe", LOWE, &[("submission", &form), ("reason", "cold")]).await;
    assert_eq!(first.status, 303, "{}", first.read());
    let reference = first.location().rsplit_once('=').unwrap().1.to_owned();
    // Back, another day, and sent once more.
    let answers = [
        ("submission", form.as_str()),
        ("day", TUESDAY),
        ("reason", "appointment"),
        ("note", "the dentist"),
        ("channel", "desk"),
    ];
    let other = enter(&office, "Harriet Lowe", LOWE, &answers).await;
    assert_eq!(other.status, 409, "{}", other.read());
    assert!(other.read().contains("You already entered this form at 8.04"), "{}", other.read());
    assert!(other.text().contains(&format!("/staff/reports/{reference}")));
    assert_eq!((other.chosen("day"), other.chosen("reason")), (vec![TUESDAY.into()], vec!["appointment".into()]));
    assert_eq!((other.text_area("note"), other.chosen("channel")), ("the dentist".to_owned(), vec!["desk".into()]));
    assert_eq!(other.chosen("told"), [guardian(LOWE).to_string()]);
    assert_eq!(house.place.count("submission").await, 1);
    let fresh = other.hidden("submission").unwrap();
    assert_ne!(fresh, form);
    let answers = [&[("submission", fresh.as_str())], &answers[1..]].concat();
    assert_eq!(enter(&office, "Harriet Lowe", LOWE, &answers).await.status, 303);
    assert_eq!(house.place.texts("SELECT reason FROM report ORDER BY day").await, ["cold", "appointment"]);
}

#[tokio::test]
async fn no_receipt_goes_to_an_inbox_that_somebody_barred_reads() {
    let house = House::open().await;
    let office = office(&house).await;
    // Kelly's is Ray's as well, and he is barred from Harriet.
    assert_eq!(enter(&office, "Harriet Lowe", LOWE, &[]).await.status, 303);
    let to_lowe = format!("mail WHERE to_address = '{LOWE}'");
    assert_eq!(house.place.count(&to_lowe).await, 0);
    // Without the bar both are told.
    house.place.by_hand("UPDATE guardian_pupil SET barred = FALSE").await;
    let told = enter(&office, "Harriet Lowe", LOWE, &[("day", "other"), ("first", "2026-11-25")]).await;
    assert_eq!(told.status, 303, "{}", told.read());
    assert_eq!(house.place.count(&to_lowe).await, 1);
}
