//! What a file is, by its first bytes. What it says of itself counts for nothing.

use app::rules::evidence::{Kind, Refusal};

/// Pictures that phones make and that are not taken: how they begin, and at which byte.
const OTHER_PICTURES: [(usize, &[u8]); 10] = [
    (4, b"ftypheic"),
    (4, b"ftypheix"),
    (4, b"ftyphevc"),
    (4, b"ftypmif1"),
    (4, b"ftypmsf1"),
    (4, b"ftypavif"),
    (8, b"WEBP"),
    (0, b"GIF8"),
    (0, b"II*\0"),
    (0, b"MM\0*"),
];

/// The kind of a file.
///
/// # Errors
/// [`Refusal::Empty`], [`Refusal::OtherPicture`] or [`Refusal::OtherKind`].
pub(super) fn sniff(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    // A PDF may by its standard begin a little later; one that does is two files in one.
    for (start, kind) in [(&b"\xFF\xD8\xFF"[..], Kind::Jpeg), (b"\x89PNG\r\n\x1A\n", Kind::Png), (b"%PDF-", Kind::Pdf)]
    {
        if bytes.starts_with(start) {
            return Ok(kind);
        }
    }
    let picture = OTHER_PICTURES.iter().any(|(at, mark)| bytes.get(*at..).is_some_and(|rest| rest.starts_with(mark)));
    Err(if picture { Refusal::OtherPicture } else { Refusal::OtherKind })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_it_begins_with() {
        assert_eq!(sniff(b"\xFF\xD8\xFF\xE1 rest"), Ok(Kind::Jpeg));
        assert_eq!(sniff(b"\x89PNG\r\n\x1A\nrest"), Ok(Kind::Png));
        assert_eq!(sniff(b"%PDF-1.7\n"), Ok(Kind::Pdf));
        assert_eq!(sniff(b"\0\0\0\x18ftypheic"), Err(Refusal::OtherPicture));
        assert_eq!(sniff(b"RIFF\0\0\0\0WEBPVP8 "), Err(Refusal::OtherPicture));
        assert_eq!(sniff(b""), Err(Refusal::Empty));
        for other in
            [&b"<svg xmlns='http://www.w3.org/2000/svg'>"[..], b"MZ\x90", b"PK\x03\x04", b" %PDF-1.7", b"\xFF\xD8"]
        {
            assert_eq!(sniff(other), Err(Refusal::OtherKind));
        }
    }
}
