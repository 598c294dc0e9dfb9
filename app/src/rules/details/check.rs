//! A form with changes, held against what stands: what is asked for, or what has to be put right.

use chrono::NaiveDate;

use super::{Field, NEEDS, Of, is_change};
use crate::rules::{
    form::{Answers, NO, YES},
    id::PupilId,
    iso, reach,
    text::{tidy, tidy_line},
};

/// Names of inputs beside those of the fields.
pub mod key {
    /// From when the new address counts.
    pub const ADDRESS_FROM: &str = "address-from";
    /// Which children live there: their ids.
    pub const ADDRESS_WITH: &str = "address-with";
    /// The parts of [`super::Field::Somebody`], behind its name.
    pub const SOMEBODY: [&str; 3] = ["name", "relationship", "phone"];
}

/// How many lines an envelope's window holds under the name, and how long one is.
const ADDRESS: (usize, usize) = (7, 60);
/// For how many days back and ahead a new address may count.
const FROM_DAYS: i64 = 366;

/// One field as the form offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Which.
    pub of: Of,
    /// What the school's file says.
    pub held: Option<String>,
    /// What counts: what the office has agreed to, else what is held.
    pub stands: Option<String>,
    /// What the guardian has asked for and nobody has decided: the form begins with it.
    pub asked: Option<Option<String>>,
}

impl Offered {
    /// What the form begins with.
    #[must_use]
    pub fn begins(&self) -> Option<&str> {
        self.asked.as_ref().unwrap_or(&self.stands).as_deref()
    }
}

/// What one guardian may ask for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Offer {
    /// The fields, in the order shown.
    pub fields: Vec<Offered>,
    /// The children who may live at a new address.
    pub children: Vec<PupilId>,
}

impl Offer {
    /// The field, if it is offered.
    #[must_use]
    pub fn field(&self, of: &Of) -> Option<&Offered> {
        self.fields.iter().find(|offered| offered.of == *of)
    }

    /// Whether an address may be typed: not while theirs has to be kept secret.
    #[must_use]
    pub fn has_address(&self) -> bool {
        self.field(&Of::own(Field::Address)).is_some()
    }
}

impl Offer {
    /// The form as it begins: what was asked for, else what stands.
    #[must_use]
    pub fn begins(&self) -> Answers {
        let mut answers = Answers::default();
        for offered in &self.fields {
            let (name, begins) = (offered.of.name(), offered.begins().unwrap_or_default());
            if offered.of.field == Field::Somebody {
                for (part, text) in key::SOMEBODY.into_iter().zip(begins.split('\n')) {
                    answers.set(&format!("{name}-{part}"), text);
                }
            } else {
                answers.set(&name, begins);
            }
        }
        answers
    }

    /// The names of every input of the form, and whether it may come several times.
    #[must_use]
    pub fn inputs(&self) -> Vec<(String, bool)> {
        let mut all = Vec::new();
        for of in self.fields.iter().map(|offered| &offered.of) {
            let name = of.name();
            match of.field {
                Field::Somebody => all.extend(key::SOMEBODY.map(|part| (format!("{name}-{part}"), false))),
                Field::Address => {
                    let besides = [(key::ADDRESS_FROM.to_owned(), false), (key::ADDRESS_WITH.to_owned(), true)];
                    all.extend([(name, false)].into_iter().chain(besides));
                }
                field => all.push((name, field == Field::Needs)),
            }
        }
        all
    }
}

/// A change that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Of what.
    pub of: Of,
    /// What it was when the form was drawn.
    pub held: Option<String>,
    /// What it is to become; `None` takes it away.
    pub value: Option<String>,
    /// From when, for an address.
    pub from: Option<NaiveDate>,
    /// Which children live there, for an address.
    pub with: Vec<PupilId>,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// More characters than it may have.
    TooLong(usize),
    /// Neither forename nor surname is left.
    NoName,
    /// Nothing is left where the school needs something.
    Needed,
    /// Not an e-mail address.
    NotEmail,
    /// Not a telephone number.
    NotPhone,
    /// Too few or too many lines, or one that is too long.
    NotAddress,
    /// No day from which a new address counts.
    NoFrom,
    /// Not a day, or one too far away.
    OddFrom,
    /// Somebody to ring without a name.
    NobodysName,
    /// Somebody to ring without a number.
    NobodysPhone,
    /// Nothing was changed.
    Nothing,
}

/// What has to be put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The id of the input.
    pub at: String,
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub wrong: Wrong,
}

/// The changes in a form.
///
/// # Errors
/// Everything that has to be put right, in the order of the form.
pub fn check(offer: &Offer, typed: &Answers, today: NaiveDate) -> Result<Vec<Wanted>, Vec<Problem>> {
    let mut reading = Reading { offer, typed, today, wanted: Vec::new(), problems: Vec::new() };
    let secret = typed.get(Field::Secret.word()) == YES;
    for offered in &offer.fields {
        // Where it has to be kept secret nothing of an address is read, whatever was typed.
        if !(secret && offered.of.field == Field::Address) {
            reading.read(offered);
        }
    }
    reading.name();
    let Reading { wanted, mut problems, .. } = reading;
    if problems.is_empty() && wanted.is_empty() {
        let first = offer.fields.first().map(|offered| offered.of.name()).unwrap_or_default();
        problems.push(Problem { at: first, field: Field::Title, wrong: Wrong::Nothing });
    }
    if problems.is_empty() { Ok(wanted) } else { Err(problems) }
}

