//! Markdown to the parts of a text. What is markup of another kind (HTML) becomes the text that it is; links that lead
//! anywhere but to the web, mail or a telephone become their own words; pictures become what they are said to show.

use app::rules::prose::{Anchors, Block, Prose, Section, Span, may_link, plain};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// How deep lists and quotes may stand in one another, and strong and stressed words and links; what is deeper is read as if
/// it stood there. Whoever walks through a text goes down by as many calls.
const DEEPEST: usize = 8;

/// Reads a text.
#[must_use]
pub fn read(markdown: &str) -> Prose {
    let mut reader = Reader::default();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        reader.take(event);
    }
    reader.finish()
}

/// A part that is begun and not ended.
enum Open {
    Blocks(Vec<Block>),
    Quote(Vec<Block>),
    List(Option<u64>, Vec<Vec<Block>>),
    Point(Vec<Block>),
    Paragraph(Vec<Span>),
    Heading(usize, Vec<Span>),
    Strong(Vec<Span>),
    Stressed(Vec<Span>),
    Link(String, Vec<Span>),
    Typed(String),
    Table(Option<Vec<Vec<Span>>>, Vec<Vec<Vec<Span>>>),
    Row(Vec<Vec<Span>>),
    Cell(Vec<Span>),
}

struct Reader {
    open: Vec<Open>,
    /// Parts that were too deep to be opened: how many of their ends are still to come.
    skipped: usize,
    /// The same of strong and stressed words and links.
    skipped_spans: usize,
    prose: Prose,
    anchors: Anchors,
}

