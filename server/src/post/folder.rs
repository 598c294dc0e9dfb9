//! Mail as files: what the demo and a school without a mail server use.

use std::path::Path;

use app::parent::demo::DemoMessage;
use chrono::{DateTime, Utc};

use crate::store::WaitingMail;

/// Writes a message. The file's name sorts by time and says nothing else.
///
/// # Errors
/// What the system says.
pub async fn write(folder: &Path, mail: &WaitingMail, now: DateTime<Utc>) -> Result<(), String> {
    let text = format!(
        "To: {}\nSubject: {}\nDate: {}\n\n{}",
        one_line(&mail.to_address),
        one_line(&mail.subject),
        now.to_rfc2822(),
        mail.body
    );
    let name = format!("{}-{}.txt", now.format("%Y%m%dT%H%M%S%6f"), mail.mail_id);
    let (part, whole) = (folder.join(format!("{name}.part")), folder.join(name));
    let said = |error: std::io::Error| error.to_string();
    tokio::fs::create_dir_all(folder).await.map_err(said)?;
    tokio::fs::write(&part, text).await.map_err(said)?;
    tokio::fs::rename(&part, &whole).await.map_err(said)
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// The messages in the folder, newest first.
pub async fn read(folder: &Path) -> Vec<DemoMessage> {
    let mut names = Vec::new();
    if let Ok(mut entries) = tokio::fs::read_dir(folder).await {
        while let Ok(Some(entry)) = entries.next_entry().await {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.ends_with(".txt") {
                names.push(name);
            }
        }
    }
    names.sort_unstable_by(|a, b| b.cmp(a));
    let mut messages = Vec::new();
    for name in names.into_iter().take(200) {
        let Ok(text) = tokio::fs::read_to_string(folder.join(name)).await else { continue };
        let (head, body) = text.split_once("\n\n").unwrap_or((&text, ""));
        let field =
            |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim().to_owned();
        messages.push(DemoMessage { to: field("To:"), subject: field("Subject:"), body: body.to_owned() });
    }
    messages
}
