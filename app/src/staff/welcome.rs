//! Where staff land whose rooms are not built yet.

use leptos::prelude::*;

use crate::words::Words;

/// The page.
pub fn page(words: &'static Words, name: &str) -> impl IntoView + use<> {
    let (title, text) = words.staff.nothing_here;
    let name = name.to_owned();
    view! {
        <div class="stack read">
            <h1>{title} ", " {name}</h1>
            <p>{text}</p>
        </div>
    }
}
