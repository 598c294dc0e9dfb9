//! The unique pupil number: thirteen characters, the first of which checks the others.
//!
//! It is a "blind number": it never stands on a page for parents.

/// The letters of a UPN, each worth its place: no I, O, S.
const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";

/// What a text is worth as a UPN.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Well formed, and its check letter is right.
    Good,
    /// Well formed, but its check letter is another's: mistyped somewhere.
    WrongLetter,
    /// Not of the form of a UPN.
    Malformed,
}

/// How this text, in capitals, stands.
#[must_use]
pub fn standing(upn: &str) -> Standing {
    let bytes = upn.as_bytes();
    let letter = |byte: u8| LETTERS.contains(&byte);
    let formed = bytes.len() == 13
        && letter(bytes[0])
        && bytes[1..12].iter().all(u8::is_ascii_digit)
        && (bytes[12].is_ascii_digit() || letter(bytes[12]));
    match (formed, formed && Some(bytes[0]) == check_letter(&bytes[1..])) {
        (false, _) => Standing::Malformed,
        (true, false) => Standing::WrongLetter,
        (true, true) => Standing::Good,
    }
}

/// The letter that the twelve characters behind it call for.
fn check_letter(rest: &[u8]) -> Option<u8> {
    let value = |byte: u8| match byte {
        b'0'..=b'9' => Some(usize::from(byte - b'0')),
        _ => LETTERS.iter().position(|letter| *letter == byte),
    };
    let sum = rest.iter().zip(2..).try_fold(0, |sum, (byte, weight)| Some(sum + weight * value(*byte)?))?;
    LETTERS.get(sum % LETTERS.len()).copied()
}

/// The school a well-formed UPN was given by: authority and establishment, seven figures.
#[must_use]
pub fn school(upn: &str) -> Option<&str> {
    (standing(upn) != Standing::Malformed).then(|| upn.get(1..8)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_examples_stand_as_they_should() {
        for upn in [
            "B801200005001",
            "J874234519001",
            "Y874234519002",
            "M874234520123",
            "Q874234521045",
            "V87423452001A",
            "J87423452001B",
            "A000000000000",
        ] {
            assert_eq!(standing(upn), Standing::Good, "{upn}");
        }
        assert_eq!(standing("A801200005001"), Standing::WrongLetter);
        for upn in
            ["", "X80120000A001", "j874234519001", "J87423451900", "J8742345190011", "I874234519001", "J87423452001O"]
        {
            assert_eq!(standing(upn), Standing::Malformed, "{upn}");
        }
    }

    #[test]
    fn the_school_stands_behind_the_letter() {
        assert_eq!(school("J874234519001"), Some("8742345"));
        assert_eq!(school("ééééééé"), None);
    }
}
