//! Answering the policy, each guardian for themselves; the receipt, its file, and the conversation about it.

use app::{
    parent::{
        declaration::{self as pages, ReceiptPage, SignPage, Typed},
        messages::Messages,
    },
    paths,
    rules::{
        conversation::{MessageProblem, Side, check as check_message},
        declaration::{Answer, EXPLANATION_MOST},
        id::{MessageId, PupilId, SubmissionId},
        reference::Reference,
        signature::{is_name, signed_name},
        text::tidy_line,
    },
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    messages::{self, Tried},
    prove::cannot_sign as cannot,
    report_absence::new_submission,
};
use crate::{
    declaration::{Sheet, draw as draw_sheet, drawn_by},
    forms::fingerprint,
    routes::{form::to_the_second, form_pdf::letterhead},
    store::{
        Child, Declaration, DeclarationCame, DeclarationTaken, NewDeclaration, OwnAnswer, PolicyVersion, ReceiptMail,
    },
    web::{Failure, Fields, Portal, Posted, client::SignedFrom, download, render, session::Parent},
};

/// What those of a guardian's children are called for whom none of the guardian's own answers to a version stands.
pub(in crate::routes) fn waiting(children: &[Child], own: &[OwnAnswer]) -> Vec<String> {
    let answered = |child: &&Child| own.iter().any(|one| one.pupil_id == child.pupil_id.as_str());
    children.iter().filter(|child| !answered(child)).map(|child| child.called.clone()).collect()
}

/// The children for whom they can answer: those who wait, and those whose answer may change.
async fn open(portal: &Portal, parent: &Parent, version: i64) -> Result<Vec<Child>, Failure> {
    let own = portal.school.own_answers(&parent.guardian, version).await?;
    let children = parent.children(portal).await?;
    let stays = |child: &Child| {
        let answer = own.iter().find(|one| one.pupil_id == child.pupil_id.as_str());
        answer.and_then(|one| Answer::parse(&one.answer)).is_some_and(|answer| !answer.may_change())
    };
    Ok(children.into_iter().filter(|child| !stays(child)).collect())
}

/// What is told when the page is drawn again.
#[derive(Default)]
struct Again {
    submission: Option<String>,
    typed: Typed,
    problems: Vec<Said>,
    notice: Option<&'static str>,
    stale: bool,
}

/// `GET /policy/sign`: with a fresh code where something can be signed.
pub(in crate::routes) async fn page(State(portal): State<Portal>, parent: Parent) -> Result<Response, Failure> {
    let Some(policy) = portal.school.policy_version().await? else {
        return Ok(Redirect::to(paths::POLICY).into_response());
    };
    let open = open(&portal, &parent, policy.version).await?;
    if !open.is_empty() && cannot(&portal, &parent).is_none() && !parent.is_fresh(portal.now()) {
        return Ok(Redirect::to(&paths::prove(paths::DECLARE)).into_response());
    }
    draw(&portal, &parent, policy, Again::default()).await
}

async fn draw(portal: &Portal, parent: &Parent, policy: PolicyVersion, again: Again) -> Result<Response, Failure> {
    let words = portal.words();
    let children = open(portal, parent, policy.version).await?;
    let page = SignPage {
        submission: again.submission.unwrap_or_else(new_submission),
        version: policy.version,
        about: (words.declaration.version)(policy.version, policy.text.adopted, policy.text.renewal),
        statement: policy.statement,
        children: children
            .into_iter()
            .map(|child| (child.pupil_id, format!("{}, {}", child.full_name, child.class)))
            .collect(),
        typed: again.typed,
        name_on_record: parent.name.clone(),
        problems: again.problems,
        notice: again.notice,
        stale: again.stale,
        cannot: cannot(portal, parent),
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, words.declaration.title, || pages::sign(words, page)))
}

fn typed(fields: &Fields) -> Typed {
    Typed {
        children: fields.all("child"),
        answer: Answer::parse(&fields.one("answer")),
        name: fields.one("name"),
        explanation: fields.one("explanation"),
        talk: fields.one("words-talk"),
        no: fields.one("words-no"),
    }
}

/// What was answered, checked.
struct Checked {
    children: Vec<PupilId>,
    answer: Answer,
    name: String,
    explanation: Option<String>,
    words: Option<String>,
}

/// The children of the form, each once.
fn children_of(typed: &Typed) -> Result<Vec<PupilId>, Failure> {
    let mut children = Vec::new();
    for id in &typed.children {
        let child = PupilId::parse(id).ok_or(Failure::BadRequest)?;
        if !children.contains(&child) {
            children.push(child);
        }
    }
    Ok(children)
}

