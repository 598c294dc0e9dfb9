//! What is known about illnesses, as it is written.

use std::collections::BTreeMap;

use app::rules::guidance::{CountsFrom, Illness, Wait};
use chrono::NaiveDate;
use serde::Deserialize;

use super::ConfigError;

/// Where the advice comes from, unless an illness says otherwise.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct GuidanceWritten {
    source: String,
    dated: NaiveDate,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct IllnessWritten {
    order: i64,
    label: String,
    counts_from: Option<CountsFrom>,
    hours: Option<u32>,
    days: Option<u32>,
    #[serde(default)]
    fine: bool,
    #[serde(default)]
    tell_pregnant: bool,
    #[serde(default = "yes")]
    listed: bool,
    rule: String,
    also: Option<String>,
    source: Option<String>,
    dated: Option<NaiveDate>,
}

fn yes() -> bool {
    true
}

/// The illnesses in their order.
pub(super) fn all(
    written: BTreeMap<String, IllnessWritten>,
    guidance: Option<GuidanceWritten>,
) -> Result<Vec<Illness>, ConfigError> {
    let mut illnesses = Vec::new();
    for (key, written) in written {
        let wrong = |field: &str, why: &str| ConfigError::impossible(&format!("illnesses.{key}{field}"), why);
        if !key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(wrong("", "small letters, figures and dashes only"));
        }
        for (field, text) in [(".label", &written.label), (".rule", &written.rule)] {
            if text.trim().is_empty() {
                return Err(wrong(field, "must not be empty"));
            }
        }
        let wait = match (written.counts_from, written.hours, written.days) {
            (None, None, None) => None,
            (Some(from), Some(hours), None) if from.needs_time() => Some((from, Wait::Hours(hours))),
            (Some(from), None, Some(days)) if !from.needs_time() => Some((from, Wait::Days(days))),
            _ => {
                return Err(wrong(
                    "",
                    "give counts_from with hours (last-time, antibiotics) or with days (the others)",
                ));
            }
        };
        if wait.is_some() && written.fine {
            return Err(wrong(".fine", "a child cannot be both at home for a time and fine to come"));
        }
        let of_all = guidance.as_ref();
        let source = written.source.or_else(|| Some(of_all?.source.clone()));
        let dated = written.dated.or_else(|| Some(of_all?.dated));
        let (Some(source), Some(dated)) = (source, dated) else {
            return Err(wrong("", "give source and dated here or in [guidance]"));
        };
        illnesses.push((
            written.order,
            Illness {
                wait,
                key,
                label: written.label,
                school_is_fine: written.fine,
                listed: written.listed,
                rule: written.rule,
                also: written.also,
                tell_pregnant: written.tell_pregnant,
                source,
                dated,
            },
        ));
    }
    illnesses.sort_by(|a, b| (a.0, &a.1.key).cmp(&(b.0, &b.1.key)));
    Ok(illnesses.into_iter().map(|(_, illness)| illness).collect())
}
