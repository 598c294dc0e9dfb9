//! Who decides leave for the headteacher, and between which days.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        designate::{Problem, Standing, Term},
        id::StaffId,
    },
    ui::{csrf_field, errors, piece::IntoPiece},
    words::Words,
};

/// Somebody in the list.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Who.
    pub staff: StaffId,
    /// The whole name.
    pub name: String,
    /// On which days; `None` where the headteacher has not said.
    pub term: Option<Term>,
    /// Whether the account is shut.
    pub disabled: bool,
}

/// What is typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// Who.
    pub who: String,
    /// The first day.
    pub first: String,
    /// The last day.
    pub last: String,
}

/// What the page shows.
#[derive(Debug, Clone, Default)]
pub struct DesignatesPage {
    /// A csrf token for its forms.
    pub csrf: String,
    /// Today in London.
    pub today: NaiveDate,
    /// Everybody who decides, did or will.
    pub all: Vec<Shown>,
    /// Whom the headteacher can name.
    pub people: Vec<(StaffId, String)>,
    /// Whether a code was given lately: without, nobody is named.
    pub fresh: bool,
    /// What is typed.
    pub typed: Typed,
    /// What is wrong with it.
    pub problems: Vec<errors::Said>,
}

/// The field that a problem with the days belongs to.
#[must_use]
pub fn anchor(problem: Problem) -> &'static str {
    match problem {
        Problem::NoFirst | Problem::FirstGone => "first",
        Problem::NoLast | Problem::LastBefore | Problem::TooLong => "last",
    }
}

/// The lists, and the form.
pub fn page(words: &'static Words, page: DesignatesPage) -> impl IntoView + use<> {
    let w = &words.designates;
    let standing = |one: &Shown| one.term.map(|term| term.standing(page.today));
    let (past, present): (Vec<Shown>, Vec<Shown>) =
        page.all.iter().cloned().partition(|one| standing(one) == Some(Standing::Past));
    let none = present.is_empty().then(|| view! { <p>{w.none}</p> });
    let list = |shown: Vec<Shown>| {
        let rows = shown.into_iter().map(|one| row(words, &page, one)).collect_view();
        view! { <ul class="rows">{rows}</ul> }
    };
    let before = (!past.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="past">
                <h2 id="past" class="ruled">{w.past}</h2>
                {list(past)}
            </section>
        }
    });
    let shown = (!present.is_empty()).then(|| list(present));
    let name = if page.fresh { form(words, &page).piece() } else { ask(words).piece() };
    view! {
        <div class="stack read">
            {errors::summary(w.errors.to_owned(), &page.problems)}
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            <section class="stack" aria-labelledby="present">
                <h2 id="present" class="ruled">{w.present}</h2>
                {none}
                {shown}
            </section>
            <section class="stack" aria-labelledby="name">
                <h2 id="name" class="ruled">{w.name}</h2>
                {name}
            </section>
            {before}
        </div>
    }
}

fn row(words: &'static Words, page: &DesignatesPage, one: Shown) -> impl IntoView + use<> {
    let w = &words.designates;
    let (class, said) = match (one.disabled, one.term.map(|term| term.standing(page.today))) {
        (true, _) => ("tag off", Some(w.shut)),
        (_, Some(Standing::Now)) => ("tag done", Some(w.now)),
        (_, Some(Standing::Coming)) => ("tag new", Some(w.coming)),
        (_, Some(Standing::Past)) => ("tag off", Some(w.over)),
        (_, None) => ("", None),
    };
    let days = match one.term {
        Some(term) => {
            let date = words.common.full_date;
            (w.span)(&date(term.first), &date(term.last))
        }
        None => w.no_dates.to_owned(),
    };
    let hint = format!("end-{}-hint", one.staff);
    let stands = one.term.is_some_and(|term| term.standing(page.today) != Standing::Past);
    let end = stands.then(|| {
        view! {
            <form method="post" action=paths::designate_end(&one.staff)>
                {csrf_field(&page.csrf)}
                <p class="hint" id=hint.clone()>{w.end_hint}</p>
                <button class="btn stop" aria-describedby=hint>{w.end}<span class="vh">" " {one.name.clone()}</span></button>
            </form>
        }
    });
    view! {
        <li>
            <div>
                <b>{one.name}</b> {said.map(|said| view! { " " <span class=class>{said}</span> })}
                <p class="small soft">{days}</p>
            </div>
            {end}
        </li>
    }
}

fn ask(words: &'static Words) -> impl IntoView + use<> {
    let w = &words.designates;
    view! {
        <p>{w.prove}</p>
        <p><a class="btn" href=paths::staff_prove(paths::DESIGNATES)>{w.prove_go}</a></p>
    }
}

