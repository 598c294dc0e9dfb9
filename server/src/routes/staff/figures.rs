//! The whole school's figures, and every child's as a file.

use std::collections::{BTreeMap, HashMap};

use app::{
    paths,
    rules::{
        access::{Act, may as may_do},
        figures::{AsOf, improved, improved_spans},
        id::PupilId,
        iso,
        percentage::Tally,
        school_year::SchoolYear,
        small_groups::{hidden, may_show_count},
    },
    staff::figures::{self as pages, FiguresPage, Group, Listed, Lists, Sums},
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::{
    export::attendance::attendance,
    routes::sheet,
    store::{RollChild, journal::Actor},
    web::{
        Failure, Portal, render,
        session::{May, ReadFigures, ReadReports},
    },
};

/// How many "most improved" shows.
const MOST_IMPROVED: usize = 20;

/// Up to which date; today where none is named.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct ByDate {
    date: Option<String>,
}

impl ByDate {
    fn date(&self, portal: &Portal) -> Result<NaiveDate, Failure> {
        match self.date.as_deref() {
            None | Some("") => Ok(portal.today()),
            Some(text) => iso::date(text).ok_or(Failure::NotFound),
        }
    }
}

/// `GET /staff/figures`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    may: May<ReadFigures>,
    Query(by): Query<ByDate>,
) -> Result<Response, Failure> {
    let everything = may_do(&may.staff.session.roles, Act::ReadReports);
    let today = portal.today();
    // Two dates side by side would tell of whoever came or went between them.
    let date = if everything { by.date(&portal)?.min(today) } else { today };
    may.staff.note(&portal, "figures", &date.to_string()).await?;
    let words = portal.words();
    if AsOf::new(date, &portal.policy.calendar).is_none() {
        let page =
            render::staff(&portal, &may.staff, words.figures.title, "year", || pages::no_calendar(words, date, today));
        return Ok((StatusCode::NOT_FOUND, page).into_response());
    }
    let roll = portal.school.roll_on(date, "").await?;
    let tallies = portal.school.tallies(*SchoolYear::of(date).days().start()..=date, "").await?;
    let counted = Counted { roll: &roll, tallies: &tallies };
    let least = (!everything).then_some(portal.policy.small_group);
    let [whole, years, classes] = counted.groups(words.figures.year, least);
    let page = FiguresPage {
        date,
        today,
        whole: Group {
            name: words.figures.whole.to_owned(),
            link: None,
            ..whole.into_iter().next().ok_or(Failure::NotFound)?
        },
        years,
        classes,
        lists: match least {
            None => Ok(counted.lists(&portal, date).await?),
            Some(least) => Err(least),
        },
    };
    Ok(render::staff(&portal, &may.staff, words.figures.title, "year", || pages::page(words, page)))
}

/// `GET /staff/figures/attendance.csv`
pub(in crate::routes) async fn csv(
    State(portal): State<Portal>,
    may: May<ReadReports>,
    Query(by): Query<ByDate>,
) -> Result<Response, Failure> {
    let (date, now) = (by.date(&portal)?, portal.now());
    if !may.staff.is_fresh(now) {
        return Ok(Redirect::to(&paths::staff_prove(&paths::figures_csv(date))).into_response());
    }
    let exported =
        attendance(&portal.school, &portal.policy.calendar, date, portal.today()).await?.ok_or(Failure::NotFound)?;
    let actor = Actor::Staff(may.staff.session.staff_id.to_string());
    portal.school.note_export(actor, "export_attendance", date.to_string(), exported.children, now).await?;
    Ok(sheet::download_bytes(&format!("attendance-{date}.csv"), exported.csv))
}

/// The children on roll and their sessions.
struct Counted<'a> {
    roll: &'a [RollChild],
    tallies: &'a HashMap<PupilId, Tally>,
}

