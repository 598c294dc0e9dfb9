//! Letters the school writes: a template with placeholders, looked over when it is written and filled in when it is sent.
//!
//! A template is plain text. A blank line ends a paragraph, `# ` begins a heading, `- ` a point of a list, and `{child}` stands
//! for what is filled in. Values are text and nothing else: whatever a family writes can neither make a heading nor stand
//! for another value, nor turn the sentence around it.

use std::fmt::Write as _;

/// The letters there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Letter {
    /// All the leave that was asked for is agreed.
    LeaveGranted,
    /// Some of it is.
    LeaveInPart,
    /// None of it is.
    LeaveRefused,
}

/// What every decision about leave can say.
const LEAVE: [&str; 24] = [
    // Who is written to, and about whom.
    "parent",
    "child",
    "class",
    // What was asked for: days in words, and "10 sessions (5 school days)".
    "asked",
    "sessions_asked",
    // What was agreed and what was not: days a line each; sessions counted; how the register records them.
    "granted",
    "sessions_granted",
    "recorded_granted",
    "refused",
    "sessions_refused",
    "recorded_refused",
    // The reasons, a line each; what the headteacher adds, or nothing.
    "reasons",
    "note",
    // Who decided, and when.
    "decided_by",
    "decided_on",
    // The day the child is expected back.
    "back",
    // The school.
    "school",
    "phone",
    "email",
    // The National Framework's amounts, in pounds and days.
    "notice_low",
    "notice_low_days",
    "notice_high",
    "notice_high_days",
    "notice_second",
];

/// How long a template is at most, in characters: two pages.
pub const LONGEST: usize = 6_000;

impl Letter {
    /// Every letter.
    pub const ALL: [Self; 3] = [Self::LeaveGranted, Self::LeaveInPart, Self::LeaveRefused];

    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::LeaveGranted => "leave-granted",
            Self::LeaveInPart => "leave-granted-in-part",
            Self::LeaveRefused => "leave-refused",
        }
    }

    /// The letter of a row's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|letter| letter.word() == word)
    }

    /// What may stand in braces in its template.
    #[must_use]
    pub fn placeholders(self) -> &'static [&'static str] {
        &LEAVE
    }
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// This stands in braces, and nothing is filled in for it.
    Unknown(String),
    /// A brace on this line, the first being 1, opens or closes nothing.
    Brace(usize),
    /// Nothing in it.
    Empty,
    /// More characters than [`LONGEST`].
    TooLong,
}

/// One part of a letter that is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading.
    Heading(String),
    /// Running text; a line break in it is a line break.
    Paragraph(String),
    /// Points.
    List(Vec<String>),
}

/// A line of a template, taken apart.
enum Piece<'a> {
    Text(&'a str),
    Placeholder(&'a str),
}

/// Looks a template over. Empty: it can be filled in.
#[must_use]
pub fn check(letter: Letter, template: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if template.trim().is_empty() {
        faults.push(Fault::Empty);
    }
    if template.chars().count() > LONGEST {
        faults.push(Fault::TooLong);
    }
    for (line, number) in template.lines().zip(1..) {
        match pieces(line) {
            None => faults.push(Fault::Brace(number)),
            Some(pieces) => {
                for piece in pieces {
                    if let Piece::Placeholder(name) = piece
                        && !letter.placeholders().contains(&name)
                        && !faults.contains(&Fault::Unknown(name.to_owned()))
                    {
                        faults.push(Fault::Unknown(name.to_owned()));
                    }
                }
            }
        }
    }
    faults
}

/// Fills a template in. A point or a paragraph that is a placeholder alone becomes one point for each line of its value,
/// or nothing where the value is empty.
///
/// # Errors
/// [`Fault::Unknown`] for a placeholder without a value, [`Fault::Brace`]: no letter leaves with a hole in it.
pub fn fill(template: &str, values: &[(&str, String)]) -> Result<Vec<Part>, Fault> {
    let mut parts: Vec<Part> = Vec::new();
    let mut open = false;
    for (line, number) in template.lines().zip(1..) {
        let line = line.trim();
        if line.is_empty() {
            open = false;
            continue;
        }
        let (kind, text) = match (line.strip_prefix("# "), line.strip_prefix("- ")) {
            (Some(text), _) => ('#', text),
            (None, Some(text)) => ('-', text),
            (None, None) => (' ', line),
        };
        let pieces = pieces(text).ok_or(Fault::Brace(number))?;
        let alone = matches!(pieces[..], [Piece::Placeholder(_)]);
        let text = written(&pieces, values)?;
        if text.trim().is_empty() {
            continue;
        }
        match (kind, parts.last_mut()) {
            ('#', _) => parts.push(Part::Heading(one_line(&text))),
            ('-', last) => {
                let points: Vec<String> = if alone {
                    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
                } else {
                    vec![text]
                };
                match last {
                    Some(Part::List(list)) if open => list.extend(points),
                    _ => parts.push(Part::List(points)),
                }
            }
            (_, Some(Part::Paragraph(paragraph))) if open => _ = write!(paragraph, "\n{text}"),
            _ => parts.push(Part::Paragraph(text)),
        }
        open = kind != '#';
    }
    Ok(parts)
}

/// A line in its pieces; `None` where a brace opens or closes nothing.
fn pieces(line: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        let (name, after) = from.strip_prefix('{')?.split_once('}')?;
        if name.is_empty() || name.contains('{') {
            return None;
        }
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        pieces.push(Piece::Placeholder(name));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Some(pieces)
}

fn written(pieces: &[Piece<'_>], values: &[(&str, String)]) -> Result<String, Fault> {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(plain) => text.push_str(plain),
            Piece::Placeholder(name) => {
                let value = values.iter().find(|(other, _)| other == name);
                let (_, value) = value.ok_or_else(|| Fault::Unknown((*name).to_owned()))?;
                text.push_str(&isolated(value));
            }
        }
    }
    Ok(text)
}

