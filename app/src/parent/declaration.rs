//! Answering the policy: for which children, which answer, and what was sent.

use leptos::prelude::*;

use super::messages::{self, Messages};
use crate::{
    paths,
    rules::{
        conversation::MESSAGE_MOST,
        declaration::{Answer, EXPLANATION_MOST},
        form::YES,
        id::PupilId,
        reference::Reference,
        signature::NAME_MOST,
    },
    ui::{
        csrf_field,
        errors::{self, Said},
        piece::IntoPiece,
        stale::stale,
        text_area::text_area,
    },
    words::Words,
};

/// What the page to answer shows.
#[derive(Debug, Clone)]
pub struct SignPage {
    /// The id made for the answer.
    pub submission: String,
    /// The number of the version.
    pub version: i64,
    /// "Version 3. Adopted ...".
    pub about: String,
    /// What is declared.
    pub statement: String,
    /// The children who wait for an answer or have one that can change: id, name with class.
    pub children: Vec<(PupilId, String)>,
    /// As typed.
    pub typed: Typed,
    /// The name on record.
    pub name_on_record: String,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// Something that was not to be expected.
    pub notice: Option<&'static str>,
    /// Whether the code has become too old meanwhile.
    pub stale: bool,
    /// Why nothing can be signed from this device, if so.
    pub cannot: Option<String>,
    /// The csrf token.
    pub csrf: String,
}

/// What was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The children chosen.
    pub children: Vec<String>,
    /// The answer chosen.
    pub answer: Option<Answer>,
    /// The name.
    pub name: String,
    /// Why it is another.
    pub explanation: String,
    /// What to talk about.
    pub talk: String,
    /// Why not.
    pub no: String,
}

/// The page to answer.
pub fn sign(words: &'static Words, page: SignPage) -> impl IntoView {
    let w = &words.declaration;
    let notice = page.notice.map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let form = match (&page.cannot, page.children.is_empty()) {
        (_, true) => view! { <p class="note">{w.nothing_left}</p> }.piece(),
        (Some(why), _) => view! { <p class="warn">{why.clone()}</p> }.piece(),
        (None, false) => form(words, &page).piece(),
    };
    view! {
        <div class="stack read">
            <a class="back" href=paths::POLICY>{w.back}</a>
            {errors::summary((w.errors)(page.problems.len()), &page.problems)}
            {notice}
            {page.stale.then(|| stale(words, paths::POLICY))}
            <h1>{w.sign_title}</h1>
            <p>{w.sign_lead}</p>
            <p>{page.about.clone()} " " <a class="tap" href=paths::POLICY>{w.read_first}</a></p>
            {form}
        </div>
    }
}

fn form(words: &'static Words, page: &SignPage) -> impl IntoView + use<> {
    let w = &words.declaration;
    let problems = &page.problems;
    let children = page
        .children
        .iter()
        .enumerate()
        .map(|(place, (pupil, named))| {
            // The summary's link leads to the first.
            let id = if place == 0 { "child".to_owned() } else { format!("child-{place}") };
            let chosen = page.typed.children.iter().any(|one| one == pupil.as_str());
            view! {
                <label class="opt whole">
                    <input type="checkbox" name="child" value=pupil.to_string() id=id checked=chosen />
                    <span>{named.clone()}</span>
                </label>
            }
        })
        .collect_view();
    let option = |answer: Answer, id: &'static str| {
        let chosen = page.typed.answer == Some(answer);
        view! {
            <label class="opt whole">
                <input type="radio" name="answer" value=answer.word() id=id checked=chosen />
                <span>{(w.choice)(answer)}</span>
            </label>
        }
    };
    let said = |field: &'static str, label: &'static str, text: &str| {
        let described = errors::described(problems, field);
        let why = errors::why(problems, field);
        let area = text_area(field, 4, MESSAGE_MOST, text, described);
        view! {
            <div class="more">
                <div class=errors::bad(problems, field)>
                    <label class="label" for=field>{label} " " <span class="opt-word">{words.common.optional}</span></label>
                    <span class="hint">{w.words_hint}</span>
                    {why}
                    {area}
                </div>
            </div>
        }
    };
    view! {
        <form method="post" action=paths::DECLARE novalidate class="stack">
            {csrf_field(&page.csrf)}
            <input type="hidden" name="submission" value=page.submission.clone() />
            <input type="hidden" name="version" value=page.version.to_string() />
            <fieldset class=format!("field {}", errors::bad(problems, "child")) aria-describedby=errors::described(problems, "child")>
                <legend>{w.for_whom}</legend>
                {errors::why(problems, "child")}
                <div class="opts">{children}</div>
            </fieldset>
            <fieldset class=format!("field {}", errors::bad(problems, "answer")) aria-describedby=errors::described(problems, "answer")>
                <legend>{w.your_answer}</legend>
                {errors::why(problems, "answer")}
                <div class="opts">
                    {option(Answer::Signed, "answer")}
                    {signing(words, page)}
                    {option(Answer::Talk, "answer-talk")}
                    {said("words-talk", w.talk_words, &page.typed.talk)}
                    {option(Answer::No, "answer-no")}
                    {said("words-no", w.no_words, &page.typed.no)}
                </div>
            </fieldset>
            <button class="btn big">{w.send}</button>
            <p class="small soft">{w.means}</p>
        </form>
    }
}

