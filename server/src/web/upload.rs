//! Requests that bring files. On these routes alone a body may be larger and take longer, and it is
//! not held in memory: the handler reads it as it arrives.

use std::{
    collections::HashSet,
    future::poll_fn,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
    task::{Context, Poll, ready},
    time::Duration,
};

use app::{
    paths,
    rules::evidence::{MOST_BYTES, MOST_FILES},
};
use axum::{
    body::{Body, BodyDataStream},
    extract::{MatchedPath, Request},
    http::{Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use futures_util::{StreamExt, stream};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::{Instant, Sleep},
};

use super::Failure;

/// The routes that take files.
pub const ROUTES: [&str; 1] = [paths::EVIDENCE];
/// How many bytes a form with files may have: as many files as may be, and what stands around them.
pub const FORM_BYTES: usize = MOST_FILES * MOST_BYTES + 256 * 1024;
/// How long such a request may take, its body included: a photo of 4 MB over a line of 200 kbit/s.
pub const TIME: Duration = Duration::from_secs(180);
/// How long the next piece of a body may take.
const PIECE: Duration = Duration::from_secs(15);
/// How many bytes of a body that is too large are read; whoever sends more is cut off.
const THROWN_AWAY: usize = FORM_BYTES + (16 << 20);
/// How many bodies with files are read at once. Each holds one file in memory.
const PLACES: usize = 4;
/// How long somebody waits for a place.
const PATIENCE: Duration = Duration::from_secs(30);

/// Whether a request may bring files.
#[must_use]
pub fn brings_files(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    request.method() == Method::POST && route.is_some_and(|route| ROUTES.contains(&route))
}

/// Answers a request that brings files. What the handler leaves of the body is read to its end and
/// thrown away: whoever is answered while still sending sees a broken connection, not the page.
pub(super) async fn answer(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let said = parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if said.is_some_and(|length: usize| length > THROWN_AWAY) {
        return Failure::FilesTooLarge.into_response();
    }
    let incoming = Incoming(Arc::new(Mutex::new(Arriving {
        body: body.into_data_stream(),
        length: 0,
        ended: false,
        late: Box::pin(tokio::time::sleep(PIECE)),
    })));
    let handed_on = incoming.clone();
    let body = Body::from_stream(stream::poll_fn(move |context| handed_on.poll(context)));
    let response = next.run(Request::from_parts(parts, body)).await;
    while poll_fn(|context| incoming.poll(context)).await.is_some_and(|piece| piece.is_ok()) {}
    response
}

/// A body that two read, one after the other.
#[derive(Clone)]
struct Incoming(Arc<Mutex<Arriving>>);

struct Arriving {
    body: BodyDataStream,
    length: usize,
    ended: bool,
    late: Pin<Box<Sleep>>,
}

impl Incoming {
    fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, axum::BoxError>>> {
        let mut arriving = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if arriving.ended {
            return Poll::Ready(None);
        }
        let piece = match arriving.body.poll_next_unpin(context) {
            Poll::Ready(piece) => piece,
            Poll::Pending => {
                ready!(arriving.late.as_mut().poll(context));
                Some(Err(axum::Error::new("the next piece did not come")))
            }
        };
        // Counted from when somebody asks for the next piece, not from when the last one came.
        arriving.late.as_mut().reset(Instant::now() + PIECE);
        Poll::Ready(match piece {
            Some(Ok(piece)) => {
                arriving.length += piece.len();
                arriving.ended = arriving.length > THROWN_AWAY;
                Some(Ok(piece))
            }
            Some(Err(error)) => {
                arriving.ended = true;
                Some(Err(error.into()))
            }
            None => {
                arriving.ended = true;
                None
            }
        })
    }
}

/// Who is sending files now.
#[derive(Debug, Clone)]
pub struct Places {
    free: Arc<Semaphore>,
    taken_by: Arc<Mutex<HashSet<String>>>,
}

impl Default for Places {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(PLACES)), taken_by: Arc::default() }
    }
}

/// A place, held while a body is read.
#[derive(Debug)]
pub struct Place {
    _mark: Mark,
    _permit: OwnedSemaphorePermit,
}

/// Says that an account has a place, or waits for one.
#[derive(Debug)]
struct Mark {
    places: Places,
    account: String,
}

impl Drop for Mark {
    fn drop(&mut self) {
        self.places.taken_by.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.account);
    }
}

impl Places {
    /// A place for this account: one each, so that nobody takes all of them.
    ///
    /// # Errors
    /// [`Failure::TooOften`] when the account has one; [`Failure::Unavailable`] when none becomes free.
    pub async fn take(&self, account: &str) -> Result<Place, Failure> {
        // Marked before the wait, or one account could wait in every place.
        if !self.taken_by.lock().unwrap_or_else(PoisonError::into_inner).insert(account.to_owned()) {
            return Err(Failure::TooOften);
        }
        let mark = Mark { places: self.clone(), account: account.to_owned() };
        let permit = tokio::time::timeout(PATIENCE, Arc::clone(&self.free).acquire_owned()).await;
        match permit {
            Ok(Ok(permit)) => Ok(Place { _mark: mark, _permit: permit }),
            _ => Err(Failure::Unavailable),
        }
    }
}
