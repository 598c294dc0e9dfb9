//! The URLs of asking for leave.

use crate::rules::{
    id::{LeaveId, LetterId, SubmissionId},
    reference::Reference,
};

/// A guardian's forms for leave: begun, sent, to sign; also where one is begun.
pub const LEAVE: &str = "/leave";
/// A begun form: its steps.
pub const LEAVE_DRAFT: &str = "/leave/forms/{draft}";
/// One step of it; also where it is saved.
pub const LEAVE_STEP: &str = "/leave/forms/{draft}/steps/{step}";
/// Checking the answers; also where they are signed.
pub const LEAVE_CHECK: &str = "/leave/forms/{draft}/check";
/// Throwing a begun form away.
pub const LEAVE_DROP: &str = "/leave/forms/{draft}/drop";
/// A request.
pub const LEAVE_REQUEST: &str = "/leave/requests/{reference}";
/// The same as a PDF file.
pub const LEAVE_PDF: &str = "/leave/requests/{reference}/form.pdf";
/// Beginning a form that takes its place.
pub const LEAVE_CHANGE: &str = "/leave/requests/{reference}/change";
/// Taking it back.
pub const LEAVE_WITHDRAW: &str = "/leave/requests/{reference}/withdraw";
/// Writing to the school about it.
pub const LEAVE_MESSAGES: &str = "/leave/requests/{reference}/messages";
/// Signing it as another parent.
pub const LEAVE_SIGN: &str = "/leave/requests/{reference}/sign";

/// A guardian's own letter about a child's request, as a PDF file.
pub const LEAVE_LETTER: &str = "/leave/letters/{leave}";
/// Staff: the letters to print and post; also where posting is noted.
pub const LETTERS: &str = "/staff/letters";
/// Staff: a letter as a PDF file.
pub const LETTER_PDF: &str = "/staff/letters/{letter}";
/// Staff: the words of a letter; also where they are changed.
pub const LETTER_WORDS: &str = "/staff/letters/words/{name}";

/// Staff: the leave form's questions; also where they are changed.
pub const FORMS: &str = "/staff/forms/leave";

/// [`LEAVE_LETTER`] about this request.
#[must_use]
pub fn leave_letter(leave: &LeaveId) -> String {
    format!("/leave/letters/{leave}")
}

/// [`LETTER_PDF`] of this letter.
#[must_use]
pub fn letter_pdf(letter: &LetterId) -> String {
    format!("/staff/letters/{letter}")
}

/// [`LETTER_WORDS`] of the letter with this word.
#[must_use]
pub fn letter_words(name: &str) -> String {
    format!("/staff/letters/words/{name}")
}

/// [`LEAVE_DRAFT`] of this form.
#[must_use]
pub fn leave_draft(draft: &SubmissionId) -> String {
    format!("/leave/forms/{draft}")
}

/// [`LEAVE_STEP`] of this form and step.
#[must_use]
pub fn leave_step(draft: &SubmissionId, step: &str) -> String {
    format!("/leave/forms/{draft}/steps/{step}")
}

/// [`LEAVE_CHECK`] of this form.
#[must_use]
pub fn leave_check(draft: &SubmissionId) -> String {
    format!("/leave/forms/{draft}/check")
}

/// [`LEAVE_DROP`] of this form.
#[must_use]
pub fn leave_drop(draft: &SubmissionId) -> String {
    format!("/leave/forms/{draft}/drop")
}

/// [`LEAVE_REQUEST`] of this reference.
#[must_use]
pub fn leave_request(reference: &Reference) -> String {
    format!("/leave/requests/{}", reference.as_str())
}

/// [`LEAVE_PDF`] of this reference.
#[must_use]
pub fn leave_pdf(reference: &Reference) -> String {
    format!("/leave/requests/{}/form.pdf", reference.as_str())
}

/// [`LEAVE_CHANGE`] of this reference.
#[must_use]
pub fn leave_change(reference: &Reference) -> String {
    format!("/leave/requests/{}/change", reference.as_str())
}

/// [`LEAVE_WITHDRAW`] of this reference.
#[must_use]
pub fn leave_withdraw(reference: &Reference) -> String {
    format!("/leave/requests/{}/withdraw", reference.as_str())
}

/// [`LEAVE_MESSAGES`] of this reference.
#[must_use]
pub fn leave_messages(reference: &Reference) -> String {
    format!("/leave/requests/{}/messages", reference.as_str())
}

/// The conversation on [`LEAVE_REQUEST`] of this reference.
#[must_use]
pub fn leave_conversation(reference: &Reference) -> String {
    format!("/leave/requests/{}#messages", reference.as_str())
}

/// [`LEAVE_SIGN`] of this reference.
#[must_use]
pub fn leave_sign(reference: &Reference) -> String {
    format!("/leave/requests/{}/sign", reference.as_str())
}
