//! Leave for staff: the list, one request with all that stands beside it, the decision.

pub mod child;
pub mod decide;
pub mod list;
pub mod notes;
pub mod paper;
pub mod request;

use leptos::prelude::*;

use crate::{rules::leave::State, words::Words};

/// A state as a shape and a word.
pub(super) fn tag(words: &'static Words, state: State) -> impl IntoView + use<> {
    let class = match state {
        State::Sent => "tag new wrap-tag",
        State::Considered => "tag seen wrap-tag",
        State::MoreWanted => "tag ask wrap-tag",
        State::Granted | State::GrantedInPart => "tag done wrap-tag",
        State::Refused | State::Withdrawn | State::Replaced => "tag off wrap-tag",
    };
    view! { <span class=class>{(words.leave_staff.state)(state)}</span> }
}
