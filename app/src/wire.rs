//! The JSON between islands and server.

use serde::{Deserialize, Serialize};

/// The answer to a form that an island posted with `Accept: application/json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum FormAnswer {
    /// It is done: go there.
    Go {
        /// A path of this site.
        to: String,
    },
    /// Something has to be put right: show this page instead (it keeps what was typed).
    Page {
        /// The inside of `main`.
        html: String,
    },
}

/// How the board stands: an island compares it with what its page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardTick {
    /// How many reports of the day stand.
    pub reports: i64,
    /// A number that grows with every change of anything.
    pub seq: i64,
}
