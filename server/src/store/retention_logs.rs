//! What is kept about keeping itself: proof in the journal, who read what, imports, reminders, devices, sessions, mails.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    StoreError,
    db::{row, rows, run},
    retention::{midnight, note},
    writer::Work,
};

/// Clears the salts of lines from before a day, so that what they hashed can no longer be guessed; the chain itself stays whole.
/// Readings from before that day go, and imports and reminders that nothing can be about any more: `register` is the first day
/// of which marks are kept, each of which may name the file it came from.
pub(super) async fn erase_journal(
    work: &mut Work,
    school: &str,
    (day, register): (NaiveDate, NaiveDate),
    today: NaiveDate,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let mut gone = clear_salts(work, school, day, today).await?;
    gone += run!(
        &mut *work,
        "DELETE FROM reading WHERE school_id = $1 AND reading_id IN \
            (SELECT reading_id FROM reading WHERE school_id = $1 AND at < $2 ORDER BY at LIMIT 2000)",
        school,
        midnight(day)
    )?;
    gone += run!(
        &mut *work,
        "DELETE FROM file_import WHERE school_id = $1 AND made_at < $2",
        school,
        midnight(day.min(register))
    )?;
    let runs = rows!(
        &mut *work,
        (String,),
        "SELECT run_id FROM reminder_run WHERE school_id = $1 AND begun_at < $2 AND ended_at IS NOT NULL LIMIT 1",
        school,
        midnight(day)
    )?;
    for (reminders,) in &runs {
        gone +=
            run!(&mut *work, "DELETE FROM reminder WHERE school_id = $1 AND run_id = $2", school, reminders.as_str())?;
        gone += run!(
            &mut *work,
            "DELETE FROM reminder_run WHERE school_id = $1 AND run_id = $2",
            school,
            reminders.as_str()
        )?;
    }
    if gone > 0 {
        note(work, school, ("journal", &day.to_string()), at).await?;
    }
    Ok(gone)
}

async fn clear_salts(work: &mut Work, school: &str, day: NaiveDate, today: NaiveDate) -> Result<u64, StoreError> {
    let cleared =
        row!(&mut *work, (i64,), "SELECT COALESCE(MAX(salts_to), 0) FROM retention_day WHERE school_id = $1", school)?;
    let from = cleared.map_or(0, |(seq,)| seq);
    let lines = rows!(
        &mut *work,
        (i64, DateTime<Utc>),
        "SELECT seq, at FROM journal WHERE school_id = $1 AND seq > $2 ORDER BY seq LIMIT 5000",
        school,
        from
    )?;
    let until = midnight(day);
    // A clock that was set back left later times among earlier ones: the first line that is too young ends it.
    let Some(to) = lines.iter().take_while(|(_, at)| *at < until).last().map(|(seq, _)| *seq) else { return Ok(0) };
    let gone = run!(
        &mut *work,
        "UPDATE journal SET salt = NULL WHERE school_id = $1 AND seq > $2 AND seq <= $3 AND salt IS NOT NULL",
        school,
        from,
        to
    )?;
    run!(&mut *work, "UPDATE retention_day SET salts_to = $3 WHERE school_id = $1 AND day = $2", school, today, to)?;
    // Lines that were cleared already, with what they were about, count as a step too.
    Ok(gone.max(1))
}

/// What ended before an instant and opens nothing any more.
const ENDED: [&str; 6] = [
    "DELETE FROM device WHERE school_id = $1 AND expires_at < $2",
    "DELETE FROM invitation WHERE school_id = $1 AND expires_at < $2",
    "DELETE FROM staff_session WHERE school_id = $1 AND expires_at < $2",
    "DELETE FROM staff_invitation WHERE school_id = $1 AND expires_at < $2",
    "DELETE FROM mail WHERE school_id = $1 AND mail_id IN \
        (SELECT mail_id FROM mail WHERE school_id = $1 AND sent_at < $2 LIMIT 2000)",
    "DELETE FROM mail WHERE school_id = $1 AND mail_id IN \
        (SELECT mail_id FROM mail WHERE school_id = $1 AND sent_at IS NULL AND given_up_at < $2 LIMIT 2000)",
];

/// Erases devices, invitations and sessions that ended before a day, and the list of mails that went before it.
pub(super) async fn erase_sign_ins(
    work: &mut Work,
    school: &str,
    day: NaiveDate,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let mut gone = 0;
    for sql in ENDED {
        gone += run!(&mut *work, sql, school, midnight(day))?;
    }
    if gone > 0 {
        note(work, school, ("sign-ins", &day.to_string()), at).await?;
    }
    Ok(gone)
}
