//! Changing a calendar, an entry at a time: what is typed, what may be wrong with it, what comes of it.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::{Calendar, CalendarError, ClosedDay, ClosedKind, Session, Term, YEARS, YearsClosed};
use crate::rules::{absence::Part, iso, school_year::SchoolYear, text::tidy_line};

/// How many days one entry may close: longer is a holiday, and terms say that.
const MOST_DAYS: usize = 30;
/// How long a term may be.
const LONGEST_TERM: i64 = 140;
/// How long a name or a note may be.
const LINE: usize = 80;
/// How many training days a school year has.
pub const TRAINING_DAYS: usize = 5;

/// An entry as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryForm {
    /// Which entry of the calendar it takes the place of, as [`Place`] writes it; "" for a new one.
    pub place: String,
    /// "term", or else a closed day.
    pub what: String,
    /// The term's name.
    pub name: String,
    /// The first day.
    pub first: String,
    /// The last day; "" for one closed day.
    pub last: String,
    /// Why it is closed, as [`kind_word`] writes it.
    pub kind: String,
    /// "all", "am" or "pm".
    pub part: String,
    /// The year groups; none for the whole school.
    pub years: Vec<String>,
    /// "yes" where the school stands by it.
    pub confirmed: String,
    /// What the school says about it.
    pub note: String,
}

/// A field of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The term's name.
    Name,
    /// The first day.
    First,
    /// The last day.
    Last,
    /// Why.
    Kind,
    /// Which half.
    Part,
    /// The year groups.
    Years,
    /// The note.
    Note,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A term needs a name.
    NoName,
    /// No date where one is needed.
    NoDate,
    /// Not a date.
    NotADate,
    /// The last day lies before the first.
    EndsBeforeStart,
    /// More days than this may be: how many.
    TooManyDays(i64),
    /// It shares a day with this term.
    Overlaps(String),
    /// Nothing but weekends and closed days would be left of this term.
    NoSchoolDays(String),
    /// The day lies in no term: the school is closed anyway.
    OutsideTerm(NaiveDate),
    /// Saturdays and Sundays are closed anyway.
    Weekend,
    /// This session is closed already.
    ClosedTwice(NaiveDate, Session),
    /// Not one of the choices.
    NotAChoice,
    /// More characters than this.
    TooLong(usize),
    /// The entry is not there any more.
    Gone,
    /// A calendar has at least one term.
    LastTerm,
}

/// Where an entry stands in its calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Among the terms.
    Term(usize),
    /// Among the days on which the school is closed.
    Closed(usize),
    /// Among the days of single year groups.
    Years(usize),
}

impl Place {
    /// As it stands in addresses and forms: "t3".
    #[must_use]
    pub fn word(self) -> String {
        match self {
            Self::Term(place) => format!("t{place}"),
            Self::Closed(place) => format!("c{place}"),
            Self::Years(place) => format!("y{place}"),
        }
    }

    /// The place of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let (kind, place) = word.split_at_checked(1)?;
        let place = place.parse().ok()?;
        match kind {
            "t" => Some(Self::Term(place)),
            "c" => Some(Self::Closed(place)),
            "y" => Some(Self::Years(place)),
            _ => None,
        }
    }
}

/// Every reason, in the order of the form.
pub const KINDS: [ClosedKind; 4] =
    [ClosedKind::Inset, ClosedKind::BankHoliday, ClosedKind::Holiday, ClosedKind::UnplannedClosure];

/// The word of a reason in forms.
#[must_use]
pub fn kind_word(kind: ClosedKind) -> &'static str {
    match kind {
        ClosedKind::Inset => "inset",
        ClosedKind::BankHoliday => "bank-holiday",
        ClosedKind::Holiday => "holiday",
        ClosedKind::UnplannedClosure => "closure",
    }
}

/// The form of an entry that stands, to be changed.
#[must_use]
pub fn form_of(place: Place, calendar: &Calendar) -> Option<EntryForm> {
    let of_day = |day: &ClosedDay, years: &[i64]| EntryForm {
        place: place.word(),
        what: "day".into(),
        first: day.date.to_string(),
        kind: kind_word(day.kind).into(),
        part: Part::of(day.am_closed, day.pm_closed).map_or("", Part::word).into(),
        years: years.iter().map(ToString::to_string).collect(),
        confirmed: if day.confirmed { "yes" } else { "" }.into(),
        note: day.note.clone().unwrap_or_default(),
        ..EntryForm::default()
    };
    match place {
        Place::Term(at) => calendar.terms.get(at).map(|term| EntryForm {
            place: place.word(),
            what: "term".into(),
            name: term.name.clone(),
            first: term.first.to_string(),
            last: term.last.to_string(),
            ..EntryForm::default()
        }),
        Place::Closed(at) => calendar.closed.get(at).map(|day| of_day(day, &[])),
        Place::Years(at) => calendar.partly.get(at).map(|closed| of_day(&closed.day, &closed.years)),
    }
}

