//! A test for each thing that goes wrong with files of marks.

use app::rules::{
    calendar::{Calendar, ClosedDay, ClosedKind, DayKind, Session, SessionDay, Term, YearsClosed},
    code::{Class, Code},
    import::{
        Unreadable,
        marks::{Caution, Fault},
    },
};
use chrono::NaiveDate;

use super::{Marks, plan::*};
use crate::import::read_marks;

const HEAD: &str = "UPN,Date,Session,Mark,Minutes Late,Comment\n";
const ADA: &str = "J874234519001";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn at(date: &str, session: Session) -> SessionDay {
    SessionDay { date: day(date), session }
}

pub(crate) fn today() -> NaiveDate {
    day("2026-11-24")
}

/// An autumn with a half term, a training day, an afternoon off and a day of snow.
pub(crate) fn calendar() -> Calendar {
    let term = |name: &str, first, last| Term { name: name.into(), first: day(first), last: day(last) };
    let closed = |date, kind, am_closed| ClosedDay {
        date: day(date),
        kind,
        confirmed: true,
        am_closed,
        pm_closed: true,
        note: None,
    };
    Calendar::new(
        vec![term("Autumn 1", "2026-09-01", "2026-10-23"), term("Autumn 2", "2026-11-02", "2026-12-18")],
        vec![
            closed("2026-09-01", ClosedKind::Inset, true),
            closed("2026-11-20", ClosedKind::Holiday, false),
            closed("2026-11-19", ClosedKind::UnplannedClosure, true),
        ],
    )
    .unwrap()
}

fn pupil(id: &str, upn: &str, mis_id: &str, name: &str, born: &str) -> StoredPupil {
    StoredPupil {
        pupil_id: id.into(),
        upn: upn.into(),
        mis_id: mis_id.into(),
        name: name.into(),
        year: 3,
        born: day(born),
        admitted: day("2024-09-02"),
        left_on: None,
    }
}

pub(crate) fn stored() -> Stored {
    let mut leaver = pupil("leo", "Y874234519002", "0044", "Leo Away", "2018-01-01");
    leaver.left_on = Some(day("2026-11-06"));
    let mut joiner = pupil("zoe", "", "77", "Zoë O'Brien-Núñez", "2018-01-01");
    joiner.admitted = day("2026-11-09");
    Stored {
        pupils: vec![
            pupil("ada", ADA, "0012", "Ada Okafor", "2018-03-12"),
            leaver,
            joiner,
            pupil("tiny", "M874234520123", "90", "Tiny Reception", "2022-07-06"),
            pupil("twin1", "", "500", "Twin One", "2018-01-01"),
            pupil("twin2", "", "500", "Twin Two", "2018-01-01"),
        ],
        ..Stored::default()
    }
}

fn read(text: &str) -> Marks {
    read_marks(text.as_bytes()).unwrap()
}

fn planned(text: &str) -> Plan {
    plan(read(text), &stored(), &calendar(), Source::Import, today())
}

/// The plan of one long row.
fn row(text: &str) -> Plan {
    planned(&format!("{HEAD}{text}\n"))
}

fn fault(plan: &Plan) -> Fault {
    assert!(plan.steps.is_empty(), "{plan:?}");
    plan.aside[0].said
}

fn cautions(plan: &Plan) -> Vec<Caution> {
    assert!(plan.aside.is_empty() && !plan.steps.is_empty(), "{plan:?}");
    plan.cautions.iter().map(|one| one.said).collect()
}

/// What the file leaves behind.
pub(crate) fn after(plan: &Plan, mut stored: Stored) -> Stored {
    for step in &plan.steps {
        stored.marks.insert((step.pupil, step.at), step.becomes.clone());
    }
    stored
}

#[test]
fn a_long_file_says_code_minutes_and_note() {
    let plan = planned(&format!("{HEAD}{ADA},2026-11-23,AM,L,12,bus\n{ADA},23/11/2026,PM,C1,,licence 123\n"));
    assert_eq!((plan.tally().marks, plan.aside.len(), plan.cautions.len()), ([2, 0, 0], 0, 0));
    let [am, pm] = &plan.steps[..] else { panic!("{plan:?}") };
    assert_eq!((am.at, am.becomes.code, am.becomes.minutes), (at("2026-11-23", Session::Am), Code::L, Some(12)));
    assert_eq!((pm.becomes.code, pm.becomes.note.as_deref()), (Code::C1, Some("licence 123")));
}

