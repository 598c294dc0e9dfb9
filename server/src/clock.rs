//! The only place that reads the time. Everybody else is given it.

use chrono::{DateTime, Duration, Utc};

/// A clock: the machine's, or one that was set to another time and ticks on from there.
#[derive(Debug, Clone, Copy, Default)]
pub struct Clock {
    ahead: Duration,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn of_the_machine() -> Self {
        Self::default()
    }

    /// A clock that shows `now` at this moment and ticks on.
    #[must_use]
    pub fn set_to(now: DateTime<Utc>) -> Self {
        Self { ahead: now - machine_now() }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        machine_now() + self.ahead
    }
}

#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn machine_now() -> DateTime<Utc> {
    Utc::now()
}