type Problems = Vec<(Field, Problem)>;

/// The calendar with this entry in it.
///
/// # Errors
/// Everything that is wrong, at most one of each field, in the order of the form.
pub fn entered(form: &EntryForm, calendar: &Calendar) -> Result<Calendar, Problems> {
    let place = match form.place.as_str() {
        "" => None,
        word => Some(Place::parse(word).ok_or_else(|| vec![(Field::First, Problem::Gone)])?),
    };
    let rest = place.map_or_else(|| Ok(calendar.clone()), |place| without(place, calendar))?;
    if form.what == "term" { with_term(form, rest) } else { with_days(form, rest) }
}

/// The calendar without this entry.
///
/// # Errors
/// When it is not there, or is the last term.
pub fn removed(place: Place, calendar: &Calendar) -> Result<Calendar, Problems> {
    let left = without(place, calendar)?;
    if left.terms.is_empty() { Err(vec![(Field::First, Problem::LastTerm)]) } else { Ok(left) }
}

fn without(place: Place, calendar: &Calendar) -> Result<Calendar, Problems> {
    let mut left = calendar.clone();
    let (at, length) = match place {
        Place::Term(at) => (at, left.terms.len()),
        Place::Closed(at) => (at, left.closed.len()),
        Place::Years(at) => (at, left.partly.len()),
    };
    if at >= length {
        return Err(vec![(Field::First, Problem::Gone)]);
    }
    match place {
        Place::Term(at) => drop(left.terms.remove(at)),
        Place::Closed(at) => drop(left.closed.remove(at)),
        Place::Years(at) => drop(left.partly.remove(at)),
    }
    Ok(left)
}

fn with_term(form: &EntryForm, mut calendar: Calendar) -> Result<Calendar, Problems> {
    let mut problems = Vec::new();
    let name = line(Field::Name, &form.name, &mut problems);
    if name.is_none() && problems.is_empty() {
        problems.push((Field::Name, Problem::NoName));
    }
    let first = date(Field::First, &form.first, &mut problems);
    let last = date(Field::Last, &form.last, &mut problems);
    if let (Some(first), Some(last)) = (first, last) {
        if last < first {
            problems.push((Field::Last, Problem::EndsBeforeStart));
        } else if (last - first).num_days() > LONGEST_TERM {
            problems.push((Field::Last, Problem::TooManyDays(LONGEST_TERM)));
        } else if let Some(other) = calendar.terms.iter().find(|term| first <= term.last && term.first <= last) {
            let field = if first >= other.first { Field::First } else { Field::Last };
            problems.push((field, Problem::Overlaps(other.name.clone())));
        }
    }
    match (name, first, last) {
        (Some(name), Some(first), Some(last)) if problems.is_empty() => {
            calendar.terms.push(Term { name, first, last });
            checked(calendar, Field::First)
        }
        _ => Err(problems),
    }
}

