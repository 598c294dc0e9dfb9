//! A version of the policy as it was published: its parts, their fingerprints, and whether they still are what was signed.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::prose::Prose,
    ui::{piece::IntoPiece, prose::prose},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct VersionPage {
    /// The number.
    pub version: i64,
    /// The title.
    pub title: String,
    /// When it was adopted.
    pub adopted: NaiveDate,
    /// When it is to be renewed.
    pub renewal: NaiveDate,
    /// "Version 3, adopted ..., published ... by ...".
    pub listed: String,
    /// What is declared.
    pub statement: String,
    /// In short.
    pub summary: Prose,
    /// What had changed.
    pub changes: Prose,
    /// The text.
    pub text: Prose,
    /// The manifest.
    pub manifest: String,
    /// Its fingerprint.
    pub sha256: String,
    /// The parts that are not as published.
    pub altered: Vec<&'static str>,
    /// How many answers for a child: signed, talk, no.
    pub answers: (usize, usize, usize),
}

/// The page.
pub fn page(words: &'static Words, page: VersionPage) -> impl IntoView {
    let w = &words.declaration_staff;
    let (signed, talk, no) = page.answers;
    let whole = if page.altered.is_empty() {
        view! { <p class="note">{w.intact}</p> }.piece()
    } else {
        view! { <p class="errors" role="alert">{(w.altered)(&page.altered.join(", "))}</p> }.piece()
    };
    let parts = page
        .manifest
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(part, digest)| view! { <div><dt>{part.to_owned()}</dt><dd class="words small">{digest.to_owned()}</dd></div> })
        .collect_view();
    let changes = (page.changes != Prose::default()).then(|| {
        view! { <section class="stack"><h2 class="ruled">{words.declaration.changes}</h2>{prose(&page.changes, "")}</section> }
    });
    view! {
        <div class="stack read">
            <a class="back" href=paths::STAFF_POLICY>{w.back}</a>
            <h1>{page.title.clone()}</h1>
            <p class="soft">{page.listed.clone()}</p>
            <p class="soft">{(words.declaration.version)(page.version, page.adopted, page.renewal)}</p>
            <p>{(w.answers)(signed, talk, no)}</p>
            {whole}
            <section class="stack" aria-labelledby="manifest">
                <h2 class="ruled" id="manifest">{w.manifest}</h2>
                <p>{w.manifest_lead}</p>
                <dl class="facts">{parts}</dl>
                <p class="small words">{(w.manifest_own)(&page.sha256)}</p>
            </section>
            <section class="stack">
                <h2 class="ruled">{w.statement}</h2>
                <p>{page.statement.clone()}</p>
            </section>
            <section class="stack"><h2 class="ruled">{words.declaration.summary}</h2>{prose(&page.summary, "")}</section>
            {changes}
            <section class="stack"><h2 class="ruled">{w.text}</h2>{prose(&page.text, "")}</section>
        </div>
    }
}
