//! Letters and photos with a family's own form.

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    routes::leave_form::{Filler, files},
    web::{Failure, Portal, Posted, PostedFiles, session::Parent},
};

/// `GET /leave/forms/{draft}/files`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    files::page(&portal, &Filler::Parent(&parent), &draft).await
}

/// `POST /leave/forms/{draft}/files`
pub(in crate::routes) async fn add(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
    posted: PostedFiles,
) -> Result<Response, Failure> {
    files::add(&portal, &Filler::Parent(&parent), &draft, posted).await
}

/// `GET /leave/forms/{draft}/files/{evidence}`
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    parent: Parent,
    Path(at): Path<(String, String)>,
) -> Result<Response, Failure> {
    files::file(&portal, &Filler::Parent(&parent), at).await
}

/// `POST /leave/forms/{draft}/files/{evidence}/remove`
pub(in crate::routes) async fn remove(
    State(portal): State<Portal>,
    parent: Parent,
    Path(at): Path<(String, String)>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    files::remove(&portal, &Filler::Parent(&parent), at).await
}
