//! What a declaration records about itself (domain 8.6): enough for somebody else to check it years later.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What a set of facts calls itself: the layout's name and number.
pub const KIND: &str = "nine-fifteen declaration 1";

/// The facts of one answer. They are written as JSON in this order; the SHA-256 of those bytes is the signature's digest. The
/// address of the network and the browser are not among them: they are kept for a short time only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facts {
    /// [`KIND`].
    pub kind: String,
    /// The school's id.
    pub school: String,
    /// The reference on the receipt.
    pub reference: String,
    /// The policy's version.
    pub policy_version: i64,
    /// Of the version's manifest.
    pub policy_sha256: String,
    /// What was declared, word for word.
    pub statement: String,
    /// The answer's word.
    pub answer: String,
    /// The signer's account.
    pub guardian: String,
    /// Their name as the school has it.
    pub name_on_record: String,
    /// The name as it was typed or written; "" for an answer that is no signature.
    pub signed_name: String,
    /// Why it is another name.
    pub explanation: Option<String>,
    /// For which children.
    pub children: Vec<DeclaredChild>,
    /// "web" or "paper".
    pub channel: String,
    /// When, by UTC; for one on paper when it was recorded.
    pub at: DateTime<Utc>,
    /// The zone the signer's page showed times in.
    pub zone: String,
    /// When the signer last proved who they are, with a code sent to their own address.
    pub code_given_at: Option<DateTime<Utc>>,
    /// Of one on paper: the day that stands on it.
    pub paper_day: Option<NaiveDate>,
    /// Of one on paper: who recorded it.
    pub recorded_by: Option<String>,
    /// Of one on paper: the digest of its scan.
    pub scan_sha256: Option<String>,
    /// The journal's line before this: its number and code. It ties the answer to everything before it.
    pub journal_before: (i64, String),
}

/// A child of a declaration, as the record had it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclaredChild {
    /// The child's id.
    pub pupil: String,
    /// The whole name.
    pub name: String,
    /// The class.
    pub class: String,
    /// What the signer is to the child.
    pub relationship: String,
}
