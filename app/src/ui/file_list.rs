//! A ruled list of files to download.

use leptos::prelude::*;

use crate::{
    rules::{evidence::Kind, id::EvidenceId},
    words::Words,
};

/// A file in the list, its time written.
#[derive(Debug, Clone)]
pub struct FileShown {
    /// The id.
    pub evidence: EvidenceId,
    /// The name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// How many bytes.
    pub size: i64,
    /// When it was added.
    pub written: String,
}

/// The list: each file with where it is downloaded, and what else can be done with it.
pub fn file_list<A: IntoView>(words: &'static Words, files: Vec<(FileShown, String, A)>) -> impl IntoView + use<A> {
    let w = &words.evidence;
    let rows = files
        .into_iter()
        .map(|(file, href, act)| {
            view! {
                <li>
                    <div>
                        <b class="words">{file.name.clone()}</b>
                        <p class="small soft">{(w.about)(file.kind, file.size, &file.written)}</p>
                    </div>
                    <div class="acts">
                        <a class="btn plain" href=href>{w.download}<span class="vh">" " {file.name}</span></a>
                        {act}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ul class="rows">{rows}</ul> }
}
