//! One child of a request: attendance, the count if it were refused, earlier requests, the decisions.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::tag;
use crate::{
    paths,
    rules::{
        calendar::{Session, SessionDay},
        code::Code,
        id::PupilId,
        leave::{Count, Outcome, Preview, State},
        percentage::Tally,
        policy::TestDays,
        reference::Reference,
    },
    staff::child::tags,
    ui::piece::IntoPiece,
    words::Words,
};

/// One child.
#[derive(Debug, Clone)]
pub struct ChildShown {
    /// The child, where the reader may open its page.
    pub page: Option<PupilId>,
    /// What everybody calls it.
    pub called: String,
    /// The whole name.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// Where the request stands.
    pub state: State,
    /// Each session asked for, with what was decided.
    pub sessions: Vec<(SessionDay, Option<bool>, Option<Code>)>,
    /// This school year and the last.
    pub tallies: [Tally; 2],
    /// What it would come to, and whether marks are missing; `None` where nothing would count.
    pub preview: Option<(Preview, bool)>,
    /// Earlier requests for the child.
    pub earlier: Vec<BesideShown>,
    /// Those of brothers and sisters for the same days.
    pub siblings: Vec<BesideShown>,
    /// Tests in these weeks.
    pub tests: Vec<TestDays>,
    /// Each state, its written time, and who.
    pub moves: Vec<(State, String, Option<String>)>,
    /// The decisions, the first first.
    pub decisions: Vec<DecisionShown>,
}

impl ChildShown {
    /// Puts this in the place of every word of a decision: another may look over the reader's shoulder.
    pub fn hide_words(&mut self, hidden: &str) {
        for decision in &mut self.decisions {
            decision.reasons.iter_mut().chain(&mut decision.words).for_each(|text| hidden.clone_into(text));
        }
    }
}

/// Another request.
#[derive(Debug, Clone)]
pub struct BesideShown {
    /// Its reference.
    pub reference: Reference,
    /// Whose, of a brother's or sister's: name and class.
    pub whose: Option<(String, String)>,
    /// What it was and what became of it, as one text.
    pub said: String,
}

/// A decision as people read it.
#[derive(Debug, Clone)]
pub struct DecisionShown {
    /// Its number.
    pub number: i64,
    /// All, some or none.
    pub outcome: Outcome,
    /// The reasons.
    pub reasons: Vec<String>,
    /// The headteacher's own words.
    pub words: Option<String>,
    /// Who and when, as one text.
    pub by: String,
}

/// The section.
pub fn section(words: &'static Words, child: ChildShown, place: usize) -> impl IntoView {
    let w = &words.leave_staff;
    let [this, last, now, refused, earlier, siblings, tests, moves] = w.child_heads;
    let asked: Vec<SessionDay> = child.sessions.iter().map(|(at, ..)| *at).collect();
    let count = Count::of(&asked);
    let figures = [this, last].into_iter().zip(child.tallies).map(|(head, tally)| figure(words, head, tally));
    let link = child.page.as_ref().map(|pupil| {
        view! { <a class="tap noprint" href=paths::child(pupil)>{(w.to_child)(&child.called)}</a> }
    });
    let id = format!("child-{place}");
    let decided = child.decisions.split_last().map(|(counts, before)| {
        let before = before
            .iter()
            .map(|one| {
                view! {
                    <details class="fold">
                        <summary><span>{(w.earlier_decision)(one.number)} ": " {(w.state)(one.outcome.state())}</span> <u>{words.report.show}</u></summary>
                        <div class="stack">{decision(one)}</div>
                    </details>
                }
            })
            .collect_view();
        let granted = child.sessions.iter().filter(|(_, granted, _)| *granted == Some(true)).count();
        view! {
            <div class="note stack">
                <h3>{w.decision} ": " {(w.state)(counts.outcome.state())}</h3>
                <p>{(w.agreed)(granted, child.sessions.len())}</p>
                {sessions(words, &child.sessions)}
                {decision(counts)}
            </div>
            {before}
        }
    });
    let moved = child
        .moves
        .iter()
        .map(|(state, when, who)| {
            let who = who.as_ref().map(|who| format!(", {who}"));
            view! { <span class="line">{(w.state)(*state)} <span class="soft small">", " {when.clone()}{who}</span></span> }
        })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby=id.clone()>
            <div class="ruled"><h2 id=id.clone()>{child.full_name.clone()} ", " {child.class.clone()}</h2>{tag(words, child.state)}</div>
            <p>{(words.leave.comes_to)(count.sessions, count.days)} " " {link}</p>
            <dl class="facts">
                {figures.collect_view()}
                {counts(words, &child, (now, refused))}
                <div><dt>{earlier}</dt><dd>{beside(words, &child.earlier)}</dd></div>
                <div><dt>{siblings}</dt><dd>{beside(words, &child.siblings)}</dd></div>
                <div><dt>{tests}</dt><dd>{missed_tests(words, &child.tests)}</dd></div>
                <div><dt>{moves}</dt><dd>{moved}</dd></div>
            </dl>
            {decided}
        </section>
    }
}

