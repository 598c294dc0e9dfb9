//! Notices that a child leaves: taken once, changed with what was done, nobody's who may not; and access that follows
//! the roll.

use app::rules::{
    access::Access,
    conversation::{Side, Topic},
    form::Answers,
    id::{MessageId, NoteId, NoticeId, StaffId, SubmissionId},
    leaving::{Checked, State, Task},
    reference::Reference,
};
use server::store::{
    About, Decision, FormSent, LeavingLineNoted, NewDraft, NewLeavingLine, NewMail, NewMessage, NewNotice,
    NoticeOrMeeting, NoticeRecord, Voice, seen_all,
};

use super::{
    house::{TestStore, at, day, monday, on},
    people::{Ada, Adult, Ben, Chidi, Child, Ngozi, Nils, Viola, adam, olive},
};

fn answers() -> Answers {
    let mut answers = Answers::default();
    answers.set("reason", "moving-uk");
    answers.set("new-address", "canary street");
    answers
}

pub(super) async fn begun(house: &TestStore, adult: Adult, instead_of: Option<&Reference>) -> SubmissionId {
    let draft = SubmissionId::from_bytes(rand::random());
    let new = NewDraft {
        draft: draft.clone(),
        form: "leaving",
        guardian: adult.id(),
        staff: None,
        instead_of: instead_of.cloned(),
        answers: answers(),
        at: at("19:00:00"),
    };
    assert!(house.school().begin_draft(new).await.unwrap());
    draft
}

pub(super) fn new(adult: Adult, draft: &SubmissionId, children: &[Child]) -> NewNotice {
    NewNotice {
        guardian: adult.id(),
        submission: draft.clone(),
        seen: seen_all(&answers()),
        shown: answers(),
        answers: answers(),
        form_version: 1,
        children: children.iter().map(|child| child.id()).collect(),
        what: NoticeOrMeeting::Notice(day("2026-12-11"), "A Name".into()),
        at: at("19:00:00"),
    }
}

async fn sends(house: &TestStore, new: NewNotice) -> FormSent {
    let mail = |_: &Reference| NewMail { to: None, kind: "leaving", subject: String::new(), body: String::new() };
    house.school().send_notice(new, mail).await.unwrap()
}

async fn gives(house: &TestStore, adult: Adult, children: &[Child]) -> Reference {
    let draft = begun(house, adult, None).await;
    match sends(house, new(adult, &draft, children)).await {
        FormSent::Received(reference) => reference,
        other => panic!("not received: {other:?}"),
    }
}

async fn found(house: &TestStore, reference: &Reference) -> NoticeRecord {
    house.school().notice(reference).await.unwrap().expect("it is there")
}

async fn notes(house: &TestStore, notice: &NoticeId, task: Task, by: StaffId) -> LeavingLineNoted {
    let says = Checked { task, done_on: Some(monday()), ground: None, note: Some("they rang".into()) };
    let note = NoteId::from_bytes(rand::random());
    let new = NewLeavingLine { note, notice: notice.clone(), says, by, today: monday(), at: at("19:05:00") };
    house.school().note_leaving_line(new).await.unwrap()
}

#[tokio::test]
async fn a_form_is_taken_once_and_only_as_it_was_shown() {
    let house = TestStore::with_families().await;
    let draft = begun(&house, Ngozi, None).await;
    let mut stale = new(Ngozi, &draft, &[Ada]);
    stale.seen = "something else".into();
    assert_eq!(sends(&house, stale).await, FormSent::Changed);
    let FormSent::Received(reference) = sends(&house, new(Ngozi, &draft, &[Ada, Ben])).await else { panic!("taken") };
    assert_eq!(sends(&house, new(Ngozi, &draft, &[Ada, Ben])).await, FormSent::Again(reference));
    let unknown = SubmissionId::from_bytes(rand::random());
    assert_eq!(sends(&house, new(Ngozi, &unknown, &[Ada])).await, FormSent::Gone);
    let digest = house.texts("SELECT digest FROM submission").await;
    assert!(
        digest.iter().all(|digest| *digest != seen_all(&answers())),
        "answers with an address cannot be tried on it"
    );
    for (table, rows) in [("submission", 1), ("leaving_form", 1), ("leaving_notice", 2), ("form_draft", 0)] {
        assert_eq!(house.count(table).await, rows, "{table}");
    }
    assert!(house.journal_is_whole().await);
    assert_eq!(house.school().standing().await.unwrap().halves, []);
}

