//! What a school decides about leave, as it is written.

use std::collections::BTreeMap;

use app::rules::policy::{LeavePolicy, LeaveReason, NoticeAmounts, ReasonFor, TestDays};
use chrono::NaiveDate;
use serde::Deserialize;

use super::ConfigError;

/// As a school has it that was set up before these could be chosen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LeaveWritten {
    tests: Vec<TestWritten>,
    first_notice_low: u32,
    first_notice_high: u32,
    first_low_days: u32,
    first_high_days: u32,
    second_notice: u32,
}

impl Default for LeaveWritten {
    /// The National Framework's amounts since August 2024.
    fn default() -> Self {
        Self {
            tests: Vec::new(),
            first_notice_low: 80,
            first_notice_high: 160,
            first_low_days: 21,
            first_high_days: 28,
            second_notice: 160,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TestWritten {
    name: String,
    years: Vec<i64>,
    first: NaiveDate,
    last: NaiveDate,
    confirmed: bool,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeaveReasonWritten {
    order: i64,
    label: String,
    #[serde(rename = "for")]
    stands: ReasonFor,
}

/// The longest label: it stands in letters, a line each.
const LABEL_MOST: usize = 300;

/// The school's part of leave, looked over.
pub(super) fn policy(
    written: LeaveWritten,
    reasons: BTreeMap<String, LeaveReasonWritten>,
) -> Result<LeavePolicy, ConfigError> {
    let mut ordered = Vec::new();
    for (key, written) in reasons {
        let wrong = |field: &str, why: &str| ConfigError::impossible(&format!("leave_reasons.{key}{field}"), why);
        if !key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
            return Err(wrong("", "small letters, figures and dashes only"));
        }
        if written.label.trim().is_empty() || written.label.chars().count() > LABEL_MOST {
            return Err(wrong(".label", "must not be empty, and has at most 300 characters"));
        }
        if written.label.contains(['\n', '\r']) {
            return Err(wrong(".label", "must be one line"));
        }
        ordered.push((written.order, LeaveReason { key, label: written.label, stands: written.stands }));
    }
    ordered.sort_by(|a, b| (a.0, &a.1.key).cmp(&(b.0, &b.1.key)));
    let mut tests = Vec::new();
    for test in written.tests {
        if test.name.trim().is_empty() || test.last < test.first || test.years.is_empty() {
            return Err(ConfigError::impossible("leave.tests", "a name, year groups, and a last day after the first"));
        }
        let TestWritten { name, years, first, last, confirmed } = test;
        tests.push(TestDays { name, years, first, last, confirmed });
    }
    tests.sort_by_key(|test| test.first);
    if written.first_notice_high < written.first_notice_low || written.first_high_days < written.first_low_days {
        return Err(ConfigError::impossible("leave", "the higher amount, and its days, must not be less"));
    }
    Ok(LeavePolicy {
        reasons: ordered.into_iter().map(|(_, reason)| reason).collect(),
        tests,
        notice: NoticeAmounts {
            first_low: written.first_notice_low,
            first_high: written.first_notice_high,
            first_low_days: written.first_low_days,
            first_high_days: written.first_high_days,
            second: written.second_notice,
        },
    })
}