fn figure(words: &'static Words, head: &'static str, tally: Tally) -> impl IntoView + use<> {
    let (w, f, a) = (&words.leave_staff, &words.figures, &words.attendance);
    let said = match tally.shown() {
        None => view! { <span class="soft">{w.no_marks}</span> }.piece(),
        Some(percent) => view! {
            <b>{(f.percent)(percent)}</b> " " {tags(words, tally)}
            <span class="line small">{(a.missed)(tally.authorised, tally.unauthorised)}</span>
        }
        .piece(),
    };
    view! { <div><dt>{head}</dt><dd>{said}</dd></div> }
}

/// The unauthorised sessions in ten school weeks: now, and at most if this were refused.
fn counts(
    words: &'static Words,
    child: &ChildShown,
    (now, refused): (&'static str, &'static str),
) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    let Some((preview, incomplete)) = child.preview else {
        return view! { <div><dt>{refused}</dt><dd>{w.nothing_counts}</dd></div> }.piece();
    };
    let unknown = |window: crate::rules::threshold::Window| {
        let number = window.sessions - window.without_n;
        (number > 0).then(|| view! { <span class="line small">{(w.unknown)(number)}</span> })
    };
    let present = preview.now.map(|window| {
        view! { <div><dt>{now}</dt><dd><b>{(w.window_now)(window.sessions)}</b>{unknown(window)}</dd></div> }
    });
    let young = (preview.counting as usize != child.sessions.len())
        .then(|| view! { <span class="line small">{(w.young)(preview.counting, child.sessions.len())}</span> });
    let incomplete = incomplete.then(|| view! { <span class="line small">{w.incomplete}</span> });
    let highest = preview.highest;
    view! {
        {present}
        <div><dt>{refused}</dt><dd><b>{(w.highest)(highest.sessions, highest.first, highest.last)}</b>
            {unknown(highest)}{young}{incomplete}
            <span class="line small soft">{w.threshold}</span></dd></div>
    }
    .piece()
}

fn beside(words: &'static Words, all: &[BesideShown]) -> impl IntoView + use<> {
    if all.is_empty() {
        return view! { <span class="soft">{words.leave_staff.none}</span> }.piece();
    }
    all.iter()
        .map(|one| {
            let whose = one.whose.as_ref().map(|(name, class)| view! { <b>{name.clone()}</b> ", " {class.clone()} ": " });
            view! { <span class="line"><a class="tap" href=paths::staff_leave(&one.reference)><span>{whose}{one.said.clone()}</span></a></span> }
        })
        .collect_view()
        .piece()
}

fn missed_tests(words: &'static Words, tests: &[TestDays]) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    if tests.is_empty() {
        return view! { <span class="soft">{w.none}</span> }.piece();
    }
    tests
        .iter()
        .map(|test| {
            let unsure =
                (!test.confirmed).then(|| view! { " " <span class="small soft">"(" {w.test_unconfirmed} ")"</span> });
            view! { <span class="line"><b>{(w.test)(&test.name, test.first, test.last)}</b>{unsure}</span> }
        })
        .collect_view()
        .piece()
}

fn decision(one: &DecisionShown) -> impl IntoView + use<> {
    let reasons = one.reasons.iter().map(|reason| view! { <li>{reason.clone()}</li> }).collect_view();
    let own = one.words.clone().map(|text| view! { <p class="words">{text}</p> });
    view! { <ul>{reasons}</ul>{own}<p class="small soft">{one.by.clone()}</p> }
}

/// What was decided, a row a day.
fn sessions(words: &'static Words, all: &[(SessionDay, Option<bool>, Option<Code>)]) -> impl IntoView + use<> {
    let w = &words.leave_staff;
    let heads = w.table_heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
    let mut days: Vec<NaiveDate> = all.iter().map(|(at, ..)| at.date).collect();
    days.dedup();
    let half = |date: NaiveDate, session: Session, head: &'static str| {
        let found = all.iter().find(|(at, ..)| at.date == date && at.session == session);
        let said = match found {
            None => w.session_none.to_owned(),
            Some((_, granted, code)) => {
                let word = if *granted == Some(true) { w.session_yes } else { w.session_no };
                code.map_or_else(|| word.to_owned(), |code| format!("{}, {word}", code.letters()))
            }
        };
        view! { <td data-head=head>{said}</td> }
    };
    let rows = days
        .into_iter()
        .map(|date| {
            view! {
                <tr><th scope="row">{(words.common.day_date)(date)}</th>
                    {half(date, Session::Am, w.table_heads[1])}{half(date, Session::Pm, w.table_heads[2])}</tr>
            }
        })
        .collect_view();
    view! { <table class="late"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table> }
}
