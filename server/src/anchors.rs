//! The journal's heads, written outside the database: what a cut tail is held against.

use std::path::{Path, PathBuf};

use tokio::io::AsyncWriteExt;

use app::rules::access::Role;

use crate::{
    store::{NewMail, StoreError, journal::Anchor},
    web::Portal,
};

/// The file of anchors in a data folder.
#[must_use]
pub fn file(data: &Path) -> PathBuf {
    data.join("anchors.txt")
}

/// The anchors in a data folder; none where there is no file yet.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn read(data: &Path) -> std::io::Result<Vec<Anchor>> {
    match std::fs::read_to_string(file(data)) {
        Ok(text) => Ok(text.lines().filter_map(Anchor::parse).collect()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Writes the head, if it has moved since the last time. A failure is logged and tried again.
pub async fn write(portal: &Portal) {
    let Some(data) = portal.mail_folder.parent() else { return };
    let Ok(head) = portal.school.journal_head().await else { return };
    let known = read(data).unwrap_or_default();
    if known.contains(&head) {
        return;
    }
    let written = async {
        let mut file = tokio::fs::OpenOptions::new().create(true).append(true).open(file(data)).await?;
        file.write_all(head.line(portal.now()).as_bytes()).await?;
        file.sync_all().await
    };
    if let Err(error) = written.await {
        tracing::warn!(%error, "the journal's anchor was not written");
    }
}

/// Mails the head to every administrator, once a day whatever restarts: a copy that nobody who
/// holds the machine can change.
///
/// # Errors
/// When the store fails; the next hour tries again.
pub async fn mail(portal: &Portal) -> Result<(), StoreError> {
    let (now, today) = (portal.now(), portal.today());
    if portal.demo || !portal.school.within_limit(&format!("anchor mail {today}"), 1, 2 * 24 * 60, now).await? {
        return Ok(());
    }
    let line = portal.school.journal_head().await?.line(now);
    let (subject, body) = (portal.words().mail.anchor)(&portal.policy.school_name, &line);
    for person in portal.school.staff_list().await? {
        if person.joined && !person.disabled && person.roles.contains(&Role::Administrator) {
            let mail =
                NewMail { to: Some(person.email), kind: "journal", subject: subject.clone(), body: body.clone() };
            portal.school.post_mail(mail, now).await?;
        }
    }
    portal.mail_waits.notify_one();
    Ok(())
}