/// What the form says, or what has to be put right.
fn checked(
    portal: &Portal,
    parent: &Parent,
    fields: &Fields,
    (typed, children): (&Typed, Vec<PupilId>),
) -> Result<Checked, Vec<Said>> {
    let words = portal.words();
    let w = &words.declaration;
    let mut problems: Vec<Said> = Vec::new();
    let mut say = |field: &str, text: String| problems.push((field.to_owned(), text));
    if children.is_empty() {
        say("child", w.no_child.to_owned());
    }
    let (mut name, mut explanation, mut own_words) = (String::new(), None, None);
    match typed.answer {
        None => say("answer", w.no_answer.to_owned()),
        Some(Answer::Signed) => {
            if !fields.says_yes("agree") {
                say("agree", w.no_tick.to_owned());
            }
            name = signed_name(&typed.name);
            match tidy_line(&typed.explanation, EXPLANATION_MOST) {
                Ok(kept) => explanation = kept,
                Err(long) => say("explanation", (w.too_long)(long.most)),
            }
            if name.is_empty() {
                say("name", w.no_name.to_owned());
            } else if is_name(&name, &parent.name) {
                // Nothing is to be explained.
                explanation = None;
            } else if explanation.is_none() {
                say("name", (w.no_explanation)(&parent.name));
            }
        }
        Some(answer) => {
            let (field, text) =
                if answer == Answer::Talk { ("words-talk", &typed.talk) } else { ("words-no", &typed.no) };
            match check_message(text) {
                Ok(kept) => own_words = Some(kept),
                Err(MessageProblem::Empty) => {}
                Err(problem) => say(field, (words.messages.problem)(problem)),
            }
        }
    }
    match typed.answer {
        Some(answer) if problems.is_empty() => Ok(Checked { children, answer, name, explanation, words: own_words }),
        _ => Err(problems),
    }
}

