//! Letters and photos with a family's own form, whichever it is.

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    routes::form::{Filled, Filler, files},
    web::{Failure, Portal, Posted, PostedFiles, session::Parent},
};

/// `GET .../forms/{draft}/files`
pub(in crate::routes) async fn page<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
) -> Result<Response, Failure> {
    files::page::<F>(&portal, &Filler::Parent(&parent), &draft).await
}

/// `POST .../forms/{draft}/files`
pub(in crate::routes) async fn add<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(draft): Path<String>,
    posted: PostedFiles,
) -> Result<Response, Failure> {
    files::add::<F>(&portal, &Filler::Parent(&parent), &draft, posted).await
}

/// `GET .../forms/{draft}/files/{evidence}`
pub(in crate::routes) async fn file<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(at): Path<(String, String)>,
) -> Result<Response, Failure> {
    files::file::<F>(&portal, &Filler::Parent(&parent), at).await
}

/// `POST .../forms/{draft}/files/{evidence}/remove`
pub(in crate::routes) async fn remove<F: Filled>(
    State(portal): State<Portal>,
    parent: Parent,
    Path(at): Path<(String, String)>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    files::remove::<F>(&portal, &Filler::Parent(&parent), at).await
}
