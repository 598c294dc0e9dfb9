//! Letters and photos: kept once, five at most, seen by who sent them, taken away until the day is coded.

use app::rules::{
    evidence::{Kind, MOST_BYTES, MOST_BYTES_OF_ONE},
    id::EvidenceId,
    reference::Reference,
};
use server::store::{
    Added, CodingOutcome, EVIDENCE_PIECE, EvidenceOf, NewEvidence, Removed, School, StoreError, journal::Verdict,
};

use super::{
    house::{TestStore, at, monday},
    people::{Ada, Adult, Barry, Ben, Chidi, Farah, Ngozi, Saying, Viola, Zara, office, sick},
};

/// A letter of so many bytes; the same number is the same letter.
fn letter(adult: Adult, reference: &Reference, number: u8, length: usize) -> NewEvidence {
    NewEvidence {
        guardian: adult.id(),
        reference: reference.clone(),
        name: format!("canary {number}.pdf"),
        kind: Kind::Pdf,
        bytes: (0..length).map(|at| u8::try_from(at % 251).unwrap() ^ number).collect(),
        sha256: format!("{number:064x}"),
        at: at("08:10:00"),
    }
}

async fn add(house: &TestStore, adult: Adult, reference: &Reference, number: u8) -> Added {
    house.school().add_evidence(letter(adult, reference, number, 100)).await.unwrap()
}

async fn kept(house: &TestStore, adult: Adult, reference: &Reference, number: u8) -> EvidenceId {
    match add(house, adult, reference, number).await {
        Added::Kept(evidence) => evidence,
        other => panic!("not kept: {other:?}"),
    }
}

async fn seen(house: &TestStore, adult: Adult, reference: &Reference) -> Option<EvidenceOf> {
    house.school().evidence_of(&adult.id(), reference).await.unwrap()
}

/// The names of what this adult sees with a submission.
async fn names(house: &TestStore, adult: Adult, reference: &Reference) -> Vec<String> {
    seen(house, adult, reference).await.unwrap().files.into_iter().map(|file| file.name).collect()
}

async fn read(school: &School, evidence: &EvidenceId) -> Vec<Vec<u8>> {
    let mut pieces = Vec::new();
    while let Some(piece) = school.evidence_piece(evidence, i64::try_from(pieces.len()).unwrap()).await.unwrap() {
        pieces.push(piece);
    }
    pieces
}

#[tokio::test]
async fn a_file_reads_back_as_it_was_piece_by_piece() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    let new = letter(Ngozi, &reference, 1, 2 * EVIDENCE_PIECE + 17);
    let bytes = new.bytes.clone();
    let Added::Kept(evidence) = house.school().add_evidence(new).await.unwrap() else { panic!("not kept") };
    let pieces = read(&house.school(), &evidence).await;
    assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [EVIDENCE_PIECE, EVIDENCE_PIECE, 17]);
    assert_eq!(pieces.concat(), bytes);
    let all = seen(&house, Ngozi, &reference).await.unwrap();
    assert!(all.may_add && all.may_remove);
    let file = &all.files[0];
    assert_eq!((file.name.as_str(), file.kind, file.added_at), ("canary 1.pdf", Kind::Pdf, at("08:10:00")));
    assert_eq!(usize::try_from(file.size), Ok(bytes.len()));
    assert_eq!(house.receipt(Ngozi, &reference).await.unwrap().evidence, 1);
    assert!(house.school().standing().await.unwrap().halves.is_empty());
    house.by_hand("DELETE FROM evidence_piece WHERE seq = 1").await;
    assert_eq!(house.school().standing().await.unwrap().halves, [("files without all of their bytes", 1)]);
}

#[tokio::test]
async fn the_same_bytes_twice_are_there_once() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    let first = kept(&house, Ngozi, &reference, 1).await;
    assert_eq!(add(&house, Ngozi, &reference, 1).await, Added::Again(first.clone()));
    assert_eq!(house.count("evidence").await, 1);
    // With another report they are another file.
    let other = house.receives(sick(Ngozi, &[Ben])).await;
    assert_ne!(kept(&house, Ngozi, &other, 1).await, first);
    // Even behind the store's back.
    let twice = "INSERT INTO evidence (school_id, evidence_id, guardian_id, submission_id, name, kind, size, sha256, added_at) \
                 SELECT school_id, 'another', guardian_id, submission_id, name, kind, size, sha256, added_at FROM evidence WHERE removed_at IS NULL ON CONFLICT DO NOTHING";
    assert_eq!(house.by_hand(twice).await, 0);
}

