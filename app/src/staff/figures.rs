//! The whole school's figures, and the way from each to the marks behind it.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{id::PupilId, percentage::Tally, school_year::SchoolYear},
    ui::piece::IntoPiece,
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct FiguresPage {
    /// Up to and with this date.
    pub date: NaiveDate,
    /// London's today.
    pub today: NaiveDate,
    /// The whole school.
    pub whole: Group,
    /// The year groups in their order.
    pub years: Vec<Group>,
    /// The classes in their order.
    pub classes: Vec<Group>,
    /// Children by name, for who may see their marks; else below how many children a group is hidden.
    pub lists: Result<Lists, usize>,
}

/// A group of children.
#[derive(Debug, Clone)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// Where its marks are.
    pub link: Option<String>,
    /// What is known of it; `None` where it is hidden.
    pub sums: Option<Sums>,
}

/// What is known of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums {
    /// How many children.
    pub children: usize,
    /// Their sessions together.
    pub tally: Tally,
    /// How many are below 95 %, and have missed a tenth and a half; `None` where that many may not be said.
    pub counts: [Option<usize>; 3],
}

/// Children by name.
#[derive(Debug, Clone, Default)]
pub struct Lists {
    /// Below 95 %, the lowest first.
    pub below: Vec<Listed>,
    /// Missed a tenth or more.
    pub persistent: Vec<Listed>,
    /// Missed a half or more.
    pub severe: Vec<Listed>,
    /// The days that "most improved" compares: from, middle, to; `None` while it is too early.
    pub spans: Option<[NaiveDate; 3]>,
    /// Most improved, the most first, with how many tenths.
    pub improved: Vec<(Listed, u32)>,
}

/// A child in a list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// Its sessions.
    pub tally: Tally,
}

/// The page where the calendar knows nothing of the date's school year.
pub fn no_calendar(words: &'static Words, date: NaiveDate, today: NaiveDate) -> impl IntoView {
    let w = &words.figures;
    view! { <div class="stack"><h1>{w.title}</h1><p class="warn">{(w.no_calendar)(date)}</p>{by(words, date, today)}</div> }
}

/// Another date.
fn by(words: &'static Words, date: NaiveDate, today: NaiveDate) -> impl IntoView + use<> {
    let w = &words.figures;
    view! {
        <form method="get" action=paths::FIGURES class="noprint">
            <label class="label" for="date">{w.by}</label>
            <p class="pair">
                <input class="in" type="date" id="date" name="date" required value=date.to_string() max=today.to_string() />
                <button class="btn plain">{w.show}</button>
            </p>
        </form>
    }
}

/// The page.
pub fn page(words: &'static Words, page: FiguresPage) -> impl IntoView {
    let w = &words.figures;
    let lead = (w.lead)(&SchoolYear::of(page.date).to_string(), &(words.common.long_date)(page.date));
    // Of smaller groups nobody is told how many children are below a line who may not see which.
    let columns = if page.lists.is_ok() { w.heads.len() } else { w.heads.len() - 3 };
    let hidden = page.lists.as_ref().err().map(|least| view! { <p class="note">{(w.hidden_lead)(*least)}</p> });
    let staff = page.lists.as_ref().ok().map(|_| {
        view! {
            {by(words, page.date, page.today)}
            <p class="noprint"><a class="tap" href=paths::figures_csv(page.date)>{w.file}</a></p>
        }
    });
    let lists = page.lists.ok().map(|lists| lists_of(words, lists));
    let whole = page.whole.sums.unwrap_or_default().tally;
    let percent = match (page.whole.sums.is_some(), whole.shown()) {
        (true, Some(percent)) => (w.percent)(percent),
        (true, None) => w.none.to_owned(),
        (false, _) => w.hidden.to_owned(),
    };
    view! {
        <div class="stack">
            <div class="ruled"><h1>{w.title}</h1><p class="soft">{lead}</p></div>
            <p><span class="fig">{percent}</span> " " <span class="soft">{w.whole}</span></p>
            {hidden}
            {table(words, ("whole", w.whole), vec![page.whole], w.heads.len())}
            {table(words, ("years", w.years), page.years, columns)}
            {table(words, ("classes", w.classes), page.classes, columns)}
            <p class="small soft">{w.pooled}</p>
            {lists}
            {staff}
        </div>
    }
}

