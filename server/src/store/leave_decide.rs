//! The headteacher's decision, kept in one transaction: who may is asked inside it, a later one keeps the first.

use std::collections::BTreeSet;

use app::rules::{
    access::{Link, Role},
    id::{GuardianId, LeaveId, StaffId},
    leave::{ChildDecision, Move, Outcome, REFUSED, State, may_grant, may_sign},
};
use chrono::{DateTime, NaiveDate, Utc};
use serde_json::json;

use super::{
    School, StoreError,
    conversation::REACH,
    db::{row, rows, run},
    journal::Actor,
    leave_state::move_leave,
    mail::{NewMail, put_mail},
    message::reached,
    micros,
    writer::Work,
};

/// A decision to be kept.
#[derive(Debug, Clone)]
pub struct NewLeaveDecision {
    /// The applicant.
    pub guardian: GuardianId,
    /// The submission.
    pub submission: String,
    /// For each child the decision, and the number of the one that was shown before: 0 for none.
    pub children: Vec<(ChildDecision, i64)>,
    /// Who decides.
    pub by: StaffId,
    /// London's day: a designate decides between dates.
    pub today: NaiveDate,
    /// When.
    pub at: DateTime<Utc>,
    /// Subject and text of the mail to the applicant: that a decision waits, and nothing of what it is.
    pub mail: (String, String),
    /// The same to those who signed as well.
    pub signer_mail: (String, String),
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeaveDecided {
    /// Kept, durably.
    Done,
    /// The same person had decided the very same just before.
    Again,
    /// Somebody has decided meanwhile, or the sessions are others. Nothing was kept.
    Stale,
    /// The family has taken it back or sent another in its place. Nothing was kept.
    NotNow,
    /// A code that such a session cannot have. Nothing was kept.
    NoCode,
    /// Who asks may not decide today, or there is no such request.
    NotAllowed,
}

impl School {
    /// Keeps a decision for these children of one form: all of them or none.
    ///
    /// # Errors
    /// What the database says; nothing is kept then.
    pub async fn decide_leave(&self, new: NewLeaveDecision) -> Result<LeaveDecided, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { decide(work, &id, new).await })).await
    }
}

/// What somebody is on a day, asked within a job's transaction; nothing for an account that was shut. A designate is
/// one between two dates, and without both never.
pub(super) async fn roles_in(
    work: &mut Work,
    school: &str,
    staff: &StaffId,
    today: NaiveDate,
) -> Result<Vec<Role>, StoreError> {
    let found = rows!(
        &mut *work,
        (String,),
        "SELECT r.role FROM staff_role r JOIN staff s ON s.school_id = r.school_id AND s.staff_id = r.staff_id \
         WHERE r.school_id = $1 AND r.staff_id = $2 AND s.disabled_at IS NULL \
         AND (r.from_day IS NULL OR r.from_day <= $3) AND (r.to_day IS NULL OR r.to_day >= $3) \
         AND (r.role <> 'designate' OR (r.from_day IS NOT NULL AND r.to_day IS NOT NULL))",
        school,
        staff.as_str(),
        today
    )?;
    Ok(found.iter().filter_map(|(role,)| Role::parse(role)).collect())
}

/// What a request is before it is decided.
struct Before {
    state: State,
    decision: i64,
    in_advance: bool,
}

async fn before(
    work: &mut Work,
    school: &str,
    new: &NewLeaveDecision,
    leave: &LeaveId,
) -> Result<Option<Before>, StoreError> {
    let found = row!(
        &mut *work,
        (String, i64, bool),
        "SELECT r.state, r.decision, f.in_advance FROM leave_request r \
         JOIN leave_form f ON f.school_id = r.school_id AND f.guardian_id = r.guardian_id AND f.submission_id = r.submission_id \
         WHERE r.school_id = $1 AND r.leave_id = $2 AND r.guardian_id = $3 AND r.submission_id = $4",
        school,
        leave.as_str(),
        new.guardian.as_str(),
        new.submission.as_str()
    )?;
    let Some((state, decision, in_advance)) = found else { return Ok(None) };
    let state = State::parse(&state).ok_or(StoreError::Unreadable("leave_request"))?;
    Ok(Some(Before { state, decision, in_advance }))
}

