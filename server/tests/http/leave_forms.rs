//! Forms for leave that stand ready: begun, and sent.

use app::rules::{
    calendar::Session,
    form::Answers,
    id::{EvidenceId, GuardianId, PupilId, StaffId, SubmissionId},
    leave::{Span, key},
    reference::Reference,
};
use server::store::{Added, Channel, Drafter, FormSent, NewDraft, NewLeave, NewMail, seen_all};

use super::{files::photo, house::Node, people::guardian};

/// The week of the tests' leave: a Monday and a Friday, ten sessions.
pub(super) const LEAVE: [&str; 3] = ["2026-12-07", "2026-12-11", "2026-12-14"];

/// Everything that the form asks, answered.
pub(super) fn answers(children: &[PupilId], ask: &[GuardianId]) -> Answers {
    let mut answers = Answers::default();
    let ids = children.iter().map(PupilId::as_str).collect::<Vec<_>>().join(" ");
    let asked = ask.iter().map(GuardianId::as_str).collect::<Vec<_>>().join(" ");
    for (key, answer) in [
        (key::CHILDREN, ids.as_str()),
        (key::LIVES_WITH, "yes"),
        (key::FIRST_DAY, LEAVE[0]),
        (key::FIRST_SESSION, "AM"),
        (key::LAST_DAY, LEAVE[1]),
        (key::LAST_SESSION, "PM"),
        (key::RETURN_DAY, LEAVE[2]),
        ("kind", "family"),
        ("value", "Her aunt marries."),
        ("rare", "Once."),
        ("significant", "She is a bridesmaid."),
        ("unavoidable", "The date is set."),
        ("short", "It is far away."),
        ("away", "home"),
        ("with", "Both of us."),
        ("siblings-elsewhere", "no"),
        ("tests", "no"),
        (key::OTHER, if ask.is_empty() { "knows" } else { "asked" }),
        (key::ASK, &asked),
    ] {
        answers.set(key, answer);
    }
    let shown = app::rules::leave::shown(&answers);
    answers.set(key::PREVIEWED, shown);
    answers
}

/// A form that this guardian has begun, with nothing in it.
pub(super) async fn begun(house: &Node, email: &str) -> SubmissionId {
    begun_with(house, email, Answers::default()).await
}

/// A form that this guardian has begun.
pub(super) async fn begun_with(house: &Node, email: &str, answers: Answers) -> SubmissionId {
    let (draft, school) = (SubmissionId::from_bytes(rand::random()), &house.portal.school);
    // As many as come in a test.
    for old in school.drafts_of(&guardian(email), "leave", house.portal.now()).await.unwrap().iter().skip(5) {
        let whose = Drafter::Guardian(guardian(email));
        assert!(school.throw_draft_away(&whose, &old.draft, house.portal.now()).await.unwrap());
    }
    let new = NewDraft {
        draft: draft.clone(),
        form: "leave",
        guardian: guardian(email),
        staff: None,
        instead_of: None,
        answers,
        at: house.portal.now(),
    };
    assert!(school.begin_draft(new).await.unwrap());
    draft
}

/// A form on paper that this member of staff is typing in.
pub(super) async fn typed_in(house: &Node, staff: &StaffId, email: &str, answers: Answers) -> SubmissionId {
    let (draft, school) = (SubmissionId::from_bytes(rand::random()), &house.portal.school);
    let whose = Drafter::Staff(staff.clone());
    // As many as come in a test.
    for old in school.paper_forms(staff, house.portal.now()).await.unwrap().iter().skip(5) {
        assert!(school.throw_draft_away(&whose, old, house.portal.now()).await.unwrap());
    }
    let new = NewDraft {
        draft: draft.clone(),
        form: "leave",
        guardian: guardian(email),
        staff: Some(staff.clone()),
        instead_of: None,
        answers,
        at: house.portal.now(),
    };
    assert!(school.begin_draft(new).await.unwrap());
    draft
}

/// A photo that stands with a form.
pub(super) async fn with_photo(house: &Node, whose: &Drafter, draft: &SubmissionId) -> EvidenceId {
    let photo = server::evidence::look_at("photo.jpg", photo(40, 30)).unwrap();
    let added = house.portal.school.add_draft_evidence(whose, draft, photo, house.portal.now()).await.unwrap();
    match added {
        Added::Kept(evidence) | Added::Again(evidence) => evidence,
        other => panic!("{other:?}"),
    }
}

/// A request that the store has taken.
pub(super) async fn asked_for_leave(house: &Node, email: &str, children: &[PupilId]) -> Reference {
    asked_with(house, email, children, &[]).await
}

/// The same, with others asked to sign.
pub(super) async fn asked_with(house: &Node, email: &str, children: &[PupilId], ask: &[GuardianId]) -> Reference {
    asked_saying(house, email, (children, ask), &[]).await
}

/// The same, with these answers on top.
pub(super) async fn asked_saying(
    house: &Node,
    email: &str,
    (children, ask): (&[PupilId], &[GuardianId]),
    more: &[(&str, &str)],
) -> Reference {
    let mut answers = answers(children, ask);
    more.iter().for_each(|(key, answer)| answers.set(key, *answer));
    let submission = begun_with(house, email, answers.clone()).await;
    let span = Span::read(|key| answers.get(key), house.portal.today()).unwrap();
    let sessions = span.sessions(&house.portal.policy.calendar);
    assert_eq!((sessions.len(), sessions[0].session), (10, Session::Am));
    let new = NewLeave {
        guardian: guardian(email),
        submission,
        whose: Drafter::Guardian(guardian(email)),
        seen: seen_all(&answers),
        channel: Channel::Web,
        form_version: 1,
        answers,
        span,
        children: children.iter().map(|child| (child.clone(), sessions.clone())).collect(),
        in_advance: true,
        signed_name: "A parent".to_owned(),
        signed_at: house.portal.now(),
        received_at: house.portal.now(),
        at: house.portal.now(),
        entered_by: None,
        ask: ask.to_vec(),
        ask_mail: ("Something waits".to_owned(), "Please sign in.".to_owned()),
    };
    let no_mail = |_: &Reference| NewMail { to: None, kind: "leave", subject: String::new(), body: String::new() };
    match house.portal.school.send_leave(new, no_mail).await.unwrap() {
        FormSent::Received(reference) => reference,
        other => panic!("{email}: {other:?}"),
    }
}
