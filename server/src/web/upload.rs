//! A posted form with one file in it (`multipart/form-data`), taken apart after it has proved where it
//! comes from, as [`Posted`](super::Posted) does for plain forms. It knows nothing of what the file is,
//! so that every page that takes a file can share it.

use axum::{
    body::Body,
    extract::{FromRequest, FromRequestParts, Multipart, Request},
    http::{Method, header},
};

use super::{Failure, Fields, Portal, Posted, csrf, form::FORM_BYTES, session::Staff};
use crate::import::FILE_BYTES;

/// Which routes take a file, from signed-in staff only: an upload of somebody who is not gets no
/// more room than any form.
const ROUTES: [&str; 1] = [app::paths::ROSTER];
/// How many fields a form may have besides.
const MOST_FIELDS: usize = 20;

/// A form with a file.
#[derive(Debug)]
pub struct Uploaded {
    /// The fields.
    pub fields: Fields,
    /// The bytes of the file called `file`; `None` where none was chosen.
    pub file: Option<Vec<u8>>,
}

/// How many bytes this request's body may have.
pub async fn room(portal: &Portal, request: Request) -> (Request, usize) {
    if *request.method() != Method::POST || !ROUTES.contains(&request.uri().path()) {
        return (request, FORM_BYTES);
    }
    let (mut parts, body): (_, Body) = request.into_parts();
    let signed_in = Staff::from_request_parts(&mut parts, portal).await.is_ok();
    (Request::from_parts(parts, body), if signed_in { FILE_BYTES + FORM_BYTES } else { FORM_BYTES })
}

impl FromRequest<Portal> for Uploaded {
    type Rejection = Failure;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Failure> {
        if !csrf::same_origin(&portal.origin, request.headers()) {
            return Err(Failure::StaleForm);
        }
        let headers = request.headers().clone();
        let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        match kind.split(';').next().map(str::trim) {
            Some("multipart/form-data") => {}
            // A plain form is one in which no file was chosen.
            _ => return Posted::from_request(request, portal).await.map(|Posted(fields)| Self { fields, file: None }),
        }
        let mut parts = Multipart::from_request(request, portal).await.map_err(|_| Failure::BadRequest)?;
        let (mut fields, mut file) = (Vec::new(), None);
        while let Some(part) = parts.next_field().await.map_err(|_| Failure::BadRequest)? {
            let name = part.name().unwrap_or_default().to_owned();
            let chosen = part.file_name().is_some();
            let bytes = part.bytes().await.map_err(|_| Failure::BadRequest)?;
            if fields.len() == MOST_FIELDS {
                return Err(Failure::BadRequest);
            }
            if chosen {
                // A browser sends an empty part where no file was chosen.
                if name == "file" && file.is_none() && !bytes.is_empty() {
                    file = Some(bytes.to_vec());
                }
            } else if bytes.len() <= FORM_BYTES {
                fields.push((name, String::from_utf8(bytes.to_vec()).map_err(|_| Failure::BadRequest)?));
            } else {
                return Err(Failure::TooLarge);
            }
        }
        let fields = Fields::of(fields);
        if !csrf::is_good(&portal.keys, &headers, &fields.one("csrf")) {
            return Err(Failure::StaleForm);
        }
        Ok(Self { fields, file })
    }
}
