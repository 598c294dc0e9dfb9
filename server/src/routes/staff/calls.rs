//! The call list: whom to ring about whom, and what came of it.

use std::collections::HashMap;

use app::{
    paths,
    rules::{
        access::{Act, may as may_do},
        calendar::{Session, SessionDay},
        calls::{Outcome, SAID_MOST, still_ringing},
        id::{CallId, GuardianId, PupilId},
        iso, london,
        reconcile::{Verdict, Why},
        register::{Tick, closes, session_of},
        text::tidy_line,
    },
    staff::calls::{self as pages, Because, Call, CallLine, CallsPage, Contact, OffLine},
    ui::errors::Said,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;

use super::{
    board::OnDay,
    morning::{classes, ringing, written},
};
use crate::{
    store::{CallNote, Facts, Listed, NewCall, Noted},
    web::{
        Failure, Portal, Posted, render,
        session::{CodeAbsence, May, ReadReports, Staff},
    },
};

/// How many school days are looked at to count those in a row without a word.
const DAYS_BACK: usize = 10;

/// `GET /staff/calls`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Query(on): Query<OnDay>,
) -> Result<Response, Failure> {
    let day = on.day(&portal)?;
    draw(&portal, &may.staff, day, Attempt::default()).await
}

/// `POST /staff/calls`
pub(in crate::routes) async fn note(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let w = &portal.words().calls;
    let call = CallId::parse(&fields.one("call")).ok_or(Failure::BadRequest)?;
    let pupil = PupilId::parse(&fields.one("pupil")).ok_or(Failure::BadRequest)?;
    let day = iso::date(&fields.one("day")).ok_or(Failure::BadRequest)?;
    let typed = fields.one("said");
    let refuse = async |status: StatusCode, attempt: Attempt| {
        let page = draw(&portal, &may.staff, day, attempt).await?;
        Ok::<Response, Failure>((status, page).into_response())
    };
    if day != portal.today() {
        return refuse(StatusCode::CONFLICT, Attempt::said(w.other_day)).await;
    }
    let wrong = |text: &str| Attempt {
        problems: vec![(format!("said-{pupil}"), text.to_owned())],
        typed: Some((pupil.clone(), typed.clone())),
        ..Attempt::default()
    };
    let Some(outcome) = Outcome::parse(&fields.one("outcome")) else {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, wrong(w.no_outcome)).await;
    };
    let Ok(said) = tidy_line(&typed, SAID_MOST) else {
        return refuse(StatusCode::UNPROCESSABLE_ENTITY, wrong(w.long)).await;
    };
    let guardian = match fields.one("whom") {
        empty if empty.is_empty() => None,
        id => {
            let id = GuardianId::parse(&id).ok_or(Failure::BadRequest)?;
            // Whoever may not be rung any more cannot be named either.
            let may_ring = portal.school.may_ring(&pupil).await?;
            Some(id).filter(|id| may_ring.iter().any(|one| one.guardian_id == *id))
        }
    };
    let had: Option<usize> = fields.one("had").parse().ok();
    let staff = may.staff.session.staff_id.clone();
    let new = NewCall { call, pupil: pupil.clone(), day, outcome, guardian, note: said, staff, at: portal.now() };
    match portal.school.note_call(new).await? {
        Noted::Kept => {}
        Noted::Again => return Ok(Redirect::to(&paths::call_about(&pupil)).into_response()),
        Noted::NoPupil => return Err(Failure::NotFound),
        Noted::Differs => {
            let attempt =
                Attempt { typed: Some((pupil, typed)), refused: Some(w.differs.to_owned()), ..Attempt::default() };
            return refuse(StatusCode::CONFLICT, attempt).await;
        }
        Noted::Ringing(who, since) => {
            let refused = (w.refused)(&who, &written(&portal, since, day));
            let attempt = Attempt { typed: Some((pupil, typed)), refused: Some(refused), ..Attempt::default() };
            return refuse(StatusCode::CONFLICT, attempt).await;
        }
    }
    portal.changed();
    // What a colleague has noted meanwhile is said at once, not found by chance.
    let calls = portal.school.calls_on(day).await?;
    let own = may.staff.session.staff_id.as_str();
    let mut since = calls.iter().filter(|note| note.pupil == pupil).skip(had.unwrap_or(calls.len()));
    let meanwhile = since.any(|note| note.staff != own);
    if meanwhile {
        return refuse(StatusCode::OK, Attempt::said(w.both)).await;
    }
    Ok(Redirect::to(&paths::call_about(&pupil)).into_response())
}

