//! What every request goes through: limits, session, csrf, headers, failures, rendering.

pub mod bearer;
pub mod client;
pub mod compress;
pub mod cookies;
pub mod csrf;
pub mod download;
pub mod failure;
pub mod form;
pub mod headers;
pub mod imports;
pub mod limits;
pub mod multipart;
pub mod portal;
pub mod render;
pub mod session;
pub mod upload;

pub use failure::Failure;
pub use form::{Fields, Posted, PostedList};
pub use multipart::{Part, PostedFiles};
pub use portal::Portal;
