//! Days with something to say, the latest first.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{AttendancePage, Told};
use crate::{
    paths,
    rules::code::Code,
    ui::{
        piece::IntoPiece,
        register_grid::{self as grid, Day},
    },
    words::Words,
};

pub(super) fn away(
    words: &'static Words,
    page: &AttendancePage,
    days: &BTreeMap<NaiveDate, Day>,
) -> impl IntoView + use<> {
    let w = &words.attendance;
    let listed: Vec<_> = days.iter().rev().filter(|(_, day)| day.listed).collect();
    let empty = listed.is_empty().then(|| view! { <p>{w.none_away}</p> });
    let lines = listed.into_iter().map(|(date, day)| line(words, page, *date, *day)).collect_view();
    view! {
        <section aria-labelledby="days" class="stack">
            <h2 id="days" class="ruled">{w.days_away}</h2>
            {empty}
            <dl class="facts">{lines}</dl>
            <form method="get" action=paths::attendance_day(&page.pupil) class="inline noprint">
                <p id="other-day">{(w.looks_wrong)(&page.phone)}</p>
                <label class="label" for="day">{w.wrong_day}</label>
                <p class="pair">
                    <input class="in" type="date" id="day" name="day" required max=page.today.to_string() aria-describedby="other-day" />
                    <button class="btn plain">{w.wrong_show}</button>
                </p>
            </form>
        </section>
    }
}

fn line(words: &'static Words, page: &AttendancePage, date: NaiveDate, day: Day) -> impl IntoView + use<> {
    let w = &words.attendance;
    let minutes = page.marks.iter().filter(|mark| mark.date == date).find_map(|mark| mark.minutes_late);
    let minutes = minutes.map(|minutes| format!(". {}", (w.minutes_late)(minutes)));
    let told: Vec<&Told> = page.reports.iter().filter(|told| told.date == date).collect();
    let said = told
        .iter()
        .map(|told| match &told.own {
            Some((reference, reason)) => view! {
                <span class="line"><a class="tap" href=paths::receipt(reference)>{(w.you_told)(reason, &told.at)}</a></span>
            }
            .piece(),
            None => view! { <span class="line">{(w.other_told)(&told.at)}</span> }.piece(),
        })
        .collect_view();
    // A reason the school does not know is one the family can give.
    let unexplained = told.is_empty() && (day.am == Some(Code::N) || day.pm == Some(Code::N));
    let explain = (unexplained && page.may_report).then(|| {
        let href = paths::explain(&page.pupil, date);
        view! { <span class="line noprint"><a class="btn plain less" href=href>{w.explain}<span class="vh">" " {(words.common.day_date)(date)}</span></a></span> }
    });
    let marked = day.am.is_some() || day.pm.is_some();
    let question = match page.questions.get(&date) {
        Some(true) => w.answered,
        Some(false) => w.asked,
        None => w.wrong,
    };
    let wrong = (marked || page.questions.contains_key(&date)).then(|| {
        let href = paths::attendance_day_of(&page.pupil, date);
        view! { <dd class="go noprint"><a class="tap" href=href>{question}<span class="vh">": " {(words.common.day_date)(date)}</span></a></dd> }
    });
    view! {
        <div id=grid::anchor(date)>
            <dt>{(words.common.day_date)(date)}</dt>
            <dd>{grid::said(words, day, &page.calendar, date)}{minutes}{said}{explain}</dd>
            {wrong}
        </div>
    }
}
