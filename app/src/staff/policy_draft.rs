//! Writing the next version of the policy: saved as typed, looked at, published.

use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        declaration::{LONGEST_CHANGES, LONGEST_SUMMARY, LONGEST_TEXT, LONGEST_TITLE, PolicyDraft},
        prose::Prose,
    },
    ui::{
        csrf_field,
        errors::{self, Said},
        piece::IntoPiece,
        prose::prose,
        text_area::text_area,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct DraftPage {
    /// As typed.
    pub draft: PolicyDraft,
    /// The saving it was made from.
    pub seen: i64,
    /// The version it follows.
    pub after: i64,
    /// When it was saved (written), and by whom.
    pub saved: Option<(String, Option<String>)>,
    /// The name of the file beside it.
    pub file: Option<String>,
    /// What is declared.
    pub statement: String,
    /// The text and the summary as families will see them; `None` where nothing is written.
    pub shown: Option<(Prose, Prose)>,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// What became of the last step, and whether it went wrong.
    pub notice: Option<(String, bool)>,
    /// The csrf token.
    pub csrf: String,
}

/// The page.
pub fn page(words: &'static Words, page: DraftPage) -> impl IntoView {
    let w = &words.declaration_staff;
    let notice = page.notice.clone().map(|(text, wrong)| {
        if wrong {
            view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }.piece()
        } else {
            view! { <p class="warn" role="status">{text}</p> }.piece()
        }
    });
    let saved = page.saved.clone().map(|(when, who)| view! { <p class="soft">{(w.saved)(&when, who.as_deref())}</p> });
    let shown = page.shown.clone().map(|(summary, text)| {
        view! {
            <section class="stack" aria-labelledby="shown">
                <h2 class="ruled" id="shown">{w.shown}</h2>
                <p><b>{page.draft.title.clone()}</b></p>
                {prose(&summary, "")}
                {prose(&text, "")}
            </section>
        }
    });
    view! {
        <div class="stack read">
            <a class="back" href=paths::STAFF_POLICY>{w.back}</a>
            {errors::summary(w.not_published.to_owned(), &page.problems)}
            {notice}
            <h1>{w.draft_title}</h1>
            <p>{w.draft_lead}</p>
            {saved}
            {form(words, &page)}
            {file(words, &page)}
            {shown}
        </div>
    }
}

fn form(words: &'static Words, page: &DraftPage) -> impl IntoView + use<> {
    let w = &words.declaration_staff;
    let problems = &page.problems;
    let [title, adopted, renewal, summary, changes, body] = w.fields;
    let hint = |place: usize| {
        let text = w.hints[place];
        (!text.is_empty()).then(|| view! { <span class="hint">{text}</span> })
    };
    let day = |name: &'static str, label: &'static str, typed: &str| {
        view! {
            <div class=errors::bad(problems, name)>
                <label class="label" for=name>{label}</label>
                {errors::why(problems, name)}
                <input class="in short" type="date" id=name name=name value=typed.to_owned() aria-describedby=errors::described(problems, name) />
            </div>
        }
    };
    let area = |name: &'static str, label: &'static str, place: usize, rows: u8, most: usize, typed: &str| {
        let area = text_area(name, rows, most, typed, errors::described(problems, name));
        view! {
            <div class=errors::bad(problems, name)>
                <label class="label" for=name>{label}</label>
                {hint(place)}
                {errors::why(problems, name)}
                {area}
            </div>
        }
    };
    let draft = &page.draft;
    view! {
        <form method="post" action=paths::POLICY_DRAFT novalidate class="stack">
            {csrf_field(&page.csrf)}
            <input type="hidden" name="seen" value=page.seen.to_string() />
            <input type="hidden" name="after" value=page.after.to_string() />
            <div class=errors::bad(problems, "title")>
                <label class="label" for="title">{title}</label>
                {errors::why(problems, "title")}
                <input class="in" id="title" name="title" value=draft.title.clone() maxlength=LONGEST_TITLE autocomplete="off"
                    aria-describedby=errors::described(problems, "title") />
            </div>
            {day("adopted", adopted, &draft.adopted)}
            {day("renewal", renewal, &draft.renewal)}
            {area("summary", summary, 3, 6, LONGEST_SUMMARY, &draft.summary)}
            {area("changes", changes, 4, 4, LONGEST_CHANGES, &draft.changes)}
            {area("body", body, 5, 24, LONGEST_TEXT, &draft.text)}
            <p class="note"><b>{w.statement}</b> " " {page.statement.clone()}</p>
            <div class="acts">
                <button class="btn" name="then" value="look">{w.look}</button>
                <button class="btn plain" name="then" value="publish">{w.publish}</button>
            </div>
            <p class="small soft">{w.publish_means}</p>
        </form>
    }
}

/// The file stands in a form of its own: a browser cannot give a file back that went with a form to be put right.
fn file(words: &'static Words, page: &DraftPage) -> impl IntoView + use<> {
    let w = &words.declaration_staff;
    // There is something to add it to.
    if page.seen == 0 {
        return None;
    }
    let there = page.file.clone().map(|name| {
        view! {
            <p>{(w.file_there)(&name)}</p>
            <p><button class="btn stop" name="remove" value="yes">{w.file_remove}</button></p>
        }
    });
    Some(view! {
        <section class="stack" aria-labelledby="the-file">
            <h2 class="ruled" id="the-file">{w.file}</h2>
            <form method="post" action=paths::POLICY_DRAFT_FILE enctype="multipart/form-data" class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="seen" value=page.seen.to_string() />
                <input type="hidden" name="after" value=page.after.to_string() />
                <label class="label" for="files">{w.file}<span class="hint">{w.file_hint}</span></label>
                <input class="in" type="file" id="files" name="files" accept="application/pdf,.pdf" />
                <p><button class="btn plain">{w.file_add}</button></p>
                {there}
            </form>
        </section>
    })
}
