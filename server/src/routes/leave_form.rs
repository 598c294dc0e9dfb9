//! A begun form for leave, with everything it is checked against. Whose it is, is an argument: the office, typing in a
//! form that came on paper, asks the same.

mod fill;
pub(super) mod submit;

use std::collections::HashSet;

use app::{
    parent::leave::preview::ChildPreview,
    rules::{
        calendar::SessionDay,
        compulsory_age::compulsory_from,
        form::{Answers, Step},
        id::{PupilId, SubmissionId},
        leave::{Count, Family, Span, StepProblem, key, may_apply, may_hand_in, preview, received},
    },
    ui::{
        answered::{Named, StepShown, steps},
        errors::Said,
    },
};
use chrono::{DateTime, NaiveDate, Utc};

use super::form::{Begun, form, without_secrets};
use crate::{
    forms,
    store::{Child, Drafter, OtherGuardian},
    web::{Failure, Portal},
};

/// A begun form for leave.
#[derive(Debug)]
pub(super) struct Filling {
    /// The draft, the form and the children the applicant may ask for.
    pub begun: Begun,
    /// The others who may be asked to sign for the chosen ones.
    pub others: Vec<OtherGuardian>,
    /// London's today.
    pub today: NaiveDate,
    /// Whether it came on paper.
    pub on_paper: bool,
    /// Of one on paper, whose it is: the whole name.
    pub guardian: Option<String>,
}

/// The draft and what it is checked against. `None` where there is none of theirs.
pub(super) async fn load(portal: &Portal, whose: &Drafter, draft: &SubmissionId) -> Result<Option<Filling>, Failure> {
    let Some(draft) = portal.school.draft(whose, draft, portal.now()).await? else { return Ok(None) };
    let today = portal.today();
    let mut children = portal.school.children_living_with(&draft.guardian, today).await?;
    match whose {
        Drafter::Guardian(_) => children.retain(|child| may_apply(child.link, true)),
        Drafter::Staff(_) => children.retain(|child| may_hand_in(child.link, true)),
    }
    let chosen: Vec<PupilId> = children
        .iter()
        .filter(|child| draft.answers.list(key::CHILDREN).any(|id| id == child.pupil_id.as_str()))
        .map(|child| child.pupil_id.clone())
        .collect();
    let others = portal.school.who_may_sign(&draft.guardian, &chosen).await?;
    let (kept, mut form) = form(portal, &forms::LEAVE, None).await?;
    let on_paper = matches!(whose, Drafter::Staff(_));
    let words = portal.words();
    let w = &words.leave;
    let mut guardian = None;
    let mut instead = [w.address_secret, w.no_address_needed];
    if on_paper {
        // What it would come to is the family's to see before they sign.
        form.steps.retain(|step| !(step.built_in && step.key == "preview"));
        words.leave_paper.intro.clone_into(&mut form.intro);
        guardian = portal.school.guardian_name(&draft.guardian).await?;
        // Staff see the mark anyway, and the paper may show what must not be typed.
        instead = [words.leave_paper.address_secret; 2];
    }
    let (draft, form) = without_secrets(portal, whose, (draft, form), instead).await?;
    Ok(Some(Filling { begun: Begun { draft, kept, form, children }, others, today, on_paper, guardian }))
}

