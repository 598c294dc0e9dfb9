//! Leave on the board: who is away with it, for whom it was refused, and who should be back.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{calendar::Session, code::Code, id::PupilId, leave::Decided, reference::Reference},
    ui::piece::{IntoPiece, Piece},
    words::Words,
};

/// What leave means for the day.
#[derive(Debug, Clone, Default)]
pub struct BoardLeave {
    /// The children with a decision for it.
    pub decided: Vec<LeaveLine>,
    /// The children who should be back.
    pub not_back: Vec<NotBackLine>,
    /// How many requests are new and how many answers unread, for who may read them; `None` for who may not.
    pub desk: Option<(usize, usize)>,
}

/// A child who should be back.
#[derive(Debug, Clone)]
pub struct NotBackLine {
    /// The request.
    pub reference: Reference,
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// The day they were to be back.
    pub back: NaiveDate,
}

/// A child with a decision for the day.
#[derive(Debug, Clone)]
pub struct LeaveLine {
    /// The request.
    pub reference: Reference,
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// Each session with what was decided.
    pub sessions: Vec<(Session, Decided)>,
}

/// The part of the page; nothing where there is nothing to say.
pub(super) fn leave(words: &'static Words, leave: &BoardLeave) -> Piece {
    let w = &words.board;
    // To the request, for who may read it; else to the child.
    let to_request = leave.desk.is_some();
    let link = move |reference: &Reference, pupil: &PupilId| {
        if to_request { paths::staff_leave(reference) } else { paths::child(pupil) }
    };
    let desk = leave.desk.filter(|(new, unread)| new + unread > 0).map(|(new, unread)| {
        view! { <p class="small"><a class="tap" href=paths::STAFF_LEAVE>{(w.leave_desk)(new, unread)}</a></p> }
    });
    let of = |granted: bool| {
        let decided = leave.decided.iter().filter_map(move |line| {
            let sessions: Vec<(Session, Code)> = line
                .sessions
                .iter()
                .filter_map(|(session, decided)| match decided {
                    Decided::Granted(code) if granted => Some((*session, *code)),
                    Decided::Refused(code) if !granted => Some((*session, *code)),
                    _ => None,
                })
                .collect();
            (!sessions.is_empty()).then_some((line, sessions))
        });
        let rows: Vec<Piece> = decided
            .map(|(line, sessions)| {
                let said = sessions
                    .iter()
                    .map(|(session, code)| format!("{} {code}", (words.leave.half)(*session)))
                    .collect::<Vec<_>>()
                    .join(", ");
                view! {
                    <li>
                        <span><a class="tap" href=link(&line.reference, &line.pupil)>{line.name.clone()}</a> " " <span class="soft small">{line.class.clone()}</span></span>
                        <span class="small">{said}</span>
                    </li>
                }
                .piece()
            })
            .collect();
        rows
    };
    let (granted, refused) = (of(true), of(false));
    let late: Vec<Piece> = leave
        .not_back
        .iter()
        .map(|NotBackLine { reference, pupil, name, class, back }| {
            view! {
                <li>
                    <span><a class="tap" href=link(reference, pupil)>{name.clone()}</a> " " <span class="soft small">{class.clone()}</span></span>
                    <span class="small">{(w.leave_back)(&(words.common.day_date)(*back))}</span>
                </li>
            }
            .piece()
        })
        .collect();
    if granted.is_empty() && refused.is_empty() && late.is_empty() {
        return desk.piece();
    }
    let summary = (w.leave_summary)(granted.len(), refused.len(), late.len());
    let open = !late.is_empty();
    let part = |heading: &'static str, lead: &'static str, rows: Vec<Piece>| {
        (!rows.is_empty()).then(|| {
            view! { <div><h3>{heading}</h3><p class="small soft">{lead}</p><ul class="rows">{rows}</ul></div> }
        })
    };
    view! {
        {desk}
        <details class="fold" open=open>
            <summary><span><b>{w.leave}</b> " " {summary}</span> <u>{words.report.show}</u></summary>
            <div class="stack">
                {part(w.leave_not_back, w.leave_not_back_lead, late)}
                {part(w.leave_agreed, w.leave_agreed_lead, granted)}
                {part(w.leave_refused, w.leave_refused_lead, refused)}
            </div>
        </details>
    }
    .piece()
}
