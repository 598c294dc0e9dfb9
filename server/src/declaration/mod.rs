//! A signed declaration as a file: drawn from what is recorded, the record inside it for programs, and checked again without
//! asking anybody.

mod check;

use app::{
    rules::{declaration::Facts, london, reference::Reference},
    words::{Words, words},
};
use serde::{Deserialize, Serialize};

pub use check::{Checked, Flaw, MOST_BYTES, check};

use crate::pdf::{Attached, Block, Document, Letterhead, Level, PdfError, draw_with};

/// The name of the record inside the file.
pub const RECORD: &str = "declaration.json";

/// Everything that the file says: what is drawn, and what it carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Which program drew it: the same draws the same bytes.
    pub drawn_by: String,
    /// The school's name.
    pub school: String,
    /// Its address, a line each.
    pub address: Vec<String>,
    /// How to reach it.
    pub contact: Vec<String>,
    /// What the policy is called.
    pub title: String,
    /// The facts, as exactly the text that was signed.
    pub facts: String,
    /// The SHA-256 of that text, in hexadecimal figures.
    pub signature: String,
    /// The manifest of the policy's version, whole.
    pub manifest: String,
}

/// What this program calls itself in a file.
#[must_use]
pub fn drawn_by() -> String {
    format!("nine-fifteen {}", env!("CARGO_PKG_VERSION"))
}

/// The file's bytes: the same for the same sheet. `None` where the facts cannot be read.
///
/// # Errors
/// As [`draw_with`].
pub fn draw(sheet: &Sheet) -> Result<Option<Vec<u8>>, PdfError> {
    let words = words("en-GB");
    let Ok(facts) = serde_json::from_str::<Facts>(&sheet.facts) else { return Ok(None) };
    let Ok(bytes) = serde_json::to_vec(sheet) else { return Ok(None) };
    let attached =
        Attached { name: RECORD, kind: "application/json", about: words.declaration.pdf_record.to_owned(), bytes };
    draw_with(&document(words, sheet, &facts), Some(&attached)).map(Some)
}

fn document(words: &'static Words, sheet: &Sheet, facts: &Facts) -> Document {
    let w = &words.declaration;
    let when = |at| {
        let local = london::local(at);
        format!("{}, {}", (words.common.long_date)(local.date()), london::clock_seconds(local.time()))
    };
    let day = london::today(facts.at);
    let reference = Reference::parse(&facts.reference).map_or_else(|| facts.reference.clone(), |it| it.to_string());
    let mut about = vec![
        (w.policy.to_owned(), format!("{}, {}", sheet.title, (w.version_link)(facts.policy_version))),
        (w.name_on_record.to_owned(), facts.name_on_record.clone()),
    ];
    about.extend(facts.explanation.clone().map(|why| (w.explanation.to_owned(), why)));
    let rows =
        facts.children.iter().map(|child| vec![child.name.clone(), child.class.clone(), child.relationship.clone()]);
    let mut how = vec![
        (w.at.to_owned(), format!("{}, {}", when(facts.at), facts.zone)),
        (w.at_utc.to_owned(), facts.at.to_rfc3339_opts(chrono::SecondsFormat::Micros, true)),
    ];
    how.extend(facts.code_given_at.map(|at| (w.code_given.to_owned(), when(at))));
    how.extend(facts.paper_day.map(|day| (w.paper_day.to_owned(), (words.common.full_date)(day))));
    how.extend(facts.scan_sha256.clone().map(|digest| (w.scan_digest.to_owned(), digest)));
    let (seq, mac) = &facts.journal_before;
    let digests = vec![
        (w.policy_digest.to_owned(), facts.policy_sha256.clone()),
        (w.signature_digest.to_owned(), sheet.signature.clone()),
        (w.journal_before.to_owned(), format!("{seq} {mac}")),
    ];
    let blocks = vec![
        Block::Facts(about),
        Block::Table { head: w.child_heads.map(str::to_owned).into(), rows: rows.collect() },
        Block::Heading(Level::Part, w.declared.to_owned()),
        Block::Paragraph(facts.statement.clone()),
        Block::Signature { name: facts.signed_name.clone(), lines: vec![when(facts.at)] },
        Block::Heading(Level::Part, w.how_signed.to_owned()),
        Block::Facts(how),
        Block::Heading(Level::Part, w.digests.to_owned()),
        Block::Facts(digests),
        Block::Small(w.check_how.to_owned()),
        Block::Small(w.means.to_owned()),
    ];
    Document {
        language: words.tag.to_owned(),
        title: w.pdf_title.to_owned(),
        letterhead: Letterhead {
            name: sheet.school.clone(),
            address: sheet.address.clone(),
            contact: sheet.contact.clone(),
        },
        addressee: Vec::new(),
        date: (words.common.full_date)(day),
        reference: format!("{} {reference}", w.reference),
        made_at: facts.at,
        blocks,
        page_of: words.leave.page_of,
    }
}
