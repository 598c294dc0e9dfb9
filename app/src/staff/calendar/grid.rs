//! A school year as a register page: a table for each term, a cell for each day.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    rules::calendar::{Calendar, ClosedDay, Session, Term},
    ui::{piece::IntoPiece, register_grid},
    words::Words,
};

/// The id of a closed day in the list below.
#[must_use]
pub(super) fn anchor(date: NaiveDate) -> String {
    format!("d-{date}")
}

/// A term's table.
pub(super) fn term(words: &'static Words, term: &Term, calendar: &Calendar, today: NaiveDate) -> impl IntoView + use<> {
    register_grid::table(words, "term", term, |date| day(words, date, calendar, today).piece())
}

/// What stands on a day: entries for the whole school, then those of single year groups.
fn entries(calendar: &Calendar, date: NaiveDate) -> (&[ClosedDay], Vec<&ClosedDay>) {
    let of_years = calendar.closed_for_years().iter().filter(|closed| closed.day.date == date);
    (calendar.closed_on(date), of_years.map(|closed| &closed.day).collect())
}

fn day(words: &'static Words, date: NaiveDate, calendar: &Calendar, today: NaiveDate) -> impl IntoView + use<> {
    let w = &words.calendar;
    let (whole, of_years) = entries(calendar, date);
    let letter = |session: Session| {
        let closed = whole.iter().find(|day| day.closes(session)).map(|day| (w.letter)(day.kind));
        closed.or_else(|| of_years.iter().any(|day| day.closes(session)).then_some(w.years_letter))
    };
    let [am, pm] = Session::BOTH.map(letter);
    let unsure = whole.iter().chain(of_years.iter().copied()).any(|day| !day.confirmed);
    let mut said: Vec<&str> = whole.iter().map(|day| (w.kind)(day.kind)).collect();
    said.extend((!of_years.is_empty()).then_some(w.some_years));
    if said.is_empty() {
        said.push(w.open);
    }
    said.extend(unsure.then_some(w.unconfirmed));
    let said = (w.day_said)(date, &said.join(", "));
    let closed = am.is_some() || pm.is_some();
    let class = match (date == today, unsure, whole.is_empty()) {
        (true, _, _) => "c today",
        (_, true, _) => "c unsure",
        (_, _, false) => "c shut",
        _ => "c",
    };
    let inner = match closed {
        true => view! { <a href=format!("#{}", anchor(date))><span>{said}</span></a> }.piece(),
        false => view! { <span>{said}</span> }.piece(),
    };
    view! { <td class=class data-am=am data-pm=pm>{inner}</td> }
}
