//! The roster's import: handing a file in, seeing what it would change, bringing it in.

use app::{
    paths,
    rules::{
        access::{Act, may},
        id::ImportId,
    },
    staff::{
        file_import::{self as pages, Item, Of, Part, PlanPage},
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

use super::file_import::{self, actor, found, gone, shown, written};
use crate::{
    import::{
        self, Plan,
        plan::{Change, Kind, Tally},
        said::roster_change,
    },
    store::Applied,
    web::{
        Failure, Portal, Posted, PostedFiles, render,
        session::{ImportRoster, May, Staff},
    },
};

/// `GET /staff/roster`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<ImportRoster>) -> Result<Response, Failure> {
    file_import::page(&portal, &may.staff, Of::Roster, (None, false)).await
}

/// `POST /staff/roster`: reads the file and keeps it until somebody says yes.
pub(in crate::routes) async fn hand_in(
    State(portal): State<Portal>,
    may: May<ImportRoster>,
    posted: PostedFiles,
) -> Result<Response, Failure> {
    file_import::hand_in(&portal, &may.staff, Of::Roster, posted).await
}

/// `GET /staff/roster/files/{import}`: what it would change, or what came of it.
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    may: May<ImportRoster>,
    Path(import): Path<String>,
) -> Result<Response, Failure> {
    let found = found(&portal, Of::Roster, &import).await?;
    let words = portal.words();
    if let (Some(at), Some(tally)) = (found.applied_at, found.outcome()) {
        let page = done_page(&portal, &may.staff, at, tally);
        let title = words.import.done_title;
        return Ok(render::staff(&portal, &may.staff, title, "", || roster::done(words, page)));
    }
    let Some(bytes) = found.file else { return Ok(gone(&portal, &may.staff, Of::Roster)) };
    let today = portal.today();
    let read = tokio::task::spawn_blocking(move || import::read_roster(&bytes, today)).await;
    // It was read when it was handed in: only the day has changed.
    let Ok(roster) = read.map_err(|_| Failure::Unavailable)? else {
        return Ok(gone(&portal, &may.staff, Of::Roster));
    };
    let plan = portal.school.plan_roster(roster, today).await?;
    Ok(draw_plan(&portal, &may.staff, found.import, &plan, false, Vec::new()))
}

/// `POST /staff/roster/files/{import}/confirm`
pub(in crate::routes) async fn confirm(
    State(portal): State<Portal>,
    may: May<ImportRoster>,
    Path(import): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let import = ImportId::parse(&import).ok_or(Failure::NotFound)?;
    let (shown, anyway) = (fields.one("shown"), fields.says_yes("anyway"));
    let (now, today) = (portal.now(), portal.today());
    let applied = portal.school.apply_roster(&import, shown, anyway, actor(&may.staff), now, today).await?;
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
        Applied::Gone => {
            let found = found(&portal, Of::Roster, import.as_str()).await?;
            Redirect::to(&paths::roster_file(&found.import)).into_response()
        }
    })
}

/// `POST /staff/roster/files/{import}/drop`
pub(in crate::routes) async fn throw_away(
    State(portal): State<Portal>,
    may: May<ImportRoster>,
    Path(import): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    file_import::throw_away(&portal, &may.staff, Of::Roster, &import).await
}

fn done_page(portal: &Portal, staff: &Staff, at: DateTime<Utc>, tally: Tally) -> DonePage {
    DonePage {
        when: written(portal, at),
        tally: [tally.pupils, tally.contacts, tally.ties],
        waiting: tally.waiting,
        may_review: may(&staff.session.roles, Act::SeeAccess),
    }
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
        changes.iter().map(|change| roster_change((w, &portal.words().import), change)).collect::<Vec<_>>()
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
