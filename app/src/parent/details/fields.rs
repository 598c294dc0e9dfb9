//! The fields of the form. Those about the person who fills it in say so to browsers (WCAG 1.3.5).

use leptos::prelude::*;

use super::change::ChangePage;
use crate::{
    rules::{
        details::{Field, NEEDS, Of, key},
        form::{NO, YES},
    },
    ui::{
        errors::{self, Said},
        text_area::text_area,
    },
    words::Words,
};

/// What a browser may fill in.
fn autocomplete(field: Field) -> &'static str {
    match field {
        Field::Title => "honorific-prefix",
        Field::Forename => "given-name",
        Field::Surname => "family-name",
        Field::Email => "email",
        Field::Mobile => "mobile tel",
        Field::HomePhone => "home tel",
        Field::WorkPhone => "work tel",
        Field::Language => "language",
        _ => "off",
    }
}

/// What is held now, beside a field.
fn now(words: &'static Words, page: &ChangePage, of: &Of) -> String {
    let w = &words.details;
    let offered = page.offer.field(of);
    let held = offered.and_then(|offered| offered.held.clone());
    let stands = offered.and_then(|offered| offered.stands.clone());
    let shown = |value: &str| (w.value)(of.field, value);
    match (held, stands) {
        (held, Some(stands)) if held.as_ref() != Some(&stands) => (w.now_agreed)(&shown(&stands)),
        (Some(held), _) => (w.now)(&shown(&held)),
        (None, _) if of.field.is_brought() => w.now_nothing.to_owned(),
        (None, _) => String::new(),
    }
}

/// Hints and the old value beneath a label.
fn hints(words: &'static Words, page: &ChangePage, of: &Of) -> impl IntoView + use<> {
    let id = format!("{}-now", of.name());
    let hint = (words.details.hint)(of.field).map(|text| view! { <span class="hint">{text}</span> });
    let now = now(words, page, of);
    let now = (!now.is_empty()).then(|| view! { <span class="hint words" id=id>{now}</span> });
    view! { {hint} {now} }
}

fn described(words: &'static Words, page: &ChangePage, of: &Of) -> Option<String> {
    let now = (!now(words, page, of).is_empty()).then(|| format!("{}-now", of.name()));
    let all: Vec<String> = now.into_iter().chain(errors::described(&page.problems, &of.name())).collect();
    (!all.is_empty()).then(|| all.join(" "))
}

fn invalid(problems: &[Said], name: &str) -> Option<&'static str> {
    errors::said(problems, name).map(|_| "true")
}

/// One line of text.
pub(super) fn line(words: &'static Words, page: &ChangePage, of: &Of, called: &str) -> impl IntoView + use<> {
    let (name, field) = (of.name(), of.field);
    let kind = match field {
        Field::Email => "email",
        Field::Mobile | Field::HomePhone | Field::WorkPhone => "tel",
        _ => "text",
    };
    let class = if field == Field::Title { "in short" } else { "in" };
    view! {
        <div class=format!("field {}", errors::bad(&page.problems, &name))>
            <label class="label" for=name.clone()>{(words.details.question)(field, called)}</label>
            {hints(words, page, of)}
            {errors::why(&page.problems, &name)}
            <input class=class type=kind id=name.clone() name=name.clone() value=page.typed.get(&name).to_owned() maxlength=field.most()
                autocomplete=autocomplete(field) aria-describedby=described(words, page, of) aria-invalid=invalid(&page.problems, &name) />
        </div>
    }
}

