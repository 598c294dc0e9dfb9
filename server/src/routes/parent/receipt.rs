//! A receipt, and withdrawing.

use std::borrow::Cow;

use app::{
    parent::{
        coming_back::Back,
        messages::Messages,
        receipt::{self, LineDay, ReceiptLine, ReceiptPage},
    },
    paths,
    rules::{
        absence::Kind,
        calendar::Calendar,
        conversation::Side,
        guidance::{Earliest, Illness, MomentProblem, earliest, moment},
        london,
        reference::Reference,
    },
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;

use super::{
    messages,
    report_absence::{calendar_of, cannot_change},
    written,
};
use crate::{
    store::{Receipt, ReceiptChild, ReceiptDay},
    web::{Failure, Portal, Posted, render, session::Parent},
};

async fn find(portal: &Portal, parent: &Parent, reference: &str) -> Result<Receipt, Failure> {
    let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
    portal.school.receipt(&parent.guardian, &reference).await?.ok_or(Failure::NotFound)
}

/// `GET /receipts/{reference}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    let now = portal.now();
    let conversation = messages::find(&portal, &parent, &found).await?;
    if let Some(unread) = conversation.as_ref().filter(|it| it.unread_by(Side::Guardian)) {
        portal.school.messages_read(&unread.about, Side::Guardian, now).await?;
        portal.changed();
    }
    let shown = conversation.map(|it| messages::shown(&portal, &it, None));
    draw(&portal, &parent, found, None, shown).await
}

/// The illness that a receipt is about, if it stands and is one with advice.
pub(super) fn illness<'a>(portal: &'a Portal, found: &Receipt) -> Option<&'a Illness> {
    let stands = found.replaced_by.is_none() && found.withdrawn_at.is_none();
    if found.kind != Kind::Away || !stands {
        return None;
    }
    portal.policy.illness_of(portal.policy.reason(&found.reason)?, &found.details)
}

/// The page; `typed` is a moment that could not be taken, `messages` the conversation if it may be had.
pub(super) async fn draw(
    portal: &Portal,
    parent: &Parent,
    found: Receipt,
    typed: Option<(String, String, MomentProblem)>,
    messages: Option<Messages>,
) -> Result<Response, Failure> {
    parent.note(portal, "receipt", found.reference.as_str()).await?;
    let (policy, today) = (&portal.policy, portal.today());
    let first_day_back = |illness: &Illness, calendar: &Calendar| {
        earliest(illness, &found.details, calendar, &policy.times, policy.afternoon_confirmed)
    };
    let calendars = calendars(portal, parent, &found).await?;
    let back = illness(portal, &found).map(|illness| Back {
        earliest: same_for_all(calendars.iter().map(|calendar| first_day_back(illness, calendar))),
        illness: illness.clone(),
        counted: illness.wait.and_then(|(from, _)| moment(from, &found.details)),
        typed,
    });
    let no_school = |date| calendars.iter().all(|calendar| !calendar.is_school_day(date));
    let page = ReceiptPage {
        can_change: found.can_change(),
        can_withdraw: found.can_withdraw(),
        received_at: found.received_at,
        received_local: london::local(found.received_at),
        after_close: found.after_close,
        times: policy.times,
        today,
        channel: found.channel,
        kind: found.kind,
        reason: policy.reason(&found.reason).cloned().ok_or(found.reason),
        illness: found.details.illness.as_ref().and_then(|key| policy.illness(key)).map(|known| known.label.clone()),
        details: found.details,
        note: found.note,
        sent_by: parent.name.clone(),
        children: found.children.into_iter().map(|child| line(portal, child, today, no_school)).collect(),
        withdrawn: found.withdrawn_at.is_some(),
        replaced_by: found.replaced_by,
        evidence: found.evidence,
        reference: found.reference,
        back,
        messages,
        phone: portal.office_phone(),
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, portal.words().receipt.title, || receipt::page(portal.words(), page)))
}

/// The calendars of the children on a receipt, the school's where none is known.
async fn calendars<'a>(
    portal: &'a Portal,
    parent: &Parent,
    found: &Receipt,
) -> Result<Vec<Cow<'a, Calendar>>, Failure> {
    // Few days are closed for single year groups: without one nobody has to be looked up.
    if portal.policy.calendar.closed_for_years().is_empty() {
        return Ok(vec![Cow::Borrowed(&portal.policy.calendar)]);
    }
    let today = portal.today();
    let children = parent.children(portal).await?;
    let on_it = children.iter().filter(|child| found.children.iter().any(|line| line.pupil_id == child.pupil_id));
    let mut calendars: Vec<_> = on_it.map(|child| calendar_of(portal, child, today)).collect();
    if calendars.is_empty() {
        calendars.push(Cow::Borrowed(&portal.policy.calendar));
    }
    Ok(calendars)
}

/// The first day back, if it is one and the same for all children on a receipt; else the school says.
fn same_for_all(mut days: impl Iterator<Item = Earliest>) -> Earliest {
    let first = days.next().unwrap_or(Earliest::AskSchool);
    if days.all(|day| day == first) { first } else { Earliest::AskSchool }
}

fn line(portal: &Portal, child: ReceiptChild, today: NaiveDate, no_school: impl Fn(NaiveDate) -> bool) -> ReceiptLine {
    let day = |day: ReceiptDay| LineDay {
        date: day.date,
        part: day.part,
        no_school: no_school(day.date),
        withdrawn: day.withdrawn,
        seen: day.seen_at.map(|at| written(portal, at, today)),
        other: day.other_at.map(|at| written(portal, at, today)),
        codes: (day.am, day.pm),
    };
    ReceiptLine {
        called: child.called,
        full_name: child.full_name,
        class: child.class,
        days: child.days.into_iter().map(day).collect(),
    }
}

/// `GET /receipts/{reference}/withdraw`
pub(in crate::routes) async fn ask_withdraw(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    if !found.can_withdraw() {
        return Ok(cannot_change(&portal, &parent));
    }
    let words = portal.words();
    Ok(render::parent(&portal, &parent, words.receipt.withdraw_title, || {
        receipt::withdraw(words, &found.reference, &parent.device.csrf)
    }))
}

/// `POST /receipts/{reference}/withdraw`
pub(in crate::routes) async fn withdraw(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "withdraw")?;
    let found = find(&portal, &parent, &reference).await?;
    let done = found.withdrawn_at.is_some()
        || portal.school.withdraw(&parent.guardian, &found.reference, portal.now()).await?;
    if done {
        portal.changed();
        return Ok(Redirect::to(&paths::receipt(&found.reference)).into_response());
    }
    Ok(cannot_change(&portal, &parent))
}
