//! Who thinks of home education asks for a meeting: a conversation begins, no notice is sent.

use app::{
    parent::leaving::meeting::{self, MeetingPage},
    paths::Hand,
    rules::{
        conversation::{Topic, check},
        form::CHILDREN,
        id::MessageId,
    },
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{super::form::sent_already, to_notice};
use crate::{
    routes::{
        form::Filler,
        leaving_form::{Filling, received},
    },
    store::{About, FormSent, NewMessage, NoticeOrMeeting, Voice, seen_all},
    web::{Failure, Portal, Posted, render, session::Parent},
};

/// What is told when the page is drawn again.
#[derive(Default)]
struct Again {
    text: String,
    message: Option<MessageId>,
    problems: Vec<Said>,
    notice: Option<String>,
}

/// `GET /leaving/forms/{draft}/meeting`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    let filling = match Filler::Parent(&parent).filling::<Filling>(&portal, &draft).await {
        Err(Failure::NotFound) => return sent_already::<Filling>(&portal, &parent, &draft).await,
        found => found?,
    };
    if filling.children(&portal).is_empty() {
        // About nobody there is nothing to talk of.
        return Ok(to_children(&filling));
    }
    Ok(draw(&portal, &parent, &filling, Again::default()))
}

fn to_children(filling: &Filling) -> Response {
    let step = filling.begun.form.steps.iter().find(|step| step.built_in && step.key == "children");
    let key = step.map_or("children", |step| step.key.as_str());
    Redirect::to(&Hand::Leaving.step(&filling.begun.draft.draft, key)).into_response()
}

fn draw(portal: &Portal, parent: &Parent, filling: &Filling, again: Again) -> Response {
    let words = portal.words();
    let draft = &filling.begun.draft;
    let page = MeetingPage {
        draft: draft.draft.clone(),
        children: filling.begun.chosen(),
        seen: seen_all(&draft.answers),
        message: again.message.unwrap_or_else(|| MessageId::from_bytes(rand::random())).to_string(),
        text: again.text,
        problems: again.problems,
        notice: again.notice,
        phone: portal.office_phone(),
        csrf: parent.device.csrf.clone(),
    };
    render::parent(portal, parent, words.leaving.title, || meeting::page(words, page))
}

/// `POST /leaving/forms/{draft}/meeting`
pub(in crate::routes) async fn ask(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "ask_to_meet")?;
    let filling = match Filler::Parent(&parent).filling::<Filling>(&portal, &draft).await {
        // Two taps.
        Err(Failure::NotFound) => return sent_already::<Filling>(&portal, &parent, &draft).await,
        found => found?,
    };
    if filling.begun.draft.answers.list(CHILDREN).next().is_none() || filling.children(&portal).is_empty() {
        return Ok(to_children(&filling));
    }
    let words = portal.words();
    let (text, message) = (fields.one("text"), MessageId::parse(&fields.one("message")));
    let tidied = match check(&text) {
        Ok(tidied) => tidied,
        Err(problem) => {
            let problems = vec![("text".to_owned(), (words.messages.problem)(problem))];
            let again = Again { text, message, problems, notice: None };
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&portal, &parent, &filling, again)).into_response());
        }
    };
    let message = NewMessage {
        message: message.ok_or(Failure::BadRequest)?,
        about: About {
            topic: Topic::Leaving,
            id: filling.begun.draft.draft.to_string(),
            guardian: parent.guardian.clone(),
        },
        from: Voice::Guardian,
        text: tidied,
        at: portal.now(),
    };
    let new = filling.sends(&portal, &parent, fields.one("seen"), NoticeOrMeeting::Meeting(message));
    let mail = received(&portal, &parent).await?;
    let notice = match portal.school.send_notice(new, mail).await? {
        FormSent::Received(reference) => {
            portal.changed();
            portal.mail_waits.notify_one();
            return Ok(to_notice(&reference));
        }
        FormSent::Again(reference) => return Ok(to_notice(&reference)),
        FormSent::Gone => return sent_already::<Filling>(&portal, &parent, &draft).await,
        FormSent::Changed => words.leave.changed_since.to_owned(),
        FormSent::NotAllowed => (words.leave.not_allowed)(&portal.office_phone()),
        FormSent::CannotChange => words.leaving.cannot_change.to_owned(),
        FormSent::TooManyFiles => words.leave.too_many_files.to_owned(),
    };
    let filling = Filler::Parent(&parent).filling::<Filling>(&portal, &draft).await?;
    let again = Again { text, notice: Some(notice), ..Again::default() };
    Ok((StatusCode::CONFLICT, draw(&portal, &parent, &filling, again)).into_response())
}
