//! A question of a form of the school's, as a field.

use leptos::prelude::*;

use super::{
    errors::{self, Said},
    text_area::text_area,
};
use crate::{
    rules::form::{Answers, Asks, Choice, NO, Question, YES},
    ui::piece::{IntoPiece, Piece},
    words::Words,
};

/// The questions of a page with their answers in them. What hangs on one answer of the same page opens beneath that
/// answer; what hangs on another page's is there or not.
pub fn questions(
    words: &'static Words,
    all: &[Question],
    answers: &Answers,
    problems: &[Said],
) -> impl IntoView + use<> {
    let here = |key: &str| all.iter().any(|question| question.key == key);
    all.iter()
        .filter(|question| match &question.when {
            None => true,
            Some(when) if here(&when.question) => when.is.len() > 1,
            when => answers.meet(when.as_ref()),
        })
        .map(|one| question(words, one, all, answers, problems))
        .collect_view()
}

fn question(
    words: &'static Words,
    question: &Question,
    all: &[Question],
    answers: &Answers,
    problems: &[Said],
) -> Piece {
    let answer = answers.get(&question.key);
    let beneath = |choice: &Choice| {
        let opens = all.iter().filter(|one| {
            let opened = one.when.as_ref().filter(|when| when.question == question.key);
            opened.is_some_and(|when| when.is.len() == 1 && when.is.contains(&choice.key))
        });
        let opens: Vec<Piece> = opens.map(|one| self::question(words, one, all, answers, problems)).collect();
        (!opens.is_empty()).then(|| view! { <div class="more">{opens}</div> }.piece())
    };
    match question.asks {
        Asks::Choice => choices(question, &question.choices, answer, problems, &beneath).piece(),
        Asks::YesNo => {
            let choice = |key: &str, label: &str| Choice { key: key.to_owned(), label: label.to_owned(), hint: None };
            let both = [choice(YES, words.leave.yes), choice(NO, words.leave.no)];
            choices(question, &both, answer, problems, &beneath).piece()
        }
        Asks::Line | Asks::Words | Asks::Date => written(words, question, answer, problems).piece(),
    }
}

fn written(words: &'static Words, question: &Question, answer: &str, problems: &[Said]) -> impl IntoView + use<> {
    let key = question.key.clone();
    let hint_id = question.hint.is_some().then(|| format!("{key}-hint"));
    let described = [hint_id.clone(), errors::described(problems, &key)].into_iter().flatten().collect::<Vec<_>>();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let bad = errors::said(problems, &key).is_some();
    let field = match question.asks {
        Asks::Words => text_area(&key, 5, question.most(), answer, described).piece(),
        asks => {
            let (kind, class) = if asks == Asks::Date { ("date", "in short") } else { ("text", "in") };
            let most = (asks == Asks::Line).then(|| question.most());
            view! {
                <input class=class type=kind id=key.clone() name=key.clone() value=answer.to_owned() maxlength=most
                    aria-describedby=described aria-invalid=bad.then_some("true") autocomplete="off" />
            }
            .piece()
        }
    };
    view! {
        <div class=format!("field {}", errors::bad(problems, &key))>
            <label class="label" for=key.clone()>
                {question.label.clone()}
                {question.optional.then(|| view! { " " <span class="opt-word">{words.common.optional}</span> })}
            </label>
            {question.hint.clone().map(|hint| view! { <span class="hint" id=hint_id>{hint}</span> })}
            {errors::why(problems, &key)}
            {field}
        </div>
    }
}

fn choices(
    question: &Question,
    choices: &[Choice],
    answer: &str,
    problems: &[Said],
    beneath: &dyn Fn(&Choice) -> Option<Piece>,
) -> impl IntoView + use<> {
    let key = question.key.clone();
    let options = choices
        .iter()
        .enumerate()
        .map(|(place, choice)| {
            // The summary's link leads to the first.
            let id = if place == 0 { key.clone() } else { format!("{key}-{}", choice.key) };
            let chosen = choice.key == answer;
            let hint = choice.hint.clone().map(|hint| view! { <span class="hint">{hint}</span> });
            view! {
                <label class="opt whole">
                    <input type="radio" name=key.clone() value=choice.key.clone() id=id checked=chosen />
                    <span>{choice.label.clone()} {hint}</span>
                </label>
                {beneath(choice)}
            }
        })
        .collect_view();
    let why_id = errors::described(problems, &key);
    view! {
        <fieldset class=format!("field {}", errors::bad(problems, &key)) aria-describedby=why_id>
            <legend>{question.label.clone()}</legend>
            {question.hint.clone().map(|hint| view! { <span class="hint">{hint}</span> })}
            {errors::why(problems, &key)}
            <div class="opts">{options}</div>
        </fieldset>
    }
}

/// The answer to a question as people read it; `None` where there is none.
#[must_use]
pub fn answered(words: &'static Words, question: &Question, answers: &Answers) -> Option<String> {
    let answer = answers.get(&question.key);
    if answer.is_empty() {
        return None;
    }
    Some(match question.asks {
        Asks::Line | Asks::Words => answer.to_owned(),
        Asks::Date => {
            crate::rules::iso::date(answer).map_or_else(|| answer.to_owned(), |day| (words.common.long_date)(day))
        }
        Asks::YesNo => if answer == YES { words.leave.yes } else { words.leave.no }.to_owned(),
        Asks::Choice => question
            .choices
            .iter()
            .find(|choice| choice.key == answer)
            .map_or_else(|| answer.to_owned(), |choice| choice.label.clone()),
    })
}
