//! What staff do with a request for leave: note, ask, decide; and nobody who may not.

use app::rules::{
    access::Role,
    calendar::{Session, SessionDay},
    code::Code,
    conversation::Topic,
    evidence::Kind,
    form::Answers,
    id::{LeaveId, MessageId, NoteId, StaffId, SubmissionId},
    leave::{ChildDecision, NoteKind, Outcome, Ruled, Span, State, check_note},
    reference::Reference,
};
use chrono::{DateTime, Utc};
use server::store::{
    About, Added, Channel, Drafter, FormSent, LeaveDecided, LeaveNoted, LeaveRecord, NewDraft, NewEvidence, NewLeave,
    NewLeaveDecision, NewLeaveNote, NewMail, NewMessage, NewStaff, Removed, Said, Voice, seen_all,
};

use super::{
    house::{TestStore, at, day, monday, on},
    people::{Ada, Adult, Barry, Ben, Chidi, Child, Ngozi, Zara, account, adam, olive, staff_id},
};

const HILDA: u8 = 34;
const OSCAR: u8 = 41;
const DEPUTY: u8 = 42;

/// The sessions of these two days.
fn sessions(days: [&str; 2]) -> Vec<SessionDay> {
    days.into_iter().flat_map(|date| Session::BOTH.map(|session| SessionDay { date: day(date), session })).collect()
}

const DECEMBER: [&str; 2] = ["2026-12-14", "2026-12-15"];

/// A school in which Ngozi, or whoever, has asked for leave.
struct Desk {
    house: TestStore,
    reference: Reference,
}

async fn asks(house: &TestStore, adult: Adult, children: &[Child], in_advance: bool, ask: &[Adult]) -> Reference {
    asks_instead(house, adult, children, (in_advance, None), ask).await
}

async fn asks_instead(
    house: &TestStore,
    adult: Adult,
    children: &[Child],
    (in_advance, instead_of): (bool, Option<&Reference>),
    ask: &[Adult],
) -> Reference {
    let school = house.school();
    let draft = SubmissionId::from_bytes(rand::random());
    let mut answers = Answers::default();
    answers.set("kind", "family");
    answers.set("value", "canary: a wedding");
    let (form, guardian, at) = ("leave", adult.id(), at("19:00:00"));
    let begun = NewDraft {
        draft: draft.clone(),
        form,
        guardian: guardian.clone(),
        staff: None,
        instead_of: instead_of.cloned(),
        answers: answers.clone(),
        at,
    };
    assert!(school.begin_draft(begun).await.unwrap());
    let all = sessions(DECEMBER);
    let new = NewLeave {
        guardian: guardian.clone(),
        submission: draft,
        whose: Drafter::Guardian(guardian),
        seen: seen_all(&answers),
        channel: Channel::Web,
        form_version: 1,
        answers,
        span: Span { first: all[0], last: all[3], back: day("2026-12-16") },
        children: children.iter().map(|child| (child.id(), all.clone())).collect(),
        in_advance,
        signed_name: "A Name".into(),
        received_at: at,
        signed_at: at,
        at,
        entered_by: None,
        ask: ask.iter().map(|other| other.id()).collect(),
        ask_mail: ("Something waits".into(), "Nothing of what it is.".into()),
    };
    let mail = |_: &Reference| NewMail { to: None, kind: "receipt", subject: String::new(), body: String::new() };
    match school.send_leave(new, mail).await.unwrap() {
        FormSent::Received(reference) => reference,
        other => panic!("not received: {other:?}"),
    }
}

/// One answer: so many of the sessions agreed, from the first on, with this code.
fn ruled(leave: &LeaveId, granted: usize, code: Code) -> ChildDecision {
    let all = sessions(DECEMBER);
    let one = |(place, at): (usize, &SessionDay)| Ruled {
        at: *at,
        granted: place < granted,
        code: if place < granted { code } else { Code::O },
    };
    ChildDecision {
        leave: leave.clone(),
        outcome: Outcome::of(granted, all.len()),
        sessions: all.iter().enumerate().map(one).collect(),
        reasons: vec!["It is rare.".into(), "It is short.".into()],
        words: Some("canary: enjoy it".into()),
    }
}

