//! One class's register: shown with what families have said, saved, opened again, undone.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    paths,
    rules::{
        absence::Kind,
        access::{Act, may as may_do},
        calendar::SessionDay,
        code::Code,
        id::PupilId,
        london,
        reconcile::Word,
        register::{Taken, Tick},
    },
    staff::register::{self as pages, Because, ChildLine, RegisterPage, minutes},
    ui::errors::Said,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::morning::{Asked, written};
use crate::{
    import::paste::plain,
    store::{Facts, Listed, NewRegister, Register, Saved},
    web::{
        Failure, Fields, Portal, PostedList, render,
        session::{CodeAbsence, May, ReadReports, Staff},
    },
};

/// `GET /staff/morning/register`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let at = asked.at(&portal)?;
    let class = asked.class.ok_or(Failure::NotFound)?;
    draw(&portal, &may.staff, (&class, at), Attempt::default()).await
}

/// `POST /staff/morning/register`
pub(in crate::routes) async fn save(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Query(asked): Query<Asked>,
    PostedList(fields): PostedList,
) -> Result<Response, Failure> {
    let w = &portal.words().morning;
    let at = asked.at(&portal)?;
    let class = asked.class.ok_or(Failure::NotFound)?;
    let seen: i64 = fields.one("seen").parse().map_err(|_| Failure::BadRequest)?;
    let (staff, now) = (&may.staff.session.staff_id, portal.now());
    let typed = Typed::read(&fields)?;
    let refuse = async |status: StatusCode, attempt: Attempt| {
        let page = draw(&portal, &may.staff, (&class, at), attempt).await?;
        Ok::<Response, Failure>((status, page).into_response())
    };
    if at.date != portal.today() || !portal.policy.calendar.is_open(at.date, at.session) {
        let attempt = Attempt { refused: Some(w.not_today.to_owned()), ..Attempt::default() };
        return refuse(StatusCode::CONFLICT, attempt).await;
    }
    let act = fields.one("act");
    let saved = match act.as_str() {
        "undo" => portal.school.undo_register(class.clone(), at, seen, staff, now).await?,
        "complete" | "keep" => {
            let problems = problems(&portal, &class, at, &typed).await?;
            if !problems.is_empty() {
                let attempt = Attempt { typed: Some(typed), problems, ..Attempt::default() };
                return refuse(StatusCode::UNPROCESSABLE_ENTITY, attempt).await;
            }
            let new = NewRegister {
                class_id: class.clone(),
                at,
                seen,
                complete: act == "complete",
                taken: Taken::List,
                ticks: typed.ticks(),
            };
            portal.school.save_registers(vec![new], staff, now).await?
        }
        _ => return Err(Failure::BadRequest),
    };
    let refused = match saved {
        Saved::Kept | Saved::Already => {
            portal.changed();
            return Ok(Redirect::to(&format!("{}&done={class}", paths::morning(at))).into_response());
        }
        Saved::Nothing if act != "undo" => return Err(Failure::NotFound),
        Saved::Nothing => w.nothing_to_undo.to_owned(),
        Saved::ListChanged => w.list_changed.to_owned(),
        Saved::ChangedMeanwhile => match portal.school.register(&class, at).await? {
            Some(register) => (w.changed_meanwhile)(&register.saved_by, &written(&portal, register.saved_at, at.date)),
            None => w.list_changed.to_owned(),
        },
    };
    let typed = (act != "undo").then_some(typed);
    refuse(StatusCode::CONFLICT, Attempt { typed, refused: Some(refused), problems: Vec::new() }).await
}

/// What was sent and not kept.
#[derive(Debug, Default)]
struct Attempt {
    typed: Option<Typed>,
    refused: Option<String>,
    problems: Vec<Said>,
}

/// A list as it was sent.
#[derive(Debug, Default)]
struct Typed {
    listed: BTreeSet<PupilId>,
    absent: BTreeSet<PupilId>,
    late: BTreeSet<PupilId>,
    minutes: BTreeMap<PupilId, String>,
}

impl Typed {
    fn read(fields: &Fields) -> Result<Self, Failure> {
        let ids = |name: &str| -> Result<BTreeSet<PupilId>, Failure> {
            fields.all(name).iter().map(|id| PupilId::parse(id)).collect::<Option<_>>().ok_or(Failure::BadRequest)
        };
        let (listed, absent, late) = (ids("child")?, ids("absent")?, ids("late")?);
        // A tick for a child that was not on the page is none of the page's.
        if !absent.is_subset(&listed) || !late.is_subset(&listed) {
            return Err(Failure::BadRequest);
        }
        let minutes = listed.iter().map(|pupil| (pupil.clone(), fields.one(&format!("minutes-{pupil}")))).collect();
        Ok(Self { listed, absent, late, minutes })
    }

    fn tick(&self, pupil: &PupilId) -> Tick {
        if self.absent.contains(pupil) {
            return Tick::Absent;
        }
        if !self.late.contains(pupil) {
            return Tick::Present;
        }
        Tick::Late(self.minutes.get(pupil).and_then(|typed| minutes(typed)).flatten())
    }

    fn ticks(&self) -> BTreeMap<PupilId, Tick> {
        self.listed.iter().map(|pupil| (pupil.clone(), self.tick(pupil))).collect()
    }
}

