//! Nothing about a family's details is out of the office's reach: what was written late, what lost its child, what was
//! said of a secret address.

use app::rules::{
    conversation::{Side, Topic},
    details::{Field, Move, Of, State},
    id::{MessageId, SubmissionId},
};
use server::store::{About, DetailsDecided, NewMessage, Said, Voice};

use super::{
    details::{agrees, answers, asks, details, states},
    house::{TestStore, at, monday},
    people::{Ada, Adult, Ben, Chidi, Ngozi, Viola, adam, olive},
};

fn about(adult: Adult, id: u8) -> About {
    About { topic: Topic::Details, id: SubmissionId::from_bytes([id; 16]).to_string(), guardian: adult.id() }
}

async fn says(house: &TestStore, about: About, from: Voice) {
    let message = MessageId::from_bytes(rand::random());
    let new = NewMessage { message, about, from, text: "canary words".into(), at: at("10:00:00") };
    assert_eq!(house.school().say(new).await.unwrap(), Said::Kept);
}

fn olives() -> Voice {
    Voice::Staff { staff: olive(), asks: false, mail: ("Waiting".into(), "Please look.".into()) }
}

#[tokio::test]
async fn what_is_written_about_a_decided_request_waits_for_the_office_until_it_is_read() {
    let house = TestStore::with_staff().await;
    let reference = asks(&house, Ngozi, &[("mobile", "07700 900456")], 1).await;
    agrees(&house, &reference, &Of::own(Field::Mobile)).await;
    says(&house, about(Ngozi, 1), Voice::Guardian).await;
    let waiting = house.school().details_waiting().await.unwrap();
    assert_eq!((waiting.len(), waiting[0].fields.len(), waiting[0].unread), (1, 0, true));
    assert_eq!(waiting[0].reference, reference);
    let record = house.school().details_request(&reference, monday()).await.unwrap().expect("it opens");
    assert_eq!(record.talk, record.submission);
    house.school().messages_read(&about(Ngozi, 1), Side::Staff, at("10:05:00")).await.unwrap();
    assert!(house.school().details_waiting().await.unwrap().is_empty());
    // Beside something to decide it is one line of the list.
    asks(&house, Chidi, &[("mobile", "07700 900456")], 2).await;
    says(&house, about(Chidi, 2), Voice::Guardian).await;
    let waiting = house.school().details_waiting().await.unwrap();
    assert_eq!((waiting.len(), waiting[0].fields.len(), waiting[0].unread), (1, 1, true));
}

#[tokio::test]
async fn what_was_said_about_a_decided_request_goes_along_to_the_next_and_the_office_writes_there() {
    let house = TestStore::with_staff().await;
    let first = asks(&house, Ngozi, &[("mobile", "07700 900456")], 1).await;
    agrees(&house, &first, &Of::own(Field::Mobile)).await;
    says(&house, about(Ngozi, 1), olives()).await;
    let second = asks(&house, Ngozi, &[("work-phone", "01632 960001")], 2).await;
    let talk = house.school().own_conversation(&Ngozi.id(), &second).await.unwrap().unwrap();
    assert_eq!(talk.messages.len(), 1, "it has not disappeared");
    assert_eq!(details(&house, Ngozi).await.latest.map(|(reference, _)| reference), Some(second));
    assert_eq!(house.school().details_wait_for_guardian(&Ngozi.id(), monday()).await.unwrap(), Some(false));
    // From the page of the first the office writes where the family reads.
    let record = house.school().details_request(&first, monday()).await.unwrap().unwrap();
    assert_eq!(record.talk, about(Ngozi, 2).id);
}