fn table(
    words: &'static Words,
    (id, title): (&'static str, &'static str),
    groups: Vec<Group>,
    columns: usize,
) -> impl IntoView {
    let w = &words.figures;
    let heads = w.heads.iter().take(columns).map(|head| view! { <th scope="col">{*head}</th> }).collect_view();
    let rows = groups.into_iter().map(|group| row(words, group, columns)).collect_view();
    view! {
        <section aria-labelledby=id class="stack">
            <h2 id=id class="ruled">{title}</h2>
            <table class="late groups"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
        </section>
    }
}

fn row(words: &'static Words, group: Group, columns: usize) -> impl IntoView {
    let w = &words.figures;
    let name = match group.link {
        Some(href) => view! { <a class="tap" href=href>{group.name}</a> }.piece(),
        None => group.name.piece(),
    };
    let cells: Vec<String> = match group.sums {
        None => vec![w.hidden.to_owned(); 8],
        Some(sums) => {
            let rate = |count: u32| match sums.tally.possible() {
                0 => w.none.to_owned(),
                _ => count.to_string(),
            };
            let counts = sums.counts.map(|count| count.map_or_else(|| w.hidden.to_owned(), |count| count.to_string()));
            let percent = sums.tally.shown().map_or_else(|| w.none.to_owned(), w.percent);
            let all = [rate(sums.tally.authorised), rate(sums.tally.unauthorised), rate(sums.tally.late)];
            [vec![sums.children.to_string(), percent], all.to_vec(), counts.to_vec()].concat()
        }
    };
    let cells = w
        .heads
        .iter()
        .take(columns)
        .skip(1)
        .zip(cells)
        .map(|(head, text)| view! { <td class="count" data-head=*head>{text}</td> })
        .collect_view();
    view! { <tr><th scope="row">{name}</th>{cells}</tr> }
}

fn lists_of(words: &'static Words, lists: Lists) -> impl IntoView {
    let w = &words.figures;
    let rule = match lists.spans {
        Some(days) => {
            let [first, middle, last] = days.map(|day| (words.common.day_month)(day));
            (w.improved_rule)(&first, &middle, &last)
        }
        None => w.improved_early.to_owned(),
    };
    let improved = lists.improved.into_iter().map(|(one, by)| (one, Some((w.improved_by)(by)))).collect();
    let plain = |list: Vec<Listed>| list.into_iter().map(|one| (one, None)).collect::<Vec<_>>();
    view! {
        <p class="note">{w.lists_lead}</p>
        {fold(words, w.severe, None, plain(lists.severe))}
        {fold(words, w.persistent, None, plain(lists.persistent))}
        {fold(words, w.below, None, plain(lists.below))}
        {fold(words, w.improved, Some(rule), improved)}
    }
}

/// A list behind its heading, for some are long.
fn fold(
    words: &'static Words,
    title: &'static str,
    rule: Option<String>,
    list: Vec<(Listed, Option<String>)>,
) -> impl IntoView {
    let w = &words.figures;
    let count = (w.children)(list.len());
    let rule = rule.map(|text| view! { <p class="small soft">{text}</p> });
    let empty = list.is_empty().then(|| view! { <p>{w.nobody}</p> });
    let lines = list
        .into_iter()
        .map(|(one, more)| {
            let percent = one.tally.shown().map_or_else(|| w.none.to_owned(), w.percent);
            let sessions = (w.sessions)(one.tally.attended, one.tally.possible());
            let more = more.map(|text| view! { <b class="nb">{text}</b> " " });
            view! {
                <li><a href=paths::child(&one.pupil)>
                    <span><b>{one.name}</b> " " <span class="soft">{one.class}</span></span>
                    <span>{more} <span class="nb">{percent}</span> " " <span class="soft">{sessions}</span></span>
                </a></li>
            }
        })
        .collect_view();
    view! {
        <details class="fold">
            <summary><span><b>{title}</b> " " <span class="soft">{count}</span></span> <u>{words.report.show}</u></summary>
            <div class="stack">{rule}{empty}<ul class="links">{lines}</ul></div>
        </details>
    }
}
