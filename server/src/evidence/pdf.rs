//! PDFs: kept as they are, so looked through first. Refused is what is locked, what can do
//! something when it is opened, what carries other files, and what cannot be read.
//!
//! Looked at twice: over the raw bytes, where nothing can hide behind a table that leads readers
//! astray; and through a reader that unpacks what is packed. Hostile files grow when they are
//! unpacked, so all of it is counted.

use std::cell::Cell;

use app::rules::evidence::Refusal;
use lopdf::{Dictionary, Document, Error, LoadOptions, Object, ObjectId};

/// How far one packed piece of a PDF's skeleton may grow. Real ones have some thousand bytes.
const MOST_UNPACKED: usize = 512 << 10;
/// How many packed pieces a PDF may have: some hundred objects lie in each.
const MOST_PACKED: usize = 500;
/// How many words a PDF may have, packed pictures and text counted by what they look like: ten
/// megabytes of them look like half a million.
const MOST_WORDS: usize = 1_000_000;
/// How often a PDF may have been saved on top of itself.
const MOST_SAVED: usize = 12;
/// How many beginnings and packed pieces are remembered.
const MOST_KEPT: usize = 1_000;

/// What acts or carries, by name; long enough never to stand among packed bytes by chance.
const ACTIVE: [&[u8]; 8] = [
    b"JavaScript",
    b"Launch",
    b"EmbeddedFile",
    b"EmbeddedFiles",
    b"RichMedia",
    b"SubmitForm",
    b"ImportData",
    b"FileAttachment",
];
/// The same, too short for that: looked for in what has been unpacked.
const ACTIVE_SHORT: [&[u8]; 8] = [b"JS", b"XFA", b"EF", b"GoToE", b"Rendition", b"Movie", b"Sound", b"3D"];

/// Looks through a PDF.
///
/// # Errors
/// [`Refusal::Locked`], [`Refusal::Active`], [`Refusal::TooComplex`] or [`Refusal::BrokenPdf`].
pub(super) fn look_through(bytes: &[u8]) -> Result<(), Refusal> {
    raw(bytes)?;
    LOOK.set(Look::default());
    let options =
        LoadOptions { filter: Some(object), max_decompressed_size: Some(MOST_UNPACKED), ..LoadOptions::default() };
    let read = Document::load_mem_with_options(bytes, options);
    let look = LOOK.get();
    if look.active {
        return Err(Refusal::Active);
    }
    if look.packed > MOST_PACKED || look.kept > MOST_KEPT {
        return Err(Refusal::TooComplex);
    }
    let document = read.map_err(|error| match error {
        Error::Decompress(_) => Refusal::TooComplex,
        Error::Decryption(_) | Error::InvalidPassword => Refusal::Locked,
        _ => Refusal::BrokenPdf,
    })?;
    if document.is_encrypted() || document.was_encrypted() {
        return Err(Refusal::Locked);
    }
    if acts(&document.trailer) {
        return Err(Refusal::Active);
    }
    if look.pages == 0 || document.catalog().is_err() { Err(Refusal::BrokenPdf) } else { Ok(()) }
}

/// The file as bytes, names unescaped: "/J#61vaScript" is a name like any other.
fn raw(bytes: &[u8]) -> Result<(), Refusal> {
    let (mut words, mut saved, mut before) = (0, 0, b' ');
    for (at, &byte) in bytes.iter().enumerate() {
        if ends_a_word(byte) {
            words += usize::from(!byte.is_ascii_whitespace() && byte != 0);
        } else if ends_a_word(before) {
            words += 1;
        }
        before = byte;
        if byte != b'/' {
            continue;
        }
        let (name, after) = name(&bytes[at + 1..]);
        if ACTIVE.contains(&name.as_slice()) {
            return Err(Refusal::Active);
        }
        match name.as_slice() {
            b"Encrypt" => return Err(Refusal::Locked),
            b"XRefStm" => saved += 1,
            // In a list of headings "/Prev 12 0 R" leads to another; here it is a place.
            b"Prev" if !leads_elsewhere(after) => saved += 1,
            _ => {}
        }
    }
    if words > MOST_WORDS || saved > MOST_SAVED { Err(Refusal::TooComplex) } else { Ok(()) }
}

fn ends_a_word(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b"\0()<>[]{}/%".contains(&byte)
}

/// The name that begins here, and what follows it.
fn name(bytes: &[u8]) -> (Vec<u8>, &[u8]) {
    let length = bytes.iter().take(64).position(|byte| ends_a_word(*byte)).unwrap_or(bytes.len().min(64));
    let (mut written, after) = bytes.split_at(length);
    let mut name = Vec::with_capacity(length);
    while let [byte, rest @ ..] = written {
        let figures = rest.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match figures {
            Some(meant) if *byte == b'#' => {
                name.push(meant);
                written = &rest[2..];
            }
            _ => {
                name.push(*byte);
                written = rest;
            }
        }
    }
    (name, after)
}

/// Whether this begins with "12 0 R".
fn leads_elsewhere(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(40)]);
    let mut words = text.split_ascii_whitespace();
    words.nth(2).is_some_and(|word| word.starts_with('R'))
}

/// What has been seen of one PDF so far.
#[derive(Debug, Clone, Copy, Default)]
struct Look {
    active: bool,
    packed: usize,
    pages: usize,
    kept: usize,
}

thread_local! {
    // The reader takes a bare function; it calls it on the thread that reads.
    static LOOK: Cell<Look> = const { Cell::new(Look { active: false, packed: 0, pages: 0, kept: 0 }) };
}

/// Looks at one object and lets go of it, unless the reader needs it: what is kept stays small.
fn object(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let mut look = LOOK.get();
    look.active |= active(object);
    let kept = match object {
        // Unpacked by the reader where it lies; what is handed on does not matter.
        Object::Stream(stream) if stream.dict.has_type(b"ObjStm") => {
            look.packed += 1;
            (look.packed <= MOST_PACKED).then_some(Object::Null)
        }
        Object::Dictionary(entries) if entries.has_type(b"Page") => {
            look.pages += 1;
            None
        }
        Object::Dictionary(entries) if entries.has_type(b"Catalog") => Some(Object::Dictionary(entries.clone())),
        _ => None,
    };
    let kept = kept.filter(|_| !look.active && look.kept <= MOST_KEPT);
    look.kept += usize::from(kept.is_some());
    LOOK.set(look);
    kept.map(|object| (id, object))
}

/// Whether something in it acts or carries. The reader has bounded how deep it goes.
fn active(object: &Object) -> bool {
    match object {
        Object::Name(name) => is_active(name),
        Object::Array(items) => items.iter().any(active),
        Object::Dictionary(entries) => acts(entries),
        Object::Stream(stream) => acts(&stream.dict),
        _ => false,
    }
}

fn acts(entries: &Dictionary) -> bool {
    entries.iter().any(|(name, value)| is_active(name) || active(value))
}

fn is_active(name: &[u8]) -> bool {
    ACTIVE.contains(&name) || ACTIVE_SHORT.contains(&name)
}
