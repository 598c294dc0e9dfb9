//! The marks' import: handing a file in, seeing what it would change, bringing it in.

use std::time::Duration;

use app::{
    paths,
    rules::{id::ImportId, import::Unreadable},
    staff::{
        file_import::{self as pages, Item, Of, Part, PlanPage},
        marks::{self, Below, DonePage, HeadsPage, RunShown},
    },
    words::{ImportWords, MarksWords},
};
use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Redirect, Response},
};

use super::file_import::{self, actor, found, gone, shown, written};
use crate::{
    import::{
        self, Meanings,
        heads::normal,
        marks::{
            MEANINGS,
            plan::{Listed, Plan, Step, Stored, Tally},
        },
        said::{mark_change, mark_listed},
    },
    store::{Against, Applied, FileKind, HandedIn, Heading, Progress, Run, StoreError, Way, journal::Actor},
    web::{
        Failure, Portal, Posted, PostedFiles,
        imports::{Stands, UnderWay},
        render,
        session::{ImportMarks, May, Staff},
    },
};

/// How long a browser waits for an import before it is shown how far it has come.
const PATIENCE: Duration = Duration::from_millis(1_200);
/// How many heads are asked about: a form has two hundred fields.
const MOST_HEADS: usize = 60;
/// How many characters of a head are kept to be shown.
const HEAD: usize = 80;

/// `GET /staff/marks`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<ImportMarks>) -> Result<Response, Failure> {
    file_import::page(&portal, &may.staff, Of::Marks, (None, false)).await
}

/// `POST /staff/marks`: reads the file and keeps it until somebody says yes.
pub(in crate::routes) async fn hand_in(
    State(portal): State<Portal>,
    may: May<ImportMarks>,
    posted: PostedFiles,
) -> Result<Response, Failure> {
    file_import::hand_in(&portal, &may.staff, Of::Marks, posted).await
}

/// `GET /staff/marks/files/{import}`: what it would change, or what came of it.
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    may: May<ImportMarks>,
    Path(import): Path<String>,
) -> Result<Response, Failure> {
    let found = found(&portal, Of::Marks, &import).await?;
    let words = portal.words();
    let meanwhile = match portal.limits.imports.of(&found.import) {
        Some(Stands::UnderWay(progress)) => return Ok(under_way(&portal, &may.staff, &found.import, &progress)),
        Some(Stands::Nothing) => true,
        None => false,
    };
    if let (Some(at), Some(tally)) = (found.applied_at, found.outcome::<Tally>()) {
        let page = DonePage {
            when: written(&portal, at),
            marks: tally.marks,
            aside: tally.aside,
            blanks: tally.blanks,
            previous_school: found.previous_school,
        };
        return Ok(render::staff(&portal, &may.staff, words.import.done_title, "", || marks::done(words, page)));
    }
    draw_plan(&portal, &may.staff, found, meanwhile).await
}

/// `POST /staff/marks/files/{import}/confirm`
pub(in crate::routes) async fn confirm(
    State(portal): State<Portal>,
    may: May<ImportMarks>,
    Path(import): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let import = ImportId::parse(&import).ok_or(Failure::NotFound)?;
    let to_file = || Redirect::to(&paths::marks_file(&import)).into_response();
    let Some(mark) = portal.limits.imports.begin(&import) else { return Ok(to_file()) };
    // Of its own, so that it ends as it ends, whoever goes away meanwhile.
    let bringing = tokio::spawn(bring_in(portal.clone(), import.clone(), fields.one("shown"), actor(&may.staff), mark));
    let Ok(ended) = tokio::time::timeout(PATIENCE, bringing).await else { return Ok(to_file()) };
    let applied = ended.map_err(|_| Failure::Unavailable)??;
    let found = found(&portal, Of::Marks, import.as_str()).await?;
    Ok(match applied {
        Applied::Changed(_) | Applied::InDoubt(_) => {
            let page = draw_plan(&portal, &may.staff, found, true).await?;
            (StatusCode::CONFLICT, page).into_response()
        }
        Applied::Done(_) | Applied::Gone => to_file(),
    })
}

