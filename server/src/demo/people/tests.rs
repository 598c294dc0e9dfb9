mod stories;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Weekday};

use super::*;

impl DemoPeople {
    fn pupil(&self, name: &str) -> &DemoPupil {
        let found = self.pupils.iter().find(|pupil| format!("{} {}", pupil.forename, pupil.surname).trim() == name);
        found.unwrap_or_else(|| panic!("no pupil {name}"))
    }

    fn class_of(&self, pupil: &DemoPupil) -> &DemoClass {
        let found = self.classes.iter().find(|class| class.class_id == pupil.class_id);
        found.unwrap_or_else(|| panic!("no class for {}", pupil.forename))
    }

    /// The link of the guardian with this address and forename to this pupil.
    fn link(&self, email: &str, forename: &str, pupil: &str) -> &DemoLink {
        let same = |guardian: &&DemoGuardian| guardian.email.as_deref() == Some(email) && guardian.forename == forename;
        let guardian = self.guardians.iter().find(same).unwrap_or_else(|| panic!("no guardian {email}"));
        let pupil = self.pupil(pupil);
        let both = |link: &&DemoLink| link.guardian_id == guardian.guardian_id && link.pupil_id == pupil.pupil_id;
        self.links.iter().find(both).unwrap_or_else(|| panic!("{email} has no link"))
    }

    fn guardians_of(&self, pupil: &str) -> usize {
        let id = &self.pupil(pupil).pupil_id;
        self.links.iter().filter(|link| link.pupil_id == *id).count()
    }

    /// Children for each set of guardians joined by children they share.
    fn families(&self) -> Vec<usize> {
        let mut family: BTreeMap<&str, &str> = BTreeMap::new();
        for pupil in &self.pupils {
            family.insert(&pupil.pupil_id, &pupil.pupil_id);
        }
        for one in &self.links {
            for other in self.links.iter().filter(|other| other.guardian_id == one.guardian_id) {
                let (from, to) = (family[other.pupil_id.as_str()], family[one.pupil_id.as_str()]);
                family.values_mut().filter(|root| **root == from).for_each(|root| *root = to);
            }
        }
        let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
        family.values().for_each(|root| *sizes.entry(root).or_default() += 1);
        sizes.into_values().collect()
    }
}

fn unique<'a>(texts: impl Iterator<Item = &'a String>) -> bool {
    let mut seen = BTreeSet::new();
    texts.into_iter().all(|text| seen.insert(text))
}

#[test]
fn the_school_has_the_size_it_should() {
    let school = people();
    assert_eq!(school.classes.len(), 14);
    assert!((415..=425).contains(&school.pupils.len()), "{} pupils", school.pupils.len());
    assert!((630..=650).contains(&school.guardians.len()), "{} guardians", school.guardians.len());
    for class in &school.classes {
        let size = school.pupils.iter().filter(|pupil| pupil.class_id == class.class_id).count();
        assert!((26..=30).contains(&size), "{} has {size}", class.name);
    }
    let without = school.guardians.iter().filter(|guardian| guardian.email.is_none()).count();
    assert!((19..=32).contains(&without), "{without} without e-mail");
    let unreviewed: Vec<_> = school.links.iter().filter(|link| !link.reviewed).collect();
    assert_eq!(unreviewed.len(), 6);
    assert!(unreviewed.iter().all(|link| link.access == DemoAccess::None));
}

#[test]
fn about_a_third_of_the_families_have_brothers_and_sisters() {
    let families = people().families();
    let several = families.iter().filter(|children| **children > 1).count();
    let hundredths = several * 100 / families.len();
    assert!((28..=38).contains(&hundredths), "{several} of {}", families.len());
}

#[test]
fn the_numbers_are_each_somebodys_own() {
    let school = people();
    assert!(unique(school.classes.iter().map(|class| &class.class_id)));
    assert!(unique(school.pupils.iter().map(|pupil| &pupil.pupil_id)));
    assert!(unique(school.pupils.iter().map(|pupil| &pupil.upn)));
    assert!(unique(school.pupils.iter().map(|pupil| &pupil.mis_id)));
    assert!(unique(school.guardians.iter().map(|guardian| &guardian.guardian_id)));
    assert!(unique(school.guardians.iter().filter_map(|guardian| guardian.mobile.as_ref())));
    let ids = school.pupils.iter().map(|pupil| &pupil.pupil_id);
    for id in ids.chain(school.guardians.iter().map(|guardian| &guardian.guardian_id)) {
        assert!(id.len() == 26 && id.chars().all(|c| matches!(c, 'a'..='z' | '2'..='7')), "{id}");
    }
}

