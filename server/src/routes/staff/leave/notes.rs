//! Noting something beside a request, and asking the family about it.

use app::{
    paths,
    rules::{
        access::{Act, may as may_do},
        id::NoteId,
        leave::{NoteKind, NoteProblem, check_note},
    },
    staff::leave::notes::Typed,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::request::{Desk, about, draw, find};
use crate::{
    routes::staff::talk::{self, Unsent},
    store::{LeaveNoted, LeaveRecord, NewLeaveNote},
    web::{
        Failure, Portal, Posted,
        session::{May, PrepareLeave, Staff},
    },
};

fn back(found: &LeaveRecord, part: &str) -> Response {
    Redirect::to(&format!("{}#{part}", paths::staff_leave(&found.reference))).into_response()
}

async fn refuse(
    portal: &Portal,
    staff: &Staff,
    found: LeaveRecord,
    (status, desk): (StatusCode, Desk),
) -> Result<Response, Failure> {
    Ok((status, draw(portal, staff, found, desk).await?).into_response())
}

/// `POST /staff/leave/{reference}/notes`
pub(in crate::routes) async fn note(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff;
    portal.limits.act(staff.session.staff_id.as_str(), "leave_note")?;
    let kind = NoteKind::parse(&fields.one("kind")).ok_or(Failure::BadRequest)?;
    if kind == NoteKind::Recommendation && !may_do(&staff.session.roles, Act::RecommendLeave) {
        return Err(Failure::NotAllowed);
    }
    let found = find(&portal, &reference).await?;
    let note = NoteId::parse(&fields.one("note")).ok_or(Failure::BadRequest)?;
    let typed = Typed {
        note: note.to_string(),
        kind: kind.word().to_owned(),
        recommends: fields.one("recommends"),
        words: fields.one("words-of-note"),
        ..Typed::default()
    };
    let w = &portal.words().leave_staff;
    let says = match check_note(kind, &typed.recommends, &typed.words) {
        Ok(says) => says,
        Err(problem) => {
            let field = if problem == NoteProblem::NothingChosen { "recommends" } else { "words-of-note" };
            let problems = vec![(field.to_owned(), (w.note_problem)(problem))];
            let desk = Desk { typed, problems, ..Desk::default() };
            return refuse(&portal, staff, found, (StatusCode::UNPROCESSABLE_ENTITY, desk)).await;
        }
    };
    let new = NewLeaveNote {
        note,
        guardian: found.guardian.clone(),
        submission: found.submission.clone(),
        says,
        by: staff.session.staff_id.clone(),
        today: portal.today(),
        at: portal.now(),
    };
    match portal.school.note_leave(new).await? {
        LeaveNoted::Kept => {
            portal.changed();
            Ok(back(&found, "notes"))
        }
        LeaveNoted::Again => Ok(back(&found, "notes")),
        LeaveNoted::NotAllowed => Err(Failure::NotAllowed),
        LeaveNoted::Differs | LeaveNoted::NotNow => {
            let typed = Typed { note: String::new(), ..typed };
            let desk = Desk { typed, refused: Some(w.note_refused), ..Desk::default() };
            let found = find(&portal, &reference).await?;
            refuse(&portal, staff, found, (StatusCode::CONFLICT, desk)).await
        }
    }
}

/// `POST /staff/leave/{reference}/messages`
pub(in crate::routes) async fn ask(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff;
    portal.limits.act(staff.session.staff_id.as_str(), "message")?;
    let mut found = find(&portal, &reference).await?;
    // The conversation has gone along with what took its place.
    while let Some(new) = &found.replaced_by {
        found = portal.school.leave(new).await?.ok_or(Failure::NotFound)?;
    }
    let link = paths::leave_request(&found.reference);
    match talk::ask(&portal, &staff.session.staff_id, (about(&found), &link), (&fields, "text")).await? {
        Ok(()) => Ok(back(&found, "messages")),
        Err(Unsent { status, message, text, problems, refused }) => {
            let typed = Typed { message: message.to_string(), text, ..Typed::default() };
            let desk = Desk { typed, problems, refused, ..Desk::default() };
            refuse(&portal, staff, found, (status, desk)).await
        }
    }
}
