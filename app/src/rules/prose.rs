//! A text in parts, as somebody at the school wrote it: what Markdown becomes before it is drawn. Only texts and addresses are
//! in it, no markup, so nothing that stands in it can become anything else on the page.

mod search;

use std::collections::{HashMap, HashSet};

pub use search::{holds, marked};

/// A whole text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose {
    /// What stands before the first heading.
    pub opening: Vec<Block>,
    /// From each heading to the next, in order.
    pub sections: Vec<Section>,
}

/// A heading and what stands beneath it, up to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// How deep it stands, from 1; no section is more than one deeper than the one before it.
    pub level: usize,
    /// Its name in addresses: the same as long as the heading says the same.
    pub anchor: String,
    /// What it says.
    pub heading: Vec<Span>,
    /// What stands beneath it.
    pub blocks: Vec<Block>,
}

/// A part of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Span>),
    /// A list; whether its points are numbered, and from which number.
    List(Option<u64>, Vec<Vec<Block>>),
    /// What somebody else says.
    Quote(Vec<Block>),
    /// Head and rows. Every row has as many cells as the head.
    Table(Vec<Vec<Span>>, Vec<Vec<Vec<Span>>>),
    /// Text that is set as it was typed.
    Typed(String),
    /// A line across.
    Rule,
}

/// A piece of running text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Span {
    /// Plain text.
    Text(String),
    /// Text that matters.
    Strong(Vec<Span>),
    /// Text that is stressed.
    Stressed(Vec<Span>),
    /// A link to an address of the web, of mail or of a telephone.
    Link(String, Vec<Span>),
    /// A new line.
    Break,
}

impl Prose {
    /// The sections that hold this, or all of them where nothing is looked for.
    pub fn found<'a>(&'a self, sought: &'a str) -> impl Iterator<Item = &'a Section> {
        self.sections.iter().filter(move |section| sought.is_empty() || section.holds(sought))
    }
}

impl Prose {
    /// How many headings begin a section.
    #[must_use]
    pub fn headings(&self) -> usize {
        self.sections.len()
    }

    /// How many cells its tables have, heads and all, wherever they stand.
    #[must_use]
    pub fn cells(&self) -> usize {
        self.opening.iter().chain(self.sections.iter().flat_map(|section| &section.blocks)).map(Block::cells).sum()
    }
}

impl Section {
    fn holds(&self, sought: &str) -> bool {
        holds(&plain(&self.heading), sought) || self.blocks.iter().any(|block| block.holds(sought))
    }
}

impl Block {
    fn cells(&self) -> usize {
        match self {
            Self::Table(head, rows) => head.len() + rows.iter().map(Vec::len).sum::<usize>(),
            Self::List(_, points) => points.iter().flatten().map(Self::cells).sum(),
            Self::Quote(blocks) => blocks.iter().map(Self::cells).sum(),
            Self::Paragraph(_) | Self::Typed(_) | Self::Rule => 0,
        }
    }

    /// Whether this is said in it.
    #[must_use]
    pub fn holds(&self, sought: &str) -> bool {
        match self {
            Self::Paragraph(spans) => holds(&plain(spans), sought),
            Self::List(_, points) => points.iter().flatten().any(|block| block.holds(sought)),
            Self::Quote(blocks) => blocks.iter().any(|block| block.holds(sought)),
            Self::Table(head, rows) => head.iter().chain(rows.iter().flatten()).any(|cell| holds(&plain(cell), sought)),
            Self::Typed(text) => holds(text, sought),
            Self::Rule => false,
        }
    }
}

/// The words alone.
#[must_use]
pub fn plain(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) => text.clone(),
            Span::Strong(inner) | Span::Stressed(inner) | Span::Link(_, inner) => plain(inner),
            Span::Break => " ".to_owned(),
        })
        .collect()
}

/// The names for addresses that a text's headings have.
#[derive(Debug, Default)]
pub struct Anchors {
    taken: HashSet<String>,
    /// Of a name that is taken: the number that is tried next.
    next: HashMap<String, usize>,
}

