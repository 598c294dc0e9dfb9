//! What has to be done for one child, line by line, and the form of each line.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        leaving::{EntryForm, Ground, Line, NOTE_MOST, Task},
        reference::Reference,
    },
    ui::{
        csrf_field,
        errors::{self, Said},
        text_area::text_area,
    },
    words::Words,
};

/// One child with its lines.
#[derive(Debug, Clone)]
pub struct ChildLines {
    /// The child's part of the notice.
    pub notice: String,
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// The lines.
    pub lines: Vec<Line>,
    /// The id made for the next note of each of them.
    pub ids: Vec<String>,
    /// Each noted entry as one text, by task, in order.
    pub noted: Vec<(Task, String, Option<String>)>,
    /// Other notices for the child.
    pub others: Vec<Reference>,
    /// The facts of the return: name and value.
    pub facts: Vec<(&'static str, String)>,
}

/// What every form of the page needs.
#[derive(Debug, Clone)]
pub struct Desk {
    /// The notice.
    pub reference: Reference,
    /// Today.
    pub today: NaiveDate,
    /// The grounds of the school's list.
    pub grounds: Vec<Ground>,
    /// Whether something can be noted: the reader may, and the notice stands.
    pub may_note: bool,
    /// What was typed: for which child, and what.
    pub typed: Option<(String, EntryForm)>,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// The csrf token.
    pub csrf: String,
}

/// The id of a field in the form of a line: there are as many forms as lines. A note is posted by it.
#[must_use]
pub fn field(name: &str, task: &str, notice: &str) -> String {
    format!("{name}-{task}-{notice}")
}

/// The section of one child.
pub fn section(words: &'static Words, child: ChildLines, desk: &Desk, place: usize) -> impl IntoView + use<> {
    let w = &words.leaving_staff;
    let id = format!("child-{place}");
    let heading = id.clone();
    let others = child
        .others
        .iter()
        .map(|reference| {
            view! { <p class="note">{w.others} " " <a class="tap" href=paths::staff_notice(reference)>{reference.to_string()}</a></p> }
        })
        .collect_view();
    let lines = child.lines.iter().zip(&child.ids).map(|line| one(words, &child, line, desk)).collect_view();
    let facts = child
        .facts
        .iter()
        .map(|(name, value)| view! { <div><dt>{*name}</dt><dd class="words">{value.clone()}</dd></div> })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby=id>
            <h2 class="ruled" id=heading>{(w.lines)(&child.full_name)} " " <span class="soft">{child.class.clone()}</span></h2>
            {others}
            <ul class="todo">{lines}</ul>
            <h3>{(w.return_of)(&child.full_name)}</h3>
            <dl class="facts">{facts}</dl>
        </section>
    }
}

fn one(words: &'static Words, child: &ChildLines, (line, id): (&Line, &String), desk: &Desk) -> impl IntoView + use<> {
    let w = &words.leaving_staff;
    let (class, said) = match (&line.done, line.needed) {
        (Some(_), _) => ("tag done wrap-tag", None),
        (None, false) => ("tag off wrap-tag", Some(w.not_needed)),
        (None, true) if line.is_overdue(desk.today) => ("tag ask wrap-tag", Some(w.overdue)),
        (None, true) => ("tag seen wrap-tag", Some(w.to_do)),
    };
    let said =
        said.map_or_else(|| line.done.as_ref().map(|done| (w.done_on)(done.on)).unwrap_or_default(), str::to_owned);
    let due = line.due.filter(|_| line.is_open()).map(|due| view! { <span class="line small">{(w.due)(due)}</span> });
    let waits = (line.task == Task::OffRoll && line.done.is_none())
        .then(|| view! { <span class="line small">{w.roster_waits}</span> });
    let ground = line.done.as_ref().and_then(|done| done.ground.as_ref()).map(|key| {
        let label = desk.grounds.iter().find(|ground| ground.key == *key).map_or("", |ground| ground.label.as_str());
        view! { <span class="line">{format!("({key}) {label}")}</span> }
    });
    let noted = child
        .noted
        .iter()
        .filter(|(task, ..)| *task == line.task)
        .map(|(_, said, note)| {
            let note = note.clone().map(|text| view! { <p class="words">{text}</p> });
            view! { <li class="small"><span class="soft">{said.clone()}</span>{note}</li> }
        })
        .collect_view();
    let form = (desk.may_note && line.task != Task::OffRoll).then(|| form(words, child, (line, id), desk));
    view! {
        <li>
            <div class="ruled"><b>{(w.task)(line.task)}</b><span class=class>{said}</span></div>
            <p class="small soft">{(w.task_hint)(line.task)}</p>
            {due}{waits}{ground}
            <ul class="past">{noted}</ul>
            {form}
        </li>
    }
}

