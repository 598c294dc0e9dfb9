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
    time::Sleep,
};

use super::Failure;

/// The routes that take files.
pub const ROUTES: [&str; 8] = [
    paths::EVIDENCE,
    paths::LEAVE_FILES,
    paths::LEAVING_FILES,
    paths::PAPER_FILES,
    paths::ROSTER,
    paths::MARKS,
    paths::POLICY_DRAFT_FILE,
    paths::DECLARATION_PAPER,
];
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

/// Whether a request may bring files, or another program's rows.
#[must_use]
pub fn brings_files(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let takes = |route: &str| ROUTES.contains(&route) || route == paths::API_MARKS;
    request.method() == Method::POST && route.is_some_and(takes)
}

/// Answers a request that brings files. What the handler leaves of the body is read to its end and
/// thrown away: whoever is answered while still sending sees a broken connection, not the page.
pub(super) async fn answer(request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let said = parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if said.is_some_and(|length: usize| length > THROWN_AWAY) {
        return Failure::FilesTooLarge.into_response();
    }
    let incoming = Incoming::new(body);
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
    /// Runs while somebody waits for a piece, and not while the last one is being looked at.
    late: Option<Pin<Box<Sleep>>>,
}

impl Incoming {
    fn new(body: Body) -> Self {
        Self(Arc::new(Mutex::new(Arriving { body: body.into_data_stream(), length: 0, ended: false, late: None })))
    }

    fn poll(&self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, axum::BoxError>>> {
        let mut arriving = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if arriving.ended {
            return Poll::Ready(None);
        }
        let piece = match arriving.body.poll_next_unpin(context) {
            Poll::Ready(piece) => piece,
            Poll::Pending => {
                let late = arriving.late.get_or_insert_with(|| Box::pin(tokio::time::sleep(PIECE)));
                ready!(late.as_mut().poll(context));
                Some(Err(axum::Error::new("the next piece did not come")))
            }
        };
        arriving.late = None;
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

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::Instant;

    async fn piece(incoming: &Incoming) -> Option<Result<Bytes, axum::BoxError>> {
        poll_fn(|context| incoming.poll(context)).await
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_stops_sending_is_cut_off_and_whoever_is_slow_is_not() {
        let slowly = stream::unfold(0_u64, |number| async move {
            // The fourth never comes.
            tokio::time::sleep(if number < 3 { PIECE - Duration::from_secs(1) } else { PIECE * 100 }).await;
            Some((Ok::<_, axum::Error>(Bytes::from_static(b"x")), number + 1))
        });
        let (incoming, begun) = (Incoming::new(Body::from_stream(slowly)), Instant::now());
        for _ in 0..3 {
            assert!(piece(&incoming).await.is_some_and(|piece| piece.is_ok()));
        }
        assert!(piece(&incoming).await.is_some_and(|piece| piece.is_err()));
        assert_eq!(begun.elapsed().as_secs(), 3 * (PIECE.as_secs() - 1) + PIECE.as_secs());
        assert!(piece(&incoming).await.is_none(), "and nothing more");
    }

    #[tokio::test(start_paused = true)]
    async fn a_reader_who_takes_a_while_cuts_nobody_off() {
        let body = stream::iter([Ok::<_, axum::Error>(Bytes::from_static(b"x"))]).chain(stream::once(async {
            tokio::time::sleep(Duration::from_millis(1)).await;
            Ok(Bytes::from_static(b"y"))
        }));
        let incoming = Incoming::new(Body::from_stream(body));
        assert!(piece(&incoming).await.is_some_and(|piece| piece.is_ok()));
        // The file before it is being looked at.
        tokio::time::sleep(PIECE * 2).await;
        assert!(piece(&incoming).await.is_some_and(|piece| piece.is_ok()));
    }

    #[tokio::test(start_paused = true)]
    async fn a_place_is_one_for_each_and_there_are_so_many() {
        let places = Places::default();
        let mut taken = Vec::new();
        for account in 0..PLACES {
            taken.extend(places.take(&account.to_string()).await);
        }
        assert_eq!(taken.len(), PLACES);
        assert!(matches!(places.take("0").await, Err(Failure::TooOften)));
        assert!(matches!(places.take("late").await, Err(Failure::Unavailable)));
        taken.remove(0);
        // Who gave up waiting, and who has finished, may come again.
        assert!(places.take("late").await.is_ok() && places.take("0").await.is_ok());
    }
}
