//! Reminding those who have not answered: who would be, with what words, and what has been sent.

use leptos::prelude::*;

use crate::{
    paths,
    rules::id::ReminderRunId,
    ui::{csrf_field, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct RemindPage {
    /// The id made for the run that the button begins.
    pub run: String,
    /// How many would be reminded.
    pub people: usize,
    /// About how many children.
    pub children: usize,
    /// How many more cannot be reached by mail.
    pub out_of_reach: usize,
    /// Subject and text of the message.
    pub message: (String, String),
    /// Between which written times.
    pub hours: (String, String),
    /// The runs so far.
    pub runs: Vec<RunRow>,
    /// Something that was not to be expected.
    pub notice: Option<&'static str>,
    /// The csrf token.
    pub csrf: String,
}

/// A run.
#[derive(Debug, Clone)]
pub struct RunRow {
    /// Which.
    pub run: ReminderRunId,
    /// When it was begun, written, and by whom.
    pub begun: (String, Option<String>),
    /// How many were sent, of how many people, and how many are still to come.
    pub counts: (i64, i64, i64),
    /// Whether it has ended.
    pub ended: bool,
    /// Whether somebody stopped it.
    pub stopped: bool,
}

/// The page.
pub fn page(words: &'static Words, page: RemindPage) -> impl IntoView {
    let w = &words.declaration_staff;
    let notice = page.notice.map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let busy = page.runs.iter().any(|run| !run.ended);
    let out = (page.out_of_reach > 0).then(|| {
        view! { <p>{(w.remind_out_of_reach)(page.out_of_reach)} " " <a class="tap" href=paths::SLIPS>{w.slips}</a></p> }
    });
    let (subject, body) = page.message.clone();
    let begin = match (page.people, busy) {
        (0, _) => view! { <p class="note">{w.remind_nobody}</p> }.piece(),
        (_, true) => ().piece(),
        (people, false) => view! {
            <form method="post" action=paths::REMINDERS class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="run" value=page.run.clone() />
                <input type="hidden" name="people" value=people.to_string() />
                <p><button class="btn big">{(w.remind_go)(people)}</button></p>
            </form>
        }
        .piece(),
    };
    let runs = page.runs.iter().map(|run| self::run(words, run, &page.csrf)).collect_view();
    let runs = (!page.runs.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="runs">
                <h2 class="ruled" id="runs">{w.runs}</h2>
                <ul class="rows">{runs}</ul>
            </section>
        }
    });
    view! {
        <div class="stack read">
            <a class="back" href=paths::STAFF_POLICY>{w.back}</a>
            {notice}
            <h1>{w.remind_title}</h1>
            <p><b>{(w.remind_count)(page.people, page.children)}</b></p>
            {out}
            <section class="stack" aria-labelledby="message">
                <h2 class="ruled" id="message">{w.remind_message}</h2>
                <p><b>{subject}</b></p>
                <p class="words note">{body}</p>
            </section>
            <p>{(w.remind_hours)(&page.hours.0, &page.hours.1)}</p>
            {begin}
            {runs}
        </div>
    }
}

fn run(words: &'static Words, run: &RunRow, csrf: &str) -> impl IntoView + use<> {
    let w = &words.declaration_staff;
    let (sent, people, waiting) = run.counts;
    let said = (w.run)(&run.begun.0, run.begun.1.as_deref(), sent, people);
    let stop = (!run.ended).then(|| {
        view! {
            <form method="post" action=paths::reminders_stop(&run.run)>
                {csrf_field(csrf)}
                <button class="btn stop">{w.remind_stop}</button>
            </form>
        }
    });
    let state = (w.run_state)(waiting, run.ended, run.stopped);
    view! { <li><div>{said} <p class="small soft">{state}</p></div>{stop}</li> }
}
