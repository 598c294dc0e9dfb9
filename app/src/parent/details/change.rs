//! Asking for changes: the form, and the page on which it is looked at before it is sent.

use leptos::prelude::*;

use super::fields::{address, line, needs, radios, somebody, tick};
use crate::{
    paths,
    rules::{
        details::{Field, Of, Offer},
        form::Answers,
        id::PupilId,
    },
    ui::{
        csrf_field,
        errors::{self, Said},
        piece::{IntoPiece, Piece},
        stale::stale,
    },
    words::Words,
};

/// The form.
#[derive(Debug, Clone)]
pub struct ChangePage {
    /// What may be asked for.
    pub offer: Offer,
    /// What children are called.
    pub children: Vec<(PupilId, String)>,
    /// What stands in the fields.
    pub typed: Answers,
    /// The id made with the form.
    pub submission: String,
    /// What it was drawn from.
    pub seen: String,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// Why nothing was sent, if it was not for the form.
    pub refused: Option<&'static str>,
    /// The csrf token.
    pub csrf: String,
}

/// The form as a page.
pub fn form(words: &'static Words, page: ChangePage) -> impl IntoView {
    let w = &words.details;
    let refused =
        page.refused.map(|text| view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> });
    let own = |fields: &[Field]| {
        let offered = fields.iter().filter(|field| page.offer.field(&Of::own(**field)).is_some());
        offered.map(|field| input(words, &page, &Of::own(*field), "")).collect_view()
    };
    let names = own(&[Field::Title, Field::Forename, Field::Surname]);
    let reach = own(&[Field::Email, Field::Mobile, Field::HomePhone, Field::WorkPhone]);
    let home = own(&[Field::Secret, Field::Address]);
    let help = own(&[Field::Language, Field::Interpreter, Field::Needs]);
    let has_home = page.offer.has_address() || page.offer.field(&Of::own(Field::Secret)).is_some();
    let home = has_home.then(|| view! { <h2 class="ruled">{w.home}</h2> <div>{home}</div> });
    let children = page
        .children
        .iter()
        .map(|(pupil, called)| {
            let fields = Field::OF_CHILD.into_iter().map(|field| Of::child(pupil, field));
            let fields = fields.filter(|of| page.offer.field(of).is_some());
            let fields = fields.map(|of| input(words, &page, &of, called)).collect_view();
            view! { <h2 class="ruled">{called.clone()}</h2> <div>{fields}</div> }
        })
        .collect_view();
    view! {
        <div class="stack read">
            <a class="back" href=paths::DETAILS>{w.title}</a>
            {errors::summary((words.common.put_right)(page.problems.len()), &page.problems)}
            {refused}
            <h1>{w.form_title}</h1>
            <p>{w.form_lead}</p>
            <form method="post" action=paths::DETAILS_CHANGE novalidate class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="submission" value=page.submission.clone() />
                <input type="hidden" name="seen" value=page.seen.clone() />
                <h2 class="ruled">{w.you}</h2>
                <div>{names}</div>
                <h2 class="ruled">{w.reach}</h2>
                <div>{reach}</div>
                {home}
                <h2 class="ruled">{w.help}</h2>
                <div>{help}</div>
                {children}
                <p><button class="btn" name="then" value="look">{w.look}</button></p>
            </form>
        </div>
    }
}

fn input(words: &'static Words, page: &ChangePage, of: &Of, called: &str) -> Piece {
    match of.field {
        Field::Address => address(words, page).piece(),
        Field::Secret | Field::CourtOrder => tick(words, page, of, called).piece(),
        Field::Interpreter | Field::LivesWith | Field::Responsibility | Field::Collect | Field::Priority => {
            radios(words, page, of, called).piece()
        }
        Field::Needs => needs(words, page, of).piece(),
        Field::Somebody => somebody(words, page, of, called).piece(),
        _ => line(words, page, of, called).piece(),
    }
}

/// Looking at what was changed.
#[derive(Debug, Clone)]
pub struct CheckPage {
    /// What was changed: what, what the records say, what it is to become.
    pub lines: Vec<(String, String, String)>,
    /// What to know besides, a sentence each.
    pub notes: Vec<String>,
    /// Whether the code is too old by now.
    pub stale: bool,
    /// Every field of the form as it is sent: name and value.
    pub fields: Vec<(String, String)>,
    /// The csrf token.
    pub csrf: String,
}

/// The page before sending.
pub fn check(words: &'static Words, page: CheckPage) -> impl IntoView {
    let w = &words.details;
    let rows = page
        .lines
        .iter()
        .map(|(what, was, becomes)| {
            view! {
                <div>
                    <dt>{what.clone()}</dt>
                    <dd><b class="words">{becomes.clone()}</b>
                        <span class="line small soft words">{w.heads[1]} ": " {was.clone()}</span></dd>
                </div>
            }
        })
        .collect_view();
    let notes = page.notes.iter().map(|note| view! { <p class="note">{note.clone()}</p> }).collect_view();
    let fields = page
        .fields
        .iter()
        .map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone() /> })
        .collect_view();
    let stale = page.stale.then(|| stale(words, paths::DETAILS));
    view! {
        <div class="stack read">
            {stale}
            <h1>{w.check_title}</h1>
            <p>{w.check_lead}</p>
            <dl class="facts">{rows}</dl>
            {notes}
            <form method="post" action=paths::DETAILS_CHANGE class="acts">
                {csrf_field(&page.csrf)}
                {fields}
                <button class="btn" name="then" value="send">{w.send}</button>
                <button class="btn plain" name="then" value="again">{w.again}</button>
            </form>
        </div>
    }
}
