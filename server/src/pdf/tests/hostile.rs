//! Whatever people type: drawn, or at least not a panic.

use super::*;
use proptest::prelude::*;

fn everywhere(text: &str) -> Document {
    let text = text.to_owned();
    let mut document = plain(vec![
        Block::Heading(Level::Section, text.clone()),
        Block::Paragraph(text.clone()),
        Block::Facts(vec![(text.clone(), text.clone())]),
        Block::List(vec![text.clone()]),
        Block::Table { head: vec![text.clone(), "b".to_owned()], rows: vec![vec![text.clone(); 3], Vec::new()] },
        Block::Signature { name: text.clone(), lines: vec![text.clone()] },
        Block::Small(text.clone()),
    ]);
    document.title = format!("Title {text}");
    document.letterhead = Letterhead { name: text.clone(), address: vec![text.clone()], contact: vec![text.clone()] };
    document.addressee = vec![text.clone(); 5];
    document.date.clone_from(&text);
    document.reference = text;
    document
}

#[test]
fn nothing_that_is_typed_stops_the_pen() {
    let long = "W".repeat(10_000);
    let marks = format!("Z{}algo", "\u{301}\u{489}".repeat(300));
    let matras = "\u{93f}".repeat(600);
    let family = "👨\u{200d}👩\u{200d}👧\u{200d}👦".repeat(200);
    let cases = [
        "",
        " ",
        "\n\n\n",
        "\0\u{1}\u{7f}\u{9f}",
        "\u{202e}evil\u{202c}\u{2066}\u{2066}\u{2069}",
        "\u{2069}\u{2069}\u{2067}x",
        "\u{feff}\u{fffe}\u{ffff}\u{fdd0}\u{e000}\u{10ffff}",
        "<script>alert(1)</script> ) Tj ET (\\",
        "ﷺ ﷽ \u{1b}[2J",
        "\u{1100}\u{1161}\u{11a8}\u{1100}",
        "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
        &long,
        &marks,
        &matras,
        &family,
    ];
    for text in cases {
        let bytes = draw(&everywhere(text)).unwrap_or_else(|error| panic!("{text:?}: {error}"));
        Read::of(&bytes);
    }
}

#[test]
fn a_word_of_ten_thousand_letters_is_broken_and_not_lost() {
    let read = Read::of(&draw(&plain(vec![Block::Paragraph("W".repeat(10_000))])).unwrap());
    assert_eq!(read.text().matches('W').count(), 10_000);
    assert!(read.pages() > 3);
}

#[test]
fn empty_blocks_are_nothing() {
    let nothing = vec![
        Block::Facts(Vec::new()),
        Block::List(Vec::new()),
        Block::Table { head: Vec::new(), rows: vec![vec!["lost".to_owned()]] },
        Block::Table { head: vec!["Only a head".to_owned()], rows: Vec::new() },
        Block::Signature { name: String::new(), lines: Vec::new() },
    ];
    let mut document = plain(nothing);
    document.title = String::new();
    document.letterhead = Letterhead::default();
    document.date = String::new();
    document.reference = String::new();
    // A document without a title is refused by the rule, not by a panic.
    assert!(matches!(draw(&document), Err(PdfError::Write("PDF/UA-1"))));
    document.title = "A title".to_owned();
    assert!(draw(&document).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn any_text_can_be_drawn(text in any::<Vec<char>>(), more in "[\\p{L}\\p{M}\\p{Cf}\\n ]{0,60}") {
        let text: String = text.into_iter().chain(more.chars()).collect();
        let bytes = draw(&everywhere(&text));
        prop_assert!(bytes.is_ok(), "{:?}", bytes.err());
    }
}
