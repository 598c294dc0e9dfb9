//! "Still unwell today": one tap.

use app::{
    paths,
    rules::{
        absence::{CheckedReport, Details, Kind, ReportedDay},
        id::{PupilId, SubmissionId},
    },
};
use axum::{
    extract::State,
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;

use super::report_absence::{calendar_of, go, offer, reportable};
use crate::{
    routes::reporting::{address, receipt_mail, submission as submission_of},
    store::{FamilyReport, Sent},
    web::{Failure, Portal, Posted, session::Parent},
};

/// The report of this guardian that one tap would carry on today: that of the last school day, or
/// the one that said today would follow. `None` if today has its word already.
pub(super) fn carried_on<'a>(
    portal: &Portal,
    reports: &'a [FamilyReport],
    pupil: &PupilId,
    today: NaiveDate,
    before: Option<NaiveDate>,
) -> Option<&'a FamilyReport> {
    let ill = |report: &&FamilyReport| {
        let reason = report.own.as_ref().and_then(|(_, key)| portal.policy.reason(key));
        report.kind == Kind::Away && reason.is_some_and(|reason| reason.ill)
    };
    let of_child = || reports.iter().filter(|report| report.pupil_id == *pupil);
    if of_child().any(|report| report.day == today && report.own.is_some() && !report.expected) {
        return None;
    }
    let expected = of_child().rev().find(|report| report.day == today && report.expected && report.own.is_some());
    expected
        .filter(ill)
        .or_else(|| of_child().rev().find(|report| Some(report.day) == before && report.own.is_some()).filter(ill))
}

/// `POST /absences/still`
pub(in crate::routes) async fn send(
    State(portal): State<Portal>,
    parent: Parent,
    headers: HeaderMap,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "report_absence")?;
    let (now, today) = (portal.now(), portal.today());
    let submission = SubmissionId::parse(&fields.one("submission")).ok_or(Failure::BadRequest)?;
    // A second tap, or one whose answer was lost.
    if let Some(reference) = portal.school.sent_before(&parent.guardian, &submission).await? {
        return Ok(go(&headers, &reference));
    }
    let children = reportable(&portal, &parent).await?;
    let pupil = PupilId::parse(&fields.one("who"))
        .filter(|id| children.iter().any(|child| child.pupil_id == *id))
        .ok_or(Failure::NotFound)?;
    let offer = offer(&portal, &children, &[pupil.to_string()], now);
    let child = children.iter().find(|child| child.pupil_id == pupil);
    let before = child.and_then(|child| calendar_of(&portal, child, today).last_school_day_before(today));
    let reports = portal.school.reports_from(&parent.guardian, before.unwrap_or(today)).await?;
    let carried = carried_on(&portal, &reports, &pupil, today, before);
    let (Some(part), Some(report)) = (offer.open.on(today), carried) else {
        // Said already, by another tap or the form; or it was of another day.
        return Ok(Redirect::to(paths::HOME).into_response());
    };
    let Some((reference, reason)) = report.own.clone() else { return Err(Failure::NotFound) };
    let earlier = portal.school.receipt(&parent.guardian, &reference).await?.ok_or(Failure::NotFound)?;
    let details = Details {
        illness: earlier.details.illness,
        since: earlier.details.since,
        counted: earlier.details.counted,
        ..Details::default()
    };
    let report = CheckedReport {
        children: vec![pupil],
        kind: Kind::Away,
        days: vec![ReportedDay { date: today, part }],
        reason,
        details,
        note: None,
    };
    let new = submission_of(&portal, parent.guardian.clone(), submission, report, None, now);
    let to = address(&portal, &parent).await?;
    match portal.school.report_absence(new, receipt_mail(&portal, to, now)).await? {
        Sent::Received(reference) => {
            portal.changed();
            portal.mail_waits.notify_one();
            Ok(go(&headers, &reference))
        }
        Sent::Again(reference) | Sent::Differs { reference, .. } => Ok(go(&headers, &reference)),
        Sent::NotAllowed | Sent::CannotChange => Err(Failure::NotFound),
    }
}