#[test]
fn no_two_people_share_a_name() {
    let school = people();
    let pupils: Vec<_> = school.pupils.iter().map(|pupil| format!("{} {}", pupil.forename, pupil.surname)).collect();
    let adults: Vec<_> = school.guardians.iter().map(|adult| format!("{} {}", adult.forename, adult.surname)).collect();
    assert!(unique(pupils.iter()));
    assert!(unique(adults.iter()));
}

#[test]
fn every_upn_has_a_right_check_letter_and_the_authoritys_number() {
    for pupil in people().pupils {
        let (letter, rest) = pupil.upn.split_at(1);
        assert_eq!(pupil.upn.len(), 13);
        assert_eq!(letter, numbers::check_letter(rest).to_string(), "{}", pupil.upn);
        assert!(rest.starts_with("874"));
        assert!(rest[..11].bytes().all(|figure| figure.is_ascii_digit()));
    }
}

#[test]
fn only_the_two_named_inboxes_are_shared() {
    let mut holders: BTreeMap<String, usize> = BTreeMap::new();
    for email in people().guardians.into_iter().filter_map(|guardian| guardian.email) {
        assert!(email.is_ascii() && email.ends_with("@demo.example") && !email.starts_with(['@', '.']), "{email}");
        *holders.entry(email).or_default() += 1;
    }
    let shared: Vec<_> = holders.iter().filter(|(_, count)| **count > 1).map(|(email, _)| email.as_str()).collect();
    assert_eq!(shared, [LOWE, RAHMAN]);
}

#[test]
fn every_mobile_number_is_one_kept_for_drama() {
    for mobile in people().guardians.into_iter().filter_map(|guardian| guardian.mobile) {
        let last = mobile.strip_prefix("07700 900").unwrap_or_default();
        assert!(last.len() == 3 && last.bytes().all(|figure| figure.is_ascii_digit()), "{mobile}");
    }
}

#[test]
fn every_address_is_made_up_and_parents_apart_have_their_own() {
    let school = people();
    for adult in &school.guardians {
        let lines: Vec<&str> = adult.address.lines().collect();
        assert!(
            (3..=7).contains(&lines.len()) && lines.iter().all(|line| line.chars().count() <= 60),
            "{}",
            adult.address
        );
        assert!(lines.last().is_some_and(|code| code.starts_with("HZ")), "{}", adult.address);
        assert!(!adult.address.contains(','), "one column keeps its lines apart by commas");
    }
    let homes: BTreeMap<&str, &str> =
        school.guardians.iter().map(|adult| (adult.guardian_id.as_str(), adult.address.as_str())).collect();
    for pupil in &school.pupils {
        let links = || school.links.iter().filter(|link| link.pupil_id == pupil.pupil_id);
        let at_home: BTreeSet<&str> =
            links().filter(|link| link.lives_with).map(|link| homes[link.guardian_id.as_str()]).collect();
        assert_eq!(at_home.len(), 1, "{} has one home", pupil.forename);
        assert!(
            links().filter(|link| !link.lives_with).all(|link| !at_home.contains(homes[link.guardian_id.as_str()])),
            "who lives elsewhere lives elsewhere: {}",
            pupil.forename
        );
    }
}

#[test]
fn every_child_has_a_guardian_and_every_guardian_a_child() {
    let school = people();
    for pupil in &school.pupils {
        let links: Vec<_> = school.links.iter().filter(|link| link.pupil_id == pupil.pupil_id).collect();
        let priorities: Vec<_> = links.iter().map(|link| usize::from(link.priority)).collect();
        assert!(!links.is_empty(), "{} has nobody", pupil.forename);
        assert_eq!(priorities, (1..=links.len()).collect::<Vec<_>>());
        let able = links.iter().any(|link| link.access == DemoAccess::Full && !link.barred && link.reviewed);
        assert!(able, "nobody may act for {} {}", pupil.forename, pupil.surname);
        assert!(links.iter().any(|link| link.lives_with));
    }
    let linked: BTreeSet<_> = school.links.iter().map(|link| &link.guardian_id).collect();
    assert_eq!(linked.len(), school.guardians.len());
}

#[test]
fn every_age_fits_the_year_group() {
    let school = people();
    for pupil in &school.pupils {
        let year = i32::from(school.class_of(pupil).year);
        let first = families::day(2021 - year, 9, 1);
        let last = families::day(2022 - year, 8, 31);
        assert!((first..=last).contains(&pupil.born), "{} {}", pupil.forename, pupil.born);
        assert!(!matches!(pupil.admitted.weekday(), Weekday::Sat | Weekday::Sun));
        assert!(pupil.admitted.year() >= 2026 - year && pupil.admitted.year() <= 2026);
    }
}

#[test]
fn two_calls_give_the_same_people() {
    assert!(people() == people());
}