/// Carries a plan out, and says so to whoever looks at the file meanwhile.
async fn bring_in(
    portal: Portal,
    import: ImportId,
    shown: String,
    actor: Actor,
    mark: UnderWay,
) -> Result<Applied<Plan, Tally>, StoreError> {
    let (now, today, calendar) = (portal.now(), portal.today(), portal.policy.calendar.clone());
    let by = (actor, mark.progress.clone());
    let applied = portal.school.apply_marks(&import, shown, calendar, by, now, today).await;
    match &applied {
        Ok(Applied::Done(_) | Applied::Gone) => mark.done(),
        Ok(_) => drop(mark),
        Err(error) => {
            tracing::error!(%error, "an import was not kept");
            drop(mark);
        }
    }
    portal.changed();
    applied
}

/// A page that looks again by itself, until the import has ended.
fn under_way(portal: &Portal, staff: &Staff, import: &ImportId, progress: &Progress) -> Response {
    let words = portal.words();
    let view = || marks::under_way(words, import, progress.so_far());
    let mut page = render::staff(portal, staff, words.marks.under_way_title, "", view);
    page.headers_mut().insert("refresh", HeaderValue::from_static("1"));
    page
}

/// What stands under the form that takes a file.
pub(super) async fn below(portal: &Portal, staff: &Staff) -> Result<Below, Failure> {
    let runs = portal.school.last_runs(FileKind::Marks).await?;
    let run = |run: Run| RunShown {
        way: match run.way {
            Way::Page => 0,
            Way::Command => 1,
            Way::Folder => 2,
            Way::Api => 3,
        },
        when: written(portal, run.at),
        counts: run.outcome::<Tally>().map(|tally| (tally.marks, tally.aside)),
        name: run.name,
        refused: run.refused,
    };
    let heads = portal.school.headings(FileKind::Marks).await?;
    Ok(Below {
        runs: runs.into_iter().map(run).collect(),
        heads: heads.into_iter().map(|one| (one.head, one.shown, one.meaning)).collect(),
        folder: portal.limits.folder.shown(),
        csrf: staff.csrf.clone(),
    })
}

