//! One person after another: name, birthday, e-mail address.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::naming::{Decks, Surname, plain, same_stem};
use super::{Adult, Child, Family, Tie, UpnFrom, day, first_day, reception_year};
use crate::demo::draw::Draw;
use crate::demo::names::{CULTURES, SHORT_NAMES, WELL_KNOWN};

/// Where the choices begin. This one gives a school of the right size.
const SEED: u64 = 1122;
/// Nine months and a bit, in days: brothers and sisters are no closer.
const BETWEEN_BIRTHS: u64 = 300;

/// How often another forename is tried for a surname that has the first one already.
const TRIES: usize = 50;

/// Mondays in term on which families came from other schools, so far.
const ARRIVALS: [(i32, u32, u32); 12] = [
    (2021, 11, 8),
    (2022, 1, 10),
    (2022, 9, 12),
    (2023, 2, 27),
    (2023, 9, 11),
    (2024, 4, 22),
    (2024, 9, 9),
    (2025, 1, 13),
    (2025, 3, 10),
    (2025, 9, 8),
    (2026, 1, 12),
    (2026, 6, 8),
];

/// An adult's part in the household.
#[derive(Clone, Copy)]
pub(super) enum Part {
    Mother,
    Father,
    Grandmother,
    Grandfather,
}

impl Part {
    fn is_woman(self) -> bool {
        matches!(self, Self::Mother | Self::Grandmother)
    }

    /// What the school's contact list calls it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Mother => "mother",
            Self::Father => "father",
            Self::Grandmother => "grandmother",
            Self::Grandfather => "grandfather",
        }
    }
}

/// Makes families, and remembers which names and addresses are taken.
pub(super) struct Maker {
    /// Chooses who makes up a family.
    pub(super) draw: Draw,
    /// Chooses the names alone: a name that is refused changes no family.
    shuffle: Draw,
    decks: Vec<Decks>,
    taken: BTreeSet<String>,
}

impl Maker {
    pub(super) fn new(mut taken: BTreeSet<String>) -> Self {
        taken.extend(WELL_KNOWN.split(',').map(|name| name.trim().to_owned()));
        Self { draw: Draw::new(SEED), shuffle: Draw::new(915), decks: CULTURES.iter().map(Decks::new).collect(), taken }
    }

    pub(super) fn surname(&mut self, culture: usize) -> Surname {
        Surname::read(self.decks[culture].surnames.next(&mut self.shuffle))
    }

    /// Adds an adult, tied to every child of the family; `differs` says how from a parent at home.
    pub(super) fn adult(
        &mut self,
        family: &mut Family,
        part: Part,
        culture: usize,
        surname: Surname,
        relationship: &'static str,
        differs: impl Fn(&mut Tie),
    ) {
        let surname = if part.is_woman() { surname.woman } else { surname.man };
        let forename = self.unused(surname, |maker| {
            let decks = &mut maker.decks[culture];
            let deck = match part {
                Part::Mother => &mut decks.women,
                Part::Father => &mut decks.men,
                Part::Grandmother => &mut decks.older_women,
                Part::Grandfather => &mut decks.older_men,
            };
            deck.next(&mut maker.shuffle)
        });
        let elder = matches!(part, Part::Grandmother | Part::Grandfather);
        let married = family.children.iter().any(|child| same_stem(&child.surname, surname));
        let title = match (self.draw.below(100), part.is_woman()) {
            (0..6, _) => None,
            (6..9, _) if !elder => Some("Dr"),
            (_, false) => Some("Mr"),
            (_, true) if elder || married => Some("Mrs"),
            (even, true) if even % 2 == 0 => Some("Ms"),
            _ => Some("Miss"),
        };
        let offline = self.draw.chance(if elder { 25 } else { 2 });
        let email = (!offline).then(|| self.email(forename, surname));
        let has_mobile = self.draw.chance(if offline { 80 } else { 97 });
        let place = family.adults.len();
        for child in 0..family.children.len() {
            let mut tie = Tie::parent(place, child, relationship);
            differs(&mut tie);
            family.ties.push(tie);
        }
        let (forename, surname) = (forename.to_owned(), surname.to_owned());
        family.adults.push(Adult { title, forename, surname, email, has_mobile });
    }

