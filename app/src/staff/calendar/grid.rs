//! A school year as a register page: a table for each term, a cell for each day.

use chrono::{Datelike, Days, NaiveDate};
use leptos::prelude::*;

use crate::{
    rules::calendar::{Calendar, ClosedDay, Session, Term, monday_of},
    words::Words,
};

/// The id of a closed day in the list below.
#[must_use]
pub(super) fn anchor(date: NaiveDate) -> String {
    format!("d-{date}")
}

/// A term's table.
pub(super) fn term(words: &'static Words, term: &Term, calendar: &Calendar, today: NaiveDate) -> impl IntoView + use<> {
    let first = monday_of(term.first);
    let weeks: Vec<NaiveDate> = std::iter::successors(Some(first), |monday| monday.checked_add_days(Days::new(7)))
        .take_while(|monday| *monday <= term.last)
        .collect();
    let shown = |monday: &NaiveDate| term.first.max(*monday);
    let heads = weeks
        .iter()
        .enumerate()
        .map(|(place, monday)| {
            let before = place.checked_sub(1).and_then(|before| weeks.get(before)).map(shown);
            let day = shown(monday);
            let month = before.is_none_or(|before| before.month() != day.month());
            let month = month.then(|| view! { {(words.common.short_month)(day)} <br /> });
            view! { <th scope="col">{month}{day.day()}</th> }
        })
        .collect_view();
    let rows = (0..5_u64)
        .map(|weekday| {
            let cells = weeks
                .iter()
                .map(|monday| match monday.checked_add_days(Days::new(weekday)) {
                    Some(date) if date >= term.first && date <= term.last => {
                        day(words, date, calendar, today).into_any()
                    }
                    _ => view! { <td></td> }.into_any(),
                })
                .collect_view();
            let name = first.checked_add_days(Days::new(weekday)).map(|date| (words.common.short_weekday)(date));
            view! { <tr><th scope="row">{name}</th>{cells}</tr> }
        })
        .collect_view();
    let span = (words.attendance.span)(&(words.common.day_month)(term.first), &(words.common.day_month)(term.last));
    view! {
        <div class="term">
            <table>
                <caption>{term.name.clone()} <span>{span}</span></caption>
                <thead><tr><td></td>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
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
        true => view! { <a href=format!("#{}", anchor(date))><span>{said}</span></a> }.into_any(),
        false => view! { <span>{said}</span> }.into_any(),
    };
    view! { <td class=class data-am=am data-pm=pm>{inner}</td> }
}
