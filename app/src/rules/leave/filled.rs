//! What a leave form still needs, step by step: the school's questions, and those the program asks itself.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::{Span, SpanProblem};
use crate::rules::{
    calendar::{Calendar, SessionDay},
    form::{self, Answers, Eligible, Form, Step, YES},
    id::{GuardianId, PupilId},
};

/// The keys of the answers that the program asks for itself. No question of a school's can have one of them.
pub mod key {
    pub use crate::rules::form::CHILDREN;
    /// "yes" once the applicant has said that the children normally live with them.
    pub const LIVES_WITH: &str = "_lives-with";
    /// The first day away, as a date.
    pub const FIRST_DAY: &str = "_first-day";
    /// `AM` or `PM`.
    pub const FIRST_SESSION: &str = "_first-session";
    /// The last day away, as a date.
    pub const LAST_DAY: &str = "_last-day";
    /// `AM` or `PM`.
    pub const LAST_SESSION: &str = "_last-session";
    /// The day back at school, as a date.
    pub const RETURN_DAY: &str = "_return-day";
    /// "asked", "knows", "alone" or "rather-not": see [`super::OtherParent`].
    pub const OTHER: &str = "_other";
    /// The ids of the guardians who are asked to sign, with blanks between.
    pub const ASK: &str = "_ask";
    /// Of a form on paper: the day the school received it, as typed.
    pub const RECEIVED_DAY: &str = "_received-day";
    /// The time, where somebody noted it.
    pub const RECEIVED_TIME: &str = "_received-time";
    /// What [`super::shown`] made of children and dates when the preview was last shown.
    pub const PREVIEWED: &str = "_previewed";
}

/// What the applicant says of the other parent. None of them is held against anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OtherParent {
    /// Please ask them to sign as well.
    Asked,
    /// They know of it.
    Knows,
    /// There is none to ask.
    Alone,
    /// Would rather not say.
    RatherNot,
}

impl OtherParent {
    /// Every answer, in the order offered.
    pub const ALL: [Self; 4] = [Self::Asked, Self::Knows, Self::Alone, Self::RatherNot];

    /// The word in answers.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Knows => "knows",
            Self::Alone => "alone",
            Self::RatherNot => "rather-not",
        }
    }

    /// The answer that a word means.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|other| other.word() == word)
    }
}

/// What a form is checked against.
#[derive(Debug, Clone)]
pub struct Family<'a> {
    /// The children the applicant may ask for.
    pub children: Vec<Eligible>,
    /// The guardians who may be asked to sign for all chosen children.
    pub others: Vec<GuardianId>,
    /// The school's calendar.
    pub calendar: &'a Calendar,
    /// London's today.
    pub today: NaiveDate,
    /// Whether it came on paper: then what was left blank there stays blank, but for children and dates.
    pub on_paper: bool,
}

/// Each child with the sessions asked for.
pub type SessionsOf = Vec<(PupilId, Vec<SessionDay>)>;

/// What a step still needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StepProblem {
    /// An answer to a question of the school's.
    Question(form::Problem),
    /// No child is chosen, or one that is not the applicant's to ask for.
    NoChild,
    /// It is not said that the children live with the applicant.
    NotSaid,
    /// The dates.
    Span(SpanProblem),
    /// What of the other parent?
    NoOther,
    /// Nobody is chosen to be asked, or somebody who cannot be.
    NoSigner,
    /// The preview was not seen, or children or dates have changed since.
    NotSeen,
}

impl StepProblem {
    /// Whether nothing was answered that a form on paper may leave open.
    fn is_blank(&self) -> bool {
        match self {
            Self::Question(problem) => problem.why == form::Why::Missing,
            Self::NoOther | Self::NotSeen => true,
            Self::NoChild | Self::NotSaid | Self::Span(_) | Self::NoSigner => false,
        }
    }

    /// The key of the answer that it is about.
    #[must_use]
    pub fn answer(&self) -> &str {
        match self {
            Self::Question(problem) => &problem.question,
            Self::NoChild => key::CHILDREN,
            Self::NotSaid => key::LIVES_WITH,
            Self::Span(problem) => problem.answer(),
            Self::NoOther => key::OTHER,
            Self::NoSigner => key::ASK,
            Self::NotSeen => key::PREVIEWED,
        }
    }
}