#[test]
fn a_wide_file_says_a_session_a_column() {
    let file = format!(
        "UPN,Surname,Forename,Class,\"Mon 23/11/2026 AM\",\"Mon 23/11/2026 PM\",2026-11-18 AM,17/11/2026 (PM)\n{ADA},Okafor,Ada,3 Oak,/,\\,I,\n"
    );
    let plan = planned(&file);
    let found: Vec<_> = plan.steps.iter().map(|step| (step.at.to_string(), step.becomes.code)).collect();
    let expected = [("2026-11-18 AM", Code::I), ("2026-11-23 AM", Code::PresentAm), ("2026-11-23 PM", Code::PresentPm)];
    assert_eq!(found, expected.map(|(at, code)| (at.to_owned(), code)));
    assert_eq!(plan.blanks, 1);
}

#[test]
fn a_day_a_row_with_a_column_for_each_half_is_read_too() {
    let plan = planned("Adno;Date;AM;PM\n12;23/11/2026;/;\\\n012;20/11/2026;N;\n");
    assert_eq!((plan.tally().marks, plan.blanks), ([3, 0, 0], 1));
}

#[test]
fn heads_have_many_names() {
    for head in [
        "Unique Pupil Number,Mark Date,AM/PM,Code",
        "upn,DATE,Session name,Attendance code",
        "Pupil UPN,Session date,session,Register mark",
        "UPN,Date,Session,Marks",
    ] {
        let plan = planned(&format!("Attendance report\n\n{head}\n{ADA},23/11/2026,am,/\n"));
        assert_eq!(plan.tally().marks, [1, 0, 0], "{head}");
    }
}

#[test]
fn a_blank_is_not_taken_and_takes_nothing_away() {
    let file = format!("{HEAD}{ADA},2026-11-23,AM,,,\n{ADA},2026-11-23,PM,-,,\n");
    let plan = planned(&file);
    assert!(plan.steps.is_empty() && plan.aside.is_empty());
    assert_eq!(plan.blanks, 2);
}

#[test]
fn what_spreadsheets_do_is_undone_or_set_aside() {
    let quoted = planned("UPN,Date,Session,Mark\n\"=\"\"J874234519001\"\"\",23/11/2026,AM,\"=\"\"/\"\"\"\n");
    assert_eq!(quoted.tally().marks, [1, 0, 0], "{quoted:?}");
    assert_eq!(fault(&row(&format!("{ADA},2026-11-23,AM,=,,"))), Fault::UnknownCode);
    assert_eq!(fault(&row(&format!("{ADA},46349,AM,/,,"))), Fault::BadDate);
    let spoilt = planned("Adno,Date,Session,Mark\n1.2E+05,23/11/2026,AM,/\n");
    assert_eq!(fault(&spoilt), Fault::SpoiltNumber);
}

#[test]
fn a_lone_backslash_ends_no_cell() {
    for file in [
        format!("UPN,Date,Session,Mark\n{ADA},23/11/2026,PM,\\\n{ADA},23/11/2026,AM,/\n"),
        format!("UPN,Date,Session,Mark\n{ADA},23/11/2026,PM,\"\\\"\n{ADA},23/11/2026,AM,\"/\"\n"),
        format!("UPN,Date,Session,Mark,Comment\n{ADA},23/11/2026,PM,\\,x\n{ADA},23/11/2026,AM,/,y\n"),
    ] {
        assert_eq!(planned(&file).tally().marks, [2, 0, 0], "{file}");
    }
}

#[test]
fn a_byte_order_mark_and_windows_letters_do_no_harm() {
    let mut bytes = b"\xEF\xBB\xBF".to_vec();
    bytes.extend(format!("{HEAD}{ADA},2026-11-23,AM,I,,caf").bytes());
    bytes.extend(b"\xE9\n");
    let marks = read_marks(&bytes).unwrap();
    assert_eq!(marks.given[0].note.as_deref(), Some("café"));
}

