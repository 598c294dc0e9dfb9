//! The tests in `end2end`, in real Chromium.

use std::fs;

use serde_json::Value;

use super::count::Count;
use crate::error::{Failure, Outcome, While};
use crate::run::{cargo, npm, program, root, run};

/// Tells the tests which binary to start.
const BINARY: &str = "NINE_FIFTEEN_BIN";

pub(super) fn check() -> Outcome<Count> {
    npm()?;
    run(cargo().args(["build", "-p", "server"]))?;
    let report = root().join("target/browser.json");
    let _ = fs::remove_file(&report);
    let mut tests = program("npx");
    tests.current_dir(root().join("end2end")).args(["playwright", "test", "--reporter=list,json"]);
    tests.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &report).env(BINARY, root().join("target/debug/nine-fifteen"));
    let status = tests.status().doing("playwright")?;
    let text = fs::read(&report).doing("Playwright left no report")?;
    let count = count(&serde_json::from_slice(&text).doing("reading Playwright's report")?);
    if !status.success() && count.failed == 0 {
        return Err(Failure::new("Playwright failed before its tests"));
    }
    Ok(count)
}

/// A test that passed only the second time has failed.
fn count(report: &Value) -> Count {
    let number = |name: &str| report["stats"][name].as_u64().and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
    Count { passed: number("expected"), failed: number("unexpected") + number("flaky") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flaky_test_is_a_failed_test() {
        let report = serde_json::json!({"stats": {"expected": 20, "unexpected": 1, "flaky": 2, "skipped": 3}});
        assert_eq!(count(&report), Count { passed: 20, failed: 3 });
    }
}
