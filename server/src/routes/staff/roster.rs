//! The roster's import: handing a file in, seeing what it would change, bringing it in.

use app::{
    paths,
    rules::{
        access::{Act, may},
        id::ImportId,
        london,
    },
    staff::roster::{self as pages, DonePage, Item, Part, PlanPage},
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::{
    command::import_roster::change_text,
    import::{
        self, Plan,
        plan::{Change, Kind, Tally},
    },
    store::{Applied, NewImport, journal::Actor},
    web::{
        Failure, Part as Piece, Portal, Posted, PostedFiles, render,
        session::{ImportRoster, May, Staff},
    },
};

/// How many lines of a part stand on the page; all of them would be megabytes.
const SHOWN: usize = 300;

/// `GET /staff/roster`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<ImportRoster>) -> Result<Response, Failure> {
    draw_hand_in(&portal, &may.staff, None).await
}

/// `POST /staff/roster`: reads the file and keeps it until somebody says yes.
pub(in crate::routes) async fn hand_in(
    State(portal): State<Portal>,
    may: May<ImportRoster>,
    mut posted: PostedFiles,
) -> Result<Response, Failure> {
    let words = portal.words();
    portal.limits.act(may.staff.session.staff_id.as_str(), "hand_in_roster")?;
    let refuse = async |said: String| -> Result<Response, Failure> {
        let page = draw_hand_in(&portal, &may.staff, Some(said)).await?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    let _place = portal.limits.uploads.take(may.staff.session.staff_id.as_str()).await?;
    let mut file = None;
    while let Some(part) = posted.next(import::FILE_BYTES).await? {
        match part {
            Piece::File { field, bytes: None, .. } if field == "file" => {
                return refuse(words.roster.too_large.to_owned()).await;
            }
            // A browser sends an empty part where no file was chosen.
            Piece::File { field, bytes: Some(bytes), .. } if field == "file" && !bytes.is_empty() => file = Some(bytes),
            _ => {}
        }
    }
    let Some(bytes) = file else { return refuse(words.roster.no_file.to_owned()).await };
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
        sha256: BASE64.encode(Sha256::digest(&bytes)),
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
    let found = portal.school.handed_in(&import).await?.ok_or(Failure::NotFound)?;
    let words = portal.words();
    if let (Some(at), Some(tally)) = (found.applied_at, found.outcome) {
        let page = done_page(&portal, &may.staff, at, tally);
        let title = words.roster.done_title;
        return Ok(render::staff(&portal, &may.staff, title, "", || pages::done(words, page)));
    }
    let Some(bytes) = found.file else { return Ok(gone(&portal, &may.staff)) };
    let (stored, today) = (portal.school.stored_roster().await?, portal.today());
    let plan = tokio::task::spawn_blocking(move || {
        import::read_roster(&bytes, today).map(|roster| import::plan::plan(roster, &stored, today))
    });
    match plan.await.map_err(|_| Failure::Unavailable)? {
        Ok(plan) => Ok(draw_plan(&portal, &may.staff, import, &plan, false, Vec::new())),
        // It was read when it was handed in: only the day has changed.
        Err(_) => Ok(gone(&portal, &may.staff)),
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
        Applied::Gone if portal.school.handed_in(&import).await?.is_some() => {
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
    portal.school.drop_import(&import, actor(&may.staff), portal.now()).await?;
    Ok(Redirect::to(paths::ROSTER).into_response())
}

fn actor(staff: &Staff) -> Actor {
    Actor::Staff(staff.session.staff_id.to_string())
}

/// "24 November at 8.04".
fn written(portal: &Portal, at: DateTime<Utc>) -> String {
    let local = london::local(at);
    (portal.words().common.date_at)(local.date(), &london::clock(local.time()))
}

fn done_page(portal: &Portal, staff: &Staff, at: DateTime<Utc>, tally: Tally) -> DonePage {
    DonePage {
        when: written(portal, at),
        tally: [tally.pupils, tally.contacts, tally.ties],
        waiting: tally.waiting,
        may_review: may(&staff.session.roles, Act::SeeAccess),
    }
}

fn gone(portal: &Portal, staff: &Staff) -> Response {
    let words = portal.words();
    let page = render::staff(portal, staff, words.roster.gone.0, "", || pages::gone(words));
    (StatusCode::GONE, page).into_response()
}

async fn draw_hand_in(portal: &Portal, staff: &Staff, problem: Option<String>) -> Result<Response, Failure> {
    let words = portal.words();
    let last = portal.school.last_import().await?.and_then(|last| last.applied_at).map(|at| written(portal, at));
    Ok(render::staff(portal, staff, words.roster.title, "", || pages::hand_in(words, &staff.csrf, last, problem)))
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
    let page = PlanPage {
        import,
        shown: plan.digest(),
        tally: [tally.pupils, tally.contacts, tally.ties],
        doubts: plan.doubts.clone(),
        parts: parts(portal, plan),
        footers: plan.footers,
        changed_meanwhile,
        problems,
        csrf: staff.csrf.clone(),
    };
    render::staff(portal, staff, words.roster.plan_title, "", || pages::plan(words, page))
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
    let mut parts: Vec<(Part, Vec<Item>, usize)> = [
        (Part::Aside, aside.collect::<Vec<_>>()),
        (Part::Cautions, cautions.collect()),
        (Part::Missing, missing.collect()),
        (Part::Classes, classes.collect()),
        (Part::Changed, steps(portal, plan, Kind::Changed)),
        (Part::Added, steps(portal, plan, Kind::Added)),
        (Part::Kept, steps(portal, plan, Kind::Kept)),
    ]
    .into_iter()
    .map(|(part, items)| (part, items.len(), items))
    .map(|(part, count, items)| (part, items, count))
    .collect();
    for (_, items, _) in &mut parts {
        items.truncate(SHOWN);
    }
    parts
}

/// Children, contacts and links of whom this becomes.
fn steps(portal: &Portal, plan: &Plan, kind: Kind) -> Vec<Item> {
    let w = &portal.words().roster;
    let said = |changes: Vec<Change>| changes.iter().map(|change| change_text(w, change)).collect::<Vec<_>>();
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
