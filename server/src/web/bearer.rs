//! Other programs: known by a token in the head of the request and by nothing else, answered in JSON.

use axum::{
    Json,
    extract::FromRequestParts,
    http::{HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use serde::Serialize;

use super::Portal;
use crate::store::{self, StoreError, journal::token_hash};

/// How long a secret is: 256 bits as text.
const LENGTH: usize = 43;

/// Why another program is not answered as it asked: a status and a sentence.
#[derive(Debug, Clone)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    /// What is wrong and what to do.
    pub error: String,
}

#[derive(Serialize)]
struct Body<'a> {
    error: &'a str,
}

impl Refusal {
    /// A status and its sentence.
    #[must_use]
    pub fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self { status, error: error.into() }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "Nothing was brought in. Send it again in a minute.")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Body { error: &self.error })).into_response();
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// Another program that may bring marks in. Cookies are not looked at.
#[derive(Debug, Clone)]
pub struct BringsMarks(pub store::Bearer);

impl FromRequestParts<Portal> for BringsMarks {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Refusal> {
        let unknown = || {
            Refusal::new(
                StatusCode::UNAUTHORIZED,
                "This token is not known, was revoked or has run out. An administrator makes a new one.",
            )
        };
        let secret = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(secret);
        let Some(secret) = secret else {
            return Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                "Send a token in the head of the request: Authorization: Bearer, then the token.",
            ));
        };
        let bearer = portal.school.bearer(&token_hash(secret), portal.now()).await?.ok_or_else(unknown)?;
        if bearer.may_bring_marks {
            Ok(Self(bearer))
        } else {
            Err(Refusal::new(StatusCode::FORBIDDEN, "This token may not bring marks in."))
        }
    }
}

/// The secret in an `Authorization` head.
fn secret(value: &str) -> Option<&str> {
    let (scheme, secret) = value.split_once(' ')?;
    let secret = secret.trim();
    (scheme.eq_ignore_ascii_case("bearer") && secret.len() == LENGTH).then_some(secret)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_follows_its_scheme() {
        let text = "A".repeat(LENGTH);
        assert_eq!(secret(&format!("Bearer {text}")), Some(text.as_str()));
        assert_eq!(secret(&format!("bearer  {text} ")), Some(text.as_str()));
        for other in ["", "Bearer", "Bearer ", "Basic dXNlcg==", &text, &format!("Bearer {text}A")] {
            assert_eq!(secret(other), None, "{other}");
        }
    }
}