impl Desk {
    async fn with(children: &[Child], in_advance: bool) -> Self {
        let house = TestStore::with_staff().await;
        for (name, number, role) in
            [("Oscar Officer", OSCAR, Role::AttendanceOfficer), ("Dee Deputy", DEPUTY, Role::Designate)]
        {
            let email = format!("{number}@hillside.example");
            let new = NewStaff { staff_id: staff_id(number), name: name.into(), email, roles: vec![role] };
            let account = account(&new);
            house.school().seed_staff(new, account, at("06:00:00")).await.unwrap();
        }
        house
            .by_hand("UPDATE staff_role SET from_day = '2026-11-01', to_day = '2026-12-31' WHERE role = 'designate'")
            .await;
        let reference = asks(&house, Ngozi, children, in_advance, &[Chidi]).await;
        Self { house, reference }
    }

    async fn record(&self) -> LeaveRecord {
        self.house.school().leave(&self.reference).await.unwrap().unwrap()
    }

    async fn states(&self) -> Vec<State> {
        self.record().await.children.iter().map(|child| child.state).collect()
    }

    async fn decides(&self, who: u8, granted: usize, code: Code, seen: i64) -> LeaveDecided {
        self.decides_on(who, granted, code, seen, "2026-11-24").await
    }

    async fn decides_on(&self, who: u8, granted: usize, code: Code, seen: i64, date: &str) -> LeaveDecided {
        let record = self.record().await;
        let children = record.children.iter().map(|child| (ruled(&child.leave, granted, code), seen)).collect();
        self.keeps(&record, who, children, date).await
    }

    async fn keeps(
        &self,
        record: &LeaveRecord,
        who: u8,
        children: Vec<(ChildDecision, i64)>,
        date: &str,
    ) -> LeaveDecided {
        let new = NewLeaveDecision {
            guardian: record.guardian.clone(),
            submission: record.submission.clone(),
            children,
            by: staff_id(who),
            today: day(date),
            at: on(date, "10:00:00"),
            mail: ("A decision waits".into(), "Nothing of what it is.".into()),
            signer_mail: ("A decision waits".into(), "Nothing of what it is, either.".into()),
        };
        self.house.school().decide_leave(new).await.unwrap()
    }

    async fn notes(&self, note: NoteId, who: StaffId, kind: NoteKind, text: &str) -> LeaveNoted {
        let record = self.record().await;
        let new = NewLeaveNote {
            note,
            guardian: record.guardian.clone(),
            submission: record.submission.clone(),
            says: check_note(kind, "refuse", text).unwrap(),
            by: who,
            today: monday(),
            at: at("20:00:00"),
        };
        self.house.school().note_leave(new).await.unwrap()
    }

    async fn about(&self) -> About {
        let record = self.record().await;
        About { topic: Topic::Leave, id: record.submission, guardian: record.guardian }
    }

    async fn says(&self, from: Voice, text: &str, at: DateTime<Utc>) -> Said {
        let message = MessageId::from_bytes(rand::random());
        let new = NewMessage { message, about: self.about().await, from, text: text.into(), at };
        self.house.school().say(new).await.unwrap()
    }

    fn office(asks: bool) -> Voice {
        Voice::Staff { staff: olive(), asks, mail: ("A message waits".into(), "Nothing of what it says.".into()) }
    }

    /// To whom a decision was mailed.
    async fn told(&self) -> Vec<String> {
        self.house.texts("SELECT to_address FROM mail WHERE kind = 'leave-decided' ORDER BY to_address").await
    }

    async fn sign(&self, adult: Adult) {
        let id = adult.id();
        self.house.by_hand(&format!("UPDATE leave_signer SET signed = TRUE WHERE signer_id = '{id}'")).await;
    }
}

fn a_note() -> NoteId {
    NoteId::from_bytes(rand::random())
}

