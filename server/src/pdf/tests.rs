//! What a letter must be: the same bytes, text that can be read out, a tree for screen readers, nothing lost over pages.

mod hostile;
mod read;
mod sample;
mod scripts;

use super::*;
use read::Read;
use sample::{letter, plain};

/// An ordinary letter measured 35.6 kB: two fonts' letters in two weights, and the tree.
const LETTER: usize = 45_000;

#[test]
fn the_same_letter_is_the_same_bytes() {
    let first = draw(&letter()).unwrap();
    let other = draw(&plain(vec![Block::Paragraph("王小明 and عائشہ".to_owned())])).unwrap();
    let again = std::thread::spawn(|| draw(&letter()).unwrap()).join().unwrap();
    assert_eq!(first, again);
    assert_ne!(first, other);
}

#[test]
fn a_letter_is_small() {
    let size = draw(&letter()).unwrap().len();
    assert!(size < LETTER, "{size}");
}

#[test]
fn a_letter_is_tagged_titled_and_in_a_language() {
    let read = Read::of(&draw(&letter()).unwrap());
    let catalog = read.document.catalog().unwrap();
    let marked = catalog.get(b"MarkInfo").unwrap().as_dict().unwrap().get(b"Marked").unwrap();
    assert!(marked.as_bool().unwrap());
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"en-GB");
    let shown = catalog.get(b"ViewerPreferences").unwrap().as_dict().unwrap().get(b"DisplayDocTitle").unwrap();
    assert!(shown.as_bool().unwrap());
    let metadata = read.document.get_object(catalog.get(b"Metadata").unwrap().as_reference().unwrap()).unwrap();
    let metadata = String::from_utf8(metadata.as_stream().unwrap().content.clone()).unwrap();
    for said in ["Your request for leave", "pdfuaid:part", "2026-11-26T10:12:00"] {
        assert!(metadata.contains(said), "{said}: {metadata}");
    }
}

#[test]
fn a_letter_is_heard_in_order_and_by_its_parts() {
    let read = Read::of(&draw(&letter()).unwrap());
    let heard = |at: usize| (read.heard[at].0.as_str(), read.heard[at].1.as_str());
    assert_eq!(heard(0), ("P", "Hazel Row Primary School"));
    assert!(heard(3).1.starts_with("Mrs Ngozi Okafor"));
    let from = read.heard.iter().position(|(role, _)| role == "H1").unwrap();
    assert_eq!(heard(from), ("H1", "Your request for leave"));
    assert_eq!(heard(from + 1), ("P", "Dear Mrs Okafor"));
    assert_eq!(
        read.roles(),
        [
            "P", "H1", "P", "TH", "TD", "TH", "TD", "TH", "TD", "TH", "TD", "H2", "Lbl", "LBody", "Lbl", "LBody",
            "Lbl", "LBody", "P"
        ]
    );
    assert_eq!(read.pages(), 1);
    assert_eq!(read.skipped[0].trim(), "Reference K7P2M4Page 1 of 1");
}

#[test]
fn a_paragraph_over_pages_is_one_paragraph() {
    let long = "Two thousand characters go over a page and none is lost. ".repeat(120);
    let read = Read::of(&draw(&plain(vec![Block::Paragraph(long.clone()), Block::Small("End".to_owned())])).unwrap());
    assert!(read.pages() > 1);
    let found = read.heard.iter().find(|(_, text)| text.starts_with("Two thousand")).unwrap();
    assert_eq!(found.1.trim_end(), long.trim_end());
    assert_eq!(read.skipped[1].trim(), format!("Reference K7P2M4Page 2 of {}", read.pages()));
}

#[test]
fn a_table_over_pages_repeats_its_head_to_the_eye_only() {
    let rows = (1..=300).map(|number| vec![format!("Line {number}"), "I".to_owned()]).collect();
    let read =
        Read::of(&draw(&plain(vec![Block::Table { head: vec!["Day".to_owned(), "Code".to_owned()], rows }])).unwrap());
    let lines: Vec<&str> =
        read.heard.iter().filter(|(_, text)| text.starts_with("Line ")).map(|(_, text)| text.as_str()).collect();
    assert_eq!(lines.len(), 300);
    assert!(lines.iter().enumerate().all(|(at, line)| *line == format!("Line {}", at + 1)));
    assert_eq!(read.heard.iter().filter(|(role, _)| role == "TH").count(), 2);
    assert!(read.skipped[1..].iter().all(|page| page.starts_with("Day\nCode\n")), "{:?}", read.skipped);
}

#[test]
fn a_long_document_is_heard_once_and_whole() {
    let read = Read::of(&draw(&sample::long()).unwrap());
    for (said, times) in [("Small print. ", 40), ("Illness (not", 300), ("quick brown fox", 20), ("Helen Marsh", 1)] {
        assert_eq!(read.text().matches(said).count(), times, "{said}");
    }
    assert_eq!(read.skipped.len(), read.pages());
}

