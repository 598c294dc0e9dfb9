//! One notice: reading it, noting what is done, writing to the family, its PDF file.

use app::{
    paths,
    rules::{
        access::{Act, may as may_do},
        id::{MessageId, NoteId, NoticeId},
        leaving::{
            Destination, EntryForm, EntryProblem, Kind, Line, State as NoticeState, Task, by_phone, check_entry,
            referral,
        },
        london,
        reference::Reference,
    },
    staff::leaving::{
        lines::{ChildLines, Desk as LinesDesk, field},
        notice::{self, NoticePage},
    },
    ui::errors::Said as Problem,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{lines_of, returned};
use crate::{
    pdf::{Block, Level},
    routes::{
        form::{hide_answers, to_the_second},
        form_pdf::drawn,
        leaving_form::told,
        leaving_pdf::document,
        parent::written,
        staff::{
            evidence::files_shown,
            talk::{self, Unsent},
        },
    },
    store::{LeavingLineNoted, NewLeavingLine, NoticeChild, NoticeRecord},
    web::{
        Failure, Portal, Posted, download, render,
        session::{KeepLeaving, May, ReadLeaving, Staff},
    },
};

async fn find(portal: &Portal, reference: &str) -> Result<NoticeRecord, Failure> {
    let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
    portal.school.notice(&reference).await?.ok_or(Failure::NotFound)
}

/// What was typed, and why it was not taken.
#[derive(Default)]
struct Desk {
    line: Option<(String, EntryForm)>,
    note: Option<NoteId>,
    line_problems: Vec<Problem>,
    message: Option<(MessageId, String)>,
    message_problems: Vec<Problem>,
    refused: Option<&'static str>,
}

/// `GET /staff/leaving/{reference}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadLeaving>,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &reference).await?;
    draw(&portal, &may.staff, found, Desk::default()).await
}

/// What has to be done for a child of it.
fn lines_of_child(portal: &Portal, found: &NoticeRecord, child: &NoticeChild) -> Vec<Line> {
    if found.kind == Kind::Meeting {
        return Vec::new();
    }
    lines_of(portal, &found.answers, &child.entries, (found.last_day, child.left_on))
}

/// Whether the new school or council has confirmed it, for every child.
fn is_confirmed(lines: &[Vec<Line>]) -> bool {
    let done = |line: &Line| line.task == Task::NewSchool && line.done.is_some();
    !lines.is_empty() && lines.iter().all(|lines| lines.iter().any(done))
}

async fn draw(portal: &Portal, staff: &Staff, found: NoticeRecord, desk: Desk) -> Result<Response, Failure> {
    let roles = &staff.session.roles;
    let may_keep = may_do(roles, Act::KeepLeaving);
    let about = found.about();
    let (lines, reach) = talk::shown(portal, staff, (&about, &found.guardian_name), may_keep).await?;
    staff.note(portal, "leaving", found.reference.as_str()).await?;
    let words = portal.words();
    let (w, today, hide) = (&words.leaving_staff, portal.today(), staff.session.hide_words);
    let mut said = told(portal, &found).await?;
    if hide {
        hide_answers(portal, &said.form, &mut said.steps);
    }
    let mut children = Vec::new();
    let mut all_lines = Vec::new();
    for child in &found.children {
        let lines = lines_of_child(portal, &found, child);
        all_lines.push(lines.clone());
        children.push(child_lines(portal, child, lines, (hide, may_keep), &desk).await?);
    }
    let open = all_lines.iter().flatten().any(Line::is_open);
    let confirmed = is_confirmed(&all_lines);
    let files = files_shown(portal, portal.school.notice_evidence(&found.reference).await?, hide);
    let unsaved = desk.line.as_ref().map(|(_, typed)| typed.note.clone());
    let message = desk.message.unwrap_or_else(|| (MessageId::from_bytes(rand::random()), String::new()));
    let notice = found.kind == Kind::Notice;
    let stands = found.state.0 == NoticeState::Open;
    let page = NoticePage {
        kind: found.kind,
        state: found.state.0,
        replaced_by: found.replaced_by,
        names: found.children.iter().map(|child| child.full_name.clone()).collect(),
        last_day: (words.common.long_date)(found.last_day),
        after: notice && london::today(found.received_at) > found.last_day,
        passed: notice && stands && found.last_day < today && open,
        secret: by_phone(&found.answers),
        sender: found.guardian_name,
        received: to_the_second(portal, found.received_at),
        steps: said.steps,
        statements: said.form.statements,
        signed: found.signed.map(|(name, at)| (name, to_the_second(portal, at))),
        version: said.version,
        files,
        council: Destination::read(&found.answers).filter(|_| notice).map(|to| referral(to, confirmed)),
        children: if notice { children } else { Vec::new() },
        desk: LinesDesk {
            reference: found.reference,
            today,
            grounds: portal.policy.leaving.grounds.clone(),
            may_note: may_keep && stands && notice,
            typed: desk.line,
            problems: desk.line_problems,
            csrf: staff.csrf.clone(),
        },
        lines,
        reach: may_keep.then_some(reach),
        message: (message.0.to_string(), message.1),
        message_problems: desk.message_problems,
        refused: desk.refused,
        // Where there is no form any more it would be lost.
        unsaved: unsaved.filter(|text| !stands && !text.is_empty()),
    };
    Ok(render::staff(portal, staff, w.one_title, "", || notice::page(words, page)))
}

