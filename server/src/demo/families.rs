//! The demo families in plain words, before anyone has an id, and how those without a fixed
//! story are made: enough of them to fill the school.

mod household;
mod naming;
mod person;

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::people::DemoAccess;
use person::Maker;

/// How many classes a year has.
const FORMS: usize = 2;
/// How many families a hundred have one, two, three or four children at the school.
const CHILDREN: [u64; 4] = [66, 27, 6, 1];
/// How many generated guardians nobody has looked at yet.
const UNREVIEWED: usize = 5;

/// An adult of a family.
#[derive(Debug, Clone)]
pub(crate) struct Adult {
    pub(crate) title: Option<&'static str>,
    pub(crate) forename: String,
    pub(crate) surname: String,
    pub(crate) email: Option<String>,
    pub(crate) has_mobile: bool,
}

/// Which school gave a child the UPN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum UpnFrom {
    /// This one, when the child came to Reception.
    Here,
    /// The primary school the child was at before.
    Elsewhere,
    /// This one, until the school before has sent the real one.
    Temporary,
}

/// A child of a family. `class` counts from 0, Reception first, two a year.
#[derive(Debug, Clone)]
pub(crate) struct Child {
    pub(crate) forename: String,
    pub(crate) surname: String,
    pub(crate) known_as: Option<String>,
    pub(crate) class: usize,
    pub(crate) born: NaiveDate,
    pub(crate) admitted: NaiveDate,
    pub(crate) left: Option<NaiveDate>,
    pub(crate) upn_from: UpnFrom,
}

/// What one adult of a family is to one child of it. Ties stand in order of priority.
#[derive(Debug, Clone)]
pub(crate) struct Tie {
    pub(crate) adult: usize,
    pub(crate) child: usize,
    pub(crate) relationship: &'static str,
    pub(crate) parental_responsibility: bool,
    pub(crate) lives_with: bool,
    pub(crate) access: DemoAccess,
    pub(crate) barred: bool,
    pub(crate) reviewed: bool,
}

impl Tie {
    /// A parent at home whom nothing sets apart.
    pub(crate) fn parent(adult: usize, child: usize, relationship: &'static str) -> Self {
        Self {
            adult,
            child,
            relationship,
            parental_responsibility: true,
            lives_with: true,
            access: DemoAccess::Full,
            barred: false,
            reviewed: true,
        }
    }
}

/// Adults, their children, and the ties between them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Family {
    pub(crate) adults: Vec<Adult>,
    pub(crate) children: Vec<Child>,
    pub(crate) ties: Vec<Tie>,
}

/// This day. The caller writes days that exist; one that does not would be 1970, and a test finds it.
pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

/// The year group of a class, 0 for Reception.
pub(crate) fn year_of(class: usize) -> u8 {
    u8::try_from(class / FORMS).unwrap_or(u8::MAX)
}

/// The September in which a class of 2026/27 came to Reception.
pub(crate) fn reception_year(class: usize) -> i32 {
    2026 - i32::from(year_of(class))
}

/// The first school day of that September.
pub(crate) fn first_day(class: usize) -> NaiveDate {
    match reception_year(class) {
        2024 => day(2024, 9, 2),
        year => day(year, 9, 1),
    }
}

/// Families that fill the classes' free places, with none of the e-mail addresses already taken.
pub(crate) fn generate(mut free: Vec<u64>, taken: BTreeSet<String>) -> Vec<Family> {
    let mut maker = Maker::new(taken);
    let mut families = Vec::new();
    while free.iter().any(|places| *places > 0) {
        let classes = maker.places(&mut free);
        families.push(maker.household(&classes));
    }
    leave_unreviewed(&mut families);
    families
}

/// The last contact of a few small families waits for the office to review it.
fn leave_unreviewed(families: &mut [Family]) {
    let every = families.len() / (2 * UNREVIEWED);
    let small = families.iter_mut().filter(|family| family.children.len() == 1 && family.adults.len() > 1);
    for family in small.step_by(every.max(1)).take(UNREVIEWED) {
        if let Some(tie) = family.ties.last_mut() {
            tie.access = DemoAccess::None;
            tie.reviewed = false;
        }
    }
}
