//! A form's proof that this site gave it to this browser.
//!
//! The token is an HMAC of the cookie that identifies the browser, masked afresh on every page so
//! that a compressed page does not give it away.

use axum::http::{HeaderMap, Method, header};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::cookies;
use crate::store::journal::Keys;

const LENGTH: usize = 16;

fn secret(keys: &Keys, cookie: &str) -> [u8; LENGTH] {
    let digest = Sha256::digest(keys.hide("csrf", cookie).as_bytes());
    std::array::from_fn(|i| digest[i])
}

/// A fresh token for the browser with this cookie.
#[must_use]
pub fn token(keys: &Keys, cookie: &str) -> String {
    let mask: [u8; LENGTH] = rand::random();
    let secret = secret(keys, cookie);
    let masked = std::array::from_fn::<u8, LENGTH, _>(|i| secret[i] ^ mask[i]);
    BASE64.encode([mask, masked].concat())
}

/// Whether a token was made for one of the cookies that this browser sends.
#[must_use]
pub fn is_good(keys: &Keys, headers: &HeaderMap, token: &str) -> bool {
    let Ok(bytes) = BASE64.decode(token) else { return false };
    if bytes.len() != 2 * LENGTH {
        return false;
    }
    let claimed = std::array::from_fn::<u8, LENGTH, _>(|i| bytes[i] ^ bytes[LENGTH + i]);
    [cookies::DEVICE, cookies::STAFF, cookies::VISIT]
        .into_iter()
        .filter_map(|name| cookies::read(headers, name))
        .any(|cookie| secret(keys, cookie).ct_eq(&claimed).into())
}

/// Whether the request comes from a page of ours, by what the browser says of itself.
#[must_use]
pub fn same_origin(origin: &str, headers: &HeaderMap) -> bool {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok())
        && site != "same-origin"
    {
        return false;
    }
    match text(header::ORIGIN) {
        Some(said) => said == origin,
        // No Origin: only a browser that says "same-origin" otherwise is believed.
        None => headers.get("sec-fetch-site").is_some(),
    }
}

/// Whether a method only reads.
#[must_use]
pub fn only_reads(method: &Method) -> bool {
    matches!(*method, Method::GET | Method::HEAD)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn keys() -> Keys {
        Keys { journal: [1; 32], server: [2; 32] }
    }

    fn browser(cookie: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_str(&format!("{}={cookie}", cookies::DEVICE)) {
            headers.insert(header::COOKIE, value);
        }
        headers
    }

    #[test]
    fn a_token_works_for_its_own_browser_only() {
        let (mine, yours) = (cookies::new_token(), cookies::new_token());
        let made = token(&keys(), &mine);
        assert!(is_good(&keys(), &browser(&mine), &made));
        assert!(!is_good(&keys(), &browser(&yours), &made));
        assert!(!is_good(&keys(), &HeaderMap::new(), &made));
        for nonsense in ["", "x", &made[..20], &format!("{made}A")] {
            assert!(!is_good(&keys(), &browser(&mine), nonsense));
        }
    }

    #[test]
    fn no_two_pages_carry_the_same_token() {
        let cookie = cookies::new_token();
        assert_ne!(token(&keys(), &cookie), token(&keys(), &cookie));
    }

    #[test]
    fn a_post_from_elsewhere_is_seen() {
        let origin = "https://school.example";
        let said = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            same_origin(origin, &headers)
        };
        assert!(said(&[("origin", "https://school.example"), ("sec-fetch-site", "same-origin")]));
        assert!(said(&[("origin", "https://school.example")]));
        assert!(said(&[("sec-fetch-site", "same-origin")]));
        assert!(!said(&[]));
        assert!(!said(&[("origin", "null")]));
        assert!(!said(&[("origin", "https://school.example.evil")]));
        assert!(!said(&[("origin", "https://school.example"), ("sec-fetch-site", "cross-site")]));
        assert!(!said(&[("sec-fetch-site", "none")]));
    }
}
