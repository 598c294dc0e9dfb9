//! What exactly is signed: the digests of everything a version consists of, as one text that has a digest of its own.

use chrono::NaiveDate;

/// The digests of a version's parts, each SHA-256 of the exact bytes in hexadecimal figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The version's number.
    pub version: i64,
    /// When the governors adopted it.
    pub adopted: NaiveDate,
    /// When it is to be renewed.
    pub renewal: NaiveDate,
    /// Of the title.
    pub title: String,
    /// Of the text that is shown.
    pub text: String,
    /// Of the summary.
    pub summary: String,
    /// Of what has changed.
    pub changes: String,
    /// Of the declaration's statement.
    pub statement: String,
    /// Size and digest of the file that stands beside the text.
    pub file: Option<(i64, String)>,
}

impl Manifest {
    /// The one way to write it down: a line a part, in this order, each ended by a line feed.
    #[must_use]
    pub fn canonical(&self) -> String {
        let Self { version, adopted, renewal, title, text, summary, changes, statement, file } = self;
        let file = file.as_ref().map_or_else(|| "none".to_owned(), |(size, sha256)| format!("{size} {sha256}"));
        format!(
            "nine-fifteen policy 1\nversion {version}\nadopted {adopted}\nrenewal {renewal}\ntitle {title}\ntext {text}\n\
             summary {summary}\nchanges {changes}\nstatement {statement}\nfile {file}\n"
        )
    }

    /// The digest that a canonical text gives for a part; `None` where it does not stand there.
    #[must_use]
    pub fn part<'a>(canonical: &'a str, part: &str) -> Option<&'a str> {
        canonical.lines().find_map(|line| line.strip_prefix(part)?.strip_prefix(' '))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest() -> Manifest {
        let day = |month| NaiveDate::from_ymd_opt(2026, month, 5).unwrap_or_default();
        let digest = |byte: &str| byte.repeat(32);
        Manifest {
            version: 3,
            adopted: day(10),
            renewal: day(11),
            title: digest("aa"),
            text: digest("bb"),
            summary: digest("cc"),
            changes: digest("dd"),
            statement: digest("ee"),
            file: None,
        }
    }

    #[test]
    fn every_part_shows_in_the_text() {
        let whole = manifest();
        let others = [
            Manifest { version: 4, ..whole.clone() },
            Manifest { adopted: whole.renewal, ..whole.clone() },
            Manifest { renewal: whole.adopted, ..whole.clone() },
            Manifest { title: String::new(), ..whole.clone() },
            Manifest { text: String::new(), ..whole.clone() },
            Manifest { summary: String::new(), ..whole.clone() },
            Manifest { changes: String::new(), ..whole.clone() },
            Manifest { statement: String::new(), ..whole.clone() },
            Manifest { file: Some((7, "ff".repeat(32))), ..whole.clone() },
        ];
        for other in others {
            assert_ne!(other.canonical(), whole.canonical(), "{other:?}");
        }
        assert_eq!(Manifest::part(&whole.canonical(), "statement"), Some("ee".repeat(32).as_str()));
        assert_eq!(Manifest::part(&whole.canonical(), "nothing"), None);
    }
}