async fn child_lines(
    portal: &Portal,
    child: &NoticeChild,
    lines: Vec<Line>,
    (hide, may_return): (bool, bool),
    desk: &Desk,
) -> Result<ChildLines, Failure> {
    let w = &portal.words().leaving_staff;
    let noted = child.entries.iter().map(|entry| {
        let by = entry.by.as_deref().unwrap_or(w.somebody);
        let at = written(portal, entry.at, portal.today());
        (entry.task, (w.noted)(entry.done_on, by, &at), entry.note.clone().filter(|_| !hide))
    });
    // A note that has to be put right keeps its id; every other form has its own.
    let posted = |task: Task| {
        let (_, typed) = desk.line.as_ref().filter(|(notice, _)| *notice == child.notice.as_str())?;
        desk.note.clone().filter(|_| typed.task == task.word())
    };
    let ids = lines.iter().map(|line| posted(line.task).unwrap_or_else(|| NoteId::from_bytes(rand::random())));
    Ok(ChildLines {
        ids: ids.map(|id| id.to_string()).collect(),
        notice: child.notice.to_string(),
        full_name: child.full_name.clone(),
        class: child.class.clone(),
        noted: noted.collect(),
        others: child.others.clone(),
        // Addresses are for those who make the return.
        facts: if may_return && !hide { returned::facts(portal, child).await? } else { Vec::new() },
        lines,
    })
}

