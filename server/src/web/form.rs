//! A posted form, taken apart after it has proved where it comes from.

use app::rules::form::YES;
use axum::{
    extract::{FromRequest, Request},
    http::header,
};

use super::{Failure, Portal, csrf};

/// How many bytes a form may have.
pub const FORM_BYTES: usize = 64 * 1024;
/// How many fields a form may have.
const MOST_FIELDS: usize = 200;
/// The same for a list of the whole school's children: two for each of seven hundred, which is as
/// many as [`FORM_BYTES`] has room for.
const MOST_OF_LIST: usize = 1400;

/// The fields of a form, in order.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// The first value of a field, "" where it is missing.
    #[must_use]
    pub fn one(&self, name: &str) -> String {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    /// Whether a field says yes: a box that was ticked, a button that was pressed.
    #[must_use]
    pub fn says_yes(&self, name: &str) -> bool {
        self.one(name) == YES
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
        Ok(Self(proved(request, portal, MOST_FIELDS).await?))
    }
}

/// The same with fields for every child of the school.
#[derive(Debug, Clone)]
pub struct PostedList(pub Fields);

impl FromRequest<Portal> for PostedList {
    type Rejection = Failure;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Failure> {
        Ok(Self(proved(request, portal, MOST_OF_LIST).await?))
    }
}

async fn proved(request: Request, portal: &Portal, most: usize) -> Result<Fields, Failure> {
    if !csrf::same_origin(&portal.origin, request.headers()) {
        return Err(Failure::StaleForm);
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/x-www-form-urlencoded") {
        return Err(Failure::BadRequest);
    }
    let headers = request.headers().clone();
    let body = axum::body::to_bytes(request.into_body(), FORM_BYTES).await.map_err(|_| Failure::TooLarge)?;
    let fields = Fields(url_fields(&body, most)?);
    if !csrf::is_good(&portal.keys, &headers, &fields.one("csrf")) {
        return Err(Failure::StaleForm);
    }
    Ok(fields)
}

fn url_fields(body: &[u8], most: usize) -> Result<Vec<(String, String)>, Failure> {
    let fields: Vec<(String, String)> =
        form_urlencoded::parse(body).take(most + 1).map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
    if fields.len() > most { Err(Failure::BadRequest) } else { Ok(fields) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_may_stand_once_often_or_never() {
        let body = b"who=a&who=b&note=%F0%9F%A6%8A+x&ticked=yes&pressed=no";
        let fields = url_fields(body, MOST_FIELDS).map(Fields).unwrap_or_default();
        assert_eq!(fields.all("who"), ["a", "b"]);
        assert_eq!(fields.one("note"), "🦊 x");
        assert_eq!(fields.one("code"), "");
        assert!(fields.says_yes("ticked") && !fields.says_yes("pressed") && !fields.says_yes("other"));
    }

    #[test]
    fn a_hundred_thousand_fields_are_refused() {
        for most in [MOST_FIELDS, MOST_OF_LIST] {
            assert!(url_fields("a=1&".repeat(100_000).as_bytes(), most).is_err());
            assert!(url_fields("a=1&".repeat(most + 1).as_bytes(), most).is_err());
            assert!(url_fields("a=1&".repeat(most).as_bytes(), most).is_ok());
        }
    }
}
