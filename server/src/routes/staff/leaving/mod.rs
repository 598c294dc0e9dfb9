//! Children who leave, for staff: the list, and the letters that stand with a notice.

pub(in crate::routes) mod notice;
pub(in crate::routes) mod returned;

use std::collections::HashMap;

use app::{
    rules::{
        access::{Act, may as may_do},
        form::{Answers, Form},
        id::EvidenceId,
        leaving::{Destination, Entry, Kind, Line, Times, key, lines},
        reference::Reference,
    },
    staff::leaving::list::{self, LeaverRow, ListPage, WroteRow},
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use chrono::{Days, NaiveDate};

use crate::{
    forms,
    routes::{form::form, parent::written},
    store::{LeaverListed, LeaverWrote},
    web::{
        Failure, Portal, download, render,
        session::{May, ReadLeaving},
    },
};

/// How far back the list goes, in days of the last day at school.
const BACK: u64 = 800;

/// The notices that the list shows.
async fn listed(portal: &Portal) -> Result<Vec<LeaverListed>, Failure> {
    let since = portal.today().checked_sub_days(Days::new(BACK)).unwrap_or(NaiveDate::MIN);
    Ok(portal.school.leavers(since).await?)
}

/// What has to be done for one child.
fn lines_of(
    portal: &Portal,
    answers: &Answers,
    entries: &[Entry],
    (last_day, off_roll): (NaiveDate, Option<NaiveDate>),
) -> Vec<Line> {
    let (calendar, file_days) = (&portal.policy.calendar, portal.policy.leaving.file_days);
    lines(Destination::read(answers), entries, Times { last_day, off_roll, calendar, file_days })
}

fn lines_of_listed(portal: &Portal, one: &LeaverListed) -> Vec<Line> {
    lines_of(portal, &one.answers, &one.entries, (one.last_day, one.left_on))
}

/// How many children have left, as their families said, with something still to do: for the morning.
pub(super) async fn left_open(portal: &Portal) -> Result<usize, Failure> {
    let today = portal.today();
    let open = |one: &&LeaverListed| {
        let passed = one.kind == Kind::Notice && one.last_day < today;
        passed && lines_of_listed(portal, one).iter().any(Line::is_open)
    };
    Ok(listed(portal).await?.iter().filter(open).count())
}

/// `GET /staff/leaving`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<ReadLeaving>) -> Result<Response, Failure> {
    let (_, form) = form(&portal, &forms::LEAVING, None).await?;
    let reasons = reasons(&form);
    let (meetings, notices): (Vec<_>, Vec<_>) =
        listed(&portal).await?.into_iter().partition(|one| one.kind == Kind::Meeting);
    let row = |one: LeaverListed| row(&portal, one, &reasons);
    let (open, mut finished): (Vec<LeaverRow>, Vec<LeaverRow>) =
        notices.into_iter().map(row).partition(|row| row.open > 0);
    finished.reverse();
    let page = ListPage {
        meetings: meetings.into_iter().map(row).collect(),
        open,
        finished,
        wrote: wrote(&portal).await?,
        may_return: may_do(&may.staff.session.roles, Act::KeepLeaving),
    };
    may.staff.note(&portal, "leaving", "list").await?;
    let words = portal.words();
    Ok(render::staff(&portal, &may.staff, words.leaving_staff.title, "", || list::page(words, page)))
}

/// What was written about notices that stand no more.
async fn wrote(portal: &Portal) -> Result<Vec<WroteRow>, Failure> {
    let all = portal.school.leavers_wrote().await?.into_iter();
    let row = |one: LeaverWrote| WroteRow {
        at: written(portal, one.sent_at, portal.today()),
        reference: one.reference,
        children: one.children,
        sender: one.sender,
    };
    Ok(all.map(row).collect())
}

/// The reasons of the form that counts, by key: for a line of the list that is enough.
fn reasons(form: &Form) -> HashMap<String, String> {
    let questions = form.steps.iter().flat_map(|step| &step.questions);
    let choices = questions.filter(|question| question.key == key::REASON).flat_map(|question| &question.choices);
    choices.map(|choice| (choice.key.clone(), choice.label.clone())).collect()
}

fn row(portal: &Portal, one: LeaverListed, reasons: &HashMap<String, String>) -> LeaverRow {
    let today = portal.today();
    let lines = lines_of_listed(portal, &one);
    LeaverRow {
        in_days: (one.last_day - today).num_days(),
        reason: reasons.get(one.answers.get(key::REASON)).cloned(),
        open: lines.iter().filter(|line| line.is_open()).count(),
        overdue: lines.iter().any(|line| line.is_overdue(today)),
        reference: one.reference,
        name: one.name,
        class: one.class,
        last_day: one.last_day,
        sender: one.sender,
        unread: one.unread,
    }
}

/// `GET /staff/leaving/{reference}/evidence/{evidence}`
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    may: May<ReadLeaving>,
    Path((reference, evidence)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let reference = Reference::parse(&reference).ok_or(Failure::NotFound)?;
    let evidence = EvidenceId::parse(&evidence).ok_or(Failure::NotFound)?;
    let files = portal.school.notice_evidence(&reference).await?;
    let file = files.into_iter().find(|file| file.evidence == evidence).ok_or(Failure::NotFound)?;
    may.staff.note(&portal, "evidence_file", evidence.as_str()).await?;
    download::answer(&portal.school, file).await
}
