//! One child's guardians and their answers: the conversations, and what was signed on paper.

use app::{
    paths,
    rules::{
        conversation::Reach,
        declaration::Answer,
        evidence::{MOST_BYTES, Refusal},
        form::YES,
        id::{GuardianId, MessageId, PolicyFileId, PupilId, SubmissionId},
        iso, london,
        reference::Reference,
        signature::signed_name,
    },
    staff::declaration::{self as pages, Answered, Asked, ChildPage, Paper},
    ui::errors::Said as Problem,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use std::collections::HashMap;

use crate::{
    forms::fingerprint,
    routes::{
        parent::{report_absence::new_submission, written},
        staff::talk::{self, Unsent},
        uploading::said,
    },
    store::{
        DeclarationCame, DeclarationTaken, DeclarationThread, DeclaringChild, NewDeclaration, NewPolicyFile,
        PolicyVersion,
    },
    web::{
        Failure, Part, Portal, Posted, PostedFiles, download, render,
        session::{KeepDeclarations, May},
    },
};

/// What was typed, and why it was not taken.
#[derive(Default)]
struct Desk {
    paper: Paper,
    message: Option<(Reference, String)>,
    problems: Vec<Problem>,
    notice: Option<(&'static str, bool)>,
}

/// The child, the version that counts, and what was said about any answer for the child.
struct Found {
    child: DeclaringChild,
    policy: Option<PolicyVersion>,
    threads: Vec<DeclarationThread>,
}

/// A child on roll; or one that has left and about whom something was said.
async fn find(portal: &Portal, pupil: &str) -> Result<Found, Failure> {
    let pupil = PupilId::parse(pupil).ok_or(Failure::NotFound)?;
    let policy = portal.school.policy_version().await?;
    let number = policy.as_ref().map_or(0, |policy| policy.version);
    let threads = portal.school.declaration_threads(&pupil).await?;
    let children = portal.school.declaring(number, portal.today()).await?;
    let child = match children.into_iter().find(|child| child.pupil == pupil) {
        Some(child) => child,
        None if threads.is_empty() => return Err(Failure::NotFound),
        None => {
            let child = portal.school.roll_child(&pupil).await?.ok_or(Failure::NotFound)?;
            DeclaringChild {
                pupil,
                listed: child.listed,
                full_name: child.full_name,
                class_id: child.class_id,
                class: child.class,
                year: child.year,
                guardians: Vec::new(),
            }
        }
    };
    Ok(Found { child, policy, threads })
}

/// `GET /staff/policy/children/{pupil}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
    Path(pupil): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &pupil).await?;
    draw(&portal, &may, found, Desk::default()).await
}

async fn draw(portal: &Portal, may: &May<KeepDeclarations>, found: Found, desk: Desk) -> Result<Response, Failure> {
    let Found { child, policy, threads } = found;
    may.staff.note(portal, "declaration", child.pupil.as_str()).await?;
    let words = portal.words();
    let mut guardians = Vec::new();
    for one in &child.guardians {
        let said = match &one.said {
            None => None,
            Some((_, reference, _, channel)) => {
                Some(answered(portal, may, (reference, &one.name, channel), &desk).await?)
            }
        };
        guardians.push(Asked {
            guardian: one.guardian.clone(),
            name: one.name.clone(),
            relationship: one.relationship.clone(),
            asked: true,
            said,
            earlier: Vec::new(),
        });
    }
    for thread in threads {
        let place = guardians.iter().position(|one| one.guardian == thread.guardian).unwrap_or_else(|| {
            guardians.push(Asked {
                guardian: thread.guardian.clone(),
                name: thread.from.clone(),
                relationship: thread.relationship.clone(),
                asked: false,
                said: None,
                earlier: Vec::new(),
            });
            guardians.len() - 1
        });
        let one = &mut guardians[place];
        if one.said.as_ref().is_none_or(|said| said.reference != thread.reference) {
            let said = (&thread.reference, thread.from.as_str(), thread.channel.as_str());
            one.earlier.push(answered(portal, may, said, &desk).await?);
        }
    }
    let paper = if desk.paper.submission.is_empty() {
        Paper { submission: new_submission(), ..desk.paper }
    } else {
        desk.paper
    };
    let page = ChildPage {
        version: policy.filter(|_| !child.guardians.is_empty()).map(|policy| (policy.version, policy.text.adopted)),
        pupil: child.pupil,
        named: format!("{}, {}", child.full_name, child.class),
        guardians,
        paper,
        problems: desk.problems,
        notice: desk.notice,
        csrf: may.staff.csrf.clone(),
    };
    Ok(render::staff(portal, &may.staff, words.declaration_staff.title, "", || pages::page(words, page)))
}

