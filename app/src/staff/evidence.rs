//! The letters and photos that stand with a report, for staff who read reports.

use leptos::prelude::*;

use crate::{
    paths,
    rules::reference::Reference,
    ui::{
        file_list::{FileShown, file_list},
        piece::IntoPiece,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct EvidenceSeenPage {
    /// The report's reference.
    pub reference: Reference,
    /// The children: name and class.
    pub children: Vec<(String, String)>,
    /// The written day.
    pub day: String,
    /// Where its board is.
    pub board: String,
    /// Who sent it.
    pub from: String,
    /// The files. Their names are hidden already where words are.
    pub files: Vec<FileShown>,
}

/// The page.
pub fn page(words: &'static Words, page: EvidenceSeenPage) -> impl IntoView {
    let w = &words.evidence;
    let list = if page.files.is_empty() {
        view! { <p>{w.staff_none}</p> }.piece()
    } else {
        let way = |file: FileShown| (file.clone(), paths::staff_evidence_file(&page.reference, &file.evidence), ());
        let files = page.files.into_iter().map(way);
        view! {
            {file_list(words, files.collect())}
            <p class="small soft">{w.staff_lead}</p>
        }
        .piece()
    };
    let children = page
        .children
        .into_iter()
        .map(|(name, class)| view! { <span class="line">{name} ", " {class}</span> })
        .collect_view();
    view! {
        <div class="stack read">
            <a class="back" href=page.board>{w.staff_back}</a>
            <h1>{w.staff_title}</h1>
            <dl class="facts">
                <div><dt>{words.receipt.children}</dt><dd>{children}</dd></div>
                <div><dt>{words.receipt.when}</dt><dd>{page.day}</dd></div>
                <div><dt>{w.staff_from}</dt><dd>{page.from}</dd></div>
                <div><dt>{w.staff_reference}</dt><dd><span class="ref nb">{page.reference.to_string()}</span></dd></div>
            </dl>
            {list}
        </div>
    }
}
