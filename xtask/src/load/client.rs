//! One kept-alive HTTP/1.1 connection, and no more of HTTP than this site speaks.

use std::io::{self, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use memchr::memmem;

/// Longer than any answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The codings that browsers take, as they say it.
pub(crate) const BROWSER: &str = "gzip, deflate, br, zstd";
/// What else they say.
const SAYS: &str = "user-agent: Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36\r\n\
     accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8\r\n\
     accept-language: en-GB,en;q=0.9\r\nsec-fetch-site: same-origin\r\nsec-fetch-mode: navigate\r\nsec-fetch-dest: document\r\n";

/// A browser's connection to the site.
pub(crate) struct Client {
    host: String,
    codings: &'static str,
    stream: Option<TcpStream>,
    buffer: Vec<u8>,
}

/// One answer; its parts lie in the connection's buffer.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    head: &'a [u8],
    /// As it came over the wire.
    pub(crate) body: &'a [u8],
}

impl Answer<'_> {
    /// The value of a header, "" where it is missing. The server writes names in small letters.
    pub(crate) fn header(&self, name: &str) -> String {
        let Some(at) = memmem::find(self.head, format!("\r\n{name}: ").as_bytes()) else {
            return String::new();
        };
        let value = &self.head[at + name.len() + 4..];
        let end = memmem::find(value, b"\r\n").unwrap_or(value.len());
        String::from_utf8_lossy(&value[..end]).into_owned()
    }

    /// The value of the cookie that the answer sets.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        let start = format!("\r\nset-cookie: {name}=");
        let at = memmem::find(self.head, start.as_bytes())? + start.len();
        let end = memmem::find(&self.head[at..], b";")?;
        Some(String::from_utf8_lossy(&self.head[at..at + end]).into_owned())
    }

    /// Bytes over the wire: head and body.
    pub(crate) fn bytes(&self) -> usize {
        self.head.len() + self.body.len()
    }
}

impl Client {
    /// A browser that takes pages in these codings: [`BROWSER`] unless something else is asked.
    pub(crate) fn new(host: &str, codings: &'static str) -> Self {
        Self { host: host.to_owned(), codings, stream: None, buffer: vec![0; 256 * 1024] }
    }

    pub(crate) fn get(&mut self, path: &str, cookie: &str) -> io::Result<Answer<'_>> {
        let (host, codings) = (&self.host, self.codings);
        let request = format!(
            "GET {path} HTTP/1.1\r\nhost: {host}\r\n{SAYS}accept-encoding: {codings}\r\ncookie: {cookie}\r\n\r\n"
        );
        self.exchange(&request)
    }

    /// Posts a form's fields, encoded already.
    pub(crate) fn post(&mut self, path: &str, cookie: &str, fields: &str) -> io::Result<Answer<'_>> {
        let (host, codings, length) = (&self.host, self.codings, fields.len());
        let request = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\n{SAYS}accept-encoding: {codings}\r\ncookie: {cookie}\r\n\
             origin: http://{host}\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{fields}"
        );
        self.exchange(&request)
    }

    /// A connection on which anything went wrong is not used again.
    fn exchange(&mut self, request: &str) -> io::Result<Answer<'_>> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(&self.host)?;
                stream.set_nodelay(true)?;
                stream.set_read_timeout(Some(PATIENCE))?;
                stream
            }
        };
        stream.write_all(request.as_bytes())?;
        let (status, head, end) = self.read(&mut stream)?;
        self.stream = Some(stream);
        Ok(Answer { status, head: &self.buffer[..head], body: &self.buffer[head..end] })
    }

    /// Reads one answer: its status, and where head and body end.
    fn read(&mut self, stream: &mut TcpStream) -> io::Result<(u16, usize, usize)> {
        let mut filled = 0;
        let mut known = None;
        loop {
            if let Some((status, head, end)) = known
                && filled >= end
            {
                return Ok((status, head, end));
            }
            if filled == self.buffer.len() {
                self.buffer.resize(filled * 2, 0);
            }
            let more = stream.read(&mut self.buffer[filled..])?;
            if more == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            filled += more;
            if known.is_none() {
                known = head(&self.buffer[..filled])?;
            }
        }
    }
}

/// Status, length of the head and of the whole, once the head is there.
fn head(bytes: &[u8]) -> io::Result<Option<(u16, usize, usize)>> {
    let Some(end) = memmem::find(bytes, b"\r\n\r\n") else { return Ok(None) };
    let answer = Answer { status: 0, head: &bytes[..end + 2], body: &[] };
    let odd = || io::Error::other("an answer without a status or a length");
    let status = bytes.get(9..12).and_then(|text| std::str::from_utf8(text).ok()).and_then(|text| text.parse().ok());
    let length: usize = answer.header("content-length").parse().map_err(|_| odd())?;
    Ok(Some((status.ok_or_else(odd)?, end + 4, end + 4 + length)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_tells_status_and_length_once_it_is_whole() {
        let text = b"HTTP/1.1 303 See Other\r\nlocation: /receipts/ABC\r\ncontent-length: 2\r\n\r\nok";
        assert_eq!(head(&text[..40]).ok(), Some(None));
        assert_eq!(head(text).ok().flatten(), Some((303, text.len() - 2, text.len())));
        assert!(head(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n").is_err());
    }

    #[test]
    fn headers_and_cookies_are_found() {
        let head = b"HTTP/1.1 303 See Other\r\nset-cookie: a=1; Path=/\r\nset-cookie: __Host-nf=xyz; Path=/\r\nlocation: /\r\n";
        let answer = Answer { status: 303, head, body: b"" };
        assert_eq!(answer.header("location"), "/");
        assert_eq!(answer.header("vary"), "");
        assert_eq!(answer.cookie("__Host-nf").as_deref(), Some("xyz"));
        assert_eq!(answer.cookie("b"), None);
    }
}