impl Filling {
    /// What it is checked against.
    pub(super) fn family<'a>(&self, portal: &'a Portal) -> Family<'a> {
        Family {
            children: self.begun.eligible(),
            others: self.others.iter().map(|other| other.guardian.clone()).collect(),
            calendar: &portal.policy.calendar,
            today: self.today,
            on_paper: self.on_paper,
        }
    }

    /// What a step still needs, as people read it.
    pub(super) fn said(&self, portal: &Portal, step: &Step, answers: &Answers) -> Vec<Said> {
        let problems = self.family(portal).problems(step, answers);
        let label = |key: &str| step.questions.iter().find(|one| one.key == key).map_or("", |one| one.label.as_str());
        let said = |problem: &StepProblem| said(portal, problem, label(problem.answer()));
        problems.iter().map(|problem| (problem.answer().to_owned(), said(problem))).collect()
    }

    fn child(&self, pupil: &PupilId) -> Option<&Child> {
        self.begun.children.iter().find(|child| child.pupil_id == *pupil)
    }

    /// What the dates come to, a line for each child where they differ; nothing while they cannot be counted.
    pub(super) fn comes_to(&self, portal: &Portal, answers: &Answers) -> Vec<String> {
        let w = &portal.words().leave;
        let family = self.family(portal);
        let Ok((span, sessions)) = family.sessions(answers) else { return Vec::new() };
        let said = counts(portal, &span, &sessions, |pupil| self.child(pupil).map(|child| child.called.clone()));
        let mut lines = said;
        for child in family.chosen(answers) {
            if !sessions.iter().any(|(pupil, _)| *pupil == child.pupil)
                && let Some(child) = self.child(&child.pupil)
            {
                lines.push((w.no_school_for)(&child.called));
            }
        }
        if !portal.policy.calendar.unconfirmed_in(span.first.date..=span.back).is_empty() {
            lines.push(w.unconfirmed.to_owned());
        }
        lines
    }

    /// What the answers of the built-in steps name.
    pub(super) fn named(&self, portal: &Portal) -> Named {
        let answers = &self.begun.draft.answers;
        let asked = self.others.iter().filter(|other| answers.list(key::ASK).any(|id| id == other.guardian.as_str()));
        Named {
            question: portal.words().leave.children,
            children: self.begun.chosen(),
            span: Span::read(|key| answers.get(key), self.today).ok(),
            comes_to: self.comes_to(portal, answers),
            asked: asked.map(|other| other.name.clone()).collect(),
            last_day: None,
        }
    }

    /// The answers as people read them.
    pub(super) fn steps(&self, portal: &Portal) -> Vec<StepShown> {
        steps(portal.words(), &self.begun.form, &self.begun.draft.answers, &self.named(portal))
    }

    /// What it would come to for each child; none while children or dates are missing.
    pub(super) async fn previews(&self, portal: &Portal) -> Result<Vec<ChildPreview>, Failure> {
        let Ok((_, sessions)) = self.family(portal).sessions(&self.begun.draft.answers) else { return Ok(Vec::new()) };
        let mut previews = Vec::new();
        for (pupil, leave) in sessions {
            let Some(child) = self.child(&pupil) else { continue };
            let found = preview_of(portal, &pupil, child.year, &leave).await?;
            if let Some((preview, incomplete)) = found {
                previews.push(ChildPreview {
                    called: child.called.clone(),
                    count: Count::of(&leave),
                    preview,
                    incomplete,
                });
            }
        }
        Ok(previews)
    }

    /// When the school had it: of one that is on paper the day that was given; else it comes now.
    pub(super) fn received(&self, portal: &Portal) -> DateTime<Utc> {
        let (now, answers) = (portal.now(), &self.begun.draft.answers);
        let day = Some(answers.get(key::RECEIVED_DAY)).filter(|_| self.on_paper);
        day.and_then(|day| received(day, answers.get(key::RECEIVED_TIME), now).ok()).unwrap_or(now)
    }

    /// Each child's sessions and whether the form comes before the first of them begins.
    pub(super) fn in_advance(&self, portal: &Portal, now: DateTime<Utc>) -> bool {
        let Ok((span, sessions)) = self.family(portal).sessions(&self.begun.draft.answers) else { return true };
        in_advance(portal, &span, &sessions, now)
    }
}

