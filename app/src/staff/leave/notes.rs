//! What staff noted, what the family was asked, and the forms for both.

use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        conversation::{MESSAGE_MOST, Reach},
        leave::{NOTE_MOST, NoteKind, Recommends},
        reference::Reference,
    },
    ui::{
        csrf_field,
        errors::{self, Said},
        piece::IntoPiece,
        talk,
        text_area::text_area,
    },
    words::Words,
};

/// A note as it is shown.
#[derive(Debug, Clone)]
pub struct NoteShown {
    /// What kind.
    pub kind: NoteKind,
    /// What is recommended.
    pub recommends: Option<Recommends>,
    /// What it says; `None` where it says nothing.
    pub text: Option<String>,
    /// Who and when, as one text.
    pub by: String,
}

/// What was typed into the forms.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The id made for the next note.
    pub note: String,
    /// Its kind.
    pub kind: String,
    /// What is recommended.
    pub recommends: String,
    /// Its words.
    pub words: String,
    /// The id made for the next message.
    pub message: String,
    /// Its text.
    pub text: String,
}

/// Everything beside the request.
#[derive(Debug, Clone)]
pub struct Beside {
    /// The request.
    pub reference: Reference,
    /// Who applied.
    pub applicant: String,
    /// The notes.
    pub notes: Vec<NoteShown>,
    /// The messages.
    pub lines: Vec<talk::Line>,
    /// Whether the reader may prepare.
    pub may_prepare: bool,
    /// Whether the reader may recommend.
    pub may_recommend: bool,
    /// Whether some of it can be said to be complete.
    pub can_check: bool,
    /// Whether the family can be asked here.
    pub reach: Reach,
    /// What was typed.
    pub typed: Typed,
    /// The csrf token.
    pub csrf: String,
}

/// The column beside the request.
pub fn column(words: &'static Words, beside: Beside, problems: &[Said]) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    let notes = if beside.notes.is_empty() {
        view! { <p class="soft">{w.no_notes}</p> }.piece()
    } else {
        let all = beside.notes.iter().map(|note| one(words, note)).collect_view();
        view! { <ul class="past">{all}</ul> }.piece()
    };
    let lines = if beside.lines.is_empty() {
        view! { <p class="soft">{words.messages.none}</p> }.piece()
    } else {
        talk::talk(beside.lines.clone(), words.messages.hidden).piece()
    };
    let forms = beside.may_prepare.then(|| add(words, &beside, problems));
    let check = (beside.may_prepare && beside.can_check).then(|| check(words, &beside));
    let ask = beside.may_prepare.then(|| ask(words, &beside, problems));
    view! {
        <section class="stack" aria-labelledby="notes">
            <h2 class="ruled" id="notes">{w.notes}</h2>
            {notes}
            {check}
            {forms}
        </section>
        <section class="stack" aria-labelledby="messages">
            <h2 class="ruled" id="messages">{w.messages}</h2>
            {lines}
            {ask}
        </section>
    }
}

fn one(words: &'static Words, note: &NoteShown) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    let recommends = note.recommends.map(|one| view! { ": " {(w.recommends)(one)} });
    let text = note.text.clone().map(|text| view! { <p class="words">{text}</p> });
    view! {
        <li><b>{(w.kind)(note.kind)}</b>{recommends}{text}<p class="small soft">{note.by.clone()}</p></li>
    }
}

fn check(words: &'static Words, beside: &Beside) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    view! {
        <form method="post" action=paths::staff_leave_notes(&beside.reference) class="noprint">
            {csrf_field(&beside.csrf)}
            <input type="hidden" name="note" value=beside.typed.note.clone() />
            <input type="hidden" name="kind" value=NoteKind::Check.word() />
            <h3>{w.check}</h3>
            <p class="small soft">{w.check_hint}</p>
            <button class="btn plain">{w.check_go}</button>
        </form>
    }
}

fn add(words: &'static Words, beside: &Beside, problems: &[Said]) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    let typed = &beside.typed;
    let wrong = errors::said(problems, "words-of-note").is_some() || errors::said(problems, "recommends").is_some();
    let kinds = NoteKind::ALL.into_iter().filter(|kind| match kind {
        NoteKind::Check => false,
        NoteKind::Recommendation => beside.may_recommend,
        _ => true,
    });
    let kinds = kinds
        .map(|kind| {
            let checked = if typed.kind.is_empty() { kind == NoteKind::Talk } else { typed.kind == kind.word() };
            let follow = (kind == NoteKind::Recommendation).then(|| recommend(words, typed, problems));
            view! {
                <label class="opt whole"><input type="radio" name="kind" value=kind.word() checked=checked />{(w.kind)(kind)}</label>
                {follow}
            }
        })
        .collect_view();
    view! {
        <details class="fold noprint" open=wrong>
            <summary><span><b>{w.add_note}</b></span> <u>{words.report.show}</u></summary>
            <div>
                <form method="post" action=paths::staff_leave_notes(&beside.reference) class="stack" novalidate>
                    {csrf_field(&beside.csrf)}
                    <input type="hidden" name="note" value=typed.note.clone() />
                    <fieldset><legend>{w.which_note}</legend><div class="opts">{kinds}</div></fieldset>
                    <div class=format!("field {}", errors::bad(problems, "words-of-note"))>
                        <label class="label" for="words-of-note">{w.note_label}</label>
                        {errors::why(problems, "words-of-note")}
                        {text_area("words-of-note", 4, NOTE_MOST, &typed.words, errors::described(problems, "words-of-note"))}
                    </div>
                    <p class="small soft">{w.note_who}</p>
                    <button class="btn plain">{w.note_go}</button>
                </form>
            </div>
        </details>
    }
}

fn recommend(words: &'static Words, typed: &Typed, problems: &[Said]) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    let all = Recommends::ALL
        .into_iter()
        .zip(w.answers)
        .map(|(one, label)| {
            let id = (one == Recommends::Grant).then_some("recommends");
            view! {
                <label class="opt whole"><input type="radio" id=id name="recommends" value=one.word() checked=typed.recommends == one.word() />{label}</label>
            }
        })
        .collect_view();
    view! {
        <div class="more"><fieldset class=errors::bad(problems, "recommends")>
            <legend>{w.which}</legend>{errors::why(problems, "recommends")}<div class="opts">{all}</div>
        </fieldset></div>
    }
}

fn ask(words: &'static Words, beside: &Beside, problems: &[Said]) -> impl IntoView + use<> {
    let (w, m) = (&words.leave_staff, &words.messages);
    match beside.reach {
        Reach::NoAddress => return view! { <p class="warn">{m.no_address}</p> }.piece(),
        Reach::NoAccess => return view! { <p class="warn">{m.no_access_mark}</p> }.piece(),
        Reach::Open => {}
    }
    view! {
        <form method="post" action=paths::staff_leave_messages(&beside.reference) class="stack noprint" novalidate>
            {csrf_field(&beside.csrf)}
            <input type="hidden" name="message" value=beside.typed.message.clone() />
            <div class=format!("field {}", errors::bad(problems, "text"))>
                <label class="label" for="text">{w.ask}</label>
                {errors::why(problems, "text")}
                {text_area("text", 4, MESSAGE_MOST, &beside.typed.text, errors::described(problems, "text"))}
            </div>
            <p class="small soft">{(w.only)(&beside.applicant)}</p>
            <div class="acts">
                <button class="btn plain" name="asks" value="yes">{w.ask_go}</button>
                <button class="btn plain" name="asks" value="no">{w.tell_go}</button>
            </div>
        </form>
    }
    .piece()
}
