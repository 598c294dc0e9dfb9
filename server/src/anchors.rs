//! The journal's heads, written outside the database: what a cut tail is held against.

use std::path::{Path, PathBuf};

use tokio::io::AsyncWriteExt;

use crate::{store::journal::Anchor, web::Portal};

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
