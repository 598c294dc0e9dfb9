//! Everything of Nine Fifteen that has a side effect.
//!
//! `store`, `post` and `web` know only `app::rules` and `app::wire`; `routes` alone brings store
//! and pages together; `start` puts the parts together and `serve` lets them run.

#![recursion_limit = "512"]

pub mod anchors;
pub mod assets;
pub mod clock;
pub mod command;
pub mod config;
pub mod declaration;
pub mod demo;
pub mod evidence;
pub mod export;
pub mod folder;
pub mod forms;
pub mod import;
pub mod keys;
pub mod password;
pub mod pdf;
pub mod post;
pub mod prose;
pub mod reminders;
pub mod retention;
pub mod routes;
pub mod second_factor;
pub mod serve;
pub mod start;
pub mod store;
pub mod web;