impl Family<'_> {
    /// The chosen children who are the applicant's to ask for, in the family's order.
    #[must_use]
    pub fn chosen(&self, answers: &Answers) -> Vec<&Eligible> {
        form::chosen(&self.children, answers)
    }

    /// The calendar of a child's year group.
    #[must_use]
    pub fn calendar_of(&self, child: &Eligible) -> Cow<'_, Calendar> {
        self.calendar.for_year_group(child.year, self.today)
    }

    /// The span and each chosen child's sessions in it.
    ///
    /// # Errors
    /// What is wrong with the dates, for any of the children: where one has school and another not, the one
    /// without is left out; without any there is nothing to ask for.
    pub fn sessions(&self, answers: &Answers) -> Result<(Span, SessionsOf), Vec<SpanProblem>> {
        let span = Span::read(|name| answers.get(name), self.today)?;
        let mut sessions = Vec::new();
        let mut problem = None;
        for child in self.chosen(answers) {
            let calendar = self.calendar_of(child);
            match span.on(&calendar) {
                Ok(_) => sessions.push((child.pupil.clone(), span.sessions(&calendar))),
                Err(SpanProblem::NoSchool) => {
                    problem.get_or_insert(SpanProblem::NoSchool);
                }
                Err(other) => return Err(vec![other]),
            }
        }
        match problem {
            Some(problem) if sessions.is_empty() => Err(vec![problem]),
            // Nobody is chosen yet: the school's calendar counts.
            None if sessions.is_empty() => span.on(self.calendar).map(|_| (span, sessions)).map_err(|one| vec![one]),
            _ => Ok((span, sessions)),
        }
    }

    /// What a step still needs, in the order of its page.
    #[must_use]
    pub fn problems(&self, step: &Step, answers: &Answers) -> Vec<StepProblem> {
        let mut problems = self.all_problems(step, answers);
        problems.retain(|problem| !self.on_paper || !problem.is_blank());
        problems
    }

    fn all_problems(&self, step: &Step, answers: &Answers) -> Vec<StepProblem> {
        if !step.built_in {
            let found = form::check_step(step, answers).err().unwrap_or_default();
            return found.into_iter().map(StepProblem::Question).collect();
        }
        let mut problems = Vec::new();
        match step.key.as_str() {
            "children" => {
                if !form::chosen_well(&self.children, answers) {
                    problems.push(StepProblem::NoChild);
                }
                if answers.get(key::LIVES_WITH) != YES {
                    problems.push(StepProblem::NotSaid);
                }
            }
            "dates" => {
                problems.extend(self.sessions(answers).err().unwrap_or_default().into_iter().map(StepProblem::Span))
            }
            "other-parent" => match OtherParent::parse(answers.get(key::OTHER)) {
                None => problems.push(StepProblem::NoOther),
                Some(OtherParent::Asked) => {
                    let known = |id: &str| self.others.iter().any(|other| other.as_str() == id);
                    if answers.list(key::ASK).count() == 0 || !answers.list(key::ASK).all(known) {
                        problems.push(StepProblem::NoSigner);
                    }
                }
                Some(_) => {}
            },
            _ => {
                if answers.get(key::PREVIEWED) != shown(answers) {
                    problems.push(StepProblem::NotSeen);
                }
            }
        }
        problems
    }

    /// The steps that are not complete, of those that are asked.
    #[must_use]
    pub fn missing<'f>(&self, form: &'f Form, answers: &'f Answers) -> Vec<&'f Step> {
        form::open_steps(form, answers).filter(|step| !self.problems(step, answers).is_empty()).collect()
    }
}

/// What the preview hangs on, as one text: another child or date makes it another.
#[must_use]
pub fn shown(answers: &Answers) -> String {
    [key::CHILDREN, key::FIRST_DAY, key::FIRST_SESSION, key::LAST_DAY, key::LAST_SESSION]
        .map(|key| answers.get(key))
        .join("|")
}
