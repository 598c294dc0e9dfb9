//! What a request for leave says, with the questions of its day: for the family's page, the school's page and the PDF file.

use app::{
    rules::{calendar::Session, form::Form, london},
    ui::answered::{Named, StepShown, steps},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    form::{form, to_the_second, version_shown},
    leave_form::counts,
};
use crate::{
    forms,
    store::{AskedSession, LeaveChild, LeaveRecord},
    web::{Failure, Portal},
};

/// What a request says.
pub(super) struct Said {
    /// The steps with their answers.
    pub steps: Vec<StepShown>,
    /// The form of its day.
    pub form: Form,
    /// The form's version and the beginning of its fingerprint.
    pub version: (i64, String),
}

/// When a request was received, written: to the second, of one on paper the day alone.
pub(super) fn received(portal: &Portal, found: &LeaveRecord) -> String {
    written(portal, found.entered_by.is_some(), found.received_at)
}

/// When it was signed, written in the same way.
pub(super) fn signed(portal: &Portal, found: &LeaveRecord) -> String {
    written(portal, found.entered_by.is_some(), found.signed_at)
}

/// A time of a form, written. Of one on paper nobody knows more than the day.
pub(super) fn written(portal: &Portal, on_paper: bool, at: DateTime<Utc>) -> String {
    if on_paper { (portal.words().common.long_date)(london::today(at)) } else { to_the_second(portal, at) }
}

/// The day on which a child is expected back: the one the family gave where all was agreed, else that of the first
/// session after the last agreed one.
pub(super) fn back_day(portal: &Portal, found: &LeaveRecord, child: &LeaveChild) -> NaiveDate {
    let granted = |one: &&AskedSession| one.granted == Some(true);
    let last = child.sessions.iter().rfind(granted).map(|one| one.at);
    let all = child.sessions.iter().all(|one| one.granted == Some(true));
    let Some(last) = last.filter(|_| !all) else { return found.span.back };
    let calendar = portal.policy.calendar.for_year_group(child.year, portal.today());
    let next = match last.session {
        Session::Am => calendar.first_open_session_from(last.date, Session::Pm),
        Session::Pm => last.date.succ_opt().and_then(|day| calendar.first_open_session_from(day, Session::Am)),
    };
    next.map_or(found.span.back, |at| at.date)
}

/// Reads it. Children who are not in `found` are not named.
pub(super) async fn said(portal: &Portal, found: &LeaveRecord) -> Result<Said, Failure> {
    let (kept, form) = form(portal, &forms::LEAVE, Some(found.form_version)).await?;
    let sessions: Vec<_> = found
        .children
        .iter()
        .map(|child| (child.pupil.clone(), child.sessions.iter().map(|one| one.at).collect::<Vec<_>>()))
        .collect();
    let called =
        |pupil: &_| found.children.iter().find(|child| child.pupil == *pupil).map(|child| child.called.clone());
    let named = Named {
        question: portal.words().leave.children,
        children: found.children.iter().map(|child| format!("{}, {}", child.full_name, child.class)).collect(),
        span: Some(found.span),
        comes_to: counts(portal, &found.span, &sessions, called),
        asked: found.signers.iter().map(|signer| signer.name.clone()).collect(),
        last_day: None,
    };
    let steps = steps(portal.words(), &form, &found.answers, &named);
    Ok(Said { steps, version: version_shown(&kept), form })
}
