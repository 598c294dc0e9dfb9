//! The URLs of leaving: the family's notice, and what the school does about it.

use crate::rules::{
    id::{EvidenceId, SubmissionId},
    reference::Reference,
};

/// A guardian's notices that a child leaves: begun and sent; also where one is begun.
pub const LEAVING: &str = "/leaving";
/// A begun notice: its steps.
pub const LEAVING_DRAFT: &str = "/leaving/forms/{draft}";
/// One step of it; also where it is saved.
pub const LEAVING_STEP: &str = "/leaving/forms/{draft}/steps/{step}";
/// Checking the answers; also where they are signed.
pub const LEAVING_CHECK: &str = "/leaving/forms/{draft}/check";
/// Throwing a begun notice away; asks first.
pub const LEAVING_DROP: &str = "/leaving/forms/{draft}/drop";
/// Letters and photos that stand with a begun notice; also where they are added.
pub const LEAVING_FILES: &str = "/leaving/forms/{draft}/files";
/// One of them.
pub const LEAVING_FILE: &str = "/leaving/forms/{draft}/files/{evidence}";
/// Taking it away.
pub const LEAVING_FILE_REMOVE: &str = "/leaving/forms/{draft}/files/{evidence}/remove";
/// Who thinks of home education asks for a meeting; also where that is sent.
pub const LEAVING_MEETING: &str = "/leaving/forms/{draft}/meeting";
/// What was sent.
pub const LEAVING_NOTICE: &str = "/leaving/notices/{reference}";
/// The same as a PDF file.
pub const LEAVING_PDF: &str = "/leaving/notices/{reference}/notice.pdf";
/// Beginning a notice that takes its place.
pub const LEAVING_CHANGE: &str = "/leaving/notices/{reference}/change";
/// Taking it back.
pub const LEAVING_WITHDRAW: &str = "/leaving/notices/{reference}/withdraw";
/// Writing to the school about it.
pub const LEAVING_MESSAGES: &str = "/leaving/notices/{reference}/messages";

/// Staff: children who leave.
pub const STAFF_LEAVING: &str = "/staff/leaving";
/// Staff: what the return to the council needs, as a file.
pub const LEAVING_RETURN: &str = "/staff/leaving/return.csv";
/// Staff: one notice.
pub const STAFF_NOTICE: &str = "/staff/leaving/{reference}";
/// Staff: the same as a PDF file, with what was done.
pub const STAFF_NOTICE_PDF: &str = "/staff/leaving/{reference}/notice.pdf";
/// Staff: noting that something is done.
pub const STAFF_NOTICE_LINES: &str = "/staff/leaving/{reference}/lines";
/// Staff: writing to the family about it.
pub const STAFF_NOTICE_MESSAGES: &str = "/staff/leaving/{reference}/messages";
/// Staff: a letter or photo that stands with it.
pub const STAFF_NOTICE_FILE: &str = "/staff/leaving/{reference}/evidence/{evidence}";

/// [`LEAVING_MEETING`] of this form.
#[must_use]
pub fn leaving_meeting(draft: &SubmissionId) -> String {
    format!("{LEAVING}/forms/{draft}/meeting")
}

/// [`LEAVING_NOTICE`] of this reference.
#[must_use]
pub fn leaving_notice(reference: &Reference) -> String {
    format!("{LEAVING}/notices/{}", reference.as_str())
}

/// [`LEAVING_PDF`] of this reference.
#[must_use]
pub fn leaving_pdf(reference: &Reference) -> String {
    format!("{LEAVING}/notices/{}/notice.pdf", reference.as_str())
}

/// [`LEAVING_CHANGE`] of this reference.
#[must_use]
pub fn leaving_change(reference: &Reference) -> String {
    format!("{LEAVING}/notices/{}/change", reference.as_str())
}

/// [`LEAVING_WITHDRAW`] of this reference.
#[must_use]
pub fn leaving_withdraw(reference: &Reference) -> String {
    format!("{LEAVING}/notices/{}/withdraw", reference.as_str())
}

/// [`LEAVING_MESSAGES`] of this reference.
#[must_use]
pub fn leaving_messages(reference: &Reference) -> String {
    format!("{LEAVING}/notices/{}/messages", reference.as_str())
}

/// The conversation on [`LEAVING_NOTICE`] of this reference.
#[must_use]
pub fn leaving_conversation(reference: &Reference) -> String {
    format!("{LEAVING}/notices/{}#messages", reference.as_str())
}

/// [`STAFF_NOTICE`] of this reference.
#[must_use]
pub fn staff_notice(reference: &Reference) -> String {
    format!("{STAFF_LEAVING}/{}", reference.as_str())
}

/// [`STAFF_NOTICE_PDF`] of this reference.
#[must_use]
pub fn staff_notice_pdf(reference: &Reference) -> String {
    format!("{STAFF_LEAVING}/{}/notice.pdf", reference.as_str())
}

/// [`STAFF_NOTICE_LINES`] of this reference.
#[must_use]
pub fn staff_notice_lines(reference: &Reference) -> String {
    format!("{STAFF_LEAVING}/{}/lines", reference.as_str())
}

/// [`STAFF_NOTICE_MESSAGES`] of this reference.
#[must_use]
pub fn staff_notice_messages(reference: &Reference) -> String {
    format!("{STAFF_LEAVING}/{}/messages", reference.as_str())
}

/// [`STAFF_NOTICE_FILE`] of this reference and file.
#[must_use]
pub fn staff_notice_file(reference: &Reference, evidence: &EvidenceId) -> String {
    format!("{STAFF_LEAVING}/{}/evidence/{evidence}", reference.as_str())
}
