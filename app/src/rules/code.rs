//! The attendance codes a register may hold since 19 August 2024.
//!
//! Source: SI 2024/208 reg 10 for the codes; domain section 1 for the statistical class of each.
//! A code is the school's word about one session. Parents never choose one.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::calendar::Session;

/// What a code means for the statistics.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// In school.
    Present,
    /// Learning somewhere else with the school's or the authority's approval.
    ApprovedActivity,
    /// Away with the school's agreement, or for a cause the regulations accept.
    AuthorisedAbsence,
    /// Away without agreement, or not yet explained.
    UnauthorisedAbsence,
    /// The child could not have attended here, so the session counts nowhere.
    NotPossible,
    /// Outside the statistics: the school is shut, or the child has not joined yet.
    NotCollected,
}

impl Class {
    /// Whether such a session is one the child could have attended (the denominator).
    #[must_use]
    pub const fn counts_as_possible(self) -> bool {
        self.counts_as_attended() || self.is_absence()
    }

    /// Whether such a session was attended (the numerator).
    #[must_use]
    pub const fn counts_as_attended(self) -> bool {
        matches!(self, Self::Present | Self::ApprovedActivity)
    }

    /// Whether such a session was missed, agreed or not.
    #[must_use]
    pub const fn is_absence(self) -> bool {
        matches!(self, Self::AuthorisedAbsence | Self::UnauthorisedAbsence)
    }
}

/// The one table of codes: name, letters, class, meaning.
macro_rules! codes {
    ($($name:ident $letters:tt $class:ident $meaning:literal;)*) => {
        /// One register code. In JSON and in the database it is its letters.
        ///
        /// The order is the table's: attended, agreed, not agreed, uncounted.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code {
            $(#[doc = $meaning] #[serde(rename = $letters)] $name,)*
        }

        impl Code {
            /// Every code once, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The letters as the register writes them, one or two characters.
            #[must_use]
            pub const fn letters(self) -> &'static str {
                match self { $(Self::$name => $letters,)* }
            }

            /// The statistical class.
            #[must_use]
            pub const fn class(self) -> Class {
                match self { $(Self::$name => Class::$class,)* }
            }
        }
    };
}

codes! {
    PresentAm "/" Present "Present when the morning register was taken.";
    PresentPm "\\" Present "Present when the afternoon register was taken.";
    L "L" Present "Late: came while the register was still open.";
    K "K" ApprovedActivity "Taught elsewhere by arrangement of the local authority.";
    V "V" ApprovedActivity "On a visit or trip of the school's.";
    P "P" ApprovedActivity "At an approved sporting activity.";
    W "W" ApprovedActivity "On work experience; not for primary schools.";
    B "B" ApprovedActivity "At another approved activity off site; the note says which.";
    C "C" AuthorisedAbsence "Leave in exceptional circumstances.";
    C1 "C1" AuthorisedAbsence "Leave for a licensed performance or for work abroad.";
    C2 "C2" AuthorisedAbsence "Leave under a temporary part-time timetable, of compulsory school age.";
    E "E" AuthorisedAbsence "Suspended or excluded, with no teaching arranged.";
    I "I" AuthorisedAbsence "Ill, in body or mind; appointments are `M`.";
    J1 "J1" AuthorisedAbsence "At an interview for a job or another school.";
    M "M" AuthorisedAbsence "At a medical or dental appointment.";
    R "R" AuthorisedAbsence "Religious observance on a day set apart for it.";
    S "S" AuthorisedAbsence "Study leave; not for primary schools.";
    T "T" AuthorisedAbsence "Travelling with a parent whose trade requires it.";
    G "G" UnauthorisedAbsence "Holiday the school did not agree to.";
    N "N" UnauthorisedAbsence "Reason not yet known; stands for five school days at most.";
    O "O" UnauthorisedAbsence "Away for a reason no other code covers.";
    U "U" UnauthorisedAbsence "Came after the register closed, where no other code fits.";
    D "D" NotPossible "Expected at the other school of a dual registration.";
    Q "Q" NotPossible "Cannot come: the authority's transport is missing.";
    X "X" NotPossible "Below compulsory school age and not required in this session.";
    Y1 "Y1" NotPossible "The transport usually provided did not run.";
    Y2 "Y2" NotPossible "Travel widely disrupted by an emergency.";
    Y3 "Y3" NotPossible "This child's part of the school was shut.";
    Y4 "Y4" NotPossible "The whole school was shut without warning.";
    Y5 "Y5" NotPossible "Held in the criminal justice system.";
    Y6 "Y6" NotPossible "Kept away by public health law or advice.";
    Y7 "Y7" NotPossible "Another cause nobody could avoid; the note says which.";
    Z "Z" NotCollected "Not yet on the admission register.";
    Closed "#" NotCollected "The whole school is shut as planned.";
}

impl Code {
    /// Reads a code exactly as written: case matters, blanks are not trimmed, and letters
    /// withdrawn in 2024 (`H`, `J`, `Y`, `F`) are no codes.
    #[must_use]
    pub fn parse(letters: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.letters() == letters)
    }

    /// Whether a session so marked counts to the ten of a penalty notice: `G`, `N`, `O`, `U`.
    ///
    /// The local authorities' codes of conduct name all four; the policy leaves `N` out, so
    /// count it apart (domain 0 and 3.2).
    #[must_use]
    pub const fn counts_to_threshold(self) -> bool {
        matches!(self, Self::G | Self::N | Self::O | Self::U)
    }

    /// Whether the code may stand in this half of the day: `/` belongs to the morning alone,
    /// `\` to the afternoon alone, the others to both.
    #[must_use]
    pub const fn for_session(self, session: Session) -> bool {
        match self {
            Self::PresentAm => matches!(session, Session::Am),
            Self::PresentPm => matches!(session, Session::Pm),
            _ => true,
        }
    }

    /// Whether a primary school has any use for the code: not `W`, not `S`.
    #[must_use]
    pub const fn expected_in_primary(self) -> bool {
        !matches!(self, Self::W | Self::S)
    }

    /// Whether the register must say in words what happened: `B` and `Y7`.
    #[must_use]
    pub const fn needs_note(self) -> bool {
        matches!(self, Self::B | Self::Y7)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.letters())
    }
}
