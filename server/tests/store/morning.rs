//! Registers of the morning, what they come to beside reports and marks, and calls.

use std::collections::BTreeMap;

use app::rules::{
    absence::{Kind, Part},
    calendar::{Session, SessionDay},
    calls::Outcome,
    code::Code,
    deadline::DayTimes,
    id::{CallId, PupilId},
    mark::Mark,
    reconcile::{Known, Next, Verdict, Waited, Why, to_ring},
    register::{Taken, Tick},
};
use server::store::{
    CallNote, Channel, CodingOutcome, Facts, NewCall, NewRegister, NewSubmission, Noted, Saved, Store, journal::Actor,
};

use super::{
    house::{TestStore, at, day, monday, on},
    people::{Ada, Adult, Ben, Chidi, Child, Ngozi, Saying, Zara, olive, sick, staff_id},
};

const AM: SessionDay = SessionDay { date: monday_date(), session: Session::Am };

const fn monday_date() -> chrono::NaiveDate {
    chrono::NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date")
}

fn times() -> DayTimes {
    let time = |text: &str| text.parse().unwrap();
    DayTimes {
        gates_open: time("08:35:00"),
        day_starts: time("08:40:00"),
        register_taken: time("08:45:00"),
        late_after: time("08:50:00"),
        register_closes: time("09:15:00"),
        report_by: time("09:15:00"),
        day_ends: time("15:15:00"),
        pm_register: None,
        pm_closes: None,
    }
}

/// 3 Oak, with Ada and Zara in it.
fn oak(seen: i64, complete: bool, ticks: [(Child, Tick); 2]) -> NewRegister {
    let ticks = ticks.into_iter().map(|(child, tick)| (child.id(), tick)).collect();
    NewRegister { class_id: "oak".into(), at: AM, seen, complete, taken: Taken::List, ticks }
}

fn ada_absent(seen: i64) -> NewRegister {
    oak(seen, true, [(Ada, Tick::Absent), (Zara, Tick::Present)])
}

async fn saves(store: &Store, new: NewRegister) -> Saved {
    store.school("hillside").save_registers(vec![new], &olive(), at("09:04:00")).await.unwrap()
}

async fn facts(house: &TestStore) -> Facts {
    house.school().facts(monday()..=monday()).await.unwrap()
}

async fn known(house: &TestStore, child: Child) -> Known {
    let facts = facts(house).await;
    let listed = facts.children.iter().find(|listed| listed.pupil_id == child.id()).expect("on roll");
    facts.known(listed, AM, monday(), &times())
}

const NO_TIME: Waited = Waited { for_word: false, arrivals_by: None };

async fn marks(house: &TestStore, marks: &[(Child, &str, &str)]) {
    let mark = |(child, date, code): &(Child, &str, &str)| {
        let code = Code::parse(code).unwrap();
        (child.id(), Mark { date: day(date), session: Session::Am, code, minutes_late: None })
    };
    house.school().seed_marks(marks.iter().map(mark).collect(), at("09:00:00")).await.unwrap();
}

