//! The list: meetings that are asked for, what is open by last day, what is finished.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{paths, rules::reference::Reference, ui::piece::IntoPiece, words::Words};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ListPage {
    /// Meetings that are asked for.
    pub meetings: Vec<LeaverRow>,
    /// Notices with something still to do, the earliest last day first.
    pub open: Vec<LeaverRow>,
    /// Those with nothing, the latest first.
    pub finished: Vec<LeaverRow>,
    /// What families wrote about notices that stand no more.
    pub wrote: Vec<WroteRow>,
    /// Whether the reader makes the return.
    pub may_return: bool,
}

/// A notice that stands no more, with a message that nobody has read.
#[derive(Debug, Clone)]
pub struct WroteRow {
    /// The reference.
    pub reference: Reference,
    /// The children, as registers list them.
    pub children: Vec<String>,
    /// Who wrote.
    pub sender: String,
    /// When, written.
    pub at: String,
}

/// One child's notice.
#[derive(Debug, Clone)]
pub struct LeaverRow {
    /// The reference.
    pub reference: Reference,
    /// As registers list the child.
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// The last day, as the family says; of a meeting the day it was asked for.
    pub last_day: NaiveDate,
    /// In how many days that is.
    pub in_days: i64,
    /// Why, in the words of the form.
    pub reason: Option<String>,
    /// Who sent it.
    pub sender: String,
    /// How many lines are open.
    pub open: usize,
    /// Whether one of them is overdue.
    pub overdue: bool,
    /// Whether a message waits to be read.
    pub unread: bool,
}

/// The page.
pub fn page(words: &'static Words, page: ListPage) -> impl IntoView {
    let w = &words.leaving_staff;
    let meetings = (!page.meetings.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="meetings">
                <h2 class="ruled" id="meetings">{(w.meetings)(page.meetings.len())}</h2>
                {table(words, "meetings", page.meetings, "")}
            </section>
        }
    });
    let file = page.may_return.then(|| {
        view! {
            <p class="noprint"><a class="btn plain" href=paths::LEAVING_RETURN>{w.return_file}</a>
                <span class="line small soft">{w.return_hint}</span></p>
        }
    });
    let heading = (w.open)(page.open.len());
    view! {
        <div class="stack">
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            {meetings}
            {wrote(words, page.wrote)}
            <section class="stack" aria-labelledby="open">
                <h2 class="ruled" id="open">{heading}</h2>
                {table(words, "open", page.open, w.none_open)}
            </section>
            {file}
            <section class="stack" aria-labelledby="finished">
                <h2 class="ruled" id="finished">{w.finished}</h2>
                {table(words, "finished", page.finished, w.none_finished)}
            </section>
        </div>
    }
}

fn wrote(words: &'static Words, rows: Vec<WroteRow>) -> impl IntoView + use<> {
    let w = &words.leaving_staff;
    (!rows.is_empty()).then(|| {
        let heading = (w.wrote)(rows.len());
        let rows = rows.into_iter().map(|line| {
            view! {
                <li>
                    <div>
                        <a class="tap" href=paths::staff_notice(&line.reference)><b>{line.children.join("; ")}</b></a>
                        <p class="small soft">{line.sender} ", " {line.at}</p>
                    </div>
                    <div><span class="tag new wrap-tag">{w.unread}</span></div>
                </li>
            }
        });
        view! {
            <section class="stack" aria-labelledby="wrote">
                <h2 class="ruled" id="wrote">{heading}</h2>
                <ul class="rows">{rows.collect_view()}</ul>
            </section>
        }
    })
}

fn table(
    words: &'static Words,
    by: &'static str,
    rows: Vec<LeaverRow>,
    nothing: &'static str,
) -> impl IntoView + use<> {
    if rows.is_empty() {
        return view! { <p>{nothing}</p> }.piece();
    }
    let heads = words.leaving_staff.heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let rows = rows.into_iter().map(|line| row(words, line, by == "meetings")).collect_view();
    view! { <table class="late" aria-labelledby=by><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table> }
        .piece()
}

fn row(words: &'static Words, line: LeaverRow, meeting: bool) -> impl IntoView + use<> {
    let w = &words.leaving_staff;
    let [_, last, why, still] = w.heads;
    let day = if meeting {
        view! { <span class="soft">{words.leave.received} " " {(words.common.full_date)(line.last_day)}</span> }.piece()
    } else {
        view! {
            {(words.common.full_date)(line.last_day)}
            <span class="line small soft">{(w.in_days)(line.in_days)}</span>
        }
        .piece()
    };
    let state = if meeting {
        ().piece()
    } else if line.open == 0 {
        view! { <span class="tag done wrap-tag">{w.all_done}</span> }.piece()
    } else {
        let overdue = line.overdue.then(|| view! { " " <span class="tag ask wrap-tag">{w.overdue}</span> });
        view! { {(w.still)(line.open)}{overdue} }.piece()
    };
    let unread =
        line.unread.then(|| view! { <span class="line"><span class="tag new wrap-tag">{w.unread}</span></span> });
    view! {
        <tr>
            <th scope="row"><a class="tap" href=paths::staff_notice(&line.reference)>{line.name} " (" {line.class} ")"</a></th>
            <td data-head=last>{day}</td>
            <td data-head=why>{line.reason.unwrap_or_else(|| words.leave_staff.no_kind.to_owned())}
                <span class="line small soft">{(w.by)(&line.sender)}</span></td>
            <td data-head=still>{state}{unread}</td>
        </tr>
    }
}
