//! One line of an answer.

use leptos::prelude::*;

use crate::{rules::absence::LINE_MOST, ui::errors, words::Words};

/// A date, a time or a line of words.
pub(super) fn input(
    words: &'static Words,
    name: String,
    kind: &'static str,
    label: &'static str,
    optional: bool,
    value: &str,
    problems: &[errors::Said],
) -> impl IntoView + use<> {
    let described = errors::described(problems, &name);
    let class = if kind == "text" { "in" } else { "in short" };
    let (bad, why) = (errors::bad(problems, &name), errors::why(problems, &name));
    let (label_for, id) = (name.clone(), name.clone());
    let optional = optional.then(|| view! { " " <span class="opt-word">{words.common.optional}</span> });
    view! {
        <div class=bad>
            <label class="label" for=label_for>{label}{optional}</label>
            {why}
            <input class=class type=kind id=id name=name value=value.to_owned() maxlength=(kind == "text").then_some(LINE_MOST)
                aria-invalid=described.is_some().then_some("true") aria-describedby=described />
        </div>
    }
}
