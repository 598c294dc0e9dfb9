//! The policy at two programs on one database: published once, signed once, and nobody reminded twice.

use std::collections::BTreeMap;

use app::rules::id::{GuardianId, ReminderRunId};
use server::store::{
    DeclarationTaken, NewGuardian, NewLink, NewReminderRun, Published, Reminded, RemindersBegun, School, Store,
};

use super::{
    declaration::{publishes, signs},
    house::{TestStore, at, monday},
    nodes::on_both,
    people::{self, Ada, Barry, Ben, FULL, Farah, Ngozi, Zara, olive},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_version_that_both_nodes_publish_at_once_is_published_once() {
    let house = TestStore::with_staff().await;
    let other = house.another_node().await;
    for after in 0..10 {
        let publish = |store: &Store| {
            let school = store.school("hillside");
            async move { publishes(&school, after).await }
        };
        let answers = on_both(publish(&house.store), publish(&other)).await;
        assert!(answers.contains(&Published::Done(after + 1)) && answers.contains(&Published::Changed), "{answers:?}");
    }
    assert_eq!(house.count("policy_version").await, 10);
    assert_eq!(house.count("journal WHERE action = 'publish_policy'").await, 10);
    assert!(house.journal_is_whole().await);
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_guardian_who_declares_at_both_nodes_at_once_has_declared_once() {
    let house = TestStore::with_staff().await;
    let other = house.another_node().await;
    for version in 1..=10 {
        publishes(&house.school(), version - 1).await;
        // The same form twice; or two phones with a form each.
        let one = signs(Ngozi, &[Ada, Ben], version);
        let same = version % 2 == 0;
        let two = if same { one.clone() } else { signs(Ngozi, &[Ben, Ada], version) };
        let mails = house.count("mail").await;
        let declare = |store: &Store, new| {
            let school = store.school("hillside");
            async move { school.declare(new).await.unwrap() }
        };
        let answers = on_both(declare(&house.store, one), declare(&other, two)).await;
        let received = answers.iter().find_map(|answer| match answer {
            DeclarationTaken::Received(reference) => Some(reference.clone()),
            _ => None,
        });
        let reference = received.unwrap_or_else(|| panic!("{answers:?}"));
        let second = if same { DeclarationTaken::Again(reference) } else { DeclarationTaken::Signed(reference) };
        assert!(answers.contains(&second), "{answers:?}");
        let of = |table: &str| format!("{table} WHERE version = {version}");
        assert_eq!((house.count(&of("declaration_form")).await, house.count(&of("declaration")).await), (1, 2));
        assert_eq!(house.count("mail").await, mails + 1);
    }
    assert_eq!(house.count("journal WHERE action = 'declare'").await, 10);
    assert!(house.journal_is_whole().await);
    other.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_signature_at_one_node_is_of_the_version_that_counted_when_the_other_published() {
    let house = TestStore::with_staff().await;
    let other = house.another_node().await;
    publishes(&house.school(), 0).await;
    for version in 1..=10 {
        let (here, there) = (house.school(), other.school("hillside"));
        let declare = tokio::spawn(async move { here.declare(signs(Ngozi, &[Ada], version)).await.unwrap() });
        let publish = tokio::spawn(async move { publishes(&there, version).await });
        assert_eq!(publish.await.unwrap(), Published::Done(version + 1));
        let published =
            format!("SELECT seq FROM journal WHERE action = 'publish_policy' AND subject_id = '{}'", version + 1);
        let kept = house.count(&format!("declaration_form WHERE version = {version}")).await;
        match declare.await.unwrap() {
            DeclarationTaken::Received(reference) => {
                let kept = house.school().declaration(&reference).await.unwrap().unwrap();
                assert_eq!(kept.version, version);
                assert!(kept.journal_seq < house.number(&published).await, "it was signed before");
            }
            DeclarationTaken::NewVersion => assert_eq!(kept, 0),
            answer => panic!("{answer:?}"),
        }
    }
    assert!(house.journal_is_whole().await);
    other.close().await;
}

/// Sixty more parents of Zara's, each with an address of their own.
async fn sixty_more(house: &TestStore) -> Vec<GuardianId> {
    let ids: Vec<_> = (100..160).map(|number| GuardianId::from_bytes([number; 16])).collect();
    let more = |id: &GuardianId| NewGuardian {
        guardian_id: id.clone(),
        email: Some(format!("{id}@example.org")),
        ..people::adult(Farah, "Another", "Parent")
    };
    let link = |id: &GuardianId| NewLink { guardian_id: id.clone(), ..people::link(Farah, Zara, FULL) };
    let (guardians, links) = (ids.iter().map(more).collect(), ids.iter().map(link).collect());
    house.school().seed_roster(at("06:00:00"), vec![], vec![], guardians, links).await.unwrap();
    ids
}

/// Goes on with the run that is under way until nothing is left of it; how many messages this node wrote.
async fn reminds(school: School) -> usize {
    let mut sent = 0;
    loop {
        let mail = ("Please sign".to_owned(), "The policy waits.".to_owned());
        match school.remind_next(mail, monday(), at("09:00:00")).await.unwrap() {
            Reminded::Sent => sent += 1,
            Reminded::Skipped => {}
            Reminded::Nothing => return sent,
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn both_nodes_together_remind_each_guardian_once_and_nobody_barred() {
    let house = TestStore::with_staff().await;
    let other = house.another_node().await;
    publishes(&house.school(), 0).await;
    let asked = sixty_more(&house).await;
    let begin = |store: &Store, run: u8| {
        let people = asked.iter().cloned().chain([Barry.id()]).collect();
        let run = ReminderRunId::from_bytes([run; 16]);
        let new = NewReminderRun { run, version: 1, people, by: olive(), at: at("08:30:00") };
        let school = store.school("hillside");
        async move { school.begin_reminders(new).await.unwrap() }
    };
    // Two who press the button at once, each at a node of their own: one run goes.
    let begun = on_both(begin(&house.store, 1), begin(&other, 2)).await;
    assert!(begun.contains(&RemindersBegun::Done(61)) && begun.contains(&RemindersBegun::Busy), "{begun:?}");
    let sent = on_both(reminds(house.school()), reminds(other.school("hillside"))).await;
    assert_eq!(sent.iter().sum::<usize>(), 60, "{sent:?}");
    let mut mails: BTreeMap<String, usize> = BTreeMap::new();
    for to in house.texts("SELECT to_address FROM mail WHERE kind = 'reminder'").await {
        *mails.entry(to).or_default() += 1;
    }
    let once: BTreeMap<String, usize> = asked.iter().map(|id| (format!("{id}@example.org"), 1)).collect();
    assert_eq!(mails, once);
    assert_eq!(
        house.count("reminder WHERE done_at IS NOT NULL AND NOT sent").await,
        1,
        "Barry's turn came, and passed"
    );
    assert_eq!(house.count("reminder_run WHERE ended_at IS NOT NULL AND NOT stopped").await, 1);
    assert!(house.journal_is_whole().await);
    other.close().await;
}
