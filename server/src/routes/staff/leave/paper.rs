//! A form for leave that came on paper: begun for a guardian of a child, typed in step by step, entered.

use app::{
    paths::Hand,
    rules::{
        form::Answers,
        id::SubmissionId,
        leave::{PaperForm, PaperProblem, check_paper, key, received},
        london,
    },
    staff::leave::paper::{self as pages, BeginPage, CheckPage},
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use crate::{
    forms,
    routes::{
        form::{Filled, Filler, files, step, tasks, version_shown},
        leave_form::{
            Filling, asked,
            submit::{Signed, submit},
        },
    },
    store::{Channel, FormSent, NewDraft, RollChild, seen_all},
    web::{
        Failure, Fields, Portal, Posted, PostedFiles, render,
        session::{May, PrepareLeave, Staff},
    },
};

/// What was typed before it is begun.
#[derive(Default)]
struct Typed {
    guardian: String,
    day: String,
    time: String,
    draft: String,
}

/// `GET /staff/leave/paper/{pupil}`
pub(in crate::routes) async fn ask(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(pupil): Path<String>,
) -> Result<Response, Failure> {
    let child = find(&portal, &pupil).await?;
    let day = portal.today().to_string();
    let draft = SubmissionId::from_bytes(rand::random()).to_string();
    draw_begin(&portal, &may.staff, child, Typed { day, draft, ..Typed::default() }, Vec::new(), false).await
}

/// A child on roll.
async fn find(portal: &Portal, pupil: &str) -> Result<RollChild, Failure> {
    let child = super::super::child::find(portal, pupil).await?;
    if child.left_on.is_some_and(|left| left < portal.today()) { Err(Failure::NotFound) } else { Ok(child) }
}

async fn draw_begin(
    portal: &Portal,
    staff: &Staff,
    child: RollChild,
    typed: Typed,
    problems: Vec<Said>,
    too_many: bool,
) -> Result<Response, Failure> {
    let people = portal.school.who_may_hand_in(&child.pupil_id).await?;
    let only = people.len() == 1;
    let page = BeginPage {
        name: child.full_name,
        class: child.class,
        guardians: people
            .into_iter()
            .map(|one| {
                let chosen = only || one.guardian.as_str() == typed.guardian;
                (one.guardian.to_string(), one.name, one.relationship, chosen)
            })
            .collect(),
        received: (typed.day, typed.time),
        draft: typed.draft,
        problems,
        too_many,
        csrf: staff.csrf.clone(),
        pupil: child.pupil_id,
    };
    let words = portal.words();
    Ok(render::staff(portal, staff, words.leave_paper.title, "", || pages::begin(words, page)))
}

/// `POST /staff/leave/paper/{pupil}`
pub(in crate::routes) async fn begin(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(pupil): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let child = find(&portal, &pupil).await?;
    let w = &portal.words().leave_paper;
    let typed = Typed {
        guardian: fields.one("guardian"),
        day: fields.one("received"),
        time: fields.one("received-time"),
        draft: fields.one("draft"),
    };
    let people = portal.school.who_may_hand_in(&child.pupil_id).await?;
    let guardian = people.into_iter().map(|one| one.guardian).find(|one| one.as_str() == typed.guardian);
    let mut problems = Vec::new();
    if guardian.is_none() {
        problems.push(("guardian".to_owned(), w.no_who.to_owned()));
    }
    if let Err(problem) = received(&typed.day, &typed.time, portal.now()) {
        problems.push(said(&portal, problem));
    }
    let (Some(guardian), true) = (guardian, problems.is_empty()) else {
        let page = draw_begin(&portal, &may.staff, child, typed, problems, false).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let draft = SubmissionId::parse(&typed.draft).unwrap_or_else(|| SubmissionId::from_bytes(rand::random()));
    let mut answers = Answers::default();
    answers.set(key::CHILDREN, child.pupil_id.as_str());
    answers.set(key::RECEIVED_DAY, typed.day.trim());
    answers.set(key::RECEIVED_TIME, typed.time.trim());
    let new = NewDraft {
        draft: draft.clone(),
        form: forms::LEAVE.name,
        guardian,
        staff: Some(may.staff.session.staff_id.clone()),
        instead_of: None,
        answers,
        at: portal.now(),
    };
    if portal.school.begin_draft(new).await? {
        Ok(Redirect::to(&Hand::LeavePaper.form(&draft)).into_response())
    } else {
        let page = draw_begin(&portal, &may.staff, child, typed, Vec::new(), true).await?;
        Ok((StatusCode::CONFLICT, page).into_response())
    }
}

/// A problem with its field.
fn said(portal: &Portal, problem: PaperProblem) -> Said {
    let field = match problem {
        PaperProblem::NoDay | PaperProblem::Ahead | PaperProblem::Old => "received",
        PaperProblem::Time => "received-time",
        PaperProblem::Name => "name",
        PaperProblem::NoSigned | PaperProblem::SignedLater => "signed",
        PaperProblem::NotDeclared => "declared",
    };
    (field.to_owned(), (portal.words().leave_paper.problem)(problem).to_owned())
}

/// The request that a form became which this member of staff typed in before.
async fn entered_before(portal: &Portal, draft: &str) -> Result<Response, Failure> {
    let draft = SubmissionId::parse(draft).ok_or(Failure::NotFound)?;
    let reference = portal.school.leave_entered(&draft).await?.ok_or(Failure::NotFound)?;
    Ok(Redirect::to(&app::paths::staff_leave(&reference)).into_response())
}

/// `GET /staff/leave/paper/forms/{draft}`
pub(in crate::routes) async fn form(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    let filler = Filler::Office(&may.staff);
    match filler.filling::<Filling>(&portal, &draft).await {
        Err(Failure::NotFound) => entered_before(&portal, &draft).await,
        filling => tasks::page(&portal, &filler, &filling?).await,
    }
}

/// `GET /staff/leave/paper/forms/{draft}/steps/{step}`
pub(in crate::routes) async fn step_page(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(at): Path<(String, String)>,
) -> Result<Response, Failure> {
    step::page::<Filling>(&portal, &Filler::Office(&may.staff), at).await
}

/// `POST /staff/leave/paper/forms/{draft}/steps/{step}`
pub(in crate::routes) async fn save(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(at): Path<(String, String)>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    step::save::<Filling>(&portal, &Filler::Office(&may.staff), at, &fields).await
}

/// `GET /staff/leave/paper/forms/{draft}/drop`
pub(in crate::routes) async fn ask_drop(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    let filler = Filler::Office(&may.staff);
    let filling = filler.filling::<Filling>(&portal, &draft).await?;
    Ok(tasks::ask_drop(&portal, &filler, &filling))
}

/// `POST /staff/leave/paper/forms/{draft}/drop`
pub(in crate::routes) async fn throw_away(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(draft): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    tasks::throw_away::<Filling>(&portal, &Filler::Office(&may.staff), &draft).await
}

/// `GET /staff/leave/paper/forms/{draft}/files`
pub(in crate::routes) async fn files_page(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    files::page::<Filling>(&portal, &Filler::Office(&may.staff), &draft).await
}

/// `POST /staff/leave/paper/forms/{draft}/files`
pub(in crate::routes) async fn add_files(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(draft): Path<String>,
    posted: PostedFiles,
) -> Result<Response, Failure> {
    files::add::<Filling>(&portal, &Filler::Office(&may.staff), &draft, posted).await
}

/// `GET /staff/leave/paper/forms/{draft}/files/{evidence}`
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(at): Path<(String, String)>,
) -> Result<Response, Failure> {
    files::file::<Filling>(&portal, &Filler::Office(&may.staff), at).await
}

/// `POST /staff/leave/paper/forms/{draft}/files/{evidence}/remove`
pub(in crate::routes) async fn remove_file(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(at): Path<(String, String)>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    files::remove::<Filling>(&portal, &Filler::Office(&may.staff), at).await
}

/// What is told when the last page is drawn again.
#[derive(Default)]
struct Again {
    paper: PaperForm,
    problems: Vec<Said>,
    notice: Option<String>,
}

/// What the last page starts with: the day that was given when the form was begun.
fn begun_with(answers: &Answers) -> PaperForm {
    PaperForm {
        day: answers.get(key::RECEIVED_DAY).to_owned(),
        time: answers.get(key::RECEIVED_TIME).to_owned(),
        ..PaperForm::default()
    }
}

/// `GET /staff/leave/paper/forms/{draft}/check`
pub(in crate::routes) async fn check(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    let filler = Filler::Office(&may.staff);
    let filling = match filler.filling::<Filling>(&portal, &draft).await {
        Err(Failure::NotFound) => return entered_before(&portal, &draft).await,
        found => found?,
    };
    if let Some(step) = Filled::missing(&filling, &portal).first() {
        return Ok(Redirect::to(&Hand::LeavePaper.step(&filling.begun.draft.draft, &step.key)).into_response());
    }
    let paper = begun_with(&filling.begun.draft.answers);
    draw_check(&portal, &may.staff, &filling, Again { paper, ..Again::default() }).await
}

async fn draw_check(portal: &Portal, staff: &Staff, filling: &Filling, again: Again) -> Result<Response, Failure> {
    let words = portal.words();
    let now = portal.now();
    let draft = &filling.begun.draft.draft;
    staff.note(portal, "leave_paper", draft.as_str()).await?;
    let whose = Filler::Office(staff).whose();
    let files = portal.school.draft_evidence(&whose, draft, now).await?.map_or(0, |found| found.files.len());
    let received = received(&again.paper.day, &again.paper.time, now).unwrap_or(now);
    let page = CheckPage {
        draft: draft.clone(),
        title: filling.begun.form.title.clone(),
        guardian: filling.guardian.clone().unwrap_or_default(),
        steps: filling.steps(portal),
        files,
        statements: filling.begun.form.statements.clone(),
        begun: !filling.in_advance(portal, received),
        paper: again.paper,
        version: version_shown(&filling.begun.kept),
        seen: seen_all(&filling.begun.draft.answers),
        sessions: asked(portal, filling),
        problems: again.problems,
        notice: again.notice,
        csrf: staff.csrf.clone(),
    };
    Ok(render::staff(portal, staff, words.leave_paper.title, "", || pages::check(words, page)))
}

fn typed(fields: &Fields) -> PaperForm {
    PaperForm {
        day: fields.one("received"),
        time: fields.one("received-time"),
        name: fields.one("name"),
        signed: fields.one("signed"),
        declared: fields.says_yes("declared"),
    }
}

/// `POST /staff/leave/paper/forms/{draft}/check`: enters it.
pub(in crate::routes) async fn enter(
    State(portal): State<Portal>,
    may: May<PrepareLeave>,
    Path(draft): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff;
    portal.limits.act(staff.session.staff_id.as_str(), "enter_leave")?;
    let filler = Filler::Office(staff);
    let filling = match filler.filling::<Filling>(&portal, &draft).await {
        // The same form once more: two taps, or an answer that was lost on the way.
        Err(Failure::NotFound) => return entered_before(&portal, &draft).await,
        found => found?,
    };
    if let Some(step) = Filled::missing(&filling, &portal).first() {
        return Ok(Redirect::to(&Hand::LeavePaper.step(&filling.begun.draft.draft, &step.key)).into_response());
    }
    let l = &portal.words().leave;
    let paper = typed(&fields);
    let checked = match check_paper(&paper, portal.now()) {
        Ok(checked) => checked,
        Err(problems) => {
            let problems = problems.into_iter().map(|problem| said(&portal, problem)).collect();
            let page = draw_check(&portal, staff, &filling, Again { paper, problems, notice: None }).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let changed = if fields.one("version") != filling.begun.kept.version.to_string() {
        Some(l.form_changed)
    } else if fields.one("sessions") != asked(&portal, &filling) {
        Some(l.count_changed)
    } else {
        None
    };
    let notice = match changed {
        Some(notice) => notice,
        None => {
            let signed = Signed {
                entered_by: Some(staff.session.staff_id.clone()),
                channel: Channel::Letter,
                name: checked.name,
                at: london::instant(checked.signed, chrono::NaiveTime::MIN),
                received: checked.received,
            };
            match submit(&portal, &filling, filler.whose(), signed, fields.one("seen")).await? {
                FormSent::Received(reference) => {
                    portal.changed();
                    portal.mail_waits.notify_one();
                    return Ok(Redirect::to(&app::paths::staff_leave(&reference)).into_response());
                }
                FormSent::Again(reference) => {
                    return Ok(Redirect::to(&app::paths::staff_leave(&reference)).into_response());
                }
                FormSent::Gone => return entered_before(&portal, &draft).await,
                FormSent::Changed => l.changed_since,
                FormSent::TooManyFiles => l.too_many_files,
                FormSent::NotAllowed | FormSent::CannotChange => portal.words().leave_paper.not_allowed,
            }
        }
    };
    let filling = filler.filling::<Filling>(&portal, &draft).await?;
    let page =
        draw_check(&portal, staff, &filling, Again { paper, problems: Vec::new(), notice: Some(notice.to_owned()) });
    Ok((StatusCode::CONFLICT, page.await?).into_response())
}
