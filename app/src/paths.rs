//! Every URL, once. Constants are axum's patterns; functions fill them.

use crate::rules::{
    id::{DeviceId, PupilId, StaffId},
    reference::Reference,
};
use chrono::NaiveDate;

/// The parent's home.
pub const HOME: &str = "/";
/// Reporting for several children; also where every report is posted.
pub const REPORT: &str = "/absences/new";
/// Reporting for one child.
pub const REPORT_CHILD: &str = "/children/{pupil}/absences/new";
/// Everything a guardian has sent.
pub const RECEIPTS: &str = "/receipts";
/// One receipt.
pub const RECEIPT: &str = "/receipts/{reference}";
/// Changing what was sent.
pub const CHANGE: &str = "/receipts/{reference}/change";
/// Taking back what was sent.
pub const WITHDRAW: &str = "/receipts/{reference}/withdraw";
/// Saying when it last happened, for the first day back.
pub const COMING_BACK: &str = "/receipts/{reference}/coming-back";
/// Writing to the school about what was sent.
pub const MESSAGES: &str = "/receipts/{reference}/messages";
/// "Still unwell today": one tap.
pub const STILL: &str = "/absences/still";
/// The devices a guardian is signed in on.
pub const DEVICES: &str = "/devices";
/// Signing one of them out.
pub const REVOKE: &str = "/devices/{device}/revoke";
/// Asking for a sign-in message.
pub const SIGN_IN: &str = "/sign-in";
/// Typing the code.
pub const SIGN_IN_CODE: &str = "/sign-in/code";
/// Opening the link from the message.
pub const SIGN_IN_LINK: &str = "/sign-in/link/{token}";
/// Saying who uses a shared inbox.
pub const SIGN_IN_WHO: &str = "/sign-in/who";
/// Signing this device out.
pub const SIGN_OUT: &str = "/sign-out";

/// Where staff land.
pub const STAFF: &str = "/staff";
/// Staff: address and password.
pub const STAFF_SIGN_IN: &str = "/staff/sign-in";
/// Staff: the second factor.
pub const STAFF_SECOND_FACTOR: &str = "/staff/second-factor";
/// Staff: the one-time link.
pub const STAFF_JOIN: &str = "/staff/join/{token}";
/// Staff: signing out.
pub const STAFF_SIGN_OUT: &str = "/staff/sign-out";
/// The morning board.
pub const BOARD: &str = "/staff/board";
/// Coding a child's day.
pub const BOARD_CODE: &str = "/staff/board/code";
/// Hiding and showing words.
pub const BOARD_WORDS: &str = "/staff/board/words";
/// Server-sent ticks of the board.
pub const BOARD_CHANGES: &str = "/staff/board/changes";
/// One report, and what was written about it.
pub const STAFF_REPORT: &str = "/staff/reports/{reference}";
/// Asking the family something about it.
pub const STAFF_MESSAGES: &str = "/staff/reports/{reference}/messages";
/// The members of staff.
pub const PEOPLE: &str = "/staff/people";
/// Shutting or opening an account.
pub const PEOPLE_DISABLE: &str = "/staff/people/{staff}/disable";
/// Starting somebody afresh.
pub const PEOPLE_RESET: &str = "/staff/people/{staff}/reset";
/// Mail that could not be delivered.
pub const STAFF_MAIL: &str = "/staff/mail";

/// Demo only: what would have been mailed.
pub const DEMO_MAIL: &str = "/demo/mail";
/// Demo only: the second factor's codes.
pub const DEMO_CODES: &str = "/demo/codes";

/// Whether the process runs.
pub const HEALTHZ: &str = "/healthz";
/// Whether it can take a report.
pub const READYZ: &str = "/readyz";
/// What a browser loads.
pub const ASSETS: &str = "/assets/{file}";

/// [`REPORT_CHILD`] for this child.
#[must_use]
pub fn report_child(pupil: &PupilId) -> String {
    format!("/children/{pupil}/absences/new")
}

/// [`RECEIPT`] of this reference.
#[must_use]
pub fn receipt(reference: &Reference) -> String {
    format!("/receipts/{}", reference.as_str())
}

/// [`CHANGE`] of this reference.
#[must_use]
pub fn change(reference: &Reference) -> String {
    format!("/receipts/{}/change", reference.as_str())
}

/// [`WITHDRAW`] of this reference.
#[must_use]
pub fn withdraw(reference: &Reference) -> String {
    format!("/receipts/{}/withdraw", reference.as_str())
}

/// [`COMING_BACK`] of this reference.
#[must_use]
pub fn coming_back(reference: &Reference) -> String {
    format!("/receipts/{}/coming-back", reference.as_str())
}

/// [`MESSAGES`] of this reference.
#[must_use]
pub fn messages(reference: &Reference) -> String {
    format!("/receipts/{}/messages", reference.as_str())
}

/// The conversation on [`RECEIPT`] of this reference.
#[must_use]
pub fn conversation(reference: &Reference) -> String {
    format!("/receipts/{}#messages", reference.as_str())
}

/// [`REPORT_CHILD`] with "When?" open: late, leaving early, another day.
#[must_use]
pub fn report_when(pupil: &PupilId) -> String {
    format!("/children/{pupil}/absences/new?when")
}

/// [`REVOKE`] of this device.
#[must_use]
pub fn revoke(device: &DeviceId) -> String {
    format!("/devices/{device}/revoke")
}

/// [`SIGN_IN_LINK`] with this token.
#[must_use]
pub fn sign_in_link(token: &str) -> String {
    format!("/sign-in/link/{token}")
}

/// [`STAFF_JOIN`] with this token.
#[must_use]
pub fn staff_join(token: &str) -> String {
    format!("/staff/join/{token}")
}

/// The board of this day.
#[must_use]
pub fn board_on(day: NaiveDate) -> String {
    format!("{BOARD}?day={day}")
}

/// [`STAFF_REPORT`] of this reference.
#[must_use]
pub fn staff_report(reference: &Reference) -> String {
    format!("/staff/reports/{}", reference.as_str())
}

/// The conversation on [`STAFF_REPORT`] of this reference.
#[must_use]
pub fn staff_conversation(reference: &Reference) -> String {
    format!("/staff/reports/{}#messages", reference.as_str())
}

/// [`STAFF_MESSAGES`] of this reference.
#[must_use]
pub fn staff_messages(reference: &Reference) -> String {
    format!("/staff/reports/{}/messages", reference.as_str())
}

/// [`PEOPLE_DISABLE`] of this member of staff.
#[must_use]
pub fn people_disable(staff: &StaffId) -> String {
    format!("/staff/people/{staff}/disable")
}

/// [`PEOPLE_RESET`] of this member of staff.
#[must_use]
pub fn people_reset(staff: &StaffId) -> String {
    format!("/staff/people/{staff}/reset")
}
