//! Finding a child, and what waits about marks.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::enter_report::Found;
use crate::{
    paths,
    rules::id::PupilId,
    ui::{csrf_field, piece::IntoPiece},
    words::Words,
};

/// The page.
#[derive(Debug, Clone)]
pub struct Children {
    /// What was typed.
    pub typed: String,
    /// Those it may mean, the likeliest first; `None` before anything was typed.
    pub found: Option<Vec<Found>>,
    /// Marks that look wrong to a family, what nobody has read.
    pub waiting: Vec<Waiting>,
    /// The classes: id and name.
    pub classes: Vec<(String, String)>,
    /// The csrf token.
    pub csrf: String,
}

/// A mark that looks wrong to a family.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// The day.
    pub date: NaiveDate,
    /// When it was written, written.
    pub at: String,
}

/// The page. The field has the focus, then the first of those found.
pub fn page(words: &'static Words, page: Children) -> impl IntoView {
    let (w, find) = (&words.figures, &words.enter);
    let waits_for_name = page.found.as_ref().is_none_or(Vec::is_empty);
    let found = page.found.map(|found| {
        if found.is_empty() {
            return view! { <p>{(find.nobody)(&page.typed)}</p> }.piece();
        }
        let rows = found
            .into_iter()
            .enumerate()
            .map(|(place, child)| {
                view! {
                    <li><a href=paths::child(&child.pupil) autofocus=place == 0>
                        <span><b>{child.name}</b></span> <span class="soft">{child.class}</span>
                    </a></li>
                }
            })
            .collect_view();
        view! { <ul class="links">{rows}</ul> }.piece()
    });
    let none = page.waiting.is_empty().then(|| view! { <p class="soft">{w.waiting_none}</p> });
    let waiting = page
        .waiting
        .into_iter()
        .map(|one| {
            view! {
                <li><a href=paths::child_day(&one.pupil, one.date)>
                    <span><b>{one.name}</b> " " <span class="soft">{one.class}</span></span>
                    <span class="soft">{(words.common.day_date)(one.date)} ", " {(w.waiting_since)(&one.at)}</span>
                </a></li>
            }
        })
        .collect_view();
    let classes = page
        .classes
        .into_iter()
        .map(|(class, name)| view! { <li><a href=paths::class(&class)>{name}</a></li> })
        .collect_view();
    view! {
        <div class="stack read">
            <h1>{w.find_title}</h1>
            <form method="post" action=paths::CHILDREN class="stack" role="search">
                {csrf_field(&page.csrf)}
                <div>
                    <label class="label" for="q">{find.name}</label>
                    <p class="hint" id="q-hint">{find.name_hint}</p>
                    <input class="in" type="search" id="q" name="q" value=page.typed autocomplete="off" autofocus=waits_for_name
                        maxlength="60" aria-describedby="q-hint" />
                </div>
                <p><button class="btn plain">{find.find}</button></p>
            </form>
            {found}
            <section aria-labelledby="waiting" class="stack">
                <h2 id="waiting" class="ruled">{w.waiting}</h2>
                {none}
                <ul class="links">{waiting}</ul>
            </section>
            <section aria-labelledby="classes" class="stack">
                <h2 id="classes" class="ruled">{w.classes}</h2>
                <ul class="links rooms">{classes}</ul>
            </section>
        </div>
    }
}
