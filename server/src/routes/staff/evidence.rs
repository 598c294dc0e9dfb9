//! Letters and photos that stand with a report.

use app::{
    paths,
    rules::{id::EvidenceId, reference::Reference},
    staff::evidence::{self, EvidenceSeenPage},
    ui::file_list::FileShown,
};
use axum::{
    extract::{Path, State},
    response::Response,
};

use super::mail::written;
use crate::web::{
    Failure, Portal, download, render,
    session::{May, ReadReports},
};

/// `GET /staff/evidence/{reference}`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Path(reference): Path<String>,
) -> Result<Response, Failure> {
    let reference = Reference::parse(&reference).ok_or(Failure::NotFound)?;
    let found = portal.school.evidence_seen(&reference).await?.ok_or(Failure::NotFound)?;
    may.staff.note(&portal, "evidence", reference.as_str()).await?;
    let words = portal.words();
    let hide = may.staff.session.hide_words;
    let files = (1..).zip(found.files).map(|(number, file)| FileShown {
        evidence: file.evidence,
        name: if hide { (words.evidence.staff_hidden)(number) } else { file.name },
        kind: file.kind,
        size: file.size,
        written: written(&portal, file.added_at),
    });
    let shown = EvidenceSeenPage {
        files: files.collect(),
        children: found.children,
        day: (words.common.day_date)(found.day),
        board: paths::board_on(found.day),
        from: found.from,
        reference,
    };
    Ok(render::staff(&portal, &may.staff, words.evidence.staff_title, "", || evidence::page(words, shown)))
}

/// `GET /staff/evidence/{reference}/{evidence}`
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Path((reference, evidence)): Path<(String, String)>,
) -> Result<Response, Failure> {
    let reference = Reference::parse(&reference).ok_or(Failure::NotFound)?;
    let evidence = EvidenceId::parse(&evidence).ok_or(Failure::NotFound)?;
    let file = portal.school.evidence_file_seen(&reference, &evidence).await?.ok_or(Failure::NotFound)?;
    may.staff.note(&portal, "evidence_file", evidence.as_str()).await?;
    download::answer(&portal.school, file).await
}