impl Counted<'_> {
    fn tally(&self, child: &RollChild) -> Tally {
        self.tallies.get(&child.pupil_id).copied().unwrap_or_default()
    }

    fn sums(&self, children: &[&RollChild]) -> Sums {
        let tallies = || children.iter().map(|child| self.tally(child));
        let count = |holds: fn(Tally) -> bool| Some(tallies().filter(|tally| holds(*tally)).count());
        Sums {
            children: children.len(),
            tally: tallies().sum(),
            counts: [count(Tally::is_below_95), count(Tally::is_persistent), count(Tally::is_severe)],
        }
    }

    /// The whole, the year groups and the classes. With `least`, groups too small are hidden, and how many
    /// children are below a line is said of the whole school alone.
    fn groups(&self, year_name: fn(i64) -> String, least: Option<usize>) -> [Vec<Group>; 3] {
        let mut years: BTreeMap<i64, BTreeMap<(&str, &str), Vec<&RollChild>>> = BTreeMap::new();
        for child in self.roll {
            let classes = years.entry(child.year).or_default();
            classes.entry((&child.class, &child.class_id)).or_default().push(child);
        }
        let of_year: Vec<Vec<&RollChild>> =
            years.values().map(|classes| classes.values().flatten().copied().collect()).collect();
        let least_of = least.unwrap_or(0);
        let sizes: Vec<usize> = of_year.iter().map(Vec::len).collect();
        let all_hidden = self.roll.len() < least_of;
        let years_hidden: Vec<bool> = hidden(&sizes, least_of).into_iter().map(|hide| hide || all_hidden).collect();
        let shown = |children: &[&RollChild], hide: bool| {
            let sums = self.sums(children);
            let counts = if least.is_some() { [None; 3] } else { sums.counts };
            (!hide).then_some(Sums { counts, ..sums })
        };
        let everybody: Vec<&RollChild> = self.roll.iter().collect();
        let mut whole = self.sums(&everybody);
        if let Some(least) = least {
            whole.counts = countable(whole, least);
        }
        let group = |name: String, link: Option<String>, sums: Option<Sums>| Group { name, link, sums };
        let mut classes = Vec::new();
        let mut groups = Vec::new();
        for (((year, of_classes), children), hide) in years.iter().zip(&of_year).zip(&years_hidden) {
            groups.push(group(year_name(*year), Some("#classes".to_owned()), shown(children, *hide)));
            let sizes: Vec<usize> = of_classes.values().map(Vec::len).collect();
            for (((name, id), children), small) in of_classes.iter().zip(hidden(&sizes, least_of)) {
                // Who may see no child has no way to its marks.
                let link = least.is_none().then(|| paths::class(id));
                classes.push(group((*name).to_owned(), link, shown(children, *hide || small)));
            }
        }
        [vec![group(String::new(), None, (!all_hidden).then_some(whole))], groups, classes]
    }

    async fn lists(&self, portal: &Portal, date: NaiveDate) -> Result<Lists, Failure> {
        let listed = |child: &RollChild| Listed {
            pupil: child.pupil_id.clone(),
            name: child.listed.clone(),
            class: child.class.clone(),
            tally: self.tally(child),
        };
        let list = |holds: fn(Tally) -> bool| {
            let mut list: Vec<Listed> = self.roll.iter().filter(|child| holds(self.tally(child))).map(listed).collect();
            // The lowest first: a/b < c/d as a*d < c*b.
            list.sort_by(|a, b| {
                let share =
                    |one: &Listed, other: &Listed| u64::from(one.tally.attended) * u64::from(other.tally.possible());
                (share(a, b), &a.name, &a.pupil).cmp(&(share(b, a), &b.name, &b.pupil))
            });
            list
        };
        let mut lists = Lists {
            below: list(Tally::is_below_95),
            persistent: list(Tally::is_persistent),
            severe: list(Tally::is_severe),
            ..Lists::default()
        };
        let Some([earlier, later]) = improved_spans(date, &portal.policy.calendar) else { return Ok(lists) };
        lists.spans = Some([*earlier.start(), *later.start(), *later.end()]);
        let (before, after) = (portal.school.tallies(earlier, "").await?, portal.school.tallies(later, "").await?);
        let by = |child: &RollChild| improved(*before.get(&child.pupil_id)?, *after.get(&child.pupil_id)?);
        let mut better: Vec<(Listed, u32)> =
            self.roll.iter().filter_map(|child| Some((listed(child), by(child)?))).collect();
        better.sort_by(|(a, more), (b, less)| (less, &a.name, &a.pupil).cmp(&(more, &b.name, &b.pupil)));
        better.truncate(MOST_IMPROVED);
        lists.improved = better;
        Ok(lists)
    }
}

/// How many children of the whole are below each line, where that may be said: neither they nor the others, nor
/// those between two lines, are few.
fn countable(whole: Sums, least: usize) -> [Option<usize>; 3] {
    let mut inside = 0;
    let mut shown = whole.counts;
    // From the innermost line outwards.
    for count in shown.iter_mut().rev() {
        let between = count.map_or(0, |count| count.saturating_sub(inside));
        *count =
            count.filter(|count| may_show_count(*count, whole.children, least) && (between == 0 || between >= least));
        inside = count.unwrap_or(inside);
    }
    shown
}

#[cfg(test)]
mod tests;
