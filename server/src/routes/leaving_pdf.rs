//! What was sent about leaving as a PDF file: the family's copy, and the school's with what was done.

use app::rules::leaving::Kind;

use super::{
    form::to_the_second,
    form_pdf::{answered, declared, letterhead},
    leaving_form::told,
};
use crate::{
    pdf::{Block, Document, Level},
    store::NoticeRecord,
    web::{Failure, Portal},
};

/// The notice as it was sent; `done` follows it on the school's copy.
pub(super) async fn document(portal: &Portal, found: &NoticeRecord, done: Vec<Block>) -> Result<Document, Failure> {
    let words = portal.words();
    let (w, l) = (&words.leaving, &words.leave);
    let said = told(portal, found).await?;
    let names = found.children.iter().map(|child| format!("{}, {}", child.full_name, child.class));
    let mut facts = vec![
        (l.reference.to_owned(), found.reference.to_string()),
        (l.received.to_owned(), to_the_second(portal, found.received_at)),
        (w.children_are.to_owned(), names.collect::<Vec<_>>().join("\n")),
    ];
    if found.kind == Kind::Notice {
        facts.push((w.last_day.to_owned(), (words.common.long_date)(found.last_day)));
    }
    let state = (w.state)(found.kind, found.state.0);
    facts.push((l.status.to_owned(), format!("{state}, {}", to_the_second(portal, found.state.1))));
    let mut blocks = vec![Block::Facts(facts), Block::Heading(Level::Part, l.what.to_owned())];
    blocks.extend(answered(portal, said.steps));
    if let Some((name, at)) = &found.signed {
        blocks.extend(declared(portal, said.form.statements, (name, to_the_second(portal, *at))));
    }
    blocks.extend(done);
    let (version, digest) = said.version;
    blocks.push(Block::Small((l.version)(version, &digest)));
    let title = match found.kind {
        Kind::Notice => said.form.title,
        Kind::Meeting => w.meeting_asked.to_owned(),
    };
    Ok(Document {
        language: words.tag.to_owned(),
        title,
        letterhead: letterhead(portal),
        addressee: Vec::new(),
        date: (words.common.full_date)(app::rules::london::today(found.received_at)),
        reference: format!("{} {}", l.reference, found.reference),
        made_at: found.received_at,
        blocks,
        page_of: l.page_of,
    })
}
