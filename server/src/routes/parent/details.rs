//! What the school holds about a guardian: the page, the yearly look, taking back, and messages about it.

pub(in crate::routes) mod change;

use app::{
    parent::details::{self as pages, ChildShown, DetailsPage, FactShown, LineShown},
    paths,
    rules::{
        conversation::Side,
        details::{FEWEST_TO_RING, Field, Of, State as LineState, is_due, told_of},
        london,
        reference::Reference,
        school_year::SchoolYear,
    },
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::Duration;
use serde::Deserialize;

use super::{
    messages::{self, Tried},
    prove::cannot_sign,
    written,
};
use crate::{
    routes::details_said::{besides, value, what},
    store::{Conversation, Details, DetailsChild, DetailsLine},
    web::{Failure, Portal, Posted, render, session::Parent},
};

/// For how many days the page tells what became of a change.
const ANSWERED_DAYS: i64 = 60;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Done {
    sent: Option<String>,
    right: Option<String>,
}

/// This guardian's details; who may see no child finds nothing here.
async fn find(portal: &Portal, parent: &Parent) -> Result<Details, Failure> {
    portal.school.details(&parent.guardian, portal.today()).await?.ok_or(Failure::NotFound)
}

/// The page for a device that cannot be told to be this guardian's alone.
fn refuse(portal: &Portal, parent: &Parent, why: String) -> Response {
    let words = portal.words();
    render::parent(portal, parent, words.details.title, || pages::cannot(words, why))
}

/// `GET /details`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Query(done): Query<Done>,
) -> Result<Response, Failure> {
    let details = find(&portal, &parent).await?;
    if let Some(why) = cannot_sign(&portal, &parent) {
        return Ok(refuse(&portal, &parent, why));
    }
    let w = &portal.words().details;
    let sent = done.sent.as_deref().and_then(Reference::parse);
    let sent = sent.filter(|sent| details.lines.iter().any(|line| line.reference == *sent));
    let notice = match (sent, done.right) {
        (Some(reference), _) => Some((w.thanks)(&reference.to_string())),
        (None, Some(_)) => Some(w.thanks_right.to_owned()),
        (None, None) => None,
    };
    draw(&portal, &parent, details, (notice, None)).await
}

/// Which conversation belongs to the details: that of the latest request, whatever became of it.
async fn conversation(
    portal: &Portal,
    parent: &Parent,
    details: &Details,
) -> Result<Option<(Reference, Conversation)>, Failure> {
    let Some((latest, _)) = &details.latest else { return Ok(None) };
    let found = portal.school.own_conversation(&parent.guardian, latest).await?;
    Ok(found.map(|conversation| (latest.clone(), conversation)))
}

async fn draw(
    portal: &Portal,
    parent: &Parent,
    details: Details,
    (notice, typed): (Option<String>, Option<app::parent::messages::Messages>),
) -> Result<Response, Failure> {
    let (words, now, today) = (portal.words(), portal.now(), portal.today());
    let w = &words.details;
    let year = SchoolYear::of(today);
    let looked = portal.school.details_looked(&parent.guardian, year.0).await?;
    let talk = conversation(portal, parent, &details).await?;
    if let Some((_, conversation)) = talk.as_ref().filter(|(_, talk)| talk.unread_by(Side::Guardian)) {
        portal.school.messages_read(&conversation.about, Side::Guardian, now).await?;
        portal.changed();
    }
    let talk = talk.map(|(_, conversation)| messages::shown(portal, &conversation, None));
    let shown = |line: &DetailsLine| LineShown {
        what: what(&details, &line.of, w.field),
        was: value(words, &line.of, line.held.as_deref()).unwrap_or_else(|| w.nothing.to_owned()),
        wanted: wanted(portal, &details, line),
        state: line.state,
        since: written(portal, line.state_at, today),
    };
    let asked = |line: &&DetailsLine| line.state == LineState::Asked;
    let lately = |line: &&DetailsLine| {
        let told = !matches!(line.state, LineState::Asked | LineState::Replaced | LineState::Withdrawn);
        told && now - line.state_at < Duration::days(ANSWERED_DAYS)
    };
    let own = Field::OWN.into_iter().filter(|field| match field {
        Field::Address => details.keeps_address(),
        Field::Secret => false,
        _ => true,
    });
    let page = DetailsPage {
        notice,
        due: is_due(portal.policy.check_from, &portal.policy.calendar, today, looked.is_some()),
        looked: looked.map(|at| (words.common.full_date)(london::today(at))),
        own: own.map(|field| fact(portal, &details, Of::own(field))).collect(),
        children: details.children.iter().map(|child| one(portal, &details, child)).collect(),
        secret: !details.keeps_address(),
        waiting: details.lines.iter().filter(asked).map(shown).collect(),
        sent: details
            .lines
            .iter()
            .find(asked)
            .map(|line| (line.reference.to_string(), written(portal, line.asked_at, today))),
        may_withdraw: details.lines.iter().any(|line| details.can_give_way(line)),
        answered: details.lines.iter().filter(lately).map(shown).collect(),
        messages: typed.or(talk),
        phone: portal.office_phone(),
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, w.title, || pages::page(words, page)))
}

