//! Patterns worth a quiet word: the same weekday again and again, many illnesses in one year.
//!
//! A hint to staff beside a report, never a judgement and never shown to a family. What counts:
//! days on which a child was reported away, as far as the portal knows.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{calendar::Calendar, school_year::SchoolYear};

/// From how many of one weekday in a term on.
pub const SAME_WEEKDAY: usize = 3;
/// From how many separate illnesses in a school year on.
pub const ILLNESSES: usize = 5;

/// A day on which a child was reported away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Away {
    /// The day.
    pub date: NaiveDate,
    /// Whether for an illness.
    pub ill: bool,
}

/// A hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// So many of this weekday in this term, today's among them.
    SameWeekday(usize, Weekday),
    /// The so-manieth illness of this school year.
    ManyIllnesses(usize),
}

/// The hints for a child who is away on `day`, given all its days of the school year so far in
/// any order, `day` among them.
#[must_use]
pub fn hints(days: &[Away], day: NaiveDate, calendar: &Calendar) -> Vec<Hint> {
    let mut dates: Vec<Away> = days.iter().copied().filter(|away| away.date <= day).collect();
    // A day told twice is one day, and an illness if anybody says so.
    dates.sort_by_key(|away| (away.date, !away.ill));
    dates.dedup_by_key(|away| away.date);
    let mut hints = Vec::new();
    if let Some(begins) = term_begins(day, calendar) {
        let same = dates.iter().filter(|away| away.date >= begins && away.date.weekday() == day.weekday()).count();
        if same >= SAME_WEEKDAY {
            hints.push(Hint::SameWeekday(same, day.weekday()));
        }
    }
    let today_ill = dates.last().is_some_and(|away| away.date == day && away.ill);
    let illnesses = spells(&dates, calendar);
    if today_ill && illnesses >= ILLNESSES {
        hints.push(Hint::ManyIllnesses(illnesses));
    }
    hints
}

/// The first day of the whole term: both halves of it, where the calendar names two of a school year alike
/// ("Autumn 1", "Autumn 2"). Where more than two share a word ("Term 1" to "Term 6") each is a term of its own, and
/// no term begins in the school year before.
fn term_begins(day: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
    let word = |name: &str| name.split_whitespace().next().unwrap_or_default().to_owned();
    let term = calendar.term_of(day)?;
    let (name, year) = (word(&term.name), SchoolYear::of(term.first));
    let alike =
        calendar.terms().iter().filter(|other| word(&other.name) == name && SchoolYear::of(other.first) == year);
    let halves: Vec<NaiveDate> = alike.map(|other| other.first).collect();
    match halves.as_slice() {
        [first, second] if *second == term.first => Some(*first),
        _ => Some(term.first),
    }
}