struct Reading<'a> {
    offer: &'a Offer,
    typed: &'a Answers,
    today: NaiveDate,
    wanted: Vec<Wanted>,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn read(&mut self, offered: &Offered) {
        let (of, field) = (&offered.of, offered.of.field);
        let (name, stands) = (of.name(), offered.stands.as_deref());
        let typed = self.typed.get(&name);
        let value = match field {
            Field::Secret | Field::CourtOrder => ticked(typed, stands),
            Field::Interpreter | Field::LivesWith | Field::Responsibility | Field::Collect => {
                chosen(typed, &[YES, NO], stands)
            }
            Field::Priority => chosen(typed, &["1", "2", "3"], stands),
            Field::Needs => {
                let all: Vec<&str> =
                    NEEDS.into_iter().filter(|need| self.typed.list(&name).any(|one| one == *need)).collect();
                Ok((!all.is_empty()).then(|| all.join(" ")))
            }
            Field::Somebody => self.somebody(&name, stands),
            Field::Address => address(typed).map_err(|wrong| (name.clone(), wrong)),
            _ => line(field, typed).map_err(|wrong| (name.clone(), wrong)),
        };
        let value = match value {
            Ok(value) => value,
            Err((at, wrong)) => return self.problems.push(Problem { at, field, wrong }),
        };
        if !is_change(field, stands, value.as_deref()) {
            return;
        }
        if value.is_none() && matches!(field, Field::Email | Field::Address) {
            return self.problems.push(Problem { at: name, field, wrong: Wrong::Needed });
        }
        let (mut from, mut with) = (None, Vec::new());
        if field == Field::Address {
            match self.from() {
                Ok(day) => from = Some(day),
                Err(wrong) => {
                    let at = key::ADDRESS_FROM.to_owned();
                    return self.problems.push(Problem { at, field, wrong });
                }
            }
            let said = |pupil: &&PupilId| self.typed.list(key::ADDRESS_WITH).any(|one| one == pupil.as_str());
            with = self.offer.children.iter().filter(said).cloned().collect();
        }
        self.wanted.push(Wanted { of: of.clone(), held: offered.held.clone(), value, from, with });
    }

    fn from(&self) -> Result<NaiveDate, Wrong> {
        let typed = self.typed.get(key::ADDRESS_FROM);
        if typed.trim().is_empty() {
            return Err(Wrong::NoFrom);
        }
        let near = |day: &NaiveDate| (*day - self.today).num_days().abs() <= FROM_DAYS;
        iso::date(typed.trim()).filter(near).ok_or(Wrong::OddFrom)
    }

    fn somebody(&self, name: &str, stands: Option<&str>) -> Result<Option<String>, (String, Wrong)> {
        let at = |part: usize| format!("{name}-{}", key::SOMEBODY[part]);
        let mut parts = [const { String::new() }; 3];
        for (part, most) in [(0, 100), (1, 60), (2, 30)] {
            let typed = tidy_line(self.typed.get(&at(part)), most);
            parts[part] = typed.map_err(|long| (at(part), Wrong::TooLong(long.most)))?.unwrap_or_default();
        }
        if parts.iter().all(String::is_empty) {
            // The form shows what was told before; whoever empties it takes nobody off the school's list with that.
            return Ok(stands.map(str::to_owned));
        }
        if parts[0].is_empty() {
            return Err((at(0), Wrong::NobodysName));
        }
        if !reach::is_phone(&parts[2]) {
            return Err((at(2), Wrong::NobodysPhone));
        }
        Ok(Some(parts.join("\n")))
    }

    /// A person keeps a name.
    fn name(&mut self) {
        let left = |field: Field| {
            let offered = self.offer.field(&Of::own(field));
            offered.is_none() || !self.typed.get(field.word()).trim().is_empty()
        };
        if !left(Field::Forename) && !left(Field::Surname) {
            let at = Field::Forename.word().to_owned();
            self.problems.insert(0, Problem { at, field: Field::Forename, wrong: Wrong::NoName });
        }
    }
}

type Read = Result<Option<String>, (String, Wrong)>;

/// A box: unticked it says "no" only where it said "yes" before.
fn ticked(typed: &str, stands: Option<&str>) -> Read {
    let yes = typed == YES;
    Ok((yes || stands.is_some()).then(|| if yes { YES } else { NO }.to_owned()))
}

/// One of a few; nothing chosen, or something else, leaves it as it is.
fn chosen(typed: &str, of: &[&str], stands: Option<&str>) -> Read {
    Ok(of.iter().find(|word| **word == typed).copied().or(stands).map(str::to_owned))
}

fn line(field: Field, typed: &str) -> Result<Option<String>, Wrong> {
    let value = tidy_line(typed, field.most()).map_err(|long| Wrong::TooLong(long.most))?;
    let Some(value) = value else { return Ok(None) };
    match field {
        Field::Email => reach::email(&value).map(Some).ok_or(Wrong::NotEmail),
        Field::Mobile | Field::HomePhone | Field::WorkPhone if !reach::is_phone(&value) => Err(Wrong::NotPhone),
        _ => Ok(Some(value.split_whitespace().collect::<Vec<_>>().join(" "))),
    }
}

fn address(typed: &str) -> Result<Option<String>, Wrong> {
    let value = tidy(typed, Field::Address.most()).map_err(|_| Wrong::NotAddress)?;
    let Some(value) = value else { return Ok(None) };
    let lines: Vec<String> = value
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ").trim_end_matches(',').to_owned())
        .filter(|line| !line.is_empty())
        .collect();
    let (most, width) = ADDRESS;
    let good = (2..=most).contains(&lines.len()) && lines.iter().all(|line| line.chars().count() <= width);
    if good { Ok(Some(lines.join("\n"))) } else { Err(Wrong::NotAddress) }
}

#[cfg(test)]
mod tests;
