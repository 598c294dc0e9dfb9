//! Forms of several pages whose questions are the school's data: questions, answers, what is missing.
//!
//! A form is a list of steps. A step asks the school's own questions, or is one that the program
//! knows how to ask (which children, which sessions), named by its key. Answers are texts by the
//! question's key, kept as they were typed until the form is checked.

mod check;
mod children;
mod shape;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use check::{Problem, Why, asked, check_question, check_step, open_steps};
pub use children::{CHILDREN, Eligible, chosen, chosen_well};
pub use shape::{Flaw, MOST_QUESTIONS, Needed};

/// A form as the school has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    /// What it is called, at the top of every page and print of it.
    pub title: String,
    /// What the parent should know before they begin.
    pub intro: String,
    /// What is declared with the signature, each a box to tick, in this order.
    pub statements: Vec<String>,
    /// What another parent signs, where one is asked; "" where none is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub other_statement: String,
    /// The steps in the order they are offered.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
}

/// One page of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Names it in addresses: small letters, figures and dashes. Of a built-in step, which one.
    pub key: String,
    /// Its line in the list of steps and the heading of its page.
    pub title: String,
    /// Help beneath the heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// Whether the program asks it in its own way; then there are no questions.
    #[serde(default, skip_serializing_if = "is_false")]
    pub built_in: bool,
    /// Asked only after this answer to an earlier question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
    /// What it asks.
    #[serde(default, rename = "question", skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Names the answer: small letters, figures and dashes, once in a form.
    pub key: String,
    /// The question.
    pub label: String,
    /// Help beneath it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// What kind of answer it takes.
    pub asks: Asks,
    /// Whether it may be left out.
    #[serde(default, skip_serializing_if = "is_false")]
    pub optional: bool,
    /// Whether it asks where somebody lives or stays: left out where the school keeps an address secret.
    #[serde(default, skip_serializing_if = "is_false")]
    pub address: bool,
    /// How many characters an answer may have; of [`Asks::Line`] and [`Asks::Words`] only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub most: Option<usize>,
    /// What may be chosen.
    #[serde(default, rename = "choice", skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<Choice>,
    /// Asked only after this answer to an earlier question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<When>,
}

/// What kind of answer a question takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asks {
    /// One line.
    Line,
    /// Several lines.
    Words,
    /// A date.
    Date,
    /// One of the choices.
    Choice,
    /// Yes or no.
    YesNo,
}

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Names it in answers.
    pub key: String,
    /// What people read.
    pub label: String,
    /// Help beneath it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
}

/// After which answer something is asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The key of the question.
    pub question: String,
    /// Any of these answers.
    pub is: Vec<String>,
}

fn is_false(value: &bool) -> bool {
    !*value
}

/// The answer "yes" of a [`Asks::YesNo`].
pub const YES: &str = "yes";
/// The answer "no" of a [`Asks::YesNo`].
pub const NO: &str = "no";

impl Question {
    /// How many characters an answer may have.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most.unwrap_or(match self.asks {
            Asks::Words => 2000,
            _ => 200,
        })
    }
}

impl Form {
    /// The step with this key.
    #[must_use]
    pub fn step(&self, key: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.key == key)
    }

    /// The keys of the questions that ask for an address.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let questions = self.steps.iter().flat_map(|step| &step.questions);
        questions.filter(|question| question.address).map(|question| question.key.as_str())
    }

    /// The form for a family whose address the school keeps secret: nothing asks for one, and `instead` stands on the
    /// pages where it was asked.
    #[must_use]
    pub fn without_addresses(mut self, instead: &str) -> Self {
        for step in &mut self.steps {
            let all = step.questions.len();
            step.questions.retain(|question| !question.address);
            if step.questions.len() < all {
                let before = step.hint.take().map(|hint| format!("{hint} ")).unwrap_or_default();
                step.hint = Some(before + instead);
            }
        }
        self
    }
}

/// Answers by the key of their question; a question without one was not answered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(BTreeMap<String, String>);

impl Answers {
    /// The answer to a question; "" where there is none.
    #[must_use]
    pub fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Keeps an answer; "" takes it away.
    pub fn set(&mut self, key: &str, answer: impl Into<String>) {
        let answer = answer.into();
        if answer.is_empty() {
            self.0.remove(key);
        } else {
            self.0.insert(key.to_owned(), answer);
        }
    }

    /// The words of an answer that lists several, as ids are kept.
    pub fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        self.get(key).split_ascii_whitespace()
    }

    /// Every answer, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(key, answer)| (key.as_str(), answer.as_str()))
    }

    /// Whether what hangs on this is asked, given these answers.
    #[must_use]
    pub fn meet(&self, when: Option<&When>) -> bool {
        when.is_none_or(|when| when.is.iter().any(|is| is == self.get(&when.question)))
    }
}
