//! The families' forms, changed by the school itself.

use app::{
    rules::form::Form,
    staff::forms::{self as pages, FormsPage},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};

use crate::{
    forms::{self, FormError, FormKind},
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

fn named(name: &str) -> Result<&'static FormKind, Failure> {
    FormKind::named(name).ok_or(Failure::NotFound)
}

/// `GET /staff/forms/{form}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<KeepForms>,
    Path(name): Path<String>,
) -> Result<Response, Failure> {
    let kind = named(&name)?;
    let drawn = stands(&portal, kind, None).await?;
    draw(&portal, &may, kind, drawn).await
}

/// The form that counts.
async fn stands(portal: &Portal, kind: &FormKind, notice: Option<&'static str>) -> Result<Drawn, Failure> {
    let kept = portal.school.form(kind.name).await?.ok_or(Failure::Unavailable)?;
    let read = kind.read(&kept.body, &portal.policy.school_name);
    Ok(Drawn { text: kept.body, seen: kept.version, read, notice })
}

async fn draw(
    portal: &Portal,
    may: &May<KeepForms>,
    kind: &'static FormKind,
    drawn: Drawn,
) -> Result<Response, Failure> {
    let today = portal.today();
    let versions = portal.school.form_changes(kind.name).await?;
    let (form, slip, flaws) = match drawn.read {
        Ok(form) => (Some(form), None, Vec::new()),
        Err(FormError::Text(slip)) => (None, Some(slip), Vec::new()),
        Err(FormError::Flaws(flaws)) => (None, None, flaws),
    };
    let page = FormsPage {
        name: kind.name,
        others: forms::ALL.iter().map(|other| other.name).filter(|name| *name != kind.name).collect(),
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
    Ok(render::staff(portal, &may.staff, (words.forms.title_of)(kind.name), "", || pages::page(words, page)))
}

/// `POST /staff/forms/{form}`: shows what it comes to, or lets it count.
pub(in crate::routes) async fn keep(
    State(portal): State<Portal>,
    may: May<KeepForms>,
    Path(name): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let kind = named(&name)?;
    let w = &portal.words().forms;
    let text: String = fields.one("text").replace("\r\n", "\n").chars().take(pages::LONGEST).collect();
    let seen: i64 = fields.one("seen").parse().unwrap_or(-1);
    let read = kind.read(&text, &portal.policy.school_name);
    if read.is_err() || fields.one("then") != "keep" {
        let status = if read.is_err() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        let page = draw(&portal, &may, kind, Drawn { text, seen, read, notice: None }).await?;
        return Ok((status, page).into_response());
    }
    let new = NewForm {
        form: kind.name,
        seen,
        sha256: forms::fingerprint(&text),
        body: text.clone(),
        by: may.staff.session.staff_id.clone(),
        at: portal.now(),
    };
    match portal.school.keep_form(new).await? {
        FormSaved::Done => draw(&portal, &may, kind, stands(&portal, kind, Some(w.kept)).await?).await,
        FormSaved::Same => draw(&portal, &may, kind, stands(&portal, kind, Some(w.same)).await?).await,
        FormSaved::Changed => {
            let seen = stands(&portal, kind, None).await?.seen;
            let page = draw(&portal, &may, kind, Drawn { text, seen, read, notice: Some(w.changed) }).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
    }
}
