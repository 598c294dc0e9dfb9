//! A form with files, read piece by piece as it arrives. Only one file of it is in memory at a time.
//!
//! The route has to stand in [`super::upload::ROUTES`], or its body is held to what forms may have.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    body::BodyDataStream,
    extract::{FromRequest, Request},
    http::header,
};
use bytes::Bytes;
use futures_util::{StreamExt, stream};

use super::{Failure, Portal, csrf, upload::FORM_BYTES};

/// How many bytes a field that is no file may have.
const FIELD_BYTES: usize = 4 * 1024;
/// How many parts a form may have, files and fields.
const MOST_PARTS: usize = 40;
/// How many bytes may come in before the reader has made a part of them, or a piece of one: the
/// heads of parts are read whole.
const AHEAD: usize = 256 * 1024;

/// A form with files that comes from a page of ours, in the browser it was given to: its first
/// field, the token, has been read and is good. Nothing behind it has been.
pub struct PostedFiles {
    parts: multer::Multipart<'static>,
    /// How many bytes have come in since the last piece of a part was handed on.
    ahead: Arc<AtomicUsize>,
    left: usize,
}

impl std::fmt::Debug for PostedFiles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PostedFiles")
    }
}

/// A part of such a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A field: its name and its value.
    Field(String, String),
    /// A file.
    File {
        /// The field's name.
        field: String,
        /// What the file calls itself. It may be hostile.
        name: String,
        /// Its bytes; `None` for one that has more than were asked for.
        bytes: Option<Vec<u8>>,
    },
}

impl FromRequest<Portal> for PostedFiles {
    type Rejection = Failure;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, Failure> {
        if !csrf::same_origin(&portal.origin, request.headers()) {
            return Err(Failure::StaleForm);
        }
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(kind).map_err(|_| Failure::BadRequest)?;
        let headers = request.headers().clone();
        let ahead = Arc::new(AtomicUsize::new(0));
        let limit = multer::SizeLimit::new().whole_stream(FORM_BYTES as u64);
        let parts = multer::Multipart::with_constraints(
            counted(request.into_body().into_data_stream(), Arc::clone(&ahead)),
            boundary,
            multer::Constraints::new().size_limit(limit),
        );
        let mut posted = Self { parts, ahead, left: MOST_PARTS };
        match posted.next(0).await? {
            Some(Part::Field(name, token)) if name == "csrf" && csrf::is_good(&portal.keys, &headers, &token) => {
                Ok(posted)
            }
            _ => Err(Failure::StaleForm),
        }
    }
}

impl PostedFiles {
    /// The next part; a file's bytes if they are not more than `most`. What is more is read over,
    /// so that the parts behind it can still be reached.
    ///
    /// # Errors
    /// [`Failure::FilesTooLarge`] when the whole form is larger than any may be,
    /// [`Failure::BadRequest`] when it is no such form, breaks off, or comes too slowly.
    pub async fn next(&mut self, most: usize) -> Result<Option<Part>, Failure> {
        let Some(mut part) = self.parts.next_field().await.map_err(why)? else { return Ok(None) };
        self.left = self.left.checked_sub(1).ok_or(Failure::BadRequest)?;
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(str::to_owned);
        let most = if name.is_some() { most } else { FIELD_BYTES };
        let (mut bytes, mut length) = (Vec::new(), 0);
        while let Some(piece) = part.chunk().await.map_err(why)? {
            self.ahead.store(0, Ordering::Relaxed);
            length += piece.len();
            if length <= most {
                bytes.extend_from_slice(&piece);
            } else {
                bytes = Vec::new();
            }
        }
        Ok(Some(match name {
            Some(name) => Part::File { field, name, bytes: (length <= most).then_some(bytes) },
            None if length > most => return Err(Failure::BadRequest),
            None => Part::Field(field, String::from_utf8(bytes).map_err(|_| Failure::BadRequest)?),
        }))
    }
}

fn why(error: multer::Error) -> Failure {
    match error {
        multer::Error::StreamSizeExceeded { .. } => Failure::FilesTooLarge,
        _ => Failure::BadRequest,
    }
}

/// The body, one piece at a time: the reader takes whatever is ready before it looks at any of it,
/// so after each piece this says that nothing is. And never more than [`AHEAD`] for nothing.
fn counted(
    mut body: BodyDataStream,
    ahead: Arc<AtomicUsize>,
) -> impl futures_util::Stream<Item = Result<Bytes, axum::BoxError>> + Send + 'static {
    let mut rests = false;
    stream::poll_fn(move |context: &mut Context<'_>| {
        if std::mem::take(&mut rests) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let Some(piece) = std::task::ready!(body.poll_next_unpin(context)) else { return Poll::Ready(None) };
        rests = true;
        let piece = piece.map_err(axum::BoxError::from)?;
        // The piece itself may be larger: it is in memory already.
        let before = ahead.fetch_add(piece.len(), Ordering::Relaxed);
        Poll::Ready(Some(if before > AHEAD { Err("a part without an end".into()) } else { Ok(piece) }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    /// A form that never ends: how it begins, then the same piece again and again.
    fn endless(begin: &'static str, piece: &'static [u8], asked: &Arc<AtomicUsize>) -> PostedFiles {
        let asked = Arc::clone(asked);
        let pieces = stream::iter(std::iter::repeat(piece)).inspect(move |piece| {
            asked.fetch_add(piece.len(), Ordering::Relaxed);
        });
        let body = stream::once(async move { begin.as_bytes() }).chain(pieces).map(Ok::<_, axum::Error>);
        let ahead = Arc::new(AtomicUsize::new(0));
        let limit = multer::SizeLimit::new().whole_stream(FORM_BYTES as u64);
        let parts = multer::Multipart::with_constraints(
            counted(Body::from_stream(body.map(|piece| piece.map(Bytes::from))).into_data_stream(), Arc::clone(&ahead)),
            "x",
            multer::Constraints::new().size_limit(limit),
        );
        PostedFiles { parts, ahead, left: MOST_PARTS }
    }

    #[tokio::test]
    async fn a_head_without_an_end_is_not_read_to_it() {
        for begin in ["", "--x\r\nContent-Disposition: form-data; name=\"a\"\r\nX: "] {
            let asked = Arc::default();
            let mut form = endless(begin, &[b'y'; 64 * 1024], &asked);
            assert!(matches!(form.next(1000).await, Err(Failure::BadRequest)), "{begin}");
            let asked = asked.load(Ordering::Relaxed);
            assert!((AHEAD..AHEAD + 192 * 1024).contains(&asked), "{asked}");
        }
    }

    #[tokio::test]
    async fn a_file_without_an_end_is_cut_off_at_what_a_form_may_have() {
        let asked = Arc::default();
        let begin = "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n";
        let mut form = endless(begin, &[b'y'; 64 * 1024], &asked);
        assert!(matches!(form.next(1000).await, Err(Failure::FilesTooLarge)));
        assert!(asked.load(Ordering::Relaxed) < FORM_BYTES + 192 * 1024);
    }

    #[tokio::test]
    async fn parts_without_number_are_too_many() {
        let asked = Arc::default();
        let mut form = endless("", b"--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n", &asked);
        for _ in 0..MOST_PARTS {
            assert_eq!(form.next(1000).await.ok().flatten(), Some(Part::Field("a".into(), "b".into())));
        }
        assert!(matches!(form.next(1000).await, Err(Failure::BadRequest)));
    }
}
