//! One step of a family's own form, whichever it is.

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    routes::form::{Filled, Filler, step},
    web::{Failure, Portal, Posted, session::Parent},
};

/// `GET .../forms/{draft}/steps/{step}`
pub(in crate::routes) async fn page<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(at): Path<(String, String)>,
) -> Result<Response, Failure> {
    step::page::<F>(&portal, &Filler::Parent(&parent), at).await
}

/// `POST .../forms/{draft}/steps/{step}`
pub(in crate::routes) async fn save<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(at): Path<(String, String)>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    step::save::<F>(&portal, &Filler::Parent(&parent), at, &fields).await
}
