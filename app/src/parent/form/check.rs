//! Checking the answers, the declaration, and the signature.

use leptos::prelude::*;

use crate::{
    paths::Hand,
    rules::{form::YES, id::SubmissionId, signature::NAME_MOST},
    ui::{
        answered::{StepShown, answered_steps},
        csrf_field,
        errors::{self, Said},
        piece::IntoPiece,
        stale::stale,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct CheckPage {
    /// Which form, and in whose hands.
    pub hand: Hand,
    /// Which form.
    pub draft: SubmissionId,
    /// What it is called.
    pub title: String,
    /// The answers.
    pub steps: Vec<StepShown>,
    /// How many letters and photos stand with it.
    pub files: usize,
    /// What is declared.
    pub statements: Vec<String>,
    /// What to know before signing.
    pub notes: Vec<String>,
    /// Whether it takes an earlier one's place.
    pub changes: bool,
    /// The name on record.
    pub name_on_record: String,
    /// The name as typed.
    pub name: String,
    /// Which statements were ticked.
    pub ticked: Vec<usize>,
    /// Whether to sign with another name was ticked; `None` while it is not asked.
    pub other_name: Option<bool>,
    /// The form's version and the beginning of its fingerprint.
    pub version: (i64, String),
    /// What was known of all answers when the page was drawn.
    pub seen: String,
    /// What it comes to, as the calendar had it when the page was drawn.
    pub sessions: String,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// Something that was not to be expected, over the page.
    pub notice: Option<String>,
    /// Whether the code has become too old meanwhile.
    pub stale: bool,
    /// Why nothing can be signed from this device, if so.
    pub cannot: Option<String>,
    /// The csrf token.
    pub csrf: String,
}

/// The field of a statement.
#[must_use]
pub fn statement_field(place: usize) -> String {
    format!("statement-{place}")
}

/// The page.
pub fn page(words: &'static Words, page: CheckPage) -> impl IntoView {
    let w = &words.leave;
    let (hand, draft) = (page.hand, page.draft.clone());
    let change = move |step: &StepShown| {
        let (href, title) = (hand.step(&draft, &step.key), step.title.clone());
        Some(view! { <a class="tap" href=href>{w.change}<span class="vh">": " {title}</span></a> }.piece())
    };
    let notice = page.notice.clone().map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let notes = page.notes.iter().map(|text| view! { <p class="warn">{text.clone()}</p> }).collect_view();
    let sign = match &page.cannot {
        Some(why) => view! { <p class="warn">{why.clone()}</p> }.piece(),
        None => signature(words, &page).piece(),
    };
    view! {
        <div class="stack read">
            <a class="back" href=page.hand.form(&page.draft)>{w.back_to_steps}</a>
            {errors::summary((w.errors)(page.problems.len()), &page.problems)}
            {notice}
            {page.stale.then(|| stale(words, &page.hand.form(&page.draft)))}
            <h1>{w.check}</h1>
            <p class="soft">{page.title.clone()}</p>
            {notes}
            <h2 class="vh">{w.what_answers}</h2>
            {answered_steps(words, page.steps.clone(), change)}
            <div>
                <div class="ruled"><h3>{w.files_step}</h3><a class="tap" href=page.hand.files(&page.draft)>{w.change}<span class="vh">": " {w.files_step}</span></a></div>
                <p>{(w.files_there)(page.files)}</p>
            </div>
            {sign}
        </div>
    }
}

fn signature(words: &'static Words, page: &CheckPage) -> impl IntoView + use<> {
    let w = &words.leave;
    let statements = page
        .statements
        .iter()
        .enumerate()
        .map(|(place, text)| {
            let field = statement_field(place);
            view! {
                <div class=errors::bad(&page.problems, &field)>
                    {errors::why(&page.problems, &field)}
                    <label class="opt whole">
                        <input type="checkbox" id=field.clone() name=field.clone() value=YES checked=page.ticked.contains(&place)
                            aria-describedby=errors::described(&page.problems, &field) />
                        <span>{text.clone()}</span>
                    </label>
                </div>
            }
        })
        .collect_view();
    let other = page.other_name.map(|ticked| {
        view! {
            <label class="opt whole">
                <input type="checkbox" name="other-name" value=YES checked=ticked />
                <span>{w.other_name_box}</span>
            </label>
        }
    });
    let (version, digest) = &page.version;
    view! {
        <form method="post" action=page.hand.check(&page.draft) novalidate class="stack">
            {csrf_field(&page.csrf)}
            <input type="hidden" name="seen" value=page.seen.clone() />
            <input type="hidden" name="sessions" value=page.sessions.clone() />
            <input type="hidden" name="version" value=version.to_string() />
            <fieldset>
                <legend>{w.statements}</legend>
                {statements}
            </fieldset>
            <div class=errors::bad(&page.problems, "name")>
                <label class="label" for="name">{w.name}</label>
                <span class="hint" id="name-hint">{(w.name_hint)(&page.name_on_record)}</span>
                {errors::why(&page.problems, "name")}
                <input class="in" id="name" name="name" value=page.name.clone() maxlength=NAME_MOST autocomplete="name"
                    aria-describedby=errors::described(&page.problems, "name").unwrap_or_else(|| "name-hint".to_owned()) />
            </div>
            {other}
            <button class="btn big">{if page.changes { w.send_change } else { w.send }}</button>
            <p class="small soft">{(w.version)(*version, digest)}</p>
        </form>
    }
}