#[test]
fn a_child_is_known_by_upn_in_any_case_or_by_number_without_its_noughts() {
    let by =
        |upn: &str, number: &str| planned(&format!("UPN,Adno,Date,Session,Mark\n{upn},{number},23/11/2026,AM,/\n"));
    for (upn, number) in [("j874234519001", ""), ("", "12"), ("", "0012"), (ADA, "12"), (ADA, "999999")] {
        let plan = by(upn, number);
        assert_eq!(plan.steps.first().map(|step| step.pupil), Some(0), "{upn} {number}: {plan:?}");
    }
    // A new arrival has no UPN here yet.
    assert_eq!(by("V87423452001A", "77").steps[0].pupil, 2);
    assert_eq!(fault(&by("", "")), Fault::NoNumber);
    assert_eq!(fault(&by(ADA, "44")), Fault::TwoChildren);
    assert_eq!(fault(&by("", "500")), Fault::TwoChildren, "two children with one number");
    assert_eq!(fault(&by("X874234519009", "12")), Fault::TwoChildren);
}

#[test]
fn an_unknown_pupil_is_set_aside_once_with_all_its_marks() {
    let plan = planned(&format!(
        "{HEAD}A874234519099,2026-11-23,AM,/,,\nA874234519099,2026-11-23,PM,\\,,\n{ADA},2026-11-23,AM,/,,\n"
    ));
    assert_eq!((plan.tally().marks, plan.tally().aside, plan.aside.len()), ([1, 0, 0], 2, 1));
    assert_eq!((plan.aside[0].said, plan.aside[0].line), (Fault::UnknownPupil, 2));
    assert_eq!(plan.aside[0].who, "A874234519099");
}

#[test]
fn a_leavers_marks_end_with_the_last_day() {
    let plan = planned(&format!("{HEAD}Y874234519002,2026-11-06,AM,/,,\nY874234519002,2026-11-09,AM,/,,\n"));
    assert_eq!((plan.tally().marks, plan.aside[0].said), ([1, 0, 0], Fault::AfterLeaving));
}

#[test]
fn sessions_in_which_the_school_is_shut_are_set_aside() {
    for (date, session, is) in [
        ("2026-11-21", "AM", Fault::NotOpen(DayKind::Weekend)),
        ("2026-10-28", "AM", Fault::NotOpen(DayKind::Holiday)),
        ("2026-09-01", "AM", Fault::NotOpen(DayKind::Inset)),
        ("2026-11-19", "AM", Fault::NotOpen(DayKind::UnplannedClosure)),
        ("2026-11-20", "PM", Fault::HalfClosed),
        ("2027-01-05", "AM", Fault::BeyondCalendar),
    ] {
        assert_eq!(fault(&row(&format!("{ADA},{date},{session},/,,"))), is, "{date} {session}");
    }
    assert_eq!(row(&format!("{ADA},2026-11-20,AM,/,,")).tally().marks, [1, 0, 0]);
    // The register of a day of snow says so itself.
    assert_eq!(row(&format!("{ADA},2026-11-19,AM,Y4,,")).tally().marks, [1, 0, 0]);
}

#[test]
fn rows_that_cannot_be_read_are_set_aside_with_their_reason() {
    for (text, is) in [
        (format!("{ADA},,AM,/,,"), Fault::NoDate),
        (format!("{ADA},23/11/26,AM,/,,"), Fault::ShortYear),
        (format!("{ADA},11/23/2026,AM,/,,"), Fault::BadDate),
        (format!("{ADA},Tue 23/11/2026,AM,/,,"), Fault::OtherWeekday),
        (format!("{ADA},2026-11-23,evening,/,,"), Fault::BadSession),
        (format!("{ADA},2026-11-23,,/,,"), Fault::BadSession),
        (format!("{ADA},2026-11-23,AM,?,,"), Fault::UnknownCode),
        (format!("{ADA},2026-11-23,AM,i,,"), Fault::UnknownCode),
        (format!("{ADA},2026-11-23,AM,c1,,"), Fault::UnknownCode),
        (format!("{ADA},2026-11-23,AM,/,,a comment, with a comma"), Fault::MoreCells),
    ] {
        assert_eq!(fault(&row(&text)), is, "{text}");
    }
}

