//! An entry of the calendar to be filled in, and what it would change.

use chrono::NaiveDate;
use leptos::prelude::*;

use super::year_names;
use crate::{
    paths,
    rules::{
        absence::Part,
        calendar::{
            SessionDay,
            edit::{EntryForm, Field, KINDS, Problem, kind_word},
            impact::{Consequences, Moved},
        },
    },
    ui::{cell, csrf_field, errors, piece::IntoPiece},
    words::Words,
};

/// How many spans of days are named; there may be a term of them.
const NAMED: usize = 6;

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct EntryPage {
    /// What is typed.
    pub form: EntryForm,
    /// What is wrong with it.
    pub problems: Vec<(Field, Problem)>,
    /// The school's year groups.
    pub years: Vec<i64>,
    /// The version of the calendar it is held against.
    pub seen: i64,
    /// What it would change, once somebody has asked.
    pub would: Option<Consequences>,
    /// Whether it takes the entry out.
    pub remove: bool,
    /// Whether the calendar was changed by somebody else meanwhile.
    pub meanwhile: bool,
    /// The csrf token.
    pub csrf: String,
}

fn anchor(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::First => "first",
        Field::Last => "last",
        Field::Kind => "kind",
        Field::Part => "part",
        Field::Years => "years",
        Field::Note => "note",
    }
}

/// The page.
pub fn page(words: &'static Words, page: EntryPage) -> impl IntoView {
    let w = &words.calendar;
    let problems: Vec<errors::Said> = page
        .problems
        .iter()
        .map(|(field, problem)| (anchor(*field).to_owned(), (w.problem)(*field, problem)))
        .collect();
    let is_term = page.form.what == "term";
    let title = w.entry_titles[usize::from(!is_term) * 2 + usize::from(!page.form.place.is_empty())];
    let meanwhile = page.meanwhile.then(|| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{w.changed_meanwhile}</p></div> }
    });
    let (heading, would) = match &page.would {
        Some(would) => (w.would_title, Some(confirm(words, &page, would))),
        None => (title, None),
    };
    let again = page.would.is_some().then(|| view! { <h2 class="ruled noprint">{w.again}</h2> });
    view! {
        <div class="stack read">
            <a class="back" href=paths::CALENDAR>{w.back}</a>
            {errors::summary(w.errors.to_owned(), &problems)}
            {meanwhile}
            <h1>{heading}</h1>
            {would}
            {again}
            <form method="post" action=paths::CALENDAR_LOOK class="stack noprint" novalidate>
                {csrf_field(&page.csrf)}
                <input type="hidden" name="seen" value=page.seen.to_string() />
                <input type="hidden" name="place" value=page.form.place.clone() />
                <input type="hidden" name="what" value=page.form.what.clone() />
                {if is_term { term(words, &page, &problems).piece() } else { day(words, &page, &problems).piece() }}
                <div class="acts">
                    <button class="btn big">{w.look}</button>
                    {(!page.form.place.is_empty()).then(|| view! { <button class="btn stop" name="act" value="remove">{w.remove}</button> })}
                </div>
            </form>
        </div>
    }
}

/// What would change, and the button that does it.
fn confirm(words: &'static Words, page: &EntryPage, would: &Consequences) -> impl IntoView + use<> {
    let w = &words.calendar;
    let form = &page.form;
    let one = |name: &'static str, value: &str| view! { <input type="hidden" name=name value=value.to_owned() /> };
    let years =
        form.years.iter().map(|year| view! { <input type="hidden" name="years" value=year.clone() /> }).collect_view();
    view! {
        <p>{w.would_lead}</p>
        {consequences(words, would)}
        <form method="post" action=paths::CALENDAR>
            {csrf_field(&page.csrf)}
            {one("seen", &page.seen.to_string())}
            {one("place", &form.place)}
            {one("what", &form.what)}
            {one("name", &form.name)}
            {one("first", &form.first)}
            {one("last", &form.last)}
            {one("kind", &form.kind)}
            {one("part", &form.part)}
            {one("confirmed", &form.confirmed)}
            {one("note", &form.note)}
            {one("act", if page.remove { "remove" } else { "" })}
            {years}
            <button class="btn big">{w.save}</button>
        </form>
    }
}

