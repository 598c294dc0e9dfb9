//! Another parent's signature.

use app::{
    parent::leave::sign::{self, SignPage},
    paths,
    rules::{
        leave::Count,
        reference::Reference,
        signature::{is_name, signed_name},
    },
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{super::prove::cannot_sign as cannot, written};
use crate::{
    forms,
    routes::{form::form, leave_letter},
    store::{LeaveChild, LeaveToSign, NewSignature, SignatureTaken},
    web::{Failure, Portal, Posted, render, session::Parent},
};

async fn find(portal: &Portal, parent: &Parent, reference: &str) -> Result<LeaveToSign, Failure> {
    let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
    portal.school.leave_to_sign(&parent.guardian, &reference).await?.ok_or(Failure::NotFound)
}

/// `GET /leave/requests/{reference}/sign`: with a fresh code where something can be signed.
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    let open = found.children.iter().any(|child| child.state.is_open());
    if open && cannot(&portal, &parent).is_none() && !parent.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::prove(&paths::leave_sign(&found.reference))).into_response());
    }
    if !open && let Ok(Some(record)) = portal.school.leave(&found.reference).await {
        leave_letter::make_if_possible(&portal, &record).await;
    }
    draw(&portal, &parent, found, Again::default()).await
}

/// What is told when the page is drawn again.
#[derive(Default)]
struct Again {
    name: String,
    agreed: bool,
    problems: Vec<Said>,
    stale: bool,
}

async fn draw(portal: &Portal, parent: &Parent, found: LeaveToSign, again: Again) -> Result<Response, Failure> {
    let words = portal.words();
    let w = &words.leave;
    let today = portal.today();
    let (_, form) = form(portal, &forms::LEAVE, Some(found.form_version)).await?;
    let signed = found.signer.signed == Some(true);
    let letter = |child: &LeaveChild| signed.then(|| child.leave.clone());
    let page = SignPage {
        children: found
            .children
            .iter()
            .map(|child| {
                let sessions: Vec<_> = child.sessions.iter().map(|session| session.at).collect();
                let count = Count::of(&sessions);
                let named = format!("{}, {}", child.full_name, child.class);
                (named, (w.comes_to)(count.sessions, count.days), (w.sign_state)(child.state).to_owned())
            })
            .collect(),
        days: (w.from_to)(found.span.first, found.span.last),
        back: (words.common.long_date)(found.span.back),
        statement: form.other_statement,
        answered: found.signer.answered_at.map(|at| (found.signer.signed == Some(true), written(portal, at, today))),
        open: found.children.iter().any(|child| child.state.is_open()),
        name_on_record: parent.name.clone(),
        agreed: again.agreed,
        name: again.name,
        problems: again.problems,
        stale: again.stale,
        cannot: cannot(portal, parent),
        decided: found
            .children
            .iter()
            .filter(|child| child.state.is_decided())
            .map(|child| ((w.decided)(&child.called, child.state), letter(child)))
            .collect(),
        reference: found.reference,
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, w.title, || sign::page(words, page)))
}

/// `POST /leave/requests/{reference}/sign`
pub(in crate::routes) async fn answer(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "cosign_leave")?;
    let found = find(&portal, &parent, &reference).await?;
    let w = &portal.words().leave;
    let again = Again { name: fields.one("name"), agreed: fields.says_yes("agree"), ..Again::default() };
    if cannot(&portal, &parent).is_some() {
        return Ok((StatusCode::FORBIDDEN, draw(&portal, &parent, found, again).await?).into_response());
    }
    let fresh = parent.is_fresh(portal.now());
    let signed = if fields.one("answer") == "not" {
        None
    } else {
        let mut problems = Vec::new();
        if !again.agreed {
            problems.push(("agree".to_owned(), w.sign_tick.to_owned()));
        }
        let name = signed_name(&again.name);
        if name.is_empty() {
            problems.push(("name".to_owned(), w.no_name.to_owned()));
        } else if !is_name(&name, &parent.name) {
            problems.push(("name".to_owned(), (w.sign_name)(&parent.name)));
        }
        if !problems.is_empty() {
            let page = draw(&portal, &parent, found, Again { problems, ..again }).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
        let (_, form) = form(&portal, &forms::LEAVE, Some(found.form_version)).await?;
        Some((name, form.other_statement))
    };
    if !fresh {
        let again = Again { stale: true, ..again };
        return Ok((StatusCode::FORBIDDEN, draw(&portal, &parent, found, again).await?).into_response());
    }
    let new =
        NewSignature { signer: parent.guardian.clone(), reference: found.reference.clone(), signed, at: portal.now() };
    match portal.school.sign_leave(new).await? {
        SignatureTaken::Done => portal.changed(),
        // The page says how it stands.
        SignatureTaken::TooLate => {}
        SignatureTaken::Nothing => return Err(Failure::NotFound),
    }
    Ok(Redirect::to(&paths::leave_sign(&found.reference)).into_response())
}
