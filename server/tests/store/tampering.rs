//! What somebody with the database in their hands cannot do unseen.

use server::store::{
    Store,
    journal::{Anchor, Keys, Verdict},
};

use super::{
    house::{TestStore, at, keys},
    people::{Ada, Ben, Chidi, Ngozi, sick},
};

/// A journal of six lines: founded, roster, four reports.
async fn six_lines() -> TestStore {
    let house = TestStore::with_families().await;
    for (adult, child) in [(Ngozi, Ada), (Ngozi, Ben), (Chidi, Ada), (Chidi, Ben)] {
        house.receives(sick(adult, &[child])).await;
    }
    assert_eq!(verdict(&house, &[]).await, Verdict::Whole(6));
    house
}

async fn verdict(house: &TestStore, anchors: &[Anchor]) -> Verdict {
    house.school().verify_journal(anchors).await.unwrap()
}

#[tokio::test]
async fn an_altered_line_is_found_whichever_of_its_words_was_altered() {
    let alterations = [
        "at = '2026-11-23T08:05:00+00:00'",
        "actor_kind = 'staff'",
        "actor_id = 'x'",
        "action = 'x'",
        "subject_kind = 'x'",
        "subject_id = 'x'",
        "fields = '{}'",
        "mac = 'x'",
    ];
    for alteration in alterations {
        let house = six_lines().await;
        assert_eq!(house.by_hand(&format!("UPDATE journal SET {alteration} WHERE seq = 4")).await, 1);
        assert_eq!(verdict(&house, &[]).await, Verdict::BrokenAt(4), "{alteration}");
    }
}

#[tokio::test]
async fn a_line_taken_out_is_missed() {
    for (line, expected) in [(1, 1), (4, 4), (5, 5)] {
        let house = six_lines().await;
        house.by_hand(&format!("DELETE FROM journal WHERE seq = {line}")).await;
        assert_eq!(verdict(&house, &[]).await, Verdict::BrokenAt(expected));
    }
}

#[tokio::test]
async fn a_line_taken_out_is_missed_even_when_the_others_close_up() {
    let house = six_lines().await;
    house.by_hand("DELETE FROM journal WHERE seq = 4").await;
    house.by_hand("UPDATE journal SET seq = 4 WHERE seq = 5").await;
    house.by_hand("UPDATE journal SET seq = 5 WHERE seq = 6").await;
    house.by_hand("UPDATE journal_head SET seq = 5").await;
    assert_eq!(verdict(&house, &[]).await, Verdict::BrokenAt(4));
}

#[tokio::test]
async fn two_lines_in_each_others_place_are_found() {
    let house = six_lines().await;
    for (from, to) in [(4, 99), (5, 4), (99, 5)] {
        house.by_hand(&format!("UPDATE journal SET seq = {to} WHERE seq = {from}")).await;
    }
    assert_eq!(verdict(&house, &[]).await, Verdict::BrokenAt(4));
}

const COPIED: &str = "school_id, at, actor_kind, actor_id, action, subject_kind, subject_id, fields, salt, mac";

#[tokio::test]
async fn a_line_put_in_at_the_end_is_found() {
    for head in ["", "UPDATE journal_head SET seq = 7"] {
        let house = six_lines().await;
        house
            .by_hand(&format!("INSERT INTO journal (seq, {COPIED}) SELECT 7, {COPIED} FROM journal WHERE seq = 6"))
            .await;
        if !head.is_empty() {
            house.by_hand(head).await;
        }
        assert_eq!(verdict(&house, &[]).await, Verdict::BrokenAt(7), "{head}");
    }
}

#[tokio::test]
async fn a_line_put_in_the_middle_is_found() {
    let house = six_lines().await;
    for seq in (4..=6).rev() {
        house.by_hand(&format!("UPDATE journal SET seq = {} WHERE seq = {seq}", seq + 1)).await;
    }
    house.by_hand(&format!("INSERT INTO journal (seq, {COPIED}) SELECT 4, {COPIED} FROM journal WHERE seq = 3")).await;
    house.by_hand("UPDATE journal_head SET seq = 7").await;
    assert_eq!(verdict(&house, &[]).await, Verdict::BrokenAt(4));
}

