//! What people type, made safe to keep: no control characters, no invisible tricks.

/// Why a text cannot be taken as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooLong {
    /// How many characters are allowed.
    pub most: usize,
}

/// The text without what no person types: control characters other than line breaks and
/// the signs that turn or hide the direction of writing. Blanks at both ends go too.
/// `None` when nothing is left. Joiners stay, since Urdu and emoji need them.
///
/// # Errors
/// [`TooLong`] when more than `most` characters are left; nothing is cut off silently.
pub fn tidy(text: &str, most: usize) -> Result<Option<String>, TooLong> {
    let text = text.replace("\r\n", "\n");
    let kept: String = text.chars().filter(|c| !hidden(*c)).collect();
    let kept = kept.trim();
    if kept.chars().count() > most {
        return Err(TooLong { most });
    }
    Ok((!kept.is_empty()).then(|| kept.to_owned()))
}

/// The same for a text that has to stay on one line.
///
/// # Errors
/// As [`tidy`].
pub fn tidy_line(text: &str, most: usize) -> Result<Option<String>, TooLong> {
    tidy(&text.replace(['\n', '\r', '\t'], " "), most)
}

fn hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_any_script_stay_whole() {
        for text in ["Zoë was sick", "عائشہ بیمار ہے", "👩‍👧 home", "line one\nline two", "<b>&\"'"]
        {
            assert_eq!(tidy(text, 100), Ok(Some(text.to_owned())));
        }
    }

    #[test]
    fn hidden_signs_and_control_characters_go() {
        assert_eq!(tidy("a\u{202E}b\u{0}c\u{1b}[31m\u{200B}", 100), Ok(Some("abc[31m".into())));
        assert_eq!(tidy(" \u{FEFF} \n ", 100), Ok(None));
        assert_eq!(tidy_line("a\nb", 100), Ok(Some("a b".into())));
    }

    #[test]
    fn too_long_is_said_and_not_cut() {
        assert_eq!(tidy("ééé", 2), Err(TooLong { most: 2 }));
        assert_eq!(tidy("éé", 2), Ok(Some("éé".into())));
    }
}
