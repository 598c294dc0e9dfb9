//! What is not a page: health, assets, the log line of each request.

use axum::{
    body::Body,
    extract::{MatchedPath, Path, Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use crate::{
    assets::{self, Asset},
    web::{
        Failure, Portal,
        compress::{self, Coding},
    },
};

/// The process runs.
pub(super) async fn healthz() -> &'static str {
    "ok\n"
}

/// A report could be taken now.
pub(super) async fn readyz(State(portal): State<Portal>) -> (StatusCode, &'static str) {
    if portal.store.ready().await {
        (StatusCode::OK, "ready\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "not ready\n")
    }
}

/// Nothing here.
pub(super) async fn nothing() -> Failure {
    Failure::NotFound
}

/// A built file by its hashed name.
pub(super) async fn asset(Path(file): Path<String>, headers: HeaderMap) -> Response {
    give(assets::find(&format!("/assets/{file}")), &headers, true)
}

/// Nothing of this site belongs in a search engine.
pub(super) async fn robots(headers: HeaderMap) -> Response {
    give(assets::find(assets::url("robots.txt")), &headers, false)
}

/// Browsers ask for it whatever the page says.
pub(super) async fn icon(headers: HeaderMap) -> Response {
    give(assets::find(assets::url("icon.svg")), &headers, false)
}

/// `hashed` tells whether it was asked for by its hashed name: any other may mean something else
/// tomorrow.
fn give(asset: Option<&'static Asset>, headers: &HeaderMap, hashed: bool) -> Response {
    let Some(asset) = asset else { return Failure::NotFound.into_response() };
    let (bytes, coding) = match compress::accepted(headers) {
        Some(Coding::Brotli) if asset.brotli.is_some() => (asset.brotli.unwrap_or(asset.plain), Some("br")),
        Some(_) if asset.gzip.is_some() => (asset.gzip.unwrap_or(asset.plain), Some("gzip")),
        _ => (asset.plain, None),
    };
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static(if hashed && asset.immutable {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=3600"
        }),
    );
    if let Some(coding) = coding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    response
}

/// One line a request: verb, route (never the path: it holds ids), status, time.
pub(super) async fn log(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let started = tokio::time::Instant::now();
    let response = next.run(request).await;
    let micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    tracing::info!(%method, route = route.as_deref().unwrap_or("none"), status, micros, "request");
    response
}
