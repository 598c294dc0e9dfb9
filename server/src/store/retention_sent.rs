//! What families sent, once it has been kept for long enough: with everything that belongs to it, in one transaction.

use app::rules::conversation::Topic;
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    StoreError,
    db::{rows, run},
    journal,
    retention::note,
    writer::Work,
};

/// How many go in one step.
const AT_ONCE: i64 = 25;

/// What was sent about absence, leave and details, that nothing later belongs to: no day, no decision, no message. `NOT (r.day < $3)`
/// and not `r.day >= $3`: there is an index by day, and SQLite would read all later reports of the school for each submission.
macro_rules! due {
    ($on:expr, $school:expr, $day:expr, $most:expr) => {
        $crate::store::db::rows!(
            $on,
            (String, String),
            "SELECT s.guardian_id, s.submission_id FROM submission s WHERE s.school_id = $1 AND s.received_at < $2 \
             AND NOT EXISTS (SELECT 1 FROM leaving_form n WHERE n.school_id = s.school_id AND n.guardian_id = s.guardian_id \
                AND n.submission_id = s.submission_id) \
             AND NOT EXISTS (SELECT 1 FROM report r WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id \
                AND r.submission_id = s.submission_id AND NOT (r.day < $3)) \
             AND NOT EXISTS (SELECT 1 FROM leave_form f WHERE f.school_id = s.school_id AND f.guardian_id = s.guardian_id \
                AND f.submission_id = s.submission_id AND (f.last_day >= $3 OR f.return_day >= $3)) \
             AND NOT EXISTS (SELECT 1 FROM leave_request q WHERE q.school_id = s.school_id AND q.guardian_id = s.guardian_id \
                AND q.submission_id = s.submission_id AND q.state_at >= $2) \
             AND NOT EXISTS (SELECT 1 FROM details_line d WHERE d.school_id = s.school_id AND d.guardian_id = s.guardian_id \
                AND d.submission_id = s.submission_id AND d.state_at >= $2) \
             AND NOT EXISTS (SELECT 1 FROM message m WHERE m.school_id = s.school_id AND m.guardian_id = s.guardian_id \
                AND m.about_id = s.submission_id AND m.sent_at >= $2) LIMIT $4",
            $school,
            $crate::store::retention::midnight($day),
            $day,
            $most
        )
    };
}
pub(super) use due;

/// Notices that children leave, none of whom has a later last day, and about which nothing was noted or written later.
macro_rules! notices_due {
    ($on:expr, $school:expr, $day:expr, $most:expr) => {
        $crate::store::db::rows!(
            $on,
            (String, String),
            "SELECT f.guardian_id, f.submission_id FROM leaving_form f JOIN submission s \
                ON s.school_id = f.school_id AND s.guardian_id = f.guardian_id AND s.submission_id = f.submission_id \
             WHERE f.school_id = $1 AND s.received_at < $2 \
             AND NOT EXISTS (SELECT 1 FROM leaving_notice n WHERE n.school_id = f.school_id AND n.guardian_id = f.guardian_id \
                AND n.submission_id = f.submission_id AND (n.last_day >= $3 OR n.state_at >= $2 \
                OR EXISTS (SELECT 1 FROM leaving_line l WHERE l.school_id = n.school_id AND l.notice_id = n.notice_id AND l.noted_at >= $2))) \
             AND NOT EXISTS (SELECT 1 FROM message m WHERE m.school_id = f.school_id AND m.guardian_id = f.guardian_id \
                AND m.about_id = f.submission_id AND m.sent_at >= $2) LIMIT $4",
            $school,
            $crate::store::retention::midnight($day),
            $day,
            $most
        )
    };
}
pub(super) use notices_due;

/// Erases some of what was sent about absence, leave and details before a day.
pub(super) async fn erase(work: &mut Work, school: &str, day: NaiveDate, at: DateTime<Utc>) -> Result<u64, StoreError> {
    let found = due!(&mut *work, school, day, AT_ONCE)?;
    all(work, school, &found, at).await
}

/// Erases some notices of children who left before a day.
pub(super) async fn erase_notices(
    work: &mut Work,
    school: &str,
    day: NaiveDate,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let found = notices_due!(&mut *work, school, day, AT_ONCE)?;
    all(work, school, &found, at).await
}

async fn all(work: &mut Work, school: &str, found: &[(String, String)], at: DateTime<Utc>) -> Result<u64, StoreError> {
    for (guardian, submission) in found {
        one(work, school, guardian, submission).await?;
        note(work, school, ("submission", submission), at).await?;
    }
    Ok(found.len() as u64)
}

/// What hangs on a submission of this guardian, from the leaves to the stem. A file's pieces go with the file.
const BRANCHES: [&str; 8] = [
    "DELETE FROM leave_note WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
    "DELETE FROM leave_signer WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
    "DELETE FROM leave_request WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
    "DELETE FROM leave_form WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
    "DELETE FROM leaving_notice WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
    "DELETE FROM leaving_form WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
    "DELETE FROM evidence WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
    "DELETE FROM report WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
];

/// What hangs on one child's request for leave.
const OF_LEAVE: [&str; 4] = [
    "DELETE FROM letter WHERE school_id = $1 AND leave_id = $2",
    "DELETE FROM leave_session WHERE school_id = $1 AND leave_id = $2",
    "DELETE FROM leave_move WHERE school_id = $1 AND leave_id = $2",
    "DELETE FROM leave_decision WHERE school_id = $1 AND leave_id = $2",
];

async fn one(work: &mut Work, school: &str, guardian: &str, submission: &str) -> Result<(), StoreError> {
    let requests = rows!(
        &mut *work,
        (String,),
        "SELECT leave_id FROM leave_request WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
        school,
        guardian,
        submission
    )?;
    for (leave,) in &requests {
        let letters = rows!(
            &mut *work,
            (String,),
            "SELECT letter_id FROM letter WHERE school_id = $1 AND leave_id = $2",
            school,
            leave.as_str()
        )?;
        for (letter,) in &letters {
            journal::forget(work, school, "letter", letter).await?;
        }
        for sql in OF_LEAVE {
            run!(&mut *work, sql, school, leave.as_str())?;
        }
        journal::forget(work, school, "leave", leave).await?;
    }
    let notices = rows!(
        &mut *work,
        (String,),
        "SELECT notice_id FROM leaving_notice WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
        school,
        guardian,
        submission
    )?;
    for (notice,) in &notices {
        run!(&mut *work, "DELETE FROM leaving_line WHERE school_id = $1 AND notice_id = $2", school, notice.as_str())?;
        journal::forget(work, school, "notice", notice).await?;
    }
    for sql in BRANCHES {
        run!(&mut *work, sql, school, guardian, submission)?;
    }
    run!(
        &mut *work,
        "DELETE FROM details_line WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
        school,
        guardian,
        submission
    )?;
    for topic in [Topic::Submission, Topic::Leave, Topic::Details, Topic::Leaving] {
        talk(work, school, guardian, (topic, submission)).await?;
    }
    run!(
        &mut *work,
        "DELETE FROM submission WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
        school,
        guardian,
        submission
    )?;
    Ok(())
}

/// Erases what was written about something.
pub(super) async fn talk(
    work: &mut Work,
    school: &str,
    guardian: &str,
    (topic, id): (Topic, &str),
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "DELETE FROM message WHERE school_id = $1 AND guardian_id = $2 AND about_kind = $3 AND about_id = $4",
        school,
        guardian,
        topic.word(),
        id
    )?;
    journal::forget(work, school, topic.word(), id).await
}
