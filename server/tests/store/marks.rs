//! Marks: in as a whole or not at all, the same file twice is one, what a mark was is kept.

use app::rules::{
    calendar::{Calendar, Session, SessionDay, Term},
    code::Code,
    id::{ImportId, StaffId},
};
use chrono::NaiveDate;
use server::{
    import::{self, marks::plan::Tally},
    store::{Against, Applied, Corrected, Correction, FileKind, NewImport, NewMarks, Progress, Way, journal::Actor},
};

use super::{
    house::{TestStore, at, day, monday},
    people::{Ada, office},
};

const HEADS: &str = "Adno,Date,Session,Mark,Minutes late,Comment\n";

fn calendar() -> Calendar {
    let term = Term { name: "Autumn".into(), first: day("2026-09-01"), last: day("2026-12-18") };
    Calendar::new(vec![term], Vec::new()).unwrap()
}

/// Brings a file in as the command line does.
async fn imports(house: &TestStore, rows: &str, previous_school: bool) -> Tally {
    let marks = import::read_marks(format!("{HEADS}{rows}").as_bytes()).unwrap();
    let calendar = calendar();
    let against = Against { calendar: &calendar, previous_school, today: monday() };
    let actor = Actor::System("command line");
    let new = NewMarks { marks, sha256: "hash".into(), way: Way::Command, name: None, actor };
    let done = house.school().bring_in_marks(new, against, Progress::default(), at("08:00:00")).await;
    done.unwrap().0.tally()
}

/// Brings a file of ours in; added, changed, as before.
async fn brings_in(house: &TestStore, rows: &str) -> [usize; 3] {
    imports(house, rows, false).await.marks
}

async fn codes(house: &TestStore, from: &str, to: &str) -> Vec<(NaiveDate, Session, Code, Option<i64>)> {
    let marks = house.school().marks_of(&Ada.id(), day(from)..=day(to)).await.unwrap();
    marks.into_iter().map(|mark| (mark.date, mark.session, mark.code, mark.minutes_late)).collect()
}

/// Friday morning's mark of Ada's, where there was none.
fn correction(code: Code, reason: &str) -> Correction {
    Correction {
        pupil: Ada.id(),
        at: SessionDay { date: day("2026-11-20"), session: Session::Am },
        seen: None,
        code,
        reason: reason.to_owned(),
        staff: staff(),
        now: at("09:00:00"),
    }
}

fn staff() -> StaffId {
    StaffId::from_bytes([31; 16])
}

#[tokio::test]
async fn marks_come_back_in_the_order_of_the_sessions_and_of_these_days_alone() {
    let house = TestStore::with_families().await;
    let rows = "1,2026-11-20,PM,\\,,\n1,2026-11-23,AM,L,12,bus\n1,2026-11-20,AM,/,,\n2,2026-11-20,AM,I,,\n1,2026-11-19,AM,/,,\n";
    assert_eq!(brings_in(&house, rows).await, [5, 0, 0]);
    let friday = day("2026-11-20");
    assert_eq!(
        codes(&house, "2026-11-20", "2026-11-23").await,
        [
            (friday, Session::Am, Code::PresentAm, None),
            (friday, Session::Pm, Code::PresentPm, None),
            (monday(), Session::Am, Code::L, Some(12)),
        ]
    );
}

