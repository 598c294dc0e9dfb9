//! The school's calendar: the year as a register page, what stands in it, who changed it.

pub mod entry;
mod grid;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        absence::Part,
        calendar::{
            Calendar, ClosedDay, ClosedKind,
            edit::{Caution, KINDS, Place},
            impact::Consequences,
        },
        school_year::SchoolYear,
    },
    ui::{csrf_field, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct CalendarPage {
    /// The school year.
    pub year: SchoolYear,
    /// London's today.
    pub today: NaiveDate,
    /// The calendar.
    pub calendar: Calendar,
    /// What to look at.
    pub cautions: Vec<Caution>,
    /// Days that are closed and have reports, and how many.
    pub on_closed: Vec<(NaiveDate, usize)>,
    /// Whether whoever looks may change it.
    pub may_keep: bool,
    /// What was just changed.
    pub done: Option<Consequences>,
    /// The changes, the newest first: who, the written time, what.
    pub changes: Vec<(Option<String>, String, Option<Consequences>)>,
    /// The version that counts; 0 where nobody has changed it.
    pub version: i64,
    /// The csrf token.
    pub csrf: String,
}

/// The page.
pub fn page(words: &'static Words, page: CalendarPage) -> impl IntoView {
    let w = &words.calendar;
    let year = page.year;
    let days = year.days();
    let terms: Vec<_> =
        page.calendar.terms().iter().enumerate().filter(|(_, term)| days.contains(&term.first)).collect();
    let tables = terms.iter().map(|(_, term)| grid::term(words, term, &page.calendar, page.today)).collect_view();
    let empty = terms.is_empty().then(|| view! { <p>{(w.empty)(&year.to_string())}</p> });
    let cautions =
        page.cautions.iter().map(|caution| view! { <p class="warn">{(w.caution)(*caution)}</p> }).collect_view();
    let done = page.done.as_ref().map(|done| {
        let said = if done.undone { w.undone } else { w.done };
        view! {
            <section class="note stack" role="status" tabindex="-1" autofocus aria-labelledby="done">
                <h2 id="done">{said}</h2>
                {entry::consequences(words, done)}
            </section>
        }
    });
    let undo = (page.may_keep && page.version > 1).then(|| {
        view! {
            <form method="post" action=paths::CALENDAR_UNDO class="noprint">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="seen" value=page.version.to_string() />
                <button class="btn plain">{w.undo}</button>
            </form>
        }
    });
    view! {
        <div class="stack kept">
            {done}
            <h1>{(w.heading)(&year.to_string())}</h1>
            <p class="read noprint">{w.lead}</p>
            {years(words, &page)}
            {cautions}
            {empty}
            <p>{sums(words, &page)}</p>
            <div class="terms">{tables}</div>
            {key(words)}
            {on_closed(words, &page)}
            <div class="pair">
                {term_list(words, &page)}
                {day_list(words, &page)}
            </div>
            <section class="stack" aria-labelledby="changes">
                <h2 id="changes" class="ruled">{w.changes}</h2>
                {changes(words, &page)}
                {undo}
            </section>
        </div>
    }
}

fn years(words: &'static Words, page: &CalendarPage) -> impl IntoView + use<> {
    let w = &words.calendar;
    let has = |year: SchoolYear| page.calendar.terms().iter().any(|term| year.days().contains(&term.first));
    let links = [page.year.0.saturating_sub(1), page.year.0.saturating_add(1)]
        .into_iter()
        .filter(|year| has(SchoolYear(*year)))
        .map(|year| {
            let said = (w.other_year)(&SchoolYear(year).to_string());
            view! { <a class="tap" href=paths::calendar_of(year)>{said}</a> }
        })
        .collect_view();
    view! { <p class="acts">{links}</p> }
}

fn sums(words: &'static Words, page: &CalendarPage) -> String {
    let sessions = page.calendar.open_sessions(page.year.days());
    let mut dates: Vec<NaiveDate> = sessions.iter().map(|at| at.date).collect();
    dates.dedup();
    let days = page.year.days();
    let training =
        page.calendar.closed().iter().filter(|day| day.kind == ClosedKind::Inset && days.contains(&day.date));
    (words.calendar.sums)(dates.len(), sessions.len(), training.count())
}

fn key(words: &'static Words) -> impl IntoView + use<> {
    let w = &words.calendar;
    let one = |letter: Option<&'static str>, class: &'static str, said: &'static str| {
        view! { <li><span class=class data-am=letter data-pm=letter aria-hidden="true"></span>{said}</li> }
    };
    let kinds = KINDS.into_iter().map(|kind| one(Some((w.letter)(kind)), "c shut", (w.kind)(kind))).collect_view();
    view! {
        <section class="stack" aria-labelledby="key">
            <h2 id="key" class="vh">{w.key}</h2>
            <ul class="key">
                {one(None, "c", w.open)}
                {kinds}
                {one(Some(w.years_letter), "c", w.some_years)}
                {one(Some((w.letter)(ClosedKind::Inset)), "c unsure", w.unconfirmed)}
            </ul>
        </section>
    }
}

