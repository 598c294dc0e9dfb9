//! The URLs of a family's details.

use crate::rules::reference::Reference;

/// What the school holds about a guardian, and how what they asked for stands.
pub const DETAILS: &str = "/details";
/// Asking for a change: the form; also where it is looked at and sent.
pub const DETAILS_CHANGE: &str = "/details/change";
/// All still right.
pub const DETAILS_RIGHT: &str = "/details/right";
/// Taking back what is not decided.
pub const DETAILS_WITHDRAW: &str = "/details/withdraw";
/// Writing to the school about it.
pub const DETAILS_MESSAGES: &str = "/details/messages";

/// Staff: what families asked for.
pub const STAFF_DETAILS: &str = "/staff/details";
/// Staff: one request; also where it is answered.
pub const STAFF_DETAILS_REQUEST: &str = "/staff/details/requests/{reference}";
/// Staff: asking the family something about it.
pub const STAFF_DETAILS_MESSAGES: &str = "/staff/details/requests/{reference}/messages";
/// Staff: what was agreed, to key into the MIS; also where lines are ticked off.
pub const DETAILS_LIST: &str = "/staff/details/list";
/// Staff: the same as a file.
pub const DETAILS_LIST_CSV: &str = "/staff/details/list.csv";
/// Staff: who has looked this school year, by class.
pub const DETAILS_CHECK: &str = "/staff/details/check";
/// Staff: the same of all classes as a file.
pub const DETAILS_CHECK_CSV: &str = "/staff/details/check.csv";

/// [`DETAILS`] after a request was sent.
#[must_use]
pub fn details_sent(reference: &Reference) -> String {
    format!("/details?sent={reference}")
}

/// [`STAFF_DETAILS_REQUEST`] of this reference.
#[must_use]
pub fn staff_details(reference: &Reference) -> String {
    format!("/staff/details/requests/{reference}")
}

/// [`STAFF_DETAILS_MESSAGES`] of this reference.
#[must_use]
pub fn staff_details_messages(reference: &Reference) -> String {
    format!("/staff/details/requests/{reference}/messages")
}

/// [`DETAILS_CHECK`] of a class.
#[must_use]
pub fn details_check_of(class: &str) -> String {
    format!("/staff/details/check?class={class}")
}
