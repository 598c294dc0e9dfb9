//! Asking for leave: the list, the request, another parent's signature.

pub(in crate::routes) mod request;
pub(in crate::routes) mod sign;

use app::{
    parent::leave::list::{self, AskedShown, LeaveList, SentShown},
    paths,
    rules::{
        leave::{State as LeaveState, may_apply},
        reference::Reference,
    },
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    form::{drafts_shown, named},
    report_absence::new_submission,
    written,
};
use crate::{
    forms,
    store::NewDraft,
    web::{Failure, Portal, Posted, render, session::Parent},
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
    let drafts = portal.school.drafts_of(&parent.guardian, forms::LEAVE.name, now).await?;
    let may_apply = may_ask(portal, parent).await?;
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
        drafts: if may_apply { drafts_shown(portal, drafts, &family) } else { Vec::new() },
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
        form: forms::LEAVE.name,
        guardian: parent.guardian.clone(),
        staff: None,
        instead_of: None,
        answers: app::rules::form::Answers::default(),
        at: portal.now(),
    };
    begun(&portal, &parent, new).await
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
