//! A day of a child's attendance, and "This looks wrong".

use app::{
    parent::attendance_day::{self as pages, AttendanceDay, Half, Typed},
    paths,
    rules::{
        calendar::Session,
        conversation::{MarkOf, Side, check},
        id::MessageId,
        iso,
    },
    ui::talk::Line,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{attendance::find, written};
use crate::{
    store::{Child, Conversation, Message, NewMessage, Said, Voice},
    web::{Failure, Portal, Posted, render, session::Parent},
};

/// Which day; today where none is named.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct OfDay {
    day: Option<String>,
}

impl OfDay {
    fn day(&self, portal: &Portal) -> Result<NaiveDate, Failure> {
        match self.day.as_deref() {
            None | Some("") => Ok(portal.today()),
            Some(text) => iso::date(text).ok_or(Failure::NotFound),
        }
    }
}

/// `GET /children/{pupil}/attendance/day`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(pupil): Path<String>,
    Query(of): Query<OfDay>,
) -> Result<Response, Failure> {
    let (child, _) = find(&portal, &parent, &pupil).await?;
    let day = of.day(&portal)?;
    draw(&portal, &parent, child, day, None).await
}

/// `POST /children/{pupil}/attendance/day`
pub(in crate::routes) async fn send(
    State(portal): State<Portal>,
    parent: Parent,
    Path(pupil): Path<String>,
    Query(of): Query<OfDay>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "message")?;
    let (child, _) = find(&portal, &parent, &pupil).await?;
    let date = of.day(&portal)?;
    if !child.link.may_report() {
        return Err(Failure::NotFound);
    }
    let (text, message) = (fields.one("text"), MessageId::parse(&fields.one("message")));
    let session = Session::parse(&fields.one("session"));
    let typed = |problem, differs| Typed { session, text: text.clone(), problem, differs };
    let (session, checked) = match (session, check(&text)) {
        (Some(session), Ok(checked)) => (session, checked),
        (_, checked) => {
            let typed = (typed(checked.err(), None), message);
            let page = draw(&portal, &parent, child, date, Some(typed)).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    // Only a mark can look wrong.
    let marks = portal.school.marks_of(&child.pupil_id, date..=date).await?;
    if !marks.iter().any(|mark| mark.session == session) {
        return Err(Failure::NotFound);
    }
    let mark = MarkOf { pupil: child.pupil_id.clone(), date, session };
    let talk = portal.school.own_mark_talk(&parent.guardian, &mark).await?.filter(|talk| talk.may_write);
    let new = NewMessage {
        message: message.ok_or(Failure::BadRequest)?,
        about: talk.ok_or(Failure::NotFound)?.about,
        from: Voice::Guardian,
        text: checked,
        at: portal.now(),
    };
    match portal.school.say(new).await? {
        Said::Kept => {
            portal.changed();
            Ok(Redirect::to(&paths::attendance_day_of(&child.pupil_id, date)).into_response())
        }
        Said::Again => Ok(Redirect::to(&paths::attendance_day_of(&child.pupil_id, date)).into_response()),
        Said::Differs(at) => {
            let typed = (typed(None, Some(written(&portal, at, portal.today()))), None);
            let page = draw(&portal, &parent, child, date, Some(typed)).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Said::NotAllowed | Said::OutOfReach => Err(Failure::NotFound),
    }
}

async fn draw(
    portal: &Portal,
    parent: &Parent,
    child: Child,
    date: NaiveDate,
    typed: Option<(Typed, Option<MessageId>)>,
) -> Result<Response, Failure> {
    parent.note(portal, "attendance", child.pupil_id.as_str()).await?;
    let marks = portal.school.marks_of(&child.pupil_id, date..=date).await?;
    let changes = portal.school.mark_changes(&child.pupil_id, date).await?;
    let mut halves = Vec::new();
    for session in Session::BOTH {
        let mark = MarkOf { pupil: child.pupil_id.clone(), date, session };
        let talk = portal.school.own_mark_talk(&parent.guardian, &mark).await?.ok_or(Failure::NotFound)?;
        let found = marks.iter().find(|mark| mark.session == session);
        if found.is_none() && talk.messages.is_empty() {
            continue;
        }
        let of_half = changes.iter().filter(|change| change.session == session);
        halves.push(Half {
            session,
            code: found.map(|mark| mark.code),
            minutes_late: found.and_then(|mark| mark.minutes_late),
            changes: of_half.map(|change| (change.old, written(portal, change.at, portal.today()))).collect(),
            lines: talk.messages.iter().map(|message| line(portal, message)).collect(),
        });
        read(portal, &talk).await?;
    }
    let (typed, message) = typed.map_or((None, None), |(typed, message)| (Some(typed), message));
    let page = AttendanceDay {
        pupil: child.pupil_id,
        called: child.called,
        class: child.class,
        date,
        halves,
        may_write: child.link.may_report(),
        message: message.unwrap_or_else(|| MessageId::from_bytes(rand::random())).to_string(),
        typed,
        phone: portal.office_phone(),
        csrf: parent.device.csrf.clone(),
    };
    let words = portal.words();
    Ok(render::parent_year(portal, parent, words.attendance.day_title, || pages::page(words, page)))
}

/// What the school wrote is before this guardian now.
async fn read(portal: &Portal, talk: &Conversation) -> Result<(), Failure> {
    if talk.unread_by(Side::Guardian) {
        portal.school.messages_read(&talk.about, Side::Guardian, portal.now()).await?;
        portal.changed();
    }
    Ok(())
}

fn line(portal: &Portal, message: &Message) -> Line {
    let (w, today) = (&portal.words().messages, portal.today());
    let own = message.from == Side::Guardian;
    let read = message.read_at.filter(|_| own);
    Line {
        from: message.from,
        who: if own { w.you } else { w.school }.to_owned(),
        at: written(portal, message.sent_at, today),
        text: Some(message.text.clone()),
        new: None,
        read: read.map(|at| (w.read_by_school)(&written(portal, at, today))),
    }
}
