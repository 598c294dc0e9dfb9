//! When a child who was ill may come back: on the receipt, as advice.

use chrono::{NaiveDateTime, NaiveTime, Timelike};
use leptos::prelude::*;

use super::receipt::ReceiptPage;
use crate::{
    paths,
    rules::guidance::{CountsFrom, Earliest, Illness, MomentProblem},
    ui::{csrf_field, errors},
    words::{ReceiptWords, Words},
};

/// What can be said.
#[derive(Debug, Clone)]
pub struct Back {
    /// The illness.
    pub illness: Illness,
    /// What follows from what is known.
    pub earliest: Earliest,
    /// The moment that counts, if it is known.
    pub counted: Option<NaiveDateTime>,
    /// What was typed and could not be taken.
    pub typed: Option<(String, String, MomentProblem)>,
}

/// The id of the field that a problem links to.
#[must_use]
pub fn anchor(problem: MomentProblem) -> &'static str {
    match problem {
        MomentProblem::NoTime => "back-time",
        MomentProblem::NoDay | MomentProblem::Future | MomentProblem::LongAgo => "back-day",
    }
}

/// The section.
pub(super) fn section(words: &'static Words, back: &Back, page: &ReceiptPage) -> impl IntoView + use<> {
    let w = &words.receipt;
    let illness = &back.illness;
    let first = match back.earliest {
        Earliest::On(open) => Some((w.back_on)(&(words.common.day_date)(open.date), open.session)),
        Earliest::SchoolIsFine => Some(w.back_fine.to_owned()),
        Earliest::AskSchool => Some((w.back_ask_school)(&page.phone)),
        Earliest::RuleOnly | Earliest::Needs(_) => None,
    };
    let also = illness.also.as_ref().filter(|_| matches!(back.earliest, Earliest::On(_)));
    let ask = illness.wait.map(|(from, _)| ask(words, back, from, page));
    let source = (w.back_source)(&illness.source, &(words.common.full_date)(illness.dated));
    view! {
        <section aria-labelledby="back" class="stack">
            <h2 id="back" class="ruled">{w.back}</h2>
            {first.map(|text| view! { <p class="lead"><b>{text}</b></p> })}
            {also.map(|also| view! { <p>{(w.back_also)(also)}</p> })}
            <p>{illness.rule.clone()}</p>
            {ask}
            <p class="small soft">{source}</p>
        </section>
    }
}

/// Asks for the moment that counts; folded once it is known.
fn ask(words: &'static Words, back: &Back, from: CountsFrom, page: &ReceiptPage) -> impl IntoView + use<> {
    let w = &words.receipt;
    let problem = back.typed.as_ref().map(|(_, _, problem)| *problem);
    let problems: Vec<errors::Said> =
        problem.iter().map(|problem| (anchor(*problem).to_owned(), said(w, *problem).to_owned())).collect();
    let known = back.counted.filter(|_| matches!(back.earliest, Earliest::On(_) | Earliest::AskSchool));
    let (day, time) = match (&back.typed, back.counted) {
        (Some((day, time, _)), _) => (day.clone(), time.clone()),
        (None, Some(counted)) => (counted.date().to_string(), written(counted.time())),
        (None, None) => (page.today.to_string(), String::new()),
    };
    let field = |id: &'static str, kind, label, value: String| {
        let described = errors::described(&problems, id);
        view! {
            <div class=errors::bad(&problems, id)>
                <label class="label" for=id>{label}</label>
                {errors::why(&problems, id)}
                <input class="in short" type=kind id=id name=id value=value
                    aria-invalid=described.is_some().then_some("true") aria-describedby=described />
            </div>
        }
    };
    let time = from.needs_time().then(|| field("back-time", "time", w.back_time, time));
    let summary = if known.is_some() { w.back_again } else { w.back_offer };
    view! {
        <details class="fold noprint" open=known.is_none() || back.typed.is_some()>
            <summary><span><b>{summary}</b></span> <u>{w.back_open}</u></summary>
            <form method="post" action=paths::coming_back(&page.reference) novalidate class="stack">
                {csrf_field(&page.csrf)}
                {errors::summary(w.back_errors.to_owned(), &problems)}
                <p>{(w.back_question)(from)}</p>
                <div class="acts">{field("back-day", "date", w.back_day, day)}{time}</div>
                <p><button class="btn plain">{w.back_go}</button></p>
            </form>
        </details>
    }
}

fn written(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

fn said(w: &ReceiptWords, problem: MomentProblem) -> &'static str {
    match problem {
        MomentProblem::NoDay => w.back_no_day,
        MomentProblem::NoTime => w.back_no_time,
        MomentProblem::Future => w.back_future,
        MomentProblem::LongAgo => w.back_long_ago,
    }
}
