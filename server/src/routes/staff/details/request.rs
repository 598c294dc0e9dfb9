//! One request: looked at, answered, and asked about.

use app::{
    paths,
    rules::{
        conversation::Topic,
        details::{Move, State as LineState, is_change},
        id::MessageId,
        reference::Reference,
    },
    staff::details::request::{self as pages, LineShown, RequestPage, step_word},
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    routes::{
        details_said::{besides, value, what},
        parent::written,
        staff::talk::{self, Unsent},
    },
    store::{About, DetailsAnswer, DetailsDecided, DetailsLine, DetailsRecord, NewDetailsDecision, NewMail},
    web::{
        Failure, Fields, Portal, Posted, render,
        session::{KeepDetails, May, Staff},
    },
};

async fn find(portal: &Portal, reference: &str) -> Result<DetailsRecord, Failure> {
    let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
    portal.school.details_request(&reference, portal.today()).await?.ok_or(Failure::NotFound)
}

/// What was typed, and why it was not taken.
#[derive(Default)]
struct Desk {
    fields: Fields,
    message: String,
    text: String,
    problems: Vec<Said>,
    refused: Option<&'static str>,
}

/// `GET /staff/details/requests/{reference}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<KeepDetails>,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &reference).await?;
    draw(&portal, &may.staff, found, Desk::default()).await
}

fn about(found: &DetailsRecord) -> About {
    About { topic: Topic::Details, id: found.talk.clone(), guardian: found.guardian.clone() }
}

async fn draw(portal: &Portal, staff: &Staff, found: DetailsRecord, desk: Desk) -> Result<Response, Failure> {
    let (words, today) = (portal.words(), portal.today());
    let about = about(&found);
    let (talk, reach) = talk::shown(portal, staff, (&about, &found.guardian_name), true).await?;
    staff.note(portal, "details", found.reference.as_str()).await?;
    let w = &words.details_staff;
    let shown = |line: &DetailsLine| {
        let now = found.details.held(&line.of);
        let over = matches!(line.state, LineState::Arrived | LineState::Withdrawn | LineState::Replaced);
        let moved = line.of.field.is_brought() && !over && is_change(line.of.field, line.held.as_deref(), now);
        let said = |text: Option<&str>| value(words, &line.of, text);
        LineShown {
            what: what(&found.details, &line.of, w.field),
            was: said(line.held.as_deref()),
            wanted: said(line.wanted.as_deref()),
            besides: besides(words, &found.details, line),
            moved: moved.then(|| said(now).unwrap_or_else(|| w.nothing.to_owned())),
            state: line.state,
            since: written(portal, line.state_at, today),
            chosen: chosen(&desk.fields, line),
            of: line.of.clone(),
        }
    };
    let children: Vec<String> =
        found.details.children.iter().map(|child| format!("{} ({})", child.full_name, child.class)).collect();
    let children: Vec<&str> = children.iter().map(String::as_str).collect();
    let message =
        if desk.message.is_empty() { MessageId::from_bytes(rand::random()).to_string() } else { desk.message };
    let page = RequestPage {
        lines: found.lines.iter().map(shown).collect(),
        guardian: found.guardian_name.clone(),
        children: (words.common.list)(&children),
        received: written(portal, found.asked_at, today),
        talk,
        hears: found.hears,
        reach,
        message: (message, desk.text),
        problems: desk.problems,
        refused: desk.refused,
        csrf: staff.csrf.clone(),
        reference: found.reference,
    };
    Ok(render::staff(portal, staff, w.one_title, "", || pages::page(words, page)))
}

/// The answer that was chosen for a line, if it is one that can be given.
fn chosen(fields: &Fields, line: &DetailsLine) -> Option<Move> {
    let word = fields.one(&format!("answer-{}", line.of.name()));
    [Move::Accept, Move::Refuse, Move::Reopen].into_iter().find(|step| step_word(*step) == word)
}

/// `POST /staff/details/requests/{reference}`
pub(in crate::routes) async fn decide(
    State(portal): State<Portal>,
    may: May<KeepDetails>,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff;
    portal.limits.act(staff.session.staff_id.as_str(), "decide_details")?;
    let found = find(&portal, &reference).await?;
    let w = &portal.words().details_staff;
    let all = fields.says_yes("all");
    let answer = |line: &DetailsLine| {
        let was = LineState::parse(&fields.one(&format!("was-{}", line.of.name())))?;
        // What leads to a call is never agreed to along with the rest.
        let along = all && was == LineState::Asked && !line.of.field.needs_call();
        let step = if along { Some(Move::Accept) } else { chosen(&fields, line) }?;
        Some(DetailsAnswer { of: line.of.clone(), was, step })
    };
    let answers: Vec<DetailsAnswer> = found.lines.iter().filter_map(answer).collect();
    if answers.is_empty() {
        let desk = Desk { fields, problems: vec![("answers".to_owned(), w.no_answer.to_owned())], ..Desk::default() };
        return refuse(&portal, staff, found, (StatusCode::UNPROCESSABLE_ENTITY, desk)).await;
    }
    let (subject, body) = (portal.words().mail.decided)(&portal.policy.school_name, &portal.address(paths::DETAILS));
    let mail = NewMail { to: None, kind: "details-decided", subject, body };
    let new = NewDetailsDecision {
        reference: found.reference.clone(),
        answers,
        by: staff.session.staff_id.clone(),
        at: portal.now(),
        today: portal.today(),
    };
    match portal.school.decide_details(new, mail).await? {
        DetailsDecided::Done => {
            portal.changed();
            portal.mail_waits.notify_one();
            Ok(Redirect::to(&paths::staff_details(&found.reference)).into_response())
        }
        DetailsDecided::NotAllowed => Err(Failure::NotAllowed),
        DetailsDecided::Nothing => Err(Failure::NotFound),
        why @ (DetailsDecided::NotNow | DetailsDecided::Overtaken) => {
            let refused = if why == DetailsDecided::NotNow { w.not_now } else { w.overtaken };
            let desk = Desk { fields, refused: Some(refused), ..Desk::default() };
            let found = find(&portal, &reference).await?;
            refuse(&portal, staff, found, (StatusCode::CONFLICT, desk)).await
        }
    }
}

async fn refuse(
    portal: &Portal,
    staff: &Staff,
    found: DetailsRecord,
    (status, desk): (StatusCode, Desk),
) -> Result<Response, Failure> {
    Ok((status, draw(portal, staff, found, desk).await?).into_response())
}

/// `POST /staff/details/requests/{reference}/messages`
pub(in crate::routes) async fn ask(
    State(portal): State<Portal>,
    may: May<KeepDetails>,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff;
    portal.limits.act(staff.session.staff_id.as_str(), "message")?;
    let found = find(&portal, &reference).await?;
    let to = (about(&found), paths::DETAILS);
    match talk::ask(&portal, &staff.session.staff_id, to, (&fields, "text")).await? {
        Ok(()) => Ok(Redirect::to(&format!("{}#messages", paths::staff_details(&found.reference))).into_response()),
        Err(Unsent { status, message, text, problems, refused }) => {
            let desk = Desk { message: message.to_string(), text, problems, refused, ..Desk::default() };
            refuse(&portal, staff, found, (status, desk)).await
        }
    }
}
