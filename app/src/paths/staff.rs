//! The staff's URLs, and those of other programs.

use crate::rules::{
    calendar::SessionDay,
    id::{EvidenceId, ImportId, PupilId, StaffId, TokenId},
    reference::Reference,
};
use chrono::NaiveDate;

/// Where staff land.
pub const STAFF: &str = "/staff";
/// Staff: address and password.
pub const STAFF_SIGN_IN: &str = "/staff/sign-in";
/// Staff: the second factor.
pub const STAFF_SECOND_FACTOR: &str = "/staff/second-factor";
/// Staff: giving a code again before an export or an act that binds.
pub const STAFF_PROVE: &str = "/staff/prove";
/// Staff: the one-time link.
pub const STAFF_JOIN: &str = "/staff/join/{token}";
/// Staff: signing out.
pub const STAFF_SIGN_OUT: &str = "/staff/sign-out";
/// The morning board.
pub const BOARD: &str = "/staff/board";
/// Entering a report that the office hears: finding the child.
pub const ENTER_REPORT: &str = "/staff/reports/new";
/// Entering it.
pub const ENTER_REPORT_FOR: &str = "/staff/reports/new/{pupil}";
/// Coding several children at once.
pub const BOARD_SEVERAL: &str = "/staff/board/several";
/// The day's codes for the MIS, to be ticked off.
pub const KEYING: &str = "/staff/board/list";
/// The same as a file.
pub const KEYING_CSV: &str = "/staff/board/list.csv";
/// The registers of a session, class by class.
pub const MORNING: &str = "/staff/morning";
/// One class's register; also where it is posted.
pub const REGISTER: &str = "/staff/morning/register";
/// Absent children pasted out of the MIS.
pub const MORNING_PASTE: &str = "/staff/morning/paste";
/// Whom to ring; also where calls are noted.
pub const CALLS: &str = "/staff/calls";
/// Reports and marks side by side.
pub const RECONCILIATION: &str = "/staff/reconciliation";
/// The same as a file.
pub const RECONCILIATION_CSV: &str = "/staff/reconciliation.csv";
/// Coding a child's day.
pub const BOARD_CODE: &str = "/staff/board/code";
/// Hiding and showing words.
pub const BOARD_WORDS: &str = "/staff/board/words";
/// Staff: finding a child, and what waits about marks.
pub const CHILDREN: &str = "/staff/children";
/// Staff: a child's year.
pub const CHILD: &str = "/staff/children/{pupil}";
/// Staff: a child's day, its marks and what was written about them.
pub const CHILD_DAY: &str = "/staff/children/{pupil}/days/{day}";
/// Correcting one of its marks.
pub const CORRECT_MARK: &str = "/staff/children/{pupil}/days/{day}/marks";
/// Answering a guardian about one of its marks.
pub const MARK_ANSWER: &str = "/staff/children/{pupil}/days/{day}/messages";
/// Staff: a class, week by week.
pub const CLASS: &str = "/staff/classes/{class}";
/// The whole school's figures.
pub const FIGURES: &str = "/staff/figures";
/// Every child's figures as a file.
pub const FIGURES_CSV: &str = "/staff/figures/attendance.csv";
/// Server-sent ticks of the board.
pub const BOARD_CHANGES: &str = "/staff/board/changes";
/// Staff: the letters and photos that stand with a report.
pub const STAFF_EVIDENCE: &str = "/staff/evidence/{reference}";
/// Staff: one of them, to download.
pub const STAFF_EVIDENCE_FILE: &str = "/staff/evidence/{reference}/{evidence}";
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
/// Who decides leave for the headteacher; also where they are named.
pub const DESIGNATES: &str = "/staff/designates";
/// Ending it.
pub const DESIGNATE_END: &str = "/staff/designates/{staff}/end";
/// Mail that could not be delivered.
pub const STAFF_MAIL: &str = "/staff/mail";
/// How long what is kept is kept, and what goes next.
pub const RETENTION: &str = "/staff/retention";
/// Handing in the school's file of pupils and contacts.
pub const ROSTER: &str = "/staff/roster";
/// A file that was handed in: what it would change, or what came of it.
pub const ROSTER_FILE: &str = "/staff/roster/files/{import}";
/// Bringing it in.
pub const ROSTER_CONFIRM: &str = "/staff/roster/files/{import}/confirm";
/// Throwing it away.
pub const ROSTER_DROP: &str = "/staff/roster/files/{import}/drop";
/// Handing in marks of the register.
pub const MARKS: &str = "/staff/marks";
/// A file that was handed in: what it would change, or what came of it.
pub const MARKS_FILE: &str = "/staff/marks/files/{import}";
/// Bringing it in.
pub const MARKS_CONFIRM: &str = "/staff/marks/files/{import}/confirm";
/// Saying what its heads mean.
pub const MARKS_HEADS: &str = "/staff/marks/files/{import}/heads";
/// Forgetting what a head means.
pub const MARKS_FORGET: &str = "/staff/marks/heads/forget";
/// Throwing it away.
pub const MARKS_DROP: &str = "/staff/marks/files/{import}/drop";
/// Who may do what for which child.
pub const ROSTER_REVIEW: &str = "/staff/roster/review";
/// Giving and taking access.
pub const ROSTER_ACCESS: &str = "/staff/roster/review/access";
/// Setting and lifting a bar.
pub const ROSTER_BAR: &str = "/staff/roster/review/bar";
/// Says that a contact's address is kept secret, or no longer is.
pub const ROSTER_SECRET: &str = "/staff/roster/review/secret";
/// Printing an invitation.
pub const ROSTER_INVITE: &str = "/staff/roster/review/invite";
/// Taking one back.
pub const ROSTER_REVOKE: &str = "/staff/roster/review/revoke";
/// What families ask leave for, and what became of it.
pub const STAFF_LEAVE: &str = "/staff/leave";
/// One request with all that is needed to decide it.
pub const STAFF_LEAVE_REQUEST: &str = "/staff/leave/{reference}";
/// Noting something beside it.
pub const STAFF_LEAVE_NOTES: &str = "/staff/leave/{reference}/notes";
/// Asking the family something about it.
pub const STAFF_LEAVE_MESSAGES: &str = "/staff/leave/{reference}/messages";
/// Deciding it.
pub const STAFF_LEAVE_DECISION: &str = "/staff/leave/{reference}/decision";
/// A letter or photo that stands with it.
pub const STAFF_LEAVE_FILE: &str = "/staff/leave/{reference}/evidence/{evidence}";
/// The school's calendar; also where a change of it is said yes to.
pub const CALENDAR: &str = "/staff/calendar";
/// An entry of it to be filled in.
pub const CALENDAR_ENTRY: &str = "/staff/calendar/entry";
/// What an entry would change.
pub const CALENDAR_LOOK: &str = "/staff/calendar/look";
/// Taking the last change back.
pub const CALENDAR_UNDO: &str = "/staff/calendar/undo";
/// Tokens for other programs.
pub const TOKENS: &str = "/staff/tokens";
/// Revoking one.
pub const TOKEN_REVOKE: &str = "/staff/tokens/{token}/revoke";
/// What other programs ask begins with this.
pub const API: &str = "/api/";
/// Other programs bring marks in here.
pub const API_MARKS: &str = "/api/v1/marks";