/// What a change does, in sentences.
pub(super) fn consequences(words: &'static Words, would: &Consequences) -> impl IntoView + use<> {
    let w = &words.calendar;
    let moves = |moved: &Moved| {
        let mut lines = Vec::new();
        if !moved.closed.is_empty() {
            lines.push((w.closes)(moved.closed.len(), &days(words, &moved.closed)));
        }
        if !moved.opened.is_empty() {
            lines.push((w.opens)(moved.opened.len(), &days(words, &moved.opened)));
        }
        lines
    };
    let mut lines = moves(&would.school);
    for group in would.years.chunk_by(|(_, one), (_, other)| one == other) {
        let years: Vec<i64> = group.iter().map(|(year, _)| *year).collect();
        let Some((_, moved)) = group.first() else { continue };
        lines.extend(
            moves(moved).into_iter().map(|line| format!("{} {line}", (w.for_years)(&year_names(words, &years)))),
        );
    }
    if would.words_only {
        lines.push(w.words_only.to_owned());
    }
    let stands = [
        (would.reports.0 > 0).then(|| (w.reports)(would.reports.0)),
        (would.marks.0 > 0).then(|| (w.marks)(would.marks.0)),
        (would.deadlines > 0).then(|| (w.deadlines)(would.deadlines)),
        (would.returns > 0).then(|| (w.returns)(would.returns)),
    ];
    let stands: Vec<String> = stands.into_iter().flatten().collect();
    if stands.is_empty() && !would.words_only {
        lines.push(w.nothing_stands.to_owned());
    }
    let lines = lines.into_iter().chain(stands).map(|line| view! { <li>{line}</li> }).collect_view();
    view! { <ul class="what">{lines}</ul> }
}

/// Days in words, runs of school days as one: "4 Jan", "5 days, 4 Jan to 8 Jan".
fn days(words: &'static Words, sessions: &[SessionDay]) -> String {
    let w = &words.calendar;
    let mut dates: Vec<NaiveDate> = sessions.iter().map(|at| at.date).collect();
    dates.dedup();
    let together = |one: &NaiveDate, next: &NaiveDate| (*next - *one).num_days() <= 3;
    let runs: Vec<&[NaiveDate]> = dates.chunk_by(together).collect();
    let said = |run: &&[NaiveDate]| {
        let (first, last) = (run.first().copied().unwrap_or_default(), run.last().copied().unwrap_or_default());
        let last = (run.len() > 1).then(|| (words.common.full_date)(last));
        (w.days_span)(run.len(), &(words.common.full_date)(first), last.as_deref())
    };
    let mut shown: Vec<String> = runs.iter().take(NAMED).map(said).collect();
    if runs.len() > NAMED {
        shown.push((words.import.more)(runs.len() - NAMED));
    }
    shown.join("; ")
}

