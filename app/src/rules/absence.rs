//! Reporting an absence: the form's one check, the same in the browser and on the server.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use super::{
    calendar::{Calendar, Session},
    id::PupilId,
    iso,
    policy::{FollowUp, Policy},
    text::{tidy, tidy_line},
};

/// How many characters a note may have.
pub const NOTE_MOST: usize = 500;
/// How many characters a short answer may have.
pub const LINE_MOST: usize = 100;

/// Which part of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Both sessions.
    #[default]
    All,
    /// The morning.
    Am,
    /// The afternoon.
    Pm,
}

impl Part {
    /// The part that a form's or a row's word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "all" => Some(Self::All),
            "am" => Some(Self::Am),
            "pm" => Some(Self::Pm),
            _ => None,
        }
    }

    /// The word for forms and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Am => "am",
            Self::Pm => "pm",
        }
    }

    /// The sessions it covers.
    #[must_use]
    pub fn sessions(self) -> &'static [Session] {
        match self {
            Self::All => &[Session::Am, Session::Pm],
            Self::Am => &[Session::Am],
            Self::Pm => &[Session::Pm],
        }
    }

    /// The part that these sessions make up.
    #[must_use]
    pub fn of(am: bool, pm: bool) -> Option<Self> {
        match (am, pm) {
            (true, true) => Some(Self::All),
            (true, false) => Some(Self::Am),
            (false, true) => Some(Self::Pm),
            (false, false) => None,
        }
    }
}

/// When a child was last sick, as a parent at 8.05 can say it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LastSick {
    /// This morning.
    Morning,
    /// In the night.
    Night,
    /// Yesterday.
    Yesterday,
    /// It has not stopped.
    Still,
}

impl LastSick {
    /// All answers, in the order shown.
    pub const ALL: [Self; 4] = [Self::Morning, Self::Night, Self::Yesterday, Self::Still];

    /// The word in the form.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Night => "night",
            Self::Yesterday => "yesterday",
            Self::Still => "still",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.word() == word)
    }
}

/// The form as it was typed, so that it can be shown again as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ReportForm {
    /// Pupils' ids.
    pub who: Vec<String>,
    /// The day, ISO.
    pub day: String,
    /// `all`, `am` or `pm`.
    pub part: String,
    /// A reason's key.
    pub reason: String,
    /// When last sick: a word of [`LastSick`].
    pub last: String,
    /// The day it started, ISO.
    pub since: String,
    /// The time the child leaves, `HH:MM`.
    pub leaves: String,
    /// The time the child is back, `HH:MM`.
    pub returns: String,
    /// Which festival or the like.
    pub which: String,
    /// The reason in own words.
    pub other: String,
    /// Anything the office should know.
    pub note: String,
}

/// What the form offers: made by the server, carried to the island, checked against by both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// London's today.
    #[serde(with = "iso::serde_date")]
    pub today: NaiveDate,
    /// The children this person may report.
    pub children: Vec<PupilId>,
    /// The days on offer with the sessions that are open, earliest first.
    pub days: Vec<OfferedDay>,
    /// The reasons on offer and what each asks next.
    pub reasons: Vec<(String, FollowUp)>,
}

/// A day that can be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedDay {
    /// The day.
    #[serde(with = "iso::serde_date")]
    pub date: NaiveDate,
    /// Whether the morning is open.
    pub am: bool,
    /// Whether the afternoon is open.
    pub pm: bool,
}

impl Offer {
    /// What can be reported on this day: today if the school is open, and the next school day.
    /// No days at all when the calendar has run out.
    #[must_use]
    pub fn new(today: NaiveDate, children: Vec<PupilId>, policy: &Policy) -> Self {
        let open = |date| OfferedDay {
            date,
            am: policy.calendar.is_open(date, Session::Am),
            pm: policy.calendar.is_open(date, Session::Pm),
        };
        let mut days = Vec::new();
        if policy.calendar.is_school_day(today) {
            days.push(open(today));
        }
        days.extend(next_after(today, &policy.calendar).map(open));
        Self { today, children, days, reasons: policy.reasons.iter().map(|r| (r.key.clone(), r.asks)).collect() }
    }
}

fn next_after(day: NaiveDate, calendar: &Calendar) -> Option<NaiveDate> {
    calendar.next_school_day(day.succ_opt()?)
}

/// Follow-up answers. Each may be absent; only those of the chosen reason are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Details {
    /// When last sick.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<LastSick>,
    /// The day it started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<NaiveDate>,
    /// When the child leaves school.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaves: Option<NaiveTime>,
    /// When the child is back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub returns: Option<NaiveTime>,
    /// Which one, or the reason, in the parent's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// A report that has passed the check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckedReport {
    /// Each child once, in the order of the form.
    pub children: Vec<PupilId>,
    /// The day.
    pub day: NaiveDate,
    /// The part of it.
    pub part: Part,
    /// The reason's key.
    pub reason: String,
    /// Follow-up answers.
    pub details: Details,
    /// A note for the office.
    pub note: Option<String>,
}

