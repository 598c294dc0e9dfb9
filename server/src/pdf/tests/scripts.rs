//! Names in every script that is claimed: heard as they were written, drawn with a font that has them.

use super::super::text::clean;
use super::*;

#[test]
fn every_name_is_heard_as_it_was_written() {
    let read = Read::of(&draw(&sample::scripts()).unwrap());
    for (script, name) in sample::NAMES {
        let heard = read.heard.iter().position(|(role, text)| role == "TH" && text == script).unwrap();
        assert_eq!(read.heard[heard + 1], ("TD".to_owned(), name.to_owned()), "{script}");
    }
    let text = read.text();
    assert!(text.contains("Ada, عائشہ and 王小明"), "{text}");
    assert!(text.contains("عائشہ, 3 Oak, was away for 12 sessions; محمد (Year 4) for 7. 王小明 came."), "{text}");
}

#[test]
fn every_script_has_a_font() {
    for (script, name) in sample::NAMES {
        let setter = text::Setter::new(&plain(vec![Block::Paragraph(name.to_owned())])).unwrap();
        assert!(setter.knows(name), "{script}: {name}");
    }
    let setter = text::Setter::new(&plain(Vec::new())).unwrap();
    assert!(!setter.knows("𐎀"));
}

#[test]
fn a_character_without_a_font_is_seen_and_heard() {
    let read = Read::of(&draw(&plain(vec![Block::Paragraph("Before 𐎀𐎁 and 😀 after".to_owned())])).unwrap());
    assert!(read.text().contains("Before 𐎀𐎁 and 😀 after"), "{}", read.text());
}

#[test]
fn a_name_does_not_turn_its_sentence() {
    // Runs in the order of the page: the sentence begins at the left although its first word is Arabic.
    let mut setter = text::Setter::new(&plain(vec![Block::Paragraph("عائشہ".to_owned())])).unwrap();
    let lines = setter.set("عائشہ Khan", sheet::BODY, sheet::MEASURE);
    let places: Vec<f32> = lines[0].runs.iter().map(|run| run.x).collect();
    assert!(places[0] < 1.0 && places.is_sorted(), "{places:?}");
    let mut urdu = plain(vec![Block::Paragraph("عائشہ Khan".to_owned())]);
    urdu.language = "ur".to_owned();
    let lines = text::Setter::new(&urdu).unwrap().set("عائشہ Khan", sheet::BODY, sheet::MEASURE);
    let places: Vec<f32> = lines[0].runs.iter().map(|run| run.x).collect();
    assert!(places[0] > sheet::MEASURE / 2.0, "{places:?}");
}

#[test]
fn an_override_turns_nothing_and_hides_nothing() {
    assert_eq!(clean("a\u{202e}b\u{202d}c\u{200f}d\u{ad}e\u{feff}f"), "abcdef");
    assert_eq!(clean("a\r\nb\rc\u{2028}d\te\0f\u{1b}[31mg"), "a\nb\nc\nd ef[31mg");
    assert_eq!(clean("\u{e123}\u{fffc}\u{fffe}"), "\u{fffd}\u{fffd}");
    // Joiners shape Persian and Indic names; isolates keep a name apart from its sentence.
    for kept in ["می\u{200c}خواهم", "ක්\u{200d}ර", "\u{2068}عائشہ\u{2069}"] {
        assert_eq!(clean(kept), kept);
    }
}
