//! The headteacher's decision: what was typed becomes, session by session, a code for each child.
//!
//! Source: SI 2024/208 reg 11: only the headteacher or who she names, only in exceptional circumstances, and
//! only in advance (domain 5.1). `S` is never offered; what came too late never becomes `C`.

use std::collections::BTreeSet;

use super::{Outcome, REFUSED, may_grant};
use crate::rules::{calendar::SessionDay, code::Code, form::Answers, id::LeaveId, policy::LeavePolicy, text::tidy};

/// How many characters the headteacher's own words may have.
pub const WORDS_MOST: usize = 2000;

/// The key of the question that asks what the leave is for.
pub const KIND: &str = "kind";

/// The codes that stand first in the decision's lists, by what the leave is for: of an agreed session, `None` where
/// the headteacher has to choose, and of one that is not agreed.
#[must_use]
pub fn proposed_codes(answers: &Answers, in_advance: bool) -> (Option<Code>, Code) {
    let kind = answers.get(KIND);
    let granted = match kind {
        "religious" => Code::R,
        "performance" => Code::C1,
        "medical-abroad" => Code::M,
        "exam" => Code::J1,
        _ => Code::C,
    };
    let refused = if kind == "holiday" { Code::G } else { Code::O };
    (Some(granted).filter(|code| may_grant(*code, in_advance)), refused)
}

/// One answer as it was typed: for all children, or for one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AnswerForm {
    /// "all", "part" or "none".
    pub answer: String,
    /// The code of agreed sessions.
    pub code: String,
    /// The code proposed for the others.
    pub refused: String,
    /// The sessions agreed of a part, by [`session_key`].
    pub agreed: Vec<String>,
    /// Codes of single sessions, by [`session_key`]; "" is [`AnswerForm::code`].
    pub codes: Vec<(String, String)>,
}

/// A decision as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecideForm {
    /// Whether each child has an answer of its own.
    pub apart: bool,
    /// The answer for all children.
    pub together: AnswerForm,
    /// The answer for each.
    pub each: Vec<(LeaveId, AnswerForm)>,
    /// The keys of the reasons chosen.
    pub reasons: Vec<String>,
    /// The headteacher's own words.
    pub words: String,
}

/// What can be decided: one child's request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToDecide {
    /// The request.
    pub leave: LeaveId,
    /// The sessions asked for, in order.
    pub sessions: Vec<SessionDay>,
}

/// One session of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ruled {
    /// Which.
    pub at: SessionDay,
    /// Whether it is agreed.
    pub granted: bool,
    /// Its code; of one that is not agreed the one proposed.
    pub code: Code,
}

/// What was decided for one child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChildDecision {
    /// The request.
    pub leave: LeaveId,
    /// All, some or none.
    pub outcome: Outcome,
    /// Every session asked for, in order.
    pub sessions: Vec<Ruled>,
    /// The reasons as people read them.
    pub reasons: Vec<String>,
    /// The headteacher's own words.
    pub words: Option<String>,
}

/// For whom: one child, or all together.
pub type Scope = Option<LeaveId>;

/// What is wrong with a decision, in the order of its form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecideProblem {
    /// Nothing is chosen.
    NoAnswer(Scope),
    /// A part without a session.
    NothingAgreed(Scope),
    /// No code, or one that leave cannot be agreed with.
    NoCode(Scope),
    /// `C`, for what came after the absence began.
    NotInAdvance(Scope),
    /// This reason does not go with what was decided.
    Reason(String),
    /// Neither a reason nor words.
    NoReason,
    /// Too many words: how many characters there may be.
    TooLong(usize),
}

/// The name of a session in forms.
#[must_use]
pub fn session_key(at: SessionDay) -> String {
    format!("{} {}", at.date, at.session)
}

