//! A child's attendance: the year as a register page, the counts, and what they mean.

mod away;
mod figures;
mod trend;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        absence::Part,
        calendar::{Calendar, Session},
        code::{Class, Code},
        id::PupilId,
        mark::Mark,
        percentage::Tally,
        reference::Reference,
        school_year::SchoolYear,
    },
    ui::{cell, register_grid as grid},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct AttendancePage {
    /// The child.
    pub pupil: PupilId,
    /// What everybody calls the child.
    pub called: String,
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// The school year.
    pub year: SchoolYear,
    /// Other years with marks.
    pub other_years: Vec<SchoolYear>,
    /// London's today.
    pub today: NaiveDate,
    /// The school's calendar.
    pub calendar: Calendar,
    /// The year's marks in order.
    pub marks: Vec<Mark>,
    /// What was reported of the child's days in this year.
    pub reports: Vec<Told>,
    /// Sessions not agreed in the ten school weeks up to today; `None` before the child must go to school.
    pub unauthorised: Option<u32>,
    /// Whether this guardian may report, and so explain.
    pub may_report: bool,
    /// Brothers and sisters with a page like this.
    pub siblings: Vec<(PupilId, String)>,
    /// The office's number.
    pub phone: String,
}

/// A report of a day.
#[derive(Debug, Clone)]
pub struct Told {
    /// The day.
    pub date: NaiveDate,
    /// The part of it.
    pub part: Part,
    /// The written time it was received.
    pub at: String,
    /// Receipt and reason, if it is this guardian's own; another adult's words stay theirs.
    pub own: Option<(Reference, String)>,
}

impl AttendancePage {
    fn tally(&self) -> Tally {
        self.marks.iter().map(|mark| mark.code).collect()
    }

    /// The last day with a mark.
    fn as_of(&self) -> Option<NaiveDate> {
        self.marks.last().map(|mark| mark.date)
    }

    fn days(&self) -> BTreeMap<NaiveDate, grid::Day> {
        let mut days: BTreeMap<NaiveDate, grid::Day> = BTreeMap::new();
        for mark in &self.marks {
            let day = days.entry(mark.date).or_default();
            match mark.session {
                Session::Am => day.am = Some(mark.code),
                Session::Pm => day.pm = Some(mark.code),
            }
            day.listed |= is_worth_words(mark.code);
        }
        for told in &self.reports {
            let day = days.entry(told.date).or_default();
            day.reported.0 |= told.part != Part::Pm;
            day.reported.1 |= told.part != Part::Am;
            day.listed |= told.date <= self.today;
        }
        days
    }
}

/// Whether a mark has something to say beyond "in school".
fn is_worth_words(code: Code) -> bool {
    code == Code::L || !matches!(code.class(), Class::Present | Class::NotCollected)
}

/// The page.
pub fn page(words: &'static Words, page: AttendancePage) -> impl IntoView {
    let w = &words.attendance;
    let days = page.days();
    let year = page.year.days();
    let of_year = |first: &NaiveDate| year.contains(first);
    let terms: Vec<_> = page.calendar.terms().iter().filter(|term| of_year(&term.first)).collect();
    let tables = terms.iter().map(|term| grid::term(words, term, &page.calendar, page.today, &days)).collect_view();
    let lead = match page.as_of() {
        Some(day) => (w.lead)(&page.class, &page.year.to_string(), &(words.common.day_date)(day)),
        None => (w.lead_empty)(&page.class, &page.year.to_string()),
    };
    let siblings = page
        .siblings
        .iter()
        .map(|(pupil, called)| view! { <a class="tap" href=paths::attendance(pupil)>{called.clone()}</a> })
        .collect_view();
    let years = page
        .other_years
        .iter()
        .map(|year| {
            let href = format!("{}?year={}", paths::attendance(&page.pupil), year.0);
            view! { <a class="tap" href=href>{(w.other_year)(&year.to_string())}</a> }
        })
        .collect_view();
    view! {
        <p class="noprint acts"><a class="tap" href=paths::HOME>{words.common.home}</a> {siblings} {years}</p>
        <div class="stack">
            <div class="ruled"><h1>{page.full_name.clone()}</h1><p class="soft">{lead}</p></div>
            <div class="two">
                {figures::figures(words, &page)}
                {trend::trend(words, &page)}
            </div>
            <section aria-labelledby="reg" class="stack">
                <h2 id="reg" class="ruled">{w.register}</h2>
                <p class="small soft">{w.how_to_read}</p>
                <div class="terms">{tables}</div>
            </section>
            {key(words, &page)}
            {away::away(words, &page, &days)}
        </div>
    }
}

/// The signs that this page uses, and no others.
fn key(words: &'static Words, page: &AttendancePage) -> impl IntoView + use<> {
    let w = &words.attendance;
    let mut codes: Vec<Code> = page.marks.iter().map(|mark| mark.code).filter(|code| is_worth_words(*code)).collect();
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
