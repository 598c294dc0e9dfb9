//! A child's day for staff: its marks and what they were, what was reported and asked, and the correction.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::child::{Reported, reported};
use crate::{
    parent::attendance_day::said,
    paths,
    rules::{
        calendar::Session,
        code::Code,
        conversation::{MESSAGE_MOST, MessageProblem},
        id::{GuardianId, PupilId},
    },
    ui::{cell, csrf_field, errors, piece::IntoPiece, talk, text_area::text_area},
    words::{Words, figures::CorrectProblem},
};

/// How many characters a reason may have.
pub const REASON_MOST: usize = 500;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ChildDay {
    /// The child.
    pub pupil: PupilId,
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// The day.
    pub date: NaiveDate,
    /// The school day before and the one after, up to today.
    pub steps: [Option<NaiveDate>; 2],
    /// The two halves.
    pub halves: Vec<HalfDay>,
    /// What was reported.
    pub reports: Vec<Reported>,
    /// A mark was corrected just now.
    pub done: bool,
    /// The forms; `None` for who may only read.
    pub forms: Option<Forms>,
}

/// Half a day.
#[derive(Debug, Clone)]
pub struct HalfDay {
    /// Which.
    pub session: Session,
    /// Its mark.
    pub code: Option<Code>,
    /// By how many minutes the child was late.
    pub minutes_late: Option<i64>,
    /// What it was, the first change first.
    pub changes: Vec<Change>,
    /// What guardians and the office have written about it.
    pub talks: Vec<Talk>,
}

/// A change of a mark.
#[derive(Debug, Clone)]
pub struct Change {
    /// The code before.
    pub old: Code,
    /// The code after.
    pub new: Code,
    /// When, written.
    pub at: String,
    /// Who; `None` for a file.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// A conversation about a mark.
#[derive(Debug, Clone)]
pub struct Talk {
    /// With whom.
    pub guardian: GuardianId,
    /// Their name.
    pub from: String,
    /// What was said.
    pub lines: Vec<talk::Line>,
    /// Why they cannot be answered here, if they cannot.
    pub out_of_reach: Option<&'static str>,
}

/// What staff may do.
#[derive(Debug, Clone)]
pub struct Forms {
    /// The correction as it was typed.
    pub correction: Typed,
    /// The answer as it was typed.
    pub answer: Answer,
    /// The csrf token.
    pub csrf: String,
}

/// A correction as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The half.
    pub session: Option<Session>,
    /// The code.
    pub code: Option<Code>,
    /// The reason.
    pub reason: String,
    /// What has to be put right.
    pub problems: Vec<CorrectProblem>,
    /// Somebody else was faster: what stands there now.
    pub meanwhile: Option<Option<Code>>,
}

/// An answer as it was typed.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The id made for it.
    pub message: String,
    /// Whom it answers: half and guardian, as one word.
    pub to: String,
    /// The text.
    pub text: String,
    /// What has to be put right.
    pub problem: Option<MessageProblem>,
    /// Why it was not taken, although nothing has to be put right.
    pub refused: Option<String>,
}

