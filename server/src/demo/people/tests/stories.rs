use std::collections::BTreeSet;

use super::*;

#[test]
fn the_named_families_keep_their_numbers() {
    let school = people();
    let ada = school.pupil("Ada Okafor");
    assert_eq!(ada.pupil_id, numbers::id("pupil", 1));
    assert_eq!(school.guardians[0].guardian_id, numbers::id("guardian", 1));
    assert_eq!(school.guardians[0].email.as_deref(), Some(NGOZI));
}

#[test]
fn the_named_families_are_as_the_readme_says() {
    let school = people();
    for child in ["Ada Okafor", "Sam Okafor"] {
        let (ngozi, chidi) = (school.link(NGOZI, "Ngozi", child), school.link(CHIDI, "Chidi", child));
        assert!(ngozi.lives_with && ngozi.access == DemoAccess::Full && ngozi.relationship == "mother");
        assert!(!chidi.lives_with && chidi.access == DemoAccess::Full && chidi.parental_responsibility);
    }
    assert_eq!(school.class_of(school.pupil("Ada Okafor")).name, "3 Oak");
    assert_eq!(school.class_of(school.pupil("Sam Okafor")).year, 1);
    assert!(school.link(MALGORZATA, "Małgorzata", "Zofia Kaczmarek").reviewed);
    assert_eq!(school.guardians_of("Zofia Kaczmarek"), 1);
    assert!(school.link(DARREN, "Darren", "Leo Whitfield").barred);
    assert_eq!(school.link(JO, "Jo", "Leo Whitfield").access, DemoAccess::Full);
    for child in ["Yusuf Rahman", "Aisha Rahman"] {
        for parent in ["Rukhsana", "Imran"] {
            assert_eq!(school.link(RAHMAN, parent, child).access, DemoAccess::Full);
        }
    }
    assert!(school.link(LOWE, "Ray", "Harriet Lowe").barred);
    assert!(!school.link(LOWE, "Kelly", "Harriet Lowe").barred);
    assert_eq!(school.link(PATRICIA, "Patricia", "Noah Clarke").access, DemoAccess::View);
    let tom = school.link(TOM, "Tom", "Isla Brennan");
    assert!(tom.access == DemoAccess::None && !tom.reviewed);
    assert!(!school.link(FOSTER, "Janet", "Kayden Mears").parental_responsibility);
    assert_eq!(school.links.iter().filter(|link| link.barred).count(), 2);
}

#[test]
fn the_names_that_test_a_page_are_there() {
    let school = people();
    let long = "Wilhelmina-Alexandrina Constance Featherstonehaugh-Cholmondeley-Warrington";
    assert!(school.link(LONG_NAMES, "Anastasia-Josephine Theodora", long).reviewed);
    assert!(school.link(SIOBHAN, "Siobhán", "Niamh O'Brien").reviewed);
    assert!(school.link(NUNEZ, "María", "Zoë Núñez").reviewed);
    assert!(school.link(ZOLTOWSKI, "Agnieszka", "Łukasz Żółtowski").reviewed);
    assert!(school.link(FATIMA, "فاطمہ", "عائشہ خان").reviewed);
    assert!(school.link(WAYAN, "Wayan", "Suhartini").reviewed);
    assert_eq!(school.pupil("Suhartini").surname, "");
}

#[test]
fn the_special_circumstances_are_there() {
    let school = people();
    let grace = &school.link(GRACE, "Grace", "Zion Adeyemi").guardian_id;
    let hers: BTreeSet<_> =
        school.links.iter().filter(|link| link.guardian_id == *grace).map(|link| &link.pupil_id).collect();
    let classes: BTreeSet<_> =
        school.pupils.iter().filter(|pupil| hers.contains(&pupil.pupil_id)).map(|pupil| &pupil.class_id).collect();
    assert_eq!((hers.len(), classes.len()), (4, 4));
    let (one, other) = (school.pupil("Matilda Penhaligon"), school.pupil("Rupert Penhaligon"));
    assert_eq!((one.born, &one.class_id), (other.born, &other.class_id));
    let left: Vec<_> = school.pupils.iter().filter_map(|pupil| pupil.left).collect();
    assert_eq!(left, [families::day(2026, 10, 16)]);
    let joined = families::day(2026, 11, 2);
    let joiners: Vec<_> = school.pupils.iter().filter(|pupil| pupil.admitted == joined).collect();
    assert_eq!(joiners.len(), 1);
    assert!(joiners[0].upn.ends_with('A'));
}