#[tokio::test]
async fn all_part_and_none_are_kept_session_by_session_and_a_later_one_keeps_the_first() {
    let desk = Desk::with(&[Ada, Ben], true).await;
    assert_eq!(desk.decides(HILDA, 4, Code::C, 0).await, LeaveDecided::Done);
    assert_eq!(desk.states().await, [State::Granted; 2]);
    assert_eq!(desk.decides(HILDA, 1, Code::R, 1).await, LeaveDecided::Done);
    assert_eq!(desk.decides(HILDA, 0, Code::C, 2).await, LeaveDecided::Done);
    let record = desk.record().await;
    for child in &record.children {
        let outcomes: Vec<_> = child.decisions.iter().map(|one| (one.decision, one.outcome)).collect();
        assert_eq!(outcomes, [(1, Outcome::Granted), (2, Outcome::GrantedInPart), (3, Outcome::Refused)]);
        assert!(child.sessions.iter().all(|one| one.granted == Some(false) && one.code == Some(Code::O)));
        let states: Vec<_> = child.moves.iter().map(|(state, ..)| *state).collect();
        assert_eq!(states, [State::Sent, State::Granted, State::GrantedInPart, State::Refused]);
        assert_eq!(child.decisions[0].reasons, ["It is rare.", "It is short."]);
        assert_eq!(child.decisions[0].decided_by.as_deref(), Some("Hilda Head"));
    }
    let second = desk.house.texts("SELECT sessions FROM leave_decision WHERE decision = 2").await;
    assert_eq!(second[0].matches("\"code\":\"R\"").count(), 1, "{}", second[0]);
    assert_eq!(desk.house.number("SELECT COUNT(*) FROM journal WHERE action = 'decide_leave'").await, 6);
    assert!(desk.house.journal_is_whole().await);
}

#[tokio::test]
async fn only_the_headteacher_and_her_designate_between_their_dates_decide() {
    let desk = Desk::with(&[Ada], true).await;
    for who in [31, 32, 33, OSCAR, 99] {
        assert_eq!(desk.decides(who, 4, Code::C, 0).await, LeaveDecided::NotAllowed, "{who}");
    }
    let between = |from: &str, to: &str| {
        format!("UPDATE staff_role SET from_day = '{from}', to_day = '{to}' WHERE role = 'designate'")
    };
    for (from, to) in [("2026-11-01", "2026-11-23"), ("2026-11-25", "2026-12-24"), ("NULL", "NULL")] {
        desk.house.by_hand(&between(from, to).replace("'NULL'", "NULL")).await;
        assert_eq!(desk.decides(DEPUTY, 4, Code::C, 0).await, LeaveDecided::NotAllowed, "{from}");
    }
    desk.house.by_hand("UPDATE staff SET disabled_at = '2026-11-01 00:00:00+00:00' WHERE name = 'Hilda Head'").await;
    assert_eq!(desk.decides(HILDA, 4, Code::C, 0).await, LeaveDecided::NotAllowed);
    assert_eq!(desk.states().await, [State::Sent]);
    assert_eq!(desk.house.count("leave_decision").await, 0);
    desk.house.by_hand(&between("2026-11-24", "2026-11-24")).await;
    assert_eq!(desk.decides(DEPUTY, 4, Code::C, 0).await, LeaveDecided::Done);
    assert_eq!(desk.record().await.children[0].decisions[0].decided_as, "designate");
}

#[tokio::test]
async fn no_code_but_those_of_leave_and_c_never_for_what_came_too_late() {
    let desk = Desk::with(&[Ada], false).await;
    for code in [Code::C, Code::S, Code::I, Code::C2, Code::O] {
        assert_eq!(desk.decides(HILDA, 2, code, 0).await, LeaveDecided::NoCode, "{code:?}");
    }
    assert_eq!(desk.house.count("leave_decision").await, 0);
    assert_eq!(desk.decides(HILDA, 2, Code::R, 0).await, LeaveDecided::Done);
    let early = Desk::with(&[Ada], true).await;
    assert_eq!(early.decides(HILDA, 4, Code::S, 0).await, LeaveDecided::NoCode);
    // What is refused gets a code of refusal; and the outcome is what the sessions say.
    let record = early.record().await;
    let mut odd = ruled(&record.children[0].leave, 0, Code::C);
    odd.sessions[0].code = Code::I;
    assert_eq!(early.keeps(&record, HILDA, vec![(odd, 0)], "2026-11-24").await, LeaveDecided::NoCode);
    let mut odd = ruled(&record.children[0].leave, 1, Code::C);
    odd.outcome = Outcome::Granted;
    assert_eq!(early.keeps(&record, HILDA, vec![(odd, 0)], "2026-11-24").await, LeaveDecided::NoCode);
    // Exactly what was asked for, no session more or less or twice.
    for change in [
        |one: &mut ChildDecision| one.sessions.truncate(3),
        |one: &mut ChildDecision| one.sessions[0].at.date = day("2026-12-11"),
        |one: &mut ChildDecision| one.sessions.push(one.sessions[0]),
    ] {
        let mut odd = ruled(&record.children[0].leave, 4, Code::C);
        change(&mut odd);
        assert_eq!(early.keeps(&record, HILDA, vec![(odd, 0)], "2026-11-24").await, LeaveDecided::Stale);
    }
}