/// The page.
pub fn page(words: &'static Words, page: ChildDay) -> impl IntoView {
    let w = &words.figures;
    let letters = |session: Session| {
        let half = page.halves.iter().find(|half| half.session == session);
        half.and_then(|half| half.code).map(|code| code.letters().to_owned())
    };
    let steps = page
        .steps
        .iter()
        .zip(w.day_steps)
        .filter_map(|(day, label)| {
            let day = (*day)?;
            Some(view! { <a class="tap" href=paths::child_day(&page.pupil, day)>{label}<span class="vh">": " {(words.common.day_date)(day)}</span></a> })
        })
        .collect_view();
    let done = page.done.then(|| view! { <p class="note" role="status">{w.corrected}</p> });
    let halves = page.halves.iter().map(|half| half_of(words, half)).collect_view();
    let none = page.reports.is_empty().then(|| view! { <p class="soft">{w.no_reports}</p> });
    let reports = page.reports.iter().map(|report| view! { <p>{reported(words, report)}</p> }).collect_view();
    let talks = page.halves.iter().any(|half| half.talks.iter().any(|talk| talk.out_of_reach.is_none()));
    let answer = page.forms.as_ref().filter(|_| talks).map(|forms| answer(words, &page, forms).piece());
    let correct = page.forms.as_ref().map(|forms| correct(words, &page, forms).piece());
    let day = cell::cell(letters(Session::Am), letters(Session::Pm), "l", false, String::new());
    view! {
        <p class="noprint acts"><a class="tap" href=paths::child(&page.pupil)>{page.full_name.clone()}</a> {steps}</p>
        <div class="stack read">
            <div class="daycell under">
                {day}
                <div><h1>{(words.common.long_date)(page.date)}</h1><p class="soft">{page.full_name.clone()} " · " {page.class.clone()}</p></div>
            </div>
            {done}
            <dl class="facts tall">{halves}</dl>
            {answer}
            <section aria-labelledby="reports" class="stack">
                <h2 id="reports" class="ruled">{w.reports}</h2>
                {none}
                {reports}
            </section>
            {correct}
        </div>
    }
}

fn half_of(words: &'static Words, half: &HalfDay) -> impl IntoView + use<> {
    let (w, a) = (&words.figures, &words.attendance);
    let mark = half.code.map_or_else(|| w.no_mark.to_owned(), |code| said(words, code));
    let minutes = half.minutes_late.map(|minutes| format!(". {}", (a.minutes_late)(minutes)));
    let changes = half
        .changes
        .iter()
        .map(|change| {
            let what = (w.changed)(&said(words, change.old), &said(words, change.new), &change.at);
            let who = (w.changed_by)(change.by.as_deref().unwrap_or(w.by_file), change.reason.as_deref());
            view! { <li>{what}<br /><span class="soft">{who}</span></li> }
        })
        .collect_view();
    let changes = (!half.changes.is_empty()).then(|| view! { <dd><ol class="small past">{changes}</ol></dd> });
    let talks = half
        .talks
        .iter()
        .map(|talk| {
            let reach = talk.out_of_reach.map(|why| view! { <p class="warn">{why}</p> });
            view! {
                <dd class="stack">
                    <p class="small soft">{(w.talk)(&talk.from)}</p>
                    {talk::talk(talk.lines.clone(), words.messages.hidden)}
                    {reach}
                </dd>
            }
        })
        .collect_view();
    view! {
        <div>
            <dt>{(a.session)(half.session)}</dt>
            <dd><b>{mark}</b>{minutes}</dd>
            {changes}
            {talks}
        </div>
    }
}

fn answer(words: &'static Words, page: &ChildDay, forms: &Forms) -> impl IntoView + use<> {
    let (w, typed) = (&words.figures, &forms.answer);
    let problem = typed.problem.map(|problem| ("text".to_owned(), (words.messages.question_problem)(problem)));
    let problems: Vec<errors::Said> = problem.into_iter().collect();
    let described = errors::described(&problems, "text");
    let refused = typed
        .refused
        .clone()
        .map(|text| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> });
    let open: Vec<(String, String)> = page
        .halves
        .iter()
        .flat_map(|half| half.talks.iter().map(move |talk| (half.session, talk)))
        .filter(|(_, talk)| talk.out_of_reach.is_none())
        .map(|(session, talk)| {
            (format!("{session} {}", talk.guardian), format!("{}, {}", talk.from, (words.attendance.session)(session)))
        })
        .collect();
    let to = match open.as_slice() {
        [(only, _)] => view! { <input type="hidden" name="to" value=only.clone() /> }.piece(),
        many => {
            let first = many.first().map(|(value, _)| value.clone()).unwrap_or_default();
            let chosen = if typed.to.is_empty() { first } else { typed.to.clone() };
            let options = many
                .iter()
                .map(|(value, label)| {
                    view! {
                        <label class="opt"><input type="radio" name="to" value=value.clone() checked=*value == chosen />{label.clone()}</label>
                    }
                })
                .collect_view();
            view! { <fieldset><legend>{w.answer_which}</legend><div class="opts plain-list">{options}</div></fieldset> }
                .piece()
        }
    };
    view! {
        <section aria-labelledby="answer" class="stack noprint">
            <h2 id="answer" class="ruled">{w.answer}</h2>
            <form method="post" action=paths::mark_answer(&page.pupil, page.date) novalidate class="stack">
                {csrf_field(&forms.csrf)}
                <input type="hidden" name="message" value=typed.message.clone() />
                {errors::summary(words.messages.errors.to_owned(), &problems)}
                {refused}
                {to}
                <div class=errors::bad(&problems, "text")>
                    <label class="label" for="text">{words.messages.own_label}</label>
                    {errors::why(&problems, "text")}
                    {text_area("text", 3, MESSAGE_MOST, &typed.text, described)}
                </div>
                <div class="opts plain-list"><label class="opt"><input type="checkbox" name="asks" value="yes" />{w.asks}</label></div>
                <p><button class="btn">{w.answer_send}</button></p>
            </form>
        </section>
    }
}

