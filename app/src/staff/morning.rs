//! The registers of a session: which classes are in, and which are not.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::calendar::{Session, SessionDay},
    ui::{csrf_field, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Morning {
    /// The session.
    pub at: SessionDay,
    /// Today.
    pub today: NaiveDate,
    /// Sessions of the day that are open.
    pub open: Vec<Session>,
    /// The classes, Reception first.
    pub classes: Vec<ClassLine>,
    /// How many have to be rung about.
    pub to_ring: usize,
    /// How many children have left, as their families said, with something still to do.
    pub leavers: usize,
    /// How many changes of details wait for an answer.
    pub details: usize,
    /// Whether this reader may tick.
    pub may_tick: bool,
    /// Whether this reader may bring in files of marks.
    pub may_import: bool,
    /// The class that was saved just now.
    pub done: Option<String>,
    /// The csrf token.
    pub csrf: String,
}

/// One class.
#[derive(Debug, Clone)]
pub struct ClassLine {
    /// Its id.
    pub class_id: String,
    /// "3 Oak".
    pub name: String,
    /// Children on roll.
    pub children: usize,
    /// How it stands.
    pub state: State,
    /// Absent and late, where the register is in.
    pub counts: (usize, usize),
    /// Children on roll of whom a complete list says nothing.
    pub unlisted: usize,
}

/// How a class's register stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// Nobody has begun it; so many children have a mark in the MIS.
    NotBegun(usize),
    /// Saved and not complete: when and by whom, written.
    Begun(String, String),
    /// Complete: when, by whom, and its version.
    Complete(String, String, i64),
    /// Each child has a mark in the MIS.
    Marked,
}

impl State {
    /// Whether the register is in.
    #[must_use]
    pub fn is_in(&self) -> bool {
        matches!(self, Self::Complete(..) | Self::Marked)
    }
}

/// The page.
pub fn page(words: &'static Words, page: Morning) -> impl IntoView {
    let w = &words.morning;
    let title = (w.title)(page.at.session);
    let all_in = page.classes.iter().all(|class| class.state.is_in());
    let tabs = (page.open.len() > 1).then(|| {
        let tabs = page
            .open
            .iter()
            .map(|session| {
                let here = *session == page.at.session;
                let to = paths::morning(SessionDay { session: *session, ..page.at });
                view! { <li><a href=to aria-current=here.then_some("page")>{(w.session)(*session)}</a></li> }
            })
            .collect_view();
        view! { <nav aria-label=w.sessions class="tabs"><ul>{tabs}</ul></nav> }
    });
    let is_in = page.classes.iter().filter(|class| class.state.is_in()).count();
    let sum = |pick: fn(&ClassLine) -> usize| page.classes.iter().map(pick).sum::<usize>();
    let tally = [
        (w.tally_in, is_in),
        (w.tally_out, page.classes.len() - is_in),
        (w.absent, sum(|class| class.counts.0)),
        (w.late, sum(|class| class.counts.1)),
    ]
    .into_iter()
    .map(|(name, count)| view! { <div><dt>{name}</dt><dd>{count}</dd></div> })
    .collect_view();
    let first_out = page.classes.iter().position(|class| !class.state.is_in());
    let notice = notice(words, &page);
    let has_notice = page.done.is_some();
    let rows = page
        .classes
        .iter()
        .enumerate()
        .map(|(place, class)| row(words, &page, class, has_notice && first_out == Some(place)))
        .collect_view();
    let list = if page.open.contains(&page.at.session) {
        view! { <ul class="registers">{rows}</ul> }.piece()
    } else {
        view! { <p class="warn">{w.closed}</p> }.piece()
    };
    let calls = view! {
        <p><a class="btn plain" href=paths::CALLS>{words.calls.title} ": " {page.to_ring}</a></p>
    };
    let leavers = (page.leavers > 0).then(|| {
        view! { <p class="warn"><a class="tap" href=paths::STAFF_LEAVING>{(words.leaving_staff.morning)(page.leavers)}</a></p> }
    });
    let details = (page.details > 0).then(|| {
        view! { <p class="note"><a class="tap" href=paths::STAFF_DETAILS>{(words.details_staff.morning)(page.details)}</a></p> }
    });
    let ways = (page.may_tick && page.at.date == page.today).then(|| {
        let file = page.may_import.then(|| view! { <li><a href=paths::MARKS>{w.file}</a></li> });
        let hint = page.may_import.then(|| view! { <p class="small soft">{w.file_hint}</p> });
        view! {
            <section aria-labelledby="ways" class="noprint">
                <h2 id="ways" class="ruled">{w.other_ways}</h2>
                <ul class="links"><li><a href=paths::morning_paste(page.at)>{w.paste}</a></li>{file}</ul>
                {hint}
            </section>
        }
    });
    view! {
        <div class="stack">
            <p class="dateline"><span>{(words.common.long_date)(page.at.date)}</span></p>
            <h1>{title}</h1>
            {tabs}
            {notice}
            <dl class="tally">{tally}</dl>
            <p>{if all_in { w.all_in } else { w.lead }}</p>
            {calls}
            {leavers}
            {details}
            {list}
            {ways}
        </div>
    }
}

/// What was saved just now, and how to take it back.
fn notice(words: &'static Words, page: &Morning) -> impl IntoView + use<> {
    let w = &words.morning;
    let class = page.done.as_ref().and_then(|id| page.classes.iter().find(|class| class.class_id == *id))?;
    let (said, version) = match &class.state {
        State::Complete(_, _, version) => {
            ((w.done)(&class.name, &(w.counts)(class.counts.0, class.counts.1)), Some(*version))
        }
        _ => ((w.kept)(&class.name), None),
    };
    let undo = version.filter(|_| page.may_tick).map(|version| undo(words, &page.csrf, class, page.at, version));
    Some(view! { <div class="note done" role="status"><p>{said}</p>{undo}</div> })
}

fn undo(words: &'static Words, csrf: &str, class: &ClassLine, at: SessionDay, version: i64) -> impl IntoView + use<> {
    let w = &words.morning;
    view! {
        <form method="post" action=paths::register(&class.class_id, at) class="acts">
            {csrf_field(csrf)}
            <input type="hidden" name="seen" value=version.to_string() />
            <button class="btn plain less" name="act" value="undo">{w.undo}<span class="vh">{(w.undo_of)(&class.name)}</span></button>
        </form>
    }
}

fn row(words: &'static Words, page: &Morning, class: &ClassLine, next: bool) -> impl IntoView + use<> {
    let w = &words.morning;
    let (tag, said) = if class.state.is_in() { ("tag done", w.is_in) } else { ("tag ask", w.not_in) };
    let counts = class.state.is_in().then(|| {
        view! { <span>{(w.counts)(class.counts.0, class.counts.1)}</span> }
    });
    let about = match &class.state {
        State::NotBegun(0) => None,
        State::NotBegun(marked) => Some((w.marked)(*marked, class.children)),
        State::Begun(time, by) => Some((w.begun)(time, by)),
        State::Complete(time, by, _) => Some((w.by)(time, by)),
        State::Marked => Some(w.by_mis.to_owned()),
    };
    let unlisted = (class.unlisted > 0).then(|| view! { <span class="tag ask">{(w.unlisted)(class.unlisted)}</span> });
    view! {
        <li>
            <a href=paths::register(&class.class_id, page.at) autofocus=next>
                <b>{class.name.clone()}</b>
                <span class=tag>{said}</span>
                <span class="soft small">{(w.children)(class.children)}</span>
                {counts}
                <span class="soft small">{about}</span>
                {unlisted}
            </a>
        </li>
    }
}