/// The sessions that are asked for, as a fingerprint: they hang on the calendar, not on the answers alone.
pub(super) fn asked(portal: &Portal, filling: &Filling) -> String {
    let sessions = filling.family(portal).sessions(&filling.begun.draft.answers).map(|(_, sessions)| sessions);
    let each = sessions
        .unwrap_or_default()
        .into_iter()
        .flat_map(|(pupil, sessions)| sessions.into_iter().map(move |at| format!("{pupil} {at}\n")));
    forms::fingerprint(&each.collect::<String>())
}

/// Whether a form comes before the first session of any of its children.
pub(super) fn in_advance(
    portal: &Portal,
    span: &Span,
    sessions: &[(PupilId, Vec<SessionDay>)],
    now: DateTime<Utc>,
) -> bool {
    sessions.iter().all(|(_, sessions)| span.in_advance(sessions, &portal.policy.times, now))
}

/// What would be the highest count for a child if this leave were not agreed, and whether marks are missing from it.
pub(super) async fn preview_of(
    portal: &Portal,
    pupil: &PupilId,
    year: i64,
    leave: &[SessionDay],
) -> Result<Option<(app::rules::leave::Preview, bool)>, Failure> {
    let known = portal.school.roll_child(pupil).await?.ok_or(Failure::NotFound)?.known;
    let today = portal.today();
    let calendar = portal.policy.calendar.for_year_group(year, today);
    let Some(begins) = calendar.terms().first().map(|term| term.first) else { return Ok(None) };
    let last = calendar.last_day().unwrap_or(today);
    let marks = portal.school.marks_of(pupil, begins..=last).await?;
    let held: Vec<_> =
        marks.iter().map(|mark| (SessionDay { date: mark.date, session: mark.session }, mark.code)).collect();
    let found = preview(&held, leave, today, Some(compulsory_from(known.born)), &calendar);
    Ok(found.map(|found| {
        let days: HashSet<NaiveDate> = marks.iter().map(|mark| mark.date).collect();
        let past = found.highest.first..=today.pred_opt().unwrap_or(today).min(found.highest.last);
        let open = calendar.open_sessions(past);
        let missing = open.iter().any(|at| at.date >= known.admitted && !days.contains(&at.date));
        // A child who came from another school inside the window, whose marks are not here.
        let joined = known.admitted > found.highest.first && !marks.iter().any(|mark| mark.date < known.admitted);
        (found, missing || (joined && known.admitted <= today))
    }))
}

/// What a span comes to: one line where it is the same for all, else one a child.
pub(super) fn counts(
    portal: &Portal,
    span: &Span,
    sessions: &[(PupilId, Vec<SessionDay>)],
    called: impl Fn(&PupilId) -> Option<String>,
) -> Vec<String> {
    let w = &portal.words().leave;
    let counted: Vec<(Option<String>, Count)> =
        sessions.iter().map(|(pupil, sessions)| (called(pupil), Count::of(sessions))).collect();
    match counted.as_slice() {
        [] => {
            span.on(&portal.policy.calendar).map(|count| (w.comes_to)(count.sessions, count.days)).into_iter().collect()
        }
        [(_, first), rest @ ..] if rest.iter().all(|(_, count)| count == first) => {
            vec![(w.comes_to)(first.sessions, first.days)]
        }
        all => all
            .iter()
            .map(|(name, count)| (w.comes_to_for)(name.as_deref().unwrap_or_default(), count.sessions, count.days))
            .collect(),
    }
}

fn said(portal: &Portal, problem: &StepProblem, question: &str) -> String {
    let w = &portal.words().leave;
    match problem {
        StepProblem::Question(problem) => (w.why)(question, problem.why),
        StepProblem::NoChild => w.no_child.to_owned(),
        StepProblem::NotSaid => w.not_said.to_owned(),
        StepProblem::Span(problem) => (w.span)(*problem).to_owned(),
        StepProblem::NoOther => w.no_other.to_owned(),
        StepProblem::NoSigner => w.no_signer.to_owned(),
        StepProblem::NotSeen => w.not_seen.to_owned(),
    }
}