#[tokio::test]
async fn a_changed_notice_carries_no_more_files_than_one_may_have() {
    let house = TestStore::with_families().await;
    let earlier = gives(&house, Ngozi, &[Ada]).await;
    for file in 1..=5 {
        let sql = format!(
            "INSERT INTO evidence (school_id, evidence_id, guardian_id, submission_id, name, kind, size, sha256, added_at) \
             SELECT school_id, 'e{file}', guardian_id, submission_id, 'a.jpg', 'jpeg', 0, 'x{file}', received_at FROM submission"
        );
        house.by_hand(&sql).await;
    }
    let draft = begun(&house, Ngozi, Some(&earlier)).await;
    let with_file = |sha: &str| {
        format!(
            "INSERT INTO draft_evidence (school_id, evidence_id, draft_id, guardian_id, name, kind, size, sha256, added_at) \
             SELECT school_id, 'd{sha}', draft_id, guardian_id, 'b.jpg', 'jpeg', 0, '{sha}', saved_at FROM form_draft"
        )
    };
    house.by_hand(&with_file("x1")).await;
    house.by_hand(&with_file("y")).await;
    assert_eq!(sends(&house, new(Ngozi, &draft, &[Ada])).await, FormSent::TooManyFiles);
    assert_eq!(house.count("leaving_form").await, 1);
    house.by_hand("DELETE FROM draft_evidence WHERE sha256 = 'y'").await;
    let sent = sends(&house, new(Ngozi, &draft, &[Ada])).await;
    assert!(matches!(sent, FormSent::Received(_)), "the same file in both is one: {sent:?}");
}

#[tokio::test]
async fn whoever_may_not_write_for_one_child_gives_no_notice_and_reads_none() {
    let house = TestStore::with_families().await;
    let draft = begun(&house, Viola, None).await;
    assert_eq!(sends(&house, new(Viola, &draft, &[Ada])).await, FormSent::NotAllowed, "she may only look");
    let draft = begun(&house, Ngozi, None).await;
    let reference = gives(&house, Ngozi, &[Ada, Ben]).await;
    house.bars(Ngozi, Ben).await;
    assert_eq!(sends(&house, new(Ngozi, &draft, &[Ada, Ben])).await, FormSent::NotAllowed);
    assert_eq!(house.school().own_notice(&Ngozi.id(), &reference).await.unwrap(), None);
    assert!(!house.school().withdraw_notice(&Ngozi.id(), &reference, at("20:00:00")).await.unwrap());
    assert_eq!(house.school().own_notice(&Chidi.id(), &reference).await.unwrap(), None, "nor does the other parent");
    assert_eq!(found(&house, &reference).await.state.0, State::Open);
}