#[tokio::test]
async fn a_tail_cut_off_shows_against_the_head() {
    let house = six_lines().await;
    house.by_hand("DELETE FROM journal WHERE seq > 4").await;
    assert_eq!(verdict(&house, &[]).await, Verdict::CutAfter(4));
}

const HEAD_TO_FOUR: &str = "UPDATE journal_head SET seq = 4, mac = (SELECT mac FROM journal WHERE seq = 4)";

#[tokio::test]
async fn a_tail_cut_off_with_its_head_shows_against_an_anchor() {
    let house = six_lines().await;
    let anchor = house.school().journal_head().await.unwrap();
    house.by_hand("DELETE FROM journal WHERE seq > 4").await;
    house.by_hand(HEAD_TO_FOUR).await;
    assert_eq!(verdict(&house, &[]).await, Verdict::Whole(4), "nothing inside the database tells");
    assert_eq!(verdict(&house, &[anchor]).await, Verdict::CutAfter(4));
}

#[tokio::test]
async fn a_tail_cut_off_and_grown_again_shows_against_an_anchor() {
    let house = six_lines().await;
    let anchor = house.school().journal_head().await.unwrap();
    house.by_hand("DELETE FROM journal WHERE seq > 4").await;
    house.by_hand(HEAD_TO_FOUR).await;
    for child in [Ada, Ben, Ada] {
        house.receives(sick(Ngozi, &[child])).await;
    }
    assert_eq!(verdict(&house, &[]).await, Verdict::Whole(7));
    assert_eq!(verdict(&house, &[anchor]).await, Verdict::BrokenAt(6));
}

#[tokio::test]
async fn a_head_set_back_over_lines_that_are_still_there_is_found() {
    let house = six_lines().await;
    house.by_hand(HEAD_TO_FOUR).await;
    assert_eq!(verdict(&house, &[]).await, Verdict::BrokenAt(5));
}

#[tokio::test]
async fn a_head_with_another_code_is_found() {
    let house = six_lines().await;
    house.by_hand("UPDATE journal_head SET mac = 'x'").await;
    assert_eq!(verdict(&house, &[]).await, Verdict::BrokenAt(6));
}

#[tokio::test]
async fn an_emptied_journal_is_found() {
    let house = six_lines().await;
    let anchor = house.school().journal_head().await.unwrap();
    house.by_hand("DELETE FROM journal").await;
    assert_eq!(verdict(&house, &[]).await, Verdict::CutAfter(0));
    house.by_hand("UPDATE journal_head SET seq = 0, mac = ''").await;
    assert_eq!(verdict(&house, &[anchor]).await, Verdict::CutAfter(0));
}

#[tokio::test]
async fn a_chain_written_with_another_key_does_not_hold() {
    let house = six_lines().await;
    let stranger = Store::open(&house.url, Keys { journal: [1; 32], ..keys() }).await.unwrap();
    assert_eq!(stranger.school("hillside").verify_journal(&[]).await.unwrap(), Verdict::BrokenAt(1));
    stranger.close().await;
}

#[tokio::test]
async fn anchors_along_the_way_hold_and_those_of_other_schools_are_passed_over() {
    let house = TestStore::with_families().await;
    let mut anchors = vec![Anchor { school: "another".into(), seq: 1, mac: "x".into() }];
    for child in [Ada, Ben] {
        house.receives(sick(Ngozi, &[child])).await;
        anchors.push(house.school().journal_head().await.unwrap());
    }
    anchors.reverse();
    anchors.push(anchors[0].clone());
    assert_eq!(verdict(&house, &anchors).await, Verdict::Whole(4));
}

#[tokio::test]
async fn an_anchor_reads_back_from_its_line() {
    let house = six_lines().await;
    let anchor = house.school().journal_head().await.unwrap();
    assert_eq!(Anchor::parse(&anchor.line(at("08:30:00"))), Some(anchor));
    for nonsense in ["", "\n", "2026-11-23T08:30:00+00:00 hillside", "x hillside six mac"] {
        assert_eq!(Anchor::parse(nonsense), None, "{nonsense}");
    }
}
