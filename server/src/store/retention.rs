//! What has been kept for long enough goes (domain 8.4): a round each day, in steps of one transaction each, so that no report
//! ever waits for it. What a step erases, and that it did, is in the journal together or not at all.
//!
//! A round goes by the days that were noted at least a fortnight ago (see [`app::rules::retention`]).

use app::rules::retention::{Before, Counts, Kind, noted_by};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{
    School, StoreError,
    db::{columns, row, run},
    journal::{self, Actor, Line},
    micros, retention_days as days, retention_logs as logs, retention_people as people, retention_sent as sent,
    writer::Work,
};

columns! {
    /// A day's round.
    pub(super) struct Kept {
        pub(super) day: NaiveDate,
        pub(super) ended_at: Option<DateTime<Utc>>,
        pub(super) erased: String,
    }
}

impl Kept {
    /// What went, by kind.
    pub(super) fn counts(&self) -> Result<Counts, StoreError> {
        serde_json::from_str(&self.erased).map_err(|_| unreadable())
    }
}

impl School {
    /// One step of today's round, which notes `wanted`, the days before which things may go by the school's settings. `false`
    /// once nothing is left for today; called again then, nothing happens.
    ///
    /// # Errors
    /// What the database says; nothing of the step is done then.
    pub async fn retain(&self, wanted: Before, today: NaiveDate, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { one_step(work, &id, wanted, today, now).await })).await
    }

    /// Whether today's round is finished, without a write.
    ///
    /// # Errors
    /// What the database says.
    pub async fn retained(&self, today: NaiveDate) -> Result<bool, StoreError> {
        let found = row!(
            self.db(),
            (bool,),
            "SELECT ended_at IS NOT NULL FROM retention_day WHERE school_id = $1 AND day = $2",
            self.id(),
            today
        )?;
        Ok(found == Some((true,)))
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("retention_day")
}

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|_| unreadable())
}

async fn one_step(
    work: &mut Work,
    school: &str,
    wanted: Before,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    run!(
        &mut *work,
        "INSERT INTO retention_day (school_id, day, before, erased, salts_to) VALUES ($1, $2, $3, '{}', 0) \
         ON CONFLICT (school_id, day) DO NOTHING",
        school,
        today,
        json(&wanted)?
    )?;
    let round = row!(
        &mut *work,
        Kept,
        "SELECT day, ended_at, erased FROM retention_day WHERE school_id = $1 AND day = $2",
        school,
        today
    )?
    .ok_or_else(unreadable)?;
    if round.ended_at.is_some() {
        return Ok(false);
    }
    let noted = row!(
        &mut *work,
        (String,),
        "SELECT before FROM retention_day WHERE school_id = $1 AND day <= $2 ORDER BY day DESC LIMIT 1",
        school,
        noted_by(today)
    )?;
    let gone = match noted {
        None => None,
        Some((noted,)) => {
            let noted: Before = serde_json::from_str(&noted).map_err(|_| unreadable())?;
            erase(work, school, noted.and(wanted), today, now).await?
        }
    };
    let Some((kind, count)) = gone else {
        run!(
            &mut *work,
            "UPDATE retention_day SET ended_at = $3 WHERE school_id = $1 AND day = $2",
            school,
            today,
            micros(now)
        )?;
        return Ok(false);
    };
    let mut erased = round.counts()?;
    *erased.entry(kind).or_default() += count;
    run!(
        &mut *work,
        "UPDATE retention_day SET erased = $3 WHERE school_id = $1 AND day = $2",
        school,
        today,
        json(&erased)?
    )?;
    Ok(true)
}

/// Erases some of the first kind of which anything is due, and says how much.
async fn erase(
    work: &mut Work,
    school: &str,
    before: Before,
    today: NaiveDate,
    at: DateTime<Utc>,
) -> Result<Option<(Kind, u64)>, StoreError> {
    for kind in Kind::ALL {
        let day = before.of(kind);
        let gone = match kind {
            Kind::Sent => sent::erase(work, school, day, at).await?,
            Kind::Mornings => days::erase_mornings(work, school, day, at).await?,
            Kind::Marks => days::erase_marks(work, school, day, at).await?,
            Kind::Leaving => sent::erase_notices(work, school, day, at).await?,
            Kind::Declarations => people::erase_declarations(work, school, day, at).await?,
            Kind::Journal => logs::erase_journal(work, school, (day, before.register), today, at).await?,
            Kind::SignIns => logs::erase_sign_ins(work, school, day, at).await?,
            Kind::Children => people::erase_children(work, school, day, at).await?,
            Kind::Contacts => people::erase_contacts(work, school, at).await?,
        };
        if gone > 0 {
            return Ok(Some((kind, gone)));
        }
    }
    Ok(None)
}

/// The journal's line about something that went. Lines before it that speak of the same thing lose their salts: what they
/// hashed can no longer be guessed.
pub(super) async fn note(
    work: &mut Work,
    school: &str,
    (kind, id): (&'static str, &str),
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    journal::forget(work, school, kind, id).await?;
    let actor = Actor::System("retention");
    journal::write(
        work,
        school,
        Line { at, actor: &actor, action: "erase", subject_kind: kind, subject_id: id, fields: &[] },
    )
    .await
}

/// The first instant of a day, for what is kept by the instant.
pub(super) fn midnight(day: NaiveDate) -> DateTime<Utc> {
    app::rules::london::instant(day, NaiveTime::MIN)
}
