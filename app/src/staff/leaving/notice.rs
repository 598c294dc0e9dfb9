//! One notice on one page: what the family said, what the council gets, what has to be done for each child.

use leptos::prelude::*;

use super::lines::{self, ChildLines, Desk};
use crate::{
    paths,
    rules::{
        conversation::{MESSAGE_MOST, Reach},
        leaving::{Kind, Referral, State},
        reference::Reference,
    },
    ui::{
        answered::{StepShown, answered_steps},
        csrf_field,
        errors::{self, Said},
        file_list::{FileShown, file_list},
        piece::IntoPiece,
        talk,
        text_area::text_area,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct NoticePage {
    /// A notice, or a meeting that is asked for.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// What took its place.
    pub replaced_by: Option<Reference>,
    /// The children's names.
    pub names: Vec<String>,
    /// The last day, written.
    pub last_day: String,
    /// Whether the notice came after it.
    pub after: bool,
    /// Whether it has passed with something open.
    pub passed: bool,
    /// Whether the address must be kept secret.
    pub secret: bool,
    /// Who sent it.
    pub sender: String,
    /// The written date and time it was received, to the second.
    pub received: String,
    /// The answers, with the questions of their day.
    pub steps: Vec<StepShown>,
    /// What was declared.
    pub statements: Vec<String>,
    /// The name beneath, and the written time.
    pub signed: Option<(String, String)>,
    /// The form's version and the beginning of its fingerprint.
    pub version: (i64, String),
    /// Letters and photos.
    pub files: Vec<FileShown>,
    /// What the council gets; `None` of a meeting.
    pub council: Option<Referral>,
    /// Each child.
    pub children: Vec<ChildLines>,
    /// What every form of a line needs.
    pub desk: Desk,
    /// The messages.
    pub lines: Vec<talk::Line>,
    /// Whether the family can be written to here; `None` where the reader may not.
    pub reach: Option<Reach>,
    /// The id made for the next message, and its text as typed.
    pub message: (String, String),
    /// What has to be put right about it.
    pub message_problems: Vec<Said>,
    /// Why nothing was kept, if it was not for the form.
    pub refused: Option<&'static str>,
    /// What was typed, where there is no form any more to show it in.
    pub unsaved: Option<String>,
}

/// The page.
pub fn page(words: &'static Words, page: NoticePage) -> impl IntoView {
    let (w, l) = (&words.leaving_staff, &words.leave);
    let names: Vec<&str> = page.names.iter().map(String::as_str).collect();
    let names = (words.common.list)(&names);
    let problems: Vec<Said> = page.desk.problems.iter().chain(&page.message_problems).cloned().collect();
    let refused =
        page.refused.map(|text| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> });
    let unsaved = page
        .unsaved
        .clone()
        .map(|text| view! { <p class="note"><b>{w.unsaved}</b> <span class="line words">{text}</span></p> });
    let gone = (page.state != State::Open).then(|| {
        let new = page
            .replaced_by
            .as_ref()
            .map(|new| view! { " " <a class="tap" href=paths::staff_notice(new)>{w.see_new}</a> });
        view! { <p class="warn">{w.no_longer}{new}</p> }
    });
    let notice = page.kind == Kind::Notice;
    let heading = if notice { w.one_title } else { words.leaving.meeting_asked };
    let last = notice.then(|| {
        let after = page.after.then(|| view! { <span class="line small">{w.after}</span> });
        view! { <div><dt>{words.leaving.last_day}</dt><dd><b>{page.last_day.clone()}</b>{after}</dd></div> }
    });
    let children =
        page.children.iter().cloned().enumerate().map(|(place, one)| lines::section(words, one, &page.desk, place));
    let children = children.collect_view();
    view! {
        <div class="stack">
            <a class="back noprint" href=paths::STAFF_LEAVING>{w.back}</a>
            {errors::summary((words.common.put_right)(problems.len()), &problems)}
            {refused}
            {unsaved}
            <div class="two">
                <div class="stack">
                    <p class="dateline"><span>{heading} " " <span class="ref nb">{page.desk.reference.to_string()}</span></span></p>
                    <h1>{names}</h1>
                    {gone}
                    {page.passed.then(|| view! { <p class="warn">{w.passed}</p> })}
                    {page.secret.then(|| view! { <p class="warn"><b>{w.secret}</b></p> })}
                    <dl class="facts">
                        {last}
                        <div><dt>{w.sender}</dt><dd>{page.sender.clone()}</dd></div>
                        <div><dt>{l.received}</dt><dd>{page.received.clone()}</dd></div>
                    </dl>
                    <p class="noprint"><a class="btn plain" href=paths::staff_notice_pdf(&page.desk.reference)>{w.pdf}</a></p>
                    {page.council.clone().map(|council| referral(words, &council))}
                    {children}
                </div>
                <div class="stack">
                    {said(words, &page)}
                    {talk_with(words, &page)}
                </div>
            </div>
        </div>
    }
}

fn referral(words: &'static Words, council: &Referral) -> impl IntoView + use<> {
    let w = &words.leaving_staff;
    let missing = council.missing.then(|| view! { " " {w.missing} });
    let why = council.why.iter().map(|why| view! { <p>{(w.why)(*why)}</p> }).collect_view();
    let place = (council.form.is_some() || council.missing).then(|| view! { <p class="small soft">{w.form_where}</p> });
    view! {
        <section class="stack" aria-labelledby="council">
            <h2 class="ruled" id="council">{w.council}</h2>
            <div class="note stack"><p><b>{(w.form)(council.form)}{missing} "."</b></p>{why}{place}</div>
        </section>
    }
}

fn said(words: &'static Words, page: &NoticePage) -> impl IntoView + use<> {
    let (w, l) = (&words.leaving_staff, &words.leave);
    let files = if page.files.is_empty() {
        view! { <p class="soft">{w.no_evidence}</p> }.piece()
    } else {
        let all = page.files.iter().cloned().map(|file| {
            let href = paths::staff_notice_file(&page.desk.reference, &file.evidence);
            (file, href, ())
        });
        file_list(words, all.collect()).piece()
    };
    let signed = page.signed.clone().map(|(name, when)| {
        let statements = page.statements.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
        let (version, digest) = &page.version;
        view! {
            <details class="fold">
                <summary><span><b>{l.statements}</b> <span class="line small">{(l.signed_by)(&name, &when)}</span></span> <u>{words.report.show}</u></summary>
                <div class="stack"><ul class="declared">{statements}</ul><p class="small soft">{(l.version)(*version, digest)}</p></div>
            </details>
        }
    });
    view! {
        <section class="stack" aria-labelledby="request">
            <h2 class="ruled" id="request">{w.request}</h2>
            {answered_steps(words, page.steps.clone(), |_| None)}
            <div><h3 class="ruled">{w.evidence}</h3>{files}</div>
            {signed}
        </section>
    }
}

fn talk_with(words: &'static Words, page: &NoticePage) -> impl IntoView + use<> {
    let (w, m) = (&words.leaving_staff, &words.messages);
    let lines = if page.lines.is_empty() {
        view! { <p class="soft">{m.none}</p> }.piece()
    } else {
        talk::talk(page.lines.clone(), m.hidden).piece()
    };
    let problems = &page.message_problems;
    let ask = page.reach.map(|reach| match reach {
        Reach::NoAddress => view! { <p class="warn">{m.no_address}</p> }.piece(),
        Reach::NoAccess => view! { <p class="warn">{m.no_access_mark}</p> }.piece(),
        Reach::Open => view! {
            <form method="post" action=paths::staff_notice_messages(&page.desk.reference) class="stack noprint" novalidate>
                {csrf_field(&page.desk.csrf)}
                <input type="hidden" name="message" value=page.message.0.clone() />
                <div class=format!("field {}", errors::bad(problems, "text"))>
                    <label class="label" for="text">{w.ask}</label>
                    {errors::why(problems, "text")}
                    {text_area("text", 4, MESSAGE_MOST, &page.message.1, errors::described(problems, "text"))}
                </div>
                <p class="small soft">{(w.only)(&page.sender)}</p>
                <div class="acts">
                    <button class="btn plain" name="asks" value="yes">{w.ask_go}</button>
                    <button class="btn plain" name="asks" value="no">{w.tell_go}</button>
                </div>
            </form>
        }
        .piece(),
    });
    view! {
        <section class="stack" aria-labelledby="messages">
            <h2 class="ruled" id="messages">{w.messages}</h2>
            {lines}
            {ask}
        </section>
    }
}
