//! One step of the form: one clear question, or a few that belong together.

use leptos::prelude::*;

use crate::{
    paths::Hand,
    rules::{
        calendar::Session,
        form::{Answers, Question, YES},
        id::SubmissionId,
        leave::{OtherParent, key},
    },
    ui::{
        csrf_field,
        errors::{self, Said},
        piece::IntoPiece,
        question::questions,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct StepPage {
    /// Which form, and in whose hands.
    pub hand: Hand,
    /// Which form.
    pub draft: SubmissionId,
    /// The step's key.
    pub key: String,
    /// Its heading.
    pub title: String,
    /// Help beneath it.
    pub hint: Option<String>,
    /// The answers, as typed.
    pub answers: Answers,
    /// What was known of them when the page was drawn.
    pub seen: String,
    /// What has to be put right, by the answer's key.
    pub problems: Vec<Said>,
    /// What stands there now, where it was changed elsewhere: the question and the answer as people read it.
    pub elsewhere: Option<Vec<(String, Option<String>)>>,
    /// What it asks.
    pub body: Body,
    /// The csrf token.
    pub csrf: String,
}

/// What a step asks.
#[derive(Debug, Clone)]
pub enum Body {
    /// Questions of the school's.
    Questions(Vec<Question>),
    /// Which children: id, whole name, class; and whether it has to be said that they live with the applicant.
    Children(Vec<(String, String, String)>, bool),
    /// The last day: its key, the question, its hint, and what to know about it.
    Day(&'static str, &'static str, &'static str, Vec<String>),
    /// When: and what it comes to, line by line, where it can be counted.
    Dates(Vec<String>),
    /// The other parent: the id, name and relationship of each who may be asked.
    OtherParent(Vec<(String, String, String)>),
}

/// The page.
pub fn page(words: &'static Words, page: StepPage) -> impl IntoView {
    let w = &words.leave;
    let body = match &page.body {
        Body::Questions(all) => questions(words, all, &page.answers, &page.problems).piece(),
        Body::Children(children, live_here) => children_step(words, children, *live_here, &page).piece(),
        Body::Day(key, label, hint, notes) => view! { {day(&page, key, label, hint)} {comes_to_lines(notes)} }.piece(),
        Body::Dates(comes_to) => dates(words, comes_to, &page).piece(),
        Body::OtherParent(others) => other_parent(words, others, &page).piece(),
    };
    let count = matches!(page.body, Body::Dates(_))
        .then(|| view! { <button class="btn plain" name="then" value="count">{w.count}</button> });
    let problems = (!page.problems.is_empty()).then(|| {
        let heading = (w.errors)(page.problems.len());
        view! { {errors::summary(heading, &page.problems)} <p class="small soft">{w.saved_anyway}</p> }
    });
    view! {
        <div class="stack read">
            <a class="back" href=page.hand.form(&page.draft)>{w.back_to_steps}</a>
            {problems}
            {page.elsewhere.as_ref().map(|there| elsewhere(words, there))}
            <h1>{page.title.clone()}</h1>
            {page.hint.clone().map(|hint| view! { <p>{hint}</p> })}
            <form method="post" action=page.hand.step(&page.draft, &page.key) novalidate class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="seen" value=page.seen.clone() />
                {body}
                <div class="acts">
                    <button class="btn" name="then" value="on">{w.save_on}</button>
                    {count}
                    <button class="btn plain" name="then" value="back">{w.save_back}</button>
                </div>
            </form>
        </div>
    }
}

fn elsewhere(words: &'static Words, there: &[(String, Option<String>)]) -> impl IntoView + use<> {
    let w = &words.leave;
    let rows = there
        .iter()
        .map(|(question, answer)| {
            let answer = answer.clone().unwrap_or_else(|| w.stands_empty.to_owned());
            view! { <div><dt>{question.clone()}</dt><dd class="words">{answer}</dd></div> }
        })
        .collect_view();
    view! {
        <div class="errors stack" role="alert" tabindex="-1" autofocus>
            <p>{w.differs}</p>
            <p><b>{w.stands_there}</b></p>
            <dl class="facts">{rows}</dl>
        </div>
    }
}

fn children_step(
    words: &'static Words,
    children: &[(String, String, String)],
    live_here: bool,
    page: &StepPage,
) -> impl IntoView + use<> {
    let w = &words.leave;
    let (legend, hint) = match page.hand {
        Hand::Leave | Hand::LeavePaper => (w.children, w.children_hint),
        Hand::Leaving => (words.leaving.children, words.leaving.children_hint),
    };
    let chosen = |id: &str| page.answers.list(key::CHILDREN).any(|one| one == id);
    let boxes = children
        .iter()
        .enumerate()
        .map(|(place, (id, name, class))| {
            let field = if place == 0 { key::CHILDREN.to_owned() } else { format!("child-{place}") };
            view! {
                <label class="opt whole">
                    <input type="checkbox" name=key::CHILDREN value=id.clone() id=field checked=chosen(id) />
                    <span>{name.clone()} " " <span class="soft small">{class.clone()}</span></span>
                </label>
            }
        })
        .collect_view();
    let said = page.answers.get(key::LIVES_WITH) == YES;
    let lives = live_here.then(|| {
        view! {
            <div class=errors::bad(&page.problems, key::LIVES_WITH)>
                {errors::why(&page.problems, key::LIVES_WITH)}
                <label class="opt whole">
                    <input type="checkbox" name=key::LIVES_WITH id=key::LIVES_WITH value=YES checked=said />
                    <span>{w.lives_with}</span>
                </label>
            </div>
        }
    });
    view! {
        <fieldset class=errors::bad(&page.problems, key::CHILDREN)>
            <legend>{legend}</legend>
            <span class="hint">{hint}</span>
            {errors::why(&page.problems, key::CHILDREN)}
            <div class="opts">{boxes}</div>
        </fieldset>
        {lives}
    }
}

/// A date, with what is said about it.
fn day(page: &StepPage, name: &'static str, label: &'static str, hint: &'static str) -> impl IntoView + use<> {
    let described = errors::described(&page.problems, name);
    let hint_id = format!("{name}-hint");
    let described = described.map_or_else(|| hint_id.clone(), |why| format!("{hint_id} {why}"));
    let bad = errors::said(&page.problems, name).is_some();
    view! {
        <div class=errors::bad(&page.problems, name)>
            <label class="label" for=name>{label}</label>
            <span class="hint" id=hint_id>{hint}</span>
            {errors::why(&page.problems, name)}
            <input class="in short" type="date" id=name name=name value=page.answers.get(name).to_owned()
                aria-describedby=described aria-invalid=bad.then_some("true") />
        </div>
    }
}

fn comes_to_lines(lines: &[String]) -> impl IntoView + use<> {
    (!lines.is_empty()).then(|| {
        let lines = lines.iter().map(|line| view! { <p>{line.clone()}</p> }).collect_view();
        view! { <div class="note stack" role="status">{lines}</div> }
    })
}

fn dates(words: &'static Words, comes_to: &[String], page: &StepPage) -> impl IntoView + use<> {
    let w = &words.leave;
    let half = |name: &'static str, legend: &'static str, or: Session, said: fn(Session) -> &'static str| {
        let chosen = Session::parse(page.answers.get(name)).unwrap_or(or);
        let options = Session::BOTH
            .into_iter()
            .map(|session| {
                let id = format!("{name}-{}", session.letters());
                view! {
                    <label class="opt">
                        <input type="radio" name=name value=session.letters() id=id checked=session == chosen />
                        {said(session)}
                    </label>
                }
            })
            .collect_view();
        view! { <fieldset><legend>{legend}</legend><div class="opts">{options}</div></fieldset> }
    };
    view! {
        {day(page, key::FIRST_DAY, w.first, w.date_hint)}
        {half(key::FIRST_SESSION, w.first_session, Session::Am, w.from_half)}
        {day(page, key::LAST_DAY, w.last, w.date_hint)}
        {half(key::LAST_SESSION, w.last_session, Session::Pm, w.until_half)}
        {day(page, key::RETURN_DAY, w.back, w.back_hint)}
        {comes_to_lines(comes_to)}
    }
}

fn other_parent(words: &'static Words, others: &[(String, String, String)], page: &StepPage) -> impl IntoView + use<> {
    let w = &words.leave;
    let answer = OtherParent::parse(page.answers.get(key::OTHER));
    let people = others
        .iter()
        .enumerate()
        .map(|(place, (id, name, relationship))| {
            let field = if place == 0 { key::ASK.to_owned() } else { format!("ask-{place}") };
            let chosen = page.answers.list(key::ASK).any(|one| one == id) || (others.len() == 1 && answer.is_none());
            view! {
                <label class="opt whole">
                    <input type="checkbox" name=key::ASK value=id.clone() id=field checked=chosen />
                    <span>{name.clone()} " " <span class="soft small">{relationship.clone()}</span></span>
                </label>
            }
        })
        .collect_view();
    let ask = if others.is_empty() {
        view! { <p class="small" id=key::ASK tabindex="-1">{w.nobody_to_ask}</p> }.piece()
    } else {
        view! {
            <fieldset class=errors::bad(&page.problems, key::ASK)>
                <legend>{w.ask}</legend>
                <span class="hint">{w.ask_hint}</span>
                {errors::why(&page.problems, key::ASK)}
                <div class="opts">{people}</div>
            </fieldset>
        }
        .piece()
    };
    let mut ask = Some(ask);
    let options = OtherParent::ALL
        .into_iter()
        .enumerate()
        .map(|(place, other)| {
            let id = if place == 0 { key::OTHER.to_owned() } else { format!("other-{place}") };
            let more = (other == OtherParent::Asked).then(|| view! { <div class="more">{ask.take()}</div> });
            view! {
                <label class="opt whole">
                    <input type="radio" name=key::OTHER value=other.word() id=id checked=answer == Some(other) />
                    {(w.other_answer)(other)}
                </label>
                {more}
            }
        })
        .collect_view();
    view! {
        <fieldset class=errors::bad(&page.problems, key::OTHER)>
            <legend>{w.other}</legend>
            <span class="hint">{w.other_hint}</span>
            {errors::why(&page.problems, key::OTHER)}
            <div class="opts">{options}</div>
        </fieldset>
    }
}
