//! The roster's import: handing a file in, seeing what it would change, bringing it in.

use app::{
    paths,
    rules::{
        access::{Act, may},
        id::ImportId,
    },
    staff::{
        file_import::{self as pages, HandIn, Item, Of, Part, PlanPage},
        roster::{self, DonePage},
    },
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};

use super::file_import::{Received, actor, gone, hash, receive, shown, written};
use crate::{
    command::import_roster::change_text,
    import::{
        self, Plan,
        plan::{Change, Kind, Tally},
    },
    store::{Applied, FileKind, NewImport},
    web::{
        Failure, Portal, Posted, PostedFiles, render,
        session::{ImportRoster, May, Staff},
    },
};

/// `GET /staff/roster`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<ImportRoster>) -> Result<Response, Failure> {
    draw_hand_in(&portal, &may.staff, None).await
}

/// `POST /staff/roster`: reads the file and keeps it until somebody says yes.
pub(in crate::routes) async fn hand_in(
    State(portal): State<Portal>,
    may: May<ImportRoster>,
    posted: PostedFiles,
) -> Result<Response, Failure> {
    let words = portal.words();
    portal.limits.act(may.staff.session.staff_id.as_str(), "hand_in_roster")?;
    let refuse = async |said: String| -> Result<Response, Failure> {
        let page = draw_hand_in(&portal, &may.staff, Some(said)).await?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let _place = portal.limits.uploads.take(may.staff.session.staff_id.as_str()).await?;
    let Received { file, too_large, .. } = receive(posted, import::ROSTER_BYTES).await?;
    if too_large {
        return refuse(words.roster.too_large.to_owned()).await;
    }
    let Some(bytes) = file else { return refuse(words.import.no_file.to_owned()).await };
    let today = portal.today();
    let (bytes, read) = tokio::task::spawn_blocking(move || {
        let read = import::read_roster(&bytes, today);
        (bytes, read)
    })
    .await
    .map_err(|_| Failure::Unavailable)?;
    if let Err(why) = read {
        return refuse(pages::unreadable(words, why)).await;
    }
    let import = ImportId::from_bytes(rand::random());
    let new = NewImport {
        import: import.clone(),
        kind: FileKind::Roster,
        previous_school: false,
        sha256: hash(&bytes),
        file: bytes,
        by: may.staff.session.staff_id.clone(),
    };
    portal.school.keep_import(new, portal.now()).await?;
    Ok(Redirect::to(&paths::roster_file(&import)).into_response())
}

/// `GET /staff/roster/files/{import}`: what it would change, or what came of it.
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    may: May<ImportRoster>,
    Path(import): Path<String>,
) -> Result<Response, Failure> {
    let import = ImportId::parse(&import).ok_or(Failure::NotFound)?;
    let found = portal.school.handed_in(FileKind::Roster, &import).await?.ok_or(Failure::NotFound)?;
    let words = portal.words();
    if let (Some(at), Some(tally)) = (found.applied_at, found.outcome()) {
        let page = done_page(&portal, &may.staff, at, tally);
        let title = words.import.done_title;
        return Ok(render::staff(&portal, &may.staff, title, "", || roster::done(words, page)));
    }
    let Some(bytes) = found.file else { return Ok(gone(&portal, &may.staff, Of::Roster)) };
    let (stored, today) = (portal.school.stored_roster().await?, portal.today());
    let plan = tokio::task::spawn_blocking(move || {
        import::read_roster(&bytes, today).map(|read| import::plan::plan(read, &stored, today))
    });
    match plan.await.map_err(|_| Failure::Unavailable)? {
        Ok(plan) => Ok(draw_plan(&portal, &may.staff, import, &plan, false, Vec::new())),
        // It was read when it was handed in: only the day has changed.
        Err(_) => Ok(gone(&portal, &may.staff, Of::Roster)),
    }
}

