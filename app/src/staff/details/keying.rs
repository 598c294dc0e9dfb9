//! What was agreed, to be keyed into the MIS and ticked off.

use leptos::prelude::*;

use crate::{
    paths,
    rules::reference::Reference,
    ui::{csrf_field, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct KeyingPage {
    /// The lines: those to key in first.
    pub lines: Vec<KeyLine>,
    /// The csrf token.
    pub csrf: String,
}

/// One line.
#[derive(Debug, Clone)]
pub struct KeyLine {
    /// Its name in the form.
    pub name: String,
    /// The request it is part of.
    pub reference: Reference,
    /// Whose details, with their number in the MIS.
    pub who: String,
    /// The child it is about, with the class.
    pub child: Option<String>,
    /// The field.
    pub what: &'static str,
    /// What the MIS has.
    pub now: String,
    /// Whether that is something else than on the day it was asked for.
    pub moved: bool,
    /// What it is to become.
    pub wanted: String,
    /// From when and with whom.
    pub besides: Option<String>,
    /// When it was agreed, written.
    pub agreed: String,
    /// By whom and when it was keyed in.
    pub keyed: Option<(String, String)>,
    /// For how many days the file has not brought it, where that is long.
    pub late: Option<i64>,
}

/// The page.
pub fn page(words: &'static Words, page: KeyingPage) -> impl IntoView {
    let w = &words.details_staff;
    let left = page.lines.iter().filter(|line| line.keyed.is_none()).count();
    let total = page.lines.len();
    let list = if page.lines.is_empty() {
        view! { <p>{w.list_none}</p> }.piece()
    } else {
        let heads = w.list_heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
        let rows = page.lines.iter().map(|line| row(words, line)).collect_view();
        view! {
            <form method="post" action=paths::DETAILS_LIST class="stack">
                {csrf_field(&page.csrf)}
                <p>{(w.left)(left, total)}</p>
                <table class="late" aria-labelledby="list"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
                <p class="acts noprint">
                    <button class="btn">{w.list_save}</button>
                    <a class="btn plain" href=paths::DETAILS_LIST_CSV>{w.file}</a>
                </p>
            </form>
        }
        .piece()
    };
    view! {
        <div class="stack">
            <a class="back noprint" href=paths::STAFF_DETAILS>{w.back}</a>
            <h1 id="list">{w.list_title}</h1>
            <p class="noprint">{w.list_lead}</p>
            {list}
        </div>
    }
}

fn row(words: &'static Words, line: &KeyLine) -> impl IntoView + use<> {
    let w = &words.details_staff;
    let [_, what, now, new, keyed] = w.list_heads;
    let child = line.child.clone().map(|child| view! { <span class="line small">{child}</span> });
    let had = line.keyed.is_some().then(|| view! { <input type="hidden" name="had" value=line.name.clone() /> });
    let said = line.keyed.as_ref().map(|(by, at)| view! { <span class="line small soft">{(w.keyed)(by, at)}</span> });
    let late = line
        .late
        .map(|days| view! { <span class="line"><span class="tag ask wrap-tag">{(w.late)(days)}</span></span> });
    let moved = line
        .moved
        .then(|| view! { <span class="line"><span class="tag new wrap-tag">{(w.moved)(&line.now)}</span></span> });
    let shown = (!line.moved).then(|| view! { <span class="words">{line.now.clone()}</span> });
    let besides = line.besides.clone().map(|text| view! { <span class="line small">{text}</span> });
    view! {
        <tr>
            <th scope="row">{line.who.clone()}{child}
                <span class="line"><a class="tap small noprint" href=paths::staff_details(&line.reference)>{line.reference.to_string()}</a></span></th>
            <td data-head=what>{line.what}</td>
            <td data-head=now>{shown}{moved}</td>
            <td data-head=new><b class="words">{line.wanted.clone()}</b>{besides}</td>
            <td data-head=keyed>
                {had}
                <label class="pick">
                    <input type="checkbox" name="line" value=line.name.clone() checked=line.keyed.is_some() />
                    <span>{w.tick}<span class="vh">": " {line.who.clone()} ", " {line.what}</span></span>
                </label>
                <span class="line small soft">{(w.agreed)(&line.agreed)}</span>
                {said}
                {late}
            </td>
        </tr>
    }
}