/// An answer of this guardian's with what was said about it.
async fn answered(
    portal: &Portal,
    may: &May<KeepDeclarations>,
    (reference, name, channel): (&Reference, &str, &str),
    desk: &Desk,
) -> Result<Answered, Failure> {
    let declared = portal.school.declaration(reference).await?.ok_or(Failure::NotFound)?;
    let (lines, reach) = talk::shown(portal, &may.staff, (&declared.about(), name), true).await?;
    let typed = desk.message.as_ref().filter(|(to, _)| to == reference);
    Ok(Answered {
        answer: declared.answer,
        reference: reference.clone(),
        version: declared.version,
        at: written(portal, declared.answered_at, portal.today()),
        on_paper: channel == "paper",
        scan: declared.scan.clone(),
        lines,
        reach: reach == Reach::Open,
        message: MessageId::from_bytes(rand::random()).to_string(),
        text: typed.map(|(_, text)| text.clone()).unwrap_or_default(),
    })
}

/// `POST /staff/policy/declarations/{reference}/messages`
pub(in crate::routes) async fn say(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let staff = &may.staff.session.staff_id;
    portal.limits.act(staff.as_str(), "declaration_message")?;
    let reference = Reference::parse(&reference).ok_or(Failure::NotFound)?;
    let declared = portal.school.declaration(&reference).await?.ok_or(Failure::NotFound)?;
    let pupil = declared.children.first().map(|child| child.pupil.clone()).ok_or(Failure::NotFound)?;
    let (to, link) = (declared.about(), paths::declaration(&reference));
    let field = format!("text-{}", reference.as_str());
    match talk::ask(&portal, staff, (to, &link), (&fields, &field)).await? {
        Ok(()) => {
            let to = format!("{}#g-{}", paths::staff_declaration(&pupil), declared.guardian);
            Ok(Redirect::to(&to).into_response())
        }
        Err(Unsent { status, text, problems, refused, .. }) => {
            let notice = refused.map(|why| (why, true));
            let desk = Desk { message: Some((reference, text)), problems, notice, ..Desk::default() };
            let found = find(&portal, pupil.as_str()).await?;
            Ok((status, draw(&portal, &may, found, desk).await?).into_response())
        }
    }
}

