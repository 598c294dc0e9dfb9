//! Each section of the file, case by case.

use std::fmt::Display;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::file::{
    Attendance, Calendars, LeavePreview, Notices, Penalty, PenaltyMark, ReturnDate, Vectors, leighton_times,
};
use crate::rules::arrival::proposed_mark;
use crate::rules::calendar::{Calendar, Session, SessionDay};
use crate::rules::code::{Class, Code};
use crate::rules::compulsory_age::compulsory_from;
use crate::rules::leave::preview;
use crate::rules::london::instant;
use crate::rules::n_deadline::n_runs_out;
use crate::rules::notice::{Notice, next_notice};
use crate::rules::percentage::{Percent, Tally};
use crate::rules::return_date::{after_days, after_hours, earliest_return};
use crate::rules::threshold::{Marked, State, fullest_window};

type Cases = Vec<(String, Result<(), String>)>;

/// The weekdays of each published term without bank holidays, training days included
/// (domain section 7).
const DAYS_OF_TERMS: [usize; 12] = [40, 35, 30, 25, 29, 36, 39, 35, 30, 24, 34, 33];
/// The sessions of a school year once five training days are off.
const SESSIONS_OF_A_YEAR: usize = 380;

pub(super) fn all(vectors: &Vectors) -> Cases {
    let calendars = match Calendars::of(vectors) {
        Ok(calendars) => calendars,
        Err(why) => return vec![("calendar".to_owned(), Err(why))],
    };
    let mut cases = codes(vectors);
    cases.extend(counted(vectors));
    for case in &vectors.penalty {
        cases.push((format!("penalty {}", case.id), penalty(case, &calendars.school)));
    }
    for case in &vectors.notices {
        cases.push((format!("notices {}", case.id), notices(case)));
    }
    for case in &vectors.leave_preview {
        cases.push((format!("leave_preview {}", case.id), leave_preview(case, &calendars.school)));
    }
    cases.extend(day_counts(&calendars));
    cases.extend(by_date(vectors, &calendars.school));
    cases.extend(by_time(vectors));
    for case in &vectors.return_dates {
        cases.push((format!("return_dates {}", case.id), return_date(case, &calendars.school)));
    }
    cases
}

fn codes(vectors: &Vectors) -> Cases {
    let word = |class| match class {
        Class::Present => "present",
        Class::ApprovedActivity => "aea",
        Class::AuthorisedAbsence => "authorised",
        Class::UnauthorisedAbsence => "unauthorised",
        Class::NotPossible => "not_possible",
        Class::NotCollected => "not_collected",
    };
    let class_of = |letters: &str| Code::parse(letters).map_or("no code", |code| word(code.class()));
    let cases = vectors.codes.iter();
    cases.map(|(letters, class)| (format!("codes {letters}"), same(class_of(letters), class))).collect()
}

fn counted(vectors: &Vectors) -> Cases {
    let mut cases: Cases =
        vectors.attendance.iter().map(|case| (format!("attendance {}", case.id), attendance(case))).collect();
    let class = &vectors.cohort;
    let child = |(attended, possible): &(u32, u32)| Tally {
        attended: *attended,
        authorised: possible - attended,
        ..Tally::default()
    };
    let together: Tally = class.pupils.iter().map(child).sum();
    cases.push((format!("cohort {}", class.id), same(shown(together.shown()), format!("{:.1}", class.shown))));
    cases
}

fn attendance(case: &Attendance) -> Result<(), String> {
    let mut tally = Tally::default();
    for (letters, times) in &case.marks {
        let code = Code::parse(letters).ok_or_else(|| format!("no code {letters}"))?;
        (0..*times).for_each(|_| tally += code);
    }
    let decimal = |number: Option<f64>| shown(number.map(|number| format!("{number:.1}")));
    same(tally.possible(), case.possible)?;
    same(tally.attended, case.attended)?;
    same(tally.authorised, case.authorised)?;
    same(tally.unauthorised, case.unauthorised)?;
    same(shown(tally.shown()), decimal(case.shown))?;
    same(shown(tally.shown().map(Percent::rest)), decimal(case.absence_shown))?;
    same(tally.is_persistent(), case.pa)?;
    same(tally.is_severe(), case.sa)?;
    same(tally.is_below_95(), case.below95)
}

fn penalty(case: &Penalty, calendar: &Calendar) -> Result<(), String> {
    let times = |mark: &PenaltyMark| std::iter::repeat_n((mark.date, mark.code), mark.sessions as usize);
    let marks: Vec<Marked> = case.marks.iter().flat_map(times).collect();
    let window = fullest_window(&marks, case.csa_from, calendar);
    let state = match window.map(|window| window.state()) {
        Some(State::Met) => "met",
        Some(State::MetIfNStands) => "met_if_n_stands",
        Some(State::Below) | None => "below",
    };
    same(window.map_or(0, |window| window.sessions), case.best)?;
    same(window.map_or(0, |window| window.without_n), case.best_without_n)?;
    same(state, &case.state)
}