/// Illnesses with a day of school, or of something else, between them.
fn spells(dates: &[Away], calendar: &Calendar) -> usize {
    let ill: Vec<NaiveDate> = dates.iter().filter(|away| away.ill).map(|away| away.date).collect();
    let goes_on = |pair: &[NaiveDate]| match pair {
        [one, next] => one.succ_opt().and_then(|after| calendar.next_school_day(after)) == Some(*next),
        _ => false,
    };
    ill.len() - ill.windows(2).filter(|pair| goes_on(pair)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{calendar::Term, cases::leighton_calendar};

    fn away(dates: &[&str], ill: bool) -> Vec<Away> {
        dates.iter().map(|date| Away { date: date.parse().unwrap_or_default(), ill }).collect()
    }

    /// The school's calendar, its half terms named as the school names them.
    fn school() -> Calendar {
        let names = ["Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2"];
        let calendar = leighton_calendar();
        let named = calendar.terms().iter().zip(names.iter().cycle());
        let terms = named.map(|(term, name)| Term { name: (*name).to_owned(), ..term.clone() }).collect();
        Calendar::new(terms, calendar.closed().to_vec()).unwrap_or_default()
    }

    fn said(days: &[Away], day: &str) -> Vec<Hint> {
        hints(days, day.parse().unwrap_or_default(), &school())
    }

    #[test]
    fn the_third_monday_of_a_term_counts_both_its_halves() {
        let mondays = away(&["2026-09-14", "2026-10-12", "2026-11-23"], false);
        assert_eq!(said(&mondays, "2026-11-23"), [Hint::SameWeekday(3, Weekday::Mon)]);
        assert_eq!(said(&mondays[1..], "2026-11-23"), []);
        // The Monday of the summer before is another term's.
        let before = away(&["2026-07-13", "2026-11-16", "2026-11-23"], false);
        assert_eq!(said(&before, "2026-11-23"), []);
        let told_twice = away(&["2026-11-16", "2026-11-16", "2026-11-23"], false);
        assert_eq!(said(&told_twice, "2026-11-23"), []);
        // What comes after the day is not known on it.
        let ahead = away(&["2026-11-23", "2026-11-30", "2026-12-07"], false);
        assert_eq!(said(&ahead, "2026-11-23"), []);
    }

    #[test]
    fn every_monday_of_a_long_absence_counts_as_one() {
        let ill = ["2026-11-09", "2026-11-10", "2026-11-16", "2026-11-17", "2026-11-23"];
        assert_eq!(said(&away(&ill, true), "2026-11-23"), [Hint::SameWeekday(3, Weekday::Mon)]);
        assert_eq!(said(&away(&ill, true), "2026-11-17"), [], "two Tuesdays");
    }

    #[test]
    fn terms_of_another_year_and_terms_that_only_have_numbers_stay_apart() {
        let term = |name: &str, first: &str, last: &str| Term {
            name: name.to_owned(),
            first: first.parse().unwrap_or_default(),
            last: last.parse().unwrap_or_default(),
        };
        let six = [
            term("Term 5", "2026-04-13", "2026-05-22"),
            term("Term 6", "2026-06-01", "2026-07-20"),
            term("Term 1", "2026-09-01", "2026-10-23"),
            term("Term 2", "2026-11-02", "2026-12-18"),
            term("Term 3", "2027-01-04", "2027-02-12"),
        ];
        let calendar = Calendar::new(six.into(), Vec::new()).unwrap_or_default();
        let hinted = |dates: &[&str], day: &str| hints(&away(dates, false), day.parse().unwrap_or_default(), &calendar);
        assert_eq!(hinted(&["2026-10-12", "2026-11-16", "2026-11-23"], "2026-11-23"), []);
        assert_eq!(hinted(&["2026-07-13", "2026-09-07", "2026-09-14"], "2026-09-14"), []);
        let third = [Hint::SameWeekday(3, Weekday::Mon)];
        assert_eq!(hinted(&["2026-11-09", "2026-11-16", "2026-11-23"], "2026-11-23"), third);
        // "Autumn" of last year is not this autumn, though less than half a year lies between.
        let autumns = [term("Autumn", "2026-06-01", "2026-07-20"), term("Autumn", "2026-09-01", "2026-12-18")];
        let calendar = Calendar::new(autumns.into(), Vec::new()).unwrap_or_default();
        let across = away(&["2026-07-13", "2026-09-07", "2026-09-14"], false);
        assert_eq!(hints(&across, "2026-09-14".parse().unwrap_or_default(), &calendar), []);
    }

    #[test]
    fn the_fifth_illness_counts_spells_and_not_days() {
        let four = ["2026-09-09", "2026-09-10", "2026-09-24", "2026-10-07", "2026-10-23", "2026-11-02"];
        let mut days = away(&four, true);
        // Friday before half-term and the Monday after it are one illness.
        assert_eq!(said(&days, "2026-11-02"), []);
        days.extend(away(&["2026-11-24"], true));
        assert_eq!(said(&days, "2026-11-24"), [Hint::ManyIllnesses(5)]);
        // A dentist's morning is no illness, and says nothing of the others.
        days.extend(away(&["2026-11-27"], false));
        assert_eq!(said(&days, "2026-11-27"), []);
    }
}
