//! The check.

use chrono::{NaiveDate, NaiveTime};

use super::{
    CheckedReport, Details, Field, Kind, LINE_MOST, LastSick, NOTE_MOST, OTHER_DAY, Offer, OfferedReason, Part,
    Problem, ReportForm, ReportedDay,
};
use crate::rules::{
    id::PupilId,
    iso,
    policy::FollowUp,
    text::{tidy, tidy_line},
};

/// Checks the form. Problems come in the order of the form's fields.
///
/// # Errors
/// Every problem found, at most one a field.
pub fn check(form: &ReportForm, offer: &Offer) -> Result<CheckedReport, Vec<(Field, Problem)>> {
    let mut problems = Vec::new();
    let children = children(&form.who, offer, &mut problems);
    let reason = offer.reasons.iter().find(|reason| reason.key == form.reason);
    let mut details = Details::default();
    let dates = dates(form, offer, &mut problems);
    let what = what(&form.part, &mut problems);
    let days = match (what, dates) {
        (Some((kind, part)), Some(dates)) => {
            let ahead = reason.is_none_or(|reason| reason.ahead);
            let given = if form.day == OTHER_DAY { Field::First } else { Field::Day };
            let mut days = open_days(dates, (kind, part), (ahead, given), offer, &mut problems);
            if kind != Kind::Away {
                times(form, kind, offer, &mut details, &mut problems);
                for day in &mut days {
                    day.part = touched(kind, &details, day.part, offer);
                }
            }
            Some((kind, days))
        }
        _ => None,
    };
    match reason {
        None => problems.push((Field::Reason, Problem::NoReason)),
        Some(reason) => {
            let away = !matches!(what, Some((Kind::Late | Kind::Leaving, _)));
            follow_ups(form, reason, away, offer, &mut details, &mut problems);
        }
    }
    let note = taken(Field::Note, tidy(&form.note, NOTE_MOST).map_err(|e| Problem::TooLong(e.most)), &mut problems);
    match (days, problems.is_empty()) {
        (Some((kind, days)), true) if !days.is_empty() => {
            Ok(CheckedReport { children, kind, days, reason: form.reason.clone(), details, note: note.flatten() })
        }
        _ => Err(problems),
    }
}

type Problems = Vec<(Field, Problem)>;

fn taken<T>(field: Field, answer: Result<T, Problem>, problems: &mut Problems) -> Option<T> {
    answer.map_err(|problem| problems.push((field, problem))).ok()
}

fn children(who: &[String], offer: &Offer, problems: &mut Problems) -> Vec<PupilId> {
    let mut children: Vec<PupilId> = Vec::new();
    for who in who {
        match PupilId::parse(who).filter(|id| offer.children.contains(id)) {
            Some(id) if children.contains(&id) => {}
            Some(id) => children.push(id),
            None => {
                problems.push((Field::Who, Problem::UnknownChild));
                break;
            }
        }
    }
    if who.is_empty() {
        problems.push((Field::Who, Problem::NobodyChosen));
    }
    children
}

/// The kind, and the part of the day a child is away.
fn what(word: &str, problems: &mut Problems) -> Option<(Kind, Part)> {
    let what = match word {
        "" => Some((Kind::Away, Part::All)),
        word => match Kind::parse(word) {
            Some(kind) => Some((kind, Part::All)),
            None => Part::parse(word).map(|part| (Kind::Away, part)),
        },
    };
    if what.is_none() {
        problems.push((Field::Part, Problem::NotAChoice));
    }
    what
}

/// The first and the last day.
fn dates(form: &ReportForm, offer: &Offer, problems: &mut Problems) -> Option<(NaiveDate, NaiveDate)> {
    if form.day != OTHER_DAY {
        let day = iso::date(&form.day).filter(|date| offer.soon.contains(date));
        if day.is_none() {
            problems.push((Field::Day, Problem::DayNotOffered));
        }
        return day.map(|day| (day, day));
    }
    let within = |date| match date {
        date if date < offer.open.first() => Err(Problem::TooLongAgo),
        date if date > offer.open.last() => Err(Problem::TooFarAhead),
        date => Ok(date),
    };
    let first = optional(&form.first, |text| iso::date(text).ok_or(Problem::NotADate).and_then(within))
        .and_then(|first| first.ok_or(Problem::NoDate));
    let first = taken(Field::First, first, problems)?;
    let last = optional(&form.until, |text| iso::date(text).ok_or(Problem::NotADate).and_then(within));
    let last = last.map(|last| last.unwrap_or(first)).and_then(|last| match last < first {
        true => Err(Problem::EndsBeforeStart),
        false => Ok(last),
    });
    let last = taken(Field::Until, last, problems)?;
    Some((first, last))
}

