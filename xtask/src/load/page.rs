//! What a browser takes from a page: its text, and the values of its fields.

use std::io::Read;

use memchr::memmem;

use super::Answer;
use crate::error::{Failure, Outcome, While};

/// A body as text, whatever coding it came in, into a buffer that is used again.
pub(crate) fn decoded<'a>(answer: &'a Answer<'_>, room: &'a mut Vec<u8>) -> Outcome<&'a str> {
    let bytes = match answer.header("content-encoding").as_str() {
        "" => answer.body,
        "br" => {
            if room.len() < 64 * 1024 {
                room.resize(64 * 1024, 0);
            }
            let length = loop {
                let done = brotli_decompressor::brotli_decode(answer.body, room);
                match done.result {
                    brotli_decompressor::BrotliResult::ResultSuccess => break done.decoded_size,
                    _ if room.len() >= 16 * 1024 * 1024 => return Err(Failure::new("not brotli, or far too long")),
                    _ => room.resize(room.len() * 2, 0),
                }
            };
            &room[..length]
        }
        "gzip" => {
            room.clear();
            flate2::read::GzDecoder::new(answer.body).read_to_end(room).doing("gzip")?;
            &room[..]
        }
        other => return Err(Failure::new(format!("a page came as {other}"))),
    };
    std::str::from_utf8(bytes).doing("a page that is not text")
}

/// The value of the first field of this name.
pub(crate) fn value<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    values(html, name).next()
}

/// The values of all fields of this name, in order.
pub(crate) fn values<'a>(html: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let mark = format!(" name=\"{name}\"");
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            let at = memmem::find(rest.as_bytes(), mark.as_bytes())?;
            let start = memmem::rfind(&rest.as_bytes()[..at], b"<")?;
            let end = at + memmem::find(&rest.as_bytes()[at..], b">")?;
            let tag = &rest[start..end];
            rest = &rest[end..];
            if let Some(from) = memmem::find(tag.as_bytes(), b" value=\"").map(|found| found + 8)
                && let Some(length) = memmem::find(&tag.as_bytes()[from..], b"\"")
            {
                return Some(&tag[from..from + length]);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_whatever_stands_first() {
        let html = r#"<input type="hidden" name="csrf" value="abc"><input value="1" type="checkbox" name="who" checked>
            <input name="who" value="2"><textarea name="note"></textarea>"#;
        assert_eq!(value(html, "csrf"), Some("abc"));
        assert_eq!(values(html, "who").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(value(html, "note"), None);
    }
}
