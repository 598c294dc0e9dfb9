//! The leave form, changed by the school itself.

use app::{
    rules::form::Form,
    staff::forms::{self as pages, FormsPage},
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    forms::{self, FormError},
    routes::parent::written,
    store::{FormSaved, NewForm},
    web::{
        Failure, Portal, Posted, render,
        session::{KeepForms, May},
    },
};

/// What is drawn.
struct Drawn {
    text: String,
    seen: i64,
    read: Result<Form, FormError>,
    notice: Option<&'static str>,
}

/// `GET /staff/forms/leave`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<KeepForms>) -> Result<Response, Failure> {
    let drawn = stands(&portal, None).await?;
    draw(&portal, &may, drawn).await
}

/// The form that counts.
async fn stands(portal: &Portal, notice: Option<&'static str>) -> Result<Drawn, Failure> {
    let kept = portal.school.form(forms::LEAVE).await?.ok_or(Failure::Unavailable)?;
    let read = forms::leave(&kept.body, &portal.policy.school_name);
    Ok(Drawn { text: kept.body, seen: kept.version, read, notice })
}

async fn draw(portal: &Portal, may: &May<KeepForms>, drawn: Drawn) -> Result<Response, Failure> {
    let today = portal.today();
    let versions = portal.school.form_changes(forms::LEAVE).await?;
    let (form, slip, flaws) = match drawn.read {
        Ok(form) => (Some(form), None, Vec::new()),
        Err(FormError::Text(slip)) => (None, Some(slip), Vec::new()),
        Err(FormError::Flaws(flaws)) => (None, None, flaws),
    };
    let page = FormsPage {
        text: drawn.text,
        seen: drawn.seen,
        form,
        slip,
        flaws,
        notice: drawn.notice,
        versions: versions
            .into_iter()
            .map(|one| (one.version, written(portal, one.made_at, today), one.name))
            .collect(),
        csrf: may.staff.csrf.clone(),
    };
    let words = portal.words();
    Ok(render::staff(portal, &may.staff, words.forms.title, "", || pages::page(words, page)))
}

/// `POST /staff/forms/leave`: shows what it comes to, or lets it count.
pub(in crate::routes) async fn keep(
    State(portal): State<Portal>,
    may: May<KeepForms>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let w = &portal.words().forms;
    let text: String = fields.one("text").replace("\r\n", "\n").chars().take(pages::LONGEST).collect();
    let seen: i64 = fields.one("seen").parse().unwrap_or(-1);
    let read = forms::leave(&text, &portal.policy.school_name);
    if read.is_err() || fields.one("then") != "keep" {
        let status = if read.is_err() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = draw(&portal, &may, Drawn { text, seen, read, notice: None }).await?;
        return Ok((status, page).into_response());
    }
    let new = NewForm {
        form: forms::LEAVE,
        seen,
        sha256: forms::fingerprint(&text),
        body: text.clone(),
        by: may.staff.session.staff_id.clone(),
        at: portal.now(),
    };
    match portal.school.keep_form(new).await? {
        FormSaved::Done => draw(&portal, &may, stands(&portal, Some(w.kept)).await?).await,
        FormSaved::Same => draw(&portal, &may, stands(&portal, Some(w.same)).await?).await,
        FormSaved::Changed => {
            let seen = stands(&portal, None).await?.seen;
            let page = draw(&portal, &may, Drawn { text, seen, read, notice: Some(w.changed) }).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}
