//! A child's day for staff: correcting a mark, answering who questions one.

use app::{
    paths,
    rules::{
        access::{Act, may as may_do},
        calendar::{Session, SessionDay},
        code::Code,
        conversation::{MarkOf, Reach, Topic, check},
        id::{GuardianId, MessageId, PupilId},
        iso,
        text::tidy,
    },
    staff::child_day::{self as pages, Answer, Change, ChildDay, Forms, HalfDay, REASON_MOST, Talk, Typed},
    words::figures::CorrectProblem,
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{
    child::{find, reported},
    talk,
};
use crate::{
    routes::parent::written,
    store::{About, Corrected, Correction, MarkChange, MarkTalk, RollChild, Said},
    web::{
        Failure, Fields, Portal, Posted, render,
        session::{CodeAbsence, May, ReadReports, Staff},
    },
};

/// What the address says besides child and day.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct After {
    done: Option<String>,
}

/// The child and the day of an address: a school day of the child's up to today, or any with a mark or a report.
async fn place(portal: &Portal, pupil: &str, day: &str) -> Result<(RollChild, NaiveDate), Failure> {
    let child = find(portal, pupil).await?;
    let date = iso::date(day).filter(|date| *date <= portal.today()).ok_or(Failure::NotFound)?;
    let open = portal.policy.calendar.for_year_group(child.year, portal.today()).is_school_day(date);
    if open
        || !portal.school.marks_of(&child.pupil_id, date..=date).await?.is_empty()
        || !portal.school.reports_of(&child.pupil_id, date..=date).await?.is_empty()
    {
        return Ok((child, date));
    }
    Err(Failure::NotFound)
}

/// `GET /staff/children/{pupil}/days/{day}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Path((pupil, day)): Path<(String, String)>,
    Query(after): Query<After>,
) -> Result<Response, Failure> {
    let (child, date) = place(&portal, &pupil, &day).await?;
    draw(&portal, &may.staff, child, date, (Typed::default(), Answer::default()), after.done.is_some()).await
}

