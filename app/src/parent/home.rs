//! The parent's home: each child's today, and what can be done about it.

mod waiting;

use chrono::{NaiveDate, NaiveDateTime, Timelike};
use leptos::prelude::*;

use self::waiting::waiting;
pub use self::waiting::{At, HomeMessage};
use crate::{
    islands::Countdown,
    paths,
    rules::{
        absence::{Kind, Part},
        code::Code,
        deadline::{DayTimes, RegisterState},
        id::PupilId,
        london::clock,
        reference::Reference,
    },
    ui::{
        cell, csrf_field,
        piece::{IntoPiece, Piece},
        ruler,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct Home {
    /// London's now.
    pub now: NaiveDateTime,
    /// What to call the guardian.
    pub called: String,
    /// Where the morning stands.
    pub state: RegisterState,
    /// The day's times.
    pub times: DayTimes,
    /// Whether today is a school day.
    pub school_today: bool,
    /// The day the buttons report: today, or the next school day; `None` when the calendar has run out.
    pub report_day: Option<NaiveDate>,
    /// The next day the school is open after today, if no closed day on the way is unconfirmed.
    pub next_day: Option<NaiveDate>,
    /// What the school has written that waits for this guardian.
    pub waiting: Vec<HomeMessage>,
    /// The children.
    pub children: Vec<HomeChild>,
    /// Whether to ask once this school year if their details are right; `None` where they have none to see here.
    pub details_due: Option<bool>,
    /// The office's number.
    pub phone: String,
    /// The csrf token.
    pub csrf: String,
}

/// One child.
#[derive(Debug, Clone)]
pub struct HomeChild {
    /// While the school is open and the child's year group is at home: the day it has school again, if that
    /// is known.
    pub at_home: Option<Option<NaiveDate>>,
    /// The id.
    pub pupil: PupilId,
    /// What everybody calls the child.
    pub called: String,
    /// "3 Oak".
    pub class: String,
    /// Whether this guardian may report.
    pub may_report: bool,
    /// What has been reported, earliest first.
    pub said: Vec<HomeReport>,
    /// The id made for "still unwell today", where one tap says so.
    pub still: Option<String>,
}

/// A report on home.
#[derive(Debug, Clone)]
pub struct HomeReport {
    /// The day, if it is not today.
    pub day: Option<NaiveDate>,
    /// The last of its days, if it goes on.
    pub until: Option<NaiveDate>,
    /// Away, late or leaving.
    pub kind: Kind,
    /// The part of it.
    pub part: Part,
    /// Whether it waits for a word this morning.
    pub expected: bool,
    /// The written time it was received.
    pub at: String,
    /// Whether that was after the close.
    pub late: bool,
    /// Receipt and reason, if it is this guardian's own.
    pub own: Option<(Reference, String)>,
    /// The school's codes.
    pub codes: (Option<Code>, Option<Code>),
}

/// The page.
pub fn page(words: &'static Words, home: Home) -> impl IntoView {
    let w = &words.home;
    if home.children.is_empty() {
        return view! {
            <div class="stack read">
                <h1>{w.nobody_title}</h1>
                <p>{(w.nobody)(&home.phone)}</p>
            </div>
        }
        .piece();
    }
    let several = {
        // Those who can still be reported together.
        let still = home.children.iter().filter(|child| child.may_report && child.said.is_empty()).count();
        (still > 1 && home.report_day.is_some()).then(|| (w.together)(still))
    };
    let today = home.now.date();
    let day_name = home.report_day.filter(|day| *day != today).map(|day| (words.common.day_date)(day));
    let school_today = home.school_today;
    let can_report = home.report_day.is_some();
    let csrf = home.csrf.clone();
    let due = (home.details_due == Some(true))
        .then(|| view! { <p class="noprint"><a class="tap" href=paths::DETAILS>{words.details.home_still}</a></p> });
    let details = home.details_due.map(|_| view! { <li><a href=paths::DETAILS>{words.details.title}</a></li> });
    let head = head(words, &home);
    let lines = |has_time: bool, asks: bool| {
        let these = home.waiting.iter().filter(move |it| it.has_time() == has_time && it.asks == asks);
        these.map(|message| waiting(words, message)).collect_view()
    };
    // Questions before answers.
    let first = [lines(false, true), lines(false, false)];
    let later = [lines(true, true), lines(true, false)];
    view! {
        <div class="two">
            <div class="stack">
                {first}
                {head}
                <div class="kids">
                    {home.children.into_iter().map(|it| child(words, it, school_today, can_report, day_name.clone(), &csrf)).collect_view()}
                </div>
                {several.map(|text| view! { <p><a class="tap" href=paths::REPORT>{text}</a></p> })}
                {later}
                {due}
            </div>
            <div class="stack">
                <nav class="links" aria-label=words.common.more>
                    <ul>
                        <li><a href=paths::LEAVE>{words.leave.home_link}</a></li>
                        <li><a href=paths::LEAVING>{words.leaving.home_link}</a></li>
                        <li><a href=paths::POLICY>{words.declaration.title}</a></li>
                        <li><a href=paths::RECEIPTS>{w.everything}</a></li>
                        {details}
                        <li><a href=paths::DEVICES>{w.devices}</a></li>
                    </ul>
                </nav>
            </div>
        </div>
    }
    .piece()
}

fn head(words: &'static Words, home: &Home) -> impl IntoView + use<> {
    let w = &words.home;
    let opens = home.times.register_taken;
    let closes = home.times.report_by;
    let place = ruler::Place { at: (home.now.time() - opens).num_seconds(), whole: (closes - opens).num_seconds() };
    // Nothing is to do for those on their way; those reported have their own lines.
    let names: Vec<&str> = home
        .children
        .iter()
        .filter(|child| child.said.is_empty() && child.at_home.is_none())
        .map(|child| child.called.as_str())
        .collect();
    let calm = if names.is_empty() { String::new() } else { (w.calm)(&(words.common.list)(&names), names.len()) };
    let now = clock(home.now.time());
    let (opens, closes) = (clock(opens), clock(closes));
    let next = match home.next_day {
        Some(day) => (w.next_day)(&(words.common.day_date)(day)),
        None => String::new(),
    };
    let drawn = matches!(home.state, RegisterState::Open { .. } | RegisterState::Closed).then(|| {
        let label = (w.ruler)(&now, &opens, &closes);
        ruler::ruler(place, now.clone(), label, (w.opens)(&opens), (w.closes)(&closes))
    });
    let (heading, lead) = match home.state {
        RegisterState::NotASchoolDay => (view! { {w.no_school} }.piece(), next),
        RegisterState::DayOver => (view! { {w.day_over} }.piece(), next),
        RegisterState::Closed => (view! { {w.closed} }.piece(), w.late_calm.to_owned()),
        RegisterState::BeforeOpen { closes_in_minutes, .. } => {
            (countdown(words, closes_in_minutes, i64::from(closes_in_minutes) * 60), calm)
        }
        RegisterState::Open { closes_in_minutes, closes_in_seconds } => {
            (countdown(words, closes_in_minutes, i64::from(closes_in_seconds)), calm)
        }
    };
    let no_calendar = home.report_day.is_none().then(|| view! { <p class="warn">{(w.no_calendar)(&home.phone)}</p> });
    view! {
        <div class="hello">
            <p class="dateline">
                <span>{(words.common.long_date)(home.now.date())}</span>
                <span>{(w.greeting)(home.now.hour(), &home.called)}</span>
            </p>
            <h1>{heading}</h1>
            {drawn}
            {no_calendar}
            {(!lead.is_empty()).then(|| view! { <p>{lead}</p> })}
        </div>
    }
}

/// "The register closes in 23 minutes": right at load, live where WebAssembly runs.
fn countdown(words: &'static Words, minutes: u32, seconds: i64) -> Piece {
    let said = (words.home.closes_in)(&(words.common.span)(minutes));
    view! { <Countdown seconds=seconds said=said closed=words.home.closed.to_owned() /> }.piece()
}

fn child(
    words: &'static Words,
    child: HomeChild,
    school_today: bool,
    can_report: bool,
    day_name: Option<String>,
    csrf: &str,
) -> impl IntoView + use<> {
    let w = &words.home;
    let id = format!("child-{}", child.pupil);
    // Its year group is at home: for this child it is a day without school.
    let (school_today, can_report) = (school_today && child.at_home.is_none(), can_report && child.at_home.is_none());
    let at_home = child.at_home.map(|again| {
        let again = again.map(words.common.day_date);
        view! { <p>{(w.year_at_home)(&child.called, again.as_deref())}</p> }
    });
    let today: Vec<&HomeReport> = child.said.iter().filter(|report| report.day.is_none()).collect();
    let square = if let Some(report) = today.first() {
        today_cell(words, report)
    } else if school_today {
        cell::cell(None, None, "l today", false, w.cell_nothing.to_owned()).piece()
    } else {
        cell::cell(None, None, "l", true, w.cell_closed.to_owned()).piece()
    };
    let lines = child.said.iter().map(|report| state(words, report)).collect_view();
    let nothing_said = if child.said.is_empty() { w.nothing } else { w.nothing_today };
    // On a day without school there is nothing to report, and nothing to say of it.
    let nothing = (today.is_empty() && (school_today || child.said.is_empty()))
        .then(|| view! { <p class="soft">{child.class.clone()} " · " {nothing_said}</p> });
    let class = nothing.is_none().then(|| view! { <p class="soft">{child.class.clone()}</p> });
    // The reports of the day that the button is about.
    let of_day: Vec<&HomeReport> =
        child.said.iter().filter(|report| report.day.is_some() == day_name.is_some()).collect();
    let still = child.still.as_ref().map(|submission| {
        view! {
            <form method="post" action=paths::STILL>
                {csrf_field(csrf)}
                <input type="hidden" name="submission" value=submission.clone() />
                <input type="hidden" name="who" value=child.pupil.to_string() />
                <button class="btn big">{(w.still)(&child.called)}</button>
            </form>
        }
    });
    let other_ways = (child.may_report && can_report)
        .then(|| view! { <a class="tap noprint" href=paths::report_when(&child.pupil)>{w.other_ways}<span class="vh">{(w.other_ways_for)(&child.called)}</span></a> });
    let act = if !child.may_report {
        view! { <p class="small">{w.view_only}</p> }.piece()
    } else if still.is_some() {
        view! { {still} <a class="tap" href=paths::report_child(&child.pupil)>{(w.not_coming)(&child.called, None)}</a> }.piece()
    } else if !can_report || of_day.iter().any(|report| report.own.is_some()) {
        ().piece()
    } else if of_day.is_empty() {
        let label = (w.not_coming)(&child.called, day_name.as_deref());
        view! { <a class="btn big" href=paths::report_child(&child.pupil)>{label}</a> }.piece()
    } else {
        view! { <a class="tap" href=paths::report_child(&child.pupil)>{(w.report_too)(&child.called)}</a> }.piece()
    };
    let heading = id.clone();
    view! {
        <section class="kid" aria-labelledby=id>
            {square}
            <div>
                <h2 id=heading>{child.called.clone()}</h2>
                {nothing}
                {class}
                {at_home}
                {lines}
            </div>
            {act}
            {other_ways}
            <a class="tap noprint" href=paths::attendance(&child.pupil)>{(words.attendance.link)(&child.called)}</a>
        </section>
    }
}

fn today_cell(words: &'static Words, report: &HomeReport) -> Piece {
    let half = |reported: bool, code: Option<Code>| match code {
        Some(code) => Some(code.letters().to_owned()),
        None => reported.then(|| cell::REPORTED.to_owned()),
    };
    let am = half(report.part != Part::Pm, report.codes.0);
    let pm = half(report.part != Part::Am, report.codes.1);
    cell::cell(am, pm, "l today", false, words.home.cell_reported.to_owned()).piece()
}

fn state(words: &'static Words, report: &HomeReport) -> impl IntoView + use<> {
    let w = &words.home;
    let reason = report.own.as_ref().map(|(_, reason)| reason.as_str());
    let said = match (report.day, reason) {
        (Some(day), reason) => (w.reported_for)(&(words.common.day_date)(day), reason, &report.at),
        (None, Some(reason)) => (w.reported)(report.kind, reason, &report.at, report.late),
        (None, None) => (w.reported_other)(&report.at),
    };
    let recorded =
        recorded(words, report.codes).map(|text| view! { <p><span class="tag done">{(w.recorded)(&text)}</span></p> });
    let receipt = report.own.as_ref().map(|(reference, _)| {
        view! { <p class="noprint"><a class="tap" href=paths::receipt(reference)>{w.see_receipt}</a></p> }
    });
    let until = report.until.map(|day| view! { <p>{(w.until)(&(words.common.day_date)(day))}</p> });
    let expected = (report.day.is_none() && report.expected).then(|| view! { <p class="soft">{w.expected}</p> });
    view! {
        <p>{said}</p>
        {until}
        {expected}
        {recorded}
        {receipt}
    }
}

/// The school's codes in plain words: one if both sessions have the same.
pub(crate) fn recorded(words: &'static Words, codes: (Option<Code>, Option<Code>)) -> Option<String> {
    let full = words.codes.full;
    match codes {
        (None, None) => None,
        (Some(am), Some(pm)) if am == pm => Some(full(am)),
        (Some(am), Some(pm)) => Some(format!("{}; {}", full(am), full(pm))),
        (Some(one), None) | (None, Some(one)) => Some(full(one)),
    }
}