    /// A family of children and nobody else yet. The youngest of several is a stepfather's own.
    pub(super) fn children(
        &mut self,
        classes: &[usize],
        culture: usize,
        surname: Surname,
        stepfathers: Option<Surname>,
    ) -> Family {
        let arrived = self.draw.chance(25).then(|| {
            let (year, month, date) = ARRIVALS[self.draw.place(ARRIVALS.len())];
            day(year, month, date)
        });
        let mut family = Family::default();
        for (place, class) in classes.iter().enumerate() {
            let halves = stepfathers.filter(|_| place > 0 && place + 1 == classes.len());
            let mut child = self.child(*class, culture, halves.unwrap_or(surname), &family.children);
            if let Some(arrived) = arrived.filter(|arrived| *arrived > child.admitted) {
                child.admitted = arrived;
                child.upn_from = UpnFrom::Elsewhere;
            }
            family.children.push(child);
        }
        family
    }

    fn child(&mut self, class: usize, culture: usize, surname: Surname, elder: &[Child]) -> Child {
        let girl = self.draw.chance(49);
        let surname = if girl { surname.girl } else { surname.man };
        let forename = self.unused(surname, |maker| {
            let decks = &mut maker.decks[culture];
            let deck = if girl { &mut decks.girls } else { &mut decks.boys };
            deck.next(&mut maker.shuffle)
        });
        let mut born = self.birthday(class);
        while elder.iter().any(|other| (other.born - born).num_days().unsigned_abs() < BETWEEN_BIRTHS) {
            born = self.birthday(class);
        }
        Child {
            forename: forename.to_owned(),
            surname: surname.to_owned(),
            known_as: self.known_as(culture, girl, forename),
            class,
            born,
            admitted: first_day(class),
            left: None,
            upn_from: UpnFrom::Here,
        }
    }

    /// A forename that nobody in the school yet bears with this surname, if the lists allow.
    fn unused(&mut self, surname: &str, mut next: impl FnMut(&mut Self) -> &'static str) -> &'static str {
        let mut forename = next(self);
        for _ in 0..TRIES {
            if self.taken.insert(format!("{forename} {surname}")) {
                break;
            }
            forename = next(self);
        }
        forename
    }

    /// A day on which a child of this class may be born: 1 September to 31 August.
    fn birthday(&mut self, class: usize) -> NaiveDate {
        let first = day(reception_year(class) - 5, 9, 1);
        first.checked_add_days(Days::new(self.draw.below(365))).unwrap_or(first)
    }

    /// What the child is called at school, where it is not the forename.
    fn known_as(&mut self, culture: usize, girl: bool, forename: &str) -> Option<String> {
        if let Some((girls, boys)) = &mut self.decks[culture].school_names {
            let deck = if girl { girls } else { boys };
            return self.shuffle.chance(60).then(|| deck.next(&mut self.shuffle).to_owned());
        }
        let mut pairs = SHORT_NAMES.split(',').filter_map(|pair| pair.trim().split_once('/'));
        let (_, short) = pairs.find(|(long, _)| *long == forename)?;
        self.shuffle.chance(60).then(|| short.to_owned())
    }

    /// An address that nobody has yet, in the ways that people make theirs.
    fn email(&mut self, forename: &str, surname: &str) -> String {
        let (first, last) = (plain(forename), plain(surname));
        let initial = first.get(..1).unwrap_or_default();
        let (way, year) = (self.draw.below(10), self.draw.below(20));
        let local = match way {
            0..5 => format!("{first}.{last}"),
            5..7 => format!("{initial}.{last}"),
            7 => format!("{first}{last}"),
            8 => format!("{initial}{last}{}", 80 + year),
            _ => format!("{last}.{first}"),
        };
        let mut address = format!("{local}@demo.example");
        let mut again = 2;
        while !self.taken.insert(address.clone()) {
            address = format!("{local}{again}@demo.example");
            again += 1;
        }
        address
    }
}