/// `POST /staff/marks/files/{import}/heads`: keeps what the heads mean.
pub(in crate::routes) async fn explain(
    State(portal): State<Portal>,
    may: May<ImportMarks>,
    Path(import): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let found = found(&portal, Of::Marks, &import).await?;
    let Some(bytes) = found.file else { return Ok(gone(&portal, &may.staff, Of::Marks)) };
    let chosen = fields.all("meaning");
    let heads = import::heads_of_marks(&bytes).unwrap_or_default();
    let said: Vec<Heading> = heads
        .iter()
        .take(MOST_HEADS)
        .zip(&chosen)
        .filter(|(_, meaning)| MEANINGS.contains(&meaning.as_str()))
        .map(|((head, _), meaning)| Heading {
            head: normal(head),
            shown: head.chars().take(HEAD).collect(),
            meaning: meaning.clone(),
        })
        .collect();
    // What is kept is what makes this a file of marks, together with what was said before.
    let mut all: Vec<(String, String)> =
        portal.school.headings(FileKind::Marks).await?.into_iter().map(|one| (one.head, one.meaning)).collect();
    all.extend(said.iter().map(|one| (one.head.clone(), one.meaning.clone())));
    if said.is_empty() || import::read_marks_as(&bytes, &Meanings::of(all)).is_err() {
        let page = heads_page(&portal, &may.staff, found.import, &bytes, (chosen, true));
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    portal.school.keep_headings(FileKind::Marks, said, &may.staff.session.staff_id, portal.now()).await?;
    Ok(Redirect::to(&paths::marks_file(&found.import)).into_response())
}

/// `POST /staff/marks/heads/forget`
pub(in crate::routes) async fn forget(
    State(portal): State<Portal>,
    may: May<ImportMarks>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.school.forget_heading(FileKind::Marks, fields.one("head"), actor(&may.staff), portal.now()).await?;
    Ok(Redirect::to(paths::MARKS).into_response())
}

fn heads_page(
    portal: &Portal,
    staff: &Staff,
    import: ImportId,
    bytes: &[u8],
    (chosen, missing): (Vec<String>, bool),
) -> Response {
    let words = portal.words();
    let mut heads = import::heads_of_marks(bytes).unwrap_or_default();
    heads.truncate(MOST_HEADS);
    let page = HeadsPage { import, heads, meanings: &MEANINGS, chosen, missing, csrf: staff.csrf.clone() };
    render::staff(portal, staff, words.marks.heads_title, "", || marks::heads(words, page))
}

/// `POST /staff/marks/files/{import}/drop`
pub(in crate::routes) async fn throw_away(
    State(portal): State<Portal>,
    may: May<ImportMarks>,
    Path(import): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    file_import::throw_away(&portal, &may.staff, Of::Marks, &import).await
}

async fn draw_plan(
    portal: &Portal,
    staff: &Staff,
    found: HandedIn,
    changed_meanwhile: bool,
) -> Result<Response, Failure> {
    let words = portal.words();
    let Some(bytes) = found.file else { return Ok(gone(portal, staff, Of::Marks)) };
    let meanings = portal.school.meanings().await?;
    let read = tokio::task::spawn_blocking(move || (import::read_marks_as(&bytes, &meanings), bytes)).await;
    let marks = match read.map_err(|_| Failure::Unavailable)? {
        (Ok(marks), _) => marks,
        (Err(Unreadable::NoMarkHeads), bytes) => {
            return Ok(heads_page(portal, staff, found.import, &bytes, (Vec::new(), false)));
        }
        (Err(_), _) => return Ok(gone(portal, staff, Of::Marks)),
    };
    let against =
        Against { calendar: &portal.policy.calendar, previous_school: found.previous_school, today: portal.today() };
    let (plan, stored) = portal.school.plan_marks(marks, against).await?;
    let w = &words.marks;
    let notes = [
        found.previous_school.then(|| w.from_previous.to_owned()),
        (plan.blanks > 0).then(|| (w.blanks)(plan.blanks)),
        (plan.footers > 0).then(|| (words.import.footers)(plan.footers)),
    ];
    let page = PlanPage {
        of: Of::Marks,
        import: found.import,
        shown: plan.digest(&stored),
        tally: vec![plan.tally().marks],
        doubts: Vec::new(),
        parts: parts((w, &words.import), &plan, &stored),
        notes: notes.into_iter().flatten().collect(),
        changed_meanwhile,
        problems: Vec::new(),
        csrf: staff.csrf.clone(),
    };
    Ok(render::staff(portal, staff, words.import.plan_title, "", || pages::plan(words, page)))
}

/// The plan, part by part and in each by line.
fn parts((w, shared): (&MarksWords, &ImportWords), plan: &Plan, stored: &Stored) -> Vec<(Part, Vec<Item>, usize)> {
    let aside = plan.aside.iter().map(|one| item(w, one, (w.fault)(one.said)));
    let cautions = plan.cautions.iter().map(|one| item(w, one, (w.caution)(one.said)));
    let steps = |changed: bool| {
        let steps = plan.steps.iter().filter(move |step| step.was.is_some() == changed);
        let mut items: Vec<Item> = steps
            .map(|step| Item {
                line: step.line,
                who: name(stored, step).to_owned(),
                said: vec![format!("{}: {}", (w.session)(step.at), mark_change((w, shared), step))],
            })
            .collect();
        items.sort_by_key(|item| item.line);
        items
    };
    shown([
        (Part::Aside, aside.collect()),
        (Part::Cautions, cautions.collect()),
        (Part::Changed, steps(true)),
        (Part::Added, steps(false)),
    ])
}

fn item<S>(w: &MarksWords, one: &Listed<S>, said: String) -> Item {
    let (who, about) = mark_listed(w, one);
    Item { line: one.line, who, said: if about.is_empty() { vec![said] } else { vec![about, said] } }
}

fn name<'a>(stored: &'a Stored, step: &Step) -> &'a str {
    stored.pupils.get(step.pupil).map_or("", |pupil| &pupil.name)
}