/// `POST /policy/sign`
pub(in crate::routes) async fn send(
    State(portal): State<Portal>,
    parent: Parent,
    from: SignedFrom,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "declare")?;
    let Some(policy) = portal.school.policy_version().await? else { return Err(Failure::NotFound) };
    if cannot(&portal, &parent).is_some() {
        let page = draw(&portal, &parent, policy, Again::default()).await?;
        return Ok((StatusCode::FORBIDDEN, page).into_response());
    }
    // Whoever may see no child has nothing to answer, whatever they send.
    if parent.children(&portal).await?.is_empty() {
        return Err(Failure::NotFound);
    }
    let typed = typed(&fields);
    let children = children_of(&typed)?;
    let submission = SubmissionId::parse(&fields.one("submission")).ok_or(Failure::BadRequest)?;
    let w = &portal.words().declaration;
    if fields.one("version") != policy.version.to_string() {
        // They have read another text: nothing is sent, and nothing that they typed is lost. The box is to be ticked anew.
        let again = Again { typed, notice: Some(w.new_version), ..Again::default() };
        return Ok((StatusCode::CONFLICT, draw(&portal, &parent, policy, again).await?).into_response());
    }
    let answer = match checked(&portal, &parent, &fields, (&typed, children)) {
        Ok(answer) => answer,
        Err(problems) => {
            let again = Again { submission: Some(submission.to_string()), typed, problems, ..Again::default() };
            let page = draw(&portal, &parent, policy, again).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if !parent.is_fresh(portal.now()) {
        let again = Again { submission: Some(submission.to_string()), typed, stale: true, ..Again::default() };
        return Ok((StatusCode::FORBIDDEN, draw(&portal, &parent, policy, again).await?).into_response());
    }
    let new = NewDeclaration {
        guardian: parent.guardian.clone(),
        digest: digest(policy.version, &answer),
        submission,
        version: policy.version,
        answer: answer.answer,
        children: answer.children,
        signed_name: answer.name,
        explanation: answer.explanation,
        words: answer.words.map(|text| (MessageId::from_bytes(rand::random()), text)),
        came: DeclarationCame::Web {
            proved_at: parent.device.signed_in.proved_at,
            ip: from.ip,
            user_agent: from.user_agent,
            mail: Some(ReceiptMail {
                words: portal.words().mail.declared,
                school: portal.policy.school_name.clone(),
                origin: portal.origin.clone(),
            }),
        },
        at: portal.now(),
    };
    let notice = match portal.school.declare(new).await? {
        DeclarationTaken::Received(reference) => {
            portal.changed();
            portal.mail_waits.notify_one();
            return Ok(Redirect::to(&paths::declaration(&reference)).into_response());
        }
        // Two taps end at the same receipt, and so does a form that had gone already.
        DeclarationTaken::Again(reference) => {
            return Ok(Redirect::to(&paths::declaration(&reference)).into_response());
        }
        DeclarationTaken::Differs(_) | DeclarationTaken::Signed(_) => w.signed_before,
        DeclarationTaken::NewVersion => w.new_version,
        DeclarationTaken::NotAllowed => return Err(Failure::NotFound),
    };
    let policy = portal.school.policy_version().await?.ok_or(Failure::NotFound)?;
    let again = Again { typed, notice: Some(notice), ..Again::default() };
    Ok((StatusCode::CONFLICT, draw(&portal, &parent, policy, again).await?).into_response())
}

/// What was sent, in one digest.
fn digest(version: i64, answer: &Checked) -> String {
    let mut children: Vec<&str> = answer.children.iter().map(PupilId::as_str).collect();
    children.sort_unstable();
    let said = (version, children, answer.answer.word(), &answer.name, &answer.explanation, &answer.words);
    fingerprint(&serde_json::to_string(&said).unwrap_or_default())
}

async fn find(portal: &Portal, parent: &Parent, reference: &str) -> Result<Declaration, Failure> {
    let reference = Reference::parse(reference).ok_or(Failure::NotFound)?;
    portal.school.own_declaration(&parent.guardian, &reference).await?.ok_or(Failure::NotFound)
}

/// `GET /policy/declarations/{reference}`
pub(in crate::routes) async fn receipt(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    let talk = portal.school.conversation(&found.about()).await?;
    if talk.is_some_and(|talk| talk.unread_by(Side::Guardian)) {
        portal.school.messages_read(&found.about(), Side::Guardian, portal.now()).await?;
        portal.changed();
    }
    draw_receipt(&portal, &parent, found, None).await
}

async fn draw_receipt(
    portal: &Portal,
    parent: &Parent,
    found: Declaration,
    messages: Option<Messages>,
) -> Result<Response, Failure> {
    let words = portal.words();
    let facts = found.facts().ok_or(Failure::Unavailable)?;
    let talk = portal.school.conversation(&found.about()).await?.ok_or(Failure::NotFound)?;
    let counts = portal.school.policy_number().await? == found.version;
    let waiting = if counts { open(portal, parent, found.version).await? } else { Vec::new() };
    let page = ReceiptPage {
        answer: found.answer,
        received: to_the_second(portal, found.answered_at),
        children: found.children.iter().map(|child| format!("{}, {}", child.full_name, child.class)).collect(),
        version: found.version,
        statement: facts.statement,
        signed_name: facts.signed_name,
        explanation: facts.explanation,
        paper_day: facts.paper_day.map(|day| (words.common.full_date)(day)),
        replaced: found.children.iter().all(|child| child.replaced),
        digests: (found.signature.clone(), facts.policy_sha256),
        waiting: waiting.into_iter().map(|child| child.called).collect(),
        messages: messages.unwrap_or_else(|| messages::shown(portal, &talk, None)),
        reference: found.reference,
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, words.declaration.title, || pages::receipt(words, page)))
}

/// `POST /policy/declarations/{reference}/messages`
pub(in crate::routes) async fn say(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "declaration_message")?;
    let found = find(&portal, &parent, &reference).await?;
    let talk = portal.school.conversation(&found.about()).await?.ok_or(Failure::NotFound)?;
    match messages::say(&portal, &talk, &fields).await? {
        Tried::Said => Ok(Redirect::to(&paths::declaration_conversation(&found.reference)).into_response()),
        Tried::Refused(status, messages) => {
            Ok((status, draw_receipt(&portal, &parent, found, Some(messages)).await?).into_response())
        }
    }
}

/// `GET /policy/declarations/{reference}/declaration.pdf`
pub(in crate::routes) async fn pdf(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &parent, &reference).await?;
    if found.answer != Answer::Signed {
        return Err(Failure::NotFound);
    }
    let policy = portal.school.policy_version_at(found.version).await?.ok_or(Failure::NotFound)?;
    let name = format!("declaration-{}.pdf", found.reference.as_str());
    let letterhead = letterhead(&portal);
    let sheet = Sheet {
        drawn_by: drawn_by(),
        school: letterhead.name,
        address: letterhead.address,
        contact: letterhead.contact,
        title: policy.text.title,
        facts: found.facts,
        signature: found.signature,
        manifest: policy.manifest,
    };
    let drawn = tokio::task::spawn_blocking(move || draw_sheet(&sheet)).await.map_err(|_| Failure::Unavailable)?;
    match drawn {
        Ok(Some(bytes)) => Ok(download::pdf(&name, bytes)),
        Ok(None) => Err(Failure::Unavailable),
        Err(error) => {
            tracing::error!(%error, "a declaration was not drawn");
            Err(Failure::Unavailable)
        }
    }
}