#[tokio::test]
async fn nobody_is_absent_before_the_register_is_in_and_then_exactly_who_was_ticked() {
    let house = TestStore::with_staff().await;
    assert_eq!(known(&house, Ada).await.verdict(), Verdict::NotYetIn);
    assert_eq!(saves(&house.store, oak(0, false, [(Ada, Tick::Absent), (Zara, Tick::Present)])).await, Saved::Kept);
    assert_eq!(known(&house, Ada).await.verdict(), Verdict::NotYetIn, "saved and not complete");
    assert_eq!(saves(&house.store, ada_absent(1)).await, Saved::Kept);
    assert_eq!(known(&house, Ada).await.verdict(), Verdict::Unexplained);
    assert_eq!(to_ring(known(&house, Ada).await, NO_TIME), Some(Why::NoWord));
    assert_eq!(known(&house, Zara).await.verdict(), Verdict::Nothing);
    assert_eq!(known(&house, Ben).await.verdict(), Verdict::NotYetIn, "another class's register is not in");
    let register = house.school().register("oak", AM).await.unwrap().unwrap();
    assert_eq!((register.version, register.complete, register.saved_by.as_str()), (2, true, "Olive Office"));
    assert_eq!(register.ticks, BTreeMap::from([(Ada.id(), Tick::Absent), (Zara.id(), Tick::Present)]));
    let journal = "SELECT action FROM journal WHERE subject_kind = 'class' ORDER BY seq";
    assert_eq!(house.texts(journal).await, ["open_register", "complete_register"]);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn a_report_takes_a_child_off_the_list_and_its_withdrawal_brings_it_back() {
    let house = TestStore::with_staff().await;
    saves(&house.store, ada_absent(0)).await;
    let reference = house.receives(sick(Ngozi, &[Ada]).at("09:20:00")).await;
    let explained = known(&house, Ada).await;
    assert_eq!((explained.verdict(), to_ring(explained, NO_TIME)), (Verdict::Explained(Next::Code), None));
    let facts = facts(&house).await;
    assert_eq!(facts.heard(&Ada.id(), monday())[0].from, "Ngozi Okafor");
    house.school().withdraw(&Ngozi.id(), &reference, at("09:25:00")).await.unwrap();
    assert_eq!(to_ring(known(&house, Ada).await, NO_TIME), Some(Why::NoWord));
}

#[tokio::test]
async fn a_day_of_a_run_waits_for_its_word() {
    let house = TestStore::with_staff().await;
    let mut run = sick(Ngozi, &[Ada]).days(&["2026-11-20", "2026-11-23"]);
    run.received_at = on("2026-11-20", "08:04:00");
    run.expected = vec![monday()];
    house.receives(run).await;
    saves(&house.store, ada_absent(0)).await;
    let ada = known(&house, Ada).await;
    assert_eq!(to_ring(ada, NO_TIME), None);
    assert_eq!(to_ring(ada, Waited { for_word: true, arrivals_by: None }), Some(Why::NotConfirmed));
    house.receives(sick(Chidi, &[Ada]).at("09:30:00")).await;
    assert_eq!(to_ring(known(&house, Ada).await, Waited { for_word: true, arrivals_by: None }), None);
}

/// On the way, and there at this time.
fn on_the_way(adult: Adult, child: Child, arrives: &str) -> NewSubmission {
    let mut late = sick(adult, &[child]).at("08:40:00");
    late.report.kind = Kind::Late;
    late.report.details.arrives = Some(arrives.parse().unwrap());
    late
}

#[tokio::test]
async fn who_says_that_the_child_is_on_the_way_is_taken_at_that_word() {
    let past_ten = Waited { for_word: true, arrivals_by: Some("10:45:00".parse().unwrap()) };
    let not_here = Some(Why::NotArrived("10:15:00".parse().unwrap()));
    // The same guardian, after a run and after a word of the same morning.
    let house = TestStore::with_staff().await;
    let mut run = sick(Ngozi, &[Ada]).days(&["2026-11-20", "2026-11-23"]);
    run.expected = vec![monday()];
    house.receives(run).await;
    house.receives(on_the_way(Ngozi, Ada, "10:15:00")).await;
    saves(&house.store, ada_absent(0)).await;
    assert_eq!(to_ring(known(&house, Ada).await, past_ten), not_here);
    house.receives(sick(Ngozi, &[Ada]).at("09:50:00")).await;
    assert_eq!(to_ring(known(&house, Ada).await, past_ten), None, "the last word of one person counts");
    // Another guardian.
    let house = TestStore::with_staff().await;
    house.receives(sick(Chidi, &[Ada])).await;
    house.receives(on_the_way(Ngozi, Ada, "10:15:00")).await;
    saves(&house.store, ada_absent(0)).await;
    assert_eq!(to_ring(known(&house, Ada).await, past_ten), not_here);
}

#[tokio::test]
async fn a_word_about_the_afternoon_confirms_no_morning() {
    let house = TestStore::with_staff().await;
    let mut run = sick(Ngozi, &[Ada]).days(&["2026-11-20", "2026-11-23"]);
    run.expected = vec![monday()];
    house.receives(run).await;
    house.receives(sick(Ngozi, &[Ada]).at("08:30:00").part(Part::Pm)).await;
    saves(&house.store, ada_absent(0)).await;
    let waited = Waited { for_word: true, arrivals_by: None };
    assert_eq!(to_ring(known(&house, Ada).await, waited), Some(Why::NotConfirmed));
}

#[tokio::test]
async fn what_a_guardian_said_who_is_barred_since_excuses_nobody() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada])).await;
    saves(&house.store, ada_absent(0)).await;
    assert_eq!(to_ring(known(&house, Ada).await, NO_TIME), None);
    house.bars(Ngozi, Ada).await;
    assert_eq!(to_ring(known(&house, Ada).await, NO_TIME), Some(Why::NoWord));
    // What the office has heard itself still counts.
    let mut heard = sick(Chidi, &[Ada]).at("09:20:00");
    heard.channel = Channel::Phone;
    heard.entered_by = Some(Actor::Staff(olive().to_string()));
    house.receives(heard).await;
    house.bars(Chidi, Ada).await;
    assert_eq!(to_ring(known(&house, Ada).await, NO_TIME), None);
}

