//! What the form offers: made by the server, carried to the island, checked against by both.

use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::Part;
use crate::rules::{
    calendar::{Calendar, Session},
    deadline::DayTimes,
    id::PupilId,
    policy::{FollowUp, Policy},
};

/// How many days back a day can be explained.
pub const PAST_DAYS: u64 = 42;
/// How many days ahead an appointment can be told.
pub const AHEAD_DAYS: u64 = 92;

/// What the form offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Offer {
    /// London's today.
    pub today: NaiveDate,
    /// The children this person may report.
    pub children: Vec<PupilId>,
    /// Today if the school is open, and the next school day: those a tap away.
    pub soon: Vec<NaiveDate>,
    /// All the days that can be given.
    pub open: OpenDays,
    /// How many school days one report may span.
    pub max_run: usize,
    /// The times that late and leaving are measured by.
    pub clock: Clock,
    /// The reasons on offer.
    pub reasons: Vec<OfferedReason>,
    /// The illnesses' keys.
    pub illnesses: Vec<String>,
}

/// A reason on offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedReason {
    /// Its key.
    pub key: String,
    /// What it asks next.
    pub asks: FollowUp,
    /// Whether days beyond the next school day are taken.
    pub ahead: bool,
    /// Whether it is an illness: then "sent home" is taken too.
    pub ill: bool,
}

/// The times that late and leaving are measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// The morning register is taken.
    pub taken: NaiveTime,
    /// It closes.
    pub closes: NaiveTime,
    /// The afternoon register is taken, if the school has said when.
    pub pm_taken: Option<NaiveTime>,
    /// School is over.
    pub ends: NaiveTime,
}

impl From<&DayTimes> for Clock {
    fn from(times: &DayTimes) -> Self {
        Self {
            taken: times.register_taken,
            closes: times.register_closes,
            pm_taken: times.pm_register,
            ends: times.day_ends,
        }
    }
}

/// A run of days and what is open of each.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDays {
    pub(super) first: NaiveDate,
    /// A letter a day: `a` all day, `m` morning only, `p` afternoon only, `-` closed.
    pub(super) days: String,
}

impl OpenDays {
    /// The days from `first` to `last`, both included, as this says which sessions are open.
    #[must_use]
    pub fn new(first: NaiveDate, last: NaiveDate, is_open: impl Fn(NaiveDate, Session) -> bool) -> Self {
        let letter = |date| match Part::of(is_open(date, Session::Am), is_open(date, Session::Pm)) {
            Some(Part::All) => 'a',
            Some(Part::Am) => 'm',
            Some(Part::Pm) => 'p',
            None => '-',
        };
        Self { first, days: first.iter_days().take_while(|date| *date <= last).map(letter).collect() }
    }

    /// The first day.
    #[must_use]
    pub fn first(&self) -> NaiveDate {
        self.first
    }

    /// The last day.
    #[must_use]
    pub fn last(&self) -> NaiveDate {
        let length = u64::try_from(self.days.len()).unwrap_or_default();
        self.first.checked_add_days(Days::new(length.saturating_sub(1))).unwrap_or(self.first)
    }

    /// The same days, with a session open only where this says so too.
    #[must_use]
    pub fn and(&self, is_open: impl Fn(NaiveDate, Session) -> bool) -> Self {
        let both = |date, session| {
            self.on(date).is_some_and(|part| part.sessions().contains(&session)) && is_open(date, session)
        };
        Self::new(self.first, self.last(), both)
    }

    /// What is open on this day; nothing outside the run.
    #[must_use]
    pub fn on(&self, date: NaiveDate) -> Option<Part> {
        let place = usize::try_from((date - self.first).num_days()).ok()?;
        match self.days.as_bytes().get(place)? {
            b'a' => Some(Part::All),
            b'm' => Some(Part::Am),
            b'p' => Some(Part::Pm),
            _ => None,
        }
    }
}

impl Offer {
    /// What can be reported by this policy. No day at all when the calendar has run out.
    #[must_use]
    pub fn new(today: NaiveDate, children: Vec<PupilId>, policy: &Policy) -> Self {
        let calendar = &policy.calendar;
        let first = today - Days::new(PAST_DAYS);
        let last = (today + Days::new(AHEAD_DAYS)).min(calendar.last_day().unwrap_or(today)).max(today);
        let next = today.succ_opt().and_then(|tomorrow| calendar.next_school_day(tomorrow));
        let soon = calendar.is_school_day(today).then_some(today).into_iter().chain(next).collect();
        let reason = |reason: &crate::rules::policy::Reason| OfferedReason {
            key: reason.key.clone(),
            asks: reason.asks,
            ahead: reason.ahead,
            ill: reason.ill,
        };
        Self {
            today,
            children,
            soon,
            open: OpenDays::new(first, last, |date, session| calendar.is_open(date, session)),
            max_run: policy.max_run,
            clock: Clock::from(&policy.times),
            reasons: policy.reasons.iter().map(reason).collect(),
            illnesses: policy.listed_illnesses().into_iter().map(|(key, _)| key).collect(),
        }
    }

    /// The same for children of whom some have days at home while the school is open: a session counts as
    /// open if each of these calendars has it open, see [`Calendar::for_year_group`].
    #[must_use]
    pub fn narrowed<'a>(mut self, calendars: impl IntoIterator<Item = &'a Calendar>) -> Self {
        for calendar in calendars {
            self.open = self.open.and(|date, session| calendar.is_open(date, session));
        }
        self
    }

    /// The same with the days a tap away taken from what is open.
    #[must_use]
    pub fn with_soon_of_open(mut self) -> Self {
        let later = self.today.iter_days().skip(1).take_while(|date| *date <= self.open.last());
        let next = later.into_iter().find(|date| self.open.on(*date).is_some());
        self.soon = self.open.on(self.today).map(|_| self.today).into_iter().chain(next).collect();
        self
    }
}
