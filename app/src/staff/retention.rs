//! How long what is kept is kept: what went, what goes next, and the numbers. Counts only; nobody's name.

use leptos::prelude::*;

use crate::{
    paths,
    rules::retention::{Counts, Kind, NOTICE_DAYS, Number, Retention},
    ui::{csrf_field, errors, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct RetentionPage {
    /// What the school decided.
    pub says: Retention,
    /// When the last round ended, written, and how many things went in it.
    pub last: Option<(String, u64)>,
    /// Whether no round has ended for days.
    pub late: bool,
    /// Since when gone things are counted, written.
    pub since: String,
    /// What went since.
    pub erased: Counts,
    /// What goes next.
    pub due: Counts,
    /// The form, for whoever may change the numbers.
    pub change: Option<Change>,
}

/// Changing the numbers.
#[derive(Debug, Clone)]
pub struct Change {
    /// A csrf token.
    pub csrf: String,
    /// Whether a code was given lately: without, nothing is changed.
    pub fresh: bool,
    /// What is typed, in the order of [`Retention::numbers`].
    pub typed: [String; 6],
    /// What is wrong with it.
    pub problems: Vec<errors::Said>,
}

/// The page.
pub fn page(words: &'static Words, page: RetentionPage) -> impl IntoView + use<> {
    let w = &words.retention;
    let RetentionPage { says, last, late, since, erased, due, change } = page;
    let problems = change.as_ref().map(|change| change.problems.clone()).unwrap_or_default();
    let state = match last {
        Some((when, count)) => (w.last)(&when, count),
        None => w.none_yet.to_owned(),
    };
    let late = late.then(|| view! { <p class="note warn">{w.late}</p> });
    let heads = w.heads.iter().map(|head| view! { <th role="columnheader" scope="col">{*head}</th> }).collect_view();
    let rows = Kind::ALL
        .into_iter()
        .map(|kind| {
            let count = |counts: &Counts| counts.get(&kind).map(|count| (w.count)(kind, *count));
            row(words, (w.kind)(kind), (w.kept)(kind, &says), count(&erased), count(&due))
        })
        .collect_view();
    let always = [w.drafts, w.addresses]
        .into_iter()
        .map(|(what, long)| row(words, what, long.to_owned(), None, None))
        .collect_view();
    let beyond = w.beyond_list.iter().map(|line| view! { <li>{*line}</li> }).collect_view();
    view! {
        <div class="stack">
            {errors::summary(w.errors.to_owned(), &problems)}
            <h1>{w.title}</h1>
            <p>{(w.lead)(NOTICE_DAYS)}</p>
            <p>{state}</p>
            {late}
            <p class="small soft">{(w.since)(&since)}</p>
            <table class="late" role="table">
                <caption class="vh">{w.title}</caption>
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup">{rows}{always}</tbody>
            </table>
            <section class="stack read" aria-labelledby="beyond">
                <h2 id="beyond" class="ruled">{w.beyond}</h2>
                <ul class="prose">{beyond}</ul>
            </section>
            {change.map(|change| form(words, &says, change))}
        </div>
    }
}

fn row(
    words: &'static Words,
    what: &'static str,
    long: String,
    gone: Option<String>,
    due: Option<String>,
) -> impl IntoView + use<> {
    let [_, kept, went, next] = words.retention.heads;
    // On a narrow screen each count is a line of its own: those that say nothing are left out.
    let cell = |head: &'static str, count: Option<String>| {
        let class = if count.is_some() { "nb" } else { "none" };
        view! { <td role="cell" class=class data-head=head>{count.unwrap_or_else(|| "–".to_owned())}</td> }
    };
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{what}</th>
            <td role="cell" data-head=kept>{long}</td>
            {cell(went, gone)}
            {cell(next, due)}
        </tr>
    }
}

fn form(words: &'static Words, says: &Retention, change: Change) -> impl IntoView + use<> {
    let w = &words.retention;
    let Change { csrf, fresh, typed, problems } = change;
    let body = if fresh {
        let fields = says
            .numbers()
            .into_iter()
            .zip(typed)
            .map(|(number, typed)| field(words, number, typed, &problems))
            .collect_view();
        view! {
            <form method="post" action=paths::RETENTION class="stack" novalidate>
                {csrf_field(&csrf)}
                {fields}
                <button class="btn big">{w.go}</button>
            </form>
        }
        .piece()
    } else {
        view! {
            <p>{w.prove}</p>
            <p><a class="btn" href=paths::staff_prove(paths::RETENTION)>{w.prove_go}</a></p>
        }
        .piece()
    };
    view! {
        <section class="stack read" aria-labelledby="change">
            <h2 id="change" class="ruled">{w.change}</h2>
            <p>{(w.change_lead)(NOTICE_DAYS)}</p>
            {body}
        </section>
    }
}

fn field(words: &'static Words, number: Number, typed: String, problems: &[errors::Said]) -> impl IntoView + use<> {
    let w = &words.retention;
    let Number { key, least, most, .. } = number;
    let hint = format!("{key}-hint");
    let described = errors::described(problems, key).map_or_else(|| hint.clone(), |why| format!("{why} {hint}"));
    view! {
        <div class=errors::bad(problems, key)>
            <label class="label" for=key>{(w.label)(key)}</label>
            <p class="hint" id=hint>{(w.hint)(least, most)}</p>
            {errors::why(problems, key)}
            <input class="in short" id=key name=key type="text" inputmode="numeric" autocomplete="off" value=typed
                aria-describedby=described aria-invalid=errors::said(problems, key).map(|_| "true") />
        </div>
    }
}
