//! Telling the school that a child leaves: the notice, what becomes of it, and the meeting that home education begins
//! with.

pub mod list;
pub mod meeting;
pub mod notice;

use leptos::prelude::*;

use crate::{
    rules::leaving::{Kind, State},
    words::Words,
};

/// A state as a shape and a word.
pub(crate) fn tag(words: &'static Words, kind: Kind, state: State) -> impl IntoView + use<> {
    let class = if state == State::Open { "tag new" } else { "tag off" };
    view! { <span class=class>{(words.leaving.state)(kind, state)}</span> }
}
