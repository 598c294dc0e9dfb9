//! What has been kept for long enough goes: a step each second, once a day, and not while the office is at its busiest.

use app::rules::{london, retention::Retention};
use chrono::{NaiveDate, NaiveTime, Timelike};

use crate::{config::policy_of, store::StoreError, web::Portal};

/// From which hour in London to which nothing is erased: reports come in then.
const BUSY: std::ops::Range<u32> = 7..10;

/// What the school has decided by now; staff may have changed it since the program started.
///
/// # Errors
/// What the database says.
pub async fn decided(portal: &Portal) -> Result<Retention, StoreError> {
    let settings = portal.school.settings().await?;
    let (_, policy) = policy_of(&settings).map_err(|_| StoreError::Unreadable("setting"))?;
    Ok(policy.retention)
}

/// The day's round, step by step.
#[derive(Debug, Default)]
pub struct Rounds {
    /// The last day whose round this program knows to have ended.
    ended: Option<NaiveDate>,
    /// For how many more seconds to leave it after an error.
    rests: u32,
}

impl Rounds {
    /// One step, called each second.
    ///
    /// # Errors
    /// When the store fails; the round goes on a minute later, with what is left.
    pub async fn step(&mut self, portal: &Portal) -> Result<(), StoreError> {
        if self.rests > 0 {
            self.rests -= 1;
            return Ok(());
        }
        let (today, now) = (portal.today(), portal.now());
        if self.ended == Some(today) || is_busy(london::local(now).time()) {
            return Ok(());
        }
        let done = one(portal, today, now).await;
        match &done {
            Ok(true) => {}
            Ok(false) => self.ended = Some(today),
            Err(_) => self.rests = 60,
        }
        done.map(|_| ())
    }
}

async fn one(portal: &Portal, today: NaiveDate, now: chrono::DateTime<chrono::Utc>) -> Result<bool, StoreError> {
    // Another node, or this one before it started anew, may have done it: no commit for nothing.
    if portal.school.retained(today).await? {
        return Ok(false);
    }
    let wanted = decided(portal).await?.before(today);
    portal.school.retain(wanted, today, now).await
}

fn is_busy(time: NaiveTime) -> bool {
    BUSY.contains(&time.hour())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_goes_while_reports_come_in() {
        let busy = |hour, minute| is_busy(NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or_default());
        assert!(busy(7, 0) && busy(9, 15) && busy(9, 59));
        assert!(!busy(6, 59) && !busy(10, 0) && !busy(0, 0));
    }
}
