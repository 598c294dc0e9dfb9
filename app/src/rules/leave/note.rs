//! What staff note beside a request for leave, and what they recommend.

use crate::rules::text::tidy;

/// How many characters a note may have.
pub const NOTE_MOST: usize = 2000;

/// What kind of note it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteKind {
    /// The form is complete: the request is being considered.
    Check,
    /// What the attendance officer recommends.
    Recommendation,
    /// A talk with another school or the authority.
    Talk,
    /// Anything else.
    Note,
}

impl NoteKind {
    /// Every kind, in the order offered.
    pub const ALL: [Self; 4] = [Self::Check, Self::Recommendation, Self::Talk, Self::Note];

    /// The word for forms and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Recommendation => "recommendation",
            Self::Talk => "talk",
            Self::Note => "note",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What is recommended to the headteacher, who alone decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recommends {
    /// All of it.
    Grant,
    /// Some of it.
    Part,
    /// None of it.
    Refuse,
}

impl Recommends {
    /// Every one, in the order offered.
    pub const ALL: [Self; 3] = [Self::Grant, Self::Part, Self::Refuse];

    /// The word for forms and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Grant => "grant",
            Self::Part => "part",
            Self::Refuse => "refuse",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// What is wrong with a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NoteProblem {
    /// A recommendation that says nothing.
    NothingChosen,
    /// Nothing is written.
    Empty,
    /// More than so many characters.
    TooLong(usize),
}

/// A note that was looked over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedNote {
    /// What kind.
    pub kind: NoteKind,
    /// Of a recommendation, what is recommended.
    pub recommends: Option<Recommends>,
    /// What was written, tidied.
    pub text: Option<String>,
}

/// Looks a note over: a check may be without words, a recommendation has to say which.
///
/// # Errors
/// What has to be put right.
pub fn check_note(kind: NoteKind, recommends: &str, text: &str) -> Result<CheckedNote, NoteProblem> {
    let text = tidy(text, NOTE_MOST).map_err(|long| NoteProblem::TooLong(long.most))?;
    let recommends = Recommends::parse(recommends).filter(|_| kind == NoteKind::Recommendation);
    match kind {
        NoteKind::Recommendation if recommends.is_none() => Err(NoteProblem::NothingChosen),
        NoteKind::Talk | NoteKind::Note if text.is_none() => Err(NoteProblem::Empty),
        _ => Ok(CheckedNote { kind, recommends, text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_talk_has_words_and_a_recommendation_says_which() {
        assert_eq!(check_note(NoteKind::Talk, "", " "), Err(NoteProblem::Empty));
        assert_eq!(check_note(NoteKind::Note, "grant", "x").map(|note| note.recommends), Ok(None));
        assert!(check_note(NoteKind::Check, "", "").is_ok());
        assert_eq!(check_note(NoteKind::Recommendation, "yes", "x"), Err(NoteProblem::NothingChosen));
        let good = check_note(NoteKind::Recommendation, "part", "");
        assert_eq!(good.map(|note| note.recommends), Ok(Some(Recommends::Part)));
        let long = "x".repeat(NOTE_MOST + 1);
        assert_eq!(check_note(NoteKind::Note, "", &long), Err(NoteProblem::TooLong(NOTE_MOST)));
    }

    #[test]
    fn every_word_reads_back() {
        for kind in NoteKind::ALL {
            assert_eq!(NoteKind::parse(kind.word()), Some(kind));
        }
        for one in Recommends::ALL {
            assert_eq!(Recommends::parse(one.word()), Some(one));
        }
        assert!(NoteKind::parse("Check").is_none() && Recommends::parse("").is_none());
    }
}
