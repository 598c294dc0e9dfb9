//! From a text to lines of glyphs: what people typed is cleaned, shaped and broken, in any script and both directions.

mod clean;

pub(super) use clean::clean;

use super::fonts::{Fonts, is_rtl};
use super::sheet::{Edge, Style, Voice};
use super::{Block, Document, PdfError};
use krilla::text::{Font, Glyph as _, GlyphId, KrillaGlyph};
use parley::{
    Alignment, AlignmentOptions, FontContext, FontFamily, FontFamilyName, FontWeight, Layout, LayoutContext,
    LineHeight, OverflowWrap, StyleProperty,
};
use std::borrow::Cow;
use std::ops::Range;
use std::rc::Rc;

/// Where an unmarked paragraph takes its direction from: a strong character that shows nothing. Without it a sentence
/// that begins with a name in Arabic would be set from the right.
const LEFT_TO_RIGHT: char = '\u{200e}';
const RIGHT_TO_LEFT: char = '\u{200f}';
/// What is drawn for a character that no font has; its text is kept.
const UNKNOWN: char = '\u{fffd}';

/// One line, ready to be drawn.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// The whole text it was taken from; glyphs point into it.
    pub(super) text: Rc<str>,
    /// Glyphs by font, in reading order.
    pub(super) runs: Vec<Run>,
}

/// Glyphs of one font.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// Where they begin, from the line's left edge.
    pub(super) x: f32,
    /// The font.
    pub(super) font: Font,
    /// The glyphs, from the left.
    pub(super) glyphs: Vec<KrillaGlyph>,
}

/// Sets texts in the fonts of one document.
pub(super) struct Setter {
    fonts: Fonts,
    context: FontContext,
    layouts: LayoutContext<()>,
    rtl: bool,
    unknown: Option<Sign>,
}

/// The sign for a character that no font has.
struct Sign {
    font: Font,
    glyph: GlyphId,
    /// Its width, in ems.
    advance: f32,
}

impl Setter {
    /// A setter with the fonts the document needs.
    pub(super) fn new(document: &Document) -> Result<Self, PdfError> {
        let (fonts, collection) = Fonts::of(texts(document))?;
        let context = FontContext { collection, ..FontContext::default() };
        let mut setter =
            Self { fonts, context, layouts: LayoutContext::new(), rtl: is_rtl(&document.language), unknown: None };
        let sign = setter.set(&UNKNOWN.to_string(), super::sheet::BODY, f32::MAX);
        setter.unknown = sign.first().and_then(|line| line.runs.first()).and_then(|run| {
            let glyph = run.glyphs.first()?;
            Some(Sign { font: run.font.clone(), glyph: glyph.glyph_id(), advance: glyph.x_advance(1.0) })
        });
        Ok(setter)
    }

    /// Whether lines begin at the right.
    pub(super) fn rtl(&self) -> bool {
        self.rtl
    }

    /// Breaks a text into lines of at most this width. At least one line, even for an empty text.
    pub(super) fn set(&mut self, text: &str, style: Style, width: f32) -> Vec<Line> {
        let text = self.marked(text);
        let layout = self.layout(&text, style, width);
        let text: Rc<str> = text.into();
        layout.lines().map(|line| self.line(&line, &text)).collect()
    }

    /// Whether a font was found for all of a text.
    #[cfg(test)]
    pub(super) fn knows(mut self, text: &str) -> bool {
        // Without a sign to put there, what is missing keeps glyph 0.
        self.unknown = None;
        let lines = self.set(text, super::sheet::BODY, f32::MAX);
        lines.iter().flat_map(|line| &line.runs).flat_map(|run| &run.glyphs).all(|glyph| glyph.glyph_id().to_u32() != 0)
    }

    /// How wide a text is if it is not broken.
    pub(super) fn width(&mut self, text: &str, style: Style) -> f32 {
        let text = self.marked(text);
        self.layout(&text, style, f32::MAX).width()
    }

    fn marked(&self, text: &str) -> String {
        let mark = if self.rtl { RIGHT_TO_LEFT } else { LEFT_TO_RIGHT };
        // Each paragraph of a text finds its direction for itself.
        clean(text).split('\n').map(|paragraph| format!("{mark}{paragraph}")).collect::<Vec<_>>().join("\n")
    }

