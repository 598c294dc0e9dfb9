//! The list of a begun form's steps, and throwing it away.

use app::{
    parent::form::tasks::{self, DropPage, Standing, Task, Tasks},
    rules::{form::open_steps, london},
};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Filled, Filler, step};
use crate::web::{Failure, Portal};

/// The list.
pub(in crate::routes) async fn page<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    filling: &F,
) -> Result<Response, Failure> {
    let words = portal.words();
    let begun = filling.begun();
    let answers = &begun.draft.answers;
    let steps = open_steps(&begun.form, answers)
        .map(|step| {
            let touched = step::keys::<F>(step).iter().any(|key| !answers.get(key).is_empty());
            Task {
                key: step.key.clone(),
                title: step.title.clone(),
                standing: match filling.is_done(portal, step) {
                    true if filling.on_paper() && !touched => Standing::Blank,
                    true => Standing::Done,
                    false if touched => Standing::LookAgain,
                    false => Standing::ToDo,
                },
            }
        })
        .collect();
    let files = portal.school.draft_evidence(&filler.whose(), &begun.draft.draft, portal.now()).await?;
    let page = Tasks {
        hand: filler.hand::<F>(),
        draft: filling.begun().draft.draft.clone(),
        title: begun.form.title.clone(),
        of: filling.of(portal),
        intro: begun.form.intro.clone(),
        steps,
        files: files.ok_or(Failure::NotFound)?.files.len(),
        until: london::today(begun.draft.expires_at),
        comes_to: filling.comes_to(portal, answers),
    };
    Ok(filler.draw::<F, _>(portal, || tasks::page(words, page)))
}

/// The question before it is thrown away.
pub(in crate::routes) fn ask_drop<F: Filled>(portal: &Portal, filler: &Filler<'_>, filling: &F) -> Response {
    let words = portal.words();
    let named = filling.begun().chosen();
    let children: Vec<&str> = named.iter().map(String::as_str).collect();
    let page = DropPage {
        hand: filler.hand::<F>(),
        draft: filling.begun().draft.draft.clone(),
        of: filling.of(portal),
        children: (words.common.list)(&children),
        csrf: filler.csrf(),
    };
    filler.draw::<F, _>(portal, || tasks::ask_drop(words, page))
}

/// Throws it away, with what was added to it.
pub(in crate::routes) async fn throw_away<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    draft: &str,
) -> Result<Response, Failure> {
    portal.limits.act(filler.account(), F::ACTS.drop)?;
    let draft = filler.filling::<F>(portal, draft).await?.begun().draft.draft.clone();
    if portal.school.throw_draft_away(&filler.whose(), &draft, portal.now()).await? {
        Ok(Redirect::to(filler.hand::<F>().list()).into_response())
    } else {
        Err(Failure::NotFound)
    }
}
