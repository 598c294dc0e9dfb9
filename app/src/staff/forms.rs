//! A form of the school's: its questions and words, changed as one text and looked at before it counts.

use leptos::prelude::*;

use crate::{
    paths,
    rules::form::{Flaw, Form},
    ui::{csrf_field, text_area::text_area},
    words::Words,
};

/// How many characters the text may have: a form that is posted has room for so many.
pub const LONGEST: usize = 40_000;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct FormsPage {
    /// The form's name.
    pub name: &'static str,
    /// The names of the others.
    pub others: Vec<&'static str>,
    /// The text, as typed.
    pub text: String,
    /// The version it was made from.
    pub seen: i64,
    /// What it comes to; `None` where it cannot be read.
    pub form: Option<Form>,
    /// What is wrong with it: the reader's own words, with a line.
    pub slip: Option<String>,
    /// What is wrong with it: flaws.
    pub flaws: Vec<Flaw>,
    /// Something that was not to be expected.
    pub notice: Option<&'static str>,
    /// Every version, the latest first: number, written time, who.
    pub versions: Vec<(i64, String, Option<String>)>,
    /// The csrf token.
    pub csrf: String,
}

/// The page.
pub fn page(words: &'static Words, page: FormsPage) -> impl IntoView {
    let w = &words.forms;
    let wrong = page.slip.is_some() || !page.flaws.is_empty();
    let said = wrong.then(|| {
        let lines = page.flaws.iter().map(|flaw| view! { <li>{(w.flaw)(flaw)}</li> }).collect_view();
        let slip = page.slip.clone().map(|slip| view! { <li class="words">{w.slip} "\n" {slip}</li> });
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><h2>{w.not_kept}</h2><ul>{slip}{lines}</ul></div> }
    });
    let notice = page.notice.map(|text| view! { <p class="warn" role="status">{text}</p> });
    let others = page
        .others
        .iter()
        .map(|name| view! { <li><a class="tap" href=paths::forms(name)>{(w.title_of)(name)}</a></li> })
        .collect_view();
    let versions = page
        .versions
        .iter()
        .map(|(version, when, who)| {
            view! { <li>{(w.version)(*version, when, who.as_deref())}</li> }
        })
        .collect_view();
    view! {
        <div class="stack read">
            {said}
            {notice}
            <h1>{(w.title_of)(page.name)}</h1>
            <p>{(w.lead)(page.name)}</p>
            <ul class="acts noprint">{others}</ul>
            <form method="post" action=paths::forms(page.name) class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="seen" value=page.seen.to_string() />
                <label class="label" for="text">{w.text}<span class="hint">{w.hint}</span></label>
                {text_area("text", 24, LONGEST, &page.text, None)}
                <div class="acts">
                    <button class="btn" name="then" value="look">{w.look}</button>
                    <button class="btn plain" name="then" value="keep">{w.keep}</button>
                </div>
            </form>
            {page.form.as_ref().map(|form| shown(words, form))}
            <section aria-labelledby="versions">
                <h2 class="ruled" id="versions">{w.versions}</h2>
                <ul>{versions}</ul>
            </section>
        </div>
    }
}

/// The form as families would meet it, in short.
fn shown(words: &'static Words, form: &Form) -> impl IntoView + use<> {
    let w = &words.forms;
    let steps = form
        .steps
        .iter()
        .map(|step| {
            let questions = step
                .questions
                .iter()
                .map(|question| {
                    let optional = question.optional.then(|| format!(" ({})", words.common.optional.to_lowercase()));
                    let choices = question.choices.iter().map(|choice| choice.label.clone()).collect::<Vec<_>>();
                    let choices =
                        (!choices.is_empty()).then(|| view! { <p class="small soft">{choices.join(" · ")}</p> });
                    view! { <li>{question.label.clone()} {optional} {choices}</li> }
                })
                .collect_view();
            let own = step.built_in.then(|| view! { <p class="small soft">{w.built_in}</p> });
            view! { <li><p><b>{step.title.clone()}</b></p>{own}<ul>{questions}</ul></li> }
        })
        .collect_view();
    let other = (!form.other_statement.is_empty()).then(|| {
        view! { <h3>{words.leave.others}</h3><p>{form.other_statement.clone()}</p> }
    });
    let statements = form.statements.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    view! {
        <section class="stack" aria-labelledby="shown">
            <h2 class="ruled" id="shown">{w.shown}</h2>
            <p><b>{form.title.clone()}</b></p>
            <ol class="steps">{steps}</ol>
            <h3>{words.leave.statements}</h3>
            <ul>{statements}</ul>
            {other}
        </section>
    }
}
