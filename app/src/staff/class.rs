//! A class's week: a line for each child, a cell for each day.

use chrono::{Days, NaiveDate};
use leptos::prelude::*;

use super::child::tags;
use crate::{
    paths,
    rules::{calendar::Calendar, id::PupilId, percentage::Tally},
    ui::{piece::IntoPiece, register_grid as grid},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct ClassPage {
    /// The class: id and name.
    pub class: (String, String),
    /// The Monday of the week.
    pub monday: NaiveDate,
    /// The Mondays of the school weeks before and after, up to today.
    pub steps: [Option<NaiveDate>; 2],
    /// London's today.
    pub today: NaiveDate,
    /// The class's calendar.
    pub calendar: Calendar,
    /// The children, in the order of registers.
    pub children: Vec<ClassChild>,
}

/// A child's line.
#[derive(Debug, Clone)]
pub struct ClassChild {
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// The school year so far.
    pub tally: Tally,
    /// Monday to Friday.
    pub days: [grid::Day; 5],
}

/// The page.
pub fn page(words: &'static Words, page: ClassPage) -> impl IntoView {
    let w = &words.figures;
    let dates: Vec<NaiveDate> = (0..5).filter_map(|day| page.monday.checked_add_days(Days::new(day))).collect();
    let steps = page
        .steps
        .iter()
        .zip(w.week_steps)
        .filter_map(|(week, label)| {
            let week = (*week)?;
            Some(view! { <a class="tap" href=paths::class_week(&page.class.0, week)>{label}<span class="vh">": " {(words.common.day_month)(week)}</span></a> })
        })
        .collect_view();
    let whole: Tally = page.children.iter().map(|child| child.tally).sum();
    let percent = whole.shown().map_or_else(|| w.none.to_owned(), w.percent);
    let heads =
        dates.iter().map(|date| view! { <th scope="col">{(words.common.short_day)(*date)}</th> }).collect_view();
    let rows = page.children.iter().map(|child| row(words, &page, &dates, child)).collect_view();
    let table = if page.children.is_empty() {
        view! { <p>{w.class_empty}</p> }.piece()
    } else {
        view! {
            <div class="scroll" role="region" tabindex="0" aria-labelledby="week">
                <table class="roll">
                    <thead><tr><th scope="col">{w.class_heads[0]}</th>{heads}<th scope="col">{w.class_heads[1]}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .piece()
    };
    view! {
        <p class="noprint acts">
            <a class="tap" href=paths::CHILDREN>{w.find_title}</a>
            <a class="tap" href=paths::FIGURES>{w.title}</a>
        </p>
        <div class="stack">
            <div class="ruled">
                <h1>{page.class.1.clone()}</h1>
                <p class="soft">{(w.children)(page.children.len())} " · " <b>{percent}</b> " " {(w.sessions)(whole.attended, whole.possible())}</p>
            </div>
            <div class="titlebar"><h2 id="week">{(w.week_of)(&(words.common.full_date)(page.monday))}</h2><p class="acts noprint">{steps}</p></div>
            {table}
            <p class="small soft">{w.pooled}</p>
        </div>
    }
}

fn row(words: &'static Words, page: &ClassPage, dates: &[NaiveDate], child: &ClassChild) -> impl IntoView + use<> {
    let w = &words.figures;
    let cells = dates
        .iter()
        .zip(child.days)
        .map(|(date, day)| {
            let shown =
                *date <= page.today && (page.calendar.is_school_day(*date) || day.am.is_some() || day.pm.is_some());
            let link = shown.then(|| paths::child_day(&child.pupil, *date));
            grid::day(words, (*date, &page.calendar, page.today), day, link)
        })
        .collect_view();
    let percent = child.tally.shown().map_or_else(|| w.none.to_owned(), w.percent);
    view! {
        <tr>
            <th scope="row"><a class="tap" href=paths::child(&child.pupil)>{child.name.clone()}</a></th>
            {cells}
            <td class="count"><span class="nb">{percent}</span> " " {tags(words, child.tally)}</td>
        </tr>
    }
}
