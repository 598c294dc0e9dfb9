//! A child's year for staff: the register page that its parents have, the counts, and the way to every mark.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        absence::Part,
        calendar::Calendar,
        figures::{Figures, WindowState},
        id::PupilId,
        mark::Mark,
        percentage::Tally,
        reference::Reference,
        school_year::SchoolYear,
    },
    ui::{piece::IntoPiece, register_grid as grid, year},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ChildPage {
    /// The child.
    pub pupil: PupilId,
    /// The whole name.
    pub full_name: String,
    /// The class: id and name.
    pub class: (String, String),
    /// The last day on roll, once the child has left.
    pub left_on: Option<NaiveDate>,
    /// The school year.
    pub year: SchoolYear,
    /// Other years with marks.
    pub other_years: Vec<SchoolYear>,
    /// London's today.
    pub today: NaiveDate,
    /// Up to which day figures are counted.
    pub date: NaiveDate,
    /// The child's calendar.
    pub calendar: Calendar,
    /// The year's marks in order.
    pub marks: Vec<Mark>,
    /// The figures; `None` where the calendar does not know the year.
    pub figures: Option<Figures>,
    /// The Monday with which the ten school weeks begin; `None` for a year gone by.
    pub window_begins: Option<NaiveDate>,
    /// What was reported of the year's days.
    pub reports: Vec<Reported>,
    /// Whether the reader may type in a form for leave that came on paper.
    pub may_enter_leave: bool,
    /// Days about whose marks somebody has written, and whether that is unread.
    pub questions: BTreeMap<NaiveDate, bool>,
}

/// A report of a day.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The day.
    pub date: NaiveDate,
    /// The part of it.
    pub part: Part,
    /// The written time it was received.
    pub at: String,
    /// Who told the school.
    pub from: String,
    /// The reason's label.
    pub reason: String,
    /// The report.
    pub reference: Reference,
}

/// The tags of what has been missed.
pub fn tags(words: &'static Words, tally: Tally) -> impl IntoView + use<> {
    let w = &words.figures;
    let tag = match () {
        () if tally.is_severe() => w.severe,
        () if tally.is_persistent() => w.persistent,
        () if tally.is_below_95() => w.below,
        () => return None,
    };
    Some(view! { <span class="tag ask wrap-tag">{tag}</span> })
}

/// A line of what was reported.
pub fn reported(words: &'static Words, report: &Reported) -> impl IntoView + use<> {
    let said = (words.figures.reported)(&report.from, &report.at, &report.reason);
    view! { <span class="line"><a class="tap" href=paths::staff_report(&report.reference)>{said}</a></span> }
}

/// The page.
pub fn page(words: &'static Words, page: ChildPage) -> impl IntoView {
    let (w, a) = (&words.figures, &words.attendance);
    let told = page.reports.iter().map(|report| (report.date, report.part));
    let days = year::days(&page.marks, told, page.today);
    let known = |date: NaiveDate| page.calendar.is_school_day(date) || days.contains_key(&date);
    let pupil = page.pupil.clone();
    let link =
        |date: NaiveDate, _: grid::Day| (date <= page.today && known(date)).then(|| paths::child_day(&pupil, date));
    let tables = year::terms(words, (&page.calendar, page.year, page.today), &days, link);
    let years = page
        .other_years
        .iter()
        .map(|year| {
            let href = format!("{}?year={}", paths::child(&page.pupil), year.0);
            view! { <a class="tap" href=href>{(a.other_year)(&year.to_string())}</a> }
        })
        .collect_view();
    let lead = (w.child_lead)(&page.class.1, &page.year.to_string(), &(words.common.day_date)(page.date));
    let left = page.left_on.map(|day| view! { <p class="note">{(w.left)(&(words.common.full_date)(day))}</p> });
    let lines = days
        .iter()
        .rev()
        .filter(|(date, day)| day.listed || page.questions.contains_key(*date))
        .map(|(date, day)| line(words, &page, *date, *day))
        .collect_view();
    let empty = days.values().all(|day| !day.listed).then(|| view! { <p>{a.none_away}</p> });
    view! {
        <p class="noprint acts">
            <a class="tap" href=paths::CHILDREN>{w.find_title}</a>
            <a class="tap" href=paths::class(&page.class.0)>{page.class.1.clone()}</a>
            {page.may_enter_leave.then(|| view! { <a class="tap" href=paths::leave_paper(&page.pupil)>{words.leave_paper.title}</a> })}
            {years}
        </p>
        <div class="stack">
            <div class="ruled"><h1>{page.full_name.clone()}</h1><p class="soft">{lead}</p></div>
            {left}
            <div class="two">
                {figures(words, &page)}
                {year::trend::trend(words, &page.marks)}
            </div>
            <section aria-labelledby="reg" class="stack">
                <h2 id="reg" class="ruled">{a.register}</h2>
                <p class="small soft">{w.how_to_read}</p>
                <div class="terms">{tables}</div>
            </section>
            {year::key(words, &page.marks)}
            <section aria-labelledby="days" class="stack">
                <h2 id="days" class="ruled">{a.days_away}</h2>
                {empty}
                <dl class="facts">{lines}</dl>
            </section>
        </div>
    }
}

