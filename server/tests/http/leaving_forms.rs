//! Notices that a child leaves, ready: begun, and sent.

use app::rules::{
    form::Answers,
    id::{PupilId, SubmissionId},
    leaving::key,
    reference::Reference,
};
use server::store::{FormSent, NewDraft, NewMail, NewNotice, NoticeOrMeeting, seen_all};

use super::{house::Node, people::guardian};

/// The last day of the tests' notices: a Friday.
pub(super) const LAST_DAY: &str = "2026-12-11";

/// Everything that the form asks, answered; `more` comes on top.
pub(super) fn answers(children: &[PupilId], more: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    let ids = children.iter().map(PupilId::as_str).collect::<Vec<_>>().join(" ");
    let all = [
        (key::CHILDREN, ids.as_str()),
        (key::LAST_DAY, LAST_DAY),
        (key::REASON, "moving-uk"),
        (key::WHEREABOUTS, "told"),
        (key::ADDRESS, "1 Canary Street\nLeeds"),
        (key::ADDRESS_FROM, "2026-12-14"),
        ("lives-with", "Ngozi Okafor"),
        (key::SCHOOL, "known"),
        (key::SCHOOL_NAME, "Canary Primary School"),
        (key::SCHOOL_ADDRESS, "Leeds"),
        (key::SCHOOL_FROM, "2026-12-14"),
        ("confirmed", "no"),
        ("phone", "07700 900123"),
        ("email", "afterwards@example.org"),
    ];
    for (key, answer) in all.into_iter().chain(more.iter().copied()) {
        answers.set(key, answer);
    }
    answers
}

/// A notice that this guardian has begun, with nothing in it.
pub(super) async fn began_notice(house: &Node, email: &str) -> SubmissionId {
    began_with(house, email, Answers::default()).await
}

/// A notice that this guardian has begun.
pub(super) async fn began_with(house: &Node, email: &str, answers: Answers) -> SubmissionId {
    let (draft, school, guardian) = (SubmissionId::from_bytes(rand::random()), &house.portal.school, guardian(email));
    // As many as come in a test.
    for old in school.drafts_of(&guardian, "leaving", house.portal.now()).await.unwrap().iter().skip(5) {
        let whose = server::store::Drafter::Guardian(guardian.clone());
        assert!(school.throw_draft_away(&whose, &old.draft, house.portal.now()).await.unwrap());
    }
    let new = NewDraft {
        draft: draft.clone(),
        form: "leaving",
        guardian,
        staff: None,
        instead_of: None,
        answers,
        at: house.portal.now(),
    };
    assert!(school.begin_draft(new).await.unwrap());
    draft
}

/// A notice that the store has taken.
pub(super) async fn gave_notice(house: &Node, email: &str, children: &[PupilId]) -> Reference {
    gave_notice_with(house, email, children, &[]).await
}

/// A notice that the store has taken, with these answers on top.
pub(super) async fn gave_notice_with(
    house: &Node,
    email: &str,
    children: &[PupilId],
    more: &[(&str, &str)],
) -> Reference {
    let answers = answers(children, more);
    let submission = began_with(house, email, answers.clone()).await;
    let new = NewNotice {
        guardian: guardian(email),
        submission,
        seen: seen_all(&answers),
        shown: answers.clone(),
        answers,
        form_version: 1,
        children: children.to_vec(),
        what: NoticeOrMeeting::Notice(LAST_DAY.parse().unwrap(), "A parent".to_owned()),
        at: house.portal.now(),
    };
    let no_mail = |_: &Reference| NewMail { to: None, kind: "leaving", subject: String::new(), body: String::new() };
    match house.portal.school.send_notice(new, no_mail).await.unwrap() {
        FormSent::Received(reference) => reference,
        other => panic!("{email}: {other:?}"),
    }
}

/// The first child's part of the notice in a path of the staff's.
pub(super) async fn notice_of(house: &Node, path: &str) -> String {
    let reference = path.split('/').nth(3).and_then(Reference::parse).expect("a reference");
    let found = house.portal.school.notice(&reference).await.unwrap().expect("it is there");
    found.children[0].notice.to_string()
}
