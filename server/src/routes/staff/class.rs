//! A class's week.

use std::collections::HashMap;

use app::{
    rules::{
        calendar::{Session, monday_of},
        id::PupilId,
        iso,
        school_year::SchoolYear,
    },
    staff::class::{self as pages, ClassChild, ClassPage},
    ui::register_grid::Day,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;

use crate::{
    import::paste::plain,
    store::RollChild,
    web::{
        Failure, Portal, render,
        session::{May, ReadReports},
    },
};

/// The week of which day; this one where none is named.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct OfWeek {
    week: Option<String>,
}

/// `GET /staff/classes/{class}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Path(class): Path<String>,
    Query(of): Query<OfWeek>,
) -> Result<Response, Failure> {
    let (school, today) = (&portal.school, portal.today());
    let classes = school.classes().await?;
    let class = classes.into_iter().find(|one| one.class_id == class).ok_or(Failure::NotFound)?;
    let calendar = portal.policy.calendar.for_year_group(class.year, today);
    may.staff.note(&portal, "class_marks", &class.class_id).await?;
    let day = match of.week.as_deref() {
        None => today,
        Some(text) => iso::date(text).filter(|day| *day <= today).ok_or(Failure::NotFound)?,
    };
    let monday = monday_of(day);
    let week = monday..=monday.checked_add_days(Days::new(6)).ok_or(Failure::NotFound)?;
    // Up to the week's end, so that a week gone by has the figures of its time.
    let date = today.min(*week.end());
    let roll = school.roll_on(date, &class.class_id).await?;
    let tallies = school.tallies(*SchoolYear::of(date).days().start()..=date, &class.class_id).await?;
    let mut cells: HashMap<PupilId, [Day; 5]> = HashMap::new();
    for (pupil, at, code) in school.class_marks(&class.class_id, week.clone()).await? {
        let place = usize::try_from(at.date.weekday().num_days_from_monday()).unwrap_or(usize::MAX);
        let Some(day) = cells.entry(pupil).or_default().get_mut(place) else { continue };
        match at.session {
            Session::Am => day.am = Some(code),
            Session::Pm => day.pm = Some(code),
        }
    }
    let line = |child: RollChild| ClassChild {
        tally: tallies.get(&child.pupil_id).copied().unwrap_or_default(),
        days: cells.get(&child.pupil_id).copied().unwrap_or_default(),
        name: child.listed,
        pupil: child.pupil_id,
    };
    let mut children: Vec<ClassChild> = roll.into_iter().map(line).collect();
    children.sort_by_cached_key(|child| (plain(&child.name), child.pupil.clone()));
    let after = week.end().succ_opt().and_then(|next| calendar.next_school_day(next)).filter(|day| *day <= today);
    let page = ClassPage {
        class: (class.class_id, class.name),
        monday,
        steps: [calendar.last_school_day_before(monday), after].map(|day: Option<NaiveDate>| day.map(monday_of)),
        today,
        calendar: calendar.into_owned(),
        children,
    };
    let words = portal.words();
    Ok(render::staff(&portal, &may.staff, words.figures.class_title, "year", || pages::page(words, page)))
}
