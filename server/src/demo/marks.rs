//! The demo school's register: believable, and the same at every start. Each child has a habit, each
//! illness runs for some days, winter brings more of them, and Mondays and Fridays are missed most.

use app::rules::{
    calendar::{Calendar, Session, SessionDay},
    code::Code,
    compulsory_age::compulsory_from,
    mark::Mark,
    school_year::SchoolYear,
};
use chrono::{Datelike, NaiveDate, Weekday};

use super::{draw::Draw, people::DemoPupil};

/// What sort of year a child has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// Some days ill, like most.
    Usual,
    /// Hardly ever away.
    Sturdy,
    /// Away more than a tenth of the time.
    Persistent,
    /// Away more than half of it.
    Severe,
    /// Mornings only, by agreement.
    PartTime,
    /// As usual, but for a holiday that was not agreed to.
    Holiday,
    /// Comes late.
    Late,
}

/// The habit of the child at this place among all.
fn habit(pupil: &DemoPupil, place: usize) -> Habit {
    match (pupil.forename.as_str(), pupil.surname.as_str()) {
        ("Kayden", "Mears") => return Habit::Persistent,
        ("Harriet", "Lowe") => return Habit::Late,
        // The families with a story stay as most are.
        ("Ada" | "Sam", "Okafor") => return Habit::Usual,
        _ => {}
    }
    match place {
        211 => Habit::Severe,
        97 => Habit::PartTime,
        301 => Habit::Holiday,
        place if place % 13 == 5 => Habit::Persistent,
        place if place % 29 == 7 => Habit::Late,
        place if place % 5 == 2 => Habit::Sturdy,
        _ => Habit::Usual,
    }
}

/// A child's marks from the calendar's first day up to and with `last`.
pub(super) fn of(pupil: &DemoPupil, place: usize, calendar: &Calendar, last: NaiveDate) -> Vec<Mark> {
    let Some(first) = calendar.terms().first().map(|term| term.first) else { return Vec::new() };
    // A child who joins during a year stands as "not yet on roll" before; who joins with a year has nothing.
    let year = SchoolYear::of(pupil.admitted).0;
    let from = if pupil.admitted > autumn(year, 10) { autumn(year, 9) } else { pupil.admitted };
    let until = pupil.left.map_or(last, |left| left.min(last));
    let open = calendar.open_sessions(from.max(first)..=until);
    let seed = u64::try_from(place).unwrap_or(0) ^ 0x0915;
    let mut child = Child {
        draw: Draw::new(seed),
        habit: habit(pupil, place),
        compulsory: compulsory_from(pupil.born),
        away: None,
        last,
    };
    open.into_iter()
        .map(|at| {
            if at.date < pupil.admitted {
                return mark(at, Code::Z, None);
            }
            child.mark(at)
        })
        .collect()
}

/// The first of this month of this autumn.
fn autumn(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or_default()
}

fn mark(at: SessionDay, code: Code, minutes_late: Option<i64>) -> Mark {
    Mark { date: at.date, session: at.session, code, minutes_late }
}

/// A child from session to session.
struct Child {
    draw: Draw,
    habit: Habit,
    compulsory: NaiveDate,
    /// Away with this code up to and with this day.
    away: Option<(Code, NaiveDate)>,
    last: NaiveDate,
}

impl Child {
    fn mark(&mut self, at: SessionDay) -> Mark {
        let half = if at.session == Session::Am { Code::PresentAm } else { Code::PresentPm };
        if self.habit == Habit::PartTime && at.session == Session::Pm && at.date.year() == 2026 && at.date.month() >= 9
        {
            return mark(at, if at.date < self.compulsory { Code::X } else { Code::C2 }, None);
        }
        if self.habit == Habit::Holiday && holiday(at.date) {
            return mark(at, Code::G, None);
        }
        if let Some((code, until)) = self.away {
            if at.date <= until {
                return mark(at, self.settled(code, at.date), None);
            }
            self.away = None;
        }
        if at.session == Session::Pm {
            // Sent home, or an appointment.
            return match self.draw.below(1_000) {
                0..=2 => mark(at, Code::I, None),
                3..=5 => mark(at, Code::M, None),
                _ => mark(at, half, None),
            };
        }
        if self.draw.below(10_000) < self.falls_away(at.date) {
            let (code, days) = self.reason();
            let until = at.date + chrono::Days::new(days - 1);
            self.away = (code != Code::M).then_some((code, until));
            return mark(at, self.settled(code, at.date), None);
        }
        let late = if self.habit == Habit::Late { 120 } else { 9 };
        if self.draw.below(1_000) < late {
            let minutes = 6 + i64::try_from(self.draw.below(44)).unwrap_or(0);
            let code = if minutes > 30 { Code::U } else { Code::L };
            return mark(at, code, Some(minutes));
        }
        mark(at, half, None)
    }

    /// How many mornings of ten thousand begin an absence.
    fn falls_away(&self, date: NaiveDate) -> u64 {
        let usual = match self.habit {
            Habit::Sturdy => 95,
            Habit::Persistent => 720,
            Habit::Severe => 3_600,
            _ => 262,
        };
        let season = match date.month() {
            1 | 2 | 12 => 150,
            11 => 125,
            3 => 110,
            6 | 7 => 75,
            _ => 90,
        };
        let weekday = match date.weekday() {
            Weekday::Mon => 130,
            Weekday::Fri => 120,
            _ => 85,
        };
        usual * season / 100 * weekday / 100
    }