#[tokio::test]
async fn the_same_file_twice_changes_nothing_and_writes_one_line() {
    let house = TestStore::with_families().await;
    let rows = "1,2026-11-20,AM,/,,\n1,2026-11-20,PM,L,5,bus\n";
    brings_in(&house, rows).await;
    let all = "SELECT pupil_id || CAST(day AS TEXT) || session || code || COALESCE(note, '-') || CAST(changed_at AS TEXT) FROM mark ORDER BY 1";
    let (before, lines) = (house.texts(all).await, house.count("journal").await);
    assert_eq!(brings_in(&house, rows).await, [0, 0, 2]);
    assert_eq!((house.texts(all).await, house.count("mark_change").await), (before, 0));
    assert_eq!(house.count("journal").await, lines + 1);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn a_mark_that_changes_is_kept_as_it_was_with_who_and_when_and_why() {
    let house = TestStore::with_staff().await;
    brings_in(&house, "1,2026-11-20,AM,N,,\n").await;
    assert_eq!(brings_in(&house, "1,2026-11-20,AM,I,,rang\n").await, [0, 1, 0]);
    let friday = day("2026-11-20");
    let correct = async |code: Code, reason: &str| {
        let new = Correction { seen: Some(Code::I), ..correction(code, reason) };
        house.school().correct_mark(new).await.unwrap()
    };
    let lines = house.count("journal").await;
    assert_eq!(correct(Code::M, "was at the dentist").await, Corrected::Done);
    assert_eq!(correct(Code::M, "again").await, Corrected::Same);
    assert_eq!(house.count("journal").await, lines + 1);
    let changes = house.school().mark_changes(&Ada.id(), friday).await.unwrap();
    let told: Vec<_> = changes.iter().map(|one| (one.old, one.new, one.by.clone(), one.reason.as_deref())).collect();
    assert_eq!(told, [(Code::N, Code::I, None, None), (Code::I, Code::M, Some(staff()), Some("was at the dentist"))]);
    assert_eq!((changes[1].at, changes[1].session), (at("09:00:00"), Session::Am));
    assert_eq!(house.texts("SELECT old_note FROM mark_change WHERE change = 2").await, ["rang"]);
    assert_eq!(house.texts("SELECT source FROM mark").await, ["staff"]);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn a_correction_of_what_was_not_seen_changes_nothing() {
    let house = TestStore::with_staff().await;
    brings_in(&house, "1,2026-11-20,AM,N,,\n").await;
    let lines = house.count("journal").await;
    for seen in [None, Some(Code::I)] {
        let new = Correction { seen, ..correction(Code::M, "rang") };
        assert_eq!(house.school().correct_mark(new).await.unwrap(), Corrected::Changed(Some(Code::N)), "{seen:?}");
    }
    let elsewhere = SessionDay { date: day("2026-11-20"), session: Session::Pm };
    let new = Correction { at: elsewhere, seen: Some(Code::N), ..correction(Code::M, "rang") };
    assert_eq!(house.school().correct_mark(new).await.unwrap(), Corrected::Changed(None));
    assert_eq!((house.count("mark_change").await, house.count("journal").await), (0, lines));
    // Corrected and corrected back: both are kept, and the figures are as before.
    for (seen, code) in [(Code::N, Code::Y7), (Code::Y7, Code::N)] {
        let new = Correction { seen: Some(seen), ..correction(code, "the bridge was shut") };
        assert_eq!(house.school().correct_mark(new).await.unwrap(), Corrected::Done);
    }
    assert_eq!(house.count("mark_change").await, 2);
    assert_eq!(house.texts("SELECT old_note FROM mark_change WHERE change = 2").await, ["the bridge was shut"]);
    assert_eq!(codes(&house, "2026-11-20", "2026-11-20").await, [(day("2026-11-20"), Session::Am, Code::N, None)]);
}

#[tokio::test]
async fn a_mark_can_be_put_in_where_there_was_none_and_only_for_a_child_of_the_school() {
    let house = TestStore::with_staff().await;
    let correct = async |pupil| {
        let at = SessionDay { date: monday(), session: Session::Pm };
        let new = Correction { pupil, at, ..correction(Code::PresentPm, "register forgotten") };
        house.school().correct_mark(new).await.unwrap()
    };
    assert_eq!(correct(Ada.id()).await, Corrected::Done);
    assert_eq!(codes(&house, "2026-11-23", "2026-11-23").await, [(monday(), Session::Pm, Code::PresentPm, None)]);
    let nobody = app::rules::id::PupilId::from_bytes([200; 16]);
    assert_eq!(correct(nobody).await, Corrected::NoPupil);
    assert_eq!((house.count("mark").await, house.count("mark_change").await), (1, 0));
}

#[tokio::test]
async fn marks_of_the_school_before_are_told_apart_and_touch_none_of_ours() {
    let house = TestStore::with_families().await;
    brings_in(&house, "1,2026-11-20,AM,I,,\n").await;
    let tally = imports(&house, "1,2026-11-20,AM,O,,\n1,2026-10-27,AM,O,,\n", true).await;
    assert_eq!((tally.marks, tally.aside), ([1, 0, 0], 1));
    let sources = house.texts("SELECT CAST(day AS TEXT) || source || code FROM mark ORDER BY 1").await;
    assert_eq!(sources, ["2026-10-27previous-schoolO", "2026-11-20importI"]);
}

#[tokio::test]
async fn only_what_was_shown_is_brought_in_and_only_once() {
    let house = TestStore::with_staff().await;
    let import = ImportId::from_bytes(rand::random());
    let file = format!("{HEADS}1,2026-11-20,AM,I,,\n").into_bytes();
    let new = NewImport {
        import: import.clone(),
        kind: FileKind::Marks,
        previous_school: false,
        sha256: "hash".into(),
        file: file.clone(),
        by: staff(),
    };
    house.school().keep_import(new, at("08:00:00")).await.unwrap();
    // The marks' file is none of the roster's.
    assert!(house.school().handed_in(FileKind::Roster, &import).await.unwrap().is_none());
    let digest = async || {
        let calendar = calendar();
        let against = Against { calendar: &calendar, previous_school: false, today: monday() };
        let (plan, stored) = house.school().plan_marks(import::read_marks(&file).unwrap(), against).await.unwrap();
        plan.digest(&stored)
    };
    let apply = async |shown: String| {
        house
            .school()
            .apply_marks(&import, shown, calendar(), (office(), Progress::default()), at("08:05:00"), monday())
            .await
            .unwrap()
    };
    let shown = digest().await;
    brings_in(&house, "1,2026-11-20,AM,N,,\n").await;
    assert!(matches!(apply(shown).await, Applied::Changed(_)));
    assert_eq!(house.texts("SELECT code FROM mark").await, ["N"]);
    let shown = digest().await;
    assert!(matches!(apply(shown.clone()).await, Applied::Done(tally) if tally.marks == [0, 1, 0]));
    assert!(matches!(apply(shown).await, Applied::Gone));
    assert_eq!(house.texts("SELECT code FROM mark").await, ["I"]);
    assert_eq!(house.number("SELECT COUNT(*) FROM mark_change WHERE changed_by <> ''").await, 1);
}

#[tokio::test]
async fn more_marks_than_one_statement_takes_come_in_on_either_engine() {
    let house = TestStore::with_families().await;
    let mut rows = String::new();
    for session in calendar().open_sessions(day("2026-09-01")..=day("2026-12-18")) {
        for number in 1..=3 {
            for more in 0..3 {
                rows += &format!("{number},{},{},{},,\n", session.date, session.session, ["I", "I", "I"][more]);
            }
        }
    }
    let [added, ..] = brings_in(&house, &rows).await;
    let open = calendar().open_sessions(day("2026-09-01")..=day("2026-12-18")).len();
    assert_eq!((added, house.count("mark").await), (3 * open, i64::try_from(3 * open).unwrap()));
    assert!(added % 1_000 != 0);
}

#[tokio::test]
async fn two_who_bring_the_same_file_in_at_once_bring_it_in_once() {
    let house = TestStore::with_families().await;
    let bring = async || brings_in(&house, "1,2026-11-20,AM,I,,\n2,2026-11-20,AM,I,,\n").await;
    // Both plans are made before either is carried out.
    let (one, other) = tokio::join!(bring(), bring());
    let mut both = [one, other];
    both.sort_unstable();
    assert_eq!(both, [[0, 0, 2], [2, 0, 0]]);
    assert_eq!((house.count("mark").await, house.count("mark_change").await), (2, 0));
}
