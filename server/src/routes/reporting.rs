//! What every way of reporting shares: from a checked report to a submission and its mail.

use app::{
    paths,
    rules::{
        absence::{CheckedReport, Clock, Part, proposed},
        deadline::{Timing, timing},
        id::{GuardianId, SubmissionId},
        london,
        reference::Reference,
    },
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::{
    store::{Channel, NewMail, NewSubmission, StoreError},
    web::{Portal, session::Parent},
};

/// A report as this guardian sends it by the web at `now`.
pub(super) fn submission(
    portal: &Portal,
    guardian: GuardianId,
    submission: SubmissionId,
    report: CheckedReport,
    instead_of: Option<Reference>,
    now: DateTime<Utc>,
) -> NewSubmission {
    let policy = &portal.policy;
    let today = london::today(now);
    let reason = policy.reason(&report.reason);
    let dates = || report.days.iter().map(|day| day.date);
    // An illness may be over sooner, so the policy wants word of each morning; an appointment stands.
    let later_on = dates().skip(1).filter(|date| *date > today && reason.is_some_and(|reason| reason.ill)).collect();
    let tell_others = policy.tell_other_guardian.then(|| (portal.words().mail.other_reported)(&policy.school_name));
    let code = reason.and_then(|reason| reason.proposed);
    // A report of several days is of a child that is away: then the part does not matter.
    let part = report.days.first().map_or(Part::All, |day| day.part);
    NewSubmission {
        guardian,
        submission,
        digest: digest(&report, instead_of.as_ref()),
        channel: Channel::Web,
        received_at: now,
        after_close: dates().filter(|date| timing(now, *date, &policy.times) == Timing::AfterClose).collect(),
        expected: later_on,
        proposed: proposed(report.kind, part, &report.details, code, &Clock::from(&policy.times)),
        report,
        entered_by: None,
        tell_others,
        instead_of,
    }
}

/// What was sent, so that a retry can be told from a second thought.
fn digest(report: &CheckedReport, instead_of: Option<&Reference>) -> String {
    let text = serde_json::to_string(&(report, instead_of.map(Reference::as_str))).unwrap_or_default();
    BASE64.encode(Sha256::digest(text.as_bytes()))
}

/// Where this guardian's receipts go: nowhere for one who signed in with an invitation on paper, and
/// nowhere where somebody barred reads along.
pub(super) async fn address(portal: &Portal, parent: &Parent) -> Result<Option<String>, StoreError> {
    if parent.device.signed_in.email.is_empty() {
        return Ok(None);
    }
    portal.school.own_inbox(&parent.guardian).await
}

/// The mail that says a report was received: reference and time, no name, no reason.
pub(super) fn receipt_mail(
    portal: &Portal,
    to: Option<String>,
    now: DateTime<Utc>,
) -> impl FnOnce(&Reference) -> NewMail + Send + use<> {
    let portal = portal.clone();
    move |reference| {
        let local = london::local(now);
        let words = portal.words();
        let when = (words.common.date_at)(local.date(), &london::clock_seconds(local.time()));
        let link = portal.address(&paths::receipt(reference));
        let (subject, body) = (words.mail.received)(&portal.policy.school_name, &reference.to_string(), &when, &link);
        NewMail { to, kind: "receipt", subject, body }
    }
}
