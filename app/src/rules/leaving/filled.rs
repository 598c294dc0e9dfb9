//! What a leaver's notice still needs, step by step.

use chrono::NaiveDate;

use crate::rules::{
    calendar::Calendar,
    form::{self, Answers, Eligible, Form, Step},
    iso,
};

/// The keys of the answers that the program reads: its own, and those of the school's questions that it needs.
pub mod key {
    pub use crate::rules::form::CHILDREN;
    /// The last day at this school, as a date.
    pub const LAST_DAY: &str = "_last-day";
    /// Why: see [`super::Reason`].
    pub const REASON: &str = "reason";
    /// Where the child will live: see [`super::Whereabouts`].
    pub const WHEREABOUTS: &str = "whereabouts";
    /// The new address.
    pub const ADDRESS: &str = "new-address";
    /// From when the child lives there, as a date.
    pub const ADDRESS_FROM: &str = "address-from";
    /// Whether a new school is known: [`KNOWN`] or another choice.
    pub const SCHOOL: &str = "school";
    /// The choice of [`SCHOOL`] that says so.
    pub const KNOWN: &str = "known";
    /// The new school's name.
    pub const SCHOOL_NAME: &str = "school-name";
    /// Its address.
    pub const SCHOOL_ADDRESS: &str = "school-address";
    /// The first day there, as a date.
    pub const SCHOOL_FROM: &str = "school-from";
    /// What tells where the family will be: none of it is kept where the address must stay secret.
    pub const WHERE: [&str; 2] = [ADDRESS, ADDRESS_FROM];
}

/// Why a child leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The family moves within the United Kingdom.
    MovingUk,
    /// The family leaves the United Kingdom.
    LeavingUk,
    /// Another school of the city.
    LocalSchool,
    /// An independent school.
    Independent,
    /// The parents think of teaching the child themselves: that begins with a meeting and not with this form.
    HomeEducation,
    /// Something else.
    Other,
}

impl Reason {
    /// Every reason.
    pub const ALL: [Self; 6] =
        [Self::MovingUk, Self::LeavingUk, Self::LocalSchool, Self::Independent, Self::HomeEducation, Self::Other];

    /// The word in answers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::MovingUk => "moving-uk",
            Self::LeavingUk => "leaving-uk",
            Self::LocalSchool => "local-school",
            Self::Independent => "independent",
            Self::HomeEducation => "home-education",
            Self::Other => "other",
        }
    }

    /// The reason of an answer. A choice that a school has added is another one.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let known = Self::ALL.into_iter().find(|reason| reason.word() == word);
        known
            .or((!word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
                .then_some(Self::Other))
    }

    /// Whether the family's address changes with it.
    #[must_use]
    pub fn moves(self) -> bool {
        matches!(self, Self::MovingUk | Self::LeavingUk)
    }
}

/// What the family says of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whereabouts {
    /// It stays.
    Same,
    /// The new one is given.
    Told,
    /// It is not known yet.
    Unknown,
    /// It must be kept secret: the school rings, and the portal keeps nothing of it.
    Secret,
}

impl Whereabouts {
    /// The word in answers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Told => "told",
            Self::Unknown => "unknown",
            Self::Secret => "secret",
        }
    }

    /// What an answer means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Same, Self::Told, Self::Unknown, Self::Secret].into_iter().find(|one| one.word() == word)
    }
}

/// Whether the new address is told by telephone: it must stay secret, or the form did not ask for it.
#[must_use]
pub fn by_phone(answers: &Answers) -> bool {
    match Whereabouts::parse(answers.get(key::WHEREABOUTS)) {
        Some(Whereabouts::Secret) => true,
        Some(Whereabouts::Told) => answers.get(key::ADDRESS).is_empty(),
        _ => false,
    }
}

/// What is wrong with the last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DayProblem {
    /// Missing, or no date.
    Missing,
    /// No school on it.
    NoSchool,
    /// Further ahead than the school's calendar goes.
    TooFar,
    /// Before this school year and the last.
    TooLongAgo,
    /// The oldest year group leaves on it anyway.
    Anyway,
}

/// What a step still needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepProblem {
    /// An answer to a question of the school's.
    Question(form::Problem),
    /// No child is chosen, or one that is not the applicant's.
    NoChild,
    /// The last day.
    Day(DayProblem),
    /// Home education begins with a meeting, not with this form.
    HomeEducation,
    /// The family moves, and its address stays what it is.
    Stays,
}