#[tokio::test]
async fn no_banner_leads_to_a_conversation_that_cannot_be_opened() {
    let house = TestStore::with_staff().await;
    let lives = Of::child(&Ada.id(), Field::LivesWith);
    asks(&house, Chidi, &[(&lives.name(), "no")], 1).await;
    says(&house, about(Chidi, 1), olives()).await;
    let waits = async || house.school().details_wait_for_guardian(&Chidi.id(), monday()).await.unwrap();
    assert_eq!(waits().await, Some(false));
    house.bars(Chidi, Ada).await;
    assert_eq!(waits().await, None, "he may not read about Ada any more");
    // Nor does it go along to what he asks about himself: it may speak of her.
    let next = asks(&house, Chidi, &[("mobile", "07700 900456")], 2).await;
    let talk = house.school().own_conversation(&Chidi.id(), &next).await.unwrap().unwrap();
    assert!(talk.messages.is_empty());
    // Viola looks at Ada alone; when Ada has left there is no page of details for her.
    asks(&house, Viola, &[("mobile", "07700 900456")], 3).await;
    says(&house, about(Viola, 3), olives()).await;
    house.by_hand(&format!("UPDATE pupil SET left_on = '2026-11-20' WHERE pupil_id = '{}'", Ada.id())).await;
    assert_eq!(house.school().details_wait_for_guardian(&Viola.id(), monday()).await.unwrap(), None);
}

#[tokio::test]
async fn what_waits_or_was_agreed_can_be_ended_when_the_last_child_has_gone() {
    let house = TestStore::with_staff().await;
    let (mobile, work) = (Of::own(Field::Mobile), Of::own(Field::WorkPhone));
    let reference = asks(&house, Viola, &[("mobile", "07700 900456"), ("work-phone", "01632 960001")], 1).await;
    agrees(&house, &reference, &mobile).await;
    house.by_hand(&format!("UPDATE pupil SET left_on = '2026-11-20' WHERE pupil_id = '{}'", Ada.id())).await;
    let record = house.school().details_request(&reference, monday()).await.unwrap().expect("it opens");
    assert_eq!((record.lines.len(), record.hears), (2, false));
    let mails = house.count("mail").await;
    let ends = [(mobile.clone(), State::Accepted, Move::Reopen), (work, State::Asked, Move::Refuse)];
    assert_eq!(answers(&house, &reference, &ends).await, DetailsDecided::Done);
    let ends = [(mobile, State::Asked, Move::Refuse)];
    assert_eq!(answers(&house, &reference, &ends).await, DetailsDecided::Done);
    assert!(house.school().details_waiting().await.unwrap().is_empty());
    assert!(house.school().details_to_key().await.unwrap().is_empty());
    assert_eq!(house.count("mail").await, mails, "nobody is told of an answer that they cannot see");
}

