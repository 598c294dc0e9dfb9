//! Reporting an absence: one short screen.

use chrono::NaiveDateTime;
use leptos::prelude::*;

use crate::{
    islands::ReportIsland,
    paths,
    rules::{
        absence::{Field, LINE_MOST, LastSick, NOTE_MOST, Offer, Part, Problem, ReportForm},
        deadline::RegisterState,
        id::PupilId,
        london::clock,
        policy::{FollowUp, Reason},
    },
    ui::{cell, csrf_field, errors, text_area::text_area},
    words::{ReportWords, Words},
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

/// The id of the element that a problem with this field links to. Follow-up fields carry the
/// reason's key in name and id, since two reasons may ask the same thing.
#[must_use]
pub fn anchor(field: Field, reason: &str) -> String {
    let follow_up = |name: &str| format!("{name}-{reason}");
    match field {
        Field::Who => "who".to_owned(),
        Field::Day => "day".to_owned(),
        Field::Part => "part".to_owned(),
        Field::Reason => "reason".to_owned(),
        Field::Last => follow_up("last"),
        Field::Since => follow_up("since"),
        Field::Leaves => follow_up("leaves"),
        Field::Returns => follow_up("returns"),
        Field::Which => follow_up("which"),
        Field::Other => follow_up("other"),
        Field::Note => "note".to_owned(),
    }
}

/// Reads the form from its fields: all values of a name, in order. The same in the browser and on
/// the server.
#[must_use]
pub fn read(all: impl Fn(&str) -> Vec<String>) -> ReportForm {
    let one = |name: &str| all(name).into_iter().next().unwrap_or_default();
    let reason = one("reason");
    let follow_up = |name: &str| one(&format!("{name}-{reason}"));
    ReportForm {
        who: all("who"),
        day: one("day"),
        part: one("part"),
        last: follow_up("last"),
        since: follow_up("since"),
        leaves: follow_up("leaves"),
        returns: follow_up("returns"),
        which: follow_up("which"),
        other: follow_up("other"),
        note: one("note"),
        reason,
    }
}

/// Problems as people read them.
#[must_use]
pub fn said(words: &ReportWords, problems: &[(Field, Problem)], reason: &str) -> Vec<errors::Said> {
    problems.iter().map(|(field, problem)| (anchor(*field, reason), (words.problem)(*field, *problem))).collect()
}

/// The page.
pub fn page(words: &'static Words, page: ReportPage) -> impl IntoView {
    let w = &words.report;
    if page.offer.days.is_empty() {
        return view! {
            <div class="stack read">
                <h1>{w.heading}</h1>
                <p class="warn">{(w.no_days)(&page.phone)}</p>
                <p><a class="tap" href=paths::HOME>{w.back}</a></p>
            </div>
        }
        .into_any();
    }
    let problems = said(w, &page.problems, &page.form.reason);
    let now = clock(page.now.time());
    let beside = match page.state {
        RegisterState::BeforeOpen { closes_in_minutes, .. } | RegisterState::Open { closes_in_minutes, .. } => {
            (w.closes_in)(&now, &(words.common.span)(closes_in_minutes))
        }
        RegisterState::Closed | RegisterState::DayOver => (w.closed)(&now),
        RegisterState::NotASchoolDay => w.no_school.to_owned(),
    };
    let heading = if page.purpose == Purpose::Report { w.heading } else { w.change_heading };
    let send = if page.purpose == Purpose::Report { w.send } else { w.send_change };
    let (instead, already) = match &page.purpose {
        Purpose::Report => (None, None),
        Purpose::Change(reference) => (Some(reference.clone()), None),
        Purpose::AlreadySent(reference, time) => (Some(reference.clone()), Some(already(words, reference, time))),
    };
    let (who, when) = (who(words, &page, &problems), when(words, &page, &problems));
    let (why, note) = (why(words, &page, &problems), note(words, &page, &problems));
    let ReportPage { offer, phone, csrf, submission, closes, .. } = page;
    view! {
        <div class="two">
            <div>
                {errors::summary((w.errors)(problems.len()), &problems)}
                {already}
                <ReportIsland offer=offer phone=phone>
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
    .into_any()
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
        let anchor = if place == 0 { "who".to_owned() } else { format!("who-{place}") };
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

fn when(words: &'static Words, page: &ReportPage, problems: &[errors::Said]) -> impl IntoView + use<> {
    let w = &words.report;
    let open = errors::said(problems, "day").is_some() || errors::said(problems, "part").is_some();
    let name = |date: chrono::NaiveDate| {
        if date == page.offer.today {
            w.today.to_owned()
        } else if Some(date) == page.offer.today.succ_opt() {
            w.tomorrow.to_owned()
        } else {
            (words.common.day_date)(date)
        }
    };
    let days: Vec<_> = page.offer.days.iter().map(|day| (day.date.to_string(), name(day.date))).collect();
    let said = days
        .iter()
        .enumerate()
        .map(|(place, (_, name))| {
            view! { <span class=format!("said s-day-{place}")>{name.clone()}</span> }
        })
        .collect_view();
    let days = days.into_iter().enumerate().map(|(place, (value, name))| {
        let chosen = page.form.day == value;
        let id = if place == 0 { "day".to_owned() } else { format!("day-{place}") };
        view! { <label class="opt"><input type="radio" name="day" value=value id=id checked=chosen />{name}</label> }
    }).collect_view();
    let parts = [Part::All, Part::Am, Part::Pm]
        .into_iter()
        .map(|part| {
            let chosen = page.form.part == part.word() || (page.form.part.is_empty() && part == Part::All);
            let id = if part == Part::All { "part".to_owned() } else { format!("part-{}", part.word()) };
            view! {
                <label class="opt">
                    <input type="radio" name="part" value=part.word() id=id checked=chosen />
                    {(w.part)(part)} " " {cell::reported(part, "", String::new())}
                </label>
            }
        })
        .collect_view();
    view! {
        <details class="fold" open=open>
            <summary>
                <span>
                    <b>{w.when}</b> " " {said}
                    <span class="said s-all">{(w.said_part)(Part::All)}</span>
                    <span class="said s-am">{(w.said_part)(Part::Am)}</span>
                    <span class="said s-pm">{(w.said_part)(Part::Pm)}</span>
                </span>
                <u>{w.change}</u>
            </summary>
            <div class="stack">
                <fieldset class=errors::bad(problems, "day")>
                    <legend class="vh">{w.which_day}</legend>
                    {errors::why(problems, "day")}
                    <div class="opts">{days}</div>
                </fieldset>
                <fieldset class=errors::bad(problems, "part")>
                    <legend class="vh">{w.which_part}</legend>
                    {errors::why(problems, "part")}
                    <div class="opts">{parts}</div>
                </fieldset>
            </div>
        </details>
    }
}

fn why(words: &'static Words, page: &ReportPage, problems: &[errors::Said]) -> impl IntoView + use<> {
    let described = errors::described(problems, "reason");
    let reasons = page.reasons.iter().enumerate().map(|(place, reason)| {
        let chosen = page.form.reason == reason.key;
        let id = if place == 0 { "reason".to_owned() } else { format!("reason-{}", reason.key) };
        view! {
            <label class="opt">
                <input type="radio" name="reason" value=reason.key.clone() id=id checked=chosen aria-describedby=described.clone() />
                {reason.label.clone()}
            </label>
            {follow_up(words, page, reason, problems)}
        }
    }).collect_view();
    view! {
        <fieldset class=format!("reasons {}", errors::bad(problems, "reason"))>
            <legend>{words.report.why}</legend>
            {errors::why(problems, "reason")}
            <div class="opts">{reasons}</div>
        </fieldset>
    }
}

/// What opens under a chosen reason; nothing where it asks and advises nothing.
fn follow_up(words: &'static Words, page: &ReportPage, reason: &Reason, problems: &[errors::Said]) -> Option<AnyView> {
    let w = &words.report;
    // What was typed under another reason stays empty here.
    let blank = ReportForm::default();
    let form = if page.form.reason == reason.key { &page.form } else { &blank };
    let input = |name, kind, label, value: &str| input(words, anchor(name, &reason.key), kind, label, value, problems);
    let asked = match reason.asks {
        FollowUp::Nothing => ().into_any(),
        FollowUp::RingMe => view! { <p>{w.ring}</p> }.into_any(),
        FollowUp::LastSick => last_sick(words, &anchor(Field::Last, &reason.key), &form.last, problems).into_any(),
        FollowUp::Since => input(Field::Since, "date", w.since, &form.since).into_any(),
        FollowUp::Times => view! {
            <div class="acts">
                {input(Field::Leaves, "time", w.leaves, &form.leaves)}
                {input(Field::Returns, "time", w.returns, &form.returns)}
            </div>
        }
        .into_any(),
        FollowUp::Which => input(Field::Which, "text", w.which, &form.which).into_any(),
        FollowUp::OwnWords => input(Field::Other, "text", w.other, &form.other).into_any(),
    };
    let advice = reason.advice.clone().map(|advice| view! { <p class="small">{advice}</p> });
    (reason.asks != FollowUp::Nothing || advice.is_some())
        .then(|| view! { <div class="more">{asked}{advice}</div> }.into_any())
}

fn last_sick(words: &'static Words, name: &str, typed: &str, problems: &[errors::Said]) -> impl IntoView + use<> {
    let w = &words.report;
    let answers = LastSick::ALL
        .into_iter()
        .enumerate()
        .map(|(place, answer)| {
            let id = if place == 0 { name.to_owned() } else { format!("{name}-{}", answer.word()) };
            view! {
                <label class="opt">
                    <input type="radio" name=name.to_owned() value=answer.word() id=id checked=typed == answer.word() />
                    {(w.last_answer)(answer)}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class=errors::bad(problems, name)>
            <legend>{w.last} " " <span class="opt-word">{words.common.optional}</span></legend>
            {errors::why(problems, name)}
            <div class="opts">{answers}</div>
        </fieldset>
    }
}

fn input(
    words: &'static Words,
    name: String,
    kind: &'static str,
    label: &'static str,
    value: &str,
    problems: &[errors::Said],
) -> impl IntoView + use<> {
    let described = errors::described(problems, &name);
    let class = if kind == "text" { "in" } else { "in short" };
    let (bad, why) = (errors::bad(problems, &name), errors::why(problems, &name));
    let (label_for, id) = (name.clone(), name.clone());
    view! {
        <div class=bad>
            <label class="label" for=label_for>{label} " " <span class="opt-word">{words.common.optional}</span></label>
            {why}
            <input class=class type=kind id=id name=name value=value.to_owned() maxlength=(kind == "text").then_some(LINE_MOST)
                aria-invalid=described.is_some().then_some("true") aria-describedby=described />
        </div>
    }
}

fn note(words: &'static Words, page: &ReportPage, problems: &[errors::Said]) -> impl IntoView + use<> {
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
