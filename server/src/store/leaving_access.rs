//! Access ends with the roll: from the day after a child's last one its guardians write nothing for it any more, read
//! for a while what they themselves sent, and then nothing. What was taken is kept for a child who comes back.
//!
//! It is written into the rows that every question about access asks, so that no query can forget it.

use app::rules::access::Access;
use chrono::{DateTime, Days, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, rows, run},
    journal::{self, Actor, Line},
    writer::Work,
};

columns! {
    struct Tie {
        guardian_id: String,
        pupil_id: String,
        access: String,
        access_kept: Option<String>,
    }
}

impl Tie {
    /// What was given, whatever counts now.
    fn given(&self) -> &str {
        self.access_kept.as_deref().unwrap_or(&self.access)
    }
}

/// Takes and gives back by the roll of a day, within a job's transaction: nobody whose child has left writes, and
/// whose child is back has what they had.
pub(super) async fn follow_roll(
    work: &mut Work,
    school: &str,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let back = rows!(
        &mut *work,
        Tie,
        "SELECT l.guardian_id, l.pupil_id, l.access, l.access_kept FROM guardian_pupil l CROSS JOIN pupil p \
         WHERE l.school_id = $1 AND l.access_kept > '' AND p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
         AND (p.left_on IS NULL OR p.left_on >= $2) ORDER BY l.guardian_id, l.pupil_id",
        school,
        today
    )?;
    for tie in back {
        set(work, school, &tie, (tie.given(), None), ("give_access_back", now)).await?;
    }
    let gone = rows!(
        &mut *work,
        Tie,
        "SELECT l.guardian_id, l.pupil_id, l.access, l.access_kept FROM pupil p CROSS JOIN guardian_pupil l \
         WHERE p.school_id = $1 AND p.left_on < $2 AND l.school_id = p.school_id AND l.pupil_id = p.pupil_id \
         AND l.access_kept IS NULL AND l.access <> 'none' ORDER BY l.guardian_id, l.pupil_id",
        school,
        today
    )?;
    for tie in gone {
        set(work, school, &tie, (Access::View.word(), Some(tie.given())), ("end_access", now)).await?;
    }
    Ok(())
}

/// Ends reading, too, for children whose last day lies before this one.
async fn end_reading(work: &mut Work, school: &str, before: NaiveDate, now: DateTime<Utc>) -> Result<(), StoreError> {
    let over = rows!(
        &mut *work,
        Tie,
        "SELECT l.guardian_id, l.pupil_id, l.access, l.access_kept FROM guardian_pupil l CROSS JOIN pupil p \
         WHERE l.school_id = $1 AND l.access_kept > '' AND l.access <> 'none' AND p.school_id = l.school_id AND p.pupil_id = l.pupil_id \
         AND p.left_on < $2 ORDER BY l.guardian_id, l.pupil_id",
        school,
        before
    )?;
    for tie in over {
        set(work, school, &tie, (Access::None.word(), Some(tie.given())), ("end_reading", now)).await?;
    }
    Ok(())
}

async fn set(
    work: &mut Work,
    school: &str,
    tie: &Tie,
    (access, kept): (&str, Option<&str>),
    (action, at): (&'static str, DateTime<Utc>),
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "UPDATE guardian_pupil SET access = $4, access_kept = $5 WHERE school_id = $1 AND guardian_id = $2 AND pupil_id = $3",
        school,
        tie.guardian_id.as_str(),
        tie.pupil_id.as_str(),
        access,
        kept
    )?;
    let line = Line {
        at,
        actor: &Actor::System("leaving"),
        action,
        subject_kind: "guardian",
        subject_id: &tie.guardian_id,
        fields: &[("pupil", None, Some(&tie.pupil_id)), ("access", Some(&tie.access), Some(access))],
    };
    journal::write(work, school, line).await
}

impl School {
    /// Lets access follow the roll of a day: see the head of this file. Once a day is enough, before anybody is
    /// answered; twice changes nothing.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn end_access(&self, today: NaiveDate, read_days: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        let days = Days::new(u64::try_from(read_days).unwrap_or_default());
        let before = today.checked_sub_days(days).unwrap_or(NaiveDate::MIN);
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    follow_roll(work, &id, today, now).await?;
                    end_reading(work, &id, before, now).await
                })
            })
            .await
    }
}
