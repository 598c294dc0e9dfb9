//! What was sent, and what can still be done about it.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{LineDay, ReceiptPage};
use crate::{
    parent::home::recorded,
    paths,
    rules::{
        absence::{Details, Kind},
        london::clock,
    },
    ui::{cell, piece::IntoPiece},
    words::Words,
};

pub(super) fn sent(words: &'static Words, page: &ReceiptPage) -> impl IntoView + use<> {
    let w = &words.receipt;
    let seen = page.days().find_map(|day| day.seen.clone());
    let coded = page.is_coded();
    let (tag, name) = if page.replaced_by.is_some() {
        ("tag off", w.tag_replaced)
    } else if page.withdrawn {
        ("tag off", w.tag_withdrawn)
    } else if page.messages.as_ref().is_some_and(|messages| messages.is_asked()) {
        ("tag ask", words.messages.tag_asked)
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
        .flat_map(|child| child.days.iter().map(|day| became(words, &child.called, day, child.days.len() > 1)))
        .map(|line| view! { <span class="line">{line}</span> })
        .collect_view();
    let reason = page.reason.as_ref().map_or_else(Clone::clone, |reason| reason.label.clone());
    let reason = page.illness.as_ref().map_or(reason.clone(), |illness| format!("{reason}: {illness}"));
    let more = said_details(words, &page.details);
    let by = match (w.entered)(&page.channel) {
        "" => page.sent_by.clone(),
        how => format!("{}, {how}", page.sent_by),
    };
    view! {
        <section aria-labelledby="sent">
            <div class="ruled"><h2 id="sent">{w.sent}</h2><span class=tag>{name}</span></div>
            {seen.filter(|_| !coded).map(|time| view! { <p class="small soft">{(w.seen)(&time)}</p> })}
            <dl class="facts tall">
                <div><dt>{w.children}</dt><dd>{children}</dd></div>
                <div><dt>{w.when}</dt><dd>{when(words, page)}</dd></div>
                <div><dt>{w.reason}</dt><dd>{reason}</dd></div>
                {more.map(|text| view! { <div><dt>{w.more}</dt><dd>{text}</dd></div> })}
                {page.note.clone().map(|text| view! { <div><dt>{w.note}</dt><dd class="words">{text}</dd></div> })}
                <div><dt>{w.sent_by}</dt><dd>{by}</dd></div>
                <div><dt>{w.recorded}</dt><dd>{recorded}</dd></div>
            </dl>
        </section>
    }
}

/// "Today, all day" or "Monday 23 November to Wednesday 25 November, 3 school days".
fn when(words: &'static Words, page: &ReceiptPage) -> impl IntoView + use<> {
    let days = page.first_days();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return ().piece() };
    let name = |date: NaiveDate| {
        if date == page.today { words.report.today.to_owned() } else { (words.common.day_date)(date) }
    };
    let said = match page.kind {
        Kind::Away => (words.report.said_part)(first.part),
        kind => (words.report.said_kind)(kind),
    };
    if days.len() > 1 {
        return (words.receipt.span)(&name(first.date), &name(last.date), days.len()).piece();
    }
    let cell = (page.kind == Kind::Away).then(|| cell::reported(first.part, "", String::new()));
    view! { {format!("{}{said}", name(first.date))} " " {cell} }.piece()
}

/// What became of a child's day; the day is named where there are several.
fn became(words: &'static Words, called: &str, day: &LineDay, several: bool) -> String {
    let w = &words.receipt;
    let became = match (day.withdrawn, recorded(words, day.codes)) {
        (_, Some(code)) => code,
        (true, None) => w.day_withdrawn.to_owned(),
        (false, None) if day.no_school => w.no_school.to_owned(),
        (false, None) => w.not_recorded.to_owned(),
    };
    match several {
        true => format!("{called}, {}: {became}", (words.common.short_day)(day.date)),
        false => format!("{called}: {became}"),
    }
}

/// Follow-up answers in words.
pub(crate) fn said_details(words: &'static Words, details: &Details) -> Option<String> {
    let w = &words.report;
    let mut said = Vec::new();
    said.extend(details.sent_home.then(|| w.sent_home.to_owned()));
    said.extend(details.arrives.map(|time| format!("{} {}", w.arrives, clock(time))));
    said.extend(details.last.map(|last| format!("{} {}", w.last, (w.last_answer)(last))));
    said.extend(details.since.map(|day| format!("{} {}", w.since, (words.common.day_date)(day))));
    said.extend(details.leaves.map(|time| format!("{} {}", w.leaves, clock(time))));
    said.extend(details.returns.map(|time| format!("{} {}", w.returns, clock(time))));
    said.extend(details.words.clone());
    (!said.is_empty()).then(|| said.join(". "))
}

pub(super) fn acts(words: &'static Words, page: &ReceiptPage) -> impl IntoView + use<> {
    let w = &words.receipt;
    if !page.can_change && !page.can_withdraw {
        let ask = page.messages.as_ref().is_some_and(|messages| messages.may_write).then(|| {
            view! { <p class="noprint"><a class="tap" href="#messages">{words.messages.change}</a></p> }
        });
        return view! { <p class="small">{(w.ask_change)(&page.phone)}</p> {ask} }.piece();
    }
    let change =
        page.can_change.then(|| view! { <a class="btn plain" href=paths::change(&page.reference)>{w.change}</a> });
    let withdraw = if page.can_change { w.withdraw } else { w.withdraw_rest };
    view! {
        <div class="acts">
            {change}
            <a class="btn stop" href=paths::withdraw(&page.reference)>{withdraw}</a>
        </div>
        <p class="small soft noprint">{w.until_coded}</p>
    }
    .piece()
}
