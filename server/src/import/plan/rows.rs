//! What a file may change of a child, a contact and the link between them, and what does change.

use app::rules::{
    access::Access,
    import::{AddressPart, Field},
};
use chrono::NaiveDate;
use serde::Serialize;

/// A child's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PupilRow {
    /// In capitals; may be empty.
    pub upn: String,
    /// May be empty.
    pub mis_id: String,
    /// Given name.
    pub forename: String,
    /// Family name; may be empty.
    pub surname: String,
    /// What everybody calls the child, if something else.
    pub known_as: Option<String>,
    /// Date of birth.
    pub born: NaiveDate,
    /// The class's name.
    pub class: String,
    /// First day on roll.
    pub admitted: NaiveDate,
    /// Last day on roll.
    pub left_on: Option<NaiveDate>,
}

/// A contact's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GuardianRow {
    /// The number in the MIS.
    pub mis_id: Option<String>,
    /// "Mrs".
    pub title: Option<String>,
    /// Given name.
    pub forename: String,
    /// Family name; may be empty.
    pub surname: String,
    /// The address.
    pub email: Option<String>,
    /// The telephone.
    pub mobile: Option<String>,
    /// Where they live, the lines of the envelope with line breaks between; none where that is kept secret.
    pub address: Option<String>,
    /// The telephone at home.
    pub home_phone: Option<String>,
    /// The telephone at work.
    pub work_phone: Option<String>,
    /// The language they speak best.
    pub language: Option<String>,
    /// Whether they need an interpreter, where the file ever said.
    pub interpreter: Option<bool>,
    /// Whether the school keeps the address secret. A file sets it and never lifts it.
    pub address_secret: bool,
}

/// A link's row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkRow {
    /// "mother".
    pub relationship: String,
    /// In which order the school rings.
    pub priority: i64,
    /// Whether they have parental responsibility.
    pub responsibility: bool,
    /// Whether the child lives with them.
    pub lives_with: bool,
    /// Whether a file ever said either.
    pub flags_said: bool,
    /// Whether there is a court order.
    pub court_order: bool,
    /// What the portal lets them do.
    pub access: Access,
    /// Whether that is settled.
    pub reviewed: bool,
}

/// A field with what it was and what it becomes.
pub type Change = (Field, Option<String>, Option<String>);

/// The fields of these that differ.
fn differing<const N: usize>(fields: [Change; N]) -> Vec<Change> {
    fields.into_iter().filter(|(_, was, becomes)| was != becomes).collect()
}

fn text(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// Days as schools write them.
fn day(date: NaiveDate) -> Option<String> {
    Some(date.format("%d/%m/%Y").to_string())
}

impl PupilRow {
    /// What changes from `self` to `new`.
    #[must_use]
    pub fn changes(&self, new: &Self) -> Vec<Change> {
        let upn = |row: &Self| text(&row.upn);
        differing([
            (Field::Forename, text(&self.forename), text(&new.forename)),
            (Field::Surname, text(&self.surname), text(&new.surname)),
            (Field::KnownAs, self.known_as.clone(), new.known_as.clone()),
            (Field::Born, day(self.born), day(new.born)),
            (Field::Class, text(&self.class), text(&new.class)),
            (Field::Admitted, day(self.admitted), day(new.admitted)),
            (Field::Leaves, self.left_on.and_then(day), new.left_on.and_then(day)),
            (Field::Upn, upn(self), upn(new)),
            (Field::MisId, text(&self.mis_id), text(&new.mis_id)),
        ])
    }

    /// The whole name as people use it.
    #[must_use]
    pub fn name(&self) -> String {
        whole(self.known_as.as_deref().unwrap_or(&self.forename), &self.surname)
    }
}

impl GuardianRow {
    /// What changes from `self` to `new`.
    #[must_use]
    pub fn changes(&self, new: &Self) -> Vec<Change> {
        let flag = |yes: bool| Some(if yes { "1" } else { "0" }.to_owned());
        // Nor is the address shown that goes.
        let address = |row: &Self| one_line(row.address.as_ref()).filter(|_| !new.address_secret);
        differing([
            (Field::Title, self.title.clone(), new.title.clone()),
            (Field::ContactForename, text(&self.forename), text(&new.forename)),
            (Field::ContactSurname, text(&self.surname), text(&new.surname)),
            (Field::Email, self.email.clone(), new.email.clone()),
            (Field::Phone, self.mobile.clone(), new.mobile.clone()),
            (Field::Address(AddressPart::Whole), address(self), address(new)),
            (Field::HomePhone, self.home_phone.clone(), new.home_phone.clone()),
            (Field::WorkPhone, self.work_phone.clone(), new.work_phone.clone()),
            (Field::Language, self.language.clone(), new.language.clone()),
            (Field::Interpreter, self.interpreter.and_then(flag), new.interpreter.and_then(flag)),
            (Field::AddressSecret, flag(self.address_secret), flag(new.address_secret)),
            (Field::ContactId, self.mis_id.clone(), new.mis_id.clone()),
        ])
    }

    /// The whole name.
    #[must_use]
    pub fn name(&self) -> String {
        whole(&self.forename, &self.surname)
    }
}

impl LinkRow {
    /// What changes from `self` to `new`. Yes and no are "1" and "0", access is its word, "wait" while
    /// the office has not looked: whoever shows them has the words.
    #[must_use]
    pub fn changes(&self, new: &Self) -> Vec<Change> {
        let flag = |yes: bool| Some(if yes { "1" } else { "0" }.to_owned());
        let access = |row: &Self| Some(if row.reviewed { row.access.word() } else { "wait" }.to_owned());
        differing([
            (Field::Relationship, text(&self.relationship), text(&new.relationship)),
            (Field::Priority, Some(self.priority.to_string()), Some(new.priority.to_string())),
            (Field::Responsibility, flag(self.responsibility), flag(new.responsibility)),
            (Field::LivesWith, flag(self.lives_with), flag(new.lives_with)),
            (Field::CourtOrder, flag(self.court_order), flag(new.court_order)),
            (Field::Access, access(self), access(new)),
        ])
    }
}

/// An address where a line is too little for it.
fn one_line(address: Option<&String>) -> Option<String> {
    address.map(|address| address.replace('\n', ", "))
}

fn whole(forename: &str, surname: &str) -> String {
    [forename, surname].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
