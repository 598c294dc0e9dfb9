//! A filled-in form as people read it: step by step, with the questions of its day.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::question::answered;
use crate::{
    rules::{
        calendar::SessionDay,
        form::{Answers, Form, open_steps},
        leave::{OtherParent, Span, key},
    },
    ui::piece::{IntoPiece, Piece},
    words::Words,
};

/// What the answers of the built-in steps name.
#[derive(Debug, Clone, Default)]
pub struct Named {
    /// As which question the children stand.
    pub question: &'static str,
    /// The children, each with the class.
    pub children: Vec<String>,
    /// From when to when.
    pub span: Option<Span>,
    /// How many sessions and days that is, a line for each that differs.
    pub comes_to: Vec<String>,
    /// Those who are asked to sign.
    pub asked: Vec<String>,
    /// The last day at school.
    pub last_day: Option<NaiveDate>,
}

/// A step: its key, its title, its questions with their answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepShown {
    /// The step's key.
    pub key: String,
    /// Its title.
    pub title: String,
    /// Question and answer; `None` where it was left out.
    pub facts: Vec<(String, Option<String>)>,
}

/// The steps that were asked, in order; not the preview, which asks nothing.
#[must_use]
pub fn steps(words: &'static Words, form: &Form, answers: &Answers, named: &Named) -> Vec<StepShown> {
    let w = &words.leave;
    open_steps(form, answers)
        .filter(|step| !(step.built_in && step.key == "preview"))
        .map(|step| {
            let facts = match (step.built_in, step.key.as_str()) {
                (true, "children") => {
                    vec![(named.question.to_owned(), (!named.children.is_empty()).then(|| named.children.join("\n")))]
                }
                (true, "dates") => {
                    let at = |at: SessionDay| (w.session)(at);
                    let mut facts = vec![
                        (w.first.to_owned(), named.span.map(|span| at(span.first))),
                        (w.last.to_owned(), named.span.map(|span| at(span.last))),
                        (w.back.to_owned(), named.span.map(|span| (words.common.long_date)(span.back))),
                    ];
                    if !named.comes_to.is_empty() {
                        facts.push((w.count_label.to_owned(), Some(named.comes_to.join("\n"))));
                    }
                    facts
                }
                (true, "last-day") => {
                    let day = named.last_day.map(|day| (words.common.long_date)(day));
                    vec![(words.leaving.last_day.to_owned(), day)]
                }
                (true, _) => {
                    let other = OtherParent::parse(answers.get(key::OTHER));
                    let mut facts = vec![(w.other.to_owned(), other.map(|one| (w.other_answer)(one).to_owned()))];
                    if other == Some(OtherParent::Asked) {
                        facts.push((w.ask.to_owned(), (!named.asked.is_empty()).then(|| named.asked.join("\n"))));
                    }
                    facts
                }
                (false, _) => step
                    .questions
                    .iter()
                    .filter(|question| answers.meet(question.when.as_ref()))
                    // Where an address was not asked for, nothing says why.
                    .filter(|question| !question.address || !answers.get(&question.key).is_empty())
                    .map(|question| (question.label.clone(), answered(words, question, answers)))
                    .collect(),
            };
            StepShown { key: step.key.clone(), title: step.title.clone(), facts }
        })
        .collect()
}

/// The steps as ruled lists; `after` may put a link beside a step's heading.
pub fn answered_steps(
    words: &'static Words,
    steps: Vec<StepShown>,
    after: impl Fn(&StepShown) -> Option<Piece>,
) -> impl IntoView {
    steps
        .into_iter()
        .map(|step| {
            let beside = after(&step);
            let facts = step
                .facts
                .into_iter()
                .map(|(question, answer)| {
                    let answer = match answer {
                        Some(answer) => view! { <dd class="words">{answer}</dd> }.piece(),
                        None => view! { <dd class="soft">{words.leave.left_out}</dd> }.piece(),
                    };
                    view! { <div><dt>{question}</dt>{answer}</div> }
                })
                .collect_view();
            view! {
                <div>
                    <div class="ruled"><h3>{step.title}</h3>{beside}</div>
                    <dl class="facts">{facts}</dl>
                </div>
            }
        })
        .collect_view()
}
