//! What handlers share: the school's store and policy, the clock, the limits. No request's state.

use std::{ops::Deref, path::PathBuf, sync::Arc};

use app::{
    rules::{london, policy::Policy},
    words::{Words, words},
};
use chrono::{DateTime, NaiveDate, Utc};
use tokio::sync::{Notify, Semaphore, watch};

use super::limits::Limits;
use crate::{
    clock::Clock,
    store::{School, Store, journal::Keys},
};

/// A handle to everything handlers share.
#[derive(Debug, Clone)]
pub struct Portal(Arc<Inner>);

/// What a [`Portal`] holds.
#[derive(Debug)]
pub struct Inner {
    /// The store of all schools.
    pub store: Store,
    /// The one school's part of it.
    pub school: School,
    /// What the school has decided.
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
        &self.0
    }
}

impl Portal {
    /// Puts the parts together.
    #[must_use]
    pub fn new(inner: Inner) -> Self {
        Self(Arc::new(inner))
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
