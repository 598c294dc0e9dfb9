//! The receipt of a submission, the question before withdrawing, and the list of what was sent.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use leptos::prelude::*;

use super::{evidence, home::recorded};
use crate::{
    paths,
    rules::{
        absence::{Details, Part},
        code::Code,
        deadline::DayTimes,
        london::{clock, clock_seconds},
        policy::{FollowUp, Reason},
        reference::Reference,
    },
    ui::{cell, csrf_field, ruler},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ReceiptPage {
    /// The reference.
    pub reference: Reference,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The same in London.
    pub received_local: NaiveDateTime,
    /// Whether that was after the register closed.
    pub after_close: bool,
    /// The day's times.
    pub times: DayTimes,
    /// The day it is about.
    pub day: NaiveDate,
    /// London's today.
    pub today: NaiveDate,
    /// The part of the day.
    pub part: Part,
    /// The reason, if the school still has it; else its key.
    pub reason: Result<Reason, String>,
    /// Follow-up answers.
    pub details: Details,
    /// The note.
    pub note: Option<String>,
    /// Who sent it.
    pub sent_by: String,
    /// Each child.
    pub children: Vec<ReceiptLine>,
    /// Whether the sender took it back.
    pub withdrawn: bool,
    /// What took its place.
    pub replaced_by: Option<Reference>,
    /// How many letters and photos stand with it.
    pub evidence: i64,
    /// The office's number.
    pub phone: String,
}

/// One child on the page.
#[derive(Debug, Clone)]
pub struct ReceiptLine {
    /// What everybody calls the child.
    pub called: String,
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// The written time when staff first saw it.
    pub seen: Option<String>,
    /// The school's codes.
    pub codes: (Option<Code>, Option<Code>),
    /// The written time of another adult's report.
    pub other: Option<String>,
}

/// The page.
pub fn page(words: &'static Words, page: ReceiptPage) -> impl IntoView {
    let w = &words.receipt;
    let standing = !page.withdrawn && page.replaced_by.is_none();
    let heading = if page.withdrawn {
        w.withdrawn_heading
    } else if page.replaced_by.is_some() {
        w.replaced_heading
    } else {
        w.heading
    };
    let see_new = page.replaced_by.as_ref().map(|reference| {
        view! { <p><a class="btn plain" href=paths::receipt(reference)>{w.see_new}</a></p> }
    });
    let others = page
        .children
        .iter()
        .filter_map(|child| child.other.as_ref().map(|at| (w.other)(&child.called, at)))
        .map(|text| view! { <p class="note">{text}</p> })
        .collect_view();
    view! {
        <div class="two">
            <div class="stack">
                <p class="dateline">
                    <span>{w.kind}</span>
                    <span>{(words.common.long_date)(page.received_local.date())}</span>
                </p>
                <h1>{heading}</h1>
                {see_new}
                {stamp(words, &page)}
                {others}
                {standing.then(|| next(words, &page))}
            </div>
            <div class="stack">
                {sent(words, &page)}
                {standing.then(|| acts(words, &page))}
                {(standing || page.evidence > 0).then(|| evidence::on_receipt(words, &page.reference, page.evidence))}
                <p class="noprint"><a class="tap" href=paths::HOME>{w.home}</a></p>
            </div>
        </div>
    }
}

fn stamp(words: &'static Words, page: &ReceiptPage) -> impl IntoView + use<> {
    let w = &words.receipt;
    let time = page.received_local.time();
    let (opens, closes) = (page.times.register_taken, page.times.report_by);
    let same_day = page.received_local.date() == page.day;
    let said = match (same_day, page.after_close) {
        (false, false) => w.in_advance.to_owned(),
        (true, false) => (w.before)(&clock(closes)),
        (_, true) => (w.after)(&clock(closes)),
    };
    let place = ruler::Place { at: (time - opens).num_seconds(), whole: (closes - opens).num_seconds() };
    // Only a time within the half hour is drawn: elsewhere the ruler would say something untrue.
    let drawn = (same_day && place.at >= 0 && place.at <= place.whole).then(|| {
        let label = (w.ruler)(&clock(time), &clock(opens), &clock(closes));
        ruler::ruler(place, clock(time), label, (words.home.opens)(&clock(opens)), (words.home.closes)(&clock(closes)))
    });
    view! {
        <div class="stamp">
            <p>{w.received}</p>
            <p class="time"><time datetime=page.received_at.to_rfc3339()>{clock_seconds(time)}</time></p>
            <p>{said}</p>
            {drawn}
            <p>{w.reference} " " <span class="ref nb">{page.reference.to_string()}</span></p>
        </div>
    }
}

fn next(words: &'static Words, page: &ReceiptPage) -> impl IntoView + use<> {
    let w = &words.receipt;
    let asks = page.reason.as_ref().map_or(FollowUp::Nothing, |reason| reason.asks);
    let first = if page.after_close { w.step_late } else { w.step_read };
    let ring = (asks == FollowUp::RingMe).then(|| view! { <li><p>{w.step_ring}</p></li> });
    let sick = (asks == FollowUp::LastSick).then(|| view! { <li><p>{w.rule_sick}</p></li> });
    view! {
        <section aria-labelledby="next">
            <h2 id="next" class="ruled">{w.next}</h2>
            <ol class="steps">
                {ring}
                <li><p>{first}</p></li>
                <li><p>{w.step_decides}</p></li>
                {sick}
                <li><p>{w.step_tomorrow}</p></li>
            </ol>
        </section>
    }
}

fn sent(words: &'static Words, page: &ReceiptPage) -> impl IntoView + use<> {
    let w = &words.receipt;
    let coded = page.children.iter().any(|child| child.codes != (None, None));
    let seen = page.children.iter().find_map(|child| child.seen.clone());
    let (tag, name) = if page.withdrawn || page.replaced_by.is_some() {
        ("tag off", w.tag_withdrawn)
    } else if coded {
        ("tag done", w.tag_coded)
    } else if seen.is_some() {
        ("tag seen", w.tag_seen)
    } else {
        ("tag new", w.tag_received)
    };
    let children = page
        .children
        .iter()
        .map(|child| {
            view! { <span class="line">{child.full_name.clone()} ", " {child.class.clone()}</span> }
        })
        .collect_view();
    let recorded = page
        .children
        .iter()
        .map(|child| {
            let text = recorded(words, child.codes).unwrap_or_else(|| w.not_recorded.to_owned());
            view! { <span class="line">{child.called.clone()} ": " {text}</span> }
        })
        .collect_view();
    let day = if page.day == page.today { words.report.today.to_owned() } else { (words.common.day_date)(page.day) };
    let when = format!("{day}{}", (words.report.said_part)(page.part));
    let reason = page.reason.as_ref().map_or_else(Clone::clone, |reason| reason.label.clone());
    let more = said_details(words, &page.details);
    view! {
        <section aria-labelledby="sent">
            <div class="ruled"><h2 id="sent">{w.sent}</h2><span class=tag>{name}</span></div>
            {seen.filter(|_| !coded).map(|time| view! { <p class="small soft">{(w.seen)(&time)}</p> })}
            <dl class="facts tall">
                <div><dt>{w.children}</dt><dd>{children}</dd></div>
                <div><dt>{w.when}</dt><dd>{when} " " {cell::reported(page.part, "", String::new())}</dd></div>
                <div><dt>{w.reason}</dt><dd>{reason}</dd></div>
                {more.map(|text| view! { <div><dt>{w.more}</dt><dd>{text}</dd></div> })}
                {page.note.clone().map(|text| view! { <div><dt>{w.note}</dt><dd class="words">{text}</dd></div> })}
                <div><dt>{w.sent_by}</dt><dd>{page.sent_by.clone()}</dd></div>
                <div><dt>{w.recorded}</dt><dd>{recorded}</dd></div>
            </dl>
        </section>
    }
}

/// Follow-up answers in words.
pub(crate) fn said_details(words: &'static Words, details: &Details) -> Option<String> {
    let w = &words.report;
    let mut said = Vec::new();
    said.extend(details.last.map(|last| format!("{} {}", w.last, (w.last_answer)(last))));
    said.extend(details.since.map(|day| format!("{} {}", w.since, (words.common.day_date)(day))));
    said.extend(details.leaves.map(|time| format!("{} {}", w.leaves, clock(time))));
    said.extend(details.returns.map(|time| format!("{} {}", w.returns, clock(time))));
    said.extend(details.words.clone());
    (!said.is_empty()).then(|| said.join(". "))
}

fn acts(words: &'static Words, page: &ReceiptPage) -> impl IntoView + use<> {
    let w = &words.receipt;
    if page.day < page.today || page.children.iter().any(|child| child.codes != (None, None)) {
        return view! { <p class="small">{(w.ask_change)(&page.phone)}</p> }.into_any();
    }
    view! {
        <div class="acts">
            <a class="btn plain" href=paths::change(&page.reference)>{w.change}</a>
            <a class="btn stop" href=paths::withdraw(&page.reference)>{w.withdraw}</a>
        </div>
        <p class="small soft noprint">{w.until_coded}</p>
    }
    .into_any()
}

/// Asks before withdrawing.
pub fn withdraw(words: &'static Words, reference: &Reference, csrf: &str) -> impl IntoView + use<> {
    let w = &words.receipt;
    view! {
        <div class="stack read">
            <h1>{w.withdraw_title}</h1>
            <p>{w.withdraw_lead}</p>
            <form method="post" action=paths::withdraw(reference) class="acts">
                {csrf_field(csrf)}
                <button class="btn stop">{w.withdraw_go}</button>
                <a class="btn plain" href=paths::receipt(reference)>{w.keep}</a>
            </form>
        </div>
    }
}

/// Everything a guardian has sent: reference and written time.
pub fn list(words: &'static Words, sent: Vec<(Reference, String)>) -> impl IntoView + use<> {
    let w = &words.receipt;
    let empty = sent.is_empty().then(|| view! { <p>{w.list_empty}</p> });
    view! {
        <div class="stack read">
            <h1>{w.list_title}</h1>
            {empty}
            <ul class="links">
                {sent.into_iter().map(|(reference, when)| view! {
                    <li><a href=paths::receipt(&reference)><span class="ref nb">{reference.to_string()}</span> <b>{when}</b></a></li>
                }).collect_view()}
            </ul>
        </div>
    }
}
