//! Slips to print and hand out: whom each is for, where to read the policy, and a code to scan that leads there.

use leptos::prelude::*;

use crate::{paths, words::Words};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct SlipsPage {
    /// Each slip: the guardian's name, and the classes in which the slips are handed out.
    pub slips: Vec<(String, String)>,
    /// The address.
    pub address: String,
    /// The code: how many squares it is wide, and its dark ones as a path.
    pub code: (usize, String),
    /// The school's name.
    pub school: String,
    /// The office's number.
    pub phone: String,
}

/// The page.
pub fn page(words: &'static Words, page: SlipsPage) -> impl IntoView {
    let w = &words.declaration_staff;
    let slips = page
        .slips
        .iter()
        .map(|(name, class)| {
            let (wide, path) = page.code.clone();
            // A quiet edge of four squares, or phones do not find it.
            let seen = format!("-4 -4 {0} {0}", wide + 8);
            view! {
                <li class="slip">
                    <div>
                        <p><b>{page.school.clone()}</b></p>
                        <p>{(w.slip_for)(name)} " " <span class="soft">{class.clone()}</span></p>
                        <p>{w.slip_text}</p>
                        <p class="words"><b>{(w.slip_address)(&page.address)}</b></p>
                        <p class="small">{(w.slip_no_mail)(&page.phone)}</p>
                    </div>
                    <svg class="qr" viewBox=seen role="img" aria-label=w.slip_code>
                        <rect x="-4" y="-4" width="100%" height="100%" fill="#fff" />
                        <path d=path fill="#000" shape-rendering="crispEdges" />
                    </svg>
                </li>
            }
        })
        .collect_view();
    view! {
        <div class="stack">
            <a class="back" href=paths::STAFF_POLICY>{w.back}</a>
            <h1 class="noprint">{w.slips_title}</h1>
            <p class="noprint">{(w.slips_lead)(page.slips.len())}</p>
            <ul class="slips">{slips}</ul>
        </div>
    }
}
