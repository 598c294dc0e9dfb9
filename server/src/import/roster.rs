//! From rows to people. One child stands on many rows: one for each contact and class; one contact
//! stands on many, one for each child.

mod address;
mod contact;
mod heads;
mod row;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use app::rules::import::{Caution, Fault, Field, Unreadable};
use chrono::NaiveDate;
use serde::Serialize;

use super::{
    cell,
    heads::{Columns, find},
    table::{Row, Table},
};
use row::Line;

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Roster {
    /// The children, in the order of the file.
    pub pupils: Vec<Pupil>,
    /// Their contacts, each once.
    pub contacts: Vec<Contact>,
    /// What is set aside.
    pub aside: Vec<Aside>,
    /// What to look at again.
    pub cautions: Vec<Noted>,
    /// Lines with children or contacts on them.
    pub lines: usize,
    /// Lines that are no child's: totals, "end of report".
    pub footers: usize,
    /// Which columns the file has.
    pub says: Says,
}

/// Which columns a file has: what it does not speak of stays as it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Says {
    /// Anything of contacts.
    pub contacts: bool,
    /// First days on roll.
    pub admitted: bool,
    /// Leaving dates.
    pub leaves: bool,
    /// What children are called.
    pub known_as: bool,
    /// Contacts' addresses.
    pub email: bool,
    /// Contacts' telephones.
    pub phone: bool,
    /// Where contacts live.
    pub address: bool,
}

/// A child as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pupil {
    /// The first line it stands on.
    pub line: u64,
    /// In capitals; "" where the file has none.
    pub upn: String,
    /// "" where the file has none.
    pub mis_id: String,
    /// Given name; may be empty if the surname is not.
    pub forename: String,
    /// Family name.
    pub surname: String,
    /// What everybody calls the child, if something else.
    pub known_as: Option<String>,
    /// Date of birth.
    pub born: NaiveDate,
    /// The class.
    pub class: Option<String>,
    /// The year group.
    pub year: Option<i64>,
    /// First day on roll.
    pub admitted: Option<NaiveDate>,
    /// Last day on roll.
    pub leaves: Option<NaiveDate>,
    /// Who belongs to the child.
    pub ties: Vec<Tie>,
    /// Whether a contact of the child was set aside: then nobody is missing.
    pub contact_aside: bool,
}

/// A contact as a file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// The first line they stand on.
    pub line: u64,
    /// The number in the MIS.
    pub mis_id: Option<String>,
    /// "Mrs".
    pub title: Option<String>,
    /// Given name; may be empty if the surname is not.
    pub forename: String,
    /// Family name.
    pub surname: String,
    /// The address.
    pub email: Option<String>,
    /// Whether an address was left out that could not be read: then the stored one stays.
    pub email_unread: bool,
    /// The telephone.
    pub phone: Option<String>,
    /// The same for the telephone.
    pub phone_unread: bool,
    /// Where they live, the lines of the envelope with line breaks between.
    pub address: Option<String>,
    /// The same for where they live.
    pub address_unread: bool,
    /// What else the file says of them.
    pub besides: Besides,
    /// Whether a line says that the address is kept secret, or something that is neither yes nor no.
    pub address_secret: bool,
}

/// What else a file may say of a contact. `None` where it does not speak of it, or it cannot be read: then the stored
/// one stays. `Some(None)` where the cell is blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Besides {
    /// The telephone at home.
    pub home_phone: Option<Option<String>>,
    /// The telephone at work.
    pub work_phone: Option<Option<String>>,
    /// The language they speak best.
    pub language: Option<Option<String>>,
    /// Whether they need an interpreter.
    pub interpreter: Option<Option<bool>>,
}

/// What a contact is to a child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The first line it stands on.
    pub line: u64,
    /// The place among the contacts.
    pub contact: usize,
    /// "Mother".
    pub relationship: Option<String>,
    /// In which order the school rings.
    pub priority: Option<i64>,
    /// `None` where nothing is said.
    pub responsibility: Option<bool>,
    /// `None` where nothing is said.
    pub lives_with: Option<bool>,
    /// `None` where nothing is said.
    pub court_order: Option<bool>,
    /// Whether rows contradict each other: then nothing is said of responsibility and household.
    pub disputed: bool,
}

/// A line that is set aside, or its contact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Aside {
    /// The line.
    pub line: u64,
    /// Whose, as far as it can be read.
    pub who: String,
    /// The child's numbers, so that it is not taken for missing.
    pub upn: String,
    /// The same.
    pub mis_id: String,
    /// Why.
    pub fault: Fault,
}

/// Something to look at again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Noted {
    /// The line.
    pub line: u64,
    /// Whose.
    pub who: String,
    /// What.
    pub caution: Caution,
}

/// Reads the people of a table.
///
/// # Errors
/// [`Unreadable::NoHeads`].
pub fn read(table: &Table, today: NaiveDate) -> Result<Roster, Unreadable> {
    let needed: &[Field] = &[Field::Upn, Field::Surname, Field::Born, Field::Class];
    let mut columns = find::<Field>(&table.rows).ok_or(Unreadable::NoHeads(needed))?;
    heads::settle(&mut columns);
    let missing = heads::missing(&columns);
    if !missing.is_empty() {
        return Err(Unreadable::NoHeads(missing));
    }
    let mut reading = Reading::new(&columns, today);
    for row in table.rows.iter().skip(columns.row + 1) {
        reading.take(row);
    }
    contact::settle(&mut reading.roster);
    Ok(reading.roster)
}

