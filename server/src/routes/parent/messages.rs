//! Writing to the school: about a report from its receipt, and about whatever else a family has sent from its own page.

use app::{
    parent::messages::{Messages, Refused, Typed},
    paths,
    rules::{
        conversation::{Side, check},
        id::MessageId,
        reference::Reference,
    },
    ui::talk::Line,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{receipt, written};
use crate::{
    store::{Conversation, NewMessage, Receipt, Said, Voice},
    web::{Failure, Fields, Portal, Posted, session::Parent},
};

/// The conversation about a receipt, if this guardian may have it. Nothing is marked as read.
pub(super) async fn find(portal: &Portal, parent: &Parent, found: &Receipt) -> Result<Option<Conversation>, Failure> {
    Ok(portal.school.own_conversation(&parent.guardian, &found.reference).await?)
}

/// The conversation for the page.
pub(super) fn shown(portal: &Portal, conversation: &Conversation, typed: Option<Typed>) -> Messages {
    shown_with(portal, conversation, new_message(), typed)
}

fn shown_with(portal: &Portal, conversation: &Conversation, message: MessageId, typed: Option<Typed>) -> Messages {
    let (w, today) = (&portal.words().messages, portal.today());
    let line = |message: &crate::store::Message| {
        let read = message.read_at.filter(|_| message.from == Side::Guardian);
        Line {
            from: message.from,
            who: if message.from == Side::Staff { w.school } else { w.you }.to_owned(),
            at: written(portal, message.sent_at, today),
            text: Some(message.text.clone()),
            new: None,
            read: read.map(|at| (w.read_by_school)(&written(portal, at, today))),
        }
    };
    Messages {
        lines: conversation.messages.iter().map(line).collect(),
        standing: conversation.standing(),
        may_write: conversation.may_write,
        message: message.to_string(),
        typed,
    }
}

fn new_message() -> MessageId {
    MessageId::from_bytes(rand::random())
}

/// `POST /receipts/{reference}/messages`
pub(in crate::routes) async fn send(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "message")?;
    let mut next = Reference::parse(&reference);
    let (found, conversation) = loop {
        let reference = next.ok_or(Failure::NotFound)?;
        let found = portal.school.receipt(&parent.guardian, &reference).await?.ok_or(Failure::NotFound)?;
        // The conversation has gone along with what took its place.
        next = found.replaced_by.clone();
        if next.is_none() {
            let conversation = find(&portal, &parent, &found).await?.filter(|it| it.may_write);
            break (found, conversation.ok_or(Failure::NotFound)?);
        }
    };
    match say(&portal, &conversation, &fields).await? {
        Tried::Said => Ok(Redirect::to(&paths::conversation(&found.reference)).into_response()),
        Tried::Refused(status, messages) => {
            Ok((status, receipt::draw(&portal, &parent, found, None, Some(messages)).await?).into_response())
        }
    }
}

/// What came of a message.
pub(super) enum Tried {
    /// It is kept.
    Said,
    /// It is not: the conversation as it stands, with what was typed.
    Refused(StatusCode, Messages),
}

/// Keeps a guardian's message in a conversation that they may write in.
pub(super) async fn say(portal: &Portal, conversation: &Conversation, fields: &Fields) -> Result<Tried, Failure> {
    let (typed, message) = (fields.one("text"), MessageId::parse(&fields.one("message")));
    let refused = |status: StatusCode, message: MessageId, why: Refused, conversation: &Conversation| {
        let typed = Typed { text: typed.clone(), why };
        Ok(Tried::Refused(status, shown_with(portal, conversation, message, Some(typed))))
    };
    let text = match check(&typed) {
        Ok(text) => text,
        Err(problem) => {
            let (status, why) = (StatusCode::UNPROCESSABLE_ENTITY, Refused::Problem(problem));
            return refused(status, message.unwrap_or_else(new_message), why, conversation);
        }
    };
    let new = NewMessage {
        message: message.ok_or(Failure::BadRequest)?,
        about: conversation.about.clone(),
        from: Voice::Guardian,
        text,
        at: portal.now(),
    };
    match portal.school.say(new).await? {
        Said::Kept => {
            portal.changed();
            Ok(Tried::Said)
        }
        Said::Again => Ok(Tried::Said),
        Said::Differs(at) => {
            // What was sent meanwhile is shown, too.
            let now = portal.school.conversation(&conversation.about).await?.ok_or(Failure::NotFound)?;
            let why = Refused::Differs(written(portal, at, portal.today()));
            refused(StatusCode::CONFLICT, new_message(), why, &now)
        }
        Said::NotAllowed | Said::OutOfReach => Err(Failure::NotFound),
    }
}
