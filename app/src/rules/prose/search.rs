//! Looking for words in a text, whatever their case.

/// Whether `text` holds `sought`, capitals or not.
#[must_use]
pub fn holds(text: &str, sought: &str) -> bool {
    marked(text, sought).iter().any(|(found, _)| *found)
}

/// The text in pieces, and whether each is what was sought. Put together again they are the text, whatever it is.
#[must_use]
pub fn marked<'a>(text: &'a str, sought: &str) -> Vec<(bool, &'a str)> {
    let sought: Vec<char> = sought.chars().flat_map(char::to_lowercase).collect();
    let mut pieces = Vec::new();
    let (mut from, mut at) = (0, 0);
    while !sought.is_empty() && at < text.len() {
        match length(&text[at..], &sought) {
            Some(length) => {
                if from < at {
                    pieces.push((false, &text[from..at]));
                }
                pieces.push((true, &text[at..at + length]));
                at += length;
                from = at;
            }
            None => at += text[at..].chars().next().map_or(1, char::len_utf8),
        }
    }
    if from < text.len() {
        pieces.push((false, &text[from..]));
    }
    pieces
}

/// How many bytes of the beginning of `text` are these small letters.
fn length(text: &str, sought: &[char]) -> Option<usize> {
    let mut left = sought;
    for (at, c) in text.char_indices() {
        if left.is_empty() {
            return Some(at);
        }
        for small in c.to_lowercase() {
            let (first, rest) = left.split_first()?;
            if *first != small {
                return None;
            }
            left = rest;
        }
    }
    left.is_empty().then_some(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_sought_is_marked_wherever_it_stands() {
        assert_eq!(
            marked("Ring the office. The OFFICE rings.", "office"),
            [(false, "Ring the "), (true, "office"), (false, ". The "), (true, "OFFICE"), (false, " rings."),]
        );
        assert_eq!(marked("aaa", "aa"), [(true, "aa"), (false, "a")]);
        assert_eq!(marked("İx ẞ", "x"), [(false, "İ"), (true, "x"), (false, " ẞ")]);
        assert_eq!(marked("anything", ""), [(false, "anything")]);
        assert_eq!(marked("", "a"), []);
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_text(text in "\\PC{0,40}", sought in "\\PC{0,3}") {
            let pieces = marked(&text, &sought);
            prop_assert_eq!(pieces.iter().map(|(_, piece)| *piece).collect::<String>(), text.clone());
            let small = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<String>();
            for (found, piece) in pieces {
                prop_assert!(!found || small(piece) == small(&sought));
            }
        }
    }
}
