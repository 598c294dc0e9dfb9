//! A posted form, taken apart after it has proved where it comes from.

use axum::{
    extract::{FromRequest, Request},
    http::header,
};

use super::{Failure, Portal, csrf};

/// How many bytes a form may have.
pub const FORM_BYTES: usize = 64 * 1024;
/// How many fields a form may have.
const MOST_FIELDS: usize = 200;

/// The fields of a form, in order.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The fields of a form that was taken apart elsewhere.
    pub(super) fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields)
    }

    /// The first value of a field, "" where it is missing.
    #[must_use]
    pub fn one(&self, name: &str) -> String {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Every value of a field.
    #[must_use]
    pub fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.clone()).collect()
    }
}

/// A form that comes from a page of ours, in the browser it was given to.
#[derive(Debug, Clone)]
pub struct Posted(pub Fields);

impl FromRequest<Portal> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Failure> {
        if !csrf::same_origin(&portal.origin, request.headers()) {
            return Err(Failure::StaleForm);
        }
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if kind.split(';').next().map(str::trim) != Some("application/x-www-form-urlencoded") {
            return Err(Failure::BadRequest);
        }
        let headers = request.headers().clone();
        let body = axum::body::to_bytes(request.into_body(), FORM_BYTES).await.map_err(|_| Failure::TooLarge)?;
        let fields: Vec<(String, String)> = url_fields(&body)?;
        let fields = Fields(fields);
        if !csrf::is_good(&portal.keys, &headers, &fields.one("csrf")) {
            return Err(Failure::StaleForm);
        }
        Ok(Self(fields))
    }
}

fn url_fields(body: &[u8]) -> Result<Vec<(String, String)>, Failure> {
    let fields: Vec<(String, String)> =
        form_urlencoded::parse(body).take(MOST_FIELDS + 1).map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    if fields.len() > MOST_FIELDS { Err(Failure::BadRequest) } else { Ok(fields) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_may_stand_once_often_or_never() {
        let fields = url_fields(b"who=a&who=b&note=%F0%9F%A6%8A+x").map(Fields).unwrap_or_default();
        assert_eq!(fields.all("who"), ["a", "b"]);
        assert_eq!(fields.one("note"), "🦊 x");
        assert_eq!(fields.one("code"), "");
    }

    #[test]
    fn a_hundred_thousand_fields_are_refused() {
        assert!(url_fields("a=1&".repeat(100_000).as_bytes()).is_err());
    }
}
