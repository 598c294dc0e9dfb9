//! Files that a parent sends: looked at, put right or refused. Pure: bytes in, bytes out.

mod image;
mod kind;
mod name;
mod pdf;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use app::rules::evidence::{Kind, MOST_BYTES, Refusal};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

pub use name::attachment;

/// A file that may be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clean {
    /// What it is.
    pub kind: Kind,
    /// Its name, safe in a header and on a disk, with the ending of its kind.
    pub name: String,
    /// Its bytes: a picture drawn anew, a PDF as it came.
    pub bytes: Vec<u8>,
    /// The SHA-256 of the bytes, in hexadecimal figures.
    pub sha256: String,
}

/// Looks at a file. It takes a core for up to some seconds and, for the largest picture, some
/// 200 MB: see [`Bench`].
///
/// # Errors
/// Why the file is not taken.
pub fn look_at(declared: &str, bytes: Vec<u8>) -> Result<Clean, Refusal> {
    if bytes.len() > MOST_BYTES {
        return Err(Refusal::TooLarge);
    }
    let kind = kind::sniff(&bytes)?;
    // Before the costly part; once more afterwards, for what the picture has become.
    name::kept(declared, kind)?;
    let (kind, bytes) = match kind {
        Kind::Pdf => {
            pdf::look_through(&bytes)?;
            (kind, bytes)
        }
        picture => image::redraw(picture, &bytes)?,
    };
    let sha256 = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Clean { kind, name: name::kept(declared, kind)?, bytes, sha256 })
}

/// Where files are looked at: one at a time, away from the threads that answer requests, so that
/// ten parents with photos take no more memory than one.
#[derive(Debug, Clone)]
pub struct Bench(Arc<Semaphore>);

impl Default for Bench {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }
}

impl Bench {
    /// [`look_at`], in turn. A file that makes a reader fall over is a broken file. `None` when
    /// the program is about to end.
    ///
    /// # Errors
    /// Why the file is not taken.
    pub async fn look_at(&self, declared: String, bytes: Vec<u8>) -> Option<Result<Clean, Refusal>> {
        let turn = Arc::clone(&self.0).acquire_owned().await.ok()?;
        let broken = if bytes.starts_with(b"%PDF") { Refusal::BrokenPdf } else { Refusal::BrokenPicture };
        let looked = tokio::task::spawn_blocking(move || {
            let looked = look_at(&declared, bytes);
            // Whoever sent it may have gone away; the turn is over only now.
            drop(turn);
            looked
        });
        match looked.await {
            Ok(looked) => Some(looked),
            Err(fault) if fault.is_panic() => Some(Err(broken)),
            Err(_) => None,
        }
    }
}
