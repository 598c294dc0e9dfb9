//! What the school has to do when a child leaves, line by line: what is done, by whom, and what is due when.
//!
//! Sources: reg 13(4)-(5) (the return to the council: as soon as a ground is met, no later than the deletion);
//! reg 9(1) (the grounds); the Education (Pupil Information) Regulations 2005 (the file: within 15 school days of
//! the last one); domain 5.4 (the office's checks).

use chrono::{DateTime, NaiveDate, Utc};

use super::{Destination, LeavingPolicy, referral};
use crate::rules::{calendar::Calendar, iso, text::tidy};

/// Something that the school has to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Task {
    /// The new school or council has confirmed that the child has a place.
    NewSchool,
    /// The Leaving City Form went to the council.
    CityForm,
    /// The child was reported as missing education.
    Missing,
    /// There is a ground to take the name off the roll.
    Ground,
    /// The return to the council.
    Return,
    /// The common transfer file went to the new school.
    File,
    /// The name is off the roll in the MIS: the roster alone says so.
    OffRoll,
}

impl Task {
    /// Every task, in the order in which they are shown.
    pub const ALL: [Self; 7] =
        [Self::NewSchool, Self::CityForm, Self::Missing, Self::Ground, Self::Return, Self::File, Self::OffRoll];

    /// The word for forms and rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::NewSchool => "new-school",
            Self::CityForm => "city-form",
            Self::Missing => "missing",
            Self::Ground => "ground",
            Self::Return => "return",
            Self::File => "file",
            Self::OffRoll => "off-roll",
        }
    }

    /// The task of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|task| task.word() == word)
    }
}

/// What somebody noted about a task: done on a day, or not done after all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which.
    pub task: Task,
    /// The day it was done; `None` takes it back.
    pub done_on: Option<NaiveDate>,
    /// The key of the ground.
    pub ground: Option<String>,
    /// A note.
    pub note: Option<String>,
    /// When it was noted.
    pub at: DateTime<Utc>,
    /// Who, by name.
    pub by: Option<String>,
}

/// That a task is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The day.
    pub on: NaiveDate,
    /// The key of the ground.
    pub ground: Option<String>,
}

/// Why something is due on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DueBecause {
    /// The last day at school.
    LastDay,
    /// A ground is met: at once, and no later than the deletion.
    Ground,
    /// So many school days after the last one.
    SchoolDays(u32),
}

/// By when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub by: NaiveDate,
    /// Why.
    pub because: DueBecause,
}

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What.
    pub task: Task,
    /// Whether it has to be done for this child.
    pub needed: bool,
    /// That it is done.
    pub done: Option<Done>,
    /// By when; `None` where nothing says so, or not yet.
    pub due: Option<Due>,
    /// What was noted, the first first.
    pub entries: Vec<Entry>,
}

impl Line {
    /// Whether something is still to do.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.needed && self.done.is_none()
    }

    /// Whether its day has passed.
    #[must_use]
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.is_open() && self.due.is_some_and(|due| due.by < today)
    }
}

/// What the dates are reckoned from.
#[derive(Debug, Clone, Copy)]
pub struct Times<'a> {
    /// The last day, as the family says.
    pub last_day: NaiveDate,
    /// The last day on roll, as the roster says.
    pub off_roll: Option<NaiveDate>,
    /// The school's calendar.
    pub calendar: &'a Calendar,
    /// Within how many school days the file goes.
    pub file_days: u32,
}

/// The lines for one child, all tasks in order.
#[must_use]
pub fn lines(to: Option<Destination>, entries: &[Entry], times: Times<'_>) -> Vec<Line> {
    let done = |task: Task| -> Option<Done> {
        if task == Task::OffRoll {
            return times.off_roll.map(|on| Done { on, ground: None });
        }
        // The last word counts.
        let last = entries.iter().rfind(|entry| entry.task == task)?;
        last.done_on.map(|on| Done { on, ground: last.ground.clone() })
    };
    let confirmed = done(Task::NewSchool).is_some();
    let council = to.map(|to| referral(to, confirmed));
    let left = times.off_roll.unwrap_or(times.last_day);
    let by = |by, because| Some(Due { by, because });
    Task::ALL
        .into_iter()
        .map(|task| {
            let needed = match task {
                Task::CityForm => council.as_ref().is_some_and(|council| council.form.is_some()),
                Task::Missing => council.as_ref().is_some_and(|council| council.missing),
                _ => true,
            };
            let due = match task {
                Task::NewSchool | Task::CityForm | Task::Missing => by(left, DueBecause::LastDay),
                Task::Return => {
                    let ground = done(Task::Ground).map(|done| done.on);
                    let first = [ground, times.off_roll].into_iter().flatten().min();
                    first.and_then(|day| by(day, DueBecause::Ground))
                }
                Task::File => times
                    .calendar
                    .school_days_after(left, times.file_days)
                    .and_then(|day| by(day, DueBecause::SchoolDays(times.file_days))),
                // Which day a ground is met, and when the MIS is told, no rule says.
                Task::Ground | Task::OffRoll => None,
            };
            let entries = entries.iter().filter(|entry| entry.task == task).cloned().collect();
            Line { task, needed, done: done(task), due, entries }
        })
        .collect()
}