async fn decide(work: &mut Work, school: &str, new: NewLeaveDecision) -> Result<LeaveDecided, StoreError> {
    // Everything is looked at before the first row is written; nobody else writes in between (see the writer).
    let roles = roles_in(work, school, &new.by, new.today).await?;
    let decided_as = match () {
        () if roles.contains(&Role::Headteacher) => "headteacher",
        () if roles.contains(&Role::Designate) => "designate",
        () => return Ok(LeaveDecided::NotAllowed),
    };
    let mut again = 0;
    for (child, seen) in &new.children {
        let Some(before) = before(work, school, &new, &child.leave).await? else {
            return Ok(LeaveDecided::NotAllowed);
        };
        if before.decision == *seen + 1 && is_same(work, school, &new, child, before.decision).await? {
            again += 1;
            continue;
        }
        if before.decision != *seen || !asks_for(work, school, child).await? {
            return Ok(LeaveDecided::Stale);
        }
        if before.state.after(Move::Decide(child.outcome)).is_err() {
            return Ok(LeaveDecided::NotNow);
        }
        let granted = child.sessions.iter().filter(|one| one.granted).count();
        let fits = |granted: bool, code| {
            if granted { may_grant(code, before.in_advance) } else { REFUSED.contains(&code) }
        };
        if Outcome::of(granted, child.sessions.len()) != child.outcome
            || !child.sessions.iter().all(|one| fits(one.granted, one.code))
        {
            return Ok(LeaveDecided::NoCode);
        }
    }
    match again {
        _ if new.children.is_empty() => return Ok(LeaveDecided::NotAllowed),
        0 => {}
        all if all == new.children.len() => return Ok(LeaveDecided::Again),
        _ => return Ok(LeaveDecided::Stale),
    }
    for (child, seen) in &new.children {
        put(work, school, &new, child, (*seen + 1, decided_as)).await?;
    }
    tell(work, school, &new).await?;
    Ok(LeaveDecided::Done)
}

/// The sessions of a decision as text: for the row that is never changed, and for the journal.
fn as_json(child: &ChildDecision) -> String {
    let one = |one: &app::rules::leave::Ruled| {
        json!({
            "day": one.at.date.to_string(),
            "session": one.at.session.letters(),
            "code": one.code.letters(),
            "granted": one.granted,
        })
    };
    serde_json::Value::Array(child.sessions.iter().map(one).collect()).to_string()
}

/// Whether a decision that stands is this one, by the same person: two taps.
async fn is_same(
    work: &mut Work,
    school: &str,
    new: &NewLeaveDecision,
    child: &ChildDecision,
    decision: i64,
) -> Result<bool, StoreError> {
    let found = row!(
        &mut *work,
        (String, Option<String>, String, String),
        "SELECT reasons, words, decided_by, sessions FROM leave_decision WHERE school_id = $1 AND leave_id = $2 AND decision = $3",
        school,
        child.leave.as_str(),
        decision
    )?;
    let same = (child.reasons.join("\n"), child.words.clone(), new.by.to_string(), as_json(child));
    Ok(found == Some(same))
}

/// Whether the decision is about exactly the sessions asked for.
async fn asks_for(work: &mut Work, school: &str, child: &ChildDecision) -> Result<bool, StoreError> {
    let found = rows!(
        &mut *work,
        (NaiveDate, String),
        "SELECT day, session FROM leave_session WHERE school_id = $1 AND leave_id = $2",
        school,
        child.leave.as_str()
    )?;
    let asked: BTreeSet<_> = found.into_iter().collect();
    let ruled: BTreeSet<_> =
        child.sessions.iter().map(|one| (one.at.date, one.at.session.letters().to_owned())).collect();
    Ok(asked == ruled && ruled.len() == child.sessions.len())
}

