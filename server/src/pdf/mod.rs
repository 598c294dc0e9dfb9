//! Letters and forms as PDF: one A4 document, set, tagged for screen readers, and the same bytes
//! for the same content on every machine and at any time.
//!
//! Nothing here knows a store, a route or a sentence: whoever calls brings the words. Drawing takes some
//! milliseconds of processor, so call it off the threads that answer requests.

mod blocks;
mod draw;
mod fonts;
mod head;
pub mod letter;
mod pages;
mod sheet;
mod tags;
mod text;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};

/// Everything a document says. All of it is text as people wrote it: no markup is read, and whatever stands
/// in a name cannot change the layout around it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The language the words are in, as in BCP 47: "en-GB". It decides from which side lines begin.
    pub language: String,
    /// What the document is, in one line: the first heading, the window's title and the metadata. Not empty:
    /// PDF/UA asks for one. It shows in lists of files, so no name of a child belongs in it.
    pub title: String,
    /// Who writes.
    pub letterhead: Letterhead,
    /// The lines of the envelope, name first; they stand where a DL envelope's window is. Empty for a document that is not
    /// posted. Lines beyond the eighth would fall out of the window and stand above the body instead.
    pub addressee: Vec<String>,
    /// The date as it is printed.
    pub date: String,
    /// The reference as it is printed, beside the date and at the foot of every page: "Reference K7P2M4".
    pub reference: String,
    /// When the document was made: goes into the metadata, never read from a clock.
    pub made_at: DateTime<Utc>,
    /// The body.
    pub blocks: Vec<Block>,
    /// The foot of each page: which page it is, of how many.
    pub page_of: fn(usize, usize) -> String,
}

/// The head of the first page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Letterhead {
    /// The school's name.
    pub name: String,
    /// The school's address, a line each; printed on one line.
    pub address: Vec<String>,
    /// How to reach the school, as printed: telephone, e-mail, website.
    pub contact: Vec<String>,
}

/// One part of the body.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Block {
    /// A heading under the title. Kept with what follows.
    Heading(Level, String),
    /// Running text. A line break in it is a line break.
    Paragraph(String),
    /// What is known, a label and a value each.
    Facts(Vec<(String, String)>),
    /// Points without an order.
    List(Vec<String>),
    /// A table; its head is repeated on each page it reaches. Every row has as many cells as the head; cells
    /// beyond are left out, missing ones are empty.
    Table {
        /// The columns' names.
        head: Vec<String>,
        /// The rows, top down.
        rows: Vec<Vec<String>>,
    },
    /// Who stands by it. Kept with the lines before it.
    Signature {
        /// The name.
        name: String,
        /// What stands under it, a line each: title, and when and how it was signed.
        lines: Vec<String>,
    },
    /// Small print.
    Small(String),
}

/// A file that travels inside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// Its name: letters, figures, a dot.
    pub name: &'static str,
    /// What it is: "application/json".
    pub kind: &'static str,
    /// What it holds, for whoever sees it in a list.
    pub about: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// How deep a heading stands under the title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Level {
    /// A part of the document.
    Part,
    /// A part of a part. Without a `Part` before it, it is tagged as one: readers must not skip a level.
    Section,
}

/// Why a document could not be drawn. Says nothing of what stands in it.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A font that is built in could not be read.
    #[error("the built-in font {0} cannot be read")]
    Font(&'static str),
    /// The writer refused the document; the text names the rule, not the content.
    #[error("the PDF could not be written: {0}")]
    Write(&'static str),
}

/// Draws the document: PDF 1.7, tagged as PDF/UA-1 asks.
///
/// The same document gives the same bytes. An ordinary letter takes about 10 ms and 40 kB.
///
/// # Errors
///
/// What [`PdfError`] names. Apart from an empty title, no text leads to one.
pub fn draw(document: &Document) -> Result<Vec<u8>, PdfError> {
    draw_with(document, None)
}

/// The same with a file in it, for programs to read.
///
/// # Errors
///
/// As [`draw`].
pub fn draw_with(document: &Document, attached: Option<&Attached>) -> Result<Vec<u8>, PdfError> {
    let mut setter = text::Setter::new(document)?;
    let mut tags = tags::Tree::new();
    // Readers hear them in this order.
    let head = head::first_page(document, &mut setter, &mut tags);
    let pieces = blocks::pieces(document, &mut setter, &mut tags);
    let pages = pages::fill(head, pieces);
    draw::write(document, attached, &mut setter, pages, tags)
}