impl StepProblem {
    /// The key of the answer that it is about.
    #[must_use]
    pub fn answer(&self) -> &str {
        match self {
            Self::Question(problem) => &problem.question,
            Self::NoChild => key::CHILDREN,
            Self::Day(_) => key::LAST_DAY,
            Self::HomeEducation => key::REASON,
            Self::Stays => key::WHEREABOUTS,
        }
    }
}

/// What a notice is checked against.
#[derive(Debug, Clone)]
pub struct Leavers<'a> {
    /// The children the applicant may give notice for.
    pub children: Vec<Eligible>,
    /// The school's calendar.
    pub calendar: &'a Calendar,
    /// London's today.
    pub today: NaiveDate,
}

/// How far back a last day may lie, in days: a family that has gone already says so all the same.
const BEFORE: i64 = 400;

impl Leavers<'_> {
    /// The chosen children who are the applicant's, in the family's order.
    #[must_use]
    pub fn chosen(&self, answers: &Answers) -> Vec<&Eligible> {
        form::chosen(&self.children, answers)
    }

    /// The last day: a day on which one of the chosen children has school, past or to come.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn last_day(&self, answers: &Answers) -> Result<NaiveDate, DayProblem> {
        let day = iso::date(answers.get(key::LAST_DAY).trim()).ok_or(DayProblem::Missing)?;
        if (self.today - day).num_days() > BEFORE {
            return Err(DayProblem::TooLongAgo);
        }
        if self.calendar.last_day().is_none_or(|last| day > last) {
            return Err(DayProblem::TooFar);
        }
        let chosen = self.chosen(answers);
        if chosen.iter().any(|child| super::leaves_anyway(child.year, day, self.calendar)) {
            return Err(DayProblem::Anyway);
        }
        let has_school = |child: &&Eligible| self.calendar.for_year_group(child.year, self.today).is_school_day(day);
        let open = if chosen.is_empty() { self.calendar.is_school_day(day) } else { chosen.iter().any(has_school) };
        if open { Ok(day) } else { Err(DayProblem::NoSchool) }
    }

    /// What a step still needs, in the order of its page.
    #[must_use]
    pub fn problems(&self, step: &Step, answers: &Answers) -> Vec<StepProblem> {
        if step.built_in {
            return match step.key.as_str() {
                "children" if !form::chosen_well(&self.children, answers) => vec![StepProblem::NoChild],
                "children" => Vec::new(),
                _ => self.last_day(answers).err().map(StepProblem::Day).into_iter().collect(),
            };
        }
        let found = form::check_step(step, answers).err().unwrap_or_default();
        let mut problems: Vec<StepProblem> = found.into_iter().map(StepProblem::Question).collect();
        let asks = |key: &str| step.questions.iter().any(|question| question.key == key);
        let reason = Reason::parse(answers.get(key::REASON));
        if asks(key::REASON) && reason == Some(Reason::HomeEducation) {
            problems.push(StepProblem::HomeEducation);
        }
        let stays = Whereabouts::parse(answers.get(key::WHEREABOUTS)) == Some(Whereabouts::Same);
        if asks(key::WHEREABOUTS) && stays && reason.is_some_and(Reason::moves) {
            problems.push(StepProblem::Stays);
        }
        problems
    }

    /// The steps that are not complete, of those that are asked.
    #[must_use]
    pub fn missing<'f>(&self, form: &'f Form, answers: &'f Answers) -> Vec<&'f Step> {
        form::open_steps(form, answers).filter(|step| !self.problems(step, answers).is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::{
        calendar::Term,
        form::{Asks, Choice, Question},
        id::PupilId,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap_or_default()
    }

    fn calendar() -> Calendar {
        let term = |first: &str, last: &str| Term { name: String::new(), first: day(first), last: day(last) };
        let terms =
            vec![term("2026-09-02", "2026-12-18"), term("2027-01-04", "2027-03-25"), term("2027-04-12", "2027-07-21")];
        Calendar::new(terms, Vec::new()).unwrap_or_default()
    }

    fn built_in(key: &str) -> Step {
        Step { key: key.into(), title: key.into(), hint: None, built_in: true, when: None, questions: Vec::new() }
    }

    fn asks(key: &str, choices: &[&str]) -> Step {
        let choice = |key: &&str| Choice { key: (*key).into(), label: (*key).into(), hint: None };
        let question = Question {
            key: key.into(),
            label: key.into(),
            hint: None,
            asks: Asks::Choice,
            optional: false,
            address: false,
            most: None,
            choices: choices.iter().map(choice).collect(),
            when: None,
        };
        Step { built_in: false, questions: vec![question], ..built_in("step") }
    }

    fn child(number: u8) -> PupilId {
        PupilId::from_bytes([number; 16])
    }

    fn problems(step: &Step, said: &[(&str, &str)]) -> Vec<StepProblem> {
        let calendar = calendar();
        let children = vec![Eligible { pupil: child(6), year: 6 }, Eligible { pupil: child(3), year: 3 }];
        let leavers = Leavers { children, calendar: &calendar, today: day("2026-11-23") };
        let mut answers = Answers::default();
        for (key, answer) in said {
            answers.set(key, *answer);
        }
        leavers.problems(step, &answers)
    }

    #[test]
    fn the_last_day_is_a_school_day_past_or_to_come() {
        let three = child(3).to_string();
        for (last, wrong) in [
            ("2026-12-18", None),
            ("2026-09-04", None),
            ("2026-11-23", None),
            ("2026-12-19", Some(DayProblem::NoSchool)),
            ("2026-12-24", Some(DayProblem::NoSchool)),
            ("2027-07-22", Some(DayProblem::TooFar)),
            ("2025-10-01", Some(DayProblem::TooLongAgo)),
            ("2026-02-30", Some(DayProblem::Missing)),
            ("", Some(DayProblem::Missing)),
        ] {
            let found = problems(&built_in("last-day"), &[(key::CHILDREN, &three), (key::LAST_DAY, last)]);
            assert_eq!(found, wrong.map(StepProblem::Day).into_iter().collect::<Vec<_>>(), "{last}");
        }
    }

    #[test]
    fn year_six_need_not_say_that_it_leaves_in_summer() {
        let (six, three) = (child(6).to_string(), child(3).to_string());
        let anyway = vec![StepProblem::Day(DayProblem::Anyway)];
        let both = format!("{six} {three}");
        for (who, last, wrong) in [
            (&six, "2027-07-21", anyway.clone()),
            (&both, "2027-07-21", anyway),
            (&three, "2027-07-21", Vec::new()),
            (&six, "2027-07-09", Vec::new()),
        ] {
            let found = problems(&built_in("last-day"), &[(key::CHILDREN, who), (key::LAST_DAY, last)]);
            assert_eq!(found, wrong, "{last}");
        }
    }

    #[test]
    fn only_own_children_are_chosen() {
        let step = built_in("children");
        let (three, stranger) = (child(3).to_string(), format!("{} {}", child(3), child(9)));
        assert_eq!(problems(&step, &[(key::CHILDREN, &three)]), []);
        for who in ["", &stranger] {
            assert_eq!(problems(&step, &[(key::CHILDREN, who)]), [StepProblem::NoChild], "{who}");
        }
    }

    #[test]
    fn what_the_form_does_not_hold_is_told_by_telephone() {
        for (whereabouts, address, phone) in [
            ("secret", "", true),
            ("told", "", true),
            ("told", "Leeds", false),
            ("same", "", false),
            ("unknown", "", false),
        ] {
            let mut answers = Answers::default();
            answers.set(key::WHEREABOUTS, whereabouts);
            answers.set(key::ADDRESS, address);
            assert_eq!(by_phone(&answers), phone, "{whereabouts} {address}");
        }
    }

    #[test]
    fn home_education_is_never_sent_with_this_form() {
        let step = asks(key::REASON, &["moving-uk", "home-education"]);
        assert_eq!(problems(&step, &[(key::REASON, "moving-uk")]), []);
        assert_eq!(problems(&step, &[(key::REASON, "home-education")]), [StepProblem::HomeEducation]);
    }

    #[test]
    fn whoever_moves_has_another_address() {
        let step = asks(key::WHEREABOUTS, &["same", "told"]);
        for (reason, wrong) in [("moving-uk", true), ("leaving-uk", true), ("local-school", false), ("other", false)] {
            let found = problems(&step, &[(key::REASON, reason), (key::WHEREABOUTS, "same")]);
            assert_eq!(found == [StepProblem::Stays], wrong, "{reason}");
        }
        assert_eq!(problems(&step, &[(key::REASON, "moving-uk"), (key::WHEREABOUTS, "told")]), []);
    }

    #[test]
    fn a_reason_that_a_school_has_added_is_another_one() {
        for reason in Reason::ALL {
            assert_eq!(Reason::parse(reason.word()), Some(reason));
        }
        assert_eq!(
            (Reason::parse("boarding"), Reason::parse(""), Reason::parse("a lie")),
            (Some(Reason::Other), None, None)
        );
    }
}
