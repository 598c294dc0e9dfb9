//! The school's part of the configuration: from the file to rows, from rows to a policy.

use std::collections::BTreeMap;

use app::rules::{
    calendar::{Calendar, ClosedDay, ClosedKind, Term, YearsClosed},
    code::Code,
    deadline::DayTimes,
    policy::{Contact, FollowUp, Policy, Reason},
    retention::Retention,
};
use chrono::{NaiveDate, NaiveTime};
use serde::Deserialize;

use super::{
    ConfigError,
    declaration::{self, DeclarationWritten},
    details::{self, DetailsWritten},
    illness::{self, GuidanceWritten, IllnessWritten},
    leave::{self, LeaveReasonWritten, LeaveWritten},
    leaving::{self, GroundWritten, LeavingWritten},
    letters::{self, LettersWritten},
    retention,
};

/// The language of the words in `school.toml`.
const LANGUAGE: &str = "en";
/// Keys whose values are words that people read, so that each language has its own.
const WORDS: [&str; 9] = ["label", "advice", "phone_hint", "name", "rule", "also", "source", "head_title", "statement"];

/// The school's part as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    #[serde(default, rename = "site")]
    _site: Option<serde::de::IgnoredAny>,
    #[serde(default, rename = "mail")]
    _mail: Option<serde::de::IgnoredAny>,
    #[serde(default, rename = "import")]
    _import: Option<serde::de::IgnoredAny>,
    school: SchoolWritten,
    times: TimesWritten,
    #[serde(default)]
    reports: ReportsWritten,
    #[serde(default)]
    calls: CallsWritten,
    #[serde(default)]
    details: DetailsWritten,
    figures: FiguresWritten,
    reasons: BTreeMap<String, ReasonWritten>,
    #[serde(default)]
    leave: LeaveWritten,
    #[serde(default)]
    leave_reasons: BTreeMap<String, LeaveReasonWritten>,
    #[serde(default)]
    leaving: LeavingWritten,
    #[serde(default)]
    leaving_grounds: BTreeMap<String, GroundWritten>,
    #[serde(default)]
    letters: LettersWritten,
    #[serde(default)]
    declaration: DeclarationWritten,
    #[serde(default)]
    retention: Retention,
    #[serde(default)]
    guidance: Option<GuidanceWritten>,
    #[serde(default)]
    illnesses: BTreeMap<String, IllnessWritten>,
    calendar: CalendarWritten,
}

/// As a school has it that was set up before these could be chosen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ReportsWritten {
    max_run: usize,
    tell_other_guardian: bool,
}

impl Default for ReportsWritten {
    fn default() -> Self {
        Self { max_run: 5, tell_other_guardian: false }
    }
}

/// The same of the call list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct CallsWritten {
    expected_wait: i64,
}

impl Default for CallsWritten {
    fn default() -> Self {
        Self { expected_wait: 60 }
    }
}

/// The same of figures.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct FiguresWritten {
    small_group: usize,
}

