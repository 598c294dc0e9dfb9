//! One child: who is asked about the policy, what each answered, the conversations, and what was signed on paper.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::policy::tag;
use crate::{
    paths,
    rules::{
        conversation::MESSAGE_MOST,
        declaration::Answer,
        form::YES,
        id::{GuardianId, PolicyFileId, PupilId},
        reference::Reference,
        signature::NAME_MOST,
    },
    ui::{
        csrf_field,
        errors::{self, Said},
        piece::IntoPiece,
        talk::{self, Line},
        text_area::text_area,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ChildPage {
    /// The child.
    pub pupil: PupilId,
    /// The whole name with the class.
    pub named: String,
    /// Those who are asked, then those who were and about whose answers something was said.
    pub guardians: Vec<Asked>,
    /// The version that a paper signs: number and adoption; `None` before there is one, or where nobody is asked.
    pub version: Option<(i64, NaiveDate)>,
    /// What was typed about paper.
    pub paper: Paper,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// Something that was not to be expected, and whether it went wrong.
    pub notice: Option<(&'static str, bool)>,
    /// The csrf token.
    pub csrf: String,
}

/// What was typed about paper.
#[derive(Debug, Clone, Default)]
pub struct Paper {
    /// The id made for it.
    pub submission: String,
    /// Who.
    pub who: String,
    /// The day.
    pub day: String,
    /// The name.
    pub name: String,
    /// Whether the paper is about this version though its day is earlier; `None` while that is not asked.
    pub early: Option<bool>,
}

/// A guardian who is asked, or was.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Who.
    pub guardian: GuardianId,
    /// The whole name.
    pub name: String,
    /// What they are to the child.
    pub relationship: String,
    /// Whether they are asked now.
    pub asked: bool,
    /// What they answered to the version that counts.
    pub said: Option<Answered>,
    /// What they answered before, where something was said about it.
    pub earlier: Vec<Answered>,
}

/// An answer of one guardian.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The answer.
    pub answer: Answer,
    /// Its reference.
    pub reference: Reference,
    /// To which version.
    pub version: i64,
    /// When, written.
    pub at: String,
    /// Whether it came on paper.
    pub on_paper: bool,
    /// The scan of it.
    pub scan: Option<PolicyFileId>,
    /// What was said about it.
    pub lines: Vec<Line>,
    /// Whether they can be written to here.
    pub reach: bool,
    /// The id made for the next message.
    pub message: String,
    /// What was typed and not sent.
    pub text: String,
}

/// The page.
pub fn page(words: &'static Words, page: ChildPage) -> impl IntoView {
    let w = &words.declaration_staff;
    let notice = page.notice.map(|(text, wrong)| {
        if wrong {
            view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }.piece()
        } else {
            view! { <p class="warn" role="status">{text}</p> }.piece()
        }
    });
    let none = page.guardians.iter().all(|one| !one.asked).then(|| view! { <p>{w.nobody}</p> });
    let guardians = page.guardians.iter().map(|one| asked(words, one, &page.problems, &page.csrf)).collect_view();
    view! {
        <div class="stack read">
            <a class="back" href=paths::STAFF_POLICY>{w.back}</a>
            {errors::summary((words.common.put_right)(page.problems.len()), &page.problems)}
            {notice}
            <h1>{(w.child_title)(&page.named)}</h1>
            {none}
            {guardians}
            {paper(words, &page)}
        </div>
    }
}

fn asked(words: &'static Words, asked: &Asked, problems: &[Said], csrf: &str) -> impl IntoView + use<> {
    let w = &words.declaration_staff;
    let id = format!("g-{}", asked.guardian);
    let heading = id.clone();
    let answered = |said: &Answered, earlier: bool| {
        let scan =
            said.scan.as_ref().map(|file| view! { " " <a class="tap" href=paths::declaration_scan(file)>{w.scan}</a> });
        let paper = said.on_paper.then(|| view! { " " <span class="small">{w.on_paper}</span> });
        let heading = if earlier { (w.talk_earlier)(&asked.name, said.version) } else { (w.talk_with)(&asked.name) };
        view! {
            <p class="small">
                {earlier.then(|| view! { {tag(words, Some(said.answer))} " " })}
                <span class="soft">{said.at.clone()} ", " {said.reference.to_string()}</span>{paper}{scan}
            </p>
            {conversation(words, said, (&asked.name, heading), problems, csrf)}
        }
    };
    let said = asked.said.as_ref().map(|said| answered(said, false));
    let earlier = asked.earlier.iter().map(|said| answered(said, true)).collect_view();
    let stands = if asked.asked {
        tag(words, asked.said.as_ref().map(|said| said.answer)).piece()
    } else {
        view! { <span class="tag off">{w.not_asked}</span> }.piece()
    };
    view! {
        <section class="stack" aria-labelledby=id>
            <div class="ruled"><h2 id=heading>{asked.name.clone()}</h2><span class="small soft">{(w.is)(&asked.relationship)}</span></div>
            <p>{stands}</p>
            {said}
            {earlier}
        </section>
    }
}

