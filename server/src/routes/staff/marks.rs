//! The marks' import: handing a file in, seeing what it would change, bringing it in.

use app::{
    paths,
    rules::id::ImportId,
    staff::{
        file_import::{self as pages, Item, Of, Part, PlanPage},
        marks::{self, DonePage},
    },
    words::{ImportWords, MarksWords},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::file_import::{self, actor, found, gone, shown, written};
use crate::{
    import::{
        self,
        marks::plan::{Listed, Plan, Step, Stored, Tally},
        said::{mark_change, mark_listed},
    },
    store::{Against, Applied, HandedIn},
    web::{
        Failure, Portal, Posted, PostedFiles, render,
        session::{ImportMarks, May, Staff},
    },
};

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
    draw_plan(&portal, &may.staff, found, false).await
}

/// `POST /staff/marks/files/{import}/confirm`
pub(in crate::routes) async fn confirm(
    State(portal): State<Portal>,
    may: May<ImportMarks>,
    Path(import): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let import = ImportId::parse(&import).ok_or(Failure::NotFound)?;
    let (now, today) = (portal.now(), portal.today());
    let calendar = portal.policy.calendar.clone();
    let applied =
        portal.school.apply_marks(&import, fields.one("shown"), calendar, actor(&may.staff), now, today).await?;
    let found = found(&portal, Of::Marks, import.as_str()).await?;
    Ok(match applied {
        Applied::Done(_) => {
            portal.changed();
            Redirect::to(&paths::marks_file(&import)).into_response()
        }
        Applied::Changed(_) | Applied::InDoubt(_) => {
            let page = draw_plan(&portal, &may.staff, found, true).await?;
            (StatusCode::CONFLICT, page).into_response()
        }
        Applied::Gone => Redirect::to(&paths::marks_file(&import)).into_response(),
    })
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
    let read = tokio::task::spawn_blocking(move || import::read_marks(&bytes)).await;
    let Ok(marks) = read.map_err(|_| Failure::Unavailable)? else { return Ok(gone(portal, staff, Of::Marks)) };
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
