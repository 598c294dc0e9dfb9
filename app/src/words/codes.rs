//! Register codes in plain words.

use crate::rules::code::{Class, Code};

/// Register codes in plain words.
#[derive(Debug)]
pub struct CodeWords {
    /// What a code means.
    pub meaning: fn(Code) -> &'static str,
    /// The same in a word or two, for a button.
    pub short: fn(Code) -> &'static str,
    /// How its class reads to a parent.
    pub class: fn(Class) -> &'static str,
    /// "Illness, authorised (I)".
    pub full: fn(Code) -> String,
}
