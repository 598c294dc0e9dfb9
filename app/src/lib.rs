//! All of Nine Fifteen that a browser may see.
//!
//! `rules` (the attendance policy as pure functions) <- `words` (every sentence) and
//! `wire` (the JSON of `/api/v1`) <- `ui` (parts of pages) and `islands` (what becomes
//! WebAssembly) <- `parent` and `staff` (one file per task). `paths` holds every URL once.
//! Outside `islands` nothing here does I/O, reads a clock, a cookie or a database. Pages and
//! their parts are drawn by the server alone: the browser's half is built without them.

#![recursion_limit = "512"]

pub mod islands;
#[cfg(feature = "ssr")]
pub mod parent;
pub mod paths;
pub mod rules;
#[cfg(feature = "ssr")]
pub mod staff;
#[cfg(feature = "ssr")]
pub mod ui;
#[cfg(feature = "hydrate")]
mod wake;
pub mod wire;
pub mod words;