#[tokio::test]
async fn of_nine_files_from_two_nodes_at_once_five_are_kept() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    let nodes = [house.school(), house.another_node().await.school("hillside")];
    let sent = (0..9_u8).map(|number| {
        let school = nodes[usize::from(number) % 2].clone();
        let new = letter(Ngozi, &reference, number, 100);
        tokio::spawn(async move { school.add_evidence(new).await })
    });
    let (mut five, mut added) = (0, 0);
    for answer in sent.collect::<Vec<_>>() {
        match answer.await.unwrap().unwrap() {
            Added::Kept(_) => added += 1,
            Added::Five => five += 1,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!((added, five), (5, 4));
    assert_eq!(house.count("evidence").await, 5);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn nobody_but_the_sender_sees_or_adds_anything() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    let evidence = kept(&house, Ngozi, &reference, 1).await;
    // The father sees that there is a report, and nothing of this.
    assert_eq!(house.sees_reported(Chidi).await.len(), 1);
    for adult in [Chidi, Viola, Barry, Farah] {
        assert_eq!(seen(&house, adult, &reference).await, None, "{adult:?}");
        assert_eq!(house.school().evidence_file(&adult.id(), &reference, &evidence).await.unwrap(), None);
        assert_eq!(add(&house, adult, &reference, 2).await, Added::Nothing, "{adult:?}");
        let removed = house.school().remove_evidence(&adult.id(), &reference, &evidence, at("08:20:00")).await;
        assert_eq!(removed.unwrap(), Removed::Nothing, "{adult:?}");
    }
    assert_eq!(names(&house, Ngozi, &reference).await, ["canary 1.pdf"]);
    // His own report of the same child has nothing of hers.
    let his = house.receives(sick(Chidi, &[Ada])).await;
    assert!(names(&house, Chidi, &his).await.is_empty());
    assert_eq!(house.school().evidence_file(&Chidi.id(), &his, &evidence).await.unwrap(), None);
    assert_eq!(house.receipt(Chidi, &his).await.unwrap().evidence, 0);
}

#[tokio::test]
async fn a_bar_takes_away_what_one_sent_oneself() {
    let house = TestStore::with_staff().await;
    let reference = house.receives(sick(Chidi, &[Ada])).await;
    let evidence = kept(&house, Chidi, &reference, 1).await;
    house.bars(Chidi, Ada).await;
    assert_eq!(seen(&house, Chidi, &reference).await, None);
    assert_eq!(add(&house, Chidi, &reference, 2).await, Added::Nothing);
    let removed = house.school().remove_evidence(&Chidi.id(), &reference, &evidence, at("08:20:00")).await.unwrap();
    assert_eq!(removed, Removed::Nothing);
    // The school still has it.
    assert_eq!(house.school().evidence_seen(&reference).await.unwrap().unwrap().files.len(), 1);
    house.school().set_bar(&Chidi.id(), &Ada.id(), false, office(), at("08:30:00")).await.unwrap();
    assert_eq!(names(&house, Chidi, &reference).await.len(), 1);
    // Who may only look has what was sent, and adds nothing.
    house.by_hand(&format!("UPDATE guardian_pupil SET access = 'view' WHERE guardian_id = '{}'", Chidi.id())).await;
    let all = seen(&house, Chidi, &reference).await.unwrap();
    assert!(!all.may_add && !all.may_remove && all.files.len() == 1);
    assert_eq!(add(&house, Chidi, &reference, 2).await, Added::Nothing);
    let removed = house.school().remove_evidence(&Chidi.id(), &reference, &evidence, at("08:40:00")).await.unwrap();
    assert_eq!((removed, names(&house, Chidi, &reference).await.len()), (Removed::Nothing, 1));
}

#[tokio::test]
async fn a_file_can_be_taken_away_until_the_day_is_coded() {
    let house = TestStore::with_staff().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    let (first, second) = (kept(&house, Ngozi, &reference, 1).await, kept(&house, Ngozi, &reference, 2).await);
    let remove = async |evidence: &EvidenceId| {
        house.school().remove_evidence(&Ngozi.id(), &reference, evidence, at("08:20:00")).await.unwrap()
    };
    assert_eq!(remove(&first).await, Removed::Gone);
    assert_eq!(remove(&first).await, Removed::Gone, "a second tap");
    assert_eq!(names(&house, Ngozi, &reference).await, ["canary 2.pdf"]);
    assert!(read(&house.school(), &first).await.is_empty());
    assert_eq!(house.texts("SELECT name FROM evidence WHERE removed_at IS NOT NULL").await, [""]);
    // It may come again.
    kept(&house, Ngozi, &reference, 1).await;
    assert_eq!(house.office_codes(Ada, "I", "").await, CodingOutcome::Kept);
    assert_eq!(remove(&second).await, Removed::Coded);
    assert_eq!(names(&house, Ngozi, &reference).await.len(), 2);
    // The school may ask for something afterwards.
    let all = seen(&house, Ngozi, &reference).await.unwrap();
    assert!(all.may_add && !all.may_remove);
    kept(&house, Ngozi, &reference, 3).await;
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn what_was_added_follows_a_change_and_ends_with_a_withdrawal() {
    let house = TestStore::with_staff().await;
    let first = house.receives(sick(Ngozi, &[Ada])).await;
    kept(&house, Ngozi, &first, 1).await;
    let second = house.receives(sick(Ngozi, &[Ada]).noting("worse").instead_of(&first)).await;
    assert!(names(&house, Ngozi, &first).await.is_empty());
    assert_eq!(add(&house, Ngozi, &first, 2).await, Added::Nothing);
    assert_eq!(names(&house, Ngozi, &second).await, ["canary 1.pdf"]);
    assert_eq!(house.school().evidence_seen(&first).await.unwrap(), None);
    assert_eq!(house.number("SELECT COUNT(*) FROM journal WHERE action = 'move_evidence'").await, 1);
    assert!(house.school().withdraw(&Ngozi.id(), &second, at("08:30:00")).await.unwrap());
    assert_eq!(house.school().evidence_seen(&second).await.unwrap(), None);
    assert_eq!(add(&house, Ngozi, &second, 2).await, Added::Nothing);
    let all = seen(&house, Ngozi, &second).await.unwrap();
    assert!(!all.may_add && all.may_remove && all.files.len() == 1, "{all:?}");
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn one_account_does_not_fill_the_disk() {
    let house = TestStore::with_families().await;
    let (first, second) = (house.receives(sick(Ngozi, &[Ada])).await, house.receives(sick(Ngozi, &[Ben])).await);
    kept(&house, Ngozi, &first, 1).await;
    let almost = MOST_BYTES_OF_ONE - 99;
    house.by_hand(&format!("UPDATE evidence SET size = {almost}")).await;
    assert_eq!(add(&house, Ngozi, &second, 2).await, Added::NoRoom);
    house.by_hand(&format!("UPDATE evidence SET size = {}", almost - 1)).await;
    kept(&house, Ngozi, &second, 2).await;
    assert_eq!(add(&house, Ngozi, &second, 3).await, Added::NoRoom);
    // Others are not touched by it, nor is somebody who takes something away.
    let others = house.receives(sick(Farah, &[Zara])).await;
    kept(&house, Farah, &others, 4).await;
    house.by_hand("UPDATE evidence SET removed_at = added_at WHERE size > 1000").await;
    kept(&house, Ngozi, &second, 3).await;
}

#[tokio::test]
async fn staff_see_what_stands_with_a_report() {
    let house = TestStore::with_families().await;
    let (both, none) = (house.receives(sick(Ngozi, &[Ada, Ben])).await, house.receives(sick(Farah, &[Zara])).await);
    let (first, second) = (kept(&house, Ngozi, &both, 1).await, kept(&house, Ngozi, &both, 2).await);
    let found = house.school().evidence_seen(&both).await.unwrap().unwrap();
    assert_eq!((found.from.as_str(), found.day), ("Ngozi Okafor", monday()));
    let children: Vec<(&str, &str)> = found.children.iter().map(|(name, class)| (&**name, &**class)).collect();
    assert_eq!(children, [("Ada Okafor", "3 Oak"), ("Ben Okafor", "R Acorn")]);
    assert_eq!(found.files.len(), 2);
    assert!(house.school().evidence_seen(&none).await.unwrap().unwrap().files.is_empty());
    assert!(house.school().evidence_file_seen(&both, &first).await.unwrap().is_some());
    assert_eq!(house.school().evidence_file_seen(&none, &first).await.unwrap(), None);
    house.school().remove_evidence(&Ngozi.id(), &both, &second, at("08:30:00")).await.unwrap();
    assert_eq!(house.school().evidence_seen(&both).await.unwrap().unwrap().files.len(), 1);
    assert_eq!(house.school().evidence_file_seen(&both, &second).await.unwrap(), None);
}

#[tokio::test]
async fn the_journal_says_that_a_file_came_and_went_and_not_what_it_is_called() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    let evidence = kept(&house, Ngozi, &reference, 1).await;
    house.school().remove_evidence(&Ngozi.id(), &reference, &evidence, at("08:20:00")).await.unwrap();
    let lines =
        house.texts("SELECT action || ' ' || fields FROM journal WHERE action LIKE '%evidence' ORDER BY seq").await;
    assert_eq!(lines.len(), 2);
    assert!(lines[0].starts_with("add_evidence") && lines[1].starts_with("remove_evidence"), "{lines:?}");
    for line in lines {
        assert!(line.contains("sha256") && line.contains("size") && !line.contains("canary"), "{line}");
    }
    assert_eq!(
        house.school().verify_journal(&[]).await,
        Ok::<_, StoreError>(Verdict::Whole(house.count("journal").await))
    );
}

#[tokio::test]
async fn the_largest_file_does_not_hold_a_report_up_for_long() {
    let house = TestStore::with_families().await;
    let reference = house.receives(sick(Ngozi, &[Ada])).await;
    let mut slowest = std::time::Duration::ZERO;
    for number in 0..5 {
        let school = house.school();
        let new = letter(Ngozi, &reference, number, MOST_BYTES);
        let file = tokio::spawn(async move { school.add_evidence(new).await });
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        let begun = std::time::Instant::now();
        house.receives(sick(Farah, &[Zara])).await;
        slowest = slowest.max(begun.elapsed());
        file.await.unwrap().unwrap();
    }
    eprintln!("a report waited {slowest:?} at most");
    assert!(slowest.as_secs() < 2, "{slowest:?}");
}