#[test]
fn marks_in_one_string_are_refused_by_cell_and_by_file() {
    for marks in ["/\\", "/\\/\\NN", "//", "C1C2", "II"] {
        assert_eq!(fault(&row(&format!("{ADA},2026-11-23,AM,{marks},,"))), Fault::MarkString, "{marks}");
    }
    let file = format!("UPN,Surname,Attendance start date,Attendance marks\n{ADA},Okafor,01/09/2026,/\\/\\NN\n");
    assert_eq!(read_marks(file.as_bytes()), Err(Unreadable::MarkString));
}

#[test]
fn sums_and_other_tables_are_refused_as_a_whole() {
    let sums = format!("UPN,Possible Sessions,Present,AEA,Lates,% Attendance\n{ADA},380,361,0,3,95\n");
    assert_eq!(read_marks(sums.as_bytes()), Err(Unreadable::Summary));
    for file in ["UPN,Surname,DOB\nx,y,z\n", "Date,Session,Mark\n2026-11-23,AM,/\n", "a,b\n1,2\n"] {
        assert_eq!(read_marks(file.as_bytes()), Err(Unreadable::NoMarkHeads), "{file}");
    }
}

#[test]
fn a_head_that_names_no_day_is_set_aside_and_the_other_columns_come_in() {
    let file = format!("UPN,Mon 23/11/26 AM,Tue 23/11/2026 PM,Mon 23/11/2026 AM,Mon 32/11/2026 PM\n{ADA},/,\\,/,\\\n");
    let plan = planned(&file);
    let faults: Vec<Fault> = plan.aside.iter().map(|one| one.said).collect();
    assert_eq!(faults, [Fault::ShortYear, Fault::OtherWeekday, Fault::BadDate]);
    assert_eq!((plan.aside[1].who.as_str(), plan.tally().marks), ("Tue 23/11/2026 PM", [1, 0, 0]));
}

#[test]
fn odd_but_real_codes_come_in_with_a_word() {
    for (mark, session, is) in [
        ("W", "AM", Caution::NotPrimary),
        ("S", "AM", Caution::NotPrimary),
        ("Z", "AM", Caution::NotJoined),
        ("#", "AM", Caution::SaysClosed),
        ("X", "AM", Caution::OfAge),
        ("/", "PM", Caution::OtherHalf),
        ("\\", "AM", Caution::OtherHalf),
        ("B", "AM", Caution::NoNote),
        ("Y7", "AM", Caution::NoNote),
    ] {
        assert_eq!(cautions(&row(&format!("{ADA},2026-11-23,{session},{mark},,"))), [is], "{mark}");
    }
    assert_eq!(cautions(&row("M874234520123,2026-11-23,PM,C2,,")), [Caution::UnderAge]);
    for fine in [format!("{ADA},2026-11-23,PM,C2,,"), format!("{ADA},2026-11-23,AM,B,,forest school")] {
        assert_eq!(cautions(&row(&fine)), [], "{fine}");
    }
    assert_eq!(cautions(&row("M874234520123,2026-11-23,PM,X,,")), []);
}

#[test]
fn letters_withdrawn_in_2024_count_as_they_did_and_are_listed() {
    for (date, letter, class) in [
        ("2024-06-03", "J", Class::ApprovedActivity),
        ("2026-11-23", "J", Class::AuthorisedAbsence),
        ("2024-06-03", "H", Class::AuthorisedAbsence),
        ("2024-06-03", "F", Class::AuthorisedAbsence),
        ("2024-06-03", "Y", Class::NotPossible),
    ] {
        let plan = row(&format!("{ADA},{date},AM,{letter},,"));
        let mark = &plan.steps[0].becomes;
        assert_eq!((mark.code.class(), mark.withdrawn.as_deref()), (class, Some(letter)), "{date} {letter}");
        assert!(plan.cautions.iter().any(|one| one.said == Caution::Withdrawn(mark.code)), "{plan:?}");
    }
}

