//! The page of a failure.

use leptos::prelude::*;

use crate::{paths, words::Words};

/// What went wrong and what to do. `phone` is given where something was being sent.
pub fn page(words: &'static Words, title: &'static str, text: &'static str, phone: Option<String>) -> impl IntoView {
    view! {
        <div class="stack read">
            <h1>{title}</h1>
            <p>{text}</p>
            {phone.map(|phone| view! { <p class="note"><b>{(words.trouble.ring)(&phone)}</b></p> })}
            <p><a class="tap" href=paths::HOME>{words.trouble.home}</a></p>
        </div>
    }
}
