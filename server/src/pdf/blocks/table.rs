//! Rows and columns.

use super::super::pages::{Mark, Piece};
use super::super::sheet::{BOTTOM, CELL, DARK, LABEL, LINE, MEASURE, MM, Style, TOP};
use super::super::tags::{Place, Tree};
use super::Body;
use krilla::tagging::{TableHeaderScope, Tag};
use std::rc::Rc;

/// Above and below the text of a row.
const PAD: f32 = 3.0;
/// Between columns.
const GAP: f32 = 4.0 * MM;
/// A row of so many lines is never split; a longer one may be, between lines.
const SHORT: usize = 12;
/// No column is narrower.
const NARROWEST: f32 = 8.0 * MM;

/// A cell: what it says, how, where it belongs, how wide it is.
type Cell<'a> = (&'a String, Style, Place, f32);

impl Body<'_> {
    pub(super) fn table(&mut self, head: &[String], rows: &[Vec<String>]) {
        if head.is_empty() {
            return;
        }
        let widths = self.widths(head, rows);
        let table = self.tags.branch(Tree::ROOT, Tag::Table);
        let thead = self.tags.branch(table, Tag::THead);
        let row = self.tags.branch(thead, Tag::TR);
        let cells: Vec<Cell<'_>> = head
            .iter()
            .zip(&widths)
            .map(|(text, width)| (text, LABEL, self.tags.head_cell(row, TableHeaderScope::Column), *width))
            .collect();
        let from = self.pieces.len();
        self.row(&cells, 10.0, None);
        // A head that fills pages would leave none for the rows.
        let head = Some(self.under_head(from)).filter(|head| head.height < (BOTTOM - TOP) / 4.0);
        let body = self.tags.branch(table, Tag::TBody);
        let empty = String::new();
        for cells in rows {
            let row = self.tags.branch(body, Tag::TR);
            let cells: Vec<Cell<'_>> = widths
                .iter()
                .enumerate()
                .map(|(at, width)| (cells.get(at).unwrap_or(&empty), CELL, self.tags.branch(row, Tag::TD), *width))
                .collect();
            self.row(&cells, 0.0, head.as_ref());
        }
    }

    /// The head's pieces, ruled off and kept with the first row; and what is repeated of them, which no reader hears twice.
    fn under_head(&mut self, from: usize) -> Rc<Piece> {
        let mut repeated = Piece::default();
        for piece in &mut self.pieces[from..] {
            piece.keep = true;
            let height = repeated.height;
            repeated.marks.extend(piece.marks.iter().filter_map(|mark| match mark.clone() {
                Mark::Text { x, y, line, style, .. } => Some(Mark::Text { x, y: y + height, line, style, place: None }),
                Mark::Rule { x, y, width, weight, ink } => Some(Mark::Rule { x, y: y + height, width, weight, ink }),
                Mark::Empty(_) => None,
            }));
            repeated.height += piece.height;
        }
        let rule = |height| Mark::Rule { x: 0.0, y: height, width: MEASURE, weight: 0.9, ink: DARK };
        if let Some(last) = self.pieces.last_mut() {
            last.marks.push(rule(last.height));
        }
        repeated.marks.push(rule(repeated.height));
        Rc::new(repeated)
    }

    /// One row with a hairline under it.
    pub(super) fn row(&mut self, cells: &[Cell<'_>], before: f32, head: Option<&Rc<Piece>>) {
        let rtl = self.setter.rtl();
        let leading = cells.iter().map(|(_, style, ..)| style.leading).fold(0.0, f32::max);
        let mut columns = Vec::new();
        let mut x = 0.0;
        for (text, style, place, width) in cells {
            let inner = (width - GAP).max(NARROWEST);
            let lines = self.setter.set(text, *style, inner);
            let left = if rtl { MEASURE - x - inner } else { x };
            columns.push((left, lines.into_iter(), *style, *place, text.trim().is_empty()));
            x += width;
        }
        let count = columns.iter().map(|column| column.1.len()).max().unwrap_or(0).max(1);
        for at in 0..count {
            let (first, last) = (at == 0, at + 1 == count);
            let top = if first { PAD } else { 0.0 };
            let mut marks = Vec::new();
            for (x, lines, style, place, empty) in &mut columns {
                if *empty && first {
                    marks.push(Mark::Empty(*place));
                }
                let line = lines.next().filter(|_| !*empty);
                marks.extend(line.map(|line| Mark::Text { x: *x, y: top, line, style: *style, place: Some(*place) }));
            }
            let height = top + leading + if last { PAD } else { 0.0 };
            if last {
                marks.push(Mark::Rule { x: 0.0, y: height, width: MEASURE, weight: 0.5, ink: LINE });
            }
            let keep = !last && (count <= SHORT || first || at + 2 == count);
            self.pieces.push(Piece {
                before: if first { before } else { 0.0 },
                height,
                keep,
                marks,
                head: head.cloned(),
                heading: None,
            });
        }
    }

    /// Columns that need little get what they need; the others share the rest.
    fn widths(&mut self, head: &[String], rows: &[Vec<String>]) -> Vec<f32> {
        let mut wanted: Vec<f32> = head.iter().map(|text| self.setter.width(text, LABEL)).collect();
        for row in rows {
            for (text, wanted) in row.iter().zip(&mut wanted) {
                *wanted = self.setter.width(text, CELL).max(*wanted);
            }
        }
        share(&wanted.iter().map(|wanted| wanted + GAP + 1.0).collect::<Vec<_>>(), MEASURE)
    }
}

/// Shares a width: nobody gets more than wanted before everybody has a fair part; what is left over goes to the last.
fn share(wanted: &[f32], width: f32) -> Vec<f32> {
    let mut given = vec![0.0; wanted.len()];
    let mut waiting: Vec<usize> = (0..wanted.len()).collect();
    let mut left = width;
    while !waiting.is_empty() {
        let fair = left / share_count(waiting.len());
        let (content, rest): (Vec<_>, Vec<_>) = waiting.iter().copied().partition(|at| wanted[*at] <= fair);
        if content.is_empty() {
            rest.iter().for_each(|at| given[*at] = fair);
            return given;
        }
        for at in content {
            given[at] = wanted[at];
            left -= wanted[at];
        }
        waiting = rest;
    }
    if let Some(last) = given.last_mut() {
        *last += left;
    }
    given
}

/// A number of columns as a divisor.
fn share_count(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_column_takes_what_the_narrow_ones_leave() {
        assert_eq!(share(&[50.0, 500.0, 70.0], 400.0), [50.0, 280.0, 70.0]);
        assert_eq!(share(&[500.0, 500.0], 400.0), [200.0, 200.0]);
        assert_eq!(share(&[50.0, 60.0], 400.0), [50.0, 350.0]);
        assert_eq!(share(&[], 400.0), [0.0; 0]);
    }
}
