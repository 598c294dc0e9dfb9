//! A child's year for staff.

use std::collections::BTreeMap;

use app::{
    rules::{
        access::{Act, may as may_do},
        figures::AsOf,
        id::PupilId,
        school_year::SchoolYear,
    },
    staff::child::{self as pages, ChildPage, Reported},
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

use crate::{
    routes::parent::written,
    store::{ReportOf, RollChild},
    web::{
        Failure, Portal, render,
        session::{May, ReadReports},
    },
};

/// Which school year: the one that begins in this year; this one where none is asked for.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct OfYear {
    year: Option<i32>,
}

/// The child of an address, on roll or not.
pub(super) async fn find(portal: &Portal, pupil: &str) -> Result<RollChild, Failure> {
    let pupil = PupilId::parse(pupil).ok_or(Failure::NotFound)?;
    portal.school.roll_child(&pupil).await?.ok_or(Failure::NotFound)
}

/// A report as a page says it.
pub(super) fn reported(portal: &Portal, report: ReportOf) -> Reported {
    let reason = portal.policy.reason(&report.reason).map_or(report.reason.clone(), |reason| reason.label.clone());
    Reported {
        at: written(portal, report.received_at, report.date),
        date: report.date,
        part: report.part,
        from: report.from,
        reason,
        reference: report.reference,
    }
}

/// `GET /staff/children/{pupil}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Path(pupil): Path<String>,
    Query(of): Query<OfYear>,
) -> Result<Response, Failure> {
    let child = find(&portal, &pupil).await?;
    may.staff.note(&portal, "attendance", child.pupil_id.as_str()).await?;
    let (school, today) = (&portal.school, portal.today());
    let calendar = portal.policy.calendar.for_year_group(child.year, today);
    let this = SchoolYear::of(today);
    let year = of.year.filter(|year| (1900..3000).contains(year)).map_or(this, SchoolYear);
    let date = if year == this { today } else { *year.days().end() };
    let as_of = AsOf::new(date, &calendar);
    // The window may begin in the year before.
    let days = as_of.as_ref().map_or(year.days(), AsOf::days);
    let marks = school.marks_of(&child.pupil_id, days).await?;
    let figures = as_of.as_ref().map(|as_of| as_of.figures(child.known, &marks));
    let reports = school.reports_of(&child.pupil_id, year.days()).await?;
    let mut questions = BTreeMap::new();
    for talk in school.mark_talks(&child.pupil_id, year.days()).await? {
        *questions.entry(talk.mark.date).or_default() |= talk.waits;
    }
    let marked = school.marked(&child.pupil_id).await?;
    let years = marked.map(|(first, last)| SchoolYear::of(first).0..=SchoolYear::of(last).0);
    let of_year = year.days();
    let page = ChildPage {
        other_years: years.into_iter().flatten().map(SchoolYear).filter(|other| *other != year).collect(),
        year,
        today,
        date,
        marks: marks.into_iter().filter(|mark| of_year.contains(&mark.date)).collect(),
        figures,
        window_begins: as_of.filter(|_| year == this).and_then(|as_of| as_of.window_begins()),
        calendar: calendar.into_owned(),
        reports: reports.into_iter().map(|report| reported(&portal, report)).collect(),
        questions,
        may_enter_leave: may_do(&may.staff.session.roles, Act::PrepareLeave)
            && child.left_on.is_none_or(|left| left >= today),
        left_on: child.left_on.filter(|left| *left < today),
        pupil: child.pupil_id,
        full_name: child.full_name,
        class: (child.class_id, child.class),
    };
    let words = portal.words();
    Ok(render::staff(&portal, &may.staff, words.figures.child_title, "year", || pages::page(words, page)))
}