#[tokio::test]
async fn of_two_decisions_at_once_the_second_is_told_and_two_taps_are_one() {
    let desk = Desk::with(&[Ada, Ben], true).await;
    let (one, two) = tokio::join!(desk.decides(HILDA, 4, Code::C, 0), desk.decides(DEPUTY, 0, Code::C, 0));
    let mut both = [one, two];
    both.sort_by_key(|one| format!("{one:?}"));
    assert_eq!(both, [LeaveDecided::Done, LeaveDecided::Stale]);
    assert_eq!(desk.house.count("leave_decision").await, 2);

    let desk = Desk::with(&[Ada], true).await;
    assert_eq!(desk.decides(HILDA, 4, Code::C, 0).await, LeaveDecided::Done);
    assert_eq!(desk.decides(HILDA, 4, Code::C, 0).await, LeaveDecided::Again);
    assert_eq!(desk.decides(HILDA, 3, Code::C, 0).await, LeaveDecided::Stale);
    assert_eq!(desk.decides(DEPUTY, 4, Code::C, 0).await, LeaveDecided::Stale);
    assert_eq!(desk.decides(HILDA, 4, Code::C, 7).await, LeaveDecided::Stale);
    assert_eq!(desk.told().await.len(), 1);
}

#[tokio::test]
async fn what_was_taken_back_or_replaced_is_not_decided_and_of_two_children_neither() {
    let desk = Desk::with(&[Ada, Ben], true).await;
    let record = desk.record().await;
    let ada = record.children[0].leave.clone();
    assert!(desk.house.school().withdraw_leave(&Ngozi.id(), vec![(ada, false)], at("21:00:00")).await.unwrap());
    assert_eq!(desk.decides(HILDA, 4, Code::C, 0).await, LeaveDecided::NotNow);
    assert_eq!(desk.house.count("leave_decision").await, 0, "all of them or none");
    let ben = vec![(ruled(&record.children[1].leave, 4, Code::C), 0)];
    assert_eq!(desk.keeps(&record, HILDA, ben, "2026-11-24").await, LeaveDecided::Done);

    let desk = Desk::with(&[Ada], true).await;
    asks_instead(&desk.house, Ngozi, &[Ada], (true, Some(&desk.reference)), &[]).await;
    assert_eq!(desk.decides(HILDA, 4, Code::C, 0).await, LeaveDecided::NotNow);
    assert_eq!(desk.states().await, [State::Replaced]);
    assert_eq!(desk.notes(a_note(), olive(), NoteKind::Check, "").await, LeaveNoted::NotNow);
}

#[tokio::test]
async fn a_decision_is_told_to_who_asked_and_who_signed_as_far_as_they_may_read_it() {
    let desk = Desk::with(&[Ada], true).await;
    desk.decides(HILDA, 4, Code::C, 0).await;
    assert_eq!(desk.told().await, [Ngozi.email()], "Chidi was asked and has not signed");
    desk.sign(Chidi).await;
    desk.decides(HILDA, 0, Code::C, 1).await;
    assert_eq!(desk.told().await, [Chidi.email(), Ngozi.email(), Ngozi.email()]);
    desk.house.bars(Chidi, Ada).await;
    desk.house.bars(Ngozi, Ada).await;
    desk.decides(HILDA, 4, Code::C, 2).await;
    assert_eq!(desk.told().await.len(), 3, "deny wins");
    let texts = desk.house.texts("SELECT subject || body FROM mail WHERE kind = 'leave-decided'").await;
    assert!(texts.iter().all(|text| !text.contains("canary") && !text.contains("rare")), "{texts:?}");
}

