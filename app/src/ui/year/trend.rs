//! Sessions in school, week by week: drawn on the server, with a table behind it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    rules::{calendar::monday_of, mark::Mark, percentage::Tally},
    ui::piece::IntoPiece,
    words::Words,
};

/// How wide a week is drawn, its gap included, and how high ten sessions are.
const WIDE: usize = 26;
const HIGH: u32 = 60;
/// Where a week's bar stands.
const GROUND: u32 = 80;

/// The weeks of these marks; nothing where nothing was possible.
pub fn trend(words: &'static Words, marks: &[Mark]) -> impl IntoView + use<> {
    let w = &words.attendance;
    let weeks = weeks(marks);
    if weeks.is_empty() {
        return ().piece();
    }
    let width = weeks.len() * WIDE;
    let bars =
        weeks.iter().enumerate().map(|(place, (monday, tally))| bar(words, place, *monday, *tally)).collect_view();
    let rows = weeks
        .iter()
        .map(|(monday, tally)| {
            view! {
                <tr>
                    <th scope="row">{(words.common.day_month)(*monday)}</th>
                    <td>{tally.attended}</td>
                    <td>{tally.possible()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <figure class="trend">
            <figcaption class="small soft">{w.trend}</figcaption>
            <svg viewBox=format!("0 0 {width} 100") role="img" aria-label=w.trend_label>{bars}</svg>
            <details class="fold noprint">
                <summary><span>{w.trend_table}</span> <u>{words.report.show}</u></summary>
                <table>
                    <thead><tr><th scope="col">{w.week}</th><th scope="col">{w.in_school}</th><th scope="col">{w.possible}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
        </figure>
    }
    .piece()
}

/// The weeks with something possible, in order.
fn weeks(marks: &[Mark]) -> Vec<(NaiveDate, Tally)> {
    let mut weeks: BTreeMap<NaiveDate, Tally> = BTreeMap::new();
    for mark in marks {
        *weeks.entry(monday_of(mark.date)).or_default() += mark.code;
    }
    weeks.into_iter().filter(|(_, tally)| tally.possible() > 0).collect()
}

/// A week: a frame for what was possible, filled to what was attended; every sixth has its date.
fn bar(words: &'static Words, place: usize, monday: NaiveDate, tally: Tally) -> impl IntoView + use<> {
    let left = place * WIDE;
    let high = |sessions: u32| sessions.min(10) * HIGH / 10;
    let (all, was) = (high(tally.possible()), high(tally.attended));
    let date = place.is_multiple_of(6).then(|| view! { <text x=left y="96">{(words.common.day_month)(monday)}</text> });
    view! {
        <rect class="all" x=format!("{left}.5") y=format!("{}.5", GROUND - all) width=WIDE - 5 height=all></rect>
        <rect class="was" x=format!("{left}.5") y=format!("{}.5", GROUND - was) width=WIDE - 5 height=was></rect>
        {date}
    }
}
