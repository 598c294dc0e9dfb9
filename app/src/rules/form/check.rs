//! What is missing or wrong in the answers.

use super::{Answers, Asks, Form, NO, Question, Step, YES};
use crate::rules::{
    iso,
    text::{tidy, tidy_line},
};

/// Something to put right: the question's key, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The question's key.
    pub question: String,
    /// Why its answer cannot be taken.
    pub why: Why,
}

/// Why an answer cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There is none, and there must be.
    Missing,
    /// More characters than this.
    TooLong(usize),
    /// Not a date.
    NotADate,
    /// None of the choices.
    NotAChoice,
}

/// The steps that are asked, given these answers, in order.
pub fn open_steps<'a>(form: &'a Form, answers: &'a Answers) -> impl Iterator<Item = &'a Step> {
    form.steps.iter().filter(|step| answers.meet(step.when.as_ref()))
}

/// The answers to what is asked, and those that the program asks itself: what was answered before another answer made
/// it beside the point is left out.
#[must_use]
pub fn asked(form: &Form, answers: &Answers) -> Answers {
    let mut kept = Answers::default();
    for (key, answer) in answers.iter().filter(|(key, _)| key.starts_with('_')) {
        kept.set(key, answer);
    }
    for question in open_steps(form, answers).flat_map(|step| &step.questions) {
        if answers.meet(question.when.as_ref()) {
            kept.set(&question.key, answers.get(&question.key));
        }
    }
    kept
}

/// Checks one answer; what it comes to, tidied ("" where it was left out).
///
/// # Errors
/// Why it cannot be taken.
pub fn check_question(question: &Question, answer: &str) -> Result<String, Why> {
    let tidied = match question.asks {
        Asks::Words => tidy(answer, question.most()),
        _ => tidy_line(answer, question.most()),
    };
    let Some(answer) = tidied.map_err(|long| Why::TooLong(long.most))? else {
        return if question.optional { Ok(String::new()) } else { Err(Why::Missing) };
    };
    let fits = match question.asks {
        Asks::Line | Asks::Words => true,
        Asks::Date => return if iso::date(&answer).is_some() { Ok(answer) } else { Err(Why::NotADate) },
        Asks::Choice => question.choices.iter().any(|choice| choice.key == answer),
        Asks::YesNo => answer == YES || answer == NO,
    };
    if fits { Ok(answer) } else { Err(Why::NotAChoice) }
}

/// Checks the school's questions of a step, those that are asked given the answers.
///
/// # Errors
/// Every problem, in the order of the questions.
pub fn check_step(step: &Step, answers: &Answers) -> Result<(), Vec<Problem>> {
    let asked = step.questions.iter().filter(|question| answers.meet(question.when.as_ref()));
    let problems: Vec<Problem> = asked
        .filter_map(|question| {
            let why = check_question(question, answers.get(&question.key)).err()?;
            Some(Problem { question: question.key.clone(), why })
        })
        .collect();
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::super::{Choice, When};
    use super::*;

    fn question(asks: Asks, optional: bool) -> Question {
        let choice = |key: &str| Choice { key: key.into(), label: key.into(), hint: None };
        Question {
            key: "why".into(),
            label: "Why".into(),
            hint: None,
            asks,
            optional,
            address: false,
            most: Some(10),
            choices: vec![choice("a"), choice("b")],
            when: None,
        }
    }

    #[test]
    fn each_kind_takes_its_answers_and_no_other() {
        for (asks, answer, comes_to) in [
            (Asks::Line, " x\ny ", Ok("x y")),
            (Asks::Words, "x\r\ny", Ok("x\ny")),
            (Asks::Words, "12345678901", Err(Why::TooLong(10))),
            (Asks::Words, " \u{200B}\n", Err(Why::Missing)),
            (Asks::Date, "2026-12-07", Ok("2026-12-07")),
            (Asks::Date, "2026-02-30", Err(Why::NotADate)),
            (Asks::Choice, "b", Ok("b")),
            (Asks::Choice, "c", Err(Why::NotAChoice)),
            (Asks::YesNo, "no", Ok("no")),
            (Asks::YesNo, "maybe", Err(Why::NotAChoice)),
        ] {
            assert_eq!(
                check_question(&question(asks, false), answer),
                comes_to.map(str::to_owned),
                "{asks:?} {answer}"
            );
        }
        assert_eq!(check_question(&question(Asks::Date, true), ""), Ok(String::new()));
    }

    #[test]
    fn what_is_not_asked_any_more_is_not_kept() {
        let far = Question { key: "far".into(), when: None, ..question(Asks::YesNo, false) };
        let hidden = Question {
            when: Some(When { question: "far".into(), is: vec![YES.into()] }),
            ..question(Asks::Line, false)
        };
        let step = |key: &str, questions| Step {
            key: key.into(),
            title: key.into(),
            hint: None,
            built_in: false,
            when: None,
            questions,
        };
        let form = Form {
            title: "Trip".into(),
            intro: "Trip".into(),
            statements: vec!["So it is.".into()],
            other_statement: String::new(),
            steps: vec![step("first", vec![far]), step("then", vec![hidden])],
        };
        let mut answers = Answers::default();
        for (key, answer) in [("_children", "x"), ("far", YES), ("why", "Leeds"), ("gone", "x")] {
            answers.set(key, answer);
        }
        let keys = |answers: &Answers| asked(&form, answers).iter().map(|(key, _)| key.to_owned()).collect::<Vec<_>>();
        assert_eq!(keys(&answers), ["_children", "far", "why"]);
        answers.set("far", NO);
        assert_eq!(keys(&answers), ["_children", "far"]);
    }

    #[test]
    fn what_is_not_asked_is_not_missed() {
        let hidden = Question {
            when: Some(When { question: "far".into(), is: vec![YES.into()] }),
            ..question(Asks::Line, false)
        };
        let step = Step {
            key: "trip".into(),
            title: "Trip".into(),
            hint: None,
            built_in: false,
            when: None,
            questions: vec![hidden],
        };
        let mut answers = Answers::default();
        assert_eq!(check_step(&step, &answers), Ok(()));
        answers.set("far", YES);
        let missing = Problem { question: "why".into(), why: Why::Missing };
        assert_eq!(check_step(&step, &answers), Err(vec![missing]));
        answers.set("why", "x");
        assert_eq!(check_step(&step, &answers), Ok(()));
    }

    #[test]
    fn a_family_whose_address_is_secret_is_asked_for_none() {
        let place = Question { key: "place".into(), address: true, ..question(Asks::Words, false) };
        let step = |key: &str, hint: Option<&str>, questions| Step {
            key: key.into(),
            title: key.into(),
            hint: hint.map(str::to_owned),
            built_in: false,
            when: None,
            questions,
        };
        let form = Form {
            title: "Trip".into(),
            intro: "Tell us.".into(),
            statements: Vec::new(),
            other_statement: String::new(),
            steps: vec![
                step("where", Some("Help."), vec![place.clone(), question(Asks::Line, false)]),
                step("only", None, vec![place]),
                step("other", None, vec![question(Asks::Line, false)]),
            ],
        };
        assert_eq!(form.addresses().collect::<Vec<_>>(), ["place", "place"]);
        let form = form.without_addresses("None is needed.");
        assert_eq!(form.addresses().count(), 0);
        let hints: Vec<_> = form.steps.iter().map(|step| step.hint.as_deref()).collect();
        assert_eq!(hints, [Some("Help. None is needed."), Some("None is needed."), None]);
        assert_eq!(check_step(&form.steps[1], &Answers::default()), Ok(()));
    }
}
