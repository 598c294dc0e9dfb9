//! One row of a roster: the child on it, and the contact.

use app::rules::{
    import::{Caution, Fault, Field},
    upn,
};
use chrono::{Datelike, NaiveDate};

use super::{Aside, Besides, Contact, Noted, Pupil, Tie, address};
use crate::import::{
    cell::{self, NoDate},
    heads::{Columns, is_below, normal},
    table::Row,
};

/// How many characters a name has at most.
const NAME: usize = 100;
/// How many a language has.
const LANGUAGE: usize = 60;
/// How old children of a school are at most, and how young.
const AGES: std::ops::RangeInclusive<i32> = 1..=20;
/// A row, with its columns known.
pub(super) struct Line<'a> {
    columns: &'a Columns<Field>,
    row: &'a Row,
}

impl<'a> Line<'a> {
    pub(super) fn of(columns: &'a Columns<Field>, row: &'a Row) -> Self {
        Self { columns, row }
    }

    fn cell(&self, field: Field) -> &'a str {
        cell::plain(self.columns.cell(self.row, field))
    }

    fn upn(&self) -> String {
        self.cell(Field::Upn).to_uppercase()
    }

    /// Whether this is a total, a word below the table or the heads again, not a child.
    pub(super) fn is_footer(&self) -> bool {
        self.cell(Field::Born).is_empty() && is_below(self.row) || self.columns.come_again(self.row)
    }

    pub(super) fn aside(&self, fault: Fault) -> Aside {
        let mis_id = self.cell(Field::MisId).to_owned();
        Aside { line: self.row.line, who: self.who(fault.contact_only()), upn: self.upn(), mis_id, fault }
    }

    pub(super) fn noted(&self, caution: Caution) -> Noted {
        let contact = matches!(
            caution,
            Caution::BadEmail
                | Caution::PupilsEmail
                | Caution::BadPhone
                | Caution::BadAddress
                | Caution::ZeroBack
                | Caution::BadFlag(_)
                | Caution::BadDeny(_)
                | Caution::FlagsDiffer(_)
                | Caution::ContactDiffers(_)
                | Caution::SamePerson(_)
        );
        Noted { line: self.row.line, who: self.who(contact), caution }
    }

    /// Whose line it is, cut to what fits on one.
    fn who(&self, contact: bool) -> String {
        let name = |forename, surname| format!("{} {}", self.cell(forename), self.cell(surname)).trim().to_owned();
        let child = name(Field::Forename, Field::Surname);
        let adult = name(Field::ContactForename, Field::ContactSurname);
        let who = if contact && !adult.is_empty() { format!("{adult} ({child})") } else { child };
        who.chars().take(NAME).collect()
    }

    /// A name that may stand on a page.
    fn name(&self, field: Field) -> Result<String, Fault> {
        let words: Vec<&str> = self.cell(field).split_whitespace().collect();
        let name = words.join(" ");
        if cell::formula(&name) {
            return Err(Fault::Formula(field));
        }
        if name.chars().count() > NAME { Err(Fault::TooLong(field)) } else { Ok(name) }
    }

    fn date(&self, field: Field) -> Result<Option<NaiveDate>, Fault> {
        match self.cell(field) {
            "" => Ok(None),
            text => cell::date(text).map(Some).map_err(|why| match why {
                NoDate::ShortYear => Fault::ShortYear(field),
                NoDate::Other => Fault::BadDate(field),
            }),
        }
    }

    /// The child.
    pub(super) fn pupil(&self, today: NaiveDate) -> Result<(Pupil, Vec<Caution>), Fault> {
        if self.columns.overflows(self.row) {
            return Err(Fault::MoreCells);
        }
        let mut cautions = Vec::new();
        let (upn, mis_id) = self.numbers(&mut cautions)?;
        let (forename, surname) = (self.name(Field::Forename)?, self.name(Field::Surname)?);
        if forename.is_empty() && surname.is_empty() {
            return Err(Fault::NoName);
        }
        if cell::damaged(&forename) || cell::damaged(&surname) {
            cautions.push(Caution::DamagedLetters);
        }
        let known_as = Some(self.name(Field::KnownAs)?).filter(|name| !name.is_empty() && *name != forename);
        let born = self.date(Field::Born)?.ok_or(Fault::NoBirthDate)?;
        if !AGES.contains(&(today.year() - born.year())) {
            return Err(Fault::OddAge);
        }
        let (admitted, leaves) = (self.date(Field::Admitted)?, self.date(Field::Leaves)?);
        if admitted.zip(leaves).is_some_and(|(admitted, leaves)| leaves < admitted) {
            return Err(Fault::LeavesFirst);
        }
        let class = Some(self.name(Field::Class)?).filter(|class| !class.is_empty());
        let year = cell::year(self.cell(Field::Year)).unwrap_or_else(|_| {
            cautions.push(Caution::BadYear);
            None
        });
        let line = self.row.line;
        let (ties, contact_aside) = (Vec::new(), false);
        let pupil = Pupil {
            line,
            upn,
            mis_id,
            forename,
            surname,
            known_as,
            born,
            class,
            year,
            admitted,
            leaves,
            ties,
            contact_aside,
        };
        Ok((pupil, cautions))
    }

    /// UPN and number in the MIS: one of them is good, or the row says why not.
    fn numbers(&self, cautions: &mut Vec<Caution>) -> Result<(String, String), Fault> {
        let mis_id = self.cell(Field::MisId);
        let spoilt = cell::spoilt(mis_id) || cell::formula(mis_id) || mis_id.chars().count() > 40;
        let mut upn = self.upn();
        if !upn.is_empty() {
            match upn::standing(&upn) {
                upn::Standing::Good => {}
                upn::Standing::WrongLetter => cautions.push(Caution::UpnLetter),
                upn::Standing::Malformed if mis_id.is_empty() || spoilt => return Err(Fault::BadUpn),
                upn::Standing::Malformed => {
                    cautions.push(Caution::UpnLeftOut);
                    upn.clear();
                }
            }
        }
        match (upn.is_empty(), mis_id.is_empty()) {
            (true, true) => Err(Fault::NoNumber),
            _ if spoilt => Err(Fault::SpoiltNumber),
            _ => Ok((upn, mis_id.to_owned())),
        }
    }

    /// The contact, what they are to the child, and what to look at again. `None` where the row has none.
    pub(super) fn contact(&self, pupil: &Pupil) -> Result<Option<(Contact, Tie, Vec<Caution>)>, Fault> {
        let (forename, surname) = (self.name(Field::ContactForename)?, self.name(Field::ContactSurname)?);
        let id = self.cell(Field::ContactId);
        if id.is_empty() && forename.is_empty() && surname.is_empty() {
            return Ok(None);
        }
        if forename.is_empty() && surname.is_empty() {
            return Err(Fault::ContactNoName);
        }
        let relationship = Some(self.name(Field::Relationship)?).filter(|word| !word.is_empty());
        let themselves =
            relationship.as_deref().is_none_or(|word| matches!(normal(word).as_str(), "self" | "pupil" | "student"));
        if themselves && cell::name(&forename, &surname) == cell::name(&pupil.forename, &pupil.surname) {
            return Err(Fault::ContactIsPupil);
        }
        let mut cautions = Vec::new();
        if cell::damaged(&forename) || cell::damaged(&surname) {
            cautions.push(Caution::DamagedLetters);
        }
        let (email, email_unread) = self.email(&mut cautions);
        // The first of the numbers that is there.
        let numbers = [Field::Phone, Field::HomePhone, Field::WorkPhone].map(|field| self.cell(field));
        let number = numbers.into_iter().find(|number| !number.is_empty()).unwrap_or_default();
        let (phone, phone_unread) = match (number, cell::phone(number)) {
            ("", _) => (None, false),
            (_, Some((number, back))) => {
                cautions.extend(back.then_some(Caution::ZeroBack));
                (Some(number), false)
            }
            (_, None) => {
                cautions.push(Caution::BadPhone);
                (None, true)
            }
        };
        let (address, address_unread) = match address::read(self.columns, self.row) {
            Ok(address) => (address, false),
            Err(cell::Neither) => {
                cautions.push(Caution::BadAddress);
                (None, true)
            }
        };
        let mut flag = |field| {
            cell::flag(self.cell(field)).unwrap_or_else(|_| {
                cautions.push(Caution::BadFlag(field));
                None
            })
        };
        let (responsibility, lives_with, court_order) =
            (flag(Field::Responsibility), flag(Field::LivesWith), flag(Field::CourtOrder));
        // What cannot be read of a court order is one until somebody has looked.
        let unread = cell::flag(self.cell(Field::CourtOrder)).is_err();
        let court_order = if unread { Some(true) } else { court_order };
        // Nor does an address come in that may be a secret.
        let address_secret = cell::flag(self.cell(Field::AddressSecret)).unwrap_or_else(|_| {
            cautions.push(Caution::BadDeny(Field::AddressSecret));
            Some(true)
        });
        let besides = self.besides(&mut cautions);
        let title = Some(self.cell(Field::Title)).filter(|title| !title.is_empty() && title.chars().count() <= 20);
        let spoilt = cell::spoilt(id) || cell::formula(id) || id.chars().count() > 40;
        let contact = Contact {
            line: self.row.line,
            mis_id: Some(id.to_owned()).filter(|id| !id.is_empty() && !spoilt),
            title: title.filter(|title| !cell::formula(title)).map(str::to_owned),
            forename,
            surname,
            email,
            email_unread,
            phone,
            phone_unread,
            address,
            address_unread,
            besides,
            address_secret: address_secret == Some(true),
        };
        let priority = self.cell(Field::Priority).parse().ok().filter(|priority| (0..100).contains(priority));
        let (line, disputed) = (self.row.line, false);
        let tie = Tie { line, contact: 0, relationship, priority, responsibility, lives_with, court_order, disputed };
        Ok(Some((contact, tie, cautions)))
    }

    /// What else the row says of the contact.
    fn besides(&self, cautions: &mut Vec<Caution>) -> Besides {
        let mut number = |field| {
            let text = self.cell(field);
            let found = cell::phone(text);
            let unread = found.is_none() && !text.is_empty();
            cautions.extend(unread.then_some(Caution::BadPhone));
            (self.columns.has(field) && !unread).then(|| found.map(|(number, _)| number))
        };
        let (home_phone, work_phone) = (number(Field::HomePhone), number(Field::WorkPhone));
        let words: Vec<&str> = self.cell(Field::Language).split_whitespace().collect();
        let language = words.join(" ");
        let fits = !cell::formula(&language) && language.chars().count() <= LANGUAGE;
        Besides {
            home_phone,
            work_phone,
            language: (self.columns.has(Field::Language) && fits).then(|| Some(language).filter(|one| !one.is_empty())),
            interpreter: match cell::flag(self.cell(Field::Interpreter)) {
                Ok(flag) => self.columns.has(Field::Interpreter).then_some(flag),
                Err(_) => {
                    cautions.push(Caution::BadFlag(Field::Interpreter));
                    None
                }
            },
        }
    }

    /// The contact's address, and whether one was left out that could not be read.
    fn email(&self, cautions: &mut Vec<Caution>) -> (Option<String>, bool) {
        let text = self.cell(Field::Email);
        let Some(email) = cell::email(text) else {
            let unread = !text.is_empty();
            cautions.extend(unread.then_some(Caution::BadEmail));
            return (None, unread);
        };
        if cell::email(self.cell(Field::PupilEmail)).as_ref() == Some(&email) {
            cautions.push(Caution::PupilsEmail);
            return (None, false);
        }
        (Some(email), false)
    }
}
