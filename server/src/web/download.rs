//! A file that somebody sent, given to somebody who may have it: to keep, never to be shown by us.

use app::rules::{evidence::Kind, id::EvidenceId};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use futures_util::{StreamExt, stream};

use super::Failure;
use crate::{
    evidence::attachment,
    store::{EvidenceFile, PolicyFile, School, StoreError},
};

/// What a browser may do with such a file, should it open it all the same: nothing.
const POLICY: &str = "default-src 'none'; sandbox";

/// Gives a file as its bytes come from the store. If they stop coming, the answer breaks off and
/// the browser says that the file is not whole.
///
/// # Errors
/// When the store fails before the first byte.
pub async fn answer(school: &School, file: EvidenceFile) -> Result<Response, Failure> {
    // The first piece at once: most files end with it, and a store that fails is still a page.
    let first = school.evidence_piece(&file.evidence, 0).await?.ok_or(Failure::NotFound)?;
    let at = At { school: school.clone(), left: file.size - length(&first), evidence: file.evidence, seq: 1 };
    let bytes = stream::once(async { Ok::<_, StoreError>(first) }).chain(stream::try_unfold(at, At::next));
    let mut response = Response::new(Body::from_stream(bytes));
    put(response.headers_mut(), &file.name, file.kind, file.size);
    Ok(response)
}

/// Gives a file of the policy's, or a scan, in the same way.
///
/// # Errors
/// When the store fails before the first byte.
pub async fn policy_file(school: &School, file: PolicyFile) -> Result<Response, Failure> {
    let first = school.policy_file_piece(&file.file, 0).await?.ok_or(Failure::NotFound)?;
    let at = (school.clone(), file.file, 1_i64, file.size - length(&first));
    let rest = stream::try_unfold(at, |(school, file, seq, left)| async move {
        if left <= 0 {
            return Ok(None);
        }
        let piece = school.policy_file_piece(&file, seq).await?.ok_or(StoreError::Unreadable("policy_file_piece"))?;
        let left = left - length(&piece);
        Ok::<_, StoreError>(Some((piece, (school, file, seq + 1, left))))
    });
    let mut response = Response::new(Body::from_stream(stream::once(async { Ok::<_, StoreError>(first) }).chain(rest)));
    put(response.headers_mut(), &file.name, file.kind, file.size);
    Ok(response)
}

/// Gives a PDF file that was drawn here.
#[must_use]
pub fn pdf(name: &str, bytes: Vec<u8>) -> Response {
    let size = length(&bytes);
    let mut response = Response::new(Body::from(bytes));
    put(response.headers_mut(), name, Kind::Pdf, size);
    response
}

/// Where in a file a download is.
struct At {
    school: School,
    evidence: EvidenceId,
    seq: i64,
    left: i64,
}

impl At {
    async fn next(mut self) -> Result<Option<(Vec<u8>, Self)>, StoreError> {
        if self.left <= 0 {
            return Ok(None);
        }
        let piece = self.school.evidence_piece(&self.evidence, self.seq).await?;
        // Removed meanwhile.
        let piece = piece.ok_or(StoreError::Unreadable("evidence_piece"))?;
        self.left -= length(&piece);
        self.seq += 1;
        Ok(Some((piece, self)))
    }
}

fn length(bytes: &[u8]) -> i64 {
    i64::try_from(bytes.len()).unwrap_or(i64::MAX)
}

fn put(headers: &mut HeaderMap, name: &str, kind: Kind, size: i64) {
    let text = |text: &str| HeaderValue::from_str(text).unwrap_or(HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.media_type()));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    headers.insert(header::CONTENT_DISPOSITION, text(&attachment(name)));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
}
