//! What a browser loads, inside the binary: built by `cargo xtask assets`, put here by `build.rs`.

include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// The sheet that stands inside every page.
pub static CRITICAL_CSS: &str = CRITICAL_TEXT;

/// Its source expression for the content security policy: `sha256-...`, without quotes.
pub static CRITICAL_CSS_HASH: &str = CRITICAL_SOURCE;

/// One file and its compressed forms, where those save anything.
#[derive(Debug)]
pub struct Asset {
    /// Where a browser finds it: `/assets/later.3f2a91c0.css`.
    pub path: &'static str,
    /// What to say in `Content-Type`.
    pub content_type: &'static str,
    /// The bytes as they are.
    pub plain: &'static [u8],
    /// The same for `Content-Encoding: br`.
    pub brotli: Option<&'static [u8]>,
    /// The same for `Content-Encoding: gzip`.
    pub gzip: Option<&'static [u8]>,
    /// Whether the path changes with the content, so that it may be kept for ever.
    pub immutable: bool,
}

/// The file at a public path.
pub fn find(path: &str) -> Option<&'static Asset> {
    FILES.iter().map(|(_, asset)| asset).find(|asset| asset.path == path)
}

/// The public path of a file by the name that the sources use: `later.css`.
/// A name that is not there is a slip for a test to find, never a panic: `/assets/missing`.
pub fn url(logical: &str) -> &'static str {
    FILES.iter().find(|(name, _)| *name == logical).map_or("/assets/missing", |(_, asset)| asset.path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_the_pages_use_is_there() {
        for name in [
            "later.css",
            "wake.js",
            "wake-staff.js",
            "icon.svg",
            "manifest.webmanifest",
            "apple-touch-icon.png",
            "robots.txt",
        ] {
            let path = url(name);
            assert!(find(path).is_some_and(|asset| !asset.plain.is_empty()), "{name} at {path}");
        }
        assert_eq!(url("no such file"), "/assets/missing");
        assert!(find("/assets/missing").is_none());
    }

    #[test]
    fn a_name_with_a_hash_may_be_kept_for_ever_and_robots_may_not() {
        assert!(find(url("later.css")).is_some_and(|asset| asset.immutable));
        assert!(find("/robots.txt").is_some_and(|asset| !asset.immutable));
    }

    #[test]
    fn files_that_name_others_name_them_by_hash() {
        let text = |name| find(url(name)).map(|asset| String::from_utf8_lossy(asset.plain));
        let wake = text("wake.js").unwrap_or_default();
        assert!(wake.contains(url("app.js")) && wake.contains(url("app.wasm")), "{wake}");
        let manifest = text("manifest.webmanifest").unwrap_or_default();
        assert!(manifest.contains(url("icon.svg")) && manifest.contains(url("icon-512.png")), "{manifest}");
    }

    #[test]
    fn the_sheet_in_the_page_is_allowed_by_its_own_hash() {
        use base64::Engine;
        use sha2::{Digest, Sha256};
        let sum = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(CRITICAL_CSS));
        assert_eq!(CRITICAL_CSS_HASH, format!("sha256-{sum}"));
        assert!(!CRITICAL_CSS.contains("</"), "it would end the style element");
    }
}