/// The address, from when it counts and who lives there.
pub(super) fn address(words: &'static Words, page: &ChangePage) -> impl IntoView + use<> {
    let w = &words.details;
    let of = Of::own(Field::Address);
    let (name, from, with) = (of.name(), key::ADDRESS_FROM, key::ADDRESS_WITH);
    let children = page
        .children
        .iter()
        .map(|(pupil, called)| {
            let chosen = page.typed.list(with).any(|one| one == pupil.as_str());
            view! {
                <label class="opt whole"><input type="checkbox" name=with value=pupil.to_string() checked=chosen />{called.clone()}</label>
            }
        })
        .collect_view();
    view! {
        <div class=format!("field {}", errors::bad(&page.problems, &name))>
            <label class="label" for=name.clone()>{(w.question)(Field::Address, "")}</label>
            {hints(words, page, &of)}
            {errors::why(&page.problems, &name)}
            {text_area(&name, 5, Field::Address.most(), page.typed.get(&name), errors::described(&page.problems, &name))}
        </div>
        <div class=format!("field {}", errors::bad(&page.problems, from))>
            <label class="label" for=from>{w.from}</label>
            <span class="hint" id="address-from-hint">{w.from_hint}</span>
            {errors::why(&page.problems, from)}
            <input class="in short" type="date" id=from name=from value=page.typed.get(from).to_owned() autocomplete="off"
                aria-describedby="address-from-hint" aria-invalid=invalid(&page.problems, from) />
        </div>
        <fieldset class="field">
            <legend>{w.with}</legend>
            <span class="hint">{w.from_hint}</span>
            <div class="opts">{children}</div>
        </fieldset>
    }
}

/// A box beside a sentence.
pub(super) fn tick(words: &'static Words, page: &ChangePage, of: &Of, called: &str) -> impl IntoView + use<> {
    let name = of.name();
    let checked = page.typed.get(&name) == YES;
    let hint = (words.details.hint)(of.field).map(|text| view! { <span class="hint">{text}</span> });
    view! {
        <div class="field">
            <label class="opt whole">
                <input type="checkbox" id=name.clone() name=name.clone() value=YES checked=checked />
                <span>{(words.details.question)(of.field, called)} {hint}</span>
            </label>
        </div>
    }
}

/// One of a few.
pub(super) fn radios(words: &'static Words, page: &ChangePage, of: &Of, called: &str) -> impl IntoView + use<> {
    let w = &words.details;
    let name = of.name();
    let choices: Vec<(&str, &str)> = match of.field {
        Field::Priority => ["1", "2", "3"].into_iter().zip(w.priorities).collect(),
        _ => vec![(YES, w.yes), (NO, w.no)],
    };
    let typed = page.typed.get(&name);
    let options = choices
        .into_iter()
        .enumerate()
        .map(|(place, (value, label))| {
            let id = if place == 0 { name.clone() } else { format!("{name}-{value}") };
            view! {
                <label class="opt"><input type="radio" id=id name=name.clone() value=value checked=typed == value />{label}</label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field" aria-describedby=described(words, page, of)>
            <legend>{(w.question)(of.field, called)}</legend>
            {hints(words, page, of)}
            <div class="opts">{options}</div>
        </fieldset>
    }
}

/// What helps: any of a few.
pub(super) fn needs(words: &'static Words, page: &ChangePage, of: &Of) -> impl IntoView + use<> {
    let w = &words.details;
    let name = of.name();
    let options = NEEDS
        .into_iter()
        .zip(w.needs)
        .map(|(need, label)| {
            let checked = page.typed.list(&name).any(|one| one == need);
            view! {
                <label class="opt whole"><input type="checkbox" name=name.clone() value=need checked=checked />{label}</label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{(w.question)(Field::Needs, "")}</legend>
            {hints(words, page, of)}
            <div class="opts">{options}</div>
        </fieldset>
    }
}

/// Somebody else to ring.
pub(super) fn somebody(words: &'static Words, page: &ChangePage, of: &Of, called: &str) -> impl IntoView + use<> {
    let w = &words.details;
    let parts = key::SOMEBODY
        .into_iter()
        .zip(w.somebody)
        .map(|(part, label)| {
            let name = format!("{}-{part}", of.name());
            let (kind, most) = if part == "phone" { ("tel", 30) } else { ("text", 100) };
            view! {
                <div class=format!("field {}", errors::bad(&page.problems, &name))>
                    <label class="label" for=name.clone()>{label} " " <span class="opt-word">{words.common.optional}</span></label>
                    {errors::why(&page.problems, &name)}
                    <input class="in" type=kind id=name.clone() name=name.clone() value=page.typed.get(&name).to_owned() maxlength=most
                        autocomplete="off" aria-invalid=invalid(&page.problems, &name) aria-describedby=errors::described(&page.problems, &name) />
                </div>
            }
        })
        .collect_view();
    view! {
        <fieldset class="field">
            <legend>{(w.question)(Field::Somebody, called)}</legend>
            {hints(words, page, of)}
            {parts}
        </fieldset>
    }
}
