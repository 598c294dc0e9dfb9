//! The fields: a closed list. Whatever else a family wants to say is a message or a call.

use crate::rules::id::PupilId;

/// What a family may see and ask to be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// "Mrs".
    Title,
    /// The guardian's forename.
    Forename,
    /// The guardian's surname.
    Surname,
    /// The address for e-mail, with which they sign in.
    Email,
    /// The number rung first.
    Mobile,
    /// The number at home.
    HomePhone,
    /// The number at work.
    WorkPhone,
    /// That nobody may learn where they live. It comes before the address: where it is ticked no address is taken.
    Secret,
    /// Where they live.
    Address,
    /// The language they speak best.
    Language,
    /// Whether they need an interpreter.
    Interpreter,
    /// What helps them to read and to come: from [`NEEDS`].
    Needs,
    /// What they are to the child.
    Relationship,
    /// Whether the child lives with them.
    LivesWith,
    /// Whether they have parental responsibility: they say so, the office verifies it.
    Responsibility,
    /// In which order they wish to be rung; the office decides.
    Priority,
    /// Whether they may collect the child.
    Collect,
    /// What the child is called.
    KnownAs,
    /// That there is a court order. It leads to a call from the office and never to text.
    CourtOrder,
    /// Somebody else to ring for the child: name, relationship and number, a line each.
    Somebody,
}

/// What a guardian may need, as a closed list: no text, for it would be about health soon.
pub const NEEDS: [&str; 5] = ["large-print", "easy-read", "by-phone", "bsl", "step-free"];

impl Field {
    /// A guardian's own, in the order shown.
    pub const OWN: [Self; 12] = [
        Self::Title,
        Self::Forename,
        Self::Surname,
        Self::Email,
        Self::Mobile,
        Self::HomePhone,
        Self::WorkPhone,
        Self::Secret,
        Self::Address,
        Self::Language,
        Self::Interpreter,
        Self::Needs,
    ];
    /// Those about a guardian and one child, in the order shown.
    pub const OF_CHILD: [Self; 8] = [
        Self::KnownAs,
        Self::Relationship,
        Self::LivesWith,
        Self::Responsibility,
        Self::Priority,
        Self::Collect,
        Self::Somebody,
        Self::CourtOrder,
    ];

    /// The word for forms and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Forename => "forename",
            Self::Surname => "surname",
            Self::Email => "email",
            Self::Mobile => "mobile",
            Self::HomePhone => "home-phone",
            Self::WorkPhone => "work-phone",
            Self::Secret => "secret",
            Self::Address => "address",
            Self::Language => "language",
            Self::Interpreter => "interpreter",
            Self::Needs => "needs",
            Self::Relationship => "relationship",
            Self::LivesWith => "lives-with",
            Self::Responsibility => "responsibility",
            Self::Priority => "priority",
            Self::Collect => "collect",
            Self::KnownAs => "known-as",
            Self::CourtOrder => "court-order",
            Self::Somebody => "somebody",
        }
    }

    /// The field of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::OWN.into_iter().chain(Self::OF_CHILD).find(|field| field.word() == word)
    }

    /// Whether the school's file of pupils and contacts brings it, so that a change shows when it has arrived. What it does
    /// not bring ends with being noted in the MIS.
    #[must_use]
    pub fn is_brought(self) -> bool {
        !matches!(self, Self::Secret | Self::Needs | Self::Collect | Self::CourtOrder | Self::Somebody)
    }

    /// Whether it leads to a call before anything else.
    #[must_use]
    pub fn needs_call(self) -> bool {
        matches!(self, Self::Secret | Self::CourtOrder)
    }

    /// How many characters it may have.
    #[must_use]
    pub fn most(self) -> usize {
        match self {
            Self::Title => 20,
            Self::Email => 254,
            Self::Mobile | Self::HomePhone | Self::WorkPhone => 30,
            Self::Language | Self::Relationship => 60,
            Self::Address => 7 * 61,
            _ => 100,
        }
    }
}

/// A field, and of which child.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Of {
    /// The child; `None` for what is the guardian's own.
    pub pupil: Option<PupilId>,
    /// The field.
    pub field: Field,
}

impl Of {
    /// A guardian's own.
    #[must_use]
    pub fn own(field: Field) -> Self {
        Self { pupil: None, field }
    }

    /// About this child.
    #[must_use]
    pub fn child(pupil: &PupilId, field: Field) -> Self {
        Self { pupil: Some(pupil.clone()), field }
    }

    /// Its name in forms: "mobile", "lives-with-" and the child.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.pupil {
            None => self.field.word().to_owned(),
            Some(pupil) => format!("{}-{pupil}", self.field.word()),
        }
    }

    /// What a form's name means.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        if let Some(field) = Field::parse(name) {
            return Field::OWN.contains(&field).then(|| Self::own(field));
        }
        let (word, pupil) = name.rsplit_once('-')?;
        let field = Field::parse(word).filter(|field| Field::OF_CHILD.contains(field))?;
        Some(Self::child(&PupilId::parse(pupil)?, field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_reads_back_and_no_other_does() {
        let pupil = PupilId::from_bytes([7; 16]);
        let own = Field::OWN.into_iter().map(Of::own);
        for of in own.chain(Field::OF_CHILD.map(|field| Of::child(&pupil, field))) {
            assert_eq!(Of::parse(&of.name()), Some(of.clone()), "{of:?}");
        }
        for name in ["", "mobile-", "lives-with", "lives-with-1", &format!("mobile-{pupil}"), &format!("x-{pupil}")] {
            assert_eq!(Of::parse(name), None, "{name}");
        }
    }
}
