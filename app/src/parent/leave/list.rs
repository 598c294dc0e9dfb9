//! A guardian's forms for leave: a new one, those begun, those to sign, those sent.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::tag;
use crate::{
    paths,
    rules::{id::SubmissionId, leave::State, reference::Reference},
    ui::csrf_field,
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
    /// Those that wait for this guardian's signature, with the children in them.
    pub to_sign: Vec<(Reference, String, (NaiveDate, NaiveDate))>,
    /// Those sent, the latest first.
    pub sent: Vec<SentShown>,
    /// The office's number.
    pub phone: String,
    /// The csrf token.
    pub csrf: String,
}

/// A form that is begun.
#[derive(Debug, Clone)]
pub struct DraftShown {
    /// Which.
    pub draft: SubmissionId,
    /// The children in it, as one text; "" while there are none.
    pub children: String,
    /// The written time it was saved.
    pub saved: String,
    /// The last day it is kept.
    pub until: NaiveDate,
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
        .into_any()
    } else {
        view! { <p class="note">{(w.not_yours)(&page.phone)}</p> }.into_any()
    };
    let full = page.too_many.then(|| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{w.too_many}</p></div> }
    });
    let csrf = page.csrf;
    view! {
        <div class="stack read">
            {full}
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            {(!page.to_sign.is_empty()).then(|| to_sign(words, page.to_sign))}
            {(!page.drafts.is_empty()).then(|| drafts(words, page.drafts, &csrf))}
            {begin}
            {(!page.sent.is_empty()).then(|| sent(words, page.sent))}
        </div>
    }
}

fn to_sign(words: &'static Words, waiting: Vec<(Reference, String, (NaiveDate, NaiveDate))>) -> impl IntoView + use<> {
    let w = &words.leave;
    let rows = waiting
        .into_iter()
        .map(|(reference, children, (first, last))| {
            view! {
                <li>
                    <div><b>{children.clone()}</b><p class="small soft">{(w.days)(first, last)}</p></div>
                    <a class="btn" href=paths::leave_sign(&reference)>{w.to_sign_open}<span class="vh">": " {children}</span></a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="to-sign">
            <h2 class="ruled" id="to-sign">{w.to_sign}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}

fn drafts(words: &'static Words, drafts: Vec<DraftShown>, csrf: &str) -> impl IntoView + use<> {
    let w = &words.leave;
    let rows = drafts
        .into_iter()
        .map(|draft| {
            let name = if draft.children.is_empty() { w.nobody_yet.to_owned() } else { draft.children };
            view! {
                <li>
                    <div><b>{name.clone()}</b><p class="small soft">{(w.draft_saved)(&draft.saved, draft.until)}</p></div>
                    <div class="acts">
                        <a class="btn" href=paths::leave_draft(&draft.draft)>{w.go_on}<span class="vh">": " {name.clone()}</span></a>
                        <form method="post" action=paths::leave_drop(&draft.draft)>
                            {csrf_field(csrf)}
                            <button class="btn stop">{w.throw_away}<span class="vh">": " {name}</span></button>
                        </form>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="begun">
            <h2 class="ruled" id="begun">{w.drafts}</h2>
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
