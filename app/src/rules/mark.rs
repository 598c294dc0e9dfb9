//! One mark of the register, and the letters that older registers hold.

use chrono::NaiveDate;

use super::{calendar::Session, code::Code};

/// What the register says of a child for one session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// The date in London.
    pub date: NaiveDate,
    /// Which half of it.
    pub session: Session,
    /// The code that counts.
    pub code: Code,
    /// By how many minutes the child was late, where the register says so.
    pub minutes_late: Option<i64>,
}

/// The day the present codes came into force (SI 2024/208).
#[must_use]
pub fn codes_renewed() -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 8, 19).unwrap_or_default()
}

/// The code by which a letter that was withdrawn on [`codes_renewed`] counts, as its class was at
/// the time: `J` was attended until then and is the absence `J1` since, `H` and `F` were agreed leave, `Y` was
/// not possible (domain, section 1). `None` for every other letter.
#[must_use]
pub fn withdrawn(letter: &str, date: NaiveDate) -> Option<Code> {
    match letter {
        "J" if date >= codes_renewed() => Some(Code::J1),
        "J" => Some(Code::B),
        "H" | "F" => Some(Code::C),
        "Y" => Some(Code::Y7),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::code::Class;

    #[test]
    fn withdrawn_letters_keep_the_class_they_had() {
        let before = codes_renewed().pred_opt().unwrap_or_default();
        let class = |letter, date| withdrawn(letter, date).map(Code::class);
        assert_eq!(class("J", before), Some(Class::ApprovedActivity));
        assert_eq!(class("J", codes_renewed()), Some(Class::AuthorisedAbsence));
        for date in [before, codes_renewed()] {
            assert_eq!(class("H", date), Some(Class::AuthorisedAbsence));
            assert_eq!(class("F", date), Some(Class::AuthorisedAbsence));
            assert_eq!(class("Y", date), Some(Class::NotPossible));
        }
    }

    #[test]
    fn no_letter_in_force_is_withdrawn() {
        for code in Code::ALL {
            assert_eq!(withdrawn(code.letters(), codes_renewed()), None, "{code}");
        }
    }
}