/// `POST /staff/roster/files/{import}/confirm`
pub(in crate::routes) async fn confirm(
    State(portal): State<Portal>,
    may: May<ImportRoster>,
    Path(import): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let import = ImportId::parse(&import).ok_or(Failure::NotFound)?;
    let (shown, anyway) = (fields.one("shown"), fields.one("anyway") == "yes");
    let (now, today) = (portal.now(), portal.today());
    let applied = portal.school.apply_import(&import, shown, anyway, actor(&may.staff), now, today).await?;
    Ok(match applied {
        Applied::Done(_) => {
            portal.changed();
            Redirect::to(&paths::roster_file(&import)).into_response()
        }
        Applied::Changed(plan) => {
            let page = draw_plan(&portal, &may.staff, import, &plan, true, Vec::new());
            (StatusCode::CONFLICT, page).into_response()
        }
        Applied::InDoubt(plan) => {
            let problem = ("anyway".to_owned(), portal.words().roster.not_confirmed.to_owned());
            let page = draw_plan(&portal, &may.staff, import, &plan, false, vec![problem]);
            (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
        }
        Applied::Gone if portal.school.handed_in(FileKind::Roster, &import).await?.is_some() => {
            Redirect::to(&paths::roster_file(&import)).into_response()
        }
        Applied::Gone => return Err(Failure::NotFound),
    })
}

/// `POST /staff/roster/files/{import}/drop`
pub(in crate::routes) async fn throw_away(
    State(portal): State<Portal>,
    may: May<ImportRoster>,
    Path(import): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    let import = ImportId::parse(&import).ok_or(Failure::NotFound)?;
    portal.school.drop_import(FileKind::Roster, &import, actor(&may.staff), portal.now()).await?;
    Ok(Redirect::to(paths::ROSTER).into_response())
}

fn done_page(portal: &Portal, staff: &Staff, at: DateTime<Utc>, tally: Tally) -> DonePage {
    DonePage {
        when: written(portal, at),
        tally: [tally.pupils, tally.contacts, tally.ties],
        waiting: tally.waiting,
        may_review: may(&staff.session.roles, Act::SeeAccess),
    }
}

async fn draw_hand_in(portal: &Portal, staff: &Staff, problem: Option<String>) -> Result<Response, Failure> {
    let words = portal.words();
    let last = portal
        .school
        .last_import(FileKind::Roster)
        .await?
        .and_then(|last| last.applied_at)
        .map(|at| written(portal, at));
    let page = HandIn { of: Of::Roster, csrf: &staff.csrf, last, problem, previous_school: false };
    Ok(render::staff(portal, staff, words.roster.title, "", || pages::hand_in(words, page)))
}

fn draw_plan(
    portal: &Portal,
    staff: &Staff,
    import: ImportId,
    plan: &Plan,
    changed_meanwhile: bool,
    problems: Vec<Said>,
) -> Response {
    let words = portal.words();
    let tally = plan.tally();
    let notes = (plan.footers > 0).then(|| (words.import.footers)(plan.footers));
    let page = PlanPage {
        of: Of::Roster,
        import,
        shown: plan.digest(),
        tally: vec![tally.pupils, tally.contacts, tally.ties],
        doubts: plan.doubts.clone(),
        parts: parts(portal, plan),
        notes: notes.into_iter().collect(),
        changed_meanwhile,
        problems,
        csrf: staff.csrf.clone(),
    };
    render::staff(portal, staff, words.import.plan_title, "", || pages::plan(words, page))
}

/// The plan, part by part and in each by line.
fn parts(portal: &Portal, plan: &Plan) -> Vec<(Part, Vec<Item>, usize)> {
    let w = &portal.words().roster;
    let aside = plan.aside.iter().map(|aside| Item {
        line: aside.line,
        who: aside.who.clone(),
        said: vec![(w.fault)(aside.fault)],
    });
    let cautions = plan.cautions.iter().map(|noted| Item {
        line: noted.line,
        who: noted.who.clone(),
        said: vec![(w.caution)(noted.caution)],
    });
    let missing = plan.missing_pupils.iter().chain(&plan.missing_ties).map(|gone| {
        let who = match gone.guardian_id {
            None => format!("{}, {}", gone.who, gone.of),
            Some(_) => (w.missing_contact)(&gone.who, &gone.of),
        };
        Item { line: 0, who, said: Vec::new() }
    });
    let classes = plan.classes.iter().map(|class| Item { line: 0, who: class.name.clone(), said: Vec::new() });
    shown([
        (Part::Aside, aside.collect()),
        (Part::Cautions, cautions.collect()),
        (Part::Missing, missing.collect()),
        (Part::Classes, classes.collect()),
        (Part::Changed, steps(portal, plan, Kind::Changed)),
        (Part::Added, steps(portal, plan, Kind::Added)),
        (Part::Kept, steps(portal, plan, Kind::Kept)),
    ])
}

/// Children, contacts and links of whom this becomes.
fn steps(portal: &Portal, plan: &Plan, kind: Kind) -> Vec<Item> {
    let w = &portal.words().roster;
    let said = |changes: Vec<Change>| {
        changes.iter().map(|change| change_text((w, &portal.words().import), change)).collect::<Vec<_>>()
    };
    let mut items: Vec<Item> = Vec::new();
    for step in plan.pupils.iter().filter(|step| step.kind() == kind) {
        let changes = step.was.as_ref().map(|was| was.changes(&step.becomes)).unwrap_or_default();
        let who = format!("{}, {}", step.becomes.name(), step.becomes.class);
        items.push(Item { line: step.line, who, said: said(changes) });
    }
    for step in plan.contacts.iter().filter(|step| step.kind() == kind && kind == Kind::Changed) {
        let changes = step.was.as_ref().map(|was| was.changes(&step.becomes)).unwrap_or_default();
        items.push(Item { line: step.line, who: step.becomes.name(), said: said(changes) });
    }
    for tie in plan.ties.iter().filter(|tie| tie.step.kind() == kind && kind != Kind::Kept) {
        let is = &tie.step.becomes;
        let (adult, child) = (plan.contacts[tie.contact].becomes.name(), plan.pupils[tie.pupil].becomes.name());
        let access = if is.reviewed { (w.access)(is.access) } else { w.waits };
        let mut lines = vec![if tie.barred { w.barred } else { access }.to_owned()];
        lines.extend(said(tie.step.was.as_ref().map(|was| was.changes(is)).unwrap_or_default()));
        items.push(Item { line: tie.step.line, who: (w.tie)(&adult, &is.relationship, &child), said: lines });
    }
    items.sort_by_key(|item| item.line);
    items
}
