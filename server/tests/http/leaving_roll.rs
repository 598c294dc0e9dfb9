//! Access ends with the roll, to the London day, and comes back with the child.

use app::{paths, rules::id::SubmissionId};
use chrono::Days;
use server::demo::people::{CHIDI, NGOZI};

use super::{
    browser::Browser,
    house::{House, MONDAY, Node, instant},
    leave::{look, okafors},
    leave_forms::asked_for_leave,
    leaving_forms::gave_notice,
    people::{guardian, pupil},
};

async fn at(house: &House, when: &str) -> Node {
    let minutes = (instant(when) - house.portal.now()).num_minutes() + 1;
    house.later(minutes).await
}

async fn off_roll(house: &House, child: &str, day: Option<&str>) {
    let day = day.map_or("NULL".to_owned(), |day| format!("'{day}'"));
    let id = pupil(child);
    house.place.by_hand(&format!("UPDATE pupil SET left_on = {day} WHERE pupil_id = '{id}'")).await;
}

async fn reports(browser: &Browser, child: &str, day: &str) -> u16 {
    let submission = SubmissionId::from_bytes(rand::random()).to_string();
    let id = pupil(child).to_string();
    let fields = [("submission", submission.as_str()), ("who", &id), ("day", day), ("part", "all"), ("reason", "cold")];
    browser.post(paths::REPORT, &fields).await.status.as_u16()
}

#[tokio::test]
async fn the_last_day_is_a_day_like_others_and_at_midnight_in_london_writing_ends() {
    let house = House::open().await;
    off_roll(&house, "Ada Okafor", Some(MONDAY)).await;
    let sent = gave_notice(&house, NGOZI, &[pupil("Ada Okafor")]).await;
    let leave = asked_for_leave(&house, NGOZI, &[pupil("Ada Okafor")]).await;
    let browser = house.device_of(NGOZI).await;
    assert_eq!(reports(&browser, "Ada Okafor", MONDAY).await, 303);
    // A minute before midnight in winter, when London keeps universal time.
    let late = at(&house, "2026-11-23T23:57:00Z").await;
    let browser = late.device_of(NGOZI).await;
    assert!(look(&browser, &paths::leaving_notice(&sent)).await.text().contains("My child stays"));
    assert_eq!(look(&browser, &paths::attendance(&pupil("Ada Okafor"))).await.status, 200);

    let next = at(&house, "2026-11-24T00:00:00Z").await;
    let mut browser = next.device_of(NGOZI).await;
    // The first request of the day is answered by the new day already, and so is every write.
    assert_eq!(reports(&browser, "Ada Okafor", "2026-11-24").await, 404);
    assert_eq!(look(&browser, &paths::attendance(&pupil("Ada Okafor"))).await.status, 404);
    let notice = browser.get(&paths::leaving_notice(&sent)).await;
    assert!(notice.status == 200 && notice.text().contains("Your child has left the school"), "{}", notice.main());
    assert!(!notice.text().contains("My child stays") && !notice.text().contains("name=\"text\""), "{}", notice.main());
    assert_eq!(browser.post(&paths::leaving_withdraw(&sent), &[]).await.status, 409);
    assert_eq!(browser.post(&paths::leave_change(&leave), &[]).await.status, 409);
    let message = [("message", "mmmmmmmmmmmmmmmmmmmmmmmmmm"), ("text", "Hello")];
    assert_eq!(browser.post(&paths::leave_messages(&leave), &message).await.status, 404);
    assert_eq!(look(&browser, &paths::leave_request(&leave)).await.status, 200, "what she sent she may read");
    // Her other child is as before.
    assert_eq!(reports(&browser, "Sam Okafor", "2026-11-24").await, 303);
    // The office can no longer write through the portal, and sees so.
    let mut office = next.browser();
    office.staff("office@demo.example").await;
    let page = office.get(&paths::staff_notice(&sent)).await;
    assert!(page.status == 200 && !page.text().contains("Send and wait for an answer"), "{}", page.main());
}

