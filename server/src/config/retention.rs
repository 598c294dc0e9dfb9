//! How long what is kept is kept, as it is written.

use app::rules::retention::Retention;
use serde::Deserialize;

use super::ConfigError;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RetentionWritten {
    register_years: u32,
    sent_years: u32,
    leaving_years: u32,
    declaration_years: u32,
    journal_years: u32,
    sign_in_months: u32,
}

/// As a school has it that was set up before these could be chosen.
impl Default for RetentionWritten {
    fn default() -> Self {
        let Retention { register_years, sent_years, leaving_years, declaration_years, journal_years, sign_in_months } =
            Retention::default();
        Self { register_years, sent_years, leaving_years, declaration_years, journal_years, sign_in_months }
    }
}

/// The school's numbers, looked over.
pub(super) fn policy(written: &RetentionWritten) -> Result<Retention, ConfigError> {
    let RetentionWritten {
        register_years,
        sent_years,
        leaving_years,
        declaration_years,
        journal_years,
        sign_in_months,
    } = *written;
    let retention =
        Retention { register_years, sent_years, leaving_years, declaration_years, journal_years, sign_in_months };
    match retention.numbers().into_iter().find(|number| !number.fits()) {
        None => Ok(retention),
        Some(number) => {
            let why = format!("from {} to {}", number.least, number.most);
            Err(ConfigError::impossible(&format!("retention.{}", number.key), why))
        }
    }
}
