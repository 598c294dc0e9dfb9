//! The traps of real files, one test each.

use app::rules::import::{Caution, Fault, Field, Unreadable};

use super::{Aside, Contact, Noted, Pupil, Roster};
use crate::import::read_roster;

const HEADS: &str = "UPN,Adno,Surname,Forename,DOB,Reg,Contact ID,Contact Surname,Contact Forename,Relationship,PR,Lives with pupil,Court order,Email,Mobile";
const ADA: &str = "J874234519001,000123,Okafor,Ada,12/03/2019,3 Oak";
const SAM: &str = "Y874234519002,000124,Okafor,Sam,25/01/2021,1 Elm";
const NGOZI: &str = "12,Okafor,Ngozi,Mother,T,T,,ngozi@example.org,07700 900123";

fn today() -> chrono::NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn bytes(file: &[u8]) -> Roster {
    read_roster(file, today()).unwrap()
}

/// A file of the usual heads and these lines.
fn lines(lines: &[&str]) -> Roster {
    bytes([&[HEADS], lines].concat().join("\n").as_bytes())
}

fn faults(roster: &Roster) -> Vec<(u64, Fault)> {
    roster.aside.iter().map(|Aside { line, fault, .. }| (*line, *fault)).collect()
}

fn cautions(roster: &Roster) -> Vec<(u64, Caution)> {
    roster.cautions.iter().map(|Noted { line, caution, .. }| (*line, *caution)).collect()
}

fn names(pupils: &[Pupil]) -> Vec<String> {
    pupils.iter().map(|pupil| format!("{} {}", pupil.forename, pupil.surname)).collect()
}

fn adults(contacts: &[Contact]) -> Vec<String> {
    contacts.iter().map(|contact| format!("{} {}", contact.forename, contact.surname)).collect()
}

/// A line of this child with this contact.
fn with(child: &str, contact: &str) -> String {
    format!("{child},{contact}")
}

#[test]
fn a_plain_line_is_a_child_with_a_contact() {
    let roster = lines(&[&with(ADA, NGOZI)]);
    assert_eq!((faults(&roster), cautions(&roster)), (vec![], vec![]));
    let (ada, ngozi) = (&roster.pupils[0], &roster.contacts[0]);
    assert_eq!(
        (ada.upn.as_str(), ada.mis_id.as_str(), ada.class.as_deref()),
        ("J874234519001", "000123", Some("3 Oak"))
    );
    assert_eq!(ada.born.to_string(), "2019-03-12");
    assert_eq!((ngozi.mis_id.as_deref(), ngozi.email.as_deref()), (Some("12"), Some("ngozi@example.org")));
    let tie = &ada.ties[0];
    assert_eq!((tie.responsibility, tie.lives_with, tie.court_order), (Some(true), Some(true), None));
}