/// `POST /staff/children/{pupil}/days/{day}/marks`
pub(in crate::routes) async fn correct(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Path((pupil, day)): Path<(String, String)>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let (child, date) = place(&portal, &pupil, &day).await?;
    let mut typed = Typed {
        session: Session::parse(&fields.one("session")),
        code: Code::parse(&fields.one("code")).filter(|code| code.expected_in_primary()),
        reason: fields.one("reason"),
        ..Typed::default()
    };
    let new = match checked(&typed) {
        Ok(new) => new,
        Err(problems) => {
            typed.problems = problems;
            let page = draw(&portal, &may.staff, child, date, (typed, Answer::default()), false).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let (session, code, reason) = new;
    let correction = Correction {
        pupil: child.pupil_id.clone(),
        at: SessionDay { date, session },
        seen: seen(&fields, session)?,
        code,
        reason,
        staff: may.staff.session.staff_id.clone(),
        now: portal.now(),
    };
    let status = match portal.school.correct_mark(correction).await? {
        Corrected::Done => {
            portal.changed();
            let to = format!("{}?done", paths::child_day(&child.pupil_id, date));
            return Ok(Redirect::to(&to).into_response());
        }
        Corrected::NoPupil => return Err(Failure::NotFound),
        Corrected::Same => {
            typed.problems = vec![CorrectProblem::Same];
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Corrected::Changed(now) => {
            typed.meanwhile = Some(now);
            StatusCode::CONFLICT
        }
    };
    let page = draw(&portal, &may.staff, child, date, (typed, Answer::default()), false).await?;
    Ok((status, page).into_response())
}

/// What stood in this half of the day when the form was made.
fn seen(fields: &Fields, session: Session) -> Result<Option<Code>, Failure> {
    let letters = fields.one(&format!("seen-{session}"));
    if letters.is_empty() {
        return Ok(None);
    }
    Code::parse(&letters).map(Some).ok_or(Failure::BadRequest)
}

fn checked(typed: &Typed) -> Result<(Session, Code, String), Vec<CorrectProblem>> {
    let mut problems = Vec::new();
    if typed.session.is_none() {
        problems.push(CorrectProblem::NoSession);
    }
    match (typed.code, typed.session) {
        (None, _) => problems.push(CorrectProblem::NoCode),
        (Some(code), Some(session)) if !code.for_session(session) => problems.push(CorrectProblem::OtherHalf),
        _ => {}
    }
    let reason = match tidy(&typed.reason, REASON_MOST) {
        Ok(Some(reason)) => reason,
        Ok(None) => {
            problems.push(CorrectProblem::NoReason);
            String::new()
        }
        Err(_) => {
            problems.push(CorrectProblem::LongReason);
            String::new()
        }
    };
    match (typed.session, typed.code) {
        (Some(session), Some(code)) if problems.is_empty() => Ok((session, code, reason)),
        _ => Err(problems),
    }
}

/// `POST /staff/children/{pupil}/days/{day}/messages`
pub(in crate::routes) async fn answer(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Path((pupil, day)): Path<(String, String)>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff.session.staff_id;
    portal.limits.act(staff.as_str(), "message")?;
    let (child, date) = place(&portal, &pupil, &day).await?;
    let (to, text) = (fields.one("to"), fields.one("text"));
    let (about, message) = (talk_of(&child.pupil_id, date, &to), MessageId::parse(&fields.one("message")));
    // Only whoever has asked is answered: the office opens no conversation about a mark.
    let talks = portal.school.mark_talks(&child.pupil_id, date..=date).await?;
    let about = about.filter(|about| talks.iter().any(|talk| talk.about == *about)).ok_or(Failure::NotFound)?;
    let typed = Answer { to, text, ..Answer::default() };
    let checked = match check(&typed.text) {
        Ok(checked) => checked,
        Err(problem) => {
            let message = message.map(|message| message.to_string()).unwrap_or_default();
            let typed = Answer { message, problem: Some(problem), ..typed };
            let page = draw(&portal, &may.staff, child, date, (Typed::default(), typed), false).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    // The mail leads home, where the answer's day is named: no child and no day in a mail's link.
    let new = (message.ok_or(Failure::BadRequest)?, checked, fields.says_yes("asks"));
    let w = &portal.words().messages;
    let refused = match talk::send(&portal, staff, (about, paths::HOME), new).await? {
        Said::Kept | Said::Again => return Ok(Redirect::to(&paths::child_day(&child.pupil_id, date)).into_response()),
        Said::Differs(at) => (w.differs)(&written(&portal, at, portal.today())),
        Said::NotAllowed | Said::OutOfReach => w.not_sent.to_owned(),
    };
    let typed = Answer { refused: Some(refused), ..typed };
    let page = draw(&portal, &may.staff, child, date, (Typed::default(), typed), false).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// The conversation that "AM" and a guardian's id name.
fn talk_of(pupil: &PupilId, date: NaiveDate, to: &str) -> Option<About> {
    let (session, guardian) = to.split_once(' ')?;
    let mark = MarkOf { pupil: pupil.clone(), date, session: Session::parse(session)? };
    Some(About { topic: Topic::Mark, id: mark.id(), guardian: GuardianId::parse(guardian)? })
}

async fn draw(
    portal: &Portal,
    staff: &Staff,
    child: RollChild,
    date: NaiveDate,
    (correction, answer): (Typed, Answer),
    done: bool,
) -> Result<Response, Failure> {
    staff.note(portal, "attendance", child.pupil_id.as_str()).await?;
    let school = &portal.school;
    let calendar = portal.policy.calendar.for_year_group(child.year, portal.today());
    let may_code = may_do(&staff.session.roles, Act::CodeAbsence);
    let marks = school.marks_of(&child.pupil_id, date..=date).await?;
    let changes = school.mark_changes(&child.pupil_id, date).await?;
    let talks = school.mark_talks(&child.pupil_id, date..=date).await?;
    let mut halves = Vec::new();
    for session in Session::BOTH {
        let mark = marks.iter().find(|mark| mark.session == session);
        let of_half = |talk: &&MarkTalk| talk.mark.session == session;
        let mut shown = Vec::new();
        for talk in talks.iter().filter(of_half) {
            shown.push(talk_shown(portal, staff, talk, may_code).await?);
        }
        // A session that is closed and says nothing is not there.
        if mark.is_none() && shown.is_empty() && !calendar.is_open(date, session) {
            continue;
        }
        halves.push(HalfDay {
            session,
            code: mark.map(|mark| mark.code),
            minutes_late: mark.and_then(|mark| mark.minutes_late),
            changes: changes.iter().filter(|one| one.session == session).map(|one| change(portal, one)).collect(),
            talks: shown,
        });
    }
    let reports = school.reports_of(&child.pupil_id, date..=date).await?;
    let message = if answer.message.is_empty() {
        MessageId::from_bytes(rand::random()).to_string()
    } else {
        answer.message.clone()
    };
    let after = date.succ_opt().and_then(|next| calendar.next_school_day(next)).filter(|day| *day <= portal.today());
    let page = ChildDay {
        date,
        steps: [calendar.last_school_day_before(date), after],
        halves,
        reports: reports.into_iter().map(|report| reported(portal, report)).collect(),
        done,
        forms: may_code.then(|| Forms { correction, answer: Answer { message, ..answer }, csrf: staff.csrf.clone() }),
        pupil: child.pupil_id,
        full_name: child.full_name,
        class: child.class,
    };
    let words = portal.words();
    Ok(render::staff(portal, staff, words.figures.day_title, "year", || pages::page(words, page)))
}

/// A conversation for the page.
async fn talk_shown(portal: &Portal, staff: &Staff, talk: &MarkTalk, may_code: bool) -> Result<Talk, Failure> {
    let (lines, reach) = talk::shown(portal, staff, (&talk.about, &talk.from), may_code).await?;
    let w = &portal.words().messages;
    let out_of_reach = match reach {
        Reach::Open => None,
        Reach::NoAddress => Some(w.no_address),
        Reach::NoAccess => Some(w.no_access_mark),
    };
    Ok(Talk { guardian: talk.about.guardian.clone(), from: talk.from.clone(), lines, out_of_reach })
}

fn change(portal: &Portal, change: &MarkChange) -> Change {
    Change {
        old: change.old,
        new: change.new,
        at: written(portal, change.at, portal.today()),
        by: change.by_name.clone().filter(|_| change.reason.is_some()),
        reason: change.reason.clone(),
    }
}
