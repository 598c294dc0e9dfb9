//! Mail: a worker looks at askings to sign in, writes their messages, and drains the outbox.

pub mod folder;
mod sign_in;
mod smtp;

use std::time::Duration;

use chrono::{DateTime, Utc};
use futures_util::{StreamExt, TryStreamExt, stream};

use crate::{
    config::{ConfigError, Mail},
    store::{StoreError, WaitingMail, WaitingSignIn},
    web::Portal,
};

/// How many messages are on their way at once: few, since a receipt is worth more processor than the
/// mail that tells of it, and codes to sign in with go first.
const AT_ONCE: usize = 2;

/// How a message leaves.
#[derive(Debug)]
pub enum Carrier {
    /// As a file in the mail folder.
    Folder,
    /// Through a mail server.
    Smtp(Box<smtp::Server>),
}

impl Carrier {
    /// The carrier that the configuration asks for.
    ///
    /// # Errors
    /// [`ConfigError`], naming the key.
    pub fn new(mail: &Mail) -> Result<Self, ConfigError> {
        match &mail.smtp {
            None => Ok(Self::Folder),
            Some(url) => smtp::Server::new(url, &mail.from).map(Box::new).map(Self::Smtp),
        }
    }
}

/// When to try again after so many tries; `None` to give up, after about two days.
fn again(tries: i64, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let minutes = match tries {
        0..=1 => 1,
        2 => 5,
        3 => 15,
        4 => 60,
        5..=14 => 300,
        _ => return None,
    };
    Some(now + chrono::Duration::minutes(minutes))
}

/// Works until the portal is gone: at once when woken, else every few seconds, so that what
/// another node has written goes too.
pub async fn work(portal: Portal, carrier: Carrier) {
    loop {
        if let Err(error) = round(&portal, &carrier).await {
            tracing::error!(%error, "the mail worker could not reach the store");
            tokio::time::sleep(Duration::from_secs(2)).await;
        }
        let _ = tokio::time::timeout(Duration::from_secs(5), portal.mail_waits.notified()).await;
    }
}

/// Looks until nothing waits: askings and mail by turns, so that a flood of the one does not hold
/// up the other, and nobody's code waits for the next round.
///
/// # Errors
/// When the store fails.
pub async fn round(portal: &Portal, carrier: &Carrier) -> Result<(), StoreError> {
    loop {
        let askings = portal.school.waiting_sign_ins().await?;
        stream::iter(&askings).map(Ok).try_for_each_concurrent(AT_ONCE, |asking| answer(portal, asking)).await?;
        let messages = portal.school.waiting_mail(portal.now()).await?;
        stream::iter(&messages).map(Ok).try_for_each_concurrent(AT_ONCE, |mail| send(portal, carrier, mail)).await?;
        if askings.is_empty() && messages.is_empty() {
            return Ok(());
        }
    }
}

async fn answer(portal: &Portal, asking: &WaitingSignIn) -> Result<(), StoreError> {
    let answer = sign_in::answer(portal, asking).await?;
    portal.school.answer_sign_in(asking, answer, portal.now()).await
}

async fn send(portal: &Portal, carrier: &Carrier, mail: &WaitingMail) -> Result<(), StoreError> {
    let now = portal.now();
    // Claimed for a while, so that a node that dies in the middle delays it and no more.
    if !portal.school.claim_mail(&mail.mail_id, now, now + chrono::Duration::minutes(2)).await? {
        return Ok(());
    }
    match carry(portal, carrier, mail).await {
        Ok(()) => portal.school.mail_sent(&mail.mail_id, portal.now()).await,
        Err(error) => {
            tracing::warn!(tries = mail.tries + 1, "a message did not go");
            let now = portal.now();
            portal.school.mail_failed(&mail.mail_id, now, &error, again(mail.tries + 1, now)).await
        }
    }
}

async fn carry(portal: &Portal, carrier: &Carrier, mail: &WaitingMail) -> Result<(), String> {
    match carrier {
        Carrier::Folder => folder::write(&portal.mail_folder, mail, portal.now()).await,
        Carrier::Smtp(server) => server.send(mail).await,
    }
}

#[cfg(test)]
mod tests {
    use super::again;

    #[test]
    fn tries_grow_further_apart_and_end() {
        let now = chrono::DateTime::UNIX_EPOCH;
        let gaps: Vec<_> = (1..=14).filter_map(|tries| again(tries, now)).collect();
        assert_eq!(gaps.len(), 14);
        assert!(gaps.is_sorted());
        assert_eq!(again(15, now), None);
    }
}
