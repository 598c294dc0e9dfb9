//! Letters and photos that stand with a submission: adding, downloading, removing.

use leptos::prelude::*;

use crate::{
    paths::{self, Hand},
    rules::{
        evidence::Refusal,
        id::{EvidenceId, SubmissionId},
        reference::Reference,
    },
    ui::{
        csrf_field, errors,
        file_list::{FileShown, file_list},
        piece::IntoPiece,
    },
    words::Words,
};

/// What the files stand with.
#[derive(Debug, Clone)]
pub enum FilesOf {
    /// A report.
    Report(Reference),
    /// A request for leave.
    Leave(Reference),
    /// What was sent about leaving.
    Leaving(Reference),
    /// A form that is not sent yet, and in whose hands it is.
    Draft(Hand, SubmissionId),
}

impl FilesOf {
    /// Where they are listed and added.
    fn here(&self) -> String {
        match self {
            Self::Report(reference) | Self::Leave(reference) | Self::Leaving(reference) => paths::evidence(reference),
            Self::Draft(hand, draft) => hand.files(draft),
        }
    }

    fn file(&self, evidence: &EvidenceId) -> String {
        match self {
            Self::Report(reference) | Self::Leave(reference) | Self::Leaving(reference) => {
                paths::evidence_file(reference, evidence)
            }
            Self::Draft(hand, draft) => hand.file(draft, evidence),
        }
    }

    fn remove(&self, evidence: &EvidenceId) -> String {
        match self {
            Self::Report(reference) | Self::Leave(reference) | Self::Leaving(reference) => {
                paths::evidence_remove(reference, evidence)
            }
            Self::Draft(hand, draft) => hand.file_remove(draft, evidence),
        }
    }
}

/// What the page shows.
#[derive(Debug, Clone)]
pub struct EvidencePage {
    /// What they stand with.
    pub of: FilesOf,
    /// The files there are.
    pub files: Vec<FileShown>,
    /// How many more may be added; `None` where it is closed.
    pub more: Option<usize>,
    /// Whether they may be removed.
    pub may_remove: bool,
    /// What was not taken, and why; `None` for a form in which nothing was chosen.
    pub refused: Vec<Option<(String, Refusal)>>,
    /// A csrf token.
    pub csrf: String,
    /// The office's number.
    pub phone: String,
}

/// The page.
pub fn page(words: &'static Words, page: EvidencePage) -> impl IntoView {
    let w = &words.evidence;
    let problems: Vec<errors::Said> = page
        .refused
        .iter()
        .map(|refused| {
            let said = refused.as_ref().map_or_else(|| w.nothing.to_owned(), |(name, why)| (w.refused)(name, *why));
            ("files".to_owned(), said)
        })
        .collect();
    let heading = if page.refused.iter().all(Option::is_some) {
        (w.not_added)(problems.len())
    } else {
        (words.report.trouble.errors)(problems.len())
    };
    let add = match page.more {
        None => view! { <p id="files" tabindex="-1">{w.closed}</p> }.piece(),
        Some(0) => view! { <p id="files" tabindex="-1">{w.full}</p> }.piece(),
        Some(more) => form(words, &page, more, !problems.is_empty()).piece(),
    };
    let (back, label, note) = match &page.of {
        FilesOf::Report(reference) => {
            let note = view! { <div class="note stack"><p><b>{w.not_needed}</b></p><p>{w.needed}</p></div> };
            (paths::receipt(reference), w.back, note.piece())
        }
        FilesOf::Leave(reference) => {
            let note = view! { <p class="note">{w.leave_lead}</p> };
            (paths::leave_request(reference), words.leave.request, note.piece())
        }
        FilesOf::Leaving(reference) => {
            let note = view! { <p class="note">{w.leaving_lead}</p> };
            (paths::leaving_notice(reference), words.leaving.title, note.piece())
        }
        FilesOf::Draft(hand, draft) => {
            let lead = match hand {
                Hand::Leave => w.leave_lead,
                Hand::LeavePaper => w.paper_lead,
                Hand::Leaving => w.leaving_lead,
            };
            (hand.form(draft), words.leave.back_to_steps, view! { <p class="note">{lead}</p> }.piece())
        }
    };
    let private = !matches!(page.of, FilesOf::Draft(Hand::LeavePaper, _));
    view! {
        <div class="stack read">
            <a class="back" href=back>{label}</a>
            {errors::summary(heading, &problems)}
            <h1>{w.title}</h1>
            {note}
            {(!page.files.is_empty()).then(|| list(words, &page))}
            <section aria-labelledby="add">
                <h2 id="add" class="ruled">{w.add}</h2>
                {add}
            </section>
            {private.then(|| view! { <p class="small soft">{w.private}</p> })}
        </div>
    }
}

