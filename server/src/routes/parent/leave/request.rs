//! A request that was sent: reading, changing, taking back.

use app::{
    parent::leave::request::{self, ChildRequest, DecisionShown, RequestPage, WithdrawPage},
    parent::messages::Messages,
    paths,
    rules::{
        calendar::SessionDay,
        conversation::Side,
        id::LeaveId,
        leave::{Count, Move, State as LeaveState, key},
        reference::Reference,
    },
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    super::{
        form::named,
        messages::{self, Tried},
        report_absence::new_submission,
    },
    begun, written,
};
use crate::{
    forms,
    routes::{
        form_pdf::drawn,
        leave_letter,
        leave_pdf::document,
        leave_said::{self, back_day, said},
    },
    store::{LeaveChild, LeaveDecision, LeaveRecord, NewDraft},
    web::{Failure, Portal, Posted, download, render, session::Parent},
};

async fn find(portal: &Portal, parent: &Parent, reference: &str) -> Result<LeaveRecord, Failure> {
    let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
    portal.school.own_leave(&parent.guardian, &reference).await?.ok_or(Failure::NotFound)
}

/// `GET /leave/requests/{reference}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    leave_letter::make_if_possible(&portal, &found).await;
    let conversation = portal.school.own_conversation(&parent.guardian, &found.reference).await?;
    if let Some(unread) = conversation.as_ref().filter(|it| it.unread_by(Side::Guardian)) {
        portal.school.messages_read(&unread.about, Side::Guardian, portal.now()).await?;
        portal.changed();
    }
    draw(&portal, &parent, found, Told::default()).await
}

/// What is told when the page is drawn again.
#[derive(Default)]
struct Told {
    /// Something that was not to be expected.
    notice: Option<String>,
    /// The conversation with what was typed and not kept.
    messages: Option<Messages>,
}

/// `POST /leave/requests/{reference}/messages`
pub(in crate::routes) async fn say(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "leave_message")?;
    let mut found = find(&portal, &parent, &reference).await?;
    // The conversation has gone along with what took its place.
    while let Some(later) = &found.replaced_by {
        found = find(&portal, &parent, later.as_str()).await?;
    }
    let conversation = portal.school.own_conversation(&parent.guardian, &found.reference).await?;
    let conversation = conversation.filter(|it| it.may_write).ok_or(Failure::NotFound)?;
    match messages::say(&portal, &conversation, &fields).await? {
        Tried::Said => Ok(Redirect::to(&paths::leave_conversation(&found.reference)).into_response()),
        Tried::Refused(status, messages) => {
            let told = Told { messages: Some(messages), ..Told::default() };
            Ok((status, draw(&portal, &parent, found, told).await?).into_response())
        }
    }
}

async fn draw(portal: &Portal, parent: &Parent, found: LeaveRecord, told: Told) -> Result<Response, Failure> {
    parent.note(portal, "leave", found.reference.as_str()).await?;
    let words = portal.words();
    let w = &words.leave;
    let today = portal.today();
    let said = said(portal, &found).await?;
    let conversation = portal.school.own_conversation(&parent.guardian, &found.reference).await?;
    let conversation = conversation.filter(|_| found.replaced_by.is_none());
    let messages = told.messages.or(conversation.map(|it| messages::shown(portal, &it, None)));
    let files = portal.school.evidence_of(&parent.guardian, &found.reference).await?;
    let page = RequestPage {
        received: leave_said::received(portal, &found),
        on_paper: found.entered_by.is_some(),
        in_advance: found.in_advance,
        replaced_by: found.replaced_by.clone(),
        children: found.children.iter().map(|child| child_request(portal, &found, child)).collect(),
        days: (w.from_to)(found.span.first, found.span.last),
        steps: said.steps,
        statements: said.form.statements,
        signed: (found.signed_name.clone(), leave_said::signed(portal, &found)),
        version: said.version,
        signers: found
            .signers
            .iter()
            .map(|signer| {
                let at = signer.answered_at.unwrap_or(signer.asked_at);
                (signer.name.clone(), signer.signed, written(portal, at, today))
            })
            .collect(),
        can_change: can_change(&found),
        can_withdraw: !withdrawable(portal, &found).is_empty(),
        notice: told.notice,
        messages,
        evidence: files.filter(|it| it.may_add || !it.files.is_empty()).map(|it| it.files.len()),
        new: new_submission(),
        reference: found.reference,
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, w.title, || request::page(words, page)))
}

/// `GET /leave/requests/{reference}/form.pdf`: the parent's copy.
pub(in crate::routes) async fn pdf(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    parent.note(&portal, "leave", found.reference.as_str()).await?;
    let bytes = drawn(document(&portal, &found).await?).await?;
    Ok(download::pdf(&format!("{}.pdf", found.reference.as_str()), bytes))
}

/// `GET /leave/letters/{leave}`: the guardian's own letter about the decision that counts.
pub(in crate::routes) async fn letter(
    State(portal): State<Portal>,
    parent: Parent,
    Path(leave): Path<String>,
) -> Result<Response, Failure> {
    let leave = LeaveId::parse(&leave).ok_or(Failure::NotFound)?;
    let found = portal.school.own_letter(&parent.guardian, &leave).await?.ok_or(Failure::NotFound)?;
    parent.note(&portal, "leave_letter", leave.as_str()).await?;
    Ok(download::pdf("letter.pdf", leave_letter::pdf(&portal, found).await?))
}

fn too_late(portal: &Portal) -> Told {
    Told { notice: Some(portal.words().leave.withdraw_late.to_owned()), ..Told::default() }
}

fn can_change(found: &LeaveRecord) -> bool {
    let mut standing = found.children.iter().filter(|child| child.state != LeaveState::Withdrawn).peekable();
    found.entered_by.is_none()
        && found.writes_all
        && standing.peek().is_some()
        && standing.all(|child| child.state.after(Move::Replace).is_ok())
}

