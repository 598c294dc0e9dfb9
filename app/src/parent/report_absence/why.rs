//! "Why?": the reasons, and what each asks next.

use leptos::prelude::*;

use super::{ReportPage, input::input};
use crate::{
    rules::{
        absence::{self, Field, LastSick, ReportForm, anchor},
        policy::{FollowUp, Reason},
    },
    ui::{
        errors,
        piece::{IntoPiece, Piece},
    },
    words::Words,
};

/// The reasons: the common ones at hand, the rarer ones folded.
pub(crate) fn why(words: &'static Words, page: &ReportPage, problems: &[errors::Said]) -> impl IntoView + use<> {
    let described = errors::described(problems, "reason");
    let first = page.reasons.first().map(|reason| reason.key.as_str());
    let choice = |reason: &Reason| {
        let chosen = page.form.reason == reason.key;
        let focus = page.focus_reason && page.problems.is_empty() && first == Some(reason.key.as_str());
        // Only the first needs a name to be found by: the error summary links to it.
        let id = (first == Some(reason.key.as_str())).then_some("reason");
        view! {
            <label class="opt">
                <input type="radio" name="reason" value=reason.key.clone() id=id checked=chosen autofocus=focus aria-describedby=described.clone() />
                {reason.label.clone()}
            </label>
            {follow_up(words, page, reason, problems)}
        }
    };
    let (rarer, common): (Vec<&Reason>, Vec<&Reason>) = page.reasons.iter().partition(|reason| reason.more);
    let open = rarer.iter().any(|reason| reason.key == page.form.reason);
    let common = common.into_iter().map(choice).collect_view();
    let rarer = (!rarer.is_empty()).then(|| {
        let rarer = rarer.into_iter().map(choice).collect_view();
        view! {
            <details class="fold" open=open>
                <summary><span><b>{words.report.more_reasons}</b></span> <u>{words.report.show}</u></summary>
                <div class="opts">{rarer}</div>
            </details>
        }
    });
    view! {
        <fieldset class=format!("reasons {}", errors::bad(problems, "reason"))>
            <legend>{words.report.why}</legend>
            {errors::why(problems, "reason")}
            <div class="opts">{common}</div>
            {rarer}
        </fieldset>
    }
}

/// What opens under a chosen reason; nothing where it asks and advises nothing.
fn follow_up(words: &'static Words, page: &ReportPage, reason: &Reason, problems: &[errors::Said]) -> Option<Piece> {
    // What was typed under another reason stays empty here.
    let blank = ReportForm::default();
    let form = if page.form.reason == reason.key { &page.form } else { &blank };
    let asked = asked(words, page, reason, form, problems);
    let sent_home = reason.ill.then(|| {
        let (name, chosen) = (absence::follow_up("sent-home", &reason.key), form.sent_home == "yes");
        let label = words.report.sent_home;
        view! { <label class="opt"><input type="checkbox" name=name value="yes" checked=chosen />{label}</label> }
    });
    let advice = reason.advice.clone().map(|advice| view! { <p class="small">{advice}</p> });
    (asked.is_some() || advice.is_some() || reason.ill)
        .then(|| view! { <div class="more">{asked}{sent_home}{advice}</div> }.piece())
}

/// The question that goes with a reason.
fn asked(
    words: &'static Words,
    page: &ReportPage,
    reason: &Reason,
    form: &ReportForm,
    problems: &[errors::Said],
) -> Option<Piece> {
    let w = &words.report;
    let input =
        |field, kind, label, value: &str| input(words, anchor(field, &reason.key), kind, label, true, value, problems);
    Some(match reason.asks {
        FollowUp::Nothing => return None,
        FollowUp::RingMe => view! { <p>{w.ring}</p> }.piece(),
        FollowUp::LastSick => last_sick(words, &anchor(Field::Last, &reason.key), &form.last, problems).piece(),
        FollowUp::Since => input(Field::Since, "date", w.since, &form.since).piece(),
        FollowUp::Illness => view! {
            {illness(words, page, &anchor(Field::Illness, &reason.key), &form.illness, problems)}
            {input(Field::Since, "date", w.since, &form.since)}
        }
        .piece(),
        FollowUp::Times => view! {
            <div class="acts if-away">
                {input(Field::Leaves, "time", w.leaves, &form.leaves)}
                {input(Field::Returns, "time", w.returns, &form.returns)}
            </div>
        }
        .piece(),
        FollowUp::Which => input(Field::Which, "text", w.which, &form.which).piece(),
        FollowUp::WhichEvent => input(Field::Which, "text", w.which_event, &form.which).piece(),
        FollowUp::OwnWords => input(Field::Other, "text", w.other, &form.other).piece(),
    })
}

fn last_sick(words: &'static Words, name: &str, typed: &str, problems: &[errors::Said]) -> impl IntoView + use<> {
    let w = &words.report;
    let answers = LastSick::ALL
        .into_iter()
        .enumerate()
        .map(|(place, answer)| {
            let id = (place == 0).then(|| name.to_owned());
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

fn illness(
    words: &'static Words,
    page: &ReportPage,
    name: &str,
    typed: &str,
    problems: &[errors::Said],
) -> impl IntoView + use<> {
    let w = &words.report;
    let known = page
        .illnesses
        .iter()
        .map(|(key, label)| view! { <option value=key.clone() selected=typed == key>{label.clone()}</option> })
        .collect_view();
    let described = errors::described(problems, name);
    view! {
        <div class=errors::bad(problems, name)>
            <label class="label" for=name.to_owned()>{w.illness} " " <span class="opt-word">{words.common.optional}</span></label>
            {errors::why(problems, name)}
            <select class="in" id=name.to_owned() name=name.to_owned() aria-describedby=described>
                <option value="">{w.illness_unknown}</option>
                {known}
            </select>
        </div>
    }
}
