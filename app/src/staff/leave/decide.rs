//! The form of the decision: all, part or none, a code for each session, reasons and words.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        calendar::{Session, SessionDay},
        code::Code,
        leave::{AnswerForm, DecideForm, DecideProblem, Outcome, REFUSED, ToDecide, WORDS_MOST, session_key},
        reference::Reference,
    },
    ui::{
        csrf_field,
        errors::{self, Said},
        piece::IntoPiece,
        text_area::text_area,
    },
    words::Words,
};

/// What the form needs.
#[derive(Debug, Clone)]
pub struct Decide {
    /// The request.
    pub reference: Reference,
    /// What can be decided: the request, the child's name, and the number of the decision that was shown.
    pub children: Vec<(ToDecide, String, i64)>,
    /// What was typed, or stands first.
    pub form: DecideForm,
    /// The codes that leave may be agreed with here.
    pub codes: Vec<Code>,
    /// The reasons: key and label.
    pub reasons: Vec<(String, String)>,
    /// Answers that brothers and sisters have for these days: name, class, outcome.
    pub siblings: Vec<(String, String, Outcome)>,
    /// Whether a fresh code is asked for.
    pub proof: bool,
    /// The csrf token.
    pub csrf: String,
}

/// The end of the names of a scope's fields: "" for all children together.
#[must_use]
pub fn suffix(leave: Option<&str>) -> String {
    leave.map_or_else(String::new, |leave| format!("-{leave}"))
}

/// The name of the field with a session's own code.
#[must_use]
pub fn code_field(suffix: &str, key: &str) -> String {
    format!("at{suffix} {key}")
}

/// The field that a problem is about.
#[must_use]
pub fn anchor(problem: &DecideProblem) -> String {
    let of = |name: &str, scope: &Option<crate::rules::id::LeaveId>| {
        format!("{name}{}", suffix(scope.as_ref().map(crate::rules::id::LeaveId::as_str)))
    };
    match problem {
        DecideProblem::NoAnswer(scope) => of("answer", scope),
        DecideProblem::NothingAgreed(scope) => of("part", scope),
        DecideProblem::NoCode(scope) | DecideProblem::NotInAdvance(scope) => of("code", scope),
        DecideProblem::Reason(_) | DecideProblem::NoReason => "reasons".to_owned(),
        DecideProblem::TooLong(_) => "words".to_owned(),
    }
}

/// The section with the form.
pub fn section(words: &'static Words, page: Decide, problems: &[Said]) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    let again = page.children.iter().any(|(.., seen)| *seen > 0);
    let heading = if again { w.decide_again } else { w.decide };
    let seen = page
        .children
        .iter()
        .map(|(child, _, seen)| view! { <input type="hidden" name=format!("seen-{}", child.leave) value=seen.to_string() /> })
        .collect_view();
    let mut all: Vec<SessionDay> = page.children.iter().flat_map(|(child, ..)| child.sessions.clone()).collect();
    all.sort_unstable();
    all.dedup();
    let names: Vec<&str> = page.children.iter().map(|(_, name, _)| name.as_str()).collect();
    let together =
        (names.len() > 1).then(|| view! { <p class="soft">{(w.together)(&(words.common.list)(&names))}</p> });
    let apart = (names.len() > 1).then(|| {
        let each = page.children.iter().map(|(child, name, _)| {
            let typed = page.form.each.iter().find(|(leave, _)| *leave == child.leave).map(|(_, form)| form.clone());
            let scope = suffix(Some(child.leave.as_str()));
            answer(words, &page, (scope, (w.answer_for)(name)), (&child.sessions, typed.unwrap_or_default()), problems)
        });
        view! {
            <div class="opts plain-list">
                <label class="opt whole"><input type="checkbox" name="apart" value="yes" checked=page.form.apart />{w.apart}</label>
                <div class="more stack"><p class="small soft">{w.apart_hint}</p>{each.collect_view()}</div>
            </div>
        }
    });
    let reasons = page
        .reasons
        .iter()
        .map(|(key, label)| {
            let checked = page.form.reasons.contains(key);
            view! { <label class="tick"><input type="checkbox" name="reason" value=key.clone() checked=checked /><span>{label.clone()}</span></label> }
        })
        .collect_view();
    let proof = page.proof.then(|| {
        view! {
            <div class=format!("field {}", errors::bad(problems, "proof"))>
                <label class="label" for="proof">{w.proof}<span class="hint">{w.proof_hint}</span></label>
                {errors::why(problems, "proof")}
                <input class="in code" id="proof" name="proof" inputmode="numeric" autocomplete="one-time-code" maxlength="12"
                    aria-invalid=errors::described(problems, "proof").map(|_| "true") aria-describedby=errors::described(problems, "proof") />
            </div>
        }
    });
    view! {
        <section class="stack decide noprint" aria-labelledby="decide">
            <h2 class="ruled" id="decide" tabindex="-1">{heading}</h2>
            {again.then(|| view! { <p class="soft">{w.decide_lead}</p> })}
            <form method="post" action=paths::staff_leave_decision(&page.reference) class="stack" novalidate>
                {csrf_field(&page.csrf)}
                {seen}
                {together}
                {answer(words, &page, (String::new(), w.answer.to_owned()), (&all, page.form.together.clone()), problems)}
                {apart}
                {hints(words, &page)}
                <fieldset id="reasons" class=errors::bad(problems, "reasons")>
                    <legend>{w.reasons}<span class="hint">{w.reasons_hint}</span></legend>
                    {errors::why(problems, "reasons")}
                    {reasons}
                </fieldset>
                <div class=format!("field {}", errors::bad(problems, "words"))>
                    <label class="label" for="words">{w.words} " " <span class="opt-word">{words.common.optional}</span><span class="hint">{w.words_hint}</span></label>
                    {errors::why(problems, "words")}
                    {text_area("words", 4, WORDS_MOST, &page.form.words, errors::described(problems, "words"))}
                </div>
                {proof}
                <p class="small soft">{w.decide_next}</p>
                <button class="btn big">{w.decide_go}</button>
            </form>
        </section>
    }
}

