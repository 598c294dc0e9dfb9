//! The steps of a begun form.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{paths, rules::id::SubmissionId, ui::csrf_field, words::Words};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Tasks {
    /// Which form.
    pub draft: SubmissionId,
    /// What it is called.
    pub title: String,
    /// What to know before.
    pub intro: String,
    /// The steps that are asked.
    pub steps: Vec<Task>,
    /// The last day it is kept.
    pub until: NaiveDate,
    /// What dates and children come to, where both are there.
    pub comes_to: Vec<String>,
    /// The csrf token.
    pub csrf: String,
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
}

/// The page.
pub fn page(words: &'static Words, page: Tasks) -> impl IntoView {
    let w = &words.leave;
    let done = page.steps.iter().filter(|step| step.standing == Standing::Done).count();
    let all = page.steps.len();
    let steps = page
        .steps
        .iter()
        .map(|step| {
            let (class, said) = match step.standing {
                Standing::Done => ("tag done", w.done),
                Standing::ToDo => ("tag off", w.to_do),
                Standing::LookAgain => ("tag ask", w.look_again),
            };
            view! {
                <li>
                    <a href=paths::leave_step(&page.draft, &step.key)>
                        <span>{step.title.clone()}</span> <span class=class>{said}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let last = if done == all {
        view! { <a class="btn big" href=paths::leave_check(&page.draft)>{w.check_step}</a> }.into_any()
    } else {
        view! { <p class="soft">{w.check_step} ": " {w.check_later}</p> }.into_any()
    };
    let comes_to = page.comes_to.into_iter().map(|line| view! { <p>{line}</p> }).collect_view();
    view! {
        <div class="stack read">
            <a class="back" href=paths::LEAVE>{w.back_to_list}</a>
            <h1>{page.title}</h1>
            <p>{page.intro}</p>
            <div class="note stack">
                <p><b>{(w.progress)(done, all)}</b></p>
                {comes_to}
            </div>
            <nav aria-label=w.back_to_steps><ol class="links">{steps}</ol></nav>
            {last}
            <p class="small soft">{(w.kept_until)(page.until)}</p>
            <form method="post" action=paths::leave_drop(&page.draft)>
                {csrf_field(&page.csrf)}
                <button class="link tap">{w.throw_away}</button>
            </form>
        </div>
    }
}
