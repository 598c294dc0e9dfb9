//! A begun notice that a child leaves, with everything it is checked against; and one that was sent, as people read it.

use app::{
    parent::form::step::Body,
    paths::{self, Hand},
    rules::{
        form::{Answers, Form, Step, asked},
        id::{GuardianId, PupilId, SubmissionId},
        leaving::{DayProblem, Kind, Leavers, Reason, StepProblem, Whereabouts, key, may_give_notice},
        reference::Reference,
    },
    ui::{
        answered::{Named, StepShown, steps},
        errors::Said,
    },
    words::Words,
};
use chrono::NaiveDate;

use super::form::{Acts, Begun, Filled, form, to_the_second, version_shown, without_secrets};
use crate::{
    forms,
    store::{Child, Drafter, FormSent, NewMail, NewNotice, NoticeOrMeeting, NoticeRecord},
    web::{Failure, Portal, session::Parent},
};

/// A begun notice.
#[derive(Debug)]
pub(super) struct Filling {
    /// The draft, the form and the children whose parent the applicant is.
    pub begun: Begun,
    /// London's today.
    pub today: NaiveDate,
}

/// The children for whom a guardian may give notice.
pub(super) async fn eligible(portal: &Portal, guardian: &GuardianId) -> Result<Vec<Child>, Failure> {
    let mut children = portal.school.children_in_care(guardian, portal.today()).await?;
    // Household or responsibility: the store has asked.
    children.retain(|child| may_give_notice(child.link, true, true));
    Ok(children)
}

impl Filling {
    /// What it is checked against.
    fn leavers<'a>(&self, portal: &'a Portal) -> Leavers<'a> {
        Leavers { children: self.begun.eligible(), calendar: &portal.policy.calendar, today: self.today }
    }

    /// The chosen children.
    pub(super) fn children(&self, portal: &Portal) -> Vec<PupilId> {
        self.leavers(portal).chosen(&self.begun.draft.answers).into_iter().map(|child| child.pupil.clone()).collect()
    }

    /// What the answers of the built-in steps name.
    fn named(&self, portal: &Portal) -> Named {
        Named {
            question: portal.words().leaving.children,
            children: self.begun.chosen(),
            last_day: self.leavers(portal).last_day(&self.begun.draft.answers).ok(),
            ..Named::default()
        }
    }

    /// The submission of it, as far as it is the same for a notice and for a meeting.
    pub(super) fn sends(&self, portal: &Portal, parent: &Parent, seen: String, what: NoticeOrMeeting) -> NewNotice {
        let answers = &self.begun.draft.answers;
        NewNotice {
            guardian: parent.guardian.clone(),
            submission: self.begun.draft.draft.clone(),
            seen,
            shown: answers.clone(),
            answers: asked(&self.begun.form, answers),
            form_version: self.begun.kept.version,
            children: self.children(portal),
            what,
            at: portal.now(),
        }
    }
}

/// The mail that says that something was received, and nothing of what it is.
pub(super) async fn received(
    portal: &Portal,
    parent: &Parent,
) -> Result<impl FnOnce(&Reference) -> NewMail + Send + 'static, Failure> {
    let to = portal.school.own_inbox(&parent.guardian).await?;
    let (school, origin) = (portal.policy.school_name.clone(), portal.address(""));
    let (wording, when) = (portal.words().mail.received, to_the_second(portal, portal.now()));
    Ok(move |reference: &Reference| {
        let link = format!("{origin}{}", paths::leaving_notice(reference));
        let (subject, body) = wording(&school, &reference.to_string(), &when, &link);
        NewMail { to, kind: "leaving", subject, body }
    })
}

impl Filled for Filling {
    const HAND: Hand = Hand::Leaving;
    const ACTS: Acts = Acts {
        save: "save_leaving",
        sign: "sign_leaving",
        drop: "drop_leaving",
        add_file: "add_leaving_file",
        remove_file: "remove_leaving_file",
    };

    async fn load(portal: &Portal, whose: &Drafter, draft: &SubmissionId) -> Result<Option<Self>, Failure> {
        let Some(draft) = portal.school.draft(whose, draft, portal.now()).await? else { return Ok(None) };
        let children = eligible(portal, &draft.guardian).await?;
        let (kept, form) = form(portal, &forms::LEAVING, None).await?;
        let instead = [portal.words().leaving.address_by_phone; 2];
        let (draft, form) = without_secrets(portal, whose, (draft, form), instead).await?;
        Ok(Some(Self { begun: Begun { draft, kept, form, children }, today: portal.today() }))
    }

    fn begun(&self) -> &Begun {
        &self.begun
    }