/// A field of the form, to link a problem to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Field {
    /// Which children.
    Who,
    /// Which day.
    Day,
    /// Which part of the day.
    Part,
    /// Why.
    Reason,
    /// When last sick.
    Last,
    /// The day it started.
    Since,
    /// When the child leaves.
    Leaves,
    /// When the child is back.
    Returns,
    /// Which festival.
    Which,
    /// Own words.
    Other,
    /// The note.
    Note,
}

/// What is wrong with a field. `words` says it to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Problem {
    /// Nobody chosen.
    NobodyChosen,
    /// A child who is not (or no longer) this person's to report.
    UnknownChild,
    /// A day that is not on offer (any more).
    DayNotOffered,
    /// The school is closed in that part of the day.
    PartClosed,
    /// No reason chosen.
    NoReason,
    /// Not a date.
    NotADate,
    /// The start lies in the future.
    InTheFuture,
    /// Not a time of day.
    NotATime,
    /// Back before leaving.
    BackBeforeLeaving,
    /// An answer that is none of the choices.
    NotAChoice,
    /// More characters than fit; how many do.
    TooLong(usize),
}

/// Checks the form. Problems come in the order of the form's fields.
///
/// # Errors
/// Every problem found, at most one a field.
pub fn check(form: &ReportForm, offer: &Offer) -> Result<CheckedReport, Vec<(Field, Problem)>> {
    let mut problems = Vec::new();
    let mut children: Vec<PupilId> = Vec::new();
    for who in &form.who {
        match PupilId::parse(who).filter(|id| offer.children.contains(id)) {
            Some(id) if children.contains(&id) => {}
            Some(id) => children.push(id),
            None => {
                problems.push((Field::Who, Problem::UnknownChild));
                break;
            }
        }
    }
    if form.who.is_empty() {
        problems.push((Field::Who, Problem::NobodyChosen));
    }
    let day = iso::date(&form.day).and_then(|date| offer.days.iter().find(|d| d.date == date));
    if day.is_none() {
        problems.push((Field::Day, Problem::DayNotOffered));
    }
    let part = part(&form.part, day, &mut problems);
    let asks = offer.reasons.iter().find(|(key, _)| *key == form.reason).map(|(_, asks)| *asks);
    if asks.is_none() {
        problems.push((Field::Reason, Problem::NoReason));
    }
    let details = details(form, asks.unwrap_or_default(), offer.today, &mut problems);
    let note = taken(Field::Note, tidy(&form.note, NOTE_MOST).map_err(|e| Problem::TooLong(e.most)), &mut problems);
    match (day, part, problems.is_empty()) {
        (Some(day), Some(part), true) => Ok(CheckedReport {
            children,
            day: day.date,
            part,
            reason: form.reason.clone(),
            details,
            note: note.flatten(),
        }),
        _ => Err(problems),
    }
}

type Problems = Vec<(Field, Problem)>;

fn taken<T>(field: Field, answer: Result<T, Problem>, problems: &mut Problems) -> Option<T> {
    answer.map_err(|problem| problems.push((field, problem))).ok()
}

fn part(word: &str, day: Option<&OfferedDay>, problems: &mut Problems) -> Option<Part> {
    let asked = if word.is_empty() { Some(Part::All) } else { Part::parse(word) };
    let Some(asked) = asked else {
        problems.push((Field::Part, Problem::NotAChoice));
        return None;
    };
    let Some(day) = day else { return Some(asked) };
    // "All day" on a day that is open for one session means that session.
    let open = match asked {
        Part::All => Part::of(day.am, day.pm),
        Part::Am => day.am.then_some(Part::Am),
        Part::Pm => day.pm.then_some(Part::Pm),
    };
    if open.is_none() {
        problems.push((Field::Part, Problem::PartClosed));
    }
    open
}

