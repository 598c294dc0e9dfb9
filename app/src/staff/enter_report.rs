//! A report that the office hears: found by part of a name, entered for a guardian.

use leptos::prelude::*;

use crate::{
    parent::report_absence::{self, ReportPage},
    paths,
    rules::{
        id::{GuardianId, PupilId},
        reference::Reference,
    },
    ui::{csrf_field, errors, piece::IntoPiece},
    words::Words,
};

/// The page that looks for a child.
#[derive(Debug, Clone)]
pub struct Search {
    /// What was typed.
    pub typed: String,
    /// Those it may mean, the likeliest first; `None` before anything was typed.
    pub found: Option<Vec<Found>>,
    /// The reference of the report entered just now, and the children in it.
    pub done: Option<(String, String)>,
    /// The csrf token.
    pub csrf: String,
}

/// A child it may mean.
#[derive(Debug, Clone)]
pub struct Found {
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
}

/// The page that looks for a child. The field has the focus, then the first of those found: a few
/// letters and Enter twice.
pub fn search(words: &'static Words, page: Search) -> impl IntoView {
    let w = &words.enter;
    let done = page.done.map(|(reference, children)| {
        view! { <p class="note" role="status">{(w.done)(&children, &reference)}</p> }
    });
    let waiting = page.found.as_ref().is_none_or(Vec::is_empty);
    let found = page.found.map(|found| {
        if found.is_empty() {
            return view! { <p>{(w.nobody)(&page.typed)}</p> }.piece();
        }
        let rows = found
            .into_iter()
            .enumerate()
            .map(|(place, child)| {
                view! {
                    <li><a href=paths::enter_report_for(&child.pupil) autofocus=place == 0>
                        <span><b>{child.name}</b></span> <span class="soft">{child.class}</span>
                    </a></li>
                }
            })
            .collect_view();
        view! { <ul class="links">{rows}</ul> }.piece()
    });
    view! {
        <div class="stack read">
            <h1>{w.title}</h1>
            {done}
            <form method="post" action=paths::ENTER_REPORT class="stack" role="search">
                {csrf_field(&page.csrf)}
                <div>
                    <label class="label" for="q">{w.name}</label>
                    <p class="hint" id="q-hint">{w.name_hint}</p>
                    <input class="in" type="search" id="q" name="q" value=page.typed autocomplete="off" autofocus=waiting
                        maxlength="60" aria-describedby="q-hint" />
                </div>
                <p><button class="btn plain">{w.find}</button></p>
            </form>
            {found}
        </div>
    }
}

/// The page that takes the report.
#[derive(Debug, Clone)]
pub struct EnterReport {
    /// The child: "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// The child.
    pub pupil: PupilId,
    /// What has been reported of the child's day already, written.
    pub already: Vec<String>,
    /// Brothers and sisters with their classes, and whether they are ticked.
    pub siblings: Vec<(PupilId, String, bool)>,
    /// Those on record for the child, in the order the school rings them.
    pub contacts: Vec<Contact>,
    /// How it came: a channel's word and whether it is chosen.
    pub channels: Vec<(&'static str, bool)>,
    /// What is missing besides the report itself.
    pub problems: Vec<errors::Said>,
    /// What the same form entered before with other answers, and when, written.
    pub earlier: Option<(Reference, String)>,
    /// The form that parents have too.
    pub form: ReportPage,
}

/// Somebody on record for a child.
#[derive(Debug, Clone)]
pub struct Contact {
    /// The guardian.
    pub guardian: GuardianId,
    /// The whole name.
    pub name: String,
    /// "mother".
    pub relationship: String,
    /// Whether the portal shows them this child.
    pub has_access: bool,
    /// Whether a receipt can be mailed.
    pub has_email: bool,
    /// Whether they are chosen.
    pub chosen: bool,
}

/// The page that takes the report.
pub fn page(words: &'static Words, page: EnterReport) -> impl IntoView {
    let w = &words.enter;
    let form = page.form;
    let mut problems = page.problems;
    problems.extend(words.report.trouble.said(&form.problems, &form.form.reason));
    let already = page.already.iter().map(|text| view! { <p class="note">{text.clone()}</p> }).collect_view();
    let earlier = page.earlier.map(|(reference, at)| {
        view! {
            <div class="warn stack" role="alert" tabindex="-1" autofocus>
                <h2>{(w.entered_before)(&at)}</h2>
                <p>{w.entered_before_lead}</p>
                <p><a class="tap" href=paths::staff_report(&reference)>{w.see_entered}</a></p>
            </div>
        }
    });
    let siblings = (!page.siblings.is_empty()).then(|| {
        let boxes = page
            .siblings
            .iter()
            .map(|(pupil, name, ticked)| {
                view! {
                    <label class="opt">
                        <input type="checkbox" name="who" value=pupil.to_string() checked=*ticked />
                        {name.clone()}
                    </label>
                }
            })
            .collect_view();
        view! { <fieldset><legend>{w.siblings}</legend><div class="opts">{boxes}</div></fieldset> }
    });
    let contacts = page.contacts.iter().enumerate().map(|(place, contact)| {
        let id = if place == 0 { "told".to_owned() } else { format!("told-{place}") };
        let no_access = (!contact.has_access).then(|| view! { <span class="tag off">{w.no_access}</span> });
        let no_email = (!contact.has_email).then(|| view! { <span class="soft small">{w.no_email}</span> });
        view! {
            <label class="opt">
                <input type="radio" name="told" value=contact.guardian.to_string() id=id checked=contact.chosen />
                <span>{contact.name.clone()} ", " {contact.relationship.clone()} " " {no_access} {no_email}</span>
            </label>
        }
    });
    let contacts = contacts.collect_view();
    let channels = page
        .channels
        .iter()
        .map(|(word, chosen)| {
            view! {
                <label class="opt"><input type="radio" name="channel" value=*word checked=*chosen />{(w.channel)(word)}</label>
            }
        })
        .collect_view();
    let action = paths::enter_report_for(&page.pupil);
    let summary = errors::summary((words.report.trouble.errors)(problems.len()), &problems);
    view! {
        <div class="stack read">
            {summary}
            {earlier}
            <form method="post" action=action novalidate class="stack" id="enter">
                {csrf_field(&form.csrf)}
                <input type="hidden" name="submission" value=form.submission.clone() />
                <input type="hidden" name="who" value=page.pupil.to_string() />
                <div class="titlebar"><h1>{page.name}</h1><p class="soft">{page.class}</p></div>
                {already}
                {siblings}
                <fieldset class=errors::bad(&problems, "told")>
                    <legend>{w.told}</legend>
                    {errors::why(&problems, "told")}
                    <div class="opts plain-list">{contacts}</div>
                </fieldset>
                <fieldset><legend>{w.how}</legend><div class="opts">{channels}</div></fieldset>
                {report_absence::when(words, &form, &problems)}
                {report_absence::why(words, &form, &problems)}
                {report_absence::note(words, &form, &problems)}
                <div class="sendbar">
                    <button class="btn big">{w.send}</button>
                    <p><a class="tap" href=paths::ENTER_REPORT>{w.back}</a></p>
                </div>
            </form>
        </div>
    }
}
