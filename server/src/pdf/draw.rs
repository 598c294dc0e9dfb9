//! Pages to bytes: glyphs, rules, feet, the tree, the outline and what the file says of itself.

use super::pages::{Mark, Page};
use super::sheet::{FOOT, HEIGHT, Ink, MARGIN, MEASURE, SMALL, WIDTH};
use super::tags::Tree;
use super::text::{Line, Setter};
use super::{Attached, Document, PdfError};
use chrono::{Datelike as _, Timelike as _};
use krilla::SerializeSettings;
use krilla::color::rgb;
use krilla::configure::{Accessibility, Configuration, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};

/// Writes the file.
pub(super) fn write(
    document: &Document,
    attached: Option<&Attached>,
    setter: &mut Setter,
    pages: Vec<Page>,
    mut tags: Tree,
) -> Result<Vec<u8>, PdfError> {
    let settings = SerializeSettings { configuration: configuration()?, ..SerializeSettings::default() };
    let mut pdf = krilla::Document::new_with(settings);
    let count = pages.len();
    let mut headings = Vec::new();
    for (at, page) in pages.into_iter().enumerate() {
        let size = PageSettings::from_wh(WIDTH, HEIGHT).ok_or(PdfError::Write("the size of a page"))?;
        let mut sheet = pdf.start_page_with(size);
        let mut surface = sheet.surface();
        for (y, piece) in &page.pieces {
            for mark in &piece.marks {
                draw(&mut surface, mark, *y, &mut tags);
            }
            let target = XyzDestination::new(at, Point::from_xy(MARGIN, *y));
            headings.extend(piece.heading.clone().map(|(level, text)| (level, text, target)));
        }
        foot(document, setter, &mut surface, at, count);
        surface.finish();
        sheet.finish();
    }
    if let Some(file) = attached {
        let file = EmbeddedFile {
            path: file.name.to_owned(),
            mime_type: MimeType::new(file.kind),
            description: Some(file.about.clone()),
            association_kind: AssociationKind::Data,
            data: file.bytes.clone().into(),
            modification_date: Some(made_at(document)),
            compress: Some(true),
            location: None,
        };
        pdf.embed_file(file).ok_or(PdfError::Write("an attached file"))?;
    }
    pdf.set_metadata(metadata(document, setter.rtl()));
    pdf.set_outline(outline(headings));
    pdf.set_tag_tree(tags.finish().with_lang(Some(document.language.clone())));
    pdf.finish().map_err(|error| refused(&error))
}

fn configuration() -> Result<Configuration, PdfError> {
    ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|_| PdfError::Write("PDF/UA-1"))
}

fn draw(surface: &mut Surface<'_>, mark: &Mark, top: f32, tags: &mut Tree) {
    match mark {
        Mark::Text { x, y, line, style, place } => {
            let (x, baseline) = (MARGIN + x, top + y + style.baseline());
            match place {
                Some(place) => {
                    let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                    tags.drawn(*place, identifier);
                }
                None => {
                    _ = surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther)))
                }
            }
            text(surface, line, x, baseline, style.size, style.ink);
            surface.end_tagged();
        }
        Mark::Empty(place) => {
            let identifier = surface.start_tagged(ContentTag::Span(SpanTag::empty()));
            tags.drawn(*place, identifier);
            surface.end_tagged();
        }
        Mark::Rule { x, y, width, weight, ink } => {
            surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            rule(surface, MARGIN + x, top + y, *width, *weight, *ink);
            surface.end_tagged();
        }
    }
}

fn text(surface: &mut Surface<'_>, line: &Line, x: f32, baseline: f32, size: f32, ink: Ink) {
    surface.set_fill(Some(fill(ink)));
    for run in &line.runs {
        surface.draw_glyphs(
            Point::from_xy(x + run.x, baseline),
            &run.glyphs,
            run.font.clone(),
            &line.text,
            size,
            false,
        );
    }
}

fn rule(surface: &mut Surface<'_>, x: f32, y: f32, width: f32, weight: f32, ink: Ink) {
    let mut path = PathBuilder::new();
    if let Some(rect) = Rect::from_xywh(x, y - weight / 2.0, width, weight) {
        path.push_rect(rect);
    }
    surface.set_fill(Some(fill(ink)));
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

fn fill(Ink(red, green, blue): Ink) -> Fill {
    Fill { paint: rgb::Color::new(red, green, blue).into(), opacity: NormalizedF32::ONE, rule: FillRule::default() }
}

/// Reference and page, which readers skip: they would break every sentence that goes over a page.
fn foot(document: &Document, setter: &mut Setter, surface: &mut Surface<'_>, at: usize, count: usize) {
    surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Footer)));
    let label = (document.page_of)(at + 1, count);
    for (words, style) in [(&document.reference, SMALL), (&label, SMALL.at_end())] {
        for line in setter.set(words, style, MEASURE).into_iter().take(1) {
            text(surface, &line, MARGIN, FOOT, style.size, style.ink);
        }
    }
    surface.end_tagged();
}

fn made_at(document: &Document) -> DateTime {
    let at = document.made_at;
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    DateTime::new(u16::try_from(at.year()).unwrap_or_default())
        .month(part(at.month()))
        .day(part(at.day()))
        .hour(part(at.hour()))
        .minute(part(at.minute()))
        .second(part(at.second()))
        .utc_offset_hour(0)
}

fn metadata(document: &Document, rtl: bool) -> Metadata {
    Metadata::new()
        .title(super::text::clean(&document.title))
        .language(document.language.clone())
        .authors(vec![super::text::clean(&document.letterhead.name)])
        .creator("Nine Fifteen".to_owned())
        .creation_date(made_at(document))
        .text_direction(if rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight })
}

/// The headings as a reader's side panel shows them.
fn outline(headings: Vec<(u16, String, XyzDestination)>) -> Outline {
    let mut outline = Outline::new();
    let mut parts: Vec<(u16, OutlineNode)> = Vec::new();
    let close = |parts: &mut Vec<(u16, OutlineNode)>, outline: &mut Outline, level: u16| {
        while parts.last().is_some_and(|(open, _)| *open >= level) {
            let Some((_, node)) = parts.pop() else { return };
            match parts.last_mut() {
                Some((_, parent)) => parent.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for (level, text, target) in headings {
        close(&mut parts, &mut outline, level);
        parts.push((level, OutlineNode::new(text, target)));
    }
    close(&mut parts, &mut outline, 0);
    outline
}

/// The rule that was broken, without what broke it: the writer's own words quote the text.
fn refused(error: &KrillaError) -> PdfError {
    PdfError::Write(match error {
        KrillaError::Font(..) => "a font",
        KrillaError::Validation(_) => "PDF/UA-1",
        KrillaError::Limit(_) => "a limit of the format",
        _ => "its structure",
    })
}
