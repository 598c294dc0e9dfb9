//! Reading the attendance policy: the version that counts or an earlier one, found words, as a file, who does what.

use app::{
    parent::policy::{self, PolicyPage, SOUGHT_MOST},
    rules::{
        declaration::Answer,
        prose::{Block as Part, Prose, Span, plain},
        reference::Reference,
        text::tidy_line,
    },
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use serde::Deserialize;

use super::{declaration::waiting, written};
use crate::{
    pdf::{Block, Document, Level},
    prose,
    routes::form_pdf::{drawn, letterhead},
    store::PolicyVersion,
    web::{Failure, Portal, download, render, session::Parent},
};

/// What is looked for.
#[derive(Debug, Default, Deserialize)]
pub(in crate::routes) struct Sought {
    q: Option<String>,
}

impl Sought {
    /// In one line, no longer than the field.
    fn text(&self) -> String {
        let line = tidy_line(self.q.as_deref().unwrap_or_default(), usize::MAX).ok().flatten().unwrap_or_default();
        line.chars().take(SOUGHT_MOST).collect()
    }
}

/// `GET /policy`
pub(in crate::routes) async fn page(
    State(portal): State<Portal>,
    parent: Parent,
    Query(sought): Query<Sought>,
) -> Result<Response, Failure> {
    let words = portal.words();
    match portal.school.policy_version().await? {
        Some(found) => draw(&portal, &parent, found, sought.text()).await,
        None => Ok(render::parent(&portal, &parent, words.declaration.title, || policy::none(words))),
    }
}

/// `GET /policy/versions/{version}`
pub(in crate::routes) async fn version(
    State(portal): State<Portal>,
    parent: Parent,
    Path(version): Path<String>,
    Query(sought): Query<Sought>,
) -> Result<Response, Failure> {
    let found = find(&portal, &version).await?;
    draw(&portal, &parent, found, sought.text()).await
}

/// A version by its number, written as we write it.
pub(in crate::routes) async fn find(portal: &Portal, version: &str) -> Result<PolicyVersion, Failure> {
    let number: i64 = version.parse().map_err(|_| Failure::NotFound)?;
    if number.to_string() != version {
        return Err(Failure::NotFound);
    }
    portal.school.policy_version_at(number).await?.ok_or(Failure::NotFound)
}

async fn draw(portal: &Portal, parent: &Parent, found: PolicyVersion, sought: String) -> Result<Response, Failure> {
    let words = portal.words();
    let today = portal.today();
    let counts = portal.school.policy_number().await? == found.version;
    let children = parent.children(portal).await?;
    let own = portal.school.own_answers(&parent.guardian, found.version).await?;
    let answers = own
        .iter()
        .filter_map(|one| {
            let child = children.iter().find(|child| child.pupil_id.as_str() == one.pupil_id)?;
            let (answer, reference) = (Answer::parse(&one.answer)?, Reference::parse(&one.reference)?);
            Some((child.called.clone(), answer, written(portal, one.answered_at, today), reference))
        })
        .collect();
    let page = PolicyPage {
        version: found.version,
        counts,
        title: found.text.title.clone(),
        adopted: found.text.adopted,
        renewal: found.text.renewal,
        summary: prose::read(&found.text.summary),
        changes: prose::read(&found.text.changes),
        text: prose::read(&found.text.text),
        sha256: found.sha256.clone(),
        sought,
        answers,
        waiting: waiting(&children, &own),
    };
    Ok(render::parent_text(portal, parent, words.declaration.title, || policy::page(words, page)))
}

/// `GET /policy/who-does-what`
pub(in crate::routes) async fn roles(State(portal): State<Portal>, parent: Parent) -> Response {
    let (words, phone) = (portal.words(), portal.office_phone());
    let email = portal.policy.contact.email.clone();
    render::parent_text(&portal, &parent, words.declaration.roles_title, || policy::roles(words, &phone, &email))
}

/// `GET /policy/versions/{version}/policy.pdf`: the file the school published, else the text as one.
pub(in crate::routes) async fn file(
    State(portal): State<Portal>,
    _: Parent,
    Path(version): Path<String>,
) -> Result<Response, Failure> {
    let found = find(&portal, &version).await?;
    if let Some(file) = &found.file {
        let kept = portal.school.policy_file(file).await?.ok_or(Failure::NotFound)?;
        return download::policy_file(&portal.school, kept).await;
    }
    let name = format!("attendance-policy-{}.pdf", found.version);
    let bytes = drawn(document(&portal, &found)).await?;
    Ok(download::pdf(&name, bytes))
}

fn document(portal: &Portal, found: &PolicyVersion) -> Document {
    let words = portal.words();
    let w = &words.declaration;
    let mut blocks = vec![Block::Small((w.version)(found.version, found.text.adopted, found.text.renewal))];
    let mut short = |heading: &str, markdown: &str| {
        if !markdown.is_empty() {
            blocks.push(Block::Heading(Level::Part, heading.to_owned()));
            put_text(&mut blocks, &prose::read(markdown), true);
        }
    };
    short(w.summary, &found.text.summary);
    short(w.changes, &found.text.changes);
    put_text(&mut blocks, &prose::read(&found.text.text), false);
    blocks.push(Block::Small((w.fingerprint)(&found.sha256)));
    Document {
        language: words.tag.to_owned(),
        title: found.text.title.clone(),
        letterhead: letterhead(portal),
        addressee: Vec::new(),
        date: (words.common.full_date)(found.text.adopted),
        reference: format!("{} {}", w.version_label, found.version),
        made_at: found.published_at,
        blocks,
        page_of: words.leave.page_of,
    }
}

/// The text's parts as the file's. `beneath` a heading already, its own are smaller ones.
fn put_text(blocks: &mut Vec<Block>, text: &Prose, beneath: bool) {
    put(blocks, &text.opening);
    for section in &text.sections {
        let level = if beneath || section.level > 1 { Level::Section } else { Level::Part };
        blocks.push(Block::Heading(level, plain(&section.heading)));
        put(blocks, &section.blocks);
    }
}

fn put(blocks: &mut Vec<Block>, parts: &[Part]) {
    for part in parts {
        match part {
            Part::Paragraph(text) => blocks.push(Block::Paragraph(said(text))),
            Part::List(None, points) => blocks.push(Block::List(points.iter().map(|point| flat(point)).collect())),
            Part::List(Some(first), points) => {
                let numbered = (*first..).zip(points).map(|(number, point)| format!("{number}. {}", flat(point)));
                blocks.extend(numbered.map(Block::Paragraph));
            }
            Part::Quote(inner) => put(blocks, inner),
            Part::Table(head, rows) => blocks.push(Block::Table {
                head: head.iter().map(|cell| plain(cell)).collect(),
                rows: rows.iter().map(|row| row.iter().map(|cell| said(cell)).collect()).collect(),
            }),
            Part::Typed(text) => blocks.push(Block::Paragraph(text.clone())),
            Part::Rule => {}
        }
    }
}

/// A point's parts in one text.
fn flat(parts: &[Part]) -> String {
    let mut lines = Vec::new();
    for part in parts {
        match part {
            Part::Paragraph(text) => lines.push(said(text)),
            Part::List(_, points) => lines.extend(points.iter().map(|point| format!("– {}", flat(point)))),
            Part::Quote(inner) => lines.push(flat(inner)),
            Part::Table(_, rows) => {
                lines.extend(rows.iter().map(|row| row.iter().map(|cell| plain(cell)).collect::<Vec<_>>().join(", ")));
            }
            Part::Typed(text) => lines.push(text.clone()),
            Part::Rule => {}
        }
    }
    lines.join("\n")
}

/// Running text with the addresses that its links lead to: paper has no links.
fn said(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text(text) => text.clone(),
            Span::Strong(inner) | Span::Stressed(inner) => said(inner),
            Span::Link(to, inner) => {
                let (text, to) = (said(inner), to.trim_start_matches("mailto:").trim_start_matches("tel:"));
                if text.contains(to) { text } else { format!("{text} ({to})") }
            }
            Span::Break => "\n".to_owned(),
        })
        .collect()
}
