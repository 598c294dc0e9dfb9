//! The registers of a session, and what every page about them needs.

use app::{
    rules::{
        access::{Act, may as may_do},
        calendar::{Session, SessionDay},
        iso, london,
        reconcile::{Waited, Why, to_ring},
        register::{Tick, session_of, waits_until},
    },
    staff::morning::{self as pages, ClassLine, Morning, State as Standing},
};
use axum::{
    extract::{Query, State},
    response::Response,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::Deserialize;

use super::{details, leaving::left_open};
use crate::{
    store::{Facts, Listed},
    web::{
        Failure, Portal, render,
        session::{May, ReadReports},
    },
};

/// Which session, and which class.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Asked {
    day: Option<String>,
    session: Option<String>,
    /// A class's id.
    pub(super) class: Option<String>,
    /// The class that was saved just now.
    done: Option<String>,
}

impl Asked {
    /// The session asked for: without a word the one at which the school is now.
    pub(super) fn at(&self, portal: &Portal) -> Result<SessionDay, Failure> {
        let date = match &self.day {
            None => portal.today(),
            Some(text) => iso::date(text).filter(|day| *day <= portal.today()).ok_or(Failure::NotFound)?,
        };
        let session = match &self.session {
            None => session_of(date, portal.now(), &portal.policy.times, &portal.policy.calendar),
            Some(text) => Session::parse(text).ok_or(Failure::NotFound)?,
        };
        Ok(SessionDay { date, session })
    }
}

/// `GET /staff/morning`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let at = asked.at(&portal)?;
    let facts = portal.school.facts(at.date..=at.date).await?;
    let roles = &may.staff.session.roles;
    let calendar = &portal.policy.calendar;
    let classes = classes(&portal, &facts, at);
    let page = Morning {
        at,
        today: portal.today(),
        open: Session::BOTH.into_iter().filter(|session| calendar.is_open(at.date, *session)).collect(),
        classes,
        to_ring: ringing(&portal, &facts, at.date).len(),
        leavers: if may_do(roles, Act::KeepLeaving) { left_open(&portal).await? } else { 0 },
        details: if may_do(roles, Act::KeepDetails) { details::waiting(&portal).await? } else { 0 },
        may_tick: may_do(roles, Act::CodeAbsence),
        may_import: may_do(roles, Act::ImportMarks),
        done: asked.done,
        csrf: may.staff.csrf.clone(),
    };
    let words = portal.words();
    let title = (words.morning.title)(at.session);
    Ok(render::staff(&portal, &may.staff, title, "morning", || pages::page(words, page)))
}

/// The written time: "9.04"; with its day if that is another.
pub(super) fn written(portal: &Portal, at: DateTime<Utc>, day: NaiveDate) -> String {
    let local = london::local(at);
    let time = london::clock(local.time());
    if local.date() == day { time } else { (portal.words().common.date_at)(local.date(), &time) }
}

/// How each class stands, Reception first.
pub(super) fn classes(portal: &Portal, facts: &Facts, at: SessionDay) -> Vec<ClassLine> {
    let mut classes: Vec<ClassLine> = Vec::new();
    let times = &portal.policy.times;
    // Sorted by class: each class's children stand together.
    let on_roll: Vec<&Listed> = facts.children.iter().filter(|child| child.is_on_roll(at.date)).collect();
    for children in on_roll.chunk_by(|one, two| one.class_id == two.class_id) {
        let Some(first) = children.first() else { continue };
        let register = facts.registers.get(&(at, first.class_id.clone()));
        let marked = children.iter().filter(|child| facts.mark(&child.pupil_id, at).is_some()).count();
        let state = match register {
            Some(register) => {
                let (time, by) = (written(portal, register.saved_at, at.date), register.saved_by.clone());
                match register.complete {
                    true => Standing::Complete(time, by, register.version),
                    false if facts.all_marked(&first.class_id, at) => Standing::Marked,
                    // Undone to nothing: as if nobody had begun.
                    false if register.ticks.is_empty() => Standing::NotBegun(marked),
                    false => Standing::Begun(time, by),
                }
            }
            None if facts.all_marked(&first.class_id, at) => Standing::Marked,
            None => Standing::NotBegun(marked),
        };
        let (mut absent, mut late, mut unlisted) = (0, 0, 0);
        for child in children.iter().filter(|_| state.is_in()) {
            let known = facts.known(child, at, portal.today(), times);
            match (known.mark, known.tick) {
                (Some(mark), _) if mark.letters() == "L" || mark.letters() == "U" => late += 1,
                (Some(mark), _) if mark.class().is_absence() => absent += 1,
                (None, Some(Tick::Absent)) => absent += 1,
                (None, Some(Tick::Late(_))) => late += 1,
                (None, None) => unlisted += 1,
                _ => {}
            }
        }
        classes.push(ClassLine {
            class_id: first.class_id.clone(),
            name: first.class.clone(),
            children: children.len(),
            state,
            counts: (absent, late),
            unlisted,
        });
    }
    classes
}

/// Who of those given time has had it, in a session.
fn waited(portal: &Portal, at: SessionDay) -> Waited {
    let (now, times) = (portal.now(), &portal.policy.times);
    let for_word = now >= waits_until(at, times, portal.policy.expected_wait);
    // Whoever said when the child comes has as long again as the register stays open.
    let by = now - (times.register_closes - times.register_taken);
    let local = london::local(by);
    let arrivals_by = if local.date() > at.date { Some(times.day_ends) } else { Some(local.time()) };
    Waited { for_word, arrivals_by: arrivals_by.filter(|_| local.date() >= at.date) }
}

/// Whom somebody has to be rung about on a day: the child, the session that says so, why. A child that is in
/// school by the afternoon's register is not among them.
pub(super) fn ringing<'a>(portal: &Portal, facts: &'a Facts, day: NaiveDate) -> Vec<(&'a Listed, SessionDay, Why)> {
    let sessions = [Session::Pm, Session::Am].map(|session| SessionDay { date: day, session });
    let open: Vec<(SessionDay, Waited)> = sessions
        .into_iter()
        .filter(|at| portal.policy.calendar.is_open(day, at.session))
        .map(|at| (at, waited(portal, at)))
        .collect();
    let about = |child: &'a Listed| {
        for (at, waited) in &open {
            let known = facts.known(child, *at, portal.today(), &portal.policy.times);
            if known.was_seen() {
                return None;
            }
            if let Some(why) = to_ring(known, *waited) {
                return Some((child, *at, why));
            }
        }
        None
    };
    facts.children.iter().filter(|child| child.is_on_roll(day)).filter_map(about).collect()
}
