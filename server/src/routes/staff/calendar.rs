//! The school's calendar: looking at it, filling in an entry, seeing what it changes, doing it, undoing it.

mod consequences;

use app::{
    paths,
    rules::{
        access::{Act, may},
        calendar::{
            Calendar,
            edit::{EntryForm, Field, Place, Problem, cautions, entered, form_of, removed},
            impact::Consequences,
        },
        school_year::SchoolYear,
    },
    staff::calendar::{self as pages, CalendarPage, entry, entry::EntryPage},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::Days;
use serde::Deserialize;

use super::file_import::written;
use crate::{
    store::{CalendarKept, NewCalendar},
    web::{
        Failure, Fields, Portal, Posted, render,
        session::{KeepCalendar, May, SeeCalendar, Staff},
    },
};
use consequences::consequences;

/// How far back and ahead reports on closed days are looked for.
const AROUND: Days = Days::new(92);

/// Which school year, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Of {
    year: Option<i32>,
    done: Option<i64>,
}

/// `GET /staff/calendar`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may_see: May<SeeCalendar>,
    Query(of): Query<Of>,
) -> Result<Response, Failure> {
    let (words, today, staff) = (portal.words(), portal.today(), &may_see.staff);
    let year = of.year.filter(|year| (1900..3000).contains(year)).map_or(SchoolYear::of(today), SchoolYear);
    let version = portal.school.calendar_version().await?;
    let read = |text: &Option<String>| text.as_deref().and_then(|text| serde_json::from_str::<Consequences>(text).ok());
    let changes = portal.school.calendar_changes().await?;
    let done = changes.iter().find(|change| Some(change.version) == of.done && change.version == version);
    let page = CalendarPage {
        year,
        today,
        cautions: cautions(&portal.policy.calendar, today),
        on_closed: on_closed(&portal).await?,
        may_keep: may(&staff.session.roles, Act::KeepCalendar),
        done: done.and_then(|change| read(&change.changed)),
        changes: changes
            .iter()
            .map(|change| (change.name.clone(), written(&portal, change.made_at), read(&change.changed)))
            .collect(),
        calendar: portal.policy.calendar.clone(),
        version,
        csrf: staff.csrf.clone(),
    };
    Ok(render::staff(&portal, staff, words.calendar.title, "year", || pages::page(words, page)))
}

/// Days around today on which reports stand of children who have no school then, and how many.
async fn on_closed(portal: &Portal) -> Result<Vec<(chrono::NaiveDate, usize)>, Failure> {
    let (today, calendar) = (portal.today(), &portal.policy.calendar);
    let reports = portal.school.standing_reports(today - AROUND..=today + AROUND).await?;
    let mut found = std::collections::BTreeMap::new();
    for report in reports.into_iter().filter(|report| calendar.covers(report.day)) {
        if !calendar.for_year_group(report.year, today).is_school_day(report.day) {
            *found.entry(report.day).or_insert(0) += 1;
        }
    }
    Ok(found.into_iter().collect())
}

/// Which entry.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Ask {
    #[serde(default)]
    place: String,
    #[serde(default)]
    what: String,
}

/// `GET /staff/calendar/entry`
pub(in crate::routes) async fn fill_in(
    State(portal): State<Portal>,
    may_keep: May<KeepCalendar>,
    Query(ask): Query<Ask>,
) -> Result<Response, Failure> {
    let form = match ask.place.as_str() {
        "" if ask.what == "term" => EntryForm { what: ask.what, ..EntryForm::default() },
        "" => EntryForm { what: "day".into(), part: "all".into(), ..EntryForm::default() },
        word => {
            Place::parse(word).and_then(|place| form_of(place, &portal.policy.calendar)).ok_or(Failure::NotFound)?
        }
    };
    let seen = portal.school.calendar_version().await?;
    draw(&portal, &may_keep.staff, EntryPage { form, seen, ..EntryPage::default() }).await
}

/// `POST /staff/calendar/look`: says what an entry would change, and changes nothing.
pub(in crate::routes) async fn look(
    State(portal): State<Portal>,
    may_keep: May<KeepCalendar>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let (form, remove) = (typed(&fields), fields.one("act") == "remove");
    let seen = portal.school.calendar_version().await?;
    // The entry's place is that of the calendar it was filled in against.
    if fields.one("seen") != seen.to_string() && !form.place.is_empty() {
        return stale(&portal, &may_keep.staff, form, seen).await;
    }
    match changed(&form, remove, &portal.policy.calendar) {
        Err(problems) => refused(&portal, &may_keep.staff, form, problems, seen).await,
        Ok(new) => {
            let would = consequences(&portal, &new).await?;
            let page = EntryPage { form, seen, remove, would: Some(would), ..EntryPage::default() };
            draw(&portal, &may_keep.staff, page).await
        }
    }
}

