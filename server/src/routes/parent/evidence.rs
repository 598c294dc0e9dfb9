//! Letters and photos: the page, adding, downloading, removing.

use app::{
    parent::evidence::{self, EvidencePage, FilesOf},
    paths,
    rules::{
        evidence::{MOST_FILES, Refusal},
        id::EvidenceId,
        reference::Reference,
    },
    ui::file_list::FileShown,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::written;
use crate::{
    routes::uploading::{self, To},
    store::{EvidenceFile, EvidenceOf, Removed},
    web::{Failure, Portal, Posted, PostedFiles, download, render, session::Parent},
};

async fn find(portal: &Portal, parent: &Parent, reference: &Reference) -> Result<EvidenceOf, Failure> {
    portal.school.evidence_of(&parent.guardian, reference).await?.ok_or(Failure::NotFound)
}

fn parsed(reference: &str) -> Result<Reference, Failure> {
    Reference::parse(reference).ok_or(Failure::NotFound)
}

/// `GET /receipts/{reference}/evidence`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let reference = parsed(&reference)?;
    let found = find(&portal, &parent, &reference).await?;
    draw(&portal, &parent, reference, found, Vec::new()).await
}

/// A file as pages list it.
pub(in crate::routes) fn file_shown(portal: &Portal, file: EvidenceFile) -> FileShown {
    FileShown {
        evidence: file.evidence,
        name: file.name,
        kind: file.kind,
        size: file.size,
        written: written(portal, file.added_at, portal.today()),
    }
}

async fn draw(
    portal: &Portal,
    parent: &Parent,
    reference: Reference,
    found: EvidenceOf,
    refused: Vec<Option<(String, Refusal)>>,
) -> Result<Response, Failure> {
    // A file's name may say what the child has.
    parent.note(portal, "evidence", reference.as_str()).await?;
    let of = if portal.school.own_leave(&parent.guardian, &reference).await?.is_some() {
        FilesOf::Leave(reference)
    } else if portal.school.own_notice(&parent.guardian, &reference).await?.is_some() {
        FilesOf::Leaving(reference)
    } else {
        FilesOf::Report(reference)
    };
    let shown = EvidencePage {
        of,
        more: found.may_add.then(|| MOST_FILES.saturating_sub(found.files.len())),
        files: found.files.into_iter().map(|file| file_shown(portal, file)).collect(),
        may_remove: found.may_remove,
        refused,
        csrf: parent.device.csrf.clone(),
        phone: portal.office_phone(),
    };
    let words = portal.words();
    Ok(render::parent(portal, parent, words.evidence.title, || evidence::page(words, shown)))
}

/// `POST /receipts/{reference}/evidence`
pub(in crate::routes) async fn add(
    State(portal): State<Portal>,
    parent: Parent,
    Path(reference): Path<String>,
    mut posted: PostedFiles,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "add_evidence")?;
    let reference = parsed(&reference)?;
    let found = find(&portal, &parent, &reference).await?;
    if !found.may_add {
        let page = draw(&portal, &parent, reference, found, Vec::new()).await?;
        return Ok((StatusCode::CONFLICT, page).into_response());
    }
    let to = To::Submission(&parent.guardian, &reference);
    let taken = uploading::take(&portal, parent.guardian.as_str(), &mut posted, to).await?;
    if taken.changed {
        portal.changed();
    }
    if taken.refused.is_empty() {
        return Ok(Redirect::to(&paths::evidence(&reference)).into_response());
    }
    let status = taken.status();
    let found = find(&portal, &parent, &reference).await?;
    let page = draw(&portal, &parent, reference, found, taken.refused).await?;
    Ok((status, page).into_response())
}

/// `GET /receipts/{reference}/evidence/{evidence}`
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    parent: Parent,
    Path((reference, evidence)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let reference = parsed(&reference)?;
    let evidence = EvidenceId::parse(&evidence).ok_or(Failure::NotFound)?;
    let found = portal.school.evidence_file(&parent.guardian, &reference, &evidence).await?;
    let file = found.ok_or(Failure::NotFound)?;
    parent.note(&portal, "evidence_file", evidence.as_str()).await?;
    download::answer(&portal.school, file).await
}

/// `POST /receipts/{reference}/evidence/{evidence}/remove`
pub(in crate::routes) async fn remove(
    State(portal): State<Portal>,
    parent: Parent,
    Path((reference, evidence)): Path<(String, String)>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    portal.limits.act(parent.guardian.as_str(), "remove_evidence")?;
    let reference = parsed(&reference)?;
    let evidence = EvidenceId::parse(&evidence).ok_or(Failure::NotFound)?;
    match portal.school.remove_evidence(&parent.guardian, &reference, &evidence, portal.now()).await? {
        Removed::Gone => {
            portal.changed();
            Ok(Redirect::to(&paths::evidence(&reference)).into_response())
        }
        // The page says why nothing can be removed.
        Removed::Coded => {
            let found = find(&portal, &parent, &reference).await?;
            let page = draw(&portal, &parent, reference, found, Vec::new()).await?;
            Ok((StatusCode::CONFLICT, page).into_response())
        }
        Removed::Nothing => Err(Failure::NotFound),
    }
}
