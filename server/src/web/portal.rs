//! What handlers share: the school's store and policy, the clock, the limits. No request's state.

use std::{
    ops::Deref,
    path::PathBuf,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicI32, Ordering},
    },
};

use app::{
    rules::{london, policy::Policy},
    words::{Words, words},
};
use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use tokio::sync::{Mutex, Notify, Semaphore, watch};

use super::limits::Limits;
use crate::{
    clock::Clock,
    store::{School, Store, StoreError, journal::Keys},
};

/// A handle to everything handlers share. It knows what the school had decided when it was made: every
/// request gets a handle of its own, so what staff change counts from the next request on.
#[derive(Debug)]
pub struct Portal {
    shared: Arc<Shared>,
    /// What the school has decided.
    pub policy: Arc<Policy>,
}

/// What all handles share.
#[derive(Debug)]
struct Shared {
    inner: Inner,
    latest: RwLock<Latest>,
    days: Days,
}

/// The last day of London's on which access followed the roll, and whoever lets it.
#[derive(Debug, Default)]
struct Days {
    done: AtomicI32,
    doing: Mutex<()>,
}

/// The policy as it was read last, and the version of the calendar in it.
#[derive(Debug)]
struct Latest {
    calendar: i64,
    policy: Arc<Policy>,
}

/// A clone knows the latest of what the school has decided: the router makes one for each request.
impl Clone for Portal {
    fn clone(&self) -> Self {
        let policy = Arc::clone(&self.shared.latest.read().unwrap_or_else(PoisonError::into_inner).policy);
        Self { shared: Arc::clone(&self.shared), policy }
    }
}

/// What a [`Portal`] holds.
#[derive(Debug)]
pub struct Inner {
    /// The store of all schools.
    pub store: Store,
    /// The one school's part of it.
    pub school: School,
    /// What the school had decided when the program began.
    pub policy: Policy,
    /// The time.
    pub clock: Clock,
    /// Secrets that stand outside the database.
    pub keys: Keys,
    /// The origin families use: "https://attendance.example.sch.uk".
    pub origin: String,
    /// Its host, in small letters.
    pub host: String,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// Whether this is the demo school.
    pub demo: bool,
    /// Where mail goes while there is no mail server: the demo page reads it.
    pub mail_folder: PathBuf,
    /// Throttles.
    pub limits: Limits,
    /// How many passwords are checked at once: each takes a core for a while.
    pub passwords: Semaphore,
    /// Wakes the mail worker.
    pub mail_waits: Notify,
    /// Becomes true when the program is asked to stop: what would last for ever ends then.
    pub stopping: watch::Sender<bool>,
    /// Grows with every change; boards listen.
    pub changes: watch::Sender<u64>,
}

impl Deref for Portal {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.shared.inner
    }
}

impl Portal {
    /// Puts the parts together.
    #[must_use]
    pub fn new(inner: Inner) -> Self {
        let policy = Arc::new(inner.policy.clone());
        let latest = Latest { calendar: 0, policy: Arc::clone(&policy) };
        let shared = Shared { inner, latest: RwLock::new(latest), days: Days::default() };
        Self { shared: Arc::new(shared), policy }
    }

    /// Reads the school's calendar if it was changed, on whichever node, since it was read last. Clones made
    /// afterwards know it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn refresh(&self) -> Result<(), StoreError> {
        let known = || self.shared.latest.read().unwrap_or_else(PoisonError::into_inner).calendar;
        if self.school.calendar_version().await? == known() {
            return Ok(());
        }
        let Some((version, calendar)) = self.school.calendar().await? else { return Ok(()) };
        let policy = Policy { calendar, ..self.shared.inner.policy.clone() };
        let mut latest = self.shared.latest.write().unwrap_or_else(PoisonError::into_inner);
        if latest.calendar < version {
            *latest = Latest { calendar: version, policy: Arc::new(policy) };
        }
        Ok(())
    }

    /// Once a day, before anybody is answered on it: access ends for children who have left, see
    /// [`School::end_access`].
    ///
    /// # Errors
    /// What the database says; then it is tried again with the next request.
    pub async fn begin_day(&self) -> Result<(), StoreError> {
        let today = self.today();
        let number = today.num_days_from_ce();
        if self.shared.days.done.load(Ordering::Acquire) == number {
            return Ok(());
        }
        let _one_at_a_time = self.shared.days.doing.lock().await;
        if self.shared.days.done.load(Ordering::Acquire) != number {
            self.school.end_access(today, self.policy.leaving.read_days, self.now()).await?;
            self.shared.days.done.store(number, Ordering::Release);
        }
        Ok(())
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// London's today.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        london::today(self.now())
    }

    /// The words of the page.
    #[must_use]
    pub fn words(&self) -> &'static Words {
        words("en-GB")
    }

    /// The office's number as it is said in a sentence: "01733 232949, option 1".
    #[must_use]
    pub fn office_phone(&self) -> String {
        let contact = &self.policy.contact;
        match &contact.phone_hint {
            Some(hint) => format!("{}, {hint}", contact.phone),
            None => contact.phone.clone(),
        }
    }

    /// An absolute address for a message.
    #[must_use]
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// Says that something on the board may have changed.
    pub fn changed(&self) {
        self.changes.send_modify(|count| *count = count.wrapping_add(1));
    }
}

/// Lets a request be answered by what the school has decided by now. Where that cannot be read the request
/// goes on with what was known: whatever it needs of the store will fail and say so.
pub async fn refresh(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let asks_nobody = matches!(path, app::paths::HEALTHZ | app::paths::READYZ) || path.starts_with("/assets/");
    if !asks_nobody && let Err(error) = portal.refresh().await {
        tracing::warn!(%error, "the calendar was not read");
    }
    if !asks_nobody && let Err(error) = portal.begin_day().await {
        tracing::warn!(%error, "access did not follow the roll");
    }
    next.run(request).await
}
