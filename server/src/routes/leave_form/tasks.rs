//! The list of a begun form's steps, and throwing it away.

use app::{
    parent::leave::tasks::{self, DropPage, Standing, Task, Tasks},
    rules::{form::open_steps, london},
};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Filler, Filling, step};
use crate::web::{Failure, Portal};

/// The list.
pub(in crate::routes) async fn page(
    portal: &Portal,
    filler: &Filler<'_>,
    filling: &Filling,
) -> Result<Response, Failure> {
    let words = portal.words();
    let answers = &filling.draft.answers;
    let steps = open_steps(&filling.form, answers)
        .map(|step| {
            let touched = step::keys(step).iter().any(|key| !answers.get(key).is_empty());
            Task {
                key: step.key.clone(),
                title: step.title.clone(),
                standing: match filling.is_done(portal, step) {
                    true if filling.on_paper && !touched => Standing::Blank,
                    true => Standing::Done,
                    false if touched => Standing::LookAgain,
                    false => Standing::ToDo,
                },
            }
        })
        .collect();
    let files = portal.school.draft_evidence(&filler.whose(), &filling.draft.draft, portal.now()).await?;
    let page = Tasks {
        hand: filler.hand(),
        draft: filling.draft.draft.clone(),
        title: filling.form.title.clone(),
        of: filling.guardian.as_ref().map(|name| (words.leave_paper.of)(name)),
        intro: filling.form.intro.clone(),
        steps,
        files: files.ok_or(Failure::NotFound)?.files.len(),
        until: london::today(filling.draft.expires_at),
        comes_to: filling.comes_to(portal, answers),
    };
    Ok(filler.draw(portal, || tasks::page(words, page)))
}

/// The question before it is thrown away.
pub(in crate::routes) fn ask_drop(portal: &Portal, filler: &Filler<'_>, filling: &Filling) -> Response {
    let words = portal.words();
    let named = filling.named(portal);
    let children: Vec<&str> = named.children.iter().map(String::as_str).collect();
    let page = DropPage {
        hand: filler.hand(),
        draft: filling.draft.draft.clone(),
        of: filling.guardian.as_ref().map(|name| (words.leave_paper.of)(name)),
        children: (words.common.list)(&children),
        csrf: filler.csrf(),
    };
    filler.draw(portal, || tasks::ask_drop(words, page))
}

/// Throws it away, with what was added to it.
pub(in crate::routes) async fn throw_away(
    portal: &Portal,
    filler: &Filler<'_>,
    draft: &str,
) -> Result<Response, Failure> {
    portal.limits.act(filler.account(), "drop_leave")?;
    let draft = filler.filling(portal, draft).await?.draft.draft;
    if portal.school.throw_draft_away(&filler.whose(), &draft, portal.now()).await? {
        Ok(Redirect::to(filler.hand().list()).into_response())
    } else {
        Err(Failure::NotFound)
    }
}