fn input(
    (id, label, kind): (&'static str, &'static str, &'static str),
    hint: Option<&'static str>,
    value: &str,
    problems: &[errors::Said],
) -> impl IntoView + use<> {
    let hint_id = format!("{id}-hint");
    let described = match (errors::described(problems, id), hint.is_some()) {
        (Some(why), true) => Some(format!("{why} {hint_id}")),
        (Some(why), false) => Some(why),
        (None, true) => Some(hint_id.clone()),
        (None, false) => None,
    };
    let class = if kind == "date" { "in short" } else { "in" };
    view! {
        <div class=errors::bad(problems, id)>
            <label class="label" for=id>{label}</label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {errors::why(problems, id)}
            <input class=class id=id name=id type=kind value=value.to_owned() autocomplete="off"
                aria-describedby=described aria-invalid=errors::said(problems, id).map(|_| "true") />
        </div>
    }
}

fn term(words: &'static Words, page: &EntryPage, problems: &[errors::Said]) -> impl IntoView + use<> {
    let (w, form) = (&words.calendar, &page.form);
    view! {
        {input(("name", w.name, "text"), Some(w.name_hint), &form.name, problems)}
        {input(("first", w.first, "date"), Some(w.term_hint), &form.first, problems)}
        {input(("last", w.last, "date"), None, &form.last, problems)}
    }
}

fn day(words: &'static Words, page: &EntryPage, problems: &[errors::Said]) -> impl IntoView + use<> {
    let (w, form) = (&words.calendar, &page.form);
    let kinds = KINDS
        .into_iter()
        .enumerate()
        .map(|(place, kind)| {
            let (word, letter) = (kind_word(kind), Some((w.letter)(kind).to_owned()));
            let id = if place == 0 { "kind".to_owned() } else { format!("kind-{word}") };
            view! {
                <label class="opt">
                    <input type="radio" name="kind" value=word id=id checked=form.kind == word />
                    {(w.kind)(kind)} " " {cell::cell(letter.clone(), letter, "shut", false, String::new())}
                </label>
            }
        })
        .collect_view();
    let parts = [Part::All, Part::Am, Part::Pm]
        .into_iter()
        .map(|part| {
            let id = if part == Part::All { "part".to_owned() } else { format!("part-{}", part.word()) };
            let chosen = form.part == part.word();
            view! {
                <label class="opt"><input type="radio" name="part" value=part.word() id=id checked=chosen />{(w.part)(part)}</label>
            }
        })
        .collect_view();
    let years = page
        .years
        .iter()
        .enumerate()
        .map(|(place, year)| {
            let id = if place == 0 { "years".to_owned() } else { format!("years-{year}") };
            let chosen = form.years.contains(&year.to_string());
            view! {
                <label class="opt">
                    <input type="checkbox" name="years" value=year.to_string() id=id checked=chosen />{(w.year_group)(*year)}
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class=errors::bad(problems, "kind")>
            <legend>{w.why}</legend>
            {errors::why(problems, "kind")}
            <div class="opts">{kinds}</div>
        </fieldset>
        {input(("first", w.first, "date"), None, &form.first, problems)}
        {input(("last", w.last, "date"), Some(w.last_hint), &form.last, problems)}
        <fieldset class=errors::bad(problems, "part")>
            <legend>{w.when}</legend>
            {errors::why(problems, "part")}
            <div class="opts">{parts}</div>
        </fieldset>
        <fieldset class=errors::bad(problems, "years")>
            <legend>{w.who}</legend>
            <p class="hint">{w.who_hint}</p>
            {errors::why(problems, "years")}
            <div class="opts">{years}</div>
        </fieldset>
        <div>
            <label class="opt"><input type="checkbox" name="confirmed" value="yes" id="confirmed" checked=form.confirmed == "yes"
                aria-describedby="confirmed-hint" />{w.confirm}</label>
            <p class="hint" id="confirmed-hint">{w.confirm_hint}</p>
        </div>
        {input(("note", w.note, "text"), Some(w.note_hint), &form.note, problems)}
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    const HOSTILE: &str = "</b><script>alert(1)</script>\"'";

    fn drawn(page: EntryPage) -> String {
        Owner::new().with(|| super::page(words("en-GB"), page).into_view().to_html())
    }

    #[test]
    fn what_was_typed_stays_and_stays_text() {
        let form = EntryForm {
            what: "day".into(),
            place: HOSTILE.into(),
            first: HOSTILE.into(),
            last: HOSTILE.into(),
            kind: "holiday".into(),
            part: "pm".into(),
            years: vec!["3".into(), HOSTILE.into()],
            note: HOSTILE.into(),
            ..EntryForm::default()
        };
        let problems = vec![(Field::First, Problem::NotADate), (Field::Years, Problem::NotAChoice)];
        for would in [None, Some(Consequences::default())] {
            let html = drawn(EntryPage {
                form: form.clone(),
                problems: problems.clone(),
                years: vec![2, 3],
                would,
                ..EntryPage::default()
            });
            assert!(!html.contains("<script>") && !html.contains("style="), "{html}");
            assert!(html.contains("href=\"#first\"") && html.contains("id=\"first-why\""), "{html}");
            let box_of_3 = html.split("value=\"3\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap_or_default();
            assert!(box_of_3.contains("checked") || html.contains("name=\"years\" value=\"3\""), "{html}");
        }
    }

    #[test]
    fn runs_of_days_are_one_and_many_are_cut() {
        let day = |date: &str| SessionDay {
            date: date.parse().unwrap_or_default(),
            session: crate::rules::calendar::Session::Am,
        };
        let said = days(words("en-GB"), &[day("2026-11-26"), day("2026-11-27"), day("2026-11-30"), day("2027-01-04")]);
        assert_eq!(said, "3 days, 26 November 2026 to 30 November 2026; 4 January 2027");
        let weekly: Vec<SessionDay> = (1..9).map(|week| day(&format!("2026-{:02}-02", week))).collect();
        assert!(days(words("en-GB"), &weekly).ends_with("; and 2 more"));
    }
}
