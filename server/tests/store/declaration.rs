//! What families declare about the policy: of the version that counts, and by whoever is asked, both asked again in the
//! transaction that keeps it.

use app::rules::{
    declaration::{Answer, Facts, PolicyText},
    evidence::Kind,
    id::{PolicyFileId, SubmissionId},
};
use server::store::{
    DeclarationCame, DeclarationTaken, NewDeclaration, NewPolicyFile, NewPolicyVersion, Published, ReceiptMail, School,
};

use super::{
    house::{TestStore, at, day},
    people::{Ada, Adult, Barry, Ben, Chidi, Child, Ngozi, Nils, Una, Viola, Zara, olive},
};

/// Publishes the version that follows this one.
pub(super) async fn publishes(school: &School, after: i64) -> Published {
    let new = NewPolicyVersion {
        after,
        saved: None,
        text: PolicyText {
            title: "Attendance policy".into(),
            text: format!("# Every day\n\nThe words after version {after}."),
            summary: "In short.".into(),
            changes: "Something.".into(),
            adopted: day("2026-11-20"),
            renewal: day("2027-11-01"),
        },
        statement: "I have read it.".into(),
        file: None,
        by: Some(olive()),
        at: at("08:00:00"),
    };
    school.publish_policy(new).await.unwrap()
}

/// The mail that goes with an answer; it says nothing.
fn says_thanks(_: &str, _: &str, _: &str) -> (String, String) {
    ("Received".into(), "We have your answer.".into())
}

/// A signature in the portal, in a form of its own.
pub(super) fn signs(adult: Adult, children: &[Child], version: i64) -> NewDeclaration {
    let mail = ReceiptMail { words: says_thanks, school: "Hillside".into(), origin: "https://hillside.example".into() };
    NewDeclaration {
        guardian: adult.id(),
        submission: SubmissionId::from_bytes(rand::random()),
        digest: "of the test".into(),
        version,
        answer: Answer::Signed,
        children: children.iter().map(|child| child.id()).collect(),
        signed_name: "A parent".into(),
        explanation: None,
        words: None,
        came: DeclarationCame::Web {
            proved_at: at("08:03:00"),
            ip: "192.0.2.7".into(),
            user_agent: "a browser".into(),
            mail: Some(mail),
        },
        at: at("08:04:00"),
    }
}

/// The same on paper, with a scan.
fn on_paper(adult: Adult, children: &[Child], version: i64) -> NewDeclaration {
    let scan = NewPolicyFile {
        file: PolicyFileId::from_bytes(rand::random()),
        name: "paper.pdf".into(),
        kind: Kind::Pdf,
        bytes: b"a scan".to_vec(),
        sha256: "a digest".into(),
        by: olive(),
        at: at("08:04:00"),
    };
    let came = DeclarationCame::Paper { day: day("2026-11-20"), by: olive(), scan: Some(Box::new(scan)) };
    NewDeclaration { came, ..signs(adult, children, version) }
}

/// How many rows there are of everything that an answer leaves behind.
async fn traces(house: &TestStore) -> Vec<i64> {
    let mut traces = Vec::new();
    for table in ["declaration_form", "declaration", "policy_file", "policy_file_piece", "mail", "journal"] {
        traces.push(house.count(table).await);
    }
    traces
}

async fn answers(house: &TestStore, new: NewDeclaration) -> DeclarationTaken {
    house.school().declare(new).await.unwrap()
}

#[tokio::test]
async fn an_answer_to_a_version_that_counts_no_more_leaves_nothing_behind() {
    let house = TestStore::with_staff().await;
    let before = traces(&house).await;
    for version in [0, 1] {
        assert_eq!(answers(&house, signs(Ngozi, &[Ada], version)).await, DeclarationTaken::NewVersion, "{version}");
    }
    assert_eq!(traces(&house).await, before, "none was published yet");
    assert_eq!(publishes(&house.school(), 0).await, Published::Done(1));
    // Drawn for the first version, sent after the second was published.
    let drawn = [signs(Ngozi, &[Ada, Ben], 1), on_paper(Chidi, &[Ada], 1)];
    assert_eq!(publishes(&house.school(), 1).await, Published::Done(2));
    let before = traces(&house).await;
    for new in drawn.iter().cloned().chain([signs(Ngozi, &[Ada], 3)]) {
        assert_eq!(answers(&house, new).await, DeclarationTaken::NewVersion);
    }
    assert_eq!(traces(&house).await, before);
    // For the version that counts the same forms are taken.
    for new in drawn {
        let taken = answers(&house, NewDeclaration { version: 2, ..new }).await;
        let DeclarationTaken::Received(reference) = taken else { panic!("{taken:?}") };
        let kept = house.school().declaration(&reference).await.unwrap().unwrap();
        let facts: Facts = kept.facts().unwrap();
        assert_eq!((kept.version, facts.policy_version), (2, 2));
    }
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn on_paper_as_in_the_portal_nobody_signs_who_is_not_asked() {
    let house = TestStore::with_staff().await;
    publishes(&house.school(), 0).await;
    // One form was drawn while Chidi was asked about both.
    let drawn = [on_paper(Chidi, &[Ada], 1), signs(Chidi, &[Ada], 1)];
    house.bars(Chidi, Ada).await;
    let before = traces(&house).await;
    for adult in [Barry, Una, Nils] {
        assert_eq!(answers(&house, on_paper(adult, &[Ada], 1)).await, DeclarationTaken::NotAllowed, "{adult:?}");
        assert_eq!(answers(&house, signs(adult, &[Ada], 1)).await, DeclarationTaken::NotAllowed, "{adult:?}");
    }
    let others = [on_paper(Chidi, &[Ben, Ada], 1), on_paper(Ngozi, &[Zara], 1), on_paper(Ngozi, &[], 1)];
    for new in drawn.into_iter().chain(others) {
        let whose = format!("{:?}", new.children);
        assert_eq!(answers(&house, new).await, DeclarationTaken::NotAllowed, "{whose}");
    }
    assert_eq!(traces(&house).await, before, "nor is a scan kept, nor anything of a child whom they may see");
    // Whoever may look is asked, and so is Chidi about the child he still sees.
    for (adult, child) in [(Viola, Ada), (Chidi, Ben)] {
        let taken = answers(&house, on_paper(adult, &[child], 1)).await;
        assert!(matches!(taken, DeclarationTaken::Received(_)), "{taken:?}");
    }
    assert_eq!(house.count("declaration_form WHERE channel = 'paper' AND file_id IS NOT NULL").await, 2);
}

#[tokio::test]
async fn nobody_signs_for_a_child_who_has_left_since_the_page_was_drawn() {
    let house = TestStore::with_staff().await;
    publishes(&house.school(), 0).await;
    let drawn = [on_paper(Ngozi, &[Ada], 1), signs(Ngozi, &[Ada], 1)];
    let left = async |day: &str| {
        house.by_hand(&format!("UPDATE pupil SET left_on = '{day}' WHERE pupil_id = '{}'", Ada.id())).await;
    };
    left("2026-11-22").await;
    let before = traces(&house).await;
    for new in drawn.iter().cloned() {
        assert_eq!(answers(&house, new).await, DeclarationTaken::NotAllowed);
    }
    assert_eq!(traces(&house).await, before);
    left("2026-11-23").await;
    let [paper, _] = drawn;
    assert!(matches!(answers(&house, paper).await, DeclarationTaken::Received(_)), "the last day is a day like others");
}
