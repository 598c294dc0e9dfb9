//! Forms of the families': what every one of them has, whoever fills it in.

pub(super) mod files;
mod filled;
mod filler;
pub(super) mod step;
pub(super) mod tasks;

use app::{
    rules::{
        form::{Eligible, Form},
        london,
    },
    ui::answered::StepShown,
};
use chrono::{DateTime, Utc};

pub(super) use self::{
    filled::{Acts, Filled},
    filler::Filler,
};
use crate::{
    forms::FormKind,
    store::{AddressesOff, Child, Draft, Drafter, FormKept, seen},
    web::{Failure, Portal},
};

/// How much of a form's fingerprint pages show.
const SHOWN: usize = 12;

/// A begun form.
#[derive(Debug)]
pub(super) struct Begun {
    /// The draft.
    pub draft: Draft,
    /// The form's version and text.
    pub kept: FormKept,
    /// Its questions.
    pub form: Form,
    /// The children it can be about.
    pub children: Vec<Child>,
}

impl Begun {
    /// The children it can be about, as rules take them.
    pub(super) fn eligible(&self) -> Vec<Eligible> {
        self.children.iter().map(|child| Eligible { pupil: child.pupil_id.clone(), year: child.year }).collect()
    }

    /// The same as a step offers them: id, whole name, class.
    pub(super) fn offered(&self) -> Vec<(String, String, String)> {
        let offered = |child: &Child| (child.pupil_id.to_string(), child.full_name.clone(), child.class.clone());
        self.children.iter().map(offered).collect()
    }

    /// The chosen ones, each with the class.
    pub(super) fn chosen(&self) -> Vec<String> {
        let chosen = |child: &&Child| {
            self.draft.answers.list(app::rules::form::CHILDREN).any(|id| id == child.pupil_id.as_str())
        };
        self.children.iter().filter(chosen).map(|child| format!("{}, {}", child.full_name, child.class)).collect()
    }
}

/// The form that counts, or the one of a version.
pub(super) async fn form(portal: &Portal, kind: &FormKind, version: Option<i64>) -> Result<(FormKept, Form), Failure> {
    let kept = match version {
        None => portal.school.form(kind.name).await?,
        Some(version) => portal.school.form_at(kind.name, version).await?,
    };
    let kept = kept.ok_or(Failure::Unavailable)?;
    let form = kind.read(&kept.body, &portal.policy.school_name).map_err(|error| {
        tracing::error!(%error, form = kind.name, version = kept.version, "a form cannot be read");
        Failure::Unavailable
    })?;
    Ok((kept, form))
}

/// The form as this guardian may fill it in: where the school keeps an address secret it asks for none, and what was
/// answered before goes. Only the applicant's own form says why: somebody else's secret is nobody's business. `instead`
/// is what stands in the place of an address: of their own, of somebody else's; where both are the same, so is the form.
pub(super) async fn without_secrets(
    portal: &Portal,
    whose: &Drafter,
    (mut draft, mut form): (Draft, Form),
    [own, others]: [&'static str; 2],
) -> Result<(Draft, Form), Failure> {
    let instead = match portal.school.addresses_kept_off(&draft.guardian).await? {
        AddressesOff::No => return Ok((draft, form)),
        AddressesOff::Own => own,
        AddressesOff::Others => others,
    };
    if instead == own {
        form.intro = format!("{} {own}", form.intro);
    }
    let typed: Vec<_> = form.addresses().filter(|key| !draft.answers.get(key).is_empty()).map(str::to_owned).collect();
    if !typed.is_empty() {
        let knew = seen(&draft.answers, typed.iter().map(String::as_str));
        let gone: Vec<_> = typed.into_iter().map(|key| (key, String::new())).collect();
        for (key, nothing) in &gone {
            draft.answers.set(key, nothing.as_str());
        }
        portal.school.save_draft(whose, &draft.draft, (gone, knew), portal.now()).await?;
    }
    Ok((draft, form.without_addresses(instead)))
}

/// Hides what a family wrote, where words are hidden: for a projector.
pub(super) fn hide_answers(portal: &Portal, form: &Form, steps: &mut [StepShown]) {
    let own = steps.iter_mut().filter(|step| form.step(&step.key).is_some_and(|step| !step.built_in));
    let answers = own.flat_map(|step| &mut step.facts).filter_map(|(_, answer)| answer.as_mut());
    answers.for_each(|answer| portal.words().messages.hidden.clone_into(answer));
}

/// A form's version and the beginning of its fingerprint, as pages show them.
pub(super) fn version_shown(kept: &FormKept) -> (i64, String) {
    (kept.version, kept.sha256.chars().take(SHOWN).collect())
}

/// The written time in London, to the second, with its date.
pub(super) fn to_the_second(portal: &Portal, at: DateTime<Utc>) -> String {
    let local = london::local(at);
    format!("{}, {}", (portal.words().common.long_date)(local.date()), london::clock_seconds(local.time()))
}
