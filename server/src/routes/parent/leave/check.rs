//! Checking the answers and signing them.

use app::{
    parent::leave::check::{self, CheckPage, statement_field},
    paths,
    rules::{
        form::YES,
        id::GuardianId,
        leave::{OtherParent, key},
        reference::Reference,
        text::tidy_line,
    },
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{super::prove::cannot_sign as cannot, filling, sent_already};
use crate::{
    forms,
    routes::leave_form::{Filling, fingerprint, in_advance, to_the_second},
    store::{Channel, Drafter, LeaveSent, NewLeave, NewMail, seen_all},
    web::{Failure, Fields, Portal, Posted, render, session::Parent},
};

/// How many characters a name may have.
const NAME_MOST: usize = 120;

/// Whether a typed name is the one on record: capitals and blanks do not matter.
pub(super) fn is_name(typed: &str, on_record: &str) -> bool {
    let plain = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    plain(typed) == plain(on_record)
}

/// A typed name as it stands beneath, with single blanks; "" where it is none.
pub(super) fn signed(typed: &str) -> String {
    let line = tidy_line(typed, NAME_MOST).ok().flatten().unwrap_or_default();
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is told when the page is drawn again.
#[derive(Default)]
struct Again {
    problems: Vec<Said>,
    notice: Option<String>,
    name: String,
    ticked: Vec<usize>,
    other_name: Option<bool>,
}

impl Again {
    fn typed(fields: &Fields, statements: usize) -> Self {
        Self {
            name: fields.one("name"),
            ticked: (0..statements).filter(|place| fields.one(&statement_field(*place)) == YES).collect(),
            ..Self::default()
        }
    }
}

/// `GET /leave/forms/{draft}/check`: with a fresh code only, since the signature stands on it.
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    let filling = match filling(&portal, &parent, &draft).await {
        Err(Failure::NotFound) => return sent_already(&portal, &parent, &draft).await,
        found => found?,
    };
    if let Some(back) = incomplete(&portal, &filling) {
        return Ok(back);
    }
    if cannot(&portal, &parent).is_none() && !parent.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::prove(&paths::leave_check(&filling.draft.draft))).into_response());
    }
    Ok(draw(&portal, &parent, &filling, Again::default()))
}

/// Where a step is missing: to the first of them.
fn incomplete(portal: &Portal, filling: &Filling) -> Option<Response> {
    let missing = filling.family(portal).missing(&filling.form, &filling.draft.answers);
    let step = missing.first()?;
    Some(Redirect::to(&paths::leave_step(&filling.draft.draft, &step.key)).into_response())
}

/// The sessions that are asked for, as a fingerprint: they hang on the calendar, not on the answers alone.
fn asked(portal: &Portal, filling: &Filling) -> String {
    let sessions = filling.family(portal).sessions(&filling.draft.answers).map(|(_, sessions)| sessions);
    let each = sessions
        .unwrap_or_default()
        .into_iter()
        .flat_map(|(pupil, sessions)| sessions.into_iter().map(move |at| format!("{pupil} {at}\n")));
    forms::fingerprint(&each.collect::<String>())
}

fn draw(portal: &Portal, parent: &Parent, filling: &Filling, again: Again) -> Response {
    let words = portal.words();
    let page = CheckPage {
        draft: filling.draft.draft.clone(),
        title: filling.form.title.clone(),
        steps: filling.steps(portal),
        statements: filling.form.statements.clone(),
        begun: !filling.in_advance(portal, portal.now()),
        changes: filling.draft.instead_of.is_some(),
        name_on_record: parent.name.clone(),
        name: again.name,
        ticked: again.ticked,
        other_name: again.other_name,
        version: (filling.kept.version, fingerprint(&filling.kept)),
        seen: seen_all(&filling.draft.answers),
        sessions: asked(portal, filling),
        problems: again.problems,
        notice: again.notice,
        cannot: cannot(portal, parent),
        csrf: parent.device.csrf.clone(),
    };
    render::parent(portal, parent, words.leave.title, || check::page(words, page))
}

