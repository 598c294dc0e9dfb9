//! Words hidden on the staff's screen have not been read, whatever they are about: no page and no family is told so.

use app::{
    paths,
    rules::{conversation::Topic, id::MessageId, reference::Reference},
};
use server::{
    demo::people::NGOZI,
    store::{About, NewMessage, Said, Voice},
};

use super::{
    details::asked_for_change,
    guests::reported,
    house::{House, MONDAY},
    leave::{look, okafors},
    leave_forms::asked_for_leave,
    leaving_forms::gave_notice,
    people::guardian,
};

const CANARY: &str = "kanarienvogel";

/// What she writes about something that she has sent.
pub(super) async fn writes(house: &House, topic: Topic, reference: &Reference, text: &str) {
    let (school, now) = (&house.portal.school, house.portal.now());
    let sql = format!("SELECT submission_id FROM submission WHERE reference = '{}'", reference.as_str());
    let about = About { topic, id: house.place.texts(&sql).await.remove(0), guardian: guardian(NGOZI) };
    let message = MessageId::from_bytes(rand::random());
    let new = NewMessage { message, about, from: Voice::Guardian, text: text.to_owned(), at: now };
    assert_eq!(school.say(new).await.unwrap(), Said::Kept);
}

#[tokio::test]
async fn what_a_family_wrote_is_noted_as_read_when_it_was_on_the_screen() {
    let house = House::open().await;
    let report = reported(&house, NGOZI, &okafors()[0]).await;
    let leave = asked_for_leave(&house, NGOZI, &okafors()).await;
    let details = asked_for_change(&house, NGOZI).await;
    let notice = gave_notice(&house, NGOZI, &okafors()).await;
    let all = [
        (Topic::Submission, &report, paths::staff_report(&report), paths::receipt(&report)),
        (Topic::Leave, &leave, paths::staff_leave(&leave), paths::leave_request(&leave)),
        (Topic::Details, &details, paths::staff_details(&details), paths::DETAILS.to_owned()),
        (Topic::Leaving, &notice, paths::staff_notice(&notice), paths::leaving_notice(&notice)),
    ];
    for (topic, reference, ..) in &all {
        writes(&house, *topic, reference, CANARY).await;
    }
    let family = house.device_of(NGOZI).await;
    let mut office = house.staff("office@demo.example").await;
    for (hide, shown) in [("yes", false), ("no", true)] {
        office.get(paths::BOARD).await;
        assert_eq!(office.post_form(paths::BOARD_WORDS, &[("day", MONDAY), ("hide", hide)]).await.status, 303);
        for (topic, _, path, hers) in &all {
            let page = look(&office, path).await;
            assert_eq!((page.status.as_u16(), page.text().contains(CANARY)), (200, shown), "{path}: {}", page.main());
            let read = format!("message WHERE about_kind = '{}' AND read_at IS NOT NULL", topic.word());
            assert_eq!(house.place.count(&read).await, i64::from(shown), "{path}, hidden: {hide}");
            let hers = look(&family, hers).await;
            assert_eq!(hers.text().contains("Read by the school"), shown, "{}", hers.main());
        }
    }
    let seen = house.place.count("report WHERE seen_at IS NOT NULL").await;
    assert_eq!(seen, 1, "that the report is there was seen at once");
}
