//! What a request for leave says, with the questions of its day: for the family's page, the school's page and the PDF file.

use app::{
    rules::form::Form,
    ui::answered::{Named, StepShown, steps},
};

use super::leave_form::{counts, fingerprint, form};
use crate::{
    store::LeaveRecord,
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

/// Reads it. Children who are not in `found` are not named.
pub(super) async fn said(portal: &Portal, found: &LeaveRecord) -> Result<Said, Failure> {
    let (kept, form) = form(portal, Some(found.form_version)).await?;
    let sessions: Vec<_> = found
        .children
        .iter()
        .map(|child| (child.pupil.clone(), child.sessions.iter().map(|one| one.at).collect::<Vec<_>>()))
        .collect();
    let called =
        |pupil: &_| found.children.iter().find(|child| child.pupil == *pupil).map(|child| child.called.clone());
    let named = Named {
        children: found.children.iter().map(|child| format!("{}, {}", child.full_name, child.class)).collect(),
        span: Some(found.span),
        comes_to: counts(portal, &found.span, &sessions, called),
        asked: found.signers.iter().map(|signer| signer.name.clone()).collect(),
    };
    let steps = steps(portal.words(), &form, &found.answers, &named);
    Ok(Said { steps, version: (kept.version, fingerprint(&kept)), form })
}
