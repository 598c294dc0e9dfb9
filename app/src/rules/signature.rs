//! A signature is a name that is typed in, as it is on paper that is signed in block letters.

use crate::rules::text::tidy_line;

/// How many characters a name may have.
pub const NAME_MOST: usize = 120;

/// Whether a typed name is the one on record: capitals and blanks do not matter.
#[must_use]
pub fn is_name(typed: &str, on_record: &str) -> bool {
    single_blanks(typed).to_lowercase() == single_blanks(on_record).to_lowercase()
}

/// A typed name as it stands beneath, with single blanks; "" where it is none, or longer than a name may be.
#[must_use]
pub fn signed_name(typed: &str) -> String {
    single_blanks(&tidy_line(typed, NAME_MOST).ok().flatten().unwrap_or_default())
}

fn single_blanks(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_blanks_do_not_matter_and_letters_do() {
        assert!(is_name(" ngozi  OKAFOR ", "Ngozi Okafor") && is_name("SIOBHÁN O’BRIEN", "Siobhán O’Brien"));
        assert!(!is_name("Ngozi Okafo", "Ngozi Okafor") && !is_name("", "Ngozi Okafor"));
    }

    #[test]
    fn what_stands_beneath_is_one_line_or_nothing() {
        assert_eq!(signed_name("  Ngozi \n Okafor\u{202E} "), "Ngozi Okafor");
        assert_eq!(signed_name(" \u{200B} "), "");
        let longest = "n".repeat(NAME_MOST);
        assert_eq!(signed_name(&longest), longest);
        assert_eq!(signed_name(&format!("{longest}n")), "");
    }
}
