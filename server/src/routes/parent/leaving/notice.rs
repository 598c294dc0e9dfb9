//! What was sent about leaving: reading, changing, taking back, writing about it.

use app::{
    parent::{
        leaving::notice::{self, NoticePage},
        messages::Messages,
    },
    paths,
    rules::{
        conversation::Side,
        leaving::{Kind, State as NoticeState, by_phone, has_left},
        reference::Reference,
    },
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{Days, NaiveDate};

use super::{
    super::{
        form::named,
        messages::{self, Tried},
        report_absence::new_submission,
        written,
    },
    begun, to_notice,
};
use crate::{
    forms,
    routes::{form::to_the_second, form_pdf::drawn, leaving_form::told, leaving_pdf::document},
    store::{NewDraft, NoticeRecord},
    web::{Failure, Portal, Posted, download, render, session::Parent},
};

async fn find(portal: &Portal, parent: &Parent, reference: &str) -> Result<NoticeRecord, Failure> {
    let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
    portal.school.own_notice(&parent.guardian, &reference).await?.ok_or(Failure::NotFound)
}

/// What is told when the page is drawn again.
#[derive(Default)]
struct Again {
    /// Something that was not to be expected.
    notice: Option<String>,
    /// The conversation with what was typed and not kept.
    messages: Option<Messages>,
}

/// `GET /leaving/notices/{reference}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    let conversation = portal.school.own_conversation(&parent.guardian, &found.reference).await?;
    if let Some(unread) = conversation.as_ref().filter(|it| it.unread_by(Side::Guardian)) {
        portal.school.messages_read(&unread.about, Side::Guardian, portal.now()).await?;
        portal.changed();
    }
    draw(&portal, &parent, found, Again::default()).await
}

/// Whether it can be changed and taken back: it stands, and no child of it has left.
fn can_change(portal: &Portal, found: &NoticeRecord) -> bool {
    found.state.0 == NoticeState::Open
        && found.may_write
        && !found.children.iter().any(|child| has_left(child.left_on, portal.today()))
}

/// The last day on which it can be read, once a child has left.
fn read_until(portal: &Portal, found: &NoticeRecord) -> Option<NaiveDate> {
    let left = found.children.iter().filter_map(|child| child.left_on).min()?;
    let days = Days::new(u64::try_from(portal.policy.leaving.read_days).unwrap_or_default());
    has_left(Some(left), portal.today()).then(|| left.checked_add_days(days)).flatten()
}

async fn draw(portal: &Portal, parent: &Parent, found: NoticeRecord, again: Again) -> Result<Response, Failure> {
    parent.note(portal, "leaving", found.reference.as_str()).await?;
    let words = portal.words();
    let said = told(portal, &found).await?;
    let conversation = portal.school.own_conversation(&parent.guardian, &found.reference).await?;
    let conversation = conversation.filter(|_| found.replaced_by.is_none());
    let messages = again.messages.or(conversation.map(|it| messages::shown(portal, &it, None)));
    let files = portal.school.evidence_of(&parent.guardian, &found.reference).await?;
    let page = NoticePage {
        kind: found.kind,
        state: (found.state.0, written(portal, found.state.1, portal.today())),
        received: to_the_second(portal, found.received_at),
        children: found.children.iter().map(|child| format!("{}, {}", child.full_name, child.class)).collect(),
        last_day: found.last_day,
        rings: by_phone(&found.answers),
        read_until: read_until(portal, &found),
        replaced_by: found.replaced_by.clone(),
        steps: said.steps,
        statements: said.form.statements,
        signed: found.signed.clone().map(|(name, at)| (name, to_the_second(portal, at))),
        version: said.version,
        can_change: can_change(portal, &found),
        notice: again.notice,
        messages,
        evidence: files.filter(|it| it.may_add || !it.files.is_empty()).map(|it| it.files.len()),
        phone: portal.office_phone(),
        new: new_submission(),
        reference: found.reference,
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, words.leaving.title, || notice::page(words, page)))
}

/// `GET /leaving/notices/{reference}/notice.pdf`: the parent's copy.
pub(in crate::routes) async fn pdf(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    parent.note(&portal, "leaving", found.reference.as_str()).await?;
    let bytes = drawn(document(&portal, &found, Vec::new()).await?).await?;
    Ok(download::pdf(&format!("{}.pdf", found.reference.as_str()), bytes))
}

/// `POST /leaving/notices/{reference}/messages`
pub(in crate::routes) async fn say(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "leaving_message")?;
    let mut found = find(&portal, &parent, &reference).await?;
    // The conversation has gone along with what took its place.
    while let Some(later) = &found.replaced_by {
        found = find(&portal, &parent, later.as_str()).await?;
    }
    let conversation = portal.school.own_conversation(&parent.guardian, &found.reference).await?;
    let conversation = conversation.filter(|it| it.may_write).ok_or(Failure::NotFound)?;
    match messages::say(&portal, &conversation, &fields).await? {
        Tried::Said => Ok(Redirect::to(&paths::leaving_conversation(&found.reference)).into_response()),
        Tried::Refused(status, messages) => {
            let again = Again { messages: Some(messages), ..Again::default() };
            Ok((status, draw(&portal, &parent, found, again).await?).into_response())
        }
    }
}

async fn too_late(portal: &Portal, parent: &Parent, found: NoticeRecord) -> Result<Response, Failure> {
    let again = Again { notice: Some(portal.words().leaving.cannot_change.to_owned()), ..Again::default() };
    Ok((StatusCode::CONFLICT, draw(portal, parent, found, again).await?).into_response())
}

/// `POST /leaving/notices/{reference}/change`: begins a form with the answers of this one, which takes its place when
/// it is sent. Until then this one stands.
pub(in crate::routes) async fn change(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "change_leaving")?;
    let found = find(&portal, &parent, &reference).await?;
    if found.kind != Kind::Notice || !can_change(&portal, &found) {
        return too_late(&portal, &parent, found).await;
    }
    let new = NewDraft {
        draft: named(&fields),
        form: forms::LEAVING.name,
        guardian: parent.guardian.clone(),
        staff: None,
        instead_of: Some(found.reference),
        answers: found.answers,
        at: portal.now(),
    };
    begun(&portal, &parent, new).await
}

/// `GET /leaving/notices/{reference}/withdraw`
pub(in crate::routes) async fn ask_withdraw(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    if !can_change(&portal, &found) {
        return too_late(&portal, &parent, found).await;
    }
    let words = portal.words();
    let children = found.children.iter().map(|child| format!("{}, {}", child.full_name, child.class)).collect();
    let csrf = parent.device.csrf.clone();
    Ok(render::parent(&portal, &parent, words.leaving.title, || {
        notice::withdraw(words, &found.reference, children, &csrf)
    }))
}

/// `POST /leaving/notices/{reference}/withdraw`
pub(in crate::routes) async fn withdraw(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "withdraw_leaving")?;
    let found = find(&portal, &parent, &reference).await?;
    if portal.school.withdraw_notice(&parent.guardian, &found.reference, portal.now()).await? {
        portal.changed();
        return Ok(to_notice(&found.reference));
    }
    let found = find(&portal, &parent, &reference).await?;
    // Two taps: what was taken back is taken back.
    if found.state.0 == NoticeState::Withdrawn {
        return Ok(to_notice(&found.reference));
    }
    too_late(&portal, &parent, found).await
}
