//! What people typed, made fit to be set: nothing in it may turn the text around it, hide itself, or overwhelm the shaper.

use icu_segmenter::GraphemeClusterSegmenter;

/// At most so many characters are shaped as one; the longest conjuncts and emoji that people write have some ten.
const CLUSTER: usize = 24;
/// Ends a cluster and shows nothing.
const APART: char = '\u{200b}';

/// The text without control characters, overrides of direction and invisible signs. Tabs become spaces, any
/// line end becomes "\n"; letters, marks and joiners stay as they are.
pub(in super::super) fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => cleaned.push('\n'),
            '\t' => cleaned.push(' '),
            _ if is_dropped(character) => {}
            // Private use and what stands for an object have no meaning to anybody else.
            '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' | '\u{fffc}' => cleaned.push('\u{fffd}'),
            _ => cleaned.push(character),
        }
    }
    apart(cleaned)
}

fn is_dropped(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            // Zero width, marks and overrides of direction; joiners (200c, 200d) and isolates (2066 to 2069) stay.
            | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
        || u32::from(character) & 0xfffe == 0xfffe
        || matches!(character, '\u{fdd0}'..='\u{fdef}')
}

/// Breaks up what would be shaped as one character but is longer than any real one: a shaper counts in bytes.
fn apart(text: String) -> String {
    if text.is_ascii() {
        return text;
    }
    let segmenter = GraphemeClusterSegmenter::new();
    let mut ends = segmenter.segment_str(&text);
    let Some(mut begin) = ends.next() else { return text };
    let mut broken = String::with_capacity(text.len());
    for end in ends {
        for (count, character) in text[begin..end].chars().enumerate() {
            if count > 0 && count % CLUSTER == 0 {
                broken.push(APART);
            }
            broken.push(character);
        }
        begin = end;
    }
    broken
}
