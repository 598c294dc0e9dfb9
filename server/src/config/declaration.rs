//! What a school decides about the declaration, as it is written.

use app::rules::declaration::RemindHours;
use chrono::NaiveTime;
use serde::Deserialize;

use super::ConfigError;

/// As a school has it that was set up before these could be chosen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct DeclarationWritten {
    statement: String,
    remind_from: String,
    remind_until: String,
}

impl Default for DeclarationWritten {
    fn default() -> Self {
        Self {
            statement: "I have read the school's attendance policy and I understand what it asks of my family."
                .to_owned(),
            remind_from: "08:00".to_owned(),
            remind_until: "19:00".to_owned(),
        }
    }
}

/// The longest statement: it stands beside a box to tick.
const STATEMENT_MOST: usize = 600;

/// Statement and hours, looked over.
pub(super) fn policy(written: DeclarationWritten) -> Result<(String, RemindHours), ConfigError> {
    let statement = written.statement.trim().to_owned();
    if statement.is_empty() || statement.chars().count() > STATEMENT_MOST || statement.chars().any(char::is_control) {
        return Err(ConfigError::impossible("declaration.statement", "one paragraph of at most 600 characters"));
    }
    let time = |key: &str, text: &str| -> Result<NaiveTime, ConfigError> {
        app::rules::iso::time(text).ok_or_else(|| ConfigError::impossible(key, "a time as 08:00"))
    };
    let from = time("declaration.remind_from", &written.remind_from)?;
    let until = time("declaration.remind_until", &written.remind_until)?;
    if until <= from {
        return Err(ConfigError::impossible("declaration.remind_until", "must be later than remind_from"));
    }
    Ok((statement, RemindHours { from, until }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_is_named() {
        let with = |change: fn(&mut DeclarationWritten)| {
            let mut written = DeclarationWritten::default();
            change(&mut written);
            policy(written).map(|_| ()).map_err(|error| error.to_string())
        };
        assert_eq!(with(|_| ()), Ok(()));
        let named = |key: &str, change| assert!(with(change).is_err_and(|said| said.starts_with(key)), "{key}");
        named("declaration.statement", |it| it.statement = " ".to_owned());
        named("declaration.statement", |it| it.statement = "one\ntwo".to_owned());
        named("declaration.remind_from", |it| it.remind_from = "8 o'clock".to_owned());
        named("declaration.remind_until", |it| it.remind_until = "08:00".to_owned());
    }
}
