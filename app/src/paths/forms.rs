//! The URLs of the pages that every form has, in a family's hands or the office's.

use crate::rules::id::{EvidenceId, SubmissionId};

/// Which form a begun one is, and in whose hands: the pages are the same, their addresses are not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hand {
    /// A form for leave, in its family's.
    Leave,
    /// A form for leave, in the office's, which types in what came on paper.
    LeavePaper,
    /// A notice that a child leaves, in its family's.
    Leaving,
}

impl Hand {
    fn of(self, draft: &SubmissionId, rest: &str) -> String {
        let forms = match self {
            Self::Leave => "/leave/forms",
            Self::LeavePaper => "/staff/leave/paper/forms",
            Self::Leaving => "/leaving/forms",
        };
        format!("{forms}/{draft}{rest}")
    }

    /// Where all of them are listed.
    #[must_use]
    pub fn list(self) -> &'static str {
        match self {
            Self::Leave => super::LEAVE,
            Self::LeavePaper => super::STAFF_LEAVE,
            Self::Leaving => super::LEAVING,
        }
    }

    /// The steps of this form.
    #[must_use]
    pub fn form(self, draft: &SubmissionId) -> String {
        self.of(draft, "")
    }

    /// One of its steps.
    #[must_use]
    pub fn step(self, draft: &SubmissionId, step: &str) -> String {
        self.of(draft, &format!("/steps/{step}"))
    }

    /// Where it is checked.
    #[must_use]
    pub fn check(self, draft: &SubmissionId) -> String {
        self.of(draft, "/check")
    }

    /// Where it is thrown away.
    #[must_use]
    pub fn drop(self, draft: &SubmissionId) -> String {
        self.of(draft, "/drop")
    }

    /// What stands with it.
    #[must_use]
    pub fn files(self, draft: &SubmissionId) -> String {
        self.of(draft, "/files")
    }

    /// One file of that.
    #[must_use]
    pub fn file(self, draft: &SubmissionId, evidence: &EvidenceId) -> String {
        self.of(draft, &format!("/files/{evidence}"))
    }

    /// Where that is taken away.
    #[must_use]
    pub fn file_remove(self, draft: &SubmissionId, evidence: &EvidenceId) -> String {
        self.of(draft, &format!("/files/{evidence}/remove"))
    }
}
