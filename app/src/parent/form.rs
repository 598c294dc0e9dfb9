//! The pages of every form that families fill in over several days: its steps, one step, the check with the signature.

pub mod check;
pub mod drafts;
pub mod step;
pub mod tasks;

use crate::{paths::Hand, words::Words};

/// The title of a form's pages: never a child, never a reason.
#[must_use]
pub fn title(words: &'static Words, hand: Hand) -> &'static str {
    match hand {
        Hand::Leave => words.leave.title,
        Hand::LeavePaper => words.leave_paper.title,
        Hand::Leaving => words.leaving.title,
    }
}
