//! The numbers people are known by: ids, UPNs, MIS numbers, mobile numbers.

use sha2::{Digest, Sha256};

use crate::demo::families::UpnFrom;

/// The letters of an id: lower-case base32.
const ID_LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
/// The letters of a UPN, each worth its place: no I, O, S.
const UPN_LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
/// Peterborough's number.
const AUTHORITY: &str = "874";
/// This school's number, and another's. Real primary schools' begin with 2, 3 or 5.
const SCHOOL: &str = "9150";
const OTHER_SCHOOL: &str = "9151";

/// The id of the n-th thing of a kind, written as `rules::id` writes 16 bytes.
pub(super) fn id(kind: &str, n: usize) -> String {
    let digest = Sha256::digest(format!("nine-fifteen demo/{kind}/{n}"));
    let number = digest[..16].iter().fold(0_u128, |number, byte| (number << 8) | u128::from(*byte));
    let digit = |place: u32| usize::try_from((number >> (5 * place)) & 31).unwrap_or(0);
    (0..26).rev().map(|place| char::from(ID_LETTERS[digit(place)])).collect()
}

/// A pupil's number in the MIS: six figures, no two alike, in no order.
pub(super) fn mis_id(n: usize) -> String {
    format!("{:06}", (n * 7919) % 1_000_000)
}

/// A mobile number from the range that Ofcom keeps for drama. After a thousand they repeat.
pub(super) fn mobile(n: usize) -> String {
    format!("07700 900{:03}", (n * 617) % 1000)
}

/// The UPN of the n-th child that came to Reception in that year.
pub(super) fn upn(from: UpnFrom, reception: i32, n: u16) -> String {
    let year = reception.rem_euclid(100);
    let rest = match from {
        UpnFrom::Here => format!("{AUTHORITY}{SCHOOL}{year:02}{n:03}"),
        UpnFrom::Elsewhere => format!("{AUTHORITY}{OTHER_SCHOOL}{year:02}{n:03}"),
        UpnFrom::Temporary => format!("{AUTHORITY}{SCHOOL}{year:02}{:02}A", n % 100),
    };
    format!("{}{rest}", check_letter(&rest))
}

/// The letter that the twelve characters behind it call for.
pub(super) fn check_letter(rest: &str) -> char {
    let value = |letter: u8| match letter {
        b'0'..=b'9' => usize::from(letter - b'0'),
        _ => UPN_LETTERS.iter().position(|other| *other == letter).unwrap_or(0),
    };
    let sum: usize = rest.bytes().zip(2..).map(|(letter, weight)| weight * value(letter)).sum();
    char::from(UPN_LETTERS[sum % UPN_LETTERS.len()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_letters_are_those_of_the_published_examples() {
        for upn in [
            "B801200005001",
            "J874234519001",
            "Y874234519002",
            "M874234520123",
            "V87423452001A",
            "J87423452001B",
            "A000000000000",
        ] {
            assert_eq!(upn.chars().next(), Some(check_letter(&upn[1..])), "{upn}");
        }
        assert_ne!(check_letter("801200005001"), 'A');
    }

    #[test]
    fn an_id_is_the_same_for_ever() {
        assert_eq!(id("pupil", 1), "hbk5f2eg76aswlqrmkf5isi63a");
        assert_ne!(id("pupil", 1), id("guardian", 1));
    }
}
