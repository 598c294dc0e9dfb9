//! The day's codes for the MIS, to be ticked off.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{code::Code, id::PupilId},
    ui::{cell, csrf_field, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct KeyingPage {
    /// The day.
    pub day: NaiveDate,
    /// The lines, by class and name.
    pub lines: Vec<KeyLine>,
    /// Whether words are hidden.
    pub hide_words: bool,
    /// The csrf token.
    pub csrf: String,
}

/// One child's codes.
#[derive(Debug, Clone)]
pub struct KeyLine {
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// The codes.
    pub codes: (Option<Code>, Option<Code>),
    /// The codes as a tick has to have seen them.
    pub seen: String,
    /// By whom and when it was keyed in.
    pub keyed: Option<(String, String)>,
    /// Whether it was keyed in with other codes before.
    pub changed_since: bool,
}

/// The page.
pub fn page(words: &'static Words, page: KeyingPage) -> impl IntoView {
    let w = &words.keying;
    let left = page.lines.iter().filter(|line| line.keyed.is_none()).count();
    let total = page.lines.len();
    let list = if page.lines.is_empty() {
        view! { <p>{w.nothing}</p> }.piece()
    } else {
        let heads =
            w.heads.iter().map(|head| view! { <th role="columnheader" scope="col">{*head}</th> }).collect_view();
        let rows = page.lines.iter().map(|line| row(words, &page, line)).collect_view();
        view! {
            <form method="post" action=paths::keying(page.day) class="stack">
                {csrf_field(&page.csrf)}
                <table class="ledger keying" role="table">
                    <caption class="vh">{w.title}</caption>
                    <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
                <p class="noprint"><button class="btn">{w.save}</button></p>
            </form>
        }
        .piece()
    };
    view! {
        <div class="stack">
            <p class="dateline"><span>{(words.common.long_date)(page.day)}</span><span>{(w.left)(left, total)}</span></p>
            <h1>{w.title}</h1>
            <p class="noprint">{w.lead}</p>
            {list}
            <p class="acts noprint">
                <a class="btn plain" href=paths::keying_csv(page.day)>{w.file}</a>
                <a class="tap" href=paths::board_on(page.day)>{w.back}</a>
            </p>
        </div>
    }
}

fn row(words: &'static Words, page: &KeyingPage, line: &KeyLine) -> impl IntoView + use<> {
    let w = &words.keying;
    let value = format!("{}|{}", line.pupil, line.seen);
    let letters = |code: Option<Code>| code.map(|code| code.letters().to_owned());
    let meaning = match (page.hide_words, crate::parent::home::recorded(words, line.codes)) {
        (false, Some(text)) => text,
        _ => String::new(),
    };
    let had = line.keyed.is_some().then(|| view! { <input type="hidden" name="had" value=value.clone() /> });
    let said = match (&line.keyed, line.changed_since) {
        (Some((by, at)), _) => view! { <span class="soft">{(w.keyed)(by, at)}</span> }.piece(),
        (None, true) => view! { <span class="tag ask">{w.changed}</span> }.piece(),
        (None, false) => ().piece(),
    };
    view! {
        <tr role="row">
            <td role="cell" class="nb">{line.class.clone()}</td>
            <th role="rowheader" scope="row" class="who">{line.name.clone()}</th>
            <td role="cell">{cell::cell(letters(line.codes.0), letters(line.codes.1), "", false, meaning.clone())}</td>
            <td role="cell" class="wide">{meaning}</td>
            <td role="cell">
                {had}
                <label class="pick">
                    <input type="checkbox" name="line" value=value checked=line.keyed.is_some() />
                    <span>{w.tick}<span class="vh">{(words.board.for_child)(&line.name)}</span></span>
                </label>
            </td>
            <td role="cell" class="soft">{said}</td>
        </tr>
    }
}
