//! Ids that cannot be guessed or counted: 128 random bits written as 26 letters and digits.
//!
//! A type per kind of thing, so that a guardian's id can never stand where a pupil's belongs.

use serde::{Deserialize, Serialize};

/// How many characters an id has.
pub const ID_LENGTH: usize = 26;
const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";

/// Writes 16 bytes as 26 characters of lower-case base32.
fn encode(bytes: [u8; 16]) -> String {
    let number = u128::from_be_bytes(bytes);
    (0..ID_LENGTH)
        .map(|place| {
            let shift = 5 * (ID_LENGTH - 1 - place);
            let digit = (number >> shift) & 31;
            char::from(ALPHABET[usize::try_from(digit).unwrap_or(0)])
        })
        .collect()
}

fn well_formed(text: &str) -> bool {
    text.len() == ID_LENGTH && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

/// Text that is not an id of ours. What it was is not repeated: it may be hostile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotAnId;

impl std::fmt::Display for NotAnId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an id")
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The id in this text, if it has the form of one; nothing says that it exists.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                well_formed(text).then(|| Self(text.to_owned()))
            }

            /// The id made of these bytes; the caller brings the randomness.
            #[must_use]
            pub fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(encode(bytes))
            }

            /// The id as text, safe in a URL and an attribute.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                if well_formed(&text) { Ok(Self(text)) } else { Err(NotAnId) }
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// A child on the school's roll.
    PupilId;
    /// An adult linked to a pupil.
    GuardianId;
    /// A member of staff.
    StaffId;
    /// What one person sends at one moment; made with the form, so a retry is the same one.
    SubmissionId;
    /// A submission's part for one child.
    ReportId;
    /// A signed-in device, as its owner sees it in the list (never the secret itself).
    DeviceId;
    /// A file that a parent has added to a submission.
    EvidenceId;
    /// One asking for a sign-in message.
    SignInId;
    /// A file that was handed in.
    ImportId;
    /// A code on paper.
    InvitationId;
    /// A token of another program (never the secret itself).
    TokenId;
    /// A message between the office and a guardian; made with the form, so a retry is the same one.
    MessageId;
    /// A call about a child; made with the form, so a retry is the same one.
    CallId;
    /// One child's request for leave.
    LeaveId;
    /// One child's part of a notice of leaving.
    NoticeId;
    /// What staff note beside a request; made with the form, so a retry is the same one.
    NoteId;
    /// A letter to one person.
    LetterId;
    /// A file of the policy's, or the scan of a declaration on paper.
    PolicyFileId;
    /// Reminding everybody who has not answered; made with the form, so a retry is the same one.
    ReminderRunId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_reads_back_as_itself() {
        for bytes in [[0; 16], [255; 16], *b"nine fifteen ids"] {
            let id = PupilId::from_bytes(bytes);
            assert_eq!(PupilId::parse(id.as_str()), Some(id));
        }
    }

    #[test]
    fn different_bytes_are_different_ids() {
        let mut bytes = [0_u8; 16];
        let zero = PupilId::from_bytes(bytes);
        bytes[15] = 1;
        assert_ne!(PupilId::from_bytes(bytes), zero);
        bytes = [0; 16];
        bytes[0] = 128;
        assert_ne!(PupilId::from_bytes(bytes), zero);
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in [
            "",
            "1",
            "-1",
            "9223372036854775808",
            "' OR 1=1 --",
            "aaaaaaaaaaaaaaaaaaaaaaaaa",
            "AAAAAAAAAAAAAAAAAAAAAAAAAA",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "aaaaaaaaaaaaaaaaaaaaaaaaa1",
            "ааааааааааааа",
        ] {
            assert_eq!(PupilId::parse(text), None, "{text}");
        }
    }
}