#[tokio::test]
async fn a_check_begins_the_considering_and_every_note_is_kept_once() {
    let desk = Desk::with(&[Ada, Ben], true).await;
    let note = a_note();
    assert_eq!(desk.notes(note.clone(), olive(), NoteKind::Check, "").await, LeaveNoted::Kept);
    assert_eq!(desk.states().await, [State::Considered; 2]);
    assert_eq!(desk.notes(note.clone(), olive(), NoteKind::Check, "").await, LeaveNoted::Again);
    assert_eq!(desk.notes(note, olive(), NoteKind::Check, "other").await, LeaveNoted::Differs);
    assert_eq!(desk.notes(a_note(), olive(), NoteKind::Check, "").await, LeaveNoted::NotNow);
    assert_eq!(desk.notes(a_note(), olive(), NoteKind::Talk, "St Mary’s rang.").await, LeaveNoted::Kept);
    // Recommendations are the attendance officer's; administrators and a designate note nothing.
    for who in [olive(), staff_id(HILDA), staff_id(DEPUTY), adam()] {
        assert_eq!(desk.notes(a_note(), who, NoteKind::Recommendation, "").await, LeaveNoted::NotAllowed);
    }
    for who in [staff_id(DEPUTY), adam(), staff_id(99)] {
        assert_eq!(desk.notes(a_note(), who, NoteKind::Note, "x").await, LeaveNoted::NotAllowed);
    }
    assert_eq!(desk.notes(a_note(), staff_id(OSCAR), NoteKind::Recommendation, "Too long.").await, LeaveNoted::Kept);
    let notes = desk.house.school().leave_notes(&desk.record().await).await.unwrap();
    assert_eq!(notes.len(), 3);
    let list = desk.house.school().leave_list(&[State::Considered], at("00:00:00")).await.unwrap();
    assert_eq!((list.len(), list[0].children.len(), list[0].recommends.as_deref()), (1, 2, Some("refuse")));
    assert_eq!((list[0].signed, list[0].children[0].sessions, list[0].children[0].days), ((0, 1), 4, 2));
}

#[tokio::test]
async fn a_question_waits_for_the_family_and_its_answer_ends_the_waiting() {
    let desk = Desk::with(&[Ada], true).await;
    let school = desk.house.school();
    assert_eq!(desk.says(Desk::office(true), "Which day is the wedding?", at("20:00:00")).await, Said::Kept);
    assert_eq!(desk.states().await, [State::MoreWanted]);
    assert_eq!(desk.says(Desk::office(true), "And where?", at("20:01:00")).await, Said::Kept);
    let waiting = school.leave_waits_for_guardian(&Ngozi.id()).await.unwrap();
    assert_eq!((waiting.len(), waiting[0].asks, waiting[0].children.join(" ")), (1, true, "Ada".into()));
    // Nobody else ever learns of it, though Chidi is asked to sign.
    desk.sign(Chidi).await;
    for other in [Chidi, Barry] {
        assert!(school.own_conversation(&other.id(), &desk.reference).await.unwrap().is_none());
        assert!(school.leave_waits_for_guardian(&other.id()).await.unwrap().is_empty());
    }
    assert_eq!(desk.says(Voice::Guardian, "On the 15th.", at("20:30:00")).await, Said::Kept);
    assert_eq!(desk.states().await, [State::Considered]);
    let moves: Vec<_> = desk.record().await.children[0].moves.iter().map(|(state, ..)| *state).collect();
    assert_eq!(moves, [State::Sent, State::MoreWanted, State::Considered]);
    assert!(school.leave_list(&[State::Considered], at("00:00:00")).await.unwrap()[0].unread);
    let conversation = school.own_conversation(&Ngozi.id(), &desk.reference).await.unwrap().unwrap();
    assert_eq!((conversation.messages.len(), conversation.about.topic), (3, Topic::Leave));
    // After a decision words are only words.
    desk.decides(HILDA, 4, Code::C, 0).await;
    assert_eq!(desk.says(Desk::office(true), "Did it go well?", at("21:00:00")).await, Said::Kept);
    assert_eq!(desk.says(Voice::Guardian, "Yes.", at("21:10:00")).await, Said::Kept);
    assert_eq!(desk.states().await, [State::Granted]);
    desk.house.bars(Ngozi, Ada).await;
    assert_eq!(desk.says(Voice::Guardian, "Hello?", at("21:20:00")).await, Said::NotAllowed);
    assert!(school.own_conversation(&Ngozi.id(), &desk.reference).await.unwrap().is_none());
    assert!(desk.house.journal_is_whole().await);
}

