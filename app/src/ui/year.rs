//! A child's year as a register page, with what stands around it: for parents and for staff.

pub mod trend;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    rules::{
        absence::Part,
        calendar::{Calendar, Session},
        code::{Class, Code},
        mark::Mark,
        school_year::SchoolYear,
    },
    ui::{
        cell,
        piece::{IntoPiece, Piece},
        register_grid as grid,
    },
    words::Words,
};

/// What each day's cell shows, from the marks in order and the parts of days that were reported.
#[must_use]
pub fn days(
    marks: &[Mark],
    told: impl IntoIterator<Item = (NaiveDate, Part)>,
    today: NaiveDate,
) -> BTreeMap<NaiveDate, grid::Day> {
    let mut days: BTreeMap<NaiveDate, grid::Day> = BTreeMap::new();
    for mark in marks {
        let day = days.entry(mark.date).or_default();
        match mark.session {
            Session::Am => day.am = Some(mark.code),
            Session::Pm => day.pm = Some(mark.code),
        }
        day.listed |= is_worth_words(mark.code);
    }
    for (date, part) in told {
        let day = days.entry(date).or_default();
        day.reported.0 |= part != Part::Pm;
        day.reported.1 |= part != Part::Am;
        day.listed |= date <= today;
    }
    days
}

/// Whether a mark has something to say beyond "in school".
fn is_worth_words(code: Code) -> bool {
    code == Code::L || !matches!(code.class(), Class::Present | Class::NotCollected)
}

/// The terms of a school year, a table each; `link` says where a day's cell leads.
pub fn terms(
    words: &'static Words,
    (calendar, year, today): (&Calendar, SchoolYear, NaiveDate),
    days: &BTreeMap<NaiveDate, grid::Day>,
    link: impl Fn(NaiveDate, grid::Day) -> Option<String>,
) -> Piece {
    let of_year = year.days();
    let terms = calendar.terms().iter().filter(|term| of_year.contains(&term.first));
    terms.map(|term| grid::term(words, (term, calendar, today), days, &link)).collect_view().piece()
}

/// The signs that these marks use, and no others.
pub fn key(words: &'static Words, marks: &[Mark]) -> impl IntoView + use<> {
    let w = &words.attendance;
    let mut codes: Vec<Code> = marks.iter().map(|mark| mark.code).filter(|code| is_worth_words(*code)).collect();
    codes.sort_unstable();
    codes.dedup();
    let letters = |code: Code| Some(code.letters().to_owned());
    let of_code = |code: Code| {
        view! {
            <li>
                {cell::cell(letters(code), letters(code), "", false, String::new())}
                <span><b>{code.letters()}</b> " " {(words.codes.meaning)(code)}</span>
            </li>
        }
    };
    let codes = codes.into_iter().map(of_code).collect_view();
    let dot = || Some(cell::REPORTED.to_owned());
    view! {
        <section aria-labelledby="key" class="stack">
            <h2 id="key" class="ruled">{w.key}</h2>
            <ul class="key">
                <li>{cell::cell(letters(Code::PresentAm), letters(Code::PresentPm), "", false, String::new())} <span>{w.key_in}</span></li>
                {codes}
                <li>{cell::cell(dot(), dot(), "", false, String::new())} <span>{w.key_told}</span></li>
                <li>{cell::cell(None, None, "", false, String::new())} <span>{w.not_yet}</span></li>
                <li>{cell::cell(None, None, "", true, String::new())} <span>{w.closed}</span></li>
            </ul>
        </section>
    }
}
