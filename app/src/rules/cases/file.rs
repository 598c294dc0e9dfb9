//! The file of cases and the school it is about.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use crate::rules::calendar::{Calendar, ClosedDay, ClosedKind, Term};
use crate::rules::code::Code;
use crate::rules::deadline::DayTimes;

/// The file as it stands.
pub(super) const TEXT: &str = include_str!("../../../tests/vectors.json");

/// What these rules use of the file; the rest belongs to other rules.
#[derive(Deserialize)]
pub(super) struct Vectors {
    terms: BTreeMap<String, Vec<(NaiveDate, NaiveDate)>>,
    bank_holidays: Vec<NaiveDate>,
    inset_example: Vec<NaiveDate>,
    pub(super) codes: BTreeMap<String, String>,
    pub(super) attendance: Vec<Attendance>,
    pub(super) cohort: Cohort,
    pub(super) penalty: Vec<Penalty>,
    pub(super) notices: Vec<Notices>,
    pub(super) leave_preview: Vec<LeavePreview>,
    pub(super) n_deadline: Vec<NDeadline>,
    pub(super) next_school_day: Vec<NextSchoolDay>,
    pub(super) csa: Vec<Csa>,
    pub(super) arrival: Vec<Arrival>,
    pub(super) deadline_utc: Vec<DeadlineUtc>,
    pub(super) return_dates: Vec<ReturnDate>,
}

/// Earlier notices, and what comes next for a parent and a child.
#[derive(Deserialize)]
pub(super) struct Notices {
    pub(super) id: String,
    pub(super) history: Vec<Issued>,
    #[serde(default)]
    pub(super) parent: String,
    #[serde(default)]
    pub(super) child: String,
    pub(super) threshold_on: NaiveDate,
    pub(super) outcome: String,
}

/// Sessions missed without agreement, and leave asked for.
#[derive(Deserialize)]
pub(super) struct LeavePreview {
    pub(super) id: String,
    pub(super) unauthorised: Vec<(NaiveDate, usize)>,
    pub(super) leave: (NaiveDate, NaiveDate),
    pub(super) leave_sessions: usize,
    pub(super) highest_window: u32,
}

/// A notice of anybody's.
#[derive(Deserialize)]
pub(super) struct Issued {
    pub(super) parent: String,
    pub(super) child: String,
    pub(super) issued: NaiveDate,
    pub(super) status: String,
}

/// A class's children as (attended, possible), and what is shown of all.
#[derive(Deserialize)]
pub(super) struct Cohort {
    pub(super) id: String,
    pub(super) pupils: Vec<(u32, u32)>,
    pub(super) shown: f64,
}

/// Numbers of marks and what follows from them.
#[derive(Deserialize)]
pub(super) struct Attendance {
    pub(super) id: String,
    pub(super) marks: BTreeMap<String, u32>,
    pub(super) possible: u32,
    pub(super) attended: u32,
    #[serde(default)]
    pub(super) authorised: u32,
    #[serde(default)]
    pub(super) unauthorised: u32,
    pub(super) shown: Option<f64>,
    pub(super) absence_shown: Option<f64>,
    pub(super) pa: bool,
    pub(super) sa: bool,
    #[serde(default)]
    pub(super) below95: bool,
}

#[derive(Deserialize)]
pub(super) struct Penalty {
    pub(super) id: String,
    pub(super) marks: Vec<PenaltyMark>,
    pub(super) csa_from: Option<NaiveDate>,
    #[serde(rename = "best_window_GNOU")]
    pub(super) best: u32,
    #[serde(rename = "best_window_GOU")]
    pub(super) best_without_n: u32,
    pub(super) state: String,
}

#[derive(Deserialize)]
pub(super) struct PenaltyMark {
    pub(super) date: NaiveDate,
    pub(super) code: Code,
    pub(super) sessions: u32,
}

#[derive(Deserialize)]
pub(super) struct NDeadline {
    pub(super) session: NaiveDate,
    pub(super) deadline: NaiveDate,
}

#[derive(Deserialize)]
pub(super) struct NextSchoolDay {
    pub(super) from: NaiveDate,
    pub(super) is: NaiveDate,
}

#[derive(Deserialize)]
pub(super) struct Csa {
    pub(super) dob: NaiveDate,
    pub(super) csa_from: NaiveDate,
}

#[derive(Deserialize)]
pub(super) struct Arrival {
    pub(super) arrival: String,
    pub(super) proposed: Code,
}

#[derive(Deserialize)]
pub(super) struct DeadlineUtc {
    pub(super) local: String,
    pub(super) utc: String,
}

#[derive(Deserialize)]
pub(super) struct ReturnDate {
    pub(super) id: String,
    pub(super) earliest_moment: Option<String>,
    pub(super) suggested: Option<String>,
    pub(super) input_local: BTreeMap<String, String>,
}

/// Reads the file.
pub(super) fn read() -> Result<Vectors, String> {
    serde_json::from_str(TEXT).map_err(|why| why.to_string())
}

/// The calendar of the cases, once as the council publishes it and once as the school keeps it.
pub(super) struct Calendars {
    /// Terms and bank holidays only.
    pub(super) published: Calendar,
    /// The same with the example's training days.
    pub(super) school: Calendar,
}

impl Calendars {
    pub(super) fn of(vectors: &Vectors) -> Result<Self, String> {
        let named = vectors.terms.iter().flat_map(|(year, terms)| terms.iter().map(move |term| (year, *term)));
        let terms: Vec<_> =
            named.map(|(year, (first, last))| Term { name: format!("{year} from {first}"), first, last }).collect();
        let bank_holidays = vectors.bank_holidays.iter().map(|date| closed(*date, ClosedKind::BankHoliday));
        let insets = vectors.inset_example.iter().map(|date| closed(*date, ClosedKind::Inset));
        let calendar = |days| Calendar::new(terms.clone(), days).map_err(|why| why.to_string());
        Ok(Self {
            published: calendar(bank_holidays.clone().collect())?,
            school: calendar(bank_holidays.chain(insets).collect())?,
        })
    }
}

fn closed(date: NaiveDate, kind: ClosedKind) -> ClosedDay {
    ClosedDay { date, kind, confirmed: true, am_closed: true, pm_closed: true, note: None }
}

/// The calendar of the cases as the school keeps it, its training days examples still.
#[cfg(test)]
pub(in crate::rules) fn leighton_calendar() -> Calendar {
    let school = read().and_then(|vectors| Calendars::of(&vectors)).map(|calendars| calendars.school);
    let school = school.unwrap_or_default();
    let example = |day: &ClosedDay| ClosedDay { confirmed: day.kind != ClosedKind::Inset, ..day.clone() };
    Calendar::new(school.terms().to_vec(), school.closed().iter().map(example).collect()).unwrap_or_default()
}

/// The policy's times, with the afternoon the cases assume: register at 13:00, closed at 13:15.
#[must_use]
pub fn leighton_times() -> DayTimes {
    let at = |hour, minute| NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN);
    DayTimes {
        gates_open: at(8, 35),
        day_starts: at(8, 40),
        register_taken: at(8, 45),
        late_after: at(8, 50),
        register_closes: at(9, 15),
        report_by: at(9, 15),
        day_ends: at(15, 15),
        pm_register: Some(at(13, 0)),
        pm_closes: Some(at(13, 15)),
    }
}
