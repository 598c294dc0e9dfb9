//! A request for leave as it is read.

use app::rules::{
    calendar::SessionDay,
    code::Code,
    form::Answers,
    id::{GuardianId, LeaveId, PupilId},
    leave::{Outcome, Span, State},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use crate::store::db::columns;

/// A signed form with all that has become of it.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaveRecord {
    /// The reference.
    pub reference: Reference,
    /// The applicant.
    pub guardian: GuardianId,
    /// The applicant's whole name.
    pub guardian_name: String,
    /// The id of the submission.
    pub submission: String,
    /// "web", or "letter" for a form on paper.
    pub channel: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The version of the form.
    pub form_version: i64,
    /// The answers as they were signed.
    pub answers: Answers,
    /// From when to when.
    pub span: Span,
    /// Whether it came before the absence began.
    pub in_advance: bool,
    /// The name beneath.
    pub signed_name: String,
    /// When it was signed.
    pub signed_at: DateTime<Utc>,
    /// The name of the member of staff who typed it in.
    pub entered_by: Option<String>,
    /// The request that took its place.
    pub replaced_by: Option<Reference>,
    /// The children, the eldest first; for a guardian, those whom they may see.
    pub children: Vec<LeaveChild>,
    /// Whether that is every child of the form. What was written of all of them is shown to nobody who has lost one.
    pub sees_all: bool,
    /// Whether the guardian may write for every child of the form.
    pub writes_all: bool,
    /// The others who were asked to sign.
    pub signers: Vec<LeaveSigner>,
}

/// One child's request.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaveChild {
    /// The request.
    pub leave: LeaveId,
    /// The child.
    pub pupil: PupilId,
    /// The whole name.
    pub full_name: String,
    /// What everybody calls the child.
    pub called: String,
    /// "3 Oak".
    pub class: String,
    /// The year group.
    pub year: i64,
    /// The date of birth.
    pub born: NaiveDate,
    /// Where it stands.
    pub state: State,
    /// Since when.
    pub state_at: DateTime<Utc>,
    /// Each session asked for, in order.
    pub sessions: Vec<AskedSession>,
    /// Each state it came to, in order: state, when, and the member of staff's name.
    pub moves: Vec<(State, DateTime<Utc>, Option<String>)>,
    /// The decisions, the first first; the last one counts.
    pub decisions: Vec<LeaveDecision>,
}

/// A session asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskedSession {
    /// Which.
    pub at: SessionDay,
    /// Whether it is agreed; `None` before a decision.
    pub granted: Option<bool>,
    /// Its code: of an agreed session the one it will have, of another the one proposed.
    pub code: Option<Code>,
}

/// A decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveDecision {
    /// Its number, from 1.
    pub decision: i64,
    /// All, some or none.
    pub outcome: Outcome,
    /// The reasons from the head's list, as they stood then.
    pub reasons: Vec<String>,
    /// The head's own words.
    pub words: Option<String>,
    /// When.
    pub decided_at: DateTime<Utc>,
    /// Who, by name.
    pub decided_by: Option<String>,
    /// "headteacher" or "designate".
    pub decided_as: String,
}

/// Another parent who was asked to sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveSigner {
    /// Who.
    pub guardian: GuardianId,
    /// The whole name.
    pub name: String,
    /// When they were asked.
    pub asked_at: DateTime<Utc>,
    /// The name they signed with.
    pub signed_name: Option<String>,
    /// When they answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// Whether they signed; `None` until they answered.
    pub signed: Option<bool>,
}

impl LeaveToSign {
    /// Whether it waits for an answer: none was given, and something is still to be decided.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.signer.signed.is_none() && self.children.iter().any(|child| child.state.is_open())
    }
}

columns! {
    /// A request in a guardian's own list.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct LeaveLine {
        /// The reference.
        pub reference: String,
        /// What the child is called.
        pub called: String,
        /// The state's word.
        pub state: String,
        /// Since when.
        pub state_at: DateTime<Utc>,
        /// The first day asked for.
        pub first_day: NaiveDate,
        /// The last.
        pub last_day: NaiveDate,
    }
}

/// What another parent is asked to sign: child, sessions and state, and nothing of where or why.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaveToSign {
    /// The reference.
    pub reference: Reference,
    /// The version of the form, which has the statement.
    pub form_version: i64,
    /// From when to when.
    pub span: Span,
    /// Each child with what is asked for, and where it stands.
    pub children: Vec<LeaveChild>,
    /// When they were asked, and what they have answered.
    pub signer: LeaveSigner,
}