/// `POST /staff/calendar`: does it.
pub(in crate::routes) async fn keep(
    State(portal): State<Portal>,
    may_keep: May<KeepCalendar>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may_keep.staff;
    let (form, remove) = (typed(&fields), fields.one("act") == "remove");
    let seen = portal.school.calendar_version().await?;
    let before = portal.policy.calendar.clone();
    let new = match changed(&form, remove, &before) {
        _ if fields.one("seen") != seen.to_string() => return stale(&portal, staff, form, seen).await,
        Err(problems) => return refused(&portal, staff, form, problems, seen).await,
        Ok(new) => new,
    };
    let year = form.first.get(..10).and_then(|day| day.parse().ok()).map(SchoolYear::of);
    let done = consequences(&portal, &new).await?;
    match store(&portal, staff, (seen, before), new, &done).await? {
        CalendarKept::Done(version) => Ok(to_calendar(year, version)),
        CalendarKept::Changed => stale(&portal, staff, form, seen).await,
    }
}

/// `POST /staff/calendar/undo`: lets the calendar before the last change count again.
pub(in crate::routes) async fn undo(
    State(portal): State<Portal>,
    may_keep: May<KeepCalendar>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let seen = portal.school.calendar_version().await?;
    let found = match fields.one("seen") == seen.to_string() {
        true => portal.school.calendar_at(seen - 1).await?,
        false => None,
    };
    let Some(becomes) = found else { return Ok(Redirect::to(paths::CALENDAR).into_response()) };
    let done = Consequences { undone: true, ..consequences(&portal, &becomes).await? };
    let before = portal.policy.calendar.clone();
    match store(&portal, &may_keep.staff, (seen, before), becomes, &done).await? {
        CalendarKept::Done(version) => Ok(to_calendar(None, version)),
        CalendarKept::Changed => Ok(Redirect::to(paths::CALENDAR).into_response()),
    }
}

fn to_calendar(year: Option<SchoolYear>, version: i64) -> Response {
    let to = match year {
        Some(year) => format!("{}&done={version}", paths::calendar_of(year.0)),
        None => format!("{}?done={version}", paths::CALENDAR),
    };
    Redirect::to(&to).into_response()
}

async fn store(
    portal: &Portal,
    staff: &Staff,
    (seen, before): (i64, Calendar),
    becomes: Calendar,
    done: &Consequences,
) -> Result<CalendarKept, Failure> {
    let changed = serde_json::to_string(done).map_err(|_| Failure::Unavailable)?;
    let new = NewCalendar { seen, before, becomes, changed, by: staff.session.staff_id.clone() };
    let kept = portal.school.keep_calendar(new, portal.now()).await?;
    portal.changed();
    Ok(kept)
}

fn changed(form: &EntryForm, remove: bool, calendar: &Calendar) -> Result<Calendar, Vec<(Field, Problem)>> {
    match (remove, Place::parse(&form.place)) {
        (false, _) => entered(form, calendar),
        (true, Some(place)) => removed(place, calendar),
        (true, None) => Err(vec![(Field::First, Problem::Gone)]),
    }
}

fn typed(fields: &Fields) -> EntryForm {
    EntryForm {
        place: fields.one("place"),
        what: fields.one("what"),
        name: fields.one("name"),
        first: fields.one("first"),
        last: fields.one("last"),
        kind: fields.one("kind"),
        part: fields.one("part"),
        years: fields.all("years"),
        confirmed: fields.one("confirmed"),
        note: fields.one("note"),
    }
}

async fn refused(
    portal: &Portal,
    staff: &Staff,
    form: EntryForm,
    problems: Vec<(Field, Problem)>,
    seen: i64,
) -> Result<Response, Failure> {
    let page = draw(portal, staff, EntryPage { form, problems, seen, ..EntryPage::default() }).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Somebody else was quicker: what is typed stays, as a new entry where its place may be another by now.
async fn stale(portal: &Portal, staff: &Staff, mut form: EntryForm, seen: i64) -> Result<Response, Failure> {
    form.place.clear();
    let page = draw(portal, staff, EntryPage { form, seen, meanwhile: true, ..EntryPage::default() }).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

async fn draw(portal: &Portal, staff: &Staff, page: EntryPage) -> Result<Response, Failure> {
    let words = portal.words();
    let page = EntryPage { years: portal.school.year_groups().await?, csrf: staff.csrf.clone(), ..page };
    Ok(render::staff(portal, staff, words.calendar.title, "", || entry::page(words, page)))
}
