//! Leave for staff: the list, one request with all that stands beside it, the decision.

pub mod child;
pub mod decide;
pub mod list;
pub mod notes;
pub mod request;

use leptos::prelude::*;

use crate::{rules::leave::State, words::Words};

/// A state as a shape and a word.
pub(super) fn tag(words: &'static Words, state: State) -> impl IntoView + use<> {
    let class = match state {
        State::Sent => "tag new",
        State::Considered => "tag seen",
        State::MoreWanted => "tag ask",
        State::Granted | State::GrantedInPart => "tag done",
        State::Refused | State::Withdrawn | State::Replaced => "tag off",
    };
    view! { <span class=class>{(words.leave_staff.state)(state)}</span> }
}
