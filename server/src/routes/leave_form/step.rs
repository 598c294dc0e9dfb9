//! One step: drawn with what stands there, saved as it is typed, checked. In whose hands the form is, is an argument.

use app::{
    parent::leave::{
        preview::{self, PreviewPage},
        step::{self, Body, StepPage},
    },
    rules::{
        form::{Answers, Step, open_steps},
        leave::{key, shown},
    },
    ui::errors::Said,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{Filler, Filling};
use crate::{
    store::{DraftSaved, seen},
    web::{Failure, Fields, Portal},
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

/// A step's page.
pub(in crate::routes) async fn page(
    portal: &Portal,
    filler: &Filler<'_>,
    (draft, name): (String, String),
) -> Result<Response, Failure> {
    let filling = filler.filling(portal, &draft).await?;
    let step = find(&filling, &name)?;
    draw(portal, filler, &filling, step, Again::default()).await
}

async fn draw(
    portal: &Portal,
    filler: &Filler<'_>,
    filling: &Filling,
    step: &Step,
    again: Again,
) -> Result<Response, Failure> {
    let words = portal.words();
    let keys = keys(step);
    let stands = &filling.draft.answers;
    let seen = seen(stands, keys.iter().map(String::as_str));
    if step.built_in && step.key == "preview" {
        filler.note(portal, "leave_preview", filling.draft.draft.as_str()).await?;
        let page = PreviewPage {
            draft: filling.draft.draft.clone(),
            title: step.title.clone(),
            children: filling.previews(portal).await?,
            shown: shown(stands),
            seen,
            not_seen: !again.problems.is_empty(),
            amounts: portal.policy.leave.notice,
            phone: portal.office_phone(),
            csrf: filler.csrf(),
        };
        return Ok(filler.draw(portal, || preview::page(words, page)));
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
            if !lines.is_empty() && !filling.in_advance(portal, filling.received(portal)) {
                let late = if filling.on_paper { words.leave_staff.late_means } else { words.leave.begun };
                lines.push(late.to_owned());
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
        hand: filler.hand(),
        draft: filling.draft.draft.clone(),
        key: step.key.clone(),
        title: step.title.clone(),
        hint: step.hint.clone(),
        answers,
        seen,
        problems: again.problems,
        elsewhere,
        body,
        csrf: filler.csrf(),
    };
    Ok(filler.draw(portal, || step::page(words, page)))
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

/// Keeps what was typed, right or not, and then says what is wrong.
pub(in crate::routes) async fn save(
    portal: &Portal,
    filler: &Filler<'_>,
    (draft, name): (String, String),
    fields: &Fields,
) -> Result<Response, Failure> {
    portal.limits.act(filler.account(), "save_leave")?;
    let before = filler.filling(portal, &draft).await?;
    let step = find(&before, &name)?;
    let typed = typed(step, fields);
    let mut answers = before.draft.answers.clone();
    for (key, answer) in &typed {
        answers.set(key, answer.clone());
    }
    let saved = portal
        .school
        .save_draft(&filler.whose(), &before.draft.draft, (typed, fields.one("seen")), portal.now())
        .await?;
    match saved {
        DraftSaved::Gone => return Err(Failure::NotFound),
        DraftSaved::Differs => {
            let now = filler.filling(portal, &draft).await?;
            let again = Again { typed: Some(answers), differs: true, ..Again::default() };
            let page = draw(portal, filler, &now, find(&now, &name)?, again).await?;
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
        DraftSaved::Done => {}
    }
    let now = filler.filling(portal, &draft).await?;
    let step = find(&now, &name)?;
    let (hand, id) = (filler.hand(), &now.draft.draft);
    if fields.one("then") == "back" {
        return Ok(Redirect::to(&hand.form(id)).into_response());
    }
    let problems = now.said(portal, step, &now.draft.answers);
    if !problems.is_empty() {
        let page = draw(portal, filler, &now, step, Again { problems, ..Again::default() }).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if fields.one("then") == "count" {
        return Ok(Redirect::to(&hand.step(id, &name)).into_response());
    }
    Ok(Redirect::to(&onward(portal, filler, &now, &name)).into_response())
}

/// The next step that is not complete after this one; then any before it; then the check. On paper every step after
/// this one is opened in turn: what was left blank there is complete.
fn onward(portal: &Portal, filler: &Filler<'_>, filling: &Filling, name: &str) -> String {
    let (hand, draft, answers) = (filler.hand(), &filling.draft.draft, &filling.draft.answers);
    let place = |step: &Step| filling.form.steps.iter().position(|one| one.key == step.key);
    let here = filling.form.steps.iter().position(|one| one.key == name);
    let missing = filling.family(portal).missing(&filling.form, answers);
    let untouched = open_steps(&filling.form, answers).find(|step| {
        filling.on_paper && place(step) > here && keys(step).iter().all(|key| answers.get(key).is_empty())
    });
    let next = missing.iter().find(|step| place(step) > here).copied().or(untouched).or(missing.first().copied());
    match next {
        Some(step) => hand.step(draft, &step.key),
        None => hand.check(draft),
    }
}