fn with_days(form: &EntryForm, mut calendar: Calendar) -> Result<Calendar, Problems> {
    let mut problems = Vec::new();
    let first = date(Field::First, &form.first, &mut problems);
    let last = if form.last.trim().is_empty() { first } else { date(Field::Last, &form.last, &mut problems) };
    let kind = KINDS.into_iter().find(|kind| kind_word(*kind) == form.kind);
    if kind.is_none() {
        problems.push((Field::Kind, Problem::NotAChoice));
    }
    let part = Part::parse(&form.part);
    if part.is_none() {
        problems.push((Field::Part, Problem::NotAChoice));
    }
    let years: Option<BTreeSet<i64>> =
        form.years.iter().map(|year| year.parse().ok().filter(|year| YEARS.contains(year))).collect();
    if years.is_none() {
        problems.push((Field::Years, Problem::NotAChoice));
    }
    let note = line(Field::Note, &form.note, &mut problems);
    let (Some(first), Some(last), Some(kind), Some(part), Some(years)) = (first, last, kind, part, years) else {
        return Err(problems);
    };
    let days = days_of((first, last), kind, &calendar, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let years: Vec<i64> = years.into_iter().collect();
    for date in days {
        let day = ClosedDay {
            date,
            kind,
            confirmed: form.confirmed == "yes",
            am_closed: part != Part::Pm,
            pm_closed: part != Part::Am,
            note: note.clone(),
        };
        match years.is_empty() {
            true => calendar.closed.push(day),
            false => calendar.partly.push(YearsClosed { years: years.clone(), day }),
        }
    }
    checked(calendar, Field::First)
}

/// The weekdays of these dates.
fn days_of(
    (first, last): (NaiveDate, NaiveDate),
    kind: ClosedKind,
    calendar: &Calendar,
    problems: &mut Problems,
) -> Vec<NaiveDate> {
    if last < first {
        problems.push((Field::Last, Problem::EndsBeforeStart));
        return Vec::new();
    }
    let weekday = |date: &NaiveDate| !matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
    let days: Vec<NaiveDate> =
        first.iter_days().take_while(|date| *date <= last).filter(weekday).take(MOST_DAYS + 1).collect();
    if days.len() > MOST_DAYS {
        problems.push((Field::Last, Problem::TooManyDays(i64::try_from(MOST_DAYS).unwrap_or(i64::MAX))));
    } else if days.is_empty() {
        problems.push((Field::First, Problem::Weekend));
    // A bank holiday between terms changes nothing but the name of its day.
    } else if kind != ClosedKind::BankHoliday
        && let Some(outside) = days.iter().find(|date| calendar.term_of(**date).is_none())
    {
        problems.push((if *outside == first { Field::First } else { Field::Last }, Problem::OutsideTerm(*outside)));
    }
    days
}

/// The pieces as a calendar, if every term still has school.
fn checked(calendar: Calendar, field: Field) -> Result<Calendar, Problems> {
    let Calendar { terms, closed, partly } = calendar;
    let calendar = Calendar::with_years(terms, closed, partly).map_err(|error| {
        vec![match error {
            CalendarError::TermsOverlap { earlier, .. } => (field, Problem::Overlaps(earlier)),
            CalendarError::ClosedTwice { date, session } => (field, Problem::ClosedTwice(date, session)),
            CalendarError::TermEndsBeforeItStarts { .. } => (Field::Last, Problem::EndsBeforeStart),
            CalendarError::ClosesNothing { .. } => (Field::Part, Problem::NotAChoice),
            CalendarError::NoYears { .. } => (Field::Years, Problem::NotAChoice),
        }]
    })?;
    let empty = calendar.terms.iter().find(|term| calendar.open_sessions(term.first..=term.last).is_empty());
    match empty {
        Some(term) => Err(vec![(field, Problem::NoSchoolDays(term.name.clone()))]),
        None => Ok(calendar),
    }
}

fn date(field: Field, text: &str, problems: &mut Problems) -> Option<NaiveDate> {
    let text = text.trim();
    let date = iso::date(text);
    if date.is_none() {
        problems.push((field, if text.is_empty() { Problem::NoDate } else { Problem::NotADate }));
    }
    date
}

fn line(field: Field, text: &str, problems: &mut Problems) -> Option<String> {
    tidy_line(text, LINE).map_err(|error| problems.push((field, Problem::TooLong(error.most)))).ok().flatten()
}

/// What to look at in a calendar that is sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Caution {
    /// It ends on this day, soon.
    RunsOut(NaiveDate),
    /// A training day that lies in no term.
    OutsideTerm(NaiveDate),
    /// So many training days in the school year that begins in this year: there are five.
    TrainingDays(i32, usize),
}

/// What to look at, from this day on.
#[must_use]
pub fn cautions(calendar: &Calendar, today: NaiveDate) -> Vec<Caution> {
    let mut found = Vec::new();
    // Appointments are told some three months ahead.
    if let Some(last) = calendar.last_day().filter(|last| (*last - today).num_days() < 92) {
        found.push(Caution::RunsOut(last));
    }
    let training = || calendar.closed.iter().filter(|day| day.kind == ClosedKind::Inset && day.date >= today);
    found.extend(
        training().filter(|day| calendar.term_of(day.date).is_none()).map(|day| Caution::OutsideTerm(day.date)),
    );
    let years: BTreeSet<SchoolYear> = training().map(|day| SchoolYear::of(day.date)).collect();
    for year in years {
        let days: BTreeSet<NaiveDate> = calendar
            .closed
            .iter()
            .filter(|day| day.kind == ClosedKind::Inset && year.days().contains(&day.date))
            .map(|day| day.date)
            .collect();
        if days.len() > TRAINING_DAYS {
            found.push(Caution::TrainingDays(year.0, days.len()));
        }
    }
    found
}

#[cfg(test)]
mod tests;
