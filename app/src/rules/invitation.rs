//! The code of an invitation on paper: twelve characters that nobody mistakes for one another.

use super::reference::ALPHABET;

/// How many characters a code has: 50 bits and more.
pub const LENGTH: usize = 12;

/// How long an invitation works.
pub const DAYS: i64 = 30;

/// A code, as it is printed once and then kept only as a keyed hash.
#[derive(Clone, PartialEq, Eq)]
pub struct InvitationCode(String);

impl std::fmt::Debug for InvitationCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InvitationCode(hidden)")
    }
}

impl InvitationCode {
    /// The code made of these random bytes.
    #[must_use]
    pub fn from_bytes(bytes: [u8; LENGTH]) -> Self {
        Self(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])).collect())
    }

    /// Reads a code as people type it: any case, with or without dashes and blanks.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 40 {
            return None;
        }
        let apart = |c: &char| !matches!(c, '-' | '–' | ' ' | '.');
        let plain: String = text.chars().filter(apart).map(|c| c.to_ascii_uppercase()).collect();
        (plain.len() == LENGTH && plain.bytes().all(|byte| ALPHABET.contains(&byte))).then_some(Self(plain))
    }

    /// As it is hashed: no dashes.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for InvitationCode {
    /// As it is printed: three groups of four.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        for seed in 0..=255 {
            let code = InvitationCode::from_bytes([seed; LENGTH]);
            let printed = code.to_string();
            assert_eq!(printed.len(), LENGTH + 2);
            for typed in [printed.clone(), printed.to_lowercase(), printed.replace('-', " "), printed.replace('-', "")]
            {
                assert_eq!(InvitationCode::parse(&typed).as_ref(), Some(&code), "{typed}");
            }
        }
    }

    #[test]
    fn look_alikes_and_other_lengths_are_no_code() {
        for text in ["", "CDFH-JKMN-PQR", "CDFH-JKMN-PQRTW", "CDFH-JKMN-PQR0", "CDFH-JKMN-PQRI", "éééé-éééé-éééé"]
        {
            assert_eq!(InvitationCode::parse(text), None, "{text}");
        }
    }

    #[test]
    fn a_code_is_not_told_to_a_log() {
        assert!(!format!("{:?}", InvitationCode::from_bytes([7; LENGTH])).contains("CCC"));
        assert_eq!(format!("{:?}", InvitationCode::from_bytes([7; LENGTH])), "InvitationCode(hidden)");
    }
}