#[tokio::test]
async fn a_child_that_came_after_all_and_is_gone_in_the_afternoon_is_rung_about() {
    let pm = SessionDay { session: Session::Pm, ..AM };
    for came in [Some(Tick::Present), Some(Tick::Late(Some(20))), None] {
        let house = TestStore::with_staff().await;
        house.receives(sick(Ngozi, &[Ada])).await;
        match came {
            Some(tick) => {
                let register = oak(0, true, [(Ada, tick), (Zara, Tick::Present)]);
                assert_eq!(saves(&house.store, register).await, Saved::Kept);
            }
            None => assert_eq!(house.office_codes(Ada, "/", "").await, CodingOutcome::Kept),
        }
        saves(&house.store, NewRegister { at: pm, ..ada_absent(0) }).await;
        let after_lunch = async || {
            let facts = facts(&house).await;
            let ada = facts.children.iter().find(|child| child.pupil_id == Ada.id()).unwrap();
            to_ring(facts.known(ada, pm, monday(), &times()), NO_TIME)
        };
        assert_eq!(after_lunch().await, Some(Why::NoWord), "{came:?}");
        house.receives(sick(Ngozi, &[Ada]).at("12:30:00").part(Part::Pm)).await;
        assert_eq!(after_lunch().await, None, "{came:?}");
    }
}

#[tokio::test]
async fn an_undone_register_without_a_child_who_has_joined_is_not_complete() {
    let house = TestStore::with_staff().await;
    saves(&house.store, ada_absent(0)).await;
    saves(&house.store, oak(1, true, [(Ada, Tick::Present), (Zara, Tick::Present)])).await;
    house.by_hand("UPDATE pupil SET class_id = 'oak' WHERE forename = 'Ben'").await;
    let school = house.school();
    assert_eq!(school.undo_register("oak".into(), AM, 2, &olive(), at("09:40:00")).await.unwrap(), Saved::Kept);
    assert_eq!(known(&house, Ben).await.verdict(), Verdict::NotYetIn);
    assert!(!school.register("oak", AM).await.unwrap().unwrap().complete);
}

