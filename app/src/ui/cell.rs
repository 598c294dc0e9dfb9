//! The register cell: one day, morning above the stroke, afternoon below.

use leptos::prelude::*;

use crate::rules::absence::Part;

/// What a half of a cell shows: a code's letters, or one of these signs.
pub const REPORTED: &str = "•";

/// A cell. `label` is read out; "" where words beside it say the same.
pub fn cell(am: Option<String>, pm: Option<String>, class: &'static str, off: bool, label: String) -> impl IntoView {
    let hidden = label.is_empty().then_some("true");
    let words = (!label.is_empty()).then(|| view! { <span>{label}</span> });
    view! {
        <span class=format!("c {class}") data-am=am data-pm=pm data-off=off.then_some("") aria-hidden=hidden>{words}</span>
    }
}

/// The cell of a reported part of a day.
pub fn reported(part: Part, class: &'static str, label: String) -> impl IntoView {
    let sign = |shown: bool| shown.then(|| REPORTED.to_owned());
    cell(sign(part != Part::Pm), sign(part != Part::Am), class, false, label)
}
