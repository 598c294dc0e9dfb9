//! A child's attendance: the year as a register page, the counts, and what they mean.

mod away;
mod figures;
mod siblings;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        absence::Part, calendar::Calendar, id::PupilId, mark::Mark, percentage::Tally, reference::Reference,
        school_year::SchoolYear,
    },
    ui::{register_grid as grid, year},
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
    /// The child's calendar.
    pub calendar: Calendar,
    /// The year's counts up to today.
    pub tally: Tally,
    /// The year's marks in order.
    pub marks: Vec<Mark>,
    /// Days about whose marks this guardian has written, and whether an answer waits to be read.
    pub questions: BTreeMap<NaiveDate, bool>,
    /// What was reported of the child's days in this year.
    pub reports: Vec<Told>,
    /// Sessions not agreed in the ten school weeks up to today; `None` before the child must go to school.
    pub unauthorised: Option<u32>,
    /// Whether this guardian may report, and so explain.
    pub may_report: bool,
    /// Brothers and sisters with a page like this, and their counts of the same year.
    pub siblings: Vec<Sibling>,
    /// The office's number.
    pub phone: String,
}

/// Another child of the guardian's.
#[derive(Debug, Clone)]
pub struct Sibling {
    /// The child.
    pub pupil: PupilId,
    /// What everybody calls it.
    pub called: String,
    /// Its counts of the same year.
    pub tally: Tally,
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
    /// The last day with a mark.
    fn as_of(&self) -> Option<NaiveDate> {
        self.marks.last().map(|mark| mark.date)
    }

    fn days(&self) -> BTreeMap<NaiveDate, grid::Day> {
        let told = self.reports.iter().map(|told| (told.date, told.part));
        let mut days = year::days(&self.marks, told, self.today);
        // What was written about a day is found in the list, whatever its marks are.
        for date in self.questions.keys() {
            days.entry(*date).or_default().listed = true;
        }
        days
    }
}

/// The page.
pub fn page(words: &'static Words, page: AttendancePage) -> impl IntoView {
    let w = &words.attendance;
    let days = page.days();
    // A day with words leads to them.
    let link = |date: NaiveDate, day: grid::Day| day.listed.then(|| format!("#{}", grid::anchor(date)));
    let tables = year::terms(words, (&page.calendar, page.year, page.today), &days, link);
    let lead = match page.as_of() {
        Some(day) => (w.lead)(&page.class, &page.year.to_string(), &(words.common.day_date)(day)),
        None => (w.lead_empty)(&page.class, &page.year.to_string()),
    };
    let siblings = page
        .siblings
        .iter()
        .map(|one| view! { <a class="tap" href=paths::attendance(&one.pupil)>{one.called.clone()}</a> })
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
                {year::trend::trend(words, &page.marks)}
            </div>
            {siblings::side_by_side(words, &page)}
            <section aria-labelledby="reg" class="stack">
                <h2 id="reg" class="ruled">{w.register}</h2>
                <p class="small soft">{w.how_to_read}</p>
                <div class="terms">{tables}</div>
            </section>
            {year::key(words, &page.marks)}
            {away::away(words, &page, &days)}
        </div>
    }
}
