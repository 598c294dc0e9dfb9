//! What may be added to a report as evidence (a letter, a photo), and why a file is not taken.
//!
//! Evidence is never needed to report (WT Aug 2024, para 374: no blanket rules); it is taken where
//! the school has asked, or where a parent has it anyway.

/// How many files one submission may have.
pub const MOST_FILES: usize = 5;
/// How many bytes a file may have as it is sent.
pub const MOST_BYTES: usize = 10 << 20;
/// How many bytes all the files of one guardian may have: what one account can put on the disk.
pub const MOST_BYTES_OF_ONE: i64 = 100 << 20;
/// How many pixels a picture may have. Asked of its head, before anything is decoded.
pub const MOST_PIXELS: u64 = 40_000_000;
/// How many characters a file's name may have.
pub const MOST_NAME: usize = 200;

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A photo.
    Jpeg,
    /// A picture.
    Png,
    /// A document. It is never shown by us, only downloaded.
    Pdf,
}

impl Kind {
    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// The kind of a word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Jpeg, Self::Png, Self::Pdf].into_iter().find(|kind| kind.word() == word)
    }

    /// How its file's name ends.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// What a browser is told that it is.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
        }
    }
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is nothing in it.
    Empty,
    /// More than [`MOST_BYTES`].
    TooLarge,
    /// Neither a picture nor a PDF.
    OtherKind,
    /// A picture of a kind that is not taken: HEIC, WebP, GIF.
    OtherPicture,
    /// A name of more than [`MOST_NAME`] characters.
    LongName,
    /// A name that ends like another kind of file: "note.pdf.exe".
    FalseName,
    /// More than [`MOST_PIXELS`], or a picture that takes too much room to open.
    TooManyPixels,
    /// A picture that cannot be read to its end.
    BrokenPicture,
    /// A PDF that asks for a password.
    Locked,
    /// A PDF that can do something, or that carries other files.
    Active,
    /// A PDF that cannot be read.
    BrokenPdf,
    /// A PDF with more in it than a letter has.
    TooComplex,
    /// The submission has [`MOST_FILES`] already.
    Five,
    /// The guardian's files together would have more than [`MOST_BYTES_OF_ONE`].
    NoRoom,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_reads_back_from_its_word() {
        for kind in [Kind::Jpeg, Kind::Png, Kind::Pdf] {
            assert_eq!(Kind::parse(kind.word()), Some(kind));
        }
        assert_eq!(Kind::parse("svg"), None);
    }
}
