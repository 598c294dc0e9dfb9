//! A guardian's forms for leave: a new one, those begun, those to sign, those sent.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::tag;
use crate::{
    parent::form::drafts::{DraftShown, drafts},
    paths::{self, Hand},
    rules::{leave::State, reference::Reference},
    ui::{csrf_field, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct LeaveList {
    /// Whether there is a child this guardian may ask for.
    pub may_apply: bool,
    /// The id made for the form that the button begins.
    pub new: String,
    /// Whether too many are begun already.
    pub too_many: bool,
    /// The forms that are begun.
    pub drafts: Vec<DraftShown>,
    /// Those that this guardian is asked to sign.
    pub asked: Vec<AskedShown>,
    /// Those sent, the latest first.
    pub sent: Vec<SentShown>,
    /// The office's number.
    pub phone: String,
    /// The csrf token.
    pub csrf: String,
}

/// A request that this guardian is asked to sign.
#[derive(Debug, Clone)]
pub struct AskedShown {
    /// The reference.
    pub reference: Reference,
    /// The children in it, as one text.
    pub children: String,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// Whether it waits for an answer.
    pub waits: bool,
    /// Whether they signed.
    pub signed: bool,
}

/// A request that was sent, for one child.
#[derive(Debug, Clone)]
pub struct SentShown {
    /// The reference.
    pub reference: Reference,
    /// What the child is called.
    pub called: String,
    /// First and last day.
    pub days: (NaiveDate, NaiveDate),
    /// Where it stands.
    pub state: State,
    /// The written time since when.
    pub since: String,
}

/// The page.
pub fn page(words: &'static Words, page: LeaveList) -> impl IntoView {
    let w = &words.leave;
    let begin = if page.may_apply {
        view! {
            <form method="post" action=paths::LEAVE class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="draft" value=page.new.clone() />
                <p>{w.law}</p>
                <button class="btn big">{w.begin}</button>
            </form>
        }
        .piece()
    } else {
        view! { <p class="note">{(w.not_yours)(&page.phone)}</p> }.piece()
    };
    let full = page.too_many.then(|| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{w.too_many}</p></div> }
    });
    let (waiting, answered): (Vec<_>, Vec<_>) = page.asked.into_iter().partition(|one| one.waits);
    view! {
        <div class="stack read">
            {full}
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            {(!waiting.is_empty()).then(|| asked(words, waiting))}
            {(!page.drafts.is_empty()).then(|| drafts(words, Hand::Leave, page.drafts))}
            {begin}
            {(!page.sent.is_empty()).then(|| sent(words, page.sent))}
            {(!answered.is_empty()).then(|| asked(words, answered))}
        </div>
    }
}

/// Requests to sign: all of them wait, or all are answered.
fn asked(words: &'static Words, requests: Vec<AskedShown>) -> impl IntoView + use<> {
    let w = &words.leave;
    let waits = requests.iter().any(|one| one.waits);
    let (id, heading) = if waits { ("to-sign", w.to_sign) } else { ("answered", w.answered) };
    let rows = requests
        .into_iter()
        .map(|one| {
            let (first, last) = one.days;
            let days = (w.days)(first, last);
            let (class, label) = if waits { ("btn", w.to_sign_open) } else { ("btn plain", w.open) };
            let said = (!waits).then_some(if one.signed { w.answered_signed } else { w.answered_not });
            let said = said.map(|said| format!(", {said}"));
            view! {
                <li>
                    <div><b>{one.children.clone()}</b><p class="small soft">{days.clone()} {said}</p></div>
                    <a class=class href=paths::leave_sign(&one.reference)>{label}<span class="vh">": " {one.children} ", " {days}</span></a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby=id>
            <h2 class="ruled" id=id>{heading}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

fn sent(words: &'static Words, sent: Vec<SentShown>) -> impl IntoView + use<> {
    let w = &words.leave;
    let rows = sent
        .into_iter()
        .map(|sent| {
            let (first, last) = sent.days;
            view! {
                <li>
                    <div>
                        <b>{sent.called.clone()}</b> ", " {(w.days)(first, last)}
                        <p class="small">{tag(words, sent.state)} " " <span class="soft">{(w.since)(&sent.since)}</span></p>
                    </div>
                    <a class="btn plain" href=paths::leave_request(&sent.reference)>
                        {w.open}<span class="vh">": " {sent.called} ", " {(w.days)(first, last)}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="sent">
            <h2 class="ruled" id="sent">{w.sent}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}
