//! What the school holds about a guardian and their children, and how what they asked for stands.

pub mod change;
pub mod fields;

use leptos::prelude::*;

use super::messages::{self, Messages};
use crate::{
    paths,
    rules::details::State,
    ui::{
        csrf_field,
        piece::{IntoPiece, Piece},
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct DetailsPage {
    /// What was just done, as a sentence.
    pub notice: Option<String>,
    /// Whether the yearly question is open.
    pub due: bool,
    /// The written date of the last look.
    pub looked: Option<String>,
    /// A guardian's own.
    pub own: Vec<FactShown>,
    /// The children.
    pub children: Vec<ChildShown>,
    /// Whether nothing of their address is kept.
    pub secret: bool,
    /// What waits for the office.
    pub waiting: Vec<LineShown>,
    /// Reference and written time of what waits.
    pub sent: Option<(String, String)>,
    /// Whether something of it can be taken back.
    pub may_withdraw: bool,
    /// What became of earlier changes.
    pub answered: Vec<LineShown>,
    /// What the school and the guardian wrote to each other about it.
    pub messages: Option<Messages>,
    /// The office's number.
    pub phone: String,
    /// The csrf token.
    pub csrf: String,
}

/// One field.
#[derive(Debug, Clone)]
pub struct FactShown {
    /// Its name.
    pub label: &'static str,
    /// What is held, as people read it; else why there is nothing.
    pub value: Result<String, &'static str>,
    /// What is on its way.
    pub coming: Option<String>,
}

/// A child.
#[derive(Debug, Clone)]
pub struct ChildShown {
    /// The whole name.
    pub name: String,
    /// Class and birthday, as one text.
    pub born: String,
    /// The guardian's ties to the child.
    pub facts: Vec<FactShown>,
    /// That they told of few people to ring.
    pub few: Option<String>,
}

/// A change.
#[derive(Debug, Clone)]
pub struct LineShown {
    /// The field, with the child's name where it is about one.
    pub what: String,
    /// What the records said.
    pub was: String,
    /// What was asked for.
    pub wanted: String,
    /// Where it stands.
    pub state: State,
    /// Since when, written.
    pub since: String,
}

/// The tag of a state.
pub(crate) fn tag(words: &'static Words, state: State) -> impl IntoView + use<> {
    let class = match state {
        State::Asked => "tag new wrap-tag",
        State::Accepted | State::Keyed => "tag seen wrap-tag",
        State::Arrived => "tag done wrap-tag",
        State::Refused => "tag ask wrap-tag",
        State::Withdrawn | State::Replaced => "tag off wrap-tag",
    };
    view! { <span class=class>{(words.details.state)(state)}</span> }
}

/// The page.
pub fn page(words: &'static Words, page: DetailsPage) -> impl IntoView {
    let w = &words.details;
    let notice = page.notice.clone().map(|text| view! { <p class="note" role="status"><b>{text}</b></p> });
    let secret = page.secret.then(|| view! { <p class="note">{(w.secret_kept)(&page.phone)}</p> });
    let children = page.children.iter().map(|child| one(words, child)).collect_view();
    let change = if page.waiting.is_empty() { w.change } else { w.change_again };
    view! {
        <div class="stack read">
            <a class="back noprint" href=paths::HOME>{words.common.home}</a>
            {notice}
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            {still(words, &page)}
            {waiting(words, &page)}
            <section class="stack" aria-labelledby="you">
                <h2 class="ruled" id="you">{w.you}</h2>
                {facts(words, &page.own)}
                {secret}
            </section>
            {children}
            <p class="noprint"><a class="btn" href=paths::DETAILS_CHANGE>{change}</a></p>
            <p class="small">{(w.by_phone)(&page.phone)}</p>
            <p class="small">{(w.health)(&page.phone)}</p>
            <p class="small soft">{w.only_yours}</p>
            {answered(words, &page.answered)}
        </div>
    }
}

/// The page where nothing can be shown, and why.
pub fn cannot(words: &'static Words, why: String) -> impl IntoView {
    view! {
        <div class="stack read">
            <a class="back" href=paths::HOME>{words.common.home}</a>
            <h1>{words.details.cannot}</h1>
            <p>{why}</p>
        </div>
    }
}

/// The fields with something to say, a row each; the others together in one.
fn facts(words: &'static Words, facts: &[FactShown]) -> impl IntoView + use<> {
    let is_empty = |fact: &&FactShown| fact.value.is_err() && fact.coming.is_none();
    let empty: Vec<&str> = facts.iter().filter(is_empty).map(|fact| fact.label).collect();
    let empty = (!empty.is_empty())
        .then(|| view! { <div><dt>{words.details.unknown}</dt><dd class="soft">{empty.join("; ")}</dd></div> });
    let rows = facts
        .iter()
        .filter(|fact| !is_empty(fact))
        .map(|fact| {
            let value = match &fact.value {
                Ok(value) => view! { <span class="words">{value.clone()}</span> }.piece(),
                Err(why) => view! { <span class="soft">{*why}</span> }.piece(),
            };
            let coming = fact.coming.clone().map(|text| view! { <span class="line small words">{text}</span> });
            view! { <div><dt>{fact.label}</dt><dd>{value}{coming}</dd></div> }
        })
        .collect_view();
    view! { <dl class="facts">{rows}{empty}</dl> }
}

fn one(words: &'static Words, child: &ChildShown) -> impl IntoView + use<> {
    let few = child.few.clone().map(|text| {
        view! { <div class="note"><p>{text}</p><p class="small soft">{words.details.few_why}</p></div> }
    });
    view! {
        <section class="stack">
            <h2 class="ruled">{child.name.clone()}</h2>
            <p>{child.born.clone()}</p>
            {facts(words, &child.facts)}
            {few}
        </section>
    }
}

fn still(words: &'static Words, page: &DetailsPage) -> Piece {
    let w = &words.details;
    match (page.due, &page.looked) {
        (true, _) => view! {
            <section class="warn stack noprint" aria-labelledby="still">
                <h2 id="still">{w.still}</h2>
                <p>{w.still_lead}</p>
                <form method="post" action=paths::DETAILS_RIGHT class="acts">
                    {csrf_field(&page.csrf)}
                    <button class="btn">{w.still_go}</button>
                    <a class="btn plain" href=paths::DETAILS_CHANGE>{w.change}</a>
                </form>
            </section>
        }
        .piece(),
        (false, Some(date)) => view! { <p class="soft">{(w.looked)(date)}</p> }.piece(),
        (false, None) => ().piece(),
    }
}

/// What waits, what was written about it, and taking it back.
fn waiting(words: &'static Words, page: &DetailsPage) -> impl IntoView + use<> {
    let w = &words.details;
    let talk = page.messages.as_ref();
    let talk = talk.and_then(|it| messages::section(words, it, paths::DETAILS_MESSAGES, &page.csrf, false));
    let waits = page.sent.as_ref().map(|(reference, when)| {
        let withdraw = page.may_withdraw.then(|| withdraw(words, &page.csrf));
        view! {
            <section class="stack" aria-labelledby="asked">
                <h2 class="ruled" id="asked">{w.waiting}</h2>
                <p>{(w.sent)(reference, when)}</p>
                {lines(words, &page.waiting, "asked")}
                <p class="small soft">{w.next}</p>
                {withdraw}
            </section>
        }
    });
    view! { {waits} {talk} }
}

fn withdraw(words: &'static Words, csrf: &str) -> impl IntoView + use<> {
    let w = &words.details;
    view! {
        <details class="fold noprint">
            <summary><span><b>{w.withdraw}</b></span> <u>{words.report.show}</u></summary>
            <form method="post" action=paths::DETAILS_WITHDRAW class="stack">
                {csrf_field(csrf)}
                <p>{w.withdraw_lead}</p>
                <p><button class="btn stop">{w.withdraw_go}</button></p>
            </form>
        </details>
    }
}

fn answered(words: &'static Words, all: &[LineShown]) -> impl IntoView + use<> {
    (!all.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="answered">
                <h2 class="ruled" id="answered">{words.details.answered}</h2>
                {lines(words, all, "answered")}
            </section>
        }
    })
}

fn lines(words: &'static Words, all: &[LineShown], by: &'static str) -> impl IntoView + use<> {
    let w = &words.details;
    let rows = all
        .iter()
        .map(|line| {
            view! {
                <div>
                    <dt>{line.what.clone()}</dt>
                    <dd>
                        <span class="line words">{line.wanted.clone()}</span>
                        <span class="line small soft words">{w.heads[1]} ": " {line.was.clone()}</span>
                        <span class="line">{tag(words, line.state)} " " <span class="small soft">{line.since.clone()} ". " {(w.means)(line.state)}</span></span>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! { <dl class="facts" aria-labelledby=by>{rows}</dl> }
}
