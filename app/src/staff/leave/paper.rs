//! A form for leave that came on paper: begun for a guardian of a child, and at its end who signed it and when.

use leptos::prelude::*;

use crate::{
    paths::{self, Hand},
    rules::{
        form::YES,
        id::{PupilId, SubmissionId},
        leave::PaperForm,
    },
    ui::{
        answered::{StepShown, answered_steps},
        csrf_field,
        errors::{self, Said},
        piece::IntoPiece,
    },
    words::Words,
};

/// What the page shows on which one is begun.
#[derive(Debug, Clone)]
pub struct BeginPage {
    /// The child.
    pub pupil: PupilId,
    /// The whole name.
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// Who may have handed it in: id, name, relationship, and whether they are chosen.
    pub guardians: Vec<(String, String, String, bool)>,
    /// The day and the time of receipt, as typed.
    pub received: (String, String),
    /// The id made for the form.
    pub draft: String,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// Whether too many are begun for this guardian.
    pub too_many: bool,
    /// The csrf token.
    pub csrf: String,
}

/// Whose form it is, and when it came.
pub fn begin(words: &'static Words, page: BeginPage) -> impl IntoView {
    let w = &words.leave_paper;
    let back = view! { <a class="back" href=paths::child(&page.pupil)>{page.name.clone()}</a> };
    if page.guardians.is_empty() {
        return view! {
            <div class="stack read">{back}<h1>{w.title}</h1><p class="note">{w.nobody}</p></div>
        }
        .piece();
    }
    let people = page
        .guardians
        .iter()
        .enumerate()
        .map(|(place, (id, name, relationship, chosen))| {
            let field = if place == 0 { "guardian".to_owned() } else { format!("guardian-{place}") };
            view! {
                <label class="opt whole">
                    <input type="radio" name="guardian" value=id.clone() id=field checked=*chosen />
                    <span>{name.clone()} " " <span class="soft small">{relationship.clone()}</span></span>
                </label>
            }
        })
        .collect_view();
    let full = page
        .too_many
        .then(|| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{w.too_many}</p></div> });
    view! {
        <div class="stack read">
            {back}
            {errors::summary((words.common.put_right)(page.problems.len()), &page.problems)}
            {full}
            <h1>{w.title}</h1>
            <p class="soft">{page.name.clone()} ", " {page.class}</p>
            <p>{w.lead}</p>
            <form method="post" action=paths::leave_paper(&page.pupil) novalidate class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="draft" value=page.draft />
                <fieldset class=errors::bad(&page.problems, "guardian")>
                    <legend>{w.who}</legend>
                    <span class="hint">{w.who_hint}</span>
                    {errors::why(&page.problems, "guardian")}
                    <div class="opts plain-list">{people}</div>
                </fieldset>
                {received(words, &page.received, &page.problems)}
                <button class="btn big">{w.begin}</button>
            </form>
        </div>
    }
    .piece()
}

/// The day and the time of receipt.
fn received(words: &'static Words, (day, time): &(String, String), problems: &[Said]) -> impl IntoView + use<> {
    let w = &words.leave_paper;
    view! {
        {field(problems, "received", w.received, w.received_hint, "date", day)}
        {field(problems, "received-time", w.received_time, w.received_time_hint, "time", time)}
    }
}

fn field(
    problems: &[Said],
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    kind: &'static str,
    value: &str,
) -> impl IntoView + use<> {
    let hint_id = format!("{name}-hint");
    let described = [Some(hint_id.clone()), errors::described(problems, name)];
    let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let bad = errors::said(problems, name).is_some();
    let class = if kind == "text" { "in" } else { "in short" };
    view! {
        <div class=errors::bad(problems, name)>
            <label class="label" for=name>{label}</label>
            <span class="hint" id=hint_id>{hint}</span>
            {errors::why(problems, name)}
            <input class=class type=kind id=name name=name value=value.to_owned() maxlength=(kind == "text").then_some(120)
                autocomplete="off" aria-describedby=described aria-invalid=bad.then_some("true") />
        </div>
    }
}

/// What the last page shows.
#[derive(Debug, Clone)]
pub struct CheckPage {
    /// Which form.
    pub draft: SubmissionId,
    /// What it is called.
    pub title: String,
    /// Whose it is.
    pub guardian: String,
    /// The answers as they were typed in.
    pub steps: Vec<StepShown>,
    /// How many letters and photos stand with it.
    pub files: usize,
    /// What is declared.
    pub statements: Vec<String>,
    /// Whether it came, by the day given, after the absence began.
    pub begun: bool,
    /// What was typed of the paper itself.
    pub paper: PaperForm,
    /// The form's version and the beginning of its fingerprint.
    pub version: (i64, String),
    /// What was known of all answers when the page was drawn.
    pub seen: String,
    /// Which sessions it comes to, as the calendar had it when the page was drawn.
    pub sessions: String,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// Something that was not to be expected, over the page.
    pub notice: Option<String>,
    /// The csrf token.
    pub csrf: String,
}

