//! What staff and one guardian write to each other: how staff's pages show it, and writing from them.

use app::{
    rules::{
        conversation::{Reach, Side, check},
        id::{MessageId, StaffId},
    },
    ui::{errors::Said as Problem, talk::Line},
};
use axum::http::StatusCode;

use crate::{
    routes::parent::written,
    store::{About, Message, NewMessage, Said, Voice},
    web::{Failure, Fields, Portal, session::Staff},
};

/// A message of a conversation with a guardian of this name, as staff read it. `in_reach` says whether the guardian can
/// read it: of somebody who cannot, nothing is said.
pub(super) fn line(portal: &Portal, family: &str, message: &Message, in_reach: bool, hide: bool) -> Line {
    let (words, today) = (portal.words(), portal.today());
    let w = &words.messages;
    let by_staff = message.from == Side::Staff;
    let read = match message.read_at {
        Some(at) => Some((w.read_by_family)(&written(portal, at, today))),
        None => in_reach.then(|| w.unread.to_owned()),
    };
    Line {
        from: message.from,
        who: message.staff.clone().unwrap_or_else(|| if by_staff { w.school } else { family }.to_owned()),
        at: written(portal, message.sent_at, today),
        text: (!hide).then(|| message.text.clone()),
        new: (!by_staff && message.read_at.is_none()).then_some(words.board.new_tag),
        read: read.filter(|_| by_staff),
    }
}

/// A conversation for a page: what was written, and whether its guardian can be written to. Who may answer has read it now;
/// but words that are hidden on the screen have not been read.
pub(super) async fn shown(
    portal: &Portal,
    staff: &Staff,
    (about, family): (&About, &str),
    may_answer: bool,
) -> Result<(Vec<Line>, Reach), Failure> {
    let messages = portal.school.messages(about).await?;
    let reach = portal.school.reach(about).await?;
    let hide = staff.session.hide_words;
    let unread = messages.iter().any(|message| message.from == Side::Guardian && message.read_at.is_none());
    if unread && may_answer && !hide {
        portal.school.messages_read(about, Side::Staff, portal.now()).await?;
        portal.changed();
    }
    let line = |message| line(portal, family, message, reach == Reach::Open, hide);
    Ok((messages.iter().map(line).collect(), reach))
}

/// Sends a message to a conversation's guardian, who hears by mail that one is waiting and where: `link` leads there.
pub(super) async fn send(
    portal: &Portal,
    by: &StaffId,
    (about, link): (About, &str),
    (message, text, asks): (MessageId, String, bool),
) -> Result<Said, Failure> {
    let mail = (portal.words().mail.waiting)(&portal.policy.school_name, &portal.address(link));
    let from = Voice::Staff { staff: by.clone(), asks, mail };
    let said = portal.school.say(NewMessage { message, about, from, text, at: portal.now() }).await?;
    if said == Said::Kept {
        portal.changed();
        portal.mail_waits.notify_one();
    }
    Ok(said)
}

/// What was typed and not sent, for the page that is drawn again.
pub(super) struct Unsent {
    /// The page's status.
    pub status: StatusCode,
    /// The id of its form: another, where this one cannot be sent any more.
    pub message: MessageId,
    /// What was typed.
    pub text: String,
    /// What has to be put right.
    pub problems: Vec<Problem>,
    /// Why it was not sent.
    pub refused: Option<&'static str>,
}

/// The same with what was typed in a field of a form.
pub(super) async fn ask(
    portal: &Portal,
    by: &StaffId,
    to: (About, &str),
    (fields, field): (&Fields, &str),
) -> Result<Result<(), Unsent>, Failure> {
    let message = MessageId::parse(&fields.one("message")).ok_or(Failure::BadRequest)?;
    let (typed, w) = (fields.one(field), &portal.words().messages);
    let text = match check(&typed) {
        Ok(text) => text,
        Err(problem) => {
            let (status, problems) = (StatusCode::UNPROCESSABLE_ENTITY, vec![(field.to_owned(), (w.problem)(problem))]);
            return Ok(Err(Unsent { status, message, text: typed, problems, refused: None }));
        }
    };
    match send(portal, by, to, (message, text, fields.says_yes("asks"))).await? {
        Said::Kept | Said::Again => Ok(Ok(())),
        Said::Differs(_) | Said::NotAllowed | Said::OutOfReach => {
            let (status, message) = (StatusCode::CONFLICT, MessageId::from_bytes(rand::random()));
            Ok(Err(Unsent { status, message, text: typed, problems: Vec::new(), refused: Some(w.not_sent) }))
        }
    }
}
