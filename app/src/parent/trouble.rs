//! The page of a failure.

use leptos::prelude::*;

use crate::words::Words;

/// What went wrong and what to do. `phone` is given where something was being sent; `home` is
/// where the way home leads.
pub fn page(
    words: &'static Words,
    title: &'static str,
    text: impl Into<String>,
    phone: Option<String>,
    home: &'static str,
) -> impl IntoView {
    let text = text.into();
    view! {
        <div class="stack read">
            <h1>{title}</h1>
            <p>{text}</p>
            {phone.map(|phone| view! { <p class="note"><b>{(words.trouble.ring)(&phone)}</b></p> })}
            <p><a class="tap" href=home>{words.trouble.home}</a></p>
        </div>
    }
}