#[test]
fn minutes_are_read_and_nonsense_is_left_out_with_a_word() {
    for (text, is) in [("12", Some(12)), ("12 min", Some(12)), ("7.0", Some(7)), ("0", None), ("", None)] {
        let plan = row(&format!("{ADA},2026-11-23,AM,L,{text},"));
        assert_eq!((plan.steps[0].becomes.minutes, cautions(&plan)), (is, vec![]), "{text}");
    }
    for text in ["-5", "late", "99999", "0:12"] {
        let plan = row(&format!("{ADA},2026-11-23,AM,L,{text},"));
        assert_eq!((plan.steps[0].becomes.minutes, cautions(&plan)), (None, vec![Caution::BadMinutes]), "{text}");
    }
}

#[test]
fn a_session_twice_counts_once_and_a_contradiction_is_set_aside() {
    let twice = planned(&format!("{HEAD}{ADA},2026-11-23,AM,/,,\n{ADA},23/11/2026,AM,/,,\n"));
    assert_eq!((twice.tally().marks, twice.aside.len()), ([1, 0, 0], 0));
    let both = planned(&format!("UPN,Adno,Date,Session,Mark\n{ADA},,2026-11-23,AM,/\n,12,2026-11-23,AM,N\n"));
    assert_eq!((both.tally().marks, both.aside[0].said), ([1, 0, 0], Fault::Contradicts(2)));
    assert_eq!(both.steps[0].becomes.code, Code::PresentAm);
}

#[test]
fn days_outside_roll_and_calendar_are_noted_once() {
    let before = row(&format!("{ADA},2024-06-03,AM,/,,\n{ADA},2024-06-04,AM,/,,"));
    let said: Vec<_> = before.cautions.iter().map(|one| (one.said, one.count)).collect();
    assert_eq!(said, [(Caution::BeforeAdmission, 2), (Caution::BeforeCalendar, 2)]);
    assert_eq!(cautions(&row(&format!("{ADA},2026-11-25,AM,C,,"))), [Caution::Ahead]);
    let joiner = planned("Adno,Date,Session,Mark\n77,2026-11-06,AM,Z\n77,2026-11-09,AM,/\n");
    assert_eq!(cautions(&joiner), [Caution::NotJoined]);
}

#[test]
fn rows_below_the_table_and_heads_again_are_no_childs() {
    let plan = planned(&format!("{HEAD}{ADA},2026-11-23,AM,/,,\n{HEAD}\nTotal,1\nEnd of report\n"));
    assert_eq!((plan.tally().marks, plan.footers, plan.aside.len()), ([1, 0, 0], 3, 0), "{plan:?}");
}

#[test]
fn heads_that_come_again_are_known_by_whatever_they_are_called() {
    for (heads, line) in [
        ("Student UPN,Date,Session,Mark", format!("{ADA},2026-11-23,AM,/")),
        ("Adno,Date,Session,Mark", "77,2026-11-23,AM,/".to_owned()),
        ("Pupil UPN,Adno,Mon 23/11/2026 AM", format!("{ADA},,/")),
    ] {
        let marks = read(&format!("{heads}\n{line}\n{}\n", heads.to_uppercase()));
        assert_eq!((marks.given.len(), marks.footers, marks.aside), (1, 1, vec![]), "{heads}");
    }
}

#[test]
fn the_same_file_again_changes_nothing_and_another_keeps_what_it_does_not_say() {
    let file = format!("{HEAD}{ADA},2026-11-23,AM,L,12,bus\n{ADA},2026-11-23,PM,\\,,\n");
    let known = after(&planned(&file), stored());
    let again = plan(read(&file), &known, &calendar(), Source::Import, today());
    assert_eq!((again.tally().marks, again.steps.len()), ([0, 0, 2], 0));
    let wide = format!("UPN,Mon 23/11/2026 AM\n{ADA},L\n");
    assert_eq!(plan(read(&wide), &known, &calendar(), Source::Import, today()).tally().marks, [0, 0, 1]);
    let changed = plan(read(&wide.replace(",L", ",I")), &known, &calendar(), Source::Import, today());
    assert_eq!((changed.tally().marks, changed.steps[0].becomes.minutes), ([0, 1, 0], None));
}

