//! From when families are asked whether their details are still right, as it is written.

use app::rules::details::CheckFrom;
use serde::Deserialize;

use super::ConfigError;

/// As a school has it that was set up before this could be chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DetailsWritten {
    check_from: String,
}

/// The day, looked over: "" for the first school day of the autumn term, else a month and a day, "10-01".
pub(super) fn check_from(written: &DetailsWritten) -> Result<CheckFrom, ConfigError> {
    let text = written.check_from.trim();
    if text.is_empty() {
        return Ok(CheckFrom::FirstDay);
    }
    // A leap year, so that the 29 February is a day.
    let day = app::rules::iso::date(&format!("2024-{text}"));
    let day = day.ok_or_else(|| ConfigError::impossible("details.check_from", "a month and a day, like 10-01"))?;
    Ok(CheckFrom::On(chrono::Datelike::month(&day), chrono::Datelike::day(&day)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_a_month_and_a_day_or_left_to_the_calendar() {
        let read = |text: &str| check_from(&DetailsWritten { check_from: text.to_owned() });
        assert_eq!(read("").ok(), Some(CheckFrom::FirstDay));
        assert_eq!(read(" 10-01 ").ok(), Some(CheckFrom::On(10, 1)));
        for odd in ["1 October", "13-01", "02-30", "2026-10-01"] {
            assert!(read(odd).is_err(), "{odd}");
        }
    }
}