fn conversation(
    words: &'static Words,
    said: &Answered,
    (name, heading): (&str, String),
    problems: &[Said],
    csrf: &str,
) -> impl IntoView + use<> {
    let w = &words.declaration_staff;
    if said.answer == Answer::Signed && said.lines.is_empty() {
        return None;
    }
    let lines = (!said.lines.is_empty()).then(|| talk::talk(said.lines.clone(), words.messages.hidden));
    let field = format!("text-{}", said.reference.as_str());
    let form = if said.reach {
        let area = text_area(&field, 4, MESSAGE_MOST, &said.text, errors::described(problems, &field));
        view! {
            <form method="post" action=paths::staff_declaration_messages(&said.reference) novalidate class="stack noprint">
                {csrf_field(csrf)}
                <input type="hidden" name="message" value=said.message.clone() />
                <div class=errors::bad(problems, &field)>
                    <label class="label" for=field.clone()>{w.message}</label>
                    {errors::why(problems, &field)}
                    {area}
                </div>
                <label class="opt whole"><input type="checkbox" name="asks" value=YES checked /><span>{w.asks}</span></label>
                <p><button class="btn plain">{w.send}<span class="vh">": " {name.to_owned()}</span></button></p>
            </form>
        }
        .piece()
    } else {
        view! { <p class="soft">{w.no_reach}</p> }.piece()
    };
    Some(view! {
        <h3>{heading}</h3>
        {lines}
        {form}
    })
}

fn paper(words: &'static Words, page: &ChildPage) -> impl IntoView + use<> {
    let w = &words.declaration_staff;
    let problems = &page.problems;
    let open: Vec<&Asked> = page
        .guardians
        .iter()
        .filter(|one| one.asked && one.said.as_ref().is_none_or(|said| said.answer != Answer::Signed))
        .collect();
    let Some((version, adopted)) = page.version else { return ().piece() };
    if open.is_empty() {
        return view! { <p class="note">{w.paper_nobody}</p> }.piece();
    }
    let who = open
        .into_iter()
        .enumerate()
        .map(|(place, one)| {
            let id = if place == 0 { "who".to_owned() } else { format!("who-{place}") };
            let chosen = page.paper.who == one.guardian.as_str();
            view! {
                <label class="opt whole">
                    <input type="radio" name="who" value=one.guardian.to_string() id=id checked=chosen />
                    <span>{one.name.clone()}</span>
                </label>
            }
        })
        .collect_view();
    let early = page.paper.early.map(|ticked| {
        view! {
            <label class="opt whole"><input type="checkbox" name="early" value=YES checked=ticked /><span>{w.paper_early_box}</span></label>
        }
    });
    view! {
        <section class="stack noprint" aria-labelledby="paper">
            <h2 class="ruled" id="paper">{w.paper}</h2>
            <p>{w.paper_lead}</p>
            <p><b>{(w.paper_version)(version, adopted)}</b></p>
            <form method="post" action=paths::declaration_paper(&page.pupil) enctype="multipart/form-data" novalidate class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="submission" value=page.paper.submission.clone() />
                <input type="hidden" name="version" value=version.to_string() />
                <fieldset class=format!("field {}", errors::bad(problems, "who")) aria-describedby=errors::described(problems, "who")>
                    <legend>{w.paper_who}</legend>
                    {errors::why(problems, "who")}
                    <div class="opts">{who}</div>
                </fieldset>
                <div class=errors::bad(problems, "day")>
                    <label class="label" for="day">{w.paper_day}</label>
                    {errors::why(problems, "day")}
                    <input class="in short" type="date" id="day" name="day" value=page.paper.day.clone() aria-describedby=errors::described(problems, "day") />
                </div>
                {early}
                <div class=errors::bad(problems, "name")>
                    <label class="label" for="name">{w.paper_name}</label>
                    {errors::why(problems, "name")}
                    <input class="in" id="name" name="name" value=page.paper.name.clone() maxlength=NAME_MOST autocomplete="off" aria-describedby=errors::described(problems, "name") />
                </div>
                <div class=errors::bad(problems, "files")>
                    <label class="label" for="files">{w.paper_scan} " " <span class="opt-word">{words.common.optional}</span><span class="hint">{w.paper_scan_hint}</span></label>
                    {errors::why(problems, "files")}
                    <input class="in" type="file" id="files" name="files" accept="image/jpeg,image/png,application/pdf,.pdf" aria-describedby=errors::described(problems, "files") />
                </div>
                <p><button class="btn">{w.paper_go}</button></p>
            </form>
        </section>
    }
    .piece()
}
