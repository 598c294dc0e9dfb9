//! The one way in which a request for leave moves: the rules are asked, and the move leaves a line.

use app::rules::leave::{Move, NotNow, State};
use chrono::{DateTime, Utc};

use super::{
    StoreError,
    db::{row, run},
    journal::{self, Actor, Line},
    micros,
    writer::Work,
};

/// The word of a move in the journal.
fn action(step: Move) -> &'static str {
    match step {
        Move::Consider => "consider_leave",
        Move::AskMore => "ask_about_leave",
        Move::Answer => "answer_about_leave",
        Move::Decide(_) => "decide_leave",
        Move::Withdraw { .. } => "withdraw_leave",
        Move::Replace => "change_leave",
    }
}

/// Moves one child's request within a job's transaction. `fields` go into the journal beside the state.
pub(super) async fn move_leave(
    work: &mut Work,
    school: &str,
    leave: &str,
    step: Move,
    (actor, at): (&Actor, DateTime<Utc>),
    fields: &[(&'static str, Option<&str>, Option<&str>)],
) -> Result<Result<State, NotNow>, StoreError> {
    let found = row!(
        &mut *work,
        (String, i64),
        "SELECT l.state, (SELECT CAST(COALESCE(MAX(m.place), 0) AS BIGINT) FROM leave_move m WHERE m.school_id = l.school_id AND m.leave_id = l.leave_id) \
         FROM leave_request l WHERE l.school_id = $1 AND l.leave_id = $2",
        school,
        leave
    )?;
    let Some((before, last)) = found else { return Ok(Err(NotNow)) };
    let before = State::parse(&before).ok_or(StoreError::Unreadable("leave_request"))?;
    let Ok(after) = before.after(step) else { return Ok(Err(NotNow)) };
    run!(
        &mut *work,
        "UPDATE leave_request SET state = $3, state_at = $4 WHERE school_id = $1 AND leave_id = $2",
        school,
        leave,
        after.word(),
        micros(at)
    )?;
    put_move(work, school, leave, (last + 1, after), (actor, at)).await?;
    let mut all = vec![("state", Some(before.word()), Some(after.word()))];
    all.extend_from_slice(fields);
    let line = Line { at, actor, action: action(step), subject_kind: "leave", subject_id: leave, fields: &all };
    journal::write(work, school, line).await?;
    Ok(Ok(after))
}

/// Keeps that a request came to a state.
pub(super) async fn put_move(
    work: &mut Work,
    school: &str,
    leave: &str,
    (place, state): (i64, State),
    (actor, at): (&Actor, DateTime<Utc>),
) -> Result<(), StoreError> {
    let (kind, id) = actor.row();
    run!(
        &mut *work,
        "INSERT INTO leave_move (school_id, leave_id, place, state, at, actor_kind, actor_id) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        school,
        leave,
        place,
        state.word(),
        micros(at),
        kind,
        id
    )?;
    Ok(())
}
