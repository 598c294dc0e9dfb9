//! One report, and asking the family something about it.

use app::{
    paths,
    rules::{
        access::{Act, may as may_do},
        conversation::{Question, QuestionForm, Reach, check_question},
        id::MessageId,
        london,
        reference::Reference,
    },
    staff::one_report::{self, Ask, OneChild, OneDay},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};

use super::talk;
use crate::{
    store::{OneReport, Said},
    web::{
        Failure, Portal, Posted, render,
        session::{CodeAbsence, May, ReadReports, Staff},
    },
};

/// `GET /staff/reports/{reference}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let report = find(&portal, &reference).await?;
    draw(&portal, &may.staff, report, Typed::default()).await
}

/// `POST /staff/reports/{reference}/messages`
pub(in crate::routes) async fn ask(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff.session.staff_id;
    portal.limits.act(staff.as_str(), "message")?;
    let mut report = find(&portal, &reference).await?;
    // The conversation has gone along with what took its place.
    while let Some(new) = &report.replaced_by {
        report = portal.school.one_report(new).await?.ok_or(Failure::NotFound)?;
    }
    let form = QuestionForm {
        question: fields.one("question"),
        text: fields.one("text"),
        no_answer: fields.says_yes("no-answer"),
    };
    let message = MessageId::parse(&fields.one("message"));
    let (text, asks) = match check_question(&form) {
        Ok(Question::Ready(ready)) => ((portal.words().messages.ready)(ready).to_owned(), ready.asks()),
        Ok(Question::Own(text, asks)) => (text, asks),
        Err(problem) => {
            let typed = Typed { form, message, problem: Some(problem), refused: None };
            let page = draw(&portal, &may.staff, report, typed).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let link = paths::conversation(&report.reference);
    let new = (message.ok_or(Failure::BadRequest)?, text, asks);
    let w = &portal.words().messages;
    let refused = match talk::send(&portal, staff, (report.about.clone(), &link), new).await? {
        Said::Kept | Said::Again => {
            return Ok(Redirect::to(&paths::staff_conversation(&report.reference)).into_response());
        }
        Said::Differs(at) => (w.differs)(&written(&portal, at)),
        Said::NotAllowed | Said::OutOfReach => w.not_sent.to_owned(),
    };
    let typed = Typed { form, refused: Some(refused), ..Typed::default() };
    let page = draw(&portal, &may.staff, report, typed).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// What was typed, and why it was not taken.
#[derive(Default)]
struct Typed {
    form: QuestionForm,
    message: Option<MessageId>,
    problem: Option<app::rules::conversation::MessageProblem>,
    refused: Option<String>,
}

async fn find(portal: &Portal, reference: &str) -> Result<OneReport, Failure> {
    let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
    portal.school.one_report(&reference).await?.ok_or(Failure::NotFound)
}

async fn draw(portal: &Portal, staff: &Staff, report: OneReport, typed: Typed) -> Result<Response, Failure> {
    let may_code = may_do(&staff.session.roles, Act::CodeAbsence);
    let hide_words = staff.session.hide_words;
    let messages = portal.school.messages(&report.about).await?;
    let reach = portal.school.reach(&report.about).await?;
    let opened = (may_code, may_code && !hide_words);
    portal.school.report_opened(&report, &staff.session.staff_id, opened, portal.now()).await?;
    let policy = &portal.policy;
    let in_reach = reach == Reach::Open;
    let line = |message| talk::line(portal, &report.from, message, in_reach, hide_words);
    let lines = messages.iter().map(line).collect();
    let ask = may_code.then(|| Ask {
        reach,
        message: typed.message.unwrap_or_else(|| MessageId::from_bytes(rand::random())).to_string(),
        form: typed.form,
        problem: typed.problem,
        refused: typed.refused,
        csrf: staff.csrf.clone(),
    });
    let page = one_report::OneReport {
        received: written(portal, report.received_at),
        reason: policy.reason(&report.reason).map_or(report.reason.clone(), |reason| reason.label.clone()),
        illness: report.details.illness.as_ref().and_then(|key| policy.illness(key)).map(|known| known.label.clone()),
        children: report.children.into_iter().map(|child| one_child(portal, child)).collect(),
        reference: report.reference,
        from: report.from,
        mobile: report.mobile,
        channel: report.channel,
        kind: report.kind,
        details: report.details,
        note: report.note,
        replaced_by: report.replaced_by,
        hide_words,
        lines,
        ask,
    };
    let words = portal.words();
    Ok(render::staff(portal, staff, words.messages.one_title, "", || one_report::page(words, page)))
}

fn one_child(portal: &Portal, child: crate::store::OneChild) -> OneChild {
    let by = |done: Option<(DateTime<Utc>, String)>| done.map(|(at, who)| (written(portal, at), who));
    let day = |day: crate::store::OneDay| OneDay {
        date: day.date,
        part: day.part,
        after_close: day.after_close,
        withdrawn: day.withdrawn_at.map(|at| written(portal, at)),
        seen: by(day.seen),
        codes: day.codes,
        coded: by(day.coded),
    };
    OneChild { full_name: child.full_name, class: child.class, days: child.days.into_iter().map(day).collect() }
}

/// The written time in London: "8.04"; with its date if that is not today.
fn written(portal: &Portal, at: DateTime<Utc>) -> String {
    let local = london::local(at);
    let time = london::clock(local.time());
    if local.date() == portal.today() { time } else { (portal.words().common.date_at)(local.date(), &time) }
}