async fn put(
    work: &mut Work,
    school: &str,
    new: &NewLeaveDecision,
    child: &ChildDecision,
    (decision, decided_as): (i64, &'static str),
) -> Result<(), StoreError> {
    let (reasons, sessions) = (child.reasons.join("\n"), as_json(child));
    run!(
        &mut *work,
        "INSERT INTO leave_decision (school_id, leave_id, decision, outcome, reasons, words, decided_at, decided_by, decided_as, sessions) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        school,
        child.leave.as_str(),
        decision,
        child.outcome.state().word(),
        reasons.as_str(),
        child.words.as_deref(),
        micros(new.at),
        new.by.as_str(),
        decided_as,
        sessions.as_str()
    )?;
    run!(
        &mut *work,
        "UPDATE leave_request SET decision = $3 WHERE school_id = $1 AND leave_id = $2",
        school,
        child.leave.as_str(),
        decision
    )?;
    for one in &child.sessions {
        run!(
            &mut *work,
            "UPDATE leave_session SET granted = $5, code = $6 WHERE school_id = $1 AND leave_id = $2 AND day = $3 AND session = $4",
            school,
            child.leave.as_str(),
            one.at.date,
            one.at.session.letters(),
            one.granted,
            one.code.letters()
        )?;
    }
    let actor = Actor::Staff(new.by.to_string());
    let number = decision.to_string();
    let fields = [
        ("decision", None, Some(number.as_str())),
        ("as", None, Some(decided_as)),
        ("reasons", None, Some(reasons.as_str())),
        ("words", None, child.words.as_deref()),
        ("sessions", None, Some(sessions.as_str())),
    ];
    // Asked before, in the same transaction.
    let _ =
        move_leave(work, school, child.leave.as_str(), Move::Decide(child.outcome), (&actor, new.at), &fields).await?;
    Ok(())
}

/// Tells the applicant and whoever signed as well, as far as they may still read it, that a decision waits.
async fn tell(work: &mut Work, school: &str, new: &NewLeaveDecision) -> Result<(), StoreError> {
    let signed = rows!(
        &mut *work,
        (String,),
        "SELECT signer_id FROM leave_signer WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 AND signed ORDER BY signer_id",
        school,
        new.guardian.as_str(),
        new.submission.as_str()
    )?;
    let applicant = [(new.guardian.to_string(), true)];
    for (guardian, applied) in applicant.into_iter().chain(signed.into_iter().map(|(id,)| (id, false))) {
        let links = links(work, school, new, &guardian).await?;
        let decided = |leave: &String| new.children.iter().any(|(child, _)| child.leave.as_str() == leave);
        // Applicants read of the children whom they may see; a signer only where they may sign for all.
        let reads = if applied {
            links.iter().any(|(leave, link)| decided(leave) && link.may_read())
        } else {
            may_sign(&links.iter().map(|(_, link)| *link).collect::<Vec<_>>())
        };
        let found = row!(&mut *work, (Option<String>, i64, i64), REACH, school, guardian.as_str())?;
        if let Some(to) = found.and_then(reached).filter(|_| reads) {
            let (subject, body) = if applied { new.mail.clone() } else { new.signer_mail.clone() };
            put_mail(work, school, NewMail { to: Some(to), kind: "leave-decided", subject, body }, new.at).await?;
        }
    }
    Ok(())
}

/// Each request of the form with the link of a guardian to its child.
async fn links(
    work: &mut Work,
    school: &str,
    new: &NewLeaveDecision,
    guardian: &str,
) -> Result<Vec<(String, Link)>, StoreError> {
    let found = rows!(
        &mut *work,
        (String, Option<String>, Option<bool>, Option<bool>),
        "SELECT r.leave_id, l.access, l.barred, l.reviewed FROM leave_request r \
         LEFT JOIN guardian_pupil l ON l.school_id = r.school_id AND l.guardian_id = $4 AND l.pupil_id = r.pupil_id \
         WHERE r.school_id = $1 AND r.guardian_id = $2 AND r.submission_id = $3",
        school,
        new.guardian.as_str(),
        new.submission.as_str(),
        guardian
    )?;
    let link = |(leave, access, barred, reviewed): (String, Option<String>, Option<bool>, Option<bool>)| {
        (leave, Link::of_row(access.as_deref(), barred, reviewed))
    };
    Ok(found.into_iter().map(link).collect())
}