    /// Why, and for how many days of the calendar.
    fn reason(&mut self) -> (Code, u64) {
        let chance = self.draw.below(100);
        let days = match self.draw.below(100) {
            0..=44 => 1,
            45..=74 => 2,
            75..=89 => 3,
            90..=96 => 5,
            _ => 8,
        };
        let unexplained = matches!(self.habit, Habit::Persistent | Habit::Severe);
        match chance {
            0..=9 => (Code::M, 1),
            10..=13 => (Code::R, 1),
            14..=16 => (Code::C, 1),
            17..=23 => (Code::O, 1),
            24..=44 if unexplained => (Code::O, days),
            24..=25 => (Code::N, 1),
            _ => (Code::I, if self.habit == Habit::Severe { days * 3 } else { days }),
        }
    }

    /// A reason that is not known stays so for five school days at most: long after, it is `O`.
    fn settled(&self, code: Code, date: NaiveDate) -> Code {
        let old = (self.last - date).num_days() > 6;
        if code == Code::N && old { Code::O } else { code }
    }
}

/// The week in June, before the prices rise.
fn holiday(date: NaiveDate) -> bool {
    [(2026, 6), (2026, 9)].contains(&(date.year(), date.month())) && (14..=18).contains(&date.day())
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::{
        config,
        demo::{configuration, people::people},
    };

    fn calendar() -> Calendar {
        let file = configuration(None, std::path::Path::new("/nowhere")).unwrap();
        config::policy_of(&config::flatten(&file.school)).unwrap().1.calendar
    }

    fn school() -> Vec<(DemoPupil, Vec<Mark>)> {
        let (calendar, last) = (calendar(), "2026-11-23".parse().unwrap());
        let pupils = people().pupils.into_iter().enumerate();
        pupils.map(|(place, pupil)| (pupil.clone(), of(&pupil, place, &calendar, last))).collect()
    }

    /// Missed and possible sessions.
    fn missed<'a>(marks: impl Iterator<Item = &'a Mark>) -> (usize, usize) {
        let possible: Vec<&Mark> = marks.filter(|mark| mark.code.class().counts_as_possible()).collect();
        (possible.iter().filter(|mark| mark.code.class().is_absence()).count(), possible.len())
    }

    fn per_mille((missed, of): (usize, usize)) -> usize {
        missed * 1_000 / of.max(1)
    }

    #[test]
    fn the_school_misses_about_as_much_as_schools_do_and_most_in_winter_on_mondays_and_fridays() {
        let school = school();
        let all = || school.iter().flat_map(|(_, marks)| marks);
        let whole = per_mille(missed(all()));
        assert!((50..=60).contains(&whole), "{whole}");
        let on = |days: &[Weekday]| per_mille(missed(all().filter(|mark| days.contains(&mark.date.weekday()))));
        let edge = on(&[Weekday::Mon, Weekday::Fri]);
        assert!(edge > on(&[Weekday::Wed, Weekday::Thu]), "{edge}");
        let within = |months: &[u32]| per_mille(missed(all().filter(|mark| months.contains(&mark.date.month()))));
        assert!(within(&[12, 1, 2]) > within(&[6, 7, 9]) + 10);
    }

    #[test]
    fn a_few_are_persistently_absent_one_severely_one_comes_in_the_mornings_and_one_joined_later() {
        let school = school();
        let this_year = |marks: &[Mark]| -> Vec<Mark> {
            marks.iter().copied().filter(|mark| mark.date >= autumn(2026, 9)).collect()
        };
        let shares: HashMap<&str, (usize, usize)> =
            school.iter().map(|(pupil, marks)| (pupil.pupil_id.as_str(), missed(this_year(marks).iter()))).collect();
        let persistent = shares.values().filter(|(missed, of)| *of > 0 && missed * 10 >= *of).count();
        assert!((20..=70).contains(&persistent), "{persistent}");
        let severe = |marks: &[Mark]| {
            let (missed, of) = missed(marks.iter());
            of > 200 && missed * 2 >= of
        };
        assert_eq!(school.iter().filter(|(_, marks)| severe(marks)).count(), 1);
        let holds = |code: Code| school.iter().filter(|(_, marks)| marks.iter().any(|mark| mark.code == code)).count();
        assert_eq!((holds(Code::C2), holds(Code::G)), (1, 1));
        let (_, mateus) = school.iter().find(|(pupil, _)| pupil.forename == "Mateus").unwrap();
        let z = mateus.iter().filter(|mark| mark.code == Code::Z).count();
        assert!(z > 50 && z < mateus.len(), "{z} of {}", mateus.len());
    }

    #[test]
    fn every_mark_stands_in_an_open_session_in_order_and_fits_it() {
        let (calendar, last) = (calendar(), "2026-11-23".parse().unwrap());
        for (pupil, marks) in school() {
            assert!(marks.windows(2).all(|pair| (pair[0].date, pair[0].session) < (pair[1].date, pair[1].session)));
            for mark in &marks {
                assert!(calendar.is_open(mark.date, mark.session) && mark.date <= last, "{mark:?}");
                assert!(mark.code.for_session(mark.session) && mark.code.expected_in_primary(), "{mark:?}");
                assert!(pupil.left.is_none_or(|left| mark.date <= left) && !mark.code.needs_note(), "{mark:?}");
                // Not known for more than five school days is not to be.
                assert!(mark.code != Code::N || (last - mark.date).num_days() <= 6, "{mark:?}");
            }
        }
    }
}
