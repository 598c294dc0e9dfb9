//! What every request goes through: limits, session, csrf, headers, failures, rendering.

pub mod client;
pub mod compress;
pub mod cookies;
pub mod csrf;
pub mod failure;
pub mod form;
pub mod headers;
pub mod limits;
pub mod portal;
pub mod render;
pub mod session;
pub mod upload;

pub use failure::Failure;
pub use form::{Fields, Posted};
pub use portal::Portal;
pub use upload::Uploaded;
