//! `target/site`: files named by their content, and `site.json` that lists them.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::hash;
use crate::error::{Outcome, While};
use crate::run::root;

/// Files that browsers look for at a fixed address.
const AT_THE_ROOT: &[&str] = &["robots.txt"];

/// The sheet inside every page, as a file the server embeds and never serves.
const CRITICAL: &str = "critical.css";

/// What `site.json` says.
#[derive(Serialize, Deserialize)]
pub(crate) struct Site {
    /// Source expression of the sheet inside every page.
    pub(crate) critical_hash: String,
    pub(crate) files: Vec<File>,
    #[serde(skip)]
    folder: PathBuf,
}

/// One file that the server can send.
#[derive(Serialize, Deserialize)]
pub(crate) struct File {
    /// The name that the sources use: `later.css`.
    pub(crate) name: String,
    /// Where a browser finds it: `/assets/later.3f2a91c0.css`.
    pub(crate) path: String,
    /// Its file beside `site.json`.
    pub(crate) file: String,
    pub(crate) content_type: String,
    /// Whether `.br` and `.gz` stand beside it.
    pub(crate) brotli: bool,
    pub(crate) gzip: bool,
    /// Whether the name changes with the content.
    pub(crate) immutable: bool,
    pub(crate) bytes: usize,
    /// How many of them travel to a browser that reads brotli.
    pub(crate) sent: usize,
}

fn folder() -> PathBuf {
    root().join("target/site")
}

/// What was built last.
pub(crate) fn read() -> Outcome<Site> {
    let text = fs::read(folder().join("site.json")).doing("no built assets: run `cargo xtask assets`")?;
    let mut site: Site = serde_json::from_slice(&text).doing("reading target/site/site.json")?;
    site.folder = folder();
    Ok(site)
}

impl Site {
    pub(crate) fn new() -> Outcome<Self> {
        fs::create_dir_all(folder()).doing("making target/site")?;
        Ok(Self { critical_hash: String::new(), files: Vec::new(), folder: folder() })
    }

    /// The sheet that stands inside every page.
    pub(crate) fn critical(&mut self, sheet: &str) -> Outcome {
        self.critical_hash = hash::source(sheet.as_bytes());
        write_if_new(&self.folder.join(CRITICAL), sheet.as_bytes())
    }

    /// How many bytes of the sheet inside every page travel.
    pub(crate) fn critical_sent(&self) -> Outcome<usize> {
        let sheet = fs::read(self.folder.join(CRITICAL)).doing("reading the critical sheet")?;
        Ok(brotli(&sheet)?.len())
    }

    /// Adds one file with its compressed forms.
    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) -> Outcome {
        let immutable = !AT_THE_ROOT.contains(&name);
        let (stem, end) = name.split_once('.').unwrap_or((name, ""));
        let file = format!("{stem}.{}.{end}", hash::short(bytes));
        let path = if immutable { format!("/assets/{file}") } else { format!("/{name}") };

        // The plain file is written last: where it stands, the others are whole.
        let (plain, br, gz) =
            (self.folder.join(&file), beside(&self.folder, &file, "br"), beside(&self.folder, &file, "gz"));
        if !plain.exists() {
            keep_if_smaller(&br, brotli(bytes)?, bytes.len())?;
            keep_if_smaller(&gz, gzip(bytes)?, bytes.len())?;
            fs::write(&plain, bytes).doing(format!("writing {file}"))?;
        }
        self.files.push(File {
            name: name.to_owned(),
            path,
            content_type: content_type(end).to_owned(),
            brotli: br.exists(),
            gzip: gz.exists(),
            immutable,
            bytes: bytes.len(),
            sent: fs::metadata(&br).map_or(bytes.len(), |br| usize::try_from(br.len()).unwrap_or(usize::MAX)),
            file,
        });
        Ok(())
    }

    /// A text with every `/assets/name` turned into the name with its hash.
    pub(crate) fn refer(&self, text: &str) -> String {
        self.files.iter().fold(text.to_owned(), |text, file| {
            text.replace(&format!("\"/assets/{}\"", file.name), &format!("\"{}\"", file.path))
        })
    }

    /// Writes the list and clears away what is no longer on it.
    pub(crate) fn finish(&self) -> Outcome {
        let list = serde_json::to_vec_pretty(self).doing("writing site.json")?;
        write_if_new(&self.folder.join("site.json"), &list)?;
        let mut ours = BTreeSet::from(["site.json".to_owned(), CRITICAL.to_owned()]);
        for file in &self.files {
            ours.extend([file.file.clone(), format!("{}.br", file.file), format!("{}.gz", file.file)]);
        }
        for entry in fs::read_dir(&self.folder).doing("reading target/site")? {
            let entry = entry.doing("reading target/site")?;
            if !ours.contains(entry.file_name().to_string_lossy().as_ref()) {
                fs::remove_file(entry.path()).doing("clearing target/site")?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for file in &self.files {
            writeln!(f, "{:>8} {:>8}  {}", file.bytes, file.sent, file.path)?;
        }
        write!(f, "   bytes     sent  into target/site")
    }
}

fn beside(folder: &Path, file: &str, end: &str) -> PathBuf {
    folder.join(format!("{file}.{end}"))
}

fn keep_if_smaller(path: &Path, packed: Vec<u8>, plain: usize) -> Outcome {
    if packed.len() + plain / 20 < plain {
        return fs::write(path, packed).doing("writing a compressed file");
    }
    Ok(())
}

/// An unchanged file keeps its time, so that nothing is built again because of it.
fn write_if_new(path: &Path, bytes: &[u8]) -> Outcome {
    if fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    fs::write(path, bytes).doing(format!("writing {}", path.display()))
}

fn brotli(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut packed = Vec::new();
    let how = brotli::enc::BrotliEncoderParams { quality: 11, lgwin: 22, ..Default::default() };
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &how).doing("brotli")?;
    Ok(packed)
}

fn gzip(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packed.write_all(bytes).and_then(|()| packed.finish()).doing("gzip")
}

fn content_type(end: &str) -> &'static str {
    match end {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webmanifest" => "application/manifest+json",
        "html" => "text/html; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
