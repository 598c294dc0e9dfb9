//! The fonts that are built in. None is ever looked for on the machine: bytes must not depend on it.
//!
//! They lie compressed in the program. One is unpacked when the first document needs its script and then kept.

use super::PdfError;
use super::sheet::Voice;
use flate2::read::GzDecoder;
use krilla::text::Font;
use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, FontWeight};
use std::io::Read as _;
use std::ops::RangeInclusive;
use std::sync::{Arc, OnceLock};

/// One font file.
struct Face {
    family: &'static str,
    weight: f32,
    packed: &'static [u8],
    /// The characters that call for it; none for those that are always at hand.
    calls: &'static [RangeInclusive<u32>],
    ready: OnceLock<Option<Ready>>,
}

/// A font, unpacked: for the setter and for the writer.
#[derive(Clone)]
struct Ready {
    bytes: Blob<u8>,
    font: Font,
}

macro_rules! face {
    ($family:literal, $weight:literal, $file:literal, [$($calls:expr),*]) => {
        Face {
            family: $family,
            weight: $weight,
            packed: include_bytes!(concat!("../../fonts/", $file, ".ttf.gz")),
            calls: &[$($calls),*],
            ready: OnceLock::new(),
        }
    };
}

/// Every face. The order is the order in which they are asked for a character.
static FACES: [Face; 19] = [
    face!("serif", 700.0, "NotoSerif-Bold", []),
    face!("sans", 400.0, "NotoSans-Regular", []),
    face!("sans", 700.0, "NotoSans-Bold", []),
    face!(
        "arabic",
        400.0,
        "NotoSansArabic-Regular",
        [0x600..=0x6ff, 0x750..=0x77f, 0x8a0..=0x8ff, 0xfb50..=0xfdff, 0xfe70..=0xfefc]
    ),
    face!("devanagari", 400.0, "NotoSansDevanagari-Regular", [0x900..=0x97f, 0x1cd0..=0x1cff, 0xa8e0..=0xa8ff]),
    face!("bengali", 400.0, "NotoSansBengali-Regular", [0x980..=0x9ff]),
    face!("gurmukhi", 400.0, "NotoSansGurmukhi-Regular", [0xa00..=0xa7f]),
    face!("gujarati", 400.0, "NotoSansGujarati-Regular", [0xa80..=0xaff]),
    face!("tamil", 400.0, "NotoSansTamil-Regular", [0xb80..=0xbff]),
    face!("telugu", 400.0, "NotoSansTelugu-Regular", [0xc00..=0xc7f]),
    face!("kannada", 400.0, "NotoSansKannada-Regular", [0xc80..=0xcff]),
    face!("malayalam", 400.0, "NotoSansMalayalam-Regular", [0xd00..=0xd7f]),
    face!("sinhala", 400.0, "NotoSansSinhala-Regular", [0xd80..=0xdff]),
    face!("thai", 400.0, "NotoSansThai-Regular", [0xe00..=0xe7f]),
    face!("georgian", 400.0, "NotoSansGeorgian-Regular", [0x10a0..=0x10ff, 0x1c90..=0x1cbf, 0x2d00..=0x2d2f]),
    face!("ethiopic", 400.0, "NotoSansEthiopic-Regular", [0x1200..=0x139f, 0x2d80..=0x2ddf, 0xab00..=0xab2f]),
    face!("armenian", 400.0, "NotoSansArmenian-Regular", [0x530..=0x58f, 0xfb13..=0xfb17]),
    face!("hebrew", 400.0, "NotoSansHebrew-Regular", [0x590..=0x5ff, 0xfb1d..=0xfb4f]),
    // Chinese, Japanese and Korean in one: the characters of the Unicode of 1999, which names rarely go beyond.
    face!(
        "cjk",
        400.0,
        "DroidSansFallback",
        [0x1100..=0x11ff, 0x2e80..=0x9fff, 0xac00..=0xd7af, 0xf900..=0xfaff, 0xff00..=0xffef]
    ),
];

impl Face {
    /// The font, unpacked once.
    fn ready(&self) -> Result<&Ready, PdfError> {
        self.ready.get_or_init(|| self.unpack()).as_ref().ok_or(PdfError::Font(self.family))
    }

    fn unpack(&self) -> Option<Ready> {
        let mut bytes = Vec::new();
        GzDecoder::new(self.packed).read_to_end(&mut bytes).ok()?;
        let bytes: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(bytes);
        let font = Font::new(krilla::Data::from(Arc::clone(&bytes)), 0)?;
        Some(Ready { bytes: Blob::new(bytes), font })
    }

    fn is_called_by(&self, character: u32) -> bool {
        self.calls.iter().any(|range| range.contains(&character))
    }
}

/// The fonts one document needs.
pub(super) struct Fonts {
    faces: Vec<Ready>,
    families: Vec<&'static str>,
}

impl Fonts {
    /// The fonts for these texts: the two voices, and one for each script that occurs.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Result<(Self, Collection), PdfError> {
        let mut called = FACES.each_ref().map(|face| face.calls.is_empty());
        for character in texts.flat_map(str::chars).map(u32::from).filter(|character| *character > 0x52f) {
            for (face, called) in FACES.iter().zip(&mut called) {
                *called |= face.is_called_by(character);
            }
        }
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        let mut fonts = Self { faces: Vec::new(), families: Vec::new() };
        for (face, _) in FACES.iter().zip(called).filter(|(_, called)| *called) {
            let ready = face.ready()?;
            let name = FontInfoOverride {
                family_name: Some(face.family),
                weight: Some(FontWeight::new(face.weight)),
                ..FontInfoOverride::default()
            };
            collection.register_fonts(ready.bytes.clone(), Some(name));
            fonts.faces.push(ready.clone());
            if !fonts.families.contains(&face.family) {
                fonts.families.push(face.family);
            }
        }
        Ok((fonts, collection))
    }

    /// The families to ask for a character, the voice's own first.
    pub(super) fn families(&self, voice: Voice) -> impl Iterator<Item = &'static str> {
        let skip = usize::from(voice != Voice::Name);
        self.families.iter().copied().skip(skip)
    }

    /// The writer's font that goes with the setter's.
    pub(super) fn font(&self, bytes: &Blob<u8>) -> Option<&Font> {
        self.faces.iter().find(|face| face.bytes.id() == bytes.id()).map(|face| &face.font)
    }
}

/// Whether lines of this language begin at the right.
pub(super) fn is_rtl(language: &str) -> bool {
    let primary = language.split('-').next().unwrap_or_default();
    ["ar", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"].contains(&primary)
}
