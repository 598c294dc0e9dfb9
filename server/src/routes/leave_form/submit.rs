//! Sending a form that was signed: by its applicant here, or on paper.

use app::{
    paths,
    rules::{
        id::{GuardianId, StaffId},
        leave::{OtherParent, key},
        reference::Reference,
    },
};
use chrono::{DateTime, Utc};

use super::{Filling, in_advance};
use crate::{
    routes::leave_said::written,
    store::{Channel, Drafter, FormSent, NewLeave, NewMail},
    web::{Failure, Portal},
};

/// How it was signed.
pub(in crate::routes) struct Signed {
    /// The member of staff who typed it in from paper.
    pub entered_by: Option<StaffId>,
    /// How it came.
    pub channel: Channel,
    /// The name beneath.
    pub name: String,
    /// When it was signed.
    pub at: DateTime<Utc>,
    /// When the school had it.
    pub received: DateTime<Utc>,
}

/// Sends it, with the receipt's mail and those to who is asked to sign. `seen` is what was known of the answers when
/// the last page was drawn.
pub(in crate::routes) async fn submit(
    portal: &Portal,
    filling: &Filling,
    whose: Drafter,
    signed: Signed,
    seen: String,
) -> Result<FormSent, Failure> {
    let answers = filling.begun.draft.answers.clone();
    let (span, children) = filling.family(portal).sessions(&answers).map_err(|_| Failure::BadRequest)?;
    let guardian = filling.begun.draft.guardian.clone();
    let asked = OtherParent::parse(answers.get(key::OTHER)) == Some(OtherParent::Asked);
    let ask = if asked { answers.list(key::ASK).filter_map(GuardianId::parse).collect() } else { Vec::new() };
    let school = portal.policy.school_name.clone();
    let new = NewLeave {
        submission: filling.begun.draft.draft.clone(),
        whose,
        seen,
        channel: signed.channel,
        form_version: filling.begun.kept.version,
        in_advance: in_advance(portal, &span, &children, signed.received),
        answers,
        span,
        children,
        signed_name: signed.name,
        signed_at: signed.at,
        received_at: signed.received,
        at: portal.now(),
        entered_by: signed.entered_by,
        ask,
        ask_mail: (portal.words().mail.to_sign)(&school, &portal.address(paths::LEAVE)),
        guardian: guardian.clone(),
    };
    let to = portal.school.own_inbox(&guardian).await?;
    let (wording, origin) = (portal.words().mail.received, portal.address(""));
    let when = written(portal, new.entered_by.is_some(), new.received_at);
    let mail = move |reference: &Reference| {
        let link = format!("{origin}{}", paths::leave_request(reference));
        let (subject, body) = wording(&school, &reference.to_string(), &when, &link);
        NewMail { to, kind: "leave", subject, body }
    };
    Ok(portal.school.send_leave(new, mail).await?)
}