/// `POST /leave/forms/{draft}/check`: signs and sends.
pub(in crate::routes) async fn send(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "sign_leave")?;
    let filling = match filling(&portal, &parent, &draft).await {
        // The same form once more: two taps, or an answer that was lost on the way.
        Err(Failure::NotFound) => return sent_already(&portal, &parent, &draft).await,
        found => found?,
    };
    if let Some(back) = incomplete(&portal, &filling) {
        return Ok(back);
    }
    let w = &portal.words().leave;
    let mut again = Again::typed(&fields, filling.form.statements.len());
    if cannot(&portal, &parent).is_some() {
        return Ok((StatusCode::FORBIDDEN, draw(&portal, &parent, &filling, again)).into_response());
    }
    if !parent.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::prove(&paths::leave_check(&filling.draft.draft))).into_response());
    }
    if fields.one("version") != filling.kept.version.to_string() {
        // Nobody signs words that were not shown.
        again = Again { notice: Some(w.form_changed.to_owned()), name: again.name, ..Again::default() };
        return Ok((StatusCode::CONFLICT, draw(&portal, &parent, &filling, again)).into_response());
    }
    for place in 0..filling.form.statements.len() {
        if !again.ticked.contains(&place) {
            again.problems.push((statement_field(place), (w.tick_each)(place + 1)));
        }
    }
    let name = signed(&again.name);
    if name.is_empty() {
        again.problems.push(("name".to_owned(), w.no_name.to_owned()));
    } else if !is_name(&name, &parent.name) {
        let meant = fields.one("other-name") == YES;
        again.other_name = Some(meant);
        if !meant {
            again.problems.push(("name".to_owned(), (w.other_name)(&parent.name)));
        }
    }
    if !again.problems.is_empty() {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&portal, &parent, &filling, again)).into_response());
    }
    if fields.one("sessions") != asked(&portal, &filling) {
        // The calendar was changed while the page stood open: nobody signs another count than they have read.
        again = Again { notice: Some(w.count_changed.to_owned()), name: again.name, ..Again::default() };
        return Ok((StatusCode::CONFLICT, draw(&portal, &parent, &filling, again)).into_response());
    }
    let sent = submit(&portal, &parent, &filling, name, fields.one("seen")).await?;
    let notice = match sent {
        LeaveSent::Received(reference) => {
            portal.changed();
            portal.mail_waits.notify_one();
            return Ok(Redirect::to(&paths::leave_request(&reference)).into_response());
        }
        LeaveSent::Again(reference) => return Ok(Redirect::to(&paths::leave_request(&reference)).into_response()),
        LeaveSent::Gone => return sent_already(&portal, &parent, &draft).await,
        LeaveSent::Changed => w.changed_since.to_owned(),
        LeaveSent::NotAllowed => (w.not_allowed)(&portal.office_phone()),
        LeaveSent::CannotChange => w.cannot_change.to_owned(),
    };
    let filling = self::filling(&portal, &parent, &draft).await?;
    let again = Again { notice: Some(notice), name: again.name, ..Again::default() };
    Ok((StatusCode::CONFLICT, draw(&portal, &parent, &filling, again)).into_response())
}

async fn submit(
    portal: &Portal,
    parent: &Parent,
    filling: &Filling,
    signed_name: String,
    seen: String,
) -> Result<LeaveSent, Failure> {
    let answers = filling.draft.answers.clone();
    let (span, children) = filling.family(portal).sessions(&answers).map_err(|_| Failure::BadRequest)?;
    let now = portal.now();
    let asked = OtherParent::parse(answers.get(key::OTHER)) == Some(OtherParent::Asked);
    let ask = if asked { answers.list(key::ASK).filter_map(GuardianId::parse).collect() } else { Vec::new() };
    let school = portal.policy.school_name.clone();
    let new = NewLeave {
        guardian: parent.guardian.clone(),
        submission: filling.draft.draft.clone(),
        whose: Drafter::Guardian(parent.guardian.clone()),
        seen,
        channel: Channel::Web,
        form_version: filling.kept.version,
        in_advance: in_advance(portal, &span, &children, now),
        answers,
        span,
        children,
        signed_name,
        signed_at: now,
        at: now,
        entered_by: None,
        ask,
        ask_mail: (portal.words().mail.to_sign)(&school, &portal.address(paths::LEAVE)),
    };
    let to = portal.school.own_inbox(&parent.guardian).await?;
    let (wording, origin, when) = (portal.words().mail.received, portal.address(""), to_the_second(portal, now));
    let mail = move |reference: &Reference| {
        let link = format!("{origin}{}", paths::leave_request(reference));
        let (subject, body) = wording(&school, &reference.to_string(), &when, &link);
        NewMail { to, kind: "leave", subject, body }
    };
    Ok(portal.school.send_leave(new, mail).await?)
}
