//! What was sent: the receipt, what happens next, the conversation with the school.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{
    super::messages::{self, Messages},
    tag,
};
use crate::{
    paths,
    rules::{
        leaving::{Kind, State},
        reference::Reference,
    },
    ui::{
        answered::{StepShown, answered_steps},
        csrf_field,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct NoticePage {
    /// The reference.
    pub reference: Reference,
    /// A notice, or a meeting that is asked for.
    pub kind: Kind,
    /// Where it stands, and the written time since when.
    pub state: (State, String),
    /// The written date and time it was received, to the second.
    pub received: String,
    /// The children, each with the class.
    pub children: Vec<String>,
    /// The last day.
    pub last_day: NaiveDate,
    /// Whether the address is to be told by telephone.
    pub rings: bool,
    /// The last day on which this page can be read, where a child has left.
    pub read_until: Option<NaiveDate>,
    /// What took its place.
    pub replaced_by: Option<Reference>,
    /// The answers, with the questions of their day.
    pub steps: Vec<StepShown>,
    /// What was declared.
    pub statements: Vec<String>,
    /// The name beneath, and the written time.
    pub signed: Option<(String, String)>,
    /// The form's version and the beginning of its fingerprint.
    pub version: (i64, String),
    /// Whether it can be changed and taken back.
    pub can_change: bool,
    /// Something that was not to be expected.
    pub notice: Option<String>,
    /// The conversation with the school; `None` where there is none any more.
    pub messages: Option<Messages>,
    /// How many letters and photos stand with it; `None` where there are none and none can be added.
    pub evidence: Option<usize>,
    /// The office's number.
    pub phone: String,
    /// The id made for a form that changes this one.
    pub new: String,
    /// The csrf token.
    pub csrf: String,
}

/// The page.
pub fn page(words: &'static Words, page: NoticePage) -> impl IntoView {
    let (w, l) = (&words.leaving, &words.leave);
    let notice = page.notice.clone().map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let replaced = page.replaced_by.as_ref().map(|reference| {
        view! {
            <div class="warn stack">
                <p>{l.replaced}</p>
                <p><a class="btn plain" href=paths::leaving_notice(reference)>{l.replaced_see}</a></p>
            </div>
        }
    });
    let (state, since) = page.state.clone();
    let talk = page.messages.as_ref();
    let talk = talk.and_then(|it| {
        messages::section(words, it, &paths::leaving_messages(&page.reference), &page.csrf, !page.can_change)
    });
    let open = state == State::Open && page.read_until.is_none();
    let next = (open && page.kind == Kind::Notice).then(|| {
        let rings = page.rings.then(|| view! { <li><p><b>{w.rings}</b></p></li> });
        let steps = w.next_steps.iter().map(|step| view! { <li><p>{*step}</p></li> }).collect_view();
        view! {
            <section aria-labelledby="next">
                <h2 class="ruled" id="next">{l.next}</h2>
                <ol class="steps">{rings}{steps}</ol>
                <p class="note"><b>{w.not_yet}</b></p>
            </section>
        }
    });
    let until = page.read_until.map(|day| view! { <p class="note">{(w.read_until)(day)}</p> });
    let children = page.children.iter().map(|name| view! { <span class="line">{name.clone()}</span> }).collect_view();
    let last = (page.kind == Kind::Notice).then(|| {
        view! { <div><dt>{w.last_day}</dt><dd><b>{(words.common.long_date)(page.last_day)}</b></dd></div> }
    });
    let heading = if page.kind == Kind::Notice { w.notice } else { w.meeting_asked };
    let lead =
        (page.kind == Kind::Meeting && state == State::Open).then(|| view! { <p>{(w.meeting_next)(&page.phone)}</p> });
    view! {
        <div class="stack read">
            <a class="back noprint" href=paths::LEAVING>{w.title}</a>
            {notice}
            <div class="ruled"><h1>{heading}</h1>{tag(words, page.kind, state)}</div>
            {replaced}
            {until}
            {lead}
            <dl class="facts">
                <div><dt>{l.reference}</dt><dd><b class="nb">{page.reference.to_string()}</b></dd></div>
                <div><dt>{l.received}</dt><dd>{page.received.clone()}</dd></div>
                <div><dt>{w.children_are}</dt><dd>{children}</dd></div>
                {last}
                {(state != State::Open).then(|| view! { <div><dt>{l.status}</dt><dd>{(w.state)(page.kind, state)} " " <span class="soft">{(l.since)(&since)}</span></dd></div> })}
            </dl>
            {talk}
            {next}
            {acts(words, &page)}
            {said(words, &page)}
        </div>
    }
}

fn said(words: &'static Words, page: &NoticePage) -> impl IntoView + use<> {
    let l = &words.leave;
    let signed = page.signed.clone().map(|(name, when)| {
        let statements = page.statements.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
        let (version, digest) = &page.version;
        view! {
            <div>
                <h3 class="ruled">{l.statements}</h3>
                <ul class="declared">{statements}</ul>
                <p>{(l.signed_by)(&name, &when)}</p>
                <p class="small soft">{(l.version)(*version, digest)}</p>
            </div>
        }
    });
    view! {
        <section class="stack" aria-labelledby="what">
            <h2 class="ruled" id="what">{l.what}</h2>
            {answered_steps(words, page.steps.clone(), |_| None)}
            {signed}
            <p class="small soft">{words.leaving.who_sees}</p>
        </section>
    }
}

fn acts(words: &'static Words, page: &NoticePage) -> impl IntoView + use<> {
    let (w, l) = (&words.leaving, &words.leave);
    let evidence = page.evidence.map(|count| {
        let label = if count == 0 { l.evidence } else { words.evidence.staff_title };
        let count = (count > 0).then(|| format!(" ({count})"));
        view! { <a class="btn plain" href=paths::evidence(&page.reference)>{label}{count}</a> }
    });
    let change = (page.can_change && page.kind == Kind::Notice).then(|| {
        view! {
            <form method="post" action=paths::leaving_change(&page.reference)>
                {csrf_field(&page.csrf)}
                <input type="hidden" name="draft" value=page.new.clone() />
                <button class="btn plain">{w.change}</button>
            </form>
        }
    });
    let withdraw = page.can_change.then(|| {
        view! { <a class="btn stop" href=paths::leaving_withdraw(&page.reference)>{w.withdraw}</a> }
    });
    view! {
        <div class="acts noprint">
            <a class="btn plain" href=paths::leaving_pdf(&page.reference)>{l.pdf}</a>
            {evidence}
            {change}
            {withdraw}
        </div>
    }
}

/// Asks before taking it back, for all its children.
pub fn withdraw(
    words: &'static Words,
    reference: &Reference,
    children: Vec<String>,
    csrf: &str,
) -> impl IntoView + use<> {
    let w = &words.leaving;
    let children = children.into_iter().map(|name| view! { <li>{name}</li> }).collect_view();
    view! {
        <div class="stack read">
            <a class="back" href=paths::leaving_notice(reference)>{w.notice}</a>
            <h1>{w.withdraw_ask}</h1>
            <p>{w.withdraw_means}</p>
            <ul>{children}</ul>
            <form method="post" action=paths::leaving_withdraw(reference) class="stack">
                {csrf_field(csrf)}
                <p><button class="btn stop">{words.leave.withdraw_go}</button></p>
            </form>
        </div>
    }
}
