//! Asking for leave: the list, the form's steps, the signature, the request, another parent's signature.

pub(in crate::routes) mod check;
pub(in crate::routes) mod files;
pub(in crate::routes) mod request;
pub(in crate::routes) mod sign;
pub(in crate::routes) mod step;

use app::{
    parent::leave::list::{self, AskedShown, DraftShown, LeaveList, SentShown},
    paths,
    rules::{
        id::SubmissionId,
        leave::{State as LeaveState, may_apply},
        london,
        reference::Reference,
    },
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{report_absence::new_submission, written};
use crate::{
    forms,
    routes::leave_form::{Filler, tasks},
    store::NewDraft,
    web::{Failure, Fields, Portal, Posted, render, session::Parent},
};

/// Whether this guardian may ask for any child.
pub(super) async fn may_ask(portal: &Portal, parent: &Parent) -> Result<bool, Failure> {
    let children = portal.school.children_living_with(&parent.guardian, portal.today()).await?;
    Ok(children.iter().any(|child| may_apply(child.link, true)))
}

/// `GET /leave`
pub(in crate::routes) async fn page(State(portal): State<Portal>, parent: Parent) -> Result<Response, Failure> {
    draw(&portal, &parent, false).await
}

async fn draw(portal: &Portal, parent: &Parent, too_many: bool) -> Result<Response, Failure> {
    let (now, today) = (portal.now(), portal.today());
    let words = portal.words();
    let family = parent.children(portal).await?;
    let drafts = portal.school.drafts_of(&parent.guardian, forms::LEAVE, now).await?;
    let may_apply = may_ask(portal, parent).await?;
    let drafts = drafts
        .into_iter()
        .filter(|_| may_apply)
        .map(|draft| {
            let chosen = |id: &str| draft.answers.list(app::rules::leave::key::CHILDREN).any(|one| one == id);
            let names: Vec<&str> = family
                .iter()
                .filter(|child| chosen(child.pupil_id.as_str()))
                .map(|child| child.called.as_str())
                .collect();
            DraftShown {
                children: (words.common.list)(&names),
                saved: written(portal, draft.saved_at, today),
                until: london::today(draft.expires_at),
                draft: draft.draft,
            }
        })
        .collect();
    let asked = portal.school.leaves_asked_to_sign(&parent.guardian).await?;
    let asked = asked
        .into_iter()
        .map(|one| {
            let names: Vec<&str> = one.children.iter().map(|child| child.called.as_str()).collect();
            AskedShown {
                children: (words.common.list)(&names),
                days: (one.span.first.date, one.span.last.date),
                waits: one.waits(),
                signed: one.signer.signed == Some(true),
                reference: one.reference,
            }
        })
        .collect();
    let sent = portal.school.own_leaves(&parent.guardian).await?;
    let sent = sent
        .into_iter()
        .filter_map(|line| {
            Some(SentShown {
                reference: Reference::parse(&line.reference)?,
                called: line.called,
                days: (line.first_day, line.last_day),
                state: LeaveState::parse(&line.state)?,
                since: written(portal, line.state_at, today),
            })
        })
        .collect();
    let page = LeaveList {
        may_apply,
        new: new_submission(),
        too_many,
        drafts,
        asked,
        sent,
        phone: portal.office_phone(),
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, words.leave.title, || list::page(words, page)))
}

/// `POST /leave`: begins a form.
pub(in crate::routes) async fn begin(
    State(portal): State<Portal>,
    parent: Parent,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "begin_leave")?;
    let draft = named(&fields);
    if !may_ask(&portal, &parent).await? {
        // The page says why, and whom to ring.
        return Ok((StatusCode::FORBIDDEN, draw(&portal, &parent, false).await?).into_response());
    }
    let new = NewDraft {
        draft: draft.clone(),
        form: forms::LEAVE,
        guardian: parent.guardian.clone(),
        staff: None,
        instead_of: None,
        answers: app::rules::form::Answers::default(),
        at: portal.now(),
    };
    begun(&portal, &parent, new).await
}

/// The id made with the page that begins a form; a form without one cannot be told from the next.
fn named(fields: &Fields) -> SubmissionId {
    SubmissionId::parse(&fields.one("draft")).unwrap_or_else(|| SubmissionId::from_bytes(rand::random()))
}

/// Begins a form and goes there; or says that too many are begun.
async fn begun(portal: &Portal, parent: &Parent, new: NewDraft) -> Result<Response, Failure> {
    let draft = new.draft.clone();
    if portal.school.begin_draft(new).await? {
        Ok(Redirect::to(&paths::leave_draft(&draft)).into_response())
    } else {
        Ok((StatusCode::CONFLICT, draw(portal, parent, true).await?).into_response())
    }
}

/// `GET /leave/forms/{draft}`
pub(in crate::routes) async fn form(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    let filler = Filler::Parent(&parent);
    match filler.filling(&portal, &draft).await {
        // A form that was sent from another tab: its request.
        Err(Failure::NotFound) => sent_already(&portal, &parent, &draft).await,
        filling => tasks::page(&portal, &filler, &filling?).await,
    }
}

/// Leads to the request that a form became; there may be none.
async fn sent_already(portal: &Portal, parent: &Parent, draft: &str) -> Result<Response, Failure> {
    let draft = SubmissionId::parse(draft).ok_or(Failure::NotFound)?;
    let reference = portal.school.sent_before(&parent.guardian, &draft).await?.ok_or(Failure::NotFound)?;
    if portal.school.own_leave(&parent.guardian, &reference).await?.is_some() {
        Ok(Redirect::to(&paths::leave_request(&reference)).into_response())
    } else {
        Err(Failure::NotFound)
    }
}

/// `GET /leave/forms/{draft}/drop`
pub(in crate::routes) async fn ask_drop(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    let filler = Filler::Parent(&parent);
    let filling = filler.filling(&portal, &draft).await?;
    Ok(tasks::ask_drop(&portal, &filler, &filling))
}

/// `POST /leave/forms/{draft}/drop`
pub(in crate::routes) async fn throw_away(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    tasks::throw_away(&portal, &Filler::Parent(&parent), &draft).await
}
