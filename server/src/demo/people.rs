//! Everyone at the demo school: pure data, the same in every run and on every day.
//!
//! The school and its people are made up. E-mail addresses are in a reserved domain, mobile
//! numbers in the range kept for drama, UPNs under a school number that no school has.

mod addresses;
mod homes;
mod named;
mod numbers;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::families::{self, Family};
pub use addresses::*;

/// A class of the academic year 2026/27.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoClass {
    /// 26 characters that cannot be guessed by counting and never change.
    pub class_id: String,
    /// As the school says it: "3 Oak".
    pub name: String,
    /// The year group, 0 for Reception.
    pub year: u8,
    /// The class teacher, with title.
    pub teacher: String,
}

/// A child on the roll, or who has been on it this year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPupil {
    /// 26 characters that cannot be guessed by counting and never change.
    pub pupil_id: String,
    /// The unique pupil number, with a right check letter.
    pub upn: String,
    /// The pupil's number in the school's MIS.
    pub mis_id: String,
    /// The forename, or the only name.
    pub forename: String,
    /// The surname; empty for a child with one name.
    pub surname: String,
    /// What the child is called, where it is not the forename.
    pub known_as: Option<String>,
    /// Date of birth.
    pub born: NaiveDate,
    /// The class the child is in.
    pub class_id: String,
    /// The first day on the roll.
    pub admitted: NaiveDate,
    /// The last day on the roll, for a child who has left.
    pub left: Option<NaiveDate>,
}

/// An adult linked to at least one pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoGuardian {
    /// 26 characters that cannot be guessed by counting and never change.
    pub guardian_id: String,
    /// Mr, Mrs, Dr and so on.
    pub title: Option<String>,
    /// The forename, or the only name.
    pub forename: String,
    /// The surname; empty for an adult with one name.
    pub surname: String,
    /// The address the school holds. Two adults may share one.
    pub email: Option<String>,
    /// The mobile number the school holds.
    pub mobile: Option<String>,
    /// Where the adult lives, the lines of the envelope with line breaks between.
    pub address: String,
}

/// What a guardian may do for a pupil, unless barred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DemoAccess {
    /// Read, report, apply, sign.
    Full,
    /// Read only.
    View,
    /// Nothing.
    None,
}

/// What one guardian is to one pupil.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoLink {
    /// The adult.
    pub guardian_id: String,
    /// The child.
    pub pupil_id: String,
    /// "mother", "stepfather", "foster carer" and so on.
    pub relationship: &'static str,
    /// 1 for whom the school rings first; no two alike for one pupil.
    pub priority: u8,
    /// Whether the adult has parental responsibility in law.
    pub parental_responsibility: bool,
    /// Whether the child lives with the adult.
    pub lives_with: bool,
    /// What the school has allowed.
    pub access: DemoAccess,
    /// Barred from the child's information, whatever `access` says.
    pub barred: bool,
    /// Whether the office has looked at this link.
    pub reviewed: bool,
}

/// The whole school.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoPeople {
    /// Reception first, two a year.
    pub classes: Vec<DemoClass>,
    /// By class, then surname, then forename.
    pub pupils: Vec<DemoPupil>,
    /// The named families' first.
    pub guardians: Vec<DemoGuardian>,
    /// By family; each pupil's in order of priority.
    pub links: Vec<DemoLink>,
}

/// The classes: name, teacher, and how many children have been on its roll this year.
const CLASSES: [(&str, &str, u64); 14] = [
    ("R Ash", "Mrs Tilbrook", 30),
    ("R Birch", "Miss Varga", 30),
    ("1 Cedar", "Mr Langdale", 30),
    ("1 Elm", "Mrs Sohal", 30),
    ("2 Fir", "Miss Cotterill", 30),
    ("2 Hazel", "Mr Ebanks", 29),
    ("3 Maple", "Mrs Wiśniewska", 30),
    ("3 Oak", "Mr Farrant", 30),
    ("4 Larch", "Ms Delacroix", 30),
    ("4 Lime", "Mrs Pettifer", 30),
    ("5 Pine", "Mr Quayle", 30),
    ("5 Rowan", "Miss Andoh", 29),
    ("6 Willow", "Mrs Brockbank", 30),
    ("6 Yew", "Mr Thistlewood", 29),
];

/// The children of the families with a story: forename and surname.
pub(super) fn named_children() -> BTreeSet<(String, String)> {
    let families = named::families();
    families
        .iter()
        .flat_map(|family| &family.children)
        .map(|child| (child.forename.clone(), child.surname.clone()))
        .collect()
}

