//! What waits for a parent on home: what the school has written at the top, what has time below the children.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths::{self, Hand},
    rules::{
        id::{PupilId, SubmissionId},
        reference::Reference,
    },
    words::Words,
};

/// What the school has written.
#[derive(Debug, Clone)]
pub struct HomeMessage {
    /// Where it stands.
    pub at: At,
    /// The children it is about.
    pub children: Vec<String>,
    /// Whether it asks; else it has only to be read.
    pub asks: bool,
}

/// Where something stands that the school has written.
#[derive(Debug, Clone)]
pub enum At {
    /// On a receipt.
    Receipt(Reference),
    /// On a day of a child's attendance.
    Day(PupilId, NaiveDate),
    /// A request for leave that waits for this guardian's signature, or which they signed and the school has decided.
    Sign(Reference),
    /// What the school has written about a request for leave.
    LeaveTalk(Reference),
    /// A request for leave that the school has decided.
    Leave(Reference),
    /// A form that is begun and not sent.
    Draft(Hand, SubmissionId),
    /// What the school has written about the guardian's details.
    Details,
    /// What the school has written about leaving.
    LeavingTalk(Reference),
    /// The attendance policy that waits for an answer.
    Policy,
    /// What the school has written about an answer to it.
    DeclarationTalk(Reference),
}

impl HomeMessage {
    /// Whether it has time: somebody with a sick child reads it after the children, and not before.
    #[must_use]
    pub fn has_time(&self) -> bool {
        matches!(self.at, At::Draft(..) | At::Policy)
    }
}

/// A line that stays until the question is answered.
pub(super) fn waiting(words: &'static Words, message: &HomeMessage) -> impl IntoView + use<> {
    let w = &words.messages;
    let children: Vec<&str> = message.children.iter().map(String::as_str).collect();
    let children = (words.common.list)(&children);
    let (href, asks, told) = match &message.at {
        At::Receipt(reference) => (paths::conversation(reference), w.home_asks, w.home_told),
        At::Day(pupil, day) => {
            let w = &words.attendance;
            (paths::attendance_day_of(pupil, *day), w.home_asks, w.home_told)
        }
        At::Sign(reference) => (paths::leave_sign(reference), words.leave.home_sign, words.leave.home_decided),
        At::LeaveTalk(reference) => {
            (paths::leave_conversation(reference), words.leave.home_asks, words.leave.home_told)
        }
        At::Leave(reference) => (paths::leave_request(reference), words.leave.home_decided, words.leave.home_decided),
        At::Details => {
            let w = &words.details;
            let said = if message.asks { w.home_asks } else { w.home_told };
            let href = format!("{}#messages", paths::DETAILS);
            return line(message, href, said.to_owned());
        }
        At::Draft(hand, draft) => {
            let said = match hand {
                Hand::Leave | Hand::LeavePaper => words.leave.home_draft,
                Hand::Leaving => words.leaving.home_draft,
            };
            (hand.form(draft), said, said)
        }
        At::LeavingTalk(reference) => {
            (paths::leaving_conversation(reference), words.leaving.home_asks, words.leaving.home_told)
        }
        At::Policy => (paths::POLICY.to_owned(), words.declaration.home_sign, words.declaration.home_sign),
        At::DeclarationTalk(reference) => {
            let w = &words.declaration;
            (paths::declaration_conversation(reference), w.home_asks, w.home_told)
        }
    };
    let said = if message.asks { asks(&children) } else { told(&children) };
    line(message, href, said)
}

fn line(message: &HomeMessage, href: String, said: String) -> impl IntoView + use<> {
    // On paper nothing can be pressed.
    let class = if message.has_time() { "noprint" } else { "warn" };
    view! { <p class=class><a class="tap" href=href>{said}</a></p> }
}
