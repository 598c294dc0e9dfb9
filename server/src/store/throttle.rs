//! Counts of tries that hold across nodes: for signing in, where a limit must be a limit.

use chrono::{DateTime, Duration, Utc};

use super::{
    School, StoreError,
    db::{row, run},
};

impl School {
    /// Counts one try under this key and says whether it is within `most` for the span
    /// of `minutes` that now lies in.
    ///
    /// # Errors
    /// What the database says; the caller refuses then.
    pub async fn within_limit(
        &self,
        key: &str,
        most: i64,
        minutes: i64,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, key, start) = (self.id().to_owned(), key.to_owned(), span_start(minutes, now));
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let count = row!(&mut *work, (i64,),
                        "INSERT INTO throttle (school_id, key, span_start, count) VALUES ($1, $2, $3, 1) \
                         ON CONFLICT (school_id, key, span_start) DO UPDATE SET count = throttle.count + 1 RETURNING count",
                        id.as_str(), key.as_str(), start)?;
                    Ok(count.is_some_and(|(count,)| count <= most))
                })
            })
            .await
    }

    /// Takes back one try that [`Self::within_limit`] counted under this key in the span that now lies
    /// in: it was right. Counting first and taking back afterwards leaves no gap for tries that come
    /// at once.
    ///
    /// # Errors
    /// What the database says; the try counts then.
    pub async fn forgive(&self, key: &str, minutes: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, key, start) = (self.id().to_owned(), key.to_owned(), span_start(minutes, now));
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "UPDATE throttle SET count = count - 1 WHERE school_id = $1 AND key = $2 AND span_start = $3 AND count > 0",
                        id.as_str(),
                        key.as_str(),
                        start
                    )?;
                    Ok(())
                })
            })
            .await
    }

    /// Forgets counts and askings to sign in that are older than two days.
    ///
    /// # Errors
    /// What the database says.
    pub async fn forget_old_counts(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    run!(
                        &mut *work,
                        "DELETE FROM sign_in WHERE school_id = $1 AND handled = $2 AND asked_at < $3",
                        id.as_str(),
                        true,
                        now - Duration::days(2)
                    )?;
                    run!(
                        &mut *work,
                        "DELETE FROM throttle WHERE school_id = $1 AND span_start < $2",
                        id.as_str(),
                        now - Duration::days(2)
                    )?;
                    Ok(())
                })
            })
            .await
    }
}

/// When the span of so many minutes began that now lies in.
fn span_start(minutes: i64, now: DateTime<Utc>) -> DateTime<Utc> {
    let span = minutes * 60;
    DateTime::from_timestamp(now.timestamp().div_euclid(span) * span, 0).unwrap_or(now)
}
