//! One step of a family's own form.

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    routes::leave_form::{Filler, step},
    web::{Failure, Portal, Posted, session::Parent},
};

/// `GET /leave/forms/{draft}/steps/{step}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(at): Path<(String, String)>,
) -> Result<Response, Failure> {
    step::page(&portal, &Filler::Parent(&parent), at).await
}

/// `POST /leave/forms/{draft}/steps/{step}`
pub(in crate::routes) async fn save(
    State(portal): State<Portal>,
    parent: Parent,
    Path(at): Path<(String, String)>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    step::save(&portal, &Filler::Parent(&parent), at, &fields).await
}
