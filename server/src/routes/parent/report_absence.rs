//! Reporting an absence: the form, sending it, changing what was sent.

use app::{
    parent::{
        report_absence::{self, Purpose, ReportPage, read},
        trouble,
    },
    paths,
    rules::{
        absence::{CheckedReport, Field, Offer, Part, Problem, ReportForm, check},
        deadline::{Timing, register_state, timing},
        id::{PupilId, SubmissionId},
        london,
        reference::Reference,
    },
    wire::FormAnswer,
};
use axum::{
    Json,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use super::written;
use crate::{
    store::{Child, NewMail, NewSubmission, Receipt, Sent},
    web::{Failure, Fields, Portal, Posted, render, session::Parent},
};

/// `GET /absences/new`: all children on offer, those at home still to be chosen.
pub(in crate::routes) async fn several(State(portal): State<Portal>, parent: Parent) -> Result<Response, Failure> {
    let children = reportable(&portal, &parent).await?;
    let who = children.iter().map(|child| child.pupil_id.to_string()).collect();
    Ok(fresh(&portal, &parent, children, who))
}

/// `GET /children/{pupil}/absences/new`: the same with one child chosen.
pub(in crate::routes) async fn one(
    State(portal): State<Portal>,
    parent: Parent,
    Path(pupil): Path<String>,
) -> Result<Response, Failure> {
    let children = reportable(&portal, &parent).await?;
    let pupil = PupilId::parse(&pupil)
        .filter(|id| children.iter().any(|child| child.pupil_id == *id))
        .ok_or(Failure::NotFound)?;
    Ok(fresh(&portal, &parent, children, vec![pupil.to_string()]))
}

/// `GET /receipts/{reference}/change`: the form with the answers that were sent.
pub(in crate::routes) async fn change(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let reference = Reference::parse(&reference).ok_or(Failure::NotFound)?;
    let receipt = portal.school.receipt(&parent.guardian, &reference).await?.ok_or(Failure::NotFound)?;
    let children = reportable(&portal, &parent).await?;
    if !still_open(&receipt, portal.today()) {
        return Ok(cannot_change(&portal, &parent));
    }
    let form = ReportForm {
        who: receipt.children.iter().map(|child| child.pupil_id.to_string()).collect(),
        day: receipt.day.to_string(),
        part: receipt.part.word().to_owned(),
        reason: receipt.reason.clone(),
        last: receipt.details.last.map(|last| last.word().to_owned()).unwrap_or_default(),
        since: receipt.details.since.map(|day| day.to_string()).unwrap_or_default(),
        leaves: receipt.details.leaves.map(|time| time.format("%H:%M").to_string()).unwrap_or_default(),
        returns: receipt.details.returns.map(|time| time.format("%H:%M").to_string()).unwrap_or_default(),
        which: receipt.details.words.clone().unwrap_or_default(),
        other: receipt.details.words.clone().unwrap_or_default(),
        note: receipt.note.clone().unwrap_or_default(),
    };
    let purpose = Purpose::Change(reference.as_str().to_owned());
    Ok(draw(&portal, &parent, children, form, Vec::new(), new_submission(), purpose))
}

/// `POST /absences/new`
pub(in crate::routes) async fn send(
    State(portal): State<Portal>,
    parent: Parent,
    headers: HeaderMap,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "report_absence")?;
    let now = portal.now();
    let submission = SubmissionId::parse(&fields.one("submission")).ok_or(Failure::BadRequest)?;
    let form = read(|name| fields.all(name));
    let children = reportable(&portal, &parent).await?;
    let offer = offer(&portal, &children, now);
    let report = match check(&form, &offer) {
        Ok(report) => report,
        Err(problems) => {
            // A retry that comes after its day has passed: the school has it.
            if problems.iter().all(|(field, _)| *field == Field::Day)
                && let Some(reference) = portal.school.sent_before(&parent.guardian, &submission).await?
            {
                return Ok(go(&headers, &reference));
            }
            // Another family's child is a thing that does not exist.
            if problems.contains(&(Field::Who, Problem::UnknownChild)) {
                return Err(Failure::NotFound);
            }
            let purpose =
                instead_of(&fields).map_or(Purpose::Report, |reference| Purpose::Change(reference.as_str().to_owned()));
            let page = draw(&portal, &parent, children, form, problems, submission.to_string(), purpose);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let instead_of = instead_of(&fields);
    let new = NewSubmission {
        guardian: parent.guardian.clone(),
        submission: submission.clone(),
        digest: digest(&report, instead_of.as_ref()),
        channel: "web",
        received_at: now,
        after_close: timing(now, report.day, &portal.policy.times) == Timing::AfterClose,
        proposed: portal.policy.reason(&report.reason).and_then(|reason| reason.proposed),
        report,
        instead_of,
    };
    match portal.school.report_absence(new, receipt_mail(&portal, &parent, now)).await? {
        Sent::Received(reference) => {
            portal.changed();
            portal.mail_waits.notify_one();
            Ok(go(&headers, &reference))
        }
        Sent::Again(reference) => Ok(go(&headers, &reference)),
        Sent::NotAllowed => Err(Failure::NotFound),
        Sent::CannotChange => Ok(cannot_change(&portal, &parent)),
        Sent::Differs { reference, received_at } => {
            let at = written(&portal, received_at, portal.today());
            let purpose = Purpose::AlreadySent(reference.as_str().to_owned(), at);
            let page = draw(&portal, &parent, children, form, Vec::new(), new_submission(), purpose);
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

/// Whether what was sent can still be changed or taken back: it stands, is not coded, and its day
/// has not passed.
pub(super) fn still_open(receipt: &Receipt, today: NaiveDate) -> bool {
    receipt.withdrawn_at.is_none()
        && receipt.replaced_by.is_none()
        && receipt.day >= today
        && receipt.children.iter().all(|child| child.am.is_none() && child.pm.is_none())
}

/// Says that it is too late to change or take back, and whom to ring.
pub(super) fn cannot_change(portal: &Portal, parent: &Parent) -> Response {
    let words = portal.words();
    let title = words.report.cannot_change_title;
    let text = (words.report.cannot_change)(&portal.office_phone());
    let page = render::parent(portal, parent, title, || trouble::page(words, title, text, None, paths::HOME));
    (StatusCode::CONFLICT, page).into_response()
}

/// The children this guardian may report. Nobody at all: the same as no such page.
async fn reportable(portal: &Portal, parent: &Parent) -> Result<Vec<Child>, Failure> {
    let mut children = parent.children(portal).await?;
    children.retain(|child| child.link.may_report());
    if children.is_empty() { Err(Failure::NotFound) } else { Ok(children) }
}

fn offer(portal: &Portal, children: &[Child], now: DateTime<Utc>) -> Offer {
    let ids = children.iter().map(|child| child.pupil_id.clone()).collect();
    Offer::new(london::today(now), ids, &portal.policy)
}

fn new_submission() -> String {
    SubmissionId::from_bytes(rand::random()).to_string()
}

fn instead_of(fields: &Fields) -> Option<Reference> {
    Reference::parse(&fields.one("instead_of"))
}

fn fresh(portal: &Portal, parent: &Parent, children: Vec<Child>, who: Vec<String>) -> Response {
    let offer = offer(portal, &children, portal.now());
    let over = london::local(portal.now()).time() >= portal.policy.times.day_ends;
    // After school the next school day is what people mean.
    let day = offer.days.iter().find(|day| day.date != offer.today || !over).map(|day| day.date.to_string());
    let form =
        ReportForm { who, day: day.unwrap_or_default(), part: Part::All.word().to_owned(), ..ReportForm::default() };
    draw(portal, parent, children, form, Vec::new(), new_submission(), Purpose::Report)
}

fn draw(
    portal: &Portal,
    parent: &Parent,
    children: Vec<Child>,
    form: ReportForm,
    problems: Vec<(Field, Problem)>,
    submission: String,
    purpose: Purpose,
) -> Response {
    let now = portal.now();
    let policy = &portal.policy;
    let page = ReportPage {
        now: london::local(now),
        state: register_state(now, &policy.calendar, &policy.times),
        closes: london::clock(policy.times.report_by),
        offer: offer(portal, &children, now),
        children: children.into_iter().map(|child| (child.pupil_id, child.called)).collect(),
        reasons: policy.reasons.clone(),
        form,
        problems,
        submission,
        csrf: parent.device.csrf.clone(),
        phone: portal.office_phone(),
        purpose,
    };
    render::parent(portal, parent, portal.words().report.title, || report_absence::page(portal.words(), page))
}

/// What was sent, so that a retry can be told from a second thought.
fn digest(report: &CheckedReport, instead_of: Option<&Reference>) -> String {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
    let text = serde_json::to_string(&(report, instead_of.map(Reference::as_str))).unwrap_or_default();
    BASE64.encode(Sha256::digest(text.as_bytes()))
}

fn receipt_mail(
    portal: &Portal,
    parent: &Parent,
    now: DateTime<Utc>,
) -> impl FnOnce(&Reference) -> NewMail + Send + use<> {
    let (portal, to) = (portal.clone(), parent.device.signed_in.email.clone());
    move |reference| {
        let local = london::local(now);
        let words = portal.words();
        let when = (words.common.date_at)(local.date(), &london::clock_seconds(local.time()));
        let link = portal.address(&paths::receipt(reference));
        let (subject, body) = (words.mail.received)(&portal.policy.school_name, &reference.to_string(), &when, &link);
        // Whoever signed in with an invitation on paper has no address to write to.
        NewMail { to: Some(to).filter(|to| !to.is_empty()), kind: "receipt", subject, body }
    }
}

/// To the receipt: by redirect, or by word to an island.
fn go(headers: &HeaderMap, reference: &Reference) -> Response {
    let go = paths::receipt(reference);
    let wants_json =
        headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    if wants_json { Json(FormAnswer { go }).into_response() } else { Redirect::to(&go).into_response() }
}
