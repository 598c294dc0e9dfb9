//! Reminding those who have not answered: counted before anything is sent, stopped at any moment.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    paths,
    rules::{
        id::{GuardianId, ReminderRunId},
        london,
    },
    staff::reminders::{self as pages, RemindPage, RunRow},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    routes::parent::{report_absence::new_submission, written},
    store::{NewReminderRun, RemindersBegun},
    web::{
        Failure, Portal, Posted, render,
        session::{KeepDeclarations, May},
    },
};

/// Who waits for an answer about the version that counts.
struct Waiting {
    version: i64,
    /// Those who can be reminded.
    people: Vec<GuardianId>,
    children: usize,
    out_of_reach: usize,
}

async fn waiting(portal: &Portal) -> Result<Waiting, Failure> {
    let version = portal.school.policy_number().await?;
    let (mut people, mut out, mut about) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
    if version > 0 {
        let reachable = portal.school.reachable().await?;
        for child in portal.school.declaring(version, portal.today()).await? {
            for one in child.guardians.into_iter().filter(|one| one.said.is_none()) {
                if let Some(address) = reachable.get(&one.guardian) {
                    about.insert(child.pupil.clone());
                    // Who share an inbox get one message.
                    people.entry(address.clone()).or_insert(one.guardian);
                } else {
                    out.insert(one.guardian);
                }
            }
        }
    }
    Ok(Waiting { version, people: people.into_values().collect(), children: about.len(), out_of_reach: out.len() })
}

/// Subject and text of a reminder.
pub(crate) fn message(portal: &Portal) -> (String, String) {
    (portal.words().mail.remind)(&portal.policy.school_name, &portal.address(paths::DECLARE))
}

/// `GET /staff/policy/reminders`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
) -> Result<Response, Failure> {
    draw(&portal, &may, None).await
}

async fn draw(portal: &Portal, may: &May<KeepDeclarations>, notice: Option<&'static str>) -> Result<Response, Failure> {
    let words = portal.words();
    let waiting = waiting(portal).await?;
    let runs = portal.school.reminder_runs().await?;
    let hours = portal.policy.remind;
    let page = RemindPage {
        run: new_submission(),
        people: waiting.people.len(),
        children: waiting.children,
        out_of_reach: waiting.out_of_reach,
        message: message(portal),
        hours: (london::clock(hours.from), london::clock(hours.until)),
        runs: runs
            .into_iter()
            .filter_map(|run| {
                Some(RunRow {
                    run: ReminderRunId::parse(&run.run_id)?,
                    begun: (written(portal, run.begun_at, portal.today()), run.name),
                    counts: (run.sent, run.people, run.waiting),
                    ended: run.ended_at.is_some(),
                    stopped: run.stopped,
                })
            })
            .collect(),
        notice,
        csrf: may.staff.csrf.clone(),
    };
    let title = words.declaration_staff.remind_title;
    Ok(render::staff(portal, &may.staff, title, "", || pages::page(words, page)))
}

/// `POST /staff/policy/reminders`: begins a run with exactly as many people as were shown.
pub(in crate::routes) async fn begin(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff.session.staff_id;
    portal.limits.act(staff.as_str(), "begin_reminders")?;
    let w = &portal.words().declaration_staff;
    let run = ReminderRunId::parse(&fields.one("run")).ok_or(Failure::BadRequest)?;
    let waiting = waiting(&portal).await?;
    let begun = if waiting.people.is_empty() || fields.one("people") != waiting.people.len().to_string() {
        // The second of two taps finds nobody changed: its run is there.
        let runs = portal.school.reminder_runs().await?;
        if runs.iter().any(|one| one.run_id == run.as_str()) { RemindersBegun::Again } else { RemindersBegun::Changed }
    } else {
        let new = NewReminderRun {
            run,
            version: waiting.version,
            people: waiting.people,
            by: staff.clone(),
            at: portal.now(),
        };
        portal.school.begin_reminders(new).await?
    };
    let notice = match begun {
        RemindersBegun::Done(_) | RemindersBegun::Again => return Ok(Redirect::to(paths::REMINDERS).into_response()),
        RemindersBegun::Busy => w.remind_busy,
        RemindersBegun::Changed => w.remind_changed,
    };
    Ok((StatusCode::CONFLICT, draw(&portal, &may, Some(notice)).await?).into_response())
}

/// `POST /staff/policy/reminders/{run}/stop`
pub(in crate::routes) async fn stop(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
    Path(run): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff.session.staff_id;
    portal.limits.act(staff.as_str(), "stop_reminders")?;
    let run = ReminderRunId::parse(&run).ok_or(Failure::NotFound)?;
    portal.school.stop_reminders(&run, staff, portal.now()).await?;
    Ok(Redirect::to(paths::REMINDERS).into_response())
}
