//! One step: drawn with what stands there, saved as it is typed, checked.

use app::{
    parent::leave::{
        preview::{self, PreviewPage},
        step::{self, Body, StepPage},
    },
    paths,
    rules::{
        form::{Answers, Step, open_steps},
        leave::{key, shown},
    },
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::filling;
use crate::{
    routes::leave_form::Filling,
    store::{DraftSaved, Drafter, seen},
    web::{Failure, Fields, Portal, Posted, render, session::Parent},
};

/// How many characters of one answer are kept, right or not: what is longer was never typed.
const MOST_KEPT: usize = 8_000;

/// The keys of the answers that a step's page posts.
pub(super) fn keys(step: &Step) -> Vec<String> {
    let built_in: &[&str] = match (step.built_in, step.key.as_str()) {
        (true, "children") => &[key::CHILDREN, key::LIVES_WITH],
        (true, "dates") => &[key::FIRST_DAY, key::FIRST_SESSION, key::LAST_DAY, key::LAST_SESSION, key::RETURN_DAY],
        (true, "other-parent") => &[key::OTHER, key::ASK],
        (true, _) => &[key::PREVIEWED],
        (false, _) => &[],
    };
    let own = step.questions.iter().map(|question| question.key.clone());
    built_in.iter().map(|key| (*key).to_owned()).chain(own).collect()
}

fn find<'a>(filling: &'a Filling, name: &str) -> Result<&'a Step, Failure> {
    open_steps(&filling.form, &filling.draft.answers).find(|step| step.key == name).ok_or(Failure::NotFound)
}

/// What is told when a page is drawn again.
#[derive(Default)]
struct Again {
    /// What has to be put right.
    problems: Vec<Said>,
    /// The answers as typed, where they are not what stands in the draft.
    typed: Option<Answers>,
    /// Whether they were changed elsewhere.
    differs: bool,
}

/// `GET /leave/forms/{draft}/steps/{step}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path((draft, name)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let filling = filling(&portal, &parent, &draft).await?;
    let step = find(&filling, &name)?;
    draw(&portal, &parent, &filling, step, Again::default()).await
}

async fn draw(
    portal: &Portal,
    parent: &Parent,
    filling: &Filling,
    step: &Step,
    again: Again,
) -> Result<Response, Failure> {
    let words = portal.words();
    let keys = keys(step);
    let stands = &filling.draft.answers;
    let seen = seen(stands, keys.iter().map(String::as_str));
    if step.built_in && step.key == "preview" {
        parent.note(portal, "leave_preview", filling.draft.draft.as_str()).await?;
        let page = PreviewPage {
            draft: filling.draft.draft.clone(),
            title: step.title.clone(),
            children: filling.previews(portal).await?,
            shown: shown(stands),
            seen,
            not_seen: !again.problems.is_empty(),
            amounts: portal.policy.leave.notice,
            phone: portal.office_phone(),
            csrf: parent.device.csrf.clone(),
        };
        return Ok(render::parent(portal, parent, words.leave.title, || preview::page(words, page)));
    }
    let answers = again.typed.unwrap_or_else(|| stands.clone());
    let body = match (step.built_in, step.key.as_str()) {
        (true, "children") => Body::Children(
            filling
                .children
                .iter()
                .map(|child| (child.pupil_id.to_string(), child.full_name.clone(), child.class.clone()))
                .collect(),
        ),
        (true, "dates") => {
            let mut lines = filling.comes_to(portal, &answers);
            if !lines.is_empty() && !filling.in_advance(portal, portal.now()) {
                lines.push(words.leave.begun.to_owned());
            }
            Body::Dates(lines)
        }
        (true, _) => Body::OtherParent(
            filling
                .others
                .iter()
                .map(|other| (other.guardian.to_string(), other.name.clone(), other.relationship.clone()))
                .collect(),
        ),
        // Each page asks what hangs on the answers before it; what hangs on its own answers is asked beneath them.
        (false, _) => Body::Questions(step.questions.clone()),
    };
    let elsewhere = again.differs.then(|| {
        let there = filling.steps(portal).into_iter().find(|one| one.key == step.key);
        there.map(|one| one.facts).unwrap_or_default()
    });
    let page = StepPage {
        draft: filling.draft.draft.clone(),
        key: step.key.clone(),
        title: step.title.clone(),
        hint: step.hint.clone(),
        answers,
        seen,
        problems: again.problems,
        elsewhere,
        body,
        csrf: parent.device.csrf.clone(),
    };
    Ok(render::parent(portal, parent, words.leave.title, || step::page(words, page)))
}

/// The answers of a step's page, as typed.
fn typed(step: &Step, fields: &Fields) -> Vec<(String, String)> {
    let several = [key::CHILDREN, key::ASK];
    keys(step)
        .into_iter()
        .map(|key| {
            let answer = if several.contains(&key.as_str()) { fields.all(&key).join(" ") } else { fields.one(&key) };
            (key, answer.replace("\r\n", "\n").chars().take(MOST_KEPT).collect())
        })
        .collect()
}

/// `POST /leave/forms/{draft}/steps/{step}`: keeps what was typed, right or not, and then says what is wrong.
pub(in crate::routes) async fn save(
    State(portal): State<Portal>,
    parent: Parent,
    Path((draft, name)): Path<(String, String)>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "save_leave")?;
    let before = filling(&portal, &parent, &draft).await?;
    let step = find(&before, &name)?;
    let typed = typed(step, &fields);
    let mut answers = before.draft.answers.clone();
    for (key, answer) in &typed {
        answers.set(key, answer.clone());
    }
    let whose = Drafter::Guardian(parent.guardian.clone());
    let saved =
        portal.school.save_draft(&whose, &before.draft.draft, (typed, fields.one("seen")), portal.now()).await?;
    match saved {
        DraftSaved::Gone => return Err(Failure::NotFound),
        DraftSaved::Differs(_) => {
            let now = filling(&portal, &parent, &draft).await?;
            let again = Again { typed: Some(answers), differs: true, ..Again::default() };
            let page = draw(&portal, &parent, &now, find(&now, &name)?, again).await?;
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
        DraftSaved::Done => {}
    }
    let now = filling(&portal, &parent, &draft).await?;
    let step = find(&now, &name)?;
    if fields.one("then") == "back" {
        return Ok(Redirect::to(&paths::leave_draft(&now.draft.draft)).into_response());
    }
    let problems = now.said(&portal, step, &now.draft.answers);
    if !problems.is_empty() {
        let page = draw(&portal, &parent, &now, step, Again { problems, ..Again::default() }).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if fields.one("then") == "count" {
        return Ok(Redirect::to(&paths::leave_step(&now.draft.draft, &name)).into_response());
    }
    Ok(Redirect::to(&onward(&portal, &now, &name)).into_response())
}

/// The next step that is not complete after this one; then any before it; then the check.
fn onward(portal: &Portal, filling: &Filling, name: &str) -> String {
    let draft = &filling.draft.draft;
    let missing = filling.family(portal).missing(&filling.form, &filling.draft.answers);
    let place = |step: &Step| filling.form.steps.iter().position(|one| one.key == step.key);
    let here = filling.form.steps.iter().position(|one| one.key == name);
    let next = missing.iter().find(|step| place(step) > here).or(missing.first());
    match next {
        Some(step) => paths::leave_step(draft, &step.key),
        None => paths::leave_check(draft),
    }
}
