//! From blocks to pieces: lines that stand on one grid, and what must not be parted.

mod table;

use super::pages::{Mark, Piece};
use super::sheet::{BODY, CELL, LABEL, LINE, MEASURE, MM, PART, SECTION, SIGNED, SMALL, Style, TITLE};
use super::tags::{Place, Tree};
use super::text::{Line, Setter, clean};
use super::{Block, Document, Level};
use krilla::tagging::{TableHeaderScope, Tag};
use std::num::NonZeroU16;

/// Lines of a paragraph that stay together at its beginning and at its end.
const TOGETHER: usize = 2;
const BULLET: &str = "•";

/// The title and the body.
pub(super) fn pieces(document: &Document, setter: &mut Setter, tags: &mut Tree) -> Vec<Piece> {
    let facts = document.blocks.iter().filter_map(|block| match block {
        Block::Facts(facts) => Some(facts),
        _ => None,
    });
    let widest = facts.flatten().map(|(label, _)| setter.width(label, LABEL)).fold(0.0, f32::max);
    let labels = (widest + 5.0 * MM).clamp(30.0 * MM, 0.4 * MEASURE);
    let mut body = Body { setter, tags, pieces: Vec::new(), part: false, labels };
    body.heading(1, &document.title, TITLE, 0.0);
    for block in &document.blocks {
        body.block(block);
    }
    body.pieces
}

struct Body<'a> {
    setter: &'a mut Setter,
    tags: &'a mut Tree,
    pieces: Vec<Piece>,
    part: bool,
    /// How wide the labels of facts stand: the same all through, so that answers of all parts begin on one line.
    labels: f32,
}

impl Body<'_> {
    fn block(&mut self, block: &Block) {
        let from = self.pieces.len();
        self.add(block);
        // Under a rule a text needs more air than under a line.
        let ruled = self.pieces[..from]
            .last()
            .and_then(|piece| piece.marks.last())
            .is_some_and(|mark| matches!(mark, Mark::Rule { .. }));
        if let Some(first) = self.pieces.get_mut(from).filter(|_| ruled) {
            first.before = first.before.max(12.0);
        }
    }

    fn add(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => {
                let (depth, style) = match level {
                    Level::Section if self.part => (3, SECTION),
                    Level::Section => (2, SECTION),
                    Level::Part => (2, PART),
                };
                self.part |= *level == Level::Part;
                self.heading(depth, text, style, 14.0);
            }
            Block::Paragraph(text) => self.paragraph(text, BODY, 8.0),
            Block::Small(text) => self.paragraph(text, SMALL, 8.0),
            Block::Facts(facts) => self.facts(facts),
            Block::List(points) => self.list(points),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Signature { name, lines } => self.signature(name, lines),
        }
    }

    fn heading(&mut self, depth: u16, text: &str, style: Style, before: f32) {
        let depth = NonZeroU16::new(depth).unwrap_or(NonZeroU16::MIN);
        let text = &clean(text);
        if text.trim().is_empty() {
            return;
        }
        let place = self.tags.heading(depth, text);
        let lines = self.setter.set(text, style, MEASURE);
        for (at, line) in lines.into_iter().enumerate() {
            let piece = one_line(line, 0.0, style, place);
            let heading = (at == 0).then(|| (depth.get(), text.clone()));
            self.pieces.push(Piece { before: if at == 0 { before } else { 0.0 }, keep: true, heading, ..piece });
        }
    }

    fn paragraph(&mut self, text: &str, style: Style, before: f32) {
        let place = self.tags.paragraph();
        let lines = self.setter.set(text, style, MEASURE);
        self.lines(lines, 0.0, style, place, before);
    }

    /// Lines under each other, of which the first two and the last two stay together.
    fn lines(&mut self, lines: Vec<Line>, x: f32, style: Style, place: Place, before: f32) {
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let last = at + 1 == count;
            let keep = !last && (at + 1 < TOGETHER || at + TOGETHER + 1 > count - 1);
            self.pieces.push(Piece {
                before: if at == 0 { before } else { 0.0 },
                keep,
                ..one_line(line, x, style, place)
            });
        }
    }

    fn list(&mut self, points: &[String]) {
        let indent = 5.0 * MM;
        let list = self.tags.list();
        for (at, point) in points.iter().enumerate() {
            let item = self.tags.branch(list, Tag::LI);
            let label = self.tags.branch(item, Tag::Lbl);
            let body = self.tags.branch(item, Tag::LBody);
            let first = self.pieces.len();
            let lines = self.setter.set(point, BODY, MEASURE - indent);
            let rtl = self.setter.rtl();
            self.lines(lines, if rtl { 0.0 } else { indent }, BODY, body, if at == 0 { 8.0 } else { 3.0 });
            let bullet = self.setter.set(BULLET, BODY, indent);
            let marks = bullet.into_iter().map(|line| Mark::Text {
                x: if rtl { MEASURE - indent } else { 0.0 },
                y: 0.0,
                line,
                style: BODY,
                place: Some(label),
            });
            self.pieces[first].marks.splice(0..0, marks);
        }
    }

    /// Label and value in two columns, a hairline between.
    fn facts(&mut self, facts: &[(String, String)]) {
        let first = self.labels;
        let table = self.tags.branch(Tree::ROOT, Tag::Table);
        for (at, (label, value)) in facts.iter().enumerate() {
            let row = self.tags.branch(table, Tag::TR);
            let cells = [
                (label, LABEL, self.tags.head_cell(row, TableHeaderScope::Row), first),
                (value, CELL, self.tags.branch(row, Tag::TD), MEASURE - first),
            ];
            self.row(&cells, if at == 0 { 10.0 } else { 0.0 }, None);
        }
        if let Some(last) = self.pieces.last_mut() {
            last.keep = false;
        }
    }

    fn signature(&mut self, name: &str, lines: &[String]) {
        // Who signs stands with the last lines of what is signed.
        let from = self.pieces.len().saturating_sub(TOGETHER);
        self.pieces[from..].iter_mut().for_each(|piece| piece.keep = true);
        let width = 70.0 * MM;
        let x = if self.setter.rtl() { MEASURE - width } else { 0.0 };
        let rule = Mark::Rule { x, y: 0.0, width, weight: 0.5, ink: LINE };
        self.pieces.push(Piece { before: 22.0, height: 4.0, keep: true, marks: vec![rule], ..Piece::default() });
        let place = self.tags.paragraph();
        for line in self.setter.set(name, SIGNED, MEASURE) {
            self.pieces.push(Piece { keep: true, ..one_line(line, 0.0, SIGNED, place) });
        }
        for text in lines {
            let place = self.tags.paragraph();
            for line in self.setter.set(text, SMALL, MEASURE) {
                self.pieces.push(Piece { keep: true, ..one_line(line, 0.0, SMALL, place) });
            }
        }
        if let Some(last) = self.pieces.last_mut() {
            last.keep = false;
        }
    }
}

fn one_line(line: Line, x: f32, style: Style, place: Place) -> Piece {
    Piece {
        height: style.leading,
        marks: vec![Mark::Text { x, y: 0.0, line, style, place: Some(place) }],
        ..Piece::default()
    }
}