/// The token stands first, so that nothing behind it is read for anybody without one.
fn form(words: &'static Words, page: &EvidencePage, more: usize, bad: bool) -> impl IntoView + use<> {
    let w = &words.evidence;
    view! {
        <form method="post" action=page.of.here() enctype="multipart/form-data" class="stack" novalidate>
            {csrf_field(&page.csrf)}
            <div class=if bad { "bad" } else { "" }>
                <label class="label" for="files">{w.choose}<span class="hint">{(w.choose_hint)(more)}</span></label>
                <input class="in" id="files" name="files" type="file" multiple={more > 1} accept="image/jpeg,image/png,application/pdf"
                    aria-invalid=bad.then_some("true") />
            </div>
            <button class="btn big">{w.go}</button>
            <p class="small soft">{w.wait}</p>
        </form>
    }
}

fn list(words: &'static Words, page: &EvidencePage) -> impl IntoView + use<> {
    let w = &words.evidence;
    let files = page.files.iter().map(|file| {
        let remove = page.may_remove.then(|| {
            view! {
                <form method="post" action=page.of.remove(&file.evidence)>
                    {csrf_field(&page.csrf)}
                    <button class="btn stop">{w.remove}<span class="vh">" " {file.name.clone()}</span></button>
                </form>
            }
        });
        (file.clone(), page.of.file(&file.evidence), remove)
    });
    view! {
        <section aria-labelledby="added">
            <h2 id="added" class="ruled">{w.added}</h2>
            {file_list(words, files.collect())}
            {(!page.may_remove).then(|| view! { <p class="small">{(if matches!(page.of, FilesOf::Report(_)) { w.coded } else { w.leave_coded })(&page.phone)}</p> })}
        </section>
    }
}

/// The part of a receipt that leads here. It says first that nothing is needed.
pub(super) fn on_receipt(words: &'static Words, reference: &Reference, count: i64) -> impl IntoView + use<> {
    let w = &words.evidence;
    let (said, link) =
        if count == 0 { (w.receipt_none.to_owned(), w.title) } else { ((w.receipt_some)(count), w.receipt_see) };
    view! {
        <section class="stack noprint" aria-labelledby="evidence">
            <h2 id="evidence" class="ruled">{w.staff_title}</h2>
            <p class="small">{said}</p>
            <p><a class="tap" href=paths::evidence(reference)>{link}</a></p>
        </section>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::{
        rules::evidence::{Kind, MOST_FILES},
        words::words,
    };

    fn drawn(count: usize, may_add: bool, may_remove: bool, refused: Vec<Option<(String, Refusal)>>) -> String {
        let file = |number: usize| FileShown {
            evidence: EvidenceId::from_bytes([u8::try_from(number).unwrap_or(0); 16]),
            name: "<script>alert(1)</script>.pdf".to_owned(),
            kind: Kind::Pdf,
            size: 1_234_567,
            written: "8.12".to_owned(),
        };
        let shown = EvidencePage {
            of: FilesOf::Report(Reference::from_bytes([7; 16])),
            files: (0..count).map(file).collect(),
            more: may_add.then_some(MOST_FILES.saturating_sub(count)),
            may_remove,
            refused,
            csrf: "token".to_owned(),
            phone: "01632 960915".to_owned(),
        };
        Owner::new().with(|| page(words("en-GB"), shown).into_view().to_html())
    }

    #[test]
    fn the_page_says_first_that_nothing_is_needed() {
        let html = drawn(0, true, true, Vec::new());
        let w = &words("en-GB").evidence;
        assert!(html.find(w.not_needed) < html.find("<form"), "{html}");
        assert!(html.contains("Up to 5 files"), "{html}");
        // The token before the files.
        assert!(html.find("name=\"csrf\"") < html.find("type=\"file\""), "{html}");
    }

    #[test]
    fn a_fifth_file_and_a_closed_report_leave_no_form() {
        assert!(drawn(4, true, true, Vec::new()).contains("One more file"));
        for html in [drawn(5, true, true, Vec::new()), drawn(1, false, true, Vec::new())] {
            assert!(!html.contains("type=\"file\"") && html.contains("id=\"files\""), "{html}");
        }
        let coded = drawn(1, true, false, Vec::new());
        assert!(!coded.contains("/remove") && coded.contains("ring the office on 01632 960915"), "{coded}");
    }

    #[test]
    fn what_a_file_calls_itself_stays_text() {
        let hostile = "<img src=x onerror=alert(1)>".to_owned();
        let html = drawn(2, true, true, vec![Some((hostile, Refusal::Active)), Some(("b".into(), Refusal::Locked))]);
        assert!(!html.contains("<script>") && !html.contains("<img"), "{html}");
        assert!(html.contains("2 files were not added") && html.contains("1.2 MB, added 8.12"), "{html}");
        assert!(drawn(0, true, true, vec![None]).contains("Choose a photo or a PDF first"));
    }
}