fn details(form: &ReportForm, asks: FollowUp, today: NaiveDate, problems: &mut Problems) -> Details {
    let mut details = Details::default();
    match asks {
        FollowUp::Nothing | FollowUp::RingMe => {}
        FollowUp::LastSick => {
            let answer = optional(&form.last, |word| LastSick::parse(word).ok_or(Problem::NotAChoice));
            details.last = taken(Field::Last, answer, problems).flatten();
        }
        FollowUp::Since => {
            let answer = optional(&form.since, |text| match iso::date(text) {
                Some(date) if date > today => Err(Problem::InTheFuture),
                Some(date) => Ok(date),
                None => Err(Problem::NotADate),
            });
            details.since = taken(Field::Since, answer, problems).flatten();
        }
        FollowUp::Times => {
            details.leaves = taken(Field::Leaves, optional(&form.leaves, time), problems).flatten();
            let returns = optional(&form.returns, time).and_then(|returns| match (details.leaves, returns) {
                (Some(leaves), Some(returns)) if returns <= leaves => Err(Problem::BackBeforeLeaving),
                _ => Ok(returns),
            });
            details.returns = taken(Field::Returns, returns, problems).flatten();
        }
        FollowUp::Which => details.words = line(Field::Which, &form.which, problems),
        FollowUp::OwnWords => details.words = line(Field::Other, &form.other, problems),
    }
    details
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

#[cfg(test)]
mod tests {
    use super::*;

    fn ada() -> PupilId {
        PupilId::from_bytes([1; 16])
    }

    fn monday() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default()
    }

    fn offer() -> Offer {
        Offer {
            today: monday(),
            children: vec![ada()],
            days: vec![
                OfferedDay { date: monday(), am: true, pm: true },
                OfferedDay { date: monday().succ_opt().unwrap_or_default(), am: true, pm: false },
            ],
            reasons: vec![
                ("sick".into(), FollowUp::LastSick),
                ("rash".into(), FollowUp::Since),
                ("doc".into(), FollowUp::Times),
                ("else".into(), FollowUp::OwnWords),
            ],
        }
    }

    fn form() -> ReportForm {
        ReportForm {
            who: vec![ada().to_string()],
            day: "2026-11-23".into(),
            reason: "sick".into(),
            ..ReportForm::default()
        }
    }

    fn problem(form: &ReportForm) -> Option<(Field, Problem)> {
        check(form, &offer()).err().and_then(|problems| problems.first().copied())
    }

    #[test]
    fn a_child_and_a_reason_are_enough() {
        let report = check(&form(), &offer());
        assert_eq!(report.map(|r| (r.children, r.part, r.note)), Ok((vec![ada()], Part::All, None)));
    }

    #[test]
    fn an_empty_form_names_each_missing_answer_in_order() {
        let problems = check(&ReportForm::default(), &offer());
        let expected = vec![
            (Field::Who, Problem::NobodyChosen),
            (Field::Day, Problem::DayNotOffered),
            (Field::Reason, Problem::NoReason),
        ];
        assert_eq!(problems, Err(expected));
    }

    #[test]
    fn another_familys_child_is_no_child_at_all() {
        let stranger = PupilId::from_bytes([2; 16]).to_string();
        let made_up = "1".to_owned();
        for id in [stranger, made_up] {
            let form = ReportForm { who: vec![ada().to_string(), id], ..form() };
            assert_eq!(problem(&form), Some((Field::Who, Problem::UnknownChild)));
        }
    }

    #[test]
    fn a_child_named_twice_is_reported_once() {
        let form = ReportForm { who: vec![ada().to_string(), ada().to_string()], ..form() };
        assert_eq!(check(&form, &offer()).map(|r| r.children.len()), Ok(1));
    }

    #[test]
    fn only_offered_days_are_taken() {
        for day in ["2026-11-22", "2027-11-23", "yesterday", "2026-11-23T09:00", ""] {
            assert_eq!(problem(&ReportForm { day: day.into(), ..form() }), Some((Field::Day, Problem::DayNotOffered)));
        }
    }

    #[test]
    fn all_day_on_a_half_day_is_the_open_half() {
        let tuesday = ReportForm { day: "2026-11-24".into(), ..form() };
        assert_eq!(check(&tuesday, &offer()).map(|r| r.part), Ok(Part::Am));
        let afternoon = ReportForm { part: "pm".into(), ..tuesday };
        assert_eq!(problem(&afternoon), Some((Field::Part, Problem::PartClosed)));
    }

    #[test]
    fn only_the_chosen_reasons_follow_up_is_read() {
        let form = ReportForm { last: "night".into(), since: "nonsense".into(), leaves: "99:99".into(), ..form() };
        let details = check(&form, &offer()).map(|r| r.details);
        assert_eq!(details, Ok(Details { last: Some(LastSick::Night), ..Details::default() }));
    }

    #[test]
    fn follow_ups_may_be_empty_but_not_nonsense() {
        let rash = |since: &str| ReportForm { reason: "rash".into(), since: since.into(), ..form() };
        assert_eq!(problem(&rash("")), None);
        assert_eq!(problem(&rash("2026-11-24")), Some((Field::Since, Problem::InTheFuture)));
        assert_eq!(problem(&rash("last week")), Some((Field::Since, Problem::NotADate)));
        let doc = |leaves: &str, returns: &str| ReportForm {
            reason: "doc".into(),
            leaves: leaves.into(),
            returns: returns.into(),
            ..form()
        };
        assert_eq!(problem(&doc("10:00", "11:30")), None);
        assert_eq!(problem(&doc("", "11:30")), None);
        assert_eq!(problem(&doc("11:30", "10:00")), Some((Field::Returns, Problem::BackBeforeLeaving)));
        assert_eq!(problem(&doc("ten", "")), Some((Field::Leaves, Problem::NotATime)));
    }

    #[test]
    fn long_words_are_refused_and_short_ones_kept() {
        let long = ReportForm { note: "x".repeat(NOTE_MOST + 1), ..form() };
        assert_eq!(problem(&long), Some((Field::Note, Problem::TooLong(NOTE_MOST))));
        let note = ReportForm { note: " <script>alert(1)</script>\u{202E} ".into(), ..form() };
        assert_eq!(check(&note, &offer()).map(|r| r.note), Ok(Some("<script>alert(1)</script>".into())));
    }
}
