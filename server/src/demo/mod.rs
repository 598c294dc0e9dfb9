//! The demo school: fictional, the same at every start.

mod declaration;
mod details;
mod differences;
mod draw;
mod families;
mod leave;
mod leaving;
mod load;
mod marks;
mod names;
pub mod people;
pub mod roster;

use std::path::Path;

pub use declaration::{load_declarations, load_policy};
pub use details::load_details;
pub use differences::load_differences;
pub use leave::load_leave;
pub use leaving::load_leaving;
pub use load::{load, load_register};

use crate::config::{self, ConfigError, File};

/// The password of every member of the demo's staff.
pub const PASSWORD: &str = "quarter past nine";

/// The file that marks a folder as a demo's: only such a folder is ever emptied.
pub const MARK: &str = "this-is-a-demo";

/// The demo school's configuration: the shipped one with another name, and nothing unconfirmed.
///
/// # Errors
/// As [`config::parse`].
pub fn configuration(given: Option<&Path>, data: &Path) -> Result<File, ConfigError> {
    let mut file = match given {
        Some(_) => config::read(given, data)?,
        None => config::parse(config::BUILT_IN, "the built-in school.toml")?,
    };
    if file.mail.smtp.is_some() {
        return Err(ConfigError::Impossible {
            key: "mail.smtp".into(),
            why: "the demo never sends real mail: take it out".into(),
        });
    }
    let text = |value: &str| toml::Value::String(value.to_owned());
    if let Some(toml::Value::Table(school)) = file.school.get_mut("school") {
        for (key, value) in [
            ("id", "demo"),
            ("name", "Hazel Row Primary School"),
            ("phone", "01632 960915"),
            ("phone_hint", "option 1"),
            ("email", "office@demo.example"),
        ] {
            school.insert(key.to_owned(), text(value));
        }
    }
    if let Some(toml::Value::Table(letters)) = file.school.get_mut("letters") {
        letters.insert("address".to_owned(), ["Hazel Row", "Hazelbridge", "HZ1 9FT"].map(text).to_vec().into());
        letters.insert("website".to_owned(), text("hazelrow.demo.example"));
        letters.insert("head_name".to_owned(), text("Alice Woodward"));
    }
    if let Some(toml::Value::Table(times)) = file.school.get_mut("times") {
        times.insert("afternoon_confirmed".to_owned(), toml::Value::Boolean(true));
    }
    if let Some(toml::Value::Table(calendar)) = file.school.get_mut("calendar")
        && let Some(toml::Value::Array(closed)) = calendar.get_mut("closed")
    {
        for day in closed {
            if let toml::Value::Table(day) = day {
                day.insert("confirmed".to_owned(), toml::Value::Boolean(true));
            }
        }
    }
    Ok(file)
}
