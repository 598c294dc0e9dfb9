//! The steps of a begun form.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths::Hand,
    rules::id::SubmissionId,
    ui::{csrf_field, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Tasks {
    /// Which form, and in whose hands.
    pub hand: Hand,
    /// Which form.
    pub draft: SubmissionId,
    /// What it is called.
    pub title: String,
    /// Whose it is, of one on paper.
    pub of: Option<String>,
    /// What to know before.
    pub intro: String,
    /// The steps that are asked.
    pub steps: Vec<Task>,
    /// How many letters and photos stand with it.
    pub files: usize,
    /// The last day it is kept.
    pub until: NaiveDate,
    /// What dates and children come to, where both are there.
    pub comes_to: Vec<String>,
}

/// A step in the list.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its key.
    pub key: String,
    /// Its line.
    pub title: String,
    /// How far it is.
    pub standing: Standing,
}

/// How far a step is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Everything is answered.
    Done,
    /// Nothing is answered that must be.
    ToDo,
    /// Something is answered, and something is missing or cannot be taken.
    LookAgain,
    /// It was left blank on paper.
    Blank,
}

/// The page.
pub fn page(words: &'static Words, page: Tasks) -> impl IntoView {
    let w = &words.leave;
    let hand = page.hand;
    // On paper it is signed already.
    let (check, back) = match hand {
        Hand::Leave | Hand::Leaving => (w.check_step, super::title(words, hand)),
        Hand::LeavePaper => (w.check, words.leave_staff.back),
    };
    let done = page.steps.iter().filter(|step| matches!(step.standing, Standing::Done | Standing::Blank)).count();
    let all = page.steps.len();
    let steps = page
        .steps
        .iter()
        .map(|step| {
            let (class, said) = match step.standing {
                Standing::Done => ("tag done", w.done),
                Standing::ToDo => ("tag off", w.to_do),
                Standing::LookAgain => ("tag ask", w.look_again),
                Standing::Blank => ("tag off", w.left_blank),
            };
            view! {
                <li>
                    <a href=hand.step(&page.draft, &step.key)>
                        <span>{step.title.clone()}</span> <span class=class>{said}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let last = if done == all {
        view! { <a class="btn big" href=hand.check(&page.draft)>{check}</a> }.piece()
    } else {
        view! { <p class="soft">{check} ": " {w.check_later}</p> }.piece()
    };
    let (class, said) = match page.files {
        0 => ("tag off", words.common.optional.to_owned()),
        some => ("tag done", (w.files_there)(some)),
    };
    let files = view! {
        <li><a href=hand.files(&page.draft)><span>{w.files_step}</span> <span class=class>{said}</span></a></li>
    };
    let comes_to = page.comes_to.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <div class="stack read">
            <a class="back" href=hand.list()>{back}</a>
            <h1>{page.title}</h1>
            {page.of.map(|of| view! { <p class="soft">{of}</p> })}
            <p>{page.intro}</p>
            <div class="note stack">
                <p><b>{(w.progress)(done, all)}</b></p>
                {comes_to}
            </div>
            <nav aria-label=w.back_to_steps><ol class="links">{steps}{files}</ol></nav>
            {last}
            <p class="small soft">{(w.kept_until)(page.until)}</p>
            <p><a class="tap" href=hand.drop(&page.draft)>{w.throw_away}</a></p>
        </div>
    }
}

/// The question before a form is thrown away.
#[derive(Debug, Clone)]
pub struct DropPage {
    /// Which form, and in whose hands.
    pub hand: Hand,
    /// Which form.
    pub draft: SubmissionId,
    /// Whose it is, of one on paper.
    pub of: Option<String>,
    /// The children in it, as one text; "" while there are none.
    pub children: String,
    /// The csrf token.
    pub csrf: String,
}

/// Asks before it is thrown away.
pub fn ask_drop(words: &'static Words, page: DropPage) -> impl IntoView {
    let w = &words.leave;
    let children = if page.children.is_empty() { w.nobody_yet.to_owned() } else { page.children };
    view! {
        <div class="stack read">
            <a class="back" href=page.hand.form(&page.draft)>{w.back_to_steps}</a>
            <h1>{w.drop_ask}</h1>
            {page.of.map(|of| view! { <p class="soft">{of}</p> })}
            <p><b>{children}</b></p>
            <p>{w.drop_lead}</p>
            <form method="post" action=page.hand.drop(&page.draft)>
                {csrf_field(&page.csrf)}
                <div class="acts">
                    <button class="btn stop">{w.drop_go}</button>
                    <a class="btn plain" href=page.hand.form(&page.draft)>{w.drop_keep}</a>
                </div>
            </form>
        </div>
    }
}
