//! Families' details, for the office: what waits, one request, the list to key in, who has looked this year.

pub mod check;
pub mod keying;
pub mod request;

use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        details::{Field, State},
        reference::Reference,
    },
    ui::piece::IntoPiece,
    words::Words,
};

/// What the list shows.
#[derive(Debug, Clone)]
pub struct ListPage {
    /// What waits, the oldest first.
    pub waiting: Vec<Row>,
    /// What is decided, and the family has written since.
    pub written: Vec<Row>,
    /// How many lines are to be keyed in.
    pub to_key: usize,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its reference.
    pub reference: Reference,
    /// Who asks.
    pub guardian: String,
    /// What they ask for; none where all is decided.
    pub fields: Vec<Field>,
    /// Since when, written.
    pub since: String,
    /// Whether something was written that nobody has read.
    pub unread: bool,
    /// Whether the family has a question to answer.
    pub asked_back: bool,
}

/// The tag of a state.
fn tag(words: &'static Words, state: State) -> impl IntoView + use<> {
    let class = match state {
        State::Asked => "tag new wrap-tag",
        State::Accepted => "tag ask wrap-tag",
        State::Keyed => "tag seen wrap-tag",
        State::Arrived => "tag done wrap-tag",
        State::Refused | State::Withdrawn | State::Replaced => "tag off wrap-tag",
    };
    view! { <span class=class>{(words.details_staff.state)(state)}</span> }
}

/// The list.
pub fn page(words: &'static Words, page: ListPage) -> impl IntoView {
    let w = &words.details_staff;
    let list = if page.waiting.is_empty() {
        view! { <p>{w.none}</p> }.piece()
    } else {
        let rows = page.waiting.iter().map(|line| row(words, line)).collect_view();
        view! { <ul class="rows">{rows}</ul> }.piece()
    };
    let written = (!page.written.is_empty()).then(|| {
        let rows = page.written.iter().map(|line| row(words, line)).collect_view();
        view! {
            <section aria-labelledby="written">
                <h2 class="ruled" id="written">{(w.written)(page.written.len())}</h2>
                <ul class="rows">{rows}</ul>
            </section>
        }
    });
    view! {
        <div class="stack read">
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            <nav aria-label=w.title class="noprint"><ul class="acts">
                <li><a class="btn plain" href=paths::DETAILS_LIST>{(w.to_list)(page.to_key)}</a></li>
                <li><a class="btn plain" href=paths::DETAILS_CHECK>{w.to_check}</a></li>
            </ul></nav>
            <section aria-labelledby="waiting">
                <h2 class="ruled" id="waiting">{(w.waiting)(page.waiting.len())}</h2>
                {list}
            </section>
            {written}
        </div>
    }
}

fn row(words: &'static Words, line: &Row) -> impl IntoView + use<> {
    let w = &words.details_staff;
    let fields: Vec<&str> = line.fields.iter().map(|field| (w.field)(*field)).collect();
    let ring = line.fields.iter().any(|field| field.needs_call());
    view! {
        <li>
            <div>
                <a class="tap" href=paths::staff_details(&line.reference)><b>{line.guardian.clone()}</b></a>
                {(!fields.is_empty()).then(|| view! { <p class="small">{fields.join(", ")}</p> })}
                <p class="small soft">{line.reference.to_string()} ", " {line.since.clone()}</p>
            </div>
            <div>
                {ring.then(|| view! { <span class="tag ask wrap-tag">{w.ring}</span> " " })}
                {line.unread.then(|| view! { <span class="tag new wrap-tag">{w.unread}</span> " " })}
                {line.asked_back.then(|| view! { <span class="tag seen wrap-tag">{w.asked_back}</span> })}
            </div>
        </li>
    }
}
