//! The error summary: it takes the focus and links to each field.

use leptos::prelude::*;

/// A problem as people read it: the id of the field and what to do.
pub type Said = (String, String);

/// The summary; nothing when there is nothing to put right.
pub fn summary(heading: String, problems: &[Said]) -> impl IntoView + use<> {
    let problems = problems.to_vec();
    (!problems.is_empty()).then(|| {
        view! {
            <div class="errors" role="alert" tabindex="-1" aria-labelledby="errors-heading" autofocus>
                <h2 id="errors-heading">{heading}</h2>
                <ul>
                    {problems.into_iter().map(|(field, said)| view! { <li><a href=format!("#{field}")>{said}</a></li> }).collect_view()}
                </ul>
            </div>
        }
    })
}

/// The message again at its field.
pub fn why(problems: &[Said], field: &str) -> impl IntoView + use<> {
    said(problems, field).map(|text| view! { <p class="why" id=format!("{field}-why")>{text}</p> })
}

/// What is said about this field, if anything.
#[must_use]
pub fn said(problems: &[Said], field: &str) -> Option<String> {
    problems.iter().find(|(id, _)| id == field).map(|(_, said)| said.clone())
}

/// The id of the message at a field, for `aria-describedby`; nothing where there is none.
#[must_use]
pub fn described(problems: &[Said], field: &str) -> Option<String> {
    said(problems, field).map(|_| format!("{field}-why"))
}

/// "bad" where something is wrong with this field.
#[must_use]
pub fn bad(problems: &[Said], field: &str) -> &'static str {
    if said(problems, field).is_some() { "bad" } else { "" }
}
