//! Pages go over the wire compressed.

use std::io::Write;

use axum::{
    body::{Body, Bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Shorter bodies are sent as they are.
const SHORT: usize = 600;

/// What a browser takes, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// Brotli.
    Brotli,
    /// gzip.
    Gzip,
}

/// The best coding that a request accepts.
#[must_use]
pub fn accepted(headers: &HeaderMap) -> Option<Coding> {
    let said = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
    let takes = |name: &str| {
        said.split(',').any(|part| {
            let mut words = part.split(';').map(str::trim);
            words.next() == Some(name) && !words.any(|q| q == "q=0")
        })
    };
    if takes("br") {
        Some(Coding::Brotli)
    } else if takes("gzip") {
        Some(Coding::Gzip)
    } else {
        None
    }
}

/// Compresses pages and JSON that are in memory anyway.
pub async fn pages(request: Request, next: Next) -> Response {
    let coding = accepted(request.headers());
    let response = next.run(request).await;
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let fits = kind.starts_with("text/html") || kind.starts_with("application/json");
    if !fits || response.headers().contains_key(header::CONTENT_ENCODING) {
        return response;
    }
    let Some(coding) = coding else { return response };
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, usize::MAX).await else {
        return Response::from_parts(parts, Body::empty());
    };
    if bytes.len() < SHORT {
        return Response::from_parts(parts, Body::from(bytes));
    }
    let Some((name, packed)) = pack(coding, &bytes) else { return Response::from_parts(parts, Body::from(bytes)) };
    parts.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(name));
    parts.headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(packed))
}

fn pack(coding: Coding, bytes: &Bytes) -> Option<(&'static str, Vec<u8>)> {
    let room = Vec::with_capacity(bytes.len() / 3);
    match coding {
        Coding::Brotli => {
            let mut writer = brotli::CompressorWriter::new(room, 32 * 1024, 4, 18);
            writer.write_all(bytes).ok()?;
            Some(("br", writer.into_inner()))
        }
        Coding::Gzip => {
            let mut writer = flate2::write::GzEncoder::new(room, flate2::Compression::new(4));
            writer.write_all(bytes).ok()?;
            Some(("gzip", writer.finish().ok()?))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_accepted_coding_is_taken() {
        let said = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(text));
            accepted(&headers)
        };
        assert_eq!(said("gzip, deflate, br"), Some(Coding::Brotli));
        assert_eq!(said("gzip;q=0.5"), Some(Coding::Gzip));
        assert_eq!(said("br;q=0, gzip"), Some(Coding::Gzip));
        assert_eq!(said("identity"), None);
        assert_eq!(accepted(&HeaderMap::new()), None);
    }
}
