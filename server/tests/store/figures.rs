//! Figures: counted by the database as the rules count, for those on roll; who hears what about a mark.

use app::rules::{
    calendar::{Session, SessionDay},
    code::Code,
    conversation::{MarkOf, Reach, Side, Standing, Topic},
    id::MessageId,
    mark::Mark,
    percentage::Tally,
};
use server::store::{About, NewMessage, Said, Voice};

use super::{
    house::{TestStore, at, day, monday},
    people::{Ada, Adult, Barry, Ben, Chidi, Ngozi, Nils, Una, Viola, Zara, olive},
};

#[tokio::test]
async fn the_database_counts_every_code_as_the_rules_do() {
    let house = TestStore::with_families().await;
    let first = day("2026-09-07");
    let days = first.iter_days().take(Code::ALL.len());
    let marks: Vec<Mark> = days
        .zip(Code::ALL)
        .map(|(date, code)| Mark { date, session: Session::Am, code: *code, minutes_late: None })
        .collect();
    let last = marks.last().unwrap().date;
    let seed = marks.iter().map(|mark| (Ada.id(), *mark)).chain([(Ben.id(), Mark { code: Code::L, ..marks[0] })]);
    house.school().seed_marks(seed.collect(), at("06:00:00")).await.unwrap();
    let all = house.school().tallies(first..=last, "").await.unwrap();
    let expected: Tally = Code::ALL.iter().copied().collect();
    assert_eq!(all.get(&Ada.id()), Some(&expected));
    assert_eq!(all.get(&Ben.id()).map(|tally| (tally.attended, tally.late)), Some((1, 1)));
    assert_eq!(all.get(&Zara.id()), None, "no mark, no line");
    // Code by code, so that two errors cannot make a right sum.
    for mark in &marks {
        let one = house.school().tallies(mark.date..=mark.date, "oak").await.unwrap();
        assert_eq!(one.get(&Ada.id()).copied(), Some(std::iter::once(mark.code).collect()), "{}", mark.code);
        assert_eq!(one.get(&Ben.id()), None, "another class");
    }
}

#[tokio::test]
async fn the_roll_of_a_day_has_who_was_there_in_the_order_of_class_and_upn() {
    let house = TestStore::with_families().await;
    house.by_hand("UPDATE pupil SET admitted = '2026-11-01'").await;
    house.by_hand(&format!("UPDATE pupil SET left_on = '2026-11-20', upn = '' WHERE pupil_id = '{}'", Zara.id())).await;
    let mark = |date: &str, code| Mark { date: day(date), session: Session::Am, code, minutes_late: None };
    let marks = [mark("2026-09-07", Code::Z), mark("2026-10-05", Code::X), mark("2026-11-02", Code::I)];
    house.school().seed_marks(marks.map(|mark| (Ada.id(), mark)).into(), at("06:00:00")).await.unwrap();
    let roll = async |date: &str, class: &str| {
        let roll = house.school().roll_on(day(date), class).await.unwrap();
        roll.into_iter().map(|child| child.pupil_id).collect::<Vec<_>>()
    };
    assert_eq!(roll("2026-11-20", "").await, [Zara.id(), Ada.id(), Ben.id()], "3 Oak before R Acorn, no UPN first");
    assert_eq!(roll("2026-11-21", "").await, [Ada.id(), Ben.id()]);
    assert_eq!(roll("2026-11-20", "oak").await, [Zara.id(), Ada.id()]);
    assert!(roll("2026-10-31", "").await.is_empty());
    let ada = house.school().roll_child(&Ada.id()).await.unwrap().unwrap();
    assert_eq!((ada.listed.as_str(), ada.class.as_str(), ada.year), ("Okafor, Ada", "3 Oak", 3));
    assert_eq!(ada.known.first_mark, Some(day("2026-10-05")), "Z is no mark of hers");
    // Before admission nothing counts.
    let tallies = house.school().tallies(day("2026-09-01")..=monday(), "").await.unwrap();
    assert_eq!(tallies.get(&Ada.id()).map(|tally| (tally.possible(), tally.authorised)), Some((1, 1)));
    let week = house.school().class_marks("oak", day("2026-11-02")..=day("2026-11-06")).await.unwrap();
    assert_eq!(week, [(Ada.id(), SessionDay { date: day("2026-11-02"), session: Session::Am }, Code::I)]);
    assert!(house.school().class_marks("acorn", day("2026-11-02")..=day("2026-11-06")).await.unwrap().is_empty());
}

fn of_ada() -> MarkOf {
    MarkOf { pupil: Ada.id(), date: day("2026-11-20"), session: Session::Am }
}

fn about(adult: Adult) -> About {
    About { topic: Topic::Mark, id: of_ada().id(), guardian: adult.id() }
}

fn message(adult: Adult, from: Voice, text: &str) -> NewMessage {
    let message = MessageId::from_bytes(rand::random());
    NewMessage { message, about: about(adult), from, text: text.to_owned(), at: at("10:00:00") }
}

fn office(asks: bool) -> Voice {
    Voice::Staff { staff: olive(), asks, mail: ("Waiting".into(), "A message is waiting.".into()) }
}