/// The demo school's classes, pupils, guardians and links.
#[must_use]
pub fn people() -> DemoPeople {
    let named = named::families();
    let mut free = CLASSES.map(|(_, _, places)| places).to_vec();
    let mut taken = BTreeSet::new();
    for family in &named {
        for child in &family.children {
            free[child.class] = free[child.class].saturating_sub(1);
            taken.insert(format!("{} {}", child.forename, child.surname));
        }
        for adult in &family.adults {
            taken.insert(format!("{} {}", adult.forename, adult.surname));
            taken.extend(adult.email.clone());
        }
    }
    let others = families::generate(free, taken);
    let mut school = Enrolment::default();
    for family in named.iter().chain(&others) {
        school.enrol(family);
    }
    school.finish()
}

/// The addresses of those who can sign in alone and report a child on the roll: no shared inbox,
/// nobody barred, nobody unreviewed. For load tests.
#[must_use]
pub fn reporters() -> Vec<String> {
    let school = people();
    let on_roll: BTreeSet<&str> =
        school.pupils.iter().filter(|pupil| pupil.left.is_none()).map(|pupil| pupil.pupil_id.as_str()).collect();
    let may_report = |guardian: &DemoGuardian| {
        school.links.iter().any(|link| {
            link.guardian_id == guardian.guardian_id
                && on_roll.contains(link.pupil_id.as_str())
                && link.access == DemoAccess::Full
                && link.reviewed
                && !link.barred
        })
    };
    let mut readers: BTreeMap<&str, u32> = BTreeMap::new();
    for address in school.guardians.iter().filter_map(|guardian| guardian.email.as_deref()) {
        *readers.entry(address).or_default() += 1;
    }
    let alone = |address: &&String| readers.get(address.as_str()) == Some(&1);
    let addresses = school.guardians.iter().filter(|guardian| may_report(guardian));
    addresses.filter_map(|guardian| guardian.email.as_ref().filter(alone).cloned()).collect()
}

/// Gives the families their numbers, one family after another, the named ones first:
/// so their numbers stay when the others are made in a new way.
#[derive(Default)]
struct Enrolment {
    pupils: Vec<(usize, DemoPupil)>,
    guardians: Vec<DemoGuardian>,
    links: Vec<DemoLink>,
    serials: BTreeMap<i32, u16>,
}

impl Enrolment {
    fn enrol(&mut self, family: &Family) {
        let (pupils, guardians) = (self.pupils.len() + 1, self.guardians.len() + 1);
        for (place, child) in family.children.iter().enumerate() {
            let reception = families::reception_year(child.class);
            let serial = self.serials.entry(reception).or_default();
            *serial += 1;
            let pupil = DemoPupil {
                pupil_id: numbers::id("pupil", pupils + place),
                upn: numbers::upn(child.upn_from, reception, *serial),
                mis_id: numbers::mis_id(pupils + place),
                forename: child.forename.clone(),
                surname: child.surname.clone(),
                known_as: child.known_as.clone(),
                born: child.born,
                class_id: numbers::id("class", child.class + 1),
                admitted: child.admitted,
                left: child.left,
            };
            self.pupils.push((child.class, pupil));
        }
        for (place, adult) in family.adults.iter().enumerate() {
            self.guardians.push(DemoGuardian {
                guardian_id: numbers::id("guardian", guardians + place),
                title: adult.title.map(str::to_owned),
                forename: adult.forename.clone(),
                surname: adult.surname.clone(),
                email: adult.email.clone(),
                mobile: adult.has_mobile.then(|| numbers::mobile(guardians + place)),
                address: homes::of(family, place, guardians),
            });
        }
        for (place, tie) in family.ties.iter().enumerate() {
            let before = family.ties[..place].iter().filter(|other| other.child == tie.child).count();
            self.links.push(DemoLink {
                guardian_id: numbers::id("guardian", guardians + tie.adult),
                pupil_id: numbers::id("pupil", pupils + tie.child),
                relationship: tie.relationship,
                priority: u8::try_from(before + 1).unwrap_or(u8::MAX),
                parental_responsibility: tie.parental_responsibility,
                lives_with: tie.lives_with,
                access: tie.access,
                barred: tie.barred,
                reviewed: tie.reviewed,
            });
        }
    }

    fn finish(mut self) -> DemoPeople {
        let order = |(class, pupil): &(usize, DemoPupil)| (*class, pupil.surname.clone(), pupil.forename.clone());
        self.pupils.sort_by_cached_key(order);
        let classes = CLASSES.iter().enumerate().map(|(place, (name, teacher, _))| DemoClass {
            class_id: numbers::id("class", place + 1),
            name: (*name).to_owned(),
            year: families::year_of(place),
            teacher: (*teacher).to_owned(),
        });
        DemoPeople {
            classes: classes.collect(),
            pupils: self.pupils.into_iter().map(|(_, pupil)| pupil).collect(),
            guardians: self.guardians,
            links: self.links,
        }
    }
}
