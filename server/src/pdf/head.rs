//! The head of the first page: who writes, to whom, and when.

use super::Document;
use super::pages::{Head, Mark, Piece};
use super::sheet::{
    ADDRESS, BELOW_HEAD, BELOW_WINDOW, CELL, CONTACT, GREEN, HEAD, MEASURE, MM, SCHOOL, SMALL, Style, WINDOW,
    WINDOW_LINES, WINDOW_WIDTH,
};
use super::tags::Tree;
use super::text::Setter;

/// The letterhead with its double rule, the address in the window, date and reference.
pub(super) fn first_page(document: &Document, setter: &mut Setter, tags: &mut Tree) -> Head {
    let mut head = Column { setter, tags, y: HEAD, pieces: Vec::new() };
    let letterhead = &document.letterhead;
    head.text(&letterhead.name, SCHOOL, 0.0, MEASURE);
    for line in [letterhead.address.join(", "), letterhead.contact.join("  ·  ")] {
        head.text(&line, CONTACT, 0.0, MEASURE);
    }
    head.y += 5.0;
    head.rule(1.6);
    head.y += 3.2;
    head.rule(0.5);
    let under = head.y + 6.0 * MM;

    let windowed = !document.addressee.is_empty() && document.addressee.len() <= WINDOW_LINES;
    if windowed {
        head.y = WINDOW.max(under);
        head.paragraph(&document.addressee.join("\n"), ADDRESS, WINDOW_WIDTH);
    }
    let low = head.y;
    // Beside the window or, without one, above the body.
    head.y = if windowed { WINDOW.max(under) } else { BELOW_HEAD.max(under) };
    if windowed {
        let (x, width) = (WINDOW_WIDTH + 8.0 * MM, MEASURE - WINDOW_WIDTH - 8.0 * MM);
        head.text(&document.date, CELL.at_end(), x, width);
        head.text(&document.reference, SMALL.at_end(), x, width);
    } else {
        head.paragraph(&document.addressee.join("\n"), ADDRESS, MEASURE);
        head.text(&document.date, CELL, 0.0, MEASURE);
        head.text(&document.reference, SMALL, 0.0, MEASURE);
    }
    let below = head.y.max(low) + 6.0 * MM;
    Head { below: if windowed { below.max(BELOW_WINDOW) } else { below }, pieces: head.pieces }
}

/// Lines under each other.
struct Column<'a> {
    setter: &'a mut Setter,
    tags: &'a mut Tree,
    y: f32,
    pieces: Vec<(f32, Piece)>,
}

impl Column<'_> {
    fn paragraph(&mut self, text: &str, style: Style, width: f32) {
        self.text(text, style, 0.0, width);
    }

    fn text(&mut self, text: &str, style: Style, x: f32, width: f32) {
        if text.trim().is_empty() {
            return;
        }
        let place = Some(self.tags.paragraph());
        for line in self.setter.set(text, style, width) {
            let marks = vec![Mark::Text { x, y: 0.0, line, style, place }];
            self.pieces.push((self.y, Piece { height: style.leading, marks, ..Piece::default() }));
            self.y += style.leading;
        }
    }

    fn rule(&mut self, weight: f32) {
        let marks = vec![Mark::Rule { x: 0.0, y: 0.0, width: MEASURE, weight, ink: GREEN }];
        self.pieces.push((self.y, Piece { marks, ..Piece::default() }));
    }
}