/// What was sent and not kept, or has to be said.
#[derive(Debug, Default)]
struct Attempt {
    typed: Option<(PupilId, String)>,
    refused: Option<String>,
    problems: Vec<Said>,
}

impl Attempt {
    fn said(text: &str) -> Self {
        Self { refused: Some(text.to_owned()), ..Self::default() }
    }
}

async fn draw(portal: &Portal, staff: &Staff, day: NaiveDate, attempt: Attempt) -> Result<Response, Failure> {
    let facts = portal.school.facts(day..=day).await?;
    let mut notes: HashMap<PupilId, Vec<CallNote>> = HashMap::new();
    for note in portal.school.calls_on(day).await? {
        notes.entry(note.pupil.clone()).or_default().push(note);
    }
    let (mut to_ring, mut spoken) = (Vec::new(), Vec::new());
    let ringing = ringing(portal, &facts, day);
    for (child, at, why) in &ringing {
        let notes = notes.get(&child.pupil_id);
        let line = line(portal, (child, *at, *why), notes, &attempt).await?;
        if spoken_to(portal, &facts, (child, *at), notes) { spoken.push(line) } else { to_ring.push(line) }
    }
    // The longest without a word first; the youngest of them first, as the list comes.
    to_ring.sort_by_key(|line: &CallLine| (std::cmp::Reverse(line.days), line.why));
    let off = off(portal, &facts, day, &notes, |pupil| ringing.iter().any(|(child, ..)| child.pupil_id == *pupil));
    let (now, today) = (portal.now(), portal.today());
    let open = |session| portal.policy.calendar.is_open(day, session);
    let session = session_of(day, now, &portal.policy.times, &portal.policy.calendar);
    let at = SessionDay { date: day, session };
    let registers = if open(at.session) { classes(portal, &facts, at) } else { Vec::new() };
    let not_in = registers.iter().filter(|class| !class.state.is_in()).count();
    let unlisted = registers.iter().map(|class| class.unlisted).sum();
    let close = closes(at, &portal.policy.times);
    staff.note(portal, "calls", &day.to_string()).await?;
    let words = portal.words();
    let page = CallsPage {
        day,
        closes: (day == today && now < close && open(at.session)).then(|| london::clock(london::local(close).time())),
        not_in,
        unlisted,
        to_ring,
        spoken,
        off,
        hide_words: staff.session.hide_words,
        may_call: day == today && may_do(&staff.session.roles, Act::CodeAbsence),
        refused: attempt.refused,
        problems: attempt.problems,
        csrf: staff.csrf.clone(),
    };
    Ok(render::staff(portal, staff, words.calls.title, "morning", || pages::page(words, page)))
}

/// Whether somebody was reached last, whatever came of earlier calls. A child who was there in the morning and is not
/// in the afternoon is another matter than the one that was spoken of.
fn spoken_to(
    portal: &Portal,
    facts: &Facts,
    (child, at): (&Listed, SessionDay),
    notes: Option<&Vec<CallNote>>,
) -> bool {
    let settled = notes.into_iter().flatten().rfind(|note| note.outcome != Outcome::Ringing);
    let Some(note) = settled.filter(|note| note.outcome == Outcome::Reached) else { return false };
    let morning = SessionDay { session: Session::Am, ..at };
    let came =
        at.session == Session::Pm && facts.known(child, morning, portal.today(), &portal.policy.times).was_seen();
    let register = facts.registers.get(&(at, child.class_id.clone())).filter(|register| register.complete);
    let since = register.map_or_else(|| closes(at, &portal.policy.times), |register| register.saved_at);
    !came || note.at >= since
}

