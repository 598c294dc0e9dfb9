//! Everything that was reported of a family's children.

use app::parent::history::{self, PastLine};
use axum::{extract::State, response::Response};

use super::written;
use crate::web::{Failure, Portal, render, session::Parent};

/// `GET /receipts`
pub(in crate::routes) async fn page(State(portal): State<Portal>, parent: Parent) -> Result<Response, Failure> {
    let today = portal.today();
    let past = portal.school.history(&parent.guardian).await?;
    parent.note(&portal, "history", parent.guardian.as_str()).await?;
    let label = |key: &str| portal.policy.reason(key).map_or_else(|| key.to_owned(), |reason| reason.label.clone());
    let lines: Vec<PastLine> = past
        .into_iter()
        .map(|past| PastLine {
            received: written(&portal, past.received_at, today),
            own: past.own.map(|(reference, reason)| (reference, label(&reason))),
            kind: past.kind,
            called: past.called,
            day: past.day,
            part: past.part,
            down: past.down,
            seen: past.seen,
            codes: past.codes,
        })
        .collect();
    Ok(render::parent(&portal, &parent, portal.words().receipt.list_title, || history::page(portal.words(), lines)))
}
