//! What a parent and the school write to each other about a report: on its receipt.

use leptos::prelude::*;

use crate::{
    rules::conversation::{MESSAGE_MOST, MessageProblem, Standing},
    ui::{
        csrf_field, errors,
        piece::{IntoPiece, Piece},
        talk,
        text_area::text_area,
    },
    words::Words,
};

/// The conversation on a receipt.
#[derive(Debug, Clone)]
pub struct Messages {
    /// What was said, in order.
    pub lines: Vec<talk::Line>,
    /// How it stands; `None` before the first message.
    pub standing: Option<Standing>,
    /// Whether this parent may write.
    pub may_write: bool,
    /// The id made for the next message.
    pub message: String,
    /// What was typed and could not be taken.
    pub typed: Option<Typed>,
}

/// What was typed and could not be taken.
#[derive(Debug, Clone)]
pub struct Typed {
    /// The text.
    pub text: String,
    /// Why.
    pub why: Refused,
}

/// Why a message was not taken.
#[derive(Debug, Clone)]
pub enum Refused {
    /// It has to be put right.
    Problem(MessageProblem),
    /// Another was sent with the same form, at this written time.
    Differs(String),
}

impl Messages {
    /// Whether the parent has a question to answer.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.standing == Some(Standing::Asked)
    }
}

/// The section; nothing where nothing was said and nothing has to be. It is posted to `action`; `fixed` tells that
/// what was sent can no longer be changed by the parent alone.
pub(super) fn section(
    words: &'static Words,
    messages: &Messages,
    action: &str,
    csrf: &str,
    fixed: bool,
) -> Option<Piece> {
    let w = &words.messages;
    let (begun, asked) = (!messages.lines.is_empty(), messages.is_asked());
    let offered = fixed && messages.may_write;
    if !(begun || offered || messages.typed.is_some()) {
        return None;
    }
    let tag = (asked && messages.may_write).then(|| view! { <span class="tag ask">{w.asked}</span> });
    let talk = begun.then(|| talk::talk(messages.lines.clone(), w.hidden));
    let (summary, label, send) = match (asked, begun) {
        (true, _) => ("", w.answer, w.send_answer),
        (false, true) => (w.write, w.message, w.send_message),
        (false, false) => (w.change, w.change_label, w.send_change),
    };
    let form = messages.may_write.then(|| {
        let form = form(words, messages, action, csrf, label, send);
        if asked {
            return form.piece();
        }
        view! {
            <details class="fold noprint" open=messages.typed.is_some()>
                <summary><span><b>{summary}</b></span> <u>{w.open}</u></summary>
                <div>{form}</div>
            </details>
        }
        .piece()
    });
    let section = view! {
        <section aria-labelledby="messages" class="stack">
            <div class="ruled"><h2 id="messages">{w.heading}</h2>{tag}</div>
            {talk}
            {form}
        </section>
    };
    Some(section.piece())
}

fn form(
    words: &'static Words,
    messages: &Messages,
    action: &str,
    csrf: &str,
    label: &'static str,
    send: &'static str,
) -> impl IntoView + use<> {
    let w = &words.messages;
    let (mut problems, mut note, mut text) = (Vec::new(), None, "");
    if let Some(typed) = &messages.typed {
        text = &typed.text;
        match &typed.why {
            Refused::Problem(problem) => problems.push(("text".to_owned(), (w.problem)(*problem))),
            Refused::Differs(at) => note = Some((w.differs)(at)),
        }
    }
    let described = errors::described(&problems, "text");
    let note = note.map(|text| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> });
    view! {
        <form method="post" action=action.to_owned() novalidate class="stack noprint">
            {csrf_field(csrf)}
            <input type="hidden" name="message" value=messages.message.clone() />
            {errors::summary(w.errors.to_owned(), &problems)}
            {note}
            <div class=errors::bad(&problems, "text")>
                <label class="label" for="text">{label}</label>
                <span class="hint">{w.who_reads}</span>
                {errors::why(&problems, "text")}
                {text_area("text", 4, MESSAGE_MOST, text, described)}
            </div>
            <p><button class="btn">{send}</button></p>
        </form>
    }
}