impl Default for FiguresWritten {
    fn default() -> Self {
        Self { small_group: 10 }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SchoolWritten {
    id: String,
    name: String,
    phone: String,
    phone_hint: Option<String>,
    email: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TimesWritten {
    gates_open: Clock,
    day_starts: Clock,
    register_taken: Clock,
    late_after: Clock,
    register_closes: Clock,
    report_by: Clock,
    day_ends: Clock,
    pm_register: Option<Clock>,
    pm_closes: Option<Clock>,
    afternoon_confirmed: bool,
}

/// A time of day, "09:15".
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
struct Clock(NaiveTime);

impl TryFrom<String> for Clock {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        NaiveTime::parse_from_str(&text, "%H:%M")
            .map(Self)
            .map_err(|_| format!("\"{text}\" is not a time like \"09:15\""))
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReasonWritten {
    order: i64,
    label: String,
    proposed: Option<String>,
    #[serde(default)]
    asks: FollowUp,
    advice: Option<String>,
    guidance: Option<String>,
    #[serde(default)]
    ill: bool,
    #[serde(default)]
    ahead: bool,
    #[serde(default)]
    more: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarWritten {
    terms: Vec<TermWritten>,
    closed: Vec<ClosedWritten>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TermWritten {
    name: String,
    first: NaiveDate,
    last: NaiveDate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ClosedWritten {
    date: NaiveDate,
    kind: ClosedWord,
    confirmed: bool,
    #[serde(default = "yes")]
    am: bool,
    #[serde(default = "yes")]
    pm: bool,
    note: Option<String>,
    /// The year groups that are at home, 0 for Reception; all of them where it is left out.
    years: Option<Vec<i64>>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum ClosedWord {
    Inset,
    BankHoliday,
    Holiday,
    Closure,
}

fn yes() -> bool {
    true
}

/// Rows of the school's part: (path, language, JSON value). A table is walked, anything else is a value.
#[must_use]
pub fn flatten(table: &toml::Table) -> Vec<(String, String, String)> {
    fn walk(path: &str, value: &toml::Value, rows: &mut Vec<(String, String, String)>) {
        match value {
            toml::Value::Table(table) => {
                for (key, value) in table {
                    let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
                    walk(&path, value, rows);
                }
            }
            value => {
                let last = path.rsplit('.').next().unwrap_or(path);
                let language = if WORDS.contains(&last) { LANGUAGE } else { "" };
                let json = serde_json::to_string(value).unwrap_or_default();
                rows.push((path.to_owned(), language.to_owned(), json));
            }
        }
    }
    let mut rows = Vec::new();
    walk("", &toml::Value::Table(table.clone()), &mut rows);
    rows
}

/// The policy that these rows make, and the school's id.
///
/// # Errors
/// [`ConfigError::Impossible`], naming the key.
pub fn policy_of(rows: &[(String, String, String)]) -> Result<(String, Policy), ConfigError> {
    let mut root = serde_json::Map::new();
    for (path, language, value) in rows {
        if !language.is_empty() && language != LANGUAGE {
            continue;
        }
        let value = serde_json::from_str(value).map_err(|error| ConfigError::impossible(path, error))?;
        put(&mut root, path, value);
    }
    let written: Written = serde_json::from_value(serde_json::Value::Object(root))
        .map_err(|error| ConfigError::Wrong { place: "the school's settings".into(), error: error.to_string() })?;
    written.policy()
}

fn put(into: &mut serde_json::Map<String, serde_json::Value>, path: &str, value: serde_json::Value) {
    match path.split_once('.') {
        None => {
            into.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let table =
                into.entry(first.to_owned()).or_insert_with(|| serde_json::Value::Object(serde_json::Map::new()));
            if let serde_json::Value::Object(table) = table {
                put(table, rest, value);
            }
        }
    }
}

impl Written {
    fn policy(self) -> Result<(String, Policy), ConfigError> {
        fn wrong(key: &str, why: impl std::fmt::Display) -> ConfigError {
            ConfigError::impossible(key, why)
        }
        if self.school.id.is_empty()
            || !self.school.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        {
            return Err(wrong("school.id", "small letters, figures and dashes only"));
        }
        for (key, text) in [
            ("school.name", &self.school.name),
            ("school.phone", &self.school.phone),
            ("school.email", &self.school.email),
        ] {
            if text.trim().is_empty() {
                return Err(wrong(key, "must not be empty"));
            }
        }
        let times = DayTimes {
            gates_open: self.times.gates_open.0,
            day_starts: self.times.day_starts.0,
            register_taken: self.times.register_taken.0,
            late_after: self.times.late_after.0,
            register_closes: self.times.register_closes.0,
            report_by: self.times.report_by.0,
            day_ends: self.times.day_ends.0,
            pm_register: self.times.pm_register.map(|c| c.0),
            pm_closes: self.times.pm_closes.map(|c| c.0),
        };
        times.check().map_err(|error| wrong("times", error))?;
        let mut reasons: Vec<(i64, Reason)> = Vec::new();
        for (key, written) in self.reasons {
            let path = format!("reasons.{key}");
            if !key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
                return Err(wrong(&path, "small letters, figures and dashes only"));
            }
            if written.label.trim().is_empty() {
                return Err(wrong(&format!("{path}.label"), "must not be empty"));
            }
            let proposed = match written.proposed {
                None => None,
                Some(letters) => Some(Code::parse(&letters).ok_or_else(|| {
                    wrong(&format!("{path}.proposed"), format!("\"{letters}\" is not a register code"))
                })?),
            };
            if let Some(guidance) = written.guidance.as_ref().filter(|key| !self.illnesses.contains_key(*key)) {
                return Err(wrong(&format!("{path}.guidance"), format!("there is no [illnesses.{guidance}]")));
            }
            reasons.push((
                written.order,
                Reason {
                    key,
                    label: written.label,
                    proposed,
                    asks: written.asks,
                    advice: written.advice,
                    guidance: written.guidance,
                    ill: written.ill,
                    ahead: written.ahead,
                    more: written.more,
                },
            ));
        }
        if reasons.is_empty() {
            return Err(wrong("reasons", "give at least one"));
        }
        reasons.sort_by(|a, b| (a.0, &a.1.key).cmp(&(b.0, &b.1.key)));
        if !(1..=20).contains(&self.reports.max_run) {
            return Err(wrong("reports.max_run", "from 1 to 20 school days"));
        }
        if !(0..=360).contains(&self.calls.expected_wait) {
            return Err(wrong("calls.expected_wait", "from 0 to 360 minutes"));
        }
        if !(5..=100).contains(&self.figures.small_group) {
            return Err(wrong("figures.small_group", "from 5 to 100 children"));
        }
        let illnesses = illness::all(self.illnesses, self.guidance)?;
        let terms =
            self.calendar.terms.into_iter().map(|t| Term { name: t.name, first: t.first, last: t.last }).collect();
        let (mut closed, mut partly) = (Vec::new(), Vec::new());
        for mut written in self.calendar.closed {
            match written.years.take() {
                None => closed.push(written.day()),
                Some(years) => partly.push(YearsClosed { years, day: written.day() }),
            }
        }
        let calendar = Calendar::with_years(terms, closed, partly).map_err(|error| wrong("calendar", error))?;
        let (statement, remind) = declaration::policy(self.declaration)?;
        let policy = Policy {
            school_name: self.school.name,
            contact: Contact { phone: self.school.phone, phone_hint: self.school.phone_hint, email: self.school.email },
            times,
            afternoon_confirmed: self.times.afternoon_confirmed,
            calendar,
            reasons: reasons.into_iter().map(|(_, reason)| reason).collect(),
            illnesses,
            max_run: self.reports.max_run,
            small_group: self.figures.small_group,
            tell_other_guardian: self.reports.tell_other_guardian,
            expected_wait: self.calls.expected_wait,
            leave: leave::policy(self.leave, self.leave_reasons)?,
            leaving: leaving::policy(self.leaving, self.leaving_grounds)?,
            letterhead: letters::letterhead(self.letters)?,
            check_from: details::check_from(&self.details)?,
            statement,
            remind,
            retention: retention::policy(self.retention)?,
        };
        Ok((self.school.id, policy))
    }
}

impl ClosedWritten {
    fn day(self) -> ClosedDay {
        ClosedDay {
            date: self.date,
            kind: match self.kind {
                ClosedWord::Inset => ClosedKind::Inset,
                ClosedWord::BankHoliday => ClosedKind::BankHoliday,
                ClosedWord::Holiday => ClosedKind::Holiday,
                ClosedWord::Closure => ClosedKind::UnplannedClosure,
            },
            confirmed: self.confirmed,
            am_closed: self.am,
            pm_closed: self.pm,
            note: self.note,
        }
    }
}