/// The answers once more, and who signed when.
pub fn check(words: &'static Words, page: CheckPage) -> impl IntoView {
    let (w, l) = (&words.leave_paper, &words.leave);
    let draft = page.draft.clone();
    let change = move |step: &StepShown| {
        let (href, title) = (Hand::LeavePaper.step(&draft, &step.key), step.title.clone());
        Some(view! { <a class="tap" href=href>{l.change}<span class="vh">": " {title}</span></a> }.piece())
    };
    let notice = page.notice.clone().map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let statements = page.statements.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    let files = (words.leave.files_there)(page.files);
    let paper = &page.paper;
    let (version, digest) = &page.version;
    view! {
        <div class="stack read">
            <a class="back" href=Hand::LeavePaper.form(&page.draft)>{l.back_to_steps}</a>
            {errors::summary((words.common.put_right)(page.problems.len()), &page.problems)}
            {notice}
            <h1>{l.check}</h1>
            <p class="soft">{page.title.clone()} ", " {page.guardian.clone()}</p>
            {page.begun.then(|| view! { <p class="warn"><b>{words.leave_staff.late} "."</b> " " {words.leave_staff.late_means}</p> })}
            <h2 class="vh">{l.what_answers}</h2>
            {answered_steps(words, page.steps.clone(), change)}
            <div>
                <div class="ruled"><h3>{words.evidence.staff_title}</h3><a class="tap" href=Hand::LeavePaper.files(&page.draft)>{l.change}<span class="vh">": " {words.evidence.staff_title}</span></a></div>
                <p>{files}</p>
            </div>
            <form method="post" action=Hand::LeavePaper.check(&page.draft) novalidate class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="seen" value=page.seen.clone() />
                <input type="hidden" name="sessions" value=page.sessions.clone() />
                <input type="hidden" name="version" value=version.to_string() />
                <h2 class="ruled">{w.on_the_paper}</h2>
                {received(words, &(paper.day.clone(), paper.time.clone()), &page.problems)}
                {field(&page.problems, "name", w.name, w.name_hint, "text", &paper.name)}
                {field(&page.problems, "signed", w.signed, w.signed_hint, "date", &paper.signed)}
                <details class="fold">
                    <summary><span><b>{w.statements}</b></span> <u>{words.report.show}</u></summary>
                    <div class="stack"><ul class="declared">{statements}</ul></div>
                </details>
                <div class=errors::bad(&page.problems, "declared")>
                    {errors::why(&page.problems, "declared")}
                    <label class="opt whole">
                        <input type="checkbox" id="declared" name="declared" value=YES checked=paper.declared
                            aria-describedby=errors::described(&page.problems, "declared") />
                        <span>{w.declared}</span>
                    </label>
                </div>
                <p class="note">{w.what_follows}</p>
                <button class="btn big">{w.enter}</button>
                <p class="small soft">{(l.version)(*version, digest)}</p>
            </form>
        </div>
    }
}

/// A form that is being typed in.
#[derive(Debug, Clone)]
pub struct PaperDraft {
    /// Which.
    pub draft: SubmissionId,
    /// Whose it is.
    pub guardian: String,
    /// The children in it, as one text; "" while there are none.
    pub children: String,
    /// The written time it was saved.
    pub saved: String,
}

/// The forms that this member of staff is typing in; nothing where there are none.
pub(super) fn begun(words: &'static Words, forms: Vec<PaperDraft>) -> impl IntoView + use<> {
    let w = &words.leave_paper;
    let rows = forms
        .iter()
        .map(|form| {
            let about = format!("{}, {}", form.guardian, form.children);
            let children = (!form.children.is_empty()).then(|| format!("{}, ", form.children));
            view! {
                <li>
                    <div><b>{form.guardian.clone()}</b><p class="small soft">{children} {(w.saved)(&form.saved)}</p></div>
                    <div class="acts">
                        <a class="btn" href=Hand::LeavePaper.form(&form.draft)>{words.leave.go_on}<span class="vh">": " {about.clone()}</span></a>
                        <a class="btn stop" href=Hand::LeavePaper.drop(&form.draft)>{words.leave.throw_away}<span class="vh">": " {about}</span></a>
                    </div>
                </li>
            }
        })
        .collect_view();
    (!forms.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="typing">
                <h2 class="ruled" id="typing">{w.begun}</h2>
                <ul class="rows">{rows}</ul>
            </section>
        }
    })
}
