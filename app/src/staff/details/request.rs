//! One request: old and new side by side, an answer for each line, and messages with whoever asks.

use leptos::prelude::*;

use super::tag;
use crate::{
    paths,
    rules::{
        conversation::{MESSAGE_MOST, Reach},
        details::{Field, Move, Of, State},
        reference::Reference,
    },
    ui::{
        csrf_field,
        errors::{self, Said},
        piece::IntoPiece,
        talk::{self, talk},
        text_area::text_area,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct RequestPage {
    /// The reference.
    pub reference: Reference,
    /// Who asks.
    pub guardian: String,
    /// Their children, with classes.
    pub children: String,
    /// When it came, written.
    pub received: String,
    /// The lines.
    pub lines: Vec<LineShown>,
    /// Whether whoever asked may see a child now, and so hears of an answer.
    pub hears: bool,
    /// The conversation.
    pub talk: Vec<talk::Line>,
    /// Whether they can be written to.
    pub reach: Reach,
    /// The id made for the next message, and what was typed.
    pub message: (String, String),
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// Why nothing was kept, if it was not for the form.
    pub refused: Option<&'static str>,
    /// The csrf token.
    pub csrf: String,
}

/// One line.
#[derive(Debug, Clone)]
pub struct LineShown {
    /// Of what.
    pub of: Of,
    /// The field, with the child's name where it is about one.
    pub what: String,
    /// What the MIS had on the day.
    pub was: Option<String>,
    /// What is asked for; `None` takes it away.
    pub wanted: Option<String>,
    /// From when and with whom.
    pub besides: Option<String>,
    /// What the MIS has now, where that is something else.
    pub moved: Option<String>,
    /// Where it stands.
    pub state: State,
    /// Since when, written.
    pub since: String,
    /// The answer that was chosen.
    pub chosen: Option<Move>,
}

/// The page.
pub fn page(words: &'static Words, page: RequestPage) -> impl IntoView {
    let (w, m) = (&words.details_staff, &words.leave_staff);
    let refused =
        page.refused.map(|text| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> });
    let open = page.lines.iter().any(|line| !steps(line.state).is_empty());
    let rows = page.lines.iter().map(|line| row(words, line)).collect_view();
    let heads = w.heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let table = view! {
        <table class="late" aria-labelledby="what"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
    };
    let answers = if open {
        view! {
            <form method="post" action=paths::staff_details(&page.reference) class="stack" novalidate>
                {csrf_field(&page.csrf)}
                {errors::why(&page.problems, "answers")}
                {table}
                <p class="small soft noprint">{w.save_lead}</p>
                <div class="acts">
                    <button class="btn">{w.save}</button>
                    <button class="btn plain" name="all" value="yes">{w.all}</button>
                </div>
            </form>
        }
        .piece()
    } else {
        table.piece()
    };
    let unheard = (open && !page.hears).then(|| view! { <p class="warn">{w.unheard}</p> });
    let lines = if page.talk.is_empty() {
        view! { <p class="soft">{words.messages.none}</p> }.piece()
    } else {
        talk(page.talk.clone(), words.messages.hidden).piece()
    };
    view! {
        <div class="stack">
            <a class="back noprint" href=paths::STAFF_DETAILS>{w.back}</a>
            {errors::summary((words.common.put_right)(page.problems.len()), &page.problems)}
            {refused}
            <div class="two">
                <div class="stack">
                    <p class="dateline"><span>{w.one_title} " " <span class="ref nb">{page.reference.to_string()}</span></span></p>
                    <h1>{page.guardian.clone()}</h1>
                    <dl class="facts">
                        <div><dt>{w.children}</dt><dd>{page.children.clone()}</dd></div>
                        <div><dt>{w.received}</dt><dd>{page.received.clone()}</dd></div>
                    </dl>
                    <section class="stack" aria-labelledby="what">
                        <h2 class="ruled" id="what" tabindex="-1">{w.asked_heading}</h2>
                        {unheard}
                        <div id="answers" tabindex="-1">{answers}</div>
                    </section>
                </div>
                <section class="stack" aria-labelledby="messages">
                    <h2 class="ruled" id="messages">{m.messages}</h2>
                    {lines}
                    {ask(words, &page)}
                </section>
            </div>
        </div>
    }
}

/// What may be done with a line now.
fn steps(state: State) -> &'static [Move] {
    match state {
        State::Asked => &[Move::Accept, Move::Refuse],
        State::Accepted | State::Keyed | State::Refused => &[Move::Reopen],
        State::Arrived | State::Withdrawn | State::Replaced => &[],
    }
}