#[tokio::test]
async fn a_parent_who_says_that_it_is_secret_has_it_erased_at_once_and_the_office_still_rings() {
    let house = TestStore::with_staff().await;
    house.by_hand("UPDATE guardian SET address = '7 Canary Row' WHERE forename = 'Ngozi'").await;
    let asked = [("address", "8 Canary Row\nElsewhere"), ("address-from", "2026-12-01")];
    asks(&house, Ngozi, &asked, 1).await;
    let digest = house.texts("SELECT digest FROM submission").await;
    asks(&house, Ngozi, &[("secret", "yes")], 2).await;
    let hers = format!("guardian WHERE guardian_id = '{}' AND address IS NULL AND address_secret", Ngozi.id());
    assert_eq!(house.count(&hers).await, 1);
    assert_eq!(house.count("journal WHERE action = 'keep_address_secret' AND actor_kind = 'guardian'").await, 1);
    // Nor can the address be tried against what is left of the request that had it.
    let first = SubmissionId::from_bytes([1; 16]);
    let left = house.texts(&format!("SELECT digest FROM submission WHERE submission_id = '{first}'")).await;
    assert_ne!(left, digest);
    assert_eq!(house.count(&format!("journal WHERE subject_id = '{first}' AND salt IS NOT NULL")).await, 0);
    // Neither another wish nor taking back lets the office forget to ring.
    let secret = async || states(&house, Ngozi).await.into_iter().find(|(name, _)| name == "secret").unwrap().1;
    asks(&house, Ngozi, &[("mobile", "07700 900456")], 3).await;
    assert!(house.school().withdraw_details(&Ngozi.id(), at("10:00:00"), monday()).await.unwrap());
    assert!(!house.school().withdraw_details(&Ngozi.id(), at("10:01:00"), monday()).await.unwrap());
    assert_eq!(secret().await, "asked");
    let waiting = house.school().details_waiting().await.unwrap();
    assert_eq!((waiting.len(), waiting[0].fields.as_slice()), (1, &[Field::Secret][..]));
    // Not agreeing lifts nothing: that is the headteacher's or the safeguarding lead's.
    let refused = [(Of::own(Field::Secret), State::Asked, Move::Refuse)];
    assert_eq!(answers(&house, &waiting[0].reference, &refused).await, DetailsDecided::Done);
    assert_eq!(house.count(&hers).await, 1);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn what_was_said_of_a_secret_ends_when_the_school_lifts_it_and_agreeing_keeps_it_again() {
    let house = TestStore::with_staff().await;
    let reference = asks(&house, Ngozi, &[("secret", "yes")], 1).await;
    let secret = Of::own(Field::Secret);
    // As before this was kept at once: the mark is not there yet when the office agrees.
    house.by_hand("UPDATE guardian SET address_secret = FALSE").await;
    agrees(&house, &reference, &secret).await;
    assert_eq!(house.count("guardian WHERE address_secret").await, 1);
    assert!(house.school().keep_address_secret(&Ngozi.id(), false, &olive(), at("11:00:00")).await.unwrap());
    assert_eq!(states(&house, Ngozi).await, [("secret".to_owned(), "replaced")]);
    assert!(details(&house, Ngozi).await.keeps_address());
}

#[tokio::test]
async fn an_older_wish_does_not_override_what_was_agreed_later() {
    let house = TestStore::with_staff().await;
    let mobile = Of::own(Field::Mobile);
    let first = asks(&house, Ngozi, &[("mobile", "07700 900456")], 1).await;
    let refused = [(mobile.clone(), State::Asked, Move::Refuse)];
    assert_eq!(answers(&house, &first, &refused).await, DetailsDecided::Done);
    // Reopened before the later one came, it waits beside that; agreed to after it, it would take its place.
    let second = asks(&house, Ngozi, &[("mobile", "07700 900789")], 2).await;
    let reopened = [(mobile.clone(), State::Refused, Move::Reopen)];
    assert_eq!(answers(&house, &first, &reopened).await, DetailsDecided::Done);
    agrees(&house, &second, &mobile).await;
    let agreed = [(mobile.clone(), State::Asked, Move::Accept)];
    assert_eq!(answers(&house, &first, &agreed).await, DetailsDecided::Overtaken);
    assert_eq!(answers(&house, &first, &refused).await, DetailsDecided::Done);
    assert_eq!(answers(&house, &first, &reopened).await, DetailsDecided::Overtaken);
    let list = house.school().details_to_key().await.unwrap();
    assert_eq!((list.len(), list[0].line.wanted.as_deref()), (1, Some("07700 900789")));
}

#[tokio::test]
async fn whoever_may_not_keep_details_ticks_nothing_off() {
    let house = TestStore::with_staff().await;
    let reference = asks(&house, Ngozi, &[("mobile", "07700 900456")], 1).await;
    agrees(&house, &reference, &Of::own(Field::Mobile)).await;
    let name = house.school().details_to_key().await.unwrap()[0].name();
    assert_eq!(house.school().key_details(vec![name], Vec::new(), &adam(), at("10:00:00")).await.unwrap(), None);
    assert_eq!(states(&house, Ngozi).await, [("mobile".to_owned(), "accepted")]);
}

#[tokio::test]
async fn whoever_is_barred_takes_nothing_back_of_what_they_may_not_see() {
    let house = TestStore::with_staff().await;
    let lives = Of::child(&Ada.id(), Field::LivesWith);
    asks(&house, Chidi, &[(&lives.name(), "no"), ("mobile", "07700 900456")], 1).await;
    let stands = async || house.texts("SELECT field || ' ' || state FROM details_line ORDER BY field").await;
    let takes_back = async |time: &str| house.school().withdraw_details(&Chidi.id(), at(time), monday()).await.unwrap();
    // A page that was drawn before the bar: nothing about Ada is his to take back.
    house.bars(Chidi, Ada).await;
    assert!(takes_back("10:00:00").await);
    assert_eq!(stands().await, ["lives-with asked", "mobile withdrawn"]);
    asks(&house, Chidi, &[("mobile", "07700 900789")], 2).await;
    house.bars(Chidi, Ben).await;
    let (before, lines) = (stands().await, house.count("journal").await);
    assert!(!takes_back("10:01:00").await, "he may see nobody any more");
    assert_eq!((stands().await, house.count("journal").await), (before, lines));
    assert_eq!(house.school().details_waiting().await.unwrap().len(), 2, "the office ends it");
}
