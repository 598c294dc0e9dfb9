//! Words of the letters' page.

use crate::rules::letter::Fault;

/// Printing and posting letters.
#[derive(Debug)]
pub struct PostingWords {
    /// Title and link.
    pub title: &'static str,
    /// What it is.
    pub lead: &'static str,
    /// Heads those to print and post.
    pub waiting: &'static str,
    /// There are none.
    pub none: &'static str,
    /// Heads those posted.
    pub posted: &'static str,
    /// To whom, about whom.
    pub about: fn(&str, &str) -> String,
    /// When it was made.
    pub made: fn(&str) -> String,
    /// When and by whom it was printed.
    pub printed_at: fn(&str, &str) -> String,
    /// It was not.
    pub not_printed: &'static str,
    /// When and by whom it was posted.
    pub posted_at: fn(&str, &str) -> String,
    /// A later decision has made it old.
    pub old: &'static str,
    /// It must not go out: its addressee may not read about the child (any more).
    pub stopped: &'static str,
    /// The school holds no address.
    pub no_address: &'static str,
    /// The school keeps the address secret.
    pub address_secret: &'static str,
    /// Opens the PDF file.
    pub print: &'static str,
    /// Ticks it as posted.
    pub tick: &'static str,
    /// Ticks it as handed over, where the address is kept secret.
    pub tick_handed: &'static str,
    /// Notes those ticked.
    pub posted_go: &'static str,
    /// Heads the ways to the words.
    pub wording: &'static str,
    /// How to write them.
    pub wording_lead: &'static str,
    /// Before the placeholders.
    pub placeholders: &'static str,
    /// The field.
    pub text: &'static str,
    /// Keeps them.
    pub keep: &'static str,
    /// Shows them as a letter.
    pub try_out: &'static str,
    /// What is wrong with them.
    pub fault: fn(&Fault) -> String,
    /// Somebody else changed them.
    pub changed: &'static str,
}
