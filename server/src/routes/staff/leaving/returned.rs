//! What the return to the council needs (reg 13(4)): names, addresses, the parents the child normally lives with and
//! their telephone numbers, where the child goes, and the ground.

use app::{
    paths,
    rules::{
        form::Answers,
        id::PupilId,
        leaving::{Kind, Line, Task, by_phone, key},
    },
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;

use super::{lines_of_listed, listed};
use crate::{
    routes::sheet,
    store::{LeaverListed, NoticeChild, ReturnParent, journal::Actor},
    web::{
        Failure, Portal,
        session::{KeepLeaving, May},
    },
};

/// For how many days after its last line a finished notice stands in the file.
const FINISHED: i64 = 30;
/// How many parents have columns in the file at least; it has as many as there are.
const PARENTS: usize = 2;

/// The parents whom a child normally lives with.
async fn parents(portal: &Portal, pupil: &PupilId) -> Result<Vec<ReturnParent>, Failure> {
    Ok(portal.school.return_parents(pupil).await?)
}

/// An envelope's lines as one.
fn one_line(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The facts of the return for a child's page: name and value.
pub(super) async fn facts(portal: &Portal, child: &NoticeChild) -> Result<Vec<(&'static str, String)>, Failure> {
    let w = &portal.words().leaving_staff;
    let [upn, born, lives, phone, address] = w.return_facts;
    let or_nothing = |text: Option<String>| text.unwrap_or_else(|| w.nothing.to_owned());
    let mut facts = vec![(upn, child.upn.clone()), (born, (portal.words().common.full_date)(child.born))];
    for parent in parents(portal, &child.pupil).await? {
        facts.push((lives, parent.name));
        facts.push((phone, or_nothing(parent.phone)));
        let secret = parent.secret.then(|| w.by_phone.to_owned());
        facts.push((address, secret.unwrap_or_else(|| or_nothing(parent.address))));
    }
    Ok(facts)
}

/// `GET /staff/leaving/return.csv`
pub(in crate::routes) async fn csv(State(portal): State<Portal>, may: May<KeepLeaving>) -> Result<Response, Failure> {
    let (now, today) = (portal.now(), portal.today());
    if !may.staff.is_fresh(now) {
        return Ok(Redirect::to(&paths::staff_prove(paths::LEAVING_RETURN)).into_response());
    }
    let mut found = Vec::new();
    for leaver in listed(&portal).await? {
        if leaver.kind == Kind::Meeting {
            continue;
        }
        let lines = lines_of_listed(&portal, &leaver);
        if !lines.iter().any(Line::is_open) && !finished_lately(&leaver, today) {
            continue;
        }
        let parents = parents(&portal, &leaver.pupil).await?;
        found.push((leaver, lines, parents));
    }
    let most = found.iter().map(|(.., parents)| parents.len()).max().unwrap_or_default().max(PARENTS);
    let mut records = vec![heads(&portal, most)];
    records.extend(found.iter().map(|(leaver, lines, parents)| record(&portal, leaver, lines, (parents, most))));
    let actor = Actor::Staff(may.staff.session.staff_id.to_string());
    let children = records.len() - 1;
    portal.school.note_export(actor, "export_leavers", today.to_string(), children, now).await?;
    Ok(sheet::download(&format!("leavers-{today}.csv"), records))
}

/// The columns, with those of so many parents.
fn heads(portal: &Portal, parents: usize) -> Vec<String> {
    let w = &portal.words().leaving_staff;
    let (before, behind) = w.return_heads;
    let parents = (1..=parents).flat_map(w.return_parent);
    before.map(str::to_owned).into_iter().chain(parents).chain(behind.map(str::to_owned)).collect()
}

fn finished_lately(leaver: &LeaverListed, today: NaiveDate) -> bool {
    let noted = leaver.entries.iter().map(|entry| app::rules::london::today(entry.at));
    noted.chain(leaver.left_on).max().is_some_and(|last| (today - last).num_days() <= FINISHED)
}

fn record(
    portal: &Portal,
    leaver: &LeaverListed,
    lines: &[Line],
    (parents, columns): (&[ReturnParent], usize),
) -> Vec<String> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let ground = lines.iter().find(|line| line.task == Task::Ground).and_then(|line| line.done.as_ref());
    let mut cells = vec![
        leaver.full_name.clone(),
        leaver.upn.clone(),
        leaver.born.to_string(),
        leaver.class.clone(),
        leaver.last_day.to_string(),
        day(leaver.left_on),
        ground.and_then(|done| done.ground.clone()).unwrap_or_default(),
    ];
    for place in 0..columns {
        let parent = parents.get(place);
        cells.push(parent.map(|one| one.name.clone()).unwrap_or_default());
        let secret = parent.filter(|one| one.secret).map(|_| portal.words().leaving_staff.by_phone.to_owned());
        let address = parent.and_then(|one| one.address.as_deref()).map(one_line);
        cells.push(secret.or(address).unwrap_or_default());
        cells.push(parent.and_then(|one| one.phone.clone()).unwrap_or_default());
    }
    cells.extend(future(portal, &leaver.answers));
    cells
}

/// Where the child goes, as the family said.
fn future(portal: &Portal, answers: &Answers) -> [String; 5] {
    let said = |key: &str| one_line(answers.get(key));
    let address = if by_phone(answers) { portal.words().leaving_staff.by_phone.to_owned() } else { said(key::ADDRESS) };
    [address, said(key::ADDRESS_FROM), said(key::SCHOOL_NAME), said(key::SCHOOL_ADDRESS), said(key::SCHOOL_FROM)]
}
