//! One request on one page: all that is needed to prepare and decide it.

use leptos::prelude::*;

use super::{
    child::{self, ChildShown},
    decide::{self, Decide},
    notes::{self, Beside},
};
use crate::{
    paths,
    rules::reference::Reference,
    ui::{
        answered::{StepShown, answered_steps},
        errors::{self, Said},
        file_list::{FileShown, file_list},
        piece::IntoPiece,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct RequestPage {
    /// The reference.
    pub reference: Reference,
    /// The written date and time it was received, to the second.
    pub received: String,
    /// From when to when, as one text.
    pub days: String,
    /// The notice given.
    pub notice: i64,
    /// Who applied.
    pub applicant: String,
    /// Who typed it in from paper.
    pub entered_by: Option<String>,
    /// Whether it came before the absence began.
    pub in_advance: bool,
    /// What took its place.
    pub replaced_by: Option<Reference>,
    /// The answers, with the questions of their day.
    pub steps: Vec<StepShown>,
    /// What was declared.
    pub statements: Vec<String>,
    /// The name beneath, and the written time.
    pub signed: (String, String),
    /// The form's version and the beginning of its fingerprint.
    pub version: (i64, String),
    /// The other parents who were asked: name, whether they signed, the written time.
    pub signers: Vec<(String, Option<bool>, String)>,
    /// Letters and photos.
    pub files: Vec<FileShown>,
    /// Each child.
    pub children: Vec<ChildShown>,
    /// That children of one family have different answers.
    pub differ: Option<String>,
    /// Notes and messages.
    pub beside: Beside,
    /// The form of the decision, for who decides.
    pub decide: Option<Decide>,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// Why nothing was kept, if it was not for the form.
    pub refused: Option<&'static str>,
}

/// The page.
pub fn page(words: &'static Words, page: RequestPage) -> impl IntoView {
    let (w, l) = (&words.leave_staff, &words.leave);
    let names: Vec<&str> = page.children.iter().map(|child| child.full_name.as_str()).collect();
    let names = (words.common.list)(&names);
    let refused =
        page.refused.map(|text| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> });
    let replaced = page.replaced_by.as_ref().map(|new| {
        view! { <p class="warn">{w.replaced} " " <a class="tap" href=paths::staff_leave(new)>{w.see_new}</a></p> }
    });
    let late = (!page.in_advance).then(|| view! { <p class="warn"><b>{w.late} "."</b> " " {w.late_means}</p> });
    let paper = page.entered_by.as_ref().map(|name| view! { <span class="line small">{(w.on_paper)(name)}</span> });
    let differ = page.differ.clone().map(|text| view! { <p class="note">{text}</p> });
    let to_decision = page.decide.is_some().then(|| {
        view! { <p class="noprint"><a class="btn plain" href="#decide" accesskey="d">{w.to_decision}</a></p> }
    });
    let children =
        page.children.iter().cloned().enumerate().map(|(place, one)| child::section(words, one, place)).collect_view();
    let decide = page.decide.clone().map(|form| decide::section(words, form, &page.problems));
    view! {
        <div class="stack">
            <a class="back noprint" href=paths::STAFF_LEAVE>{w.back}</a>
            {errors::summary((words.common.put_right)(page.problems.len()), &page.problems)}
            {refused}
            <div class="two">
                <div class="stack">
                    <p class="dateline"><span>{w.one_title} " " <span class="ref nb">{page.reference.to_string()}</span></span></p>
                    <h1>{names}</h1>
                    {replaced}
                    {late}
                    <dl class="facts">
                        <div><dt>{l.sign_when}</dt><dd><b>{page.days.clone()}</b></dd></div>
                        <div><dt>{w.applicant}</dt><dd>{page.applicant.clone()}{paper}</dd></div>
                        <div><dt>{l.received}</dt><dd>{page.received.clone()} <span class="line small">{(w.notice)(page.notice)}</span></dd></div>
                    </dl>
                    {differ}
                    {to_decision}
                    {request(words, &page)}
                    {children}
                    {decide}
                </div>
                <div class="stack">{notes::column(words, page.beside.clone(), &page.problems)}</div>
            </div>
        </div>
    }
}

fn request(words: &'static Words, page: &RequestPage) -> impl IntoView + use<> {
    let (w, l) = (&words.leave_staff, &words.leave);
    let statements = page.statements.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    let signers = page
        .signers
        .iter()
        .map(|(name, signed, when)| view! { <div><dt>{name.clone()}</dt><dd>{(l.other_state)(*signed, when)}</dd></div> })
        .collect_view();
    let signers = if page.signers.is_empty() {
        view! { <p class="soft">{w.no_signers}</p> }.piece()
    } else {
        view! { <dl class="facts">{signers}</dl> }.piece()
    };
    let files = if page.files.is_empty() {
        view! { <p class="soft">{w.no_evidence}</p> }.piece()
    } else {
        let all = page.files.iter().cloned().map(|file| {
            let href = paths::staff_leave_file(&page.reference, &file.evidence);
            (file, href, ())
        });
        file_list(words, all.collect()).piece()
    };
    let (version, digest) = &page.version;
    view! {
        <section class="stack" aria-labelledby="request">
            <h2 class="ruled" id="request">{w.request}</h2>
            {answered_steps(words, page.steps.clone(), |_| None)}
            <div><h3 class="ruled">{w.signers}</h3>{signers}</div>
            <div><h3 class="ruled">{w.evidence}</h3>{files}</div>
            <details class="fold">
                <summary><span><b>{l.statements}</b> <span class="line small">{(l.signed_by)(&page.signed.0, &page.signed.1)}</span></span> <u>{words.report.show}</u></summary>
                <div class="stack"><ul class="declared">{statements}</ul><p class="small soft">{(l.version)(*version, digest)}</p></div>
            </details>
        </section>
    }
}
