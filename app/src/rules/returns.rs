//! What a school tells the authority of: ten school days of unauthorised absence in a row, fifteen days of illness.
//!
//! Source: domain section 4. Ten school days are twenty open sessions one after the other, each `G`, `N`, `O` or
//! `U`; a day of illness is one with `I` in either session, and they add up over the school year. No page shows
//! them yet.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    calendar::{Calendar, SessionDay},
    code::{Class, Code},
    mark::Mark,
};

/// From how many sessions in a row on a school tells the authority.
pub const SESSIONS_IN_A_ROW: usize = 20;
/// From how many days of illness in a school year on it does.
pub const DAYS_OF_ILLNESS: usize = 15;

/// The longest row of open sessions that were all missed without leave. A session in school, with leave or
/// without a mark ends it; a day on which the school is shut does not.
#[must_use]
pub fn longest_row(marks: &[Mark], calendar: &Calendar) -> usize {
    let codes: BTreeMap<SessionDay, Code> =
        marks.iter().map(|mark| (SessionDay { date: mark.date, session: mark.session }, mark.code)).collect();
    let (Some((first, _)), Some((last, _))) = (codes.first_key_value(), codes.last_key_value()) else { return 0 };
    let (mut longest, mut row) = (0, 0);
    for at in calendar.open_sessions(first.date..=last.date) {
        let missed = codes.get(&at).is_some_and(|code| code.class() == Class::UnauthorisedAbsence);
        row = if missed { row + 1 } else { 0 };
        longest = longest.max(row);
    }
    longest
}

/// The days with `I` in at least one session. Give it the marks of one school year.
#[must_use]
pub fn days_of_illness(marks: &[Mark]) -> usize {
    let days: BTreeSet<NaiveDate> = marks.iter().filter(|mark| mark.code == Code::I).map(|mark| mark.date).collect();
    days.len()
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::rules::calendar::{Session, Term};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    /// Two terms with a week between them.
    fn calendar() -> Calendar {
        let term = |name: &str, first: &str, last: &str| Term { name: name.into(), first: day(first), last: day(last) };
        let terms = vec![term("one", "2026-10-12", "2026-10-23"), term("two", "2026-11-02", "2026-11-20")];
        Calendar::new(terms, Vec::new()).unwrap_or_else(|_| unreachable!("a calendar"))
    }

    /// Every session of these weekdays with this code.
    fn marks(first: &str, last: &str, code: Code) -> Vec<Mark> {
        let days = day(first).iter_days().take_while(|date| *date <= day(last));
        let school = days.filter(|date| !matches!(chrono::Datelike::weekday(date), Weekday::Sat | Weekday::Sun));
        school
            .flat_map(|date| [Session::Am, Session::Pm].map(|session| Mark { date, session, code, minutes_late: None }))
            .collect()
    }

    #[test]
    fn ten_school_days_in_a_row_go_on_over_a_holiday_and_one_session_in_school_ends_them() {
        let mut away = marks("2026-10-19", "2026-10-23", Code::O);
        away.extend(marks("2026-11-02", "2026-11-06", Code::N));
        assert_eq!(longest_row(&away, &calendar()), SESSIONS_IN_A_ROW);
        away[9].code = Code::PresentPm;
        assert_eq!(longest_row(&away, &calendar()), 10);
        let mut gap = away.clone();
        gap.remove(15);
        assert_eq!(longest_row(&gap, &calendar()), 9, "a session without a mark is not known to be missed");
        away[9].code = Code::I;
        assert_eq!(longest_row(&away, &calendar()), 10, "with leave");
        assert_eq!(longest_row(&[], &calendar()), 0);
    }

    #[test]
    fn a_day_counts_as_ill_with_one_session_and_days_add_up() {
        let mut ill = marks("2026-10-12", "2026-10-23", Code::I);
        ill.iter_mut().filter(|mark| mark.session == Session::Pm).for_each(|mark| mark.code = Code::PresentPm);
        ill.extend(marks("2026-11-02", "2026-11-06", Code::I));
        assert_eq!(days_of_illness(&ill), DAYS_OF_ILLNESS);
    }
}
