//! One household after another: who lives there, what they are called, who is what to whom.

use super::naming::Surname;
use super::person::{Maker, Part};
use super::{CHILDREN, FORMS, Family, Tie};
use crate::demo::names::CULTURES;
use crate::demo::people::DemoAccess;

/// Who makes up a household, beside the children.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    Together,
    WithGrandparent,
    Mother,
    MotherAndGrandmother,
    Father,
    Apart,
    FatherHasThem,
    StepFamily,
    TwoMothers,
    TwoFathers,
    Kinship,
}

/// How many households in a thousand have which shape.
const SHAPES: [(Shape, u64); 11] = [
    (Shape::Together, 450),
    (Shape::WithGrandparent, 215),
    (Shape::Mother, 70),
    (Shape::MotherAndGrandmother, 40),
    (Shape::Father, 12),
    (Shape::Apart, 105),
    (Shape::FatherHasThem, 15),
    (Shape::StepFamily, 65),
    (Shape::TwoMothers, 12),
    (Shape::TwoFathers, 6),
    (Shape::Kinship, 10),
];

impl Maker {
    /// Classes for the children of one family, the oldest first, and their places in them taken.
    pub(super) fn places(&mut self, free: &mut [u64]) -> Vec<usize> {
        let mut years: Vec<u64> = free.chunks(FORMS).map(|forms| forms.iter().sum()).collect();
        let wanted = 1 + self.draw.weighted(&CHILDREN);
        let mut classes: Vec<usize> = Vec::new();
        while classes.len() < wanted && years.iter().any(|places| *places > 0) {
            let year = self.draw.weighted(&years);
            let class = year * FORMS + self.draw.weighted(&free[year * FORMS..(year + 1) * FORMS]);
            free[class] -= 1;
            classes.push(class);
            years[year] = 0;
        }
        classes.sort_unstable_by(|one, other| other.cmp(one));
        classes
    }

    /// A family with a child in each of these classes.
    pub(super) fn household(&mut self, classes: &[usize]) -> Family {
        let shares: Vec<u64> = CULTURES.iter().map(|culture| culture.share).collect();
        let culture = self.draw.weighted(&shares);
        let mothers_culture = if self.draw.chance(7) { self.draw.weighted(&shares) } else { culture };
        let shape = SHAPES[self.draw.weighted(&SHAPES.map(|(_, share)| share))].0;
        let surname = self.surname(culture);
        let stepfathers = (shape == Shape::StepFamily).then(|| self.surname(culture));
        let mut family = self.children(classes, culture, surname, stepfathers);
        match shape {
            Shape::Together | Shape::WithGrandparent => {
                self.mother(&mut family, mothers_culture, surname);
                self.at_home(&mut family, Part::Father, culture, surname);
            }
            Shape::Mother | Shape::MotherAndGrandmother => {
                self.at_home(&mut family, Part::Mother, mothers_culture, surname);
            }
            Shape::Father => self.at_home(&mut family, Part::Father, culture, surname),
            Shape::Apart | Shape::StepFamily => {
                self.mother(&mut family, mothers_culture, surname);
                if let Some(own) = stepfathers {
                    self.stepfather(&mut family, culture, own);
                }
                let responsible = self.draw.chance(85);
                let father = Part::Father;
                self.adult(&mut family, father, culture, surname, "father", |tie| {
                    tie.lives_with = false;
                    tie.parental_responsibility = responsible;
                });
                half_sibling(&mut family);
            }
            Shape::FatherHasThem => {
                self.at_home(&mut family, Part::Father, culture, surname);
                let (mother, own) = (Part::Mother, self.surname(mothers_culture));
                self.adult(&mut family, mother, mothers_culture, own, "mother", |tie| {
                    tie.lives_with = false;
                });
            }
            Shape::TwoMothers | Shape::TwoFathers => {
                let part = match shape {
                    Shape::TwoMothers => Part::Mother,
                    _ => Part::Father,
                };
                self.at_home(&mut family, part, culture, surname);
                self.at_home(&mut family, part, culture, surname);
            }
            Shape::Kinship => {
                self.at_home(&mut family, Part::Grandmother, culture, surname);
                if self.draw.chance(50) {
                    self.at_home(&mut family, Part::Grandfather, culture, surname);
                }
            }
        }
        if matches!(shape, Shape::WithGrandparent | Shape::MotherAndGrandmother) {
            self.grandparent(&mut family, culture, surname, shape);
        }
        family
    }

    /// Someone who brings the children up, at home with them.
    fn at_home(&mut self, family: &mut Family, part: Part, culture: usize, surname: Surname) {
        self.adult(family, part, culture, surname, part.word(), |_| ());
    }

    /// A mother under the family's surname, or her own.
    fn mother(&mut self, family: &mut Family, culture: usize, surname: Surname) {
        let own = self.draw.chance(CULTURES[culture].own_surname);
        let surname = if own { self.surname(culture) } else { surname };
        self.at_home(family, Part::Mother, culture, surname);
    }

    fn stepfather(&mut self, family: &mut Family, culture: usize, own: Surname) {
        let full = self.draw.chance(50);
        self.adult(family, Part::Father, culture, own, "stepfather", |tie| {
            tie.parental_responsibility = false;
            tie.access = if full { DemoAccess::Full } else { DemoAccess::View };
        });
    }

    /// A grandparent to ring in an emergency: some may look in, the others have no way in at all.
    fn grandparent(&mut self, family: &mut Family, culture: usize, surname: Surname, shape: Shape) {
        let here = shape == Shape::MotherAndGrandmother;
        let woman = here || self.draw.chance(70);
        let part = if woman { Part::Grandmother } else { Part::Grandfather };
        let mothers_side = self.draw.chance(40);
        let surname = if mothers_side { self.surname(culture) } else { surname };
        let looks_in = self.draw.chance(50);
        self.adult(family, part, culture, surname, part.word(), |tie| {
            tie.parental_responsibility = false;
            tie.lives_with = here;
            tie.access = if looks_in { DemoAccess::View } else { DemoAccess::None };
        });
    }
}

/// In a step-family with several children the youngest is the stepfather's own.
fn half_sibling(family: &mut Family) {
    let youngest = family.children.len() - 1;
    let stepfathers = family.ties.iter().find(|tie| tie.relationship == "stepfather");
    let (Some(adult), true) = (stepfathers.map(|tie| tie.adult), youngest > 0) else {
        return;
    };
    family.ties.retain(|tie| tie.child != youngest || tie.relationship != "father");
    for tie in &mut family.ties {
        if tie.child == youngest && tie.adult == adult {
            *tie = Tie::parent(adult, youngest, "father");
        }
    }
}
