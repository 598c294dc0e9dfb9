//! Letters and photos: the page, adding, downloading, removing.

use app::{
    parent::evidence::{self, EvidencePage},
    paths,
    rules::{
        evidence::{MOST_BYTES, Refusal},
        id::EvidenceId,
        reference::Reference,
        text::tidy_line,
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
    store::{Added, EvidenceOf, NewEvidence, Removed},
    web::{Failure, Part, Portal, Posted, PostedFiles, download, render, session::Parent},
};

/// How much of a name is said back.
const SAID: usize = 40;

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

async fn draw(
    portal: &Portal,
    parent: &Parent,
    reference: Reference,
    found: EvidenceOf,
    refused: Vec<Option<(String, Refusal)>>,
) -> Result<Response, Failure> {
    // A file's name may say what the child has.
    parent.note(portal, "evidence", reference.as_str()).await?;
    let today = portal.today();
    let shown = EvidencePage {
        of_leave: portal.school.own_leave(&parent.guardian, &reference).await?.is_some(),
        reference,
        files: found
            .files
            .into_iter()
            .map(|file| FileShown {
                evidence: file.evidence,
                name: file.name,
                kind: file.kind,
                size: file.size,
                written: written(portal, file.added_at, today),
            })
            .collect(),
        may_add: found.may_add,
        may_remove: found.may_remove,
        refused,
        csrf: parent.device.csrf.clone(),
        phone: portal.office_phone(),
    };
    let words = portal.words();
    Ok(render::parent(portal, parent, words.evidence.title, || evidence::page(words, shown)))
}

/// `POST /receipts/{reference}/evidence`: each file is kept as soon as it has been looked at, so
/// that one that is refused, or a line that breaks, takes no other with it.
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
    let _place = portal.limits.uploads.take(parent.guardian.as_str()).await?;
    let mut refused = Vec::new();
    let mut chosen = 0;
    let mut changed = false;
    while let Some(part) = posted.next(MOST_BYTES).await? {
        let Part::File { field, name, bytes } = part else { continue };
        // A browser sends a file without a name for a field in which nothing was chosen.
        if field != "files" || (name.is_empty() && bytes.as_ref().is_some_and(Vec::is_empty)) {
            continue;
        }
        chosen += 1;
        match keep(&portal, &parent, &reference, &name, bytes).await? {
            Ok(new) => changed |= new,
            Err(why) => refused.push(Some((said(&name), why))),
        }
    }
    if changed {
        portal.changed();
    }
    if chosen == 0 {
        refused.push(None);
    }
    if refused.is_empty() {
        return Ok(Redirect::to(&paths::evidence(&reference)).into_response());
    }
    let too_large = refused.iter().flatten().any(|(_, why)| *why == Refusal::TooLarge);
    let status = if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY };
    let found = find(&portal, &parent, &reference).await?;
    let page = draw(&portal, &parent, reference, found, refused).await?;
    Ok((status, page).into_response())
}

/// Looks at one file and keeps it; whether it is new. A refusal is the parent's to put right.
async fn keep(
    portal: &Portal,
    parent: &Parent,
    reference: &Reference,
    name: &str,
    bytes: Option<Vec<u8>>,
) -> Result<Result<bool, Refusal>, Failure> {
    let Some(bytes) = bytes else { return Ok(Err(Refusal::TooLarge)) };
    let looked = portal.limits.bench.look_at(name.to_owned(), bytes).await.ok_or(Failure::Unavailable)?;
    let clean = match looked {
        Ok(clean) => clean,
        Err(why) => return Ok(Err(why)),
    };
    let new = NewEvidence {
        guardian: parent.guardian.clone(),
        reference: reference.clone(),
        name: clean.name,
        kind: clean.kind,
        bytes: clean.bytes,
        sha256: clean.sha256,
        at: portal.now(),
    };
    Ok(match portal.school.add_evidence(new).await? {
        Added::Kept(_) => Ok(true),
        Added::Again(_) => Ok(false),
        Added::Five => Err(Refusal::Five),
        Added::NoRoom => Err(Refusal::NoRoom),
        Added::Nothing => return Err(Failure::NotFound),
    })
}

/// What a file calls itself, short enough for a sentence.
fn said(name: &str) -> String {
    let line = tidy_line(name, usize::MAX).ok().flatten().unwrap_or_default();
    let mut short: String = line.chars().take(SAID).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
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
