//! From pieces to pages: nothing is split that belongs together.

use super::sheet::{BOTTOM, Ink, Style, TOP};
use super::tags::Place;
use super::text::Line;
use std::rc::Rc;

/// Something that is drawn, from its piece's upper left corner.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// A line of text.
    Text {
        /// From the margin.
        x: f32,
        /// The top of its line, from the piece's top.
        y: f32,
        line: Line,
        style: Style,
        /// Where it belongs for a screen reader; nowhere if it only repeats.
        place: Option<Place>,
    },
    /// A cell that is empty: a table has no gaps for a screen reader.
    Empty(Place),
    /// A rule.
    Rule { x: f32, y: f32, width: f32, weight: f32, ink: Ink },
}

/// The smallest part of a document: it is never split.
#[derive(Debug, Clone, Default)]
pub(super) struct Piece {
    /// Space above, unless it begins a page.
    pub(super) before: f32,
    /// How high.
    pub(super) height: f32,
    /// Whether the next piece must stand on the same page.
    pub(super) keep: bool,
    /// What is drawn.
    pub(super) marks: Vec<Mark>,
    /// What is drawn once more when this piece begins a page: the head of its table.
    pub(super) head: Option<Rc<Piece>>,
    /// The heading this is, for the outline.
    pub(super) heading: Option<(u16, String)>,
}

/// One page: what stands on it, and how far from the top.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) pieces: Vec<(f32, Rc<Piece>)>,
}

/// The first page's head, and where the body may begin under it.
pub(super) struct Head {
    pub(super) pieces: Vec<(f32, Piece)>,
    pub(super) below: f32,
}

/// Fills pages from the top.
pub(super) fn fill(head: Head, pieces: Vec<Piece>) -> Vec<Page> {
    let mut page = Page { pieces: head.pieces.into_iter().map(|(y, piece)| (y, Rc::new(piece))).collect() };
    let mut pages = Vec::new();
    let (mut y, mut begins) = (head.below, true);
    for (at, piece) in pieces.iter().enumerate() {
        let before = if begins { 0.0 } else { piece.before };
        let needed = together(&pieces[at..]);
        let room = BOTTOM - TOP - piece.head.as_ref().map_or(0.0, |head| head.height);
        let splits = y + before + piece.height > BOTTOM;
        let parts = needed <= room && y + before + needed > BOTTOM;
        if !begins && (splits || parts) || begins && y > TOP && splits {
            pages.push(std::mem::take(&mut page));
            y = TOP;
            if let Some(head) = &piece.head {
                page.pieces.push((y, Rc::clone(head)));
                y += head.height;
            }
        } else {
            y += before;
        }
        page.pieces.push((y, Rc::new(piece.clone())));
        y += piece.height;
        begins = false;
    }
    pages.push(page);
    pages
}

/// How high the first piece is with all that must stand on its page.
fn together(pieces: &[Piece]) -> f32 {
    let mut height = 0.0;
    for (at, piece) in pieces.iter().enumerate() {
        height += piece.height + if at == 0 { 0.0 } else { piece.before };
        if !piece.keep {
            break;
        }
    }
    height
}
