//! What a cell means: dates, flags, addresses, numbers, and what spreadsheet programs do to them.

use app::rules::iso;
pub use app::rules::reach::{email, figures};
use chrono::NaiveDate;

/// Why a cell is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoDate {
    /// The year has two figures.
    ShortYear,
    /// Anything else.
    Other,
}

/// A cell that is neither what it should be nor blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Neither;

/// The text without the dress that spreadsheets and exports put on it: `="0123"` keeps noughts, `'=x`
/// keeps a formula from running, a lone dash means nothing.
#[must_use]
pub fn plain(cell: &str) -> &str {
    let cell = cell.strip_prefix("=\"").and_then(|cell| cell.strip_suffix('"')).unwrap_or(cell).trim();
    let cell = match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    };
    if matches!(cell, "-" | "–" | "—") { "" } else { cell }
}

/// Whether a spreadsheet would run this instead of showing it.
#[must_use]
pub fn formula(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@'])
}

/// A date as dd/mm/yyyy, yyyy-mm-dd or 04-May-2018; a time behind it is left out. Two-digit years are
/// refused: nobody can tell a grandmother's century from a child's.
///
/// # Errors
/// [`NoDate`].
pub fn date(cell: &str) -> Result<NaiveDate, NoDate> {
    let cell = cell.trim();
    // "2018-05-04T00:00:00", "04/05/2018 00:00": a date ends where a time begins.
    let timed = cell.find(':').and_then(|colon| cell[..colon].rfind(['T', ' ']));
    let cell = timed.map_or(cell, |end| cell[..end].trim());
    if let Some(date) = iso::date(cell) {
        return Ok(date);
    }
    let parts: Vec<&str> = cell.split(['/', '-', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [day, month, year] = parts[..] else { return Err(NoDate::Other) };
    let number = |text: &str| {
        let plain = text.len() <= 2 && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    let month = number(month).or_else(|| named_month(month)).ok_or(NoDate::Other)?;
    let day = number(day).ok_or(NoDate::Other)?;
    match year.len() {
        4 if year.bytes().all(|byte| byte.is_ascii_digit()) => {
            let year = year.parse().map_err(|_| NoDate::Other)?;
            NaiveDate::from_ymd_opt(year, month, day).ok_or(NoDate::Other)
        }
        2 if year.bytes().all(|byte| byte.is_ascii_digit()) => Err(NoDate::ShortYear),
        _ => Err(NoDate::Other),
    }
}

fn named_month(text: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let text = text.to_lowercase();
    let start = text.get(..3)?;
    let place = MONTHS.iter().position(|month| *month == start)?;
    text.chars().all(char::is_alphabetic).then_some(())?;
    u32::try_from(place + 1).ok()
}

/// Yes or no: `Ok(None)` where nothing stands.
///
/// # Errors
/// [`Neither`].
pub fn flag(cell: &str) -> Result<Option<bool>, Neither> {
    match cell.trim().to_lowercase().as_str() {
        "" => Ok(None),
        "t" | "true" | "y" | "yes" | "1" | "x" | "✓" | "✔" => Ok(Some(true)),
        "f" | "false" | "n" | "no" | "0" => Ok(Some(false)),
        _ => Err(Neither),
    }
}

/// A year group: R or Reception is 0, N2 (and Nursery) -1, N1 -2, else "3", "Y3", "Year 3".
///
/// # Errors
/// [`Neither`].
pub fn year(cell: &str) -> Result<Option<i64>, Neither> {
    let text: String = cell.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    if text.is_empty() {
        return Ok(None);
    }
    let text = ["yeargroup", "year", "yr", "nc"].iter().find_map(|start| text.strip_prefix(start)).unwrap_or(&text);
    Ok(Some(match text {
        "r" | "0" | "reception" | "yr" | "00" => 0,
        "n2" | "n" | "nursery" => -1,
        "n1" => -2,
        _ => {
            let figures = text.strip_prefix('y').unwrap_or(text);
            let plain = figures.len() <= 2 && figures.bytes().all(|byte| byte.is_ascii_digit());
            let year = plain.then(|| figures.parse::<i64>().ok()).flatten().ok_or(Neither)?;
            if (0..=14).contains(&year) { year } else { return Err(Neither) }
        }
    }))
}

/// The year that a class's name begins with: "3 Oak", "R Ash", "Year 4".
#[must_use]
pub fn year_in_class(name: &str) -> Option<i64> {
    let first = name.split([' ', '-', '/']).find(|word| !word.eq_ignore_ascii_case("year"))?;
    let figures: String = first.chars().take_while(char::is_ascii_digit).collect();
    year(if figures.is_empty() { first } else { &figures }).ok().flatten()
}

/// A telephone number, and whether the nought that a spreadsheet ate was put back. Words behind the number
/// ("07700 900123 (mum)") are left out.
#[must_use]
pub fn phone(cell: &str) -> Option<(String, bool)> {
    let number: String =
        cell.chars().take_while(|c| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.')).collect();
    let number = number.trim_end_matches([' ', '-', '(', '.']).trim().to_owned();
    let rest = &cell[cell.len().min(cell.find(|c: char| c.is_alphabetic()).unwrap_or(cell.len()))..];
    // "7.7009E+09" is what is left of a number.
    if rest.starts_with(['E', 'e']) && rest[1..].starts_with(['+', '-']) {
        return None;
    }
    let figures = number.bytes().filter(u8::is_ascii_digit).count();
    if !(6..=15).contains(&figures) {
        return None;
    }
    // British numbers have a nought and ten figures more; nine or ten without one have lost it.
    let eaten = matches!(figures, 9 | 10) && number.starts_with(|c: char| matches!(c, '1'..='9'));
    Some(if eaten { (format!("0{number}"), true) } else { (number, false) })
}

/// A number in the MIS as it is compared: without the noughts in front that spreadsheets eat, in capitals.
#[must_use]
pub fn number(cell: &str) -> String {
    let short = cell.trim_start_matches('0');
    if short.is_empty() { cell.to_owned() } else { short.to_uppercase() }
}

/// Whether a spreadsheet has spoilt this number: "1.2E+05".
#[must_use]
pub fn spoilt(cell: &str) -> bool {
    let upper = cell.to_uppercase();
    upper.split_once("E+").is_some_and(|(front, back)| {
        !front.is_empty()
            && front.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
            && back.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// A name as it is compared: capitals and blanks do not count.
#[must_use]
pub fn name(forename: &str, surname: &str) -> String {
    let words = format!("{forename} {surname}").to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether letters were read in the wrong encoding somewhere on their way ("SiobhÃ¡n").
#[must_use]
pub fn damaged(text: &str) -> bool {
    let twice =
        |pair: (char, char)| matches!(pair, ('Ã' | 'Å' | 'Ä', '\u{80}'..='\u{BF}' | '€' | '‚' | '„' | '‡' | '™'));
    text.contains('\u{FFFD}') || text.chars().zip(text.chars().skip(1)).any(twice)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn dates_are_read_as_schools_write_them() {
        for text in [
            "04/05/2018",
            "4/5/2018",
            "2018-05-04",
            "04-05-2018",
            "04.05.2018",
            "04-May-2018",
            "4 May 2018",
            "2018-05-04T00:00:00",
            "04/05/2018 00:00",
            "2018-05-04 09:30:00",
        ] {
            assert_eq!(date(text), Ok(day("2018-05-04")), "{text}");
        }
    }

    #[test]
    fn a_year_of_two_figures_is_refused_by_name() {
        for text in ["04/05/18", "4-5-18", "04 May 18"] {
            assert_eq!(date(text), Err(NoDate::ShortYear), "{text}");
        }
        for text in
            ["", "43224", "05/13/2018", "30/02/2018", "2018", "4/5", "today", "04/05/2018/1", "04/05/０２０１８"]
        {
            assert_eq!(date(text), Err(NoDate::Other), "{text}");
        }
    }

    #[test]
    fn flags_come_in_many_spellings() {
        for text in ["T", "true", "Yes", "y", "1", "TRUE", "✓", " x "] {
            assert_eq!(flag(text), Ok(Some(true)), "{text}");
        }
        for text in ["F", "False", "no", "N", "0"] {
            assert_eq!(flag(text), Ok(Some(false)), "{text}");
        }
        assert_eq!(flag("  "), Ok(None));
        assert_eq!(flag("perhaps"), Err(Neither));
    }

    #[test]
    fn year_groups_come_in_many_spellings() {
        for (text, is) in [
            ("R", 0),
            ("0", 0),
            ("Reception", 0),
            ("3", 3),
            ("Y3", 3),
            ("Year 3", 3),
            ("03", 3),
            ("N2", -1),
            ("N1", -2),
            ("Nursery", -1),
            ("Year R", 0),
        ] {
            assert_eq!(year(text), Ok(Some(is)), "{text}");
        }
        assert_eq!(year(""), Ok(None));
        for text in ["Oak", "99", "3.5.1x"] {
            assert_eq!(year(text), Err(Neither), "{text}");
        }
        assert_eq!(
            [year_in_class("3 Oak"), year_in_class("R Ash"), year_in_class("6Y"), year_in_class("Oak")],
            [Some(3), Some(0), Some(6), None]
        );
    }

    #[test]
    fn addresses_are_trimmed_lowered_and_judged() {
        assert_eq!(email("  Ngozi.Okafor@Example.ORG "), Some("ngozi.okafor@example.org".into()));
        assert_eq!(email("mailto:a@b.uk"), Some("a@b.uk".into()));
        assert_eq!(email("o'brien+school@ex-ample.co.uk"), Some("o'brien+school@ex-ample.co.uk".into()));
        for text in [
            "",
            "none",
            "a@b",
            "a@@b.uk",
            "a b@c.uk",
            "a@b.uk;c@d.uk",
            "a@.uk",
            "a@b..uk",
            "@b.uk",
            "a@b.uk.",
            "a@-b.uk",
            "<a@b.uk>",
        ] {
            assert_eq!(email(text), None, "{text}");
        }
    }

    #[test]
    fn a_telephone_gets_its_nought_back() {
        assert_eq!(phone("7700900123"), Some(("07700900123".into(), true)));
        assert_eq!(phone("07700 900123"), Some(("07700 900123".into(), false)));
        assert_eq!(phone("+44 7700 900123"), Some(("+44 7700 900123".into(), false)));
        assert_eq!(phone("07700 900123 (mum)"), Some(("07700 900123".into(), false)));
        for text in ["", "none", "123", "7.7009E+09", "ex-directory", "Ünknown"] {
            assert_eq!(phone(text), None, "{text}");
        }
    }

    #[test]
    fn what_spreadsheets_put_on_comes_off() {
        assert_eq!(
            [plain("=\"00123\""), plain("'=SUM(1)"), plain("-"), plain("O'Brien"), plain("'+44 7700")],
            ["00123", "=SUM(1)", "", "O'Brien", "+44 7700"]
        );
        assert!(formula(plain("'=SUM(1)")) && formula("@x") && !formula("O'Brien"));
        assert!(spoilt("1.23E+05") && !spoilt("E123") && !spoilt("12E4"));
        assert_eq!([number("00123"), number("123"), number("0"), number("a01")], ["123", "123", "0", "A01"]);
    }

    #[test]
    fn letters_read_twice_are_seen() {
        assert!(damaged("SiobhÃ¡n") && damaged("Zo\u{FFFD}") && damaged("Å\u{81}ukasz"));
        assert!(!damaged("Siobhán Łukasz Ångström ÃLVARES"));
    }
}