/// Quiet words beside the choice, each shown where the choice differs from what a brother or sister has.
fn hints(words: &'static Words, page: &Decide) -> impl IntoView + use<> {
    page.siblings
        .iter()
        .map(|(name, class, outcome)| {
            let class_of = match outcome {
                Outcome::Granted => "note unlike u-all",
                Outcome::GrantedInPart => "note unlike u-part",
                Outcome::Refused => "note unlike u-none",
            };
            view! { <p class=class_of>{(words.leave_staff.sibling)(name, class, *outcome)}</p> }
        })
        .collect_view()
}

/// One answer: for all children, or for one.
fn answer(
    words: &'static Words,
    page: &Decide,
    (suffix, legend): (String, String),
    (sessions, typed): (&[SessionDay], AnswerForm),
    problems: &[Said],
) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    let name = format!("answer{suffix}");
    let radio = |place: usize, value: &'static str| {
        let id = if place == 0 { name.clone() } else { format!("{name}-{value}") };
        view! {
            <label class="opt whole"><input type="radio" id=id name=name.clone() value=value checked=typed.answer == value />{w.answers[place]}</label>
        }
    };
    let part = format!("part{suffix}");
    let code = |label: &'static str, name: String, chosen: &str, codes: &[Code], bad: bool| {
        let options = codes
            .iter()
            .map(|code| {
                view! { <option value=code.letters() selected=chosen == code.letters()>{code.letters()} " " {(words.codes.meaning)(*code)}</option> }
            })
            .collect_view();
        let empty = chosen.is_empty().then(|| view! { <option value="">{w.choose}</option> });
        view! {
            <div>
                <label class="label" for=name.clone()>{label}</label>
                <select class="in" id=name.clone() name=name aria-invalid=bad.then_some("true")>{empty}{options}</select>
            </div>
        }
    };
    let (for_yes, for_no) = (format!("code{suffix}"), format!("refused{suffix}"));
    let bad = errors::said(problems, &for_yes).is_some();
    view! {
        <fieldset class=errors::bad(problems, &name)>
            <legend>{legend}</legend>
            {errors::why(problems, &name)}
            <div class="opts plain-list">
                {radio(0, "all")}
                {radio(1, "part")}
                <div class="more" id=part.clone()>
                    {errors::why(problems, &part)}
                    {table(words, page, &suffix, sessions, &typed)}
                </div>
                {radio(2, "none")}
            </div>
            <div class=format!("pair {}", errors::bad(problems, &for_yes))>
                {errors::why(problems, &for_yes)}
                {code(w.code, for_yes.clone(), &typed.code, &page.codes, bad)}
                {code(w.refused_code, for_no, &typed.refused, &REFUSED, false)}
            </div>
        </fieldset>
    }
}

/// The sessions, a row a day, each with a box and a code.
fn table(
    words: &'static Words,
    page: &Decide,
    suffix: &str,
    sessions: &[SessionDay],
    typed: &AnswerForm,
) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    let heads = w.table_heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let mut days: Vec<NaiveDate> = sessions.iter().map(|at| at.date).collect();
    days.dedup();
    let cell = |date: NaiveDate, session: Session, head: &'static str| {
        let at = SessionDay { date, session };
        if !sessions.contains(&at) {
            return view! { <td data-head=head><span class="soft">{w.session_none}</span></td> }.piece();
        }
        let key = session_key(at);
        let chosen = typed.codes.iter().find(|(of, _)| *of == key).map_or("", |(_, code)| code.as_str());
        let options = page
            .codes
            .iter()
            .map(|code| view! { <option value=code.letters() selected=chosen == code.letters()>{code.letters()}</option> })
            .collect_view();
        view! {
            <td data-head=head>
                <span class="pair">
                    <label class="pick"><input type="checkbox" name=format!("agreed{suffix}") value=key.clone() checked=typed.agreed.contains(&key) />
                        <span class="vh">{(words.leave.session)(at)} " "</span>{w.session_yes}</label>
                    <select class="in" name=code_field(suffix, &key) aria-label=(w.code_for)(at)><option value="">{w.as_above}</option>{options}</select>
                </span>
            </td>
        }
        .piece()
    };
    let rows = days
        .into_iter()
        .map(|date| {
            view! {
                <tr><th scope="row">{(words.common.day_date)(date)}</th>
                    {cell(date, Session::Am, w.table_heads[1])}{cell(date, Session::Pm, w.table_heads[2])}</tr>
            }
        })
        .collect_view();
    view! {
        <p class="label">{w.tick_sessions}</p>
        <table class="late" aria-label=w.tick_sessions><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
    }
}
