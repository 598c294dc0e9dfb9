//! How much and how often. Schools sit behind one address, so an address alone only meets a
//! coarse limit; accounts and actions meet the fine ones.

use std::{net::IpAddr, num::NonZeroU32, time::Duration};

use axum::{
    body::Body,
    extract::{Request, State},
    http::header,
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures_util::StreamExt;
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::{Failure, Portal, client, form::FORM_BYTES, imports::Imports, upload};
use crate::{evidence::Bench, folder::Folder};

/// How long a request may take, its body included.
const TIME: Duration = Duration::from_secs(20);
/// How many bytes of a body that is too large are read; whoever sends more is cut off.
const THROWN_AWAY: usize = 16 << 20;

/// The throttles that live in this process, and what only so many may do at once.
pub struct Limits {
    by_address: DefaultKeyedRateLimiter<IpAddr>,
    by_account: DefaultKeyedRateLimiter<(String, &'static str)>,
    /// Who sends files.
    pub uploads: upload::Places,
    /// Where they are looked at.
    pub bench: Bench,
    /// Imports under way.
    pub imports: Imports,
    /// The folder that is watched, if one is.
    pub folder: Folder,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Limits")
    }
}

const fn at_least_one(number: u32) -> NonZeroU32 {
    match NonZeroU32::new(number) {
        Some(number) => number,
        None => NonZeroU32::MIN,
    }
}

impl Limits {
    /// Limits for a school; `coarse` requests a second from one address.
    #[must_use]
    pub fn new(coarse: u32) -> Self {
        let coarse = Quota::per_second(at_least_one(coarse)).allow_burst(at_least_one(coarse.saturating_mul(4)));
        // A parent in a hurry sends once or twice; thirty in a minute is a machine.
        let fine = Quota::per_minute(at_least_one(30)).allow_burst(at_least_one(30));
        Self {
            by_address: RateLimiter::keyed(coarse),
            by_account: RateLimiter::keyed(fine),
            uploads: upload::Places::default(),
            bench: Bench::default(),
            imports: Imports::default(),
            folder: Folder::default(),
        }
    }

    /// Counts one act of one account.
    ///
    /// # Errors
    /// [`Failure::TooOften`].
    pub fn act(&self, account: &str, act: &'static str) -> Result<(), Failure> {
        self.by_account.check_key(&(account.to_owned(), act)).map_err(|_| Failure::TooOften)
    }

    /// Forgets whoever has been quiet.
    pub fn forget(&self) {
        self.by_address.retain_recent();
        self.by_account.retain_recent();
    }
}

/// Time and size limits and coarse throttle.
pub async fn hold(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let address = client::address(&portal, &request);
    if portal.limits.by_address.check_key(&address).is_err() {
        return Failure::TooOften.into_response();
    }
    // Ticks to a board are meant to last.
    if request.uri().path() == app::paths::BOARD_CHANGES {
        return next.run(request).await;
    }
    let files = upload::brings_files(&request);
    let answered = async {
        if files {
            return upload::answer(request, next).await;
        }
        match whole(request).await {
            Ok(request) => next.run(request).await,
            Err(failure) => failure.into_response(),
        }
    };
    match tokio::time::timeout(if files { upload::TIME } else { TIME }, answered).await {
        Ok(response) => response,
        Err(_) => Failure::Unavailable.into_response(),
    }
}

/// The request with its whole body in memory. What is too large is read to its end all the same,
/// and thrown away: whoever is answered while still sending sees a broken connection, not the page
/// that says nothing was received.
async fn whole(request: Request) -> Result<Request, Failure> {
    let (parts, body) = request.into_parts();
    let said = parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if said.is_some_and(|length: usize| length > THROWN_AWAY) {
        return Err(Failure::TooLarge);
    }
    let (mut kept, mut length) = (Vec::new(), 0);
    let mut pieces = body.into_data_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece.map_err(|_| Failure::BadRequest)?;
        length += piece.len();
        if length > THROWN_AWAY {
            return Err(Failure::TooLarge);
        }
        if length <= FORM_BYTES {
            kept.extend_from_slice(&piece);
        }
    }
    if length > FORM_BYTES { Err(Failure::TooLarge) } else { Ok(Request::from_parts(parts, Body::from(kept))) }
}
