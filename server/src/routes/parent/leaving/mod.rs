//! Telling the school that a child leaves: the list, the meeting that home education begins with, what was sent.

pub(in crate::routes) mod meeting;
pub(in crate::routes) mod notice;

use app::{
    parent::leaving::list::{self, LeavingList, SentShown},
    paths::{self, Hand},
    rules::{
        leaving::{Kind, State as NoticeState, is_in_last_term},
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
    routes::leaving_form::eligible,
    store::NewDraft,
    web::{Failure, Portal, Posted, render, session::Parent},
};

/// `GET /leaving`
pub(in crate::routes) async fn page(State(portal): State<Portal>, parent: Parent) -> Result<Response, Failure> {
    draw(&portal, &parent, false).await
}

async fn draw(portal: &Portal, parent: &Parent, too_many: bool) -> Result<Response, Failure> {
    let (now, today) = (portal.now(), portal.today());
    let words = portal.words();
    let children = eligible(portal, &parent.guardian).await?;
    let mut drafts = portal.school.drafts_of(&parent.guardian, forms::LEAVING.name, now).await?;
    if children.is_empty() {
        drafts.clear();
    }
    let last_term: Vec<String> = children
        .iter()
        .filter(|child| is_in_last_term(child.year, today, &portal.policy.calendar))
        .map(|child| child.called.clone())
        .collect();
    let sent = portal.school.own_notices(&parent.guardian).await?;
    let sent = sent
        .into_iter()
        .filter_map(|line| {
            Some(SentShown {
                reference: Reference::parse(&line.reference)?,
                kind: Kind::parse(&line.kind)?,
                called: line.called,
                last_day: line.last_day,
                state: NoticeState::parse(&line.state)?,
                since: written(portal, line.state_at, today),
            })
        })
        .collect();
    let page = LeavingList {
        may_begin: !children.is_empty(),
        all_last_term: last_term.len() == children.len(),
        last_term,
        new: new_submission(),
        too_many,
        drafts: drafts_shown(portal, drafts, &children),
        sent,
        phone: portal.office_phone(),
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, words.leaving.title, || list::page(words, page)))
}

/// `POST /leaving`: begins a notice.
pub(in crate::routes) async fn begin(
    State(portal): State<Portal>,
    parent: Parent,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "begin_leaving")?;
    if eligible(&portal, &parent.guardian).await?.is_empty() {
        // The page says why, and whom to ring.
        return Ok((StatusCode::FORBIDDEN, draw(&portal, &parent, false).await?).into_response());
    }
    let new = NewDraft {
        draft: named(&fields),
        form: forms::LEAVING.name,
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
        Ok(Redirect::to(&Hand::Leaving.form(&draft)).into_response())
    } else {
        Ok((StatusCode::CONFLICT, draw(portal, parent, true).await?).into_response())
    }
}

/// Leads to what was sent.
fn to_notice(reference: &Reference) -> Response {
    Redirect::to(&paths::leaving_notice(reference)).into_response()
}
