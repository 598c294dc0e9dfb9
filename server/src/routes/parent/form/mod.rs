//! Forms that families fill in over several days, whichever it is: its steps, one step, its letters and photos, the
//! check with the signature.

pub(in crate::routes) mod check;
pub(in crate::routes) mod files;
pub(in crate::routes) mod step;

use app::{
    parent::form::drafts::DraftShown,
    rules::{form::CHILDREN, id::SubmissionId, london},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

use super::written;
use crate::{
    routes::form::{Filled, Filler, tasks as pages},
    store::{Child, Draft},
    web::{Failure, Fields, Portal, Posted, session::Parent},
};

/// The id made with the page that begins a form; a form without one cannot be told from the next.
pub(super) fn named(fields: &Fields) -> SubmissionId {
    SubmissionId::parse(&fields.one("draft")).unwrap_or_else(|| SubmissionId::from_bytes(rand::random()))
}

/// Drafts as a list shows them, with the names of the children in them.
pub(super) fn drafts_shown(portal: &Portal, drafts: Vec<Draft>, family: &[Child]) -> Vec<DraftShown> {
    let shown = |draft: Draft| {
        let chosen = |id: &str| draft.answers.list(CHILDREN).any(|one| one == id);
        let names = family.iter().filter(|child| chosen(child.pupil_id.as_str())).map(|child| child.called.as_str());
        DraftShown {
            children: (portal.words().common.list)(&names.collect::<Vec<_>>()),
            saved: written(portal, draft.saved_at, portal.today()),
            until: london::today(draft.expires_at),
            draft: draft.draft,
        }
    };
    drafts.into_iter().map(shown).collect()
}

/// Leads to what a form became; there may be nothing.
pub(super) async fn sent_already<F: Filled>(
    portal: &Portal,
    parent: &Parent,
    draft: &str,
) -> Result<Response, Failure> {
    let draft = SubmissionId::parse(draft).ok_or(Failure::NotFound)?;
    let reference = portal.school.sent_before(&parent.guardian, &draft).await?.ok_or(Failure::NotFound)?;
    if F::may_read(portal, parent, &reference).await? {
        Ok(Redirect::to(&F::sent(&reference)).into_response())
    } else {
        Err(Failure::NotFound)
    }
}

/// `GET .../forms/{draft}`
pub(in crate::routes) async fn tasks<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    let filler = Filler::Parent(&parent);
    match filler.filling::<F>(&portal, &draft).await {
        // A form that was sent from another tab: what it became.
        Err(Failure::NotFound) => sent_already::<F>(&portal, &parent, &draft).await,
        filling => pages::page(&portal, &filler, &filling?).await,
    }
}

/// `GET .../forms/{draft}/drop`
pub(in crate::routes) async fn ask_drop<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    let filler = Filler::Parent(&parent);
    let filling = filler.filling::<F>(&portal, &draft).await?;
    Ok(pages::ask_drop(&portal, &filler, &filling))
}

/// `POST .../forms/{draft}/drop`
pub(in crate::routes) async fn throw_away<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    pages::throw_away::<F>(&portal, &Filler::Parent(&parent), &draft).await
}
