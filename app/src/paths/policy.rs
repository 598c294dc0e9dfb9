//! The URLs of the attendance policy and of what is declared about it.

use crate::rules::{
    id::{PolicyFileId, PupilId, ReminderRunId},
    reference::Reference,
};

/// The policy that counts.
pub const POLICY: &str = "/policy";
/// Who does what, and whom to ask.
pub const POLICY_ROLES: &str = "/policy/who-does-what";
/// A version of it.
pub const POLICY_VERSION: &str = "/policy/versions/{version}";
/// The same as a file.
pub const POLICY_FILE: &str = "/policy/versions/{version}/policy.pdf";
/// Declaring about it, for one's children; also where the answer is posted.
pub const DECLARE: &str = "/policy/sign";
/// What was answered.
pub const DECLARATION: &str = "/policy/declarations/{reference}";
/// A signed declaration as a PDF file.
pub const DECLARATION_PDF: &str = "/policy/declarations/{reference}/declaration.pdf";
/// Writing to the school about it.
pub const DECLARATION_MESSAGES: &str = "/policy/declarations/{reference}/messages";

/// Staff: who has declared, by class.
pub const STAFF_POLICY: &str = "/staff/policy";
/// Staff: the same by class as a file, for governors.
pub const DECLARATIONS_CSV: &str = "/staff/policy/declarations.csv";
/// Staff: the version that is being written; also where it is saved and published.
pub const POLICY_DRAFT: &str = "/staff/policy/draft";
/// Staff: the file beside it.
pub const POLICY_DRAFT_FILE: &str = "/staff/policy/draft/file";
/// Staff: a version that was published.
pub const STAFF_POLICY_VERSION: &str = "/staff/policy/versions/{version}";
/// Staff: one child's guardians and their answers.
pub const STAFF_DECLARATION: &str = "/staff/policy/children/{pupil}";
/// Staff: recording what was signed on paper.
pub const DECLARATION_PAPER: &str = "/staff/policy/children/{pupil}/paper";
/// Staff: writing to a guardian about an answer.
pub const STAFF_DECLARATION_MESSAGES: &str = "/staff/policy/declarations/{reference}/messages";
/// Staff: the scan of a declaration on paper.
pub const DECLARATION_SCAN: &str = "/staff/policy/scans/{file}";
/// Staff: reminding those who have not answered; also where it is begun.
pub const REMINDERS: &str = "/staff/policy/reminders";
/// Staff: stopping.
pub const REMINDERS_STOP: &str = "/staff/policy/reminders/{run}/stop";
/// Staff: slips to print, with a code that leads to the policy.
pub const SLIPS: &str = "/staff/policy/slips";

/// [`POLICY_VERSION`] of this number.
#[must_use]
pub fn policy_version(version: i64) -> String {
    format!("/policy/versions/{version}")
}

/// [`POLICY_FILE`] of this version.
#[must_use]
pub fn policy_file(version: i64) -> String {
    format!("/policy/versions/{version}/policy.pdf")
}

/// [`DECLARATION`] of this reference.
#[must_use]
pub fn declaration(reference: &Reference) -> String {
    format!("/policy/declarations/{}", reference.as_str())
}

/// [`DECLARATION_PDF`] of this reference.
#[must_use]
pub fn declaration_pdf(reference: &Reference) -> String {
    format!("/policy/declarations/{}/declaration.pdf", reference.as_str())
}

/// [`DECLARATION_MESSAGES`] of this reference.
#[must_use]
pub fn declaration_messages(reference: &Reference) -> String {
    format!("/policy/declarations/{}/messages", reference.as_str())
}

/// The conversation on [`DECLARATION`] of this reference.
#[must_use]
pub fn declaration_conversation(reference: &Reference) -> String {
    format!("/policy/declarations/{}#messages", reference.as_str())
}

/// [`STAFF_POLICY_VERSION`] of this number.
#[must_use]
pub fn staff_policy_version(version: i64) -> String {
    format!("/staff/policy/versions/{version}")
}

/// [`STAFF_POLICY`] of this class alone.
#[must_use]
pub fn staff_policy_class(class: &str) -> String {
    format!("/staff/policy?class={class}")
}

/// [`STAFF_DECLARATION`] of this child.
#[must_use]
pub fn staff_declaration(pupil: &PupilId) -> String {
    format!("/staff/policy/children/{pupil}")
}

/// [`DECLARATION_PAPER`] of this child.
#[must_use]
pub fn declaration_paper(pupil: &PupilId) -> String {
    format!("/staff/policy/children/{pupil}/paper")
}

/// [`STAFF_DECLARATION_MESSAGES`] of this reference.
#[must_use]
pub fn staff_declaration_messages(reference: &Reference) -> String {
    format!("/staff/policy/declarations/{}/messages", reference.as_str())
}

/// [`DECLARATION_SCAN`] of this file.
#[must_use]
pub fn declaration_scan(file: &PolicyFileId) -> String {
    format!("/staff/policy/scans/{file}")
}

/// [`REMINDERS_STOP`] of this run.
#[must_use]
pub fn reminders_stop(run: &ReminderRunId) -> String {
    format!("/staff/policy/reminders/{run}/stop")
}

/// [`SLIPS`] of this class alone.
#[must_use]
pub fn slips_of(class: &str) -> String {
    format!("/staff/policy/slips?class={class}")
}
