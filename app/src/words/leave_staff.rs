//! Words for staff who prepare and decide leave.

use chrono::NaiveDate;

use crate::rules::{
    calendar::SessionDay,
    leave::{DecideProblem, NoteKind, NoteProblem, Outcome, Recommends, State},
};

/// Leave, as staff see it.
#[derive(Debug)]
pub struct LeaveStaffWords {
    /// Navigation, title and heading.
    pub title: &'static str,
    /// The title of one request.
    pub one_title: &'static str,
    /// Heading of what is open.
    pub open: fn(usize) -> String,
    /// Nothing is open.
    pub none_open: &'static str,
    /// Heading of what was decided lately.
    pub lately: &'static str,
    /// Nothing was.
    pub none_lately: &'static str,
    /// Heading of one state's list.
    pub in_state: fn(State, usize) -> String,
    /// Nothing is in that state.
    pub none_in_state: &'static str,
    /// The name of the filter.
    pub filter: &'static str,
    /// All states.
    pub all: &'static str,
    /// Heads of the list.
    pub heads: [&'static str; 4],
    /// A state.
    pub state: fn(State) -> &'static str,
    /// "since 23 November at 8.04".
    pub since: fn(&str) -> String,
    /// Days of notice the family gave, from receipt to the first day.
    pub notice: fn(i64) -> String,
    /// In how many days it begins.
    pub begins: fn(i64) -> String,
    /// It has begun and nothing is decided.
    pub overdue: &'static str,
    /// Came after the absence began.
    pub late: &'static str,
    /// What that means to who decides.
    pub late_means: &'static str,
    /// So many of so many others signed.
    pub signed: fn(i64, i64) -> String,
    /// A recommendation.
    pub recommends: fn(Recommends) -> &'static str,
    /// The family wrote something unread.
    pub unread: &'static str,
    /// "by Ngozi Okafor".
    pub by: fn(&str) -> String,
    /// Sessions and days.
    pub sessions: fn(i64, i64) -> String,
    /// No kind was given.
    pub no_kind: &'static str,
    /// Back to the list.
    pub back: &'static str,
    /// The applicant.
    pub applicant: &'static str,
    /// Jump to the decision.
    pub to_decision: &'static str,
    /// Replaced by another.
    pub replaced: &'static str,
    /// See it.
    pub see_new: &'static str,
    /// Typed in from paper by.
    pub on_paper: fn(&str) -> String,
    /// Heading of the request.
    pub request: &'static str,
    /// Heading of signers.
    pub signers: &'static str,
    /// Nobody was asked.
    pub no_signers: &'static str,
    /// Heading of evidence.
    pub evidence: &'static str,
    /// There is none.
    pub no_evidence: &'static str,
    /// The child's heads: this year, last year, unauthorised now, if refused, earlier leave, brothers and sisters,
    /// tests, what happened.
    pub child_heads: [&'static str; 8],
    /// No mark is held.
    pub no_marks: &'static str,
    /// Unauthorised in ten school weeks.
    pub window_now: fn(u32) -> String,
    /// The highest if refused, and the Mondays of the window.
    pub highest: fn(u32, NaiveDate, NaiveDate) -> String,
    /// Of these so many are not known yet.
    pub unknown: fn(u32) -> String,
    /// The threshold, beside the count.
    pub threshold: &'static str,
    /// Marks are missing.
    pub incomplete: &'static str,
    /// Some sessions come before compulsory age: so many count.
    pub young: fn(u32, usize) -> String,
    /// The whole leave is before compulsory age or outside the calendar.
    pub nothing_counts: &'static str,
    /// None.
    pub none: &'static str,
    /// Another request: sessions, first, last, state, when, by whom.
    pub beside: fn((i64, i64), SessionDay, SessionDay, State, &str) -> String,
    /// A test: name, first, last.
    pub test: fn(&str, NaiveDate, NaiveDate) -> String,
    /// Its days are not confirmed.
    pub test_unconfirmed: &'static str,
    /// The child's page.
    pub to_child: fn(&str) -> String,
    /// Heading of the decisions of a child.
    pub decision: &'static str,
    /// An earlier one: its number.
    pub earlier_decision: fn(i64) -> String,
    /// Decided by: name, for the headteacher or not, when.
    pub decided_by: fn(&str, bool, &str) -> String,
    /// Somebody whose account is gone.
    pub somebody: &'static str,
    /// So many agreed of so many.
    pub agreed: fn(usize, usize) -> String,
    /// Table heads: day, morning, afternoon.
    pub table_heads: [&'static str; 3],
    /// Agreed, with code.
    pub session_yes: &'static str,
    /// Not agreed, with code.
    pub session_no: &'static str,
    /// No session then.
    pub session_none: &'static str,
    /// Children of one family have different answers.
    pub differ: fn(&str) -> String,
    /// One of them: name and answer.
    pub differ_one: fn(&str, State) -> String,
    /// Heading of notes.
    pub notes: &'static str,
    /// None yet.
    pub no_notes: &'static str,
    /// A kind of note.
    pub kind: fn(NoteKind) -> &'static str,
    /// "Jean Tanner, 23 November at 8.04".
    pub noted: fn(&str, &str) -> String,
    /// Heading of the check.
    pub check: &'static str,
    /// What it does.
    pub check_hint: &'static str,
    /// Its button.
    pub check_go: &'static str,
    /// Heading of the form for a note.
    pub add_note: &'static str,
    /// The question for its kind.
    pub which_note: &'static str,
    /// The question for a recommendation.
    pub which: &'static str,
    /// The label of its words.
    pub note_label: &'static str,
    /// The button.
    pub note_go: &'static str,
    /// Who reads it.
    pub note_who: &'static str,
    /// What is wrong with a note.
    pub note_problem: fn(NoteProblem) -> String,
    /// A note that was not kept.
    pub note_refused: &'static str,
    /// Heading of messages.
    pub messages: &'static str,
    /// Only the applicant sees them.
    pub only: fn(&str) -> String,
    /// The label of a question.
    pub ask: &'static str,
    /// The button.
    pub ask_go: &'static str,
    /// The button for what needs no answer.
    pub tell_go: &'static str,
    /// Heading of the decision.
    pub decide: &'static str,
    /// Of a later one.
    pub decide_again: &'static str,
    /// Only who decides may.
    pub decide_lead: &'static str,
    /// The question.
    pub answer: &'static str,
    /// The same for one child.
    pub answer_for: fn(&str) -> String,
    /// All, part, none.
    pub answers: [&'static str; 3],
    /// The children are decided together.
    pub together: fn(&str) -> String,
    /// Sets them apart.
    pub apart: &'static str,
    /// What an empty answer means there.
    pub apart_hint: &'static str,
    /// Caption of the sessions.
    pub tick_sessions: &'static str,
    /// The code of agreed sessions.
    pub code: &'static str,
    /// The code of others.
    pub refused_code: &'static str,
    /// No code chosen yet.
    pub choose: &'static str,
    /// The code as chosen above.
    pub as_above: &'static str,
    /// The code for one session, for who hears the page.
    pub code_for: fn(SessionDay) -> String,
    /// Reasons.
    pub reasons: &'static str,
    /// What becomes of them.
    pub reasons_hint: &'static str,
    /// Own words.
    pub words: &'static str,
    /// Who reads them.
    pub words_hint: &'static str,
    /// The fresh code.
    pub proof: &'static str,
    /// Why it is asked for.
    pub proof_hint: &'static str,
    /// The button.
    pub decide_go: &'static str,
    /// What happens then.
    pub decide_next: &'static str,
    /// What is wrong with a decision; with the child's name where it is about one.
    pub decide_problem: fn(&DecideProblem, Option<&str>) -> String,
    /// Somebody decided meanwhile.
    pub stale: &'static str,
    /// It was taken back or replaced meanwhile.
    pub gone: &'static str,
    /// A brother's or sister's answer, beside the choice: child, class, state.
    pub sibling: fn(&str, &str, Outcome) -> String,
}
