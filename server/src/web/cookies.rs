//! The three cookies. All are `__Host-`: this host only, https only, every path.

use axum::http::{
    HeaderMap, HeaderValue,
    header::{COOKIE, SET_COOKIE},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};

/// A guardian's device.
pub const DEVICE: &str = "__Host-nf";
/// A member of staff.
pub const STAFF: &str = "__Host-nf-staff";
/// A visitor who has not signed in: ties a form to the browser it was given to.
pub const VISIT: &str = "__Host-nf-visit";

/// A secret that nobody can guess: 256 random bits.
#[must_use]
pub fn new_token() -> String {
    BASE64.encode(rand::random::<[u8; 32]>())
}

/// The value of a cookie, if the browser sent it and it looks like one of ours.
#[must_use]
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, value)| *key == name && value.len() == 43)
        .map(|(_, value)| value)
}

/// Sets a cookie for so many seconds.
pub fn set(headers: &mut HeaderMap, name: &str, token: &str, seconds: i64) {
    let cookie = format!("{name}={token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        headers.append(SET_COOKIE, value);
    }
}

/// Takes a cookie away.
pub fn clear(headers: &mut HeaderMap, name: &str) {
    set(headers, name, "", 0);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_reads_back_from_among_other_cookies() {
        let token = new_token();
        let mut headers = HeaderMap::new();
        headers.insert(
            COOKIE,
            HeaderValue::from_str(&format!("a=b; {DEVICE}={token}; {STAFF}=short"))
                .unwrap_or(HeaderValue::from_static("")),
        );
        assert_eq!(read(&headers, DEVICE), Some(token.as_str()));
        assert_eq!(read(&headers, STAFF), None);
        assert_eq!(read(&headers, VISIT), None);
    }
}
