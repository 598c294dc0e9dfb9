//! Words of the letters that go out, as a school has them before it writes its own.

use crate::rules::letter::Letter;

/// The letters.
#[derive(Debug)]
pub struct LetterWords {
    /// What each is called, and its title on paper.
    pub title: fn(Letter) -> &'static str,
    /// Its text, a template of [`crate::rules::letter`].
    pub text: fn(Letter) -> &'static str,
    /// On the envelope, where the address is kept secret: what to do with the letter, two lines.
    pub secret: [&'static str; 2],
    /// The foot of each page.
    pub page_of: fn(usize, usize) -> String,
    /// The reference, given it.
    pub reference: fn(&str) -> String,
}
