//! Receipts: one, the list, withdrawing.

use app::{
    parent::receipt::{self, ReceiptLine, ReceiptPage},
    paths,
    rules::{london, reference::Reference},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

use super::{
    report_absence::{cannot_change, still_open},
    written,
};
use crate::{
    store::{Reading, Receipt, journal::Actor},
    web::{Failure, Portal, Posted, render, session::Parent},
};

async fn find(portal: &Portal, parent: &Parent, reference: &str) -> Result<Receipt, Failure> {
    let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
    portal.school.receipt(&parent.guardian, &reference).await?.ok_or(Failure::NotFound)
}

/// `GET /receipts/{reference}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    let now = portal.now();
    let today = portal.today();
    portal
        .school
        .note_reading(Reading {
            reader: Actor::Guardian(parent.guardian.to_string()),
            what: "receipt",
            subject: found.reference.as_str().to_owned(),
            at: now,
        })
        .await?;
    let page = ReceiptPage {
        received_at: found.received_at,
        received_local: london::local(found.received_at),
        after_close: found.after_close,
        times: portal.policy.times,
        day: found.day,
        today,
        part: found.part,
        reason: portal.policy.reason(&found.reason).cloned().ok_or(found.reason),
        details: found.details,
        note: found.note,
        sent_by: parent.name.clone(),
        children: found
            .children
            .into_iter()
            .map(|child| ReceiptLine {
                seen: child.seen_at.map(|at| written(&portal, at, today)),
                other: child.other_at.map(|at| written(&portal, at, today)),
                codes: (child.am, child.pm),
                called: child.called,
                full_name: child.full_name,
                class: child.class,
            })
            .collect(),
        withdrawn: found.withdrawn_at.is_some(),
        replaced_by: found.replaced_by,
        evidence: found.evidence,
        reference: found.reference,
        phone: portal.office_phone(),
    };
    Ok(render::parent(&portal, &parent, portal.words().receipt.title, || receipt::page(portal.words(), page)))
}

/// `GET /receipts`
pub(in crate::routes) async fn list(State(portal): State<Portal>, parent: Parent) -> Result<Response, Failure> {
    let today = portal.today();
    let sent = portal.school.sent_by(&parent.guardian).await?;
    let sent = sent.into_iter().map(|(reference, at)| (reference, written(&portal, at, today))).collect();
    Ok(render::parent(&portal, &parent, portal.words().receipt.list_title, || receipt::list(portal.words(), sent)))
}

/// `GET /receipts/{reference}/withdraw`
pub(in crate::routes) async fn ask_withdraw(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    if !still_open(&found, portal.today()) {
        return Ok(cannot_change(&portal, &parent));
    }
    let words = portal.words();
    Ok(render::parent(&portal, &parent, words.receipt.withdraw_title, || {
        receipt::withdraw(words, &found.reference, &parent.device.csrf)
    }))
}

/// `POST /receipts/{reference}/withdraw`
pub(in crate::routes) async fn withdraw(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "withdraw")?;
    let found = find(&portal, &parent, &reference).await?;
    let done = found.withdrawn_at.is_some()
        || portal.school.withdraw(&parent.guardian, &found.reference, portal.now()).await?;
    if done {
        portal.changed();
        return Ok(Redirect::to(&paths::receipt(&found.reference)).into_response());
    }
    Ok(cannot_change(&portal, &parent))
}
