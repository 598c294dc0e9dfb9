//! The only place that reads the time. Everybody else is given it.

use chrono::{DateTime, Duration, Utc};

/// A clock: the machine's, one that was set to another time and ticks on from there, or one that
/// stands still.
#[derive(Debug, Clone, Copy)]
pub enum Clock {
    /// Ticks, this much ahead of the machine's.
    Ticking(Duration),
    /// Stands still: for tests of a single moment.
    Stopped(DateTime<Utc>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn of_the_machine() -> Self {
        Self::Ticking(Duration::zero())
    }

    /// A clock that shows `now` at this moment and ticks on.
    #[must_use]
    pub fn set_to(now: DateTime<Utc>) -> Self {
        Self::Ticking(now - machine_now())
    }

    /// A clock that always shows `now`.
    #[must_use]
    pub fn stopped_at(now: DateTime<Utc>) -> Self {
        Self::Stopped(now)
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::Ticking(ahead) => machine_now() + *ahead,
            Self::Stopped(at) => *at,
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn machine_now() -> DateTime<Utc> {
    Utc::now()
}