/// [`CHILD`] of this child.
#[must_use]
pub fn child(pupil: &PupilId) -> String {
    format!("/staff/children/{pupil}")
}

/// [`CHILD_DAY`] of this child and day.
#[must_use]
pub fn child_day(pupil: &PupilId, day: NaiveDate) -> String {
    format!("/staff/children/{pupil}/days/{day}")
}

/// [`CORRECT_MARK`] of this child and day.
#[must_use]
pub fn correct_mark(pupil: &PupilId, day: NaiveDate) -> String {
    format!("/staff/children/{pupil}/days/{day}/marks")
}

/// [`MARK_ANSWER`] of this child and day.
#[must_use]
pub fn mark_answer(pupil: &PupilId, day: NaiveDate) -> String {
    format!("/staff/children/{pupil}/days/{day}/messages")
}

/// [`CLASS`] of this class, this week.
#[must_use]
pub fn class(class: &str) -> String {
    format!("/staff/classes/{class}")
}

/// [`CLASS`] in the week of this day.
#[must_use]
pub fn class_week(class: &str, week: NaiveDate) -> String {
    format!("/staff/classes/{class}?week={week}")
}

/// [`FIGURES_CSV`] by this date.
#[must_use]
pub fn figures_csv(date: NaiveDate) -> String {
    format!("{FIGURES_CSV}?date={date}")
}

/// [`STAFF_EVIDENCE`] of this reference.
#[must_use]
pub fn staff_evidence(reference: &Reference) -> String {
    format!("/staff/evidence/{}", reference.as_str())
}

/// [`STAFF_EVIDENCE_FILE`] of these.
#[must_use]
pub fn staff_evidence_file(reference: &Reference, evidence: &EvidenceId) -> String {
    format!("/staff/evidence/{}/{evidence}", reference.as_str())
}

/// [`STAFF_JOIN`] with this token.
#[must_use]
pub fn staff_join(token: &str) -> String {
    format!("/staff/join/{token}")
}

/// [`ENTER_REPORT_FOR`] this child.
#[must_use]
pub fn enter_report_for(pupil: &PupilId) -> String {
    format!("/staff/reports/new/{pupil}")
}

/// [`STAFF_PROVE`], then on to this path of ours.
#[must_use]
pub fn staff_prove(to: &str) -> String {
    format!("{STAFF_PROVE}?to={to}")
}

/// [`KEYING`] of this day.
#[must_use]
pub fn keying(day: NaiveDate) -> String {
    format!("{KEYING}?day={day}")
}

/// [`KEYING_CSV`] of this day.
#[must_use]
pub fn keying_csv(day: NaiveDate) -> String {
    format!("{KEYING_CSV}?day={day}")
}