/// The school days of these dates, and what is asked of each. "All day" on a day that is open for
/// one session means that session.
fn open_days(
    (first, last): (NaiveDate, NaiveDate),
    (kind, part): (Kind, Part),
    (ahead, given): (bool, Field),
    offer: &Offer,
    problems: &mut Problems,
) -> Vec<ReportedDay> {
    let next = offer.soon.iter().copied().max().unwrap_or(offer.today);
    let open: Vec<ReportedDay> = first
        .iter_days()
        .take_while(|date| *date <= last)
        .filter_map(|date| offer.open.on(date).map(|part| ReportedDay { date, part }))
        .collect();
    let asked: Vec<ReportedDay> =
        open.iter().filter_map(|day| Some(ReportedDay { part: day.part.and(part)?, ..*day })).collect();
    if open.is_empty() {
        problems.push((given, Problem::Closed));
    } else if first > next && !ahead {
        problems.push((Field::First, Problem::NotYet));
    } else if asked.is_empty() {
        problems.push((Field::Part, Problem::PartClosed));
    } else if kind != Kind::Away && asked.len() > 1 {
        problems.push((Field::Until, Problem::OneDayOnly));
    } else if asked.len() > offer.max_run {
        problems.push((Field::Until, Problem::TooManyDays(offer.max_run)));
    }
    asked
}

/// When a child comes late, or leaves and is back.
fn times(form: &ReportForm, kind: Kind, offer: &Offer, details: &mut Details, problems: &mut Problems) {
    let in_school = |time: NaiveTime| match time > offer.clock.taken && time <= offer.clock.ends {
        true => Ok(time),
        false => Err(Problem::OutsideSchool),
    };
    let needed = |text: &str| optional(text, time)?.ok_or(Problem::NoTime).and_then(in_school);
    if kind == Kind::Late {
        details.arrives = taken(Field::Arrives, needed(&form.arrives), problems);
        return;
    }
    details.leaves = taken(Field::Goes, needed(&form.goes), problems);
    let back = optional(&form.back, |text| time(text).and_then(in_school));
    let back = back.and_then(|back| later_than(details.leaves, back));
    details.returns = taken(Field::Back, back, problems).flatten();
}

fn later_than(leaves: Option<NaiveTime>, back: Option<NaiveTime>) -> Result<Option<NaiveTime>, Problem> {
    match (leaves, back) {
        (Some(leaves), Some(back)) if back <= leaves => Err(Problem::BackBeforeLeaving),
        _ => Ok(back),
    }
}

/// The sessions whose register a late or leaving child is asked about: those for whose taking the
/// child is not there, or else the one it is in when it leaves. While the school has not said when
/// the afternoon register is taken, noon stands for it.
fn touched(kind: Kind, details: &Details, open: Part, offer: &Offer) -> Part {
    let afternoon = offer.clock.pm_taken.or(NaiveTime::from_hms_opt(12, 0, 0)).unwrap_or(offer.clock.ends);
    let part = match kind {
        Kind::Away => Some(open),
        Kind::Late if details.arrives.is_some_and(|arrives| arrives > afternoon) => Some(Part::All),
        Kind::Late => Some(Part::Am),
        Kind::Leaving => {
            let leaves = details.leaves.unwrap_or(offer.clock.ends);
            let am = leaves <= offer.clock.closes;
            let pm = leaves >= afternoon || details.returns.is_none_or(|returns| returns > afternoon);
            Part::of(am || !pm, pm)
        }
    };
    part.and_then(|part| part.and(open)).unwrap_or(open)
}

fn follow_ups(
    form: &ReportForm,
    reason: &OfferedReason,
    away: bool,
    offer: &Offer,
    details: &mut Details,
    problems: &mut Problems,
) {
    let since = || {
        optional(&form.since, |text| match iso::date(text) {
            Some(date) if date > offer.today => Err(Problem::InTheFuture),
            Some(date) => Ok(date),
            None => Err(Problem::NotADate),
        })
    };
    details.sent_home = reason.ill && form.sent_home == "yes";
    match reason.asks {
        FollowUp::Nothing | FollowUp::RingMe => {}
        FollowUp::LastSick => {
            let answer = optional(&form.last, |word| LastSick::parse(word).ok_or(Problem::NotAChoice));
            details.last = taken(Field::Last, answer, problems).flatten();
        }
        FollowUp::Since => details.since = taken(Field::Since, since(), problems).flatten(),
        FollowUp::Illness => {
            let known = |key: &str| match offer.illnesses.iter().any(|illness| illness == key) {
                true => Ok(key.to_owned()),
                false => Err(Problem::NotAChoice),
            };
            details.illness = taken(Field::Illness, optional(&form.illness, known), problems).flatten();
            details.since = taken(Field::Since, since(), problems).flatten();
        }
        // Said already, of the day itself.
        FollowUp::Times if !away => {}
        FollowUp::Times => {
            details.leaves = taken(Field::Leaves, optional(&form.leaves, time), problems).flatten();
            let returns = optional(&form.returns, time).and_then(|returns| later_than(details.leaves, returns));
            details.returns = taken(Field::Returns, returns, problems).flatten();
        }
        FollowUp::Which | FollowUp::WhichEvent => details.words = line(Field::Which, &form.which, problems),
        FollowUp::OwnWords => details.words = line(Field::Other, &form.other, problems),
    }
}

fn line(field: Field, text: &str, problems: &mut Problems) -> Option<String> {
    taken(field, tidy_line(text, LINE_MOST).map_err(|e| Problem::TooLong(e.most)), problems).flatten()
}

fn optional<T>(text: &str, read: impl FnOnce(&str) -> Result<T, Problem>) -> Result<Option<T>, Problem> {
    let text = text.trim();
    if text.is_empty() { Ok(None) } else { read(text).map(Some) }
}

fn time(text: &str) -> Result<NaiveTime, Problem> {
    iso::time(text).ok_or(Problem::NotATime)
}
