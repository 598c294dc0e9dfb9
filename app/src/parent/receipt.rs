//! The receipt of a submission, and the question before withdrawing.

pub(crate) mod sent;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use leptos::prelude::*;

use super::{
    coming_back::{self, Back},
    evidence,
    messages::{self, Messages},
};
use crate::{
    paths,
    rules::{
        absence::{Details, Kind, Part},
        code::Code,
        deadline::DayTimes,
        london::{clock, clock_seconds},
        policy::{FollowUp, Reason},
        reference::Reference,
    },
    ui::{csrf_field, ruler},
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
    /// Whether that was after the register of its first day had closed.
    pub after_close: bool,
    /// The day's times.
    pub times: DayTimes,
    /// London's today.
    pub today: NaiveDate,
    /// How it came: a channel's word.
    pub channel: String,
    /// Away, late or leaving.
    pub kind: Kind,
    /// The reason, if the school still has it; else its key.
    pub reason: Result<Reason, String>,
    /// What the illness is called, if one was named.
    pub illness: Option<String>,
    /// Follow-up answers.
    pub details: Details,
    /// The note.
    pub note: Option<String>,
    /// Who sent it.
    pub sent_by: String,
    /// Each child.
    pub children: Vec<ReceiptLine>,
    /// Whether the sender took all of it back.
    pub withdrawn: bool,
    /// What took its place.
    pub replaced_by: Option<Reference>,
    /// Whether all of it can be changed.
    pub can_change: bool,
    /// Whether something of it can be taken back.
    pub can_withdraw: bool,
    /// What can be said of coming back.
    pub back: Option<Back>,
    /// How many letters and photos stand with it.
    pub evidence: i64,
    /// The conversation with the school; `None` where this guardian may not have it.
    pub messages: Option<Messages>,
    /// The office's number.
    pub phone: String,
    /// The csrf token.
    pub csrf: String,
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
    /// The child's days, earliest first; never none.
    pub days: Vec<LineDay>,
}

/// One child's day on the page.
#[derive(Debug, Clone)]
pub struct LineDay {
    /// The day.
    pub date: NaiveDate,
    /// The part of it.
    pub part: Part,
    /// Whether there is no school that day: closed since it was reported.
    pub no_school: bool,
    /// Whether this day was taken back.
    pub withdrawn: bool,
    /// The written time when staff first saw it.
    pub seen: Option<String>,
    /// The school's codes.
    pub codes: (Option<Code>, Option<Code>),
    /// The written time of another adult's report.
    pub other: Option<String>,
}

impl ReceiptPage {
    fn days(&self) -> impl Iterator<Item = &LineDay> {
        self.children.iter().flat_map(|child| &child.days)
    }

    /// The days of the first child: they are the same for each, unless one has been taken back.
    fn first_days(&self) -> &[LineDay] {
        self.children.first().map(|child| child.days.as_slice()).unwrap_or_default()
    }

    fn is_coded(&self) -> bool {
        self.days().all(|day| day.codes != (None, None))
    }
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
        .filter_map(|child| {
            let at = child.days.iter().find_map(|day| day.other.as_ref())?;
            Some((w.other)(&child.called, at))
        })
        .map(|text| view! { <p class="note">{text}</p> })
        .collect_view();
    let fixed = standing && !page.can_change;
    let messages = page.messages.as_ref().filter(|_| page.replaced_by.is_none());
    let begun = messages.is_some_and(|messages| !messages.lines.is_empty());
    let messages =
        messages.and_then(|it| messages::section(words, it, &paths::messages(&page.reference), &page.csrf, fixed));
    // What was said stands before everything else; the offer to say something comes last.
    let (first, last) = if begun { (messages, None) } else { (None, messages) };
    let back = standing.then(|| page.back.as_ref().map(|back| coming_back::section(words, back, &page)));
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
                {first}
                {standing.then(|| next(words, &page))}
                {back}
                {last}
            </div>
            <div class="stack">
                {sent::sent(words, &page)}
                {standing.then(|| sent::acts(words, &page))}
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
    let same_day = page.first_days().first().is_some_and(|day| day.date == page.received_local.date());
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
    let ill = page.reason.as_ref().is_ok_and(|reason| reason.ill);
    let steps: Vec<&str> = if page.is_coded() {
        vec![w.step_coded]
    } else {
        let first = if page.after_close { w.step_late } else { w.step_read };
        let ring = (asks == FollowUp::RingMe).then_some(w.step_ring);
        ring.into_iter().chain([first, w.step_decides]).collect()
    };
    let again = (page.kind == Kind::Away).then_some(if page.first_days().len() > 1 && ill {
        w.step_each
    } else {
        w.step_tomorrow
    });
    let steps = steps.into_iter().chain(again).map(|step| view! { <li><p>{step}</p></li> }).collect_view();
    view! {
        <section aria-labelledby="next">
            <h2 id="next" class="ruled">{w.next}</h2>
            <ol class="steps">{steps}</ol>
        </section>
    }
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
