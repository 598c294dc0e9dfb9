//! A file's name: what of it is kept, and how it is said in a header.

use app::rules::{
    evidence::{Kind, MOST_NAME, Refusal},
    text::tidy_line,
};

/// How many characters of a name are kept.
const KEPT: usize = 80;
/// Endings of the kinds that are taken. A photo that calls itself the other kind of picture is
/// common and harmless: it is given the ending of its content.
const TAKEN: [&str; 5] = ["jpg", "jpeg", "jfif", "png", "pdf"];

/// The name to keep for a file that was sent with this name: without folders, without what a file
/// system or a header would trip over, with the ending of its content.
///
/// # Errors
/// [`Refusal::LongName`]; [`Refusal::FalseName`] for a name that ends like another kind of file.
/// Such a name is refused and not put right: whoever made "note.pdf.exe" meant to deceive
/// somebody, and the parent should look at it again.
pub(super) fn kept(declared: &str, kind: Kind) -> Result<String, Refusal> {
    if declared.chars().count() > MOST_NAME {
        return Err(Refusal::LongName);
    }
    let line = tidy_line(declared, MOST_NAME).ok().flatten().unwrap_or_default();
    let last = line.rsplit(['/', '\\']).next().unwrap_or_default();
    let (stem, ending) = last.rsplit_once('.').unwrap_or((last, ""));
    let (stem, ending) = if ends_like_a_file(ending) { (stem, ending) } else { (last, "") };
    if !ending.is_empty() && !TAKEN.contains(&ending.to_ascii_lowercase().as_str()) {
        return Err(Refusal::FalseName);
    }
    let safe: String = stem.chars().map(|c| if r#":*?"<>|;%"#.contains(c) { '-' } else { c }).take(KEPT).collect();
    let safe = safe.trim_matches(|c: char| c == '.' || c == ' ');
    let fallback = if kind == Kind::Pdf { "letter" } else { "photo" };
    Ok(format!("{}.{}", if safe.is_empty() { fallback } else { safe }, kind.ending()))
}

/// "exe" ends a file's name; the "11" of "scan 24.11" and the " Smith" of "from Dr. Smith" do not.
fn ends_like_a_file(ending: &str) -> bool {
    (1..=8).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// The header that makes a browser keep a file and not show it (RFC 6266): a name for old ones in
/// plain letters, the true one in UTF-8 (RFC 8187).
#[must_use]
pub fn attachment(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " -_.()".contains(c) { c } else { '_' }).collect();
    let mut said = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            said.push(char::from(byte));
        } else {
            said.push_str(&format!("%{byte:02X}"));
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_words_and_takes_the_ending_of_its_content() {
        for (declared, name) in [
            ("IMG_2031.JPG", "IMG_2031.jpg"),
            ("photo.png", "photo.jpg"),
            ("C:\\fakepath\\card.jpeg", "card.jpg"),
            ("../../etc/passwd", "passwd.jpg"),
            ("scan 24.11", "scan 24.11.jpg"),
            ("from Dr. Smith", "from Dr. Smith.jpg"),
            ("note.exe.jpg", "note.exe.jpg"),
            ("\u{202E}gpj.x\r\nSet-Cookie: a", "gpj.x  Set-Cookie- a.jpg"),
            ("عائشہ 🦊.jpg", "عائشہ 🦊.jpg"),
            ("a\"b;c%41.jpg", "a-b-c-41.jpg"),
            ("", "photo.jpg"),
            ("..jpg", "photo.jpg"),
        ] {
            assert_eq!(kept(declared, Kind::Jpeg), Ok(name.to_owned()), "{declared}");
        }
        assert_eq!(kept(" ", Kind::Pdf), Ok("letter.pdf".into()));
        assert_eq!(kept(&"x".repeat(200), Kind::Pdf), Ok(format!("{}.pdf", "x".repeat(80))));
    }

    #[test]
    fn a_name_that_says_something_else_is_refused() {
        for declared in ["note.pdf.exe", "photo.jpg.html", "photo.svg", "letter.docx", "a.PDF.Js", "x.7z"] {
            assert_eq!(kept(declared, Kind::Pdf), Err(Refusal::FalseName), "{declared}");
        }
        assert_eq!(kept(&"é".repeat(201), Kind::Pdf), Err(Refusal::LongName));
    }

    #[test]
    fn a_header_holds_any_name() {
        assert_eq!(attachment("card.jpg"), "attachment; filename=\"card.jpg\"; filename*=UTF-8''card.jpg");
        assert_eq!(
            attachment("Zoë \"1\".pdf"),
            "attachment; filename=\"Zo_ _1_.pdf\"; filename*=UTF-8''Zo%C3%AB%20%221%22.pdf"
        );
        for name in ["a\r\nb", "عائشہ", "\u{0}\u{7f}", "🦊"] {
            assert!(attachment(name).bytes().all(|byte| (32..127).contains(&byte)), "{name}");
        }
    }
}
