//! Every URL, once: families' and everybody's here, the staff's and programs' in `paths/staff.rs`. Constants are axum's
//! patterns; functions fill them.

mod details;
mod forms;
mod leave;
mod leaving;
mod policy;
mod staff;

pub use details::*;
pub use forms::Hand;
pub use leave::*;
pub use leaving::*;
pub use policy::*;
pub use staff::*;

use crate::rules::{
    id::{DeviceId, EvidenceId, PupilId, SignInId},
    reference::Reference,
};
use chrono::NaiveDate;

/// The parent's home.
pub const HOME: &str = "/";
/// Reporting for several children; also where every report is posted.
pub const REPORT: &str = "/absences/new";
/// Reporting for one child.
pub const REPORT_CHILD: &str = "/children/{pupil}/absences/new";
/// A child's attendance.
pub const ATTENDANCE: &str = "/children/{pupil}/attendance";
/// The same as a file.
pub const ATTENDANCE_CSV: &str = "/children/{pupil}/attendance.csv";
/// One day of it: its marks, and what was written about them; also where that is posted.
pub const ATTENDANCE_DAY: &str = "/children/{pupil}/attendance/day";
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
/// The letters and photos that stand with what was sent; also where they are posted.
pub const EVIDENCE: &str = "/receipts/{reference}/evidence";
/// One of them, to download.
pub const EVIDENCE_FILE: &str = "/receipts/{reference}/evidence/{evidence}";
/// Taking one of them away.
pub const EVIDENCE_REMOVE: &str = "/receipts/{reference}/evidence/{evidence}/remove";
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
/// Giving a fresh code before an act that binds; also where it is asked for and typed.
pub const PROVE: &str = "/prove";
/// Saying who uses a shared inbox.
pub const SIGN_IN_WHO: &str = "/sign-in/who";
/// Signing this device out.
pub const SIGN_OUT: &str = "/sign-out";
/// Using an invitation on paper. The address stands on the paper: it is short.
pub const INVITATION: &str = "/invitation";
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

/// [`ATTENDANCE`] of this child.
#[must_use]
pub fn attendance(pupil: &PupilId) -> String {
    format!("/children/{pupil}/attendance")
}

/// [`ATTENDANCE_CSV`] of this child and the school year that begins in this year.
#[must_use]
pub fn attendance_csv(pupil: &PupilId, year: i32) -> String {
    format!("/children/{pupil}/attendance.csv?year={year}")
}

/// [`ATTENDANCE_DAY`] of this child, the day still to be said.
#[must_use]
pub fn attendance_day(pupil: &PupilId) -> String {
    format!("/children/{pupil}/attendance/day")
}

/// [`ATTENDANCE_DAY`] of this child and day.
#[must_use]
pub fn attendance_day_of(pupil: &PupilId, day: NaiveDate) -> String {
    format!("/children/{pupil}/attendance/day?day={day}")
}

/// [`REPORT_CHILD`] for this day.
#[must_use]
pub fn explain(pupil: &PupilId, day: NaiveDate) -> String {
    format!("/children/{pupil}/absences/new?day={day}")
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

/// [`EVIDENCE`] of this reference.
#[must_use]
pub fn evidence(reference: &Reference) -> String {
    format!("/receipts/{}/evidence", reference.as_str())
}

/// [`EVIDENCE_FILE`] of these.
#[must_use]
pub fn evidence_file(reference: &Reference, evidence: &EvidenceId) -> String {
    format!("/receipts/{}/evidence/{evidence}", reference.as_str())
}

/// [`EVIDENCE_REMOVE`] of these.
#[must_use]
pub fn evidence_remove(reference: &Reference, evidence: &EvidenceId) -> String {
    format!("/receipts/{}/evidence/{evidence}/remove", reference.as_str())
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

/// [`PROVE`], then on to this path of the parents' own pages.
#[must_use]
pub fn prove(to: &str) -> String {
    format!("{PROVE}?to={}", in_query(to))
}

/// [`PROVE`] once a code was sent: where it is typed.
#[must_use]
pub fn prove_with(to: &str, sign_in: &SignInId) -> String {
    format!("{PROVE}?to={}&sign_in={sign_in}", in_query(to))
}

/// A path of ours as a value in a query: what would end the value there is written otherwise.
fn in_query(path: &str) -> String {
    path.replace('%', "%25").replace('&', "%26").replace('#', "%23").replace('+', "%2B")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_on_stays_one_value_of_the_query() {
        assert_eq!(prove("/devices"), "/prove?to=/devices");
        assert_eq!(prove("/leave?child=a&step=2"), "/prove?to=/leave?child=a%26step=2");
    }
}
