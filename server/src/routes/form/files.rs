//! Letters and photos that stand with a form before it is sent.

use app::{
    parent::evidence::{self, EvidencePage, FilesOf},
    rules::{evidence::Refusal, id::EvidenceId},
};
use axum::response::{IntoResponse, Redirect, Response};

use super::{Filled, Filler};
use crate::{
    routes::{
        parent::evidence::file_shown,
        uploading::{self, To},
    },
    store::EvidenceFile,
    web::{Failure, Portal, PostedFiles, download},
};

/// The page.
pub(in crate::routes) async fn page<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    draft: &str,
) -> Result<Response, Failure> {
    let filling = filler.filling::<F>(portal, draft).await?;
    draw(portal, filler, &filling, Vec::new()).await
}

async fn draw<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    filling: &F,
    refused: Vec<Option<(String, Refusal)>>,
) -> Result<Response, Failure> {
    let draft = &filling.begun().draft.draft;
    let found = portal.school.draft_evidence(&filler.whose(), draft, portal.now()).await?.ok_or(Failure::NotFound)?;
    // A file's name may say what the child has.
    filler.note(portal, "evidence", draft.as_str()).await?;
    let shown = EvidencePage {
        of: FilesOf::Draft(filler.hand::<F>(), draft.clone()),
        files: found.files.into_iter().map(|file| file_shown(portal, file)).collect(),
        more: Some(found.more),
        may_remove: true,
        refused,
        csrf: filler.csrf(),
        phone: portal.office_phone(),
    };
    let words = portal.words();
    Ok(filler.draw::<F, _>(portal, || evidence::page(words, shown)))
}

/// Adds files.
pub(in crate::routes) async fn add<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    draft: &str,
    mut posted: PostedFiles,
) -> Result<Response, Failure> {
    portal.limits.act(filler.account(), F::ACTS.add_file)?;
    let filling = filler.filling::<F>(portal, draft).await?;
    let (whose, id) = (filler.whose(), &filling.begun().draft.draft);
    let taken = uploading::take(portal, filler.account(), &mut posted, To::Draft(&whose, id)).await?;
    if taken.refused.is_empty() {
        return Ok(Redirect::to(&filler.hand::<F>().files(id)).into_response());
    }
    let status = taken.status();
    Ok((status, draw(portal, filler, &filling, taken.refused).await?).into_response())
}

/// One of them.
pub(in crate::routes) async fn file<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    (draft, evidence): (String, String),
) -> Result<Response, Failure> {
    let filling = filler.filling::<F>(portal, &draft).await?;
    let file = find(portal, filler, &filling, &evidence).await?;
    filler.note(portal, "evidence_file", file.evidence.as_str()).await?;
    download::answer(&portal.school, file).await
}

async fn find<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    filling: &F,
    evidence: &str,
) -> Result<EvidenceFile, Failure> {
    let evidence = EvidenceId::parse(evidence).ok_or(Failure::NotFound)?;
    let found = portal.school.draft_evidence(&filler.whose(), &filling.begun().draft.draft, portal.now()).await?;
    let files = found.map(|found| found.files).unwrap_or_default();
    files.into_iter().find(|file| file.evidence == evidence).ok_or(Failure::NotFound)
}

/// Takes one away again.
pub(in crate::routes) async fn remove<F: Filled>(
    portal: &Portal,
    filler: &Filler<'_>,
    (draft, evidence): (String, String),
) -> Result<Response, Failure> {
    portal.limits.act(filler.account(), F::ACTS.remove_file)?;
    let filling = filler.filling::<F>(portal, &draft).await?;
    let evidence = EvidenceId::parse(&evidence).ok_or(Failure::NotFound)?;
    let id = &filling.begun().draft.draft;
    if portal.school.remove_draft_evidence(&filler.whose(), id, &evidence, portal.now()).await? {
        Ok(Redirect::to(&filler.hand::<F>().files(id)).into_response())
    } else {
        Err(Failure::NotFound)
    }
}
