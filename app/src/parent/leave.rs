//! Asking for leave: a form over several pages, its signature, and what becomes of it.

pub mod list;
pub mod preview;
pub mod request;
pub mod sign;

use leptos::prelude::*;

use crate::{rules::leave::State, words::Words};

/// A state as a shape and a word.
pub(crate) fn tag(words: &'static Words, state: State) -> impl IntoView + use<> {
    let class = match state {
        State::Sent => "tag new",
        State::Considered => "tag seen",
        State::MoreWanted => "tag ask",
        State::Granted | State::GrantedInPart => "tag done",
        State::Refused | State::Withdrawn | State::Replaced => "tag off",
    };
    view! { <span class=class>{(words.leave.state)(state)}</span> }
}