fn form(words: &'static Words, page: &DesignatesPage) -> impl IntoView + use<> {
    let (w, problems) = (&words.designates, &page.problems);
    let options = page
        .people
        .iter()
        .map(|(staff, name)| {
            let chosen = page.typed.who == staff.as_str();
            view! { <option value=staff.to_string() selected=chosen>{name.clone()}</option> }
        })
        .collect_view();
    let described = |field: &str, hint: &str| {
        errors::described(problems, field).map_or_else(|| hint.to_owned(), |why| format!("{why} {hint}"))
    };
    let day = |id: &'static str, label: &'static str, hint: Option<&'static str>, value: &str| {
        let hint_id = format!("{id}-hint");
        let described = match hint {
            Some(_) => Some(described(id, &hint_id)),
            None => errors::described(problems, id),
        };
        view! {
            <div class=errors::bad(problems, id)>
                <label class="label" for=id>{label}</label>
                {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
                {errors::why(problems, id)}
                <input class="in short" id=id name=id type="date" value=value.to_owned() autocomplete="off"
                    aria-describedby=described aria-invalid=errors::said(problems, id).map(|_| "true") />
            </div>
        }
    };
    view! {
        <form method="post" action=paths::DESIGNATES class="stack" novalidate>
            {csrf_field(&page.csrf)}
            <div class=errors::bad(problems, "who")>
                <label class="label" for="who">{w.who}</label>
                <p class="hint" id="who-hint">{w.who_hint}</p>
                {errors::why(problems, "who")}
                <select class="in" id="who" name="who" aria-describedby=described("who", "who-hint")
                    aria-invalid=errors::said(problems, "who").map(|_| "true")>
                    <option value="">{w.choose}</option>
                    {options}
                </select>
            </div>
            {day("first", w.first, None, &page.typed.first)}
            {day("last", w.last, Some(w.last_hint), &page.typed.last)}
            <button class="btn big">{w.go}</button>
        </form>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    const HOSTILE: &str = "</option><script>alert(1)</script>\"'";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn one(first: &str, last: &str) -> Shown {
        Shown {
            staff: StaffId::from_bytes([1; 16]),
            name: HOSTILE.into(),
            term: Some(Term { first: day(first), last: day(last) }),
            disabled: false,
        }
    }

    fn drawn(change: impl FnOnce(&mut DesignatesPage)) -> String {
        let mut shown = DesignatesPage { today: day("2026-11-23"), fresh: true, ..DesignatesPage::default() };
        shown.people = vec![(StaffId::from_bytes([1; 16]), HOSTILE.into())];
        change(&mut shown);
        Owner::new().with(|| page(words("en-GB"), shown).into_view().to_html())
    }

    #[test]
    fn hostile_names_and_days_stay_text() {
        let html = drawn(|page| {
            page.all = vec![one("2026-11-23", "2026-11-27"), one("2026-01-05", "2026-01-09")];
            page.typed = Typed { who: HOSTILE.into(), first: HOSTILE.into(), last: HOSTILE.into() };
        });
        assert!(!html.contains("<script>") && !html.contains("style="), "{html}");
    }

    #[test]
    fn only_what_counts_or_will_can_be_ended() {
        let ends = |first: &str, last: &str| drawn(|page| page.all = vec![one(first, last)]).contains("/end\"");
        assert!(ends("2026-11-20", "2026-11-23") && ends("2026-11-30", "2026-12-01"));
        assert!(!ends("2026-11-16", "2026-11-22"));
        let undated = drawn(|page| page.all = vec![Shown { term: None, ..one("2026-11-23", "2026-11-23") }]);
        assert!(!undated.contains("/end\"") && undated.contains("once you give two dates"), "{undated}");
    }

    #[test]
    fn nobody_is_named_before_a_code_is_given() {
        let html = drawn(|page| page.fresh = false);
        assert!(!html.contains("<form") && html.contains("/staff/prove?to=/staff/designates"), "{html}");
    }

    #[test]
    fn what_was_typed_is_kept() {
        let staff = StaffId::from_bytes([1; 16]);
        let html = drawn(|page| {
            page.typed = Typed { who: staff.to_string(), first: "2026-11-30".into(), last: String::new() };
            page.problems = vec![("last".into(), "Give the last day".into())];
        });
        assert!(html.contains("value=\"2026-11-30\"") && html.contains("href=\"#last\""), "{html}");
        let option = html.split(&format!("value=\"{staff}\"")).nth(1).and_then(|rest| rest.split('>').next());
        assert!(option.is_some_and(|option| option.contains("selected")), "{html}");
    }
}