#[tokio::test]
async fn the_same_twice_is_once_and_the_second_of_two_is_told() {
    let house = TestStore::with_staff().await;
    assert_eq!(saves(&house.store, ada_absent(0)).await, Saved::Kept);
    assert_eq!(saves(&house.store, ada_absent(0)).await, Saved::Already, "a second tap");
    let other = oak(0, true, [(Ada, Tick::Present), (Zara, Tick::Absent)]);
    assert_eq!(saves(&house.store, other.clone()).await, Saved::ChangedMeanwhile);
    assert_eq!(house.count("register").await, 1);
    assert_eq!(to_ring(known(&house, Ada).await, NO_TIME), Some(Why::NoWord), "nothing was overwritten");
    assert_eq!(saves(&house.store, NewRegister { seen: 1, ..other }).await, Saved::Kept);
    assert_eq!(
        house.number("SELECT COUNT(*) FROM register_tick WHERE version = 1").await,
        2,
        "what stood before is kept"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_offices_on_two_nodes_one_is_first_and_the_other_learns_of_it() {
    let house = TestStore::with_staff().await;
    let other = house.another_node().await;
    for version in 0..10 {
        let both = [Tick::Late(Some(version + 1)), Tick::Late(Some(version + 100))]
            .map(|tick| oak(version, true, [(Ada, tick), (Zara, Tick::Present)]));
        let [one, two] = both;
        let (here, there) = tokio::join!(saves(&house.store, one), saves(&other, two));
        let mut said = [format!("{here:?}"), format!("{there:?}")];
        said.sort();
        assert_eq!(said, ["ChangedMeanwhile", "Kept"]);
    }
    assert!(house.journal_is_whole().await);
    other.close().await;
}

#[tokio::test]
async fn undo_brings_back_what_stood_and_undone_again_what_was_undone() {
    let house = TestStore::with_staff().await;
    let undo =
        async |seen| house.school().undo_register("oak".into(), AM, seen, &olive(), at("09:06:00")).await.unwrap();
    assert_eq!(undo(0).await, Saved::Nothing);
    saves(&house.store, ada_absent(0)).await;
    saves(&house.store, oak(1, true, [(Ada, Tick::Late(Some(20))), (Zara, Tick::Absent)])).await;
    assert_eq!(undo(1).await, Saved::ChangedMeanwhile, "an old page");
    assert_eq!(undo(2).await, Saved::Kept);
    let stands = async || house.school().register("oak", AM).await.unwrap().unwrap();
    assert_eq!((stands().await.version, stands().await.ticks[&Ada.id()]), (3, Tick::Absent));
    assert_eq!(undo(3).await, Saved::Kept);
    assert_eq!(stands().await.ticks[&Ada.id()], Tick::Late(Some(20)));
    house.by_hand("DELETE FROM register_tick").await;
    house.by_hand("DELETE FROM register").await;
    saves(&house.store, ada_absent(0)).await;
    assert_eq!(undo(1).await, Saved::Kept);
    assert!(!stands().await.complete && stands().await.ticks.is_empty());
    assert_eq!(known(&house, Ada).await.verdict(), Verdict::NotYetIn, "the first one undone is not in");
}

#[tokio::test]
async fn a_list_without_a_child_who_has_joined_or_with_one_who_has_left_is_not_kept() {
    let house = TestStore::with_staff().await;
    house.by_hand("UPDATE pupil SET class_id = 'oak' WHERE surname = 'Okafor'").await;
    assert_eq!(saves(&house.store, ada_absent(0)).await, Saved::ListChanged, "Ben has joined");
    house.by_hand("UPDATE pupil SET left_on = '2026-11-22' WHERE forename = 'Ben'").await;
    assert_eq!(saves(&house.store, ada_absent(0)).await, Saved::Kept, "Ben has left");
    house.by_hand("UPDATE pupil SET left_on = '2026-11-23' WHERE forename = 'Ben'").await;
    assert_eq!(known(&house, Ben).await.verdict(), Verdict::NotYetIn, "the last day is a day on roll");
    assert_eq!(to_ring(known(&house, Ada).await, NO_TIME), Some(Why::NoWord), "the others stand");
    house.by_hand("UPDATE pupil SET admitted = '2026-11-24' WHERE forename = 'Ben'").await;
    assert!(facts(&house).await.children.iter().all(|child| child.pupil_id != Ben.id()));
    let nowhere = NewRegister { class_id: "elm".into(), ..ada_absent(0) };
    assert_eq!(saves(&house.store, nowhere).await, Saved::Nothing);
    let several = vec![
        NewRegister { class_id: "acorn".into(), ticks: BTreeMap::from([(Zara.id(), Tick::Absent)]), ..ada_absent(0) },
        oak(1, false, [(Ada, Tick::Present), (Zara, Tick::Present)]),
    ];
    assert_ne!(house.school().save_registers(several, &olive(), at("09:10:00")).await.unwrap(), Saved::Kept);
    assert_eq!(house.school().register("oak", AM).await.unwrap().unwrap().version, 1, "all of them or none");
}

#[tokio::test]
async fn a_child_ticked_in_one_class_is_not_lost_in_another() {
    let house = TestStore::with_staff().await;
    saves(&house.store, ada_absent(0)).await;
    house.by_hand("UPDATE pupil SET class_id = 'acorn' WHERE forename = 'Adaeze'").await;
    assert_eq!(to_ring(known(&house, Ada).await, NO_TIME), Some(Why::NoWord));
}

#[tokio::test]
async fn a_class_is_in_by_the_mis_once_each_of_its_children_has_a_mark() {
    let house = TestStore::with_staff().await;
    marks(&house, &[(Ada, "2026-11-23", "N"), (Ben, "2026-11-23", "/")]).await;
    assert!(!facts(&house).await.is_in("oak", AM) && facts(&house).await.is_in("acorn", AM));
    assert_eq!(known(&house, Ada).await.verdict(), Verdict::NotYetIn, "Zara has no mark");
    marks(&house, &[(Zara, "2026-11-23", "/")]).await;
    assert_eq!(known(&house, Ada).await.verdict(), Verdict::Unexplained);
    assert!(!facts(&house).await.is_in("oak", SessionDay { session: Session::Pm, ..AM }));
    house.by_hand("DELETE FROM mark").await;
    marks(&house, &[(Ada, "2026-11-23", "N")]).await;
    house.by_hand("UPDATE pupil SET admitted = '2026-11-23' WHERE forename = 'Zara'").await;
    assert!(facts(&house).await.is_in("oak", AM), "who joins today comes with the next file");
}

#[tokio::test]
async fn the_mark_that_comes_counts_and_the_tick_stays_as_it_was_known() {
    let house = TestStore::with_staff().await;
    saves(&house.store, ada_absent(0)).await;
    marks(&house, &[(Ada, "2026-11-23", "L")]).await;
    let ada = known(&house, Ada).await;
    assert_eq!((ada.verdict(), ada.tick, to_ring(ada, NO_TIME)), (Verdict::Nothing, Some(Tick::Absent), None));
    house.receives(sick(Ngozi, &[Ada]).at("09:20:00")).await;
    assert_eq!(known(&house, Ada).await.verdict(), Verdict::ReportedButPresent);
}

#[tokio::test]
async fn a_code_given_here_and_another_in_the_mis_are_seen_and_came_after_all_is_for_the_whole_day() {
    let house = TestStore::with_staff().await;
    house.receives(sick(Ngozi, &[Ada, Ben])).await;
    house.office_codes(Ada, "I", "").await;
    marks(&house, &[(Ada, "2026-11-23", "N"), (Zara, "2026-11-23", "/")]).await;
    let otherwise = Verdict::CodedOtherwise { here: Code::I, mis: Code::N };
    assert_eq!(known(&house, Ada).await.verdict(), otherwise);
    house.office_codes(Ben, "/", "").await;
    let facts = facts(&house).await;
    let ben = facts.children.iter().find(|child| child.pupil_id == Ben.id()).unwrap();
    let pm = facts.known(ben, SessionDay { session: Session::Pm, ..AM }, monday(), &times());
    assert_eq!(pm.coded, Some(Code::PresentPm));
}

#[tokio::test]
async fn of_a_day_gone_by_a_mark_stands_by_itself() {
    let house = TestStore::with_staff().await;
    marks(&house, &[(Ada, "2026-11-20", "N")]).await;
    let facts = house.school().facts(day("2026-11-16")..=monday()).await.unwrap();
    let ada = facts.children.iter().find(|child| child.pupil_id == Ada.id()).unwrap();
    let friday = SessionDay { date: day("2026-11-20"), session: Session::Am };
    assert_eq!(facts.known(ada, friday, monday(), &times()).verdict(), Verdict::Unexplained);
    assert_eq!(facts.known(ada, friday, day("2026-11-20"), &times()).verdict(), Verdict::NotYetIn);
}

fn call(id: u8, outcome: Outcome, staff: u8, time: &str) -> NewCall {
    NewCall {
        call: CallId::from_bytes([id; 16]),
        pupil: Ada.id(),
        day: monday(),
        outcome,
        guardian: Some(Ngozi.id()),
        note: (outcome == Outcome::Reached).then(|| "Canary: at the dentist".to_owned()),
        staff: staff_id(staff),
        at: at(time),
    }
}

#[tokio::test]
async fn two_in_the_office_do_not_ring_twice_and_no_call_is_lost() {
    let house = TestStore::with_staff().await;
    let notes = async |new| house.school().note_call(new).await.unwrap();
    assert_eq!(notes(call(1, Outcome::Ringing, 31, "09:17:00")).await, Noted::Kept);
    let ringing = Noted::Ringing("Olive Office".into(), at("09:17:00"));
    assert_eq!(notes(call(2, Outcome::Ringing, 34, "09:18:00")).await, ringing);
    assert_eq!(notes(call(3, Outcome::Ringing, 31, "09:18:00")).await, Noted::Kept, "her own");
    assert_eq!(notes(call(4, Outcome::NoAnswer, 34, "09:19:00")).await, Noted::Kept, "what came of a call is kept");
    assert_eq!(notes(call(5, Outcome::Ringing, 34, "09:20:00")).await, Noted::Kept, "nobody rings any more");
    assert_eq!(notes(call(6, Outcome::Ringing, 31, "09:31:00")).await, Noted::Kept, "nobody rings for ever");
    assert_eq!(notes(call(7, Outcome::Reached, 31, "09:32:00")).await, Noted::Kept);
    assert_eq!(notes(call(7, Outcome::Reached, 31, "09:32:05")).await, Noted::Again, "sent twice");
    assert_eq!(
        notes(call(7, Outcome::NoAnswer, 31, "09:32:09")).await,
        Noted::Differs,
        "another button of the same form"
    );
    let nobody = NewCall { pupil: PupilId::from_bytes([99; 16]), ..call(8, Outcome::Reached, 31, "09:33:00") };
    assert_eq!(notes(nobody).await, Noted::NoPupil);
    let all: Vec<CallNote> = house.school().calls_on(monday()).await.unwrap();
    assert_eq!(all.iter().map(|note| note.at).collect::<Vec<_>>().len(), 6);
    let last = all.last().unwrap();
    assert_eq!(
        (last.outcome, last.by.as_str(), last.guardian.as_deref()),
        (Outcome::Reached, "Olive Office", Some("Ngozi Okafor"))
    );
    assert_eq!(last.note.as_deref(), Some("Canary: at the dentist"));
    let journal = house.texts("SELECT fields FROM journal").await.join("\n");
    assert!(!journal.contains("Canary"), "{journal}");
    assert!(house.school().calls_on(day("2026-11-24")).await.unwrap().is_empty());
}

#[tokio::test]
async fn nobody_who_is_barred_has_no_access_or_waits_for_a_look_is_rung() {
    let house = TestStore::with_staff().await;
    let names = async || {
        let all = house.school().may_ring(&Ada.id()).await.unwrap();
        all.into_iter().map(|one| one.name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["Viola Gran", "Ngozi Okafor", "Chidi Okafor"]);
    house.by_hand("UPDATE guardian_pupil SET priority = 0 WHERE relationship = 'parent' AND access = 'full'").await;
    assert_eq!(names().await, ["Ngozi Okafor", "Chidi Okafor", "Viola Gran"], "in the order of the school");
    house.bars(Ngozi, Ada).await;
    assert_eq!(names().await, ["Chidi Okafor", "Viola Gran"]);
}

#[tokio::test]
async fn days_without_a_word_are_counted_back_from_the_day() {
    let house = TestStore::with_staff().await;
    marks(
        &house,
        &[(Ada, "2026-11-18", "N"), (Ada, "2026-11-19", "I"), (Ada, "2026-11-20", "N"), (Zara, "2026-11-20", "N")],
    )
    .await;
    let days = house.school().silent_days(&Ada.id(), day("2026-11-16"), monday()).await.unwrap();
    assert_eq!(days, [day("2026-11-20"), day("2026-11-18")]);
}