/// Looks a decision over. With [`DecideForm::apart`] a child without an answer is left as it is.
///
/// # Errors
/// What has to be put right.
pub fn check_decision(
    form: &DecideForm,
    asked: &[ToDecide],
    in_advance: bool,
    policy: &LeavePolicy,
) -> Result<Vec<ChildDecision>, Vec<DecideProblem>> {
    let mut problems = Vec::new();
    let mut decided = Vec::new();
    for child in asked {
        let own = form.each.iter().find(|(leave, _)| *leave == child.leave).map(|(_, answer)| answer);
        let (scope, answer) = match own.filter(|_| form.apart) {
            Some(answer) if answer.answer.is_empty() => continue,
            Some(answer) => (Some(child.leave.clone()), answer),
            None if form.apart => continue,
            None => (None, &form.together),
        };
        match answer.rule(&child.sessions, in_advance, scope) {
            Ok(sessions) => decided.push((child, sessions)),
            Err(problem) if problems.contains(&problem) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if decided.is_empty() && problems.is_empty() {
        problems.push(DecideProblem::NoAnswer(None));
    }
    let chosen: Vec<_> = policy.reasons.iter().filter(|reason| form.reasons.contains(&reason.key)).collect();
    let words = tidy(&form.words, WORDS_MOST).unwrap_or_else(|long| {
        problems.push(DecideProblem::TooLong(long.most));
        None
    });
    let mut decisions = Vec::new();
    let mut used = BTreeSet::new();
    for (child, sessions) in decided {
        let granted = sessions.iter().filter(|session| session.granted).count();
        let outcome = Outcome::of(granted, sessions.len());
        let fitting: Vec<_> = chosen.iter().filter(|reason| reason.stands.with(outcome)).collect();
        used.extend(fitting.iter().map(|reason| reason.key.as_str()));
        let reasons = fitting.into_iter().map(|reason| reason.label.clone()).collect();
        decisions.push(ChildDecision { leave: child.leave.clone(), outcome, sessions, reasons, words: words.clone() });
    }
    if !decisions.is_empty() {
        let elsewhere = chosen.iter().filter(|reason| !used.contains(reason.key.as_str()));
        problems.extend(elsewhere.map(|reason| DecideProblem::Reason(reason.label.clone())));
    }
    if words.is_none() && decisions.iter().any(|decision| decision.reasons.is_empty()) && problems.is_empty() {
        problems.push(DecideProblem::NoReason);
    }
    if problems.is_empty() { Ok(decisions) } else { Err(problems) }
}

impl AnswerForm {
    /// The sessions as this answer decides them.
    fn rule(&self, sessions: &[SessionDay], in_advance: bool, scope: Scope) -> Result<Vec<Ruled>, DecideProblem> {
        let some = match self.answer.as_str() {
            "all" => None,
            "part" => Some(&self.agreed),
            "none" => Some(&Vec::new()),
            _ => return Err(DecideProblem::NoAnswer(scope)),
        };
        let is_granted = |at: SessionDay| some.is_none_or(|agreed| agreed.contains(&session_key(at)));
        // Of several children one may have no school in the sessions of the others: for it none is agreed then.
        if self.answer == "part" && self.agreed.is_empty() {
            return Err(DecideProblem::NothingAgreed(scope));
        }
        sessions
            .iter()
            .map(|at| {
                let granted = is_granted(*at);
                let code = if granted { self.granting(*at, in_advance, &scope)? } else { self.refusing(&scope)? };
                Ok(Ruled { at: *at, granted, code })
            })
            .collect()
    }

    fn granting(&self, at: SessionDay, in_advance: bool, scope: &Scope) -> Result<Code, DecideProblem> {
        let key = session_key(at);
        // Codes of single sessions stand beside the boxes of a part, and count there alone.
        let own = self.codes.iter().find(|(of, code)| self.answer == "part" && *of == key && !code.is_empty());
        let letters = own.map_or(self.code.as_str(), |(_, code)| code);
        match Code::parse(letters) {
            Some(code) if may_grant(code, in_advance) => Ok(code),
            Some(Code::C) => Err(DecideProblem::NotInAdvance(scope.clone())),
            _ => Err(DecideProblem::NoCode(scope.clone())),
        }
    }

    fn refusing(&self, scope: &Scope) -> Result<Code, DecideProblem> {
        let code = Code::parse(&self.refused).filter(|code| REFUSED.contains(code));
        code.ok_or_else(|| DecideProblem::NoCode(scope.clone()))
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::rules::{
        calendar::Session,
        policy::{LeaveReason, NoticeAmounts, ReasonFor},
    };

    fn at(day: u32, session: Session) -> SessionDay {
        SessionDay { date: NaiveDate::from_ymd_opt(2026, 12, day).unwrap_or_default(), session }
    }

    fn leave(byte: u8) -> LeaveId {
        LeaveId::from_bytes([byte; 16])
    }

    fn asked(children: u8) -> Vec<ToDecide> {
        let sessions = || [14, 15].into_iter().flat_map(|day| Session::BOTH.map(|half| at(day, half))).collect();
        (1..=children).map(|byte| ToDecide { leave: leave(byte), sessions: sessions() }).collect()
    }

    fn policy() -> LeavePolicy {
        let reason = |key: &str, stands| LeaveReason { key: key.into(), label: format!("Because {key}."), stands };
        LeavePolicy {
            reasons: vec![
                reason("rare", ReasonFor::Granted),
                reason("long", ReasonFor::Refused),
                reason("any", ReasonFor::Both),
            ],
            tests: Vec::new(),
            notice: NoticeAmounts {
                first_low: 80,
                first_high: 160,
                first_low_days: 21,
                first_high_days: 28,
                second: 160,
            },
        }
    }

    fn answer(word: &str) -> AnswerForm {
        AnswerForm { answer: word.into(), code: "C".into(), refused: "G".into(), ..AnswerForm::default() }
    }

    fn form(word: &str) -> DecideForm {
        DecideForm { together: answer(word), reasons: vec!["any".into()], ..DecideForm::default() }
    }

    fn letters(decision: &ChildDecision) -> String {
        decision.sessions.iter().map(|one| one.code.letters()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn all_part_and_none_give_every_session_its_code() {
        let decide = |form: &DecideForm| check_decision(form, &asked(1), true, &policy()).unwrap_or_default();
        let all = decide(&form("all"));
        assert_eq!((all[0].outcome, letters(&all[0]).as_str()), (Outcome::Granted, "C C C C"));
        let none = decide(&form("none"));
        assert_eq!((none[0].outcome, letters(&none[0]).as_str()), (Outcome::Refused, "G G G G"));
        let mut part = form("part");
        part.together.agreed = vec!["2026-12-14 AM".into(), "2026-12-15 PM".into()];
        part.together.codes = vec![("2026-12-15 PM".into(), "R".into()), ("2026-12-14 AM".into(), String::new())];
        let part = decide(&part);
        assert_eq!((part[0].outcome, letters(&part[0]).as_str()), (Outcome::GrantedInPart, "C G G R"));
        assert_eq!(part[0].reasons, ["Because any."]);
    }

    #[test]
    fn s_and_codes_of_the_register_are_never_granted_and_c_only_in_advance() {
        let problems = |code: &str, in_advance| {
            let mut form = form("all");
            form.together.code = code.into();
            check_decision(&form, &asked(1), in_advance, &policy()).err().unwrap_or_default()
        };
        for code in ["S", "C2", "I", "O", "/", "", "c"] {
            assert_eq!(problems(code, true), [DecideProblem::NoCode(None)], "{code}");
        }
        assert_eq!(problems("C", false), [DecideProblem::NotInAdvance(None)]);
        for code in ["C1", "R", "M", "T", "J1"] {
            assert_eq!((problems(code, true), problems(code, false)), (vec![], vec![]), "{code}");
        }
        let mut form = form("none");
        form.together.refused = "I".into();
        assert!(check_decision(&form, &asked(1), true, &policy()).is_err());
        // In a part the code of a single session is asked about too.
        let mut part = DecideForm { together: answer("part"), ..form.clone() };
        part.together.agreed = vec!["2026-12-14 AM".into()];
        part.together.codes = vec![("2026-12-14 AM".into(), "S".into())];
        assert_eq!(check_decision(&part, &asked(1), true, &policy()), Err(vec![DecideProblem::NoCode(None)]));
    }

    #[test]
    fn children_get_the_same_answer_or_each_its_own_and_who_has_none_is_left_alone() {
        let together = check_decision(&form("all"), &asked(2), true, &policy()).unwrap_or_default();
        assert_eq!(together.iter().map(|one| one.outcome).collect::<Vec<_>>(), [Outcome::Granted; 2]);
        let mut apart = DecideForm { apart: true, ..form("all") };
        apart.each = vec![(leave(1), answer("none")), (leave(2), answer(""))];
        let decided = check_decision(&apart, &asked(2), true, &policy()).unwrap_or_default();
        assert_eq!(
            decided.iter().map(|one| (one.leave.clone(), one.outcome)).collect::<Vec<_>>(),
            [(leave(1), Outcome::Refused)]
        );
        apart.each = vec![(leave(1), answer("")), (leave(2), answer("part"))];
        let part = check_decision(&apart, &asked(2), true, &policy());
        assert_eq!(part, Err(vec![DecideProblem::NothingAgreed(Some(leave(2)))]));
        apart.each.clear();
        assert_eq!(check_decision(&apart, &asked(2), true, &policy()), Err(vec![DecideProblem::NoAnswer(None)]));
        assert_eq!(check_decision(&form(""), &asked(2), true, &policy()), Err(vec![DecideProblem::NoAnswer(None)]));
    }

    #[test]
    fn a_decision_has_a_reason_that_goes_with_it_or_words() {
        let check = |word: &str, reasons: &[&str], words: &str| {
            let reasons = reasons.iter().map(|key| (*key).to_owned()).collect();
            let form = DecideForm { reasons, words: words.into(), ..form(word) };
            check_decision(&form, &asked(1), true, &policy()).map(|all| all[0].reasons.len())
        };
        assert_eq!(check("all", &[], " "), Err(vec![DecideProblem::NoReason]));
        assert_eq!(check("all", &["made-up"], ""), Err(vec![DecideProblem::NoReason]));
        assert_eq!(check("all", &[], "As we said."), Ok(0));
        assert_eq!(check("all", &["rare", "any"], ""), Ok(2));
        assert_eq!(check("none", &["rare", "any"], ""), Err(vec![DecideProblem::Reason("Because rare.".into())]));
        let long = check("none", &["any"], &"x".repeat(WORDS_MOST + 1));
        assert_eq!(long, Err(vec![DecideProblem::TooLong(WORDS_MOST)]));
        // Two children, two answers: each takes the reasons that go with its own.
        let mut apart =
            DecideForm { apart: true, reasons: vec!["rare".into(), "long".into()], ..DecideForm::default() };
        apart.each = vec![(leave(1), answer("all")), (leave(2), answer("none"))];
        let decided = check_decision(&apart, &asked(2), true, &policy()).unwrap_or_default();
        let reasons: Vec<_> = decided.iter().map(|one| one.reasons.join(" ")).collect();
        assert_eq!(reasons, ["Because rare.", "Because long."]);
    }

    #[test]
    fn the_kind_of_leave_proposes_the_codes() {
        let of = |kind: &str, in_advance| {
            let mut answers = Answers::default();
            answers.set(KIND, kind);
            let (granted, refused) = proposed_codes(&answers, in_advance);
            (granted.map_or("", Code::letters), refused.letters())
        };
        assert_eq!(of("religious", false), ("R", "O"));
        assert_eq!(of("performance", true), ("C1", "O"));
        assert_eq!(of("medical-abroad", true), ("M", "O"));
        assert_eq!(of("exam", true), ("J1", "O"));
        assert_eq!(of("holiday", true), ("C", "G"));
        assert_eq!(of("family", false), ("", "O"));
        assert_eq!(of("", true), ("C", "O"));
    }
}