/// The children for whom it can be taken back, and whether their first session has begun.
fn withdrawable(portal: &Portal, found: &LeaveRecord) -> Vec<(LeaveId, String, bool)> {
    let now = portal.now();
    found
        .children
        .iter()
        .filter_map(|child| {
            let sessions: Vec<SessionDay> = child.sessions.iter().map(|one| one.at).collect();
            let begun = !found.span.in_advance(&sessions, &portal.policy.times, now);
            let can = child.state.after(Move::Withdraw { begun }).is_ok();
            can.then(|| (child.leave.clone(), child.called.clone(), begun))
        })
        .collect()
}

fn child_request(portal: &Portal, found: &LeaveRecord, child: &LeaveChild) -> ChildRequest {
    let w = &portal.words().leave;
    let today = portal.today();
    let sessions: Vec<SessionDay> = child.sessions.iter().map(|one| one.at).collect();
    let count = Count::of(&sessions);
    let of =
        |granted| child.sessions.iter().filter(move |one| one.granted == Some(granted)).map(|one| one.at).collect();
    let (last, earlier) = match child.decisions.split_last() {
        Some((last, earlier)) => (Some(last), earlier),
        None => (None, &[][..]),
    };
    ChildRequest {
        named: format!("{}, {}", child.full_name, child.class),
        state: child.state,
        asked: (w.comes_to)(count.sessions, count.days),
        moves: child.moves.iter().map(|(state, at, _)| (*state, written(portal, *at, today))).collect(),
        letter: (child.state.is_decided() && found.sees_all).then(|| child.leave.clone()),
        back: back_day(portal, found, child),
        decision: last.map(|decision| decision_shown(portal, found, decision)),
        earlier: earlier.iter().map(|decision| decision_shown(portal, found, decision)).collect(),
        granted: of(true),
        refused: of(false),
    }
}

fn decision_shown(portal: &Portal, found: &LeaveRecord, decision: &LeaveDecision) -> DecisionShown {
    let w = &portal.words().leave;
    let when = written(portal, decision.decided_at, portal.today());
    DecisionShown {
        outcome: decision.outcome,
        reasons: decision.reasons.clone(),
        // They may speak of any child of the form.
        words: decision.words.clone().filter(|_| found.sees_all),
        by: (w.decided_by)(
            decision.decided_by.as_deref().unwrap_or(w.somebody),
            decision.decided_as == "designate",
            &when,
        ),
    }
}

/// `POST /leave/requests/{reference}/change`: begins a form with the answers of this one, which takes its place when
/// it is sent. Until then this one stands.
pub(in crate::routes) async fn change(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "change_leave")?;
    let found = find(&portal, &parent, &reference).await?;
    let draft = named(&fields);
    if !can_change(&found) {
        return Ok((StatusCode::CONFLICT, draw(&portal, &parent, found, too_late(&portal)).await?).into_response());
    }
    // A child whose part was taken back is not asked for again.
    let mut answers = found.answers;
    let standing = found.children.iter().filter(|child| child.state != LeaveState::Withdrawn);
    answers.set(key::CHILDREN, standing.map(|child| child.pupil.as_str()).collect::<Vec<_>>().join(" "));
    let new = NewDraft {
        draft,
        form: forms::LEAVE.name,
        guardian: parent.guardian.clone(),
        staff: None,
        instead_of: Some(found.reference),
        answers,
        at: portal.now(),
    };
    begun(&portal, &parent, new).await
}

/// `GET /leave/requests/{reference}/withdraw`
pub(in crate::routes) async fn ask_withdraw(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    if withdrawable(&portal, &found).is_empty() {
        return Ok((StatusCode::CONFLICT, draw(&portal, &parent, found, too_late(&portal)).await?).into_response());
    }
    Ok(draw_withdraw(&portal, &parent, &found, false))
}

fn draw_withdraw(portal: &Portal, parent: &Parent, found: &LeaveRecord, none: bool) -> Response {
    let words = portal.words();
    let page = WithdrawPage {
        reference: found.reference.clone(),
        children: withdrawable(portal, found).into_iter().map(|(id, called, _)| (id.to_string(), called)).collect(),
        none,
        csrf: parent.device.csrf.clone(),
    };
    render::parent(portal, parent, words.leave.title, || request::withdraw(words, page))
}

/// `POST /leave/requests/{reference}/withdraw`
pub(in crate::routes) async fn withdraw(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "withdraw_leave")?;
    let found = find(&portal, &parent, &reference).await?;
    let chosen = fields.all("leave");
    if chosen.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw_withdraw(&portal, &parent, &found, true)).into_response());
    }
    let taken: Vec<(LeaveId, bool)> = withdrawable(&portal, &found)
        .into_iter()
        .filter(|(id, ..)| chosen.iter().any(|one| one == id.as_str()))
        .map(|(id, _, begun)| (id, begun))
        .collect();
    let all = taken.len() == chosen.len();
    if all && portal.school.withdraw_leave(&parent.guardian, taken, portal.now()).await? {
        portal.changed();
        return Ok(Redirect::to(&paths::leave_request(&found.reference)).into_response());
    }
    let found = find(&portal, &parent, &reference).await?;
    // Two taps: what was taken back is taken back.
    let done = |id: &String| {
        found.children.iter().any(|child| child.leave.as_str() == id && child.state == LeaveState::Withdrawn)
    };
    if chosen.iter().all(done) {
        return Ok(Redirect::to(&paths::leave_request(&found.reference)).into_response());
    }
    Ok((StatusCode::CONFLICT, draw(&portal, &parent, found, too_late(&portal)).await?).into_response())
}
