//! When it last happened, told from the receipt, for the first day back.

use app::{
    paths,
    rules::{guidance::read_moment, london, reference::Reference},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::{messages, receipt, report_absence::cannot_change};
use crate::web::{Failure, Portal, Posted, session::Parent};

/// `POST /receipts/{reference}/coming-back`
pub(in crate::routes) async fn work_out(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "coming_back")?;
    let reference = Reference::parse(&reference).ok_or(Failure::NotFound)?;
    let found = portal.school.receipt(&parent.guardian, &reference).await?.ok_or(Failure::NotFound)?;
    let (from, _) = receipt::illness(&portal, &found).and_then(|illness| illness.wait).ok_or(Failure::NotFound)?;
    let (day, time) = (fields.one("back-day"), fields.one("back-time"));
    match read_moment(&day, &time, from, london::local(portal.now())) {
        Err(problem) => {
            let conversation = messages::find(&portal, &parent, &found).await?;
            let shown = conversation.map(|it| messages::shown(&portal, &it, None));
            let page = receipt::draw(&portal, &parent, found, Some((day, time, problem)), shown).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Ok(moment) => {
            if !portal.school.count_from(&parent.guardian, &reference, moment, portal.now()).await? {
                return Ok(cannot_change(&portal, &parent));
            }
            portal.changed();
            Ok(Redirect::to(&format!("{}#back", paths::receipt(&reference))).into_response())
        }
    }
}
