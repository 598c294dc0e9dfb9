//! Whether a form can be used: a school that changes one is told what is wrong with it before anybody meets it.

use std::collections::HashSet;

use super::{Asks, Form, When};

/// How many questions a form may have: more could not be posted on one page to be checked.
pub const MOST_QUESTIONS: usize = 60;
/// How many characters the answers to one question may have at most.
const MOST_WORDS: usize = 4000;

/// The step that asks another parent to sign: their statement goes with it.
const OTHER_PARENT: &str = "other-parent";

/// What is wrong with a form, and where: a key, or "" where none is to blame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// A text that must be there is empty.
    Empty(String),
    /// A key that is not small letters, figures and dashes.
    Key(String),
    /// A key that stands twice.
    Twice(String),
    /// A step without a question that the program does not know either.
    NoQuestion(String),
    /// A built-in step that the program does not know, or with questions of its own.
    BuiltIn(String),
    /// A built-in step that must be there and is not.
    Without(String),
    /// A question whose answer the program reads is missing, may be left out, or lacks one of these choices.
    Needed(String, String),
    /// A choice with fewer than two choices, or choices where none are asked.
    Choices(String),
    /// It hangs on a question that does not come before it, or on an answer that nobody can give.
    When(String),
    /// An answer may have from 1 to 4,000 characters.
    Most(String),
    /// More than [`MOST_QUESTIONS`].
    TooMany,
    /// Nothing is declared.
    NoStatement,
}

/// A question that the program reads the answer of: its key, and the choices that must be there. A school words
/// them as it likes, and may add choices of its own.
pub type Needed = (&'static str, &'static [&'static str]);

impl Form {
    /// Looks it over. `built_in` are the steps that the program asks for this form, all of which it needs; `needed`
    /// the questions of the form's own whose answers it reads.
    ///
    /// # Errors
    /// Every flaw, in the form's order.
    pub fn check(&self, built_in: &[&str], needed: &[Needed]) -> Result<(), Vec<Flaw>> {
        let mut flaws = Vec::new();
        let mut keys = HashSet::new();
        let mut choices_before: Vec<(&str, Vec<&str>)> = Vec::new();
        let empty = |text: &str| text.trim().is_empty();
        let other = built_in.contains(&OTHER_PARENT).then_some(("other_statement", &self.other_statement));
        for (key, text) in [("title", &self.title), ("intro", &self.intro)].into_iter().chain(other) {
            if empty(text) {
                flaws.push(Flaw::Empty(key.to_owned()));
            }
        }
        if self.statements.is_empty() || self.statements.iter().any(|text| empty(text)) {
            flaws.push(Flaw::NoStatement);
        }
        for step in &self.steps {
            let at = || step.key.clone();
            key_flaws(&step.key, &mut keys, &mut flaws);
            if empty(&step.title) {
                flaws.push(Flaw::Empty(at()));
            }
            if !can_be(step.when.as_ref(), &choices_before) {
                flaws.push(Flaw::When(at()));
            }
            if step.built_in {
                if !built_in.contains(&step.key.as_str()) || !step.questions.is_empty() || step.when.is_some() {
                    flaws.push(Flaw::BuiltIn(at()));
                }
            } else if step.questions.is_empty() {
                flaws.push(Flaw::NoQuestion(at()));
            }
            for question in &step.questions {
                let at = || question.key.clone();
                key_flaws(&question.key, &mut keys, &mut flaws);
                if empty(&question.label) || question.choices.iter().any(|choice| empty(&choice.label)) {
                    flaws.push(Flaw::Empty(at()));
                }
                if !(1..=MOST_WORDS).contains(&question.most()) {
                    flaws.push(Flaw::Most(at()));
                }
                let distinct: HashSet<&str> = question.choices.iter().map(|choice| choice.key.as_str()).collect();
                let enough = if question.asks == Asks::Choice { distinct.len() > 1 } else { distinct.is_empty() };
                if !enough || distinct.len() != question.choices.len() || distinct.iter().any(|key| !is_key(key)) {
                    flaws.push(Flaw::Choices(at()));
                }
                if !can_be(question.when.as_ref(), &choices_before) {
                    flaws.push(Flaw::When(at()));
                }
                match question.asks {
                    Asks::Choice => choices_before.push((&question.key, distinct.into_iter().collect())),
                    Asks::YesNo => choices_before.push((&question.key, vec![super::YES, super::NO])),
                    Asks::Line | Asks::Words | Asks::Date => {}
                }
            }
        }
        for needed in built_in {
            if !self.steps.iter().any(|step| step.built_in && step.key == *needed) {
                flaws.push(Flaw::Without((*needed).to_owned()));
            }
        }
        for (key, choices) in needed {
            let question = self.steps.iter().flat_map(|step| &step.questions).find(|question| question.key == *key);
            let has = |key: &&str| question.is_some_and(|one| one.choices.iter().any(|choice| choice.key == **key));
            if question.is_none_or(|one| one.optional || one.when.is_some()) || !choices.iter().all(has) {
                flaws.push(Flaw::Needed((*key).to_owned(), choices.join(", ")));
            }
        }
        if self.steps.iter().map(|step| step.questions.len()).sum::<usize>() > MOST_QUESTIONS {
            flaws.push(Flaw::TooMany);
        }
        if flaws.is_empty() { Ok(()) } else { Err(flaws) }
    }
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.len() <= 40 && key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

fn key_flaws<'a>(key: &'a str, keys: &mut HashSet<&'a str>, flaws: &mut Vec<Flaw>) {
    if !is_key(key) {
        flaws.push(Flaw::Key(key.to_owned()));
    } else if !keys.insert(key) {
        flaws.push(Flaw::Twice(key.to_owned()));
    }
}

/// Whether somebody who came by those questions can ever have given such an answer.
fn can_be(when: Option<&When>, before: &[(&str, Vec<&str>)]) -> bool {
    when.is_none_or(|when| {
        let choices = before.iter().find(|(key, _)| *key == when.question).map(|(_, choices)| choices);
        choices.is_some_and(|choices| !when.is.is_empty() && when.is.iter().all(|is| choices.contains(&is.as_str())))
    })
}
