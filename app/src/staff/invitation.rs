//! The sheet with a code that the office hands over: one A4 page, shown once.

use leptos::prelude::*;

use crate::{paths, words::Words};

/// What stands on the sheet.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The school.
    pub school: String,
    /// Whom it is for.
    pub name: String,
    /// The address to type, without the scheme.
    pub address: String,
    /// The code in groups.
    pub code: String,
    /// The written day it ends.
    pub until: String,
}

/// The sheet.
pub fn page(words: &'static Words, sheet: Sheet) -> impl IntoView {
    let w = &words.invitation;
    let steps = (w.steps)(&sheet.address).map(|step| view! { <li><span>{step}</span></li> }).collect_view();
    view! {
        <div class="stack read">
            <div class="warn noprint stack">
                <p><b>{w.once}</b></p>
                <p>{w.print}</p>
            </div>
            <article class="stack letter">
                <h1>{(w.heading)(&sheet.school)}</h1>
                <p><b>{(w.dear)(&sheet.name)}</b></p>
                <p>{w.body}</p>
                <ol class="steps">{steps}</ol>
                <div class="stamp">
                    <p class="small">{w.code}</p>
                    <p class="ref">{sheet.code}</p>
                    <p>{(w.until)(&sheet.until)}</p>
                </div>
                <p>{w.keep}</p>
            </article>
            <p class="noprint"><a class="back" href=paths::ROSTER_REVIEW>{words.review.back}</a></p>
        </div>
    }
}
