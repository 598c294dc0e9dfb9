//! What has been kept for long enough goes (domain 8.4): a round each day, in steps of one transaction each, so that no report
//! ever waits for it. What a step erases, and that it did, is in the journal together or not at all.
//!
//! A round goes by the days that were noted at least a fortnight ago (see [`app::rules::retention`]).

use app::rules::retention::{Before, Counts, Kind, Retention, noted_by};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros, retention_days as days, retention_logs as logs, retention_people as people, retention_sent as sent,
    writer::Work,
};

/// Enough to count all that is due.
const ALL: i64 = i64::MAX;

columns! {
    struct Kept {
        day: NaiveDate,
        ended_at: Option<DateTime<Utc>>,
        erased: String,
    }
}

/// One day's round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRound {
    /// The day in London.
    pub day: NaiveDate,
    /// When it was finished.
    pub ended_at: Option<DateTime<Utc>>,
    /// What went.
    pub erased: Counts,
}

/// What staff see of it all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionListed {
    /// The day of the first round that was begun.
    pub begun: Option<NaiveDate>,
    /// The last round that was finished.
    pub last: Option<RetentionRound>,
    /// What went since a day, that day too.
    pub erased: Counts,
    /// What is due by now and goes within a fortnight. What nobody counts beforehand is not in it: the journal's lines
    /// and old sign-ins.
    pub due: Counts,
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

    /// Keeps what staff decided, the numbers of the settings; a line of the journal says which.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn keep_retention(
        &self,
        was: Retention,
        is: Retention,
        by: Actor,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let numbers = was.numbers().into_iter().zip(is.numbers());
                    let texts: Vec<_> = numbers
                        .filter(|(was, is)| was != is)
                        .map(|(was, is)| (is.key, was.value.to_string(), is.value.to_string()))
                        .collect();
                    if texts.is_empty() {
                        return Ok(());
                    }
                    for (key, _, value) in &texts {
                        run!(
                            &mut *work,
                            "INSERT INTO setting (school_id, key, language, value) VALUES ($1, $2, '', $3) \
                             ON CONFLICT (school_id, key, language) DO UPDATE SET value = excluded.value",
                            id.as_str(),
                            format!("retention.{key}"),
                            value.as_str()
                        )?;
                    }
                    let fields: Vec<_> =
                        texts.iter().map(|(key, was, is)| (*key, Some(was.as_str()), Some(is.as_str()))).collect();
                    let line = Line {
                        at: now,
                        actor: &by,
                        action: "keep_retention",
                        subject_kind: "school",
                        subject_id: &id,
                        fields: &fields,
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// What went since a day, and what is due by `wanted`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn retention(&self, wanted: Before, since: NaiveDate) -> Result<RetentionListed, StoreError> {
        let last = row!(
            self.db(),
            Kept,
            "SELECT day, ended_at, erased FROM retention_day WHERE school_id = $1 AND ended_at IS NOT NULL ORDER BY day DESC LIMIT 1",
            self.id()
        )?;
        let begun = row!(
            self.db(),
            (NaiveDate,),
            "SELECT day FROM retention_day WHERE school_id = $1 ORDER BY day LIMIT 1",
            self.id()
        )?;
        let rounds = rows!(
            self.db(),
            Kept,
            "SELECT day, ended_at, erased FROM retention_day WHERE school_id = $1 AND day >= $2 ORDER BY day",
            self.id(),
            since
        )?;
        let mut erased = Counts::new();
        for round in rounds {
            for (kind, count) in counts(&round.erased)? {
                *erased.entry(kind).or_default() += count;
            }
        }
        let mut due = Counts::new();
        for kind in Kind::ALL {
            let day = wanted.of(kind);
            let found = match kind {
                Kind::Sent => sent::due!(self.db(), self.id(), day, ALL)?.len(),
                Kind::Mornings => days::mornings!(self.db(), self.id(), day, ALL)?.len(),
                Kind::Marks => days::marks!(self.db(), self.id(), day, ALL)?.len(),
                Kind::Leaving => sent::notices_due!(self.db(), self.id(), day, ALL)?.len(),
                Kind::Declarations => people::declarations_due!(self.db(), self.id(), day, ALL)?.len(),
                Kind::Children => people::children_gone!(self.db(), self.id(), day, ALL)?.len(),
                Kind::Contacts => people::contacts_alone!(self.db(), self.id(), ALL)?.len(),
                Kind::Journal | Kind::SignIns => 0,
            };
            if found > 0 {
                due.insert(kind, u64::try_from(found).unwrap_or(u64::MAX));
            }
        }
        let last = match last {
            Some(last) => {
                Some(RetentionRound { day: last.day, ended_at: last.ended_at, erased: counts(&last.erased)? })
            }
            None => None,
        };
        Ok(RetentionListed { begun: begun.map(|(day,)| day), last, erased, due })
    }
}

fn counts(text: &str) -> Result<Counts, StoreError> {
    serde_json::from_str(text).map_err(|_| unreadable())
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
    let mut erased = counts(&round.erased)?;
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