fn shown(portal: &Portal, day: NaiveDate, notes: Option<&Vec<CallNote>>) -> Vec<Call> {
    let call = |note: &CallNote| Call {
        outcome: note.outcome,
        whom: note.guardian.clone(),
        time: written(portal, note.at, day),
        by: note.by.clone(),
        said: note.note.clone(),
    };
    // "I am ringing" has done its work once anything else stands after it.
    let last = notes.map_or(0, Vec::len).saturating_sub(1);
    let notes = notes.into_iter().flatten().enumerate();
    notes
        .filter(|(place, note)| note.outcome != Outcome::Ringing || *place == last)
        .map(|(_, note)| call(note))
        .collect()
}

async fn line(
    portal: &Portal,
    (child, at, why): (&Listed, SessionDay, Why),
    notes: Option<&Vec<CallNote>>,
    attempt: &Attempt,
) -> Result<CallLine, Failure> {
    let pupil = &child.pupil_id;
    let ringing = notes
        .and_then(|notes| notes.last())
        .filter(|note| note.outcome == Outcome::Ringing && still_ringing(note.at, portal.now()));
    let contacts = portal.school.may_ring(pupil).await?;
    let typed = attempt.typed.as_ref().filter(|(about, _)| about == pupil).map(|(_, said)| said.clone());
    Ok(CallLine {
        pupil: pupil.clone(),
        name: child.name(),
        class: child.class.clone(),
        why,
        time: if let Why::NotArrived(time) = why { london::clock(time) } else { String::new() },
        days: days(portal, pupil, at.date).await?,
        contacts: contacts
            .into_iter()
            .map(|one| Contact {
                guardian: one.guardian_id,
                name: one.name,
                relationship: one.relationship,
                phone: one.phone,
            })
            .collect(),
        calls: shown(portal, at.date, notes),
        noted: notes.map_or(0, Vec::len),
        ringing: ringing.map(|note| (note.by.clone(), written(portal, note.at, at.date))),
        call: CallId::from_bytes(rand::random()),
        typed: typed.unwrap_or_default(),
    })
}

/// How many school days in a row nobody has said anything, this one with them.
async fn days(portal: &Portal, pupil: &PupilId, day: NaiveDate) -> Result<usize, Failure> {
    let calendar = &portal.policy.calendar;
    let before = |day: &NaiveDate| calendar.last_school_day_before(*day);
    let back: Vec<NaiveDate> = std::iter::successors(before(&day), before).take(DAYS_BACK).collect();
    let Some(first) = back.last() else { return Ok(1) };
    let silent = portal.school.silent_days(pupil, *first, day).await?;
    Ok(1 + back.iter().take_while(|day| silent.contains(day)).count())
}

/// Who was absent without a word when the register came in, and is explained since.
fn off(
    portal: &Portal,
    facts: &Facts,
    day: NaiveDate,
    notes: &HashMap<PupilId, Vec<CallNote>>,
    still_on: impl Fn(&PupilId) -> bool,
) -> Vec<OffLine> {
    let mut off = Vec::new();
    for child in facts.children.iter().filter(|child| child.is_on_roll(day) && !still_on(&child.pupil_id)) {
        let because = Session::BOTH.into_iter().find_map(|session| {
            let at = SessionDay { date: day, session };
            let register = facts.registers.get(&(at, child.class_id.clone())).filter(|register| register.complete)?;
            let rung = notes.contains_key(&child.pupil_id);
            let known = facts.known(child, at, portal.today(), &portal.policy.times);
            let heard = facts.heard(&child.pupil_id, day);
            let before = heard.iter().any(|heard| heard.received_at <= register.saved_at && !heard.expected);
            if known.tick != Some(Tick::Absent) {
                // Rung about, and ticked as in since.
                return (rung && known.was_seen()).then_some(Because::Arrived);
            }
            if before && !rung {
                return None;
            }
            if known.was_seen() {
                return Some(Because::Arrived);
            }
            match (known.verdict(), heard.iter().find(|heard| heard.received_at > register.saved_at)) {
                (_, Some(heard)) => {
                    Some(Because::Reported(heard.from.clone(), written(portal, heard.received_at, day)))
                }
                (Verdict::NotYetIn, None) => None,
                (_, None) if known.coded.is_some() => Some(Because::Coded),
                _ => None,
            }
        });
        if let Some(because) = because {
            let calls = shown(portal, day, notes.get(&child.pupil_id));
            off.push(OffLine { name: child.name(), class: child.class.clone(), because, calls });
        }
    }
    off
}