/// What opens under "I sign": the statement with its box, never ticked, and the name.
fn signing(words: &'static Words, page: &SignPage) -> impl IntoView + use<> {
    let w = &words.declaration;
    let problems = &page.problems;
    view! {
        <div class="more">
            <div class=errors::bad(problems, "agree")>
                {errors::why(problems, "agree")}
                <label class="opt whole">
                    <input type="checkbox" id="agree" name="agree" value=YES aria-describedby=errors::described(problems, "agree") />
                    <span>{page.statement.clone()}</span>
                </label>
            </div>
            <div class=errors::bad(problems, "name")>
                <label class="label" for="name">{w.name}</label>
                <span class="hint" id="name-hint">{(w.name_hint)(&page.name_on_record)}</span>
                {errors::why(problems, "name")}
                <input class="in" id="name" name="name" value=page.typed.name.clone() maxlength=NAME_MOST autocomplete="name"
                    aria-describedby=errors::described(problems, "name").unwrap_or_else(|| "name-hint".to_owned()) />
            </div>
            <div class=errors::bad(problems, "explanation")>
                <label class="label" for="explanation">{w.explanation} " " <span class="opt-word">{words.common.optional}</span></label>
                <span class="hint" id="explanation-hint">{w.explanation_hint}</span>
                {errors::why(problems, "explanation")}
                <input class="in" id="explanation" name="explanation" value=page.typed.explanation.clone() maxlength=EXPLANATION_MOST
                    autocomplete="off" aria-describedby=errors::described(problems, "explanation").unwrap_or_else(|| "explanation-hint".to_owned()) />
            </div>
        </div>
    }
}

/// What the receipt shows.
#[derive(Debug, Clone)]
pub struct ReceiptPage {
    /// The reference.
    pub reference: Reference,
    /// The answer.
    pub answer: Answer,
    /// When it came, to the second.
    pub received: String,
    /// For whom, each with the class.
    pub children: Vec<String>,
    /// The version.
    pub version: i64,
    /// What was declared.
    pub statement: String,
    /// The name beneath; "" where it is no signature.
    pub signed_name: String,
    /// Why it is another than the one on record.
    pub explanation: Option<String>,
    /// The written day of one on paper.
    pub paper_day: Option<String>,
    /// Whether a later answer has taken its place.
    pub replaced: bool,
    /// The fingerprints of what is recorded, and of the policy.
    pub digests: (String, String),
    /// What the children are called who wait for an answer, or whose answer can change.
    pub waiting: Vec<String>,
    /// The conversation with the school.
    pub messages: Messages,
    /// The csrf token.
    pub csrf: String,
}

/// The receipt.
pub fn receipt(words: &'static Words, page: ReceiptPage) -> impl IntoView {
    let w = &words.declaration;
    let signed = page.answer == Answer::Signed;
    let fact = |label: &'static str, text: String| view! { <div><dt>{label}</dt><dd>{text}</dd></div> };
    let declared = signed.then(|| {
        view! {
            {fact(w.declared, page.statement.clone())}
            {fact(w.signed_name, page.signed_name.clone())}
            {page.explanation.clone().map(|why| fact(w.explanation, why))}
        }
    });
    let pdf = signed.then(|| view! { <li><a href=paths::declaration_pdf(&page.reference)>{w.pdf}</a></li> });
    let waiting: Vec<&str> = page.waiting.iter().map(String::as_str).collect();
    let more = (!waiting.is_empty()).then(|| {
        view! { <li><a href=paths::DECLARE>{(w.sign_for)(&(words.common.list)(&waiting))}</a></li> }
    });
    let (signature, policy) = page.digests.clone();
    view! {
        <div class="stack read">
            <a class="back" href=paths::POLICY>{w.back}</a>
            <h1>{(w.receipt_title)(page.answer)}</h1>
            {page.replaced.then(|| view! { <p class="warn">{w.replaced}</p> })}
            <p>{(w.next)(page.answer)}</p>
            {page.paper_day.clone().map(|day| view! { <p class="note">{(w.on_paper)(&day)}</p> })}
            <dl class="facts">
                {fact(w.reference, page.reference.to_string())}
                {fact(w.when, page.received.clone())}
                {fact(w.child, page.children.join("; "))}
                <div><dt>{w.policy}</dt><dd><a class="tap" href=paths::policy_version(page.version)>{(w.version_link)(page.version)}</a></dd></div>
                {declared}
            </dl>
            <nav class="links" aria-label=words.common.more><ul>{pdf}{more}</ul></nav>
            {messages::section(words, &page.messages, &paths::declaration_messages(&page.reference), &page.csrf, false)}
            <section class="small soft stack" aria-labelledby="digests">
                <h2 class="small" id="digests">{w.digests}</h2>
                <p class="words">{w.signature_digest} ": " {signature}</p>
                <p class="words">{w.policy_digest} ": " {policy}</p>
            </section>
        </div>
    }
}
