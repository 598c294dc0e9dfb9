//! The configuration: one file, every key known, every error naming its key.
//!
//! [`File`] is the file as written. Its `site` and `mail` are read at every start; the rest is
//! flattened to rows ([`flatten`]) that seed the store once, and read back from there as a
//! [`Policy`] ([`policy_of`]).

mod declaration;
mod details;
mod illness;
mod leave;
mod leaving;
mod letters;
mod retention;
mod school;

use std::path::{Path, PathBuf};

use serde::Deserialize;

pub use school::{flatten, policy_of};

/// The file that ships with the program.
pub const BUILT_IN: &str = include_str!("../../../school.toml");

/// Why a configuration cannot be used. The text is for a school's technician.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {path}: {error}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// Not TOML, an unknown key, or a value of the wrong kind.
    #[error("{place}: {error}")]
    Wrong {
        /// Which file.
        place: String,
        /// What is wrong, with line and key.
        error: String,
    },
    /// A value that cannot be.
    #[error("{key}: {why}")]
    Impossible {
        /// The key.
        key: String,
        /// Why not.
        why: String,
    },
}

impl ConfigError {
    fn impossible(key: &str, why: impl std::fmt::Display) -> Self {
        Self::Impossible { key: key.to_owned(), why: why.to_string() }
    }
}

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
pub struct File {
    /// For the technician: addresses and database.
    pub site: Site,
    /// For the technician: mail.
    pub mail: Mail,
    /// For the technician: where files come from.
    #[serde(default)]
    pub import: Import,
    /// Everything the school decides, as written.
    #[serde(flatten)]
    pub school: toml::Table,
}

/// Addresses and database.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The address families use. Required outside the demo.
    pub public_url: Option<String>,
    /// Where the program listens.
    pub listen: String,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<std::net::IpAddr>,
    /// A PostgreSQL database; `None` for the file in the data folder.
    pub database: Option<String>,
}

/// Where files come from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// A folder whose files of marks come in by themselves; relative to the data folder.
    pub watch: Option<PathBuf>,
}

/// Mail.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// Who messages come from.
    pub from: String,
    /// The mail server; `None` for the folder.
    pub smtp: Option<String>,
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The server's address holds a password.
        f.debug_struct("Mail").field("from", &self.from).field("smtp", &self.smtp.as_ref().map(|_| "hidden")).finish()
    }
}

/// Reads and checks the configuration: `given`, else `school.toml` in the data folder, else the
/// built-in one.
///
/// # Errors
/// [`ConfigError`], naming the key.
pub fn read(given: Option<&Path>, data: &Path) -> Result<File, ConfigError> {
    let in_data = data.join("school.toml");
    let path = given.map(Path::to_path_buf).or_else(|| in_data.is_file().then_some(in_data));
    match path {
        None => parse(BUILT_IN, "the built-in school.toml"),
        Some(path) => {
            let text = std::fs::read_to_string(&path)
                .map_err(|error| ConfigError::Unreadable { path: path.clone(), error })?;
            parse(&text, &path.display().to_string())
        }
    }
}

/// Reads and checks a configuration's text; `place` names it in errors.
///
/// # Errors
/// [`ConfigError`], naming the key.
pub fn parse(text: &str, place: &str) -> Result<File, ConfigError> {
    let wrong = |error: String| ConfigError::Wrong { place: place.to_owned(), error };
    let file: File = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
    // The school's part is checked twice: as written, where errors know their line, and as
    // rows, the way it is used afterwards.
    toml::from_str::<school::Written>(text).map_err(|error| wrong(error.to_string()))?;
    policy_of(&flatten(&file.school))?;
    if let Some(url) = &file.site.public_url {
        origin_of(url)?;
    }
    if let Some(folder) = &file.import.watch
        && !folder.components().any(|part| matches!(part, std::path::Component::Normal(_)))
    {
        return Err(ConfigError::impossible("import.watch", "the name of a folder of its own"));
    }
    Ok(file)
}

