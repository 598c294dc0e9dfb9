//! What is kept by the day: what the office worked with, and the register's marks. One day goes in one step.

use app::rules::conversation::Topic;
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    StoreError,
    db::{rows, run},
    retention::{midnight, note},
    retention_sent::talk,
    writer::Work,
};

/// Days before this one of which anything is left that the office worked with. A day's codes stay while a report about it does, a
/// question about a mark while anybody writes in it.
macro_rules! mornings {
    ($on:expr, $school:expr, $day:expr, $most:expr) => {
        $crate::store::db::rows!(
            $on,
            (chrono::NaiveDate,),
            "SELECT day FROM absence a WHERE a.school_id = $1 AND a.day < $2 AND NOT EXISTS (SELECT 1 FROM report r \
                WHERE r.school_id = a.school_id AND r.pupil_id = a.pupil_id AND r.day = a.day) \
             UNION SELECT day FROM register WHERE school_id = $1 AND day < $2 \
             UNION SELECT day FROM keyed WHERE school_id = $1 AND day < $2 \
             UNION SELECT day FROM call_note WHERE school_id = $1 AND day < $2 \
             UNION SELECT day FROM mark_question q WHERE q.school_id = $1 AND q.day < $2 AND NOT EXISTS (SELECT 1 FROM message m \
                WHERE m.school_id = q.school_id AND m.guardian_id = q.guardian_id AND m.about_kind = 'mark' AND m.about_id = q.about_id \
                AND m.sent_at >= $3) \
             ORDER BY 1 LIMIT $4",
            $school,
            $day,
            $crate::store::retention::midnight($day),
            $most
        )
    };
}
pub(super) use mornings;

/// Days before this one of which a mark is left that was not changed later.
macro_rules! marks {
    ($on:expr, $school:expr, $day:expr, $most:expr) => {
        $crate::store::db::rows!(
            $on,
            (chrono::NaiveDate,),
            "SELECT DISTINCT day FROM mark WHERE school_id = $1 AND day < $2 AND changed_at < $3 ORDER BY day LIMIT $4",
            $school,
            $day,
            $crate::store::retention::midnight($day),
            $most
        )
    };
}
pub(super) use marks;

/// What goes with a day, ticks before their register.
const OF_A_MORNING: [&str; 4] = [
    "DELETE FROM register_tick WHERE school_id = $1 AND day = $2",
    "DELETE FROM register WHERE school_id = $1 AND day = $2",
    "DELETE FROM keyed WHERE school_id = $1 AND day = $2",
    "DELETE FROM call_note WHERE school_id = $1 AND day = $2",
];

/// Erases what the office worked with on the first such day before this one.
pub(super) async fn erase_mornings(
    work: &mut Work,
    school: &str,
    before: NaiveDate,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let Some((day,)) = mornings!(&mut *work, school, before, 1)?.pop() else { return Ok(0) };
    let codes = rows!(
        &mut *work,
        (String, String),
        "SELECT a.pupil_id, a.session FROM absence a WHERE a.school_id = $1 AND a.day = $2 AND NOT EXISTS (SELECT 1 FROM report r \
            WHERE r.school_id = a.school_id AND r.pupil_id = a.pupil_id AND r.day = a.day)",
        school,
        day
    )?;
    for (pupil, session) in &codes {
        run!(
            &mut *work,
            "DELETE FROM absence WHERE school_id = $1 AND pupil_id = $2 AND day = $3 AND session = $4",
            school,
            pupil.as_str(),
            day,
            session.as_str()
        )?;
    }
    for sql in OF_A_MORNING {
        run!(&mut *work, sql, school, day)?;
    }
    let questions = rows!(
        &mut *work,
        (String, String),
        "SELECT q.guardian_id, q.about_id FROM mark_question q WHERE q.school_id = $1 AND q.day = $2 AND NOT EXISTS (SELECT 1 FROM message m \
            WHERE m.school_id = q.school_id AND m.guardian_id = q.guardian_id AND m.about_kind = 'mark' AND m.about_id = q.about_id \
            AND m.sent_at >= $3)",
        school,
        day,
        midnight(before)
    )?;
    for (guardian, about) in &questions {
        forget_question(work, school, guardian, about).await?;
    }
    note(work, school, ("day", &day.to_string()), at).await?;
    Ok(1)
}

/// Erases what a guardian and the office wrote about one mark.
pub(super) async fn forget_question(
    work: &mut Work,
    school: &str,
    guardian: &str,
    about: &str,
) -> Result<(), StoreError> {
    talk(work, school, guardian, (Topic::Mark, about)).await?;
    run!(
        &mut *work,
        "DELETE FROM mark_question WHERE school_id = $1 AND guardian_id = $2 AND about_id = $3",
        school,
        guardian,
        about
    )?;
    Ok(())
}

/// Erases the marks of the first such day before this one, with what they were before they were changed.
pub(super) async fn erase_marks(
    work: &mut Work,
    school: &str,
    before: NaiveDate,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let Some((day,)) = marks!(&mut *work, school, before, 1)?.pop() else { return Ok(0) };
    let found = rows!(
        &mut *work,
        (String, String),
        "SELECT pupil_id, session FROM mark WHERE school_id = $1 AND day = $2 AND changed_at < $3",
        school,
        day,
        midnight(before)
    )?;
    for (pupil, session) in &found {
        run!(
            &mut *work,
            "DELETE FROM mark_change WHERE school_id = $1 AND pupil_id = $2 AND day = $3 AND session = $4",
            school,
            pupil.as_str(),
            day,
            session.as_str()
        )?;
        run!(
            &mut *work,
            "DELETE FROM mark WHERE school_id = $1 AND pupil_id = $2 AND day = $3 AND session = $4",
            school,
            pupil.as_str(),
            day,
            session.as_str()
        )?;
    }
    note(work, school, ("marks", &day.to_string()), at).await?;
    Ok(1)
}