fn form(words: &'static Words, child: &ChildLines, (line, id): (&Line, &String), desk: &Desk) -> impl IntoView + use<> {
    let w = &words.leaving_staff;
    let typed = desk.typed.as_ref().filter(|(of, typed)| *of == child.notice && typed.task == line.task.word());
    let typed = typed.map(|(_, typed)| typed.clone());
    let problems: &[Said] = if typed.is_some() { &desk.problems } else { &[] };
    let wrong = typed.is_some();
    let typed = typed.unwrap_or_else(|| EntryForm { day: desk.today.to_string(), ..EntryForm::default() });
    let [day, ground, note] = ["day", "ground", "note"].map(|name| field(name, line.task.word(), &child.notice));
    let grounds = (line.task == Task::Ground).then(|| {
        let options = desk
            .grounds
            .iter()
            .map(|one| view! { <option value=one.key.clone() selected=one.key == typed.ground>{format!("({}) {}", one.key, one.label)}</option> })
            .collect_view();
        view! {
            <div class=format!("field {}", errors::bad(problems, &ground))>
                <label class="label" for=ground.clone()>{w.ground}</label>
                {errors::why(problems, &ground)}
                <select class="in" id=ground.clone() name="ground" aria-describedby=errors::described(problems, &ground)>
                    <option value=""></option>
                    {options}
                </select>
            </div>
        }
    });
    let undo = line.done.is_some().then(|| {
        view! { <button class="btn plain" name="act" value="undo">{w.undo}<span class="vh">": " {(w.task)(line.task)}</span></button> }
    });
    view! {
        <details class="fold noprint" open=wrong>
            <summary><span>{w.note_line}<span class="vh">": " {(w.task)(line.task)} ", " {child.full_name.clone()}</span></span> <u>{words.report.show}</u></summary>
            <div>
                <form method="post" action=paths::staff_notice_lines(&desk.reference) class="stack" novalidate>
                    {csrf_field(&desk.csrf)}
                    <input type="hidden" name="note" value=id.clone() />
                    <input type="hidden" name="notice" value=child.notice.clone() />
                    <input type="hidden" name="task" value=line.task.word() />
                    {grounds}
                    <div class=format!("field {}", errors::bad(problems, &day))>
                        <label class="label" for=day.clone()>{w.day}</label>
                        {errors::why(problems, &day)}
                        <input class="in short" type="date" id=day.clone() name="day" value=typed.day.clone()
                            aria-describedby=errors::described(problems, &day) />
                    </div>
                    <div class=format!("field {}", errors::bad(problems, &note))>
                        <label class="label" for=note.clone()>{w.note} " " <span class="opt-word">{words.common.optional}</span></label>
                        {errors::why(problems, &note)}
                        {text_area(&note, 2, NOTE_MOST, &typed.note, errors::described(problems, &note))}
                    </div>
                    <div class="acts"><button class="btn plain" name="act" value="done">{w.note_go}</button>{undo}</div>
                </form>
            </div>
        </details>
    }
}
