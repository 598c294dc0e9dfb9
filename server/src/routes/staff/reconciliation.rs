//! Reports and marks side by side, as a page and as a file.

use std::collections::BTreeSet;

use app::{
    paths,
    rules::{
        access::{Act, may as may_do},
        calendar::{Session, SessionDay},
        code::Code,
        iso,
        reconcile::{Verdict, n_stands},
    },
    staff::reconciliation::{self as pages, Line, List, Reconciliation},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use serde::Deserialize;

use super::morning::written;
use crate::{
    routes::sheet,
    store::{Facts, Listed, journal::Actor},
    web::{
        Failure, Portal, render,
        session::{May, ReadReports},
    },
};

/// How many school days before today are shown where nobody has asked for others.
const DAYS_BACK: usize = 10;
/// How many days may be asked for at once.
const MOST_DAYS: i64 = 60;

/// Which days: "2026-11-09..2026-11-23", or the fields of the form.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Span {
    span: Option<String>,
    from: Option<String>,
    until: Option<String>,
}

impl Span {
    /// What was asked for, as text; `None` where nothing was.
    fn asked(&self) -> Option<(String, String)> {
        if let Some(span) = &self.span {
            let (from, until) = span.split_once("..").unwrap_or((span, span));
            return Some((from.to_owned(), until.to_owned()));
        }
        match (&self.from, &self.until) {
            (None, None) => None,
            (from, until) => Some((from.clone().unwrap_or_default(), until.clone().unwrap_or_default())),
        }
    }

    /// The days, today and the last ten school days where nobody has asked; `Err` where those asked for are none.
    fn days(&self, portal: &Portal) -> Result<(NaiveDate, NaiveDate), (String, String)> {
        let today = portal.today();
        let Some((from, until)) = self.asked() else { return Ok(usual(portal)) };
        let days = (iso::date(&from), iso::date(&until));
        match days {
            (Some(first), Some(last)) if first <= last && last <= today && (last - first).num_days() < MOST_DAYS => {
                Ok((first, last))
            }
            _ => Err((from, until)),
        }
    }
}

fn usual(portal: &Portal) -> (NaiveDate, NaiveDate) {
    let (calendar, today) = (&portal.policy.calendar, portal.today());
    let before = |day: &NaiveDate| calendar.last_school_day_before(*day);
    let back = std::iter::successors(before(&today), before).take(DAYS_BACK).last();
    (back.unwrap_or(today), today)
}

/// "2026-11-09..2026-11-23"
fn written_span((from, until): (NaiveDate, NaiveDate)) -> String {
    format!("{from}..{until}")
}

/// `GET /staff/reconciliation`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Query(span): Query<Span>,
) -> Result<Response, Failure> {
    let words = portal.words();
    let (days, typed, problems) = match span.days(&portal) {
        Ok((from, until)) => ((from, until), (from.to_string(), until.to_string()), Vec::new()),
        Err(typed) => (usual(&portal), typed, vec![("from".to_owned(), words.reconcile.bad_span.to_owned())]),
    };
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let facts = portal.school.facts(days.0..=days.1).await?;
    may.staff.note(&portal, "reconciliation", &written_span(days)).await?;
    let (lines, waiting) = lines(&portal, &facts, days);
    let page = Reconciliation {
        from: days.0,
        until: days.1,
        typed,
        lines: lines.into_iter().map(|(_, line)| line).collect(),
        waiting,
        may_code: may_do(&may.staff.session.roles, Act::CodeAbsence),
        hide_words: may.staff.session.hide_words,
        problems,
    };
    let title = words.reconcile.title;
    Ok((status, render::staff(&portal, &may.staff, title, "morning", || pages::page(words, page))).into_response())
}

