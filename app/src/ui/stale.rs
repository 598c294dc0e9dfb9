//! A code that has become too old while a form was filled in: nothing was sent, nothing that was typed is lost.

use leptos::prelude::*;

use crate::{paths, words::Words};

/// Says so over the page and leads to a fresh code in a window of its own; `to` is the page that window shows afterwards.
pub fn stale(words: &'static Words, to: &str) -> impl IntoView + use<> {
    let w = &words.prove;
    view! {
        <div class="errors" role="alert" tabindex="-1" autofocus>
            <p>{w.stale}</p>
            <p><a class="tap" href=paths::prove(to) target="_blank">{w.stale_go}</a></p>
        </div>
    }
}
