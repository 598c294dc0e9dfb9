//! A child's attendance: the year as a register page, and as a file.

use std::collections::BTreeMap;

use app::{
    parent::attendance::{self, AttendancePage, Sibling, Told},
    rules::{
        calendar::Calendar,
        compulsory_age::compulsory_from,
        figures::{window_days, window_of, year_tally},
        id::PupilId,
        mark::Mark,
        percentage::Tally,
        school_year::SchoolYear,
    },
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

use chrono::NaiveDate;

use super::written;
use crate::{
    routes::sheet,
    store::Child,
    web::{Failure, Portal, render, session::Parent},
};

/// Which school year: the one that begins in this year; this one where none is asked for.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct OfYear {
    year: Option<i32>,
}

impl OfYear {
    fn year(&self, portal: &Portal) -> SchoolYear {
        self.year.filter(|year| (1900..3000).contains(year)).map_or(SchoolYear::of(portal.today()), SchoolYear)
    }
}

/// The children this guardian may see, and which of them is asked for.
pub(super) async fn find(portal: &Portal, parent: &Parent, pupil: &str) -> Result<(Child, Vec<Child>), Failure> {
    let mut children = parent.children(portal).await?;
    children.retain(|child| child.link.may_read());
    let pupil = PupilId::parse(pupil).ok_or(Failure::NotFound)?;
    let place = children.iter().position(|child| child.pupil_id == pupil).ok_or(Failure::NotFound)?;
    Ok((children.remove(place), children))
}

async fn marks(portal: &Portal, parent: &Parent, child: &Child, year: SchoolYear) -> Result<Vec<Mark>, Failure> {
    parent.note(portal, "attendance", child.pupil_id.as_str()).await?;
    Ok(portal.school.marks_of(&child.pupil_id, year.days()).await?)
}

/// `GET /children/{pupil}/attendance`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(pupil): Path<String>,
    Query(of): Query<OfYear>,
) -> Result<Response, Failure> {
    let (child, others) = find(&portal, &parent, &pupil).await?;
    let (today, year) = (portal.today(), of.year(&portal));
    let marks = marks(&portal, &parent, &child, year).await?;
    let marked = portal.school.marked(&child.pupil_id).await?;
    let known = portal.school.roll_child(&child.pupil_id).await?.ok_or(Failure::NotFound)?.known;
    let calendar = portal.policy.calendar.for_year_group(child.year, today);
    let unauthorised = unauthorised(&portal, &child, &calendar, known.born).await?;
    let questions = portal.school.own_mark_talks(&parent.guardian, &child.pupil_id, year.days()).await?;
    // Of a day's two halves, an answer to either.
    let questions = questions.into_iter().fold(BTreeMap::new(), |mut days, (day, answered)| {
        *days.entry(day).or_default() |= answered;
        days
    });
    let mut siblings = Vec::with_capacity(others.len());
    for other in others {
        siblings.push(sibling(&portal, &parent, other, year).await?);
    }
    let policy = &portal.policy;
    let days = year.days();
    let reports = portal.school.reports_from(&parent.guardian, *days.start()).await?;
    let told = reports.into_iter().filter(|report| report.pupil_id == child.pupil_id && days.contains(&report.day));
    let page = AttendancePage {
        other_years: marked
            .map(|(first, last)| (SchoolYear::of(first).0..=SchoolYear::of(last).0).map(SchoolYear).collect())
            .map(|years: Vec<SchoolYear>| years.into_iter().filter(|other| *other != year).collect())
            .unwrap_or_default(),
        year,
        today,
        tally: tally(&portal, known.admitted, year, &marks),
        calendar: calendar.into_owned(),
        marks,
        questions,
        reports: told
            .map(|report| Told {
                date: report.day,
                part: report.part,
                at: written(&portal, report.received_at, report.day),
                own: report.own.map(|(reference, reason)| {
                    let label = policy.reason(&reason).map_or(reason.clone(), |reason| reason.label.clone());
                    (reference, label)
                }),
            })
            .collect(),
        unauthorised,
        may_report: child.link.may_report(),
        siblings,
        phone: portal.office_phone(),
        pupil: child.pupil_id,
        called: child.called,
        full_name: child.full_name,
        class: child.class,
    };
    let words = portal.words();
    Ok(render::parent_year(&portal, &parent, words.attendance.title, || attendance::page(words, page)))
}

/// The counts of a school year's marks up to today.
fn tally(portal: &Portal, admitted: NaiveDate, year: SchoolYear, marks: &[Mark]) -> Tally {
    year_tally(admitted, portal.today().min(*year.days().end()), marks)
}

/// Another child's counts of the same year.
async fn sibling(portal: &Portal, parent: &Parent, child: Child, year: SchoolYear) -> Result<Sibling, Failure> {
    let marks = marks(portal, parent, &child, year).await?;
    let known = portal.school.roll_child(&child.pupil_id).await?.ok_or(Failure::NotFound)?.known;
    let tally = tally(portal, known.admitted, year, &marks);
    Ok(Sibling { pupil: child.pupil_id, called: child.called, tally })
}

/// Sessions not agreed in the ten school weeks up to today; `None` before the child must go to school.
async fn unauthorised(
    portal: &Portal,
    child: &Child,
    calendar: &Calendar,
    born: NaiveDate,
) -> Result<Option<u32>, Failure> {
    let today = portal.today();
    if today < compulsory_from(born) {
        return Ok(None);
    }
    let Some(days) = window_days(today, calendar) else { return Ok(Some(0)) };
    let marks = portal.school.marks_of(&child.pupil_id, days).await?;
    Ok(Some(window_of(born, today, calendar, &marks).map_or(0, |window| window.sessions)))
}

/// `GET /children/{pupil}/attendance.csv`
pub(in crate::routes) async fn csv(
    State(portal): State<Portal>,
    parent: Parent,
    Path(pupil): Path<String>,
    Query(of): Query<OfYear>,
) -> Result<Response, Failure> {
    let (child, _) = find(&portal, &parent, &pupil).await?;
    let year = of.year(&portal);
    let meaning = portal.words().codes.meaning;
    let record = |mark: Mark| {
        let minutes = mark.minutes_late.map(|minutes| minutes.to_string()).unwrap_or_default();
        let session = mark.session.letters().to_owned();
        vec![mark.date.to_string(), session, mark.code.letters().to_owned(), meaning(mark.code).to_owned(), minutes]
    };
    let heads = portal.words().attendance.csv_heads.map(str::to_owned).into();
    let marks = marks(&portal, &parent, &child, year).await?;
    let name = format!("attendance-{}.csv", year.to_string().replace('/', "-"));
    Ok(sheet::download(&name, std::iter::once(heads).chain(marks.into_iter().map(record))))
}
