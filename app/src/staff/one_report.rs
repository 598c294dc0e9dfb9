//! One report for the office, and what was written about it.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    parent::{home::recorded, receipt::sent::said_details},
    paths,
    rules::{
        absence::{Details, Kind, Part},
        code::Code,
        conversation::{MESSAGE_MOST, MessageProblem, OWN, QuestionForm, Reach, Ready},
        reference::Reference,
    },
    ui::{csrf_field, errors, piece::IntoPiece, talk, text_area::text_area},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct OneReport {
    /// The reference.
    pub reference: Reference,
    /// Who sent it.
    pub from: String,
    /// Their telephone number.
    pub mobile: Option<String>,
    /// How it came: a channel's word.
    pub channel: String,
    /// The written time when it was received.
    pub received: String,
    /// Away, late or leaving.
    pub kind: Kind,
    /// The reason's label.
    pub reason: String,
    /// What the illness is called, if one was named.
    pub illness: Option<String>,
    /// Follow-up answers.
    pub details: Details,
    /// The note.
    pub note: Option<String>,
    /// What took its place.
    pub replaced_by: Option<Reference>,
    /// Each child in it.
    pub children: Vec<OneChild>,
    /// Whether words are hidden.
    pub hide_words: bool,
    /// The conversation, in order; texts are left out where words are hidden.
    pub lines: Vec<talk::Line>,
    /// The form; `None` for staff who may not code.
    pub ask: Option<Ask>,
}

/// One child.
#[derive(Debug, Clone)]
pub struct OneChild {
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// The days, earliest first.
    pub days: Vec<OneDay>,
}

/// One child's day; times are written, names are of staff.
#[derive(Debug, Clone)]
pub struct OneDay {
    /// The day.
    pub date: NaiveDate,
    /// The part of it.
    pub part: Part,
    /// Whether it came after the close.
    pub after_close: bool,
    /// When the family took it back.
    pub withdrawn: Option<String>,
    /// When staff first saw it, and who.
    pub seen: Option<(String, String)>,
    /// The school's codes.
    pub codes: (Option<Code>, Option<Code>),
    /// When it was coded, and by whom.
    pub coded: Option<(String, String)>,
}

/// The office's form.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Whether the family can be reached here.
    pub reach: Reach,
    /// The id made for the next message.
    pub message: String,
    /// What was typed.
    pub form: QuestionForm,
    /// What has to be put right.
    pub problem: Option<MessageProblem>,
    /// Why nothing was sent, if it was not for the form.
    pub refused: Option<String>,
    /// The csrf token.
    pub csrf: String,
}

/// The page.
pub fn page(words: &'static Words, page: OneReport) -> impl IntoView {
    let w = &words.messages;
    let names: Vec<&str> = page.children.iter().map(|child| child.full_name.as_str()).collect();
    let names = (words.common.list)(&names);
    let problems: Vec<errors::Said> = page
        .ask
        .as_ref()
        .and_then(|ask| ask.problem)
        .map(|problem| (anchor(problem).to_owned(), (w.question_problem)(problem)))
        .into_iter()
        .collect();
    let refused = page
        .ask
        .as_ref()
        .and_then(|ask| ask.refused.clone())
        .map(|text| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> });
    let replaced = page.replaced_by.as_ref().map(|new| {
        view! { <p class="warn">{w.replaced} " " <a class="tap" href=paths::staff_report(new)>{w.see_new}</a></p> }
    });
    let talk = if page.lines.is_empty() {
        view! { <p class="soft">{w.none}</p> }.piece()
    } else {
        talk::talk(page.lines.clone(), w.hidden).piece()
    };
    let ask = page.ask.as_ref().filter(|_| page.replaced_by.is_none()).map(|ask| match ask.reach {
        Reach::Open => form(words, &page, ask, &problems).piece(),
        Reach::NoAddress => unreachable(w.no_address, page.mobile.as_deref()).piece(),
        Reach::NoAccess => view! { <p class="warn">{w.no_access}</p> }.piece(),
    });
    view! {
        <div class="stack">
            {errors::summary(words.staff.errors.to_owned(), &problems)}
            {refused}
            <div class="two">
                <div class="stack">
                    <p class="dateline"><span>{w.one_kind} " " <span class="ref nb">{page.reference.to_string()}</span></span></p>
                    <h1>{names}</h1>
                    {replaced}
                    <section aria-labelledby="messages" class="stack">
                        <h2 id="messages" class="ruled">{w.one_heading}</h2>
                        {talk}
                        {ask}
                    </section>
                </div>
                <div class="stack">{facts(words, &page)}</div>
            </div>
        </div>
    }
}

fn anchor(problem: MessageProblem) -> &'static str {
    if problem == MessageProblem::NothingChosen { "question" } else { "text" }
}

fn unreachable(said: &'static str, mobile: Option<&str>) -> impl IntoView + use<> {
    let call = mobile.map(|number| {
        let dial: String = number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! { " " <a class="nb tap" href=format!("tel:{dial}")>{number.to_owned()}</a> }
    });
    view! { <p class="warn">{said}{call}</p> }
}