#[tokio::test]
async fn in_summer_midnight_in_london_is_an_hour_before_universal_time() {
    let clock = server::clock::Clock::set_to(instant("2027-06-14T22:50:00Z"));
    let house = House::with_clock(clock).await;
    off_roll(&house, "Ada Okafor", Some("2027-06-14")).await;
    let browser = house.device_of(NGOZI).await;
    let attendance = paths::attendance(&pupil("Ada Okafor"));
    assert_eq!(look(&browser, &attendance).await.status, 200, "23.50 in London");
    let later = house.later(11).await;
    let browser = later.device_of(NGOZI).await;
    assert_eq!(look(&browser, &attendance).await.status, 404, "0.01 in London");
    let kept =
        house.place.texts("SELECT access FROM guardian_pupil WHERE access_kept = 'full' AND access = 'view'").await;
    assert!(!kept.is_empty());
}

#[tokio::test]
async fn what_was_sent_can_be_read_for_ninety_days_and_then_no_more() {
    let house = House::open().await;
    let sent = gave_notice(&house, NGOZI, &[pupil("Ada Okafor")]).await;
    off_roll(&house, "Ada Okafor", Some("2026-11-20")).await;
    let left: chrono::NaiveDate = "2026-11-20".parse().unwrap();
    let last = left.checked_add_days(Days::new(90)).unwrap();
    let on = at(&house, &format!("{last}T12:00:00Z")).await;
    let browser = on.device_of(NGOZI).await;
    assert_eq!(look(&browser, &paths::leaving_notice(&sent)).await.status, 200);
    let after = at(&house, &format!("{}T12:00:00Z", last.succ_opt().unwrap())).await;
    let browser = after.device_of(NGOZI).await;
    assert_eq!(look(&browser, &paths::leaving_notice(&sent)).await.status, 404);
    // The school keeps what it was told.
    assert!(house.portal.school.notice(&sent).await.unwrap().is_some());
}

#[tokio::test]
async fn a_child_who_comes_back_has_their_parents_as_before_and_a_bar_stays() {
    let house = House::open().await;
    off_roll(&house, "Ada Okafor", Some("2026-11-20")).await;
    let next = at(&house, "2026-11-24T08:00:00Z").await;
    let browser = next.device_of(NGOZI).await;
    assert_eq!(reports(&browser, "Ada Okafor", "2026-11-24").await, 404);
    // Meanwhile a court has said no to the father.
    let ada = &okafors()[0];
    let test = server::store::journal::Actor::System("test");
    house.portal.school.set_bar(&guardian(CHIDI), ada, true, test, house.portal.now()).await.unwrap();
    off_roll(&house, "Ada Okafor", None).await;
    let back = at(&house, "2026-11-25T08:00:00Z").await;
    assert_eq!(reports(&back.device_of(NGOZI).await, "Ada Okafor", "2026-11-25").await, 303);
    assert_eq!(reports(&back.device_of(CHIDI).await, "Ada Okafor", "2026-11-25").await, 404);
    let lines = house.place.texts("SELECT action FROM journal WHERE action = 'give_access_back'").await;
    assert!(!lines.is_empty(), "and it stands in the journal");
}

#[tokio::test]
async fn somebody_is_barred_after_the_child_has_left_and_nobody_is_let_in_again() {
    let house = House::open().await;
    off_roll(&house, "Ada Okafor", Some("2026-11-20")).await;
    let next = at(&house, "2026-11-24T08:00:00Z").await;
    let mut lead = next.browser();
    lead.staff("safeguarding@demo.example").await;
    let page = lead.get(paths::ROSTER_REVIEW).await;
    let left = super::page::between(page.text(), "id=\"left\"", "id=\"shared\"").expect("a part of the page");
    assert!(left.contains("Chidi Okafor") && left.contains("last day 20 November 2026"), "{left}");
    assert!(!left.contains("value=\"full\"") && !left.contains(paths::ROSTER_INVITE), "{left}");
    let (guardian, pupil) = (guardian(CHIDI), pupil("Ada Okafor"));
    let fields = [("guardian", guardian.as_str()), ("pupil", pupil.as_str()), ("barred", "yes")];
    assert_eq!(lead.post_form(paths::ROSTER_BAR, &fields).await.status, 303);
    assert_eq!(house.place.count(&format!("guardian_pupil WHERE barred AND guardian_id = '{guardian}'")).await, 1);
}
