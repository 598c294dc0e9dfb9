//! Deciding a request: only the headteacher, and whom she named, on the day.

use app::{
    paths,
    rules::{
        id::LeaveId,
        leave::{
            AnswerForm, DecideForm, GRANTED, Move, Outcome, Scope, ToDecide, check_decision, may_grant, proposed_codes,
            session_key,
        },
    },
    staff::leave::decide::{Decide, anchor, code_field, suffix},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::request::{Desk, draw, find};
use crate::{
    routes::{leave_letter, staff::prove},
    store::{LeaveBeside, LeaveChild, LeaveDecided, LeaveRecord, NewLeaveDecision},
    web::{
        Failure, Fields, Portal, PostedList,
        session::{DecideLeave, May, Staff},
    },
};

/// The children whose request can be decided.
fn to_decide(found: &LeaveRecord) -> impl Iterator<Item = &LeaveChild> {
    found.children.iter().filter(|child| child.state.after(Move::Decide(Outcome::Refused)).is_ok())
}

fn asked(child: &LeaveChild) -> ToDecide {
    ToDecide { leave: child.leave.clone(), sessions: child.sessions.iter().map(|one| one.at).collect() }
}

/// The form; `None` where there is nothing to decide (any more).
pub(super) fn form(
    portal: &Portal,
    staff: &Staff,
    found: &LeaveRecord,
    siblings: &[LeaveBeside],
    typed: Option<DecideForm>,
) -> Option<Decide> {
    let children: Vec<(ToDecide, String, i64)> = to_decide(found)
        .map(|child| {
            (asked(child), child.called.clone(), child.decisions.last().map_or(0, |decision| decision.decision))
        })
        .collect();
    let (code, refused) = proposed_codes(&found.answers, found.in_advance);
    let first = AnswerForm {
        code: code.map_or_else(String::new, |code| code.letters().to_owned()),
        refused: refused.letters().to_owned(),
        ..AnswerForm::default()
    };
    let form = typed.unwrap_or_else(|| DecideForm {
        each: children.iter().map(|(child, ..)| (child.leave.clone(), first.clone())).collect(),
        together: first,
        ..DecideForm::default()
    });
    let outcome = |state| {
        let all = [Outcome::Granted, Outcome::GrantedInPart, Outcome::Refused];
        all.into_iter().find(|outcome| outcome.state() == state)
    };
    (!children.is_empty()).then(|| Decide {
        reference: found.reference.clone(),
        children,
        form,
        codes: GRANTED.into_iter().filter(|code| may_grant(*code, found.in_advance)).collect(),
        reasons: portal.policy.leave.reasons.iter().map(|one| (one.key.clone(), one.label.clone())).collect(),
        siblings: siblings
            .iter()
            .filter_map(|one| Some((one.child.clone(), one.class.clone(), outcome(one.state)?)))
            .collect(),
        proof: !staff.is_fresh(portal.now()),
        csrf: staff.csrf.clone(),
    })
}

/// What was typed.
fn read(fields: &Fields, found: &LeaveRecord) -> DecideForm {
    let answer = |scope: Option<&LeaveId>| {
        let end = suffix(scope.map(LeaveId::as_str));
        let sessions = to_decide(found).filter(|child| scope.is_none_or(|leave| child.leave == *leave));
        let mut keys: Vec<String> =
            sessions.flat_map(|child| child.sessions.iter().map(|one| session_key(one.at))).collect();
        keys.sort();
        keys.dedup();
        AnswerForm {
            answer: fields.one(&format!("answer{end}")),
            code: fields.one(&format!("code{end}")),
            refused: fields.one(&format!("refused{end}")),
            agreed: fields.all(&format!("agreed{end}")),
            codes: keys
                .into_iter()
                .map(|key| {
                    let code = fields.one(&code_field(&end, &key));
                    (key, code)
                })
                .collect(),
        }
    };
    DecideForm {
        apart: fields.says_yes("apart"),
        together: answer(None),
        each: to_decide(found).map(|child| (child.leave.clone(), answer(Some(&child.leave)))).collect(),
        reasons: fields.all("reason"),
        words: fields.one("words"),
    }
}

/// `POST /staff/leave/{reference}/decision`
pub(in crate::routes) async fn decide(
    State(portal): State<Portal>,
    may: May<DecideLeave>,
    Path(reference): Path<String>,
    PostedList(fields): PostedList,
) -> Result<Response, Failure> {
    let staff = &may.staff;
    portal.limits.act(staff.session.staff_id.as_str(), "decide_leave")?;
    let found = find(&portal, &reference).await?;
    let w = &portal.words().leave_staff;
    let typed = read(&fields, &found);
    let children: Vec<ToDecide> = to_decide(&found).map(asked).collect();
    if children.is_empty() {
        let desk = Desk { refused: Some(w.gone), ..Desk::default() };
        return refuse(&portal, staff, &reference, (StatusCode::CONFLICT, desk)).await;
    }
    let name = |scope: &Scope| {
        let of = scope.as_ref()?;
        found.children.iter().find(|child| child.leave == *of).map(|child| child.called.as_str())
    };
    let decided = check_decision(&typed, &children, found.in_advance, &portal.policy.leave);
    let mut problems: Vec<_> = match &decided {
        Ok(_) => Vec::new(),
        Err(problems) => problems
            .iter()
            .map(|problem| (anchor(problem), (w.decide_problem)(problem, scope(problem).and_then(name))))
            .collect(),
    };
    // A fresh code last: a wrong form costs none.
    if problems.is_empty() && !staff.is_fresh(portal.now()) {
        match prove::again(&portal, staff, &fields.one("proof")).await? {
            None => {}
            Some((StatusCode::TOO_MANY_REQUESTS, said)) => {
                let desk =
                    Desk { decision: Some(typed), problems: vec![("proof".into(), said.into())], ..Desk::default() };
                return refuse(&portal, staff, &reference, (StatusCode::TOO_MANY_REQUESTS, desk)).await;
            }
            Some((_, said)) => problems.push(("proof".to_owned(), said.to_owned())),
        }
    }
    let Some(decided) = decided.ok().filter(|_| problems.is_empty()) else {
        let desk = Desk { decision: Some(typed), problems, ..Desk::default() };
        return refuse(&portal, staff, &reference, (StatusCode::UNPROCESSABLE_ENTITY, desk)).await;
    };
    let seen = |leave: &LeaveId| fields.one(&format!("seen-{leave}")).parse::<i64>().map_err(|_| Failure::BadRequest);
    let children = decided
        .into_iter()
        .map(|child| {
            let seen = seen(&child.leave)?;
            Ok((child, seen))
        })
        .collect::<Result<_, Failure>>()?;
    let (school, link) = (&portal.policy.school_name, paths::leave_request(&found.reference));
    let new = NewLeaveDecision {
        guardian: found.guardian.clone(),
        submission: found.submission.clone(),
        children,
        by: staff.session.staff_id.clone(),
        today: portal.today(),
        at: portal.now(),
        mail: (portal.words().mail.decided)(school, &portal.address(&link)),
        signer_mail: (portal.words().mail.decided)(school, &portal.address(&paths::leave_sign(&found.reference))),
    };
    let said = match portal.school.decide_leave(new).await? {
        LeaveDecided::Done => {
            portal.changed();
            portal.mail_waits.notify_one();
            // The decision stands: whatever comes between, the page of letters makes them later.
            if let Ok(Some(now)) = portal.school.leave(&found.reference).await {
                leave_letter::make_if_possible(&portal, &now).await;
            }
            return Ok(Redirect::to(&paths::staff_leave(&found.reference)).into_response());
        }
        LeaveDecided::Again => return Ok(Redirect::to(&paths::staff_leave(&found.reference)).into_response()),
        LeaveDecided::NotAllowed => return Err(Failure::NotAllowed),
        LeaveDecided::NoCode => return Err(Failure::BadRequest),
        LeaveDecided::Stale => w.stale,
        LeaveDecided::NotNow => w.gone,
    };
    let desk = Desk { decision: Some(typed), refused: Some(said), ..Desk::default() };
    refuse(&portal, staff, &reference, (StatusCode::CONFLICT, desk)).await
}

/// Which child a problem is about.
fn scope(problem: &app::rules::leave::DecideProblem) -> Option<&Scope> {
    use app::rules::leave::DecideProblem::{NoAnswer, NoCode, NotInAdvance, NothingAgreed};
    match problem {
        NoAnswer(scope) | NothingAgreed(scope) | NoCode(scope) | NotInAdvance(scope) => Some(scope),
        _ => None,
    }
}

/// The page as it stands now, with what was typed.
async fn refuse(
    portal: &Portal,
    staff: &Staff,
    reference: &str,
    (status, desk): (StatusCode, Desk),
) -> Result<Response, Failure> {
    let found = find(portal, reference).await?;
    Ok((status, draw(portal, staff, found, desk).await?).into_response())
}
