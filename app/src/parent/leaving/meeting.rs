//! Home education begins with a talk: what to know, and a message that asks for a meeting. No notice is sent here.

use leptos::prelude::*;

use crate::{
    paths::{self, Hand},
    rules::{conversation::MESSAGE_MOST, id::SubmissionId},
    ui::{
        csrf_field,
        errors::{self, Said},
        text_area::text_area,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct MeetingPage {
    /// The form in which home education was chosen.
    pub draft: SubmissionId,
    /// The children it is about, each with the class.
    pub children: Vec<String>,
    /// What was known of all answers when the page was drawn.
    pub seen: String,
    /// The id made for the message.
    pub message: String,
    /// What was typed.
    pub text: String,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// Something that was not to be expected.
    pub notice: Option<String>,
    /// The office's number.
    pub phone: String,
    /// The csrf token.
    pub csrf: String,
}

/// The page.
pub fn page(words: &'static Words, page: MeetingPage) -> impl IntoView {
    let w = &words.leaving;
    let notice = page.notice.clone().map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let know = w.meeting_know.iter().map(|text| view! { <li><p>{*text}</p></li> }).collect_view();
    let children = page.children.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view();
    let described = errors::described(&page.problems, "text");
    view! {
        <div class="stack read">
            <a class="back" href=Hand::Leaving.form(&page.draft)>{words.leave.back_to_steps}</a>
            {errors::summary((words.leave.errors)(page.problems.len()), &page.problems)}
            {notice}
            <h1>{w.meeting}</h1>
            <p>{w.meeting_lead}</p>
            <ol class="steps">{know}</ol>
            <p>{(w.meeting_ring)(&page.phone)}</p>
            <section class="stack" aria-labelledby="ask">
                <h2 class="ruled" id="ask">{w.meeting_ask}</h2>
                <p>{w.meeting_for}</p>
                <ul>{children}</ul>
                <form method="post" action=paths::leaving_meeting(&page.draft) novalidate class="stack">
                    {csrf_field(&page.csrf)}
                    <input type="hidden" name="seen" value=page.seen.clone() />
                    <input type="hidden" name="message" value=page.message.clone() />
                    <div class=errors::bad(&page.problems, "text")>
                        <label class="label" for="text">{w.meeting_text}</label>
                        <span class="hint">{w.meeting_hint}</span>
                        {errors::why(&page.problems, "text")}
                        {text_area("text", 5, MESSAGE_MOST, &page.text, described)}
                    </div>
                    <p><button class="btn big">{w.meeting_go}</button></p>
                    <p class="small soft">{w.meeting_not}</p>
                </form>
            </section>
        </div>
    }
}
