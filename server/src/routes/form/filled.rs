//! What the pages of every form need of it.

use app::{
    parent::form::step::Body,
    paths::Hand,
    rules::{
        form::{Answers, Step, open_steps},
        id::SubmissionId,
        reference::Reference,
    },
    ui::{answered::StepShown, errors::Said},
    words::Words,
};
use axum::response::Response;

use super::{Begun, Filler};
use crate::{
    store::{Drafter, FormSent},
    web::{Failure, Portal, session::Parent},
};

/// What a form's acts are called among those that are counted.
pub(in crate::routes) struct Acts {
    pub(in crate::routes) save: &'static str,
    pub(in crate::routes) sign: &'static str,
    pub(in crate::routes) drop: &'static str,
    pub(in crate::routes) add_file: &'static str,
    pub(in crate::routes) remove_file: &'static str,
}

/// A form that is begun, with everything it is checked against: what the pages of every form need of it.
pub(in crate::routes) trait Filled: Sized + Send + Sync {
    /// Where its family's pages stand.
    const HAND: Hand;
    /// What its acts are called among those that are counted.
    const ACTS: Acts;

    /// A draft with what it is checked against. `None` where there is none of theirs.
    fn load(
        portal: &Portal,
        whose: &Drafter,
        draft: &SubmissionId,
    ) -> impl Future<Output = Result<Option<Self>, Failure>> + Send;

    /// The draft, the form and the children.
    fn begun(&self) -> &Begun;

    /// The keys of the answers that a built-in step posts.
    fn own_answers(step: &str) -> &'static [&'static str];

    /// What a step still needs, as people read it.
    fn said(&self, portal: &Portal, step: &Step, answers: &Answers) -> Vec<Said>;

    /// What a step asks.
    fn body(&self, portal: &Portal, step: &Step, answers: &Answers) -> Body;

    /// The answers as people read them.
    fn steps(&self, portal: &Portal) -> Vec<StepShown>;

    /// What children and dates come to, while the steps are shown.
    fn comes_to(&self, _: &Portal, _: &Answers) -> Vec<String> {
        Vec::new()
    }

    /// What to know before signing.
    fn notes(&self, _: &Portal) -> Vec<String> {
        Vec::new()
    }

    /// What is signed besides the answers, as a fingerprint: what hangs on the calendar.
    fn counted(&self, _: &Portal) -> String {
        String::new()
    }

    /// Whether it came on paper: what was left blank there is complete.
    fn on_paper(&self) -> bool {
        false
    }

    /// Whose it is, of one on paper.
    fn of(&self, _: &Portal) -> Option<String> {
        None
    }

    /// Answers that must not be kept beside the others.
    fn to_forget(_: &Answers) -> &'static [&'static str] {
        &[]
    }

    /// Where a step leads that ends here and not with a signature.
    fn instead(&self, _: &Step) -> Option<String> {
        None
    }

    /// A step that has a page of its own.
    fn own_page(
        &self,
        _: &Portal,
        _: &Filler<'_>,
        _: &Step,
        _: (String, bool),
    ) -> impl Future<Output = Result<Option<Response>, Failure>> + Send {
        async { Ok(None) }
    }

    /// Sends it, signed with this name by who has seen these answers.
    fn submit(
        &self,
        portal: &Portal,
        parent: &Parent,
        name: String,
        seen: String,
    ) -> impl Future<Output = Result<FormSent, Failure>> + Send;

    /// What to say where the one it was to take the place of can no longer be changed.
    fn cannot_change(words: &'static Words) -> &'static str;

    /// Where it stands once it was sent.
    fn sent(reference: &Reference) -> String;

    /// Whether a guardian may still read what was sent.
    fn may_read(
        portal: &Portal,
        parent: &Parent,
        reference: &Reference,
    ) -> impl Future<Output = Result<bool, Failure>> + Send;

    /// Whether a step is complete.
    fn is_done(&self, portal: &Portal, step: &Step) -> bool {
        self.said(portal, step, &self.begun().draft.answers).is_empty()
    }

    /// The steps that are not complete, of those that are asked.
    fn missing(&self, portal: &Portal) -> Vec<&Step> {
        let begun = self.begun();
        open_steps(&begun.form, &begun.draft.answers).filter(|step| !self.is_done(portal, step)).collect()
    }
}
