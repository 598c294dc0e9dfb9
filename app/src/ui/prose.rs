//! A text in parts as a page: sections with names that can be linked to, and what is looked for marked.

use leptos::prelude::*;

use super::piece::{IntoPiece, Piece};
use crate::rules::prose::{Block, Prose, Section, Span, marked, plain};

/// How many characters of a column's head stand beside each of its cells.
const HEAD_MOST: usize = 60;

/// The list of sections, each a link to its name: those of the two upper levels.
pub fn contents(prose: &Prose) -> impl IntoView + use<> {
    prose
        .sections
        .iter()
        .filter(|section| section.level < 3)
        .map(|section| {
            let class = if section.level > 1 { "under" } else { "" };
            view! { <li class=class><a class="tap" href=format!("#{}", section.anchor)>{plain(&section.heading)}</a></li> }
        })
        .collect_view()
}

/// The whole text, or the sections that hold what is looked for.
pub fn prose(prose: &Prose, sought: &str) -> impl IntoView + use<> {
    let opening = (sought.is_empty() || prose.opening.iter().any(|block| block.holds(sought)))
        .then(|| blocks(&prose.opening, sought));
    let sections: Vec<Piece> = prose.found(sought).map(|one| section(one, sought)).collect();
    view! { <div class="prose stack">{opening}{sections}</div> }
}

fn section(section: &Section, sought: &str) -> Piece {
    let id = section.anchor.clone();
    let heading = spans(&section.heading, sought);
    let heading = match section.level {
        1 => view! { <h2 id=id tabindex="-1">{heading}</h2> }.piece(),
        2 => view! { <h3 id=id tabindex="-1">{heading}</h3> }.piece(),
        _ => view! { <h4 id=id tabindex="-1">{heading}</h4> }.piece(),
    };
    view! { {heading}{blocks(&section.blocks, sought)} }.piece()
}

fn blocks(blocks: &[Block], sought: &str) -> Vec<Piece> {
    blocks.iter().map(|one| block(one, sought)).collect()
}

fn block(block: &Block, sought: &str) -> Piece {
    match block {
        Block::Paragraph(text) => view! { <p>{spans(text, sought)}</p> }.piece(),
        Block::List(first, points) => {
            let points = points.iter().map(|point| view! { <li>{self::point(point, sought)}</li> }).collect_view();
            match first {
                None => view! { <ul>{points}</ul> }.piece(),
                Some(first) => view! { <ol start=first.to_string()>{points}</ol> }.piece(),
            }
        }
        Block::Quote(inner) => view! { <blockquote>{blocks(inner, sought)}</blockquote> }.piece(),
        Block::Table(head, rows) => {
            let heads: Vec<String> = head.iter().map(|cell| short(&plain(cell))).collect();
            let head = head.iter().map(|cell| view! { <th scope="col">{spans(cell, sought)}</th> }).collect_view();
            let rows = rows
                .iter()
                .map(|row| {
                    let cells = row.iter().zip(&heads).map(|(cell, head)| {
                        view! { <td data-head=head.clone()>{spans(cell, sought)}</td> }
                    });
                    view! { <tr>{cells.collect_view()}</tr> }
                })
                .collect_view();
            view! { <table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table> }.piece()
        }
        Block::Typed(text) => view! { <p class="words">{found(text, sought)}</p> }.piece(),
        Block::Rule => view! { <hr /> }.piece(),
    }
}

/// The head of a column as each of its cells repeats it on a narrow screen.
fn short(head: &str) -> String {
    if head.chars().count() <= HEAD_MOST {
        return head.to_owned();
    }
    head.chars().take(HEAD_MOST - 1).chain(std::iter::once('…')).collect()
}

/// A point that is one paragraph stands without the paragraph's distance.
fn point(point: &[Block], sought: &str) -> Vec<Piece> {
    match point {
        [Block::Paragraph(text), rest @ ..] => {
            std::iter::once(spans(text, sought).piece()).chain(blocks(rest, sought)).collect()
        }
        other => blocks(other, sought),
    }
}

fn spans(all: &[Span], sought: &str) -> Vec<Piece> {
    all.iter()
        .map(|span| match span {
            Span::Text(text) => found(text, sought).piece(),
            Span::Strong(inner) => view! { <b>{spans(inner, sought)}</b> }.piece(),
            Span::Stressed(inner) => view! { <em>{spans(inner, sought)}</em> }.piece(),
            Span::Link(to, inner) => view! { <a href=to.clone() rel="noreferrer">{spans(inner, sought)}</a> }.piece(),
            Span::Break => view! { <br /> }.piece(),
        })
        .collect()
}

fn found(text: &str, sought: &str) -> Vec<Piece> {
    marked(text, sought)
        .into_iter()
        .map(|(found, piece)| {
            let piece = piece.to_owned();
            if found { view! { <mark>{piece}</mark> }.piece() } else { piece.piece() }
        })
        .collect()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn a_long_head_stands_whole_once_and_short_beside_each_cell() {
        let text = |text: String| vec![Span::Text(text)];
        let rows = vec![vec![text("cell".into())]; 100];
        let table = Block::Table(vec![text("é".repeat(1000))], rows);
        let whole = Prose { opening: vec![table], sections: Vec::new() };
        let html = Owner::new().with(|| prose(&whole, "").into_view().to_html());
        assert!(html.contains(&format!("data-head=\"{}…\"", "é".repeat(59))), "{html}");
        assert_eq!(html.matches('é').count(), 1000 + 100 * 59);
        assert_eq!(short("Role"), "Role");
    }

    #[test]
    fn hostile_text_stays_text() {
        let hostile = "</p><script>alert(1)</script>";
        let text = |text: &str| vec![Span::Text(text.to_owned())];
        let whole = Prose {
            opening: vec![
                Block::Paragraph(text(hostile)),
                Block::Typed(hostile.into()),
                Block::Table(vec![text(hostile)], vec![vec![text(hostile)]]),
                Block::Paragraph(vec![Span::Link("https://a/\"><script>".into(), text("x"))]),
            ],
            sections: vec![Section {
                level: 1,
                anchor: "\"><script>".into(),
                heading: text(hostile),
                blocks: vec![Block::List(None, vec![vec![Block::Paragraph(text(hostile))]])],
            }],
        };
        for sought in ["", "alert"] {
            let owner = Owner::new();
            let html = owner.with(|| (contents(&whole), prose(&whole, sought)).into_view().to_html());
            assert!(!html.contains("<script"), "{html}");
            assert_eq!(html.contains("<mark>alert</mark>"), !sought.is_empty(), "{html}");
        }
    }
}