impl Anchors {
    /// A name from what a heading says: small letters, figures and dashes. One that is taken gets a number.
    pub fn name(&mut self, heading: &str) -> String {
        let mut name = String::new();
        for c in heading.chars().flat_map(char::to_lowercase) {
            if c.is_alphanumeric() {
                name.push(c);
            } else if !name.is_empty() && !name.ends_with('-') {
                name.push('-');
            }
        }
        let name = name.trim_end_matches('-');
        // Never the id of something else on the page.
        let name = if name.is_empty() { "part".to_owned() } else { format!("part-{name}") };
        if self.taken.insert(name.clone()) {
            return name;
        }
        let next = self.next.entry(name.clone()).or_insert(2);
        loop {
            let numbered = format!("{name}-{next}");
            *next += 1;
            if self.taken.insert(numbered.clone()) {
                return numbered;
            }
        }
    }
}

/// Whether a link may lead there: the web, mail, a telephone.
#[must_use]
pub fn may_link(address: &str) -> bool {
    let small = address.to_ascii_lowercase();
    let known = ["https://", "http://", "mailto:", "tel:"].iter().any(|kind| small.starts_with(kind));
    known && !address.chars().any(|c| c.is_control() || c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_has_the_same_name_as_long_as_it_says_the_same() {
        let first = |heading: &str| Anchors::default().name(heading);
        assert_eq!(first("When your child is ill"), "part-when-your-child-is-ill");
        assert_eq!(first("  9.15: the register!  "), "part-9-15-the-register");
        assert_eq!(first("École & Zoë"), "part-école-zoë");
        assert_eq!(first("?"), "part");
        let mut anchors = Anchors::default();
        let names = ["Late", "Late 2", "Late", "Late", "Late 2"].map(|heading| anchors.name(heading));
        assert_eq!(names, ["part-late", "part-late-2", "part-late-3", "part-late-4", "part-late-2-2"]);
    }

    #[test]
    fn links_lead_to_the_web_mail_and_telephones_alone() {
        for good in ["https://www.gov.uk/a?b=c", "HTTP://a", "mailto:office@demo.example", "tel:01632960915"] {
            assert!(may_link(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "/staff",
            "//evil",
            "java\nscript:x",
            "https://a b",
            "",
            "vbscript:",
        ] {
            assert!(!may_link(bad), "{bad}");
        }
    }

    #[test]
    fn sections_are_found_by_heading_text_list_and_table() {
        let text = |text: &str| vec![Span::Text(text.into())];
        let section = |name: &str, blocks| Section { level: 1, anchor: name.into(), heading: text(name), blocks };
        let prose = Prose {
            opening: vec![Block::Paragraph(text("Opening"))],
            sections: vec![
                section(
                    "Late",
                    vec![Block::Paragraph(vec![Span::Strong(text("At 9.15")), Span::Text(" we close".into())])],
                ),
                section("Ill", vec![Block::List(None, vec![vec![Block::Paragraph(text("Ring us"))]])]),
                section("Who", vec![Block::Table(vec![text("Role")], vec![vec![text("Head")]])]),
            ],
        };
        let found = |sought: &str| prose.found(sought).map(|it| it.anchor.clone()).collect::<Vec<_>>();
        assert_eq!(found(""), ["Late", "Ill", "Who"]);
        assert_eq!(found("ILL"), ["Ill"]);
        assert_eq!(found("9.15 we"), ["Late"], "across a stress");
        assert_eq!(found("head"), ["Who"]);
        assert_eq!(found("zebra"), Vec::<String>::new());
        assert_eq!((prose.headings(), prose.cells()), (3, 2));
        let quoted = Block::Quote(vec![Block::List(None, vec![prose.sections[2].blocks.clone()])]);
        assert_eq!(Prose { opening: vec![quoted], sections: Vec::new() }.cells(), 2, "within others too");
    }
}
