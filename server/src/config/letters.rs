//! What stands on a school's letters, as it is written.

use app::rules::policy::Letterhead;
use serde::Deserialize;

use super::ConfigError;

/// As a school has it that was set up before these could be chosen: nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct LettersWritten {
    address: Vec<String>,
    website: String,
    head_name: String,
    head_title: String,
}

/// How many lines an address has at most, and how many characters a line.
const LINES: usize = 7;
const WIDTH: usize = 80;

/// The letterhead, looked over. What is empty is not said.
pub(super) fn letterhead(written: LettersWritten) -> Result<Letterhead, ConfigError> {
    let LettersWritten { address, website, head_name, head_title } = written;
    let said = |key: &str, text: String| {
        let text = text.trim().to_owned();
        if text.chars().count() > WIDTH || text.chars().any(char::is_control) {
            return Err(ConfigError::impossible(key, "one line of at most 80 characters"));
        }
        Ok(Some(text).filter(|text| !text.is_empty()))
    };
    if address.len() > LINES {
        return Err(ConfigError::impossible("letters.address", "at most 7 lines"));
    }
    let address = address.into_iter().map(|line| said("letters.address", line)).collect::<Result<Vec<_>, _>>()?;
    Ok(Letterhead {
        address: address.into_iter().flatten().collect(),
        website: said("letters.website", website)?,
        head_name: said("letters.head_name", head_name)?,
        head_title: said("letters.head_title", head_title)?,
    })
}
