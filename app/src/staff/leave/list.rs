//! The list: what is open by urgency, then what was decided lately.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{
    paper::{self, PaperDraft},
    tag,
};
use crate::{
    paths,
    rules::{
        leave::{Recommends, State},
        reference::Reference,
    },
    ui::piece::IntoPiece,
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ListPage {
    /// What is open, the soonest first; with a filter everything in that state.
    pub open: Vec<LeaveRow>,
    /// What was decided or taken back lately.
    pub lately: Vec<LeaveRow>,
    /// The state that is shown alone.
    pub filter: Option<State>,
    /// Forms on paper that the reader is typing in; `None` for who types in none.
    pub paper: Option<Vec<PaperDraft>>,
}

/// One form.
#[derive(Debug, Clone)]
pub struct LeaveRow {
    /// The reference.
    pub reference: Reference,
    /// Its children.
    pub children: Vec<RowChild>,
    /// What it is for, in the words of the form of its day.
    pub kind: Option<String>,
    /// Who applied.
    pub applicant: String,
    /// From and to.
    pub days: (NaiveDate, NaiveDate),
    /// Days from receipt to the first day.
    pub notice: i64,
    /// In how many days it begins.
    pub begins: i64,
    /// Whether it came before the absence began.
    pub in_advance: bool,
    /// How many others signed, and how many were asked.
    pub signed: (i64, i64),
    /// What is recommended.
    pub recommends: Option<Recommends>,
    /// Whether an answer waits to be read.
    pub unread: bool,
}

/// A child of it.
#[derive(Debug, Clone)]
pub struct RowChild {
    /// As registers list it.
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// Where its request stands.
    pub state: State,
    /// Since when, written.
    pub since: String,
    /// Sessions and days asked for.
    pub asked: (i64, i64),
}

/// The page.
pub fn page(words: &'static Words, page: ListPage) -> impl IntoView {
    let w = &words.leave_staff;
    let filters = std::iter::once(None).chain(State::ALL.map(Some)).map(|of| {
        let (href, label) = match of {
            None => (paths::STAFF_LEAVE.to_owned(), w.all),
            Some(state) => (paths::staff_leave_in(state.word()), (w.state)(state)),
        };
        let current = (of == page.filter).then_some("page");
        view! { <li><a class="tap" href=href aria-current=current>{label}</a></li> }
    });
    let filters = filters.collect_view();
    let (heading, nothing) = match page.filter {
        None => ((w.open)(page.open.len()), w.none_open),
        Some(state) => ((w.in_state)(state, page.open.len()), w.none_in_state),
    };
    let lately = page.filter.is_none().then(|| {
        view! {
            <section class="stack" aria-labelledby="lately">
                <h2 class="ruled" id="lately">{w.lately}</h2>
                {table(words, "lately", page.lately, w.none_lately)}
            </section>
        }
    });
    let how = page.paper.is_some().then(|| {
        view! { <p class="small noprint">{words.leave_paper.how} " " <a class="tap" href=paths::CHILDREN>{words.figures.find_title}</a></p> }
    });
    let begun = page.paper.map(|forms| paper::begun(words, forms));
    view! {
        <div class="stack">
            <h1>{w.title}</h1>
            {how}
            {begun}
            <nav aria-label=w.filter class="noprint"><ul class="acts small">{filters}</ul></nav>
            <section class="stack" aria-labelledby="open">
                <h2 class="ruled" id="open">{heading}</h2>
                {table(words, "open", page.open, nothing)}
            </section>
            {lately}
        </div>
    }
}

fn table(words: &'static Words, by: &'static str, rows: Vec<LeaveRow>, nothing: &'static str) -> impl IntoView + use<> {
    if rows.is_empty() {
        return view! { <p>{nothing}</p> }.piece();
    }
    let heads = words.leave_staff.heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = rows.into_iter().map(|line| row(words, line)).collect_view();
    view! { <table class="late" aria-labelledby=by><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table> }
        .piece()
}

fn row(words: &'static Words, line: LeaveRow) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    let open = line.children.iter().any(|child| child.state.is_open());
    let names: Vec<String> = line.children.iter().map(|child| format!("{} ({})", child.name, child.class)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut asked: Vec<String> = line.children.iter().map(|child| (w.sessions)(child.asked.0, child.asked.1)).collect();
    asked.dedup();
    let when = open.then(|| {
        if line.begins < 0 {
            view! { <span class="tag ask wrap-tag">{w.overdue}</span> }.piece()
        } else {
            view! { <span class="small soft">{(w.begins)(line.begins)}", "{(w.notice)(line.notice)}</span> }.piece()
        }
    });
    let mut states: Vec<(State, String, Vec<String>)> = Vec::new();
    for child in &line.children {
        match states.iter_mut().find(|(state, ..)| *state == child.state) {
            Some((.., of)) => of.push(child.name.clone()),
            None => states.push((child.state, child.since.clone(), vec![child.name.clone()])),
        }
    }
    let several = states.len() > 1;
    let states = states
        .into_iter()
        .map(|(state, since, of)| {
            let of: Vec<&str> = of.iter().map(String::as_str).collect();
            let of = several.then(|| view! { " " <span class="small">{(words.common.list)(&of)}</span> });
            view! { <span class="line">{tag(words, state)}{of} " " <span class="small soft">{(w.since)(&since)}</span></span> }
        })
        .collect_view();
    let late =
        (!line.in_advance).then(|| view! { <span class="line"><span class="tag ask wrap-tag">{w.late}</span></span> });
    let unread =
        line.unread.then(|| view! { <span class="line"><span class="tag new wrap-tag">{w.unread}</span></span> });
    let signed = (line.signed.1 > 0)
        .then(|| view! { <span class="line small">{(w.signed)(line.signed.0, line.signed.1)}</span> });
    let recommends = line.recommends.map(|one| view! { <span class="line small">{(w.recommends)(one)}</span> });
    let [_, days, kind, stands] = w.heads;
    view! {
        <tr>
            <th scope="row"><a class="tap" href=paths::staff_leave(&line.reference)>{(words.common.list)(&names)}</a></th>
            <td data-head=days>{(words.leave.days)(line.days.0, line.days.1)}
                <span class="line small">{asked.join("; ")}</span>{when}{late}</td>
            <td data-head=kind>{line.kind.unwrap_or_else(|| w.no_kind.to_owned())}
                <span class="line small soft">{(w.by)(&line.applicant)}</span>{signed}</td>
            <td data-head=stands>{states}{recommends}{unread}</td>
        </tr>
    }
}
