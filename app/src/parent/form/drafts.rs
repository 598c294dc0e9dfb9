//! Forms that are begun and not sent, as a list with the way on.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{paths::Hand, rules::id::SubmissionId, words::Words};

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

/// The list.
pub(crate) fn drafts(words: &'static Words, hand: Hand, drafts: Vec<DraftShown>) -> impl IntoView + use<> {
    let w = &words.leave;
    let rows = drafts
        .into_iter()
        .map(|draft| {
            let name = if draft.children.is_empty() { w.nobody_yet.to_owned() } else { draft.children };
            // Two that are begun may be for the same children.
            let name_and_time = format!("{name}, {}", (w.draft_saved)(&draft.saved, draft.until));
            view! {
                <li>
                    <div><b>{name}</b><p class="small soft">{(w.draft_saved)(&draft.saved, draft.until)}</p></div>
                    <div class="acts">
                        <a class="btn" href=hand.form(&draft.draft)>{w.go_on}<span class="vh">": " {name_and_time.clone()}</span></a>
                        <a class="btn stop" href=hand.drop(&draft.draft)>{w.throw_away}<span class="vh">": " {name_and_time}</span></a>
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
