//! Everything that was reported of a family's children.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::home::recorded;
use crate::{
    paths,
    rules::{
        absence::{Kind, Part},
        code::Code,
        reference::Reference,
    },
    ui::piece::IntoPiece,
    words::Words,
};

/// One child's day.
#[derive(Debug, Clone)]
pub struct PastLine {
    /// What everybody calls the child.
    pub called: String,
    /// The day.
    pub day: NaiveDate,
    /// Away, late or leaving.
    pub kind: Kind,
    /// The part of it.
    pub part: Part,
    /// The written time when it was received.
    pub received: String,
    /// The receipt and the reason's label, if it is this guardian's own.
    pub own: Option<(Reference, String)>,
    /// Whether it was taken back or changed.
    pub down: bool,
    /// Whether staff have seen it.
    pub seen: bool,
    /// The school's codes.
    pub codes: (Option<Code>, Option<Code>),
}

/// The page; lines of one day stand together, the latest first.
pub fn page(words: &'static Words, lines: Vec<PastLine>) -> impl IntoView {
    let w = &words.receipt;
    let empty = lines.is_empty().then(|| view! { <p>{w.list_empty}</p> });
    let days = lines
        .chunk_by(|one, next| one.day == next.day)
        .filter_map(|of_day| Some((of_day.first()?.day, of_day)))
        .map(|(day, of_day)| {
            let lines = of_day.iter().map(|past| line(words, past)).collect_view();
            view! {
                <section>
                    <h2 class="ruled">{(words.common.long_date)(day)}</h2>
                    <ul class="links">{lines}</ul>
                </section>
            }
        })
        .collect_view();
    view! {
        <div class="stack read">
            <h1>{w.list_title}</h1>
            {empty}
            {days}
            <p class="noprint"><a class="tap" href=paths::HOME>{w.home}</a></p>
        </div>
    }
}

fn line(words: &'static Words, past: &PastLine) -> impl IntoView + use<> {
    let w = &words.receipt;
    let said = match past.kind {
        Kind::Away => (words.report.said_part)(past.part),
        kind => (words.report.said_kind)(kind),
    };
    let (tag, state) = match (past.down, recorded(words, past.codes), past.seen) {
        (true, ..) => ("tag off", w.tag_withdrawn.to_owned()),
        (false, Some(code), _) => ("tag done", code),
        (false, None, true) => ("tag seen", w.tag_seen.to_owned()),
        (false, None, false) => ("tag new", w.tag_received.to_owned()),
    };
    let head = format!("{}{said}", past.called);
    let received = (w.list_received)(&past.received);
    match &past.own {
        Some((reference, reason)) => view! {
            <li><a href=paths::receipt(reference)>
                <span><b>{head}</b> <span class="line">{reason.clone()} ", " {received}</span></span>
                <span class=tag>{state}</span>
            </a></li>
        }
        .piece(),
        None => view! {
            <li><span class="row">
                <span><b>{head}</b> <span class="line">{w.list_other} ", " {received}</span></span>
                <span class=tag>{state}</span>
            </span></li>
        }
        .piece(),
    }
}
