//! The reference on a receipt: eight characters that survive a bad telephone line.

use serde::{Deserialize, Serialize};

/// Letters and figures that nobody mistakes for one another, spoken or written:
/// no vowels (no words by chance), none of 0 O 1 I L 2 Z 5 S 8 B 6 G U V.
pub(super) const ALPHABET: &[u8] = b"CDFHJKMNPQRTWXY3479";
const FIGURES: &[u8] = b"3479";

/// A receipt's reference, eight characters with at least one figure among them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference(String);

impl Reference {
    /// The reference made of these random bytes. Uniqueness is the store's to keep:
    /// it asks for another when one is taken.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        let pick = |set: &[u8], byte: u8| char::from(set[usize::from(byte) % set.len()]);
        let mut letters: Vec<char> = bytes[..8].iter().map(|byte| pick(ALPHABET, *byte)).collect();
        if !letters.iter().any(char::is_ascii_digit) {
            letters[usize::from(bytes[8]) % 8] = pick(FIGURES, bytes[9]);
        }
        Self(letters.into_iter().collect())
    }

    /// Reads a reference as people write it: any case, with or without the dash or blanks.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 20 {
            return None;
        }
        let plain: String = text.chars().filter(|c| !matches!(c, '-' | ' ')).map(|c| c.to_ascii_uppercase()).collect();
        let good = plain.len() == 8
            && plain.bytes().all(|byte| ALPHABET.contains(&byte))
            && plain.bytes().any(|byte| byte.is_ascii_digit());
        good.then_some(Self(plain))
    }

    /// As stored and as it stands in a URL: eight characters, no dash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Reference {
    /// As people read it: two groups of four.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", &self.0[..4], &self.0[4..])
    }
}

impl TryFrom<String> for Reference {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not a reference")
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reference_has_eight_characters_and_a_figure() {
        for seed in 0..=255_u8 {
            let reference = Reference::from_bytes([seed; 16]);
            assert_eq!(Reference::parse(reference.as_str()), Some(reference.clone()));
            assert!(reference.as_str().bytes().any(|byte| byte.is_ascii_digit()));
        }
    }

    #[test]
    fn it_reads_what_people_write() {
        let reference = Reference::parse("K7MCQXPR");
        assert!(reference.is_some());
        assert_eq!(Reference::parse("k7mc-qxpr"), reference);
        assert_eq!(Reference::parse(" K7MC QXPR "), reference);
        assert_eq!(reference.map(|r| r.to_string()), Some("K7MC-QXPR".into()));
    }

    #[test]
    fn look_alikes_and_words_are_refused() {
        for text in ["", "K7MCQXP", "K7MCQXPO", "KKMCQXPR", "K7MCQXPR2", "🦊🦊"] {
            assert_eq!(Reference::parse(text), None, "{text}");
        }
    }
}