fn facts(words: &'static Words, page: &OneReport) -> impl IntoView + use<> {
    let (w, r) = (&words.messages, &words.receipt);
    let private = |text: String| {
        if page.hide_words {
            view! { <span class="soft">{w.hidden}</span> }.piece()
        } else {
            view! { <span class="words">{text}</span> }.piece()
        }
    };
    let reason = page.illness.as_ref().map_or(page.reason.clone(), |illness| format!("{}: {illness}", page.reason));
    let more =
        said_details(words, &page.details).map(|text| view! { <div><dt>{r.more}</dt><dd>{private(text)}</dd></div> });
    let note = page.note.clone().map(|text| view! { <div><dt>{r.note}</dt><dd>{private(text)}</dd></div> });
    let children = page
        .children
        .iter()
        .map(|child| {
            let days = child.days.iter().map(|day| one_day(words, page, day)).collect_view();
            view! { <div><dt>{child.full_name.clone()} ", " {child.class.clone()}</dt><dd>{days}</dd></div> }
        })
        .collect_view();
    let from = match page.channel.as_str() {
        "web" => page.from.clone(),
        other => format!("{}, {}", page.from, (words.board.channel)(other)),
    };
    let evidence = view! {
        <p class="noprint"><a class="tap" href=paths::staff_evidence(&page.reference)>{w.to_evidence}</a></p>
    };
    let first = page.children.iter().flat_map(|child| &child.days).map(|day| day.date).min();
    let board = first.map(|day| {
        let label = (w.to_board)(&(words.common.day_date)(day));
        view! { <p class="noprint"><a class="tap" href=paths::board_on(day)>{label}</a></p> }
    });
    view! {
        <section aria-labelledby="sent">
            <h2 id="sent" class="ruled">{w.sent}</h2>
            <dl class="facts tall">
                {children}
                <div><dt>{r.reason}</dt><dd>{private(reason)}</dd></div>
                {more}
                {note}
                <div><dt>{w.from}</dt><dd>{from}</dd></div>
                <div><dt>{w.received}</dt><dd>{page.received.clone()}</dd></div>
            </dl>
        </section>
        {evidence}
            {board}
    }
}

/// "Mon 23, all day", and what became of it.
fn one_day(words: &'static Words, page: &OneReport, day: &OneDay) -> impl IntoView + use<> {
    let w = &words.messages;
    let part = match page.kind {
        Kind::Away => (words.report.said_part)(day.part),
        kind => (words.report.said_kind)(kind),
    };
    let mut became = Vec::new();
    became.extend(day.after_close.then(|| w.after_close.to_owned()));
    became.extend(day.seen.as_ref().map(|(at, who)| (w.seen)(at, who)));
    became.extend(day.withdrawn.as_ref().map(|at| (w.withdrawn)(at)));
    if let (Some(what), Some((at, who))) = (recorded(words, day.codes), &day.coded) {
        let what = if page.hide_words { w.hidden.to_owned() } else { what };
        became.push((w.coded)(&what, at, who));
    }
    let became = became.into_iter().map(|text| view! { <span class="line small soft">{text}</span> }).collect_view();
    view! { <span class="line">{(words.common.short_day)(day.date)}{part}</span> {became} }
}

fn form(words: &'static Words, page: &OneReport, ask: &Ask, problems: &[errors::Said]) -> impl IntoView + use<> {
    let w = &words.messages;
    let described = errors::described(problems, "question");
    let choice = |word: &'static str, label: &'static str, first: bool| {
        let id = if first { "question".to_owned() } else { format!("question-{word}") };
        let (chosen, described) = (ask.form.question == word, described.clone());
        view! {
            <label class="opt">
                <input type="radio" name="question" value=word id=id checked=chosen aria-describedby=described />
                {label}
            </label>
        }
    };
    let ready = Ready::ALL
        .into_iter()
        .enumerate()
        .map(|(place, ready)| choice(ready.word(), (w.ready)(ready), place == 0))
        .collect_view();
    let why = errors::described(problems, "text");
    view! {
        <form method="post" action=paths::staff_messages(&page.reference) novalidate class="stack noprint">
            {csrf_field(&ask.csrf)}
            <input type="hidden" name="message" value=ask.message.clone() />
            <fieldset class=errors::bad(problems, "question")>
                <legend>{w.ask}</legend>
                <span class="hint">{(w.only)(&page.from)}</span>
                {errors::why(problems, "question")}
                <div class="opts plain-list">
                    {ready}
                    {choice(OWN, w.own, false)}
                    <div class="more">
                        <div class=errors::bad(problems, "text")>
                            <label class="label" for="text">{w.own_label}</label>
                            {errors::why(problems, "text")}
                            {text_area("text", 4, MESSAGE_MOST, &ask.form.text, why)}
                        </div>
                        <label class="tick">
                            <input type="checkbox" name="no-answer" value="yes" checked=ask.form.no_answer />
                            {w.no_answer}
                        </label>
                    </div>
                </div>
            </fieldset>
            <p><button class="btn">{w.send}</button></p>
        </form>
    }
}