/// `GET /staff/reconciliation.csv`
pub(in crate::routes) async fn csv(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Query(span): Query<Span>,
) -> Result<Response, Failure> {
    let days = span.days(&portal).map_err(|_| Failure::NotFound)?;
    if !may.staff.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::staff_prove(&paths::reconciliation_csv(days.0, days.1))).into_response());
    }
    let facts = portal.school.facts(days.0..=days.1).await?;
    may.staff.note(&portal, "reconciliation_file", &written_span(days)).await?;
    let words = portal.words();
    let record = |(child, line): (&Listed, Line)| -> Vec<String> {
        let sessions: Vec<&str> = line.sessions.iter().map(|session| session.letters()).collect();
        let letters = |codes: [Option<Code>; 2]| {
            let each = codes.map(|code| code.map(Code::letters).unwrap_or_default());
            if each.iter().all(|letters| letters.is_empty()) { String::new() } else { each.join(" ") }
        };
        let list = List::ALL.iter().position(|list| *list == line.list).unwrap_or_default();
        let reported = line.reported.as_ref().map(|(who, time)| (words.reconcile.reported)(who, time));
        let until = line.n.and_then(|n| n.until).map(|until| until.to_string());
        vec![
            words.reconcile.lists[list].to_owned(),
            line.day.to_string(),
            sessions.join(" "),
            child.upn.clone(),
            child.mis_id.clone(),
            child.surname.clone(),
            child.forename.clone(),
            child.class.clone(),
            reported.unwrap_or_default(),
            letters(line.here),
            letters(line.mis),
            until.unwrap_or_default(),
            line.n.map(|n| n.left.max(0).to_string()).unwrap_or_default(),
            line.to_do(words),
        ]
    };
    let (lines, _) = lines(&portal, &facts, days);
    let children = lines.iter().map(|(child, _)| &child.pupil_id).collect::<BTreeSet<_>>().len();
    let actor = Actor::Staff(may.staff.session.staff_id.to_string());
    let subject = written_span(days);
    portal.school.note_export(actor, "export_reconciliation", subject, children, portal.now()).await?;
    let heads = words.reconcile.file_heads.map(str::to_owned).into();
    let records = std::iter::once(heads).chain(lines.into_iter().map(record));
    Ok(sheet::download(&format!("reconciliation-{}-{}.csv", days.0, days.1), records))
}

/// How many children's days of a day are on a list with something to be put right: marked as in though
/// reported away, or coded otherwise.
pub(super) fn differences(portal: &Portal, facts: &Facts, day: NaiveDate) -> usize {
    let (lines, _) = lines(portal, facts, (day, day));
    lines.iter().filter(|(_, line)| matches!(line.list, List::ReportedButPresent | List::CodedOtherwise)).count()
}

/// Every line of these days, the most urgent first, and how many sessions of children have no register.
fn lines<'a>(
    portal: &Portal,
    facts: &'a Facts,
    (from, until): (NaiveDate, NaiveDate),
) -> (Vec<(&'a Listed, Line)>, usize) {
    let (today, times, calendar) = (portal.today(), &portal.policy.times, &portal.policy.calendar);
    let mut lines: Vec<(&Listed, Line)> = Vec::new();
    let mut waiting = 0;
    let sessions = calendar.open_sessions(from..=until.min(today));
    for child in &facts.children {
        for at in sessions.iter().copied().filter(|at| child.is_on_roll(at.date)) {
            let known = facts.known(child, at, today, times);
            let verdict = known.verdict();
            waiting += usize::from(verdict == Verdict::NotYetIn && is_due(portal, at));
            let Some(list) = List::of(verdict) else { continue };
            let half = usize::from(at.session == Session::Pm);
            // Both halves of a day that come to the same stand in one line.
            if let Some((_, line)) = lines.last_mut().filter(|(last, line)| {
                last.pupil_id == child.pupil_id && line.day == at.date && line.verdict == verdict
            }) {
                line.sessions.push(at.session);
                line.here[half] = known.coded;
                line.mis[half] = known.mark;
                continue;
            }
            let n = match verdict {
                Verdict::Unexplained => true,
                _ => known.mark == Some(Code::N),
            };
            let heard = facts.heard(&child.pupil_id, at.date).first();
            let mut line = Line {
                verdict,
                list,
                day: at.date,
                sessions: vec![at.session],
                pupil: child.pupil_id.clone(),
                name: child.name(),
                class: child.class.clone(),
                reported: heard.map(|heard| (heard.from.clone(), written(portal, heard.received_at, at.date))),
                here: [None, None],
                mis: [None, None],
                leave: facts.leave(&child.pupil_id, at),
                n: n.then(|| n_stands(at.date, today, calendar)),
            };
            line.here[half] = known.coded;
            line.mis[half] = known.mark;
            lines.push((child, line));
        }
    }
    lines.sort_by(|(one_child, one), (two_child, two)| {
        let left = |line: &Line| line.n.map_or(i64::MAX, |n| n.left);
        let key = |line: &Line| (line.list, left(line));
        // What runs out first comes first; else the latest day, where something can still be done about it.
        key(one)
            .cmp(&key(two))
            .then(two.day.cmp(&one.day))
            .then_with(|| (one_child.year, &one.class, &one.name).cmp(&(two_child.year, &two.class, &two.name)))
    });
    (lines, waiting)
}

/// Whether the register of a session should be in by now.
fn is_due(portal: &Portal, at: SessionDay) -> bool {
    portal.now() >= app::rules::register::closes(at, &portal.policy.times)
}