/// How many characters a note may have.
pub const NOTE_MOST: usize = 1000;

/// What staff typed about a task.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EntryForm {
    /// The task's word.
    pub task: String,
    /// Whether it is taken back.
    pub undo: bool,
    /// The day.
    pub day: String,
    /// The key of the ground.
    pub ground: String,
    /// The note.
    pub note: String,
}

/// What is to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    /// Which.
    pub task: Task,
    /// The day it was done; `None` takes it back.
    pub done_on: Option<NaiveDate>,
    /// The key of the ground.
    pub ground: Option<String>,
    /// A note.
    pub note: Option<String>,
}

/// What is wrong with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EntryProblem {
    /// No such task, or one that only the roster can set.
    Task,
    /// The day is missing or no date.
    Day,
    /// The day is yet to come.
    Ahead,
    /// No ground is chosen.
    Ground,
    /// The note is too long.
    Note,
}

/// Looks it over.
///
/// # Errors
/// What has to be put right.
pub fn check_entry(form: &EntryForm, policy: &LeavingPolicy, today: NaiveDate) -> Result<Checked, EntryProblem> {
    let task = Task::parse(&form.task).filter(|task| *task != Task::OffRoll).ok_or(EntryProblem::Task)?;
    let note = tidy(&form.note, NOTE_MOST).map_err(|_| EntryProblem::Note)?;
    if form.undo {
        return Ok(Checked { task, done_on: None, ground: None, note });
    }
    let day = iso::date(form.day.trim()).ok_or(EntryProblem::Day)?;
    if day > today {
        return Err(EntryProblem::Ahead);
    }
    let ground = match task {
        Task::Ground => Some(policy.ground(&form.ground).ok_or(EntryProblem::Ground)?.key.clone()),
        _ => None,
    };
    Ok(Checked { task, done_on: Some(day), ground, note })
}

#[cfg(test)]
mod tests {
    use super::super::{Ground, Place};
    use super::*;
    use crate::rules::calendar::Term;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn calendar() -> Calendar {
        let term = |first: &str, last: &str| Term { name: String::new(), first: day(first), last: day(last) };
        Calendar::new(vec![term("2026-09-02", "2026-12-18"), term("2027-01-04", "2027-03-25")], Vec::new())
            .unwrap_or_default()
    }

    fn entry(task: Task, on: Option<&str>) -> Entry {
        Entry { task, done_on: on.map(day), ground: None, note: None, at: DateTime::UNIX_EPOCH, by: None }
    }

    const AWAY: Destination = Destination { place: Place::Kingdom, address: true, school: true };

    fn lined(to: Destination, entries: &[Entry], off_roll: Option<&str>) -> Vec<Line> {
        let calendar = calendar();
        let times =
            Times { last_day: day("2026-12-11"), off_roll: off_roll.map(day), calendar: &calendar, file_days: 15 };
        lines(Some(to), entries, times)
    }

    fn of(lines: &[Line], task: Task) -> Line {
        lines.iter().find(|line| line.task == task).cloned().unwrap_or_else(|| panic!("{task:?}"))
    }

    #[test]
    fn what_is_due_follows_from_where_the_child_goes_and_who_confirmed_it() {
        let needed = |to, entries: &[Entry]| -> Vec<Task> {
            lined(to, entries, None).into_iter().filter(|line| line.needed).map(|line| line.task).collect()
        };
        assert_eq!(needed(AWAY, &[]), Task::ALL, "not confirmed: both forms");
        let confirmed = [entry(Task::NewSchool, Some("2026-12-01"))];
        assert!(
            !needed(AWAY, &confirmed).contains(&Task::Missing) && needed(AWAY, &confirmed).contains(&Task::CityForm)
        );
        let here = Destination { place: Place::City, ..AWAY };
        assert!(!needed(here, &[]).contains(&Task::CityForm) && !needed(here, &[]).contains(&Task::Missing));
    }

    #[test]
    fn the_last_word_counts_and_every_word_stays() {
        let entries = [
            entry(Task::File, Some("2026-12-14")),
            entry(Task::File, None),
            entry(Task::File, Some("2026-12-16")),
            entry(Task::NewSchool, Some("2026-12-01")),
            entry(Task::NewSchool, None),
        ];
        let lines = lined(AWAY, &entries, None);
        assert_eq!(of(&lines, Task::File).done.map(|done| done.on), Some(day("2026-12-16")));
        assert_eq!((of(&lines, Task::File).entries.len(), of(&lines, Task::NewSchool).done), (3, None));
    }

