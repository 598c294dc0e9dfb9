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

use crate::{
    routes::parent::evidence::file_shown,
    store::EvidenceFile,
    web::{
        Failure, Portal, download, render,
        session::{May, ReadReports},
    },
};

/// Files as staff's pages list them; where words are hidden, so are their names.
pub(super) fn files_shown(portal: &Portal, files: Vec<EvidenceFile>, hide: bool) -> Vec<FileShown> {
    let shown = |(number, file)| {
        let file = file_shown(portal, file);
        let name = if hide { (portal.words().evidence.staff_hidden)(number) } else { file.name };
        FileShown { name, ..file }
    };
    (1..).zip(files).map(shown).collect()
}

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
    let shown = EvidenceSeenPage {
        files: files_shown(&portal, found.files, may.staff.session.hide_words),
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
