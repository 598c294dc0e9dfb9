//! Files held against what is stored.

mod addresses;

use app::rules::{
    access::Access,
    import::{Caution, Doubt, Fault},
};
use chrono::NaiveDate;

use super::{
    GuardianRow, Kind, LinkRow, Plan, PupilRow, Stored, StoredClass, StoredGuardian, StoredLink, StoredPupil, plan,
};
use crate::import::read_roster;

const HEADS: &str = "UPN,Adno,Surname,Forename,DOB,Year,Reg,Leaving date,Contact ID,Contact Surname,Contact Forename,Relationship,PR,Lives with pupil,Court order,Email,Mobile";
const ADA: &str = "J874234519001,000123,Okafor,Ada,12/03/2019,3,3 Oak,";
const SAM: &str = "Y874234519002,000124,Okafor,Sam,25/01/2021,1,1 Elm,";
const NGOZI: &str = "12,Okafor,Ngozi,mother,T,T,,ngozi@example.org,07700 900123";
const GRAN: &str = "14,Eze,Joy,grandmother,,,,joy@example.org,";

fn today() -> NaiveDate {
    day("2026-11-23")
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn with(child: &str, contact: &str) -> String {
    format!("{child},{contact}")
}

fn planned(stored: &Stored, lines: &[&str]) -> Plan {
    let file = [&[HEADS], lines].concat().join("\n");
    plan(read_roster(file.as_bytes(), today()).unwrap(), stored, today())
}

/// What the school holds after a plan was carried out.
pub(in crate::import) fn after(plan: &Plan, stored: &Stored) -> Stored {
    let mut next = stored.clone();
    for class in &plan.classes {
        next.classes.push(StoredClass { class_id: class.name.clone(), name: class.name.clone(), year: class.year });
    }
    let id = |id: &Option<String>, line: u64, kind: &str| {
        id.clone().unwrap_or_else(|| format!("{kind} of line {line} of {}", stored.pupils.len()))
    };
    for step in &plan.pupils {
        let pupil_id = id(&step.id, step.line, "child");
        next.pupils.retain(|pupil| pupil.pupil_id != pupil_id);
        next.pupils.push(StoredPupil { pupil_id, row: step.becomes.clone(), missing_since: None });
    }
    for step in &plan.contacts {
        let guardian_id = id(&step.id, step.line, "contact");
        next.guardians.retain(|guardian| guardian.guardian_id != guardian_id);
        next.guardians.push(StoredGuardian { guardian_id, row: step.becomes.clone() });
    }
    for tie in &plan.ties {
        let (pupil, contact) = (&plan.pupils[tie.pupil], &plan.contacts[tie.contact]);
        let (pupil_id, guardian_id) = (id(&pupil.id, pupil.line, "child"), id(&contact.id, contact.line, "contact"));
        let was = next.links.iter().find(|link| link.pupil_id == pupil_id && link.guardian_id == guardian_id).cloned();
        let (barred, decided) = was.as_ref().map_or((false, false), |was| (was.barred, was.decided));
        next.links.retain(|link| link.pupil_id != pupil_id || link.guardian_id != guardian_id);
        next.links.push(StoredLink {
            guardian_id,
            pupil_id,
            row: tie.step.becomes.clone(),
            barred,
            decided,
            missing_since: None,
        });
    }
    next
}

/// The school with Ada, Sam, their mother and Ada's grandmother.
fn school() -> Stored {
    let stored = Stored::default();
    after(&planned(&stored, &[&with(ADA, NGOZI), &with(ADA, GRAN), &with(SAM, NGOZI)]), &stored)
}

fn kinds(plan: &Plan) -> (Vec<Kind>, Vec<Kind>, Vec<Kind>) {
    let ties = plan.ties.iter().map(|tie| tie.step.kind());
    (
        plan.pupils.iter().map(super::Step::kind).collect(),
        plan.contacts.iter().map(super::Step::kind).collect(),
        ties.collect(),
    )
}

fn faults(plan: &Plan) -> Vec<(u64, Fault)> {
    plan.aside.iter().map(|aside| (aside.line, aside.fault)).collect()
}

/// Changes the link between a contact, by forename, and Ada.
fn on_link(stored: &mut Stored, forename: &str, change: impl Fn(&mut StoredLink)) {
    let id = stored.guardians.iter().find(|guardian| guardian.row.forename == forename).unwrap().guardian_id.clone();
    let ada = stored.pupils.iter().find(|pupil| pupil.row.forename == "Ada").unwrap().pupil_id.clone();
    stored.links.iter_mut().filter(|link| link.guardian_id == id && link.pupil_id == ada).for_each(change);
}

/// What becomes of the first link of a plan.
fn first(plan: &Plan) -> LinkRow {
    plan.ties[0].step.becomes.clone()
}

#[test]
fn a_first_file_adds_everybody_and_the_same_file_again_keeps_everybody() {
    let lines = [with(ADA, NGOZI), with(ADA, GRAN), with(SAM, NGOZI)];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let empty = Stored::default();
    let plan = planned(&empty, &lines);
    assert_eq!(plan.tally().pupils, [2, 0, 0]);
    assert_eq!((plan.tally().contacts, plan.tally().ties, plan.tally().classes), ([2, 0, 0], [3, 0, 0], 2));
    assert_eq!(plan.doubts, []);
    let again = planned(&after(&plan, &empty), &lines);
    assert!(!again.tally().changes(), "{:?}", kinds(&again));
    assert_eq!((again.tally().pupils, again.doubts.len(), again.back.len()), ([0, 0, 2], 0, 0));
}

#[test]
fn what_changes_is_named_and_the_rest_is_kept() {
    let plan = planned(
        &school(),
        &[
            &with(&ADA.replace("3,3 Oak", "4,4 Lime"), &NGOZI.replace("ngozi@", "n.okafor@")),
            &with(ADA, GRAN),
            &with(SAM, NGOZI),
        ],
    );
    assert_eq!(kinds(&plan).0, [Kind::Changed, Kind::Kept]);
    let changes = plan.pupils[0].was.as_ref().unwrap().changes(&plan.pupils[0].becomes);
    assert_eq!(
        changes.iter().map(|(_, was, is)| (was.as_deref(), is.as_deref())).collect::<Vec<_>>(),
        [(Some("3 Oak"), Some("4 Lime"))]
    );
    assert_eq!(plan.classes.iter().map(|class| (class.name.as_str(), class.year)).collect::<Vec<_>>(), [("4 Lime", 4)]);
    assert_eq!(kinds(&plan).1, [Kind::Changed, Kind::Kept]);
}

#[test]
fn a_claim_opens_a_court_order_closes_and_silence_waits() {
    for (flags, access, reviewed) in [
        (",T,,,", Access::Full, true),
        (",,T,,", Access::Full, true),
        (",F,Yes,,", Access::Full, true),
        (",T,T,T,", Access::None, false),
        (",,,,", Access::None, false),
        (",F,F,,", Access::None, false),
        (",,,F,", Access::None, false),
    ] {
        let link = first(&planned(&Stored::default(), &[&with(ADA, &NGOZI.replace(",T,T,,", flags))]));
        assert_eq!((link.access, link.reviewed), (access, reviewed), "{flags}");
    }
}

#[test]
fn a_bar_survives_every_file() {
    let mut stored = school();
    on_link(&mut stored, "Ngozi", |link| link.barred = true);
    let plan = planned(&stored, &[&with(ADA, NGOZI), &with(ADA, GRAN), &with(SAM, NGOZI)]);
    assert!(plan.ties[0].barred && !plan.ties[1].barred);
    assert_eq!(plan.ties[0].step.kind(), Kind::Kept);
}

#[test]
fn beside_a_bar_nobody_new_gets_in_unseen() {
    let mut stored = school();
    on_link(&mut stored, "Joy", |link| link.barred = true);
    let new = "99,Eze,Joyce,aunt,T,T,,joyce@example.org,";
    let plan = planned(&stored, &[&with(ADA, NGOZI), &with(ADA, GRAN), &with(ADA, new), &with(SAM, new)]);
    let [_, _, ada, sam] = &plan.ties[..] else { panic!("{:?}", plan.ties) };
    assert_eq!((ada.step.becomes.access, ada.step.becomes.reviewed), (Access::None, false));
    assert_eq!((sam.step.becomes.access, sam.step.becomes.reviewed), (Access::Full, true));
}

#[test]
fn a_barred_contact_stays_barred_when_numbers_are_dealt_anew() {
    let chidi = "13,Okafor,Chidi,father,T,T,,chidi@example.org,";
    let stored = after(&planned(&school(), &[&with(ADA, NGOZI), &with(ADA, chidi)]), &school());
    let mut stored = stored;
    on_link(&mut stored, "Chidi", |link| link.barred = true);
    // The new MIS gives the mother the father's old number, with a new address as well.
    let mother = NGOZI.replace("12,", "13,").replace("ngozi@", "new@");
    let father = chidi.replace("13,", "12,");
    let plan = planned(&stored, &[&with(ADA, &mother), &with(ADA, &father)]);
    let barred: Vec<_> =
        plan.ties.iter().map(|tie| (plan.contacts[tie.contact].becomes.forename.as_str(), tie.barred)).collect();
    assert_eq!(barred, [("Ngozi", false), ("Chidi", true)]);
}

#[test]
fn what_the_office_decided_stays_unless_a_claim_goes_or_an_order_comes() {
    let decide = |link: &mut StoredLink| {
        (link.decided, link.row.access, link.row.reviewed) = (true, Access::View, true);
    };
    let mut stored = school();
    on_link(&mut stored, "Joy", decide);
    on_link(&mut stored, "Ngozi", decide);
    let link = |contact: &str| first(&planned(&stored, &[&with(ADA, contact)]));
    // Silence and a new claim change nothing that was decided.
    assert_eq!((link(GRAN).access, link(GRAN).reviewed), (Access::View, true));
    assert_eq!(link(&GRAN.replace(",,,,", ",T,T,,")).access, Access::View);
    assert_eq!(link(NGOZI).access, Access::View);
    assert_eq!(link(&NGOZI.replace(",T,T,,", ",,,,")).access, Access::View, "blanks take nothing away");
    // Deny wins.
    for flags in [",F,F,,", ",T,T,T,"] {
        let link = link(&NGOZI.replace(",T,T,,", flags));
        assert_eq!((link.access, link.reviewed), (Access::None, false), "{flags}");
    }
}

#[test]
fn what_the_office_shut_no_two_files_open() {
    let mut stored = school();
    on_link(&mut stored, "Ngozi", |link| {
        (link.decided, link.row.access, link.row.reviewed) = (true, Access::None, true);
    });
    for flags in [",F,F,,", ",T,T,,"] {
        let file = with(ADA, &NGOZI.replace(",T,T,,", flags));
        let plan = planned(&stored, &[&file]);
        assert_eq!(first(&plan).access, Access::None, "{flags}");
        stored = after(&plan, &stored);
    }
}

#[test]
fn a_claim_beside_a_bar_waits_for_the_office_whenever_it_comes() {
    let mut stored = school();
    on_link(&mut stored, "Ngozi", |link| link.barred = true);
    let claims = with(ADA, &GRAN.replace(",,,,", ",T,,,"));
    let link = first(&planned(&stored, &[&claims]));
    assert_eq!((link.access, link.reviewed), (Access::None, false));
}

#[test]
fn a_claim_that_comes_later_opens_what_nobody_decided_and_no_court_order_holds() {
    let mut stored = school();
    let claims = with(ADA, &GRAN.replace(",,,,", ",T,,,"));
    assert_eq!(first(&planned(&stored, &[&claims])).access, Access::Full);
    on_link(&mut stored, "Joy", |link| link.row.court_order = true);
    assert_eq!(first(&planned(&stored, &[&claims])).access, Access::None);
    // A lifted order alone opens nothing: the office looks.
    let lifted = with(ADA, &GRAN.replace(",,,,", ",T,,F,"));
    assert_eq!(first(&planned(&stored, &[&lifted])).access, Access::None);
}

#[test]
fn nobody_is_removed_and_everybody_missing_is_named() {
    let stored = school();
    let plan = planned(&stored, &[&with(ADA, NGOZI)]);
    assert_eq!(
        plan.missing_pupils.iter().map(|gone| (gone.who.as_str(), gone.of.as_str())).collect::<Vec<_>>(),
        [("Sam Okafor", "1 Elm")]
    );
    assert_eq!(
        plan.missing_ties.iter().map(|gone| (gone.who.as_str(), gone.of.as_str())).collect::<Vec<_>>(),
        [("Joy Eze", "Ada Okafor")]
    );
    assert_eq!(after(&plan, &stored).pupils.len(), 2);
    // A file that knows no contacts misses none.
    let file = "UPN,Surname,Forename,DOB,Reg\nJ874234519001,Okafor,Ada,12/03/2019,3 Oak\n";
    let plan = super::plan(read_roster(file.as_bytes(), today()).unwrap(), &stored, today());
    assert_eq!((plan.missing_ties.len(), plan.missing_pupils.len()), (0, 1));
}

#[test]
fn a_line_set_aside_still_says_that_its_child_is_there() {
    let plan = planned(&school(), &[&with(ADA, NGOZI), &with(&SAM.replace("2021", "21"), NGOZI)]);
    assert_eq!((plan.aside.len(), plan.missing_pupils.len()), (1, 0));
    // And a contact set aside is not a contact gone.
    let plan = planned(&school(), &[&with(ADA, NGOZI), &with(ADA, &GRAN.replace("Eze,Joy", ",")), &with(SAM, NGOZI)]);
    assert_eq!((plan.aside.len(), plan.missing_ties.len()), (1, 0));
}

#[test]
fn a_child_who_leaves_gets_the_day_and_one_who_had_left_is_not_brought_in() {
    let leaving = ADA.replace("3 Oak,", "3 Oak,18/12/2026");
    let plan = planned(&school(), &[&with(&leaving, NGOZI), &with(SAM, NGOZI)]);
    assert_eq!(plan.pupils[0].becomes.left_on, Some(day("2026-12-18")));
    let gone = with(&ADA.replace("3 Oak,", "3 Oak,16/10/2026"), NGOZI);
    assert_eq!(faults(&planned(&Stored::default(), &[&gone])), [(2, Fault::LeftBefore)]);
    let stored = after(&planned(&school(), &[&gone, &with(SAM, NGOZI)]), &school());
    // Who has left is not missed.
    assert_eq!(planned(&stored, &[&with(SAM, NGOZI)]).missing_pupils, []);
}

#[test]
fn a_new_class_needs_a_year_from_a_column_or_its_name() {
    let year = |line: &str| planned(&Stored::default(), &[line]).classes.first().map(|class| class.year);
    assert_eq!(year(&with(ADA, NGOZI)), Some(3));
    assert_eq!(year(&with(&ADA.replace("3,3 Oak", ",R Ash"), NGOZI)), Some(0));
    assert_eq!(year(&with(&ADA.replace("3,3 Oak", "R,Acorns"), NGOZI)), Some(0));
    let nameless = planned(&Stored::default(), &[&with(&ADA.replace("3,3 Oak", ",Acorns"), NGOZI)]);
    assert_eq!(faults(&nameless), [(2, Fault::NoYear)]);
    let none = planned(&Stored::default(), &[&with(&ADA.replace("3 Oak", ""), NGOZI)]);
    assert_eq!(faults(&none), [(2, Fault::NoClass)]);
    // Of a child that is known a blank class says nothing; the same class in other letters is no new one.
    let plan =
        planned(&school(), &[&with(&ADA.replace("3 Oak", ""), NGOZI), &with(&SAM.replace("1 Elm", "1ELM"), NGOZI)]);
    assert_eq!((kinds(&plan).0, plan.classes.len()), (vec![Kind::Kept, Kind::Kept], 0));
    let other = planned(&school(), &[&with(&ADA.replace("3,3 Oak", "4,3 Oak"), NGOZI)]);
    assert_eq!(
        other.cautions.iter().map(|noted| noted.caution).collect::<Vec<_>>(),
        [Caution::OtherYear, Caution::NoAdmission][..1]
    );
}

#[test]
fn without_a_first_day_a_child_is_on_roll_since_its_age_group_started_school() {
    let young = SAM.replace("25/01/2021", "01/09/2023");
    for (child, first) in [(ADA, "2023-09-01"), (SAM, "2025-09-01"), (&young, "2026-11-23")] {
        assert_eq!(planned(&Stored::default(), &[&with(child, NGOZI)]).pupils[0].becomes.admitted, day(first));
    }
    let later = planned(&school(), &[&with(ADA, NGOZI)]);
    assert_eq!(later.pupils[0].becomes.admitted, school().pupils[0].row.admitted, "what is known stays");
}

#[test]
fn numbers_that_belong_to_others_are_set_aside() {
    let crossed = SAM.replace("000124", "000123").replace("Sam,25/01/2021", "Ada,25/01/2021");
    assert_eq!(faults(&planned(&school(), &[&with(&crossed, NGOZI)])), [(2, Fault::TwoChildren)]);
    let other = ADA.replace("Okafor,Ada,12/03/2019", "Smith,Ben,01/01/2020");
    assert_eq!(faults(&planned(&school(), &[&with(&other, NGOZI)])), [(2, Fault::OtherChild)]);
    let unnumbered = other.replace("J874234519001", "");
    assert_eq!(faults(&planned(&school(), &[&with(&unnumbered, NGOZI)])), [(2, Fault::OtherChild)]);
}

#[test]
fn a_new_mis_with_new_numbers_finds_everybody_again() {
    // Ada's new number is Sam's old one, her mother's new number her grandmother's.
    let plan = planned(
        &school(),
        &[
            &with(&ADA.replace("000123", "000124"), &NGOZI.replace("12,", "14,")),
            &with(&ADA.replace("000123", "000124"), &GRAN.replace("14,", "15,")),
            &with(&SAM.replace("000124", "000125"), &NGOZI.replace("12,", "14,")),
        ],
    );
    assert_eq!(plan.aside, []);
    assert_eq!((plan.tally().pupils, plan.tally().contacts), ([0, 2, 0], [0, 2, 0]));
    let next = after(&plan, &school());
    assert_eq!(next.guardians.iter().filter(|guardian| guardian.row.forename == "Joy").count(), 1);
    assert_eq!(next.pupils.len(), 2);
}

#[test]
fn a_mother_of_two_without_number_and_address_stays_one() {
    let bare = ",Okafor,Ngozi,mother,T,T,,,";
    let mut stored = school();
    for guardian in &mut stored.guardians {
        (guardian.row.mis_id, guardian.row.email, guardian.row.mobile) = (None, None, None);
    }
    let lines = [with(ADA, bare), with(ADA, &GRAN.replace("14,", ",").replace("joy@example.org", "")), with(SAM, bare)];
    let plan = planned(&stored, &lines.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!((plan.tally().contacts, plan.tally().ties), ([0, 0, 2], [0, 0, 3]));
    assert_eq!(plan.missing_ties, []);
    // A telephone makes them one from the start.
    let phoned = bare.replace("T,T,,,", "T,T,,,07700 900123");
    let plan = planned(&Stored::default(), &[&with(ADA, &phoned), &with(SAM, &phoned)]);
    assert_eq!(plan.tally().contacts, [1, 0, 0]);
}

#[test]
fn a_number_given_again_is_not_the_person_it_was() {
    let stranger = "12,Smith,Jo,mother,T,T,,jo@example.org,";
    let ben = "Q874234521045,000777,Smith,Ben,01/01/2020,2,2 Fir,";
    let stored = school();
    let lines = [with(ADA, GRAN), with(SAM, GRAN), with(ben, stranger)];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let plan = planned(&stored, &lines);
    let jo = plan.contacts.iter().find(|step| step.becomes.forename == "Jo").unwrap();
    assert_eq!(jo.kind(), Kind::Added);
    let again = planned(&after(&plan, &stored), &lines);
    assert!(!again.tally().changes());
}

#[test]
fn an_arrival_without_a_upn_is_the_same_child_when_it_comes() {
    let arrival = with(&ADA.replace("J874234519001", ""), NGOZI);
    let stored = after(&planned(&Stored::default(), &[&arrival]), &Stored::default());
    let plan = planned(&stored, &[&with(ADA, NGOZI)]);
    assert_eq!((plan.tally().pupils, plan.pupils[0].becomes.upn.as_str()), ([0, 1, 0], "J874234519001"));
    // And where the file drops a number that is known, it stays.
    let plan = planned(&school(), &[&arrival]);
    assert_eq!((plan.tally().pupils, plan.pupils[0].becomes.upn.as_str()), ([0, 0, 1], "J874234519001"));
}

#[test]
fn an_address_that_cannot_be_read_leaves_the_stored_one_and_a_blank_takes_it_away() {
    let email = |said: &str| {
        let plan = planned(&school(), &[&with(ADA, &NGOZI.replace("ngozi@example.org", said))]);
        plan.contacts[0].becomes.email.clone()
    };
    assert_eq!(email("nonsense"), Some("ngozi@example.org".into()));
    assert_eq!(email(""), None);
    let phone = planned(&school(), &[&with(ADA, &NGOZI.replace("07700 900123", "07700900123"))]);
    assert_eq!(phone.contacts[0].kind(), Kind::Kept);
}

#[test]
fn who_was_missing_and_is_back_is_noted_once() {
    let mut stored = school();
    stored.pupils.iter_mut().for_each(|pupil| pupil.missing_since = Some(today()));
    on_link(&mut stored, "Joy", |link| link.missing_since = Some(today()));
    let plan = planned(&stored, &[&with(ADA, NGOZI), &with(ADA, GRAN), &with(SAM, NGOZI)]);
    assert_eq!(plan.back.len(), 3);
    let gone = planned(&stored, &[&with(ADA, NGOZI)]);
    assert!(!gone.missing_pupils[0].new && !gone.missing_ties[0].new);
}

/// A school of so many, and the lines of its file.
fn big(count: usize) -> (Stored, Vec<String>) {
    let lines: Vec<String> = (0..count)
        .map(|n| format!(",{},Name{n},Child,12/03/2019,3,3 Oak,,{},Name{n},Parent,mother,T,T,,,", n + 1000, n + 5000))
        .collect();
    let refs: Vec<&str> = lines.iter().map(String::as_str).collect();
    (after(&planned(&Stored::default(), &refs), &Stored::default()), lines)
}

#[test]
fn a_file_that_misses_more_than_a_tenth_is_in_doubt() {
    let (stored, lines) = big(40);
    let doubts = |count: usize| planned(&stored, &lines[..count].iter().map(String::as_str).collect::<Vec<_>>()).doubts;
    assert_eq!(doubts(40), []);
    assert_eq!(doubts(36), []);
    assert_eq!(doubts(35), [Doubt::ManyMissing { missing: 5, of: 40 }]);
}

#[test]
fn another_schools_file_is_in_doubt() {
    let (stored, lines) = big(20);
    let others: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(n, line)| line.replace(",Name", &format!(",Other{n}x")).replacen(",1", ",99", 1))
        .collect();
    let plan = planned(&stored, &others.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(plan.doubts.contains(&Doubt::OtherSchool { known: 0, of: 20 }), "{:?}", plan.doubts);
    assert!(plan.doubts.contains(&Doubt::ManyMissing { missing: 20, of: 20 }));
}

#[test]
fn a_file_that_renames_or_loses_many_is_in_doubt() {
    let (stored, lines) = big(20);
    let renamed: Vec<String> = lines.iter().map(|line| line.replacen(",Name", ",Neme", 1)).collect();
    let plan = planned(&stored, &renamed.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(plan.doubts, [Doubt::ManyRenamed { renamed: 20, of: 20 }]);
    let spoilt: Vec<String> = lines
        .iter()
        .enumerate()
        .map(|(n, line)| if n < 3 { line.replace("2019", "19") } else { line.clone() })
        .collect();
    let plan = planned(&stored, &spoilt.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(plan.doubts, [Doubt::ManyAside { aside: 3, of: 20 }]);
}

#[test]
fn two_plans_have_one_digest_only_if_they_do_the_same() {
    let lines = [with(ADA, NGOZI), with(SAM, NGOZI)];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let (one, other) = (planned(&school(), &lines).digest(), planned(&school(), &lines).digest());
    assert_eq!(one, other);
    assert_ne!(one, planned(&Stored::default(), &lines).digest());
    assert_ne!(one, planned(&school(), &lines[..1]).digest());
}

#[test]
fn rows_say_what_differs_and_nothing_else() {
    let plan = planned(&school(), &[&with(ADA, NGOZI)]);
    let (child, adult, link): (&PupilRow, &GuardianRow, LinkRow) =
        (&plan.pupils[0].becomes, &plan.contacts[0].becomes, first(&plan));
    assert!(child.changes(child).is_empty() && adult.changes(adult).is_empty() && link.changes(&link).is_empty());
    let closed = LinkRow { access: Access::None, reviewed: false, court_order: true, ..link.clone() };
    let words: Vec<_> =
        link.changes(&closed).into_iter().map(|(field, was, is)| (format!("{field:?}"), was, is)).collect();
    let some = |text: &str| Some(text.to_owned());
    assert_eq!(words, [("CourtOrder".into(), some("0"), some("1")), ("Access".into(), some("full"), some("wait"))]);
}
