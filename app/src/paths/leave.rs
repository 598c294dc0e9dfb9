//! The URLs of asking for leave.

use super::Hand;
use crate::rules::{
    id::{LeaveId, LetterId, PupilId, SubmissionId},
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
/// Throwing a begun form away; asks first.
pub const LEAVE_DROP: &str = "/leave/forms/{draft}/drop";
/// Letters and photos that stand with a begun form; also where they are added.
pub const LEAVE_FILES: &str = "/leave/forms/{draft}/files";
/// One of them.
pub const LEAVE_FILE: &str = "/leave/forms/{draft}/files/{evidence}";
/// Taking it away.
pub const LEAVE_FILE_REMOVE: &str = "/leave/forms/{draft}/files/{evidence}/remove";
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

/// Staff: typing in a form on paper for a child; also where it is begun.
pub const LEAVE_PAPER: &str = "/staff/leave/paper/{pupil}";
/// Staff: a form that is being typed in: its steps.
pub const PAPER_FORM: &str = "/staff/leave/paper/forms/{draft}";
/// Staff: one step of it; also where it is saved.
pub const PAPER_STEP: &str = "/staff/leave/paper/forms/{draft}/steps/{step}";
/// Staff: checking it; also where it is entered.
pub const PAPER_CHECK: &str = "/staff/leave/paper/forms/{draft}/check";
/// Staff: throwing it away; asks first.
pub const PAPER_DROP: &str = "/staff/leave/paper/forms/{draft}/drop";
/// Staff: letters and photos that stand with it; also where they are added.
pub const PAPER_FILES: &str = "/staff/leave/paper/forms/{draft}/files";
/// Staff: one of them.
pub const PAPER_FILE: &str = "/staff/leave/paper/forms/{draft}/files/{evidence}";
/// Staff: taking it away.
pub const PAPER_FILE_REMOVE: &str = "/staff/leave/paper/forms/{draft}/files/{evidence}/remove";

/// Staff: a form's questions; also where they are changed.
pub const FORMS: &str = "/staff/forms/{form}";
/// [`FORMS`] of the leave form.
pub const FORMS_LEAVE: &str = "/staff/forms/leave";

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

/// [`FORMS`] of the form with this name.
#[must_use]
pub fn forms(name: &str) -> String {
    format!("/staff/forms/{name}")
}

/// [`LEAVE_DRAFT`] of this form.
#[must_use]
pub fn leave_draft(draft: &SubmissionId) -> String {
    Hand::Leave.form(draft)
}

/// [`LEAVE_STEP`] of this form and step.
#[must_use]
pub fn leave_step(draft: &SubmissionId, step: &str) -> String {
    Hand::Leave.step(draft, step)
}

/// [`LEAVE_CHECK`] of this form.
#[must_use]
pub fn leave_check(draft: &SubmissionId) -> String {
    Hand::Leave.check(draft)
}

/// [`LEAVE_PAPER`] of this child.
#[must_use]
pub fn leave_paper(pupil: &PupilId) -> String {
    format!("/staff/leave/paper/{pupil}")
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
