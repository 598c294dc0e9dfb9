//! A published policy that stands ready, and declarations about it.

use app::rules::{
    declaration::{Answer, PolicyText},
    id::{PupilId, SubmissionId},
    reference::Reference,
};
use server::{
    demo,
    store::{DeclarationCame, DeclarationTaken, NewDeclaration, NewPolicyVersion, Published},
};

use super::{house::Node, people::guardian};

/// The demo's policy, published as version 1.
pub(super) async fn published(house: &Node) {
    let portal = &house.portal;
    demo::load_policy(&portal.school, &portal.policy.statement, portal.now()).await.unwrap();
    assert_eq!(portal.school.policy_number().await.unwrap(), 1);
}

/// Another version, with this text; its number.
pub(super) async fn published_anew(house: &Node, text: &str) -> i64 {
    let school = &house.portal.school;
    let new = NewPolicyVersion {
        after: school.policy_number().await.unwrap(),
        saved: None,
        text: PolicyText {
            title: "Attendance policy".into(),
            text: text.into(),
            summary: "In short.".into(),
            changes: "Something.".into(),
            adopted: "2026-11-20".parse().unwrap(),
            renewal: "2027-11-01".parse().unwrap(),
        },
        statement: house.portal.policy.statement.clone(),
        file: None,
        by: None,
        at: house.portal.now(),
    };
    match school.publish_policy(new).await.unwrap() {
        Published::Done(version) => version,
        other @ Published::Changed => panic!("{other:?}"),
    }
}

/// This guardian's answer for these children; for those who have signed, the signature.
pub(super) async fn answered(house: &Node, email: &str, children: &[PupilId], answer: Answer) -> Reference {
    let (school, now) = (&house.portal.school, house.portal.now());
    let new = NewDeclaration {
        guardian: guardian(email),
        submission: SubmissionId::from_bytes(rand::random()),
        digest: "of the test".into(),
        version: school.policy_number().await.unwrap(),
        answer,
        children: children.to_vec(),
        signed_name: "A parent".into(),
        explanation: None,
        words: None,
        came: DeclarationCame::Web {
            proved_at: now,
            ip: "192.0.2.7".into(),
            user_agent: "a browser".into(),
            mail: None,
        },
        at: now,
    };
    match school.declare(new).await.unwrap() {
        DeclarationTaken::Received(reference) | DeclarationTaken::Signed(reference) => reference,
        other => panic!("{email}: {other:?}"),
    }
}

/// A signature.
pub(super) async fn declared(house: &Node, email: &str, children: &[PupilId]) -> Reference {
    answered(house, email, children, Answer::Signed).await
}