fn correct(words: &'static Words, page: &ChildDay, forms: &Forms) -> impl IntoView + use<> {
    let (w, typed) = (&words.figures, &forms.correction);
    let field = |problem: CorrectProblem| match problem {
        CorrectProblem::NoSession => "session",
        CorrectProblem::NoCode | CorrectProblem::OtherHalf | CorrectProblem::Same => "code",
        CorrectProblem::NoReason | CorrectProblem::LongReason => "reason",
    };
    let problems: Vec<errors::Said> =
        typed.problems.iter().map(|problem| (field(*problem).to_owned(), (w.problem)(*problem).to_owned())).collect();
    let now = |code: Option<Code>| code.map_or_else(|| w.no_mark.to_owned(), |code| said(words, code));
    let meanwhile = typed.meanwhile.map(|code| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{(w.changed_meanwhile)(&now(code))}</p></div> }
    });
    let halves = page
        .halves
        .iter()
        .enumerate()
        .map(|(place, half)| {
            let id = (place == 0).then_some("session");
            let letters = half.code.map(Code::letters).unwrap_or_default();
            let text = format!("{}: {}", (words.attendance.session)(half.session), now(half.code));
            view! {
                <label class="opt">
                    <input type="radio" name="session" id=id value=half.session.letters() checked=typed.session == Some(half.session) />
                    {text}
                </label>
                <input type="hidden" name=format!("seen-{}", half.session) value=letters />
            }
        })
        .collect_view();
    let codes = Code::ALL
        .iter()
        .filter(|code| code.expected_in_primary())
        .map(|code| {
            let label = format!("{}  {}", code.letters(), (words.codes.meaning)(*code));
            view! { <option value=code.letters() selected=typed.code == Some(*code)>{label}</option> }
        })
        .collect_view();
    let described = errors::described(&problems, "reason");
    view! {
        <section aria-labelledby="correct" class="stack noprint">
            <h2 id="correct" class="ruled">{w.correct}</h2>
            <p class="soft">{w.correct_lead}</p>
            <form method="post" action=paths::correct_mark(&page.pupil, page.date) novalidate class="stack">
                {csrf_field(&forms.csrf)}
                {errors::summary(w.errors.to_owned(), &problems)}
                {meanwhile}
                <fieldset class=errors::bad(&problems, "session")>
                    <legend>{w.which}</legend>
                    {errors::why(&problems, "session")}
                    <div class="opts plain-list">{halves}</div>
                </fieldset>
                <div class=errors::bad(&problems, "code")>
                    <label class="label" for="code">{w.code}</label>
                    {errors::why(&problems, "code")}
                    <select class="in" id="code" name="code" aria-describedby=errors::described(&problems, "code")>
                        <option value="">{w.choose}</option>
                        {codes}
                    </select>
                </div>
                <div class=errors::bad(&problems, "reason")>
                    <label class="label" for="reason">{w.reason}</label>
                    <span class="hint">{w.reason_hint}</span>
                    {errors::why(&problems, "reason")}
                    {text_area("reason", 2, REASON_MOST, &typed.reason, described)}
                </div>
                <p><button class="btn">{w.correct_send}</button></p>
            </form>
        </section>
    }
}
