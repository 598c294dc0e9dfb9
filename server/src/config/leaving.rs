//! What a school decides about children who leave, as it is written.

use std::collections::BTreeMap;

use app::rules::leaving::{Ground, LeavingPolicy};
use serde::Deserialize;

use super::{BUILT_IN, ConfigError};

/// As a school has it that was set up before these could be chosen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LeavingWritten {
    read_days: i64,
    file_days: u32,
}

impl Default for LeavingWritten {
    /// A term to read in, and the days of the Education (Pupil Information) Regulations.
    fn default() -> Self {
        Self { read_days: 90, file_days: 15 }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GroundWritten {
    order: i64,
    label: String,
}

/// The grounds that come with the program.
#[derive(Debug, Deserialize)]
struct BuiltIn {
    leaving_grounds: BTreeMap<String, GroundWritten>,
}

/// The school's part of leaving, looked over.
pub(super) fn policy(
    written: LeavingWritten,
    mut grounds: BTreeMap<String, GroundWritten>,
) -> Result<LeavingPolicy, ConfigError> {
    if !(0..=730).contains(&written.read_days) {
        return Err(ConfigError::impossible("leaving.read_days", "from 0 to 730 days"));
    }
    if !(1..=60).contains(&written.file_days) {
        return Err(ConfigError::impossible("leaving.file_days", "from 1 to 60 school days"));
    }
    if grounds.is_empty() {
        let built_in: BuiltIn =
            toml::from_str(BUILT_IN).map_err(|error| ConfigError::impossible("leaving_grounds", error))?;
        grounds = built_in.leaving_grounds;
    }
    let mut ordered = Vec::new();
    for (key, written) in grounds {
        let named = |field: &str| format!("leaving_grounds.{key}{field}");
        if key.is_empty() || !key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(ConfigError::impossible(&named(""), "small letters, figures and dashes only"));
        }
        if written.label.trim().is_empty() || written.label.contains(['\n', '\r']) {
            return Err(ConfigError::impossible(&named(".label"), "one line, not empty"));
        }
        ordered.push((written.order, Ground { key, label: written.label }));
    }
    ordered.sort_by(|a, b| (a.0, &a.1.key).cmp(&(b.0, &b.1.key)));
    let grounds = ordered.into_iter().map(|(_, ground)| ground).collect();
    Ok(LeavingPolicy { read_days: written.read_days, file_days: written.file_days, grounds })
}