#[test]
fn encodings_and_delimiters_make_no_difference() {
    let plain = format!("{HEADS}\n{}\n", with(&ADA.replace("Okafor", "Núñez"), NGOZI));
    let wanted = bytes(plain.as_bytes());
    assert_eq!(wanted.pupils[0].surname, "Núñez");
    let windows: Vec<u8> = plain.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let little: Vec<u8> = format!("\u{FEFF}{plain}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let crlf = plain.replace('\n', "\r\n");
    for file in [
        format!("\u{FEFF}{plain}").into_bytes(),
        windows,
        little,
        crlf.into_bytes(),
        plain.replace(',', ";").into_bytes(),
        plain.replace(',', "\t").into_bytes(),
    ] {
        assert_eq!(bytes(&file), wanted);
    }
}

#[test]
fn a_line_break_inside_quotes_ends_no_line() {
    let roster = lines(&[&with(&ADA.replace("3 Oak", "\"3\nOak\""), NGOZI), "x"]);
    assert_eq!(roster.pupils[0].class.as_deref(), Some("3 Oak"));
    assert_eq!(faults(&roster), [(4, Fault::BadUpn)]);
}

#[test]
fn rows_repeat_for_each_contact_and_each_class() {
    let chidi = "13,Okafor,Chidi,Father,T,F,,chidi@example.org,";
    let roster = lines(&[&with(ADA, NGOZI), &with(ADA, chidi), &with(ADA, NGOZI), &with(SAM, NGOZI)]);
    assert_eq!(names(&roster.pupils), ["Ada Okafor", "Sam Okafor"]);
    assert_eq!(adults(&roster.contacts), ["Ngozi Okafor", "Chidi Okafor"]);
    assert_eq!(roster.pupils.iter().map(|pupil| pupil.ties.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(cautions(&roster), []);
    let two = lines(&[&with(ADA, NGOZI), &with(&ADA.replace("3 Oak", "Maths 2"), NGOZI)]);
    assert_eq!((two.pupils[0].class.as_deref(), cautions(&two)), (Some("3 Oak"), vec![(3, Caution::TwoClasses(2))]));
}

#[test]
fn the_registration_group_counts_before_another_class() {
    let file = "UPN,Surname,Forename,DOB,Class,Registration group\nJ874234519001,Okafor,Ada,12/03/2019,Maths 2,3 Oak\n";
    assert_eq!(bytes(file.as_bytes()).pupils[0].class.as_deref(), Some("3 Oak"));
}

#[test]
fn flags_in_any_spelling_are_yes_no_or_nothing() {
    for (said, is) in
        [("T", Some(true)), ("Yes", Some(true)), ("1", Some(true)), ("F", Some(false)), ("no", Some(false)), ("", None)]
    {
        let contact = NGOZI.replace(",T,T,,", &format!(",{said},{said},,"));
        let tie = &lines(&[&with(ADA, &contact)]).pupils[0].ties[0];
        assert_eq!((tie.responsibility, tie.lives_with), (is, is), "{said}");
    }
    let odd = lines(&[&with(ADA, &NGOZI.replace(",T,T,,", ",perhaps,T,,"))]);
    assert_eq!(cautions(&odd), [(2, Caution::BadFlag(Field::Responsibility))]);
    assert_eq!(odd.pupils[0].ties[0].responsibility, None);
}

#[test]
fn a_court_order_that_cannot_be_read_is_one() {
    let roster = lines(&[&with(ADA, &NGOZI.replace(",T,T,,", ",T,T,see file,"))]);
    assert_eq!(roster.pupils[0].ties[0].court_order, Some(true));
}

#[test]
fn rows_that_contradict_each_other_say_nothing_of_responsibility_however_many_there_are() {
    let not = NGOZI.replace(",T,T,,", ",F,T,,");
    let roster = lines(&[&with(ADA, NGOZI), &with(ADA, &not), &with(ADA, NGOZI)]);
    let tie = &roster.pupils[0].ties[0];
    assert_eq!((tie.responsibility, tie.lives_with), (None, None));
    assert_eq!(cautions(&roster), [(3, Caution::FlagsDiffer(2))]);
    let ordered =
        lines(&[&with(ADA, &NGOZI.replace(",T,T,,", ",T,T,T,")), &with(ADA, &NGOZI.replace(",T,T,,", ",T,T,F,"))]);
    assert_eq!(ordered.pupils[0].ties[0].court_order, Some(true));
}

#[test]
fn two_figure_years_are_refused_and_iso_is_read() {
    let iso = lines(&[&with(&ADA.replace("12/03/2019", "2019-03-12"), NGOZI)]);
    assert_eq!(iso.pupils[0].born.to_string(), "2019-03-12");
    for (date, fault) in [
        ("12/03/19", Fault::ShortYear(Field::Born)),
        ("03/25/2019", Fault::BadDate(Field::Born)),
        ("43536", Fault::BadDate(Field::Born)),
        ("", Fault::NoBirthDate),
        ("12/03/1919", Fault::OddAge),
        ("12/03/2027", Fault::OddAge),
    ] {
        assert_eq!(faults(&lines(&[&with(&ADA.replace("12/03/2019", date), NGOZI)])), [(2, fault)], "{date}");
    }
}

#[test]
fn where_names_stand_twice_the_second_pair_is_the_contacts() {
    let file = "Student ID,UPN,Student Forename,Surname,DOB,Class,Parent ID,Title,Forename,Surname,Lives with Pupil\n\
                7,J874234519001,Ada,Okafor,12/03/2019,3 Oak,12,Mrs,Ngozi,Eze,T\n";
    let roster = bytes(file.as_bytes());
    assert_eq!(
        (names(&roster.pupils), adults(&roster.contacts)),
        (vec!["Ada Okafor".into()], vec!["Ngozi Eze".into()])
    );
    assert_eq!(roster.contacts[0].title.as_deref(), Some("Mrs"));
}

#[test]
fn a_pupils_own_address_never_makes_a_parent() {
    let sims =
        "Forename,Surname,Email,UPN,DOB,Year,Reg\nAda,Okafor,ada@school.example,J874234519001,12/03/2019,3,3 Oak\n";
    let roster = bytes(sims.as_bytes());
    assert_eq!((roster.pupils.len(), roster.contacts.len()), (1, 0));
    // Beside contacts too: blank addresses of theirs are not filled from the child's.
    let both = "UPN,Forename,Surname,DOB,Reg,Email,Contact ID,Contact Forename\nJ874234519001,Ada,Okafor,12/03/2019,3 Oak,ada@school.example,12,Ngozi\n";
    assert_eq!(bytes(both.as_bytes()).contacts[0].email, None);
    // And where the MIS has put the child's address on the contact as well.
    let copied = "UPN,Forename,Surname,DOB,Reg,Pupil email,Contact Forename,Contact email\n\
                  J874234519001,Ada,Okafor,12/03/2019,3 Oak,Ada@school.example,Ngozi,ada@school.example\n";
    let roster = bytes(copied.as_bytes());
    assert_eq!((roster.contacts[0].email.clone(), cautions(&roster)), (None, vec![(2, Caution::PupilsEmail)]));
}

#[test]
fn a_child_who_stands_as_their_own_contact_is_no_contact() {
    for word in ["Self", "Pupil", ""] {
        let roster = lines(&[&with(ADA, &format!("99,Okafor,Ada,{word},T,T,,ada@example.org,"))]);
        assert_eq!((roster.pupils.len(), roster.contacts.len()), (1, 0));
        assert_eq!(faults(&roster), [(2, Fault::ContactIsPupil)]);
        assert!(roster.pupils[0].contact_aside);
    }
    // A son named after his father has a father.
    assert_eq!(lines(&[&with(ADA, "99,Okafor,Ada,Mother,T,T,,,")]).contacts.len(), 1);
}

#[test]
fn formulas_are_no_names_and_a_guarded_plus_is_a_telephone() {
    for evil in ["=HYPERLINK(\"\"http://evil.example\"\")", "@SUM(1)", "+1", "-x", "'=1+1"] {
        let roster = lines(&[&with(&ADA.replace("Okafor", &format!("\"{evil}\"")), NGOZI)]);
        assert_eq!(faults(&roster), [(2, Fault::Formula(Field::Surname))], "{evil}");
        let roster = lines(&[&with(ADA, &NGOZI.replace("Okafor", &format!("\"{evil}\"")))]);
        assert_eq!(faults(&roster), [(2, Fault::Formula(Field::ContactSurname))], "{evil}");
        assert_eq!((roster.pupils.len(), roster.contacts.len()), (1, 0));
    }
    let roster = lines(&[&with(ADA, &NGOZI.replace("07700 900123", "'+44 7700 900123"))]);
    assert_eq!(roster.contacts[0].phone.as_deref(), Some("+44 7700 900123"));
}

#[test]
fn leading_noughts_come_back_or_do_not_matter() {
    let roster = lines(&[&with(ADA, &NGOZI.replace("07700 900123", "7700900123"))]);
    assert_eq!(
        (roster.contacts[0].phone.as_deref(), cautions(&roster)),
        (Some("07700900123"), vec![(2, Caution::ZeroBack)])
    );
    // The same child and contact with and without them.
    let short = with(&ADA.replace("000123", "123").replace("J874234519001", ""), NGOZI);
    let roster = lines(&[&with(&ADA.replace("J874234519001", ""), &NGOZI.replace("12,Okafor", "0012,Okafor")), &short]);
    assert_eq!((roster.pupils.len(), roster.contacts.len(), faults(&roster)), (1, 1, vec![]));
    let kept = lines(&[&with(&ADA.replace("000123", "\"=\"\"000123\"\"\""), NGOZI)]);
    assert_eq!(kept.pupils[0].mis_id, "000123");
    let spoilt = lines(&[&with(&ADA.replace("000123", "1.23E+05"), NGOZI)]);
    assert_eq!(faults(&spoilt), [(2, Fault::SpoiltNumber)]);
}

#[test]
fn empty_lines_totals_and_heads_again_are_nobodys() {
    let roster = lines(&[
        "",
        ",,,,,,,,,,,,,,",
        &with(ADA, NGOZI),
        HEADS,
        "Total,417",
        "Grand total: 417",
        "Report run 23/11/2026",
    ]);
    assert_eq!((roster.pupils.len(), roster.lines, roster.footers, faults(&roster)), (1, 1, 4, vec![]));
}

#[test]
fn heads_that_come_again_are_known_by_whatever_they_are_called() {
    let heads = "Adno,Surname,Forename,Birth Date,Reg";
    let file = format!("{heads}\n000123,Okafor,Ada,12/03/2019,3 Oak\n{}\n", heads.to_uppercase());
    let roster = bytes(file.as_bytes());
    assert_eq!((roster.pupils.len(), roster.footers, faults(&roster)), (1, 1, vec![]));
}

#[test]
fn a_comma_too_many_sets_its_line_aside() {
    let roster = lines(&[&format!("{},x", with(ADA, NGOZI)), &with(SAM, NGOZI)]);
    assert_eq!((names(&roster.pupils), faults(&roster)), (vec!["Sam Okafor".into()], vec![(2, Fault::MoreCells)]));
}

#[test]
fn a_upn_that_two_children_claim_belongs_to_the_first() {
    let other = SAM.replace("Y874234519002", "J874234519001");
    assert_eq!(faults(&lines(&[&with(ADA, NGOZI), &with(&other, NGOZI)])), [(3, Fault::SameUpn(2))]);
    let other = SAM.replace("000124", "123");
    assert_eq!(faults(&lines(&[&with(ADA, NGOZI), &with(&other, NGOZI)])), [(3, Fault::SameNumber(2))]);
    let other = ADA.replace("12/03/2019", "13/03/2019");
    assert_eq!(faults(&lines(&[&with(ADA, NGOZI), &with(&other, NGOZI)])), [(3, Fault::Contradicts(2))]);
    let twin = ADA.replace("J874234519001,000123,Okafor,Ada", "Y874234519002,000124,Okafor,Ben");
    assert_eq!(lines(&[&with(ADA, NGOZI), &with(&twin, NGOZI)]).pupils.len(), 2);
}

#[test]
fn a_upns_faults_are_said_and_another_number_stands_in() {
    let wrong = lines(&[&with(&ADA.replace("J874", "A874"), NGOZI)]);
    assert_eq!((wrong.pupils[0].upn.as_str(), cautions(&wrong)), ("A874234519001", vec![(2, Caution::UpnLetter)]));
    let lower = lines(&[&with(&ADA.replace("J874", "j874"), NGOZI)]);
    assert_eq!((lower.pupils[0].upn.as_str(), cautions(&lower)), ("J874234519001", vec![]));
    let bad = lines(&[&with(&ADA.replace("J874234519001", "J8742345"), NGOZI)]);
    assert_eq!((bad.pupils[0].upn.as_str(), cautions(&bad)), ("", vec![(2, Caution::UpnLeftOut)]));
    let alone = lines(&[&with(&ADA.replace("J874234519001,000123", "J8742345,"), NGOZI)]);
    assert_eq!(faults(&alone), [(2, Fault::BadUpn)]);
    assert_eq!(faults(&lines(&[&with(&ADA.replace("J874234519001,000123", ","), NGOZI)])), [(2, Fault::NoNumber)]);
    let arrival = lines(&[&with(&ADA.replace("J874234519001", ""), NGOZI)]);
    assert_eq!((arrival.pupils.len(), faults(&arrival)), (1, vec![]));
}

#[test]
fn one_person_under_two_numbers_is_one_and_said() {
    let roster = lines(&[&with(ADA, NGOZI), &with(SAM, &NGOZI.replace("12,", "57,"))]);
    assert_eq!((roster.contacts.len(), cautions(&roster)), (1, vec![(3, Caution::SamePerson(2))]));
    assert_eq!(roster.contacts[0].mis_id.as_deref(), Some("12"));
    // One number for two people is nobody's second name.
    let roster = lines(&[&with(ADA, NGOZI), &with(SAM, "12,Smith,Jo,Mother,T,T,,jo@example.org,")]);
    assert_eq!((faults(&roster), roster.pupils.len()), (vec![(3, Fault::ContactContradicts(2))], 2));
    // Father and son, two addresses: two people.
    let roster = lines(&[&with(ADA, NGOZI), &with(ADA, &NGOZI.replace("12,", "57,").replace("ngozi@", "other@"))]);
    assert_eq!(roster.contacts.len(), 2);
}

#[test]
fn contacts_without_numbers_are_told_apart_by_name_and_address() {
    let bare = |name: &str, email: &str| with(ADA, &format!(",Okafor,{name},,T,T,,{email},"));
    let roster = lines(&[&bare("Ngozi", ""), &bare("Ngozi", "n@example.org"), &bare("Chidi", "n@example.org")]);
    assert_eq!(adults(&roster.contacts), ["Ngozi Okafor", "Chidi Okafor"]);
    assert_eq!(roster.contacts[0].email.as_deref(), Some("n@example.org"));
}

#[test]
fn a_contact_read_once_without_an_address_and_once_with_it_is_one() {
    let bare = ",Okafor,Ngozi,,,,,,";
    let whole = ",Okafor,Ngozi,Mother,T,T,Y,ngozi@example.org,";
    // The row with the address comes first beside the brother, and beside the child itself last.
    let roster = lines(&[&with(ADA, bare), &with(SAM, whole), &with(ADA, whole)]);
    assert_eq!(roster.pupils[0].ties.len(), 1);
    let (tie, sams) = (&roster.pupils[0].ties[0], &roster.pupils[1].ties[0]);
    assert_eq!(roster.contacts[tie.contact].email.as_deref(), Some("ngozi@example.org"));
    assert_eq!((tie.contact, tie.responsibility, tie.court_order), (sams.contact, Some(true), Some(true)));
    // Two addresses are two people.
    let other = ",Okafor,Ngozi,Aunt,F,F,,aunt@example.org,";
    let roster = lines(&[&with(SAM, other), &with(ADA, whole), &with(ADA, other)]);
    assert_eq!(roster.pupils[1].ties.len(), 2);
}

#[test]
fn a_bad_address_sets_only_the_address_aside() {
    let roster = lines(&[&with(ADA, &NGOZI.replace("ngozi@example.org", "ngozi at example"))]);
    let ngozi = &roster.contacts[0];
    assert_eq!(
        (ngozi.email.clone(), ngozi.email_unread, cautions(&roster)),
        (None, true, vec![(2, Caution::BadEmail)])
    );
    let shouted = lines(&[&with(ADA, &NGOZI.replace("ngozi@example.org", " Ngozi@Example.ORG "))]);
    assert_eq!(shouted.contacts[0].email.as_deref(), Some("ngozi@example.org"));
}

#[test]
fn a_contact_without_a_name_is_set_aside_and_the_child_comes_in() {
    let roster = lines(&[&with(ADA, "12,,,Mother,T,T,,a@example.org,")]);
    assert_eq!((roster.pupils.len(), roster.contacts.len(), faults(&roster)), (1, 0, vec![(2, Fault::ContactNoName)]));
}

#[test]
fn people_with_one_name_and_letters_of_any_script_come_in() {
    let roster = lines(&[
        &with(&ADA.replace("Okafor,Ada", ",عائشہ"), ",,Wayan,Father,T,T,,,"),
        &with(&SAM.replace("Okafor", "O'Brien-Żółć"), NGOZI),
    ]);
    assert_eq!((names(&roster.pupils), faults(&roster)), (vec!["عائشہ ".into(), "Sam O'Brien-Żółć".into()], vec![]));
    let hurt = lines(&[&with(&ADA.replace("Ada", "SiobhÃ¡n"), NGOZI)]);
    assert_eq!(cautions(&hurt), [(2, Caution::DamagedLetters)]);
}

#[test]
fn a_name_longer_than_any_is_set_aside() {
    let roster = lines(&[&with(&ADA.replace("Ada", &"A".repeat(101)), NGOZI)]);
    assert_eq!(faults(&roster), [(2, Fault::TooLong(Field::Forename))]);
    assert!(roster.aside[0].who.chars().count() <= 100);
}

#[test]
fn a_file_without_usable_heads_says_which_are_missing() {
    let unread = |file: &str| read_roster(file.as_bytes(), today()).unwrap_err();
    assert!(matches!(unread("a,b\n1,2\n"), Unreadable::NoHeads(_)));
    for (gone, missing) in [("DOB", Field::Born), ("Reg", Field::Class)] {
        let file = format!("{}\n{}", HEADS.replace(gone, "X"), with(ADA, NGOZI));
        assert_eq!(
            unread(&file),
            Unreadable::NoHeads(if missing == Field::Born { &[Field::Born] } else { &[Field::Class] })
        );
    }
    let marks = "UPN,Date,Session,Mark,Minutes Late,Comment\nJ874234519001,2026-11-23,AM,/,,\n";
    assert!(matches!(unread(marks), Unreadable::NoHeads(_)));
}
