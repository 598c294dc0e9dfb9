//! What the health service says about coming back after an illness.
//!
//! Source: the UK Health Security Agency's table of how long to keep children off (domain
//! section 9). Each row is the school's data with a date of its own; what is told is guidance,
//! never a diagnosis and never a refusal.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{
    absence::Details,
    calendar::{Calendar, Session, SessionDay},
    deadline::DayTimes,
    iso,
    london::{instant, today},
    return_date::{after_days, after_hours, earliest_return},
};

/// What the time to stay away counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountsFrom {
    /// The last time the child was sick or had diarrhoea.
    LastTime,
    /// The first dose of an antibiotic.
    Antibiotics,
    /// The day the rash came.
    Rash,
    /// The day the swelling came.
    Swelling,
    /// The day the first signs came.
    Symptoms,
    /// The day of the test.
    Test,
    /// The day of the first treatment.
    Treatment,
}

/// How long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wait {
    /// Hours from a moment.
    Hours(u32),
    /// The day itself plus so many.
    Days(u32),
}

/// What is known about one illness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Illness {
    /// The word that names it in forms and rows: "chickenpox".
    pub key: String,
    /// What a parent reads.
    pub label: String,
    /// Whether a parent can choose it from the list.
    pub listed: bool,
    /// How long to stay away and from when, where that can be counted.
    pub wait: Option<(CountsFrom, Wait)>,
    /// Whether a child who feels well may come to school.
    pub school_is_fine: bool,
    /// The rule in words.
    pub rule: String,
    /// What must be true besides: "all the blisters have dried".
    pub also: Option<String>,
    /// Whether staff who expect a baby should be told.
    pub tell_pregnant: bool,
    /// Whose guidance this is.
    pub source: String,
    /// The day it was last compared with its source.
    pub dated: NaiveDate,
}

/// What can be said of coming back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Earliest {
    /// A child who feels well may come.
    SchoolIsFine,
    /// It cannot be counted: the rule in words says it.
    RuleOnly,
    /// It could be counted if this were known.
    Needs(CountsFrom),
    /// Not before this session.
    On(SessionDay),
    /// The date would hang on a day the school has not confirmed, or lie beyond its calendar.
    AskSchool,
}

impl CountsFrom {
    /// Whether a time of day is needed, or the day alone.
    #[must_use]
    pub fn needs_time(self) -> bool {
        matches!(self, Self::LastTime | Self::Antibiotics)
    }
}

/// What can be said, given what the parent has said. `afternoon_confirmed`: whether the school stands
/// by the time of its afternoon register.
#[must_use]
pub fn earliest(
    illness: &Illness,
    details: &Details,
    calendar: &Calendar,
    times: &DayTimes,
    afternoon_confirmed: bool,
) -> Earliest {
    let Some((from, wait)) = illness.wait else {
        return if illness.school_is_fine { Earliest::SchoolIsFine } else { Earliest::RuleOnly };
    };
    let Some(counted) = moment(from, details) else { return Earliest::Needs(from) };
    let over = match wait {
        Wait::Hours(hours) => after_hours(instant(counted.date(), counted.time()), hours),
        Wait::Days(days) => after_days(counted.date(), days),
    };
    let Some(open) = earliest_return(over, calendar, times) else { return Earliest::AskSchool };
    let on = today(over);
    let too_late_for_morning = instant(on, times.register_taken) < over && over <= instant(on, times.day_ends);
    let by_afternoon = open.session == Session::Pm || too_late_for_morning && calendar.is_open(on, Session::Pm);
    if by_afternoon && !afternoon_confirmed || !calendar.unconfirmed_in(on..=open.date).is_empty() {
        Earliest::AskSchool
    } else {
        Earliest::On(open)
    }
}

/// What is wrong with a moment that a parent gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MomentProblem {
    /// No day, or not a date.
    NoDay,
    /// No time, or not one.
    NoTime,
    /// It has not happened yet.
    Future,
    /// More than [`LONG_AGO_DAYS`] ago.
    LongAgo,
}

