//! Reporting an absence: one short screen.

mod input;
mod when;
mod why;

use chrono::NaiveDateTime;
use leptos::prelude::*;

pub(crate) use {when::when, why::why};

use crate::{
    islands::ReportIsland,
    paths,
    rules::{
        absence::{Field, NOTE_MOST, Offer, Problem, ReportForm},
        deadline::RegisterState,
        id::PupilId,
        london::clock,
        policy::Reason,
    },
    ui::{csrf_field, errors, piece::IntoPiece, text_area::text_area},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ReportPage {
    /// London's now.
    pub now: NaiveDateTime,
    /// Where the morning stands.
    pub state: RegisterState,
    /// The written time of the close.
    pub closes: String,
    /// The children on offer, with what to call them.
    pub children: Vec<(PupilId, String)>,
    /// What can be reported.
    pub offer: Offer,
    /// The reasons.
    pub reasons: Vec<Reason>,
    /// The illnesses that can be named: key and label.
    pub illnesses: Vec<(String, String)>,
    /// Whether "When?" stands open: somebody came to say more than "not today".
    pub open_when: bool,
    /// Whether the first reason has the focus: for those who type.
    pub focus_reason: bool,
    /// What was typed, or what is chosen at first.
    pub form: ReportForm,
    /// What has to be put right.
    pub problems: Vec<(Field, Problem)>,
    /// The id made for this form.
    pub submission: String,
    /// The csrf token.
    pub csrf: String,
    /// The office's number.
    pub phone: String,
    /// What the form is for.
    pub purpose: Purpose,
}

/// What the form is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose {
    /// A new report.
    Report,
    /// To change the report with this reference.
    Change(String),
    /// The same form was sent before with other answers, at this written time; to change that one.
    AlreadySent(String, String),
}

/// The page.
pub fn page(words: &'static Words, page: ReportPage) -> impl IntoView {
    let w = &words.report;
    if page.offer.soon.is_empty() {
        return view! {
            <div class="stack read">
                <h1>{w.heading}</h1>
                <p class="warn">{(w.no_days)(&page.phone)}</p>
                <p><a class="tap" href=paths::HOME>{w.back}</a></p>
            </div>
        }
        .piece();
    }
    let problems = w.trouble.said(&page.problems, &page.form.reason);
    let now = clock(page.now.time());
    let beside = match page.state {
        RegisterState::BeforeOpen { closes_in_minutes, .. } | RegisterState::Open { closes_in_minutes, .. } => {
            (w.closes_in)(&now, &(words.common.span)(closes_in_minutes))
        }
        RegisterState::Closed | RegisterState::DayOver => (w.closed)(&now),
        RegisterState::NotASchoolDay => w.no_school.to_owned(),
    };
    let heading = match page.purpose {
        Purpose::Report if when::says_more(&page) => w.heading_when,
        Purpose::Report => w.heading,
        Purpose::Change(_) | Purpose::AlreadySent(..) => w.change_heading,
    };
    let send = if page.purpose == Purpose::Report { w.send } else { w.send_change };
    let (instead, already) = match &page.purpose {
        Purpose::Report => (None, None),
        Purpose::Change(reference) => (Some(reference.clone()), None),
        Purpose::AlreadySent(reference, time) => (Some(reference.clone()), Some(already(words, reference, time))),
    };
    let (who, when) = (who(words, &page, &problems), when(words, &page, &problems));
    let (why, note) = (why(words, &page, &problems), note(words, &page, &problems));
    let ReportPage { offer, phone, csrf, submission, closes, .. } = page;
    // The illnesses stand in the form's own list: the island reads them there.
    let offer = Offer { illnesses: Vec::new(), ..offer };
    let form = view! {
        <form method="post" action=paths::REPORT novalidate id="report">
            {csrf_field(&csrf)}
            <input type="hidden" name="submission" value=submission />
            {instead.map(|reference| view! { <input type="hidden" name="instead_of" value=reference /> })}
            <div class="titlebar">
                <h1>{heading}</h1>
                <p class="soft small">{beside}</p>
            </div>
            {who}
            {when}
            {why}
            {note}
            <div class="sendbar">
                <button class="btn big">{send}</button>
                <p class="small soft">{w.school_decides}</p>
                <p><a class="tap" href=paths::HOME>{w.back}</a></p>
            </div>
        </form>
    }
    .piece();
    view! {
        <div class="two">
            <div>
                {errors::summary((w.trouble.errors)(problems.len()), &problems)}
                {already}
                <ReportIsland offer=offer phone=phone>
                    {form}
                </ReportIsland>
            </div>
            <aside class="stack small" aria-label=w.good_to_know>
                <div class="note stack">
                    <p><b>{w.tip_different.0}</b> " " {w.tip_different.1}</p>
                    <p><b>{(w.tip_late.0)(&closes)}</b> " " {w.tip_late.1}</p>
                    <p><b>{w.tip_danger.0}</b> " " {w.tip_danger.1}</p>
                </div>
            </aside>
        </div>
    }
    .piece()
}

fn already(words: &'static Words, reference: &str, time: &str) -> impl IntoView + use<> {
    let w = &words.report;
    let href = format!("/receipts/{reference}");
    view! {
        <div class="warn stack" role="alert" tabindex="-1" autofocus>
            <h2>{(w.already)(time)}</h2>
            <p>{w.already_lead}</p>
            <p><a class="tap" href=href>{w.already_receipt}</a></p>
        </div>
    }
}

fn who(words: &'static Words, page: &ReportPage, problems: &[errors::Said]) -> impl IntoView + use<> {
    let described = errors::described(problems, "who");
    let boxes = page.children.iter().enumerate().map(|(place, (id, called))| {
        let id = id.to_string();
        let chosen = page.form.who.contains(&id);
        // The first box carries the anchor that the error summary links to.
        let anchor = (place == 0).then_some("who");
        view! {
            <label class="opt">
                <input type="checkbox" name="who" value=id id=anchor checked=chosen aria-describedby=described.clone() />
                {called.clone()}
            </label>
        }
    }).collect_view();
    view! {
        <fieldset class=errors::bad(problems, "who")>
            <legend>{words.report.who}</legend>
            {errors::why(problems, "who")}
            <div class="opts">{boxes}</div>
        </fieldset>
    }
}

pub(crate) fn note(words: &'static Words, page: &ReportPage, problems: &[errors::Said]) -> impl IntoView + use<> {
    let w = &words.report;
    let open = !page.form.note.is_empty();
    view! {
        <details class="fold" open=open>
            <summary>
                <span><b>{w.note}</b> " " <span class="opt-word">{words.common.optional}</span></span>
                <u>{w.write}</u>
            </summary>
            <div class=errors::bad(problems, "note")>
                <label class="label" for="note">{w.note_label}</label>
                {errors::why(problems, "note")}
                {text_area("note", 3, NOTE_MOST, &page.form.note, errors::described(problems, "note"))}
            </div>
        </details>
    }
}
