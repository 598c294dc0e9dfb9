//! What another calendar does to what stands: reports, marks, deadlines, first days back.

use std::collections::{BTreeMap, BTreeSet};

use app::rules::{
    calendar::{
        Calendar, Session, SessionDay,
        impact::{Consequences, Moved, moved, moved_by_year},
    },
    code::{Class, Code},
    guidance::earliest,
    n_deadline::n_runs_out,
};
use chrono::{Days, NaiveDate};

use crate::{
    store::{Marked, StandingReport},
    web::{Failure, Portal},
};

/// How long before a change of the calendar a mark may lie whose deadline it moves: five school days and the
/// longest holiday.
const BEFORE: Days = Days::new(70);
/// How far back an illness may lie whose first day back is still to come.
const ILL: Days = Days::new(42);

/// What `new` changes for the school, were it the calendar.
///
/// # Errors
/// When the store fails.
pub(super) async fn consequences(portal: &Portal, new: &Calendar) -> Result<Consequences, Failure> {
    let (old, today, school) = (&portal.policy.calendar, portal.today(), &portal.school);
    let years = school.year_groups().await?;
    let whole = moved(old, new);
    let by_year: BTreeMap<i64, Moved> = moved_by_year(old, new, &years, today).into_iter().collect();
    let span = by_year
        .values()
        .chain([&whole])
        .filter_map(Moved::span)
        .reduce(|(first, last), (from, to)| (first.min(from), last.max(to)));
    let mut found = Consequences { school: whole.clone(), ..Consequences::default() };
    found.years =
        by_year.iter().filter(|(_, of_year)| **of_year != whole).map(|(year, of)| (*year, of.clone())).collect();
    let Some((first, last)) = span else {
        // The first day back hangs on what is confirmed, too.
        found.returns = returns(portal, new, &ill(portal, today).await?);
        found.words_only = true;
        return Ok(found);
    };
    let closes = |year: i64, at: SessionDay| by_year.get(&year).unwrap_or(&whole).closed.binary_search(&at).is_ok();
    let reports = school.standing_reports(first..=last).await?;
    let on_closed = |report: &&StandingReport| {
        let half = |session, is: bool| is && closes(report.year, SessionDay { date: report.day, session });
        half(Session::Am, report.halves.0) || half(Session::Pm, report.halves.1)
    };
    let closed: Vec<&StandingReport> = reports.iter().filter(on_closed).collect();
    found.reports = (count(closed.len()), days(closed.iter().map(|report| report.day)));
    let marks = school.marked_between(first - BEFORE..=last).await?;
    let no_school = |code: Code| matches!(code.class(), Class::NotPossible | Class::NotCollected);
    let lie = |mark: &&Marked| closes(mark.year, mark.at) && !no_school(mark.code);
    let lying: Vec<&Marked> = marks.iter().filter(lie).collect();
    found.marks = (lying.iter().map(|mark| mark.marks).sum(), days(lying.iter().map(|mark| mark.at.date)));
    found.deadlines = deadlines(old, new, &marks, today);
    found.returns = returns(portal, new, &ill(portal, today).await?);
    Ok(found)
}

async fn ill(portal: &Portal, today: NaiveDate) -> Result<Vec<StandingReport>, Failure> {
    Ok(portal.school.standing_reports(today - ILL..=today + ILL).await?)
}

/// How many marks "reason not yet known" may stand until another day, of those that still may.
fn deadlines(old: &Calendar, new: &Calendar, marks: &[Marked], today: NaiveDate) -> i64 {
    let moves = |mark: &&Marked| {
        let runs_out = |calendar: &Calendar| n_runs_out(mark.at.date, &calendar.for_year_group(mark.year, today));
        let (was, is) = (runs_out(old), runs_out(new));
        was != is && [was, is].iter().any(|day| day.is_none_or(|day| day >= today))
    };
    marks.iter().filter(|mark| mark.code == Code::N).filter(moves).map(|mark| mark.marks).sum()
}

/// How many illnesses have another first day back.
fn returns(portal: &Portal, new: &Calendar, reports: &[StandingReport]) -> i64 {
    let (policy, today) = (&portal.policy, portal.today());
    let moves = |report: &&StandingReport| {
        let Some(illness) = policy.reason(&report.reason).and_then(|reason| policy.illness_of(reason, &report.details))
        else {
            return false;
        };
        let back = |calendar: &Calendar| {
            let calendar = calendar.for_year_group(report.year, today);
            earliest(illness, &report.details, &calendar, &policy.times, policy.afternoon_confirmed)
        };
        back(&policy.calendar) != back(new)
    };
    count(reports.iter().filter(moves).count())
}

fn days(days: impl Iterator<Item = NaiveDate>) -> Vec<NaiveDate> {
    days.collect::<BTreeSet<_>>().into_iter().collect()
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