/// `POST /staff/leaving/{reference}/lines`
pub(in crate::routes) async fn note(
    State(portal): State<Portal>,
    may: May<KeepLeaving>,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff;
    portal.limits.act(staff.session.staff_id.as_str(), "note_leaving")?;
    let found = find(&portal, &reference).await?;
    let note = NoteId::parse(&fields.one("note")).ok_or(Failure::BadRequest)?;
    let notice = NoticeId::parse(&fields.one("notice")).ok_or(Failure::BadRequest)?;
    if !found.children.iter().any(|child| child.notice == notice) {
        return Err(Failure::BadRequest);
    }
    let task = fields.one("task");
    let typed = EntryForm {
        undo: fields.one("act") == "undo",
        day: fields.one("day"),
        ground: fields.one("ground"),
        note: fields.one(&field("note", &task, notice.as_str())),
        task: task.clone(),
    };
    let w = &portal.words().leaving_staff;
    let says = match check_entry(&typed, &portal.policy.leaving, portal.today()) {
        Ok(says) => says,
        Err(problem) => {
            let name = match problem {
                EntryProblem::Task => return Err(Failure::BadRequest),
                EntryProblem::Day | EntryProblem::Ahead => "day",
                EntryProblem::Ground => "ground",
                EntryProblem::Note => "note",
            };
            let line_problems = vec![(field(name, &task, notice.as_str()), (w.problem)(problem).to_owned())];
            let line = Some((notice.to_string(), typed));
            let desk = Desk { line, note: Some(note), line_problems, ..Desk::default() };
            let page = draw(&portal, staff, found, desk).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let by = staff.session.staff_id.clone();
    let new = NewLeavingLine { note, notice: notice.clone(), says, by, today: portal.today(), at: portal.now() };
    match portal.school.note_leaving_line(new).await? {
        LeavingLineNoted::Kept => portal.changed(),
        LeavingLineNoted::Again => {}
        LeavingLineNoted::NotAllowed => return Err(Failure::NotAllowed),
        LeavingLineNoted::Differs | LeavingLineNoted::NotNow => {
            let found = find(&portal, &reference).await?;
            let line = Some((notice.to_string(), typed));
            let desk = Desk { line, refused: Some(w.refused), ..Desk::default() };
            return Ok((StatusCode::CONFLICT, draw(&portal, staff, found, desk).await?).into_response());
        }
    }
    Ok(Redirect::to(&paths::staff_notice(&found.reference)).into_response())
}

/// `POST /staff/leaving/{reference}/messages`
pub(in crate::routes) async fn ask(
    State(portal): State<Portal>,
    may: May<KeepLeaving>,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff;
    portal.limits.act(staff.session.staff_id.as_str(), "message")?;
    let mut found = find(&portal, &reference).await?;
    // The conversation has gone along with what took its place.
    while let Some(new) = &found.replaced_by {
        found = portal.school.notice(new).await?.ok_or(Failure::NotFound)?;
    }
    let link = paths::leaving_notice(&found.reference);
    match talk::ask(&portal, &staff.session.staff_id, (found.about(), &link), (&fields, "text")).await? {
        Ok(()) => Ok(Redirect::to(&format!("{}#messages", paths::staff_notice(&found.reference))).into_response()),
        Err(Unsent { status, message, text, problems, refused }) => {
            let message = Some((message, text));
            let desk = Desk { message, message_problems: problems, refused, ..Desk::default() };
            Ok((status, draw(&portal, staff, found, desk).await?).into_response())
        }
    }
}

/// `GET /staff/leaving/{reference}/notice.pdf`: for the child's file, with what was done.
pub(in crate::routes) async fn pdf(
    State(portal): State<Portal>,
    may: May<ReadLeaving>,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &reference).await?;
    may.staff.note(&portal, "leaving", found.reference.as_str()).await?;
    let w = &portal.words().leaving_staff;
    let mut done = Vec::new();
    for child in &found.children {
        let lines = lines_of_child(&portal, &found, child);
        if lines.is_empty() {
            continue;
        }
        done.push(Block::Heading(Level::Part, (w.lines)(&child.full_name)));
        let fact = |line: Line| {
            let said = match (&line.done, line.needed) {
                (Some(done), _) => (w.done_on)(done.on),
                (None, true) => w.to_do.to_owned(),
                (None, false) => w.not_needed.to_owned(),
            };
            let ground = line.done.and_then(|done| done.ground).and_then(|key| {
                let ground = portal.policy.leaving.ground(&key)?;
                Some(format!("({}) {}", ground.key, ground.label))
            });
            let notes = line.entries.into_iter().filter_map(|entry| entry.note);
            let all: Vec<String> = std::iter::once(said).chain(ground).chain(notes).collect();
            ((w.task)(line.task).to_owned(), all.join("\n"))
        };
        done.push(Block::Facts(lines.into_iter().map(fact).collect()));
    }
    let bytes = drawn(document(&portal, &found, done).await?).await?;
    Ok(download::pdf(&format!("{}.pdf", found.reference.as_str()), bytes))
}