    fn own_answers(step: &str) -> &'static [&'static str] {
        match step {
            "children" => &[key::CHILDREN],
            _ => &[key::LAST_DAY],
        }
    }

    fn said(&self, portal: &Portal, step: &Step, answers: &Answers) -> Vec<Said> {
        let (l, w) = (&portal.words().leave, &portal.words().leaving);
        let label = |key: &str| step.questions.iter().find(|one| one.key == key).map_or("", |one| one.label.as_str());
        let said = |problem: &StepProblem| match problem {
            StepProblem::Question(problem) => (l.why)(label(&problem.question), problem.why),
            StepProblem::NoChild => l.no_child.to_owned(),
            StepProblem::Day(problem) => (w.day)(*problem).to_owned(),
            StepProblem::HomeEducation => w.not_here.to_owned(),
            StepProblem::Stays => w.stays.to_owned(),
        };
        let problems = self.leavers(portal).problems(step, answers);
        problems.iter().map(|problem| (problem.answer().to_owned(), said(problem))).collect()
    }

    fn body(&self, portal: &Portal, step: &Step, answers: &Answers) -> Body {
        let w = &portal.words().leaving;
        match (step.built_in, step.key.as_str()) {
            (true, "children") => Body::Children(self.begun.offered(), false),
            (true, _) => {
                let gone = self.leavers(portal).last_day(answers).is_ok_and(|day| day < self.today);
                let notes = gone.then(|| w.gone.to_owned()).into_iter().collect();
                Body::Day(key::LAST_DAY, w.last_day, w.last_day_hint, notes)
            }
            (false, _) => Body::Questions(step.questions.clone()),
        }
    }

    fn steps(&self, portal: &Portal) -> Vec<StepShown> {
        steps(portal.words(), &self.begun.form, &self.begun.draft.answers, &self.named(portal))
    }

    fn notes(&self, portal: &Portal) -> Vec<String> {
        let w = &portal.words().leaving;
        let gone = self.leavers(portal).last_day(&self.begun.draft.answers).is_ok_and(|day| day < self.today);
        gone.then(|| w.gone.to_owned()).into_iter().collect()
    }

    fn to_forget(answers: &Answers) -> &'static [&'static str] {
        // What was typed before somebody said that it must stay secret.
        let told = Whereabouts::parse(answers.get(key::WHEREABOUTS)) == Some(Whereabouts::Told);
        if told { &[] } else { &key::WHERE }
    }

    fn instead(&self, step: &Step) -> Option<String> {
        let asks = step.questions.iter().any(|question| question.key == key::REASON);
        let home = Reason::parse(self.begun.draft.answers.get(key::REASON)) == Some(Reason::HomeEducation);
        (asks && home).then(|| paths::leaving_meeting(&self.begun.draft.draft))
    }

    async fn submit(&self, portal: &Portal, parent: &Parent, name: String, seen: String) -> Result<FormSent, Failure> {
        let last_day =
            self.leavers(portal).last_day(&self.begun.draft.answers).map_err(|_: DayProblem| Failure::BadRequest)?;
        let new = self.sends(portal, parent, seen, NoticeOrMeeting::Notice(last_day, name));
        Ok(portal.school.send_notice(new, received(portal, parent).await?).await?)
    }

    fn cannot_change(words: &'static Words) -> &'static str {
        words.leaving.cannot_change
    }

    fn sent(reference: &Reference) -> String {
        paths::leaving_notice(reference)
    }

    async fn may_read(portal: &Portal, parent: &Parent, reference: &Reference) -> Result<bool, Failure> {
        Ok(portal.school.own_notice(&parent.guardian, reference).await?.is_some())
    }
}

/// What was sent, with the questions of its day: for the family's page, the school's page and the PDF file.
pub(super) struct Told {
    /// The steps with their answers.
    pub steps: Vec<StepShown>,
    /// The form of its day.
    pub form: Form,
    /// The form's version and the beginning of its fingerprint.
    pub version: (i64, String),
}

/// Reads it.
pub(super) async fn told(portal: &Portal, found: &NoticeRecord) -> Result<Told, Failure> {
    let (kept, form) = form(portal, &forms::LEAVING, Some(found.form_version)).await?;
    let named = Named {
        question: portal.words().leaving.children,
        children: found.children.iter().map(|child| format!("{}, {}", child.full_name, child.class)).collect(),
        last_day: (found.kind == Kind::Notice).then_some(found.last_day),
        ..Named::default()
    };
    let mut steps = steps(portal.words(), &form, &found.answers, &named);
    if found.kind == Kind::Meeting {
        // Nobody was asked the rest.
        steps.retain(|step| step.facts.iter().any(|(_, answer)| answer.is_some()));
    }
    Ok(Told { steps, version: version_shown(&kept), form })
}