/// The word of a move in forms.
#[must_use]
pub fn step_word(step: Move) -> &'static str {
    match step {
        Move::Accept => "accept",
        Move::Refuse => "refuse",
        _ => "reopen",
    }
}

fn row(words: &'static Words, line: &LineShown) -> impl IntoView + use<> {
    let w = &words.details_staff;
    let name = format!("answer-{}", line.of.name());
    let note = match line.of.field {
        Field::Secret => Some(w.secret),
        Field::CourtOrder => Some(w.order),
        Field::Email => Some(w.email),
        Field::Responsibility => Some(w.responsibility),
        _ => None,
    };
    let note = note.map(|text| view! { <span class="line small">{text}</span> });
    let moved = line
        .moved
        .clone()
        .map(|now| view! { <span class="line"><span class="tag ask wrap-tag">{(w.moved)(&now)}</span></span> });
    let besides = line.besides.clone().map(|text| view! { <span class="line small">{text}</span> });
    let was = line.was.clone().unwrap_or_else(|| w.nothing.to_owned());
    let wanted = line.wanted.clone().unwrap_or_else(|| w.taken_away.to_owned());
    let options = steps(line.state)
        .iter()
        .map(|step| {
            let checked = line.chosen == Some(*step);
            view! {
                <label class="pick"><input type="radio" name=name.clone() value=step_word(*step) checked=checked />
                    <span>{(w.step)(*step)}<span class="vh">": " {line.what.clone()}</span></span></label>
            }
        })
        .collect_view();
    let later = (!steps(line.state).is_empty()).then(|| {
        view! {
            <input type="hidden" name=format!("was-{}", line.of.name()) value=line.state.word() />
            <label class="pick"><input type="radio" name=name.clone() value="" checked=line.chosen.is_none() />
                <span>{w.later}<span class="vh">": " {line.what.clone()}</span></span></label>
        }
    });
    let [_, on_the_day, new, answer] = w.heads;
    view! {
        <tr>
            <th scope="row">{line.what.clone()}</th>
            <td data-head=on_the_day><span class="words">{was}</span>{moved}</td>
            <td data-head=new><b class="words">{wanted}</b>{besides}{note}</td>
            <td data-head=answer>
                <span class="line">{tag(words, line.state)} " " <span class="small soft">{line.since.clone()}</span></span>
                <span class="line noprint">{options}{later}</span>
            </td>
        </tr>
    }
}

fn ask(words: &'static Words, page: &RequestPage) -> impl IntoView + use<> {
    let (w, m) = (&words.leave_staff, &words.messages);
    match page.reach {
        Reach::NoAddress => return view! { <p class="warn">{m.no_address}</p> }.piece(),
        Reach::NoAccess => return view! { <p class="warn">{m.no_access_mark}</p> }.piece(),
        Reach::Open => {}
    }
    let (message, text) = &page.message;
    view! {
        <form method="post" action=paths::staff_details_messages(&page.reference) class="stack noprint" novalidate>
            {csrf_field(&page.csrf)}
            <input type="hidden" name="message" value=message.clone() />
            <div class=format!("field {}", errors::bad(&page.problems, "text"))>
                <label class="label" for="text">{w.ask}</label>
                {errors::why(&page.problems, "text")}
                {text_area("text", 4, MESSAGE_MOST, text, errors::described(&page.problems, "text"))}
            </div>
            <p class="small soft">{(w.only)(&page.guardian)}</p>
            <div class="acts">
                <button class="btn plain" name="asks" value="yes">{w.ask_go}</button>
                <button class="btn plain" name="asks" value="no">{w.tell_go}</button>
            </div>
        </form>
    }
    .piece()
}