/// The origin and the host of a public address.
///
/// # Errors
/// [`ConfigError::Impossible`] where it is not `https://host` (or `http://` on this machine).
pub fn origin_of(url: &str) -> Result<(String, String), ConfigError> {
    let url = url.trim_end_matches('/');
    let wrong = || ConfigError::impossible("site.public_url", "give https:// and the host's name, without a path");
    let host = match (url.strip_prefix("https://"), url.strip_prefix("http://")) {
        (Some(host), _) => host,
        (None, Some(host)) if host.starts_with("127.0.0.1") || host.starts_with("localhost") => host,
        _ => return Err(wrong()),
    };
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    if host.is_empty() || !host.chars().all(plain) {
        return Err(wrong());
    }
    Ok((url.to_owned(), host.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error_of(change: impl Fn(String) -> String) -> String {
        parse(&change(BUILT_IN.to_owned()), "school.toml").err().map_or_else(String::new, |error| error.to_string())
    }

    #[test]
    fn the_shipped_file_is_good() {
        assert!(parse(BUILT_IN, "built in").is_ok());
    }

    #[test]
    fn an_unknown_key_is_named_wherever_it_stands() {
        for (place, key) in [
            ("[site]\n", "listens"),
            ("[times]\n", "gate_open"),
            ("[school]\n", "motto"),
            ("[reasons.sick]\n", "colour"),
            ("[mail]\n", "smpt"),
            ("[leave]\n", "third_notice"),
            ("[letters]\n", "motto"),
            ("[leave_reasons.rare]\n", "code"),
            ("[leaving]\n", "keep_days"),
            ("[retention]\n", "mark_years"),
            ("[leaving_grounds.b]\n", "letter"),
        ] {
            let said = error_of(|text| text.replacen(place, &format!("{place}{key} = \"x\"\n"), 1));
            assert!(said.contains(key), "{place}: {said}");
        }
        assert!(error_of(|text| format!("{text}\n[holidays]\nx = 1\n")).contains("holidays"));
    }

    #[test]
    fn an_impossible_value_is_named() {
        let cases = [
            ("register_closes = \"09:15\"", "register_closes = \"08:40\"", "times"),
            ("register_closes = \"09:15\"", "register_closes = \"quarter past\"", "register_closes"),
            ("proposed = \"M\"", "proposed = \"m\"", "reasons.appointment.proposed"),
            ("asks = \"times\"", "asks = \"tea\"", "asks"),
            ("last = \"2025-10-24\"", "last = \"2025-08-24\"", "calendar"),
            ("kind = \"bank-holiday\"", "kind = \"party\"", "kind"),
            ("name = \"Leighton Primary School\"", "name = \"\"", "school.name"),
            ("for = \"granted\"", "for = \"friends\"", "friends"),
            ("label = \"It is longer than it needs to be.\"", "label = \" \"", "leave_reasons.too-long.label"),
            ("last = \"2027-05-13\"", "last = \"2027-05-01\"", "leave.tests"),
            ("first_notice_high = 160", "first_notice_high = 60", "leave"),
            ("read_days = 90", "read_days = 900", "leaving.read_days"),
            ("file_days = 15", "file_days = 0", "leaving.file_days"),
            ("register_years = 6", "register_years = 5", "retention.register_years"),
            ("sent_years = 3", "sent_years = 2", "retention.sent_years"),
            ("sign_in_months = 12", "sign_in_months = 0", "retention.sign_in_months"),
            ("[leaving_grounds.b]", "[leaving_grounds.B]", "leaving_grounds.B"),
            ("head_name = \"\"", "head_name = \"A\\nB\"", "letters.head_name"),
            ("address = []", "address = [\"1\", \"2\", \"3\", \"4\", \"5\", \"6\", \"7\", \"8\"]", "letters.address"),
            ("id = \"leighton\"", "id = \"Leigh ton\"", "school.id"),
        ];
        for (from, to, named) in cases {
            let said = error_of(|text| text.replacen(from, to, 1));
            assert!(said.contains(named), "{to}: {said}");
        }
    }

    #[test]
    fn a_school_without_letters_has_a_bare_letterhead() {
        let bare = BUILT_IN.split_once("[letters]").map_or("", |(before, _)| before).to_owned();
        let rest =
            BUILT_IN.split_once("[letters]").and_then(|(_, rest)| rest.split_once("\n[")).map_or("", |(_, rest)| rest);
        let without = parse(&format!("{bare}[{rest}"), "old").unwrap();
        let (_, policy) = policy_of(&flatten(&without.school)).unwrap();
        assert_eq!(policy.letterhead, app::rules::policy::Letterhead::default());
        let given = BUILT_IN
            .replacen("address = []", "address = [\"Hazel Row\", \" Hazelbridge \", \"\"]", 1)
            .replacen("head_name = \"\"", "head_name = \"A. Woodward\"", 1);
        let (_, policy) = policy_of(&flatten(&parse(&given, "given").unwrap().school)).unwrap();
        assert_eq!(policy.letterhead.address, ["Hazel Row", "Hazelbridge"]);
        assert_eq!(policy.letterhead.head_name.as_deref(), Some("A. Woodward"));
        assert_eq!(policy.letterhead.head_title.as_deref(), Some("Headteacher"));
        assert_eq!(policy.letterhead.website, None);
    }

    #[test]
    fn a_school_without_grounds_has_those_of_the_regulation() {
        let (before, rest) = BUILT_IN.split_once("[leaving]").unwrap();
        let (_, after) = rest.split_once("\n[letters]").unwrap();
        let old = parse(&format!("{before}[letters]{after}"), "old").unwrap();
        let [old, new] =
            [old, parse(BUILT_IN, "new").unwrap()].map(|file| policy_of(&flatten(&file.school)).unwrap().1.leaving);
        assert_eq!(old, new);
        assert!(new.grounds.len() == 15 && new.ground("d").is_some_and(|ground| ground.label.contains("writing")));
    }

    #[test]
    fn a_missing_key_is_named() {
        let said = error_of(|text| text.replacen("day_ends = \"15:15\"\n", "", 1));
        assert!(said.contains("day_ends"), "{said}");
    }

    #[test]
    fn a_public_address_is_an_origin_and_nothing_else() {
        assert_eq!(origin_of("https://a.example/").ok(), Some(("https://a.example".into(), "a.example".into())));
        assert_eq!(origin_of("http://127.0.0.1:9150").ok().map(|o| o.1), Some("127.0.0.1:9150".into()));
        for url in ["a.example", "http://a.example", "https://a.example/path", "https://", "https://a b"] {
            assert!(origin_of(url).is_err(), "{url}");
        }
    }
}
