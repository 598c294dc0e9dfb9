//! A guardian's notices: a new one, those begun, those sent.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::tag;
use crate::{
    parent::form::drafts::{DraftShown, drafts},
    paths::{self, Hand},
    rules::{
        leaving::{Kind, State},
        reference::Reference,
    },
    ui::{csrf_field, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct LeavingList {
    /// Whether there is a child for whom this guardian may give notice.
    pub may_begin: bool,
    /// The children who leave at the end of this term anyway: what they are called.
    pub last_term: Vec<String>,
    /// Whether every child is one of those.
    pub all_last_term: bool,
    /// The id made for the form that the button begins.
    pub new: String,
    /// Whether too many are begun already.
    pub too_many: bool,
    /// The forms that are begun.
    pub drafts: Vec<DraftShown>,
    /// Those sent, the latest first.
    pub sent: Vec<SentShown>,
    /// The office's number.
    pub phone: String,
    /// The csrf token.
    pub csrf: String,
}

/// What was sent, for one child.
#[derive(Debug, Clone)]
pub struct SentShown {
    /// The reference.
    pub reference: Reference,
    /// A notice, or a meeting that is asked for.
    pub kind: Kind,
    /// What the child is called.
    pub called: String,
    /// The last day.
    pub last_day: NaiveDate,
    /// Where it stands.
    pub state: State,
    /// The written time since when.
    pub since: String,
}

/// The page.
pub fn page(words: &'static Words, page: LeavingList) -> impl IntoView {
    let (w, l) = (&words.leaving, &words.leave);
    let full = page.too_many.then(|| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{l.too_many}</p></div> }
    });
    let names: Vec<&str> = page.last_term.iter().map(String::as_str).collect();
    let last_term = (!names.is_empty()).then(|| {
        view! { <p class="note">{(w.last_term)(&(words.common.list)(&names))}</p> }
    });
    let begin = if page.may_begin {
        let label = if page.all_last_term { w.begin_early } else { w.begin };
        view! {
            <form method="post" action=paths::LEAVING class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="draft" value=page.new.clone() />
                <p>{w.law}</p>
                <button class="btn big">{label}</button>
            </form>
        }
        .piece()
    } else {
        view! { <p class="note">{(w.not_yours)(&page.phone)}</p> }.piece()
    };
    view! {
        <div class="stack read">
            {full}
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            {last_term}
            {(!page.drafts.is_empty()).then(|| drafts(words, Hand::Leaving, page.drafts))}
            {begin}
            <p class="small soft">{w.who_sees}</p>
            {(!page.sent.is_empty()).then(|| sent(words, page.sent))}
        </div>
    }
}

fn sent(words: &'static Words, sent: Vec<SentShown>) -> impl IntoView + use<> {
    let w = &words.leaving;
    let rows = sent
        .into_iter()
        .map(|sent| {
            let about = match sent.kind {
                Kind::Notice => (w.until)(&(words.common.full_date)(sent.last_day)),
                Kind::Meeting => w.meeting_short.to_owned(),
            };
            view! {
                <li>
                    <div>
                        <b>{sent.called.clone()}</b> ", " {about.clone()}
                        <p class="small">{tag(words, sent.kind, sent.state)} " " <span class="soft">{(words.leave.since)(&sent.since)}</span></p>
                    </div>
                    <a class="btn plain" href=paths::leaving_notice(&sent.reference)>
                        {words.leave.open}<span class="vh">": " {sent.called} ", " {about}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="sent">
            <h2 class="ruled" id="sent">{words.leave.sent}</h2>
            <ul class="rows">{rows}</ul>
        </section>
    }
}