    fn layout(&mut self, text: &str, style: Style, width: f32) -> Layout<()> {
        let families: Vec<_> =
            self.fonts.families(style.voice).map(|name| FontFamilyName::Named(Cow::Borrowed(name))).collect();
        let weight = if style.voice == Voice::Work { FontWeight::NORMAL } else { FontWeight::BOLD };
        let mut builder = self.layouts.ranged_builder(&mut self.context, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Owned(families))));
        builder.push_default(StyleProperty::FontWeight(weight));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(LineHeight::Absolute(style.leading));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::Anywhere));
        let mut layout = builder.build(text);
        let bounded = width.is_finite() && width < f32::MAX;
        layout.break_all_lines(bounded.then_some(width));
        let alignment = if style.edge == Edge::End { Alignment::End } else { Alignment::Start };
        if bounded {
            layout.align(alignment, AlignmentOptions::default());
        }
        layout
    }

    fn line(&self, line: &parley::Line<'_, ()>, text: &Rc<str>) -> Line {
        let mut drawn = Line { text: Rc::clone(text), runs: Vec::new() };
        let mut x = line.metrics().offset;
        for run in line.runs() {
            let Some(font) = self.fonts.font(&run.font().data) else { continue };
            let mut pen = Pen { line: &mut drawn, font, size: run.font_size(), x, run: None };
            for Shaped { range, glyphs } in shaped(&run) {
                match &self.unknown {
                    _ if text.get(range.clone()).is_none_or(is_silent) => {}
                    Some(sign) if glyphs.iter().any(|glyph| glyph.id == 0) => pen.sign(sign, range),
                    _ => glyphs.into_iter().for_each(|glyph| pen.put(glyph, range.clone())),
                }
            }
            x = pen.lift();
        }
        // They were put down from the left; whoever copies or listens wants them as they are read.
        drawn.runs.sort_by_key(|run| run.glyphs.iter().map(|glyph| glyph.text_range().start).min());
        drawn
    }
}

/// Characters that were shaped as one, and the glyphs they became.
struct Shaped {
    range: Range<usize>,
    glyphs: Vec<parley::Glyph>,
}

/// A run's glyphs from the left. The later characters of a ligature have none of their own: all of its glyphs stand for all of them.
fn shaped(run: &parley::Run<'_, ()>) -> Vec<Shaped> {
    let mut shaped: Vec<Shaped> = Vec::with_capacity(run.len());
    for cluster in run.clusters() {
        match shaped.last_mut() {
            Some(last) if cluster.is_ligature_continuation() => last.range.end = cluster.text_range().end,
            _ => shaped.push(Shaped { range: cluster.text_range(), glyphs: cluster.glyphs().collect() }),
        }
    }
    if run.is_rtl() {
        shaped.reverse();
    }
    shaped
}

/// Puts one run's glyphs down, from the left.
struct Pen<'a> {
    line: &'a mut Line,
    font: &'a Font,
    size: f32,
    x: f32,
    run: Option<Run>,
}

impl Pen<'_> {
    fn put(&mut self, glyph: parley::Glyph, range: Range<usize>) {
        let run = self.run.get_or_insert_with(|| Run { x: self.x, font: self.font.clone(), glyphs: Vec::new() });
        let em = self.size;
        run.glyphs.push(KrillaGlyph::new(
            GlyphId::new(glyph.id),
            glyph.advance / em,
            glyph.x / em,
            glyph.y / em,
            0.0,
            range,
            None,
        ));
        self.x += glyph.advance;
    }

    /// A character that no font has: something to see, and its text with it.
    fn sign(&mut self, sign: &Sign, range: Range<usize>) {
        self.finish();
        let glyph = KrillaGlyph::new(sign.glyph, sign.advance, 0.0, 0.0, 0.0, range, None);
        self.line.runs.push(Run { x: self.x, font: sign.font.clone(), glyphs: vec![glyph] });
        self.x += sign.advance * self.size;
    }

    fn finish(&mut self) {
        self.line.runs.extend(self.run.take());
    }

    fn lift(mut self) -> f32 {
        self.finish();
        self.x
    }
}

/// Whether a cluster has nothing to show.
fn is_silent(cluster: &str) -> bool {
    cluster.chars().all(is_mark)
}

/// Line ends, marks of direction, and what `clean` puts between too many marks.
fn is_mark(character: char) -> bool {
    matches!(character, '\n' | '\u{200b}' | LEFT_TO_RIGHT | RIGHT_TO_LEFT | '\u{2066}'..='\u{2069}')
}

/// Every text of a document.
fn texts(document: &Document) -> impl Iterator<Item = &str> {
    let head = [&document.title, &document.letterhead.name, &document.date, &document.reference].into_iter();
    let lists = [&document.letterhead.address, &document.letterhead.contact, &document.addressee].into_iter().flatten();
    head.chain(lists).map(String::as_str).chain(document.blocks.iter().flat_map(block_texts))
}

fn block_texts(block: &Block) -> Vec<&str> {
    match block {
        Block::Heading(_, text) | Block::Paragraph(text) | Block::Small(text) => vec![text],
        Block::Facts(facts) => facts.iter().flat_map(|(label, value)| [label.as_str(), value.as_str()]).collect(),
        Block::List(points) => points.iter().map(String::as_str).collect(),
        Block::Table { head, rows } => head.iter().chain(rows.iter().flatten()).map(String::as_str).collect(),
        Block::Signature { name, lines } => std::iter::once(name).chain(lines).map(String::as_str).collect(),
    }
}
