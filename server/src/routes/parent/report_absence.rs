//! Reporting an absence: the form, sending it, changing what was sent.

use std::borrow::Cow;

use app::{
    parent::{
        report_absence::{self, Purpose, ReportPage},
        trouble,
    },
    paths,
    rules::{
        absence::{Field, Kind, OTHER_DAY, Offer, Part, Problem, ReportForm, check, read},
        calendar::Calendar,
        deadline::register_state,
        id::{PupilId, SubmissionId},
        iso, london,
        reference::Reference,
    },
    wire::FormAnswer,
};
use axum::{
    Json,
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use serde::Deserialize;

use super::written;
use crate::{
    routes::reporting::{address, receipt_mail, submission as submission_of},
    store::{Child, Receipt, Sent},
    web::{Failure, Fields, Portal, Posted, render, session::Parent},
};

/// What a link to the form may say.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Ask {
    /// Opens "When?".
    when: Option<String>,
    /// The day to explain, ISO.
    day: Option<String>,
}

/// `GET /absences/new`: all children on offer, those at home still to be chosen.
pub(in crate::routes) async fn several(
    State(portal): State<Portal>,
    parent: Parent,
    Query(ask): Query<Ask>,
) -> Result<Response, Failure> {
    let children = reportable(&portal, &parent).await?;
    // Whoever is at home today with their year group is not among those not coming in.
    let today = portal.today();
    let in_school = |child: &&Child| calendar_of(&portal, child, today).is_school_day(today);
    let all = || children.iter().map(|child| child.pupil_id.to_string());
    let mut who: Vec<String> = children.iter().filter(in_school).map(|child| child.pupil_id.to_string()).collect();
    if who.is_empty() {
        who = all().collect();
    }
    Ok(fresh(&portal, &parent, children, who, &ask))
}