/// What was asked for, with what stands beside an address.
fn wanted(portal: &Portal, details: &Details, line: &DetailsLine) -> String {
    let words = portal.words();
    let wanted = value(words, &line.of, line.wanted.as_deref()).unwrap_or_else(|| words.details.taken_away.to_owned());
    match besides(words, details, line) {
        Some(besides) => format!("{wanted}\n{besides}"),
        None => wanted,
    }
}

/// One field as it is held, with what is on its way.
fn fact(portal: &Portal, details: &Details, of: Of) -> FactShown {
    let words = portal.words();
    let w = &words.details;
    let coming = match (details.asked(&of), details.agreed(&of)) {
        (Some(line), _) => {
            Some((w.asked)(&wanted(portal, details, line), &written(portal, line.asked_at, portal.today())))
        }
        (None, Some(line)) if of.field.is_brought() => Some((w.now_agreed)(&wanted(portal, details, line))),
        _ => None,
    };
    // What no file brings stands as it was agreed.
    let held = if of.field.is_brought() { details.held(&of) } else { details.stands(&of) };
    let nothing = if of.field.is_brought() { w.nothing } else { w.unknown };
    FactShown { label: (w.field)(of.field), value: value(words, &of, held).ok_or(nothing), coming }
}

fn one(portal: &Portal, details: &Details, child: &DetailsChild) -> ChildShown {
    let words = portal.words();
    let w = &words.details;
    let number = [Field::Mobile, Field::HomePhone, Field::WorkPhone];
    let number = number.into_iter().any(|field| details.stands(&Of::own(field)).is_some());
    let somebody = Of::child(&child.pupil, Field::Somebody);
    let others =
        details.asked(&somebody).or_else(|| details.agreed(&somebody)).is_some_and(|line| line.wanted.is_some());
    let told = told_of(number, usize::from(others));
    let fields = Field::OF_CHILD.into_iter().filter(|field| *field != Field::CourtOrder);
    ChildShown {
        name: child.full_name.clone(),
        born: (w.born)(&child.class, &(words.common.full_date)(child.born)),
        facts: fields.map(|field| fact(portal, details, Of::child(&child.pupil, field))).collect(),
        few: (told < FEWEST_TO_RING).then(|| (w.few)(&child.called, told)),
    }
}

/// `POST /details/right`: one tap.
pub(in crate::routes) async fn right(
    State(portal): State<Portal>,
    parent: Parent,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "details_right")?;
    let year = SchoolYear::of(portal.today()).0;
    if let Some(why) = cannot_sign(&portal, &parent) {
        find(&portal, &parent).await?;
        return Ok((StatusCode::FORBIDDEN, refuse(&portal, &parent, why)).into_response());
    }
    if portal.school.details_are_right(&parent.guardian, year, portal.now(), portal.today()).await? {
        Ok(Redirect::to(&format!("{}?right=yes", paths::DETAILS)).into_response())
    } else {
        Err(Failure::NotFound)
    }
}

/// `POST /details/withdraw`
pub(in crate::routes) async fn withdraw(
    State(portal): State<Portal>,
    parent: Parent,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "withdraw_details")?;
    find(&portal, &parent).await?;
    if let Some(why) = cannot_sign(&portal, &parent) {
        return Ok((StatusCode::FORBIDDEN, refuse(&portal, &parent, why)).into_response());
    }
    // Twice is once: the page says how it stands.
    if portal.school.withdraw_details(&parent.guardian, portal.now(), portal.today()).await? {
        portal.changed();
    }
    Ok(Redirect::to(paths::DETAILS).into_response())
}

/// `POST /details/messages`
pub(in crate::routes) async fn say(
    State(portal): State<Portal>,
    parent: Parent,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "message")?;
    let details = find(&portal, &parent).await?;
    if let Some(why) = cannot_sign(&portal, &parent) {
        return Ok((StatusCode::FORBIDDEN, refuse(&portal, &parent, why)).into_response());
    }
    let found = conversation(&portal, &parent, &details).await?.filter(|(_, talk)| talk.may_write);
    let (_, talk) = found.ok_or(Failure::NotFound)?;
    match messages::say(&portal, &talk, &fields).await? {
        Tried::Said => Ok(Redirect::to(&format!("{}#messages", paths::DETAILS)).into_response()),
        Tried::Refused(status, messages) => {
            Ok((status, draw(&portal, &parent, details, (None, Some(messages))).await?).into_response())
        }
    }
}
