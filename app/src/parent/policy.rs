//! The attendance policy as families read it: how it stands for them, in short, what has changed, the whole text.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{declaration::Answer, prose::Prose, reference::Reference},
    ui::prose::{contents, prose},
    words::Words,
};

/// How many characters somebody may look for.
pub const SOUGHT_MOST: usize = 60;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct PolicyPage {
    /// The number of the version.
    pub version: i64,
    /// Whether it is the one that counts.
    pub counts: bool,
    /// The title.
    pub title: String,
    /// When it was adopted.
    pub adopted: NaiveDate,
    /// When it is to be renewed.
    pub renewal: NaiveDate,
    /// In short.
    pub summary: Prose,
    /// What has changed.
    pub changes: Prose,
    /// The whole text.
    pub text: Prose,
    /// The version's fingerprint.
    pub sha256: String,
    /// What is looked for.
    pub sought: String,
    /// What this guardian has answered: for whom, the answer, the written time, its reference.
    pub answers: Vec<(String, Answer, String, Reference)>,
    /// What the children are called whom they have still to answer for.
    pub waiting: Vec<String>,
}

/// The page.
pub fn page(words: &'static Words, page: PolicyPage) -> impl IntoView {
    let w = &words.declaration;
    let sought = page.sought.clone();
    let looking = !sought.is_empty();
    let old = (!page.counts).then(|| {
        view! { <p class="warn">{w.old} " " <a class="tap" href=paths::POLICY>{w.newest}</a></p> }
    });
    let file = paths::policy_file(page.version);
    let short = (!looking).then(|| {
        let changes = (page.changes != Prose::default()).then(|| {
            view! {
                <details class="fold">
                    <summary><span><b>{w.changes}</b></span> <u>{words.messages.open}</u></summary>
                    <div>{prose(&page.changes, "")}</div>
                </details>
            }
        });
        view! {
            <section aria-labelledby="in-short" class="stack">
                <h2 class="ruled" id="in-short">{w.summary}</h2>
                {prose(&page.summary, "")}
                {changes}
            </section>
            <nav class="links" aria-label=words.common.more>
                <ul>
                    <li><a href=paths::POLICY_ROLES>{w.roles_title}</a></li>
                    <li><a href=file>{w.download}</a></li>
                </ul>
            </nav>
            <nav aria-labelledby="in-this" class="stack contents">
                <h2 class="ruled" id="in-this">{w.contents}</h2>
                <ul>{contents(&page.text)}</ul>
            </nav>
        }
    });
    let action = if page.counts { paths::POLICY.to_owned() } else { paths::policy_version(page.version) };
    let found = looking.then(|| {
        let count = page.text.found(&sought).count();
        let all = action.clone();
        view! { <p role="status"><b>{(w.found)(count, &sought)}</b> " " <a class="tap" href=all>{w.all}</a></p> }
    });
    let stands = page.counts.then(|| standing(words, &page));
    view! {
        <div class="stack read">
            {old}
            <h1>{page.title.clone()}</h1>
            <p class="soft">{(w.version)(page.version, page.adopted, page.renewal)}</p>
            {stands}
            {short}
            <form method="get" action=action.clone() class="stack noprint" role="search">
                <label class="label" for="q">{w.search}</label>
                <div class="acts">
                    <input class="in" type="search" id="q" name="q" value=page.sought.clone() maxlength=SOUGHT_MOST autocomplete="off" />
                    <button class="btn plain">{w.search_go}</button>
                </div>
            </form>
            {found}
            {prose(&page.text, &sought)}
            <p class="small soft words">{(w.fingerprint)(&page.sha256)}</p>
        </div>
    }
}

/// How it stands for whoever reads it.
fn standing(words: &'static Words, page: &PolicyPage) -> impl IntoView + use<> {
    let w = &words.declaration;
    let answers = page
        .answers
        .iter()
        .map(|(child, answer, when, reference)| {
            let said = (w.answered)(*answer, child, when);
            view! {
                <li><span>{said.clone()}</span>
                    <a class="tap" href=paths::declaration(reference)>{w.open}<span class="vh">": " {said}</span></a></li>
            }
        })
        .collect_view();
    let answers = (!page.answers.is_empty()).then(|| view! { <ul class="rows">{answers}</ul> });
    let waiting: Vec<&str> = page.waiting.iter().map(String::as_str).collect();
    let sign = (!waiting.is_empty()).then(|| {
        view! { <p class="noprint"><a class="btn big" href=paths::DECLARE>{(w.sign_for)(&(words.common.list)(&waiting))}</a></p> }
    });
    view! { {sign}{answers} }
}

/// No version has been published.
pub fn none(words: &'static Words) -> impl IntoView {
    let w = &words.declaration;
    view! {
        <div class="stack read">
            <h1>{w.title}</h1>
            <p>{w.none}</p>
            <nav class="links" aria-label=words.common.more><ul><li><a href=paths::POLICY_ROLES>{w.roles_title}</a></li></ul></nav>
        </div>
    }
}

/// Who does what, and whom to ask: given telephone and mail.
pub fn roles(words: &'static Words, phone: &str, email: &str) -> impl IntoView + use<> {
    let w = &words.declaration;
    let roles = w
        .roles
        .iter()
        .map(|(who, what)| {
            let what = what.iter().map(|one| view! { <li>{*one}</li> }).collect_view();
            view! { <section class="stack"><h2>{*who}</h2><ul class="prose points">{what}</ul></section> }
        })
        .collect_view();
    let ask = (w.ask)(phone, email)
        .into_iter()
        .map(|(what, whom)| view! { <div><dt>{what}</dt><dd>{whom}</dd></div> })
        .collect_view();
    view! {
        <div class="stack read">
            <a class="back" href=paths::POLICY>{w.back}</a>
            <h1>{w.roles_title}</h1>
            <p>{w.roles_lead}</p>
            {roles}
            <section class="stack" aria-labelledby="ask">
                <h2 class="ruled" id="ask">{w.ask_title}</h2>
                <dl class="facts tall">{ask}</dl>
                <p class="warn">{w.danger}</p>
            </section>
        </div>
    }
}