#[tokio::test]
async fn letters_stand_with_a_request_until_it_is_decided_and_go_along_with_a_change() {
    let desk = Desk::with(&[Ada], true).await;
    let school = desk.house.school();
    let letter = |adult: Adult, reference: &Reference, number: u8| NewEvidence {
        guardian: adult.id(),
        reference: reference.clone(),
        name: "invitation.pdf".into(),
        kind: Kind::Pdf,
        bytes: vec![number],
        sha256: format!("{number:064x}"),
        at: at("20:00:00"),
    };
    let Added::Kept(first) = school.add_evidence(letter(Ngozi, &desk.reference, 1)).await.unwrap() else {
        panic!("not kept")
    };
    for other in [Chidi, Barry] {
        assert_eq!(school.add_evidence(letter(other, &desk.reference, 2)).await.unwrap(), Added::Nothing);
        assert!(school.evidence_of(&other.id(), &desk.reference).await.unwrap().is_none());
    }
    assert_eq!(desk.says(Desk::office(false), "Thank you.", at("20:05:00")).await, Said::Kept);
    let later = asks_instead(&desk.house, Ngozi, &[Ada], (true, Some(&desk.reference)), &[]).await;
    assert!(school.leave_evidence(&desk.reference).await.unwrap().is_empty());
    assert_eq!(school.leave_evidence(&later).await.unwrap().len(), 1);
    assert!(school.leave_evidence_file(&later, &first).await.unwrap().is_some());
    let desk = Desk { reference: later, ..desk };
    assert_eq!(school.messages(&desk.about().await).await.unwrap().len(), 1, "what was said goes along");
    desk.decides(HILDA, 4, Code::C, 0).await;
    assert_eq!(school.add_evidence(letter(Ngozi, &desk.reference, 3)).await.unwrap(), Added::Nothing);
    let removed = school.remove_evidence(&Ngozi.id(), &desk.reference, &first, at("21:00:00")).await.unwrap();
    assert_eq!(removed, Removed::Coded);
    desk.house.bars(Ngozi, Ada).await;
    assert!(school.evidence_of(&Ngozi.id(), &desk.reference).await.unwrap().is_none());
}

#[tokio::test]
async fn earlier_requests_of_anybody_and_those_of_brothers_and_sisters_stand_beside() {
    let desk = Desk::with(&[Ada], true).await;
    let school = desk.house.school();
    let fathers = asks(&desk.house, Chidi, &[Ada], true, &[]).await;
    let bens = asks(&desk.house, Chidi, &[Ben], true, &[]).await;
    asks(&desk.house, Adult::Farah, &[Zara], true, &[]).await;
    desk.decides(HILDA, 1, Code::C, 0).await;
    let record = school.leave(&fathers).await.unwrap().unwrap();
    let earlier = school.leaves_of(&Ada.id(), &record).await.unwrap();
    assert_eq!(earlier.iter().map(|one| &one.reference).collect::<Vec<_>>(), [&desk.reference]);
    assert_eq!((earlier[0].sessions, earlier[0].state), ((4, 1), State::GrantedInPart));
    let siblings = school.leaves_of_siblings(&Ada.id(), &record.span, &record).await.unwrap();
    assert_eq!(siblings.iter().map(|one| &one.reference).collect::<Vec<_>>(), [&bens], "once, and nobody else’s");
    let mut elsewhere = record.span;
    (elsewhere.first.date, elsewhere.last.date) = (day("2026-12-16"), day("2026-12-18"));
    assert!(school.leaves_of_siblings(&Ada.id(), &elsewhere, &record).await.unwrap().is_empty());
}