/// `POST /staff/policy/children/{pupil}/paper`
pub(in crate::routes) async fn paper(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
    Path(pupil): Path<String>,
    mut posted: PostedFiles,
) -> Result<Response, Failure> {
    let staff = &may.staff.session.staff_id;
    portal.limits.act(staff.as_str(), "declare_on_paper")?;
    let found = find(&portal, &pupil).await?;
    let policy = found.policy.clone().ok_or(Failure::NotFound)?;
    let _place = portal.limits.uploads.take(staff.as_str()).await?;
    let (words, w) = (portal.words(), &portal.words().declaration_staff);
    let (mut fields, mut handed) = (HashMap::new(), None);
    while let Some(part) = posted.next(MOST_BYTES).await? {
        match part {
            Part::Field(name, value) => _ = fields.insert(name, value),
            // A browser sends a file without a name where nothing was chosen.
            Part::File { field, name, bytes } if field == "files" && !name.is_empty() => handed = Some((name, bytes)),
            Part::File { .. } => {}
        }
    }
    let mut field = |name: &str| fields.remove(name).unwrap_or_default();
    let early = field("early") == YES;
    let mut typed = Paper {
        submission: field("submission"),
        who: field("who"),
        day: field("day"),
        name: field("name"),
        early: early.then_some(true),
    };
    if field("version") != policy.version.to_string() {
        // Whoever typed this had another version before them than the one that counts.
        let paper = Paper { early: None, ..typed };
        return refused(&portal, &may, &pupil, (paper, w.paper_new_version)).await;
    }
    let mut problems: Vec<Problem> = Vec::new();
    let mut say = |field: &str, text: String| problems.push((field.to_owned(), text));
    let who = GuardianId::parse(&typed.who).filter(|who| found.child.guardians.iter().any(|one| one.guardian == *who));
    if who.is_none() {
        say("who", w.paper_no_who.to_owned());
    }
    let day = iso::date(&typed.day).filter(|day| *day <= portal.today());
    let published = london::today(policy.published_at);
    match day {
        None => say("day", w.paper_no_day.to_owned()),
        // It may be the paper from which this version was made, or about another: only a look at it tells.
        Some(day) if day < published && !early => {
            typed.early = Some(false);
            say("day", (w.paper_early)(published));
        }
        Some(_) => {}
    }
    let name = signed_name(&typed.name);
    if name.is_empty() {
        say("name", w.paper_no_name.to_owned());
    }
    let mut scan = None;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Some((file, bytes)) = handed {
        let named = said(&file);
        let looked = match bytes {
            None => Err(Refusal::TooLarge),
            Some(bytes) => portal.limits.bench.look_at(file, bytes).await.ok_or(Failure::Unavailable)?,
        };
        match looked {
            Ok(clean) => {
                scan = Some(Box::new(NewPolicyFile {
                    file: PolicyFileId::from_bytes(rand::random()),
                    name: clean.name,
                    kind: clean.kind,
                    bytes: clean.bytes,
                    sha256: clean.sha256,
                    by: staff.clone(),
                    at: portal.now(),
                }));
            }
            Err(why) => {
                if why == Refusal::TooLarge {
                    status = StatusCode::PAYLOAD_TOO_LARGE;
                }
                say("files", (words.evidence.refused)(&named, why));
            }
        }
    }
    let submission = SubmissionId::parse(&typed.submission);
    let (Some(guardian), Some(day), Some(submission), true) = (who, day, submission, problems.is_empty()) else {
        if problems.is_empty() {
            return Err(Failure::BadRequest);
        }
        let desk = Desk { paper: typed, problems, ..Desk::default() };
        return Ok((status, draw(&portal, &may, found, desk).await?).into_response());
    };
    let pupil_id = found.child.pupil.clone();
    let content =
        (policy.version, pupil_id.as_str(), guardian.as_str(), day, &name, scan.as_ref().map(|scan| &scan.sha256));
    let new = NewDeclaration {
        digest: fingerprint(&serde_json::to_string(&content).unwrap_or_default()),
        guardian,
        submission,
        version: policy.version,
        answer: Answer::Signed,
        children: vec![pupil_id.clone()],
        signed_name: name,
        explanation: None,
        words: None,
        came: DeclarationCame::Paper { day, by: staff.clone(), scan },
        at: portal.now(),
    };
    match portal.school.declare(new).await? {
        DeclarationTaken::Received(_) | DeclarationTaken::Again(_) => {
            portal.changed();
            Ok(Redirect::to(&paths::staff_declaration(&pupil_id)).into_response())
        }
        DeclarationTaken::NewVersion => refused(&portal, &may, &pupil, (typed, w.paper_new_version)).await,
        DeclarationTaken::Signed(_) | DeclarationTaken::NotAllowed | DeclarationTaken::Differs(_) => {
            refused(&portal, &may, &pupil, (typed, w.paper_refused)).await
        }
    }
}

/// Nothing was noted: the page as it stands now, with what was typed and a form of its own.
async fn refused(
    portal: &Portal,
    may: &May<KeepDeclarations>,
    pupil: &str,
    (typed, why): (Paper, &'static str),
) -> Result<Response, Failure> {
    let found = find(portal, pupil).await?;
    let paper = Paper { submission: String::new(), ..typed };
    let desk = Desk { paper, notice: Some((why, true)), ..Desk::default() };
    Ok((StatusCode::CONFLICT, draw(portal, may, found, desk).await?).into_response())
}

/// `GET /staff/policy/scans/{file}`
pub(in crate::routes) async fn scan(
    State(portal): State<Portal>,
    may: May<KeepDeclarations>,
    Path(file): Path<String>,
) -> Result<Response, Failure> {
    let file = PolicyFileId::parse(&file).ok_or(Failure::NotFound)?;
    let kept = portal.school.policy_file(&file).await?.ok_or(Failure::NotFound)?;
    may.staff.note(&portal, "declaration_scan", file.as_str()).await?;
    download::policy_file(&portal.school, kept).await
}
