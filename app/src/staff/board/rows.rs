//! The rows of the board: what waits for a code, and what has one.

use leptos::prelude::*;

use super::{Board, BoardLine, BoardSaid, coding::coding};
use crate::{
    parent::receipt::sent::said_details,
    paths,
    rules::{absence::Kind, code::Code, conversation::Standing, london::clock},
    ui::{cell, csrf_field, piece::IntoPiece},
    words::Words,
};

/// A child whose report waits for a code; the first row is the one that keys act on.
pub(super) fn open_row(words: &'static Words, board: &Board, row: &BoardLine, first: bool) -> impl IntoView + use<> {
    let w = &words.board;
    let Some(report) = row.reports.first() else { return ().piece() };
    let late = row
        .reports
        .iter()
        .any(|report| report.late)
        .then(|| view! { " " <span class="tag ask">{(w.after)(&board.closes)}</span> });
    let new =
        row.reports.iter().any(|report| report.new).then(|| view! { " " <span class="tag new">{w.new_tag}</span> });
    // A late child's hour is no health word: the projector may show it.
    let kind = row.reports.iter().find(|report| report.kind != Kind::Away).map(|report| {
        let time = report.details.arrives.or(report.details.leaves).map(clock).unwrap_or_default();
        view! { " " <span class="tag ask">{(w.kind)(report.kind, &time)}</span> }
    });
    let hints = (!board.hide_words).then(|| {
        row.hints.iter().map(|hint| view! { <span class="line soft small">{(w.hint)(*hint)}</span> }).collect_view()
    });
    let tell = (!board.hide_words && row.reports.iter().any(|report| report.tell_pregnant))
        .then(|| view! { <span class="line small"><b>{w.tell_pregnant}</b></span> });
    let expected = row
        .reports
        .iter()
        .all(|report| report.expected)
        .then(|| view! { " " <span class="tag ask">{w.expected}</span> });
    let said = if board.hide_words {
        view! { <span class="soft">{w.hidden}</span> }.piece()
    } else {
        row.reports.iter().map(|report| said(words, report)).collect_view().piece()
    };
    let others = row
        .reports
        .iter()
        .skip(1)
        .map(|other| view! { <span class="line">{w.also_from} " " {sender(words, row, other)}</span> })
        .collect_view();
    // Most come by this site: only another way is worth a word.
    let channel = (report.channel != "web").then(|| (w.channel)(&report.channel));
    let from = view! { {sender(words, row, report)} " " {channel} };
    let talk = standings(words, row);
    let at = report.at.clone();
    let time = if board.may_code {
        let value = format!("{}|{}|{}", row.pupil, row.proposed.map(Code::letters).unwrap_or_default(), row.seen);
        view! {
            <label class="pick">
                <input type="checkbox" name="row" value=value form="several" />
                <span>{at}<span class="vh">{(w.tick)(&row.name)}</span></span>
            </label>
        }
        .piece()
    } else {
        at.piece()
    };
    let act = if board.may_code { coding(words, board, row).piece() } else { ().piece() };
    let (pupil, name, class) = (row.pupil.to_string(), row.name.clone(), row.class.clone());
    view! {
        <tr role="row" class=if first { "on" } else { "" } aria-current=first.then_some("true") data-pupil=pupil>
            <td role="cell">{time}</td>
            <th role="rowheader" scope="row" class="who">{name}</th>
            <td role="cell" class="nb">{class}</td>
            <td role="cell">{cell::reported(row.part, "", (w.part)(row.part).to_owned())}</td>
            <td role="cell" class="wide">{said}{kind}{expected}{late}{new}{talk}{tell}{hints}</td>
            <td role="cell" class="soft">{from}{others}</td>
            <td role="cell" class="acts-cell">{act}</td>
        </tr>
    }
    .piece()
}

/// Who sent a report; the name leads to its page.
fn sender(words: &'static Words, row: &BoardLine, report: &BoardSaid) -> impl IntoView + use<> {
    let read_out = (words.messages.board_report)(&row.name);
    match &report.reference {
        Some(reference) => view! {
            <a class="from" href=paths::staff_report(reference)>{report.from.clone()}<span class="vh">{read_out}</span></a>
        }
        .piece(),
        None => report.from.clone().piece(),
    }
}

/// How the conversations about a row's reports stand.
fn standings(words: &'static Words, row: &BoardLine) -> impl IntoView + use<> {
    let w = &words.messages;
    row.reports
        .iter()
        .filter_map(|report| {
            let (class, said) = match report.standing? {
                Standing::Asked => ("tag new", w.tag_asked),
                Standing::Answered => ("tag answer", w.tag_answered),
                Standing::Wrote => ("tag answer", w.tag_wrote),
                Standing::Read => ("tag seen", w.tag_read),
                Standing::Told => return None,
            };
            Some(view! { " " <span class=class>{said}</span> })
        })
        .collect_view()
}

fn said(words: &'static Words, report: &BoardSaid) -> impl IntoView + use<> {
    let illness = report.illness.clone().map(|illness| format!(": {illness}"));
    // The tag says when a late child comes or an early one goes.
    let mut details = report.details.clone();
    details.arrives = None;
    details.leaves = details.leaves.filter(|_| report.kind == Kind::Away);
    let details = said_details(words, &details).map(|text| format!(" · {text}"));
    let note = report.note.clone().map(|text| view! { <span class="line words">{text}</span> });
    view! { <span class="line">{report.reason.clone()}{illness}{details}</span> {note} }
}

/// A child whose day has its code.
pub(super) fn done_row(words: &'static Words, board: &Board, row: &BoardLine) -> impl IntoView + use<> {
    let w = &words.board;
    let Some(report) = row.reports.first() else { return ().piece() };
    let letters = |code: Option<Code>| code.map(|code| code.letters().to_owned());
    let recorded = if board.hide_words {
        view! { <span class="soft">{w.hidden}</span> }.piece()
    } else {
        crate::parent::home::recorded(words, row.codes).unwrap_or_default().piece()
    };
    let (at, by) = row.coded.clone().unwrap_or_default();
    let new =
        row.reports.iter().any(|report| report.new).then(|| view! { " " <span class="tag new">{w.new_tag}</span> });
    let undo = board.may_code.then(|| {
        view! {
            <form method="post" action=paths::BOARD_CODE class="undo">
                {csrf_field(&board.csrf)}
                <input type="hidden" name="pupil" value=row.pupil.to_string() />
                <input type="hidden" name="day" value=board.day.to_string() />
                <input type="hidden" name="seen" value=row.seen.clone() />
                <button class="btn plain quiet" name="code" value="">{w.undo}<span class="vh">{(w.for_child)(&row.name)}</span></button>
            </form>
        }
    });
    let senders = row
        .reports
        .iter()
        .map(|report| view! { <span class="line">{w.reported_by} " " {sender(words, row, report)}</span> })
        .collect_view();
    let (name, class, sent) = (row.name.clone(), row.class.clone(), report.at.clone());
    view! {
        <tr role="row" data-coded="">
            <td role="cell">{sent}</td>
            <th role="rowheader" scope="row" class="who">{name}</th>
            <td role="cell" class="nb">{class}</td>
            <td role="cell">{cell::cell(letters(row.codes.0), letters(row.codes.1), "", false, (w.part)(row.part).to_owned())}</td>
            <td role="cell" class="wide">{recorded}{new}{standings(words, row)}</td>
            <td role="cell" class="soft">{at} " " {by} {senders}</td>
            <td role="cell" class="acts-cell">{undo}</td>
        </tr>
    }
    .piece()
}
