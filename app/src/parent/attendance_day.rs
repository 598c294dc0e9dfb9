//! A day of a child's attendance: its marks, and "This looks wrong".

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        calendar::Session,
        code::Code,
        conversation::{MESSAGE_MOST, MessageProblem},
        id::PupilId,
    },
    ui::{cell, csrf_field, errors, piece::IntoPiece, talk, text_area::text_area},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct AttendanceDay {
    /// The child.
    pub pupil: PupilId,
    /// What everybody calls the child.
    pub called: String,
    /// "3 Oak".
    pub class: String,
    /// The day.
    pub date: NaiveDate,
    /// The halves with a mark, or about which something was written.
    pub halves: Vec<Half>,
    /// Whether this guardian may write.
    pub may_write: bool,
    /// The id made for the next message.
    pub message: String,
    /// Which half is chosen, what was typed, and why it was not taken.
    pub typed: Option<Typed>,
    /// The office's number.
    pub phone: String,
    /// The csrf token.
    pub csrf: String,
}

/// Half a day.
#[derive(Debug, Clone)]
pub struct Half {
    /// Which.
    pub session: Session,
    /// Its mark.
    pub code: Option<Code>,
    /// By how many minutes the child was late.
    pub minutes_late: Option<i64>,
    /// What it was before, and when that was changed, written; the first first.
    pub changes: Vec<(Code, String)>,
    /// What this guardian and the school have written about it.
    pub lines: Vec<talk::Line>,
}

/// What was typed.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The half.
    pub session: Option<Session>,
    /// The text.
    pub text: String,
    /// What has to be put right.
    pub problem: Option<MessageProblem>,
    /// Another was sent with the same form, at this written time.
    pub differs: Option<String>,
}

/// The page.
pub fn page(words: &'static Words, page: AttendanceDay) -> impl IntoView {
    let w = &words.attendance;
    let letters = |session: Session| {
        let half = page.halves.iter().find(|half| half.session == session);
        half.and_then(|half| half.code).map(|code| code.letters().to_owned())
    };
    let day = cell::cell(letters(Session::Am), letters(Session::Pm), "l", false, String::new());
    let none = page.halves.is_empty().then(|| view! { <p>{w.day_none}</p> });
    let halves = page.halves.iter().map(|half| half_of(words, half)).collect_view();
    let form = match (page.may_write, page.halves.iter().any(|half| half.code.is_some())) {
        (true, true) => Some(form(words, &page).piece()),
        (false, true) => Some(view! { <p class="note">{(w.view_only)(&page.phone)}</p> }.piece()),
        _ => None,
    };
    view! {
        <p class="noprint"><a class="tap" href=paths::attendance(&page.pupil)>{(w.back)(&page.called)}</a></p>
        <div class="stack read">
            <div class="ruled">
                <h1>{(words.common.day_date)(page.date)}</h1>
                <p class="soft">{page.called.clone()} " · " {page.class.clone()}</p>
            </div>
            <div class="daycell">{day}<p>{w.day_lead}</p></div>
            {none}
            <dl class="facts tall">{halves}</dl>
            {form}
        </div>
    }
}

/// What a code says, with its letters.
pub fn said(words: &'static Words, code: Code) -> String {
    format!("{} ({})", (words.codes.meaning)(code), code.letters())
}

fn half_of(words: &'static Words, half: &Half) -> impl IntoView + use<> {
    let w = &words.attendance;
    let mark = half.code.map_or_else(|| w.not_yet.to_owned(), |code| said(words, code));
    let minutes = half.minutes_late.map(|minutes| format!(". {}", (w.minutes_late)(minutes)));
    let changes = half
        .changes
        .iter()
        .map(|(was, at)| view! { <span class="line small soft">{(w.changed)(&said(words, *was), at)}</span> })
        .collect_view();
    let talk = (!half.lines.is_empty()).then(|| talk::talk(half.lines.clone(), words.messages.hidden));
    let id = format!("talk-{}", half.session);
    view! {
        <div id=id>
            <dt>{(w.session)(half.session)}</dt>
            <dd><b>{mark}</b>{minutes}{changes}</dd>
            {talk.map(|talk| view! { <dd>{talk}</dd> })}
        </div>
    }
}

fn form(words: &'static Words, page: &AttendanceDay) -> impl IntoView + use<> {
    let w = &words.attendance;
    let (mut problems, mut text, mut differs) = (Vec::new(), "", None);
    let mut chosen = None;
    if let Some(typed) = &page.typed {
        (text, chosen) = (&typed.text, typed.session);
        if typed.session.is_none() {
            problems.push(("session".to_owned(), w.which_problem.to_owned()));
        }
        problems.extend(typed.problem.map(|problem| ("text".to_owned(), (words.messages.problem)(problem))));
        differs = typed.differs.as_deref().map(words.messages.differs);
    }
    let marked: Vec<(Session, Code)> = page.halves.iter().filter_map(|half| Some((half.session, half.code?))).collect();
    // With one mark there is nothing to choose.
    let which = match marked.as_slice() {
        [(only, _)] => view! { <input type="hidden" name="session" value=only.letters() /> }.piece(),
        many => {
            let options = many
                .iter()
                .enumerate()
                .map(|(place, (session, code))| {
                    let id = (place == 0).then_some("session");
                    let text = format!("{}: {}", (w.session)(*session), said(words, *code));
                    view! {
                        <label class="opt">
                            <input type="radio" name="session" id=id value=session.letters() checked=chosen == Some(*session) />
                            {text}
                        </label>
                    }
                })
                .collect_view();
            view! {
                <fieldset class=errors::bad(&problems, "session")>
                    <legend>{w.which}</legend>
                    {errors::why(&problems, "session")}
                    <div class="opts plain-list">{options}</div>
                </fieldset>
            }
            .piece()
        }
    };
    let begun = page.halves.iter().any(|half| !half.lines.is_empty());
    let note =
        differs.map(|text| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> });
    let described = errors::described(&problems, "text");
    view! {
        <section aria-labelledby="wrong" class="stack noprint">
            <h2 id="wrong" class="ruled">{if begun { w.form_again } else { w.form }}</h2>
            <form method="post" action=paths::attendance_day_of(&page.pupil, page.date) novalidate class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="message" value=page.message.clone() />
                {errors::summary(words.messages.errors.to_owned(), &problems)}
                {note}
                {which}
                <div class=errors::bad(&problems, "text")>
                    <label class="label" for="text">{w.what}</label>
                    <span class="hint">{words.messages.who_reads}</span>
                    {errors::why(&problems, "text")}
                    {text_area("text", 4, MESSAGE_MOST, text, described)}
                </div>
                <p><button class="btn">{w.send}</button></p>
            </form>
        </section>
    }
}
