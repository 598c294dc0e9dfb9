//! A letter that is filled in, as blocks.

use app::rules::letter::Part;

use super::{Block, Level};

/// The blocks of a letter's parts, in their order.
#[must_use]
pub fn blocks(parts: Vec<Part>) -> Vec<Block> {
    let block = |part| match part {
        Part::Heading(text) => Block::Heading(Level::Part, text),
        Part::Paragraph(text) => Block::Paragraph(text),
        Part::List(points) => Block::List(points),
    };
    parts.into_iter().map(block).collect()
}
