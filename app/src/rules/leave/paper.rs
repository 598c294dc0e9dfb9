//! A form that came on paper: what the office says of it when it types it in.
//!
//! The day on which the school had it in its hands decides whether it came in advance (reg 11; domain 5.1), not the
//! day on which somebody found the time to type it in.

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveTime, Utc};

use crate::rules::{iso, london, signature::signed_name};

/// For how many days a form may have lain about.
const OLDEST: u64 = 366;

/// What was typed of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PaperForm {
    /// The day it was received.
    pub day: String,
    /// The time, "14:30"; "" where nobody wrote it down.
    pub time: String,
    /// The name beneath.
    pub name: String,
    /// The day of the signature.
    pub signed: String,
    /// Whether it is signed beneath the school's statements.
    pub declared: bool,
}

/// What is wrong with it, in the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaperProblem {
    /// No day of receipt, or no date.
    NoDay,
    /// A time that is none.
    Time,
    /// It has not come yet.
    Ahead,
    /// More than a year ago: a slip, most likely.
    Old,
    /// No name, or more than a name has.
    Name,
    /// No day of the signature, or no date.
    NoSigned,
    /// Signed after it was received.
    SignedLater,
    /// It is not said that it is signed.
    NotDeclared,
}

/// A form on paper as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedPaper {
    /// When the school had it: where nobody wrote the time down, the last moment of its day.
    pub received: DateTime<Utc>,
    /// The name beneath.
    pub name: String,
    /// The day of the signature.
    pub signed: NaiveDate,
}

/// When a form was received, by its day and, where it is known, its time. Never later than now: of today's, without a
/// time, it is now.
///
/// # Errors
/// The day or the time is wrong.
pub fn received(day: &str, time: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, PaperProblem> {
    let today = london::today(now);
    let day = iso::date(day.trim()).ok_or(PaperProblem::NoDay)?;
    if day > today {
        return Err(PaperProblem::Ahead);
    }
    if day < today.checked_sub_days(Days::new(OLDEST)).unwrap_or(today) {
        return Err(PaperProblem::Old);
    }
    let at = match time.trim() {
        "" if day == today => now,
        "" => london::instant(day.succ_opt().unwrap_or(day), NaiveTime::MIN) - Duration::microseconds(1),
        time => {
            let time = iso::time(time).ok_or(PaperProblem::Time)?;
            london::instant(day, time)
        }
    };
    if at > now { Err(PaperProblem::Ahead) } else { Ok(at) }
}

/// Looks it over.
///
/// # Errors
/// Everything that has to be put right, in the order of the page.
pub fn check_paper(form: &PaperForm, now: DateTime<Utc>) -> Result<CheckedPaper, Vec<PaperProblem>> {
    let mut problems = Vec::new();
    let received = received(&form.day, &form.time, now).map_err(|problem| problems.push(problem)).ok();
    let name = Some(signed_name(&form.name)).filter(|name| !name.is_empty());
    if name.is_none() {
        problems.push(PaperProblem::Name);
    }
    let signed = iso::date(form.signed.trim());
    match (signed, received) {
        (None, _) => problems.push(PaperProblem::NoSigned),
        (Some(signed), Some(at)) if signed > london::today(at) => problems.push(PaperProblem::SignedLater),
        _ => {}
    }
    if !form.declared {
        problems.push(PaperProblem::NotDeclared);
    }
    match (received, name, signed, problems.is_empty()) {
        (Some(received), Some(name), Some(signed), true) => Ok(CheckedPaper { received, name, signed }),
        _ => Err(problems),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap_or_default()
    }

    fn now() -> DateTime<Utc> {
        at("2026-11-23T08:04:00Z")
    }

    fn form() -> PaperForm {
        PaperForm {
            day: "2026-11-20".into(),
            time: String::new(),
            name: " Ngozi  Okafor ".into(),
            signed: "2026-11-19".into(),
            declared: true,
        }
    }

    #[test]
    fn the_day_on_the_paper_counts_to_its_last_moment_and_never_past_now() {
        for (day, time, is) in [
            ("2026-11-20", "", Ok(at("2026-11-20T23:59:59.999999Z"))),
            ("2026-11-20", "08:15", Ok(at("2026-11-20T08:15:00Z"))),
            ("2026-11-23", "", Ok(now())),
            ("2026-11-23", "08:04", Ok(now())),
            ("2026-11-23", "08:05", Err(PaperProblem::Ahead)),
            ("2026-11-24", "", Err(PaperProblem::Ahead)),
            ("2025-11-21", "", Err(PaperProblem::Old)),
            ("2026-11-31", "", Err(PaperProblem::NoDay)),
            ("", "08:15", Err(PaperProblem::NoDay)),
            ("2026-11-20", "quarter past", Err(PaperProblem::Time)),
            // Summer time: the day ends an hour earlier.
            ("2026-06-01", "", Ok(at("2026-06-01T22:59:59.999999Z"))),
        ] {
            assert_eq!(received(day, time, now()), is, "{day} {time}");
        }
    }

    #[test]
    fn everything_that_is_missing_is_named_at_once_and_in_order() {
        let checked = check_paper(&form(), now()).map(|paper| (paper.name, paper.signed.to_string()));
        assert_eq!(checked, Ok(("Ngozi Okafor".to_owned(), "2026-11-19".to_owned())));
        assert_eq!(
            check_paper(&PaperForm::default(), now()),
            Err(vec![PaperProblem::NoDay, PaperProblem::Name, PaperProblem::NoSigned, PaperProblem::NotDeclared])
        );
        let later = PaperForm { signed: "2026-11-21".into(), ..form() };
        assert_eq!(check_paper(&later, now()), Err(vec![PaperProblem::SignedLater]));
    }
}