/// What has to be put right before a list can be kept.
async fn problems(portal: &Portal, class: &str, at: SessionDay, typed: &Typed) -> Result<Vec<Said>, Failure> {
    let w = &portal.words().morning;
    let mut problems = Vec::new();
    for child in portal.school.class_list(class, at.date).await? {
        let (pupil, name) = (&child.pupil_id, child.name());
        let said = match (typed.absent.contains(pupil), typed.late.contains(pupil)) {
            (true, true) => (w.either)(&name),
            (false, true) if typed.minutes.get(pupil).is_some_and(|typed| minutes(typed).is_none()) => {
                (w.bad_minutes)(&name)
            }
            _ => continue,
        };
        problems.push((ChildLine::anchor(pupil), said));
    }
    Ok(problems)
}

async fn draw(
    portal: &Portal,
    staff: &Staff,
    (class, at): (&str, SessionDay),
    attempt: Attempt,
) -> Result<Response, Failure> {
    let list = portal.school.class_list(class, at.date).await?;
    let Some(name) = list.first().map(|child| child.class.clone()) else { return Err(Failure::NotFound) };
    let facts = portal.school.facts(at.date..=at.date).await?;
    let register = portal.school.register(class, at).await?;
    // The letters of the MIS tell of illness.
    staff.note(portal, "register", &format!("{class} {at}")).await?;
    let open = portal.policy.calendar.is_open(at.date, at.session);
    let may_tick = may_do(&staff.session.roles, Act::CodeAbsence) && at.date == portal.today() && open;
    let mut children: Vec<ChildLine> =
        list.into_iter().map(|child| line(portal, &facts, register.as_ref(), at, child, &attempt)).collect();
    if staff.session.hide_words {
        children.iter_mut().for_each(|child| child.mark = None);
    }
    // The same order on every engine, and letters with signs where people look for them.
    children.sort_by(|one, two| (&one.plain, &one.pupil).cmp(&(&two.plain, &two.pupil)));
    let saved = register.as_ref().filter(|register| !register.ticks.is_empty());
    let words = portal.words();
    let page = RegisterPage {
        class_id: class.to_owned(),
        class: name,
        at,
        children,
        version: register.as_ref().map_or(0, |register| register.version),
        complete: facts.is_in(class, at),
        saved: saved.map(|register| (written(portal, register.saved_at, at.date), register.saved_by.clone())),
        may_tick,
        refused: attempt.refused,
        problems: attempt.problems,
        csrf: staff.csrf.clone(),
    };
    let title = (words.morning.title)(at.session);
    Ok(render::staff(portal, staff, title, "morning", || pages::page(words, page)))
}

/// A child with what is ticked: as it was sent, as it was saved, or as what is known foresees it.
fn line(
    portal: &Portal,
    facts: &Facts,
    register: Option<&Register>,
    at: SessionDay,
    child: Listed,
    attempt: &Attempt,
) -> ChildLine {
    let pupil = &child.pupil_id;
    let word = facts.word(pupil, at, &portal.policy.times);
    let mark = facts.mark(pupil, at);
    let saved = register.and_then(|register| register.ticks.get(pupil).copied());
    let foreseen = match mark {
        Some(Code::L | Code::U) => Tick::Late(None),
        Some(mark) if mark.class().counts_as_attended() => Tick::Present,
        Some(_) => Tick::Absent,
        None if word.explains() => Tick::Absent,
        None => Tick::Present,
    };
    let heard = facts.heard(pupil, at.date);
    let came_since = register.is_some_and(|register| {
        let after = heard.iter().filter(|heard| heard.received_at > register.saved_at);
        after.count() > 0 && !register.ticks.is_empty()
    });
    let typed = attempt.typed.as_ref();
    let (tick, because) = match (typed, saved) {
        (Some(typed), _) if attempt.refused.is_none() => (typed.tick(pupil), Because::Nothing),
        // Two people: whoever one of them has ticked is ticked.
        (Some(typed), Some(saved)) if typed.listed.contains(pupil) => {
            let mine = typed.tick(pupil);
            let because = if mine == saved { Because::Nothing } else { Because::Both };
            let tick = match (mine, saved) {
                (Tick::Absent, _) | (_, Tick::Absent) => Tick::Absent,
                (Tick::Present, other) | (other, _) => other,
            };
            (tick, because)
        }
        (Some(typed), None) if typed.listed.contains(pupil) => (typed.tick(pupil), Because::Nothing),
        (_, Some(saved)) => (saved, if came_since { Because::Since } else { Because::Nothing }),
        _ if word.explains() && foreseen == Tick::Absent => (foreseen, Because::Foreseen),
        _ => (foreseen, Because::Nothing),
    };
    let time = heard.iter().filter(|heard| heard.part.sessions().contains(&at.session)).find_map(|heard| {
        match (word, heard.kind) {
            (Word::Late(_), Kind::Late) => heard.details.arrives,
            (Word::Leaving, Kind::Leaving) => heard.details.leaves,
            _ => None,
        }
    });
    let said_minutes = typed.and_then(|typed| typed.minutes.get(pupil).cloned()).filter(|typed| !typed.is_empty());
    let minutes = match tick {
        Tick::Late(Some(minutes)) => said_minutes.unwrap_or_else(|| minutes.to_string()),
        _ => said_minutes.unwrap_or_default(),
    };
    // Both boxes stay as they were sent where both were: the page says so.
    let both = attempt.refused.is_none()
        && typed.is_some_and(|typed| typed.absent.contains(pupil) && typed.late.contains(pupil));
    ChildLine {
        plain: plain(&format!("{} {}", child.surname, child.known_as.as_deref().unwrap_or(&child.forename))),
        name: child.name(),
        absent: tick == Tick::Absent,
        late: matches!(tick, Tick::Late(_)) || both,
        minutes,
        word,
        time: time.map(london::clock).unwrap_or_default(),
        because,
        mark,
        pupil: child.pupil_id,
    }
}
