//! Reads a PDF as a screen reader does: along its tree, what the marked content says, in reading order.

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::BTreeMap;

/// What a reader hears, and what it skips.
pub(super) struct Read {
    /// Every element with a role that speaks: role and text, in the tree's order.
    pub(super) heard: Vec<(String, String)>,
    /// What is drawn on each page but not part of the tree.
    pub(super) skipped: Vec<String>,
    pub(super) document: Document,
}

impl Read {
    pub(super) fn of(bytes: &[u8]) -> Self {
        let document = Document::load_mem(bytes).unwrap();
        let mut said = BTreeMap::new();
        let mut skipped = Vec::new();
        for page in document.get_pages().into_values() {
            skipped.push(page_says(&document, page, &mut said));
        }
        let root = dictionary(&document, document.catalog().unwrap().get(b"StructTreeRoot").unwrap());
        let mut heard = Vec::new();
        walk(&document, root, None, &mut said, &mut heard);
        assert!(said.is_empty(), "drawn and tagged, but not in the tree: {said:?}");
        Self { heard, skipped, document }
    }

    pub(super) fn pages(&self) -> usize {
        self.document.get_pages().len()
    }

    /// The roles, each run of equals once.
    pub(super) fn roles(&self) -> Vec<&str> {
        let mut roles: Vec<&str> = self.heard.iter().map(|(role, _)| role.as_str()).collect();
        roles.dedup();
        roles
    }

    /// Everything that is heard, in one text.
    pub(super) fn text(&self) -> String {
        self.heard.iter().map(|(_, text)| text.as_str()).collect::<Vec<_>>().join("\n")
    }
}

type Said = BTreeMap<(ObjectId, i64), String>;

fn dictionary<'a>(document: &'a Document, object: &'a Object) -> &'a Dictionary {
    document.dereference(object).unwrap().1.as_dict().unwrap()
}

fn walk(
    document: &Document,
    element: &Dictionary,
    page: Option<ObjectId>,
    said: &mut Said,
    heard: &mut Vec<(String, String)>,
) {
    let page = element.get(b"Pg").and_then(Object::as_reference).ok().or(page);
    let role = element
        .get(b"S")
        .and_then(Object::as_name)
        .map(|name| String::from_utf8_lossy(name).into_owned())
        .unwrap_or_default();
    let at = heard.len();
    heard.push((role, String::new()));
    let Ok(children) = element.get(b"K") else { return };
    let children = document.dereference(children).unwrap().1;
    let children = children.as_array().cloned().unwrap_or_else(|_| vec![children.clone()]);
    for child in children {
        let text = match &document.dereference(&child).unwrap().1 {
            Object::Integer(id) => said.remove(&(page.unwrap(), *id)),
            Object::Dictionary(part) if part.has(b"MCID") => {
                let page = part.get(b"Pg").and_then(Object::as_reference).ok().or(page);
                said.remove(&(page.unwrap(), part.get(b"MCID").unwrap().as_i64().unwrap()))
            }
            Object::Dictionary(part) => {
                walk(document, part, page, said, heard);
                None
            }
            _ => None,
        };
        heard[at].1.push_str(&text.unwrap_or_default());
    }
    if heard[at].1.is_empty() && !["TD", "TH"].contains(&heard[at].0.as_str()) {
        heard.remove(at);
    }
}

/// What one page says: tagged content into `said`; the rest comes back.
fn page_says(document: &Document, page: ObjectId, said: &mut Said) -> String {
    let fonts = document.get_page_fonts(page).unwrap();
    let mut bytes = Vec::new();
    for part in document.get_page_contents(page) {
        bytes.extend(document.get_object(part).unwrap().as_stream().unwrap().decompressed_content().unwrap());
    }
    let mut open: Vec<Part> = Vec::new();
    let mut font = Vec::new();
    let mut skipped = String::new();
    for step in Content::decode(&bytes).unwrap().operations {
        match step.operator.as_str() {
            "Tf" => font = step.operands[0].as_name().unwrap().to_vec(),
            "BMC" | "BDC" => open.push(Part::begin(&step.operands)),
            "EMC" => {
                let part = open.pop().unwrap();
                let text = part.text();
                match (part.id, open.last_mut()) {
                    (Some(id), _) => _ = said.insert((page, id), text),
                    (None, Some(outer)) => outer.glyphs.push(text),
                    (None, None) => skipped.push_str(&format!("{text}\n")),
                }
            }
            "Tj" | "TJ" => {
                let encoding = fonts[&font].get_font_encoding(document).unwrap();
                let shown = match &step.operands[0] {
                    Object::Array(parts) => parts.clone(),
                    one => vec![one.clone()],
                };
                for text in shown.iter().filter_map(|part| part.as_str().ok()) {
                    for code in text.chunks(2) {
                        open.last_mut()
                            .expect("everything is marked")
                            .glyphs
                            .push(Document::decode_text(&encoding, code).unwrap());
                    }
                }
            }
            _ => {}
        }
    }
    skipped
}

/// Marked content.
#[derive(Default)]
struct Part {
    id: Option<i64>,
    instead: Option<String>,
    reversed: bool,
    glyphs: Vec<String>,
}

impl Part {
    fn begin(operands: &[Object]) -> Self {
        let mut part = Self { reversed: operands[0].as_name().unwrap() == b"ReversedChars", ..Self::default() };
        if let Some(Ok(properties)) = operands.get(1).map(Object::as_dict) {
            part.id = properties.get(b"MCID").and_then(Object::as_i64).ok();
            part.instead = properties.get(b"ActualText").ok().map(|text| lopdf::decode_text_string(text).unwrap());
        }
        part
    }

    fn text(&self) -> String {
        match &self.instead {
            Some(text) => text.clone(),
            None if self.reversed => self.glyphs.iter().rev().map(String::as_str).collect(),
            None => self.glyphs.concat(),
        }
    }
}
