//! What the imports' handlers have in common: files are handed in, found and thrown away.

use app::{
    rules::{id::ImportId, import::Unreadable, london},
    staff::{
        file_import::{self as pages, HandIn, Item, Of, Part},
        marks,
    },
};
use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};

use crate::{
    import::{self, said::hash},
    store::{FileKind, HandedIn, NewImport, journal::Actor},
    web::{Failure, Part as Piece, Portal, PostedFiles, render, session::Staff},
};

/// How many lines of a part stand on the page; all of them would be megabytes.
const SHOWN: usize = 300;

/// What a form with a file brought.
#[derive(Debug, Default)]
struct Received {
    /// The file's bytes; `None` where none was chosen.
    file: Option<Vec<u8>>,
    /// Whether there was a file that is too large.
    too_large: bool,
    /// Whether the box for the school before was ticked.
    previous_school: bool,
}

/// What the store calls it.
fn kind(of: Of) -> FileKind {
    match of {
        Of::Roster => FileKind::Roster,
        Of::Marks => FileKind::Marks,
    }
}

/// The page that takes a file.
pub(super) async fn page(
    portal: &Portal,
    staff: &Staff,
    of: Of,
    (problem, previous_school): (Option<String>, bool),
) -> Result<Response, Failure> {
    let words = portal.words();
    let last = portal.school.last_import(kind(of)).await?;
    let last = last.and_then(|last| last.applied_at).map(|at| written(portal, at));
    let page = HandIn { of, csrf: &staff.csrf, last, problem, previous_school };
    let below = match of {
        Of::Roster => None,
        Of::Marks => Some(super::marks::below(portal, staff).await?),
    };
    Ok(render::staff(portal, staff, of.title(words), "", || {
        (pages::hand_in(words, page), below.map(|below| marks::below(words, below)))
    }))
}

/// Reads a file and keeps it until somebody says yes.
pub(super) async fn hand_in(portal: &Portal, staff: &Staff, of: Of, posted: PostedFiles) -> Result<Response, Failure> {
    let (words, today) = (portal.words(), portal.today());
    let (most, too_large) = match of {
        Of::Roster => (import::ROSTER_BYTES, words.roster.too_large),
        Of::Marks => (import::MARKS_BYTES, words.marks.too_large),
    };
    portal.limits.act(staff.session.staff_id.as_str(), of.hand_in())?;
    let _place = portal.limits.uploads.take(staff.session.staff_id.as_str()).await?;
    let received = receive(posted, most).await?;
    let previous_school = of == Of::Marks && received.previous_school;
    let refuse = async |said: String| -> Result<Response, Failure> {
        let page = page(portal, staff, of, (Some(said), previous_school)).await?;
        Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
    };
    if received.too_large {
        return refuse(too_large.to_owned()).await;
    }
    let Some(bytes) = received.file else { return refuse(words.import.no_file.to_owned()).await };
    let meanings = portal.school.meanings().await?;
    let (bytes, read) = tokio::task::spawn_blocking(move || {
        let read = match of {
            Of::Roster => import::read_roster(&bytes, today).map(drop),
            Of::Marks => match import::read_marks_as(&bytes, &meanings) {
                // Somebody can say which column is which.
                Err(Unreadable::NoMarkHeads) if explains(&bytes) => Ok(()),
                read => read.map(drop),
            },
        };
        (bytes, read)
    })
    .await
    .map_err(|_| Failure::Unavailable)?;
    if let Err(why) = read {
        return refuse((words.import.unreadable)(why)).await;
    }
    let import = ImportId::from_bytes(rand::random());
    let new = NewImport {
        import: import.clone(),
        kind: kind(of),
        previous_school,
        sha256: hash(&bytes),
        file: bytes,
        by: staff.session.staff_id.clone(),
    };
    portal.school.keep_import(new, portal.now()).await?;
    Ok(Redirect::to(&of.file(&import)).into_response())
}

/// Whether a file has enough heads that their meanings could make it a file of marks: a number, and what says of
/// which session a mark is.
fn explains(bytes: &[u8]) -> bool {
    import::heads_of_marks(bytes).is_ok_and(|heads| heads.len() > 2)
}

/// A file that was handed in, by what an address calls it.
pub(super) async fn found(portal: &Portal, of: Of, import: &str) -> Result<HandedIn, Failure> {
    let import = ImportId::parse(import).ok_or(Failure::NotFound)?;
    portal.school.handed_in(kind(of), &import).await?.ok_or(Failure::NotFound)
}

/// Throws a waiting file away.
pub(super) async fn throw_away(portal: &Portal, staff: &Staff, of: Of, import: &str) -> Result<Response, Failure> {
    let import = ImportId::parse(import).ok_or(Failure::NotFound)?;
    portal.school.drop_import(kind(of), &import, actor(staff), portal.now()).await?;
    Ok(Redirect::to(of.hand_in()).into_response())
}

/// Reads a form with a file.
///
/// # Errors
/// [`Failure`] when it is no such form.
async fn receive(mut posted: PostedFiles, most: usize) -> Result<Received, Failure> {
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