#[tokio::test]
async fn a_question_about_a_mark_is_between_one_guardian_and_the_office() {
    let house = TestStore::with_staff().await;
    let school = house.school();
    let asked = message(Ngozi, Voice::Guardian, "She was there");
    assert_eq!(school.say(asked.clone()).await.unwrap(), Said::Kept);
    assert_eq!(school.say(asked).await.unwrap(), Said::Again);
    assert_eq!(house.count("mark_question").await, 1);
    let days = day("2026-11-01")..=day("2026-11-30");
    let talks = school.mark_talks(&Ada.id(), days.clone()).await.unwrap();
    assert_eq!((talks.len(), talks[0].from.as_str(), talks[0].waits), (1, "Ngozi Okafor", true));
    let waits = school.marks_wait_for_office().await.unwrap();
    assert_eq!(
        waits.iter().map(|one| (one.mark.clone(), one.child.as_str())).collect::<Vec<_>>(),
        [(of_ada(), "Okafor, Ada")]
    );
    // Nothing of it among the reports' messages, and nothing for her to read yet.
    assert!(school.waits_for_office().await.unwrap().is_empty());
    assert!(school.marks_wait_for_guardian(&Ngozi.id()).await.unwrap().is_empty());
    school.messages_read(&about(Ngozi), Side::Staff, at("10:05:00")).await.unwrap();
    assert_eq!(school.marks_wait_for_office().await.unwrap().len(), 1, "to be read is not to be answered");
    assert_eq!(school.say(message(Ngozi, office(false), "Put right")).await.unwrap(), Said::Kept);
    assert!(school.marks_wait_for_office().await.unwrap().is_empty());
    assert_eq!(house.texts("SELECT body FROM mail WHERE kind = 'message'").await, ["A message is waiting."]);
    let hers = school.marks_wait_for_guardian(&Ngozi.id()).await.unwrap();
    assert_eq!((hers.len(), hers[0].child.as_str(), hers[0].asks), (1, "Ada", false));
    assert_eq!(school.own_mark_talks(&Ngozi.id(), &Ada.id(), days.clone()).await.unwrap(), [(day("2026-11-20"), true)]);
    // The father sees that mark and none of those words.
    assert!(school.own_mark_talks(&Chidi.id(), &Ada.id(), days).await.unwrap().is_empty());
    assert!(school.marks_wait_for_guardian(&Chidi.id()).await.unwrap().is_empty());
    let his = school.own_mark_talk(&Chidi.id(), &of_ada()).await.unwrap().unwrap();
    assert!(his.messages.is_empty() && his.may_write);
    let talk = school.own_mark_talk(&Ngozi.id(), &of_ada()).await.unwrap().unwrap();
    assert_eq!((talk.messages.len(), talk.standing()), (2, Some(Standing::Told)));
    school.messages_read(&about(Ngozi), Side::Guardian, at("11:00:00")).await.unwrap();
    assert!(school.marks_wait_for_guardian(&Ngozi.id()).await.unwrap().is_empty());
    // A question that asks stays until it is answered.
    school.say(message(Ngozi, office(true), "Who brought her?")).await.unwrap();
    school.messages_read(&about(Ngozi), Side::Guardian, at("11:05:00")).await.unwrap();
    assert!(school.marks_wait_for_guardian(&Ngozi.id()).await.unwrap()[0].asks);
    school.say(message(Ngozi, Voice::Guardian, "I did")).await.unwrap();
    assert!(school.marks_wait_for_guardian(&Ngozi.id()).await.unwrap().is_empty());
    assert!(house.journal_is_whole().await);
    let actions = house.texts("SELECT action FROM journal WHERE subject_kind = 'mark' ORDER BY seq").await;
    assert_eq!(actions, ["question_mark", "ask", "ask", "question_mark"]);
}

#[tokio::test]
async fn who_may_not_write_about_a_child_writes_about_no_mark_and_who_is_barred_reads_none() {
    let house = TestStore::with_staff().await;
    let school = house.school();
    for adult in [Barry, Viola, Una, Nils] {
        assert_eq!(school.say(message(adult, Voice::Guardian, "Mine")).await.unwrap(), Said::NotAllowed, "{adult:?}");
        let talk = school.own_mark_talk(&adult.id(), &of_ada()).await.unwrap();
        assert_eq!(talk.map(|talk| talk.may_write), (adult == Viola).then_some(false), "{adult:?}");
    }
    assert_eq!(house.count("mark_question").await + house.count("message").await, 0);
    school.say(message(Ngozi, Voice::Guardian, "She was there")).await.unwrap();
    school.say(message(Ngozi, office(true), "When?")).await.unwrap();
    house.bars(Ngozi, Ada).await;
    assert_eq!(school.own_mark_talk(&Ngozi.id(), &of_ada()).await.unwrap(), None);
    assert!(school.marks_wait_for_guardian(&Ngozi.id()).await.unwrap().is_empty());
    assert_eq!(school.reach(&about(Ngozi)).await.unwrap(), Reach::NoAccess);
    assert_eq!(school.say(message(Ngozi, office(false), "Well?")).await.unwrap(), Said::NotAllowed);
}