    #[test]
    fn the_return_is_due_with_the_ground_and_no_later_than_the_deletion() {
        let due = |entries: &[Entry], off| of(&lined(AWAY, entries, off), Task::Return).due.map(|due| due.by);
        assert_eq!(due(&[], None), None);
        assert_eq!(due(&[entry(Task::Ground, Some("2026-12-14"))], None), Some(day("2026-12-14")));
        assert_eq!(due(&[entry(Task::Ground, Some("2026-12-16"))], Some("2026-12-15")), Some(day("2026-12-15")));
        assert_eq!(due(&[], Some("2026-12-15")), Some(day("2026-12-15")));
    }

    #[test]
    fn the_file_has_fifteen_school_days_from_the_roll_or_from_what_the_family_said() {
        let due = |off| of(&lined(AWAY, &[], off), Task::File).due.map(|due| due.by);
        // Five days before Christmas, ten after.
        assert_eq!(due(None), Some(day("2027-01-15")));
        assert_eq!(due(Some("2026-12-18")), Some(day("2027-01-22")));
    }

    proptest! {
        /// Whatever the last day is: as many school days lie behind it up to the file's day as the school has given.
        #[test]
        fn the_file_is_due_after_so_many_school_days(after in 0_u64..100, file_days in 1_u32..20) {
            let calendar = calendar();
            let last_day = day("2026-09-02") + chrono::Days::new(after);
            let times = Times { last_day, off_roll: None, calendar: &calendar, file_days };
            let due = of(&lines(Some(AWAY), &[], times), Task::File).due.map(|due| due.by);
            let between = due.map(|due| {
                let days = last_day.iter_days().skip(1).take_while(|day| *day <= due);
                days.filter(|day| calendar.is_school_day(*day)).count()
            });
            prop_assert_eq!(between, Some(file_days as usize));
            prop_assert!(due.is_some_and(|due| calendar.is_school_day(due) && due > last_day));
        }
    }

    #[test]
    fn the_roster_alone_says_that_a_name_is_off_the_roll() {
        let claimed = [entry(Task::OffRoll, Some("2026-12-11"))];
        assert_eq!(of(&lined(AWAY, &claimed, None), Task::OffRoll).done, None);
        assert!(of(&lined(AWAY, &[], Some("2026-12-11")), Task::OffRoll).done.is_some());
        let form = EntryForm { task: "off-roll".into(), day: "2026-12-11".into(), ..EntryForm::default() };
        assert_eq!(check_entry(&form, &policy(), day("2026-12-14")), Err(EntryProblem::Task));
    }

    #[test]
    fn a_line_is_overdue_the_day_after() {
        let line = of(&lined(AWAY, &[], None), Task::CityForm);
        assert!(!line.is_overdue(day("2026-12-11")) && line.is_overdue(day("2026-12-12")));
        let done = of(&lined(AWAY, &[entry(Task::CityForm, Some("2026-12-14"))], None), Task::CityForm);
        assert!(!done.is_overdue(day("2026-12-20")));
    }

    fn policy() -> LeavingPolicy {
        let ground = Ground { key: "b".into(), label: "Registered at another school".into() };
        LeavingPolicy { read_days: 90, file_days: 15, grounds: vec![ground] }
    }

    #[test]
    fn what_staff_note_is_looked_over() {
        let form = |task: &str, day: &str, ground: &str| EntryForm {
            task: task.into(),
            day: day.into(),
            ground: ground.into(),
            ..EntryForm::default()
        };
        let check = |form: EntryForm| check_entry(&form, &policy(), day("2026-12-14"));
        assert_eq!(check(form("file", "2026-12-14", "")).map(|entry| entry.done_on), Ok(Some(day("2026-12-14"))));
        assert_eq!(check(form("ground", "2026-12-14", "b")).map(|entry| entry.ground), Ok(Some("b".into())));
        for (form, wrong) in [
            (form("file", "2026-12-15", ""), EntryProblem::Ahead),
            (form("file", "soon", ""), EntryProblem::Day),
            (form("ground", "2026-12-14", "zz"), EntryProblem::Ground),
            (form("lunch", "2026-12-14", ""), EntryProblem::Task),
            (EntryForm { note: "x".repeat(NOTE_MOST + 1), ..form("file", "2026-12-14", "") }, EntryProblem::Note),
        ] {
            assert_eq!(check(form), Err(wrong));
        }
        let undo = EntryForm { undo: true, note: " sent to the wrong school ".into(), ..form("file", "", "") };
        let back =
            Checked { task: Task::File, done_on: None, ground: None, note: Some("sent to the wrong school".into()) };
        assert_eq!(check(undo), Ok(back));
    }
}
