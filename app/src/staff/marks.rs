//! What came of a file of marks. The pages before it are those of every import: [`file_import`](super::file_import).

use leptos::prelude::*;

use super::file_import::{Counts, Of, tally_table};
use crate::{paths, words::Words};

/// What came of a file.
#[derive(Debug, Clone)]
pub struct DonePage {
    /// The written time.
    pub when: String,
    /// Marks: added, changed, as before.
    pub marks: Counts,
    /// Marks set aside.
    pub aside: usize,
    /// Sessions without a mark.
    pub blanks: usize,
    /// Whether they are from the school before.
    pub previous_school: bool,
}

/// What came of a file.
pub fn done(words: &'static Words, page: DonePage) -> impl IntoView + use<> {
    let (w, shared) = (&words.marks, &words.import);
    let notes = [
        page.previous_school.then(|| w.from_previous.to_owned()),
        (page.aside > 0).then(|| (shared.aside)(page.aside)),
        (page.blanks > 0).then(|| (w.blanks)(page.blanks)),
    ];
    let notes = notes.into_iter().flatten().map(|note| view! { <p>{note}</p> }).collect_view();
    view! {
        <div class="stack">
            <h1>{shared.done_title}</h1>
            <p>{(shared.done_lead)(&page.when)}</p>
            {tally_table(words, Of::Marks, &[page.marks])}
            {notes}
            <p class="acts"><a class="btn plain" href=paths::MARKS>{shared.another}</a></p>
        </div>
    }
}
