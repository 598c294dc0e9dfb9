//! How long what is kept is kept.

use app::rules::retention::Retention;

use super::ConfigError;

/// The school's numbers, looked over.
pub(super) fn policy(written: Retention) -> Result<Retention, ConfigError> {
    match written.numbers().into_iter().find(|number| !number.fits()) {
        None => Ok(written),
        Some(number) => {
            let why = format!("from {} to {}", number.least, number.most);
            Err(ConfigError::impossible(&format!("retention.{}", number.key), why))
        }
    }
}