/// The board of this day.
#[must_use]
pub fn board_on(day: NaiveDate) -> String {
    format!("{BOARD}?day={day}")
}

/// [`MORNING`] of this session.
#[must_use]
pub fn morning(at: SessionDay) -> String {
    format!("{MORNING}?day={}&session={}", at.date, at.session)
}

/// [`REGISTER`] of this class and session.
#[must_use]
pub fn register(class: &str, at: SessionDay) -> String {
    format!("{REGISTER}?class={class}&day={}&session={}", at.date, at.session)
}

/// [`MORNING_PASTE`] for this session.
#[must_use]
pub fn morning_paste(at: SessionDay) -> String {
    format!("{MORNING_PASTE}?day={}&session={}", at.date, at.session)
}

/// [`CALLS`], at this child.
#[must_use]
pub fn call_about(pupil: &PupilId) -> String {
    format!("{CALLS}#c-{pupil}")
}

/// [`RECONCILIATION`] of these days.
#[must_use]
pub fn reconciliation(from: NaiveDate, until: NaiveDate) -> String {
    format!("{RECONCILIATION}?span={from}..{until}")
}

/// [`RECONCILIATION_CSV`] of these days.
#[must_use]
pub fn reconciliation_csv(from: NaiveDate, until: NaiveDate) -> String {
    format!("{RECONCILIATION_CSV}?span={from}..{until}")
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

/// [`DESIGNATE_END`] of this member of staff.
#[must_use]
pub fn designate_end(staff: &StaffId) -> String {
    format!("/staff/designates/{staff}/end")
}

/// [`ROSTER_FILE`] of this file.
#[must_use]
pub fn roster_file(import: &ImportId) -> String {
    format!("/staff/roster/files/{import}")
}

/// [`ROSTER_CONFIRM`] of this file.
#[must_use]
pub fn roster_confirm(import: &ImportId) -> String {
    format!("/staff/roster/files/{import}/confirm")
}

/// [`ROSTER_DROP`] of this file.
#[must_use]
pub fn roster_drop(import: &ImportId) -> String {
    format!("/staff/roster/files/{import}/drop")
}

/// [`MARKS_FILE`] of this file.
#[must_use]
pub fn marks_file(import: &ImportId) -> String {
    format!("/staff/marks/files/{import}")
}

/// [`MARKS_CONFIRM`] of this file.
#[must_use]
pub fn marks_confirm(import: &ImportId) -> String {
    format!("/staff/marks/files/{import}/confirm")
}

/// [`MARKS_HEADS`] of this file.
#[must_use]
pub fn marks_heads(import: &ImportId) -> String {
    format!("/staff/marks/files/{import}/heads")
}

/// [`TOKEN_REVOKE`] of this token.
#[must_use]
pub fn token_revoke(token: &TokenId) -> String {
    format!("/staff/tokens/{token}/revoke")
}

/// [`MARKS_DROP`] of this file.
#[must_use]
pub fn marks_drop(import: &ImportId) -> String {
    format!("/staff/marks/files/{import}/drop")
}

/// [`CALENDAR`] of the school year that begins in this year.
#[must_use]
pub fn calendar_of(year: i32) -> String {
    format!("{CALENDAR}?year={year}")
}

/// [`CALENDAR_ENTRY`] of this entry, by its place.
#[must_use]
pub fn calendar_entry(place: &str) -> String {
    format!("{CALENDAR_ENTRY}?place={place}")
}

/// The review of one class.
#[must_use]
pub fn roster_review_class(class: &str) -> String {
    format!("{ROSTER_REVIEW}?class={class}")
}

/// [`STAFF_LEAVE`] in one state, by its word.
#[must_use]
pub fn staff_leave_in(state: &str) -> String {
    format!("{STAFF_LEAVE}?state={state}")
}

/// [`STAFF_LEAVE_REQUEST`] of this reference.
#[must_use]
pub fn staff_leave(reference: &Reference) -> String {
    format!("{STAFF_LEAVE}/{}", reference.as_str())
}

/// [`STAFF_LEAVE_NOTES`] of this reference.
#[must_use]
pub fn staff_leave_notes(reference: &Reference) -> String {
    format!("{STAFF_LEAVE}/{}/notes", reference.as_str())
}

/// [`STAFF_LEAVE_MESSAGES`] of this reference.
#[must_use]
pub fn staff_leave_messages(reference: &Reference) -> String {
    format!("{STAFF_LEAVE}/{}/messages", reference.as_str())
}

/// [`STAFF_LEAVE_DECISION`] of this reference.
#[must_use]
pub fn staff_leave_decision(reference: &Reference) -> String {
    format!("{STAFF_LEAVE}/{}/decision", reference.as_str())
}

/// [`STAFF_LEAVE_FILE`] of this reference and file.
#[must_use]
pub fn staff_leave_file(reference: &Reference, evidence: &EvidenceId) -> String {
    format!("{STAFF_LEAVE}/{}/evidence/{evidence}", reference.as_str())
}