fn notices(case: &Notices) -> Result<(), String> {
    // Notices count for one parent and one child.
    let theirs = case.history.iter().filter(|notice| notice.parent == case.parent && notice.child == case.child);
    let earlier: Vec<Notice> =
        theirs.map(|notice| Notice { issued: notice.issued, withdrawn: notice.status == "withdrawn" }).collect();
    same(next_notice(&earlier, case.threshold_on).word(), &case.outcome)
}

fn leave_preview(case: &LeavePreview, calendar: &Calendar) -> Result<(), String> {
    let missed = case.unauthorised.iter().flat_map(|(date, times)| {
        let halves = Session::BOTH.into_iter().take(*times);
        halves.map(|session| (SessionDay { date: *date, session }, Code::O))
    });
    let missed: Vec<_> = missed.collect();
    let leave = calendar.open_sessions(case.leave.0..=case.leave.1);
    same(leave.len(), case.leave_sessions)?;
    let found = preview(&missed, &leave, case.leave.0, None, calendar);
    same(shown(found.map(|found| found.highest.sessions)), case.highest_window)
}

fn day_counts(calendars: &Calendars) -> Cases {
    let Calendars { published, school } = calendars;
    let mut cases = vec![("calendar terms".to_owned(), same(published.terms().len(), DAYS_OF_TERMS.len()))];
    for (term, days) in published.terms().iter().zip(DAYS_OF_TERMS) {
        let sessions = published.open_sessions(term.first..=term.last).len();
        cases.push((format!("calendar days of {}", term.name), same(sessions, 2 * days)));
    }
    for year in published.terms().chunks(6) {
        if let [first, .., last] = year {
            let sessions = school.open_sessions(first.first..=last.last).len();
            cases.push((format!("calendar year from {}", first.first), same(sessions, SESSIONS_OF_A_YEAR)));
        }
    }
    cases
}

fn by_date(vectors: &Vectors, calendar: &Calendar) -> Cases {
    let n_deadline = vectors.n_deadline.iter().map(|case| {
        let name = format!("n_deadline {}", case.session);
        (name, same(shown(n_runs_out(case.session, calendar)), case.deadline))
    });
    let next = vectors.next_school_day.iter().map(|case| {
        let name = format!("next_school_day {}", case.from);
        (name, same(shown(calendar.next_school_day(case.from)), case.is))
    });
    let csa = vectors.csa.iter().map(|case| {
        let name = format!("csa {}", case.dob);
        (name, same(compulsory_from(case.dob), case.csa_from))
    });
    n_deadline.chain(next).chain(csa).collect()
}

fn by_time(vectors: &Vectors) -> Cases {
    let arrival = vectors.arrival.iter().map(|case| {
        let mark = NaiveTime::parse_from_str(&case.arrival, "%H:%M")
            .map(|time| proposed_mark(time, &leighton_times()))
            .map_err(|why| why.to_string());
        (format!("arrival {}", case.arrival), mark.and_then(|mark| same(mark, case.proposed)))
    });
    let deadline = vectors.deadline_utc.iter().map(|case| {
        let utc = local_time(&case.local).map(|at| at.format("%Y-%m-%dT%H:%MZ").to_string());
        (format!("deadline_utc {}", case.local), utc.and_then(|utc| same(utc, &case.utc)))
    });
    arrival.chain(deadline).collect()
}

fn return_date(case: &ReturnDate, calendar: &Calendar) -> Result<(), String> {
    let moment = moment(case)?;
    let expected = case.earliest_moment.as_deref().map(DateTime::parse_from_rfc3339).transpose();
    let expected = expected.map_err(|why| why.to_string())?.map(|at| at.to_utc());
    same(shown(moment), shown(expected))?;
    let back = moment.and_then(|moment| earliest_return(moment, calendar, &leighton_times()));
    same(shown(back), shown(case.suggested.as_deref()))
}

/// The moment an illness is over, by the numbers of domain section 9; `None`: school is fine.
fn moment(case: &ReturnDate) -> Result<Option<DateTime<Utc>>, String> {
    let input = |key: &str| case.input_local.get(key).ok_or_else(|| format!("no {key}"));
    let hours = |key: &str, hours| Ok(Some(after_hours(local_time(input(key)?)?, hours)));
    let days = |key: &str, days| {
        let onset: NaiveDate = input(key)?.parse().map_err(|_| format!("{key} is no date"))?;
        Ok(Some(after_days(onset, days)))
    };
    match input("condition")?.as_str() {
        "diarrhoea_vomiting" => hours("last_episode", 48),
        "scarlet_fever" => hours("antibiotics", 24),
        "impetigo" => hours("antibiotics", 48),
        "chickenpox" | "mumps" => days("onset", 5),
        "covid_positive" => days("test_day", 4),
        "head_lice" => Ok(None),
        other => Err(format!("{other} is not known")),
    }
}

fn local_time(text: &str) -> Result<DateTime<Utc>, String> {
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").map_err(|why| format!("{text}: {why}"))?;
    Ok(instant(local.date(), local.time()))
}

fn shown(value: Option<impl Display>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}

fn same(found: impl Display, expected: impl Display) -> Result<(), String> {
    let (found, expected) = (found.to_string(), expected.to_string());
    if found == expected { Ok(()) } else { Err(format!("{found}, expected {expected}")) }
}