/// How long ago an illness that is reported now may have begun, in days.
pub const LONG_AGO_DAYS: i64 = 31;

/// Reads the day and, where one is needed, the time that the waiting counts from.
///
/// # Errors
/// The first problem found.
pub fn read_moment(
    day: &str,
    time: &str,
    from: CountsFrom,
    now: NaiveDateTime,
) -> Result<NaiveDateTime, MomentProblem> {
    let day = iso::date(day.trim()).ok_or(MomentProblem::NoDay)?;
    let time = match from.needs_time() {
        true => iso::time(time.trim()).ok_or(MomentProblem::NoTime)?,
        false => NaiveTime::MIN,
    };
    let moment = day.and_time(time);
    if moment > now {
        Err(MomentProblem::Future)
    } else if (now.date() - day).num_days() > LONG_AGO_DAYS {
        Err(MomentProblem::LongAgo)
    } else {
        Ok(moment)
    }
}

/// The moment that counts, if it is known: as told on the receipt, or the day the form was told.
#[must_use]
pub fn moment(from: CountsFrom, details: &Details) -> Option<NaiveDateTime> {
    details.counted.or_else(|| {
        let day = details.since?;
        matches!(from, CountsFrom::Rash | CountsFrom::Swelling | CountsFrom::Symptoms)
            .then(|| day.and_time(NaiveTime::MIN))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{
        calendar::ClosedDay,
        cases::{leighton_calendar, leighton_times},
    };

    /// The school's calendar once it stands by its training days.
    fn leighton() -> Calendar {
        let example = leighton_calendar();
        let confirmed = |day: &ClosedDay| ClosedDay { confirmed: true, ..day.clone() };
        let calendar = Calendar::new(example.terms().to_vec(), example.closed().iter().map(confirmed).collect());
        assert!(calendar.is_ok());
        calendar.unwrap_or_default()
    }

    fn illness(wait: Option<(CountsFrom, Wait)>) -> Illness {
        Illness {
            key: "x".into(),
            label: "X".into(),
            listed: true,
            wait,
            school_is_fine: wait.is_none(),
            rule: "The rule.".into(),
            also: None,
            tell_pregnant: false,
            source: "the agency".into(),
            dated: NaiveDate::MIN,
        }
    }

    fn said(wait: (CountsFrom, Wait), counted: &str) -> Earliest {
        let counted = NaiveDateTime::parse_from_str(counted, "%Y-%m-%d %H:%M").ok();
        assert!(counted.is_some());
        let details = Details { counted, ..Details::default() };
        earliest(&illness(Some(wait)), &details, &leighton(), &leighton_times(), true)
    }

    fn on(date: &str, session: Session) -> Earliest {
        Earliest::On(SessionDay { date: date.parse().unwrap_or_default(), session })
    }

    #[test]
    fn the_worked_cases_of_the_domain_paper() {
        use CountsFrom::{Antibiotics, LastTime, Rash, Swelling, Test};
        use Session::{Am, Pm};
        use Wait::{Days, Hours};
        for (name, wait, counted, date, session) in [
            ("R1", (LastTime, Hours(48)), "2026-11-24 07:00", "2026-11-26", Am),
            ("R2", (LastTime, Hours(48)), "2026-11-24 21:00", "2026-11-27", Am),
            ("R3", (LastTime, Hours(48)), "2026-11-24 10:00", "2026-11-26", Pm),
            ("R4", (Antibiotics, Hours(24)), "2026-11-22 18:00", "2026-11-24", Am),
            ("R5", (Antibiotics, Hours(48)), "2026-11-25 09:00", "2026-11-27", Pm),
            ("R6", (Rash, Days(5)), "2026-11-23 00:00", "2026-11-30", Am),
            ("R7", (Test, Days(4)), "2026-11-30 00:00", "2026-12-04", Am),
            ("R8", (Swelling, Days(5)), "2026-12-09 00:00", "2026-12-14", Am),
            ("R9", (LastTime, Hours(48)), "2026-12-17 20:00", "2027-01-05", Am),
            ("R11", (LastTime, Hours(48)), "2026-10-24 23:00", "2026-11-02", Am),
        ] {
            assert_eq!(said(wait, counted), on(date, session), "{name}");
        }
        let lice = earliest(&illness(None), &Details::default(), &leighton(), &leighton_times(), true);
        assert_eq!(lice, Earliest::SchoolIsFine, "R10");
    }

    #[test]
    fn no_date_is_told_that_hangs_on_a_day_the_school_has_not_confirmed() {
        let details = Details {
            counted: NaiveDate::from_ymd_opt(2026, 12, 17).and_then(|day| day.and_hms_opt(20, 0, 0)),
            ..Details::default()
        };
        let sick = illness(Some((CountsFrom::LastTime, Wait::Hours(48))));
        let said = |calendar| earliest(&sick, &details, &calendar, &leighton_times(), true);
        assert_eq!(said(leighton_calendar()), Earliest::AskSchool);
        assert_eq!(said(leighton()), on("2027-01-05", Session::Am));
    }

    #[test]
    fn no_date_is_told_that_hangs_on_an_afternoon_the_school_has_not_confirmed() {
        let sick = illness(Some((CountsFrom::LastTime, Wait::Hours(48))));
        let monday = NaiveDate::from_ymd_opt(2026, 11, 23);
        let said = |hour, minute, confirmed| {
            let counted = monday.and_then(|day| day.and_hms_opt(hour, minute, 0));
            let details = Details { counted, ..Details::default() };
            earliest(&sick, &details, &leighton(), &leighton_times(), confirmed)
        };
        for (hour, minute, told) in [
            (8, 45, on("2026-11-25", Session::Am)),
            (8, 46, Earliest::AskSchool),
            (15, 15, Earliest::AskSchool),
            (15, 16, on("2026-11-26", Session::Am)),
        ] {
            assert_eq!(said(hour, minute, false), told, "{hour}:{minute}");
        }
        assert_eq!(said(8, 46, true), on("2026-11-25", Session::Pm));
    }

    #[test]
    fn a_moment_lies_in_the_past_and_not_long_ago() {
        let now = NaiveDate::from_ymd_opt(2026, 11, 24).and_then(|day| day.and_hms_opt(8, 4, 0)).unwrap_or_default();
        let read = |day: &str, time: &str| read_moment(day, time, CountsFrom::LastTime, now);
        assert_eq!(read("2026-11-24", "08:04").ok(), Some(now));
        assert_eq!(read("2026-11-24", "08:05"), Err(MomentProblem::Future));
        assert_eq!(read("2026-10-24", "08:00").map(|moment| moment.date().to_string()), Ok("2026-10-24".into()));
        assert_eq!(read("2026-10-23", "08:00"), Err(MomentProblem::LongAgo));
        assert_eq!(read("", "08:00"), Err(MomentProblem::NoDay));
        assert_eq!(read("2026-11-24", ""), Err(MomentProblem::NoTime));
        assert!(read_moment("2026-11-24", "", CountsFrom::Rash, now).is_ok());
    }

    #[test]
    fn what_is_missing_is_named_and_a_day_alone_is_enough_for_what_counts_days() {
        let since = Details { since: NaiveDate::from_ymd_opt(2026, 11, 23), ..Details::default() };
        let ask =
            |wait, details: &Details| earliest(&illness(Some(wait)), details, &leighton(), &leighton_times(), true);
        let rash = (CountsFrom::Rash, Wait::Days(5));
        let dose = (CountsFrom::Antibiotics, Wait::Hours(24));
        assert_eq!(ask(rash, &Details::default()), Earliest::Needs(CountsFrom::Rash));
        assert_eq!(ask(rash, &since), on("2026-11-30", Session::Am));
        assert_eq!(ask(dose, &since), Earliest::Needs(CountsFrom::Antibiotics), "the dose is not when it began");
    }
}
