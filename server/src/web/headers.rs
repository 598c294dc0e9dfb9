//! Headers of every answer, and the host every request must name.

use std::sync::LazyLock;

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::Portal;
use crate::assets;

/// The content security policy: nothing inline but the one sheet, nothing from elsewhere.
#[must_use]
pub fn content_security_policy() -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' '{}'; connect-src 'self'; \
         img-src 'self' blob:; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        assets::CRITICAL_CSS_HASH
    )
}

static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    HeaderValue::from_str(&content_security_policy()).unwrap_or(HeaderValue::from_static("default-src 'none'"))
});

/// Refuses foreign hosts and puts the headers on.
pub async fn guard(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let watch = matches!(path, app::paths::HEALTHZ | app::paths::READYZ);
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok()).map(str::to_ascii_lowercase);
    let mut response = if watch || host.as_deref() == Some(portal.host.as_str()) {
        next.run(request).await
    } else {
        (StatusCode::MISDIRECTED_REQUEST, "This is not the address of this site.\n").into_response()
    };
    let headers = response.headers_mut();
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "same-origin");
    put(header::CACHE_CONTROL, "no-store");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    put(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=(), usb=()");
    if portal.origin.starts_with("https://") {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000");
    }
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(POLICY.clone());
    response
}
