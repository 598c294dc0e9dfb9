//! The worked cases of `app/tests/vectors.json` run through the rules.
//!
//! Compiled for tests and with feature `cases`, so that the same cases run once natively and
//! once as WebAssembly. The day counts of the published terms (domain section 7) are here too.

mod file;
mod run;

#[cfg(feature = "cases")]
use wasm_bindgen::prelude::wasm_bindgen;

#[cfg(test)]
pub(super) use file::leighton_calendar;
pub use file::leighton_times;

/// Every case with its name: `Ok` where the rules agree, else what they say instead.
/// A file that cannot be read is one failed case.
#[must_use]
pub fn all() -> Vec<(String, Result<(), String>)> {
    file::read().map_or_else(|why| vec![("vectors.json".to_owned(), Err(why))], |vectors| run::all(&vectors))
}

/// Every case as a line, `ok NAME` or `FAILED NAME: why`.
#[cfg(feature = "cases")]
#[wasm_bindgen]
#[must_use]
pub fn run_cases() -> String {
    let line = |(name, result): (String, Result<(), String>)| match result {
        Ok(()) => format!("ok {name}\n"),
        Err(why) => format!("FAILED {name}: {why}\n"),
    };
    all().into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_agree_with_every_case() {
        let failed: Vec<_> = all().into_iter().filter(|(_, result)| result.is_err()).collect();
        assert!(failed.is_empty(), "{failed:#?}");
    }

    #[test]
    fn no_case_of_the_file_is_left_out() {
        let json: serde_json::Value = serde_json::from_str(file::TEXT).unwrap_or_default();
        let in_file = |section: &str| match &json[section] {
            serde_json::Value::Array(cases) => cases.len(),
            serde_json::Value::Object(cases) => cases.len(),
            _ => 0,
        };
        let run = all();
        let sections = [
            ("codes", 34),
            ("attendance", 18),
            ("penalty", 13),
            ("n_deadline", 4),
            ("next_school_day", 5),
            ("csa", 6),
            ("arrival", 6),
            ("deadline_utc", 4),
            ("return_dates", 11),
        ];
        for (section, at_least) in sections {
            let done = run.iter().filter(|(name, _)| name.starts_with(section)).count();
            assert_eq!(done, in_file(section), "{section}");
            assert!(done >= at_least, "{section}: {done}");
        }
    }

    #[test]
    fn no_case_has_the_name_of_another() {
        let names: std::collections::BTreeSet<_> = all().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), all().len());
    }
}
