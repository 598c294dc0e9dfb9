//! One step: drawn with what stands there, saved as it is typed, checked. In whose hands the form is, is an argument.

use app::{
    parent::form::step::{self, StepPage},
    rules::{
        form::{Answers, CHILDREN, Step, open_steps},
        leave,
    },
    ui::errors::Said,
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{Filled, Filler};
use crate::{
    store::{DraftSaved, seen},
    web::{Failure, Fields, Portal},
};

/// How many characters of one answer are kept, right or not: what is longer was never typed.
const MOST_KEPT: usize = 8_000;

/// The keys of the answers that a step's page posts.
pub(super) fn keys<F: Filled>(step: &Step) -> Vec<String> {
    let built_in = if step.built_in { F::own_answers(&step.key) } else { &[] };
    let own = step.questions.iter().map(|question| question.key.clone());
    built_in.iter().map(|key| (*key).to_owned()).chain(own).collect()
}

fn find<'a, F: Filled>(filling: &'a F, name: &str) -> Result<&'a Step, Failure> {
    let begun = filling.begun();
    open_steps(&begun.form, &begun.draft.answers).find(|step| step.key == name).ok_or(Failure::NotFound)
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
pub(in crate::routes) async fn page<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    (draft, name): (String, String),
) -> Result<Response, Failure> {
    let filling = filler.filling::<F>(portal, &draft).await?;
    let step = find(&filling, &name)?;
    draw(portal, filler, &filling, step, Again::default()).await
}

async fn draw<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    filling: &F,
    step: &Step,
    again: Again,
) -> Result<Response, Failure> {
    let words = portal.words();
    let begun = filling.begun();
    let keys = keys::<F>(step);
    let stands = &begun.draft.answers;
    let seen = seen(stands, keys.iter().map(String::as_str));
    let told = (seen.clone(), !again.problems.is_empty());
    if let Some(page) = filling.own_page(portal, filler, step, told).await? {
        return Ok(page);
    }
    let answers = again.typed.unwrap_or_else(|| stands.clone());
    // Each page asks what hangs on the answers before it; what hangs on its own answers is asked beneath them.
    let body = filling.body(portal, step, &answers);
    let elsewhere = again.differs.then(|| {
        let there = filling.steps(portal).into_iter().find(|one| one.key == step.key);
        there.map(|one| one.facts).unwrap_or_default()
    });
    let page = StepPage {
        hand: filler.hand::<F>(),
        draft: begun.draft.draft.clone(),
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
    Ok(filler.draw::<F, _>(portal, || step::page(words, page)))
}

/// The answers of a step's page, as typed.
fn typed<F: Filled>(step: &Step, fields: &Fields) -> Vec<(String, String)> {
    let several = [CHILDREN, leave::key::ASK];
    keys::<F>(step)
        .into_iter()
        .map(|key| {
            let answer = if several.contains(&key.as_str()) { fields.all(&key).join(" ") } else { fields.one(&key) };
            (key, answer.replace("\r\n", "\n").chars().take(MOST_KEPT).collect())
        })
        .collect()
}

/// Keeps what was typed, right or not, and then says what is wrong.
pub(in crate::routes) async fn save<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    (draft, name): (String, String),
    fields: &Fields,
) -> Result<Response, Failure> {
    portal.limits.act(filler.account(), F::ACTS.save)?;
    let before = filler.filling::<F>(portal, &draft).await?;
    let step = find(&before, &name)?;
    let typed = typed::<F>(step, fields);
    let mut answers = before.begun().draft.answers.clone();
    for (key, answer) in &typed {
        answers.set(key, answer.clone());
    }
    let (hand, whose, id) = (filler.hand::<F>(), filler.whose(), before.begun().draft.draft.clone());
    match portal.school.save_draft(&whose, &id, (typed, fields.one("seen")), portal.now()).await? {
        DraftSaved::Gone => return Err(Failure::NotFound),
        DraftSaved::Differs => {
            let now = filler.filling::<F>(portal, &draft).await?;
            let again = Again { typed: Some(answers), differs: true, ..Again::default() };
            let page = draw(portal, filler, &now, find(&now, &name)?, again).await?;
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
        DraftSaved::Done => {}
    }
    let mut now = filler.filling::<F>(portal, &draft).await?;
    if let Some(forget) = to_forget(&now) {
        portal.school.save_draft(&whose, &id, forget, portal.now()).await?;
        now = filler.filling::<F>(portal, &draft).await?;
    }
    let step = find(&now, &name)?;
    if fields.one("then") == "back" {
        return Ok(Redirect::to(&hand.form(&id)).into_response());
    }
    if let Some(instead) = now.instead(step) {
        return Ok(Redirect::to(&instead).into_response());
    }
    let problems = now.said(portal, step, &now.begun().draft.answers);
    if !problems.is_empty() {
        let page = draw(portal, filler, &now, step, Again { problems, ..Again::default() }).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if fields.one("then") == "count" {
        return Ok(Redirect::to(&hand.step(&id, &name)).into_response());
    }
    Ok(Redirect::to(&onward(portal, filler, &now, &name)).into_response())
}

/// What must not be kept beside the other answers any more, as a saving that empties it; `None` where there is none.
fn to_forget<F: Filled>(filling: &F) -> Option<(Vec<(String, String)>, String)> {
    let answers = &filling.begun().draft.answers;
    let keys: Vec<&str> = F::to_forget(answers).iter().copied().filter(|key| !answers.get(key).is_empty()).collect();
    let knew = seen(answers, keys.iter().copied());
    let nothing: Vec<_> = keys.into_iter().map(|key| (key.to_owned(), String::new())).collect();
    (!nothing.is_empty()).then_some((nothing, knew))
}

/// The next step that is not complete after this one; then any before it; then the check. On paper every step after
/// this one is opened in turn: what was left blank there is complete.
fn onward<F: Filled>(portal: &Portal, filler: &Filler<'_>, filling: &F, name: &str) -> String {
    let begun = filling.begun();
    let (hand, draft, answers) = (filler.hand::<F>(), &begun.draft.draft, &begun.draft.answers);
    let place = |step: &Step| begun.form.steps.iter().position(|one| one.key == step.key);
    let here = begun.form.steps.iter().position(|one| one.key == name);
    let missing = filling.missing(portal);
    let untouched = open_steps(&begun.form, answers).find(|step| {
        filling.on_paper() && place(step) > here && keys::<F>(step).iter().all(|key| answers.get(key).is_empty())
    });
    let next = missing.iter().find(|step| place(step) > here).copied().or(untouched).or(missing.first().copied());
    match next {
        Some(step) => hand.step(draft, &step.key),
        None => hand.check(draft),
    }
}
