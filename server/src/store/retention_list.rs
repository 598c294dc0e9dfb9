//! What staff see of what is kept: what went, and what goes next.

use app::rules::retention::{Before, Counts, Kind};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{row, rows},
    retention::Kept,
    retention_days as days, retention_people as people, retention_sent as sent,
};

/// Enough to count all that is due.
const ALL: i64 = i64::MAX;

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

impl RetentionRound {
    fn of(kept: Kept) -> Result<Self, StoreError> {
        Ok(Self { day: kept.day, ended_at: kept.ended_at, erased: kept.counts()? })
    }
}

impl School {
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
            for (kind, count) in round.counts()? {
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
                // Before anything of theirs has gone: who waits for something else that is kept is counted too.
                Kind::Children => self.children_left(day).await?.len(),
                Kind::Contacts => self.contacts_left(day).await?.len(),
                Kind::Journal | Kind::SignIns => 0,
            };
            if found > 0 {
                due.insert(kind, u64::try_from(found).unwrap_or(u64::MAX));
            }
        }
        Ok(RetentionListed {
            begun: begun.map(|(day,)| day),
            last: last.map(RetentionRound::of).transpose()?,
            erased,
            due,
        })
    }

    async fn children_left(&self, before: NaiveDate) -> Result<Vec<(String,)>, StoreError> {
        Ok(rows!(
            self.db(),
            (String,),
            "SELECT pupil_id FROM pupil WHERE school_id = $1 AND left_on < $2",
            self.id(),
            before
        )?)
    }

    /// Contacts all of whose children left before a day.
    async fn contacts_left(&self, before: NaiveDate) -> Result<Vec<(String,)>, StoreError> {
        Ok(rows!(
            self.db(),
            (String,),
            "SELECT DISTINCT l.guardian_id FROM pupil p CROSS JOIN guardian_pupil l \
             WHERE p.school_id = $1 AND p.left_on < $2 AND l.school_id = p.school_id AND l.pupil_id = p.pupil_id \
             AND NOT EXISTS (SELECT 1 FROM guardian_pupil k CROSS JOIN pupil o WHERE k.school_id = l.school_id AND k.guardian_id = l.guardian_id \
                AND o.school_id = k.school_id AND o.pupil_id = k.pupil_id AND (o.left_on IS NULL OR o.left_on >= $2))",
            self.id(),
            before
        )?)
    }
}