/// `GET /children/{pupil}/absences/new`: the same with one child chosen.
pub(in crate::routes) async fn one(
    State(portal): State<Portal>,
    parent: Parent,
    Path(pupil): Path<String>,
    Query(ask): Query<Ask>,
) -> Result<Response, Failure> {
    let children = reportable(&portal, &parent).await?;
    let pupil = PupilId::parse(&pupil)
        .filter(|id| children.iter().any(|child| child.pupil_id == *id))
        .ok_or(Failure::NotFound)?;
    Ok(fresh(&portal, &parent, children, vec![pupil.to_string()], &ask))
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
    if !receipt.can_change() {
        return Ok(cannot_change(&portal, &parent));
    }
    parent.note(&portal, "change_report", reference.as_str()).await?;
    let form = ReportForm {
        who: receipt.children.iter().map(|child| child.pupil_id.to_string()).collect(),
        reason: receipt.reason.clone(),
        illness: receipt.details.illness.clone().unwrap_or_default(),
        sent_home: if receipt.details.sent_home { "yes".to_owned() } else { String::new() },
        last: receipt.details.last.map(|last| last.word().to_owned()).unwrap_or_default(),
        since: receipt.details.since.map(|day| day.to_string()).unwrap_or_default(),
        arrives: typed(receipt.details.arrives),
        goes: typed(receipt.details.leaves),
        back: typed(receipt.details.returns),
        leaves: typed(receipt.details.leaves),
        returns: typed(receipt.details.returns),
        which: receipt.details.words.clone().unwrap_or_default(),
        other: receipt.details.words.clone().unwrap_or_default(),
        note: receipt.note.clone().unwrap_or_default(),
        ..days_of(&receipt, &offer(&portal, &children, &[], portal.now()))
    };
    let purpose = Purpose::Change(reference.as_str().to_owned());
    Ok(draw(&portal, &parent, children, form, Open { purpose, ..Open::fresh() }))
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
    let offer = offer(&portal, &children, &form.who, now);
    let report = match check(&form, &offer) {
        Ok(report) => report,
        Err(problems) => {
            // A retry that comes after its day has passed: the school has it.
            if problems.iter().all(|(field, _)| matches!(field, Field::Day | Field::First | Field::Until))
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
            let open = Open { problems, submission: submission.to_string(), purpose, when: false, fresh: false };
            let page = draw(&portal, &parent, children, form, open);
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let new = submission_of(&portal, parent.guardian.clone(), submission, report, instead_of(&fields), now);
    let to = address(&portal, &parent).await?;
    match portal.school.report_absence(new, receipt_mail(&portal, to, now)).await? {
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
            let page = draw(&portal, &parent, children, form, Open { purpose, ..Open::fresh() });
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}

/// The days of a receipt as the form would have been filled.
fn days_of(receipt: &Receipt, offer: &Offer) -> ReportForm {
    let days = receipt.children.first().map(|child| child.days.as_slice()).unwrap_or_default();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return ReportForm::default() };
    let part = match receipt.kind {
        Kind::Away => first.part.word(),
        kind => kind.word(),
    };
    let part = part.to_owned();
    if days.len() == 1 && offer.soon.contains(&first.date) {
        return ReportForm { day: first.date.to_string(), part, ..ReportForm::default() };
    }
    let until = if days.len() > 1 { last.date.to_string() } else { String::new() };
    ReportForm { day: OTHER_DAY.to_owned(), first: first.date.to_string(), until, part, ..ReportForm::default() }
}

fn typed(time: Option<NaiveTime>) -> String {
    time.map(|time| time.format("%H:%M").to_string()).unwrap_or_default()
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
pub(super) async fn reportable(portal: &Portal, parent: &Parent) -> Result<Vec<Child>, Failure> {
    let mut children = parent.children(portal).await?;
    children.retain(|child| child.link.may_report());
    if children.is_empty() { Err(Failure::NotFound) } else { Ok(children) }
}

/// What can be reported of these children; of those who are chosen, only what each of them has school for.
pub(super) fn offer(portal: &Portal, children: &[Child], chosen: &[String], now: DateTime<Utc>) -> Offer {
    let today = london::today(now);
    let ids = children.iter().map(|child| child.pupil_id.clone()).collect();
    let chosen = children.iter().filter(|child| chosen.iter().any(|id| id == child.pupil_id.as_str()));
    let calendars: Vec<_> = chosen.map(|child| calendar_of(portal, child, today)).collect();
    let apart = calendars.iter().filter(|calendar| matches!(calendar, Cow::Owned(_)));
    Offer::new(today, ids, &portal.policy).narrowed(apart.map(|calendar| &**calendar))
}

/// The calendar of a child's year group.
pub(in crate::routes) fn calendar_of<'a>(portal: &'a Portal, child: &Child, today: NaiveDate) -> Cow<'a, Calendar> {
    portal.policy.calendar.for_year_group(child.year, today)
}

pub(in crate::routes) fn new_submission() -> String {
    SubmissionId::from_bytes(rand::random()).to_string()
}

fn instead_of(fields: &Fields) -> Option<Reference> {
    Reference::parse(&fields.one("instead_of"))
}

fn fresh(portal: &Portal, parent: &Parent, children: Vec<Child>, who: Vec<String>, ask: &Ask) -> Response {
    let offer = offer(portal, &children, &who, portal.now()).with_soon_of_open();
    let over = london::local(portal.now()).time() >= portal.policy.times.day_ends;
    // After school the next school day is what people mean.
    let soon = offer.soon.iter().find(|day| **day != offer.today || !over).map(ToString::to_string);
    let asked = ask.day.as_deref().filter(|day| iso::date(day).is_some_and(|date| offer.open.on(date).is_some()));
    let form = match asked {
        Some(day) if soon.as_deref() != Some(day) => {
            ReportForm { day: OTHER_DAY.to_owned(), first: day.to_owned(), ..ReportForm::default() }
        }
        _ => ReportForm { day: soon.unwrap_or_default(), ..ReportForm::default() },
    };
    let form = ReportForm { who, part: Part::All.word().to_owned(), ..form };
    let open = Open { when: ask.when.is_some(), fresh: true, ..Open::fresh() };
    draw(portal, parent, children, form, open)
}

/// How the form is shown.
struct Open {
    problems: Vec<(Field, Problem)>,
    submission: String,
    purpose: Purpose,
    when: bool,
    /// Whether nobody has chosen anything yet.
    fresh: bool,
}

impl Open {
    fn fresh() -> Self {
        Self { problems: Vec::new(), submission: new_submission(), purpose: Purpose::Report, when: false, fresh: false }
    }
}

fn draw(portal: &Portal, parent: &Parent, children: Vec<Child>, form: ReportForm, open: Open) -> Response {
    let now = portal.now();
    let policy = &portal.policy;
    let page = ReportPage {
        now: london::local(now),
        state: register_state(now, &policy.calendar, &policy.times),
        closes: london::clock(policy.times.report_by),
        offer: match open.fresh {
            true => offer(portal, &children, &form.who, now).with_soon_of_open(),
            false => offer(portal, &children, &[], now),
        },
        children: children.into_iter().map(|child| (child.pupil_id, child.called)).collect(),
        reasons: policy.reasons.clone(),
        illnesses: policy.listed_illnesses(),
        open_when: open.when,
        focus_reason: false,
        form,
        problems: open.problems,
        submission: open.submission,
        csrf: parent.device.csrf.clone(),
        phone: portal.office_phone(),
        purpose: open.purpose,
    };
    render::parent(portal, parent, portal.words().report.title, || report_absence::page(portal.words(), page))
}

/// To the receipt: by redirect, or by word to an island.
pub(super) fn go(headers: &HeaderMap, reference: &Reference) -> Response {
    let go = paths::receipt(reference);
    let wants_json =
        headers.get(header::ACCEPT).is_some_and(|accept| accept.as_bytes().starts_with(b"application/json"));
    if wants_json { Json(FormAnswer { go }).into_response() } else { Redirect::to(&go).into_response() }
}
