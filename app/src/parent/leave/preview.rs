//! What the leave would come to if it were not agreed: facts from the child's marks, before anything is signed.

use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        id::SubmissionId,
        leave::{Count, Preview, key},
        policy::NoticeAmounts,
    },
    ui::{csrf_field, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct PreviewPage {
    /// Which form.
    pub draft: SubmissionId,
    /// Its heading.
    pub title: String,
    /// Each child; none while children or dates are missing.
    pub children: Vec<ChildPreview>,
    /// What the page hangs on; comes back with the button.
    pub shown: String,
    /// What was known of the answer when the page was drawn.
    pub seen: String,
    /// Whether it was posted without having been seen as it is now.
    pub not_seen: bool,
    /// The amounts.
    pub amounts: NoticeAmounts,
    /// The office's number.
    pub phone: String,
    /// The csrf token.
    pub csrf: String,
}

/// One child.
#[derive(Debug, Clone)]
pub struct ChildPreview {
    /// What everybody calls the child.
    pub called: String,
    /// What is asked for.
    pub count: Count,
    /// What it would come to.
    pub preview: Preview,
    /// Whether the school lacks marks of those weeks.
    pub incomplete: bool,
}

/// The page.
pub fn page(words: &'static Words, page: PreviewPage) -> impl IntoView {
    let w = &words.leave;
    let back = view! { <a class="back" href=paths::leave_draft(&page.draft)>{w.back_to_steps}</a> };
    if page.children.is_empty() {
        return view! {
            <div class="stack read">
                {back}
                <h1>{page.title}</h1>
                <p>{w.preview_first}</p>
                <p><a class="btn" href=paths::leave_draft(&page.draft)>{w.back_to_steps}</a></p>
            </div>
        }
        .piece();
    }
    let not_seen = page.not_seen.then(|| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{w.not_seen}</p></div> }
    });
    let children = page.children.iter().map(|child| one(words, child)).collect_view();
    let NoticeAmounts { first_low, first_low_days, first_high, first_high_days, second } = page.amounts;
    view! {
        <div class="stack read">
            {back}
            {not_seen}
            <h1>{page.title}</h1>
            <p>{w.preview_lead}</p>
            {children}
            <section class="stack" aria-labelledby="ten">
                <h2 class="ruled" id="ten">{w.preview_ten_heading}</h2>
                <p>{w.preview_ten}</p>
                <p>{(w.preview_amounts)(first_low, first_low_days, first_high, first_high_days)} " " {(w.preview_second)(second)} " " {w.preview_each}</p>
            </section>
            <p class="note">{(w.preview_help)(&page.phone)}</p>
            <form method="post" action=paths::leave_step(&page.draft, "preview")>
                {csrf_field(&page.csrf)}
                <input type="hidden" name="seen" value=page.seen />
                <input type="hidden" name=key::PREVIEWED value=page.shown />
                <button class="btn big" name="then" value="on">{w.preview_on}</button>
            </form>
        </div>
    }
    .piece()
}

fn one(words: &'static Words, child: &ChildPreview) -> impl IntoView + use<> {
    let w = &words.leave;
    let Preview { now, highest, counting } = child.preview;
    let unknown = highest.sessions.saturating_sub(highest.without_n);
    let young = usize::try_from(counting).unwrap_or(usize::MAX) < child.count.sessions;
    view! {
        <section class="stack">
            <h2 class="ruled">{child.called.clone()}</h2>
            <p>{(w.preview_asked)(child.count.sessions, child.count.days)}</p>
            <p>{(w.preview_now)(now.map_or(0, |window| window.sessions))}</p>
            <p><b>{(w.preview_highest)(highest.sessions)}</b> " " {(w.preview_window)(highest.first, highest.last)}</p>
            {(unknown > 0).then(|| view! { <p>{(w.preview_unknown)(unknown)}</p> })}
            {young.then(|| view! { <p>{(w.preview_young)(&child.called)}</p> })}
            {child.incomplete.then(|| view! { <p>{w.preview_incomplete}</p> })}
        </section>
    }
}
