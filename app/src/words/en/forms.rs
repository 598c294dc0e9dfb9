use super::super::FormsWords;
use crate::rules::form::{Flaw, MOST_QUESTIONS};

pub(super) const WORDS: FormsWords = FormsWords {
    title: "Forms",
    title_of: |name| match name {
        "leaving" => "The leaver’s notice",
        _ => "The leave form",
    },
    lead: |name| match name {
        "leaving" => {
            "The questions and words of the form on which families say that a child leaves. A change makes a new version. Forms that are being filled in go on with it; what was signed always shows with the questions of its day."
        }
        _ => {
            "The questions and words of the form on which families ask for leave. A change makes a new version. Forms that are being filled in go on with it; what was signed always shows with the questions of its day."
        }
    },
    text: "The form",
    hint: "Change the words between the quotation marks. To leave a question out, delete from its [[step.question]] to the line before the next [[step.question]] or [[step]]. Look at it before you save.",
    look: "Look at it",
    keep: "Save as a new version",
    shown: "What families will see",
    built_in: "The portal asks this in its own way.",
    not_kept: "Not saved: please put this right",
    slip: "The text cannot be read here:",
    flaw: |flaw| match flaw {
        Flaw::Empty(key) => format!("Something that people read is empty: {key}"),
        Flaw::Key(key) => format!("A key has small letters, figures and dashes only: {key}"),
        Flaw::Twice(key) => format!("This key stands twice: {key}"),
        Flaw::NoQuestion(key) => format!("This step asks nothing: {key}"),
        Flaw::BuiltIn(key) => format!("This step is none of those the portal asks itself, or has questions: {key}"),
        Flaw::Without(key) => format!("This step must be there, with built_in = true: {key}"),
        Flaw::Needed(key, choices) => {
            format!("This question must be there for everybody, with the choices {choices}: {key}")
        }
        Flaw::Choices(key) => format!("This needs two choices or more, each with its own key: {key}"),
        Flaw::When(key) => format!("This hangs on an answer that nobody can have given before it: {key}"),
        Flaw::Most(key) => format!("An answer may have from 1 to 4,000 characters: {key}"),
        Flaw::TooMany => format!("Use at most {MOST_QUESTIONS} questions"),
        Flaw::NoStatement => "There must be a statement to sign, and none may be empty".to_owned(),
    },
    kept: "Saved. The new version counts from now on.",
    same: "Nothing to save: the form says this already.",
    changed: "Somebody else has changed the form since you opened this page. Nothing was saved, and what you typed is below. Look at theirs in another window before you save again.",
    versions: "Versions",
    version: |version, when, who| match who {
        Some(who) => format!("{version}: {when}, {who}"),
        None => format!("{version}: {when}, came with the portal"),
    },
};
