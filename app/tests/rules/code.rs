//! The table of codes.

use app::rules::calendar::Session;
use app::rules::code::{Class, Code};

#[test]
fn every_code_survives_its_letters_and_json() {
    assert_eq!(Code::ALL.len(), 34);
    for &code in Code::ALL {
        assert_eq!(Code::parse(code.letters()), Some(code));
        let json = serde_json::to_string(&code).unwrap_or_default();
        assert_eq!(json.trim_matches('"').replace("\\\\", "\\"), code.letters());
        assert_eq!(serde_json::from_str::<Code>(&json).ok(), Some(code));
    }
}

#[test]
fn a_code_is_read_exactly_or_not_at_all() {
    for not_a_code in ["", " ", "i", "c1", " I", "I ", "C3", "Y", "H", "J", "F", "//", "C\u{0031}\u{0301}"] {
        assert_eq!(Code::parse(not_a_code), None, "{not_a_code:?}");
    }
    assert_ne!(Code::parse("C"), Code::parse("C1"));
}

#[test]
fn a_session_is_attended_or_missed_or_not_possible() {
    for &code in Code::ALL {
        let class = code.class();
        assert!(!(class.counts_as_attended() && class.is_absence()), "{code}");
        assert_eq!(class.counts_as_possible(), class.counts_as_attended() || class.is_absence(), "{code}");
    }
}

#[test]
fn only_gnou_count_to_the_threshold_and_all_are_unauthorised() {
    for &code in Code::ALL {
        assert_eq!(code.counts_to_threshold(), "GNOU".contains(code.letters()), "{code}");
        assert_eq!(code.counts_to_threshold(), code.class() == Class::UnauthorisedAbsence, "{code}");
    }
}

#[test]
fn the_strokes_belong_to_one_half_of_the_day() {
    assert!(Code::PresentAm.for_session(Session::Am) && !Code::PresentAm.for_session(Session::Pm));
    assert!(Code::PresentPm.for_session(Session::Pm) && !Code::PresentPm.for_session(Session::Am));
    assert!(Code::L.for_session(Session::Am) && Code::L.for_session(Session::Pm));
}

#[test]
fn a_primary_school_has_no_work_experience_and_no_study_leave() {
    let unexpected: Vec<_> = Code::ALL.iter().filter(|c| !c.expected_in_primary()).map(|c| c.letters()).collect();
    assert_eq!(unexpected, ["W", "S"]);
    let noted: Vec<_> = Code::ALL.iter().filter(|c| c.needs_note()).map(|c| c.letters()).collect();
    assert_eq!(noted, ["B", "Y7"]);
}
