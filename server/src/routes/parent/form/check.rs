//! Checking the answers and signing them.

use app::{
    parent::form::{
        check::{self, CheckPage, statement_field},
        title,
    },
    paths,
    rules::signature::{is_name, signed_name},
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{super::prove::cannot_sign as cannot, sent_already};
use crate::{
    routes::form::{Filled, Filler, version_shown},
    store::{FormSent, seen_all},
    web::{Failure, Fields, Portal, Posted, render, session::Parent},
};

/// What is told when the page is drawn again.
#[derive(Default)]
struct Again {
    problems: Vec<Said>,
    notice: Option<String>,
    stale: bool,
    name: String,
    ticked: Vec<usize>,
    other_name: Option<bool>,
}

impl Again {
    fn typed(fields: &Fields, statements: usize) -> Self {
        Self {
            name: fields.one("name"),
            ticked: (0..statements).filter(|place| fields.says_yes(&statement_field(*place))).collect(),
            ..Self::default()
        }
    }
}

/// `GET .../forms/{draft}/check`: with a fresh code only, since the signature stands on it.
pub(in crate::routes) async fn page<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    let filling = match Filler::Parent(&parent).filling::<F>(&portal, &draft).await {
        Err(Failure::NotFound) => return sent_already::<F>(&portal, &parent, &draft).await,
        found => found?,
    };
    if let Some(back) = incomplete(&portal, &filling) {
        return Ok(back);
    }
    if cannot(&portal, &parent).is_none() && !parent.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::prove(&F::HAND.check(&filling.begun().draft.draft))).into_response());
    }
    draw(&portal, &parent, &filling, Again::default()).await
}

/// Where a step is missing: to the first of them.
fn incomplete<F: Filled>(portal: &Portal, filling: &F) -> Option<Response> {
    let missing = filling.missing(portal);
    let step = missing.first()?;
    Some(Redirect::to(&F::HAND.step(&filling.begun().draft.draft, &step.key)).into_response())
}

async fn draw<F: Filled>(portal: &Portal, parent: &Parent, filling: &F, again: Again) -> Result<Response, Failure> {
    let words = portal.words();
    let begun = filling.begun();
    let whose = Filler::Parent(parent).whose();
    let files = portal.school.draft_evidence(&whose, &begun.draft.draft, portal.now()).await?;
    let page = CheckPage {
        hand: F::HAND,
        draft: begun.draft.draft.clone(),
        title: begun.form.title.clone(),
        steps: filling.steps(portal),
        files: files.map_or(0, |found| found.files.len()),
        statements: begun.form.statements.clone(),
        notes: filling.notes(portal),
        changes: begun.draft.instead_of.is_some(),
        name_on_record: parent.name.clone(),
        name: again.name,
        ticked: again.ticked,
        other_name: again.other_name,
        version: version_shown(&begun.kept),
        seen: seen_all(&begun.draft.answers),
        sessions: filling.counted(portal),
        problems: again.problems,
        notice: again.notice,
        stale: again.stale,
        cannot: cannot(portal, parent),
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, title(words, F::HAND), || check::page(words, page)))
}

/// `POST .../forms/{draft}/check`: signs and sends.
pub(in crate::routes) async fn send<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), F::ACTS.sign)?;
    let filling = match Filler::Parent(&parent).filling::<F>(&portal, &draft).await {
        // The same form once more: two taps, or an answer that was lost on the way.
        Err(Failure::NotFound) => return sent_already::<F>(&portal, &parent, &draft).await,
        found => found?,
    };
    if let Some(back) = incomplete(&portal, &filling) {
        return Ok(back);
    }
    let w = &portal.words().leave;
    let mut again = Again::typed(&fields, filling.begun().form.statements.len());
    if cannot(&portal, &parent).is_some() {
        return Ok((StatusCode::FORBIDDEN, draw(&portal, &parent, &filling, again).await?).into_response());
    }
    if fields.one("version") != filling.begun().kept.version.to_string() {
        // Nobody signs words that were not shown.
        again = Again { notice: Some(w.form_changed.to_owned()), name: again.name, ..Again::default() };
        return Ok((StatusCode::CONFLICT, draw(&portal, &parent, &filling, again).await?).into_response());
    }
    for place in 0..filling.begun().form.statements.len() {
        if !again.ticked.contains(&place) {
            again.problems.push((statement_field(place), (w.tick_each)(place + 1)));
        }
    }
    let name = signed_name(&again.name);
    if name.is_empty() {
        again.problems.push(("name".to_owned(), w.no_name.to_owned()));
    } else if !is_name(&name, &parent.name) {
        let meant = fields.says_yes("other-name");
        again.other_name = Some(meant);
        if !meant {
            again.problems.push(("name".to_owned(), (w.other_name)(&parent.name)));
        }
    }
    if !again.problems.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&portal, &parent, &filling, again).await?).into_response());
    }
    if fields.one("sessions") != filling.counted(&portal) {
        // The calendar was changed while the page stood open: nobody signs another count than they have read.
        again = Again { notice: Some(w.count_changed.to_owned()), name: again.name, ..Again::default() };
        return Ok((StatusCode::CONFLICT, draw(&portal, &parent, &filling, again).await?).into_response());
    }
    if !parent.is_fresh(portal.now()) {
        again.stale = true;
        return Ok((StatusCode::FORBIDDEN, draw(&portal, &parent, &filling, again).await?).into_response());
    }
    let sent = filling.submit(&portal, &parent, name, fields.one("seen")).await?;
    let notice = match sent {
        FormSent::Received(reference) => {
            portal.changed();
            portal.mail_waits.notify_one();
            return Ok(Redirect::to(&F::sent(&reference)).into_response());
        }
        FormSent::Again(reference) => return Ok(Redirect::to(&F::sent(&reference)).into_response()),
        FormSent::Gone => return sent_already::<F>(&portal, &parent, &draft).await,
        FormSent::Changed => w.changed_since.to_owned(),
        FormSent::NotAllowed => (w.not_allowed)(&portal.office_phone()),
        FormSent::CannotChange => F::cannot_change(portal.words()).to_owned(),
        FormSent::TooManyFiles => w.too_many_files.to_owned(),
    };
    let filling = Filler::Parent(&parent).filling::<F>(&portal, &draft).await?;
    let again = Again { notice: Some(notice), name: again.name, ..Again::default() };
    Ok((StatusCode::CONFLICT, draw(&portal, &parent, &filling, again).await?).into_response())
}