/// A file being read.
struct Reading<'a> {
    columns: &'a Columns<Field>,
    today: NaiveDate,
    roster: Roster,
    by_upn: HashMap<String, usize>,
    by_mis_id: HashMap<String, usize>,
    contacts: contact::Known,
}

impl<'a> Reading<'a> {
    fn new(columns: &'a Columns<Field>, today: NaiveDate) -> Self {
        let says = Says {
            contacts: [Field::ContactId, Field::ContactSurname, Field::ContactForename]
                .iter()
                .any(|field| columns.has(*field)),
            admitted: columns.has(Field::Admitted),
            leaves: columns.has(Field::Leaves),
            known_as: columns.has(Field::KnownAs),
            email: columns.has(Field::Email),
            phone: [Field::Phone, Field::HomePhone, Field::WorkPhone].iter().any(|field| columns.has(*field)),
            address: address::said(columns),
        };
        let roster = Roster { says, ..Roster::default() };
        Self {
            columns,
            today,
            roster,
            by_upn: HashMap::new(),
            by_mis_id: HashMap::new(),
            contacts: contact::Known::default(),
        }
    }

    fn take(&mut self, row: &Row) {
        let line = Line::of(self.columns, row);
        if line.is_footer() {
            self.roster.footers += 1;
            return;
        }
        self.roster.lines += 1;
        match line.pupil(self.today) {
            Ok((pupil, cautions)) => {
                let noted = cautions.into_iter().map(|caution| line.noted(caution));
                self.roster.cautions.extend(noted);
                if let Some(place) = self.join(&line, pupil) {
                    self.contact(&line, place);
                }
            }
            Err(fault) => self.roster.aside.push(line.aside(fault)),
        }
    }

    /// Puts a row's child among those already read. The place, or `None` where the row is set aside.
    fn join(&mut self, line: &Line<'_>, pupil: Pupil) -> Option<usize> {
        let upn = (!pupil.upn.is_empty()).then(|| pupil.upn.clone());
        let number = (!pupil.mis_id.is_empty()).then(|| cell::number(&pupil.mis_id));
        let by_upn = upn.as_ref().and_then(|upn| self.by_upn.get(upn)).copied();
        let by_number = number.as_ref().and_then(|number| self.by_mis_id.get(number)).copied();
        let place = match (by_upn, by_number) {
            (None, None) => {
                let place = self.roster.pupils.len();
                self.roster.pupils.push(pupil);
                self.known(place, upn, number);
                return Some(place);
            }
            (Some(place), Some(other)) if place == other => place,
            (Some(place), None) if number.is_none() || self.roster.pupils[place].mis_id.is_empty() => place,
            (None, Some(place)) if upn.is_none() || self.roster.pupils[place].upn.is_empty() => place,
            (Some(place), _) => {
                let fault = Fault::SameUpn(self.roster.pupils[place].line);
                self.roster.aside.push(line.aside(fault));
                return None;
            }
            (None, Some(place)) => {
                let fault = Fault::SameNumber(self.roster.pupils[place].line);
                self.roster.aside.push(line.aside(fault));
                return None;
            }
        };
        let first = &mut self.roster.pupils[place];
        let same_name = cell::name(&first.forename, &first.surname) == cell::name(&pupil.forename, &pupil.surname);
        if first.born != pupil.born || !same_name {
            let fault = Fault::Contradicts(first.line);
            self.roster.aside.push(line.aside(fault));
            return None;
        }
        if first.class.is_some() && pupil.class.is_some() && first.class != pupil.class {
            let caution = Caution::TwoClasses(first.line);
            self.roster.cautions.push(line.noted(caution));
        }
        first.class = first.class.take().or(pupil.class);
        first.year = first.year.or(pupil.year);
        first.admitted = first.admitted.or(pupil.admitted);
        first.leaves = first.leaves.or(pupil.leaves);
        first.known_as = first.known_as.take().or(pupil.known_as);
        if first.upn.is_empty() {
            first.upn = pupil.upn;
        }
        if first.mis_id.is_empty() {
            first.mis_id = pupil.mis_id;
        }
        self.known(place, upn, number);
        Some(place)
    }

    fn known(&mut self, place: usize, upn: Option<String>, number: Option<String>) {
        if let Some(upn) = upn {
            self.by_upn.insert(upn, place);
        }
        if let Some(number) = number {
            self.by_mis_id.insert(number, place);
        }
    }

    /// Reads the row's contact, if there is one, and ties it to the child at this place.
    fn contact(&mut self, line: &Line<'_>, place: usize) {
        match line.contact(&self.roster.pupils[place]) {
            Ok(None) => {}
            Ok(Some((contact, tie, cautions))) => {
                let noted = cautions.into_iter().map(|caution| line.noted(caution));
                self.roster.cautions.extend(noted);
                match self.contacts.join(&mut self.roster.contacts, contact, place) {
                    Ok((contact, caution)) => {
                        self.roster.cautions.extend(caution.map(|caution| line.noted(caution)));
                        let ties = &mut self.roster.pupils[place].ties;
                        let caution = contact::tie(ties, Tie { contact, ..tie });
                        self.roster.cautions.extend(caution.map(|caution| line.noted(caution)));
                    }
                    Err(fault) => self.set_contact_aside(line, place, fault),
                }
            }
            Err(fault) => self.set_contact_aside(line, place, fault),
        }
    }

    fn set_contact_aside(&mut self, line: &Line<'_>, place: usize, fault: Fault) {
        self.roster.pupils[place].contact_aside = true;
        self.roster.aside.push(line.aside(fault));
    }
}