impl Default for Reader {
    fn default() -> Self {
        Self {
            open: vec![Open::Blocks(Vec::new())],
            skipped: 0,
            skipped_spans: 0,
            prose: Prose::default(),
            anchors: Anchors::default(),
        }
    }
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) | Event::Code(text) => self.text(&text),
            Event::SoftBreak => self.text(" "),
            Event::HardBreak => self.span(Span::Break),
            Event::Rule => self.block(Block::Rule),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn begin(&mut self, tag: Tag<'_>) {
        let deep = |open: &&Open| matches!(open, Open::Quote(_) | Open::List(..));
        let too_deep = self.open.iter().filter(deep).count() >= DEEPEST;
        let within = |open: &&Open| matches!(open, Open::Strong(_) | Open::Stressed(_) | Open::Link(..));
        let open = match tag {
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Item if too_deep => {
                self.skipped += 1;
                return;
            }
            Tag::Strong | Tag::Emphasis | Tag::Link { .. } if self.open.iter().filter(within).count() >= DEEPEST => {
                self.skipped_spans += 1;
                return;
            }
            Tag::Paragraph | Tag::HtmlBlock => Open::Paragraph(Vec::new()),
            Tag::Heading { level, .. } => Open::Heading(depth(level), Vec::new()),
            Tag::BlockQuote(_) => Open::Quote(Vec::new()),
            Tag::List(first) => Open::List(first, Vec::new()),
            Tag::Item => Open::Point(Vec::new()),
            Tag::CodeBlock(_) => Open::Typed(String::new()),
            Tag::Strong => Open::Strong(Vec::new()),
            Tag::Emphasis => Open::Stressed(Vec::new()),
            Tag::Link { dest_url, .. } => Open::Link(dest_url.into_string(), Vec::new()),
            Tag::Table(_) => Open::Table(None, Vec::new()),
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::TableCell => Open::Cell(Vec::new()),
            // What a picture shows stays as words.
            _ => return,
        };
        if matches!(open, Open::Quote(_) | Open::List(..) | Open::Heading(..) | Open::Typed(_) | Open::Table(..)) {
            self.close_loose();
        }
        self.open.push(open);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item if self.skipped > 0 => {
                self.close_loose();
                self.skipped -= 1;
                return;
            }
            // Whatever is skipped ends before what it stands in.
            TagEnd::Strong | TagEnd::Emphasis | TagEnd::Link if self.skipped_spans > 0 => {
                self.skipped_spans -= 1;
                return;
            }
            TagEnd::BlockQuote(_) | TagEnd::Item => self.close_loose(),
            TagEnd::Paragraph
            | TagEnd::HtmlBlock
            | TagEnd::Heading(_)
            | TagEnd::List(_)
            | TagEnd::CodeBlock
            | TagEnd::Strong
            | TagEnd::Emphasis
            | TagEnd::Link
            | TagEnd::Table
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell => {}
            _ => return,
        }
        if self.open.len() > 1 {
            self.close();
        }
    }

    /// Ends the part that was begun last.
    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        match open {
            Open::Blocks(blocks) => self.open.push(Open::Blocks(blocks)),
            Open::Paragraph(spans) => {
                if !plain(&spans).trim().is_empty() {
                    self.block(Block::Paragraph(spans));
                }
            }
            Open::Quote(blocks) => self.block(Block::Quote(blocks)),
            Open::List(first, points) => self.block(Block::List(first, points)),
            Open::Typed(text) => self.block(Block::Typed(text.trim_end().to_owned())),
            Open::Table(head, rows) => self.block(Block::Table(head.unwrap_or_default(), rows)),
            Open::Heading(level, heading) => self.heading(level, heading),
            Open::Strong(spans) => self.span(Span::Strong(spans)),
            Open::Stressed(spans) => self.span(Span::Stressed(spans)),
            Open::Link(to, spans) if may_link(&to) => self.span(Span::Link(to, spans)),
            Open::Link(_, spans) => spans.into_iter().for_each(|span| self.span(span)),
            Open::Point(blocks) => {
                if let Some(Open::List(_, points)) = self.open.last_mut() {
                    points.push(blocks);
                }
            }
            Open::Row(cells) => {
                if let Some(Open::Table(head, rows)) = self.open.last_mut() {
                    match head {
                        None => *head = Some(cells),
                        Some(_) => rows.push(cells),
                    }
                }
            }
            Open::Cell(spans) => {
                if let Some(Open::Row(cells)) = self.open.last_mut() {
                    cells.push(spans);
                }
            }
        }
    }

    /// A heading begins a section where it stands for itself; within a list or a quote it is a strong line.
    fn heading(&mut self, level: usize, heading: Vec<Span>) {
        let text = plain(&heading);
        if text.trim().is_empty() {
            return;
        }
        let [Open::Blocks(blocks)] = self.open.as_mut_slice() else {
            self.block(Block::Paragraph(vec![Span::Strong(heading)]));
            return;
        };
        let blocks = std::mem::take(blocks);
        self.put(blocks);
        let before = self.prose.sections.last().map_or(0, |section| section.level);
        let anchor = self.anchors.name(&text);
        let level = level.min(before + 1);
        self.prose.sections.push(Section { level, anchor, heading, blocks: Vec::new() });
    }

    fn put(&mut self, blocks: Vec<Block>) {
        match self.prose.sections.last_mut() {
            Some(section) => section.blocks.extend(blocks),
            None => self.prose.opening.extend(blocks),
        }
    }

    /// A point of a tight list has its words without a paragraph around them: it ends with the point.
    fn close_loose(&mut self) {
        if let Some(Open::Paragraph(_)) = self.open.last() {
            self.close();
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(Open::Typed(typed)) = self.open.last_mut() {
            typed.push_str(text);
            return;
        }
        // No sign that hides or turns what follows.
        let text: String = text
            .chars()
            .filter(|c| !(c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')))
            .collect();
        self.span(Span::Text(text));
    }

    fn span(&mut self, span: Span) {
        if let Some(Open::Blocks(_) | Open::Point(_) | Open::Quote(_)) = self.open.last() {
            self.open.push(Open::Paragraph(Vec::new()));
        }
        let spans = match self.open.last_mut() {
            Some(
                Open::Paragraph(spans)
                | Open::Heading(_, spans)
                | Open::Strong(spans)
                | Open::Stressed(spans)
                | Open::Link(_, spans)
                | Open::Cell(spans),
            ) => spans,
            _ => return,
        };
        match (spans.last_mut(), span) {
            (Some(Span::Text(before)), Span::Text(text)) => before.push_str(&text),
            (_, span) => spans.push(span),
        }
    }

    fn block(&mut self, block: Block) {
        self.close_loose();
        if let Some(Open::Blocks(blocks) | Open::Quote(blocks) | Open::Point(blocks)) = self.open.last_mut() {
            blocks.push(block);
        }
    }

    fn finish(mut self) -> Prose {
        while self.open.len() > 1 {
            self.close();
        }
        if let Some(Open::Blocks(blocks)) = self.open.pop() {
            self.put(blocks);
        }
        self.prose
    }
}

fn depth(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(text: &str) -> Vec<Span> {
        vec![Span::Text(text.to_owned())]
    }

    #[test]
    fn headings_make_sections_with_names_and_no_level_is_skipped() {
        let prose = read("Opening.\n\n# Late\n\nAt **9.15** the *register* closes.\n\n### Later\n\nNo.\n\n## Late\n");
        assert_eq!(prose.opening, [Block::Paragraph(text("Opening."))]);
        let sections: Vec<(usize, &str)> = prose.sections.iter().map(|it| (it.level, it.anchor.as_str())).collect();
        assert_eq!(sections, [(1, "part-late"), (2, "part-later"), (2, "part-late-2")]);
        assert_eq!(
            prose.sections[0].blocks,
            [Block::Paragraph(vec![
                Span::Text("At ".into()),
                Span::Strong(text("9.15")),
                Span::Text(" the ".into()),
                Span::Stressed(text("register")),
                Span::Text(" closes.".into()),
            ])]
        );
    }

    #[test]
    fn lists_tables_quotes_and_lines_are_read() {
        let prose =
            read("- one\n- two\n  1. first\n\n> said\n\n| Who | What |\n|---|---|\n| Head | decides |\n\n---\n");
        let inner = Block::List(Some(1), vec![vec![Block::Paragraph(text("first"))]]);
        assert_eq!(
            prose.opening,
            [
                Block::List(
                    None,
                    vec![vec![Block::Paragraph(text("one"))], vec![Block::Paragraph(text("two")), inner]]
                ),
                Block::Quote(vec![Block::Paragraph(text("said"))]),
                Block::Table(vec![text("Who"), text("What")], vec![vec![text("Head"), text("decides")]]),
                Block::Rule,
            ]
        );
    }

    #[test]
    fn html_is_text_and_links_lead_to_the_web_alone() {
        let prose = read(
            "<script>alert(1)</script>\n\nSee <b onclick=x>this</b> and [here](javascript:alert(1)) or [there](https://gov.uk/a) ![a cat](https://evil/x.png)",
        );
        let words = format!("{prose:?}");
        assert!(words.contains("<script>alert(1)</script>") && words.contains("<b onclick=x>"), "{words}");
        assert!(!words.contains("javascript:") && !words.contains("evil"), "{words}");
        assert!(words.contains("Link(\"https://gov.uk/a\"") && words.contains("a cat"), "{words}");
    }

    #[test]
    fn a_heading_in_a_list_begins_no_section() {
        let prose = read("- # Big\n");
        assert!(prose.sections.is_empty());
        assert_eq!(prose.opening, [Block::List(None, vec![vec![Block::Paragraph(vec![Span::Strong(text("Big"))])]])]);
    }

    #[test]
    fn what_is_far_too_deep_keeps_its_words() {
        let deep = read(&format!("{} end", ">".repeat(4000)));
        fn levels(blocks: &[Block]) -> usize {
            blocks
                .iter()
                .map(|block| if let Block::Quote(inner) = block { 1 + levels(inner) } else { 0 })
                .max()
                .unwrap_or(0)
        }
        assert_eq!(levels(&deep.opening), DEEPEST);
        assert!(deep.opening[0].holds("end"));
    }

    #[test]
    fn stress_within_stress_without_end_keeps_its_words_and_what_follows() {
        fn depth(spans: &[Span]) -> usize {
            let inner = |span: &Span| match span {
                Span::Strong(inner) | Span::Stressed(inner) | Span::Link(_, inner) => 1 + depth(inner),
                Span::Text(_) | Span::Break => 0,
            };
            spans.iter().map(inner).max().unwrap_or(0)
        }
        let many = "*".repeat(19_999);
        // Walked through and dropped within the small room of a thread that answers requests.
        let prose = read(&format!("{many}deep{many} *after*\n\nnext"));
        let [Block::Paragraph(spans), Block::Paragraph(next)] = prose.opening.as_slice() else { panic!("{prose:?}") };
        assert_eq!(depth(spans), DEEPEST);
        assert!(plain(spans).contains("deep") && plain(spans).ends_with("after"));
        assert_eq!(spans.last(), Some(&Span::Stressed(text("after"))), "the ends are counted right");
        assert_eq!(*next, text("next"));
    }

    #[test]
    fn headings_alike_have_names_of_their_own() {
        let prose = read(&"# a\n".repeat(1_000));
        let names: std::collections::HashSet<&str> = prose.sections.iter().map(|it| it.anchor.as_str()).collect();
        assert_eq!((names.len(), prose.sections[999].anchor.as_str()), (1_000, "part-a-1000"));
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_every_word_of_plain_prose_stays(markdown in "[a-z #>*\\-\\n0-9.|`\\[\\]()<]{0,300}", words in "[a-z]{1,8}( [a-z]{1,8}){0,20}") {
            prop_assert!(read(&markdown).sections.len() <= markdown.len());
            prop_assert_eq!(read(&words).opening, vec![Block::Paragraph(text(&words))]);
        }
    }
}