#[test]
fn marks_from_the_school_before_touch_none_of_ours_and_know_other_holidays() {
    let mut known = stored();
    let ours = |source| StoredMark { code: Code::I, withdrawn: None, minutes: None, note: None, source };
    known.marks.insert((2, at("2026-11-09", Session::Am)), ours(Source::Import));
    known.marks.insert((2, at("2026-11-05", Session::Am)), ours(Source::PreviousSchool));
    let file = "Adno,Date,Session,Mark\n77,2026-10-28,AM,O\n77,2026-11-05,AM,O\n77,2026-11-09,AM,O\n77,2026-11-10,AM,O\n77,2026-11-07,AM,O\n";
    let plan = plan(read(file), &known, &calendar(), Source::PreviousSchool, today());
    assert_eq!(plan.tally().marks, [2, 1, 0]);
    let aside: Vec<_> = plan.aside.iter().map(|one| one.said).collect();
    assert_eq!(aside, [Fault::HereAlready, Fault::NotOpen(DayKind::Weekend)]);
    assert!(plan.steps.iter().all(|step| step.becomes.source == Source::PreviousSchool));
    assert_eq!(plan.cautions.iter().map(|one| one.said).collect::<Vec<_>>(), [Caution::AfterAdmission]);
}

#[test]
fn a_correction_that_the_mis_does_not_have_gives_way_with_a_word() {
    let mut known = stored();
    let corrected = StoredMark { code: Code::M, withdrawn: None, minutes: None, note: None, source: Source::Staff };
    known.marks.insert((0, at("2026-11-23", Session::Am)), corrected);
    let say = |mark: &str| {
        let file = format!("{HEAD}{ADA},2026-11-23,AM,{mark},,\n");
        plan(read(&file), &known, &calendar(), Source::Import, today())
    };
    assert_eq!((say("M").tally().marks, say("M").cautions.len()), ([0, 0, 1], 0));
    assert_eq!((say("N").tally().marks, cautions(&say("N"))), ([0, 1, 0], vec![Caution::Corrected]));
}

#[test]
fn the_digest_stands_for_what_is_done() {
    let digest = |text: &str| {
        let stored = stored();
        plan(read(text), &stored, &calendar(), Source::Import, today()).digest(&stored)
    };
    let file = format!("{HEAD}{ADA},2026-11-23,AM,/,,\n");
    assert_eq!(digest(&file), digest(&file));
    for other in [
        file.replace(",/,", ",I,"),
        file.replace("AM", "PM"),
        file.replace("23", "18"),
        file.replace(ADA, "M874234520123"),
    ] {
        assert_ne!(digest(&file), digest(&other), "{other}");
    }
}

#[test]
fn a_mark_of_a_year_group_that_is_at_home_is_set_aside_and_the_others_come_in() {
    let mut known = stored();
    known.pupils[2].year = 4;
    let snow = ClosedDay {
        date: day("2026-11-23"),
        kind: ClosedKind::UnplannedClosure,
        confirmed: true,
        am_closed: true,
        pm_closed: false,
        note: None,
    };
    let whole = calendar();
    let partly = vec![YearsClosed { years: vec![3], day: snow }];
    let calendar = Calendar::with_years(whole.terms().to_vec(), whole.closed().to_vec(), partly).unwrap();
    let file = format!("{HEAD}{ADA},23/11/2026,AM,I\n{ADA},23/11/2026,PM,I\n");
    let adno = "Adno,Date,Session,Mark\n77,23/11/2026,AM,/\n";
    let plan_of = |text: &str| plan(read(text), &known, &calendar, Source::Import, today());
    let ada = plan_of(&file);
    assert_eq!((ada.steps.len(), ada.aside.len()), (1, 1), "{ada:?}");
    assert_eq!((ada.aside[0].said, ada.aside[0].who.as_str()), (Fault::HalfClosed, "Ada Okafor"));
    assert_eq!(plan_of(adno).steps.len(), 1, "Year 4 has school");
    // A register of that morning that says so itself comes in, once the whole day is shut.
    let mut shut = calendar.closed_for_years().to_vec();
    shut[0].day.pm_closed = true;
    let shut = Calendar::with_years(whole.terms().to_vec(), whole.closed().to_vec(), shut).unwrap();
    let says = format!("{HEAD}{ADA},23/11/2026,AM,Y3\n");
    assert_eq!(plan(read(&says), &known, &shut, Source::Import, today()).steps.len(), 1);
}
