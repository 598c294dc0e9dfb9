//! What the imports' handlers have in common.

use app::{
    rules::london,
    staff::file_import::{self as pages, Item, Of, Part},
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};

use crate::{
    store::journal::Actor,
    web::{Failure, Part as Piece, Portal, PostedFiles, render, session::Staff},
};

/// How many lines of a part stand on the page; all of them would be megabytes.
const SHOWN: usize = 300;

/// What a form with a file brought.
#[derive(Debug, Default)]
pub(super) struct Received {
    /// The file's bytes; `None` where none was chosen.
    pub(super) file: Option<Vec<u8>>,
    /// Whether there was a file that is too large.
    pub(super) too_large: bool,
    /// Whether the box for the school before was ticked.
    pub(super) previous_school: bool,
}

/// Reads a form with a file.
///
/// # Errors
/// [`Failure`] when it is no such form.
pub(super) async fn receive(mut posted: PostedFiles, most: usize) -> Result<Received, Failure> {
    let mut received = Received::default();
    while let Some(part) = posted.next(most).await? {
        match part {
            Piece::File { field, bytes: None, .. } if field == "file" => received.too_large = true,
            // A browser sends an empty part where no file was chosen.
            Piece::File { field, bytes: Some(bytes), .. } if field == "file" && !bytes.is_empty() => {
                received.file = Some(bytes);
            }
            Piece::Field(field, value) if field == "previous" => received.previous_school = value == "yes",
            _ => {}
        }
    }
    Ok(received)
}

/// The hash a file is known by.
pub(super) fn hash(bytes: &[u8]) -> String {
    BASE64.encode(Sha256::digest(bytes))
}

/// Who does it.
pub(super) fn actor(staff: &Staff) -> Actor {
    Actor::Staff(staff.session.staff_id.to_string())
}

/// "24 November at 8.04".
pub(super) fn written(portal: &Portal, at: DateTime<Utc>) -> String {
    let local = london::local(at);
    (portal.words().common.date_at)(local.date(), &london::clock(local.time()))
}

/// The page for a file that no longer waits.
pub(super) fn gone(portal: &Portal, staff: &Staff, of: Of) -> Response {
    let words = portal.words();
    let page = render::staff(portal, staff, words.import.gone.0, "", || pages::gone(words, of));
    (StatusCode::GONE, page).into_response()
}

/// Parts as the page shows them: the first lines of each, and how many there are.
pub(super) fn shown<const N: usize>(parts: [(Part, Vec<Item>); N]) -> Vec<(Part, Vec<Item>, usize)> {
    let cut = |(part, mut items): (Part, Vec<Item>)| {
        let count = items.len();
        items.truncate(SHOWN);
        (part, items, count)
    };
    parts.into_iter().map(cut).collect()
}
