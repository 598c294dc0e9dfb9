//! In whose hands a begun form is: its family's, or the office's, which types in what came on paper. The pages are the
//! same; whose draft it is, where they stand and what they are drawn in differ.

use app::{parent::form::title, paths::Hand, rules::id::SubmissionId};
use axum::response::Response;
use leptos::prelude::IntoView;

use super::Filled;
use crate::{
    store::Drafter,
    web::{
        Failure, Portal, render,
        session::{Parent, Staff},
    },
};

/// Who fills a form in.
pub(in crate::routes) enum Filler<'a> {
    /// The applicant.
    Parent(&'a Parent),
    /// A member of staff who may prepare leave.
    Office(&'a Staff),
}

impl Filler<'_> {
    /// Which addresses the pages of this form have.
    pub(in crate::routes) fn hand<F: Filled>(&self) -> Hand {
        match self {
            Self::Parent(_) => F::HAND,
            Self::Office(_) => Hand::LeavePaper,
        }
    }

    /// Whose drafts they are.
    pub(in crate::routes) fn whose(&self) -> Drafter {
        match self {
            Self::Parent(parent) => Drafter::Guardian(parent.guardian.clone()),
            Self::Office(staff) => Drafter::Staff(staff.session.staff_id.clone()),
        }
    }

    /// The account that is counted.
    pub(in crate::routes) fn account(&self) -> &str {
        match self {
            Self::Parent(parent) => parent.guardian.as_str(),
            Self::Office(staff) => staff.session.staff_id.as_str(),
        }
    }

    /// A csrf token for a form on the page.
    pub(in crate::routes) fn csrf(&self) -> String {
        match self {
            Self::Parent(parent) => parent.device.csrf.clone(),
            Self::Office(staff) => staff.csrf.clone(),
        }
    }

    /// Notes that they have health words before them.
    pub(in crate::routes) async fn note(
        &self,
        portal: &Portal,
        what: &'static str,
        subject: &str,
    ) -> Result<(), Failure> {
        match self {
            Self::Parent(parent) => parent.note(portal, what, subject).await,
            Self::Office(staff) => staff.note(portal, what, subject).await,
        }
    }

    /// A page of the form.
    pub(in crate::routes) fn draw<F: Filled, V: IntoView>(
        &self,
        portal: &Portal,
        view: impl FnOnce() -> V,
    ) -> Response {
        let title = title(portal.words(), self.hand::<F>());
        match self {
            Self::Parent(parent) => render::parent(portal, parent, title, view),
            Self::Office(staff) => render::staff(portal, staff, title, "", view),
        }
    }

    /// Their draft with everything it is checked against; one that is not theirs is none, and so is their own as soon
    /// as there is no child any more it could be about.
    pub(in crate::routes) async fn filling<F: Filled>(&self, portal: &Portal, draft: &str) -> Result<F, Failure> {
        let draft = SubmissionId::parse(draft).ok_or(Failure::NotFound)?;
        let found = F::load(portal, &self.whose(), &draft).await?;
        found.filter(|filling| !filling.begun().children.is_empty()).ok_or(Failure::NotFound)
    }
}