#[tokio::test]
async fn what_was_said_and_done_goes_over_to_the_notice_that_takes_its_place() {
    let house = TestStore::with_staff().await;
    let first = gives(&house, Ngozi, &[Ada, Ben]).await;
    let record = found(&house, &first).await;
    let ada = &record.children.iter().find(|child| child.pupil == Ada.id()).unwrap().notice;
    assert_eq!(notes(&house, ada, Task::NewSchool, olive()).await, LeavingLineNoted::Kept);
    let about = About { topic: Topic::Leaving, id: record.submission.clone(), guardian: Ngozi.id() };
    let message = MessageId::from_bytes(rand::random());
    let said = NewMessage { message, about, from: Voice::Guardian, text: "Hello".into(), at: at("19:06:00") };
    house.school().say(said).await.unwrap();

    let draft = begun(&house, Ngozi, Some(&first)).await;
    let FormSent::Received(second) = sends(&house, new(Ngozi, &draft, &[Ada])).await else { panic!("taken") };
    let (old, now) = (found(&house, &first).await, found(&house, &second).await);
    assert_eq!((old.state.0, old.replaced_by), (State::Replaced, Some(second.clone())));
    let tasks: Vec<Task> = now.children[0].entries.iter().map(|entry| entry.task).collect();
    assert_eq!(tasks, [Task::NewSchool], "what the school has done for Ada stays done");
    let talk = house.school().own_conversation(&Ngozi.id(), &second).await.unwrap().unwrap();
    assert_eq!((talk.messages.len(), talk.messages[0].from), (1, Side::Guardian));
    // The one that does not stand takes no line, and nothing takes its place a second time.
    assert_eq!(notes(&house, &old.children[0].notice, Task::File, olive()).await, LeavingLineNoted::NotNow);
    let late = begun(&house, Ngozi, Some(&first)).await;
    assert_eq!(sends(&house, new(Ngozi, &late, &[Ada])).await, FormSent::CannotChange);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn only_who_may_notes_what_is_done() {
    let house = TestStore::with_staff().await;
    let reference = gives(&house, Ngozi, &[Ada]).await;
    let notice = found(&house, &reference).await.children[0].notice.clone();
    assert_eq!(notes(&house, &notice, Task::File, adam()).await, LeavingLineNoted::NotAllowed);
    let gone = NoticeId::from_bytes([9; 16]);
    assert_eq!(notes(&house, &gone, Task::File, olive()).await, LeavingLineNoted::NotNow);
    assert_eq!(house.count("leaving_line").await, 0);
    assert_eq!(notes(&house, &notice, Task::File, olive()).await, LeavingLineNoted::Kept);
    let listed = house.school().leavers(monday()).await.unwrap();
    assert_eq!((listed.len(), listed[0].entries.len()), (1, 1));
    assert!(house.school().leavers(day("2026-12-12")).await.unwrap().is_empty());
}

/// What counts for each link to Ada, and what was given.
async fn access(house: &TestStore) -> Vec<String> {
    let ada = Ada.id();
    let sql = format!(
        "SELECT access || ' ' || COALESCE(access_kept, '-') FROM guardian_pupil WHERE pupil_id = '{ada}' ORDER BY guardian_id"
    );
    house.texts(&sql).await
}

#[tokio::test]
async fn access_follows_the_roll_there_and_back_and_twice_is_once() {
    let house = TestStore::with_families().await;
    let before = access(&house).await;
    let set = async |left: &str| {
        house.by_hand(&format!("UPDATE pupil SET left_on = {left} WHERE pupil_id = '{}'", Ada.id())).await;
    };
    let follows = async |today: &str| {
        house.school().end_access(day(today), 90, on(today, "00:00:01")).await.unwrap();
        access(&house).await
    };
    set("'2026-11-23'").await;
    assert_eq!(follows("2026-11-23").await, before, "the last day is a day like others");
    let after = follows("2026-11-24").await;
    assert!(after.iter().all(|tie| !tie.starts_with("full")), "{after:?}");
    assert!(after.contains(&"view full".to_owned()), "{after:?}");
    let lines = house.count("journal").await;
    assert_eq!(follows("2026-11-24").await, after);
    assert_eq!(house.count("journal").await, lines, "twice changes nothing");
    assert_eq!(follows("2027-02-21").await, after, "ninety days on they still read");
    let over = follows("2027-02-22").await;
    assert!(over.iter().all(|tie| tie.starts_with("none")), "{over:?}");
    set("NULL").await;
    assert_eq!(follows("2027-02-23").await, before, "back as it was");
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn a_child_who_has_left_is_not_opened_by_the_review() {
    let house = TestStore::with_staff().await;
    house.by_hand(&format!("UPDATE pupil SET left_on = '2026-11-20' WHERE pupil_id = '{}'", Ada.id())).await;
    house.school().end_access(monday(), 90, at("08:00:00")).await.unwrap();
    let before = access(&house).await;
    // As it stands now, frozen.
    let seen = "view-10110".to_owned();
    let decision = Decision { guardian: Ngozi.id(), pupil: Ada.id(), access: Access::Full, seen, by: olive() };
    assert!(!house.school().decide_access(decision, at("08:01:00")).await.unwrap());
    assert_eq!(access(&house).await, before);
}

fn shutting(adult: Adult, seen: &str, access: Access) -> Decision {
    Decision { guardian: adult.id(), pupil: Ada.id(), access, seen: seen.into(), by: olive() }
}

#[tokio::test]
async fn who_had_a_child_who_has_left_can_be_shut_out_for_good_and_nobody_is_let_in() {
    let house = TestStore::with_staff().await;
    let left = |day: &str| format!("UPDATE pupil SET left_on = {day} WHERE pupil_id = '{}'", Ada.id());
    house.by_hand(&left("'2026-11-20'")).await;
    house.school().end_access(monday(), 90, at("08:00:00")).await.unwrap();
    let school = house.school();
    assert!(school.links(monday()).await.unwrap().iter().all(|link| link.pupil_id != Ada.id()));
    let listed = school.links_left().await.unwrap();
    let hers = listed.iter().find(|link| link.guardian_id == Ngozi.id()).expect("she is listed");
    assert_eq!(hers.left, Some((day("2026-11-20"), Access::Full)));
    // Nils had nothing, so nothing was kept: a page from before is still no way in.
    let open = shutting(Nils, "none-10110", Access::Full);
    assert!(!school.decide_access(open, at("08:01:00")).await.unwrap());
    let shut = shutting(Ngozi, &hers.seen(), Access::None);
    assert!(school.decide_access(shut, at("08:02:00")).await.unwrap());
    house.bars(Chidi, Ada).await;
    let of = async |adult: Adult| {
        let sql = "SELECT access || ' ' || COALESCE(access_kept, '-') FROM guardian_pupil";
        house.texts(&format!("{sql} WHERE guardian_id = '{}' AND pupil_id = '{}'", adult.id(), Ada.id())).await
    };
    assert_eq!(of(Ngozi).await, ["none none"]);
    house.by_hand(&left("NULL")).await;
    house.school().end_access(day("2026-11-24"), 90, on("2026-11-24", "00:00:01")).await.unwrap();
    assert_eq!((of(Ngozi).await, of(Nils).await), (vec!["none -".to_owned()], vec!["none -".to_owned()]));
    assert_eq!(of(Chidi).await, ["full -"], "his bar is what keeps him out");
    assert!(house.school().links_left().await.unwrap().is_empty());
}

#[tokio::test]
async fn no_notice_is_taken_for_a_child_who_has_left() {
    let house = TestStore::with_families().await;
    let draft = begun(&house, Ngozi, None).await;
    let left = |day: &str| format!("UPDATE pupil SET left_on = '{day}' WHERE pupil_id = '{}'", Ada.id());
    house.by_hand(&left("2026-11-22")).await;
    assert_eq!(sends(&house, new(Ngozi, &draft, &[Ada])).await, FormSent::NotAllowed);
    house.by_hand(&left("2026-11-23")).await;
    assert!(matches!(sends(&house, new(Ngozi, &draft, &[Ada])).await, FormSent::Received(_)), "the last day is a day");
}

#[tokio::test]
async fn a_note_is_of_one_child_and_with_the_same_id_for_another_it_is_not_kept() {
    let house = TestStore::with_staff().await;
    let reference = gives(&house, Ngozi, &[Ada, Ben]).await;
    let record = found(&house, &reference).await;
    let note = NoteId::from_bytes([7; 16]);
    let line = |notice: &NoticeId| {
        let says = Checked { task: Task::File, done_on: Some(monday()), ground: None, note: None };
        NewLeavingLine {
            note: note.clone(),
            notice: notice.clone(),
            says,
            by: olive(),
            today: monday(),
            at: at("19:05:00"),
        }
    };
    let [one, two] = [0, 1].map(|place: usize| line(&record.children[place].notice));
    assert_eq!(house.school().note_leaving_line(one.clone()).await.unwrap(), LeavingLineNoted::Kept);
    assert_eq!(house.school().note_leaving_line(one).await.unwrap(), LeavingLineNoted::Again);
    assert_eq!(house.school().note_leaving_line(two).await.unwrap(), LeavingLineNoted::Differs);
}

#[tokio::test]
async fn what_is_written_about_a_notice_that_was_taken_back_waits_until_it_is_read() {
    let house = TestStore::with_staff().await;
    let reference = gives(&house, Ngozi, &[Ada, Ben]).await;
    let id = found(&house, &reference).await.submission;
    let about = About { topic: Topic::Leaving, id, guardian: Ngozi.id() };
    let says = async || {
        let (message, about) = (MessageId::from_bytes(rand::random()), about.clone());
        let text = "We stay, and I have a question".into();
        let said = NewMessage { message, about, from: Voice::Guardian, text, at: at("19:06:00") };
        house.school().say(said).await.unwrap();
    };
    says().await;
    assert!(house.school().leavers_wrote().await.unwrap().is_empty(), "the notice stands and is listed itself");
    assert!(house.school().withdraw_notice(&Ngozi.id(), &reference, at("20:00:00")).await.unwrap());
    says().await;
    let wrote = house.school().leavers_wrote().await.unwrap();
    assert_eq!((wrote.len(), &wrote[0].reference, wrote[0].children.len()), (1, &reference, 2));
    house.school().messages_read(&about, Side::Staff, at("20:05:00")).await.unwrap();
    assert!(house.school().leavers_wrote().await.unwrap().is_empty());
}

#[tokio::test]
async fn the_return_names_every_parent_with_the_first_number_there_is() {
    let house = TestStore::with_families().await;
    house
        .by_hand(&format!(
            "UPDATE guardian SET home_phone = '01632 960001', work_phone = '01632 960002' WHERE guardian_id = '{}'",
            Ngozi.id()
        ))
        .await;
    house
        .by_hand(&format!("UPDATE guardian SET work_phone = '01632 960003' WHERE guardian_id = '{}'", Chidi.id()))
        .await;
    let parents = house.school().return_parents(&Ben.id()).await.unwrap();
    let phones: Vec<_> = parents.iter().filter_map(|parent| parent.phone.as_deref()).collect();
    assert_eq!(phones, ["01632 960001", "01632 960003"]);
}
