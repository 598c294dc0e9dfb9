//! The JSON between islands and server.

use serde::{Deserialize, Serialize};

/// The answer to a form that an island posted with `Accept: application/json`: it is done. Anything
/// else is answered with a page, as without an island.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormAnswer {
    /// Where to go: a path of this site.
    pub go: String,
}

/// How the board stands: an island compares it with what its page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardTick {
    /// How many reports of the day stand.
    pub reports: i64,
    /// A number that grows with every change of anything.
    pub seq: i64,
}
