//! "When?": folded away, since it is nearly always today, all day.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::{ReportPage, input::input};
use crate::{
    rules::absence::{Field, Kind, OTHER_DAY, Part, anchor},
    ui::{cell, errors},
    words::Words,
};

/// Fields whose problems open the fold.
const INSIDE: [&str; 7] = ["day", "first", "until", "part", "arrives", "goes", "back"];

/// The fold.
pub(crate) fn when(words: &'static Words, page: &ReportPage, problems: &[errors::Said]) -> impl IntoView + use<> {
    let w = &words.report;
    let wrong = INSIDE.iter().any(|name| errors::said(problems, name).is_some());
    let open = wrong || says_more(page);
    let name = |date: NaiveDate| {
        if date == page.offer.today {
            w.today.to_owned()
        } else if Some(date) == page.offer.today.succ_opt() {
            w.tomorrow.to_owned()
        } else {
            (words.common.day_date)(date)
        }
    };
    let days: Vec<_> = page.offer.soon.iter().map(|day| (day.to_string(), name(*day))).collect();
    let said = days
        .iter()
        .enumerate()
        .map(|(place, (_, name))| view! { <span class=format!("said s-day-{place}")>{name.clone()}</span> })
        .collect_view();
    view! {
        <details class="fold" open=open>
            <summary>
                <span>
                    <b>{w.when}</b> " " {said}
                    <span class="said s-day-other">{w.said_other}</span>
                    <span class="said s-all">{(w.said_part)(Part::All)}</span>
                    <span class="said s-am">{(w.said_part)(Part::Am)}</span>
                    <span class="said s-pm">{(w.said_part)(Part::Pm)}</span>
                    <span class="said s-late">{(w.said_kind)(Kind::Late)}</span>
                    <span class="said s-leaving">{(w.said_kind)(Kind::Leaving)}</span>
                </span>
                <u>{w.change}</u>
            </summary>
            <div class="stack">{which_day(words, page, days, problems)}{what_of_it(words, page, problems)}</div>
        </details>
    }
}

/// Whether it is about more than a day at hand and a child who stays away.
pub(super) fn says_more(page: &ReportPage) -> bool {
    page.open_when || page.form.day == OTHER_DAY || Kind::parse(&page.form.part).is_some()
}

fn which_day(
    words: &'static Words,
    page: &ReportPage,
    days: Vec<(String, String)>,
    problems: &[errors::Said],
) -> impl IntoView + use<> {
    let w = &words.report;
    let days = days
        .into_iter()
        .enumerate()
        .map(|(place, (value, name))| {
            let chosen = page.form.day == value;
            let id = if place == 0 { "day".to_owned() } else { format!("day-{place}") };
            view! { <label class="opt"><input type="radio" name="day" value=value id=id checked=chosen />{name}</label> }
        })
        .collect_view();
    let date = |field, label, value: &str| input(words, anchor(field, ""), "date", label, false, value, problems);
    view! {
        <fieldset class=errors::bad(problems, "day")>
            <legend class="vh">{w.which_day}</legend>
            {errors::why(problems, "day")}
            <div class="opts">
                {days}
                <label class="opt whole">
                    <input type="radio" name="day" value=OTHER_DAY id="day-other" checked=page.form.day == OTHER_DAY />
                    {w.other_day}
                </label>
                <div class="more acts">
                    {date(Field::First, w.first, &page.form.first)}
                    {date(Field::Until, w.until, &page.form.until)}
                </div>
            </div>
        </fieldset>
    }
}

fn what_of_it(words: &'static Words, page: &ReportPage, problems: &[errors::Said]) -> impl IntoView + use<> {
    let w = &words.report;
    let parts = [Part::All, Part::Am, Part::Pm]
        .into_iter()
        .map(|part| {
            let chosen = page.form.part == part.word() || (page.form.part.is_empty() && part == Part::All);
            let id = if part == Part::All { "part".to_owned() } else { format!("part-{}", part.word()) };
            let class = if part == Part::All { "opt whole" } else { "opt" };
            view! {
                <label class=class>
                    <input type="radio" name="part" value=part.word() id=id checked=chosen />
                    {(w.part)(part)} " " {cell::reported(part, "", String::new())}
                </label>
            }
        })
        .collect_view();
    let kind = |kind: Kind| {
        let id = format!("part-{}", kind.word());
        view! {
            <label class="opt">
                <input type="radio" name="part" value=kind.word() id=id checked=page.form.part == kind.word() />
                {(w.kind)(kind)}
            </label>
        }
    };
    let time =
        |field, label, optional, value: &str| input(words, anchor(field, ""), "time", label, optional, value, problems);
    view! {
        <fieldset class=errors::bad(problems, "part")>
            <legend class="vh">{w.which_part}</legend>
            {errors::why(problems, "part")}
            <div class="opts">
                {parts}
                {kind(Kind::Late)}
                <div class="more">{time(Field::Arrives, w.arrives, false, &page.form.arrives)}</div>
                {kind(Kind::Leaving)}
                <div class="more acts">
                    {time(Field::Goes, w.leaves, false, &page.form.goes)}
                    {time(Field::Back, w.returns, true, &page.form.back)}
                </div>
            </div>
        </fieldset>
    }
}
