//! Absent children pasted out of the MIS: understood first, shown, and saved after a yes.

use std::collections::{BTreeMap, BTreeSet};

use app::{
    paths,
    rules::{
        calendar::SessionDay,
        id::PupilId,
        register::{Taken, Tick},
    },
    staff::paste::{self as pages, EVERY, PASTE_MOST, PastePage, Plan, PlanClass},
    ui::errors::Said,
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use sha2::{Digest, Sha256};

use super::morning::Asked;
use crate::{
    import::paste::{Named, Pasted, Trouble, read},
    store::{Facts, Listed, NewRegister, Saved},
    web::{
        Failure, Fields, Portal, PostedList, render,
        session::{CodeAbsence, May, Staff},
    },
};

/// `GET /staff/morning/paste`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Query(asked): Query<Asked>,
) -> Result<Response, Failure> {
    let at = asked.at(&portal)?;
    let facts = portal.school.facts(at.date..=at.date).await?;
    Ok(draw(&portal, &may.staff, &facts, at, Sheet::default()))
}

/// `POST /staff/morning/paste`
pub(in crate::routes) async fn pasted(
    State(portal): State<Portal>,
    may: May<CodeAbsence>,
    Query(asked): Query<Asked>,
    PostedList(fields): PostedList,
) -> Result<Response, Failure> {
    let w = &portal.words().morning;
    let at = asked.at(&portal)?;
    let facts = portal.school.facts(at.date..=at.date).await?;
    let on_roll: Vec<&Listed> = facts.children.iter().filter(|child| child.is_on_roll(at.date)).collect();
    let mut sheet = Sheet::read(&fields);
    let answer =
        |sheet: Sheet, status: StatusCode| (status, draw(&portal, &may.staff, &facts, at, sheet)).into_response();
    if at.date != portal.today() || !portal.policy.calendar.is_open(at.date, at.session) {
        sheet.refused = Some(w.not_today.to_owned());
        return Ok(answer(sheet, StatusCode::CONFLICT));
    }
    if fields.says_yes("change") {
        return Ok(answer(sheet, StatusCode::OK));
    }
    let pasted = understand(&sheet.text, &on_roll);
    sheet.problems = problems(&portal, &sheet, &pasted, &on_roll);
    if !sheet.problems.is_empty() {
        return Ok(answer(sheet, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let registers = registers(&facts, at, &sheet, &pasted, &on_roll);
    let shown = digest(&registers);
    if fields.one("shown").is_empty() {
        sheet.plan = Some(plan(&facts, &registers, &on_roll, &pasted, shown));
        return Ok(answer(sheet, StatusCode::OK));
    }
    let saved = if fields.one("shown") == shown {
        portal.school.save_registers(registers, &may.staff.session.staff_id, portal.now()).await?
    } else {
        Saved::ChangedMeanwhile
    };
    match saved {
        Saved::Kept | Saved::Already => {
            portal.changed();
            Ok(Redirect::to(&paths::morning(at)).into_response())
        }
        Saved::ChangedMeanwhile | Saved::ListChanged | Saved::Nothing => {
            // As everything stands now, to be looked at again.
            let facts = portal.school.facts(at.date..=at.date).await?;
            let on_roll: Vec<&Listed> = facts.children.iter().filter(|child| child.is_on_roll(at.date)).collect();
            let pasted = understand(&sheet.text, &on_roll);
            let registers = self::registers(&facts, at, &sheet, &pasted, &on_roll);
            let shown = digest(&registers);
            sheet.plan = Some(plan(&facts, &registers, &on_roll, &pasted, shown));
            sheet.refused = Some(portal.words().board.changed_meanwhile.to_owned());
            Ok((StatusCode::CONFLICT, draw(&portal, &may.staff, &facts, at, sheet)).into_response())
        }
    }
}

/// What was sent, and what is to be said of it.
#[derive(Debug, Default)]
struct Sheet {
    text: String,
    chosen: BTreeSet<String>,
    plan: Option<Plan>,
    problems: Vec<Said>,
    refused: Option<String>,
}

impl Sheet {
    fn read(fields: &Fields) -> Self {
        let text = fields.one("text").replace("\r\n", "\n");
        Self { text, chosen: fields.all("class").into_iter().collect(), ..Self::default() }
    }
}

fn understand(text: &str, on_roll: &[&Listed]) -> Pasted {
    let named: Vec<Named<'_>> = on_roll
        .iter()
        .map(|child| Named {
            forename: &child.forename,
            known_as: child.known_as.as_deref(),
            surname: &child.surname,
            upn: &child.upn,
            mis_id: &child.mis_id,
            class: &child.class,
        })
        .collect();
    read(text, &named)
}

fn problems(portal: &Portal, sheet: &Sheet, pasted: &Pasted, on_roll: &[&Listed]) -> Vec<Said> {
    let words = portal.words();
    let w = &words.morning;
    let said = |text: String| ("text".to_owned(), text);
    if sheet.text.chars().count() > PASTE_MOST {
        return vec![said(w.paste_long.to_owned())];
    }
    if sheet.text.trim().is_empty() && sheet.chosen.is_empty() {
        return vec![said(w.paste_empty.to_owned())];
    }
    let who = |place: &usize| who(on_roll, *place);
    let trouble = |(line, text, trouble): &(usize, String, Trouble)| {
        let text: String = text.chars().take(80).collect();
        said(match trouble {
            Trouble::Unknown => (w.paste_unknown)(*line, &text),
            Trouble::Several(places) => {
                let names: Vec<String> = places.iter().take(4).filter_map(who).collect();
                (w.paste_several)(*line, &text, &names.join(" / "))
            }
            Trouble::TwoChildren => (w.paste_two)(*line, &text),
            Trouble::TwoMarks => (w.paste_two_marks)(*line, &text),
            Trouble::Twice(place) => (w.paste_twice)(*line, &who(place).unwrap_or_default()),
        })
    };
    let mut problems: Vec<Said> = pasted.troubles.iter().map(trouble).collect();
    if problems.is_empty() && pasted.found.is_empty() && sheet.chosen.is_empty() {
        problems.push(said(w.paste_none.to_owned()));
    }
    problems
}

/// "Okafor, Ada (3 Oak)".
fn who(on_roll: &[&Listed], place: usize) -> Option<String> {
    on_roll.get(place).map(|child| format!("{} ({})", child.name(), child.class))
}

/// The registers as they would become: what was ticked before stays, unless the list says otherwise.
fn registers(facts: &Facts, at: SessionDay, sheet: &Sheet, pasted: &Pasted, on_roll: &[&Listed]) -> Vec<NewRegister> {
    let said: BTreeMap<&PupilId, Tick> =
        pasted.found.iter().filter_map(|(place, tick)| Some((&on_roll.get(*place)?.pupil_id, *tick))).collect();
    let mut registers = Vec::new();
    for children in on_roll.chunk_by(|one, two| one.class_id == two.class_id) {
        let Some(class) = children.first().map(|child| child.class_id.as_str()) else { continue };
        let register = facts.registers.get(&(at, class.to_owned()));
        let is_in = facts.is_in(class, at);
        let chosen = sheet.chosen.contains(class) || (sheet.chosen.contains(EVERY) && !is_in);
        let named = children.iter().any(|child| said.contains_key(&child.pupil_id));
        if !chosen && !named {
            continue;
        }
        let before = |pupil: &PupilId| register.and_then(|register| register.ticks.get(pupil).copied());
        let ticks = children
            .iter()
            .map(|child| {
                let tick = said.get(&child.pupil_id).copied().or_else(|| before(&child.pupil_id));
                (child.pupil_id.clone(), tick.unwrap_or(Tick::Present))
            })
            .collect();
        registers.push(NewRegister {
            class_id: class.to_owned(),
            at,
            seen: register.map_or(0, |register| register.version),
            complete: chosen || register.is_some_and(|register| register.complete),
            taken: Taken::Paste,
            ticks,
        });
    }
    registers
}

/// Stands for exactly these registers.
fn digest(registers: &[NewRegister]) -> String {
    let mut hash = Sha256::new();
    for register in registers {
        hash.update(format!("{} {} {} {}\n", register.class_id, register.at, register.seen, register.complete));
        for (pupil, tick) in &register.ticks {
            hash.update(format!("{pupil} {tick:?}\n"));
        }
    }
    BASE64.encode(hash.finalize())
}

fn plan(facts: &Facts, registers: &[NewRegister], on_roll: &[&Listed], pasted: &Pasted, shown: String) -> Plan {
    let class = |new: &NewRegister| {
        let register = facts.registers.get(&(new.at, new.class_id.clone()));
        let listed = on_roll.iter().filter(|child| child.class_id == new.class_id);
        let children = listed.clone().filter_map(|child| {
            let tick = new.ticks.get(&child.pupil_id).copied()?;
            let before = register.and_then(|register| register.ticks.get(&child.pupil_id)) == Some(&tick);
            (tick != Tick::Present).then(|| (child.name(), matches!(tick, Tick::Late(_)), before))
        });
        PlanClass {
            name: listed.clone().next().map(|child| child.class.clone()).unwrap_or_default(),
            complete: new.complete,
            was: register.is_some_and(|register| register.complete),
            children: children.collect(),
        }
    };
    let present = pasted.present.iter().filter_map(|place| who(on_roll, *place)).collect();
    Plan { shown, classes: registers.iter().map(class).collect(), present }
}

fn draw(portal: &Portal, staff: &Staff, facts: &Facts, at: SessionDay, sheet: Sheet) -> Response {
    let mut classes: Vec<(String, String, bool, bool)> = Vec::new();
    for child in facts.children.iter().filter(|child| child.is_on_roll(at.date)) {
        if classes.last().is_none_or(|(id, ..)| *id != child.class_id) {
            let id = child.class_id.clone();
            let chosen = sheet.chosen.contains(&id);
            classes.push((id, child.class.clone(), facts.is_in(&child.class_id, at), chosen));
        }
    }
    let words = portal.words();
    let page = PastePage {
        at,
        classes,
        every: sheet.chosen.contains(EVERY),
        text: sheet.text,
        plan: sheet.plan,
        problems: sheet.problems,
        refused: sheet.refused,
        csrf: staff.csrf.clone(),
    };
    render::staff(portal, staff, words.morning.paste_title, "morning", || pages::page(words, page))
}