fn on_closed(words: &'static Words, page: &CalendarPage) -> impl IntoView + use<> {
    let w = &words.calendar;
    (!page.on_closed.is_empty()).then(|| {
        let days = page
            .on_closed
            .iter()
            .map(|(day, reports)| {
                let said = (w.on_closed_day)(&(words.common.day_date)(*day), *reports);
                view! { <li><a class="tap" href=paths::board_on(*day)>{said}</a></li> }
            })
            .collect_view();
        view! {
            <section class="warn stack noprint" aria-labelledby="on-closed">
                <h2 id="on-closed">{w.on_closed}</h2>
                <p>{w.on_closed_lead}</p>
                <ul>{days}</ul>
            </section>
        }
    })
}

fn change_link(words: &'static Words, page: &CalendarPage, place: Place, of: String) -> Option<impl IntoView + use<>> {
    page.may_keep.then(|| {
        let href = paths::calendar_entry(&place.word());
        view! { <a class="tap noprint" href=href>{words.calendar.change}<span class="vh">" " {of}</span></a> }
    })
}

fn add_link(words: &'static Words, page: &CalendarPage, what: &str) -> Option<impl IntoView + use<>> {
    let said = if what == "term" { words.calendar.add_term } else { words.calendar.add_day };
    let href = format!("{}?what={what}", paths::CALENDAR_ENTRY);
    page.may_keep.then(|| view! { <p class="noprint"><a class="btn plain" href=href>{said}</a></p> })
}

fn term_list(words: &'static Words, page: &CalendarPage) -> impl IntoView + use<> {
    let w = &words.calendar;
    let year = page.year.days();
    let of_year = page.calendar.terms().iter().enumerate().filter(|(_, term)| year.contains(&term.first));
    let rows = of_year
        .map(|(place, term)| {
            let mut days: Vec<_> = page.calendar.open_sessions(term.first..=term.last).iter().map(|at| at.date).collect();
            days.dedup();
            let span = (w.span)(&(words.common.day_month)(term.first), &(words.common.day_month)(term.last));
            view! {
                <li>
                    <span><b>{term.name.clone()}</b><span class="line small">{span} ", " {(w.school_days)(days.len())}</span></span>
                    {change_link(words, page, Place::Term(place), term.name.clone())}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="terms">
            <h2 id="terms" class="ruled">{w.terms}</h2>
            {add_link(words, page, "term")}
            <ul class="rows lines">{rows}</ul>
            {(!page.may_keep).then(|| view! { <p class="small soft">{w.read_only}</p> })}
        </section>
    }
}

fn day_list(words: &'static Words, page: &CalendarPage) -> impl IntoView + use<> {
    let w = &words.calendar;
    let whole = page.calendar.closed().iter().enumerate().map(|(at, day)| (Place::Closed(at), day, &[][..]));
    let partly = page.calendar.closed_for_years().iter().enumerate();
    let partly = partly.map(|(at, closed)| (Place::Years(at), &closed.day, closed.years.as_slice()));
    let year = page.year.days();
    let mut days: Vec<(Place, &ClosedDay, &[i64])> =
        whole.chain(partly).filter(|(_, day, _)| year.contains(&day.date)).collect();
    days.sort_by_key(|(_, day, _)| day.date);
    let none = days.is_empty().then(|| view! { <p>{w.no_days}</p> });
    let mut seen = None;
    let rows = days
        .into_iter()
        .map(|(place, day, years)| {
            // A date may stand twice: an id only once.
            let id = (seen.replace(day.date) != Some(day.date)).then(|| grid::anchor(day.date));
            let date = (words.common.day_date)(day.date);
            let mut said = vec![(w.kind)(day.kind).to_owned()];
            let part = Part::of(day.am_closed, day.pm_closed).filter(|part| *part != Part::All);
            said.extend(part.map(|part| (w.part)(part).to_owned()));
            if !years.is_empty() {
                said.push(year_names(words, years));
            }
            said.extend(day.note.clone());
            let unsure = (!day.confirmed).then(|| view! { <span class="tag new">{w.unconfirmed}</span> });
            view! {
                <li id=id>
                    <span><b>{date.clone()}</b><span class="line small">{said.join(", ")}</span>{unsure}</span>
                    {change_link(words, page, place, date)}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="days">
            <h2 id="days" class="ruled">{w.days}</h2>
            {add_link(words, page, "day")}
            {none}
            <ul class="rows lines">{rows}</ul>
        </section>
    }
}

/// "Reception, Year 1 and Year 2".
fn year_names(words: &'static Words, years: &[i64]) -> String {
    let names: Vec<String> = years.iter().map(|year| (words.calendar.year_group)(*year)).collect();
    (words.common.list)(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

fn changes(words: &'static Words, page: &CalendarPage) -> impl IntoView + use<> {
    let w = &words.calendar;
    if page.changes.is_empty() {
        return view! { <p class="soft">{w.from_settings}</p> }.piece();
    }
    let lines = page
        .changes
        .iter()
        .map(|(name, when, what)| {
            let undone = what.as_ref().is_some_and(|what| what.undone).then(|| view! { <p>{w.undone}</p> });
            let what = what.as_ref().map(|what| entry::consequences(words, what));
            view! { <li><span><b>{(w.change_line)(name.as_deref(), when)}</b>{undone}{what}</span></li> }
        })
        .collect_view();
    view! { <ul class="rows">{lines}</ul> }.piece()
}