/// The counts, each with a name.
fn figures(words: &'static Words, page: &ChildPage) -> impl IntoView + use<> {
    let (w, a) = (&words.figures, &words.attendance);
    let Some(figures) = page.figures else { return view! { <p>{a.nothing}</p> }.piece() };
    let (tally, heads) = (figures.tally, &w.child_heads);
    let percent = tally.shown().map_or_else(|| w.none.to_owned(), w.percent);
    let window = page.window_begins.map(|monday| {
        let state = (w.window_state)(figures.window_state);
        let count = (figures.window_state != WindowState::NotCompulsoryAge).then(|| {
            let since = (words.common.day_month)(monday);
            view! { {(w.window)(figures.window_sessions, figures.window_without_n, &since)} <br /> }
        });
        view! { <div><dt>{heads.window}</dt><dd>{count}<span class="soft">{state}</span></dd></div> }
    });
    view! {
        <dl class="facts tall">
            <div><dt>{heads.attendance}</dt>
                <dd><b class="fig">{percent}</b> " " {tags(words, tally)}<br />
                    <span class="soft">{(w.sessions)(tally.attended, tally.possible())}</span></dd></div>
            <div><dt>{heads.missed}</dt><dd>{(a.missed)(tally.authorised, tally.unauthorised)}</dd></div>
            <div><dt>{heads.late}</dt><dd>{tally.late}</dd></div>
            <div><dt>{heads.not_recorded}</dt><dd>{figures.not_recorded}</dd></div>
            {window}
        </dl>
    }
    .piece()
}

fn line(words: &'static Words, page: &ChildPage, date: NaiveDate, day: grid::Day) -> impl IntoView + use<> {
    let (w, a) = (&words.figures, &words.attendance);
    let minutes = page.marks.iter().filter(|mark| mark.date == date).find_map(|mark| mark.minutes_late);
    let minutes = minutes.map(|minutes| format!(". {}", (a.minutes_late)(minutes)));
    let reports = page.reports.iter().filter(|report| report.date == date);
    let reports = reports.map(|report| reported(words, report)).collect_view();
    let question = page.questions.get(&date).map(|unread| {
        let (class, said) = if *unread { ("tag new", w.questioned_new) } else { ("tag", w.questioned) };
        view! { " " <span class=class>{said}</span> }
    });
    view! {
        <div>
            <dt>{(words.common.day_date)(date)}</dt>
            <dd>{grid::said(words, day, &page.calendar, date)}{minutes}{question}{reports}</dd>
            <dd class="go noprint"><a class="tap" href=paths::child_day(&page.pupil, date)>{w.to_day}<span class="vh">" " {(words.common.day_date)(date)}</span></a></dd>
        </div>
    }
}
