//! When two values are the same: the MIS writes numbers, addresses and names in its own way.

use super::Field;
use crate::rules::reach::{email, phone_key};

/// A value without what does not count when it is compared.
fn normal(field: Field, value: &str) -> String {
    match field {
        Field::Email => email(value).unwrap_or_else(|| value.trim().to_lowercase()),
        Field::Mobile | Field::HomePhone | Field::WorkPhone => phone_key(value),
        // Line breaks, commas and capitals are the envelope's.
        Field::Address => value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect(),
        _ => value.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase(),
    }
}

fn plain(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn both(field: Field, one: Option<&str>, other: Option<&str>) -> bool {
    one.map(|value| normal(field, value)) == other.map(|value| normal(field, value))
}

/// Whether a new value is worth asking for: a number typed with other blanks is none, a name with another capital is.
#[must_use]
pub fn is_change(field: Field, was: Option<&str>, becomes: Option<&str>) -> bool {
    match field {
        Field::Email | Field::Mobile | Field::HomePhone | Field::WorkPhone | Field::Address => {
            !both(field, was, becomes)
        }
        _ => was.map(plain) != becomes.map(plain),
    }
}

/// Whether the school's file has brought what was asked for. Where old and new differ in capitals or marks only, the
/// file has to have it to the letter; else it counts as arrived before anybody had keyed it in.
#[must_use]
pub fn arrived(field: Field, was: Option<&str>, wanted: Option<&str>, now: Option<&str>) -> bool {
    if both(field, was, wanted) { wanted.map(plain) == now.map(plain) } else { both(field, wanted, now) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_new_value_is_recognised_however_the_mis_writes_it() {
        for (field, was, wanted, now) in [
            (Field::Mobile, "07700 900123", "+44 7700 900456", "07700900456"),
            (Field::Email, "a@b.uk", "New@B.uk", "new@b.uk"),
            (
                Field::Address,
                "1 Old Road\nTown\nHZ1 1AA",
                "14 New Street\nTown\nHZ1 2BB",
                "14 NEW STREET, Town, HZ12BB",
            ),
            (Field::Surname, "Mcdonald", "Okoro", "OKORO"),
            (Field::LivesWith, "no", "yes", "yes"),
        ] {
            assert!(arrived(field, Some(was), Some(wanted), Some(now)), "{field:?}");
            assert!(!arrived(field, Some(was), Some(wanted), Some(was)), "{field:?}: the old value is not the new one");
            assert!(!arrived(field, Some(was), Some(wanted), None), "{field:?}");
        }
        assert!(arrived(Field::WorkPhone, Some("01632 960915"), None, None), "taken away");
    }

    #[test]
    fn a_change_of_capitals_alone_has_to_come_to_the_letter() {
        let (was, wanted) = (Some("Mcdonald"), Some("McDonald"));
        assert!(is_change(Field::Surname, was, wanted));
        assert!(!arrived(Field::Surname, was, wanted, was));
        assert!(arrived(Field::Surname, was, wanted, wanted));
    }

    #[test]
    fn other_blanks_are_no_change() {
        assert!(!is_change(Field::Mobile, Some("07700 900123"), Some("+447700900123")));
        assert!(!is_change(Field::Surname, Some("de  Souza"), Some("de Souza")));
        assert!(is_change(Field::Surname, None, Some("de Souza")) && is_change(Field::Title, Some("Mrs"), None));
    }

    proptest! {
        /// Whatever is asked for has arrived when it stands there as it was asked, and never while the old one stands.
        #[test]
        fn what_was_asked_for_arrives_and_what_was_there_does_not(was in "[a-zA-Z0-9 ]{1,20}", wanted in "[a-zA-Z0-9 ]{1,20}") {
            for field in [Field::Surname, Field::Mobile, Field::Address, Field::Email] {
                prop_assert!(arrived(field, Some(&was), Some(&wanted), Some(&wanted)));
                if is_change(field, Some(&was), Some(&wanted)) {
                    prop_assert!(!arrived(field, Some(&was), Some(&wanted), Some(&was)));
                }
            }
        }
    }
}
