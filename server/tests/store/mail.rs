//! The outbox.

use server::store::{NewMail, Undelivered, WaitingMail};

use super::{
    house::{TestStore, at},
    people::{Ada, Ngozi, Zara, sick},
};

fn letter(subject: &str) -> NewMail {
    NewMail { to: Some("ngozi@example.org".into()), kind: "receipt", subject: subject.into(), body: "the words".into() }
}

async fn due(house: &TestStore, time: &str) -> Vec<WaitingMail> {
    house.school().waiting_mail(at(time)).await.unwrap()
}

async fn undelivered(house: &TestStore) -> Vec<Undelivered> {
    house.school().undelivered_mail().await.unwrap()
}

#[tokio::test]
async fn the_receipts_mail_is_written_with_the_report_and_not_without_it() {
    let house = TestStore::with_families().await;
    house.sends(sick(Ngozi, &[Ada, Zara])).await;
    assert!(due(&house, "09:00:00").await.is_empty());
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    let waiting = due(&house, "09:00:00").await;
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].subject, format!("Received: {reference}"));
    assert_eq!((waiting[0].to_address.as_str(), waiting[0].tries), ("ngozi@example.org", 0));
}

#[tokio::test]
async fn mail_is_due_from_its_time_on_oldest_first() {
    let house = TestStore::with_families().await;
    for (subject, time) in [("second", "08:02:00"), ("first", "08:01:00"), ("third", "08:03:00")] {
        house.school().post_mail(letter(subject), at(time)).await.unwrap();
    }
    let subjects = async |time| due(&house, time).await.into_iter().map(|mail| mail.subject).collect::<Vec<_>>();
    assert_eq!(subjects("08:02:00").await, ["first", "second"]);
    assert_eq!(subjects("08:03:00").await, ["first", "second", "third"]);
}

#[tokio::test]
async fn somebody_who_waits_for_a_code_goes_before_all_receipts() {
    let house = TestStore::with_families().await;
    house.school().post_mail(letter("receipt"), at("08:01:00")).await.unwrap();
    house.school().post_mail(NewMail { kind: "sign-in", ..letter("code") }, at("08:02:00")).await.unwrap();
    let subjects: Vec<_> = due(&house, "08:03:00").await.into_iter().map(|mail| mail.subject).collect();
    assert_eq!(subjects, ["code", "receipt"]);
}

#[tokio::test]
async fn what_was_given_up_keeps_no_words() {
    let house = TestStore::with_families().await;
    house.school().post_mail(letter("code"), at("08:01:00")).await.unwrap();
    let id = due(&house, "08:03:00").await[0].mail_id.clone();
    let kept = async || house.texts("SELECT body FROM mail").await;
    house.school().mail_failed(&id, at("08:03:00"), "busy", Some(at("08:04:00"))).await.unwrap();
    assert_eq!(kept().await, ["the words"]);
    house.school().mail_failed(&id, at("08:04:00"), "no such box", None).await.unwrap();
    assert_eq!(kept().await, [""]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_message_is_claimed_by_one_of_many_workers() {
    let house = TestStore::with_families().await;
    house.school().post_mail(letter("once"), at("08:00:00")).await.unwrap();
    let id = due(&house, "08:00:00").await[0].mail_id.clone();
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let (school, id) = (house.school(), id.clone());
            tokio::spawn(async move { school.claim_mail(&id, at("08:00:00"), at("08:05:00")).await.unwrap() })
        })
        .collect();
    let mut claimed = 0;
    for worker in workers {
        claimed += usize::from(worker.await.unwrap());
    }
    assert_eq!(claimed, 1);
    assert!(due(&house, "08:04:59").await.is_empty());
    assert_eq!(due(&house, "08:05:00").await[0].tries, 1, "a worker that dies leaves it to the next");
}

#[tokio::test]
async fn a_message_that_has_gone_is_gone_with_its_words() {
    let house = TestStore::with_families().await;
    house.school().post_mail(letter("gone"), at("08:00:00")).await.unwrap();
    let id = due(&house, "08:00:00").await[0].mail_id.clone();
    house.school().mail_sent(&id, at("08:00:01")).await.unwrap();
    assert!(due(&house, "23:00:00").await.is_empty());
    assert!(!house.school().claim_mail(&id, at("08:00:02"), at("08:05:00")).await.unwrap());
    assert_eq!(house.texts("SELECT body FROM mail").await, [""]);
    assert!(undelivered(&house).await.is_empty());
}

#[tokio::test]
async fn a_message_that_failed_waits_and_is_listed_without_its_words() {
    let house = TestStore::with_families().await;
    house.school().post_mail(letter("later"), at("08:00:00")).await.unwrap();
    assert!(undelivered(&house).await.is_empty());
    let id = due(&house, "08:00:00").await[0].mail_id.clone();
    house.school().claim_mail(&id, at("08:00:00"), at("08:05:00")).await.unwrap();
    house.school().mail_failed(&id, at("08:00:10"), "greylisted", Some(at("08:10:00"))).await.unwrap();
    assert!(due(&house, "08:09:59").await.is_empty());
    assert_eq!(due(&house, "08:10:00").await[0].body, "the words");
    let listed = undelivered(&house).await;
    assert_eq!((listed.len(), listed[0].tries, listed[0].given_up_at), (1, 1, None));
    assert_eq!((listed[0].kind.as_str(), listed[0].last_error.as_deref()), ("receipt", Some("greylisted")));
    assert!(!format!("{listed:?}").contains("the words"));
    house.school().mail_sent(&id, at("08:10:01")).await.unwrap();
    assert!(undelivered(&house).await.is_empty(), "gone at last");
}

#[tokio::test]
async fn a_message_given_up_is_never_due_nor_claimed_again_and_stays_listed() {
    let house = TestStore::with_families().await;
    house.school().post_mail(letter("never"), at("08:00:00")).await.unwrap();
    let id = due(&house, "08:00:00").await[0].mail_id.clone();
    house.school().mail_failed(&id, at("09:00:00"), "no such user", None).await.unwrap();
    assert!(due(&house, "23:00:00").await.is_empty());
    assert!(
        !house.school().claim_mail(&id, at("09:00:01"), at("09:05:00")).await.unwrap(),
        "a slow worker's list is out of date"
    );
    let listed = undelivered(&house).await;
    assert_eq!((listed.len(), listed[0].given_up_at), (1, Some(at("09:00:00"))));
}