#[test]
fn a_missing_cell_is_an_empty_one() {
    let table = Block::Table {
        head: vec!["A".to_owned(), "B".to_owned()],
        rows: vec![vec![String::new()], vec!["x".to_owned(); 3]],
    };
    let read = Read::of(&draw(&plain(vec![table])).unwrap());
    let cells: Vec<&str> = read.heard.iter().filter(|(role, _)| role == "TD").map(|(_, text)| text.as_str()).collect();
    assert_eq!(cells, ["", "", "x", "x"]);
}

/// The pages of a document, as the texts' first words at the top of each and at its end.
fn filled(blocks: Vec<Block>) -> Vec<Vec<String>> {
    let document = plain(blocks);
    let mut setter = text::Setter::new(&document).unwrap();
    let mut tags = tags::Tree::new();
    let head = head::first_page(&document, &mut setter, &mut tags);
    let pieces = blocks::pieces(&document, &mut setter, &mut tags);
    let words = |piece: &pages::Piece| piece.marks.iter().filter_map(text_of).collect::<Vec<_>>().join(" ");
    pages::fill(head, pieces)
        .iter()
        .map(|page| page.pieces.iter().map(|(_, piece)| words(piece)).filter(|words| !words.is_empty()).collect())
        .collect()
}

fn text_of(mark: &pages::Mark) -> Option<String> {
    use krilla::text::Glyph as _;
    let pages::Mark::Text { line, .. } = mark else { return None };
    let glyphs = line.runs.iter().flat_map(|run| &run.glyphs).filter_map(|glyph| line.text.get(glyph.text_range()));
    Some(glyphs.collect::<String>().trim().to_owned())
}

#[test]
fn no_heading_row_or_signature_stands_alone() {
    let line = |number| Block::Paragraph(format!("Line {number}"));
    // Wherever the page happens to end.
    for before in 15..32 {
        let mut blocks: Vec<Block> = (0..before).map(line).collect();
        blocks.push(Block::Heading(Level::Part, "Heading".to_owned()));
        blocks.push(Block::Table {
            head: vec!["Head".to_owned()],
            rows: vec![vec!["One\nTwo\nThree\nFour".to_owned()]; 2],
        });
        blocks.push(Block::Paragraph("First\nSecond\nThird\nFourth\nFifth".to_owned()));
        blocks.push(Block::Signature { name: "Name".to_owned(), lines: vec!["Title".to_owned(), "When".to_owned()] });
        let pages = filled(blocks);
        for page in &pages {
            let last = page.last().map(String::as_str).unwrap_or_default();
            assert!(
                !["Heading", "Head", "One", "Two", "Three", "First", "Fourth", "Name", "Title"].contains(&last),
                "{before}: {last}"
            );
        }
        for page in &pages[1..] {
            assert!(!["Fifth", "Name", "Title", "When"].contains(&page[0].as_str()), "{before}: {page:?}");
        }
    }
}

#[test]
fn a_row_higher_than_a_page_is_split_between_lines() {
    let high = (1..=120).map(|number| format!("Point {number}")).collect::<Vec<_>>().join("\n");
    let read =
        Read::of(&draw(&plain(vec![Block::Table { head: vec!["Head".to_owned()], rows: vec![vec![high]] }])).unwrap());
    assert!(read.pages() > 1);
    assert_eq!(read.text().matches("Point ").count(), 120);
}

#[test]
fn an_address_stands_in_the_window_or_not_at_all() {
    let document = letter();
    let mut setter = text::Setter::new(&document).unwrap();
    let mut tags = tags::Tree::new();
    let lines = |count: usize, setter: &mut text::Setter, tags: &mut tags::Tree| {
        let document =
            Document { addressee: (0..count).map(|at| format!("Address {at}")).collect(), ..document.clone() };
        let head = head::first_page(&document, setter, tags);
        let of = |(y, piece): &(f32, pages::Piece)| {
            piece.marks.iter().filter_map(text_of).any(|text| text.starts_with("Address")).then_some(*y)
        };
        (head.pieces.iter().filter_map(of).collect::<Vec<_>>(), head.below)
    };
    for count in [1, 5, 8] {
        let (tops, below) = lines(count, &mut setter, &mut tags);
        assert_eq!(tops.len(), count);
        // The window of a DL envelope, sheet folded in three and lying at its bottom.
        assert!(tops.iter().all(|y| (46.0..=81.0).contains(&(y / sheet::MM))), "{tops:?}");
        assert!(below / sheet::MM >= 90.0);
    }
    assert_eq!(lines(9, &mut setter, &mut tags).0.len(), 9);
    assert!(lines(0, &mut setter, &mut tags).0.is_empty());
}