/// A value that cannot turn its sentence: marks of direction are taken out, and what is written from the right stands
/// between marks that end its reach (Unicode's first strong isolate).
fn isolated(value: &str) -> String {
    let turns =
        |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let from_right = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    let value: String = value.trim().chars().filter(|c| !turns(*c)).collect();
    if !value.contains(from_right) {
        return value;
    }
    // An isolate ends with its line.
    value.lines().map(|line| format!("\u{2068}{line}\u{2069}")).collect::<Vec<_>>().join("\n")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, values: &[(&str, &str)]) -> Vec<Part> {
        let values: Vec<_> = values.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        fill(template, &values).unwrap()
    }

    fn paragraph(text: &str) -> Part {
        Part::Paragraph(text.to_owned())
    }

    fn list(points: &[&str]) -> Part {
        Part::List(points.iter().map(|point| (*point).to_owned()).collect())
    }

    #[test]
    fn blank_lines_end_paragraphs_and_marks_begin_parts() {
        let parts = filled(
            "Dear {parent}\n\nOne line\nand another.\n# Days\n- Monday\n- Tuesday\n\n- {child}\nAfter",
            &[("parent", "Mrs Okafor"), ("child", "Ada")],
        );
        assert_eq!(
            parts,
            [
                paragraph("Dear Mrs Okafor"),
                paragraph("One line\nand another."),
                Part::Heading("Days".to_owned()),
                list(&["Monday", "Tuesday"]),
                list(&["Ada"]),
                paragraph("After"),
            ]
        );
    }

    #[test]
    fn a_value_stands_for_itself_and_nothing_else() {
        let values = [("child", "{parent}\n# Heading\n- point"), ("parent", "Mum {child}")];
        assert_eq!(filled("{parent}: {child}", &values), [paragraph("Mum {child}: {parent}\n# Heading\n- point")]);
        assert_eq!(filled("# {child}", &values), [Part::Heading("{parent} # Heading - point".to_owned())]);
    }

    #[test]
    fn a_point_that_is_a_placeholder_alone_is_a_point_for_each_line() {
        let values = [("reasons", "First.\n\n Second. "), ("note", " \n "), ("child", "A\nB")];
        let parts = filled("- {reasons}\n- Last\n\n{note}\n\n- {note}\n\n- For {child}", &values);
        assert_eq!(parts, [list(&["First.", "Second.", "Last"]), list(&["For A\nB"])]);
    }

    #[test]
    fn what_is_not_known_is_named_and_nothing_leaves_with_a_hole() {
        let faults = check(Letter::LeaveGranted, "Dear {parnt}\n{child} {parnt} {Child}\n{ open\nclosed }\n{}{a{b}");
        assert_eq!(
            faults,
            [
                Fault::Unknown("parnt".to_owned()),
                Fault::Unknown("Child".to_owned()),
                Fault::Brace(3),
                Fault::Brace(4),
                Fault::Brace(5),
            ]
        );
        assert_eq!(fill("Dear {parent}", &[]), Err(Fault::Unknown("parent".to_owned())));
        assert_eq!(fill("a\n}", &[]), Err(Fault::Brace(2)));
        assert_eq!(check(Letter::LeaveGranted, " \n"), [Fault::Empty]);
        assert_eq!(check(Letter::LeaveGranted, &"x".repeat(LONGEST + 1)), [Fault::TooLong]);
    }

    #[test]
    fn a_name_from_the_right_keeps_to_itself() {
        assert_eq!(filled("{child}, 3 Oak", &[("child", "عائشہ")]), [paragraph("\u{2068}عائشہ\u{2069}, 3 Oak")]);
        assert_eq!(filled("{child} is", &[("child", "a\u{202e}b\u{2069}c")]), [paragraph("abc is")]);
    }

    #[test]
    fn every_letter_reads_back_from_its_word() {
        for letter in Letter::ALL {
            assert_eq!(Letter::parse(letter.word()), Some(letter));
        }
        assert_eq!(Letter::parse("Leave"), None);
    }
}
