//! How people are reached: e-mail addresses and telephone numbers, as they are kept and compared.

/// The longest address a mail server takes (RFC 5321).
const EMAIL_MOST: usize = 254;

/// An e-mail address as it is kept, if it can be one.
#[must_use]
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let text = text.get(..7).filter(|start| start.eq_ignore_ascii_case("mailto:")).map_or(text, |_| &text[7..]);
    let email = text.to_lowercase();
    let (name, host) = email.split_once('@')?;
    let odd =
        |c: char| c.is_whitespace() || c.is_control() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')' | '"' | '\\');
    let labels = host.split('.').all(|label| {
        !label.is_empty()
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    });
    let good = !name.is_empty()
        && !name.starts_with('.')
        && !name.ends_with('.')
        && email.len() <= EMAIL_MOST
        && host.contains('.')
        && labels
        && !email.contains(odd);
    good.then_some(email)
}

/// The figures of a telephone number.
#[must_use]
pub fn figures(phone: &str) -> String {
    phone.chars().filter(char::is_ascii_digit).collect()
}

/// A telephone number as two are compared: "+44 (0)7700 900123" and "07700 900123" are one.
#[must_use]
pub fn phone_key(phone: &str) -> String {
    let plain = phone.replace("(0)", "");
    let (abroad, figures) = (plain.trim_start().starts_with('+'), figures(&plain));
    let international = figures.strip_prefix("00").or_else(|| abroad.then_some(figures.as_str()));
    match international {
        Some(rest) => rest.strip_prefix("44").map_or_else(|| format!("+{rest}"), |home| format!("0{home}")),
        None => figures,
    }
}

/// Whether somebody can be rung under this: a British number with its nought, or any other with its country's.
/// British numbers have nine or ten figures behind the nought (Ofcom's numbering plan), others at most fifteen in all
/// (ITU-T E.164).
#[must_use]
pub fn is_phone(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '+' | ' ' | '-' | '(' | ')' | '.');
    let text = text.trim();
    if !text.chars().all(plain) || text.rfind('+').is_some_and(|at| at > 0) {
        return false;
    }
    let key = phone_key(text);
    match key.strip_prefix('+') {
        Some(abroad) => (7..=15).contains(&abroad.len()) && !abroad.starts_with('0'),
        None => key.starts_with('0') && matches!(key.len(), 10 | 11),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_is_one_number_however_it_is_written() {
        for text in ["07700 900123", "+44 7700 900123", "+44 (0)7700 900123", "0044 7700-900123", "(07700) 900123"] {
            assert_eq!(phone_key(text), "07700900123", "{text}");
        }
        assert_eq!(phone_key("+48 22 123 45 67"), "+48221234567");
        assert_eq!(phone_key("0048 22 123 45 67"), "+48221234567");
    }

    #[test]
    fn numbers_of_here_and_elsewhere_can_be_rung() {
        for text in
            ["07700 900123", "01632 960915", "+44 7700 900123", "+48 22 123 45 67", "0092 300 1234567", "016977 2345"]
        {
            assert!(is_phone(text), "{text}");
        }
        for text in
            ["", "123", "7700 900123", "07700 9001234", "ring mum", "07700 900123 ext 4", "+0 1234567", "07+700900123"]
        {
            assert!(!is_phone(text), "{text}");
        }
    }
}
