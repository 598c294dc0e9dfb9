//! The register page: a term as a table, weeks as columns, each day one cell.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use leptos::prelude::*;

use crate::{
    rules::{
        calendar::{Calendar, Session, Term, monday_of},
        code::{Class, Code},
    },
    ui::{
        cell,
        piece::{IntoPiece, Piece},
    },
    words::Words,
};

/// What a day's cell shows besides what the calendar knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Day {
    /// The morning's mark.
    pub am: Option<Code>,
    /// The afternoon's mark.
    pub pm: Option<Code>,
    /// Whether the family reported the day, for halves without a mark.
    pub reported: (bool, bool),
    /// Whether the list below has words about it.
    pub listed: bool,
}

/// The id of a day in the list below.
#[must_use]
pub fn anchor(date: NaiveDate) -> String {
    format!("d-{date}")
}

/// A term's table; `link` says where a day's cell leads.
pub fn term(
    words: &'static Words,
    (term, calendar, today): (&Term, &Calendar, NaiveDate),
    days: &BTreeMap<NaiveDate, Day>,
    link: &impl Fn(NaiveDate, Day) -> Option<String>,
) -> Piece {
    let class = if term.first > today { "term later" } else { "term" };
    table(words, class, term, |date| {
        let of_date = days.get(&date).copied().unwrap_or_default();
        day(words, (date, calendar, today), of_date, link(date, of_date)).piece()
    })
}

/// A term's table with a cell for each weekday of it, whatever stands in them: weeks as columns.
pub fn table(words: &'static Words, class: &'static str, term: &Term, cell: impl Fn(NaiveDate) -> Piece) -> Piece {
    let first = monday_of(term.first);
    let weeks: Vec<NaiveDate> = std::iter::successors(Some(first), |monday| monday.checked_add_days(Days::new(7)))
        .take_while(|monday| *monday <= term.last)
        .collect();
    // The month is named where it begins; the first column is the term's first day.
    let shown = |monday: &NaiveDate| term.first.max(*monday);
    let heads = weeks
        .iter()
        .enumerate()
        .map(|(place, monday)| {
            let before = place.checked_sub(1).and_then(|before| weeks.get(before)).map(shown);
            let day = shown(monday);
            let new_month = before.is_none_or(|before| before.month() != day.month());
            let month = new_month.then(|| view! { {(words.common.short_month)(day)} <br /> });
            view! { <th scope="col">{month}{day.day()}</th> }
        })
        .collect_view();
    let rows = (0..5_u64)
        .map(|weekday| {
            let cells = weeks
                .iter()
                .map(|monday| match monday.checked_add_days(Days::new(weekday)) {
                    Some(date) if date >= term.first && date <= term.last => cell(date),
                    _ => view! { <td></td> }.piece(),
                })
                .collect_view();
            let name = first.checked_add_days(Days::new(weekday)).map(|date| (words.common.short_weekday)(date));
            view! { <tr><th scope="row">{name}</th>{cells}</tr> }
        })
        .collect_view();
    let span = (words.attendance.span)(&(words.common.day_month)(term.first), &(words.common.day_month)(term.last));
    view! {
        <div class=class>
            <table>
                <caption>{term.name.clone()} <span>{span}</span></caption>
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .piece()
}

/// A day's cell in a table.
pub fn day(
    words: &'static Words,
    (date, calendar, today): (NaiveDate, &Calendar, NaiveDate),
    day: Day,
    link: Option<String>,
) -> impl IntoView + use<> {
    let w = &words.attendance;
    if !calendar.is_school_day(date) && day.am.is_none() && day.pm.is_none() {
        return view! { <td class="c" data-off=""><span>{w.closed}</span></td> }.piece();
    }
    let half = |code: Option<Code>, reported: bool| match code {
        Some(code) => Some(code.letters().to_owned()),
        None => reported.then(|| cell::REPORTED.to_owned()),
    };
    let said = said(words, day, calendar, date);
    let said = if date == today { format!("{} {said}", w.today) } else { said };
    let inner = match link {
        Some(href) => view! { <a href=href><span>{said}</span></a> }.piece(),
        None => view! { <span>{said}</span> }.piece(),
    };
    let class = if date == today { "c today" } else { "c" };
    view! {
        <td class=class data-am=half(day.am, day.reported.0) data-pm=half(day.pm, day.reported.1)>{inner}</td>
    }
    .piece()
}

/// A day in words: one phrase where both halves say the same.
#[must_use]
pub fn said(words: &'static Words, day: Day, calendar: &Calendar, date: NaiveDate) -> String {
    let w = &words.attendance;
    let in_school = |code: Code| code.class() == Class::Present && code != Code::L;
    let half = |code: Option<Code>, reported: bool, session| match code {
        Some(code) if in_school(code) => w.in_school.to_owned(),
        Some(code) => (words.codes.meaning)(code).to_owned(),
        None if reported => w.reported.to_owned(),
        None if calendar.is_open(date, session) => w.not_yet.to_owned(),
        None => w.closed.to_owned(),
    };
    let am = half(day.am, day.reported.0, Session::Am);
    let pm = half(day.pm, day.reported.1, Session::Pm);
    if am == pm { am } else { (w.halves)(&am, &pm) }
}
