//! What came of a roster. The pages before it are those of every import: [`file_import`](super::file_import).

use leptos::prelude::*;

use super::file_import::{Counts, Of, tally_table};
use crate::{paths, words::Words};

/// What came of a file.
#[derive(Debug, Clone)]
pub struct DonePage {
    /// The written time.
    pub when: String,
    /// Children, contacts, links.
    pub tally: [Counts; 3],
    /// How many wait for the office.
    pub waiting: usize,
    /// Whether who reads this may look at them.
    pub may_review: bool,
}

/// What came of a file.
pub fn done(words: &'static Words, page: DonePage) -> impl IntoView {
    let (w, shared) = (&words.roster, &words.import);
    let waits = if page.waiting > 0 { (w.done_waiting)(page.waiting) } else { w.done_nobody.to_owned() };
    let class = if page.waiting > 0 { "warn" } else { "" };
    let review = page.may_review.then(|| view! { <a class="btn big" href=paths::ROSTER_REVIEW>{w.to_review}</a> });
    view! {
        <div class="stack">
            <h1>{shared.done_title}</h1>
            <p>{(shared.done_lead)(&page.when)}</p>
            {tally_table(words, Of::Roster, &page.tally)}
            <p class=class>{waits}</p>
            <p class="acts">{review} <a class="btn plain" href=paths::ROSTER>{shared.another}</a></p>
        </div>
    }
}
